//! The normalised JSON of one document.

use std::io::{self, Write};
use std::path::Path;

use laras_model::Extraction;
use serde::Serialize;

use crate::{ExportError, atomic};

/// Writes an extraction as JSON: the object's lists one item a line, so that files compare well.
///
/// # Errors
/// If the file cannot be written.
pub fn write_json(path: &Path, extraction: &Extraction) -> Result<(), ExportError> {
    atomic::write(path, |file| write_lines(file, extraction))
}

fn write_lines(out: &mut impl Write, e: &Extraction) -> io::Result<()> {
    let mut lines = Lines { out, text: Vec::with_capacity(2 * ENOUGH) };
    lines.text.extend_from_slice(b"{\n");
    lines.field("schema_version", &e.schema_version)?;
    lines.field("source", &e.source)?;
    lines.list("parts", &e.parts)?;
    lines.list("tables", &e.tables)?;
    lines.list("observations", &e.observations)?;
    lines.list("names", &e.names)?;
    lines.list("findings", &e.findings)?;
    lines.list("blocks", &e.blocks)?;
    lines.field("tokens", &e.tokens)?;
    lines.name("notes");
    serde_json::to_writer(&mut lines.text, &e.notes)?;
    lines.text.extend_from_slice(b"\n}\n");
    lines.out.write_all(&lines.text)
}

/// Bytes that are written together.
const ENOUGH: usize = 1 << 15;

/// The fields of the outermost object, one after the other.
struct Lines<'o, W: Write> {
    out: &'o mut W,
    /// What was not written yet.
    text: Vec<u8>,
}

impl<W: Write> Lines<'_, W> {
    fn name(&mut self, name: &str) {
        self.text.push(b'"');
        self.text.extend_from_slice(name.as_bytes());
        self.text.extend_from_slice(b"\": ");
    }

    fn field(&mut self, name: &str, value: &impl Serialize) -> io::Result<()> {
        self.name(name);
        serde_json::to_writer(&mut self.text, value)?;
        self.text.extend_from_slice(b",\n");
        Ok(())
    }

    fn list(&mut self, name: &str, items: &[impl Serialize]) -> io::Result<()> {
        self.name(name);
        self.text.push(b'[');
        for (i, item) in items.iter().enumerate() {
            self.text.extend_from_slice(if i > 0 { b",\n" } else { b"\n" });
            serde_json::to_writer(&mut self.text, item)?;
            if self.text.len() >= ENOUGH {
                self.out.write_all(&self.text)?;
                self.text.clear();
            }
        }
        self.text.extend_from_slice(b"\n],\n");
        Ok(())
    }
}

//! The normalised JSON of one document.

use std::io::{self, Write};
use std::path::Path;

use laras_model::Extraction;

use crate::{ExportError, atomic};

/// Writes an extraction as JSON: the object's lists one item a line, so that files compare well.
///
/// # Errors
/// If the file cannot be written.
pub fn write_json(path: &Path, extraction: &Extraction) -> Result<(), ExportError> {
    atomic::write(path, |file| write_lines(file, extraction))
}

fn write_lines(out: &mut impl Write, e: &Extraction) -> io::Result<()> {
    writeln!(out, "{{")?;
    field(out, "schema_version", &e.schema_version)?;
    field(out, "source", &e.source)?;
    list(out, "parts", &e.parts)?;
    list(out, "tables", &e.tables)?;
    list(out, "observations", &e.observations)?;
    list(out, "names", &e.names)?;
    list(out, "findings", &e.findings)?;
    list(out, "blocks", &e.blocks)?;
    field(out, "tokens", &e.tokens)?;
    write!(out, "\"notes\": ")?;
    serde_json::to_writer(&mut *out, &e.notes)?;
    writeln!(out, "\n}}")
}

fn field(out: &mut impl Write, name: &str, value: &impl serde::Serialize) -> io::Result<()> {
    write!(out, "\"{name}\": ")?;
    serde_json::to_writer(&mut *out, value)?;
    writeln!(out, ",")
}

fn list(out: &mut impl Write, name: &str, items: &[impl serde::Serialize]) -> io::Result<()> {
    write!(out, "\"{name}\": [")?;
    let mut line = Vec::new();
    for (i, item) in items.iter().enumerate() {
        line.clear();
        line.extend_from_slice(if i > 0 { b",\n" } else { b"\n" });
        serde_json::to_writer(&mut line, item)?;
        out.write_all(&line)?;
    }
    writeln!(out, "\n],")
}

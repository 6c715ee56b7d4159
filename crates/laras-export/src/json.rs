//! The normalised JSON of one document.

use std::io::{self, Write};
use std::path::Path;

use laras_model::Extraction;
use serde::Serialize;
use sonic_rs::Serializer;

use crate::field_names::FieldNames;
use crate::{ExportError, atomic};

/// Writes an extraction as JSON: the object's lists one item a line, so that files compare well.
///
/// # Errors
/// If the file cannot be written.
pub fn write_json(path: &Path, extraction: &Extraction) -> Result<(), ExportError> {
    atomic::write(path, |file| {
        let mut text = Vec::with_capacity(2 * ENOUGH);
        lay_out(&mut text, extraction, |text| {
            if text.len() >= ENOUGH {
                file.write_all(text)?;
                text.clear();
            }
            Ok(())
        })?;
        file.write_all(&text)
    })
}

/// Adds the same JSON to bytes in memory.
///
/// # Errors
/// If a value has no JSON; every value of the model has.
///
/// ```
/// # let json = concat!(r#"{"schema_version":"1.0","source":{"document":"a","file":"a.txt","format":"text","encoding":"UTF-8","#,
/// #     r#""encoding_guessed":false,"sha256":"","bytes":0,"pages":0,"lines":0},"parts":[],"tables":[],"observations":[],"#,
/// #     r#""names":[],"findings":[],"blocks":[],"tokens":{"total":0,"cells":0,"headings":0,"prose":0,"furniture":0,"unused":0,"unused_tokens":[]},"notes":[]}"#);
/// let extraction: laras_model::Extraction = serde_json::from_str(json)?;
/// let mut written = Vec::new();
/// laras_export::append_json(&mut written, &extraction)?;
/// let again: serde_json::Value = serde_json::from_slice(&written)?;
/// assert_eq!(again["source"], serde_json::from_str::<serde_json::Value>(json)?["source"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn append_json(text: &mut Vec<u8>, extraction: &Extraction) -> io::Result<()> {
    lay_out(text, extraction, |_| Ok(()))
}

/// Lays the JSON out in lines; `written` may take the text away after each of them.
fn lay_out(
    text: &mut Vec<u8>,
    e: &Extraction,
    written: impl FnMut(&mut Vec<u8>) -> io::Result<()>,
) -> io::Result<()> {
    let mut lines = Lines { text, written };
    lines.text.extend_from_slice(b"{\n");
    lines.field("schema_version", &e.schema_version)?;
    lines.field("source", &e.source)?;
    lines.list("parts", &e.parts)?;
    lines.list("tables", &e.tables)?;
    lines.list("observations", &e.observations)?;
    lines.list("names", &e.names)?;
    lines.list("mentions", &e.mentions)?;
    lines.list("findings", &e.findings)?;
    lines.list("blocks", &e.blocks)?;
    lines.field("tokens", &e.tokens)?;
    lines.name("notes");
    append(lines.text, &e.notes)?;
    lines.text.extend_from_slice(b"\n}\n");
    Ok(())
}

/// Adds a value, as `serde_json` would write it, in half of its instructions.
fn append(text: &mut Vec<u8>, value: &impl Serialize) -> io::Result<()> {
    let mut writer = Serializer::with_formatter(text, FieldNames::default());
    value.serialize(&mut writer).map_err(io::Error::other)
}

/// Bytes that are written together.
const ENOUGH: usize = 1 << 15;

/// The fields of the outermost object, one after the other.
struct Lines<'t, W> {
    /// What was not taken away yet.
    text: &'t mut Vec<u8>,
    written: W,
}

impl<W: FnMut(&mut Vec<u8>) -> io::Result<()>> Lines<'_, W> {
    fn name(&mut self, name: &str) {
        self.text.push(b'"');
        self.text.extend_from_slice(name.as_bytes());
        self.text.extend_from_slice(b"\": ");
    }

    fn field(&mut self, name: &str, value: &impl Serialize) -> io::Result<()> {
        self.name(name);
        append(self.text, value)?;
        self.text.extend_from_slice(b",\n");
        Ok(())
    }

    fn list(&mut self, name: &str, items: &[impl Serialize]) -> io::Result<()> {
        self.name(name);
        self.text.push(b'[');
        for (i, item) in items.iter().enumerate() {
            self.text.extend_from_slice(if i > 0 { b",\n" } else { b"\n" });
            append(self.text, item)?;
            (self.written)(self.text)?;
        }
        self.text.extend_from_slice(b"\n],\n");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Strange {
        text: &'static str,
        none: Option<u8>,
        some: Option<(i64, bool)>,
        numbers: Vec<f64>,
        letter: char,
        nested: Vec<Strange>,
    }

    /// A field that is forgotten here is lost.
    #[test]
    fn every_field_of_an_extraction_is_written() {
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        let extraction: Extraction = serde_json::from_str(concat!(
            r#"{"schema_version":"1.0","source":{"document":"a","file":"a.txt","format":"text","encoding":"UTF-8","#,
            r#""encoding_guessed":false,"sha256":"","bytes":0,"pages":0,"lines":0},"parts":[],"tables":[],"observations":[],"#,
            r#""names":[],"mentions":[{"id":"m001","part":1,"place":{"line":3,"column":1,"from":9,"to":12},"kind":"count","text":"12","#,
            r#""value":"12","in_words":null,"unit":"","reads":"","about":"","measure":null,"year":null,"malformed":false}],"findings":[],"#,
            r#""blocks":[],"tokens":{"total":0,"cells":0,"headings":0,"prose":0,"furniture":0,"unused":0,"unused_tokens":[]},"#,
            r#""notes":[{"code":"page.scanned","text":"a picture","place":{"page":2,"from":0,"to":0}}]}"#,
        ))
        .expect("an extraction");
        let mut written = Vec::new();
        append_json(&mut written, &extraction).expect("it is written");
        let written = String::from_utf8(written).expect("JSON is UTF-8");
        assert_eq!(value(&written), serde_json::to_value(&extraction).expect("it is written"));
    }

    /// Readers of earlier releases compare bytes.
    #[test]
    fn json_is_that_of_serde_json() {
        let texts = [
            "",
            "\"quoted\" and \\ back",
            "line\nline\r\ttab\u{8}\u{c}\u{0}\u{1f}\u{7f}",
            "sixteen bytes ..\"",
            "sixteen bytes .\"and then some more of them, and more again",
            "é “x” 𝄞 \u{2028}",
        ];
        let strange = |text, nested| Strange {
            text,
            none: None,
            some: Some((i64::MIN, true)),
            numbers: vec![0.0, 0.5, 1e300, -0.1, 0.987, 1.0, f64::MIN_POSITIVE],
            letter: '"',
            nested,
        };
        for text in texts {
            let value = strange(text, vec![strange(text, vec![])]);
            let mut own = Vec::new();
            append(&mut own, &value).expect("it is written");
            let theirs = serde_json::to_string(&value).expect("it is written");
            assert_eq!(String::from_utf8_lossy(&own), theirs);
        }
    }
}

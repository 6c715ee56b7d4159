//! How the names of fields are written: as they are.
//!
//! An extraction has a dozen of them for every number. They are names of Rust, in which nothing has to be
//! looked for that JSON writes otherwise, so that each goes out in one piece with what stands around it.

use std::io::{self, Write};

use sonic_rs::format::{CompactFormatter, Formatter};
use sonic_rs::writer::WriteExt;

/// JSON without blanks, of values whose names are all those of fields.
#[derive(Clone, Default)]
pub(crate) struct FieldNames {
    /// Whether the next text is a name.
    is_name: bool,
}

impl Formatter for FieldNames {
    #[inline]
    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.is_name = true;
        if first { out.write_all(b"\"") } else { out.write_all(b",\"") }
    }

    #[inline]
    fn write_string_fast<W: ?Sized + WriteExt>(
        &mut self,
        out: &mut W,
        text: &str,
        need_quote: bool,
    ) -> io::Result<()> {
        if self.is_name {
            debug_assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
            return out.write_all(text.as_bytes());
        }
        escaped(out, text, need_quote)
    }

    #[inline]
    fn end_object_key<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.is_name = false;
        out.write_all(b"\":")
    }

    #[inline]
    fn begin_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a text with what JSON writes otherwise; apart from the names, which go out without it.
#[inline(never)]
fn escaped<W: ?Sized + WriteExt>(out: &mut W, text: &str, need_quote: bool) -> io::Result<()> {
    CompactFormatter.write_string_fast(out, text, need_quote)
}

#[cfg(test)]
mod tests {
    use crate::extraction_schema;

    /// The keys of a map could be any text.
    #[test]
    fn every_name_in_an_extraction_is_that_of_a_field() {
        fn names<'v>(schema: &'v serde_json::Value, found: &mut Vec<&'v str>) {
            if let Some(fields) = schema["properties"].as_object() {
                found.extend(fields.keys().map(String::as_str));
            }
            for key in ["additionalProperties", "patternProperties", "propertyNames"] {
                assert!(schema.get(key).is_none(), "a map in the model: {schema}");
            }
            let inner: Vec<&serde_json::Value> = match schema {
                serde_json::Value::Object(fields) => fields.values().collect(),
                serde_json::Value::Array(items) => items.iter().collect(),
                _ => return,
            };
            for schema in inner {
                names(schema, found);
            }
        }
        let schema = serde_json::from_str(&extraction_schema()).expect("it is JSON");
        let mut found = Vec::new();
        names(&schema, &mut found);
        assert!(found.contains(&"observations") && found.contains(&"confidence"));
        let is_plain = |name: &&str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        assert!(found.iter().all(is_plain), "{found:?}");
    }
}

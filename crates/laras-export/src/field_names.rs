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

//! Marked content: what is an artifact, which element of the tag tree, and what it says.

use hayro_interpret::hayro_syntax::object::dict::keys::{ACTUAL_TEXT, MCID, SUBTYPE, TYPE};
use hayro_interpret::hayro_syntax::object::{Dict, Name, String as PdfString};

use super::page::Artifact;
use super::unicode::UNKNOWN;

/// One level of marked content.
pub(super) struct Marked {
    pub(super) mcid: Option<u32>,
    pub(super) artifact: Artifact,
    pub(super) actual_text: Option<Vec<char>>,
    /// Index of the first glyph inside.
    pub(super) from: usize,
}

impl Marked {
    /// The level that begins with this tag, before glyph `from`.
    pub(super) fn of(tag: &[u8], properties: Option<&Dict<'_>>, from: usize) -> Self {
        let artifact = if tag == b"Artifact" { artifact(properties) } else { Artifact::None };
        let mcid = properties.and_then(|p| p.get::<u32>(MCID));
        let actual_text =
            properties.and_then(|p| p.get::<PdfString<'_>>(ACTUAL_TEXT)).map(|t| pdf_text(&t));
        Self { mcid, artifact, actual_text, from }
    }
}

/// Text of a PDF string object: UTF-16 with its mark, else Latin-1 as far as it matters here.
fn pdf_text(bytes: &[u8]) -> Vec<char> {
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(UNKNOWN)).collect()
    } else {
        bytes.iter().map(|&byte| char::from(byte)).collect()
    }
}

fn artifact(properties: Option<&Dict<'_>>) -> Artifact {
    let name = |key: &[u8]| properties.and_then(|p| p.get::<Name<'_>>(key));
    match name(SUBTYPE).as_deref() {
        Some(b"Header") => Artifact::Header,
        Some(b"Footer") => Artifact::Footer,
        Some(b"Watermark") => Artifact::Watermark,
        _ => match name(TYPE).as_deref() {
            Some(b"Pagination" | b"Layout" | b"Page") => Artifact::Other,
            _ => Artifact::None,
        },
    }
}

//! Born-digital PDF: from bytes to blocks and table rows, each with its page and box.
//!
//! ```text
//! bytes ─open─▶ Page (glyphs, rules, images) ─▶ Sheet (words, segments) ─furniture─▶
//!   ─lattice, table─▶ ruled tables ─columns─▶ unruled tables ─line, blocks─▶ text ─read─▶ Content
//! ```
//!
//! [`read_pdf`] goes the whole way. The stages are public for tests and for the picture that
//! shows what was found: [`Document::open`] and [`PageReader::page`] give the glyphs of a page,
//! [`sheet::Sheet`] its words and lines, [`lay_out`] its tables and text.
//!
//! Three decisions carry the rest. The interpreter (hayro) is the only reader of the file: the
//! objects that it repaired are the ones that everything here sees. Places are worked on in a
//! frame where the text is upright, and led back to the page as shown at the very end. And the
//! printed lines of a cell are joined by the room that was left on the page ([`join`]), which
//! no later stage can know.
//!
//! # What this module refuses to know
//! What a number is worth, which fragments make one table over pages (it only gives them the
//! same columns), what anything means. It reads no pictures: pages without text are named.

pub mod amounts;
mod bands;
pub mod blocks;
pub mod carried;
pub mod columns;
mod content;
pub mod corridors;
mod device;
mod error;
pub mod furniture;
pub mod geometry;
pub mod grid;
pub mod heads;
pub mod join;
pub mod lattice;
mod layout;
pub mod line;
mod lone;
#[cfg(test)]
mod made;
mod marked;
mod merged;
mod notes;
mod open;
#[cfg(feature = "overlay")]
pub mod overlay;
mod page;
mod part;
mod paths;
mod reach;
mod read;
mod ruled;
pub mod rules;
pub mod seeds;
pub mod sheet;
pub mod signature;
pub mod spacing;
mod split;
mod stretches;
pub mod table;
mod tagged;
pub mod tags;
mod unicode;
pub mod unruled_rows;
mod word;

pub use error::PdfError;
pub use furniture::set_apart;
pub use layout::{Layout, Piece, lay_out};
pub use open::{Document, PageReader};
pub use page::{Artifact, Cut, Fill, Glyph, Page, Rule, Typeface, Visibility};
pub use read::{read_pdf, read_sheets};
pub use word::{Word, words};

/// Bounds and keys for reading one PDF.
#[derive(Clone, Debug)]
pub struct PdfOptions {
    /// The password that opens it.
    pub password: Option<String>,
    /// Most pages that are read; a document with more is refused.
    pub max_pages: usize,
    /// Most glyphs that are kept of one page; the page is cut there and a note says so.
    pub max_glyphs_per_page: usize,
    /// Most lines and areas that are kept of one page.
    pub max_paths_per_page: usize,
    /// Largest content of one page in bytes, unpacked.
    pub max_stream_bytes: usize,
    /// Longest time for the whole document; pages after it are left out and a note says so.
    pub time: Option<std::time::Duration>,
}

impl Default for PdfOptions {
    fn default() -> Self {
        Self {
            password: None,
            max_pages: 5_000,
            max_glyphs_per_page: 200_000,
            max_paths_per_page: 200_000,
            max_stream_bytes: 128 << 20,
            time: Some(std::time::Duration::from_mins(2)),
        }
    }
}

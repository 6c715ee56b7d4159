//! Everything laras knows about one file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Block, Finding, Mention, NameMatch, Observation, Part, Place, Source, Table, TokenAccount,
};

/// Version of the JSON that [`Extraction`] is written as; the major number grows when a field
/// changes its meaning or goes.
pub const SCHEMA_VERSION: &str = "1.0";

/// A remark about the file as a whole, for people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// Code (`encoding.guessed`, `page.scanned`, `line.cut` …).
    pub code: String,
    /// What was found and what was done about it.
    pub text: String,
    /// Where.
    pub place: Place,
}

/// Everything laras knows about one file: the normalised JSON.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Extraction {
    /// [`SCHEMA_VERSION`] of the program that wrote it.
    pub schema_version: String,
    /// The file.
    pub source: Source,
    /// The reports found in it.
    pub parts: Vec<Part>,
    /// The tables.
    pub tables: Vec<Table>,
    /// The numbers.
    pub observations: Vec<Observation>,
    /// The names of programs, kegiatan and sub kegiatan.
    pub names: Vec<NameMatch>,
    /// The numbers, dates and personal numbers in running text.
    #[serde(default)]
    pub mentions: Vec<Mention>,
    /// The defects.
    pub findings: Vec<Finding>,
    /// The text around the tables, in reading order.
    pub blocks: Vec<Block>,
    /// What became of every token.
    pub tokens: TokenAccount,
    /// Remarks about the file.
    pub notes: Vec<Note>,
}

impl Extraction {
    /// Pages without usable text, in order: scanned ones, pictures, and pages whose content is
    /// damaged or too large. Nothing of them stands anywhere else; [`Extraction::notes`] says why.
    pub fn unread_pages(&self) -> Vec<u32> {
        let codes = ["page.scanned", "page.empty", "page.unread"];
        let unread = self.notes.iter().filter(|note| codes.contains(&note.code.as_str()));
        let mut pages: Vec<u32> = unread.map(|note| note.place.page).collect();
        pages.sort_unstable();
        pages.dedup();
        pages
    }
}

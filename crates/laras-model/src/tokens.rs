//! Token accounting: what became of every word of the source.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Place;

/// What became of every token (maximal run of non-space characters) of the source.
///
/// `total` is counted from the source itself; the other counts from what the stages made of it.
/// They add up: `total = cells + headings + prose + furniture + unused`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TokenAccount {
    /// All tokens of the source.
    pub total: u64,
    /// Tokens in table cells.
    pub cells: u64,
    /// Tokens in headings, captions and titles.
    pub headings: u64,
    /// Tokens in paragraphs, lists, signature blocks and tables of contents.
    pub prose: u64,
    /// Tokens in page furniture: running headers, page numbers, rules, image placeholders.
    pub furniture: u64,
    /// Tokens that no stage used.
    pub unused: u64,
    /// The unused ones, each with the reason (at most 1,000 are listed).
    pub unused_tokens: Vec<UnusedToken>,
}

impl TokenAccount {
    /// Share of the tokens that was not used, from 0 to 1.
    pub fn unused_share(&self) -> f64 {
        if self.total == 0 { 0.0 } else { self.unused as f64 / self.total as f64 }
    }

    /// Whether every token is accounted for exactly once.
    pub fn balances(&self) -> bool {
        self.total == self.cells + self.headings + self.prose + self.furniture + self.unused
    }
}

/// A run of tokens that was not used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnusedToken {
    /// The text.
    pub text: String,
    /// 1-based page, 0 for unpaged sources.
    pub page: u32,
    /// 1-based line.
    pub line: u32,
    /// Why it was not used.
    pub reason: String,
}

impl UnusedToken {
    /// The text at a place, not used for a reason.
    pub fn new(text: impl Into<String>, place: &Place, reason: impl Into<String>) -> Self {
        Self { text: text.into(), page: place.page, line: place.line, reason: reason.into() }
    }
}

//! Numbers, dates and personal numbers in running text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Decimal, Measure, Place};

words! {
    /// What a mention is.
    pub enum MentionKind {
        /// Money.
        Amount = "amount",
        /// A percent.
        Percent = "percent",
        /// A number of things.
        Count = "count",
        /// A number without a unit.
        Number = "number",
        /// A day or a month.
        Date = "date",
        /// A civil servant's number.
        Nip = "nip",
    }
}

/// A number, date or personal number in running text, and what it speaks of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// `m001`, `m002` … in reading order.
    pub id: String,
    /// The report inside the file, 1-based.
    pub part: u32,
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub kind: MentionKind,
    /// As printed.
    pub text: String,
    /// The number, for amounts, percents, counts and numbers.
    pub value: Option<Decimal>,
    /// What the same number in words says, where the text has it in words too.
    pub in_words: Option<Decimal>,
    /// Unit: `IDR`, `%`, else as printed in lower case; empty where none is printed.
    pub unit: String,
    /// The date as exact as printed (`2020-07-31`), or the digits of a personal number.
    pub reads: String,
    /// What the number speaks of: the words of its clause.
    pub about: String,
    /// What it measures, where a word before it says so.
    pub measure: Option<Measure>,
    /// Year that the clause or sentence names; absent where it names none.
    pub year: Option<u16>,
    /// Whether the printed number is damaged and was reconstructed.
    pub malformed: bool,
}

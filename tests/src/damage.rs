//! What conversion breaks in tables, put into sound tab text on purpose.

mod breaks;
mod empty;
mod heads;

use std::fmt;
use std::str::FromStr;

use crate::document::Document;
use crate::error::CorpusError;
use crate::lines::LineMap;
use crate::rng::Rng;

/// One kind of damage. The order of the rows is always kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Damage {
    /// The empty cells of three data rows in ten vanish, so that what follows moves left.
    DropEmpty,
    /// Page ends between rows: blank lines, running header, page number, the table header again.
    BreakRepeated,
    /// Page ends between rows; the table goes on without its header.
    BreakLost,
    /// Page ends inside a row: the rest of a text stands in a row of its own on the next page.
    BreakInside,
    /// The header of every second table or so is gone: a picture, or prose to the converter.
    LoseHeads,
}

impl Damage {
    /// Every kind of damage.
    pub const ALL: [Self; 5] =
        [Self::DropEmpty, Self::BreakRepeated, Self::BreakLost, Self::BreakInside, Self::LoseHeads];

    /// The name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DropEmpty => "drop-empty",
            Self::BreakRepeated => "break-repeated",
            Self::BreakLost => "break-lost",
            Self::BreakInside => "break-inside",
            Self::LoseHeads => "lose-heads",
        }
    }

    /// The damaged report and where its lines went.
    pub fn apply(self, report: &Document, seed: u64) -> (Document, LineMap) {
        let mut rng = Rng::new(seed).fork(self as u64 + 10);
        match self {
            Self::DropEmpty => empty::drop_cells(report, &mut rng),
            Self::BreakRepeated => breaks::between_rows(report, true, &mut rng),
            Self::BreakLost => breaks::between_rows(report, false, &mut rng),
            Self::BreakInside => breaks::inside_rows(report, &mut rng),
            Self::LoseHeads => heads::lose(report, &mut rng),
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Damage {
    type Err = CorpusError;

    fn from_str(name: &str) -> Result<Self, CorpusError> {
        Self::ALL.into_iter().find(|damage| damage.as_str() == name).ok_or_else(|| {
            let known: Vec<&str> = Self::ALL.iter().map(|damage| damage.as_str()).collect();
            CorpusError::Unknown { what: "damage", found: name.into(), known: known.join(", ") }
        })
    }
}

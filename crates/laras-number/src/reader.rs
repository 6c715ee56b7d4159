//! Reads the cells of one document, each text that is no clean form once.

use rustc_hash::FxHashMap;

use crate::quick::{is_numbered_name, quick};
use crate::read::{closely, is_whole};
use crate::reading::{Readings, States};

/// Most texts that are kept; a document with more has few that return.
const MOST: usize = 10_000;
/// Longest text that is kept, in bytes.
const LONGEST: usize = 200;

/// Reads cells as [`read`](crate::read()) does, and keeps what it found for texts that needed more than a look:
/// units, headings, marks and damaged numbers return from row to row and from table to table.
///
/// ```
/// use laras_number::{Reader, read};
///
/// let mut reader = Reader::default();
/// for text in ["TW 1 : 85", "TW 2 : 90", "TW 1 : 85", "1.250.000"] {
///     assert_eq!(reader.read(text), read(text));
/// }
/// ```
#[derive(Debug, Default)]
pub struct Reader {
    known: FxHashMap<Box<str>, Readings>,
}

impl Reader {
    /// Reads the text of one cell.
    pub fn read(&mut self, text: &str) -> Readings {
        // Every third cell is blank.
        if text.is_empty() {
            return Readings::of(States::Blank);
        }
        let found = match quick(text) {
            Some(found) if is_whole(text, &found) => return found,
            None if is_numbered_name(text) => return Readings::of(States::Text),
            found => found,
        };
        if text.len() > LONGEST {
            return closely(text, found);
        }
        if let Some(known) = self.known.get(text) {
            return known.clone();
        }
        let found = closely(text, found);
        if self.known.len() < MOST {
            self.known.insert(text.into(), found.clone());
        }
        found
    }
}

//! Where the values and the texts of a row stand among its printed lines: all at its first line, in
//! the middle of its height or at its last.

use std::ops::Range;

use super::super::Piece;

/// Where the values of a row stand among its printed lines.
#[derive(Clone, Copy)]
pub(super) enum Standing {
    First,
    /// In the middle; of an even number of lines in the upper one.
    Upper,
    Middle,
    Last,
}

impl Standing {
    pub(super) const ALL: [Self; 4] = [Self::First, Self::Upper, Self::Middle, Self::Last];

    /// How far the lines with the values are from where values stand in a table of each standing.
    pub(super) fn of_values(
        first: usize,
        last: usize,
        lines: &Range<usize>,
    ) -> [u64; Self::ALL.len()] {
        let (above, below) = (first - lines.start, lines.end - 1 - last);
        // Of an even number of lines the upper middle one holds them.
        let upper = if below > above { below - above - 1 } else { 2 * (above - below) };
        // In half lines: of two lines neither is the middle.
        [2 * above, upper, above.abs_diff(below), 2 * below].map(|off| (OFF * off as u64).min(FAR))
    }
}

/// The lines that each column of text fills within a row.
pub(super) struct Blocks {
    columns: Vec<Option<(usize, usize)>>,
}

impl Blocks {
    pub(super) fn new(columns: usize) -> Self {
        Self { columns: vec![None; columns] }
    }

    pub(super) fn clear(&mut self) {
        self.columns.fill(None);
    }

    /// Adds the texts of the line above those added before.
    pub(super) fn add(&mut self, line: usize, texts: &[&Piece]) {
        for piece in texts {
            self.columns[piece.first].get_or_insert((line, line)).0 = line;
        }
    }

    /// How far the texts of a row stand from where the texts of a row stand in this table.
    pub(super) fn cost(&self, lines: &Range<usize>, standing: Standing) -> u64 {
        let cost = |(first, last): &(usize, usize)| {
            let (above, below) = (first - lines.start, lines.end - 1 - last);
            let off = match standing {
                Standing::First => 2 * above,
                Standing::Upper | Standing::Middle => above.abs_diff(below),
                Standing::Last => 2 * below,
            };
            (TEXT_OFF * off.saturating_sub(1) as u64).min(TEXT_MOST)
        };
        self.columns.iter().flatten().map(cost).sum()
    }
}

const TEXT_OFF: u64 = 20;
const TEXT_MOST: u64 = 90;

/// Most that being off costs: cells of tall rows may be set anywhere.
const FAR: u64 = 150;
/// What half a line off costs.
const OFF: u64 = 75;

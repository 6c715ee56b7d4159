//! Columns that nearly every row fills.

use super::super::Piece;
use super::super::kinds::Kind;

/// Share of the rows, in percent, that fill a regular column.
const REGULAR: usize = 70;

/// Columns of values that nearly every row fills.
pub(super) fn regular(pieces: &[Vec<Piece>], kinds: &[Kind]) -> Vec<usize> {
    let count = |c: usize| {
        pieces.iter().filter(|line| line.iter().any(|p| p.first == c && p.last == c)).count()
    };
    let values: Vec<(usize, usize)> =
        (0..kinds.len()).filter(|c| kinds[*c] == Kind::Values).map(|c| (c, count(c))).collect();
    let most = values.iter().map(|(_, n)| *n).max().unwrap_or(0);
    values.into_iter().filter(|(_, n)| n * 100 >= most * REGULAR).map(|(c, _)| c).collect()
}

/// Of each line, the last line up to it that fills each of some columns, counted from 1; 0 where none
/// does.
pub(super) struct Filled {
    columns: usize,
    last: Vec<u32>,
}

impl Filled {
    pub(super) fn new(pieces: &[Vec<Piece>], columns: &[usize]) -> Self {
        let mut last = Vec::with_capacity(columns.len() * pieces.len());
        for (line, pieces) in (1..).zip(pieces) {
            for column in columns {
                let fills = pieces.iter().any(|p| p.first <= *column && *column <= p.last);
                let above = last.len().checked_sub(columns.len()).map_or(0, |above| last[above]);
                last.push(if fills { line } else { above });
            }
        }
        Self { columns: columns.len(), last }
    }

    /// The last line that fills each column, up to this one.
    pub(super) fn up_to(&self, line: usize) -> &[u32] {
        &self.last[line * self.columns..][..self.columns]
    }
}

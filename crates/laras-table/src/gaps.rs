//! What a laying looks like as a whole: its gaps, and pairs of columns it fills by half.
//!
//! Converters that drop blanks drop those at the end first, and drop neighbours together.

use std::collections::BTreeMap;

use crate::lattice::WIDEST;
use crate::sheet::SheetCell;

/// Cost of a gap, however wide, in front of or between the cells of a row.
const OPEN: f64 = 0.8;
/// The same where the row begins with a blank that was not dropped.
const OPEN_AMONG_BLANKS: f64 = 1.4;
/// Cost of a pair of columns of which one alone is filled.
const HALF: f64 = 0.7;
/// Pairs under the same two heads that make them a habit of the table.
const FEWEST_PAIRS: usize = 3;

/// The pairs of columns of a table that are filled together, such as `K` and `Rp` of every quarter.
pub(crate) struct Pairs {
    /// The left one of each.
    left: Vec<usize>,
}

impl Pairs {
    /// The pairs whose heads are the same two under several others.
    pub(crate) fn of(paths: &[Vec<String>]) -> Self {
        let parent = |c: usize| paths.get(c).and_then(|path| path.split_last()).map(|(_, up)| up);
        let mut by_heads: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for c in 0..paths.len().saturating_sub(1) {
            let Some(up) = parent(c).filter(|up| !up.is_empty()) else { continue };
            let in_three =
                c.checked_sub(1).and_then(parent) == Some(up) || parent(c + 2) == Some(up);
            if parent(c + 1) == Some(up)
                && !in_three
                && let (Some(left), Some(right)) = (paths[c].last(), paths[c + 1].last())
                && left != right
            {
                by_heads.entry((left, right)).or_default().push(c);
            }
        }
        let habits = by_heads.into_values().filter(|pairs| pairs.len() >= FEWEST_PAIRS);
        Self { left: habits.flatten().collect() }
    }

    /// What a laying costs beside its cells.
    pub(crate) fn cost(&self, cells: &[SheetCell], columns: &[Option<usize>]) -> f64 {
        let keeps_blanks = cells.first().is_some_and(SheetCell::is_blank);
        let open = if keeps_blanks { OPEN_AMONG_BLANKS } else { OPEN };
        open * gaps(columns) as f64 + HALF * self.halves(cells, columns) as f64
    }

    fn halves(&self, cells: &[SheetCell], columns: &[Option<usize>]) -> usize {
        if self.left.is_empty() {
            return 0;
        }
        let mut is_filled = [false; WIDEST];
        for (cell, at) in cells.iter().zip(columns) {
            if let Some(filled) = at.and_then(|at| is_filled.get_mut(at)) {
                *filled |= !cell.is_blank();
            }
        }
        self.left.iter().filter(|left| is_filled[**left] != is_filled[**left + 1]).count()
    }
}

/// Gaps in front of and between the columns of a laying.
fn gaps(columns: &[Option<usize>]) -> usize {
    let mut next = 0;
    let mut gaps = 0;
    for column in columns.iter().flatten() {
        gaps += usize::from(*column > next);
        next = column + 1;
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_what_repeats_under_several_heads() {
        let heads =
            ["No", "I/K", "I/Rp", "II/K", "II/Rp", "III/K", "III/Rp", "IV/K", "IV/Rp", "IV/%"];
        let paths: Vec<Vec<String>> =
            heads.iter().map(|head| head.split('/').map(str::to_owned).collect()).collect();
        assert_eq!(Pairs::of(&paths).left, [1, 3, 5]);
        assert!(Pairs::of(&paths[..5]).left.is_empty());
    }

    #[test]
    fn gaps_at_the_end_are_none() {
        assert_eq!(gaps(&[Some(0), Some(1)]), 0);
        assert_eq!(gaps(&[Some(0), None, Some(3), Some(4), Some(6)]), 2);
        assert_eq!(gaps(&[Some(2)]), 1);
    }
}

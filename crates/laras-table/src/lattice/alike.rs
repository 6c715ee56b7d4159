//! Whether the cheapest layings of a row all lay alike what is not blank.
//!
//! In a row with many blanks most of the cheapest layings differ in nothing but where these are. Where they
//! alone are as many as are looked at, and nothing else costs as little, no further one is worth a look.

use super::{DROP, KEPT, Lattice, Layings, Room, TIE, cheaper};
use crate::contest::ROUNDING;
use crate::sheet::SheetCell;

impl Layings<'_> {
    /// Whether all that are looked at lay what is not blank as the first one does, which was looked at last.
    /// A wrong no costs time only.
    pub(super) fn are_alike(&self) -> bool {
        let width = self.lattice.model.len();
        // The columns that they leave tell equally cheap ones apart, and nothing else does.
        let most = self.first + TIE * (width * width) as f64 + ROUNDING;
        self.lattice.room.merged.is_empty()
            && self.lattice.ways_like_it(width) >= KEPT
            && !self.lattice.has_other(most)
    }
}

impl Lattice<'_> {
    /// Whether a way costs no more than this that lays a cell which is not blank on another column than it
    /// is written to have.
    ///
    /// The ways are gone back from the end, to no point that is on none that costs so little.
    fn has_other(&self, most: f64) -> bool {
        let (rows, width) = (self.cells.len(), self.model.len());
        let Room { costs, laid, empty, columns, taken, .. } = &*self.room;
        // What the cheapest ways to the end cost from the points with one more cell, and the first and the
        // last column of these.
        let mut behind = vec![f64::INFINITY; width + 1];
        let mut rest = behind.clone();
        let (mut from, mut to) = (width, width);
        behind[width] = 0.0;
        for column in (taken[rows]..width).rev() {
            behind[column] = behind[column + 1] + empty[column];
            if costs[self.point(rows, column)] + behind[column] > most {
                break;
            }
            from = column;
        }
        for (cell, is_blank) in self.cells.iter().map(SheetCell::is_blank).enumerate().rev() {
            let last = if is_blank { to } else { to.saturating_sub(1) };
            let first = from.saturating_sub(1);
            let mut near = None;
            let mut best = f64::INFINITY;
            for column in (taken[cell]..=last).rev() {
                best += empty.get(column).copied().unwrap_or(0.0);
                let cost = costs[self.point(cell, column)];
                if (from..=to).contains(&(column + 1)) {
                    let own = behind[column + 1] + laid[self.point(cell + 1, column + 1)];
                    if !is_blank && cost + own <= most && columns[cell] != Some(column) {
                        return true;
                    }
                    best = cheaper(best, own);
                }
                if is_blank && (from..=to).contains(&column) {
                    best = cheaper(best, behind[column] + DROP);
                }
                if cost + best > most {
                    best = f64::INFINITY;
                    if column < first {
                        break;
                    }
                } else {
                    near = Some((column, near.map_or(column, |(_, last)| last)));
                }
                rest[column] = best;
            }
            // The cheapest way itself is always near.
            let Some(near) = near else { break };
            (from, to) = near;
            std::mem::swap(&mut rest, &mut behind);
        }
        false
    }

    /// How many ways, [`KEPT`] at most, lay what is not blank as it is written, and as many blanks as can
    /// be: these cost the same.
    fn ways_like_it(&self, width: usize) -> usize {
        let mut ways = 1;
        let (mut blanks, mut next) = (0, 0);
        let columns = self.room.columns.iter().copied().chain([Some(width)]);
        let is_blank = self.cells.iter().map(SheetCell::is_blank).chain([false]);
        for (column, is_blank) in columns.zip(is_blank) {
            let Some(column) = column.filter(|_| !is_blank) else {
                blanks += 1;
                continue;
            };
            ways *= choices(blanks, column - next);
            if ways >= KEPT {
                return KEPT;
            }
            (blanks, next) = (0, column + 1);
        }
        ways
    }
}

/// In how many ways, [`KEPT`] at most, blanks are laid on columns so that blanks or columns are left, but not
/// both.
fn choices(blanks: usize, columns: usize) -> usize {
    let (all, chosen) = (blanks.max(columns), blanks.min(columns));
    let mut ways = 1;
    for i in 0..chosen.min(all - chosen) {
        ways = ways * (all - i) / (i + 1);
        if ways >= KEPT {
            return KEPT;
        }
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_to_choose() {
        for (blanks, columns, ways) in
            [(0, 0, 1), (0, 5, 1), (3, 3, 1), (1, 4, 4), (4, 1, 4), (2, 4, 6), (3, 6, KEPT)]
        {
            assert_eq!(choices(blanks, columns), ways, "{blanks} on {columns}");
        }
    }
}

//! The cheapest layings of a row, one after the other, and which of them are known.

use super::steps::{MOST_TAKEN, NONE, Way};
use super::{KEPT, Lattice, Room};
use crate::columns::{ColumnModel, Traits};
use crate::sheet::SheetCell;

/// The ways to lay a row, the cheapest first; at most [`KEPT`] are looked at.
pub(crate) struct Layings<'a> {
    pub(super) lattice: Lattice<'a>,
    /// What the cheapest of all costs.
    pub(super) first: f64,
    /// The last step of the laying that was looked at last.
    last: u32,
    /// How many were looked at.
    seen: usize,
}

/// One of the ways to lay a row.
#[derive(Clone, Copy)]
pub(crate) struct Found<'l> {
    /// For each printed cell its column; `None` for a dropped blank. Not written for one that is known.
    pub(crate) columns: &'l [Option<usize>],
    pub(crate) cost: f64,
    /// Whether it lays what is not blank as one before does.
    pub(crate) is_known: bool,
}

impl<'a> Layings<'a> {
    pub(crate) fn of(
        cells: &'a [SheetCell],
        traits: &'a [Traits],
        model: &'a ColumnModel,
        usual: Option<&'a [Option<usize>]>,
        room: &'a mut Room,
    ) -> Self {
        let lattice = Lattice::fill(cells, traits, model, usual, room);
        lattice.room.seen.clear();
        lattice.room.seen_taken.clear();
        let first = lattice.room.costs[lattice.point(cells.len(), model.len())];
        let is_none = cells.is_empty() || model.len() == 0 || first == f64::INFINITY;
        Self { lattice, first, last: NONE, seen: if is_none { KEPT } else { 0 } }
    }

    /// What the next one costs at least; infinite where there is none.
    pub(crate) fn least(&self) -> f64 {
        let room = &self.lattice.room;
        match room.steps.get(self.last as usize) {
            _ if self.seen == KEPT => f64::INFINITY,
            Some(step) => step.cost,
            None => self.first,
        }
    }

    /// The next one; none where all further ones lay what is not blank as the first one.
    pub(crate) fn next(&mut self) -> Option<Found<'_>> {
        if self.seen == 1 && self.are_alike() {
            self.seen = KEPT;
        }
        self.next_of_all()
    }

    /// The next one, like the first one or not.
    pub(crate) fn next_of_all(&mut self) -> Option<Found<'_>> {
        if self.seen == KEPT {
            return None;
        }
        let (cells, columns) = (self.lattice.cells.len(), self.lattice.model.len());
        let step = match self.seen {
            0 => Some(self.lattice.first_step(cells, columns)),
            _ => self.lattice.step_after(self.last),
        };
        let Some(step) = step else {
            self.seen = KEPT;
            return None;
        };
        (self.last, self.seen) = (step, self.seen + 1);
        let is_known = self.lattice.is_known(step);
        let room = &*self.lattice.room;
        Some(Found { columns: &room.columns, cost: room.steps[step as usize].cost, is_known })
    }
}

impl Lattice<'_> {
    /// Whether the laying whose last step this is lays what is not blank as one before does; where it does
    /// not its columns are written, and it is kept for those after it.
    fn is_known(&mut self, last: u32) -> bool {
        if self.model.len() > MOST_TAKEN || !self.room.merged.is_empty() {
            return self.is_known_as_written(last);
        }
        let Room { steps, seen_taken, .. } = &mut *self.room;
        let taken = steps[last as usize].taken;
        let is_known = seen_taken.contains(&taken);
        if !is_known {
            seen_taken.push(taken);
            self.write_laying(last);
        }
        debug_assert_eq!(is_known, self.is_known_as_written(last));
        is_known
    }

    /// The same, by the columns.
    fn is_known_as_written(&mut self, last: u32) -> bool {
        self.write_laying(last);
        self.room.is_known()
    }

    /// Writes the columns of the laying whose last step this is.
    fn write_laying(&mut self, last: u32) {
        let Room { steps, columns, .. } = &mut *self.room;
        columns.clear();
        columns.resize(self.cells.len(), None);
        let (mut i, mut j) = (self.cells.len(), self.model.len());
        let mut step = &steps[last as usize];
        while let Some(way) = step.way {
            match way {
                Way::Laid => {
                    (i, j) = (i - 1, j - 1);
                    columns[i] = Some(j);
                }
                Way::Left => j -= 1,
                Way::Dropped => i -= 1,
                Way::Merged => {
                    (i, j) = (i - 2, j - 1);
                    columns[i..i + 2].fill(Some(j));
                }
            }
            step = &steps[step.before as usize];
        }
    }
}

impl Room {
    /// Whether the laying that was written last lays what is not blank as one before does; where it does
    /// not it is kept for those after it.
    fn is_known(&mut self) -> bool {
        let Self { filled, columns, seen, .. } = self;
        let before = seen.len();
        // A row that is all blank is laid in one way.
        seen.push(0);
        // What is not blank is laid on some column, and no column is as far as the last byte.
        seen.extend(filled.iter().map(|cell| columns[*cell].map_or(u8::MAX, |c| c as u8)));
        let (known, own) = seen.split_at(before);
        let is_known = known.chunks_exact(own.len()).any(|other| other == own);
        if is_known {
            seen.truncate(before);
        }
        is_known
    }
}

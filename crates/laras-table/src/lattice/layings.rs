//! The cheapest ways through the lattice, one after the other: the recursive enumeration of Jiménez and
//! Marzal, "Computing the K Shortest Paths" (1999).

use super::{DROP, KEPT, Lattice, MERGE, Room};
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

/// Where there is no further step, or none is known yet.
pub(super) const NONE: u32 = u32::MAX;
/// A step that is the first to its point, and not made yet.
const FIRST: u32 = NONE - 1;

/// A step to a point of the lattice, and with those that it continues the cheapest way to lay so
/// many cells on so many columns, or the second cheapest, and so on.
#[derive(Clone, Copy)]
pub(super) struct Step {
    cost: f64,
    /// The step that it continues.
    before: u32,
    /// The next dearer step to the same point.
    next: u32,
    /// The place of its point among those whose ways are known.
    point: u32,
    /// The way that it came; the first of all came none.
    way: Option<Way>,
    /// The columns that cells which are not blank are laid on by it and those that it continues.
    taken: Taken,
}

/// Columns that cells which are not blank are laid on, as bits. As the cells keep their order these say where
/// each of them is, if no two are laid on one column.
pub(super) type Taken = u64;
/// Columns that [`Taken`] has room for.
const MOST_TAKEN: usize = Taken::BITS as usize;

/// How one comes to a point, in the order in which equally cheap ways are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// A cell is laid on a column.
    Laid,
    /// A column is left empty.
    Left,
    /// A blank cell is dropped.
    Dropped,
    /// Two cells are laid on a column.
    Merged,
}

impl Way {
    const ALL: [Self; 4] = [Self::Laid, Self::Left, Self::Dropped, Self::Merged];

    /// The cells and columns that it lays.
    const fn lays(self) -> (usize, usize) {
        match self {
            Self::Laid => (1, 1),
            Self::Left => (0, 1),
            Self::Dropped => (1, 0),
            Self::Merged => (2, 1),
        }
    }
}

/// A point whose ways are known.
pub(super) struct Point {
    /// So many cells laid on so many columns.
    cells: u32,
    columns: u32,
    /// What each way costs.
    costs: [f64; Way::ALL.len()],
    /// What it costs together with the step that it goes on with; infinite where there is none.
    totals: [f64; Way::ALL.len()],
    /// The step, at the point where the way begins, that it goes on with.
    steps: [u32; Way::ALL.len()],
    /// What is taken when its last cell is laid on its last column.
    taken: Taken,
    /// The cheapest step to it.
    first: u32,
    /// Whether all steps to it are known.
    is_done: bool,
}

impl Point {
    /// The way of the cheapest step that its ways go on with now, and its cost; of equals the
    /// earlier one.
    fn cheapest(&self) -> (f64, Option<Way>) {
        let mut best = (f64::INFINITY, None);
        for (way, total) in Way::ALL.into_iter().zip(self.totals) {
            if total < best.0 {
                best = (total, Some(way));
            }
        }
        best
    }

    /// What is taken when one comes to it on a way.
    fn taken(&self, way: Way) -> Taken {
        if way == Way::Laid { self.taken } else { 0 }
    }
}

impl Lattice<'_> {
    /// The place of a point among those whose ways are known; one that can be reached is made known.
    fn open(&mut self, cells: usize, columns: usize) -> usize {
        let at = self.point(cells, columns);
        let room = &mut *self.room;
        if room.known[at] != NONE {
            return room.known[at] as usize;
        }
        let row = self.model.len() + 1;
        let mut costs = [f64::INFINITY; Way::ALL.len()];
        let mut totals = costs;
        let mut taken = 0;
        if columns > 0 {
            costs[Way::Left as usize] = room.empty[columns - 1];
            totals[Way::Left as usize] = room.costs[at - 1] + room.empty[columns - 1];
        }
        if let Some(cell) = cells.checked_sub(1) {
            if columns > 0 {
                costs[Way::Laid as usize] = room.laid[at];
                totals[Way::Laid as usize] = room.costs[at - row - 1] + room.laid[at];
            }
            if self.cells[cell].is_blank() {
                costs[Way::Dropped as usize] = DROP;
                totals[Way::Dropped as usize] = room.costs[at - row] + DROP;
            } else if (1..=MOST_TAKEN).contains(&columns) {
                taken = 1 << (columns - 1);
            }
            if cells > 1
                && columns > 0
                && let Some(Some(merged)) = room.merged.get(cell)
            {
                let cost = self.model.cost(merged, columns - 1) + MERGE;
                costs[Way::Merged as usize] = cost;
                totals[Way::Merged as usize] = room.costs[at - 2 * row - 1] + cost;
            }
        }
        let known = room.points.len();
        room.known[at] = known as u32;
        room.points.push(Point {
            cells: cells as u32,
            columns: columns as u32,
            costs,
            totals,
            steps: [FIRST; Way::ALL.len()],
            taken,
            first: NONE,
            is_done: false,
        });
        known
    }

    /// The cheapest step to a point that can be reached.
    fn first_step(&mut self, mut cells: usize, mut columns: usize) -> u32 {
        // The cheapest steps on the way to it are made first.
        let mut before = loop {
            let known = self.open(cells, columns);
            let point = &self.room.points[known];
            if point.first != NONE {
                break point.first;
            }
            // Nothing comes before the point where nothing is laid.
            let (cost, Some(way)) = point.cheapest() else {
                break self.room.begin(known);
            };
            self.room.open.push((known, cost, way));
            let (laid, taken) = way.lays();
            (cells, columns) = (cells - laid, columns - taken);
        };
        while let Some((known, cost, way)) = self.room.open.pop() {
            before = self.room.add_first(known, cost, before, Some(way));
        }
        before
    }

    /// The step to a point that comes after a known one by its cost.
    fn step_after(&mut self, step: u32) -> Option<u32> {
        // To know it, the step after the one that the last step to the point continues must be
        // known, and so on until one is.
        let mut waiting = std::mem::take(&mut self.room.waiting);
        let Room { points, steps, .. } = &*self.room;
        let mut at = step;
        loop {
            let last = &steps[at as usize];
            if last.next != NONE || points[last.point as usize].is_done {
                break;
            }
            waiting.push(at);
            at = last.before;
        }
        while let Some(last) = waiting.pop() {
            let Room { points, steps, .. } = &mut *self.room;
            let Step { before, point: known, way: Some(way), .. } = steps[last as usize] else {
                continue;
            };
            let next = steps[before as usize].next;
            let goes_on = steps.get(next as usize).map_or(f64::INFINITY, |next| next.cost);
            let point = &mut points[known as usize];
            point.steps[way as usize] = next;
            point.totals[way as usize] = goes_on + point.costs[way as usize];
            let (cost, Some(way)) = point.cheapest() else {
                point.is_done = true;
                continue;
            };
            let before = match point.steps[way as usize] {
                FIRST => {
                    let (laid, taken) = way.lays();
                    let (cells, columns) = (point.cells as usize, point.columns as usize);
                    let first = self.first_step(cells - laid, columns - taken);
                    self.room.points[known as usize].steps[way as usize] = first;
                    first
                }
                before => before,
            };
            // It comes after the last one.
            let Room { points, steps, .. } = &mut *self.room;
            let taken = steps[before as usize].taken | points[known as usize].taken(way);
            let added = steps.len() as u32;
            steps.push(Step { cost, before, next: NONE, point: known, way: Some(way), taken });
            steps[last as usize].next = added;
        }
        self.room.waiting = waiting;
        Some(self.room.steps[step as usize].next).filter(|next| *next != NONE)
    }

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

    /// The step to the point where nothing is laid.
    fn begin(&mut self, known: usize) -> u32 {
        self.points[known].is_done = true;
        self.add_first(known, 0.0, NONE, None)
    }

    /// Adds the cheapest step to a point.
    fn add_first(&mut self, known: usize, cost: f64, before: u32, way: Option<Way>) -> u32 {
        let added = self.steps.len() as u32;
        let point = &mut self.points[known];
        let mut taken = 0;
        if let Some(way) = way {
            point.steps[way as usize] = before;
            taken = self.steps[before as usize].taken | point.taken(way);
        }
        point.first = added;
        self.steps.push(Step { cost, before, next: NONE, point: known as u32, way, taken });
        added
    }
}

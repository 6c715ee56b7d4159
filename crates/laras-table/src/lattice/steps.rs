//! The ways through the lattice step by step, the cheapest to every point first: the recursive enumeration of
//! Jiménez and Marzal, "Computing the K Shortest Paths" (1999).

use super::{DROP, Lattice, MERGE, Room};

/// Where there is no further step, or none is known yet.
pub(super) const NONE: u32 = u32::MAX;
/// A step that is the first to its point, and not made yet.
const FIRST: u32 = NONE - 1;

/// A step to a point of the lattice, and with those that it continues the cheapest way to lay so
/// many cells on so many columns, or the second cheapest, and so on.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) cost: f64,
    /// The step that it continues.
    pub(super) before: u32,
    /// The next dearer step to the same point.
    next: u32,
    /// The place of its point among those whose ways are known.
    point: u32,
    /// The way that it came; the first of all came none.
    pub(super) way: Option<Way>,
    /// The columns that cells which are not blank are laid on by it and those that it continues.
    pub(super) taken: Taken,
}

/// Columns that cells which are not blank are laid on, as bits. As the cells keep their order these say where
/// each of them is, if no two are laid on one column.
pub(super) type Taken = u64;
/// Columns that [`Taken`] has room for.
pub(super) const MOST_TAKEN: usize = Taken::BITS as usize;

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
    pub(super) fn first_step(&mut self, mut cells: usize, mut columns: usize) -> u32 {
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
    pub(super) fn step_after(&mut self, step: u32) -> Option<u32> {
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
}

impl Room {
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

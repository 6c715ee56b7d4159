//! The cheapest ways through the lattice, one after the other: the recursive enumeration of Jiménez and
//! Marzal, "Computing the K Shortest Paths" (1999).

use super::{DROP, KEPT, Lattice, MERGE, Room};
use crate::columns::{ColumnModel, Traits};
use crate::sheet::SheetCell;

/// The ways to lay a row, the cheapest first; at most [`KEPT`] are looked at.
pub(crate) struct Layings<'a> {
    lattice: Lattice<'a>,
    /// The point where all cells are laid on all columns.
    end: usize,
    /// The last step of the laying that was looked at last.
    last: u32,
    /// How many were looked at.
    seen: usize,
}

/// One of the ways to lay a row.
#[derive(Clone, Copy)]
pub(crate) struct Found<'l> {
    /// For each printed cell its column; `None` for a dropped blank.
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
        let end = lattice.point(cells.len(), model.len());
        let is_none =
            cells.is_empty() || model.len() == 0 || lattice.room.costs[end] == f64::INFINITY;
        Self { lattice, end, last: NONE, seen: if is_none { KEPT } else { 0 } }
    }

    /// What the next one costs at least; infinite where there is none.
    pub(crate) fn least(&self) -> f64 {
        let room = &self.lattice.room;
        match room.steps.get(self.last as usize) {
            _ if self.seen == KEPT => f64::INFINITY,
            Some(step) => step.cost,
            None => room.costs[self.end],
        }
    }

    /// The next one.
    pub(crate) fn next(&mut self) -> Option<Found<'_>> {
        if self.seen == KEPT {
            return None;
        }
        let step = match self.seen {
            0 => Some(self.lattice.first_step(self.end)),
            _ => self.lattice.step_after(self.last, self.end),
        };
        let Some(step) = step else {
            self.seen = KEPT;
            return None;
        };
        (self.last, self.seen) = (step, self.seen + 1);
        self.lattice.write_laying(step);
        let room = &mut *self.lattice.room;
        let is_known = if room.filled.is_empty() { self.seen > 1 } else { room.is_known() };
        Some(Found { columns: &room.columns, cost: room.steps[step as usize].cost, is_known })
    }
}

/// Where there is no further step, or none is known yet.
pub(super) const NONE: u32 = u32::MAX;
/// A step that is the first to its point, and not made yet.
const FIRST: u32 = NONE - 1;
/// Most ways to come to a point.
const MOST_WAYS: usize = 4;

/// A step to a point of the lattice, and with those that it continues the cheapest way to lay so
/// many cells on so many columns, or the second cheapest, and so on.
#[derive(Clone, Copy)]
pub(super) struct Step {
    cost: f64,
    /// The step that it continues.
    before: u32,
    /// Which of the ways to its point it came, and what is done on it; the first of all came none.
    way: u32,
    done: Done,
    /// The next dearer step to the same point.
    next: u32,
}

/// What is done on a way.
#[derive(Clone, Copy)]
enum Done {
    /// A cell is laid on a column.
    Laid,
    /// A column is left empty.
    Left,
    /// A blank cell is dropped.
    Dropped,
    /// Two cells are laid on a column.
    Merged,
}

/// One of the ways to come to a point.
#[derive(Clone, Copy)]
struct Way {
    done: Done,
    /// The point it comes from.
    from: u32,
    /// The step to that point which is continued on this way, and after it the next dearer one.
    step: u32,
    cost: f64,
    /// What it costs with the step that it continues; infinite once there is none.
    total: f64,
}

impl Way {
    const NONE: Self =
        Self { done: Done::Left, from: 0, step: NONE, cost: 0.0, total: f64::INFINITY };
}

/// A point whose ways are known.
pub(super) struct Point {
    ways: [Way; MOST_WAYS],
    /// The cheapest step to it, and the dearest that is known.
    first: u32,
    last: u32,
    /// Whether all steps to it are known.
    is_done: bool,
}

impl Point {
    /// The way of the cheapest step that its ways go on with now, and its cost; of equals the
    /// earlier one.
    fn cheapest(&self) -> (f64, u32) {
        let mut best = (f64::INFINITY, NONE);
        for (w, way) in self.ways.iter().enumerate() {
            if way.total < best.0 {
                best = (way.total, w as u32);
            }
        }
        best
    }
}

impl Lattice<'_> {
    /// The ways to a point.
    fn ways(&self, i: usize, j: usize) -> [Way; MOST_WAYS] {
        let (at, step) = (self.point(i, j), self.model.len() + 1);
        let mut ways = [Way::NONE; MOST_WAYS];
        let mut count = 0;
        let mut add = |done: Done, from: usize, cost: f64| {
            let before = self.room.costs[from];
            if before < f64::INFINITY {
                let from = from as u32;
                ways[count] = Way { done, from, step: FIRST, cost, total: before + cost };
                count += 1;
            }
        };
        if i > 0 && j > 0 {
            add(Done::Laid, at - step - 1, self.room.laid[at]);
        }
        if j > 0 {
            add(Done::Left, at - 1, self.room.empty[j - 1]);
        }
        if i > 0 && self.cells[i - 1].is_blank() {
            add(Done::Dropped, at - step, DROP);
        }
        if i > 1
            && j > 0
            && let Some(merged) = self.merged(i - 1)
        {
            add(Done::Merged, at - 2 * step - 1, self.model.cost(merged, j - 1) + MERGE);
        }
        ways
    }

    /// The place of a point among those whose ways are known; one that can be reached is made known.
    fn open(&mut self, point: usize) -> usize {
        if self.room.known[point] == NONE {
            let step = self.model.len() + 1;
            let ways = self.ways(point / step, point % step);
            let room = &mut *self.room;
            room.known[point] = room.points.len() as u32;
            room.points.push(Point { ways, first: NONE, last: NONE, is_done: false });
        }
        self.room.known[point] as usize
    }

    /// The cheapest step to a point that can be reached.
    fn first_step(&mut self, point: usize) -> u32 {
        // The cheapest steps on the way to it are made first.
        let mut open = std::mem::take(&mut self.room.open);
        let mut at = point;
        let mut before = loop {
            let known = self.open(at);
            let point = &self.room.points[known];
            if point.first != NONE {
                break point.first;
            }
            let (_, way) = point.cheapest();
            let Some(way) = point.ways.get(way as usize) else {
                // Nothing comes before the point where nothing is laid.
                break self.room.begin(known);
            };
            open.push(known);
            at = way.from as usize;
        };
        while let Some(known) = open.pop() {
            let (cost, way) = self.room.points[known].cheapest();
            before = self.room.add_step(known, cost, before, way);
        }
        self.room.open = open;
        before
    }

    /// The step to a point that comes after a known one by its cost.
    fn step_after(&mut self, step: u32, point: usize) -> Option<u32> {
        // To know it, the step after the one that the last step to the point continues must be
        // known, and so on until one is.
        let mut open = std::mem::take(&mut self.room.open);
        let Room { known, points, steps, .. } = &mut *self.room;
        let mut at = (step, known[point] as usize);
        while steps[at.0 as usize].next == NONE && !points[at.1].is_done {
            open.push(at.1);
            let last = &steps[points[at.1].last as usize];
            let from = points[at.1].ways[last.way as usize].from as usize;
            at = (last.before, known[from] as usize);
        }
        while let Some(known) = open.pop() {
            let Room { points, steps, .. } = &mut *self.room;
            let point = &mut points[known];
            let last = steps[point.last as usize];
            let way = &mut point.ways[last.way as usize];
            way.step = steps[last.before as usize].next;
            way.total = steps.get(way.step as usize).map_or(f64::INFINITY, |s| s.cost + way.cost);
            match point.cheapest() {
                (_, NONE) => point.is_done = true,
                (cost, way) => {
                    let Way { from, step, .. } = point.ways[way as usize];
                    let before = if step == FIRST { self.first_step(from as usize) } else { step };
                    self.room.add_step(known, cost, before, way);
                }
            }
        }
        self.room.open = open;
        Some(self.room.steps[step as usize].next).filter(|next| *next != NONE)
    }

    /// Writes the columns of the laying whose last step this is.
    fn write_laying(&mut self, last: u32) {
        let Room { steps, columns, .. } = &mut *self.room;
        columns.clear();
        columns.resize(self.cells.len(), None);
        let (mut i, mut j) = (self.cells.len(), self.model.len());
        let mut step = &steps[last as usize];
        while step.way != NONE {
            let (cells, column) = match step.done {
                Done::Laid => (1, true),
                Done::Left => (0, true),
                Done::Dropped => (1, false),
                Done::Merged => (2, true),
            };
            j -= usize::from(column);
            for _ in 0..cells {
                i -= 1;
                columns[i] = column.then_some(j);
            }
            step = &steps[step.before as usize];
        }
    }
}

impl Room {
    /// Whether the laying that was written last lays what is not blank as one before does; where it does
    /// not it is kept for those after it. For rows that are not all blank.
    fn is_known(&mut self) -> bool {
        let Self { filled, columns, seen, .. } = self;
        let before = seen.len();
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
        self.add_step(known, 0.0, NONE, NONE)
    }

    /// Adds the next dearer step to a point, which continues another on one of its ways.
    fn add_step(&mut self, known: usize, cost: f64, before: u32, way: u32) -> u32 {
        let added = self.steps.len() as u32;
        let point = &mut self.points[known];
        let mut done = Done::Left;
        if let Some(way) = point.ways.get_mut(way as usize) {
            way.step = before;
            done = way.done;
        }
        self.steps.push(Step { cost, before, way, done, next: NONE });
        match self.steps.get_mut(point.last as usize) {
            Some(last) => last.next = added,
            None => point.first = added,
        }
        point.last = added;
        added
    }
}

//! Finds the columns of a ragged row again.
//!
//! The cells of a row are laid on the columns from left to right: a cell goes into a column, a
//! column stays empty, a blank cell is dropped, or two cells go into one column (a number and its
//! unit). Each step has a cost from the column model; the cheapest few layings are kept, so that
//! equations can choose between them.

use crate::columns::{ColumnModel, Traits};
use crate::kind::CellKind;
use crate::sheet::{SheetCell, SheetRow};

/// Layings kept for each row.
const KEPT: usize = 12;
/// Cost of leaving a column empty for which no cell was printed, beside its surprise.
pub(crate) const GAP: f64 = 0.25;
/// Cost of dropping a printed blank.
pub(crate) const DROP: f64 = 1.2;
/// Cost of putting two cells into one column.
const MERGE: f64 = 2.5;
/// Cost of laying a cell elsewhere than most rows of its kind have it.
const ODD: f64 = 0.3;
/// Tables wider than this are left as printed.
pub(crate) const WIDEST: usize = 160;

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
        lattice.room.found.clear();
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
        let Lattice { cells, room, .. } = &mut self.lattice;
        let before = room.found.len() - cells.len();
        let (known, columns) = room.found.split_at(before);
        let is_alike = |other: &[Option<usize>]| {
            let mut columns = other.iter().zip(columns).zip(*cells);
            columns.all(|((a, b), cell)| a == b || cell.is_blank())
        };
        let is_known = known.chunks_exact(cells.len()).any(is_alike);
        let columns = before..room.found.len();
        Some(Found {
            columns: &room.found[columns],
            cost: room.steps[step as usize].cost,
            is_known,
        })
    }
}

/// The cost of the cheapest laying, if the row can be laid at all.
pub(crate) fn least_cost(row: &SheetRow, model: &ColumnModel, room: &mut Room) -> Option<f64> {
    if row.cells.is_empty() || model.len() == 0 {
        return None;
    }
    let traits = model.row_traits(row);
    let lattice = Lattice::fill(&row.cells, &traits, model, None, room);
    lattice.room.costs.last().copied().filter(|cost| *cost < f64::INFINITY)
}

/// Where there is no further step, or none is known yet.
const NONE: u32 = u32::MAX;
/// A step that is the first to its point, and not made yet.
const FIRST: u32 = NONE - 1;
/// Most ways to come to a point.
const MOST_WAYS: usize = 4;

/// A step to a point of the lattice, and with those that it continues the cheapest way to lay so
/// many cells on so many columns, or the second cheapest, and so on.
#[derive(Clone, Copy)]
struct Step {
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
struct Point {
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

/// Room for the search, kept from row to row.
#[derive(Default)]
pub(crate) struct Room {
    /// For each cell what it is together with the one before, if the two can be one.
    merged: Vec<Option<Traits>>,
    /// What it costs to leave a column empty.
    empty: Vec<f64>,
    /// For every cell how few columns it and those behind it, and those in front of it, can do with.
    needed: Vec<usize>,
    taken: Vec<usize>,
    /// What the cheapest way to each point costs; infinite where none leads there.
    costs: Vec<f64>,
    /// What the last of the cells at each point costs in the last of its columns.
    laid: Vec<f64>,
    /// For each point its place among the points whose ways are known.
    known: Vec<u32>,
    points: Vec<Point>,
    steps: Vec<Step>,
    /// Points that wait for a step.
    open: Vec<usize>,
    /// The columns of the layings that were looked at, one after the other.
    found: Vec<Option<usize>>,
}

/// The ways from nothing to all cells on all columns; a point is so many cells laid on so many
/// columns.
///
/// What the cheapest way to every point costs is found at once, its steps and the dearer ones only
/// where they are asked for: the recursive enumeration of Jiménez and Marzal, "Computing the K
/// Shortest Paths" (1999).
struct Lattice<'a> {
    cells: &'a [SheetCell],
    model: &'a ColumnModel,
    usual: Option<&'a [Option<usize>]>,
    traits: &'a [Traits],
    room: &'a mut Room,
}

impl<'a> Lattice<'a> {
    fn fill(
        cells: &'a [SheetCell],
        traits: &'a [Traits],
        model: &'a ColumnModel,
        usual: Option<&'a [Option<usize>]>,
        room: &'a mut Room,
    ) -> Self {
        let (rows, width) = (cells.len(), model.len());
        let merges = rows > width;
        // As many cells as columns and more, blanks aside.
        let is_crowded = merges && cells.iter().filter(|cell| !cell.is_blank()).count() >= width;
        let merged = |i: usize| {
            let (left, right) = (cells.get(i.checked_sub(1)?)?, &cells[i]);
            let can = merges && can_merge(left, right) || is_crowded && are_marks(left, right);
            can.then(|| model.traits(&merge(left, right)))
        };
        room.merged.clear();
        if merges {
            room.merged.extend((0..rows).map(merged));
        }
        // Of two equal layings the one that leaves later columns empty.
        let empty = |c: usize| model.blank_cost(c) + GAP + 1e-6 * (width - c - 1) as f64;
        room.empty.clear();
        room.empty.extend((0..width).map(empty));
        let points = (rows + 1) * (width + 1);
        for costs in [&mut room.costs, &mut room.laid] {
            costs.clear();
            costs.resize(points, f64::INFINITY);
        }
        room.known.clear();
        room.known.resize(points, NONE);
        room.points.clear();
        room.steps.clear();
        room.costs[0] = 0.0;
        room.bound(cells);
        let mut lattice = Self { cells, model, usual, traits, room };
        for i in 0..=rows {
            let (needed, taken) = (lattice.room.needed[i], lattice.room.taken[i]);
            // On fewer columns the cells have no room, from further ones the rest of them.
            if taken + needed <= width {
                lattice.fill_row(i, taken, width - needed);
            }
        }
        lattice
    }

    /// What the cheapest ways to the points of so many cells on `from` to `to` columns cost, by
    /// [`Self::ways`].
    fn fill_row(&mut self, i: usize, from: usize, to: usize) {
        let width = self.model.len();
        let Room { empty, costs, laid, merged, .. } = &mut *self.room;
        let (above, costs) = costs.split_at_mut(i * (width + 1));
        let Some(cell) = i.checked_sub(1) else {
            for j in from.max(1)..=to {
                costs[j] = costs[j - 1] + empty[j - 1];
            }
            return;
        };
        let before = &above[cell * (width + 1)..];
        let laid = &mut laid[i * (width + 1)..][..=width];
        let columns = from.max(1) - 1..to;
        self.model.costs(&self.traits[cell], columns.clone(), &mut laid[from.max(1)..=to]);
        let is_blank = self.cells[cell].is_blank();
        if let Some(usual) = self.usual.and_then(|usual| usual.get(cell)).filter(|_| !is_blank) {
            for column in columns.filter(|column| *usual != Some(*column)) {
                laid[column + 1] += ODD;
            }
        }
        for j in from..=to {
            let mut least = f64::INFINITY;
            let mut offer = |cost: f64| {
                if cost < least {
                    least = cost;
                }
            };
            if j > 0 {
                offer(costs[j - 1] + empty[j - 1]);
                offer(before[j - 1] + laid[j]);
            }
            if is_blank {
                offer(before[j] + DROP);
            }
            if j > 0
                && i > 1
                && let Some(Some(merged)) = merged.get(cell)
            {
                let merged = self.model.cost(merged, j - 1) + MERGE;
                offer(above[(i - 2) * (width + 1) + j - 1] + merged);
            }
            costs[j] = least;
        }
    }

    /// What a cell is together with the one before, if the two can be one.
    fn merged(&self, cell: usize) -> Option<&Traits> {
        self.room.merged.get(cell)?.as_ref()
    }

    /// The point of so many cells on so many columns.
    fn point(&self, cells: usize, columns: usize) -> usize {
        cells * (self.model.len() + 1) + columns
    }

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

    /// Writes the columns of the laying whose last step this is behind those of others.
    fn write_laying(&mut self, last: u32) {
        let Room { steps, found, .. } = &mut *self.room;
        let (first, width) = (found.len(), self.model.len());
        found.resize(first + self.cells.len(), None);
        let columns = &mut found[first..];
        let (mut i, mut j) = (self.cells.len(), width);
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

    /// How few columns the cells behind and in front of each can do with.
    fn bound(&mut self, cells: &[SheetCell]) {
        let Self { merged, needed, taken, .. } = self;
        for bounds in [&mut *needed, &mut *taken] {
            bounds.clear();
            bounds.resize(cells.len() + 1, 0);
        }
        let is_merged = |i: usize| merged.get(i).is_some_and(Option::is_some);
        for i in (0..cells.len()).rev() {
            let own = needed[i + 1] + usize::from(!cells[i].is_blank());
            let with_next = if is_merged(i + 1) { needed[i + 2] + 1 } else { own };
            needed[i] = own.min(with_next);
        }
        for i in 0..cells.len() {
            let own = taken[i] + usize::from(!cells[i].is_blank());
            let with_last = if is_merged(i) { taken[i - 1] + 1 } else { own };
            taken[i + 1] = own.min(with_last);
        }
    }
}

/// A number and the unit, sign or grade printed in the cell beside it.
fn can_merge(left: &SheetCell, right: &SheetCell) -> bool {
    let short = |cell: &SheetCell| cell.text.chars().count() <= 16;
    (left.kind.is_value()
        && !right.is_blank()
        && short(right)
        && !right.text.chars().any(|c| c.is_ascii_digit()))
        || (left.text.eq_ignore_ascii_case("rp") || left.text.eq_ignore_ascii_case("rp."))
            && right.kind.is_value()
}

/// Two numbers that only number something: of columns that stand apart elsewhere in the table.
fn are_marks(left: &SheetCell, right: &SheetCell) -> bool {
    let is_mark = |cell: &SheetCell| {
        matches!(cell.kind, CellKind::Integer | CellKind::Ordinal) && cell.text.len() <= 2
    };
    is_mark(left) && is_mark(right)
}

/// Two neighbouring cells as one.
pub(crate) fn merge(left: &SheetCell, right: &SheetCell) -> SheetCell {
    let mut cell = left.clone();
    cell.set_text(format!("{} {}", left.text, right.text));
    cell.place = left.place.joined(&right.place);
    cell
}

/// The row with its cells laid on columns.
pub(crate) fn laid(row: &SheetRow, columns: &[Option<usize>]) -> SheetRow {
    let cells = laid_cells(&row.cells, columns);
    SheetRow { cells, place: row.place.clone(), ..*row }
}

/// Cells laid on columns; those that are laid on one are one.
pub(crate) fn laid_cells(row: &[SheetCell], columns: &[Option<usize>]) -> Vec<SheetCell> {
    let mut cells: Vec<SheetCell> = Vec::with_capacity(row.len());
    for (cell, column) in row.iter().zip(columns) {
        let Some(column) = *column else { continue };
        match cells.last_mut() {
            Some(last) if last.column == column => *last = merge(last, cell),
            _ => cells.push(SheetCell { column, ..cell.clone() }),
        }
    }
    cells
}

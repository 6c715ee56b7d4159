//! Finds the columns of a ragged row again.
//!
//! The cells of a row are laid on the columns from left to right: a cell goes into a column, a
//! column stays empty, a blank cell is dropped, or two cells go into one column (a number and its
//! unit). Each step has a cost from the column model; the cheapest few layings are kept, so that
//! equations can choose between them.

use std::ops::Range;

use crate::columns::{ColumnModel, Traits};
use crate::kind::CellKind;
use crate::sheet::{SheetCell, SheetRow};

/// Layings kept for each row.
const KEPT: usize = 12;
/// Cost of leaving a column empty for which no cell was printed, beside its surprise.
pub(crate) const GAP: f64 = 0.25;
/// Cost of dropping a printed blank.
const DROP: f64 = 1.2;
/// Cost of putting two cells into one column.
const MERGE: f64 = 2.5;
/// Cost of laying a cell elsewhere than most rows of its kind have it.
const ODD: f64 = 0.3;
/// Tables wider than this are left as printed.
pub(crate) const WIDEST: usize = 160;

/// A way to lay the cells of a row on the columns.
#[derive(Clone, Debug)]
pub(crate) struct Laying {
    /// For each printed cell its column; `None` for a dropped blank.
    pub(crate) columns: Vec<Option<usize>>,
    pub(crate) cost: f64,
}

/// The cheapest layings, best first, no two alike in what is not blank.
pub(crate) fn layings(
    row: &SheetRow,
    traits: &[Traits],
    model: &ColumnModel,
    usual: Option<&[Option<usize>]>,
) -> Vec<Laying> {
    let cells = &row.cells;
    if cells.is_empty() || model.len() == 0 {
        return Vec::new();
    }
    let mut found = Lattice::fill(cells, traits, model, usual).layings(KEPT);
    let alike = |a: &Laying, b: &Laying| {
        let mut columns = a.columns.iter().zip(&b.columns).zip(cells);
        columns.all(|((a, b), cell)| a == b || cell.is_blank())
    };
    let mut kept = 0;
    for next in 0..found.len() {
        if !found[..kept].iter().any(|before| alike(before, &found[next])) {
            found.swap(kept, next);
            kept += 1;
        }
    }
    found.truncate(kept);
    found
}

/// The cost of the cheapest laying, if the row can be laid at all.
pub(crate) fn least_cost(row: &SheetRow, model: &ColumnModel) -> Option<f64> {
    if row.cells.is_empty() || model.len() == 0 {
        return None;
    }
    let traits = model.row_traits(row);
    let lattice = Lattice::fill(&row.cells, &traits, model, None);
    lattice.costs.last().copied().filter(|cost| *cost < f64::INFINITY)
}

/// Where there is no further step, or none is known yet.
const NONE: u32 = u32::MAX;
/// A step that is the first to its point, and not made yet.
const FIRST: u32 = NONE - 1;

/// A step to a point of the lattice, and with those that it continues the cheapest way to lay so
/// many cells on so many columns, or the second cheapest, and so on.
struct Step {
    cost: f64,
    /// The step that it continues.
    before: u32,
    /// Which way it came.
    way: u32,
    /// The next dearer step to the same point.
    next: u32,
}

/// One of the at most four ways to come to a point.
struct Way {
    /// The point it comes from, and how many cells are laid there.
    from: u32,
    cells: u32,
    /// The step to that point which is continued on this way, and after it the next dearer one.
    step: u32,
    cost: f64,
    /// Column that the cells between the points go into.
    column: Option<u32>,
}

/// A point whose ways are known.
struct Point {
    /// Its ways.
    ways: Range<usize>,
    /// The cheapest step to it, and the dearest that is known.
    first: u32,
    last: u32,
    /// Whether all steps to it are known.
    is_done: bool,
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
    /// For each cell what it is together with the one before, if the two can be one.
    merged: Vec<Option<Traits>>,
    /// What it costs to leave a column empty.
    empty: Vec<f64>,
    /// What the cheapest way to each point costs; infinite where none leads there.
    costs: Vec<f64>,
    /// For each point its place among the points whose ways are known.
    known: Vec<u32>,
    points: Vec<Point>,
    steps: Vec<Step>,
    ways: Vec<Way>,
    /// Points that wait for a step; kept for its room.
    open: Vec<usize>,
}

impl<'a> Lattice<'a> {
    fn fill(
        cells: &'a [SheetCell],
        traits: &'a [Traits],
        model: &'a ColumnModel,
        usual: Option<&'a [Option<usize>]>,
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
        // Of two equal layings the one that leaves later columns empty.
        let empty = |c: usize| model.blank_cost(c) + GAP + 1e-6 * (width - c - 1) as f64;
        let points = (rows + 1) * (width + 1);
        let mut lattice = Self {
            cells,
            model,
            usual,
            traits,
            merged: (0..rows).map(merged).collect(),
            empty: (0..width).map(empty).collect(),
            costs: vec![f64::INFINITY; points],
            known: vec![NONE; points],
            points: Vec::with_capacity(4 * (rows + width)),
            steps: Vec::with_capacity(8 * (rows + width)),
            ways: Vec::with_capacity(8 * (rows + width)),
            open: Vec::new(),
        };
        lattice.costs[0] = 0.0;
        let needed = columns_needed(cells, &lattice.merged);
        let taken = columns_taken(cells, &lattice.merged);
        let needed = needed.into_iter().zip(taken).enumerate();
        for (i, (needed, taken)) in needed.filter(|(_, (needed, _))| *needed <= width) {
            // On fewer columns the cells have no room, from further ones the rest of them.
            for j in taken..=width - needed {
                if (i, j) != (0, 0) {
                    let at = lattice.point(i, j);
                    lattice.costs[at] = lattice.least(i, j);
                }
            }
        }
        lattice
    }

    /// What the cheapest way to a point costs, by [`Self::for_ways`].
    fn least(&self, i: usize, j: usize) -> f64 {
        let cost = |i: usize, j: usize| self.costs[self.point(i, j)];
        let mut least = f64::INFINITY;
        if j > 0 {
            least = cost(i, j - 1) + self.empty[j - 1];
        }
        if i == 0 {
            return least;
        }
        if self.cells[i - 1].is_blank() {
            least = least.min(cost(i - 1, j) + DROP);
        }
        if j > 0 {
            let before = cost(i - 1, j - 1);
            if before < f64::INFINITY {
                least = least.min(before + self.cell_cost(i - 1, j - 1));
            }
            if i > 1
                && let Some(merged) = &self.merged[i - 1]
            {
                let merged = self.model.cost(merged, j - 1) + MERGE;
                least = least.min(cost(i - 2, j - 1) + merged);
            }
        }
        least
    }

    /// The point of so many cells on so many columns.
    fn point(&self, cells: usize, columns: usize) -> usize {
        cells * (self.model.len() + 1) + columns
    }

    /// Whether a way leads to a point.
    fn is_reached(&self, cells: usize, columns: usize) -> bool {
        self.costs[self.point(cells, columns)] < f64::INFINITY
    }

    /// The ways to a point.
    fn for_ways(&self, i: usize, j: usize, mut found: impl FnMut(Way)) {
        let mut add = |cells: usize, columns: usize, column: Option<usize>, cost: f64| {
            let column = column.map(|column| column as u32);
            let from = self.point(cells, columns) as u32;
            found(Way { from, cells: cells as u32, step: FIRST, cost, column });
        };
        if i > 0 && j > 0 && self.is_reached(i - 1, j - 1) {
            add(i - 1, j - 1, Some(j - 1), self.cell_cost(i - 1, j - 1));
        }
        if j > 0 && self.is_reached(i, j - 1) {
            add(i, j - 1, None, self.empty[j - 1]);
        }
        if i > 0 && self.cells[i - 1].is_blank() && self.is_reached(i - 1, j) {
            add(i - 1, j, None, DROP);
        }
        if i > 1
            && j > 0
            && let Some(merged) = &self.merged[i - 1]
            && self.is_reached(i - 2, j - 1)
        {
            add(i - 2, j - 1, Some(j - 1), self.model.cost(merged, j - 1) + MERGE);
        }
    }

    fn cell_cost(&self, cell: usize, column: usize) -> f64 {
        let usual = self.usual.and_then(|usual| usual.get(cell));
        let is_odd = usual.is_some_and(|usual| *usual != Some(column));
        let odd = if is_odd && !self.cells[cell].is_blank() { ODD } else { 0.0 };
        self.model.cost(&self.traits[cell], column) + odd
    }

    /// The place of a point among those whose ways are known; one that can be reached is made known.
    fn open(&mut self, point: usize) -> usize {
        if self.known[point] == NONE {
            self.known[point] = self.points.len() as u32;
            let from = self.ways.len();
            let mut ways = std::mem::take(&mut self.ways);
            let (cells, columns) = (point / (self.model.len() + 1), point % (self.model.len() + 1));
            self.for_ways(cells, columns, |way| ways.push(way));
            self.ways = ways;
            let ways = from..self.ways.len();
            self.points.push(Point { ways, first: NONE, last: NONE, is_done: false });
        }
        self.known[point] as usize
    }

    /// The cheapest step to a point that can be reached.
    fn first_step(&mut self, point: usize) -> u32 {
        // The cheapest steps on the way to it are made first.
        let mut open = std::mem::take(&mut self.open);
        let mut at = point;
        loop {
            let known = self.open(at);
            if self.points[known].first != NONE {
                break;
            }
            open.push(known);
            match self.cheapest(known) {
                Some((_, way)) => at = self.ways[way].from as usize,
                None => break,
            }
        }
        while let Some(known) = open.pop() {
            self.add_step(known);
        }
        self.open = open;
        self.points[self.known[point] as usize].first
    }

    /// The cheapest way to a point, by the steps that its ways continue now, and its cost; of equals
    /// the earlier one.
    fn cheapest(&self, known: usize) -> Option<(f64, usize)> {
        let ways = self.points[known].ways.clone();
        let mut best: Option<(f64, usize)> = None;
        for (w, way) in ways.clone().zip(&self.ways[ways]).filter(|(_, way)| way.step != NONE) {
            let before = match way.step {
                FIRST => self.costs[way.from as usize],
                step => self.steps[step as usize].cost,
            };
            let cost = before + way.cost;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, w));
            }
        }
        best
    }

    /// Adds the cheapest step to a point that its ways have left.
    fn add_step(&mut self, known: usize) {
        let best = self.cheapest(known);
        // Nothing comes before the point where nothing is laid.
        let is_origin = self.points[known].ways.is_empty() && self.points[known].first == NONE;
        let (cost, before, way) = match best {
            Some((cost, way)) => {
                let Way { from, step, .. } = self.ways[way];
                let before = if step == FIRST { self.first_step(from as usize) } else { step };
                self.ways[way].step = before;
                (cost, before, way as u32)
            }
            None if is_origin => (0.0, NONE, NONE),
            None => {
                self.points[known].is_done = true;
                return;
            }
        };
        let added = self.steps.len() as u32;
        self.steps.push(Step { cost, before, way, next: NONE });
        let point = &mut self.points[known];
        point.is_done = is_origin;
        let last = std::mem::replace(&mut point.last, added);
        match self.steps.get_mut(last as usize) {
            Some(last) => last.next = added,
            None => point.first = added,
        }
    }

    /// The step to a point that comes after a known one by its cost.
    fn step_after(&mut self, step: u32, point: usize) -> Option<u32> {
        // To know it, the step after the one that the last step to the point continues must be
        // known, and so on until one is.
        let mut open = std::mem::take(&mut self.open);
        let mut at = (step, self.known[point] as usize);
        while self.steps[at.0 as usize].next == NONE && !self.points[at.1].is_done {
            open.push(at.1);
            let last = &self.steps[self.points[at.1].last as usize];
            let from = self.ways[last.way as usize].from as usize;
            at = (last.before, self.known[from] as usize);
        }
        while let Some(known) = open.pop() {
            let last = &self.steps[self.points[known].last as usize];
            self.ways[last.way as usize].step = self.steps[last.before as usize].next;
            self.add_step(known);
        }
        self.open = open;
        Some(self.steps[step as usize].next).filter(|next| *next != NONE)
    }

    /// The cheapest layings of all cells on all columns, at most so many.
    fn layings(&mut self, most: usize) -> Vec<Laying> {
        let mut layings = Vec::new();
        let end = self.point(self.cells.len(), self.model.len());
        if self.costs[end] == f64::INFINITY {
            return layings;
        }
        let mut next = Some(self.first_step(end));
        while let Some(last) = next {
            layings.push(self.laying(last));
            next = if layings.len() < most { self.step_after(last, end) } else { None };
        }
        layings
    }

    /// The laying whose last step this is.
    fn laying(&self, last: u32) -> Laying {
        let mut columns = vec![None; self.cells.len()];
        let mut laid = self.cells.len();
        let mut step = &self.steps[last as usize];
        // Only the first of all comes no way.
        while let Some(way) = self.ways.get(step.way as usize) {
            let from = way.cells as usize;
            columns[from..laid].fill(way.column.map(|column| column as usize));
            laid = from;
            step = &self.steps[step.before as usize];
        }
        Laying { columns, cost: self.steps[last as usize].cost }
    }
}

/// For every cell how few columns it and those behind it can do with; 0 behind the last.
fn columns_needed(cells: &[SheetCell], merged: &[Option<Traits>]) -> Vec<usize> {
    let mut needed = vec![0; cells.len() + 1];
    for i in (0..cells.len()).rev() {
        let own = needed[i + 1] + usize::from(!cells[i].is_blank());
        let with_next = match merged.get(i + 1) {
            Some(Some(_)) => needed[i + 2] + 1,
            _ => own,
        };
        needed[i] = own.min(with_next);
    }
    needed
}

/// For every cell how few columns those in front of it can do with; for all of them at the end.
fn columns_taken(cells: &[SheetCell], merged: &[Option<Traits>]) -> Vec<usize> {
    let mut taken = vec![0; cells.len() + 1];
    for i in 0..cells.len() {
        let own = taken[i] + usize::from(!cells[i].is_blank());
        let with_last = match &merged[i] {
            Some(_) => taken[i - 1] + 1,
            None => own,
        };
        taken[i + 1] = own.min(with_last);
    }
    taken
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

/// The row with its cells laid as a laying says.
pub(crate) fn laid(row: &SheetRow, laying: &Laying) -> SheetRow {
    let mut cells: Vec<SheetCell> = Vec::with_capacity(row.cells.len());
    for (cell, column) in row.cells.iter().zip(&laying.columns) {
        let Some(column) = *column else { continue };
        match cells.last_mut() {
            Some(last) if last.column == column => *last = merge(last, cell),
            _ => cells.push(SheetCell { column, ..cell.clone() }),
        }
    }
    SheetRow { cells, place: row.place.clone(), ..*row }
}

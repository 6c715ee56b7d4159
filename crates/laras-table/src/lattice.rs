//! Finds the columns of a ragged row again.
//!
//! The cells of a row are laid on the columns from left to right: a cell goes into a column, a
//! column stays empty, a blank cell is dropped, or two cells go into one column (a number and its
//! unit). Each step has a cost from the column model; the cheapest few layings are kept, so that
//! equations can choose between them.

use crate::columns::{ColumnModel, Traits};
use crate::sheet::{SheetCell, SheetRow};

/// Layings kept for each row.
const KEPT: usize = 12;
/// Cost of leaving a column empty for which no cell was printed, beside its surprise.
pub(crate) const GAP: f64 = 0.25;
/// Cost of dropping a printed blank.
const DROP: f64 = 1.2;
/// Cost of putting two cells into one column.
const MERGE: f64 = 2.5;
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
    model: &ColumnModel,
    usual: Option<&[Option<usize>]>,
) -> Vec<Laying> {
    let cells = &row.cells;
    if cells.is_empty() || model.len() == 0 {
        return Vec::new();
    }
    let mut found = Lattice::fill(cells, model, usual).layings(KEPT);
    let key = |laying: &Laying| -> Vec<Option<usize>> {
        let filled = |(cell, column): (&SheetCell, &Option<usize>)| {
            if cell.is_blank() { None } else { *column }
        };
        cells.iter().zip(&laying.columns).map(filled).collect()
    };
    let mut seen: Vec<Vec<Option<usize>>> = Vec::new();
    found.retain(|laying| {
        let key = key(laying);
        let is_new = !seen.contains(&key);
        if is_new {
            seen.push(key);
        }
        is_new
    });
    found
}

/// The cost of the cheapest laying, if the row can be laid at all.
pub(crate) fn least_cost(row: &SheetRow, model: &ColumnModel) -> Option<f64> {
    if row.cells.is_empty() || model.len() == 0 {
        return None;
    }
    Lattice::fill(&row.cells, model, None).layings(1).first().map(|laying| laying.cost)
}

/// Where there is no further step, or none is known yet.
const NONE: u32 = u32::MAX;

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
    /// The point it comes from.
    from: u32,
    /// The step to that point which is continued on this way, and after it the next dearer one.
    step: u32,
    cost: f64,
    /// Column that the cells between the points go into.
    column: Option<u32>,
}

/// So many cells laid on so many columns.
struct Point {
    cells: u32,
    /// Its ways begin here, and end where those of the next point begin.
    ways: u32,
    /// The cheapest step to it, and the dearest that is known.
    first: u32,
    last: u32,
    /// Whether all steps to it are known.
    is_done: bool,
}

/// The ways from nothing to all cells on all columns.
///
/// The cheapest step to every point is found at once, the dearer ones only where they are asked
/// for: the recursive enumeration of Jiménez and Marzal, "Computing the K Shortest Paths" (1999).
struct Lattice {
    cells: usize,
    steps: Vec<Step>,
    ways: Vec<Way>,
    points: Vec<Point>,
}

impl Lattice {
    fn fill(cells: &[SheetCell], model: &ColumnModel, usual: Option<&[Option<usize>]>) -> Self {
        let (rows, width) = (cells.len(), model.len());
        let mut lattice =
            Self { cells: rows, steps: Vec::new(), ways: Vec::new(), points: Vec::new() };
        lattice.points.reserve((rows + 1) * (width + 1));
        let merges = rows > width;
        let traits: Vec<Traits> = cells.iter().map(Traits::of).collect();
        let merged: Vec<Option<Traits>> = (0..rows)
            .map(|i| {
                let (left, right) = (cells.get(i.checked_sub(1)?)?, &cells[i]);
                (merges && can_merge(left, right)).then(|| Traits::of(&merge(left, right)))
            })
            .collect();
        let needed = columns_needed(cells, &merged);
        let blanks: Vec<f64> = (0..width).map(|column| model.blank_cost(column)).collect();
        let point = |i: usize, j: usize| i * (width + 1) + j;
        for i in 0..=rows {
            for j in 0..=width {
                lattice.add_point(i);
                // From some points the rest of the cells has no room.
                if width - j < needed[i] {
                    continue;
                }
                if (i, j) == (0, 0) {
                    lattice.add_origin();
                    continue;
                }
                if i > 0 && j > 0 {
                    lattice.add_way(point(i - 1, j - 1), Some(j - 1), || {
                        let off =
                            usual.and_then(|u| u.get(i - 1)).is_some_and(|c| *c != Some(j - 1));
                        let odd = if off && !cells[i - 1].is_blank() { 0.3 } else { 0.0 };
                        model.cost(&traits[i - 1], j - 1) + odd
                    });
                }
                if j > 0 {
                    // Of two equal layings the one that leaves later columns empty.
                    let late = 1e-6 * (width - j) as f64;
                    lattice.add_way(point(i, j - 1), None, || blanks[j - 1] + GAP + late);
                }
                if i > 0 && cells[i - 1].is_blank() {
                    lattice.add_way(point(i - 1, j), None, || DROP);
                }
                if i > 1
                    && j > 0
                    && let Some(merged) = &merged[i - 1]
                {
                    let cost = || model.cost(merged, j - 1) + MERGE;
                    lattice.add_way(point(i - 2, j - 1), Some(j - 1), cost);
                }
                lattice.add_step(point(i, j));
            }
        }
        lattice
    }

    /// Adds the next point; no way leads to it yet.
    fn add_point(&mut self, cells: usize) {
        self.points.push(Point {
            cells: cells as u32,
            ways: self.ways.len() as u32,
            first: NONE,
            last: NONE,
            is_done: false,
        });
    }

    /// Makes the last point the one where nothing is laid.
    fn add_origin(&mut self) {
        let step = self.steps.len() as u32;
        self.steps.push(Step { cost: 0.0, before: NONE, way: NONE, next: NONE });
        if let Some(origin) = self.points.last_mut() {
            (origin.first, origin.last, origin.is_done) = (step, step, true);
        }
    }

    /// Adds a way to the last point, if the point that it comes from can be reached.
    fn add_way(&mut self, from: usize, column: Option<usize>, cost: impl FnOnce() -> f64) {
        let step = self.points[from].first;
        if step != NONE {
            let column = column.map(|column| column as u32);
            self.ways.push(Way { from: from as u32, step, cost: cost(), column });
        }
    }

    /// Adds the cheapest step to a point that its ways have left; of equals that of the earlier
    /// way.
    fn add_step(&mut self, point: usize) {
        let from = self.points[point].ways as usize;
        let to = self.points.get(point + 1).map_or(self.ways.len(), |next| next.ways as usize);
        let mut best: Option<(f64, usize)> = None;
        for (w, way) in (from..).zip(&self.ways[from..to]).filter(|(_, way)| way.step != NONE) {
            let cost = self.steps[way.step as usize].cost + way.cost;
            if best.is_none_or(|(least, _)| cost.total_cmp(&least).is_lt()) {
                best = Some((cost, w));
            }
        }
        let Some((cost, way)) = best else {
            self.points[point].is_done = true;
            return;
        };
        let added = self.steps.len() as u32;
        let before = self.ways[way].step;
        self.steps.push(Step { cost, before, way: way as u32, next: NONE });
        let last = std::mem::replace(&mut self.points[point].last, added);
        match self.steps.get_mut(last as usize) {
            Some(last) => last.next = added,
            None => self.points[point].first = added,
        }
    }

    /// The step to a point that comes after a known one by its cost.
    fn step_after(&mut self, step: u32, point: usize) -> Option<u32> {
        // To know it, the step after the one that the last step to the point continues must be
        // known, and so on until one is.
        let mut open = Vec::new();
        let mut at = (step, point);
        while self.steps[at.0 as usize].next == NONE && !self.points[at.1].is_done {
            open.push(at.1);
            let last = &self.steps[self.points[at.1].last as usize];
            at = (last.before, self.ways[last.way as usize].from as usize);
        }
        while let Some(point) = open.pop() {
            let last = &self.steps[self.points[point].last as usize];
            self.ways[last.way as usize].step = self.steps[last.before as usize].next;
            self.add_step(point);
        }
        Some(self.steps[step as usize].next).filter(|next| *next != NONE)
    }

    /// The cheapest layings of all cells on all columns, at most so many.
    fn layings(&mut self, most: usize) -> Vec<Laying> {
        let mut layings = Vec::new();
        let Some(end) = self.points.len().checked_sub(1) else { return layings };
        let mut next = Some(self.points[end].first).filter(|first| *first != NONE);
        while let Some(last) = next {
            layings.push(self.laying(last));
            next = if layings.len() < most { self.step_after(last, end) } else { None };
        }
        layings
    }

    /// The laying whose last step this is.
    fn laying(&self, last: u32) -> Laying {
        let mut columns = vec![None; self.cells];
        let mut laid = self.cells;
        let mut step = &self.steps[last as usize];
        // Only the first of all comes no way.
        while let Some(way) = self.ways.get(step.way as usize) {
            let from = self.points[way.from as usize].cells as usize;
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

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
const GAP: f64 = 0.25;
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
    let width = model.len();
    let cells = &row.cells;
    if cells.is_empty() || width == 0 {
        return Vec::new();
    }
    let table = Lattice::fill(cells, model, usual);
    let mut found = table.layings(cells.len(), width);
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

#[derive(Clone, Copy)]
struct Step {
    cost: f64,
    /// Cells and columns before the step, and which of the entries there it continues.
    from: (usize, usize, usize),
    /// Column that the step's cells go into.
    column: Option<usize>,
}

/// One of the at most four ways to come to a point of the lattice.
struct Way {
    /// Cells and columns before the step.
    from: (usize, usize),
    cost: f64,
    column: Option<usize>,
}

struct Lattice {
    width: usize,
    /// The steps to every point, one point after the other.
    steps: Vec<Step>,
    /// Where the steps to each point begin; one more than there are points so far.
    starts: Vec<usize>,
}

impl Lattice {
    fn fill(cells: &[SheetCell], model: &ColumnModel, usual: Option<&[Option<usize>]>) -> Self {
        let (rows, width) = (cells.len(), model.len());
        let points = (rows + 1) * (width + 1);
        let mut lattice = Self {
            width,
            steps: Vec::with_capacity(points * 4),
            starts: Vec::with_capacity(points + 1),
        };
        lattice.starts.push(0);
        let merges = rows > width;
        let traits: Vec<Traits> = cells.iter().map(Traits::of).collect();
        let merged: Vec<Option<Traits>> = (0..rows)
            .map(|i| {
                let (left, right) = (cells.get(i.checked_sub(1)?)?, &cells[i]);
                (merges && can_merge(left, right)).then(|| Traits::of(&merge(left, right)))
            })
            .collect();
        let blanks: Vec<f64> = (0..width).map(|column| model.blank_cost(column)).collect();
        let mut ways: Vec<Way> = Vec::with_capacity(4);
        for i in 0..=rows {
            for j in 0..=width {
                ways.clear();
                if i > 0 && j > 0 {
                    let off = usual.and_then(|u| u.get(i - 1)).is_some_and(|c| *c != Some(j - 1));
                    let cell = &cells[i - 1];
                    let odd = if off && !cell.is_blank() { 0.3 } else { 0.0 };
                    let cost = model.cost(&traits[i - 1], j - 1) + odd;
                    ways.push(Way { from: (i - 1, j - 1), cost, column: Some(j - 1) });
                }
                if j > 0 {
                    // Of two equal layings the one that leaves later columns empty.
                    let late = 1e-6 * (width - j) as f64;
                    let cost = blanks[j - 1] + GAP + late;
                    ways.push(Way { from: (i, j - 1), cost, column: None });
                }
                if i > 0 && cells[i - 1].is_blank() {
                    ways.push(Way { from: (i - 1, j), cost: DROP, column: None });
                }
                if i > 1
                    && j > 0
                    && let Some(merged) = &merged[i - 1]
                {
                    let cost = model.cost(merged, j - 1) + MERGE;
                    ways.push(Way { from: (i - 2, j - 1), cost, column: Some(j - 1) });
                }
                if (i, j) == (0, 0) {
                    lattice.steps.push(Step { cost: 0.0, from: (0, 0, 0), column: None });
                } else {
                    lattice.add_cheapest(&ways);
                }
                lattice.starts.push(lattice.steps.len());
            }
        }
        lattice
    }

    /// The steps to a point, cheapest first.
    fn to(&self, cells: usize, columns: usize) -> &[Step] {
        let point = cells * (self.width + 1) + columns;
        &self.steps[self.starts[point]..self.starts[point + 1]]
    }

    /// Adds the cheapest steps of all ways, cheapest first; of equals the one of the earlier way.
    /// What each way continues is in order already.
    fn add_cheapest(&mut self, ways: &[Way]) {
        let mut next = [0_usize; 4];
        for _ in 0..KEPT {
            let mut best: Option<(f64, usize)> = None;
            for (w, way) in ways.iter().enumerate() {
                let Some(step) = self.to(way.from.0, way.from.1).get(next[w]) else { continue };
                let cost = step.cost + way.cost;
                if best.is_none_or(|(least, _)| cost.total_cmp(&least).is_lt()) {
                    best = Some((cost, w));
                }
            }
            let Some((cost, w)) = best else { break };
            let from = (ways[w].from.0, ways[w].from.1, next[w]);
            self.steps.push(Step { cost, from, column: ways[w].column });
            next[w] += 1;
        }
    }

    fn layings(&self, rows: usize, width: usize) -> Vec<Laying> {
        self.to(rows, width)
            .iter()
            .map(|end| {
                let mut columns = vec![None; rows];
                let mut step = *end;
                let mut at = (rows, width);
                while at != (0, 0) {
                    let (i, j, n) = step.from;
                    for column in &mut columns[i..at.0] {
                        *column = step.column;
                    }
                    at = (i, j);
                    step = self.to(i, j)[n];
                }
                Laying { columns, cost: end.cost }
            })
            .collect()
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

/// Two neighbouring cells as one.
pub(crate) fn merge(left: &SheetCell, right: &SheetCell) -> SheetCell {
    let mut cell = left.clone();
    cell.set_text(format!("{} {}", left.text, right.text));
    cell.place = left.place.joined(&right.place);
    cell
}

/// Lays the cells of a row as a laying says.
pub(crate) fn lay(row: &mut SheetRow, laying: &Laying) {
    let mut laid: Vec<SheetCell> = Vec::with_capacity(row.cells.len());
    for (cell, column) in row.cells.drain(..).zip(&laying.columns) {
        let Some(column) = *column else { continue };
        match laid.last_mut() {
            Some(last) if last.column == column => *last = merge(last, &cell),
            _ => laid.push(SheetCell { column, ..cell }),
        }
    }
    row.cells = laid;
}

//! Finds the columns of a ragged row again.
//!
//! The cells of a row are laid on the columns from left to right: a cell goes into a column, a
//! column stays empty, a blank cell is dropped, or two cells go into one column (a number and its
//! unit). Each step has a cost from the column model; the cheapest few layings are kept, so that
//! equations can choose between them.

mod alike;
mod layings;
mod steps;

use crate::columns::{ColumnModel, Traits};
use crate::laid::{are_marks, can_merge, merge};
use crate::sheet::{SheetCell, SheetRow};

pub(crate) use layings::Layings;
use steps::{NONE, Point, Step, Taken, Way};

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
/// What tells two equal layings apart, for each column that is left and each column behind it.
const TIE: f64 = 1e-6;
/// Tables wider than this are left as printed.
pub(crate) const WIDEST: usize = 160;

/// The cost of the cheapest laying, if the row can be laid at all.
pub(crate) fn least_cost(row: &SheetRow, model: &ColumnModel, room: &mut Room) -> Option<f64> {
    if row.cells.is_empty() || model.len() == 0 {
        return None;
    }
    let traits = model.row_traits(row);
    let lattice = Lattice::fill(&row.cells, &traits, model, None, room);
    lattice.room.costs.last().copied().filter(|cost| *cost < f64::INFINITY)
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
    /// Points that wait for their first step, what it costs, and the way it comes.
    open: Vec<(usize, f64, Way)>,
    /// The last steps of the points that wait for a further one.
    waiting: Vec<u32>,
    /// The cells that are not blank.
    filled: Vec<usize>,
    /// The columns of the laying that was looked at last.
    columns: Vec<Option<usize>>,
    /// The columns that the layings which were looked at lay the cells on that are not blank, where bits do
    /// not tell them.
    seen: Vec<u8>,
    /// The same as bits.
    seen_taken: Vec<Taken>,
}

/// The ways from nothing to all cells on all columns; a point is so many cells laid on so many
/// columns.
///
/// What the cheapest way to every point costs is found at once, its steps and the dearer ones only
/// where they are asked for.
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
        let empty = |c: usize| model.blank_cost(c) + GAP + TIE * (width - c - 1) as f64;
        room.empty.clear();
        room.empty.extend((0..width).map(empty));
        let points = (rows + 1) * (width + 1);
        room.costs.clear();
        room.costs.resize(points, f64::INFINITY);
        // What cells cost is only asked for where it was found out.
        room.laid.resize(points.max(room.laid.len()), f64::INFINITY);
        room.known.clear();
        room.known.resize(points, NONE);
        room.points.clear();
        room.steps.clear();
        room.filled.clear();
        room.filled.extend((0..rows).filter(|i| !cells[*i].is_blank()));
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

    /// What the cheapest ways to the points of so many cells on `from` to `to` columns cost.
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
        let first = from.max(1);
        self.model.costs(&self.traits[cell], first - 1..to, &mut laid[first..=to]);
        let is_blank = self.cells[cell].is_blank();
        if let Some(usual) = self.usual.and_then(|usual| usual.get(cell)).filter(|_| !is_blank) {
            let as_usual = usual.filter(|column| (first - 1..to).contains(column));
            let as_usual = as_usual.map(|column| (column + 1, laid[column + 1]));
            laid[first..=to].iter_mut().for_each(|cost| *cost += ODD);
            if let Some((at, cost)) = as_usual {
                laid[at] = cost;
            }
        }
        // Without a column the cells in front are blank, and dropped.
        let mut last = f64::INFINITY;
        if from == 0 {
            last = if is_blank { before[0] + DROP } else { f64::INFINITY };
            costs[0] = last;
        }
        let merged = merged.get(cell).and_then(Option::as_ref).filter(|_| i > 1);
        let mut diagonal = before[first - 1];
        let columns = costs[first..=to].iter_mut().zip(&before[first..=to]);
        let columns = columns.zip(&laid[first..=to]).zip(&empty[first - 1..to]);
        for (column, (((cost, before), laid), empty)) in (first - 1..to).zip(columns) {
            let mut best = diagonal + laid;
            if is_blank {
                best = cheaper(best, before + DROP);
            }
            if let Some(merged) = merged {
                let before = above[(i - 2) * (width + 1) + column];
                best = cheaper(best, before + (self.model.cost(merged, column) + MERGE));
            }
            best = cheaper(best, last + empty);
            (*cost, last, diagonal) = (best, best, *before);
        }
    }

    /// The point of so many cells on so many columns.
    fn point(&self, cells: usize, columns: usize) -> usize {
        cells * (self.model.len() + 1) + columns
    }
}

fn cheaper(a: f64, b: f64) -> f64 {
    if b < a { b } else { a }
}

impl Room {
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

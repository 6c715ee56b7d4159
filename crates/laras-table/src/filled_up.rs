//! Rows that end in blanks: whether these are columns that hold nothing, or fill up a row that lost
//! blanks elsewhere.
//!
//! A converter that drops blank cells leaves rows of several lengths. Who draws them as a table, or
//! writes them as fields, fills the short ones up with blanks at the end, and every cell behind a lost
//! blank then stands in a wrong column of a row that looks whole. Blanks at the end of a row are no
//! evidence in such a table: what was printed is one laying of the row, and the rows that lost none
//! tell how likely another one is.

use std::collections::BTreeMap;

use crate::rejoin::BodyRow;
use crate::sheet::{SheetCell, SheetRow};

/// Fewest rows that tell how far rows usually reach.
const FEWEST: usize = 3;
/// Rows that the belief in whole rows counts for.
const PRIOR_ROWS: f64 = 6.0;
/// What it costs to believe that a row lost blanks which has others left before its last cell.
pub(crate) const KEPT: f64 = 4.0;
/// Share of the rows that lost blanks where nothing is known yet.
const EXPECTED: f64 = 0.01;
/// Largest such share that is believed.
const MOST: f64 = 0.4;

/// For each row, whether its blanks at the end may fill it up: only where the rows of every piece have
/// as many cells each, for else none was filled up.
pub(crate) fn may_be_filled_up(body: &[BodyRow], width: usize) -> Vec<bool> {
    let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
    let is_even = body.iter().all(|body| {
        *lengths.entry(body.piece).or_insert(body.row.cells.len()) == body.row.cells.len()
    });
    let may = |body: &BodyRow| {
        let row = &body.row;
        is_even
            && !row.is_fixed
            && row.cells.len() == width
            && row.cells.last().is_some_and(SheetCell::is_blank)
            && row.cells.iter().all(|cell| cell.colspan == 1)
    };
    body.iter().map(may).collect()
}

/// Whether a row has a blank before its last cell, or is one cell alone.
pub(crate) fn keeps_blanks(row: &SheetRow) -> bool {
    let reach = reach(row);
    reach <= 1 || row.cells[..reach].iter().any(SheetCell::is_blank)
}

/// Cells of a row without the blanks at its end.
pub(crate) fn reach(row: &SheetRow) -> usize {
    row.cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1)
}

/// How far rows reach that lost nothing: as far as a fifth of them.
pub(crate) fn full_reach(body: &[BodyRow]) -> usize {
    let mut reaches: Vec<usize> = body.iter().map(|body| reach(&body.row)).collect();
    reaches.sort_unstable_by(|a, b| b.cmp(a));
    reaches.get((reaches.len() / 5).max(FEWEST - 1)).copied().unwrap_or(0)
}

/// What it costs to believe that a row lost blanks, where so many of so many rows did.
pub(crate) fn cost_of_loss(lost: usize, rows: usize) -> f64 {
    let share = (lost as f64 + EXPECTED * PRIOR_ROWS) / (rows as f64 + PRIOR_ROWS);
    let share = share.min(MOST);
    -(share / (1.0 - share)).ln()
}

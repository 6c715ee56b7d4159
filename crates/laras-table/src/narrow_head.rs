//! Heads that are fewer than the columns under them, put over the columns they suit.
//!
//! Where a head lost one of its cells, every head behind the gap stands one column too far left and
//! the last columns have none: amounts under `%`, percents under nothing. What the columns hold says
//! where the gap is.

use laras_model::{RowShape, TableNote};

use crate::gather::Gathered;
use crate::head_paths::paths;
use crate::head_words::expects;
use crate::kind::CellKind;
use crate::priors::prior;
use crate::sheet::SheetRow;

/// Fewest rows of full length that tell what the columns hold.
const FEWEST_ROWS: usize = 3;
/// Most columns without a head.
const MOST_LOST: usize = 2;
/// How much likelier, in natural logarithms a row, the other place must be.
const BETTER: f64 = 2.0;

/// Moves heads to the right where the columns behind the last head are filled and what the columns
/// hold speaks for it.
pub(crate) fn widen_head(gathered: &mut Gathered, notes: &mut Vec<TableNote>) {
    let rows = || gathered.header.iter().filter(|(shape, _)| *shape == RowShape::Header);
    if rows().any(|(_, row)| row.is_fixed) {
        return;
    }
    let Some(headed) = rows().flat_map(|(_, row)| row.filled()).map(|cell| cell.column + 1).max()
    else {
        return;
    };
    let width = gathered.width;
    if headed < 2 || headed >= width || width - headed > MOST_LOST {
        return;
    }
    let Some(holds) = kinds(gathered, width) else { return };
    let is_filled = |column: &[f64; CellKind::COUNT]| column[CellKind::Blank.index()] < 0.5;
    if !holds[headed..].iter().all(is_filled) {
        return;
    }
    let header: Vec<&SheetRow> = rows().map(|(_, row)| row).collect();
    let paths = paths(&header, width);
    let likelihood = |path: &[String], column: usize| {
        let prior = prior(expects(path));
        holds[column].iter().zip(prior).map(|(share, expected)| share * expected.ln()).sum::<f64>()
    };
    let here: f64 =
        (0..width).map(|c| likelihood(if c < headed { &paths[c] } else { &[] }, c)).sum();
    let (best, places) = place(&paths[..headed], width, likelihood);
    if best < here + BETTER {
        return;
    }
    notes.push(TableNote {
        row: None,
        code: "header.widened".to_owned(),
        text: format!(
            "{headed} heads over {width} columns: those behind the gap stand over what suits them"
        ),
    });
    for (_, row) in gathered.header.iter_mut().filter(|(shape, _)| *shape == RowShape::Header) {
        row.cells.retain(|cell| cell.column < headed);
        for cell in &mut row.cells {
            cell.column = places[cell.column];
        }
    }
}

/// The shares of the kinds that each column holds in the rows of full length.
fn kinds(gathered: &Gathered, width: usize) -> Option<Vec<[f64; CellKind::COUNT]>> {
    let full: Vec<&SheetRow> = gathered
        .body
        .iter()
        .map(|body| &body.row)
        .filter(|row| row.printed == width && row.at(width - 1).is_some_and(|c| !c.is_blank()))
        .collect();
    if full.len() < FEWEST_ROWS {
        return None;
    }
    let mut shares = vec![[0.0; CellKind::COUNT]; width];
    for row in &full {
        for (column, shares) in shares.iter_mut().enumerate() {
            let kind = row.at(column).map_or(CellKind::Blank, |cell| cell.kind);
            shares[kind.index()] += 1.0 / full.len() as f64;
        }
    }
    Some(shares)
}

/// The likeliest columns of the heads, in their order, and how likely that is.
fn place(
    heads: &[Vec<String>],
    width: usize,
    likelihood: impl Fn(&[String], usize) -> f64,
) -> (f64, Vec<usize>) {
    // best[h][c]: the first h heads stand in the first c columns.
    let mut best = vec![vec![f64::NEG_INFINITY; width + 1]; heads.len() + 1];
    best[0][0] = 0.0;
    for c in 0..width {
        best[0][c + 1] = best[0][c] + likelihood(&[], c);
        for h in 0..heads.len() {
            let taken = best[h][c] + likelihood(&heads[h], c);
            let left = best[h + 1][c] + likelihood(&[], c);
            best[h + 1][c + 1] = taken.max(left);
        }
    }
    let mut places = vec![0; heads.len()];
    let (mut h, mut c) = (heads.len(), width);
    while h > 0 {
        c -= 1;
        // Of two equal places the one further left: the heads stay where they are.
        let left = best[h][c] + likelihood(&[], c);
        if left < best[h][c + 1] {
            h -= 1;
            places[h] = c;
        }
    }
    (best[heads.len()][width], places)
}

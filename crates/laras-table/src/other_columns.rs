//! Pieces of a table whose heads are the same but stand over other columns.
//!
//! A converter that finds the columns of every page by itself gives one page a column that is blank, or
//! two columns as one; the next page has them otherwise. The heads say which column is which.

use crate::columns::ColumnModel;
use crate::head_paths::paths;
use crate::head_words::words;
use crate::laid::merge;
use crate::lattice::WIDEST;
use crate::sheet::{SheetCell, SheetRow};

/// Rows of a piece that are tried in both ways.
const TRIED: usize = 14;
/// How much less surprising, a row, the cells must be in the columns that the heads tell.
const BETTER: f64 = 1.0;
/// One of so many rows may have two values where the table has one column: one of column numbers.
const MOST_MEETING: usize = 5;
/// What heads are worth that are alike in part, and columns that have none.
const PART: u32 = 5;
const BARE: u32 = 1;
/// What heads are worth that are the same.
const SAME: u32 = 10;

/// Puts the cells of a piece into the columns of its table that have the same heads, if they suit
/// these better than those of the same number.
pub(crate) fn place_by_heads(
    table: &[&SheetRow],
    above: &[&SheetRow],
    piece: &[&SheetRow],
    body: &mut [SheetRow],
    width: usize,
) {
    let own = body.iter().chain(piece.iter().copied()).map(|row| row.printed).max().unwrap_or(0);
    if width == 0 || own == 0 || width.max(own) > WIDEST {
        return;
    }
    let heads = paths(table, width);
    let own_heads = paths(piece, own);
    // The same heads: every column goes best with the one of its number, and with no other as well.
    if heads == own_heads {
        return;
    }
    let folded = |paths: &[Vec<String>]| -> Vec<Vec<String>> {
        paths.iter().map(|path| path.iter().flat_map(|text| words(text)).collect()).collect()
    };
    let (table, piece) = (folded(&heads), folded(&own_heads));
    if table == piece {
        return;
    }
    let mut model = ColumnModel::expected(&heads);
    for row in above.iter().filter(|row| row.printed == width) {
        let traits = model.row_traits(row);
        model.learn(row, &traits);
    }
    // Where lines or places tell the columns, the pages of a table have them alike.
    let is_whole = |row: &&mut SheetRow| {
        !row.is_fixed
            && row.printed == own
            && row.cells.iter().all(|cell| cell.colspan == 1 && cell.column < own)
    };
    let rows: Vec<&SheetRow> = body.iter_mut().filter(is_whole).map(|row| &*row).collect();
    let gain = |map: &[usize]| -> f64 {
        // Two values in one column: the heads do not tell where they belong.
        if rows.iter().filter(|row| meet(row, map)).count() * MOST_MEETING > rows.len() {
            return 0.0;
        }
        let tried = rows.iter().take(TRIED);
        tried.map(|row| cost(row, &model) - cost(&placed(row, map), &model)).sum()
    };
    let best = [true, false]
        .map(|left| aligned(&table, &piece, left))
        .into_iter()
        .map(|map| (gain(&map), map))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let least = BETTER * rows.len().clamp(1, TRIED) as f64;
    let Some((_, map)) = best.filter(|(gain, _)| *gain >= least) else { return };
    for row in body.iter_mut().filter(is_whole).filter(|row| !meet(row, &map)) {
        *row = SheetRow { printed: width, is_fixed: true, ..placed(row, &map) };
    }
}

/// How surprising the cells of a row are where they stand.
fn cost(row: &SheetRow, model: &ColumnModel) -> f64 {
    let mut covering = Vec::new();
    row.cover(&mut covering, model.len());
    let covering = covering.into_iter().map(|at| row.cells.get(at?));
    let cells = covering.enumerate().map(|(column, cell)| match cell {
        Some(cell) => model.cost(&model.traits(cell), column),
        None => model.blank_cost(column),
    });
    let outside = row.filled().filter(|cell| cell.column >= model.len()).count();
    cells.sum::<f64>() + OUTSIDE * outside as f64
}

/// Whether two values of a row would stand in one column.
fn meet(row: &SheetRow, map: &[usize]) -> bool {
    let mut columns = row.filled().filter(|cell| cell.kind.is_value()).map(|c| map[c.column]);
    let mut last = columns.next();
    columns.any(|column| last.replace(column) == Some(column))
}

/// What a cell costs that has no column.
const OUTSIDE: f64 = 4.0;

/// A row with its cells in the columns of the table.
fn placed(row: &SheetRow, map: &[usize]) -> SheetRow {
    let mut cells: Vec<SheetCell> = Vec::with_capacity(row.cells.len());
    for cell in &row.cells {
        let column = map[cell.column];
        match cells.last_mut() {
            Some(last) if last.column == column && cell.is_blank() => {}
            Some(last) if last.column == column && last.is_blank() => {
                *last = SheetCell { column, ..cell.clone() };
            }
            Some(last) if last.column == column => *last = merge(last, cell),
            _ => cells.push(SheetCell { column, ..cell.clone() }),
        }
    }
    SheetRow { cells, place: row.place.clone(), ..*row }
}

/// For each column of a piece the one of the table that has its head, from left to right; a column
/// whose head the table has not goes with the one before it. Of equals the pairs further left, or
/// further right. A head is its words.
fn aligned(table: &[Vec<String>], piece: &[Vec<String>], left: bool) -> Vec<usize> {
    // best[p][t]: what the first p and t columns are worth together.
    let mut best = vec![vec![0_u32; table.len() + 1]; piece.len() + 1];
    for p in 0..piece.len() {
        for t in 0..table.len() {
            let both = best[p][t] + worth(&table[t], &piece[p]);
            best[p + 1][t + 1] = both.max(best[p][t + 1]).max(best[p + 1][t]);
        }
    }
    let mut map = vec![None; piece.len()];
    let (mut p, mut t) = (piece.len(), table.len());
    while p > 0 && t > 0 {
        let pair = worth(&table[t - 1], &piece[p - 1]);
        let is_pair = pair > 0 && best[p][t] == best[p - 1][t - 1] + pair;
        if is_pair && !left {
            (p, t) = (p - 1, t - 1);
            map[p] = Some(t);
        } else if best[p][t] == best[p - 1][t] {
            p -= 1;
        } else if best[p][t] == best[p][t - 1] {
            t -= 1;
        } else {
            (p, t) = (p - 1, t - 1);
            map[p] = Some(t);
        }
    }
    let mut last = 0;
    map.into_iter()
        .map(|column| {
            last = column.unwrap_or(last);
            last
        })
        .collect()
}

/// How much two heads speak for being one.
fn worth(a: &[String], b: &[String]) -> u32 {
    match (a.is_empty(), b.is_empty()) {
        (true, true) => BARE,
        (true, false) | (false, true) => 0,
        _ if a == b => SAME,
        _ if a.starts_with(b) || b.starts_with(a) || a.ends_with(b) || b.ends_with(a) => PART,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The columns of the table that those of a piece are put into.
    fn map(table: &str, piece: &str, left: bool) -> Vec<usize> {
        let heads = |text: &str| -> Vec<Vec<String>> {
            text.split('|').map(|head| words(head).collect()).collect()
        };
        aligned(&heads(table), &heads(piece), left)
    }

    #[test]
    fn columns_go_where_their_heads_are() {
        let table = "No|Program||Pagu|Realisasi|% Ket";
        assert_eq!(map(table, "No|Program|Pagu|Realisasi|%|Ket", true), [0, 1, 3, 4, 5, 5]);
        assert_eq!(map(table, "No|Program|Pagu|Realisasi|%|Ket", false), [0, 1, 3, 4, 4, 5]);
        assert_eq!(map(table, table, true), [0, 1, 2, 3, 4, 5]);
        assert_eq!(map("No|Program|Pagu", "No||Program|Pagu", true), [0, 0, 1, 2]);
    }
}

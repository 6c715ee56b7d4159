//! Rows of heads that lost the blank cells in front of them, put back over their columns.
//!
//! A converter that drops empty cells moves `K Rp K Rp …` to the left edge, over numbers and names.
//! The rows of full length know better: heads of values belong over values.

use laras_model::RowShape;

use crate::gather::Gathered;
use crate::head_words::{Holds, expects};
use crate::kind::CellKind;
use crate::rejoin::BodyRow;
use crate::sheet::SheetRow;

/// Fewest heads that are moved together.
const FEWEST_HEADS: usize = 3;
/// Fewest rows of full length that tell what the columns hold.
const FEWEST_ROWS: usize = 3;
/// How much better, in heads, another place must be.
const BETTER: f64 = 1.5;

/// Moves rows of heads below the first to where they suit the columns best.
pub(crate) fn place_heads(gathered: &mut Gathered) {
    let width = gathered.width;
    // Where heads are wide and none is high, what reached down beside the parts of the wide ones is lost.
    let mut cells = gathered.header.iter().flat_map(|(_, row)| &row.cells);
    let is_flat = cells.clone().any(|cell| cell.colspan > 1) && cells.all(|cell| cell.rowspan == 1);
    let may_move = |(shape, row): &(RowShape, SheetRow)| {
        *shape == RowShape::Header
            && (!row.is_fixed || is_flat)
            && printed(row) < width
            && row.filled().count() >= FEWEST_HEADS
            // Blanks in front were kept: the row stands where it was printed.
            && row.cells.first().is_some_and(|cell| !cell.is_blank() && cell.column == 0)
    };
    if !gathered.header.iter().skip(1).any(may_move) {
        return;
    }
    let Some(mut columns) = columns(&gathered.body, width) else { return };
    // Numbers under `No` are no values.
    for cell in gathered.header.first().into_iter().flat_map(|(_, row)| row.filled()) {
        let names = expects(std::slice::from_ref(&cell.text));
        if let Some(column) = columns.get_mut(cell.column)
            && matches!(names, Holds::Ordinal | Holds::Code | Holds::Text)
        {
            (column.values, column.amounts) = (0.0, 0.0);
        }
    }
    for (_, row) in gathered.header.iter_mut().skip(1).filter(|head| may_move(head)) {
        let printed = printed(row);
        let here = fit(row, 0, &columns);
        let best = (1..=width - printed)
            .map(|shift| (fit(row, shift, &columns), shift))
            .fold((here, 0), |best, next| if next.0 > best.0 { next } else { best });
        if best.0 >= here + BETTER {
            if row.cells.iter().all(|cell| cell.colspan == 1) {
                row.cells.truncate(printed);
            }
            for cell in &mut row.cells {
                cell.column += best.1;
            }
            row.printed = printed + best.1;
        }
    }
}

/// Columns that a row of heads takes; blanks at its end may fill it up.
fn printed(row: &SheetRow) -> usize {
    if row.cells.iter().any(|cell| cell.colspan > 1) {
        return row.printed;
    }
    row.cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1)
}

/// What the rows of full length hold in one column, in shares of their filled cells.
struct Column {
    values: f64,
    amounts: f64,
}

fn columns(body: &[BodyRow], width: usize) -> Option<Vec<Column>> {
    let full: Vec<&SheetRow> =
        body.iter().map(|row| &row.row).filter(|row| row.printed == width).collect();
    if full.len() < FEWEST_ROWS {
        return None;
    }
    let column = |c: usize| {
        let (mut all, mut values, mut amounts) = (0.0_f64, 0.0, 0.0);
        for cell in full.iter().filter_map(|row| row.at(c)).filter(|cell| !cell.is_blank()) {
            all += 1.0;
            values += f64::from(u8::from(cell.kind.is_value()));
            amounts += f64::from(u8::from(cell.kind == CellKind::Amount));
        }
        Column { values: values / all.max(1.0), amounts: amounts / all.max(1.0) }
    };
    Some((0..width).map(column).collect())
}

/// How well the heads of a row suit the columns under them, moved to the right.
fn fit(row: &SheetRow, shift: usize, columns: &[Column]) -> f64 {
    row.filled()
        .filter_map(|cell| {
            let column = columns.get(cell.column + shift)?;
            Some(match expects(std::slice::from_ref(&cell.text)) {
                Holds::Amount => column.amounts,
                Holds::Ordinal | Holds::Code | Holds::Text => 1.0 - column.values,
                _ => column.values - 0.5 * column.amounts,
            })
        })
        .sum()
}

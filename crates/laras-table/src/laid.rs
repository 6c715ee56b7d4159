//! Cells laid on columns: which two may be one, and what they are then.

use crate::kind::CellKind;
use crate::sheet::{SheetCell, SheetRow};

/// A number and the unit, sign or grade printed in the cell beside it.
pub(crate) fn can_merge(left: &SheetCell, right: &SheetCell) -> bool {
    let short = |cell: &SheetCell| cell.text.chars().count() <= 16;
    (left.kind.is_value()
        && !right.is_blank()
        && short(right)
        && !right.text.chars().any(|c| c.is_ascii_digit()))
        || (left.text.eq_ignore_ascii_case("rp") || left.text.eq_ignore_ascii_case("rp."))
            && right.kind.is_value()
}

/// Two numbers that only number something: of columns that stand apart elsewhere in the table.
pub(crate) fn are_marks(left: &SheetCell, right: &SheetCell) -> bool {
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

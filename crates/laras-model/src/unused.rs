//! Cells that nothing was read from.

use crate::{Cell, Extraction, Role, RowShape, Table};

impl Extraction {
    /// The cells of a table's body that say something and that no observation was read from, each
    /// with its 0-based row: whatever stands in a column of values or of unknown role, and numbers
    /// alone in a column of words (names, indicators, locations, remarks …). Words in a column of
    /// words are used as what they are, and so are ordinals and codes.
    ///
    /// An empty answer means that no number of the table is lost.
    pub fn unused_cells<'a>(&self, table: &'a Table) -> Vec<(u32, &'a Cell)> {
        let mut read: Vec<(u32, u32)> = self
            .observations
            .iter()
            .filter(|o| o.table == table.id)
            .map(|o| (o.row, o.column))
            .collect();
        read.sort_unstable();
        let is_read = |row: u32, cell: &Cell| {
            (cell.column..cell.column + u32::from(cell.colspan))
                .any(|column| read.binary_search(&(row, column)).is_ok())
        };
        let rows = (0..).zip(&table.rows).filter(|(_, row)| row.shape == RowShape::Body);
        rows.flat_map(|(r, row)| row.cells.iter().map(move |cell| (r, cell)))
            .filter(|(r, cell)| says_a_value(table, cell) && !is_read(*r, cell))
            .collect()
    }
}

/// Whether a cell is one that an observation is expected of.
fn says_a_value(table: &Table, cell: &Cell) -> bool {
    let role = table
        .columns
        .iter()
        .find(|column| column.index == cell.column)
        .map_or(Role::Unknown, |column| column.role);
    let has_digit = cell.text.contains(|c: char| c.is_numeric());
    let has_letter = cell.text.contains(char::is_alphabetic);
    match role {
        Role::Measure | Role::Unknown => has_digit || has_letter,
        Role::Number | Role::Code => false,
        _ => has_digit && !has_letter,
    }
}

//! How the cells of a column divide by kind.

use laras_model::{Decimal, RowShape};
use laras_table::{CellContent, CellKind, LogicalTable};

/// How the cells of a column divide by kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shares {
    pub(crate) filled: usize,
    pub(crate) values: usize,
    pub(crate) numbers: usize,
    pub(crate) amounts: usize,
    pub(crate) percents: usize,
    pub(crate) small: usize,
    pub(crate) texts: usize,
    pub(crate) ordinals: usize,
    pub(crate) codes: usize,
    pub(crate) quantities: usize,
    /// Of the quantities, those that would be money but for a word behind them that is no unit:
    /// `1.250.000.000 APBD`.
    pub(crate) worded: usize,
}

/// How the cells of each column divide.
pub(crate) fn shares(table: &LogicalTable) -> Vec<Shares> {
    let mut shares = vec![Shares::default(); table.table.columns.len()];
    // The last row in which a cell was met for each column: the first that covers it is its own.
    let mut met = vec![usize::MAX; shares.len()];
    for (r, (row, contents)) in table.table.rows.iter().zip(&table.contents).enumerate() {
        if !matches!(row.shape, RowShape::Body | RowShape::Section) {
            continue;
        }
        for (cell, content) in row.cells.iter().zip(contents) {
            let from = cell.column as usize;
            let to = (from + usize::from(cell.colspan)).min(shares.len());
            for c in from..to {
                if met[c] != r {
                    met[c] = r;
                    shares[c].add(content);
                }
            }
        }
    }
    shares
}

impl Shares {
    fn add(&mut self, content: &CellContent) {
        match content.kind {
            CellKind::Blank => return,
            CellKind::Nil | CellKind::Quarter => self.values += 1,
            CellKind::Amount => {
                self.values += 1;
                self.numbers += 1;
                // Hundreds of thousands can be people; millions and `Rp` are money.
                let unit =
                    content.readings.best().is_some_and(|b| b.unit.as_deref() == Some("IDR"));
                let large = || content.number().is_some_and(|v| v.abs() >= Decimal::from(MILLION));
                if unit || large() {
                    self.amounts += 1;
                } else {
                    self.small += 1;
                }
            }
            CellKind::Percent => {
                self.values += 1;
                self.numbers += 1;
                self.percents += 1;
            }
            CellKind::Decimal | CellKind::Integer => {
                self.values += 1;
                // Zero stands in every column of values and tells nothing.
                if !content.number().is_some_and(Decimal::is_zero) {
                    self.numbers += 1;
                    self.small += 1;
                }
            }
            CellKind::Quantity => {
                self.values += 1;
                self.numbers += 1;
                self.quantities += 1;
                let is_unit = content.readings.best().is_some_and(|b| b.unit_canonical.is_some());
                let is_large = content.number().is_some_and(|v| v.abs() >= Decimal::from(MILLION));
                self.worded += usize::from(is_large && !is_unit);
            }
            CellKind::Ordinal => self.ordinals += 1,
            CellKind::Code => self.codes += 1,
            _ => self.texts += 1,
        }
        self.filled += 1;
    }
}

/// From here on a bare number is taken for money.
const MILLION: i64 = 1_000_000;

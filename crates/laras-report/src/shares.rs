//! How the cells of a column divide by kind.

use laras_model::{Decimal, RowShape};
use laras_table::{CellKind, LogicalTable};

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
}

pub(crate) fn shares(table: &LogicalTable, column: usize) -> Shares {
    let mut shares = Shares::default();
    for (r, row) in table.table.rows.iter().enumerate() {
        if !matches!(row.shape, RowShape::Body | RowShape::Section) {
            continue;
        }
        let Some(content) = table.content(r, column as u32) else { continue };
        let zero = table.number(r, column).is_some_and(Decimal::is_zero);
        shares.filled += 1;
        match content.kind {
            CellKind::Blank => shares.filled -= 1,
            CellKind::Nil | CellKind::Quarter => shares.values += 1,
            CellKind::Amount => {
                shares.values += 1;
                shares.numbers += 1;
                // Hundreds of thousands can be people; millions and `Rp` are money.
                let unit =
                    content.readings.best().is_some_and(|b| b.unit.as_deref() == Some("IDR"));
                let large =
                    table.number(r, column).is_some_and(|v| v.abs() >= Decimal::from(MILLION));
                if unit || large {
                    shares.amounts += 1;
                } else {
                    shares.small += 1;
                }
            }
            CellKind::Percent => {
                shares.values += 1;
                shares.numbers += 1;
                shares.percents += 1;
            }
            CellKind::Decimal | CellKind::Integer => {
                shares.values += 1;
                // Zero stands in every column of values and tells nothing.
                if !zero {
                    shares.numbers += 1;
                    shares.small += 1;
                }
            }
            CellKind::Quantity => {
                shares.values += 1;
                shares.numbers += 1;
                shares.quantities += 1;
            }
            CellKind::Ordinal => shares.ordinals += 1,
            CellKind::Code => shares.codes += 1,
            _ => shares.texts += 1,
        }
    }
    shares
}

/// From here on a bare number is taken for money.
const MILLION: i64 = 1_000_000;

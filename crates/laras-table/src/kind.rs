//! What kind of thing a cell holds, as far as the cell alone can tell.

use laras_model::Decimal;
use laras_number::{Readings, States};

/// What a cell holds by its own form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellKind {
    /// Nothing.
    Blank,
    /// An explicit none (`-`).
    Nil,
    /// Money, or a number as large as money.
    Amount,
    /// A percent, with its sign.
    Percent,
    /// A number with decimals, too small for money.
    Decimal,
    /// A small whole number.
    Integer,
    /// A number with a unit, a grade, or several of them.
    Quantity,
    /// A quarter, with or without its value.
    Quarter,
    /// A column number or a formula over column numbers.
    Formula,
    /// A list mark or ordinal.
    Ordinal,
    /// A nomenclature or account code.
    Code,
    /// A criterion of a scale.
    Criterion,
    /// Words.
    Text,
}

impl CellKind {
    /// Number of kinds.
    pub const COUNT: usize = 13;

    /// Position of the kind in a table of counts.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Whether a cell of this kind states a value or an explicit none.
    pub const fn is_value(self) -> bool {
        matches!(
            self,
            Self::Nil
                | Self::Amount
                | Self::Percent
                | Self::Decimal
                | Self::Integer
                | Self::Quantity
                | Self::Quarter
        )
    }

    /// Whether a cell of this kind states a number.
    pub const fn is_number(self) -> bool {
        matches!(
            self,
            Self::Amount | Self::Percent | Self::Decimal | Self::Integer | Self::Quantity
        )
    }
}

/// Whole numbers from here on are money rather than counts.
const AMOUNT_FROM: u32 = 100_000;

/// The kind of a cell.
pub(crate) fn kind_of(readings: &Readings) -> CellKind {
    match readings.states {
        States::Blank => CellKind::Blank,
        States::None => CellKind::Nil,
        States::Criterion => CellKind::Criterion,
        States::Quarter => CellKind::Quarter,
        States::Code => CellKind::Code,
        States::Formula => CellKind::Formula,
        States::Ordinal => CellKind::Ordinal,
        States::Number => number_kind(readings),
        _ => CellKind::Text,
    }
}

fn number_kind(readings: &Readings) -> CellKind {
    let Some(best) = readings.best() else { return CellKind::Text };
    match best.unit.as_deref() {
        Some("%") => return CellKind::Percent,
        Some("IDR") => return CellKind::Amount,
        Some(_) => return CellKind::Quantity,
        None if best.grade.is_some() => return CellKind::Quantity,
        None => {}
    }
    let Some(value) = best.number() else { return CellKind::Text };
    let is_amount = match value.scale() {
        0 => value.mantissa().unsigned_abs() >= u128::from(AMOUNT_FROM),
        _ => value.abs() >= Decimal::from(i64::from(AMOUNT_FROM)),
    };
    if is_amount {
        CellKind::Amount
    } else if value.scale() > 0 {
        // `0,00` and `100,00` are decimals by their form; `15.000,00` is money.
        if value.is_integer() && value.abs() >= Decimal::from(1_000) {
            CellKind::Amount
        } else {
            CellKind::Decimal
        }
    } else {
        CellKind::Integer
    }
}

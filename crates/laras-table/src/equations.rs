//! Equations between the columns of a table: printed in its header, usual for such tables, or
//! found because they hold on most rows (`discover`).

use laras_model::{Decimal, Equation, EquationKind};

/// What a column is computed as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// 100 × part ÷ whole.
    Percent {
        /// Numerator.
        part: usize,
        /// Denominator.
        whole: usize,
    },
    /// The sum of other columns.
    Sum(Vec<usize>),
}

/// An equation between columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The column that is computed.
    pub result: usize,
    /// How.
    pub formula: Formula,
    /// Where it comes from.
    pub kind: EquationKind,
}

impl Relation {
    /// Whether a row satisfies the equation; `None` where it cannot be checked.
    ///
    /// `value` gives the number in a column, if there is one; an explicit none counts as zero in a
    /// sum and is given as zero.
    pub fn holds(&self, value: impl Fn(usize) -> Option<Decimal>) -> Option<bool> {
        let printed = value(self.result)?;
        match &self.formula {
            Formula::Percent { part, whole } => {
                let (part, whole) = (value(*part)?, value(*whole)?);
                if whole.is_zero() {
                    return None;
                }
                let computed = Decimal::percent(part, whole)?;
                Some(is_close(printed, computed, percent_tolerance(printed)))
            }
            Formula::Sum(terms) => {
                let mut sum = Decimal::ZERO;
                let mut stated = 0;
                for term in terms {
                    if let Some(value) = value(*term) {
                        sum = sum.checked_add(value)?;
                        stated += 1;
                    }
                }
                if stated == 0 {
                    return None;
                }
                Some(is_close(printed, sum, sum_tolerance(printed)))
            }
        }
    }

    /// The equation for people and JSON, over 0-based columns.
    pub fn expression(&self) -> String {
        match &self.formula {
            Formula::Percent { part, whole } => format!("100 * c{part} / c{whole}"),
            Formula::Sum(terms) => {
                terms.iter().map(|c| format!("c{c}")).collect::<Vec<_>>().join(" + ")
            }
        }
    }

    /// The columns that the result is computed from.
    pub fn inputs(&self) -> Vec<usize> {
        match &self.formula {
            Formula::Percent { part, whole } => vec![*part, *whole],
            Formula::Sum(terms) => terms.clone(),
        }
    }

    /// The equation with the rows it was checked on.
    pub fn checked(&self, rows: &[(u32, Vec<Option<Decimal>>)]) -> Equation {
        let mut equation = Equation {
            kind: self.kind,
            result: self.result as u32,
            expression: self.expression(),
            checked: 0,
            held: 0,
            exceptions: Vec::new(),
        };
        for (index, values) in rows {
            match self.holds(|c| values.get(c).copied().flatten()) {
                Some(true) => {
                    equation.checked += 1;
                    equation.held += 1;
                }
                Some(false) => {
                    equation.checked += 1;
                    equation.exceptions.push(*index);
                }
                None => {}
            }
        }
        equation
    }
}

fn is_close(a: Decimal, b: Decimal, tolerance: Decimal) -> bool {
    a.checked_sub(b).is_some_and(|difference| difference.abs() <= tolerance)
}

/// Half a unit of the last printed decimal, at least 0.05 points: offices round and cut.
fn percent_tolerance(printed: Decimal) -> Decimal {
    let tolerance = if printed.scale() == 0 { Decimal::new(5, 1) } else { Decimal::new(5, 2) };
    tolerance.unwrap_or(Decimal::ONE)
}

/// Half a unit of the last printed decimal.
fn sum_tolerance(printed: Decimal) -> Decimal {
    Decimal::new(5, printed.scale().min(27) + 1).unwrap_or(Decimal::ZERO)
}

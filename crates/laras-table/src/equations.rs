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
        // Most numbers have two decimals at most.
        self.holds_in_hundredths(|c| value(c).map(Hundredths::try_from).transpose())
            .unwrap_or_else(|_| self.holds_exactly(value))
    }

    fn holds_exactly(&self, value: impl Fn(usize) -> Option<Decimal>) -> Option<bool> {
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

    /// The same as [`holds`](Self::holds), faster, of numbers that are no more than whole hundredths;
    /// an error where they are.
    pub(crate) fn holds_in_hundredths(
        &self,
        value: impl Fn(usize) -> Result<Option<Hundredths>, NotHundredths>,
    ) -> Result<Option<bool>, NotHundredths> {
        let Some(printed) = value(self.result)? else { return Ok(None) };
        match &self.formula {
            Formula::Percent { part, whole } => {
                let (part, whole) = (value(*part)?, value(*whole)?);
                let (Some(part), Some(whole)) = (part, whole) else { return Ok(None) };
                if whole.value == 0 {
                    return Ok(None);
                }
                let (part, whole) = (i128::from(part.value), i128::from(whole.value));
                let off = i128::from(printed.value) * whole - 10_000 * part;
                let tolerance = if printed.scale == 0 { 50 } else { 5 };
                Ok(Some(off.abs() <= tolerance * whole.abs()))
            }
            Formula::Sum(terms) => {
                let (mut sum, mut stated) = (0_i64, 0);
                for term in terms {
                    if let Some(term) = value(*term)? {
                        sum = sum.checked_add(term.value).ok_or(NotHundredths)?;
                        stated += 1;
                    }
                }
                let tolerance = [50, 5, 0][printed.scale as usize];
                Ok((stated > 0).then(|| printed.value.abs_diff(sum) <= tolerance))
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

/// A number in whole hundredths, and how many decimals it was printed with: at most two.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hundredths {
    value: i64,
    scale: u32,
}

/// A number has more decimals, or more digits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotHundredths;

impl TryFrom<Decimal> for Hundredths {
    type Error = NotHundredths;

    fn try_from(number: Decimal) -> Result<Self, NotHundredths> {
        let scale = number.scale();
        let unit = [100_i64, 10, 1].get(scale as usize).ok_or(NotHundredths)?;
        let digits = i64::try_from(number.mantissa()).map_err(|_| NotHundredths)?;
        let value = digits.checked_mul(*unit).ok_or(NotHundredths)?;
        Ok(Self { value, scale })
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number() -> impl Strategy<Value = Option<Decimal>> {
        let digits = prop_oneof![
            6 => -20_000..20_000_i128,
            2 => (0..9_i128).prop_map(|n| n * 1_250_000),
            1 => any::<i64>().prop_map(i128::from),
        ];
        let scale = prop_oneof![4 => 0..3_u32, 1 => 3..6_u32];
        prop_oneof![
            1 => Just(None),
            8 => (digits, scale).prop_map(|(digits, scale)| Decimal::new(digits, scale)),
        ]
    }

    proptest! {
        #[test]
        fn in_hundredths_the_same_holds(
            values in prop::collection::vec(number(), 4),
            off in -60..60_i128,
            printed in 0..3_u32,
            percent in any::<bool>(),
        ) {
            let formula = if percent {
                Formula::Percent { part: 0, whole: 1 }
            } else {
                Formula::Sum(vec![0, 1, 2])
            };
            let relation = Relation { result: 3, formula, kind: EquationKind::Discovered };
            // What it comes to and a little more or less, and another number.
            let computed = match (values[0], values[1], percent) {
                (Some(part), Some(whole), true) => Decimal::percent(part, whole),
                _ => values[..3].iter().flatten().try_fold(Decimal::ZERO, |s, v| s.checked_add(*v)),
            };
            let near = computed.and_then(|value| {
                value.checked_add(Decimal::new(off, 2)?).map(|value| value.rounded(printed))
            });
            for result in [near, values[3]] {
                let value = |c: usize| if c == 3 { result } else { values[c] };
                let quick = relation.holds_in_hundredths(|c| value(c).map(Hundredths::try_from).transpose());
                if let Ok(quick) = quick {
                    prop_assert_eq!(quick, relation.holds_exactly(value), "{:?} {:?}", values, result);
                }
            }
        }
    }
}

//! Equations between the columns of a table: printed in its header, usual for such tables, or
//! found because they hold on most rows.

use laras_model::{Decimal, Equation, EquationKind};

/// Rows that equations are looked for on; more would only cost time.
pub(crate) const SAMPLE: usize = 300;
/// Most value columns that sums are looked for among.
const MOST_COLUMNS: usize = 48;
/// Share of the rows on which a found equation must hold.
const HOLDS: f64 = 0.6;

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

/// Finds equations that hold on most rows. `is_percent` tells which columns hold percents,
/// `is_value` which hold numbers at all.
pub fn discover(
    rows: &[(u32, Vec<Option<Decimal>>)],
    width: usize,
    is_percent: impl Fn(usize) -> bool,
    is_value: impl Fn(usize) -> bool,
) -> Vec<Relation> {
    let columns: Vec<usize> = (0..width).filter(|c| is_value(*c)).take(MOST_COLUMNS).collect();
    let sample = Sample::new(&rows[..rows.len().min(SAMPLE)], width);
    let percents: Vec<bool> = (0..width).map(is_percent).collect();
    let mut found: Vec<(usize, Option<Formula>)> = columns
        .iter()
        .map(|result| (*result, best_percent(&sample, &columns, *result, &percents)))
        .collect();
    best_sums(&sample, &sum_candidates(&columns), &mut found);
    let relation = |(result, formula): (usize, Option<Formula>)| {
        Some(Relation { result, formula: formula?, kind: EquationKind::Discovered })
    };
    found.into_iter().filter_map(relation).collect()
}

/// Rows as whole hundredths, which is exact for what reports print and fast to try equations on.
struct Sample {
    rows: usize,
    /// The values of each column, row by row.
    columns: Vec<Vec<Option<i64>>>,
    /// Whether a value was printed without decimals, in which case percents are rounded to whole.
    whole: Vec<Vec<bool>>,
}

/// Rows after which an equation that mostly failed is given up.
const PATIENCE: usize = 8;

/// How an equation does on a sample: rows it can be checked on, holds on, holds on not trivially.
#[derive(Clone, Copy, Default)]
struct Support {
    checked: usize,
    held: usize,
    telling: usize,
}

/// Share of the rows on which an equation holds, rows on which that tells something, nearness.
type Rank = (usize, usize, usize);

impl Support {
    fn is_good(self) -> bool {
        self.telling >= 2
            && self.held >= 3.min(self.checked)
            && self.held as f64 >= HOLDS * self.checked as f64
    }

    /// Larger is better: share of rows first, then their number.
    fn rank(self, distance: usize) -> Rank {
        (self.held * 100 / self.checked.max(1), self.telling, usize::MAX - distance)
    }
}

impl Sample {
    fn new(rows: &[(u32, Vec<Option<Decimal>>)], width: usize) -> Self {
        let hundredths = |value: Option<Decimal>| {
            let value = value?.rounded(2).checked_mul(Decimal::HUNDRED)?;
            value.to_i64().filter(|v| v.abs() < 1 << 60)
        };
        let value = |row: &(u32, Vec<Option<Decimal>>), c: usize| row.1.get(c).copied().flatten();
        let column = |c: usize| rows.iter().map(|row| hundredths(value(row, c))).collect();
        let is_whole = |value: Option<Decimal>| value.is_none_or(|v| v.scale() == 0);
        let whole = |c: usize| rows.iter().map(|row| is_whole(value(row, c))).collect();
        Self {
            rows: rows.len(),
            columns: (0..width).map(column).collect(),
            whole: (0..width).map(whole).collect(),
        }
    }

    /// How an equation does; `check` says of a row whether it holds, and whether that tells
    /// anything.
    fn support(&self, mut check: impl FnMut(usize) -> Option<(bool, bool)>) -> Support {
        let mut support = Support::default();
        for row in 0..self.rows {
            let Some((holds, tells)) = check(row) else { continue };
            support.checked += 1;
            support.held += usize::from(holds);
            support.telling += usize::from(holds && tells);
            // What fails on nearly all of the first rows cannot do better by the last of them.
            let at_best = support.held + PATIENCE.saturating_sub(support.checked);
            if at_best * 3 < support.checked.max(PATIENCE) {
                break;
            }
        }
        support
    }

    fn percent(&self, result: usize, part: usize, whole: usize) -> Support {
        let [printed, part, base] = [result, part, whole].map(|c| self.columns[c].as_slice());
        let is_whole = &self.whole[result];
        self.support(|row| {
            let (printed, part, base) = (printed[row]?, part[row]?, base[row]?);
            if base == 0 {
                return None;
            }
            // printed % of base against part, all in hundredths: off by at most 0.05 or 0.5 points.
            let tolerance = if is_whole[row] { 50 } else { 5 };
            let off = i128::from(printed) * i128::from(base) - 10_000 * i128::from(part);
            let holds = off.abs() <= tolerance * i128::from(base.abs());
            let counts = printed != 0 || part != 0;
            // 100 % of something that is itself says nothing.
            counts.then_some((holds, printed != 0 && part != 0 && part != base))
        })
    }

    /// The sum of some columns in a row; `None` where it does not fit.
    fn sum_of(&self, row: usize, terms: &[usize]) -> Option<RowSum> {
        let mut found = RowSum { sum: 0, stated: 0, nonzero: 0 };
        for value in terms.iter().filter_map(|term| self.columns[*term][row]) {
            found.sum = found.sum.checked_add(value)?;
            found.stated += 1;
            found.nonzero += usize::from(value != 0);
        }
        Some(found)
    }
}

/// What some columns of a row add up to.
#[derive(Clone, Copy)]
struct RowSum {
    sum: i64,
    /// How many of the columns state a number, and one that is not zero.
    stated: usize,
    nonzero: usize,
}

fn best_percent(
    sample: &Sample,
    columns: &[usize],
    result: usize,
    percents: &[bool],
) -> Option<Formula> {
    if !percents[result] {
        return None;
    }
    let mut best = None;
    for part in columns.iter().copied().filter(|c| *c != result) {
        for whole in columns.iter().copied().filter(|c| *c != result && *c != part) {
            // A percent of percents is an achievement: all three columns are alike then.
            if percents[part] != percents[whole] {
                continue;
            }
            let support = sample.percent(result, part, whole);
            let rank = support.rank(part.abs_diff(result) + whole.abs_diff(result));
            if support.is_good() && best.as_ref().is_none_or(|(best, _)| rank > *best) {
                best = Some((rank, Formula::Percent { part, whole }));
            }
        }
    }
    best.map(|(_, formula)| formula)
}

/// Two columns anywhere, and runs of neighbours with the same step.
fn sum_candidates(columns: &[usize]) -> Vec<Vec<usize>> {
    let mut candidates = Vec::new();
    for (i, first) in columns.iter().enumerate() {
        for step in [1, 2, 3] {
            let run: Vec<usize> = columns[i..].iter().step_by(step).copied().collect();
            candidates.extend((3..=run.len().min(12)).map(|length| run[..length].to_vec()));
        }
        candidates.extend(columns[i + 1..].iter().map(|second| vec![*first, *second]));
    }
    candidates
}

/// Finds for every column without a formula the columns that it is the sum of.
fn best_sums(sample: &Sample, candidates: &[Vec<usize>], columns: &mut [(usize, Option<Formula>)]) {
    let mut best: Vec<Option<(Rank, &[usize])>> = vec![None; columns.len()];
    for terms in candidates {
        // Added up once for all results, as far as rows are looked at.
        let mut sums: Vec<Option<RowSum>> = Vec::new();
        let mut sum_of = |row: usize| {
            while sums.len() <= row {
                sums.push(sample.sum_of(sums.len(), terms));
            }
            sums[row]
        };
        for ((result, formula), best) in columns.iter().zip(&mut best) {
            if formula.is_some() || terms.contains(result) {
                continue;
            }
            let printed = sample.columns[*result].as_slice();
            let support = sample.support(|row| {
                let printed = printed[row]?;
                let RowSum { sum, stated, nonzero } = sum_of(row)?;
                let counts = stated > 0 && (printed != 0 || nonzero > 0);
                counts.then_some(((printed - sum).abs() <= 50, printed != 0 && nonzero >= 2))
            });
            let distance = terms.iter().map(|c| c.abs_diff(*result)).sum();
            let rank = support.rank(distance);
            if support.is_good() && best.is_none_or(|(best, _)| rank > best) {
                *best = Some((rank, terms));
            }
        }
    }
    for ((_, formula), best) in columns.iter_mut().zip(best) {
        if let Some((_, terms)) = best {
            *formula = Some(Formula::Sum(terms.to_vec()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&str]) -> Vec<(u32, Vec<Option<Decimal>>)> {
        let row = |line: &&str| line.split(' ').map(|v| v.parse().ok()).collect();
        lines.iter().enumerate().map(|(i, line)| (i as u32, row(line))).collect()
    }

    #[test]
    fn percents_and_sums_are_found_with_their_exceptions() {
        let rows = rows(&[
            "200 150 75.00 350",
            "400 100 25.00 500",
            "80 20 25 100",
            "50 10 21 60",
            "0 0 0 0",
        ]);
        let found = discover(&rows, 4, |c| c == 2, |_| true);
        let text: Vec<String> =
            found.iter().map(|r| format!("c{} = {}", r.result, r.expression())).collect();
        assert_eq!(text, ["c2 = 100 * c1 / c0", "c3 = c0 + c1"]);
        let percent = found[0].checked(&rows);
        assert_eq!((percent.checked, percent.held, percent.exceptions), (4, 3, vec![3]));
    }

    #[test]
    fn nothing_is_found_in_zeros() {
        assert_eq!(discover(&rows(&["0 0 0", "0 0 0", "0 0 0"]), 3, |c| c == 2, |_| true), []);
    }
}

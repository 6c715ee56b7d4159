//! Finds the equations that hold between the columns of a table on most of its rows.
//!
//! Every percent is tried against all pairs of columns, every other column against the sums of two
//! columns and of runs of columns. Few of them can hold: an equation is only checked row by row where
//! it comes out on two of the rows in which all of its columns state something.

mod sums;

use std::collections::BTreeSet;

use laras_model::{Decimal, EquationKind};

use crate::equations::{Formula, Relation};
use sums::best_sums;

/// Rows that equations are looked for on; more would only cost time.
pub(crate) const SAMPLE: usize = 300;
/// Most value columns that sums are looked for among.
const MOST_COLUMNS: usize = 48;
/// Most columns of a run that is added up.
const LONGEST_RUN: usize = 12;
/// Share of the rows on which a found equation must hold.
const HOLDS: f64 = 0.6;
/// Fewest rows on which an equation must hold and tell something.
const FEWEST_TELLING: usize = 2;
/// Rows after which an equation that mostly failed is given up.
const PATIENCE: usize = 8;

/// Finds equations that hold on most rows. `is_percent` tells which columns hold percents,
/// `is_value` which hold numbers at all.
pub fn discover(
    rows: &[(u32, Vec<Option<Decimal>>)],
    width: usize,
    is_percent: impl Fn(usize) -> bool,
    is_value: impl Fn(usize) -> bool,
) -> Vec<Relation> {
    let rows = &rows[..rows.len().min(SAMPLE)];
    let columns: Vec<Column> = (0..width)
        .filter(|c| is_value(*c))
        .take(MOST_COLUMNS)
        .map(|c| Column::new(rows, c, is_percent(c)))
        .collect();
    let mut found = best_percents(&columns);
    best_sums(&columns, &mut found);
    let relation = |(result, formula): (&Column, Option<Formula>)| {
        let kind = EquationKind::Discovered;
        Some(Relation { result: result.at, formula: formula?, kind })
    };
    columns.iter().zip(found).filter_map(relation).collect()
}

/// Of percents over the same columns the one whose result stands last: `c3 = 100 * c2 / c1` turned
/// round is `c1 = 100 * c2 / c3`, and what is worked out stands behind what it is worked out from.
pub(crate) fn once(mut relations: Vec<Relation>) -> Vec<Relation> {
    let columns = |relation: &Relation| -> Option<BTreeSet<usize>> {
        let is_percent = matches!(relation.formula, Formula::Percent { .. });
        is_percent.then(|| relation.inputs().into_iter().chain([relation.result]).collect())
    };
    let sets: Vec<(usize, Option<BTreeSet<usize>>)> =
        relations.iter().map(|relation| (relation.result, columns(relation))).collect();
    let is_turned = |(result, set): &(usize, Option<BTreeSet<usize>>)| {
        set.is_some() && sets.iter().any(|(other, others)| other > result && others == set)
    };
    let mut turned = sets.iter().map(is_turned);
    relations.retain(|_| turned.next() != Some(true));
    relations
}

/// A set of rows of the sample.
#[derive(Clone, Copy, Default)]
struct RowSet([u64; SAMPLE.div_ceil(64)]);

impl RowSet {
    fn add(&mut self, row: usize) {
        self.0[row / 64] |= 1 << (row % 64);
    }

    fn contains(&self, row: usize) -> bool {
        self.0[row / 64] & 1 << (row % 64) != 0
    }

    fn with(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(rows, other)| *rows &= other);
        self
    }

    /// Whether enough of the rows are of a kind.
    fn are_telling(self, mut is: impl FnMut(usize) -> bool) -> bool {
        let mut found = 0;
        for (word, mut rows) in self.0.into_iter().enumerate() {
            while rows != 0 {
                found += usize::from(is(word * 64 + rows.trailing_zeros() as usize));
                if found == FEWEST_TELLING {
                    return true;
                }
                rows &= rows - 1;
            }
        }
        false
    }
}

/// The values of a column in whole hundredths, which is exact for what reports print and fast to try
/// equations on.
struct Column {
    /// Its place in the table.
    at: usize,
    is_percent: bool,
    values: Vec<Option<i64>>,
    /// The rows where it was printed without decimals, in which case percents are rounded to whole.
    whole: RowSet,
    /// The rows where it is not zero.
    nonzero: RowSet,
    /// The lowest bits of each value, 0 where there is none.
    low: Vec<Lanes>,
    /// The same with [`NO_SUM`] where the value is zero.
    low_nonzero: Vec<Lanes>,
    /// Each value that is not zero, else not a number.
    nearly: Vec<f32>,
    /// All bits of the first rows where it is not zero, no bit of others.
    first_nonzero: Lanes,
    /// On how many of the first rows an equation for it may fail: one that fails on more is no good,
    /// whatever it does on the others.
    most_failed: u16,
}

/// Numbers up to here can be added up without overflow, so many as a run is long.
const MOST_ADDED: i64 = i64::MAX / LONGEST_RUN as i64;

/// The lowest bits of the values of some rows, which are compared at once.
type Lanes = [u16; LANES];
const LANES: usize = 8;
/// Bits that hardly a sum has.
const NO_SUM: u16 = 0x5a5b;

impl Column {
    fn new(rows: &[(u32, Vec<Option<Decimal>>)], at: usize, is_percent: bool) -> Self {
        let value = |row: &(u32, Vec<Option<Decimal>>)| row.1.get(at).copied().flatten();
        let values: Vec<Option<i64>> = rows.iter().map(|row| hundredths(value(row)?)).collect();
        let mut nonzero = RowSet::default();
        for (row, _) in values.iter().enumerate().filter(|(_, v)| v.is_some_and(|v| v != 0)) {
            nonzero.add(row);
        }
        let mut whole = RowSet::default();
        let is_whole =
            |row: &(u32, Vec<Option<Decimal>>)| value(row).is_none_or(|v| v.scale() == 0);
        for (row, _) in rows.iter().enumerate().filter(|(_, row)| is_whole(row)) {
            whole.add(row);
        }
        let lanes = |values: &[Option<i64>], none: u16| -> Lanes {
            std::array::from_fn(|lane| {
                let value = values.get(lane).copied().flatten().filter(|value| *value != 0);
                value.map_or(none, |value| value as u16)
            })
        };
        let low = values.chunks(LANES).map(|values| lanes(values, 0)).collect();
        let low_nonzero = values.chunks(LANES).map(|values| lanes(values, NO_SUM)).collect();
        let nearly =
            values.iter().map(|v| v.filter(|v| *v != 0).map_or(f32::NAN, |v| v as f32)).collect();
        let is_nonzero = |lane| u16::from(nonzero.contains(lane)) * u16::MAX;
        Self {
            first_nonzero: std::array::from_fn(is_nonzero),
            most_failed: most_failed(values.iter().flatten().count()),
            at,
            is_percent,
            values,
            whole,
            nonzero,
            low,
            low_nonzero,
            nearly,
        }
    }
}

/// On how many of the first [`LANES`] rows an equation may fail and be good in the end, if it can be
/// checked on so many of all rows. One that fails on more holds on too small a share of them, or is
/// given up by [`Support::of`] after these rows.
fn most_failed(checked: usize) -> u16 {
    const { assert!(LANES == PATIENCE && HOLDS == 0.6) };
    (checked * 2 / 5).min(PATIENCE * 2 / 3) as u16
}

/// A number in hundredths, halves away from zero; `None` for one too large to be added up.
fn hundredths(value: Decimal) -> Option<i64> {
    let found = match value.scale() {
        scale @ 0..=2 => i64::try_from(value.mantissa() * [100, 10, 1][scale as usize]).ok()?,
        _ => value.rounded(2).checked_mul(Decimal::HUNDRED)?.to_i64()?,
    };
    (found.abs() < MOST_ADDED).then_some(found)
}

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
    /// How an equation does; `check` says of a row whether it holds, and whether that tells
    /// anything.
    fn of(rows: usize, mut check: impl FnMut(usize) -> Option<(bool, bool)>) -> Self {
        let mut support = Self::default();
        for row in 0..rows {
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

    fn is_good(self) -> bool {
        self.telling >= FEWEST_TELLING
            && self.held >= 3.min(self.checked)
            && self.held as f64 >= HOLDS * self.checked as f64
    }

    /// Larger is better: share of rows first, then their number.
    fn rank(self, distance: usize) -> Rank {
        (self.held * 100 / self.checked.max(1), self.telling, usize::MAX - distance)
    }
}

/// Finds for every column of percents the columns that it is the percent of.
fn best_percents(columns: &[Column]) -> Vec<Option<Formula>> {
    let mut best: Vec<Option<(Rank, Formula)>> = vec![None; columns.len()];
    let results: Vec<usize> = (0..columns.len()).filter(|c| columns[*c].is_percent).collect();
    if results.is_empty() {
        return vec![None; columns.len()];
    }
    let ratio = |(part, whole): (&f32, &f32)| 10_000.0 * part / whole;
    let mut ratios = Vec::new();
    for part in columns {
        for whole in columns.iter().filter(|whole| whole.at != part.at) {
            let stated = part.nonzero.with(&whole.nonzero);
            // A percent of percents is an achievement: all three columns are alike then.
            if part.is_percent != whole.is_percent || !stated.are_telling(|_| true) {
                continue;
            }
            let mut pairs = part.nearly.iter().zip(&whole.nearly).map(ratio);
            ratios.clear();
            ratios.extend(pairs.by_ref().take(LANES));
            for r in results.iter().copied() {
                let result = &columns[r];
                if result.at == part.at
                    || result.at == whole.at
                    || count_far(&result.nearly, &ratios) > result.most_failed
                {
                    continue;
                }
                ratios.extend(pairs.by_ref());
                if count_near(&result.nearly, &ratios) < FEWEST_TELLING as u32 {
                    continue;
                }
                let support = percent(result, part, whole);
                if support.is_good() {
                    let distance = part.at.abs_diff(result.at) + whole.at.abs_diff(result.at);
                    let formula = Formula::Percent { part: part.at, whole: whole.at };
                    keep_better(&mut best[r], support.rank(distance), formula);
                }
            }
        }
    }
    best.into_iter().map(|best| Some(best?.1)).collect()
}

/// How many numbers come near to others; not a number never does. The reach is wider than the exact check
/// by far more than what a float is off.
fn count_near(numbers: &[f32], others: &[f32]) -> u32 {
    let is_near = |(a, b): (&f32, &f32)| (a - b).abs() <= reach(*a);
    numbers.iter().zip(others).map(|pair| u32::from(is_near(pair))).sum()
}

/// On how many of the first rows numbers do not come near to others; not a number is not far either.
fn count_far(numbers: &[f32], others: &[f32]) -> u16 {
    let is_far = |(a, b): (&f32, &f32)| (a - b).abs() > reach(*a);
    numbers.iter().zip(others).take(LANES).map(|pair| u16::from(is_far(pair))).sum()
}

/// How near to a number others must come.
fn reach(number: f32) -> f32 {
    51.0 + 1e-5 * number.abs()
}

/// Puts the better of two findings first; of equals the earlier one.
fn keep_better<T>(best: &mut Option<(Rank, T)>, rank: Rank, found: T) {
    if best.as_ref().is_none_or(|(best, _)| rank > *best) {
        *best = Some((rank, found));
    }
}

fn percent(result: &Column, part: &Column, whole: &Column) -> Support {
    Support::of(result.values.len(), |row| {
        let (printed, part, base) = (result.values[row]?, part.values[row]?, whole.values[row]?);
        if base == 0 {
            return None;
        }
        // printed % of base against part, all in hundredths: off by at most 0.05 or 0.5 points.
        let tolerance = if result.whole.contains(row) { 50 } else { 5 };
        let off = i128::from(printed) * i128::from(base) - 10_000 * i128::from(part);
        let holds = off.abs() <= tolerance * i128::from(base.abs());
        let counts = printed != 0 || part != 0;
        // 100 % of something that is itself says nothing.
        counts.then_some((holds, printed != 0 && part != 0 && part != base))
    })
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
    fn an_equation_is_found_once_and_not_turned_round() {
        let rows =
            rows(&["200 150 75", "400 100 25", "80 20 25", "50 10 20", "60 45 75", "10 5 50"]);
        let found = once(discover(&rows, 3, |_| true, |_| true));
        let text: Vec<String> =
            found.iter().map(|r| format!("c{} = {}", r.result, r.expression())).collect();
        assert_eq!(text, ["c2 = 100 * c1 / c0"]);
    }

    #[test]
    fn nothing_is_found_in_zeros() {
        assert_eq!(discover(&rows(&["0 0 0", "0 0 0", "0 0 0"]), 3, |c| c == 2, |_| true), []);
    }
}

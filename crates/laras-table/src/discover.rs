//! Finds the equations that hold between the columns of a table on most of its rows.
//!
//! Every percent is tried against all pairs of columns, every other column against the sums of two
//! columns and of runs of columns. Few of them can hold: an equation is only checked row by row where
//! it comes out on two of the rows in which all of its columns state something.

mod column;
mod percents;
mod sums;

use std::collections::BTreeSet;

use laras_model::{Decimal, EquationKind};

use crate::equations::{Formula, Relation};
use column::Column;
use percents::best_percents;
use sums::best_sums;

/// Rows that equations are looked for on; more would only cost time.
pub(crate) const SAMPLE: usize = 300;
/// Fewest columns of an equation: every sum and every percent is of two others.
pub(crate) const FEWEST_COLUMNS: usize = 3;
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
    let mut values = Values::new(rows.len(), width, is_percent, is_value);
    for (at, (_, row)) in rows.iter().enumerate() {
        for (column, value) in row.iter().enumerate() {
            values.set(at, column, *value);
        }
    }
    values.relations()
}

/// The numbers of a sample of rows, column by column.
pub(crate) struct Values {
    columns: Vec<Column>,
    /// For each column of the table its place among these, if it is one of them.
    places: Vec<Option<usize>>,
}

impl Values {
    /// Room for the numbers of so many rows, at most [`SAMPLE`]: of the columns that hold numbers.
    pub(crate) fn new(
        rows: usize,
        width: usize,
        is_percent: impl Fn(usize) -> bool,
        is_value: impl Fn(usize) -> bool,
    ) -> Self {
        let values = (0..width).filter(|c| is_value(*c)).take(MOST_COLUMNS);
        let columns: Vec<Column> = values.map(|c| Column::new(rows, c, is_percent(c))).collect();
        let mut places = vec![None; width];
        for (place, column) in columns.iter().enumerate() {
            places[column.at] = Some(place);
        }
        Self { columns, places }
    }

    /// Says what stands in a row and a column; what is said last counts.
    pub(crate) fn set(&mut self, row: usize, column: usize, value: Option<Decimal>) {
        if let Some(place) = self.places.get(column).copied().flatten() {
            self.columns[place].set(row, value);
        }
    }

    /// The equations that hold on most rows.
    pub(crate) fn relations(mut self) -> Vec<Relation> {
        self.columns.iter_mut().for_each(Column::count);
        let columns = self.columns;
        let mut found = best_percents(&columns);
        best_sums(&columns, &mut found);
        let relation = |(result, formula): (&Column, Option<Formula>)| {
            let kind = EquationKind::Discovered;
            Some(Relation { result: result.at, formula: formula?, kind })
        };
        columns.iter().zip(found).filter_map(relation).collect()
    }
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

/// Puts the better of two findings first; of equals the earlier one.
fn keep_better<T>(best: &mut Option<(Rank, T)>, rank: Rank, found: T) {
    if best.as_ref().is_none_or(|(best, _)| rank > *best) {
        *best = Some((rank, found));
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

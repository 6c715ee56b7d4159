//! Columns that are the percent of others.

use super::column::{Column, LANES, reach};
use super::{FEWEST_TELLING, Rank, Support, keep_better};
use crate::equations::Formula;

/// Finds for every column of percents the columns that it is the percent of.
pub(super) fn best_percents(columns: &[Column]) -> Vec<Option<Formula>> {
    let mut best: Vec<Option<(Rank, Formula)>> = vec![None; columns.len()];
    let results: Vec<usize> = (0..columns.len()).filter(|c| columns[*c].is_percent).collect();
    if results.is_empty() {
        return vec![None; columns.len()];
    }
    let ratio = |(part, whole): (&f32, &f32)| 10_000.0 * part / whole;
    let mut ratios = Vec::new();
    for part in columns {
        // A percent of percents is an achievement: all three columns are alike then.
        let is_pair = |whole: &&Column| whole.at != part.at && whole.is_percent == part.is_percent;
        for whole in columns.iter().filter(is_pair) {
            if !part.nonzero.with(&whole.nonzero).are_telling(|_| true) {
                continue;
            }
            let first: [f32; LANES] = std::array::from_fn(|row| {
                ratio((&part.first_nearly[row], &whole.first_nearly[row]))
            });
            ratios.clear();
            for r in results.iter().copied() {
                let result = &columns[r];
                if result.at == part.at
                    || result.at == whole.at
                    || count_far(result, &first) > result.most_failed
                {
                    continue;
                }
                if ratios.is_empty() {
                    ratios.extend(part.nearly.iter().zip(&whole.nearly).map(ratio));
                }
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

/// On how many of the first rows the numbers of a column do not come near to others; not a number is not far
/// either.
fn count_far(result: &Column, others: &[f32; LANES]) -> u16 {
    let mut far = 0;
    let numbers = result.first_nearly.iter().zip(&result.first_reach);
    for ((number, reach), other) in numbers.zip(others) {
        far += u16::from((number - other).abs() > *reach);
    }
    far
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

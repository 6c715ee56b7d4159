//! How clearly a row is one: what the best division costs more that does without it.

use std::ops::Range;

use laras_model::Confidence;

use super::Lines;
use super::row::{REACHES, Row};
use super::standing::Standing;

impl Lines<'_> {
    /// For each row of the best division, how much more the best division costs that does without it.
    /// `best` is the least cost up to each line. Margins above [`CLEAREST`] are not told apart.
    pub(super) fn margins(
        &self,
        groups: &[Range<usize>],
        best: &[(u64, usize)],
        standing: Standing,
    ) -> Vec<u64> {
        let n = self.strips.len();
        let row_of: Vec<usize> =
            groups.iter().enumerate().flat_map(|(at, g)| g.clone().map(move |_| at)).collect();
        let mut margins = vec![u64::MAX; groups.len()];
        // The least cost from each line on.
        let mut rest = vec![u64::MAX; n];
        rest.push(0);
        // What costs as much says nothing, nor do divisions that go on from it: they cost no less.
        let clear = best[n].0.saturating_add(CLEAREST);
        let mut row = Row::new(self);
        for end in (1..=n).rev() {
            let after = rest[end];
            // Least that a division costs with a row of each reach here, but for that row.
            let lowest = REACHES.map(|lines| {
                let above = best[end.saturating_sub(lines)..end].iter().map(|(cost, _)| *cost);
                above.min().unwrap_or(0).saturating_add(after)
            });
            self.each_row_to(end, &mut row, |row| {
                let start = row.lines.start;
                let others = best[start].0.saturating_add(after);
                if others.saturating_add(row.cost) < clear {
                    let cost = row.costs(self)[standing as usize] + row.cost_of_texts(standing);
                    rest[start] = rest[start].min(after + cost);
                    let group = row_of[start];
                    if groups[group] != row.lines {
                        let more = others + cost - best[n].0;
                        for margin in &mut margins[group..=row_of[end - 1]] {
                            *margin = (*margin).min(more);
                        }
                    }
                }
                lowest[row.may_reach()].saturating_add(row.floor) < clear
            });
        }
        margins
    }
}

/// How clearly a row is one, from what the best division costs more that does without it.
pub(super) fn certainty(margin: u64) -> Confidence {
    Confidence::new(1.0 - 2.0 / (1.0 + (margin.min(10_000) as f64 / CLEAR).exp()))
}

/// A margin that leaves a doubt of about a half.
const CLEAR: f64 = 60.0;
/// A margin that leaves no doubt that is written down.
const CLEAREST: u64 = 500;

#[cfg(test)]
mod tests {
    use super::{CLEAREST, Confidence, certainty};

    #[test]
    fn the_clearest_margin_is_certain() {
        assert_eq!(certainty(CLEAREST), Confidence::CERTAIN);
        assert_eq!(certainty(u64::MAX), Confidence::CERTAIN);
        assert!(certainty(CLEAREST / 2) < Confidence::CERTAIN);
    }
}

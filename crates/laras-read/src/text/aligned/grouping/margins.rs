//! How clearly a row is one: what the best division costs more that does without it.

use std::ops::Range;

use laras_model::Confidence;

use super::standing::{Blocks, Standing};
use super::{Lines, TALL};

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
        let mut blocks = Blocks::new(self.kinds);
        for end in (1..=n).rev() {
            let after = rest[end];
            // Least that a division costs with a row of up to `TALL` lines here, but for that row.
            let above = best[end.saturating_sub(TALL)..end].iter().map(|(cost, _)| *cost);
            let lowest = above.min().unwrap_or(0).saturating_add(after);
            self.each_row_to(end, &mut blocks, |lines, window, blocks| {
                let others = best[lines.start].0.saturating_add(after);
                let cost = Self::cost(window, lines, standing);
                if others.saturating_add(cost) < clear {
                    let cost = cost + blocks.cost(lines, standing);
                    rest[lines.start] = rest[lines.start].min(after + cost);
                    let row = row_of[lines.start];
                    if groups[row] != *lines {
                        let more = others + cost - best[n].0;
                        for margin in &mut margins[row..=row_of[end - 1]] {
                            *margin = (*margin).min(more);
                        }
                    }
                }
                lowest.saturating_add(window.floor) < clear
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

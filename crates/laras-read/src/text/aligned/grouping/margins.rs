//! How clearly a row is one: what the best division costs more that does without it.

use std::ops::Range;

use laras_model::Confidence;

use super::Lines;
use super::standing::{Blocks, Standing};

impl Lines<'_> {
    /// For each row of the best division, how much more the best division costs that does without it.
    /// `best` is the least cost up to each line.
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
        let mut blocks = Blocks::new(self.kinds);
        for end in (1..=n).rev() {
            let after = rest[end];
            self.each_row_to(end, &mut blocks, |lines, window, blocks| {
                let cost = Self::cost(window, lines, standing) + blocks.cost(lines, standing);
                let from = after.saturating_add(cost);
                rest[lines.start] = rest[lines.start].min(from);
                let row = row_of[lines.start];
                if groups[row] == *lines {
                    return;
                }
                let more = best[lines.start].0.saturating_add(from) - best[n].0;
                for margin in &mut margins[row..=row_of[end - 1]] {
                    *margin = (*margin).min(more);
                }
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

//! Divides the printed lines of an aligned table into rows.

mod cuts;
mod filled;
mod lines;
mod margins;
mod neighbours;
mod opening;
mod row;
mod standing;
mod texts;

use std::ops::Range;

use laras_model::Confidence;

pub(super) use self::cuts::finishes;
use self::lines::Lines;
use self::margins::certainty;
pub(super) use self::neighbours::Neighbours;
use self::row::{Row, TALL};
use self::standing::Standing;
use super::Piece;
use super::kinds::Kind;
use super::segment::Strip;

/// The rows, as ranges of lines: the cheapest division under the standing that suits best, and for
/// each row how clearly it is one. Neighbours among the lines of a header that returns are one row.
pub(super) fn groups(
    strips: &[Strip<'_>],
    pieces: &[Vec<Piece>],
    kinds: &[Kind],
    is_head: &[bool],
    neighbours: &Neighbours,
) -> Vec<(Range<usize>, Confidence)> {
    Lines::new(strips, pieces, kinds, is_head, neighbours).divide()
}

impl Lines<'_> {
    /// The cheapest division under the standing that suits best.
    fn divide(&self) -> Vec<(Range<usize>, Confidence)> {
        let n = self.strips.len();
        // Up to each line, the least cost under each standing and where its last row begins.
        let mut best = Vec::with_capacity(n + 1);
        best.push([(0_u64, 0_usize); Standing::ALL.len()]);
        let mut row = Row::new(self);
        for end in 1..=n {
            let mut least = [(u64::MAX, end - 1); Standing::ALL.len()];
            let lowest = lowest(&best[end.saturating_sub(TALL)..]);
            self.each_row_to(end, &mut row, |row| {
                let start = row.lines.start;
                let costs = row.costs(self).into_iter().zip(&best[start]);
                for ((least, (cost, before)), standing) in
                    least.iter_mut().zip(costs).zip(Standing::ALL)
                {
                    let cost = before.0 + cost;
                    if cost <= least.0 {
                        *least = (*least).min((cost + row.cost_of_texts(standing), start));
                    }
                }
                lowest.iter().zip(&least).any(|(lowest, least)| lowest + row.floor <= least.0)
            });
            best.push(least);
        }
        let standing = (0..Standing::ALL.len()).min_by_key(|s| best[n][*s].0).unwrap_or(0);
        let best: Vec<(u64, usize)> = best.into_iter().map(|least| least[standing]).collect();
        let mut groups = Vec::new();
        let mut end = n;
        while end > 0 {
            let start = best[end].1;
            groups.push(start..end);
            end = start;
        }
        groups.reverse();
        let margins = self.margins(&groups, &best, Standing::ALL[standing]);
        groups.into_iter().zip(margins.into_iter().map(certainty)).collect()
    }
}

/// The least that some divisions cost under each standing.
fn lowest(best: &[[(u64, usize); Standing::ALL.len()]]) -> [u64; Standing::ALL.len()] {
    best.iter().fold([u64::MAX; Standing::ALL.len()], |mut lowest, best| {
        for (lowest, best) in lowest.iter_mut().zip(best) {
            *lowest = best.0.min(*lowest);
        }
        lowest
    })
}

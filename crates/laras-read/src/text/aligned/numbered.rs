//! Columns as the line that numbers them says they are.
//!
//! Where a line numbers all columns from the first to the last, every stretch of text belongs to one
//! of the numbers, in order: most stand under theirs, and those set at the left or right of a wide
//! column stand beside it. The cheapest assignment decides. Stretches of one number are one column,
//! unless each has a head of its own, as `K` and `Rp` do, or lines fill both.

use super::numbers::column_number;
use super::segment::{Segment, Strip};
use super::settle::{Extent, are_headed, holds_units};

/// Fewest numbers that say so.
const FEWEST: usize = 4;
/// What a number costs that has no text, in characters.
const BLANK: usize = 9;
/// What a stretch costs that shares its number with another.
const SHARED: usize = 2;
/// The same where a line has both: cells of one column do not stand beside each other.
const BESIDE: usize = 60;

/// How many more stretches than numbers tell that several numbers stand over two.
const PAIRS: usize = 2;

/// What a stretch is to the one on its left.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tie {
    /// Each has a head of its own.
    Headed,
    /// Lines fill both.
    Beside,
    /// Nothing says that they are two.
    Loose,
}

/// Whether the numbers leave out no column.
pub(super) fn is_complete(strip: &Strip<'_>) -> bool {
    let number = |s: &Segment| column_number(strip.text(s)).map(usize::from);
    strip.segments.len() >= FEWEST
        && strip.segments.iter().enumerate().all(|(at, s)| number(s) == Some(at + 1))
}

/// Makes one column for every number.
pub(super) fn assign(
    extents: &mut Vec<Extent>,
    numbers: &[Segment],
    voters: &[&Strip<'_>],
    heads: &[&Strip<'_>],
) {
    // Where far more stretches than numbers are, several numbers stand over two.
    let are_pairs = extents.len() > numbers.len() + PAIRS;
    let ties: Vec<Tie> = (0..extents.len())
        .map(|at| match at.checked_sub(1).map(|left| (extents[left], extents[at])) {
            Some(_) if are_headed(extents, at, heads) => Tie::Headed,
            Some((left, right))
                if beside(&left, &right, voters) && !holds_units(&left, &right, voters, 1) =>
            {
                Tie::Beside
            }
            _ => Tie::Loose,
        })
        .collect();
    let shared: Vec<usize> = ties
        .iter()
        .map(|tie| match tie {
            Tie::Headed => 0,
            Tie::Beside if !are_pairs => BESIDE,
            Tie::Beside | Tie::Loose => SHARED,
        })
        .collect();
    let own = cheapest(extents, numbers, &shared);
    let mut columns: Vec<Extent> = Vec::with_capacity(numbers.len());
    let mut next = 0;
    for (number, segment) in numbers.iter().enumerate() {
        let first = columns.len();
        let mut begun = false;
        while next < extents.len() && own[next] == number {
            match columns.last_mut() {
                // Sub-columns with heads of their own stay apart, and those that lines fill both.
                Some(last) if begun && ties[next] == Tie::Loose => {
                    last.1 = extents[next].1;
                }
                _ => columns.push(extents[next]),
            }
            begun = true;
            next += 1;
        }
        let after = extents.get(next).map_or(usize::MAX, |e| e.0);
        if columns.len() == first {
            let before = columns.last().map_or(0, |e| e.1 + 1);
            let from = segment.from.max(before).min(after.saturating_sub(1));
            columns.push((from, segment.to.max(from + 1).min(after)));
        } else if columns.len() == first + 1
            && let Some(last) = columns.last_mut()
        {
            last.1 = last.1.max(segment.to.min(after.saturating_sub(1)));
        }
    }
    *extents = columns;
}

/// Whether lines fill both stretches, and not by chance.
fn beside(left: &Extent, right: &Extent, voters: &[&Strip<'_>]) -> bool {
    let (mut both, mut lefts, mut rights) = (0, 0, 0);
    for strip in voters {
        let over = |e: &Extent| strip.segments.iter().position(|s| s.from < e.1 && e.0 < s.to);
        let (l, r) = (over(left), over(right));
        both += usize::from(l.is_some() && r.is_some() && l != r);
        lefts += usize::from(l.is_some());
        rights += usize::from(r.is_some());
    }
    both * 3 > lefts.min(rights)
}

/// The number of each stretch.
fn cheapest(extents: &[Extent], numbers: &[Segment], shared: &[usize]) -> Vec<usize> {
    let (rows, width) = (extents.len(), numbers.len());
    let far = |extent: &Extent, number: &Segment| {
        let centre = usize::midpoint(number.from, number.to);
        extent.0.saturating_sub(centre) + centre.saturating_sub(extent.1)
    };
    // Of the first stretches, the last of which has a number: the cost, and the number before it.
    let mut best = vec![vec![(usize::MAX, 0); width]; rows];
    for at in 0..rows {
        for number in 0..width {
            let here = far(&extents[at], &numbers[number]);
            let Some(above) = at.checked_sub(1) else {
                best[at][number] = (here + BLANK * number, number);
                continue;
            };
            let ways = (0..=number).filter_map(|before| {
                let (cost, _) = best[above][before];
                let step = match number - before {
                    0 => shared[at],
                    skipped => BLANK * (skipped - 1),
                };
                Some((cost.checked_add(step)?, before))
            });
            if let Some((cost, before)) = ways.min() {
                best[at][number] = (cost.saturating_add(here), before);
            }
        }
    }
    let mut own = vec![0; rows];
    let Some(last) = best.last() else { return own };
    let tail = |number: usize| BLANK * (width - 1 - number);
    let mut number = (0..width).min_by_key(|n| last[*n].0.saturating_add(tail(*n))).unwrap_or(0);
    for at in (0..rows).rev() {
        own[at] = number;
        number = best[at][number].1;
    }
    own
}

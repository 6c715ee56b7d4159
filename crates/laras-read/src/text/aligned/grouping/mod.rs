//! Divides the printed lines of an aligned table into rows.

mod cuts;
mod lines;
mod margins;
mod marked;
mod neighbours;
mod opening;
mod standing;
mod texts;

use std::ops::Range;

use laras_model::Confidence;

pub(super) use self::cuts::finishes;
use self::lines::Lines;
use self::margins::certainty;
pub(super) use self::neighbours::Neighbours;
use self::standing::{Blocks, Standing};
use super::Piece;
use super::kinds::Kind;
use super::segment::Strip;

/// Most printed lines of one row with values on one of them: a long name in a narrow column.
const TALLEST: usize = 40;
/// Most printed lines of a row with values on several.
const TALL: usize = 16;
/// Most lines with values of one row.
const MOST_VALUED: usize = 12;

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

/// What speaks against some lines being one row, but for where its values stand.
#[derive(Default)]
struct Window {
    cost: u64,
    /// What any row costs at least that ends there and begins no later.
    floor: u64,
    /// The first and the last line with values.
    value: Option<(usize, usize)>,
    /// The line of the only ordinal, where it stands apart from the values.
    ordinal: Option<usize>,
}

/// A row that ends before some line and takes in one line after the other above it: what its lines
/// with values say about each other.
#[derive(Default)]
struct Growing {
    clashes: u64,
    cuts: u64,
    torn: u64,
}

impl Lines<'_> {
    /// How many of the regular columns a row with values leaves blank.
    fn unfilled(&self, lines: &Range<usize>) -> u64 {
        let last = self.filled.up_to(lines.end - 1);
        last.iter().filter(|line| **line as usize <= lines.start).count() as u64
    }

    /// The cheapest division under the standing that suits best.
    fn divide(&self) -> Vec<(Range<usize>, Confidence)> {
        let n = self.strips.len();
        // Up to each line, the least cost under each standing and where its last row begins.
        let mut best = Vec::with_capacity(n + 1);
        best.push([(0_u64, 0_usize); Standing::ALL.len()]);
        let mut blocks = Blocks::new(self.kinds);
        for end in 1..=n {
            let mut least = [(u64::MAX, end - 1); Standing::ALL.len()];
            let lowest = Self::lowest(&best[end.saturating_sub(TALL)..]);
            self.each_row_to(end, &mut blocks, |lines, window, blocks| {
                let before = &best[lines.start];
                for ((least, before), standing) in least.iter_mut().zip(before).zip(Standing::ALL) {
                    let cost = before.0 + Self::cost(window, lines, standing);
                    if cost <= least.0 {
                        let cost = cost + blocks.cost(lines, standing);
                        *least = (*least).min((cost, lines.start));
                    }
                }
                lowest.iter().zip(&least).any(|(lowest, least)| lowest + window.floor <= least.0)
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

    /// The least that the lines above cost under each standing, up to any of some lines.
    fn lowest(best: &[[(u64, usize); Standing::ALL.len()]]) -> [u64; Standing::ALL.len()] {
        best.iter().fold([u64::MAX; Standing::ALL.len()], |mut lowest, best| {
            for (lowest, best) in lowest.iter_mut().zip(best) {
                *lowest = best.0.min(*lowest);
            }
            lowest
        })
    }

    /// Calls `found` for each row that may end before line `end`, the shortest first. It returns
    /// whether a row of up to [`TALL`] lines may matter that costs as much as the floor of its
    /// window.
    fn each_row_to(
        &self,
        end: usize,
        blocks: &mut Blocks,
        mut found: impl FnMut(&Range<usize>, &Window, &Blocks) -> bool,
    ) {
        blocks.clear();
        let mut growing = Growing::default();
        for start in (end.saturating_sub(TALLEST)..end).rev() {
            let lines = start..end;
            if self.is_head[start] != self.is_head[end - 1] {
                break;
            }
            blocks.add(start, &self.pieces[start]);
            let valued = self.valued.within(&lines).len();
            // More lines hold no fewer values.
            if self.is_head[start] {
                let whole = start == 0 || !self.is_head[start - 1];
                if whole || lines.len() == 1 {
                    found(
                        &lines,
                        &Window { cost: if whole { 0 } else { OTHER_ROW }, ..Window::default() },
                        blocks,
                    );
                }
                continue;
            }
            if valued > MOST_VALUED || (lines.len() > TALL && valued > 1) {
                break;
            }
            self.grow(&mut growing, &lines);
            let matters = found(&lines, &self.window(&lines, &growing), blocks);
            // Longer rows cost no less, and those with values on several lines are not much longer.
            if !matters && valued > 1 {
                break;
            }
        }
    }

    /// Takes in the first of these lines; the row held the others before.
    fn grow(&self, growing: &mut Growing, lines: &Range<usize>) {
        let (start, end) = (lines.start, lines.end);
        if !self.has_value[start] {
            return;
        }
        if let Some((clashes, cuts)) = self.clashes[start].get(end - 1 - start) {
            growing.clashes += u64::from(*clashes);
            growing.cuts += u64::from(*cuts);
        }
        growing.torn += u64::from(self.finished_by[start].is_some_and(|j| j >= end));
    }

    /// How unlikely it is that these lines are one row, and that the row begins there.
    fn cost(window: &Window, lines: &Range<usize>, standing: Standing) -> u64 {
        let value = window.value.map_or(0, |(first, last)| {
            let cost = standing.of_values(first, last, lines);
            if first < last { cost / 2 } else { cost }
        });
        let ordinal = window.ordinal.map_or(0, |line| standing.of_values(line, line, lines) / 2);
        window.cost + value + ordinal
    }

    /// What is the same wherever the values of a row stand.
    fn window(&self, lines: &Range<usize>, growing: &Growing) -> Window {
        let valued = self.valued.within(lines);
        let numbered = self.ordinals.within(lines);
        let mut floor = 40;
        floor += 500 * growing.clashes;
        floor += 500 * (numbered.len() as u64).saturating_sub(1);
        floor += TORN * growing.torn;
        floor += 160 * self.opens.within(&(lines.start + 1..lines.end)).len() as u64;
        floor += self.joined[lines.end - 1] - self.joined[lines.start];
        let mut window = Window { cost: floor, floor, value: None, ordinal: None };
        window.cost += match valued {
            [] if !numbered.is_empty() => {
                if self.dense {
                    120
                } else {
                    60
                }
            }
            [] if self.numbered => 270,
            [] if self.dense => 150,
            [] => 120,
            [one] => {
                window.value = Some((*one, *one));
                0
            }
            several => {
                window.value = Some((several[0], several[several.len() - 1]));
                70 * (several.len() as u64 - 1).saturating_sub(growing.cuts)
            }
        };
        if let [one] = numbered {
            window.ordinal = (!self.has_value[*one]).then_some(*one);
        }
        if !valued.is_empty() {
            window.cost += (60 * self.unfilled(lines)).min(UNFILLED);
            if self.named.within(lines).is_empty() {
                window.cost += 120;
            }
        }
        if lines.start > 0 {
            window.cost += self.continued[lines.start] + self.leaning[lines.start];
            if self.strips[lines.start].blank_above == 0 {
                window.cost += match self.spaced {
                    true => OTHER_ROW,
                    false if self.blanks >= 20 => 60,
                    false => 0,
                };
            }
        }
        window
    }
}

/// What speaks against a row that begins with the rest of a number.
const TORN: u64 = 400;
/// What speaks against a row over a blank line, and a new one without, where blank lines part rows.
const OTHER_ROW: u64 = 400;

/// Most that columns cost which a row leaves blank: totals have few.
const UNFILLED: u64 = 300;

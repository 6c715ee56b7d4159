//! Divides the printed lines of an aligned table into rows.

mod cuts;
mod margins;
mod marked;
mod opening;
mod standing;
mod texts;

use std::ops::Range;

use laras_model::Confidence;

pub(super) use self::cuts::finishes;
use self::margins::certainty;
use self::marked::{Marked, filled, regular};
use self::standing::{Blocks, Standing};
use super::Piece;
use super::kinds::{Kind, is_ordinal, is_rest_of_code, is_value};
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
) -> Vec<(Range<usize>, Confidence)> {
    Lines::new(strips, pieces, kinds, is_head).divide()
}

/// What the division needs to know of each line.
struct Lines<'a> {
    strips: &'a [Strip<'a>],
    pieces: &'a [Vec<Piece>],
    kinds: &'a [Kind],
    /// Lines of a header that returns; neighbours are one group.
    is_head: &'a [bool],
    /// Right end of the text of each column.
    edges: Vec<usize>,
    /// What speaks for a text of each column going on whose line is full.
    full: Vec<u64>,
    has_value: Vec<bool>,
    /// The lines that hold a value.
    valued: Marked,
    /// The lines that hold an ordinal.
    ordinals: Marked,
    /// The lines that hold text.
    named: Marked,
    /// Share of lines with a blank line above, in percent.
    blanks: usize,
    /// Whether a blank line stands between every two rows.
    spaced: bool,
    /// Whether values stand on so many lines that hardly a row is without.
    dense: bool,
    /// Whether nearly every line with values is numbered, so that a line with neither goes on from
    /// the one above.
    numbered: bool,
    /// Of each line, the last line up to it that fills each of the columns of values that nearly
    /// every row fills, counted from 1; 0 where none does.
    filled: Vec<Vec<u32>>,
    /// For each line the one that goes on with a number it leaves unfinished.
    finished_by: Vec<Option<usize>>,
    /// Lines that begin with a word that opens names in this table: `Program`.
    opens: Marked,
    /// Of each line, what speaks for its text going on from the line above.
    continued: Vec<u64>,
    /// The same, of weaker evidence.
    leaning: Vec<u64>,
    /// What speaks against joining lines with those above them, summed up to each line.
    joined: Vec<u64>,
    /// Of each line, clashes and cuts with its first following lines, as many as a row may have.
    clashes: Vec<[(u8, u8); TALLEST]>,
}

#[derive(Default)]
/// What speaks against some lines being one row, but for where its values stand.
struct Window {
    cost: u64,
    /// The first and the last line with values.
    value: Option<(usize, usize)>,
    /// The line of the only ordinal, where it stands apart from the values.
    ordinal: Option<usize>,
}

impl<'a> Lines<'a> {
    fn new(
        strips: &'a [Strip<'a>],
        pieces: &'a [Vec<Piece>],
        kinds: &'a [Kind],
        is_head: &'a [bool],
    ) -> Self {
        let mut ends: Vec<Vec<usize>> = vec![Vec::new(); kinds.len()];
        for piece in pieces.iter().flatten().filter(|p| p.first == p.last) {
            ends[piece.first].push(piece.to);
        }
        let edges = ends
            .into_iter()
            .map(|mut ends| {
                ends.sort_unstable();
                ends.get(ends.len() * EDGE / 100).copied().unwrap_or(0)
            })
            .collect();
        let text = |i: usize, p: &Piece| strips[i].line.raw.get(p.bytes.0..p.bytes.1).unwrap_or("");
        let has_value: Vec<bool> = (0..strips.len())
            .map(|i| {
                pieces[i].iter().any(|p| {
                    p.first == p.last && kinds[p.first] == Kind::Values && is_value(text(i, p))
                })
            })
            .collect();
        let ordinal = |i: usize| {
            pieces[i].iter().find(|p| p.first == 0).map(|p| text(i, p)).filter(|t| is_ordinal(t))
        };
        let goes_on = |i: usize, rest: &str| {
            let above = i.checked_sub(1).and_then(ordinal);
            above.is_some_and(|code| is_rest_of_code(code, rest))
        };
        let has_ordinal: Vec<bool> = (0..strips.len())
            .map(|i| {
                kinds.first() == Some(&Kind::Ordinals)
                    && ordinal(i).is_some_and(|text| !goes_on(i, text))
            })
            .collect();
        let with_blank = strips.iter().skip(1).filter(|s| s.blank_above > 0).count();
        let blanks = with_blank * 100 / strips.len().max(1);
        let with_value = has_value.iter().filter(|v| **v).count();
        let dense = with_value * 100 >= strips.len() * DENSE;
        let both = has_value.iter().zip(&has_ordinal).filter(|(v, o)| **v && **o).count();
        let numbered = with_value >= 3 && both * 100 >= with_value * NUMBERED;
        let mut lines = Self {
            strips,
            pieces,
            kinds,
            is_head,
            edges,
            full: Vec::new(),
            valued: Marked::new(&has_value),
            ordinals: Marked::new(&has_ordinal),
            named: Marked::default(),
            has_value,
            blanks,
            spaced: false,
            dense,
            numbered,
            filled: filled(pieces, &regular(pieces, kinds)),
            finished_by: Vec::new(),
            opens: Marked::default(),
            continued: Vec::new(),
            leaning: Vec::new(),
            joined: Vec::new(),
            clashes: Vec::new(),
        };
        lines.finished_by = (0..strips.len()).map(|i| lines.finishing(i)).collect();
        lines.clashes = (0..strips.len()).map(|i| lines.clashes_below(i)).collect();
        lines.spaced = lines.are_spaced();
        lines.full = lines.full_lines();
        let named: Vec<bool> =
            (0..strips.len()).map(|i| lines.text_pieces(i).next().is_some()).collect();
        lines.named = Marked::new(&named);
        lines.continued =
            (0..strips.len()).map(|i| if i > 0 { lines.continues(i - 1, i) } else { 0 }).collect();
        let mut sum = 0;
        let rest_of_code =
            |i: usize| if ordinal(i).is_some_and(|text| goes_on(i, text)) { TORN } else { 0 };
        // A number without values above values without a number, where rows have both.
        let both_have = both * 2 >= with_value;
        let is_half = |i: usize| {
            let (above, below) = (i - 1, i);
            both_have
                && has_ordinal[above]
                && !has_ordinal[below]
                && !lines.has_value[above]
                && lines.has_value[below]
        };
        lines.leaning = (0..strips.len())
            .map(|i| match i {
                0 => 0,
                _ => {
                    let half = if is_half(i) { HALF } else { 0 };
                    lines.leans(i - 1, i) + rest_of_code(i) + half
                }
            })
            .collect();
        lines.joined = (0..strips.len())
            .map(|i| {
                if i > 0 {
                    sum += match (strips[i].blank_above > 0, lines.spaced) {
                        (true, true) => OTHER_ROW,
                        (true, false) => 200,
                        (false, _) => 0,
                    };
                    sum += lines.break_between(i - 1, i);
                }
                sum
            })
            .collect();
        lines.opens = Marked::new(&lines.openings());
        lines
    }

    /// Whether blank lines part the rows: hardly any two values of one column stand between two of
    /// them, and there are as many as rows.
    fn are_spaced(&self) -> bool {
        let n = self.strips.len();
        let mut starts: Vec<usize> =
            (0..n).filter(|i| *i == 0 || self.strips[*i].blank_above > 0).collect();
        starts.push(n);
        let (mut parted, mut torn) = (0, 0);
        for pair in starts.windows(2) {
            let valued = self.valued.within(&(pair[0]..pair[1]));
            let Some(last) = valued.last() else { continue };
            let end = (last + 1).min(valued[0] + TALLEST);
            let clashes = self.clashes(&valued[..1], end).0;
            if clashes > 0 { torn += 1 } else { parted += 1 }
        }
        parted >= FEWEST_SPACED && torn * 10 <= parted
    }

    /// How many of the regular columns a row with values leaves blank.
    fn unfilled(&self, lines: &Range<usize>) -> u64 {
        let last = &self.filled[lines.end - 1];
        last.iter().filter(|line| **line as usize <= lines.start).count() as u64
    }

    fn text(&self, line: usize, piece: &Piece) -> &str {
        self.strips[line].line.raw.get(piece.bytes.0..piece.bytes.1).unwrap_or("")
    }

    /// The cheapest division under the standing that suits best.
    fn divide(&self) -> Vec<(Range<usize>, Confidence)> {
        let n = self.strips.len();
        // Up to each line, the least cost under each standing and where its last row begins.
        let mut best = vec![[(0_u64, 0_usize); Standing::ALL.len()]];
        let mut blocks = Blocks::new(self.kinds);
        for end in 1..=n {
            let mut least = [(u64::MAX, end - 1); Standing::ALL.len()];
            self.each_row_to(end, &mut blocks, |lines, window, blocks| {
                let before = &best[lines.start];
                for ((least, before), standing) in least.iter_mut().zip(before).zip(Standing::ALL) {
                    let cost = before.0 + Self::cost(window, lines, standing);
                    if cost <= least.0 {
                        let cost = cost + blocks.cost(lines, standing);
                        *least = (*least).min((cost, lines.start));
                    }
                }
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

    /// Calls `found` for each row that may end before line `end`, the shortest first.
    fn each_row_to(
        &self,
        end: usize,
        blocks: &mut Blocks,
        mut found: impl FnMut(&Range<usize>, &Window, &Blocks),
    ) {
        blocks.clear();
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
            found(&lines, &self.window(&lines), blocks);
        }
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
    fn window(&self, lines: &Range<usize>) -> Window {
        let valued = self.valued.within(lines);
        let numbered = self.ordinals.within(lines);
        let mut window = Window { cost: 40, value: None, ordinal: None };
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
                let (clashes, cuts) = self.clashes(several, lines.end);
                70 * (several.len() as u64 - 1).saturating_sub(cuts) + 500 * clashes
            }
        };
        match numbered {
            [] => {}
            [one] => window.ordinal = (!self.has_value[*one]).then_some(*one),
            several => window.cost += 500 * (several.len() as u64 - 1),
        }
        if !valued.is_empty() {
            window.cost += (60 * self.unfilled(lines)).min(UNFILLED);
        }
        let torn = |i: &usize| self.finished_by[*i].is_some_and(|j| j >= lines.end);
        window.cost += TORN * valued.iter().filter(|i| torn(i)).count() as u64;
        window.cost += 160 * self.opens.within(&(lines.start + 1..lines.end)).len() as u64;
        if !valued.is_empty() && self.named.within(lines).is_empty() {
            window.cost += 120;
        }
        window.cost += self.joined[lines.end - 1] - self.joined[lines.start];
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

    fn text_pieces(&self, line: usize) -> impl Iterator<Item = &Piece> {
        self.pieces[line].iter().filter(|p| p.first == p.last && self.kinds[p.first] == Kind::Text)
    }
}

/// What speaks against parting the number of a row from its values.
const HALF: u64 = 60;
/// What speaks against a row that begins with the rest of a number.
const TORN: u64 = 400;
/// Fewest rows between blank lines that say something.
const FEWEST_SPACED: usize = 3;
/// What speaks against a row over a blank line, and a new one without, where blank lines part rows.
const OTHER_ROW: u64 = 400;

/// Share of the lines, in percent, with values in a table whose rows all have some.
const DENSE: usize = 40;

/// Share of the lines with values, in percent, that are numbered where every row is.
const NUMBERED: usize = 75;

/// Share of the texts of a column, in percent, that end at its right edge or before: a title of a
/// group may run on over it.
const EDGE: usize = 95;

/// Most that columns cost which a row leaves blank: totals have few.
const UNFILLED: u64 = 300;

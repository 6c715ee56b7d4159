//! Divides the printed lines of an aligned table into rows.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::Piece;
use super::kinds::{Kind, is_ordinal, is_rest_of_code, is_value};
use super::segment::Strip;

/// Most printed lines of one row with values on one of them: a long name in a narrow column.
const TALLEST: usize = 40;
/// Most printed lines of a row with values on several.
const TALL: usize = 16;
/// Most lines with values of one row.
const MOST_VALUED: usize = 12;

/// Where the values of a row stand among its printed lines.
#[derive(Clone, Copy)]
enum Standing {
    First,
    Middle,
    Last,
}

/// The rows, as ranges of lines: the cheapest division under the standing that suits best.
pub(super) fn groups(
    strips: &[Strip<'_>],
    pieces: &[Vec<Piece>],
    kinds: &[Kind],
) -> Vec<Range<usize>> {
    let lines = Lines::new(strips, pieces, kinds);
    [Standing::First, Standing::Middle, Standing::Last]
        .into_iter()
        .map(|standing| lines.divide(standing))
        .min_by_key(|(cost, _)| *cost)
        .map(|(_, groups)| groups)
        .unwrap_or_default()
}

/// What the division needs to know of each line.
struct Lines<'a> {
    strips: &'a [Strip<'a>],
    pieces: &'a [Vec<Piece>],
    kinds: &'a [Kind],
    /// Right end of the text of each column.
    edges: Vec<usize>,
    has_value: Vec<bool>,
    has_ordinal: Vec<bool>,
    /// Share of lines with a blank line above, in percent.
    blanks: usize,
    /// Whether values stand on so many lines that hardly a row is without.
    dense: bool,
    /// Whether nearly every line with values is numbered, so that a line with neither goes on from
    /// the one above.
    numbered: bool,
    /// Columns of values that nearly every row fills.
    regular: Vec<usize>,
    /// For each line the one that goes on with a number it leaves unfinished.
    finished_by: Vec<Option<usize>>,
    /// Whether each line begins with a word that opens names in this table: `Program`.
    opens: Vec<bool>,
}

impl<'a> Lines<'a> {
    fn new(strips: &'a [Strip<'a>], pieces: &'a [Vec<Piece>], kinds: &'a [Kind]) -> Self {
        let mut edges = vec![0; kinds.len()];
        for piece in pieces.iter().flatten().filter(|p| p.first == p.last) {
            edges[piece.first] = edges[piece.first].max(piece.to);
        }
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
        let regular = regular(pieces, kinds);
        let with_value = has_value.iter().filter(|v| **v).count();
        let dense = with_value * 100 >= strips.len() * DENSE;
        let both = has_value.iter().zip(&has_ordinal).filter(|(v, o)| **v && **o).count();
        let numbered = with_value >= 3 && both * 100 >= with_value * NUMBERED;
        let mut lines = Self {
            strips,
            pieces,
            kinds,
            edges,
            has_value,
            has_ordinal,
            blanks,
            dense,
            numbered,
            regular,
            finished_by: Vec::new(),
            opens: Vec::new(),
        };
        lines.opens = lines.openings();
        lines.finished_by = (0..strips.len()).map(|i| lines.finishing(i)).collect();
        lines
    }

    /// The lines whose text begins with a capitalised word that begins others too, and that never
    /// goes on from the line above.
    fn openings(&self) -> Vec<bool> {
        let mut words: BTreeMap<(usize, &str), (u32, u32)> = BTreeMap::new();
        let each = |i: usize| {
            self.text_pieces(i).filter_map(move |p| {
                let word = self.text(i, p).split(' ').next()?;
                let telling = word.len() >= 5 && word.starts_with(char::is_uppercase);
                telling.then_some((p.first, word))
            })
        };
        for i in 0..self.strips.len() {
            for key in each(i) {
                let (count, continued) = words.entry(key).or_default();
                *count += 1;
                *continued += u32::from(i > 0 && self.continues(i - 1, i) > 0);
            }
        }
        let opens =
            |key| words.get(&key).is_some_and(|(count, cont)| *count >= 3 && cont * 4 <= *count);
        (0..self.strips.len()).map(|i| each(i).any(opens)).collect()
    }

    /// How many of the regular columns a row with values leaves blank.
    fn unfilled(&self, lines: &Range<usize>) -> u64 {
        let filled = |c: &&usize| {
            lines.clone().any(|i| self.pieces[i].iter().any(|p| p.first <= **c && **c <= p.last))
        };
        (self.regular.len() - self.regular.iter().filter(filled).count()) as u64
    }

    fn text(&self, line: usize, piece: &Piece) -> &str {
        self.strips[line].line.raw.get(piece.bytes.0..piece.bytes.1).unwrap_or("")
    }

    /// The cheapest division and its cost.
    fn divide(&self, standing: Standing) -> (u64, Vec<Range<usize>>) {
        let n = self.strips.len();
        let mut best = vec![(0_u64, 0_usize); n + 1];
        for end in 1..=n {
            let mut valued = 0;
            best[end] = (end.saturating_sub(TALLEST)..end)
                .rev()
                .take_while(|start| {
                    let within = valued < MOST_VALUED;
                    valued += usize::from(self.has_value[*start]);
                    within && (end - start <= TALL || valued <= 1)
                })
                .map(|start| (best[start].0 + self.cost(start..end, standing), start))
                .min()
                .unwrap_or((0, end - 1));
        }
        let mut groups = Vec::new();
        let mut end = n;
        while end > 0 {
            let start = best[end].1;
            groups.push(start..end);
            end = start;
        }
        groups.reverse();
        (best[n].0, groups)
    }

    /// How unlikely it is that these lines are one row, and that the row begins there.
    fn cost(&self, lines: Range<usize>, standing: Standing) -> u64 {
        let valued: Vec<usize> = lines.clone().filter(|i| self.has_value[*i]).collect();
        let numbered: Vec<usize> = lines.clone().filter(|i| self.has_ordinal[*i]).collect();
        let mut cost = 30;
        match valued.as_slice() {
            [] if !numbered.is_empty() => cost += 60,
            [] if self.numbered => cost += 270,
            [] => cost += if self.dense { 150 } else { 120 },
            [one] => cost += Self::standing_cost(*one, &lines, standing),
            several => {
                let (clashes, cuts) = self.clashes(several);
                cost += 100 * (several.len() as u64 - 1).saturating_sub(cuts);
                cost += 500 * clashes;
                cost += Self::standing_cost(several[several.len() / 2], &lines, standing) / 2;
            }
        }
        match numbered.as_slice() {
            [] => {}
            [one] => {
                cost += if self.has_value[*one] {
                    0
                } else {
                    Self::standing_cost(*one, &lines, standing) / 2
                }
            }
            several => cost += 500 * (several.len() as u64 - 1),
        }
        if !valued.is_empty() {
            cost += 60 * self.unfilled(&lines);
        }
        let torn = |i: &usize| self.finished_by[*i].is_some_and(|j| j >= lines.end);
        cost += 400 * lines.clone().filter(torn).count() as u64;
        cost += 160 * lines.clone().skip(1).filter(|i| self.opens[*i]).count() as u64;
        let named = lines.clone().any(|i| self.text_pieces(i).next().is_some());
        if !valued.is_empty() && !named {
            cost += 120;
        }
        for i in lines.start + 1..lines.end {
            cost += if self.strips[i].blank_above > 0 { 150 } else { 0 };
            cost += self.break_between(i - 1, i);
        }
        if lines.start > 0 {
            cost += self.continues(lines.start - 1, lines.start);
            if self.blanks >= 20 && self.strips[lines.start].blank_above == 0 {
                cost += 60;
            }
        }
        cost
    }

    /// How far the line with the values is from where values stand in this table.
    fn standing_cost(line: usize, lines: &Range<usize>, standing: Standing) -> u64 {
        let (at, count) = (line - lines.start, lines.len());
        let off = match standing {
            Standing::First => at,
            Standing::Middle => (2 * at).abs_diff(count - 1) / 2,
            Standing::Last => count - 1 - at,
        };
        150 * off as u64
    }

    /// Pairs of lines with values in one column: those that cannot be one row, and those where a
    /// wrap has cut one number in two.
    fn clashes(&self, valued: &[usize]) -> (u64, u64) {
        let (mut clashes, mut cuts) = (0, 0);
        for (k, i) in valued.iter().enumerate() {
            for j in &valued[k + 1..] {
                let mut pairs = self.pieces[*i].iter().flat_map(|p| {
                    let values = self.kinds[p.first] == Kind::Values;
                    self.pieces[*j]
                        .iter()
                        .filter(move |q| values && q.first == p.first)
                        .map(move |q| (p, q))
                });
                let Some(first) = pairs.next() else { continue };
                if std::iter::once(first).chain(pairs).all(|(p, q)| self.is_cut(*i, p, *j, q)) {
                    cuts += 1;
                } else {
                    clashes += 1;
                }
            }
        }
        (clashes, cuts)
    }

    /// The line, at most [`APART`] further down, that finishes a number of line `i`.
    fn finishing(&self, i: usize) -> Option<usize> {
        let values = self.pieces[i].iter().filter(|p| p.first == p.last);
        let values = values.filter(|p| self.kinds[p.first] == Kind::Values);
        values.filter(|p| lacks(self.text(i, p)).is_some()).find_map(|p| {
            let below = i + 1..(i + 1 + APART).min(self.pieces.len());
            let next = |j: &usize| self.pieces[*j].iter().find(|q| q.first == p.first);
            let (j, q) = { below }.find_map(|j| Some((j, next(&j)?)))?;
            finishes(self.text(i, p), self.text(j, q)).then_some(j)
        })
    }

    /// Whether a number of line `i` may go on in line `j`: it fills its column, and the second half
    /// is short.
    fn is_cut(&self, i: usize, p: &Piece, j: usize, q: &Piece) -> bool {
        let (first, second) = (self.text(i, p), self.text(j, q));
        let finished = self.finished_by[i] == Some(j);
        // A sign by itself stands over its number.
        finished && (finishes(first, second) || first == "-" && is_value(second))
            || j == i + 1
                && p.to >= self.edges[p.first]
                && first.ends_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',')
                && second.len() < first.len()
                && second.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',')
                && second.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-'))
    }

    /// Evidence that a text goes on from one line to the next, against a border between them.
    fn continues(&self, above: usize, below: usize) -> u64 {
        let mut cost = 0;
        for q in self.text_pieces(below) {
            let Some(p) = self.text_pieces(above).find(|p| p.first == q.first) else { continue };
            let (first, second) = (self.text(above, p), self.text(below, q));
            if second.starts_with(|c: char| c.is_lowercase()) && !is_list_mark(second) {
                cost += 200;
            }
            if first.ends_with(['-', '/', ',', '(']) || ends_in_link_word(first) {
                cost += 150;
            }
            if first.matches('(').count() > first.matches(')').count() && second.contains(')') {
                cost += 100;
            }
        }
        cost
    }

    /// Evidence that a text ends with its line, against joining it with the next: the next word
    /// would have fitted.
    fn break_between(&self, above: usize, below: usize) -> u64 {
        let mut cost = 0;
        for q in self.text_pieces(below) {
            let Some(p) = self.text_pieces(above).find(|p| p.first == q.first) else { continue };
            let second = self.text(below, q);
            let word = second.split(' ').next().unwrap_or("").chars().count();
            if p.to + 1 + word < self.edges[p.first] && second.starts_with(char::is_uppercase) {
                cost += 130;
            }
            if is_list_mark(second) {
                // An item with values of its own is a row.
                cost += if self.has_value[below] { 250 } else { 60 };
            }
        }
        cost
    }

    fn text_pieces(&self, line: usize) -> impl Iterator<Item = &Piece> {
        self.pieces[line].iter().filter(|p| p.first == p.last && self.kinds[p.first] == Kind::Text)
    }
}

/// How many lines further down the rest of a number stands: cells set in the middle of a row stand
/// between the lines of others.
const APART: usize = 3;

/// How many digits the last group of a number in groups lacks: `9.992.176.7` two.
fn lacks(text: &str) -> Option<usize> {
    let mut groups = text.rsplit('.');
    let last = groups.next()?;
    let whole = |group: &str| (1..=3).contains(&group.len()) && is_digits(group);
    let count = text.matches('.').count();
    (count > 0 && last.len() < 3 && (last.is_empty() || is_digits(last)) && groups.all(whole))
        .then(|| 3 - last.len())
        .filter(|lacking| count > 1 || *lacking == 3)
}

/// Whether the second number finishes the first one's groups.
fn finishes(first: &str, second: &str) -> bool {
    let head = second.split(['.', ',']).next().unwrap_or("");
    lacks(first) == Some(head.len()) && is_digits(head)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Share of the lines, in percent, with values in a table whose rows all have some.
const DENSE: usize = 40;

/// Share of the lines with values, in percent, that are numbered where every row is.
const NUMBERED: usize = 75;

/// Share of the rows, in percent, that fill a regular column.
const REGULAR: usize = 70;

/// Columns of values that nearly every row fills.
fn regular(pieces: &[Vec<Piece>], kinds: &[Kind]) -> Vec<usize> {
    let count = |c: usize| {
        pieces.iter().filter(|line| line.iter().any(|p| p.first == c && p.last == c)).count()
    };
    let values: Vec<(usize, usize)> =
        (0..kinds.len()).filter(|c| kinds[*c] == Kind::Values).map(|c| (c, count(c))).collect();
    let most = values.iter().map(|(_, n)| *n).max().unwrap_or(0);
    values.into_iter().filter(|(_, n)| n * 100 >= most * REGULAR).map(|(c, _)| c).collect()
}

/// `a. `, `1) `, `- `.
fn is_list_mark(text: &str) -> bool {
    text.starts_with("- ")
        || text.split_once(['.', ')']).is_some_and(|(mark, rest)| {
            mark.len() <= 2 && !mark.is_empty() && rest.starts_with(' ')
        })
}

static LINK_WORDS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../../../data/link-words.tsv").lines().skip(1).collect());

/// Whether a text ends in a word after which a name always goes on.
fn ends_in_link_word(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or("").to_lowercase();
    LINK_WORDS.contains(&last.as_str())
}

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

impl Standing {
    const ALL: [Self; 3] = [Self::First, Self::Middle, Self::Last];
}

/// The rows, as ranges of lines: the cheapest division under the standing that suits best.
pub(super) fn groups(
    strips: &[Strip<'_>],
    pieces: &[Vec<Piece>],
    kinds: &[Kind],
) -> Vec<Range<usize>> {
    Lines::new(strips, pieces, kinds).divide()
}

/// What the division needs to know of each line.
struct Lines<'a> {
    strips: &'a [Strip<'a>],
    pieces: &'a [Vec<Piece>],
    kinds: &'a [Kind],
    /// Right end of the text of each column.
    edges: Vec<usize>,
    has_value: Vec<bool>,
    /// The lines that hold a value.
    valued: Marked,
    /// The lines that hold an ordinal.
    ordinals: Marked,
    /// The lines that hold text.
    named: Marked,
    /// Share of lines with a blank line above, in percent.
    blanks: usize,
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
    /// What speaks against joining lines with those above them, summed up to each line.
    joined: Vec<u64>,
    /// Of each line, clashes and cuts with its first following lines, as many as a row may have.
    clashes: Vec<[(u8, u8); TALLEST]>,
}

/// Lines of which something is true.
#[derive(Default)]
struct Marked {
    lines: Vec<usize>,
    /// How many of them stand before each line.
    before: Vec<usize>,
}

impl Marked {
    fn new(is: &[bool]) -> Self {
        let lines: Vec<usize> = (0..is.len()).filter(|i| is[*i]).collect();
        let mut count = 0;
        let mut before = vec![0];
        before.extend(is.iter().map(|is| {
            count += usize::from(*is);
            count
        }));
        Self { lines, before }
    }

    fn within(&self, lines: &Range<usize>) -> &[usize] {
        &self.lines[self.before[lines.start]..self.before[lines.end]]
    }
}

/// What speaks against some lines being one row, but for where its values stand.
struct Window {
    cost: u64,
    /// The first and the last line with values.
    value: Option<(usize, usize)>,
    /// The line of the only ordinal, where it stands apart from the values.
    ordinal: Option<usize>,
}

impl<'a> Lines<'a> {
    fn new(strips: &'a [Strip<'a>], pieces: &'a [Vec<Piece>], kinds: &'a [Kind]) -> Self {
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
            edges,
            valued: Marked::new(&has_value),
            ordinals: Marked::new(&has_ordinal),
            named: Marked::default(),
            has_value,
            blanks,
            dense,
            numbered,
            filled: filled(pieces, &regular(pieces, kinds)),
            finished_by: Vec::new(),
            opens: Marked::default(),
            continued: Vec::new(),
            joined: Vec::new(),
            clashes: Vec::new(),
        };
        let named: Vec<bool> =
            (0..strips.len()).map(|i| lines.text_pieces(i).next().is_some()).collect();
        lines.named = Marked::new(&named);
        lines.continued =
            (0..strips.len()).map(|i| if i > 0 { lines.continues(i - 1, i) } else { 0 }).collect();
        let mut sum = 0;
        lines.joined = (0..strips.len())
            .map(|i| {
                if i > 0 {
                    sum += if strips[i].blank_above > 0 { 150 } else { 0 };
                    sum += lines.break_between(i - 1, i);
                }
                sum
            })
            .collect();
        lines.finished_by = (0..strips.len()).map(|i| lines.finishing(i)).collect();
        lines.clashes = (0..strips.len()).map(|i| lines.clashes_below(i)).collect();
        lines.opens = Marked::new(&lines.openings());
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
                *continued += u32::from(self.continued[i] > 0);
            }
        }
        let opens =
            |key| words.get(&key).is_some_and(|(count, cont)| *count >= 3 && cont * 4 <= *count);
        (0..self.strips.len()).map(|i| each(i).any(opens)).collect()
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
    fn divide(&self) -> Vec<Range<usize>> {
        let n = self.strips.len();
        // Up to each line, the least cost under each standing and where its last row begins.
        let mut best = vec![[(0_u64, 0_usize); Standing::ALL.len()]];
        let mut blocks = Blocks::new(self.kinds);
        for end in 1..=n {
            let from = end.saturating_sub(TALLEST);
            let mut least = [(u64::MAX, from); Standing::ALL.len()];
            blocks.clear();
            for (start, before) in (from..end).zip(&best[from..]).rev() {
                let lines = start..end;
                blocks.add(start, &self.pieces[start]);
                let valued = self.valued.within(&lines).len();
                if valued > MOST_VALUED || (lines.len() > TALL && valued > 1) {
                    continue;
                }
                let window = self.window(&lines);
                for ((least, before), standing) in least.iter_mut().zip(before).zip(Standing::ALL) {
                    let cost = before.0
                        + Self::cost(&window, &lines, standing)
                        + blocks.cost(&lines, standing);
                    *least = (*least).min((cost, start));
                }
            }
            best.push(least);
        }
        let standing = (0..Standing::ALL.len()).min_by_key(|s| best[n][*s].0).unwrap_or(0);
        let mut groups = Vec::new();
        let mut end = n;
        while end > 0 {
            let start = best[end][standing].1;
            groups.push(start..end);
            end = start;
        }
        groups.reverse();
        groups
    }

    /// How unlikely it is that these lines are one row, and that the row begins there.
    fn cost(window: &Window, lines: &Range<usize>, standing: Standing) -> u64 {
        let value = window.value.map_or(0, |(first, last)| {
            let cost = Self::standing_cost(first, last, lines, standing);
            if first < last { cost / 2 } else { cost }
        });
        let ordinal =
            window.ordinal.map_or(0, |line| Self::standing_cost(line, line, lines, standing) / 2);
        window.cost + value + ordinal
    }

    /// What is the same wherever the values of a row stand.
    fn window(&self, lines: &Range<usize>) -> Window {
        let valued = self.valued.within(lines);
        let numbered = self.ordinals.within(lines);
        let mut window = Window { cost: 30, value: None, ordinal: None };
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
                100 * (several.len() as u64 - 1).saturating_sub(cuts) + 500 * clashes
            }
        };
        match numbered {
            [] => {}
            [one] => window.ordinal = (!self.has_value[*one]).then_some(*one),
            several => window.cost += 500 * (several.len() as u64 - 1),
        }
        if !valued.is_empty() {
            window.cost += 60 * self.unfilled(lines);
        }
        let torn = |i: &usize| self.finished_by[*i].is_some_and(|j| j >= lines.end);
        window.cost += 400 * valued.iter().filter(|i| torn(i)).count() as u64;
        window.cost += 160 * self.opens.within(&(lines.start + 1..lines.end)).len() as u64;
        if !valued.is_empty() && self.named.within(lines).is_empty() {
            window.cost += 120;
        }
        window.cost += self.joined[lines.end - 1] - self.joined[lines.start];
        if lines.start > 0 {
            window.cost += self.continued[lines.start];
            if self.blanks >= 20 && self.strips[lines.start].blank_above == 0 {
                window.cost += 60;
            }
        }
        window
    }

    /// How far the lines with the values are from where values stand in this table.
    fn standing_cost(first: usize, last: usize, lines: &Range<usize>, standing: Standing) -> u64 {
        let (above, below) = (first - lines.start, lines.end - 1 - last);
        // In half lines: of two lines neither is the middle.
        let off = match standing {
            Standing::First => 2 * above,
            Standing::Middle => above.abs_diff(below),
            Standing::Last => 2 * below,
        };
        75 * off as u64
    }

    /// Pairs of lines with values in one column: those that cannot be one row, and those where a
    /// wrap has cut one number in two.
    fn clashes(&self, valued: &[usize], end: usize) -> (u64, u64) {
        valued.iter().fold((0, 0), |sum, i| {
            let (clashes, cuts) = self.clashes[*i][end - 1 - i];
            (sum.0 + u64::from(clashes), sum.1 + u64::from(cuts))
        })
    }

    /// The clashes and cuts of a line with those below it, summed up to each of them.
    fn clashes_below(&self, i: usize) -> [(u8, u8); TALLEST] {
        let mut below = [(0, 0); TALLEST];
        if !self.has_value[i] {
            return below;
        }
        for j in i + 1..self.strips.len().min(i + TALLEST) {
            below[j - i] = below[j - i - 1];
            if !self.has_value[j] {
                continue;
            }
            let mut pairs = self.pieces[i].iter().flat_map(|p| {
                let values = self.kinds[p.first] == Kind::Values;
                // A word below a value is its unit, which the column wrapped.
                let states = move |q: &&Piece| {
                    let text = self.text(j, q);
                    text != "%" && !text.starts_with(char::is_lowercase)
                };
                self.pieces[j]
                    .iter()
                    .filter(move |q| values && q.first == p.first)
                    .filter(states)
                    .map(move |q| (p, q))
            });
            let Some(first) = pairs.next() else { continue };
            if std::iter::once(first).chain(pairs).all(|(p, q)| self.is_cut(i, p, j, q)) {
                below[j - i].1 += 1;
            } else {
                below[j - i].0 += 1;
            }
        }
        below
    }

    /// Whether a number of line `i` may go on in line `j`: it fills its column, and the second half
    /// is short.
    fn is_cut(&self, i: usize, p: &Piece, j: usize, q: &Piece) -> bool {
        let (first, second) = (self.text(i, p), self.text(j, q));
        let finished = self.finished_by[i] == Some(j);
        // A sign by itself stands over its number.
        finished && (finishes(first, second) || first == "-" && is_value(second))
            || j <= i + 2 && self.is_sign(i, p, q)
            || j == i + 1
                && p.to >= self.edges[p.first]
                && first.ends_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',')
                && second.len() < first.len()
                && second.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',')
                && second.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-'))
    }

    /// Whether a dash is the sign of a number below it: it is the only value of its line where rows
    /// have several, and stands at the left of its column.
    fn is_sign(&self, i: usize, p: &Piece, number: &Piece) -> bool {
        let values = self.pieces[i].iter().filter(|p| self.kinds[p.first] == Kind::Values);
        let columns = self.filled.first().map_or(0, Vec::len);
        columns >= 2
            && 2 * p.to <= number.from + number.to
            && self.text(i, p) == "-"
            && values.count() == 1
    }

    /// The line, at most [`APART`] further down, that finishes a number of line `i`.
    fn finishing(&self, i: usize) -> Option<usize> {
        let values = self.pieces[i].iter().filter(|p| p.first == p.last);
        let values = values.filter(|p| self.kinds[p.first] == Kind::Values);
        values.filter(|p| lacks(self.text(i, p)).is_some()).find_map(|p| {
            let mut below = i + 1..(i + 1 + APART).min(self.pieces.len());
            let next = |j: &usize| self.pieces[*j].iter().find(|q| q.first == p.first);
            let (j, q) = below.find_map(|j| Some((j, next(&j)?)))?;
            finishes(self.text(i, p), self.text(j, q)).then_some(j)
        })
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
            let (first, second) = (self.text(above, p), self.text(below, q));
            let word = second.split(' ').next().unwrap_or("").chars().count();
            if p.to + 1 + word < self.edges[p.first] && second.starts_with(char::is_uppercase) {
                cost += 130;
            }
            if is_capitals(first) && begins_small(second)
                || begins_small(first) && is_capitals(second)
            {
                cost += OTHER_CASE;
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

/// The lines that each column fills within a row.
struct Blocks {
    columns: Vec<Option<(usize, usize)>>,
    texts: Vec<bool>,
}

impl Blocks {
    fn new(kinds: &[Kind]) -> Self {
        Self {
            columns: vec![None; kinds.len()],
            texts: kinds.iter().map(|kind| *kind == Kind::Text).collect(),
        }
    }

    fn clear(&mut self) {
        self.columns.fill(None);
    }

    /// Adds the line above those added before.
    fn add(&mut self, line: usize, pieces: &[Piece]) {
        for piece in pieces.iter().filter(|p| p.first == p.last && self.texts[p.first]) {
            self.columns[piece.first].get_or_insert((line, line)).0 = line;
        }
    }

    /// How far the texts of a row stand from where the texts of a row stand in this table.
    fn cost(&self, lines: &Range<usize>, standing: Standing) -> u64 {
        let cost = |(first, last): &(usize, usize)| {
            let (above, below) = (first - lines.start, lines.end - 1 - last);
            let off = match standing {
                Standing::First => 2 * above,
                Standing::Middle => above.abs_diff(below),
                Standing::Last => 2 * below,
            };
            (TEXT_OFF * off.saturating_sub(1) as u64).min(TEXT_MOST)
        };
        self.columns.iter().flatten().map(cost).sum()
    }
}

const TEXT_OFF: u64 = 15;
const TEXT_MOST: u64 = 90;

/// What speaks against one text in capitals and in small letters.
const OTHER_CASE: u64 = 120;
/// Fewest letters that tell capitals from an abbreviation.
const FEWEST_CAPITALS: usize = 6;

/// Whether a text is all in capitals.
fn is_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= FEWEST_CAPITALS && !text.chars().any(char::is_lowercase)
}

/// Whether a text's first word is in small letters, but for the first.
fn begins_small(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or("");
    word.len() >= FEWEST_CAPITALS && word.chars().skip(1).all(|c| !c.is_uppercase())
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

/// Share of the texts of a column, in percent, that end at its right edge or before: a title of a
/// group may run on over it.
const EDGE: usize = 95;

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

/// Of each line, the last line up to it that fills each of these columns, counted from 1.
fn filled(pieces: &[Vec<Piece>], columns: &[usize]) -> Vec<Vec<u32>> {
    let mut last = vec![0; columns.len()];
    (1..)
        .zip(pieces)
        .map(|(line, pieces)| {
            for (last, column) in last.iter_mut().zip(columns) {
                if pieces.iter().any(|p| p.first <= *column && *column <= p.last) {
                    *last = line;
                }
            }
            last.clone()
        })
        .collect()
}

/// `a. `, `1) `, `- `.
fn is_list_mark(text: &str) -> bool {
    let mark = text.bytes().take(3).position(|b| matches!(b, b'.' | b')'));
    text.starts_with("- ")
        || mark.is_some_and(|at| at > 0 && text.as_bytes().get(at + 1) == Some(&b' '))
}

static LINK_WORDS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../../../data/link-words.tsv").lines().skip(1).collect());

/// Whether a text ends in a word after which a name always goes on.
fn ends_in_link_word(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or("").to_lowercase();
    LINK_WORDS.contains(&last.as_str())
}

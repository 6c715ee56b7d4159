//! Columns that stand so close that a line has only one space between them.
//!
//! A word that begins where other lines begin a cell begins a cell too: `0009 SKPD` over
//! `     Daerah`; and a number that ends where others end a cell ends one: `100,00 4 Dokumen` under
//! `100          7`. The evidence for such a *border* adds up over all lines: those with a cell that
//! begins or ends there beside a gap speak for it, words that run through it against it.

use super::columns::is_row;
use super::kinds::is_ordinal;
use super::numbers::column_numbers;
use super::segment::{Segment, Strip, is_currency};

/// Where the cells of a column begin, in characters; a line may be off by [`SLACK`].
pub(super) type Border = usize;

/// How far the beginnings of one column's cells lie apart, in characters, within one printed row.
const SLACK: usize = 1;
/// How far they lie apart from row to row: a long cell pushes what follows it to the right.
const DRIFT: usize = 4;
/// Fewest lines that begin or end a cell at a border.
const FEWEST: u32 = 3;
/// Longest number that has a unit behind it, in bytes.
pub(super) const LONGEST_QUANTITY: usize = 6;

/// What the lines say about one place.
#[derive(Clone, Copy, Default)]
struct Votes {
    /// Cells that begin (end) here with a gap before (behind) them.
    cells: u32,
    /// Words that begin (end) here with one space before (behind) them.
    words: u32,
    /// The same behind the number of a row at the beginning of the line.
    numbered: u32,
}

/// A word of a line.
struct Word {
    from: usize,
    to: usize,
    /// The same in bytes.
    bytes: (usize, usize),
    /// Spaces before it; [`usize::MAX`] at the beginning of the line.
    gap: usize,
    kind: WordKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum WordKind {
    /// The number of a row at the beginning of its line.
    Numbering,
    /// Digits with separators.
    Number,
    /// The unit of the number before it: `350 Buah`.
    Unit,
    /// A sign between the words of one cell, `TW 1 : 80`, or before a number, `Rp`.
    Sign,
    Other,
}

/// Cuts the segments of lines where columns touch; returns where.
pub(super) fn part(strips: &mut [Strip<'_>]) -> Vec<Border> {
    let heads = column_numbers(strips).map_or(0, |numbers| numbers.end);
    let Some(first) = strips[heads..].iter().position(is_row) else { return Vec::new() };
    let first = heads + first;
    let words: Vec<Vec<Word>> = strips[first..].iter().map(words).collect();
    let through = Through::of(&words);
    let begins = begins(&words, &through);
    let ends = ends(&words, &through);
    // Behind their numbers, names begin at one border, wherever it has drifted to.
    let behind = |line: &[Word]| match line {
        [number, name, ..] => number.kind == WordKind::Numbering && name.gap == 1,
        _ => false,
    };
    let named: Vec<&Vec<Word>> = words.iter().filter(|line| behind(line)).collect();
    let numbered: Vec<Border> = begins
        .iter()
        .copied()
        .filter(|b| named.iter().filter(|line| is_near(&[*b], line[1].from, SLACK)).count() >= 2)
        .collect();
    let codes = codes(&strips[first..], &words);
    for (strip, words) in strips[first..].iter_mut().zip(&words) {
        if let ([code, name, ..], true) = (words.as_slice(), codes.is_some())
            && name.gap == 1
            && is_code(strip, code)
        {
            cut(&mut strip.segments, code, name);
        }
        for pair in words.windows(2).filter(|pair| pair[1].gap == 1) {
            let [before, word] = pair else { continue };
            let within = word.kind == WordKind::Sign || before.kind == WordKind::Sign;
            if word.kind != WordKind::Unit
                && !within
                && (is_near(&begins, word.from, SLACK)
                    || before.kind == WordKind::Numbering && is_near(&numbered, word.from, DRIFT)
                    || before.kind == WordKind::Number && is_near(&ends, before.to, SLACK))
            {
                cut(&mut strip.segments, before, word);
            }
        }
    }
    let mut borders = begins;
    borders.extend(ends.iter().map(|end| end + 1));
    borders.extend(codes);
    borders.sort_unstable();
    borders.dedup();
    borders
}

/// Where names begin behind the codes of a table that has a column of them: in the middle of all.
fn codes(strips: &[Strip<'_>], words: &[Vec<Word>]) -> Option<Border> {
    let mut names: Vec<Border> = strips
        .iter()
        .zip(words)
        .filter_map(|(strip, line)| match line.as_slice() {
            [code, name, ..] if name.gap == 1 && is_code(strip, code) => Some(name.from),
            _ => None,
        })
        .collect();
    names.sort_unstable();
    (names.len() >= FEWEST as usize).then(|| names[names.len() / 2])
}

/// Whether a word is a code of several levels: `7.01.02`.
fn is_code(strip: &Strip<'_>, word: &Word) -> bool {
    let text = strip.line.raw.get(word.bytes.0..word.bytes.1).unwrap_or("");
    word.kind == WordKind::Numbering && text.trim_end_matches('.').matches('.').count() >= 2
}

/// The words of a line.
fn words(strip: &Strip<'_>) -> Vec<Word> {
    let raw = strip.line.raw;
    let mut words: Vec<Word> = Vec::with_capacity(strip.words.len());
    for Segment { from, to, bytes } in strip.words.iter().copied() {
        let gap = words.last().map_or(usize::MAX, |last| from - last.to);
        words.push(Word { from, to, bytes, gap, kind: WordKind::Other });
    }
    for at in 0..words.len() {
        let text = |word: &Word| raw.get(word.bytes.0..word.bytes.1).unwrap_or("");
        let (word, before) = (&words[at], at.checked_sub(1).map(|before| &words[before]));
        let ends = words.get(at + 1).is_none_or(|next| next.gap > 1);
        let quantity = before.filter(|b| b.kind == WordKind::Number).map(text);
        words[at].kind = if at == 0 && is_ordinal(text(word)) {
            WordKind::Numbering
        } else if matches!(text(word), ":" | "=" | "/" | "&" | "+" | ">" | "<" | "≥" | "≤")
            || words.get(at + 1).is_some_and(|next| next.gap == 1) && is_currency(text(word))
        {
            WordKind::Sign
        } else if is_number(text(word)) {
            WordKind::Number
        } else if word.gap == 1 && ends && quantity.is_some_and(|q| is_unit(text(word), q)) {
            WordKind::Unit
        } else {
            WordKind::Other
        };
    }
    words
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
}

/// Whether a word can be the unit of a number: amounts of money have none, and decimals none but `%`.
fn is_unit(word: &str, number: &str) -> bool {
    number.len() <= LONGEST_QUANTITY
        && (word == "%" || word.starts_with(char::is_alphabetic) && !number.contains(','))
}

/// How many words run through each place.
struct Through(Vec<u32>);

impl Through {
    fn of(lines: &[Vec<Word>]) -> Self {
        let width = lines.iter().flatten().map(|w| w.to).max().unwrap_or(0);
        let mut change = vec![0_i32; width + 2];
        for word in lines.iter().flatten() {
            // Words that begin or end within the slack do not run through.
            let (from, to) = (word.from + SLACK + 1, word.to.saturating_sub(SLACK));
            if from < to {
                change[from] += 1;
                change[to] -= 1;
            }
        }
        let mut depth = 0;
        let sum = |step: &i32| {
            depth += step;
            depth as u32
        };
        Self(change.iter().map(sum).collect())
    }

    /// The places at which the votes outweigh the words that run through.
    fn borders(&self, votes: &[Votes]) -> Vec<Border> {
        let near = |x: usize| {
            let range = x.saturating_sub(SLACK)..(x + SLACK + 1).min(votes.len());
            votes[range].iter().fold(Votes::default(), |a, b| Votes {
                cells: a.cells + b.cells,
                words: a.words + b.words,
                numbered: a.numbered + b.numbered,
            })
        };
        let mut best: Vec<(Border, u32)> = Vec::new();
        for x in (0..votes.len()).filter(|x| votes[*x].words > 0) {
            let vote = near(x);
            let all = vote.cells + vote.words;
            let numbered = vote.numbered >= FEWEST && vote.numbered * 5 >= vote.words * 4;
            if all < FEWEST || self.0[x] * 4 > all || vote.cells < 2 && !numbered {
                continue;
            }
            match best.last_mut() {
                Some(last) if x - last.0 <= SLACK => {
                    if all > last.1 {
                        *last = (x, all);
                    }
                }
                _ => best.push((x, all)),
            }
        }
        best.into_iter().map(|(x, _)| x).collect()
    }
}

/// The places where cells begin that touch the ones before them.
fn begins(lines: &[Vec<Word>], through: &Through) -> Vec<Border> {
    let of = |kind: fn(WordKind) -> bool| begins_of(lines, through, kind);
    let mut begins = of(|kind| kind == WordKind::Number);
    begins.extend(of(|kind| kind != WordKind::Number));
    begins.sort_unstable();
    begins.dedup();
    begins
}

/// The same for words of some kinds: a text says nothing about where the numbers of a column begin.
fn begins_of(
    lines: &[Vec<Word>],
    through: &Through,
    kind: impl Fn(WordKind) -> bool,
) -> Vec<Border> {
    let mut votes = vec![Votes::default(); through.0.len()];
    // Where texts begin, `1.` is an item of a list and no column.
    let mut texts = vec![false; through.0.len()];
    for line in lines {
        for (at, word) in line.iter().enumerate().filter(|(_, w)| w.kind == WordKind::Other) {
            let numbered = at == 1 && line[0].kind == WordKind::Numbering && line[0].gap > 1;
            texts[word.from] |= word.gap > 1 || numbered;
        }
    }
    let is_item = |word: &Word| {
        let range = word.from.saturating_sub(SLACK)..(word.from + SLACK + 1).min(texts.len());
        texts[range].contains(&true)
    };
    for line in lines {
        for (at, word) in line.iter().enumerate().filter(|(_, word)| kind(word.kind)) {
            let vote = &mut votes[word.from];
            if word.gap > 1 {
                vote.cells += 1;
            } else if !matches!(word.kind, WordKind::Unit | WordKind::Sign) {
                let before = at.checked_sub(1).map(|at| &line[at]);
                if before.is_some_and(|w| w.kind == WordKind::Sign) {
                    continue;
                }
                vote.words += 1;
                // Two numbers are two cells.
                let number = |w: &Word| w.kind == WordKind::Number;
                vote.cells += u32::from(number(word) && before.is_some_and(number));
                let numbered = |w: &Word| w.kind == WordKind::Numbering && !is_item(w);
                vote.numbered += u32::from(before.is_some_and(numbered));
            }
        }
    }
    through.borders(&votes)
}

/// The places where numbers end that touch the cells behind them.
fn ends(lines: &[Vec<Word>], through: &Through) -> Vec<Border> {
    let mut votes = vec![Votes::default(); through.0.len()];
    let mut starts = vec![None; through.0.len()];
    for line in lines {
        for (at, word) in line.iter().enumerate().filter(|(_, w)| w.kind == WordKind::Number) {
            let vote = &mut votes[word.to];
            match line.get(at + 1) {
                Some(next) if next.gap == 1 => {
                    if matches!(next.kind, WordKind::Unit | WordKind::Sign) {
                        continue;
                    }
                    vote.words += 1;
                    // No unit follows an amount.
                    vote.cells += u32::from(word.to - word.from > LONGEST_QUANTITY);
                }
                _ => vote.cells += 1,
            }
            // Numbers of several lengths end together because their column is set to the right.
            if *starts[word.to].get_or_insert(word.from) != word.from {
                vote.cells += 1;
            }
        }
    }
    through.borders(&votes)
}

fn is_near(borders: &[Border], x: usize, reach: usize) -> bool {
    borders.iter().any(|b| b.abs_diff(x) <= reach)
}

/// Cuts the segment that two words stand in between them.
fn cut(segments: &mut Vec<Segment>, before: &Word, word: &Word) {
    let Some(at) = segments.iter().position(|s| s.from < word.from && word.from < s.to) else {
        return;
    };
    let right =
        Segment { from: word.from, bytes: (word.bytes.0, segments[at].bytes.1), ..segments[at] };
    let left = &mut segments[at];
    left.to = before.to;
    left.bytes.1 = before.bytes.1;
    segments.insert(at + 1, right);
}

/// The borders with those of one column made one: no line begins a cell at two of them.
pub(super) fn united(borders: &[Border], strips: &[Strip<'_>]) -> Vec<Border> {
    let mut united: Vec<Border> = Vec::new();
    for border in borders {
        let both = |last: usize| {
            strips.iter().any(|s| {
                let begins = |b: usize| s.segments.iter().any(|g| g.from.abs_diff(b) <= SLACK);
                begins(last) && begins(*border)
            })
        };
        match united.last() {
            Some(last) if border - last <= DRIFT && !both(*last) => {}
            _ => united.push(*border),
        }
    }
    united
}

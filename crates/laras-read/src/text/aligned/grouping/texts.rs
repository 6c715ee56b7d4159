//! Texts of neighbouring lines: whether the second goes on from the first.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::Piece;
use super::Lines;
use super::opening::begins;

impl Lines<'_> {
    /// The lines whose text begins with a capitalised word that begins others too, and that never
    /// goes on from the line above. Where most numbers of rows stand beside such a word, only words
    /// beside numbers count: `Perangkat Daerah` begins many a second line.
    pub(super) fn openings(&self) -> Vec<bool> {
        let mut words: BTreeMap<(usize, &str), Opening> = BTreeMap::new();
        let each = |i: usize| {
            self.text_pieces(i).filter_map(move |p| {
                let word = self.text(i, p).split(' ').next()?;
                let telling = word.len() >= 5 && word.starts_with(char::is_uppercase);
                telling.then_some((p.first, word))
            })
        };
        let is_numbered = |i: usize| !self.ordinals.within(&(i..i + 1)).is_empty();
        for i in 0..self.strips.len() {
            for key in each(i) {
                let opening = words.entry(key).or_default();
                opening.lines += 1;
                opening.continued += u32::from(self.continued[i] > 0);
                opening.numbered += u32::from(is_numbered(i));
            }
        }
        words.retain(|_, word| word.lines >= 3 && word.continued * 4 <= word.lines);
        let numbered = &self.ordinals.lines;
        let beside = |i: &&usize| each(**i).any(|key| words.contains_key(&key));
        let on_top =
            numbered.len() >= 3 && numbered.iter().filter(beside).count() * 2 >= numbered.len();
        if on_top {
            words.retain(|_, word| word.numbered * 2 >= word.lines);
        }
        (0..self.strips.len()).map(|i| each(i).any(|key| words.contains_key(&key))).collect()
    }

    /// Evidence that a text goes on from one line to the next, against a border between them.
    pub(super) fn continues(&self, above: usize, below: usize) -> u64 {
        let mut cost = 0;
        for q in self.text_pieces(below) {
            let Some(p) = self.text_pieces(above).find(|p| p.first == q.first) else { continue };
            let (first, second) = (self.text(above, p), self.text(below, q));
            if second.starts_with(|c: char| c.is_lowercase()) && !is_list_mark(second) {
                cost += 270;
            }
            if first.ends_with(['-', '/', ',', '(']) || ends_in_link_word(first) {
                cost += 200;
            }
            // `(Unit)` says what the name above counts.
            if second.starts_with('(') {
                cost += 150;
            }
            if first.matches('(').count() > first.matches(')').count() && second.contains(')') {
                cost += 100;
            }
        }
        cost
    }

    /// Weaker evidence that texts go on from one line to the next: the first is full, and the second
    /// begins with a word that stands inside names.
    pub(super) fn leans(&self, above: usize, below: usize) -> u64 {
        let mut cost = 0;
        for q in self.text_pieces(below) {
            let Some(p) = self.text_pieces(above).find(|p| p.first == q.first) else { continue };
            let second = self.text(below, q);
            if self.is_full(p, second) {
                cost += self.full[p.first];
            }
            cost += (-begins(second)).clamp(0, MOST_OPENING) as u64 * OPENING / 100;
            if self.neighbours.join(self.text(above, p), second) {
                cost += NEIGHBOURS;
            }
        }
        cost
    }

    /// Whether the first word of the next line would not have fitted into this one.
    fn is_full(&self, p: &Piece, next: &str) -> bool {
        let word = next.split(' ').next().unwrap_or("").chars().count();
        let edge = self.edges[p.first];
        p.to <= edge && p.to + 1 + word > edge
    }

    /// For each column, what speaks for a text going on whose line is full: the less, the more texts
    /// end with a full line there.
    pub(super) fn full_lines(&self) -> Vec<u64> {
        let mut ends = vec![(0_u64, 0_u64); self.kinds.len()];
        for i in 0..self.strips.len() {
            for p in self.text_pieces(i) {
                let next = self.pieces.get(i + 1).into_iter().flatten();
                if next.clone().any(|q| q.first <= p.first && p.first <= q.last) {
                    continue;
                }
                let (full, all) = &mut ends[p.first];
                *all += 1;
                *full += u64::from(p.to + 1 + USUAL_WORD > self.edges[p.first]);
            }
        }
        ends.into_iter().map(|(full, all)| FULL * (all - full) / (all + 2)).collect()
    }

    /// Evidence that a text ends with its line, against joining it with the next: the next word
    /// would have fitted.
    pub(super) fn break_between(&self, above: usize, below: usize) -> u64 {
        let mut cost = 0;
        for q in self.text_pieces(below) {
            let Some(p) = self.text_pieces(above).find(|p| p.first == q.first) else { continue };
            let (first, second) = (self.text(above, p), self.text(below, q));
            let word = second.split(' ').next().unwrap_or("").chars().count();
            if p.to + 1 + word < self.edges[p.first] && second.starts_with(char::is_uppercase) {
                cost += 50;
            }
            cost += begins(second).clamp(0, MOST_OPENING) as u64 * OPENING / 100;
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
}

/// How often a word begins lines.
#[derive(Default)]
struct Opening {
    lines: u32,
    /// Of these, the lines that go on from the one above.
    continued: u32,
    /// And those with the number of a row.
    numbered: u32,
}

/// What a first word costs by the logarithm of its odds.
const OPENING: u64 = 30;
/// Most that it says, in hundredths.
const MOST_OPENING: i64 = 500;
/// What speaks for a text going on whose line is full, where no other ends so.
const FULL: u64 = 130;
/// What speaks for a text going on whose words on both sides are neighbours elsewhere.
const NEIGHBOURS: u64 = 120;
/// Letters of a usual word.
const USUAL_WORD: usize = 6;
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

/// `a. `, `1) `, `- `.
fn is_list_mark(text: &str) -> bool {
    let mark = text.bytes().take(3).position(|b| matches!(b, b'.' | b')'));
    text.starts_with("- ")
        || mark.is_some_and(|at| at > 0 && text.as_bytes().get(at + 1) == Some(&b' '))
}

static LINK_WORDS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../../../../data/link-words.tsv").lines().skip(1).collect());

/// Whether a text ends in a word after which a name always goes on.
fn ends_in_link_word(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or("");
    LINK_WORDS.iter().any(|word| last.eq_ignore_ascii_case(word))
}

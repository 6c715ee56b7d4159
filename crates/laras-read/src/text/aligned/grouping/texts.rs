//! Texts of neighbouring lines: whether the second goes on from the first.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Lines;
use super::opening::begins;

impl Lines<'_> {
    /// The lines whose text begins with a capitalised word that begins others too, and that never
    /// goes on from the line above. Where most numbers of rows stand beside such a word, only words
    /// beside numbers count: `Perangkat Daerah` begins many a second line.
    pub(super) fn openings(&self) -> Vec<usize> {
        let mut words: FxHashMap<(usize, &str), Opening> = FxHashMap::default();
        let mut begun: Vec<(usize, (usize, &str))> = Vec::new();
        for (i, line) in self.facts.iter().enumerate() {
            for p in self.text_pieces(i) {
                let word = self.text(i, p).split(' ').next().unwrap_or("");
                if word.len() < 5 || !word.starts_with(char::is_uppercase) {
                    continue;
                }
                begun.push((i, (p.first, word)));
                let opening = words.entry((p.first, word)).or_default();
                opening.lines += 1;
                opening.continued += u32::from(line.continued > 0);
                opening.numbered += u32::from(line.has_ordinal);
            }
        }
        words.retain(|_, word| word.lines >= 3 && word.continued * 4 <= word.lines);
        begun.retain(|(_, word)| words.contains_key(word));
        let lines = |begun: &[(usize, (usize, &str))]| {
            let mut lines: Vec<usize> = begun.iter().map(|(line, _)| *line).collect();
            lines.dedup();
            lines
        };
        let found = lines(&begun);
        let numbered = self.facts.iter().filter(|line| line.has_ordinal).count();
        let beside = found.iter().filter(|line| self.facts[**line].has_ordinal).count();
        if numbered < 3 || beside * 2 < numbered {
            return found;
        }
        begun.retain(|(_, word)| words[word].numbered * 2 >= words[word].lines);
        lines(&begun)
    }

    /// What the texts of two neighbouring lines say about each other.
    pub(super) fn evidence(&self, above: usize, below: usize) -> Evidence {
        let mut found = Evidence::default();
        for q in self.text_pieces(below) {
            let Some(p) = self.text_pieces(above).iter().find(|p| p.first == q.first) else {
                continue;
            };
            let (first, second) = (self.text(above, p), self.text(below, q));
            let is_mark = is_list_mark(second);
            let opens = begins(second);
            let word = second.split(' ').next().unwrap_or("").chars().count();
            let edge = self.edges[p.first];
            found.continues += continues(first, second, is_mark);
            if p.to <= edge && p.to + 1 + word > edge {
                found.leans += self.full[p.first];
            }
            found.leans += (-opens).clamp(0, MOST_OPENING) as u64 * OPENING / 100;
            if self.neighbours.join(first, second) {
                found.leans += NEIGHBOURS;
            }
            if p.to + 1 + word < edge && second.starts_with(char::is_uppercase) {
                found.breaks += 50;
            }
            found.breaks += opens.clamp(0, MOST_OPENING) as u64 * OPENING / 100;
            if is_capitals(first) && begins_small(second)
                || begins_small(first) && is_capitals(second)
            {
                found.breaks += OTHER_CASE;
            }
            if is_mark {
                // An item with values of its own is a row.
                found.breaks += if self.facts[below].has_value { 250 } else { 60 };
            }
        }
        found
    }

    /// What the texts of two lines say about each other between which a line of other columns stands:
    /// cells of an odd and of an even number of lines that are set in the middle of one row.
    pub(super) fn evidence_over(&self, above: usize, below: usize) -> Evidence {
        let columns = |line: usize| self.facts[line].columns;
        if columns(above + 1) & (columns(above) | columns(below)) != 0 {
            return Evidence::default();
        }
        self.evidence(above, below)
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
}

/// What the texts of two neighbouring lines say about each other.
#[derive(Clone, Copy, Default)]
pub(super) struct Evidence {
    /// That they go on from the first to the second, against a border between them.
    pub(super) continues: u64,
    /// The same, weaker: the first is full, and the second begins with a word that stands inside
    /// names.
    pub(super) leans: u64,
    /// That they end with the first, against joining it with the second: the next word would have
    /// fitted.
    pub(super) breaks: u64,
}

/// Evidence that a text goes on with another.
fn continues(first: &str, second: &str, is_mark: bool) -> u64 {
    let mut cost = 0;
    if !is_mark && second.starts_with(|c: char| c.is_lowercase()) {
        cost += 270;
    }
    if first.ends_with(['-', '/', ',', '(']) || ends_in_link_word(first) {
        cost += 200;
    }
    // `(Unit)` says what the name above counts.
    if second.starts_with('(') {
        cost += 150;
    }
    let count = |mark: u8| first.bytes().filter(|b| *b == mark).count();
    if second.contains(')') && count(b'(') > count(b')') {
        cost += 100;
    }
    cost
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
    // Most texts show by their second letter that they are not.
    if text.bytes().any(|b| b.is_ascii_lowercase()) {
        return false;
    }
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

//! Numbers, dates and personal numbers in running text, with what they speak of.

use std::fmt::Write as _;
use std::sync::LazyLock;

use laras_model::{Block, BlockKind, Extraction, Measure, Mention, MentionKind, Part, Place};
use laras_number::date::{DateSpan, Point};
use laras_number::{Mentioned, Reading, find};

/// Characters of the clause before a number that say what it is of.
const CLAUSE: usize = 90;

/// A mention and what the grammar read.
pub(crate) struct Read {
    pub(crate) mention: Mention,
    pub(crate) what: Mentioned,
    /// The block it stands in.
    pub(crate) block: usize,
    /// Bytes of the block's text.
    pub(crate) range: std::ops::Range<usize>,
}

/// Whether a block is running text.
pub(crate) fn is_prose(block: &Block) -> bool {
    matches!(
        block.kind,
        BlockKind::Paragraph
            | BlockKind::ListItem
            | BlockKind::Heading
            | BlockKind::Title
            | BlockKind::Signature
            | BlockKind::Formula
    )
}

/// A year that running text cites a decree of.
pub(crate) struct Cited {
    pub(crate) year: u16,
    /// The block it stands in.
    pub(crate) block: usize,
    /// Bytes of the block's text.
    pub(crate) range: std::ops::Range<usize>,
}

/// Mentions that there is room for from the beginning: many reports have no more.
const USUAL: usize = 64;

/// Every mention of the report, in reading order, and the decrees it cites.
pub(crate) fn mentions(extraction: &Extraction) -> (Vec<Read>, Vec<Cited>) {
    let mut all = Vec::with_capacity(USUAL);
    let mut cited = Vec::new();
    for (b, block) in extraction.blocks.iter().enumerate().filter(|(_, b)| is_prose(b)) {
        if !has_digit(&block.text) {
            continue;
        }
        let part = part_of(&extraction.parts, &block.place);
        let mut lines = Lines::new(&block.text);
        for found in find(&block.text) {
            if let Mentioned::Citation { year: Some(year) } = found.what {
                cited.push(Cited { year, block: b, range: found.range });
                continue;
            }
            let Some(mut mention) = mention(&block.text, &found) else { continue };
            mention.id = format!("m{:03}", all.len() + 1);
            mention.part = part;
            mention.place = block.place.clone();
            if mention.place.page == 0 {
                mention.place.line += lines.before(found.range.start);
            }
            all.push(Read { mention, what: found.what, block: b, range: found.range });
        }
    }
    (all, cited)
}

/// Whether a text holds a digit; looked for many bytes at a time, for most text holds none.
fn has_digit(text: &str) -> bool {
    let has = |bytes: &[u8]| bytes.iter().fold(false, |has, byte| has | byte.is_ascii_digit());
    text.as_bytes().chunks(64).any(has)
}

/// Counts the lines before places that come one after the other, each line once.
pub(crate) struct Lines<'a> {
    text: &'a str,
    at: usize,
    lines: u32,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, lines: 0 }
    }

    /// Line breaks before a place that is not before the last one asked for.
    pub(crate) fn before(&mut self, at: usize) -> u32 {
        if let Some(passed) = self.text.get(self.at..at) {
            self.lines += passed.matches('\n').count() as u32;
            self.at = at;
        }
        self.lines
    }
}

/// The innermost report that a place stands in.
pub(crate) fn part_of(parts: &[Part], place: &Place) -> u32 {
    let covers = |p: &&Part| {
        if place.page > 0 && p.page_from > 0 {
            (p.page_from..=p.page_to).contains(&place.page)
        } else {
            (p.line_from..=p.line_to).contains(&place.line)
        }
    };
    parts.iter().rev().find(covers).map_or(0, |p| p.part)
}

fn mention(text: &str, found: &laras_number::Mention) -> Option<Mention> {
    if matches!(found.what, Mentioned::Year(_) | Mentioned::Quarter(_) | Mentioned::Citation { .. })
    {
        return None;
    }
    let printed = text.get(found.range.clone())?;
    let mut mention = Mention {
        id: String::new(),
        part: 0,
        place: Place::default(),
        kind: MentionKind::Number,
        text: printed.to_owned(),
        value: None,
        in_words: None,
        unit: String::new(),
        reads: String::new(),
        about: clause(text, found.range.start).to_owned(),
        measure: None,
        year: None,
        malformed: false,
    };
    match &found.what {
        Mentioned::Amount(reading) => {
            number(&mut mention, MentionKind::Amount, reading);
            "IDR".clone_into(&mut mention.unit);
        }
        Mentioned::Percent(reading) => {
            number(&mut mention, MentionKind::Percent, reading);
            "%".clone_into(&mut mention.unit);
        }
        Mentioned::Count(reading) => number(&mut mention, MentionKind::Count, reading),
        Mentioned::Number(reading) => number(&mut mention, MentionKind::Number, reading),
        Mentioned::Date(span) => {
            mention.kind = MentionKind::Date;
            mention.reads = iso(span);
        }
        Mentioned::Nip(nip) => {
            mention.kind = MentionKind::Nip;
            mention.reads.clone_from(&nip.digits);
        }
        _ => return None,
    }
    mention.measure = measure(&mention.about, mention.kind);
    mention.year = year(&mention.about);
    Some(mention)
}

fn number(mention: &mut Mention, kind: MentionKind, reading: &Reading) {
    mention.kind = kind;
    mention.value = reading.number();
    mention.in_words = reading.words.and_then(|w| w.value);
    reading.unit.as_deref().unwrap_or_default().clone_into(&mut mention.unit);
    mention.malformed = reading.is_malformed();
}

fn iso(span: &DateSpan) -> String {
    let point = |p: &Point| {
        let mut text = p.year.map_or_else(String::new, |y| format!("{y:04}"));
        for part in [p.month, p.day].into_iter().flatten() {
            // Writing to a string cannot fail.
            let _ = write!(text, "-{part:02}");
        }
        text
    };
    match &span.to {
        Some(to) => format!("{}/{}", point(&span.from), point(to)),
        None => point(&span.from),
    }
}

/// The words of the clause before a place.
pub(crate) fn clause(text: &str, at: usize) -> &str {
    let mut start = at.saturating_sub(CLAUSE);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let before = &text[start..at];
    let cut = before.rfind(['\n', ';', ':']).map_or(0, |i| i + 1);
    before[cut..].trim()
}

/// Words, the kind of mention they stand before, and what they measure.
static WORDS: LazyLock<Vec<(&str, MentionKind, Measure)>> = LazyLock::new(|| {
    include_str!("../data/measure-words.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let word = fields.next()?;
            Some((word, fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
        })
        .collect()
});

/// What an amount or percent measures by the last telling word before it.
fn measure(about: &str, kind: MentionKind) -> Option<Measure> {
    let of_kind = || WORDS.iter().filter(|(_, of, _)| *of == kind);
    of_kind().next()?;
    let about = crate::dress::fold(about);
    // They stand within a word (`terealisasi`), the last one of the last word that has one.
    let last = |inside: &str, word: &str| {
        let mut places = inside.as_bytes().windows(word.len());
        places.rposition(|place| place == word.as_bytes())
    };
    about.rsplit(' ').find_map(|inside| {
        let found = of_kind().filter(|(word, ..)| word.len() <= inside.len());
        let found = found.filter_map(|(word, _, measure)| Some((last(inside, word)?, *measure)));
        found.max_by_key(|(at, _)| *at).map(|(_, measure)| measure)
    })
}

fn year(about: &str) -> Option<u16> {
    let is_named = |word: &[u8]| word.eq_ignore_ascii_case(b"tahun");
    if !about.as_bytes().windows("tahun".len()).any(is_named) {
        return None;
    }
    let mut words = about.split_whitespace().rev();
    let mut behind = words.next()?;
    let named = words.find_map(|word| {
        let next = std::mem::replace(&mut behind, word);
        word.eq_ignore_ascii_case("tahun").then_some(next)
    })?;
    let digits = named.trim_matches(|c: char| !c.is_ascii_digit());
    digits.parse().ok().filter(|y| (1990..2100).contains(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_before_a_number_says_what_it_measures() {
        let lines = include_str!("../data/measure-words.tsv").lines().count() - 1;
        assert_eq!(WORDS.len(), lines, "a line that is not read");
        assert!(WORDS.iter().all(|(word, ..)| !word.is_empty() && !word.contains(' ')));
        for (about, kind, wanted) in [
            ("pagu Rp. 5 terserap sebesar", MentionKind::Amount, Measure::RealisasiAnggaran),
            ("Anggaran Belanja Langsung", MentionKind::Amount, Measure::Pagu),
            ("dari target", MentionKind::Percent, Measure::Target),
        ] {
            assert_eq!(measure(about, kind), Some(wanted), "{about}");
        }
        assert_eq!(measure("sebanyak", MentionKind::Count), None);
    }

    #[test]
    fn a_clause_names_its_year() {
        assert_eq!(year("realisasi Tahun 2019 sebesar"), Some(2019));
        assert_eq!(year("tahun lalu sebesar"), None);
    }
}

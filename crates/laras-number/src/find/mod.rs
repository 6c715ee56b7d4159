//! Numbers, dates and personal numbers in running text, each with its place.
//!
//! One pass over the text: every word and every figure is offered to the grammar that its first
//! sign allows, and what a grammar takes is not looked at again. Every grammar looks ahead a
//! bounded stretch, so the time is linear.
//!
//! Not amounts, and never reported as such: decree and clause numbers (`Nomor 29 Tahun 2014`,
//! `UU 23/2014`, `Pasal 5`), numbers of tables and chapters, headings and list marks, telephone
//! and taxpayer numbers, addresses, times of day.

mod citation;
mod number;

use std::ops::Range;

use crate::date::{self, DateSpan};
use crate::lexicon::{self, Lead, Lower, Role};
use crate::nip::{self, Nip};
use crate::ordinal;
use crate::quarter::{self, Quarter};
use crate::reading::Reading;

/// What a stretch of running text speaks of.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Mentioned {
    /// Money: `Rp. 2.714.944.445, 00`, `450 juta rupiah`.
    Amount(Reading),
    /// A percent: `96,82 %`, `40 persennya`.
    Percent(Reading),
    /// A number of things, with its unit: `33 (tiga puluh tiga) kegiatan`.
    Count(Reading),
    /// A number without a unit that is written like an amount or has decimals.
    Number(Reading),
    /// A day, a month or a span of them.
    Date(DateSpan),
    /// A year or a span of years.
    Year(DateSpan),
    /// A quarter.
    Quarter(Quarter),
    /// A civil servant's number.
    Nip(Nip),
    /// The number of a decree, clause, table, address …; with the year where one belongs to it.
    Citation {
        /// Year of the decree.
        year: Option<u16>,
    },
}

/// One mention and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Bytes of the text it covers.
    pub range: Range<usize>,
    /// What it is.
    pub what: Mentioned,
}

/// What a grammar took: what it is, if it is to be reported, and the byte after it.
type Taken = (Option<Mentioned>, usize);

/// Finds every mention in a text, first to last; they do not overlap.
///
/// ```
/// use laras_number::{Mentioned, find};
///
/// let text = "alokasi 33 (tiga puluh tiga) kegiatan sebesar Rp. 2.714.944.445, 00 atau 96,82 %";
/// let found: Vec<&str> = find(text).iter().map(|m| &text[m.range.clone()]).collect();
/// assert_eq!(found, ["33 (tiga puluh tiga) kegiatan", "Rp. 2.714.944.445, 00", "96,82 %"]);
///
/// let Mentioned::Count(count) = &find(text)[0].what else { unreachable!() };
/// assert!(count.words.unwrap().agrees);
/// ```
pub fn find(text: &str) -> Vec<Mention> {
    let bytes = text.as_bytes();
    let mut mentions = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let line_start = at == 0 || bytes[at - 1] == b'\n';
        if line_start && let Some(after) = heading(text, at) {
            at = after;
            continue;
        }
        let inside = at > 0 && is_word(bytes[at - 1]);
        let taken = match byte {
            _ if inside => None,
            b'0'..=b'9' => figure(text, at),
            b'+' | b'(' => citation::telephone(text, at),
            b'<' | b'>' => number::bound(text, at),
            _ if byte.is_ascii_alphabetic() => word(text, at),
            _ => None,
        };
        if let Some((what, end)) = taken.filter(|&(_, end)| end > at) {
            if let Some(what) = what {
                mentions.push(Mention { range: at..end, what });
            }
            at = end;
            continue;
        }
        at += if is_word(byte) { word_len(&bytes[at..]) } else { 1 };
    }
    mentions
}

/// Whether each byte stands in words: letters, digits, and all beyond ASCII.
static IN_WORDS: [bool; 256] = {
    let mut words = [false; 256];
    let mut byte = 0;
    while byte < words.len() {
        words[byte] = byte >= 0x80 || (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    words
};

fn is_word(byte: u8) -> bool {
    IN_WORDS[usize::from(byte)]
}

fn word_len(bytes: &[u8]) -> usize {
    // `Rp4.016` must stop before its figure; `P4GN` and `Covid19` are one word.
    match bytes {
        [b'R' | b'r', b'P' | b'p', figure, ..] if figure.is_ascii_digit() => 2,
        _ => bytes.iter().position(|&byte| !is_word(byte)).unwrap_or(bytes.len()),
    }
}

/// At most `len` bytes from a place, cut at a character.
pub(crate) fn window(text: &str, at: usize, len: usize) -> &str {
    let mut end = text.len().min(at + len);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(at..end).unwrap_or_default()
}

/// The end of a list mark or heading number at the start of a line.
fn heading(text: &str, at: usize) -> Option<usize> {
    let line = window(text, at, 80);
    let line = line.split('\n').next().unwrap_or(line);
    if !line.trim_start().starts_with(|c: char| c.is_ascii_alphanumeric() || c == '(') {
        return None;
    }
    let found = ordinal::leading(line)?;
    let rest = &line[found.rest..];
    // `1 Program Pelayanan …` at the start of a line is numbering, `2 program dan` a count.
    let numbered_name = || {
        let mut words = rest.split_whitespace();
        let level = words.next().and_then(Lower::new).and_then(|word| lexicon::unit(word.as_str()));
        level.is_some_and(|unit| unit.kind == lexicon::UnitKind::Level)
            && words.next().is_some_and(|word| word.starts_with(char::is_uppercase))
    };
    (found.sure || numbered_name()).then_some(at + found.rest)
}

/// A figure: a date, a personal number, or a number.
fn figure(text: &str, at: usize) -> Option<Taken> {
    if let Some(telephone) = citation::telephone(text, at) {
        return Some(telephone);
    }
    let ahead = window(text, at, 120);
    let digits = ahead.bytes().take_while(u8::is_ascii_digit).count();
    if matches!(digits, 1 | 2 | 4)
        && let Some((span, len)) = date::prefix(ahead)
    {
        return Some((Some(dated(span)), at + len));
    }
    if matches!(digits, 8 | 16..=20)
        && let Some(nip) = personal(ahead)
    {
        let (nip, len) = nip;
        return Some((Some(Mentioned::Nip(nip)), at + len));
    }
    number::number(text, at)
}

fn dated(span: DateSpan) -> Mentioned {
    if span.from.month.is_none() { Mentioned::Year(span) } else { Mentioned::Date(span) }
}

/// The longest personal number at the start of a text.
fn personal(ahead: &str) -> Option<(Nip, usize)> {
    let labels = |c: char| c.is_ascii_alphabetic();
    let label = ahead.len() - ahead.trim_start_matches(labels).len();
    let part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | ':' | '-');
    let rest = &ahead[label..];
    let mut end = label + rest.find(|c| !part(c)).unwrap_or(rest.len());
    end = end.min(64);
    // Figures behind the number (a year) do not belong to it: drop blocks until it fits.
    for _ in 0..5 {
        let slice = ahead.get(..end)?.trim_end_matches([' ', '.', ':', '-']);
        if let Some(nip) = nip::read(slice)
            && (nip.is_sound() || label > 0 || slice.len() == end)
        {
            return Some((nip, slice.len()));
        }
        end = slice.rfind([' ', '.', '-'])?;
    }
    None
}

/// A word that can begin a mention.
fn word(text: &str, at: usize) -> Option<Taken> {
    if !lexicon::may_begin_mention(&text[at..]) {
        return None;
    }
    let ahead = window(text, at, 160);
    let end = ahead.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(ahead.len());
    let lower = Lower::new(&ahead[..end])?;
    let first = lower.as_str();
    if let Some(cited) = citation::cited(text, at, first, end) {
        return Some(cited);
    }
    match lexicon::lead(first) {
        Some(Lead::Keyword(Role::Currency)) => number::money(text, at, end),
        Some(Lead::Keyword(Role::Quarter | Role::Semester | Role::Through)) => {
            let (quarter, len) = quarter::prefix(ahead)?;
            Some((Some(Mentioned::Quarter(quarter)), at + len))
        }
        Some(Lead::Keyword(Role::Nip)) => {
            let (nip, len) = personal(ahead)?;
            Some((Some(Mentioned::Nip(nip)), at + len))
        }
        Some(Lead::Keyword(Role::Year)) => citation::year(text, at),
        Some(Lead::Keyword(Role::Date) | Lead::Day | Lead::Month) => {
            let (span, len) = date::prefix(ahead)?;
            // A month without year is a word like any other (Mei, Maret).
            (span.from.year.is_some() || span.from.day.is_some())
                .then(|| (Some(dated(span)), at + len))
        }
        Some(Lead::Number) => number::in_words(text, at),
        _ if first == "s" => {
            let (quarter, len) = quarter::prefix(ahead)?;
            Some((Some(Mentioned::Quarter(quarter)), at + len))
        }
        _ => None,
    }
}

//! Amounts, percents, counts and numbers in words in running text.
//!
//! ```text
//! number = figure [ "," blank "00" ] [dash] [ blank "%" / scale / words ] [unit]
//! figure = 1*DIGIT *( ("." / ",") 1*DIGIT )      ; a mark that no digit follows ends the sentence
//! words  = ["dan"] "(" number in words [")"]
//! unit   = the longest phrase of up to three words that data/units.tsv has
//! ```

use super::{Mentioned, Taken, dated, window};
use crate::cell;
use crate::criterion;
use crate::date;
use crate::lexicon::{self, Lower, UnitKind};
use crate::reading::{InWords, Reading, States};
use crate::terbilang::{self, MAX_WORDS, NotSpelled, Spelled};

/// Longest number with its dress, words apart.
const MAX: usize = 96;

/// The end of the figure at the start of a text, without the mark that ends a sentence.
fn figure_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while digit(end) || (matches!(bytes.get(end), Some(b'.' | b',')) && digit(end + 1)) {
        end += 1;
    }
    end
}

/// `, 00` behind the figure of an amount, and `,-` behind either.
fn dress_end(text: &str, end: usize, money: bool) -> usize {
    let mut end = end;
    let rest = &text[end..];
    let tail = rest.strip_prefix(", ").or_else(|| rest.strip_prefix(" ,"));
    if let Some(tail) = tail
        && money
        && tail.len() >= 2
        && tail.bytes().take(2).all(|byte| byte.is_ascii_digit())
        && !tail[2..].starts_with(|c: char| c.is_alphanumeric())
    {
        end += 4;
    }
    let rest = &text[end..];
    let dash = rest.trim_start_matches(['.', ',', ' ']);
    let skipped = rest.len() - dash.len();
    let dashes = dash.len() - dash.trim_start_matches(['-', '‐', '=']).len();
    let marked = rest[..skipped].contains(['.', ',']);
    let after = &dash[dashes..];
    if skipped <= 2 && marked && dashes > 0 && !after.starts_with(|c: char| c.is_ascii_digit()) {
        end += skipped + dashes;
    }
    end
}

/// Money by its currency word.
pub(super) fn money(text: &str, at: usize, word: usize) -> Option<Taken> {
    let ahead = window(text, at, MAX);
    let rest = ahead.get(word..)?.trim_start_matches(['.', ':', ',', ' ', '\n']);
    if !rest.starts_with(|c: char| c.is_ascii_digit()) || ahead.len() - rest.len() > word + 16 {
        return None;
    }
    let start = ahead.len() - rest.len();
    let end = start + dress_end(rest, figure_end(rest), true);
    finish(text, at, start, end)
}

/// A figure without a currency word before it.
pub(super) fn number(text: &str, at: usize) -> Option<Taken> {
    let ahead = window(text, at, MAX);
    let figure = figure_end(ahead);
    let end = dress_end(ahead, figure, false);
    let rest = &ahead[end..];
    // Parts of something else: 23/2014, 09.00 WIB, 5-1, P4GN.
    if rest.starts_with(['/', '_', '@']) || rest.starts_with(char::is_alphabetic) {
        let glued = rest.len() - rest.trim_start_matches(char::is_alphabetic).len();
        let unit =
            Lower::new(&rest[..glued]).is_some_and(|word| lexicon::unit(word.as_str()).is_some());
        if !unit || glued == 0 {
            return Some((None, at + figure));
        }
    }
    if let Some(taken) = range(ahead, at) {
        return Some(taken);
    }
    if text[..at].ends_with('/')
        || text[..at].ends_with('-') && text[..at - 1].ends_with(|c: char| c.is_alphanumeric())
    {
        return Some((None, at + figure));
    }
    finish(text, at, 0, end)
}

/// `80 – 90 %`, `91% ≤ 100%`: a range is no number.
fn range(ahead: &str, at: usize) -> Option<Taken> {
    let first = figure_end(ahead);
    let rest = ahead[first..].trim_start_matches(['%', ' ']);
    let second = rest.strip_prefix(['-', '–', '≤', '≥', '<', '>'])?;
    let second = second.trim_start_matches([' ', '>', '<', '=']);
    let len = figure_end(second);
    if len == 0 {
        return None;
    }
    let end = ahead.len() - second.len() + len;
    criterion::read(&ahead[..end]).map(|_| (None, at + end))
}

/// `> 100%`: a bound, not a number.
pub(super) fn bound(text: &str, at: usize) -> Option<Taken> {
    let ahead = window(text, at, MAX);
    let figure = ahead.trim_start_matches(['<', '>', '=', ' ']);
    let len = figure_end(figure);
    (len > 0).then_some((None, at + ahead.len() - figure.len() + len))
}

/// Reads what was found, takes in percent, scale, words and unit behind it, and says what it is.
fn finish(text: &str, at: usize, start: usize, end: usize) -> Option<Taken> {
    let ahead = window(text, at, end + MAX_WORDS + MAX);
    let mut end = end;
    let mut rest = &ahead[end..];
    let trimmed = rest.trim_start_matches([' ', '\n']);
    if rest.len() - trimmed.len() <= 1 && trimmed.starts_with('%') {
        end = ahead.len() - trimmed.len() + 1;
    } else if let Some(len) = word_behind(rest, |word| {
        lexicon::unit(word).is_some_and(|unit| unit.kind == UnitKind::Percent)
    }) {
        end += len;
    } else if let Some(len) =
        word_behind(rest, |word| word.len() > 1 && lexicon::scale(word).is_some())
    {
        end += len;
    }
    if let Some(len) = word_behind(&ahead[end..], |word| word == "rupiah") {
        end += len;
    }
    let found = cell::read(&ahead[..end]).filter(|found| found.states == States::Number)?;
    let mut reading = found.readings.into_iter().next()?;
    rest = &ahead[end..];
    if let Some((words, len)) = words_behind(rest) {
        let value = words.ok();
        reading.words = Some(InWords {
            value: value.map(|words| words.value),
            agrees: value.is_some_and(|words| Some(words.value) == reading.number()),
            well_spelt: value.is_some_and(|words| words.well_spelt),
        });
        end += len;
        if value.is_some_and(|words| words.rupiah) && reading.unit.is_none() {
            (reading.unit, reading.unit_canonical) = (Some("IDR".into()), Some("IDR".into()));
        }
    }
    let taken = |what, end| Some((Some(what), at + end));
    match reading.unit.as_deref() {
        Some("IDR") => return taken(Mentioned::Amount(reading), end),
        Some("%") => return taken(Mentioned::Percent(reading), end),
        Some(_) => return taken(Mentioned::Count(reading), end),
        None => {}
    }
    let behind = &ahead[end..];
    if let Some(len) = decree_year(behind) {
        // `Peraturan Menteri 86 Tahun 2017`; `Indikator 1.1 Tahun 2022` has a year of its own.
        let plain = ahead[start..end].bytes().all(|byte| byte.is_ascii_digit());
        let year = behind.get(len - 4..len).and_then(|year| year.parse().ok());
        let cited = (Some(Mentioned::Citation { year }), at + end + len);
        return Some(if plain { cited } else { (None, at + end) });
    }
    // `2020 LAPORAN`: the year of a title, with the next title below it.
    let next = behind.trim_start();
    let title = next.starts_with(char::is_uppercase);
    let line_break = behind[..behind.len() - next.len()].contains('\n');
    let year = bare(&ahead[start..end], reading.clone(), at, end);
    let is_year = matches!(year, (Some(Mentioned::Year(_)), _));
    let apart = title && (line_break || is_year);
    if !apart && let Some((unit, len)) = unit_behind(behind) {
        reading.unit = Some(unit.word.into());
        reading.unit_canonical = Some(unit.canonical.into());
        return taken(Mentioned::Count(reading), end + len);
    }
    if reading.words.is_some() {
        return taken(Mentioned::Count(reading), end);
    }
    Some(year)
}

/// The length of ` Tahun 2014` behind a number.
fn decree_year(behind: &str) -> Option<usize> {
    let word = word_behind(behind, |word| word == "tahun")?;
    let rest = &behind[word..];
    let year = rest.trim_start_matches([' ', '\n']);
    let digits = year.bytes().take_while(u8::is_ascii_digit).count();
    let known = digits == 4 && (year.starts_with("19") || year.starts_with("20"));
    known.then_some(behind.len() - year.len() + 4)
}

/// A figure with nothing around it: a year, a number that is written like one, or nothing.
fn bare(figure: &str, reading: Reading, at: usize, end: usize) -> Taken {
    let plain = figure.bytes().all(|byte| byte.is_ascii_digit());
    if plain {
        let year = figure.len() == 4;
        let span = if year { date::read(&format!("Tahun {figure}")) } else { None };
        let known = span.filter(|span| (1945..=2099).contains(&span.from.year.unwrap_or(0)));
        return (known.map(dated), at + end);
    }
    // `2.1` is as good a heading as a number; `2,1`, `62,18` and `1.234.567` are numbers.
    let marks = figure.bytes().filter(|byte| !byte.is_ascii_digit()).count();
    let written = figure.contains(',') || (marks > 1 && reading.cost < 5);
    (written.then_some(Mentioned::Number(reading)), at + end)
}

/// The length of blanks and one word behind a number, if the word is the one looked for.
fn word_behind(rest: &str, wanted: impl Fn(&str) -> bool) -> Option<usize> {
    let word = rest.trim_start_matches([' ', '\n']);
    let blanks = rest.len() - word.len();
    let len = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    let lower = Lower::new(&word[..len])?;
    (blanks <= 2 && len > 0 && wanted(lower.as_str())).then_some(blanks + len)
}

/// The longest unit of up to three words behind a number.
fn unit_behind(rest: &str) -> Option<(&'static lexicon::Unit, usize)> {
    let text = rest.trim_start_matches([' ', '\n']);
    let blanks = rest.len() - text.len();
    if blanks > 2 {
        return None;
    }
    let mut best = None;
    let mut len = 0;
    for index in 0..3 {
        let word = &text[len..];
        let word = word.trim_start_matches([' ', '\n']);
        let from = text.len() - word.len();
        let letters = word.find(|c: char| !c.is_alphanumeric() && c != '/').unwrap_or(word.len());
        if letters == 0 || (index > 0 && from != len + 1) {
            break;
        }
        len = from + letters;
        let phrase = text[..len].replace('\n', " ");
        let Some(lower) = Lower::new(&phrase) else { break };
        if let Some(unit) = lexicon::unit(lower.as_str()) {
            best = Some((unit, blanks + len));
        } else if let Some((head, _)) = lower.as_str().split_once('/')
            && let Some(unit) = lexicon::unit(head)
        {
            // `Ormas/LSM`
            best = Some((unit, blanks + head.len()));
        }
    }
    // A single letter is hardly a unit in prose.
    best.filter(|(unit, _)| unit.word.len() > 1)
}

/// ` (tiga puluh tiga)`, also without its closing bracket.
fn words_behind(rest: &str) -> Option<(Result<Spelled, NotSpelled>, usize)> {
    let open = rest.trim_start_matches([' ', '\n']);
    let open = open.strip_prefix("dan ").or_else(|| open.strip_prefix("atau ")).unwrap_or(open);
    let inside = open.strip_prefix('(')?.trim_start_matches(['_', '*', ' ']);
    let start = rest.len() - inside.len();
    let (words, len) = run(inside)?;
    let after = &inside[len..];
    let close = after.trim_start_matches(['_', '*', ' ', '.', ',', '-']);
    let closed = close.strip_prefix(')').map_or(len, |behind| inside.len() - behind.len());
    // `2 (dua orang staf)`: words go on, the bracket is not only the number.
    if closed == len && !after.starts_with(['_', '*']) {
        return None;
    }
    Some((words, start + closed))
}

/// As many number words as follow each other, and the bytes they cover.
fn run(text: &str) -> Option<(Result<Spelled, NotSpelled>, usize)> {
    let mut end = 0;
    let mut count = 0;
    while end < text.len().min(MAX_WORDS) {
        let rest = &text[end..];
        let word = rest.trim_start_matches([' ', '\n', '-']);
        if count > 0 && rest.len() == word.len() {
            break;
        }
        let len = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
        let last = ["rupiah", "persen"].iter().any(|last| word[..len].eq_ignore_ascii_case(last));
        if len == 0 || !(terbilang::is_number_word(&word[..len]) || (count > 0 && last)) {
            break;
        }
        end = text.len() - word.len() + len;
        count += 1;
        if last {
            break;
        }
    }
    if count == 0 {
        return None;
    }
    let words = terbilang::read(&text[..end]);
    (words != Err(NotSpelled::NotWords)).then_some((words, end))
}

/// Whether a text ends in `salah`, blanks aside.
fn ends_with_salah(text: &str) -> bool {
    let words = text.trim_end().as_bytes();
    words.last_chunk::<5>().is_some_and(|last| last.eq_ignore_ascii_case(b"salah"))
}

/// A number in words with its digits or its unit: `dua (2) program`, `empat sasaran`.
pub(super) fn in_words(text: &str, at: usize) -> Option<Taken> {
    let ahead = window(text, at, MAX_WORDS + MAX);
    let (words, len) = run(ahead)?;
    // Number words that make no number are not looked at again.
    let Ok(words) = words else { return Some((None, at + len)) };
    // `salah satu program` counts nothing.
    if ends_with_salah(&text[..at]) {
        return Some((None, at + len));
    }
    let mut reading = Reading::new(crate::reading::Payload::Number(words.value));
    reading.convention = crate::repair::Convention::Words;
    let mut end = len;
    let behind = ahead[end..].trim_start();
    if let Some(inside) = behind.strip_prefix('(') {
        let digits = figure_end(inside);
        if digits > 0 && inside[digits..].starts_with(')') {
            let number = cell::read(&inside[..digits])?.readings.into_iter().next()?;
            let agrees = number.number() == Some(words.value);
            reading = number;
            reading.words =
                Some(InWords { value: Some(words.value), agrees, well_spelt: words.well_spelt });
            end = ahead.len() - inside.len() + digits + 1;
        }
    }
    if words.rupiah {
        (reading.unit, reading.unit_canonical) = (Some("IDR".into()), Some("IDR".into()));
        return Some((Some(Mentioned::Amount(reading)), at + end));
    }
    if words.percent {
        (reading.unit, reading.unit_canonical) = (Some("%".into()), Some("%".into()));
        return Some((Some(Mentioned::Percent(reading)), at + end));
    }
    if let Some((unit, len)) = unit_behind(&ahead[end..])
        && unit.kind != UnitKind::Place
    {
        (reading.unit, reading.unit_canonical) =
            (Some(unit.word.into()), Some(unit.canonical.into()));
        return Some((Some(Mentioned::Count(reading)), at + end + len));
    }
    let what = reading.words.is_some().then_some(Mentioned::Count(reading));
    Some((what, at + end))
}

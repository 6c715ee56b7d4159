//! Cells that show at a look what they are: blanks, dashes, plain numbers, names.

use crate::amount::body;
use crate::interpret::clean_value;
use crate::kinds::ends_in_time_zone;
use crate::lexicon::{self, Lead, Lower, UnitKind};
use crate::plain::plain;
use crate::read::MAX_CELL;
use crate::reading::{Payload, Reading, Readings, States, Word};
use crate::repair::Refusal;

/// Reads a cell that shows by its length, its first sign or its first word what it is.
pub(crate) fn quick(text: &str) -> Option<Readings> {
    if text.len() > MAX_CELL {
        // Prose is long and no number; figures that go on for so long are refused.
        let prose = text.trim_ascii_start().starts_with(|c: char| c.is_alphabetic());
        return Some(if prose {
            Readings::of(States::Text)
        } else {
            Readings::refused(Refusal::TooLong)
        });
    }
    let text = text.trim_ascii();
    match text.as_bytes().first() {
        None => Some(Readings::of(States::Blank)),
        Some(b'0'..=b'9') => fast_number(text),
        Some(b'-') if text.len() == 1 => Some(Readings::of(States::None)),
        Some(first) if first.is_ascii_alphabetic() => {
            is_plain_name(text).then(|| Readings::of(States::Text))
        }
        Some(_) => None,
    }
}

/// Clean amounts, counts, percents and quantities without dress; everything else is `None`.
fn fast_number(text: &str) -> Option<Readings> {
    let (end, clean) = if let Some(found) = plain(text.as_bytes()) {
        (found.end, Some((found.value, found.convention)))
    } else {
        let body = body(text)?;
        (body.end, clean_value(&body))
    };
    let rest = text.get(end..)?;
    let unit: Option<(Word, Word)> = match rest.as_bytes() {
        [] => None,
        [b'%'] | [b' ', b'%'] => Some(("%".into(), "%".into())),
        [b' ', first, ..] if first.is_ascii_alphabetic() => {
            let word = Lower::new(&rest[1..])?;
            let unit = lexicon::unit(word.as_str())?;
            let whole = matches!(unit.kind, UnitKind::Count | UnitKind::Level | UnitKind::Time);
            if !whole || lexicon::scale(word.as_str()).is_some() {
                return None;
            }
            Some((unit.word.into(), unit.canonical.into()))
        }
        _ => return None,
    };
    let (value, convention) = clean?;
    // `2.1 Evaluasi` is a heading.
    if !value.is_integer() && unit.as_ref().is_some_and(|(unit, _)| unit != "%") {
        return None;
    }
    let mut reading = Reading::new(Payload::Number(value));
    reading.convention = convention;
    if let Some((unit, canonical)) = unit {
        (reading.unit, reading.unit_canonical) = (Some(unit), Some(canonical));
    }
    Some(Readings::one(States::Number, reading))
}

/// Whether a text that begins with a letter is nothing but words, by its first word.
fn is_plain_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    let end = bytes.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(bytes.len());
    let word = &text[..end];
    if end == bytes.len() && is_plain_word(word) {
        return true;
    }
    let next = bytes.get(end).copied().unwrap_or(b' ');
    // Abbreviations, list marks, codes and cut words need a closer look: `s.d.`, `a.`, `X.XX`.
    if end < 3 || matches!(next, b'\'' | b'/') || next.is_ascii_digit() {
        return false;
    }
    let roman = end < 8 && bytes[..end].iter().all(|byte| b"IVXivx".contains(byte));
    let quarter = end < 6 && word[..2].eq_ignore_ascii_case("tw");
    // Place and date over a signature end in the year; words run together can be any length.
    let signed = matches!(bytes.last(), Some(b'0'..=b'9')) && text.contains(',');
    if roman || quarter || signed {
        return false;
    }
    if !lexicon::may_need_a_look(word) {
        return true;
    }
    let Some(lower) = Lower::new(word) else { return true };
    let is_lead = lexicon::may_lead(word) && lexicon::lead(lower.as_str()).is_some();
    !is_lead && !lexicon::begins_number_word(lower.as_str())
}

/// Whether a text of letters alone is nothing but a word: a grade or a word for a score says something
/// with a number only, and what is shorter than three letters and in no list is no number.
fn is_plain_word(word: &str) -> bool {
    let is_roman = || word.bytes().all(|b| b"IVXivx".contains(&b));
    let lead = |word: &Lower| lexicon::lead(word.as_str());
    Lower::new(word).is_some_and(|lower| match lead(&lower) {
        Some(Lead::Grade | Lead::Unit) => word.len() < 16,
        Some(_) => false,
        None => word.len() < 3 && !is_roman(),
    })
}

/// Whether a text is a list mark and a name: `3. Peringatan Hari Bela Negara`. Every grammar refuses
/// it in the end; most names of plans are such.
pub(crate) fn is_numbered_name(text: &str) -> bool {
    let text = text.trim_ascii();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let Some(name) = text.get(digits..).filter(|_| (1..=3).contains(&digits)) else { return false };
    let Some(name) = name.strip_prefix(". ").or_else(|| name.strip_prefix(") ")) else {
        return false;
    };
    let is_plain = |b: u8| b.is_ascii_alphabetic() || b" ,-&/()".contains(&b);
    let begins = |b: &u8| b.is_ascii_alphabetic() && !b.eq_ignore_ascii_case(&b'r');
    let words = name.split('(').next().unwrap_or(name);
    let is_unit = |word: &str| lexicon::unit(word).is_some() || lexicon::unit_cut(word).is_some();
    let is_compound = |first: &str| {
        Lower::new(&first.replace(' ', "")).is_some_and(|first| is_unit(first.as_str()))
    };
    // A unit has few words behind it, and may be broken into two.
    let is_unit_phrase = || {
        let mut words = words.split(' ').filter(|word| !word.is_empty());
        let (Some(first), Some(second)) = (words.next(), words.next()) else { return true };
        let third = words.next();
        let is_longer = words.next().is_some() && words.next().is_some();
        let Some(lower) = Lower::new(first.trim_end_matches(',')) else { return false };
        let lower = lower.as_str();
        let is_unit = lexicon::unit(lower).is_some_and(|unit| match unit.kind {
            UnitKind::Level | UnitKind::Place => third.is_none(),
            _ => !is_longer,
        });
        let is_broken = || {
            let joined = Lower::new(&[first, second].concat());
            joined.is_none_or(|joined| lexicon::unit(joined.as_str()).is_some())
        };
        is_unit
            || third.is_none() && is_broken()
            || lexicon::scale(lower).is_some()
            || lexicon::keyword(lower).is_some()
    };
    text.len() <= MAX_CELL
        && name.as_bytes().first().is_some_and(begins)
        && name.bytes().all(is_plain)
        && is_plain_name(name)
        && !is_unit_phrase()
        && !words.split_once('/').is_some_and(|(first, _)| is_compound(first))
        && !ends_in_time_zone(name)
}

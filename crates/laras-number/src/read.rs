//! From a cell's text to its readings: classified by its first signs, then given to one grammar.
//!
//! Most cells are names, blanks, dashes, amounts and percents; they are told apart by their first
//! byte or first word and never see a grammar that is not theirs.

use crate::amount::body;
use crate::assemble::settled;
use crate::cell;
use crate::clean::plain;
use crate::dress;
use crate::interpret::clean_value;
use crate::kinds::{
    as_code, as_criterion, as_criterion_signed, as_date, as_formula, as_fraction, as_nip,
    as_signed_date, as_telephone, as_unit_line, ends_in_time_zone, not_an_amount, ordinal_alone,
    ordinal_numbering, stated_none, with_letters,
};
use crate::lexicon::{self, Lead, Lower, Role, UnitKind};
use crate::pieces;
use crate::plain::plain as plain_number;
use crate::quarter;
use crate::reading::{Payload, Reading, Readings, States, Word};
use crate::repair::Refusal;
use crate::scored::{graded, scored, spelled};
use crate::units;

/// Longest cell that is read, in bytes. A longer text is [`States::Text`], whatever it holds.
pub const MAX_CELL: usize = 1024;

/// Reads the text of one cell.
///
/// Takes time linear in the text, and a constant time past [`MAX_CELL`] bytes. Never fails: what
/// is no number says what it is, and a number that cannot be read says why.
///
/// ```
/// use laras_number::{States, read};
///
/// let cell = read("Rp. 1.665.000,00");
/// assert_eq!(cell.states, States::Number);
/// let best = cell.best().unwrap();
/// assert_eq!((best.number().unwrap().to_string().as_str(), best.unit.as_deref()), ("1665000", Some("IDR")));
///
/// let open = read("1.234"); // the cell alone cannot tell
/// let values: Vec<String> = open.readings.iter().map(|r| r.number().unwrap().to_string()).collect();
/// assert_eq!(values, ["1234", "1.234"]);
/// ```
pub fn read(text: &str) -> Readings {
    let found = match quick(text) {
        Some(found) => found,
        None if is_numbered_name(text) => return Readings::of(States::Text),
        None => cleaned(text.trim_ascii()),
    };
    if is_whole(text, &found) {
        return found;
    }
    let Some(pieces) = pieces::split(text) else {
        let lenient = cell::read_before_bracket(&plain(text));
        return lenient.filter(|lenient| lenient.states == States::Number).unwrap_or(found);
    };
    let mut readings = Vec::with_capacity(pieces.len());
    let mut states = States::Number;
    for (index, piece) in pieces.into_iter().enumerate() {
        if piece.readings.states == States::Quarter {
            states = States::Quarter;
        }
        if let Some(mut best) = piece.readings.readings.into_iter().next() {
            best.piece = index as u16;
            readings.push(best);
        }
    }
    Readings { states, readings, refusal: None }
}

/// Whether what was found in a text is all that it can hold: a digit in front or a digit somewhere in a
/// list could still be several numbers.
pub(crate) fn is_whole(text: &str, found: &Readings) -> bool {
    let is_text =
        found.states == States::Text && found.refusal.is_none() && found.readings.is_empty();
    !is_text || !may_hold_several(text)
}

fn may_hold_several(text: &str) -> bool {
    let bytes = text.trim_ascii_start().as_bytes();
    let first = bytes.first().copied().unwrap_or(b' ');
    if first.is_ascii_digit() || matches!(first, b'-' | b'(' | b'>') {
        return true;
    }
    // Most texts have no digits.
    if bytes.iter().filter(|byte| byte.is_ascii_digit()).count() == 0 {
        return false;
    }
    let marked = matches!(bytes.get(1), Some(b'.' | b')'));
    // `TW 1 : 85, TW 2 : 90`
    let labelled = bytes.iter().filter(|byte| matches!(byte, b':' | b'=')).count() > 1;
    marked || labelled || first.eq_ignore_ascii_case(&b'r') || bytes.contains(&b'\n')
}

/// Reads a cell that holds one thing.
pub(crate) fn read_one(text: &str) -> Readings {
    quick(text).unwrap_or_else(|| cleaned(text.trim_ascii()))
}

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

fn cleaned(text: &str) -> Readings {
    let mut clean = plain(text);
    for (sign, decimals) in [('½', "5"), ('¼', "25"), ('¾', "75")] {
        if let Some((whole, rest)) = clean.split_once(sign) {
            let whole = whole.trim_end();
            let zero = if whole.ends_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
            clean = format!("{whole}{zero},{decimals}{rest}").into();
        }
    }
    match clean.as_bytes().first() {
        None => Readings::of(States::Blank),
        Some(b'0'..=b'9') => numeric(&clean),
        Some(first) if first.is_ascii_alphabetic() => lettered(&clean),
        Some(_) => signed(&clean),
    }
}

/// Clean amounts, counts, percents and quantities without dress; everything else is `None`.
fn fast_number(text: &str) -> Option<Readings> {
    let (end, clean) = if let Some(found) = plain_number(text.as_bytes()) {
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

/// A text that begins with a digit.
fn numeric(text: &str) -> Readings {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits >= 16
        && let Some(found) = as_nip(text)
    {
        return found;
    }
    if let Some(mark) = ordinal_alone(text) {
        return mark;
    }
    // `01.02` is a program and its kegiatan, `0.5` and `00,5` are numbers.
    if text.starts_with('0')
        && text.contains('.')
        && let Some(found) = as_date(text).or_else(|| as_code(text))
    {
        return found;
    }
    let mut found = cell::read(text);
    if let Some(marked) = behind_a_list_mark(text) {
        found = Some(match found {
            Some(found) => merged(found, marked),
            None => marked,
        });
    }
    // A clean reading needs no second opinion; a dear one may be something else altogether.
    let clean = found.as_ref().is_some_and(|found| {
        found.best().is_none_or(|best| {
            best.cost < 12 && (best.unit.is_none() || best.unit_canonical.is_some())
        })
    });
    if clean && let Some(found) = found {
        return found;
    }
    // `1.665.0OO` is no quantity of "oo".
    let unknown_unit = found
        .as_ref()
        .and_then(Readings::best)
        .is_some_and(|best| best.unit.is_some() && best.unit_canonical.is_none());
    if unknown_unit && let Some(found) = with_letters(text).or_else(|| found.clone()) {
        return found;
    }
    as_date(text)
        .or_else(|| as_code(text))
        .or_else(|| as_nip(text))
        .or_else(|| as_criterion(text))
        .or_else(|| as_formula(text))
        .or_else(|| not_an_amount(text))
        .or(found)
        .or_else(|| ordinal_numbering(text))
        .or_else(|| with_letters(text))
        .unwrap_or(Readings::of(States::Text))
}

/// `1. 5 Orang`: a number behind a list mark, which could also be one number with a blank in it.
fn behind_a_list_mark(text: &str) -> Option<Readings> {
    let (mark, rest) = text.split_once(". ")?;
    let rest = rest.trim_start();
    let is_mark = (1..=2).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_digit());
    if !is_mark || !rest.starts_with(|c: char| c.is_ascii_digit() || c == 'R') {
        return None;
    }
    let mut found = cell::read(rest).filter(|found| found.states == States::Number)?;
    for reading in &mut found.readings {
        reading.cost += 3;
        reading.note = "a list mark stands before it";
    }
    Some(found)
}

/// The readings of two ways to take one cell.
fn merged(mut first: Readings, second: Readings) -> Readings {
    if first.states != States::Number {
        return second;
    }
    first.readings.extend(second.readings);
    for reading in &mut first.readings {
        reading.flags = laras_model::Flags::NONE;
    }
    settled(States::Number, first.readings)
}

/// A text that begins with a letter and with a word of some list.
fn lettered(text: &str) -> Readings {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let lower = text.get(..end).and_then(Lower::new);
    let lead = lower.as_ref().and_then(|word| lexicon::lead(word.as_str()));
    let found = match lead {
        Some(Lead::Keyword(Role::Currency)) => cell::read(text).or_else(|| as_unit_line(text)),
        Some(Lead::Keyword(Role::Quarter | Role::Semester | Role::Through)) => {
            as_quarter(text).or_else(|| as_date(text))
        }
        Some(Lead::Keyword(Role::Nip)) => as_nip(text),
        Some(Lead::Keyword(Role::Date | Role::Year) | Lead::Month | Lead::Day) => as_date(text),
        Some(Lead::Keyword(Role::Bound)) => as_criterion(text).or_else(|| graded(text)),
        Some(Lead::Keyword(Role::Numbering)) => ordinal_numbering(text),
        Some(Lead::Number) => spelled(text),
        Some(Lead::Grade) => graded(text),
        Some(Lead::Unit) => scored(text),
        Some(Lead::None) => stated_none(text),
        _ => None,
    };
    found
        .or_else(|| stated_none(text))
        .or_else(|| as_quarter(text))
        .or_else(|| as_date(text))
        .or_else(|| as_signed_date(text))
        .or_else(|| ordinal_numbering(text))
        .or_else(|| as_code(text))
        .or_else(|| as_nip(text))
        .or_else(|| as_formula(text))
        .or_else(|| as_criterion(text))
        .or_else(|| graded(text))
        .or_else(|| spelled(text))
        .or_else(|| cell::read(text))
        .or_else(|| with_letters(text))
        .unwrap_or(Readings::of(States::Text))
}

/// A text that begins with a sign.
fn signed(text: &str) -> Readings {
    if dress::is_placeholder(text) {
        return Readings::of(States::Blank);
    }
    as_unit_line(text)
        .or_else(|| as_criterion_signed(text))
        .or_else(|| stated_none(text))
        .or_else(|| as_telephone(text))
        .or_else(|| as_formula(text))
        .or_else(|| cell::read(text))
        .or_else(|| as_formula(text))
        .or_else(|| ordinal_numbering(text))
        .or_else(|| as_criterion(text))
        .or_else(|| as_fraction(text))
        .or_else(|| with_letters(text))
        .unwrap_or(Readings::of(States::Text))
}

fn as_quarter(text: &str) -> Option<Readings> {
    let (quarter, value) = quarter::read(text)?;
    let mut found = match value {
        None => Readings::one(States::Quarter, Reading::new(Payload::Nothing)),
        // `TW 1 : 1 Dok, 2 Lap`
        Some(value) if value.starts_with(|c: char| c.is_ascii_digit()) => read(value),
        Some(value) => read_one(value),
    };
    match found.states {
        // `TW 4 :`, `Triwulan I (Januari - Maret)`
        States::Blank | States::Date => found.readings = vec![Reading::new(Payload::Nothing)],
        States::None if found.readings.is_empty() => {
            found.readings = vec![Reading::new(Payload::Nil)];
        }
        States::Number | States::Quarter | States::None => {}
        // `TW 1 : 5.`
        States::Ordinal => found.readings.retain(|reading| reading.number().is_some()),
        // `TW II (%)` is the head of a column, `Triwulan I : Persiapan` words.
        _ => {
            let unit = value.and_then(units::phrase).filter(|unit| unit.cost == 0);
            let Some(unit) = unit else { return Some(Readings::of(States::Text)) };
            let mut reading = Reading::new(Payload::Nothing);
            (reading.unit, reading.unit_canonical) = (Some(unit.unit), unit.canonical);
            found = Readings::one(States::Quarter, reading);
        }
    }
    for reading in &mut found.readings {
        reading.quarter = Some(quarter);
    }
    found.states = States::Quarter;
    Some(found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Words of every list, and others.
    fn words() -> impl Strategy<Value = String> {
        const LISTS: [&str; 8] = [
            include_str!("../data/units.tsv"),
            include_str!("../data/keywords.tsv"),
            include_str!("../data/months.tsv"),
            include_str!("../data/grades.tsv"),
            include_str!("../data/scales.tsv"),
            include_str!("../data/none.tsv"),
            include_str!("../data/bounds.tsv"),
            include_str!("../data/number_words.tsv"),
        ];
        let lines = LISTS.into_iter().flat_map(|list| list.lines().skip(1));
        let listed: Vec<&str> = lines.filter_map(|line| line.split('\t').next()).collect();
        let word = prop_oneof![
            prop::sample::select(listed).prop_map(str::to_owned),
            "[(]?[A-Za-z]{1,8}[,)/]?",
            "[A-Za-z]{1,8}[-/&][a-z]{1,8}",
            "[-&/(),]",
            Just("Penyusunan".to_owned()),
            Just("Orng".to_owned()),
        ];
        prop::collection::vec(word, 1..6).prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn a_numbered_name_is_nothing_else(number in 0..1000_u16, mark in "[.)] {1,2}", name in words()) {
            let text = format!("{number}{mark}{name}");
            if is_numbered_name(&text) {
                let found = read_one(&text);
                prop_assert_eq!((found.states, found.readings.len()), (States::Text, 0), "{}", text);
                prop_assert!(found.refusal.is_none() && pieces::split(&text).is_none());
                prop_assert!(cell::read_before_bracket(&plain(&text)).is_none());
            }
        }
    }
}

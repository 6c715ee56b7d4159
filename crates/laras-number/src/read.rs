//! From a cell's text to its readings: classified by its first signs, then given to one grammar.
//!
//! Most cells are names, blanks, dashes, amounts and percents; they are told apart by their first
//! byte or first word and never see a grammar that is not theirs.

use crate::assemble::settled;
use crate::cell;
use crate::clean::plain;
use crate::dress;
use crate::kinds::{
    as_code, as_criterion, as_criterion_signed, as_date, as_formula, as_fraction, as_nip,
    as_signed_date, as_telephone, as_unit_line, not_an_amount, ordinal_alone, ordinal_numbering,
    stated_none, with_letters,
};
use crate::lexicon::{self, Lead, Lower, Role};
use crate::pieces;
use crate::quarter;
use crate::quick::{is_numbered_name, quick};
use crate::reading::{Payload, Reading, Readings, States};
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
    let found = quick(text);
    if found.is_none() && is_numbered_name(text) {
        return Readings::of(States::Text);
    }
    closely(text, found)
}

/// Reads a cell that needs more than the look at it that found this.
pub(crate) fn closely(text: &str, found: Option<Readings>) -> Readings {
    let found = found.unwrap_or_else(|| cleaned(text.trim_ascii()));
    if is_whole(text, &found) {
        return found;
    }
    let Some(pieces) = pieces::split_other(text) else {
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
#[inline]
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

/// Signs of fractions, and the decimals that they stand for.
const FRACTIONS: [(char, &str); 3] = [('½', "5"), ('¼', "25"), ('¾', "75")];

fn cleaned(text: &str) -> Readings {
    let mut clean = plain(text);
    let signs: &[(char, &str)] = if clean.is_ascii() { &[] } else { &FRACTIONS };
    for (sign, decimals) in signs {
        if let Some((whole, rest)) = clean.split_once(*sign) {
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
    if is_dotted_code(text)
        && let Some(found) = as_code(text)
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

/// Whether a text is four and more short runs of digits with dots between, which no amount and no date is.
fn is_dotted_code(text: &str) -> bool {
    let mut runs = text.split('.');
    let is_short = |run: &str| matches!(run.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'9', b'0'..=b'9']);
    text.bytes().filter(|byte| *byte == b'.').count() > 2 && runs.all(is_short)
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
    let is_word = end == text.len() && !matches!(lead, Some(Lead::Keyword(_)));
    let found =
        found.or_else(|| stated_none(text)).or_else(|| as_quarter(text)).or_else(|| as_date(text));
    // What else begins with a letter has a digit or a sign, unless it is a mark or a number.
    if is_word && text.len() < 16 {
        return found
            .or_else(|| ordinal_numbering(text))
            .or_else(|| spelled(text))
            .unwrap_or(Readings::of(States::Text));
    }
    found
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

    #[test]
    fn a_word_that_shows_at_a_look_is_nothing_else() {
        let lists = [include_str!("../data/units.tsv"), include_str!("../data/grades.tsv")];
        let listed = lists.into_iter().flat_map(|list| list.lines().skip(1));
        let listed = listed.filter_map(|line| line.split('\t').next()).map(str::to_owned);
        let letters = || ('a'..='z').map(String::from);
        let pairs =
            letters().flat_map(|first| letters().map(move |second| first.clone() + &second));
        for word in listed.chain(letters()).chain(pairs) {
            for word in [word.to_uppercase(), word] {
                let is_text = quick(&word).is_some_and(|found| found.states == States::Text);
                assert!(!is_text || cleaned(&word) == Readings::of(States::Text), "{word}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_numbered_name_is_nothing_else(number in 0..1000_u16, mark in "[.)] {1,2}", name in words()) {
            let text = format!("{number}{mark}{name}");
            if is_numbered_name(&text) {
                let found = read_one(&text);
                prop_assert_eq!((found.states, found.readings.len()), (States::Text, 0), "{}", text);
                prop_assert!(found.refusal.is_none() && pieces::split_other(&text).is_none());
                prop_assert!(cell::read_before_bracket(&plain(&text)).is_none());
            }
        }
    }
}

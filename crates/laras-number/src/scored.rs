//! Numbers that begin with a word: a grade, the word for a score, a number in words.
//!
//! ```text
//! graded  = grade ["(" / "/" / ":" / "-"] ["≥"] cell [")"] [unit]
//! scored  = ("Nilai" / "Skor" / "Indeks" / "Level" …) [":"] cell
//! spelled = number in words [ "(" cell ")" ] [unit]
//! ```

use crate::cell::read;
use crate::criterion;
use crate::lexicon::{self, Lower, UnitKind};
use crate::reading::{InWords, Payload, Reading, Readings, States};
use crate::repair::Convention;
use crate::terbilang::{self, Spelled};
use crate::units::{self, Phrase};

/// A grade with its number behind it: `B (62,18)`, `Sangat Baik (≥4,21)Nilai`.
pub(crate) fn graded(text: &str) -> Option<Readings> {
    let end = text.find(|c: char| c.is_ascii_digit() || "(/:=-,≥≤<>".contains(c))?;
    // `A-` is a grade of its own.
    let minus = text.get(end..)?.starts_with('-') && lexicon::grade(text.get(..=end)?).is_some();
    let end = if minus { end + 1 } else { end };
    let grade = lexicon::grade(text.get(..end)?.trim())?;
    // `D3` and `S2` are degrees.
    if text.get(..end)?.len() < 3 && text.get(end..)?.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let relation = |c: char| c.is_whitespace() || "(/:=-,≥≤<>".contains(c);
    // `AA (>90-100)` is a row of a scale; `Sangat Baik (≥4,21)` a score to be reached.
    let inner = text.get(end..)?.trim_matches(|c: char| c.is_whitespace() || "(/:=,)".contains(c));
    let range = criterion::read(inner);
    if range.is_some_and(|range| range.high.is_some() || !inner.starts_with(['≥', '='])) {
        return Some(Readings::of(States::Criterion));
    }
    let rest = text.get(end..)?.trim_start_matches(relation);
    let (number, after) = match rest.find(')') {
        Some(close) => (rest.get(..close)?, rest.get(close + 1..)?),
        None => (rest, ""),
    };
    let after = after.trim().trim_end_matches('.');
    if !after.is_empty() && units::phrase(after).is_none() {
        return None;
    }
    let mut found = read(number.trim()).filter(|found| found.states == States::Number)?;
    for reading in &mut found.readings {
        reading.grade = Some(grade.into());
        if reading.unit.is_none() {
            (reading.unit, reading.unit_canonical) = (Some("score".into()), Some("score".into()));
        }
    }
    Some(found)
}

/// A score with its word in front: `Nilai 62,18 (B)`, `Level 3`.
pub(crate) fn scored(text: &str) -> Option<Readings> {
    let end = text.find(|c: char| !c.is_alphabetic())?;
    let word = Lower::new(text.get(..end)?)?;
    lexicon::unit(word.as_str()).filter(|unit| unit.kind == UnitKind::Score)?;
    let rest = text.get(end..)?.trim_start_matches([' ', ':', '=', '.']);
    let mut found = read(rest).filter(|found| found.states == States::Number)?;
    for reading in &mut found.readings {
        if reading.unit.is_none() {
            reading.unit = Some("score".into());
            reading.unit_canonical = Some("score".into());
        }
    }
    Some(found)
}

/// A number in words, alone, with a unit or with its digits: `tiga (3) orang`.
pub(crate) fn spelled(text: &str) -> Option<Readings> {
    let make = |words: Spelled, unit: Option<Phrase>| {
        let mut reading = Reading::new(Payload::Number(words.value));
        reading.convention = Convention::Words;
        reading.cost = if words.well_spelt { 0 } else { 2 };
        let known = match (words.rupiah, words.percent) {
            (true, _) => Some("IDR"),
            (_, true) => Some("%"),
            _ => None,
        };
        if let Some(known) = known {
            (reading.unit, reading.unit_canonical) = (Some(known.into()), Some(known.into()));
        } else if let Some(unit) = unit {
            (reading.unit, reading.unit_canonical) = (Some(unit.unit), unit.canonical);
        }
        reading
    };
    if let Ok(words) = terbilang::read(text) {
        return Some(Readings::one(States::Number, make(words, None)));
    }
    if let Some((words, rest)) = text.split_once('(') {
        let words = terbilang::read(words).ok()?;
        let (digits, unit) = rest.split_once(')')?;
        let mut found = read(&format!("{} {}", digits.trim(), unit.trim()))?;
        for reading in &mut found.readings {
            let agrees = reading.number() == Some(words.value);
            reading.words =
                Some(InWords { value: Some(words.value), agrees, well_spelt: words.well_spelt });
        }
        return Some(found);
    }
    let (words, unit) = text.rsplit_once(' ')?;
    let words = terbilang::read(words).ok()?;
    // `Lima Puluh Kota` is a regency, not fifty towns; `Satu Data` a programme.
    let name = !text.contains(char::is_lowercase)
        || text.split(' ').all(|word| word.starts_with(char::is_uppercase));
    let single = text.split(' ').count() == 2;
    if name && single {
        return None;
    }
    let unit = units::phrase(unit).filter(|unit| unit.cost == 0 && unit.kind != UnitKind::Place)?;
    Some(Readings::one(States::Number, make(words, Some(unit))))
}

//! Puts the readings of one number together: values from the digits, sign, unit, grade and words
//! from what stands around them, costs from both.

use laras_model::{Decimal, Flag};

use crate::amount::Body;
use crate::dress::Dress;
use crate::formula::Formula;
use crate::gaps::interpret;
use crate::lexicon::UnitKind;
use crate::reading::{InWords, Payload, Reading, Readings, States, Word};
use crate::repair::{Convention, Refusal, Repair};
use crate::terbilang::{NotSpelled, Spelled};
use crate::units::Phrase;
use crate::values::{Found, Hint};

/// What stands behind the dressed digits.
#[derive(Default)]
pub(crate) struct Tail {
    pub(crate) unit: Option<Phrase>,
    pub(crate) grade: Option<&'static str>,
    /// Whether the grade stands in brackets or behind a sign, and so is the number's own.
    pub(crate) grade_apart: bool,
    pub(crate) words: Option<Result<Spelled, NotSpelled>>,
    /// A remark that says nothing about the number: `(APBD)`, `per bulan`.
    pub(crate) remark: bool,
}

/// Puts the readings together.
pub(crate) fn build(body: &Body<'_>, dress: Dress, mut tail: Tail) -> Option<Readings> {
    // `kegiatan 5)`: a bracket that closes nothing of this number.
    if dress.close && !dress.open && tail.unit.is_some() {
        return None;
    }
    let bracket = dress.open && dress.close;
    if let Some(refused) = refuse(body, &dress, &tail) {
        return Some(refused);
    }
    let plain_dress = dress.currency.is_none() && !dress.percent && !dress.minus && !dress.dash;
    let alone = tail.unit.is_none() && dress.scale.is_none() && body.is_plain();
    if bracket
        && plain_dress
        && alone
        && let Some(found) = bracketed(body)
    {
        return Some(found);
    }
    if is_heading(body, tail.unit.as_ref()) {
        return None;
    }
    let hint = hint(&dress, &tail);
    let values = match interpret(body, hint) {
        Found::Values(values) => values,
        Found::Several => return None,
        Found::Refused(refusal) => return Some(Readings::refused(refusal)),
    };
    let mut readings = Vec::with_capacity(values.as_slice().len());
    for candidate in values.as_slice() {
        let mut reading = Reading::new(Payload::Number(candidate.value));
        reading.convention = candidate.convention;
        reading.repairs = candidate.repairs;
        reading.cost = candidate.cost;
        readings.push(reading);
    }
    let phrase = tail.unit.take();
    let mut readings = with_signs(readings, &dress, phrase.as_ref());
    for reading in &mut readings {
        dress_up(reading, &dress, &tail, phrase.as_ref())?;
    }
    if let (Some(power), true) = (dress.scale, dress.scale_unsure) {
        readings.extend(in_meters(&readings, power));
    }
    let mut found = settled(States::Number, readings);
    // `12 500` can be two numbers.
    if body.has_space() && body.groups().len() == 2 && hint == Hint::Any {
        for reading in &mut found.readings {
            if reading.convention == Convention::Spaces {
                reading.flag(Flag::NumberAmbiguous);
            }
        }
    }
    Some(found)
}

/// The readings with every sign that the dress allows.
fn with_signs(mut readings: Vec<Reading>, dress: &Dress, unit: Option<&Phrase>) -> Vec<Reading> {
    const LIST: &str = "the dash before it is a list mark";
    let bracket = dress.open && dress.close;
    let counted = unit.is_some_and(|unit| matches!(unit.kind, UnitKind::Count | UnitKind::Level));
    // What the sign can be: whether below zero, at which cost, and why.
    let signs: &[(bool, u16, &'static str)] = if dress.minus && dress.minus_apart {
        if counted {
            &[(false, 3, LIST), (true, 6, "")]
        } else {
            &[(true, 2, ""), (false, 6, LIST)]
        }
    } else if dress.minus {
        &[(true, 0, "")]
    } else if bracket && dress.percent {
        &[(true, 3, ""), (false, 3, "the brackets only set it apart")]
    } else if bracket {
        &[(true, 0, "")]
    } else if dress.open || dress.close {
        &[
            (false, 0, "a bracket is missing"),
            (true, 4, "a bracket of a negative number is missing"),
        ]
    } else if dress.dash_bare && dress.currency.is_none() {
        &[(false, 0, ""), (true, 4, "the dash behind it is a minus")]
    } else {
        &[(false, 0, "")]
    };
    let turn = |reading: &mut Reading, &(negative, cost, note): &(bool, u16, &'static str)| {
        if let Payload::Number(value) = &mut reading.value
            && negative
        {
            *value = value.negated();
        }
        reading.cost += cost;
        reading.note = note;
    };
    let (first, others) = signs.split_first().unwrap_or((&(false, 0, ""), &[]));
    let mut turned = Vec::new();
    for sign in others {
        turned.extend(readings.iter().cloned().map(|mut reading| {
            turn(&mut reading, sign);
            reading
        }));
    }
    for reading in &mut readings {
        turn(reading, first);
    }
    readings.extend(turned);
    readings
}

/// The same readings with M for meters: `5 M` need not be five miliar.
fn in_meters(readings: &[Reading], power: u8) -> Vec<Reading> {
    let meters = |reading: &Reading| {
        let mut reading = reading.clone();
        let factor = Decimal::new(10_i128.pow(u32::from(power)), 0)?;
        reading.value = Payload::Number(reading.number()?.checked_div(factor)?);
        (reading.unit, reading.unit_canonical) = (Some("m".into()), Some("meter".into()));
        reading.cost += 6;
        reading.note = "M is meters, not miliar";
        Some(reading)
    };
    readings.iter().filter_map(meters).collect()
}

/// `2.2 Perjanjian Kinerja`: things that come whole are not counted with a point and decimals.
fn is_heading(body: &Body<'_>, unit: Option<&Phrase>) -> bool {
    let whole = unit.is_some_and(|unit| {
        matches!(unit.kind, UnitKind::Count | UnitKind::Level | UnitKind::Place)
    });
    match body.groups() {
        [first, second] => whole && second.gap.mark == b'.' && first.len <= 2 && second.len <= 2,
        _ => false,
    }
}

/// What looks like an amount and is none.
fn refuse(body: &Body<'_>, dress: &Dress, tail: &Tail) -> Option<Readings> {
    let first = body.digits(body.groups()[0]);
    let bare = dress.currency.is_none() && !dress.percent && tail.unit.is_none();
    if bare && body.is_plain() && first.len() >= 9 && first.starts_with(b"0") && first[1] != b'0' {
        return Some(Readings::refused(Refusal::Telephone));
    }
    // `(Rp.000)`
    if body.is_plain() && first.len() >= 3 && first.iter().all(|&digit| digit == b'0') {
        return Some(Readings::refused(Refusal::UnitLine));
    }
    None
}

/// `(4)` is a column number, `(2020)` a year; both could be negative numbers.
fn bracketed(body: &Body<'_>) -> Option<Readings> {
    let digits = std::str::from_utf8(body.digits(body.groups()[0])).ok()?;
    let value: u16 = digits.parse().ok()?;
    let mut negative = Reading::new(Payload::Number(Decimal::from(-i64::from(value))));
    negative.cost = 6;
    negative.note = "brackets for a negative number";
    if digits.len() <= 2 && value > 0 {
        let mut column = Reading::new(Payload::Formula(Box::new(Formula::column(value))));
        column.note = "a column number";
        return Some(settled(States::Formula, vec![column, negative]));
    }
    if digits.len() == 4 && (1945..=2099).contains(&value) {
        let span = crate::date::read(&format!("Tahun {digits}"))?;
        let mut year = Reading::new(Payload::Date(span));
        year.note = "a year in brackets";
        return Some(settled(States::Date, vec![year, negative]));
    }
    None
}

fn hint(dress: &Dress, tail: &Tail) -> Hint {
    if dress.scale.is_some() {
        return Hint::Scaled;
    }
    if dress.percent {
        return Hint::Percent;
    }
    if dress.currency.is_some() || dress.dash {
        return Hint::Money;
    }
    match tail.unit.as_ref().map(|unit| unit.kind) {
        Some(UnitKind::Count | UnitKind::Level | UnitKind::Place | UnitKind::Time) => Hint::Count,
        Some(UnitKind::Score | UnitKind::Ratio) => Hint::Percent,
        _ if tail.grade_apart => Hint::Percent,
        _ => Hint::Any,
    }
}

/// Unit, grade, words and what the dress costs, for one reading; `None` if it no longer fits.
fn dress_up(
    reading: &mut Reading,
    dress: &Dress,
    tail: &Tail,
    phrase: Option<&Phrase>,
) -> Option<()> {
    let set = |reading: &mut Reading, unit: Word, canonical: Option<Word>| {
        reading.unit = Some(unit);
        reading.unit_canonical = canonical;
    };
    if dress.percent {
        set(reading, "%".into(), Some("%".into()));
    } else if let Some(currency) = dress.currency {
        set(reading, currency.into(), Some(currency.into()));
    } else if let Some(phrase) = phrase {
        set(reading, phrase.unit.clone(), phrase.canonical.clone());
    }
    if let Some(phrase) = phrase {
        reading.cost += phrase.cost;
    }
    if let Some(power) = dress.scale {
        let factor = Decimal::new(10_i128.pow(u32::from(power)), 0)?;
        let scaled = reading.number()?.checked_mul(factor)?;
        reading.value = Payload::Number(scaled.normalized());
        reading.cost += 1;
    }
    for (found, repair, cost) in [
        (dress.loose_mark, Repair::LeadingSeparator, 8),
        (dress.stray_mark, Repair::TrailingSeparator, 6),
        (dress.stray_sign || dress.open != dress.close, Repair::StraySign, 6),
    ] {
        if found {
            reading.repairs.add(repair);
            reading.cost += cost;
        }
    }
    if dress.footnote {
        reading.cost += 1;
    }
    if tail.remark {
        reading.cost += 4;
        reading.note = "words behind it were not read";
    }
    if dress.approx {
        reading.cost += 2;
        reading.note = "an approximate number";
    }
    if let Some(grade) = tail.grade {
        reading.grade = Some(grade.into());
        let decimals = reading.number().is_some_and(|value| value.scale() > 0);
        if reading.unit.is_none() && (tail.grade_apart || decimals) {
            set(reading, "score".into(), Some("score".into()));
        }
    }
    match &tail.words {
        Some(Ok(words)) => {
            let agrees = reading.number() == Some(words.value);
            reading.words =
                Some(InWords { value: Some(words.value), agrees, well_spelt: words.well_spelt });
            if !agrees {
                reading.cost += 6;
            }
            if words.rupiah && reading.unit.is_none() {
                set(reading, "IDR".into(), Some("IDR".into()));
            }
            if words.percent && reading.unit.is_none() {
                set(reading, "%".into(), Some("%".into()));
            }
        }
        Some(Err(_)) => {
            reading.words = Some(InWords { value: None, agrees: false, well_spelt: false });
        }
        None => {}
    }
    Some(())
}

/// Sorts readings, drops what is not defensible beside the best, and sets the flags.
pub(crate) fn settled(states: States, mut readings: Vec<Reading>) -> Readings {
    if readings.len() > 1 {
        readings.sort_by_key(|reading| reading.cost);
        let best = readings.first().map_or(0, |reading| reading.cost);
        readings.retain(|reading| reading.cost <= best + 20);
        let tied = |reading: &Reading| reading.cost < best + Reading::AMBIGUOUS;
        let first = readings.first().map(|reading| reading.value.clone());
        let open = readings
            .iter()
            .skip(1)
            .any(|reading| tied(reading) && Some(&reading.value) != first.as_ref());
        if open {
            for reading in readings.iter_mut().filter(|reading| tied(reading)) {
                reading.flag(Flag::NumberAmbiguous);
            }
        }
    }
    for reading in &mut readings {
        if reading.is_malformed() {
            reading.flags.insert(Flag::NumberMalformed);
        }
    }
    // Groups that make no number at all leave nothing to read.
    if readings.is_empty() {
        Readings::of(States::Text)
    } else {
        Readings { states, readings, refusal: None }
    }
}

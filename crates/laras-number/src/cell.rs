//! One number with its dress, unit, grade and words: what a quantitative cell holds.
//!
//! ```text
//! cell  = before body behind [ tail ]                       ; crate::dress, crate::amount
//! tail  = 1*( "(" inner ")" / unit / ["/" / "-" / ","] grade )
//! inner = grade / number in words / unit                    ; crate::terbilang, crate::units
//! graded = grade ["(" / "/" / ":" / "-"] [relation] cell [")"] [unit]
//! scored = ("Nilai" / "Skor" / "Indeks" / "Level" …) [":"] cell
//! spelled = number in words [ "(" cell ")" ] [unit]
//! ```

use laras_model::{Decimal, Flag};

use crate::amount::{Body, body};
use crate::criterion;
use crate::dress::{self, Dress};
use crate::formula::Formula;
use crate::interpret::{Found, Hint, interpret};
use crate::lexicon::{self, Lower, UnitKind};
use crate::reading::{
    Convention, InWords, Payload, Reading, Readings, Refusal, Repair, States, Word,
};
use crate::terbilang::{self, NotSpelled, Spelled};
use crate::units::{self, Phrase};

/// What stands behind the dressed digits.
#[derive(Default)]
struct Tail {
    unit: Option<Phrase>,
    grade: Option<&'static str>,
    /// Whether the grade stands in brackets or behind a sign, and so is the number's own.
    grade_apart: bool,
    words: Option<Result<Spelled, NotSpelled>>,
    /// A remark that says nothing about the number: `(APBD)`, `per bulan`.
    remark: bool,
}

/// Reads a cell that is one number.
pub(crate) fn read(text: &str) -> Option<Readings> {
    read_with(text, false)
}

/// Reads a cell that is one number with a bracket behind it that holds other figures:
/// `25 Orang (L 10, P 15)`.
pub(crate) fn read_before_bracket(text: &str) -> Option<Readings> {
    read_with(text, true)
}

fn read_with(text: &str, any_bracket: bool) -> Option<Readings> {
    let (mut dress, rest) = dress::before(text);
    if dress.currency.is_some() && !rest.is_empty() && dress::is_placeholder(rest) {
        return Some(Readings::of(States::Blank));
    }
    let Some(body) = body(rest) else { return none(rest, dress) };
    if !is_amount_shaped(&body) {
        return None;
    }
    let after = rest.get(body.end..)?;
    let behind = dress::behind(after, &mut dress);
    let mut tail = Tail::default();
    if !behind.is_empty() {
        read_tail(behind, &mut dress, &mut tail, any_bracket)?;
    }
    // `- 12 -` is a page number.
    if dress.minus && dress.dash && dress.currency.is_none() && body.is_plain() {
        return None;
    }
    // `3D` is no grade.
    if tail.grade.is_some() && after.starts_with(char::is_alphabetic) {
        return None;
    }
    build(&body, dress, tail)
}

/// At least half of the groups behind the first have three digits; else it is a date or a code.
fn is_amount_shaped(body: &Body<'_>) -> bool {
    let groups = &body.groups()[1..];
    let full = groups.iter().filter(|group| matches!(group.len, 3 | 6 | 9)).count();
    let long = groups.split_last().is_some_and(|(_, middle)| middle.iter().any(|g| g.len > 3));
    groups.len() < 2 || full * 2 >= groups.len() || groups[0].gap.mark == b',' || long
}

/// "None" with a unit or currency: `- Orang`, `Rp -`, `-%`.
fn none(rest: &str, dress: Dress) -> Option<Readings> {
    // The dash may already have been taken for a minus.
    let after = match dress::none_mark(rest) {
        Some(after) => after,
        None if dress.minus => rest.trim(),
        None => return None,
    };
    let after = after.strip_suffix(')').filter(|_| dress.open).unwrap_or(after).trim();
    let mut reading = Reading::new(Payload::Nil);
    if let Some(unit) = dress.currency {
        (reading.unit, reading.unit_canonical) = (Some(unit.into()), Some(unit.into()));
    }
    if after.is_empty() {
        return if reading.unit.is_none() {
            Some(Readings::of(States::None))
        } else {
            Some(Readings::one(States::None, reading))
        };
    }
    let bare = after.trim_matches(['(', ')']);
    if Lower::new(bare).is_some_and(|bare| lexicon::is_none(bare.as_str())) {
        return Some(Readings::of(States::None));
    }
    // A dash in front of words is a list mark, unless the words are a unit.
    let phrase = units::phrase(after).filter(|phrase| phrase.cost == 0)?;
    if reading.unit.is_none() {
        (reading.unit, reading.unit_canonical) = (Some(phrase.unit), phrase.canonical);
    }
    Some(Readings::one(States::None, reading))
}

fn read_tail(text: &str, dress: &mut Dress, tail: &mut Tail, any_bracket: bool) -> Option<()> {
    let mut rest = text;
    for _ in 0..4 {
        rest = rest.trim();
        if rest.is_empty() {
            return Some(());
        }
        if let Some(inside) = rest.strip_prefix('(') {
            let close = inside.find(')')?;
            bracket(inside.get(..close)?.trim(), tail, any_bracket)?;
            rest = inside.get(close + 1..)?;
            continue;
        }
        // The bracket that the cell opened.
        if dress.open && !dress.close && rest.ends_with(')') && !rest.contains('(') {
            dress.close = true;
            rest = rest.get(..rest.len() - 1)?;
            continue;
        }
        // `Rp 500.000/bulan`, `Rp. 15.000,- per suara`
        if dress.currency.is_some()
            && let Some(per) = rest.strip_prefix('/').or_else(|| rest.strip_prefix("per "))
            && units::phrase(per).is_some_and(|phrase| phrase.cost < 4)
        {
            tail.remark = true;
            return Some(());
        }
        let bare = rest.trim_start_matches(['/', '-', ',', ':', ';', '=']).trim_start();
        if tail.grade.is_none()
            && let Some(grade) = lexicon::grade(bare.trim_end_matches('.'))
        {
            tail.grade = Some(grade);
            tail.grade_apart = bare.len() < rest.len();
            return Some(());
        }
        let end = rest.find('(').unwrap_or(rest.len());
        let phrase = units::phrase(rest.get(..end)?)?;
        match phrase.kind {
            UnitKind::Percent => dress.percent = true,
            UnitKind::Money => dress.currency = Some("IDR"),
            _ if tail.unit.is_some() => return None,
            _ => tail.unit = Some(phrase),
        }
        rest = rest.get(end..)?;
    }
    None
}

fn bracket(inside: &str, tail: &mut Tail, any: bool) -> Option<()> {
    let label = inside.get(..9).filter(|label| label.eq_ignore_ascii_case("terbilang"));
    let inside = label.map_or(inside, |_| inside[9..].trim_start_matches([' ', ':']));
    if let Some(grade) = lexicon::grade(inside) {
        (tail.grade, tail.grade_apart) = (Some(grade), true);
        return Some(());
    }
    match terbilang::read(inside) {
        Err(NotSpelled::NotWords) => {}
        words => {
            tail.words = Some(words);
            return Some(());
        }
    }
    // A single letter in brackets is a mark of some kind, not meters.
    let known = units::phrase(inside).filter(|phrase| phrase.cost == 0);
    match known.filter(|phrase| phrase.unit.len() > 1 || phrase.unit == "%") {
        Some(phrase) if tail.unit.is_none() => tail.unit = Some(phrase),
        Some(_) => {}
        None if any || !inside.contains(|c: char| c.is_ascii_digit()) => tail.remark = true,
        None => return None,
    }
    Some(())
}

/// Puts the readings together.
fn build(body: &Body<'_>, dress: Dress, mut tail: Tail) -> Option<Readings> {
    let bracket = dress.open && dress.close;
    if dress.open != dress.close && !(dress.close && tail.unit.is_none()) && !dress.open {
        return None;
    }
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
    let negative = dress.minus || bracket;
    let phrase = tail.unit.take();
    let whole =
        phrase.as_ref().is_some_and(|p| matches!(p.kind, UnitKind::Count | UnitKind::Level));
    // A list mark and a minus look alike; so do brackets around a share and a negative number.
    let (lost, kept, note) =
        match (dress.minus && dress.minus_apart, whole, bracket && dress.percent) {
            (true, true, _) => (6, 3, "the dash before it is a list mark"),
            (true, false, _) => (2, 6, "the dash before it is a list mark"),
            (_, _, true) if !dress.minus => (3, 3, "the brackets only set it apart"),
            _ => (0, u16::MAX, ""),
        };
    if negative {
        let positive: Vec<Reading> = if kept < u16::MAX { readings.clone() } else { Vec::new() };
        for reading in &mut readings {
            if let Payload::Number(value) = &mut reading.value {
                *value = value.negated();
            }
            reading.cost += lost;
        }
        readings.extend(positive.into_iter().map(|mut reading| {
            reading.cost += kept;
            reading.note = note;
            reading
        }));
    }
    if dress.dash_bare && dress.currency.is_none() && !negative {
        // `1.665.000-` is the dash of a price, or a minus behind the number.
        let turned: Vec<Reading> = readings
            .iter()
            .filter_map(|reading| {
                let mut reading = reading.clone();
                reading.value = Payload::Number(reading.number()?.negated());
                reading.cost += 4;
                reading.note = "the dash behind it is a minus";
                Some(reading)
            })
            .collect();
        readings.extend(turned);
    }
    for reading in &mut readings {
        dress_up(reading, &dress, &tail, phrase.as_ref())?;
    }
    if let (Some(power), true) = (dress.scale, dress.scale_unsure) {
        // `5 M` can be five meters.
        let divisor = Decimal::new(10_i128.pow(u32::from(power)), 0)?;
        let meters: Vec<Reading> = readings
            .iter()
            .filter_map(|reading| {
                let mut reading = reading.clone();
                let value = reading.number()?.checked_div(divisor)?;
                reading.value = Payload::Number(value);
                (reading.unit, reading.unit_canonical) = (Some("m".into()), Some("meter".into()));
                reading.cost += 6;
                reading.note = "M is meters, not miliar";
                Some(reading)
            })
            .collect();
        readings.extend(meters);
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
    for (found, repair, cost) in
        [(dress.stray_mark, Repair::TrailingSeparator, 6), (dress.stray_sign, Repair::StraySign, 6)]
    {
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
            reading.flags.insert(0, Flag::NumberMalformed);
        }
    }
    // Groups that make no number at all leave nothing to read.
    if readings.is_empty() {
        Readings::of(States::Text)
    } else {
        Readings { states, readings, refusal: None }
    }
}

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

//! What a cell can be besides a number, each from its own grammar, as readings.

use laras_model::{Decimal, Flags};

use crate::assemble::settled;
use crate::cell;
use crate::codes;
use crate::criterion;
use crate::date;
use crate::formula::{self, Formula};
use crate::letters;
use crate::lexicon::{self, Lower};
use crate::nip;
use crate::ordinal;
use crate::reading::{Payload, Reading, Readings, States};
use crate::repair::{Refusal, Repair};
use crate::unit_line;

pub(crate) fn stated_none(text: &str) -> Option<Readings> {
    // A line of dashes is a rule.
    if text.len() > 24 && text.starts_with("----") {
        return Some(Readings::of(States::Text));
    }
    let bare =
        text.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '"' | '\'' | '.' | ' '));
    let lower = Lower::new(bare)?;
    if lexicon::is_none(lower.as_str()) || lexicon::is_none(text) {
        return Some(Readings::of(States::None));
    }
    let dashes = bare.len() < 24
        && bare.contains('-')
        && bare.chars().all(|c| matches!(c, '-' | ' ' | '\n' | '/' | '.' | ','));
    dashes.then(|| Readings::of(States::None))
}

pub(crate) fn as_unit_line(text: &str) -> Option<Readings> {
    let line = unit_line::read(text)?;
    let refused = line.factor > 1 || text.contains(['R', 'r']);
    refused.then_some(Readings::refused(Refusal::UnitLine))
}

pub(crate) fn as_nip(text: &str) -> Option<Readings> {
    let nip = nip::read(text)?;
    Some(Readings::one(States::Nip, Reading::new(Payload::Nip(Box::new(nip)))))
}

pub(crate) fn as_date(text: &str) -> Option<Readings> {
    let span = date::read(text)?;
    if !span.exists() {
        let mut refused = Readings::refused(Refusal::NoSuchDay);
        refused.states = States::Date;
        return Some(refused);
    }
    Some(Readings::one(States::Date, Reading::new(Payload::Date(span))))
}

pub(crate) fn as_signed_date(text: &str) -> Option<Readings> {
    let (_, span) = date::read_signed(text)?;
    let mut reading = Reading::new(Payload::Date(span));
    reading.note = "place and date of signing";
    span.exists().then(|| Readings::one(States::Date, reading))
}

pub(crate) fn as_code(text: &str) -> Option<Readings> {
    let code = codes::read(text)?;
    let mut reading = Reading::new(Payload::Code(Box::new(code)));
    if let Payload::Code(code) = &reading.value
        && code.repaired
    {
        reading.cost = 8;
        reading.note = "a zero put back";
    }
    Some(Readings::one(States::Code, reading))
}

pub(crate) fn as_formula(text: &str) -> Option<Readings> {
    let formula = formula::read(text).or_else(|| worked_formula(text))?;
    Some(Readings::one(States::Formula, Reading::new(Payload::Formula(Box::new(formula)))))
}

/// A worked calculation (`\frac{30}{60} × 100% = 50%`): a formula, but none over columns.
fn worked_formula(text: &str) -> Option<Formula> {
    let latex = text.contains("\\frac") || text.contains("\\dfrac");
    latex.then_some(Formula { result: None, expression: None })
}

pub(crate) fn as_criterion(text: &str) -> Option<Readings> {
    criterion::read(text).map(|_| Readings::of(States::Criterion))
}

/// A bound that begins with its sign; a scale in LaTeX that says no more than that it is one.
pub(crate) fn as_criterion_signed(text: &str) -> Option<Readings> {
    let relation =
        text.starts_with(['<', '>', '≤', '≥']) || text.starts_with("=>") || text.starts_with("=<");
    let latex = text.starts_with('\\') && text.contains(['≤', '≥', '<', '>']);
    if relation || latex { as_criterion(text) } else { None }
}

/// A list mark that closes: `1.`, `12)`, `2.1.`.
pub(crate) fn ordinal_alone(text: &str) -> Option<Readings> {
    if text.len() > 12 || !text.ends_with(['.', ')', ',']) {
        return None;
    }
    let mark = ordinal::read(text.strip_suffix(',').unwrap_or(text))?;
    let short = mark.numbers().iter().all(|&number| number < 100);
    let comma = text.ends_with(',') && mark.depth() > 1;
    // `4.1.2.` is numbering, `5.1.02.` a code.
    let code = codes::read(text)
        .is_some_and(|code| code.kind != codes::CodeKind::Account || text.contains(".0"));
    if !short || comma || code {
        return None;
    }
    let mut stray = Reading::new(Payload::Ordinal(mark));
    stray.note = "a list mark";
    let mut readings = vec![stray];
    if mark.depth() == 1 {
        let mut number = Reading::new(Payload::Number(Decimal::from(i64::from(mark.value()?))));
        number.repairs.add(Repair::TrailingSeparator);
        number.cost = 8;
        readings.push(number);
    }
    Some(settled(States::Ordinal, readings))
}

pub(crate) fn ordinal_numbering(text: &str) -> Option<Readings> {
    let mark = ordinal::read(text)?;
    Some(Readings::one(States::Ordinal, Reading::new(Payload::Ordinal(mark))))
}

/// Figures that are no amounts: telephone, taxpayer and decree numbers, times, ratios, shares.
pub(crate) fn not_an_amount(text: &str) -> Option<Readings> {
    if ends_in_time_zone(text.trim_end_matches('.')) && text.contains([' ', '.', ':']) {
        return Some(Readings::refused(Refusal::Time));
    }
    // 01.234.567.8-901.000
    let parts: Vec<usize> = text.split(['.', '-', ' ']).map(str::len).collect();
    let digits =
        text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b' '));
    if digits && parts == [2, 3, 3, 1, 3, 3] {
        return Some(Readings::refused(Refusal::Npwp));
    }
    as_telephone(text).or_else(|| as_fraction(text))
}

/// Whether a text ends in one of the country's time zones.
pub(crate) fn ends_in_time_zone(text: &str) -> bool {
    let ends_in = |zone: &&str| {
        let from = text.len().checked_sub(zone.len());
        from.and_then(|from| text.get(from..)).is_some_and(|end| end.eq_ignore_ascii_case(zone))
    };
    ["wib", "wita", "wit"].iter().any(ends_in)
}

pub(crate) fn as_telephone(text: &str) -> Option<Readings> {
    // It has eight digits at least.
    if text.len() < 8 {
        return None;
    }
    let allowed =
        |c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | '-' | ' ' | '+' | '/' | '.');
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let trunk = text.trim_start_matches(['(', ' ']);
    let international = trunk.starts_with("+62") || trunk.starts_with("62 8");
    let local = trunk.starts_with('0')
        && digits.get(1..2).is_some_and(|second| second != "0")
        && text.contains(['-', ' ', ')']);
    let telephone =
        text.chars().all(allowed) && (8..=26).contains(&digits.len()) && (international || local);
    telephone.then_some(Readings::refused(Refusal::Telephone))
}

/// `3/4`, `1 : 250`, `3 dari 5`, `800/123/2020`: parts that stand for no amount together.
pub(crate) fn as_fraction(text: &str) -> Option<Readings> {
    let number = |part: &str| {
        let part = part.trim();
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
    };
    let all = |separator: &str| {
        let parts: Vec<&str> = text.split(separator).collect();
        parts.len() > 1 && parts.iter().all(|part| number(part))
    };
    if all(":") {
        return Some(Readings::refused(Refusal::Ratio));
    }
    if text.matches('/').count() > 1 && !text.contains(' ') {
        return Some(Readings::refused(Refusal::Decree));
    }
    (all("/") || all(" dari ")).then_some(Readings::refused(Refusal::Fraction))
}

/// The same text with look-alike letters read as digits.
pub(crate) fn with_letters(text: &str) -> Option<Readings> {
    let (fixed, letters) = letters::as_digits(text)?;
    let mut found = cell::read(&fixed)?;
    for reading in &mut found.readings {
        reading.repairs.add(Repair::Letters);
        reading.cost += 9 * letters;
        reading.flags = Flags::NONE;
    }
    Some(settled(found.states, found.readings))
}

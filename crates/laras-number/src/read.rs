//! From a cell's text to its readings: classified by its first signs, then given to one grammar.
//!
//! Most cells are names, blanks, dashes, amounts and percents; they are told apart by their first
//! byte or first word and never see a grammar that is not theirs.

use laras_model::Decimal;

use crate::amount::body;
use crate::cell::{self, settled};
use crate::clean::plain;
use crate::codes;
use crate::criterion;
use crate::date;
use crate::dress;
use crate::formula::{self, Formula};
use crate::interpret::clean_value;
use crate::letters;
use crate::lexicon::{self, Lead, Lower, Role, UnitKind};
use crate::nip;
use crate::ordinal;
use crate::pieces;
use crate::quarter;
use crate::reading::{Payload, Reading, Readings, Refusal, Repair, States, Word};
use crate::unit_line;

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
    let found = read_one(text);
    let plain_text =
        found.states == States::Text && found.refusal.is_none() && found.readings.is_empty();
    // A digit in front or a digit somewhere in a list could still be several numbers.
    if !plain_text || !may_hold_several(text) {
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

fn may_hold_several(text: &str) -> bool {
    let text = text.trim_start();
    let first = text.as_bytes().first().copied().unwrap_or(b' ');
    first.is_ascii_digit()
        || (text.contains('\n') && text.bytes().any(|byte| byte.is_ascii_digit()))
        || (matches!(text.as_bytes().get(1), Some(b'.' | b')'))
            && text.bytes().any(|byte| byte.is_ascii_digit()))
        || (first.eq_ignore_ascii_case(&b'r') && text.bytes().any(|byte| byte.is_ascii_digit()))
        || matches!(first, b'-' | b'(' | b'>')
}

/// Reads a cell that holds one thing.
pub(crate) fn read_one(text: &str) -> Readings {
    if text.len() > MAX_CELL {
        // Prose is long and no number; figures that go on for so long are refused.
        let prose = text.trim_ascii_start().starts_with(|c: char| c.is_alphabetic());
        return if prose {
            Readings::of(States::Text)
        } else {
            Readings::refused(Refusal::TooLong)
        };
    }
    let text = text.trim_ascii();
    match text.as_bytes().first() {
        None => Readings::of(States::Blank),
        Some(b'0'..=b'9') => fast_number(text).unwrap_or_else(|| cleaned(text)),
        Some(b'-') if text.len() == 1 => Readings::of(States::None),
        Some(first) if first.is_ascii_alphabetic() => {
            if is_plain_name(text) {
                Readings::of(States::Text)
            } else {
                cleaned(text)
            }
        }
        Some(_) => cleaned(text),
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
    let body = body(text)?;
    let rest = text.get(body.end..)?;
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
    let (value, convention) = clean_value(&body)?;
    if unit.is_some() && !value.is_integer() && unit.as_ref().is_some_and(|(unit, _)| unit != "%") {
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
    let Some(lower) = Lower::new(word) else { return true };
    lexicon::lead(lower.as_str()).is_none() && !lexicon::begins_number_word(lower.as_str())
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
        .or_else(|| as_formula(text))
        .or_else(|| as_criterion(text))
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
        reading.flags.clear();
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
        Some(Lead::Keyword(Role::Bound)) => as_criterion(text).or_else(|| cell::graded(text)),
        Some(Lead::Keyword(Role::Numbering)) => ordinal_numbering(text),
        Some(Lead::Number) => cell::spelled(text),
        Some(Lead::Grade) => cell::graded(text),
        Some(Lead::Unit) => cell::scored(text),
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
        .or_else(|| cell::graded(text))
        .or_else(|| cell::spelled(text))
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

fn stated_none(text: &str) -> Option<Readings> {
    // A line of dashes is a rule.
    if text.len() > 24 && text.starts_with("----") {
        return Some(Readings::of(States::Text));
    }
    let bare = text.trim_matches(|c: char| matches!(c, '(' | ')' | '"' | '\'' | '.' | ' '));
    let lower = Lower::new(bare)?;
    if lexicon::is_none(lower.as_str()) || lexicon::is_none(text) {
        return Some(Readings::of(States::None));
    }
    let dashes = bare.len() < 24
        && bare.contains('-')
        && bare.chars().all(|c| matches!(c, '-' | ' ' | '\n' | '/' | '.'));
    dashes.then(|| Readings::of(States::None))
}

fn as_unit_line(text: &str) -> Option<Readings> {
    let line = unit_line::read(text)?;
    let refused = line.factor > 1 || text.contains(['R', 'r']);
    refused.then_some(Readings::refused(Refusal::UnitLine))
}

fn as_nip(text: &str) -> Option<Readings> {
    let nip = nip::read(text)?;
    Some(Readings::one(States::Nip, Reading::new(Payload::Nip(Box::new(nip)))))
}

fn as_date(text: &str) -> Option<Readings> {
    let span = date::read(text)?;
    if !span.exists() {
        let mut refused = Readings::refused(Refusal::NoSuchDay);
        refused.states = States::Date;
        return Some(refused);
    }
    Some(Readings::one(States::Date, Reading::new(Payload::Date(span))))
}

fn as_signed_date(text: &str) -> Option<Readings> {
    let (_, span) = date::read_signed(text)?;
    let mut reading = Reading::new(Payload::Date(span));
    reading.note = "place and date of signing";
    span.exists().then(|| Readings::one(States::Date, reading))
}

fn as_code(text: &str) -> Option<Readings> {
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

fn as_formula(text: &str) -> Option<Readings> {
    let formula = formula::read(text).or_else(|| worked_formula(text))?;
    Some(Readings::one(States::Formula, Reading::new(Payload::Formula(Box::new(formula)))))
}

/// A worked calculation (`\frac{30}{60} × 100% = 50%`): a formula, but none over columns.
fn worked_formula(text: &str) -> Option<Formula> {
    let latex = text.contains("\\frac") || text.contains("\\dfrac");
    latex.then_some(Formula { result: None, expression: None })
}

fn as_criterion(text: &str) -> Option<Readings> {
    criterion::read(text).map(|_| Readings::of(States::Criterion))
}

/// A bound that begins with its sign; a scale in LaTeX that says no more than that it is one.
fn as_criterion_signed(text: &str) -> Option<Readings> {
    let relation =
        text.starts_with(['<', '>', '≤', '≥']) || text.starts_with("=>") || text.starts_with("=<");
    let latex = text.starts_with('\\') && text.contains(['≤', '≥', '<', '>']);
    if relation || latex { as_criterion(text) } else { None }
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
        // `Triwulan I : Persiapan`
        _ => return Some(Readings::of(States::Text)),
    }
    for reading in &mut found.readings {
        reading.quarter = Some(quarter);
    }
    found.states = States::Quarter;
    Some(found)
}

/// A list mark that closes: `1.`, `12)`, `2.1.`.
fn ordinal_alone(text: &str) -> Option<Readings> {
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

fn ordinal_numbering(text: &str) -> Option<Readings> {
    let mark = ordinal::read(text)?;
    Some(Readings::one(States::Ordinal, Reading::new(Payload::Ordinal(mark))))
}

/// Figures that are no amounts: telephone, taxpayer and decree numbers, times, ratios, shares.
fn not_an_amount(text: &str) -> Option<Readings> {
    let lower = text.to_ascii_lowercase();
    let time =
        ["wib", "wita", "wit"].iter().any(|zone| lower.trim_end_matches('.').ends_with(zone));
    if time && lower.contains([' ', '.', ':']) {
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

fn as_telephone(text: &str) -> Option<Readings> {
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
fn as_fraction(text: &str) -> Option<Readings> {
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
fn with_letters(text: &str) -> Option<Readings> {
    let (fixed, letters) = letters::as_digits(text)?;
    let mut found = cell::read(&fixed)?;
    for reading in &mut found.readings {
        reading.repairs.add(Repair::Letters);
        reading.cost += 9 * letters;
        reading.flags.clear();
    }
    Some(settled(found.states, found.readings))
}

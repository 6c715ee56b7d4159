//! Whether two pieces of text are one number, code or date that a wrap or page break cut.
//!
//! Narrow columns break `9.992.176.720` into `9.992.176.7` over `20`, and `8.01.02.2.01` into
//! `8.01.02.2.` over `01`. Joined, the halves make a well-formed reading; apart, at least one of
//! them does not. Where both halves stand well by themselves (`350` over `400`), nothing but the
//! column can tell, and the score is low.

use crate::cell;
use crate::codes::{self, CodeKind};
use crate::date;
use crate::lexicon::{self, Lower};
use crate::nip;
use crate::read::read_one;
use crate::reading::{Readings, States};
use crate::units;

/// What two pieces make together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JoinKind {
    /// A number, or a number and its unit.
    Number,
    /// A code.
    Code,
    /// A date.
    Date,
    /// A civil servant's number.
    Nip,
    /// No number, code or date: words, or two things.
    None,
}

/// The evidence whether two pieces are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// What they make together.
    pub kind: JoinKind,
    /// The joined text; for [`JoinKind::None`] with a blank between.
    pub text: String,
    /// From 0 (two things) to 100 (one thing); from 50 on the joined reading is the better one.
    pub score: u8,
}

impl Join {
    /// Whether the joined reading is the better one.
    pub fn is_one(&self) -> bool {
        self.score >= 50
    }
}

/// Longest piece that is looked at, in bytes.
const MAX: usize = 120;

/// Says whether two pieces of text, one after the other, are one number, code or date.
///
/// ```
/// use laras_number::{JoinKind, join};
///
/// let cut = join("9.992.176.7", "20");
/// assert_eq!((cut.kind, cut.text.as_str(), cut.is_one()), (JoinKind::Number, "9.992.176.720", true));
/// assert!(!join("350", "400").is_one());
/// assert_eq!(join("Pembinaan Wawasan", "dan bela negara").kind, JoinKind::None);
/// ```
pub fn join(first: &str, second: &str) -> Join {
    let (first, second) = (first.trim(), second.trim());
    let none = || Join {
        kind: JoinKind::None,
        text: format!("{first} {second}").trim().to_owned(),
        score: 0,
    };
    if first.is_empty() || second.is_empty() || first.len() > MAX || second.len() > MAX {
        return none();
    }
    let found = [
        as_nip(first, second),
        as_code(first, second),
        as_date(first, second),
        as_number(first, second),
    ];
    found.into_iter().flatten().max_by_key(|join| join.score).unwrap_or_else(none)
}

fn made(kind: JoinKind, text: String, score: i32) -> Option<Join> {
    (score > 0).then(|| Join { kind, text, score: score.clamp(0, 100) as u8 })
}

fn as_nip(first: &str, second: &str) -> Option<Join> {
    let last = first.bytes().next_back()?.is_ascii_digit();
    if !last
        || !second.bytes().next()?.is_ascii_digit()
        || nip::read(first).is_some_and(|nip| nip.is_sound())
    {
        return None;
    }
    let text = format!("{first} {second}");
    let joined = nip::read(&text).filter(nip::Nip::is_sound)?;
    let sure = matches!(joined.kind, nip::Kind::Pns | nip::Kind::Pppk);
    made(JoinKind::Nip, text, if sure { 95 } else { 30 })
}

fn as_code(first: &str, second: &str) -> Option<Join> {
    let part = |text: &str| {
        text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'X'))
            && text.contains(|c: char| c != '.')
    };
    if !part(first) || !part(second) {
        return None;
    }
    let known = |text: &str| {
        codes::read(text).filter(|code| code.kind != CodeKind::Unknown && !code.repaired)
    };
    let (glued, dotted) = (format!("{first}{second}"), format!("{first}.{second}"));
    let marked = first.ends_with('.') || second.starts_with('.');
    let complete = known(first).is_some_and(|code| !code.open && code.level.is_some());
    let begins_code = codes::read(first).is_some() || first.contains('.');
    if !begins_code {
        return None;
    }
    if known(&glued).is_some() {
        let score = 45 + if marked { 45 } else { 0 } + if complete { 0 } else { 15 };
        return made(JoinKind::Code, glued, score);
    }
    // The dot itself was lost at the break.
    let level = known(&dotted)?.level?;
    let deeper = complete && level == laras_model::Level::SubKegiatan && second.len() > 1;
    made(JoinKind::Code, dotted, if deeper { 55 } else { 30 })
}

fn as_date(first: &str, second: &str) -> Option<Join> {
    let text = format!("{first} {second}");
    let joined = date::read(&text)?;
    let month = |text: &str| {
        text.split([' ', '.', ',']).any(|word| {
            Lower::new(word).is_some_and(|word| lexicon::month(word.as_str()).is_some())
        })
    };
    let named = month(first) || month(second);
    let whole = date::read(first).is_some_and(|date| date.from.year.is_some())
        || date::read(second)
            .is_some_and(|date| date.from.day.is_some() && date.from.year.is_some());
    let exact = joined.from.year.is_some() && joined.from.month.is_some();
    made(
        JoinKind::Date,
        text,
        if whole && joined.to.is_none() {
            0
        } else if named && exact {
            85
        } else {
            40
        },
    )
}

fn as_number(first: &str, second: &str) -> Option<Join> {
    // `Rp.` over its number, a number over its unit or percent sign.
    let currency = first.trim_end_matches(['.', ':', ',']);
    if currency.eq_ignore_ascii_case("rp") || currency.eq_ignore_ascii_case("idr") {
        let number = is_number(&read_one(second));
        return made(JoinKind::Number, format!("{first} {second}"), if number { 90 } else { 0 });
    }
    if !first.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if second.starts_with(|c: char| c.is_alphabetic() || c == '%' || c == '(') {
        let text = format!("{first} {second}");
        let unit = units::phrase(second).filter(|unit| unit.cost == 0);
        let stands = is_number(&read_one(first)) && first.ends_with(|c: char| c.is_ascii_digit());
        let reads = is_number(&read_one(&text));
        let bracket = second.starts_with('(') && reads;
        return if stands && reads && (unit.is_some() || bracket) {
            made(JoinKind::Number, text, 70)
        } else {
            None
        };
    }
    let end = first.chars().next_back()?;
    let start = second.chars().next()?;
    let dash = start == '-' && second.trim_matches(['-', ' ', '.']).is_empty();
    let touches = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    if !touches(end) || !(touches(start) || dash) {
        return None;
    }
    let glued = format!("{first}{second}");
    let joined = cell::read(&glued).filter(is_number)?;
    let best = joined.best()?;
    let clean = best.repairs.is_empty() && best.cost <= 4;
    let mark = |c: char| c == '.' || c == ',';
    // Stands by itself, at most at this cost; `98.500` is open and so only half stands.
    let stands = |text: &str, most: u16| {
        let found = read_one(text);
        found.best().is_some_and(|best| {
            let sound = best.repairs.is_empty() && best.cost <= most;
            is_number(&found) && sound && !leading_zeros(text)
        })
    };
    let first_stands = stands(first, u16::MAX) && !mark(end);
    let both_stand = stands(first, 0) && stands(second, 0);
    let mut score = if clean { 40 } else { 5 };
    if mark(end) || mark(start) || dash {
        score += 45;
    } else if !first_stands {
        score += 40;
    }
    if leading_zeros(second) {
        score += 25;
    }
    // Together the group at the seam has three digits, and it had fewer.
    let tail = first.bytes().rev().take_while(u8::is_ascii_digit).count();
    let head = second.bytes().take_while(u8::is_ascii_digit).count();
    if tail < 3 && tail + head == 3 && first.contains(mark) && clean {
        score += 20;
    }
    if both_stand {
        score -= 35;
    }
    made(JoinKind::Number, glued, score)
}

fn is_number(found: &Readings) -> bool {
    found.states == States::Number
}

/// `00`, `000,00`: figures that no number begins with.
fn leading_zeros(text: &str) -> bool {
    text.len() > 1
        && text.starts_with('0')
        && text.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn one(first: &str, second: &str, kind: JoinKind, text: &str) {
        let found = join(first, second);
        let expected = (kind, text, true);
        assert_eq!((found.kind, found.text.as_str(), found.is_one()), expected, "{found:?}");
    }

    #[track_caller]
    fn two(first: &str, second: &str) {
        let found = join(first, second);
        assert!(!found.is_one(), "{first:?} {second:?} {found:?}");
    }

    #[test]
    fn cut_numbers_are_one() {
        one("9.992.176.7", "20", JoinKind::Number, "9.992.176.720");
        one("1.234.567.", "890,00", JoinKind::Number, "1.234.567.890,00");
        one("1.234.567", ".890", JoinKind::Number, "1.234.567.890");
        one("2.714.944.445,", "00", JoinKind::Number, "2.714.944.445,00");
        one("1.665.00", "0", JoinKind::Number, "1.665.000");
        one("165.325", ",00", JoinKind::Number, "165.325,00");
        one("17.4", "98.500", JoinKind::Number, "17.498.500");
        one("-3.935.6", "11.680", JoinKind::Number, "-3.935.611.680");
        one("Rp.", "2.714.944.445,00", JoinKind::Number, "Rp. 2.714.944.445,00");
        one("95,42", "%", JoinKind::Number, "95,42 %");
        one("350", "Buah", JoinKind::Number, "350 Buah");
        one("15.000,", "-", JoinKind::Number, "15.000,-");
        one("2,804,150,", "926", JoinKind::Number, "2,804,150,926");
    }

    #[test]
    fn cut_codes_dates_and_nips_are_one() {
        one("8.01.02.2.", "01", JoinKind::Code, "8.01.02.2.01");
        one("8.01.02.2.01.", "0003", JoinKind::Code, "8.01.02.2.01.0003");
        one("8.01.02.2.0", "1.0003", JoinKind::Code, "8.01.02.2.01.0003");
        one("5.1.02.01.01.", "0024", JoinKind::Code, "5.1.02.01.01.0024");
        one("X.XX.01.", "2.02", JoinKind::Code, "X.XX.01.2.02");
        one("31 Juli", "2020", JoinKind::Date, "31 Juli 2020");
        one("31", "Juli 2020", JoinKind::Date, "31 Juli 2020");
        one("NIP. 19780214", "200501 1 004", JoinKind::Nip, "NIP. 19780214 200501 1 004");
    }

    #[test]
    fn two_things_stay_two() {
        two("350", "400");
        two("1.234.567", "2.345.678");
        two("95,42", "80,09");
        two("12", "5");
        two("Pembinaan Wawasan", "dan bela negara");
        two("1.234.567", "Program lain");
        two("2020", "2021");
        two("-", "-");
        two("", "5");
        two("31 Juli 2020", "1 Agustus 2020");
        two("100 %", "75 %");
    }
}

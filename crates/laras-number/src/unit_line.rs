//! Unit lines over tables: `(dalam ribuan rupiah)`, `(Rp.000)`, `Rp. Juta`, `(dalam Rp)`.
//!
//! ```text
//! line   = [bracket] 1*( filler / currency / scale / zeros / ("x" / "×") [currency] thousand ) [bracket]
//! scale  = "ribuan" / "jutaan" / "miliaran" …                      ; data/scales.tsv
//! zeros  = "000" / "000.000" / "000,-"                             ; after the currency
//! filler = "dalam" / "satuan" / "angka" / "nilai" / "disajikan" …  ; data/keywords.tsv
//! ```
//!
//! A unit line only proposes a scale: forms print it over full rupiah too. Whether it is applied
//! is for the table to decide, from another amount, a total or a number in words.
//!
//! ```
//! use laras_number::unit_line;
//!
//! let line = unit_line::read("(dalam ribuan rupiah)").unwrap();
//! assert_eq!((line.factor, line.unit), (1_000, Some("IDR")));
//! ```

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::combinator::{map, map_opt, opt, value};
use nom::multi::many1;
use nom::sequence::{preceded, terminated};

use crate::lex::{Parsed, whole};
use crate::lexicon::{self, Lower, Role};

/// What a unit line proposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitLine {
    /// What each number is to be multiplied by: 1, 1 000, 1 000 000 …
    pub factor: u64,
    /// `IDR`, `%`, where the line names one.
    pub unit: Option<&'static str>,
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Filler,
    Unit(&'static str),
    Power(u32),
    /// `x 1.000`, and whether the currency stands in it.
    Times(u32, bool),
}

fn word(input: &str) -> Parsed<'_, Part> {
    let letters = take_while1(|c: char| c.is_alphabetic());
    map_opt(letters, |word: &str| {
        let lower = Lower::new(word)?;
        let lower = lower.as_str();
        match lexicon::keyword(lower) {
            Some((Role::Filler, _)) => return Some(Part::Filler),
            Some((Role::Currency, unit)) => return Some(Part::Unit(unit)),
            _ => {}
        }
        if matches!(lower, "persen" | "persentase" | "prosentase") {
            return Some(Part::Unit("%"));
        }
        // `m`, `t` and `ml` are too short to mean billions in a line of words.
        lexicon::scale(lower)
            .filter(|_| lower.len() > 2 || lower == "rb" || lower == "jt")
            .map(|power| Part::Power(u32::from(power)))
    })
    .parse(input)
}

fn zeros(input: &str) -> Parsed<'_, Part> {
    let group = || tag("000");
    let mark = || alt((tag("."), tag(","), tag(" ")));
    let (rest, (_, second, third)) =
        (group(), opt(preceded(mark(), group())), opt(preceded(mark(), group()))).parse(input)?;
    let groups = 1 + u32::from(second.is_some()) + u32::from(third.is_some());
    let (rest, _) = opt(alt((tag(",-"), tag(",00"), tag(".-")))).parse(rest)?;
    Ok((rest, Part::Power(3 * groups)))
}

/// `x 1.000`, `x Rp1.000.000`
fn times(input: &str) -> Parsed<'_, Part> {
    let sign = alt((tag("x"), tag("X"), tag("×")));
    let blank = || take_while(|c: char| c == ' ' || c == '.');
    let money = opt((nom::bytes::complete::tag_no_case("rp"), blank()));
    let one = (tag("1"), opt(alt((tag("."), tag(","), tag(" ")))));
    let (rest, (_, _, money, _)) = (sign, blank(), money, one).parse(input)?;
    let (rest, zeros) = zeros(rest)?;
    let power = if let Part::Power(power) = zeros { power } else { 0 };
    Ok((rest, Part::Times(power, money.is_some())))
}

/// What may stand around each part.
fn is_mark(c: char) -> bool {
    matches!(c, ' ' | '(' | ')' | '[' | ']' | '.' | ':' | '/' | ',' | '*')
}

fn line(input: &str) -> Parsed<'_, Vec<Part>> {
    let marks = || take_while(is_mark);
    let percent = value(Part::Unit("%"), tag("%"));
    let part = alt((times, word, zeros, percent));
    preceded(marks(), many1(terminated(part, marks()))).parse(input)
}

/// Reads a text that is a unit line and nothing else.
pub fn read(text: &str) -> Option<UnitLine> {
    // Most brackets hold numbers.
    let may_begin = |c: char| c.is_alphabetic() || matches!(c, '0' | '%' | '×');
    if text.len() > 80 || !text.trim().trim_start_matches(is_mark).starts_with(may_begin) {
        return None;
    }
    let parts = whole(map(line, |parts| parts), text.trim())?;
    let mut found = UnitLine { factor: 1, unit: None };
    let mut powers = 0;
    for part in &parts {
        match *part {
            Part::Unit(unit) => found.unit = Some(unit),
            Part::Power(power) | Part::Times(power, _) => {
                powers += 1;
                found.factor = 10_u64.checked_pow(power)?;
                if matches!(part, Part::Times(_, true)) {
                    found.unit = Some("IDR");
                }
            }
            Part::Filler => {}
        }
    }
    // `Jumlah` and `dalam angka` name neither a unit nor a scale.
    (powers < 2 && (powers > 0 || found.unit.is_some())).then_some(found)
}

/// Finds a unit line in brackets inside a header or caption: `Pagu (Rp.000)`, `Anggaran (Rp)`.
///
/// Gives the line and its byte range, brackets included; the last one where there are several.
pub fn find(text: &str) -> Option<(UnitLine, std::ops::Range<usize>)> {
    let text = text.get(..text.len().min(2_000)).unwrap_or(text);
    let mut found = None;
    let mut from = 0;
    while let Some(open) = text[from..].find('(').map(|open| from + open) {
        let Some(close) = text[open..].find(')').map(|close| open + close + 1) else { break };
        if let Some(line) = read(&text[open..close]) {
            found = Some((line, open..close));
        }
        from = close;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = read(text).map_or("no".to_owned(), |line| {
            format!("{} {}", line.factor, line.unit.unwrap_or("-"))
        });
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn unit_lines_propose_a_factor() {
        check("(dalam ribuan rupiah)", "1000 IDR");
        check("(Rp.000)", "1000 IDR");
        check("(Rp. 000,-)", "1000 IDR");
        check("(Rp 000.000)", "1000000 IDR");
        check("dalam jutaan", "1000000 -");
        check("Dalam Jutaan Rupiah", "1000000 IDR");
        check("(dlm milyar rupiah)", "1000000000 IDR");
        check("Rp. Juta", "1000000 IDR");
        check("(Rp. Ribu)", "1000 IDR");
        check("(x Rp1.000)", "1000 IDR");
        check("(x 1.000.000)", "1000000 -");
        check("(dalam Rp.)", "1 IDR");
        check("(dalam rupiah penuh)", "1 IDR");
        check("(Rp)", "1 IDR");
        check("(%)", "1 %");
        check("Dalam satuan persen", "1 %");
    }

    #[test]
    fn other_texts_are_none() {
        for text in ["Jumlah", "Rp 1.000.000", "dalam ribuan jutaan", "5 juta", "", "dalam rangka"]
        {
            check(text, "no");
        }
    }

    #[test]
    fn lines_inside_headers_are_found() {
        let text = "Pagu Anggaran (Rp.000) Tahun 2020";
        let (line, range) = find(text).expect("a unit line");
        assert_eq!((line.factor, &text[range]), (1000, "(Rp.000)"));
        assert!(find("Target (K)").is_none());
    }
}

//! Quarters: `TW 1 : 85`, `TW.II`, `Triwulan III`, `s.d. triwulan II`, `Semester I`.
//!
//! ```text
//! cell    = [through] label [marks] number [ joiner [label] number ] [year] [value]
//! joiner  = through / "-" / "," / "&" / "dan"
//! label   = "TW" / "T.W." / "Triwulan" / "Kuartal" / "Semester" …   ; data/keywords.tsv
//! number  = I–IV / 1–4 / "pertama" … "keempat" / "ke-" 1–4
//! through = "s.d." / "s/d" / "sampai dengan" / "hingga"
//! year    = ["Tahun"] 4DIGIT
//! value   = (":" / "=") text / "(" text ")" / text that begins with a digit
//! ```
//!
//! ```
//! use laras_model::Period;
//! use laras_number::quarter;
//!
//! let (quarter, value) = quarter::read("TW 2 : 85").unwrap();
//! assert_eq!((quarter.period(), value), (Some(Period::Tw2), Some("85")));
//! let (quarter, _) = quarter::read("s.d. Triwulan III Tahun 2020").unwrap();
//! assert_eq!((quarter.period(), quarter.year), (Some(Period::SdTw3), Some(2020)));
//! ```

use laras_model::Period;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{is_not, tag, tag_no_case, take_while, take_while1};
use nom::character::complete::{char, one_of};
use nom::combinator::{map, map_opt, opt, recognize, rest};
use nom::sequence::{delimited, pair, preceded};

use crate::lex::{Parsed, blanks, integer, is_letter, listed, roman, whole};
use crate::lexicon::{self, Lower, NumberWord, Role};

/// One quarter of a year, or a run of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quarter {
    /// First quarter, 1–4.
    pub from: u8,
    /// Last quarter, 1–4; not before the first.
    pub to: u8,
    /// Whether the text says "up to" (`s.d.`); then `from` is 1.
    pub through: bool,
    /// The year, where one is printed.
    pub year: Option<u16>,
}

impl Quarter {
    /// The period of the contract: a single quarter or all quarters up to one; `None` for a run
    /// that begins later (`TW II–III`, the second semester).
    pub fn period(self) -> Option<Period> {
        if self.through || (self.from == 1 && self.to > 1) {
            Period::through_quarter(self.to)
        } else if self.from == self.to {
            Period::quarter(self.from)
        } else {
            None
        }
    }
}

fn through(input: &str) -> Parsed<'_, ()> {
    let word = take_while1(|c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '/'));
    let known = map_opt(word, |word: &str| {
        let lower = Lower::new(word)?;
        lexicon::is_role(lower.as_str(), Role::Through).then_some(())
    });
    let dengan = opt((blanks, alt((tag_no_case("dengan"), tag_no_case("dgn")))));
    map((known, dengan, blanks), |_| ()).parse(input)
}

/// `true` for a semester.
fn label(input: &str) -> Parsed<'_, bool> {
    let known = |word: &str| match lexicon::keyword(word.trim_end_matches('.')) {
        Some((Role::Quarter, _)) => Some(false),
        Some((Role::Semester, _)) => Some(true),
        _ => None,
    };
    let dotted =
        map_opt(take_while1(|c: char| c.is_ascii_alphabetic() || c == '.'), move |word: &str| {
            let word = word.trim_end_matches(['.']);
            known(Lower::new(word)?.as_str())
        });
    // `TW1`, `TWI`, `TW.II`: the label without a blank before its number.
    let short = map(alt((tag_no_case("t.w"), tag_no_case("tw"))), |_| false);
    let split = map((tag_no_case("tri"), blanks, tag_no_case("wulan")), |_| false);
    alt((split, listed(known), short, dotted)).parse(input)
}

fn number(input: &str) -> Parsed<'_, u8> {
    let four = |n: u32| u8::try_from(n).ok().filter(|n| (1..=4).contains(n));
    let look_alike =
        map_opt(take_while1(|c: char| matches!(c, 'l' | 'I' | 'V' | '|' | '1')), |run: &str| {
            match run.replace(['l', '|', '1'], "I").as_str() {
                "I" => Some(1),
                "II" => Some(2),
                "III" => Some(3),
                "IV" => Some(4),
                _ => None,
            }
        });
    let word = listed(|word| match lexicon::keyword(word) {
        Some((Role::Ordinal, value)) => value.parse().ok(),
        _ => None,
    });
    // `ke dua`
    let counted = listed(|word| match lexicon::number_word(word) {
        Some((NumberWord::Digit(digit), _)) if (1..=4).contains(&digit) => Some(digit),
        _ => None,
    });
    let bare = alt((map_opt(integer(1, 1), four), map_opt(roman, four), look_alike, counted));
    alt((word, preceded(opt((tag_no_case("ke"), opt(one_of("- ")))), bare))).parse(input)
}

fn year(input: &str) -> Parsed<'_, u16> {
    let label = opt((
        alt((
            tag_no_case("tahun anggaran"),
            tag_no_case("tahun"),
            tag_no_case("t.a"),
            tag_no_case("ta"),
            tag("/"),
        )),
        take_while(|c: char| c == '.' || c == ' '),
    ));
    let value = map_opt(integer(4, 4), |year| {
        u16::try_from(year).ok().filter(|year| (1945..=2099).contains(year))
    });
    preceded(label, value).parse(input)
}

fn quarter(input: &str) -> Parsed<'_, Quarter> {
    let marks = || take_while(|c: char| matches!(c, ' ' | '.' | '-' | ':' | '\n'));
    let (input, up_to) = map(opt(through), |found| found.is_some()).parse(input)?;
    let (input, semester) = label(input)?;
    let (input, from) = preceded(marks(), number).parse(input)?;
    let joiner = alt((
        map((blanks, through), |_| ()),
        map((blanks, one_of("-,&"), blanks), |_| ()),
        map((blanks, tag_no_case("dan"), blanks), |_| ()),
    ));
    let mut second = opt(preceded(joiner, preceded(opt(pair(label, marks())), number)));
    let (input, to) = second.parse(input)?;
    let open = opt(alt((tag("("), tag(","))));
    let (input, year) = opt(preceded((blanks, open, blanks), year)).parse(input)?;
    let (input, _) = if year.is_some() { opt(char(')')).parse(input)? } else { (input, None) };
    let last = to.unwrap_or(from);
    let fits = last >= from && (!semester || last <= 2);
    if !fits {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)));
    }
    let (from, to) = if semester { (2 * from - 1, 2 * last) } else { (from, last) };
    let from = if up_to { 1 } else { from };
    Ok((input, Quarter { from, to, through: up_to, year }))
}

/// Whether a text begins as [`through`] or [`label`] does: most cells show by a word that they do not.
fn may_begin(text: &str) -> bool {
    let opens = |opening: &str| {
        text.get(..opening.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(opening))
    };
    let leads = |word: &str| {
        let word = Lower::new(word);
        let role = word.and_then(|word| lexicon::keyword(word.as_str())).map(|(role, _)| role);
        matches!(role, Some(Role::Quarter | Role::Semester | Role::Through))
    };
    let run = |is_part: fn(char) -> bool| &text[..text.find(|c| !is_part(c)).unwrap_or(text.len())];
    opens("tri")
        || opens("tw")
        || opens("t.w")
        || leads(run(is_letter))
        || leads(run(|c| c.is_ascii_alphabetic() || c == '.').trim_end_matches('.'))
        || leads(run(|c| c.is_ascii_alphabetic() || matches!(c, '.' | '/')))
}

/// Reads a cell that names a quarter, with the text of its value where one follows.
///
/// The value's text may be empty (`TW 1 :`): the quarter is there, its value is not stated.
pub fn read(text: &str) -> Option<(Quarter, Option<&str>)> {
    // Each line of a cell has a quarter of its own.
    if text.len() > 120 || text.trim().contains('\n') {
        return None;
    }
    if !may_begin(text.trim()) {
        return None;
    }
    let signed = preceded((blanks, one_of(":=")), rest);
    let bracket = delimited((blanks, char('(')), is_not("()"), char(')'));
    let digits = preceded(take_while1(|c| c == ' '), recognize((one_of("0123456789"), rest)));
    let value = map(alt((signed, bracket, digits)), |value: &str| Some(value.trim()));
    let none = map(take_while(|c: char| c.is_whitespace() || c == '.'), |_| None);
    whole((quarter, alt((value, none))), text.trim())
}

/// A quarter at the start of a text, and the byte after it; for running text.
pub(crate) fn prefix(text: &str) -> Option<(Quarter, usize)> {
    if !may_begin(text) {
        return None;
    }
    let (rest, found) = quarter(text).ok()?;
    let end = text.len() - rest.len();
    let whole_word = !rest.starts_with(|c: char| c.is_alphanumeric());
    whole_word.then(|| (found, text[..end].trim_end().len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = read(text).map_or("no".to_owned(), |(quarter, value)| {
            let period = quarter.period().map_or("?".to_owned(), |period| period.to_string());
            let year = quarter.year.map_or(String::new(), |year| format!(" {year}"));
            let value = value.map_or(String::new(), |value| format!(" {value:?}"));
            format!("{period}{year}{value}")
        });
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn quarters_are_read() {
        check("TW 1 : 85", "TW1 \"85\"");
        check("TW 3 : -", "TW3 \"-\"");
        check("TW 4 :", "TW4 \"\"");
        check("TW.I", "TW1");
        check("TW.IV", "TW4");
        check("TWII", "TW2");
        check("tw2", "TW2");
        check("Triwulan III", "TW3");
        check("Tri Wulan II", "TW2");
        check("TRIWULAN lV", "TW4");
        check("triwulan ke-2", "TW2");
        check("Triwulan Kedua", "TW2");
        check("s.d. triwulan II", "sd_TW2");
        check("sampai dengan Triwulan III Tahun 2020", "sd_TW3 2020");
        check("s/d TW IV 2021", "sd_TW4 2021");
        check("TW I - III", "sd_TW3");
        check("TW II s.d. TW III", "?");
        check("Triwulan I dan II", "sd_TW2");
        check("Triwulan ke dua", "TW2");
        check("TRIWULAN: II", "TW2");
        check("Semester I", "sd_TW2");
        check("Semester II 2020", "? 2020");
        check("Q3", "TW3");
        check("TW 1 85", "TW1 \"85\"");
        check("Triwulan I (25%)", "TW1 \"25%\"");
    }

    #[test]
    fn other_texts_are_no_quarters() {
        for text in ["TW", "TW 5", "Triwulan", "TW 1 dan lain", "Two 1", "triwulanan", "twin"] {
            check(text, "no");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_the_grammar_reads_may_begin_so(
            text in "(s[.]?/?d[.]?|sampai dengan|hingga|)( |)(t[.]?w[.]?|TRI|tri wulan|Triwulan|kuartal|q|smt[.]?|Semester|[a-zA-Z]{1,4})[ .:-]{0,2}(I{1,3}|IV|[1-4]|dua|Ke-2|)( 2023)?",
        ) {
            proptest::prop_assert!(quarter(&text).is_err() || may_begin(&text), "{}", text);
        }
    }
}

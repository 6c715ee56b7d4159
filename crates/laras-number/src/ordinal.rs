//! List marks and numbering: `1.`, `1.1`, `a)`, `(b)`, `IV.`, `BAB III`, `- `.
//!
//! ```text
//! mark    = chapter / bullet / opened / numbered
//! chapter = "BAB" blanks ( roman / 1*2DIGIT )
//! bullet  = "-" / "•" / "–" / "*" …, then a blank or a letter
//! opened  = "(" item ")"
//! numbered = item *( "." item ) [closing]
//! item    = 1*2DIGIT / 3DIGIT (first only) / roman / letter
//! closing = "." / ")" / ".)"
//! ```
//!
//! In front of words a mark needs its closing, or two levels (`1.1 Latar Belakang`), or a leading
//! zero (`01 Program`). A bare figure (`3 Pilar`) is offered as an unsure mark, for only the
//! neighbouring rows can tell; a figure with a unit behind it (`1.5 juta`, `2 km`) is none.
//!
//! ```
//! use laras_number::ordinal;
//!
//! let text = "2.1. Penyediaan jasa";
//! let found = ordinal::leading(text).unwrap();
//! assert_eq!((found.mark.numbers(), &text[found.rest..]), ([2, 1].as_slice(), "Penyediaan jasa"));
//! assert!(!ordinal::leading("3 Pilar Kebangsaan").unwrap().sure);
//! ```

use std::fmt;

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while1};
use nom::character::complete::{char, satisfy};
use nom::combinator::{map, not, opt, peek, verify};
use nom::multi::many0;
use nom::sequence::{delimited, preceded, terminated};

use crate::lex::{Parsed, blanks, integer, roman, whole};
use crate::lexicon::{self, Lower, UnitKind};

/// How a mark is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `1`, `1.1`
    Arabic,
    /// `I`, `iv`
    Roman,
    /// `A`, `b`
    Letter,
    /// `BAB III`
    Chapter,
    /// `-`, `•`
    Bullet,
}

/// What closes a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Closing {
    /// Nothing.
    None,
    /// `.`
    Dot,
    /// `)`
    Bracket,
}

/// Deepest numbering that is kept.
const DEPTH: usize = 6;

/// A list mark or numbering.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mark {
    /// How it is written; of the first item where items differ (`A.1`).
    pub style: Style,
    /// What closes it.
    pub closing: Closing,
    numbers: [u16; DEPTH],
    depth: u8,
}

impl Mark {
    fn new(style: Style, numbers: &[u16], closing: Closing) -> Option<Self> {
        let mut kept = [0; DEPTH];
        kept.get_mut(..numbers.len())?.copy_from_slice(numbers);
        Some(Self { style, closing, numbers: kept, depth: numbers.len() as u8 })
    }

    /// The numbers of its levels, outermost first: `[2, 1]` for `2.1.`; none for a bullet.
    pub fn numbers(&self) -> &[u16] {
        &self.numbers[..usize::from(self.depth)]
    }

    /// Its innermost number.
    pub fn value(&self) -> Option<u16> {
        self.numbers().last().copied()
    }

    /// Number of levels; 0 for a bullet.
    pub fn depth(&self) -> usize {
        usize::from(self.depth)
    }
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {self} {:?}", self.style, self.closing)
    }
}

impl fmt::Display for Mark {
    /// The numbers with dots between: `2.1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (level, number) in self.numbers().iter().enumerate() {
            if level > 0 {
                f.write_str(".")?;
            }
            write!(f, "{number}")?;
        }
        Ok(())
    }
}

/// A mark at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leading {
    /// The mark.
    pub mark: Mark,
    /// The byte where the text behind it begins.
    pub rest: usize,
    /// Whether the form alone makes it a mark; if not, the neighbouring rows must tell.
    pub sure: bool,
}

type Item = (Style, u16);

fn arabic(input: &str) -> Parsed<'_, Item> {
    let counted = verify(integer(1, 3), |&number| number > 0);
    map(counted, |number| (Style::Arabic, number as u16)).parse(input)
}

fn roman_item(input: &str) -> Parsed<'_, Item> {
    map(roman, |number| (Style::Roman, number as u16)).parse(input)
}

fn letter(input: &str) -> Parsed<'_, Item> {
    let lone =
        terminated(satisfy(|c| c.is_ascii_alphabetic()), not(peek(satisfy(char::is_alphanumeric))));
    map(lone, |c| (Style::Letter, u16::from(c.to_ascii_lowercase() as u8 - b'a' + 1))).parse(input)
}

fn item(input: &str) -> Parsed<'_, Item> {
    alt((arabic, roman_item, letter)).parse(input)
}

fn chapter(input: &str) -> Parsed<'_, Mark> {
    let number = alt((roman_item, arabic));
    let (rest, (_, number)) = preceded((tag_no_case("bab"), blanks), number).parse(input)?;
    made(rest, Style::Chapter, &[number], Closing::None)
}

fn made<'t>(rest: &'t str, style: Style, numbers: &[u16], closing: Closing) -> Parsed<'t, Mark> {
    match Mark::new(style, numbers, closing) {
        Some(mark) => Ok((rest, mark)),
        None => Err(nom::Err::Error(nom::error::Error::new(rest, nom::error::ErrorKind::TooLarge))),
    }
}

fn opened(input: &str) -> Parsed<'_, Mark> {
    let mut inner = delimited((char('('), blanks), item, (blanks, char(')')));
    let (rest, (style, number)) = inner.parse(input)?;
    made(rest, style, &[number], Closing::Bracket)
}

fn numbered(input: &str) -> Parsed<'_, Mark> {
    let below = verify(item, |&(style, number)| style != Style::Arabic || number < 100);
    let (rest, (first, others)) = (item, many0(preceded(char('.'), below))).parse(input)?;
    let closing = alt((
        map(alt((tag(".)"), tag(")"))), |_| Closing::Bracket),
        map(char('.'), |_| Closing::Dot),
    ));
    let (rest, closing) = opt(closing).parse(rest)?;
    let items: Vec<Item> = std::iter::once(first).chain(others).collect();
    // `a.n.` is an abbreviation: letters stand beside figures, not beside letters.
    if items.windows(2).any(|pair| pair[0].0 != Style::Arabic && pair[1].0 != Style::Arabic) {
        return Err(nom::Err::Error(nom::error::Error::new(rest, nom::error::ErrorKind::Verify)));
    }
    let numbers: Vec<u16> = items.iter().map(|item| item.1).collect();
    made(rest, first.0, &numbers, closing.unwrap_or(Closing::None))
}

fn bullet(input: &str) -> Parsed<'_, Mark> {
    // The last three are bullets of symbol fonts, which keep their private code points.
    let sign = |c: char| {
        matches!(c, '-' | '–' | '—' | '•' | '*' | '·' | '▪' | '■' | '○' | '●' | '➢')
            || matches!(c, '\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}')
    };
    let (rest, _) = take_while1(sign).parse(input)?;
    made(rest, Style::Bullet, &[], Closing::None)
}

/// Reads a cell that is a mark and nothing else.
///
/// `1.1` and a bare number are marks here too, though most such cells are numbers: the caller
/// knows the column. A bullet alone is none: `-` states that there is nothing.
pub fn read(text: &str) -> Option<Mark> {
    let text = text.trim();
    if text.len() > 24 {
        return None;
    }
    let mark = whole(alt((chapter, opened, numbered)), text)?;
    let bare_letter =
        mark.style == Style::Letter && mark.closing == Closing::None && mark.depth == 1;
    (!bare_letter).then_some(mark)
}

/// Finds a mark in front of words, and where the words begin.
pub fn leading(text: &str) -> Option<Leading> {
    let trimmed = text.trim_start();
    let start = text.len() - trimmed.len();
    if is_word(trimmed.as_bytes()) {
        return None;
    }
    let (after, mark) = alt((chapter, opened, numbered, bullet)).parse(trimmed).ok()?;
    let rest = after.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
    let found = |sure| {
        let rest = start + trimmed.len() - rest.len();
        Some(Leading { mark, rest, sure })
    };
    let next = rest.chars().next()?;
    let blank = rest.len() < after.len();
    let word = next.is_alphabetic() || matches!(next, '"' | '“' | '(' | '\'');
    match mark.style {
        Style::Chapter => found(true),
        Style::Bullet => {
            (blank && !next.is_ascii_digit() || next.is_alphabetic()).then(|| found(true))?
        }
        _ if mark.closing != Closing::None => {
            // `a.n.`, `S.Sos`: an abbreviation. `1.Nama` and `a.Nama` are marks.
            let short = mark.style == Style::Letter && !blank;
            let abbreviation =
                short && (!next.is_uppercase() || trimmed.starts_with(char::is_uppercase));
            // `1. 500` could be a number with a blank in it; `1) 500` could not.
            let digits = next.is_ascii_digit() && !(blank && rest.contains(char::is_alphabetic));
            if abbreviation
                || (digits && mark.closing == Closing::Dot)
                || !(word || next.is_ascii_digit())
            {
                return None;
            }
            // A single capital may be an initial or a title (H. for Haji).
            let initial = mark.style == Style::Letter
                && trimmed.starts_with(char::is_uppercase)
                && mark.value() > Some(8);
            found(!initial && mark.value() != Some(8) || !trimmed.starts_with('H'))
        }
        Style::Arabic if blank && word => {
            let zero = trimmed.starts_with('0');
            // `01 Program` and `2.1 Evaluasi` are numbering, `01 Dokumen` and `2.1 km` need not be.
            let numbered = mark.depth() > 1;
            let unit = first_word(rest).is_some_and(|word| {
                let kind = lexicon::unit(word.as_str()).map(|unit| unit.kind);
                let counted = matches!(kind, Some(UnitKind::Count | UnitKind::Place));
                let known = kind.is_some_and(|kind| kind != UnitKind::Level || !(zero || numbered));
                (known && !(counted && numbered))
                    || lexicon::scale(word.as_str()).is_some()
                    || lexicon::month(word.as_str()).is_some()
            }) && mark.depth() < 3;
            if mark.depth() > 1 {
                (!unit).then(|| found(true))?
            } else if zero {
                found(!unit)
            } else {
                found(false)
            }
        }
        Style::Roman | Style::Letter if blank && word && mark.depth() > 1 => found(true),
        _ => None,
    }
}

/// Whether a text begins with a word that is plainly none of a mark's: its first two letters are those
/// of no Roman number and no chapter. Most texts begin so.
fn is_word(text: &[u8]) -> bool {
    let &[first, second, ..] = text else { return false };
    let roman = |byte| matches!(byte, b'I' | b'V' | b'X' | b'i' | b'v' | b'x');
    let may_mark = roman(first) && roman(second)
        || matches!(first, b'B' | b'b') && matches!(second, b'A' | b'a');
    first.is_ascii_alphabetic() && second.is_ascii_alphabetic() && !may_mark
}

fn first_word(text: &str) -> Option<Lower> {
    let end = text.find(|c: char| c.is_whitespace()).unwrap_or(text.len());
    Lower::new(&text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn alone(text: &str, expected: &str) {
        let found = read(text).map_or("no".to_owned(), |mark| format!("{mark:?}"));
        assert_eq!(found, expected, "{text:?}");
    }

    #[track_caller]
    fn before(text: &str, expected: &str) {
        let found = leading(text).map_or("no".to_owned(), |found| {
            let sure = if found.sure { "" } else { "?" };
            format!("{}{sure}|{}", found.mark, &text[found.rest..])
        });
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn marks_alone() {
        alone("1.", "Arabic 1 Dot");
        alone("12)", "Arabic 12 Bracket");
        alone("2.1.3.", "Arabic 2.1.3 Dot");
        alone("1.1", "Arabic 1.1 None");
        alone("IV.", "Roman 4 Dot");
        alone("III", "Roman 3 None");
        alone("a.", "Letter 1 Dot");
        alone("(b)", "Letter 2 Bracket");
        alone("A.1", "Letter 1.1 None");
        alone("BAB III", "Chapter 3 None");
        alone("B", "no");
        alone("-", "no");
        alone("1.234.567", "no");
        alone("Data", "no");
    }

    proptest::proptest! {
        #[test]
        fn what_begins_with_a_word_has_no_mark(text in "[A-Za-z(]?(bab|[IVXivx]{1,4}|[a-c0-9]{1,3})[ .):é]{0,2}[A-Za-z0-9]{0,4}") {
            let mark = alt((chapter, opened, numbered, bullet)).parse(&text).is_ok();
            proptest::prop_assert!(!mark || !is_word(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn marks_before_words() {
        before("1. Penyediaan", "1|Penyediaan");
        before("1.Penyediaan", "1|Penyediaan");
        before("1.1 Latar Belakang", "1.1|Latar Belakang");
        before("2.1.1. Rencana", "2.1.1|Rencana");
        before("a. Belanja Pegawai", "1|Belanja Pegawai");
        before("a.Belanja Pegawai", "1|Belanja Pegawai");
        before("IV. Penutup", "4|Penutup");
        before("BAB III AKUNTABILITAS", "3|AKUNTABILITAS");
        before("- Tersedianya", "|Tersedianya");
        before("01 Program", "1|Program");
        before("3 Pilar Kebangsaan", "3?|Pilar Kebangsaan");
        before("(1) Terlaksananya", "1|Terlaksananya");
        before("1) 5 Orang", "1|5 Orang");
        before("1. 5 Orang", "1|5 Orang");
        before("3.2 Program dan Kegiatan", "3.2|Program dan Kegiatan");
        before("2.1 Evaluasi Pelaksanaan", "2.1|Evaluasi Pelaksanaan");
    }

    #[test]
    fn what_only_looks_like_a_mark() {
        before("a.n. Bupati", "no");
        before("S.Sos", "no");
        before("1.5 juta", "no");
        before("2.5 km jalan", "no");
        before("1.000 Orang", "no");
        before("1. 500", "no");
        before("Penyediaan", "no");
        before("- 5", "no");
        before("I am", "no");
    }
}

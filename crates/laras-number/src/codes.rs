//! Codes of the nomenclature and of the chart of accounts, in their printed forms.
//!
//! ```text
//! cell    = segment 1*( gap segment ) [gap]
//! segment = 1*4DIGIT / 1*2"X"
//! gap     = "." with blanks or a line break around / blanks
//! ```
//!
//! What a code is follows from the lengths of its segments:
//!
//! | lengths | code | source |
//! |---|---|---|
//! | 1.2.2 · 1.2.2.1.2 · 1.2.2.1.2.2 or .4 | program · kegiatan · sub kegiatan | Permendagri 90/2019 and updates |
//! | 1.2.1.2.2[.2[.2]] | urusan, bidang and unit before program and kegiatan | Permendagri 13/2006 |
//! | 2.2 with a leading zero | program and kegiatan | Permendagri 13/2006 |
//! | 1.1.2.2.2.4 and its beginnings | account | Permendagri 90/2019 |
//! | 1.1.1.2.2 and its beginnings, 4 to 6 first | account | Permendagri 13/2006 |
//! | 1.2.1.2.1.2.2.4 | organisation | Permendagri 90/2019 |
//!
//! A zero that is left out (`8.01.1.2.01`) is put back where one of these forms comes of it.
//! Which edition and tier a code belongs to, and whether it exists, is not known here.
//!
//! ```
//! use laras_model::Level;
//! use laras_number::codes;
//!
//! let code = codes::read("8 01 02 2 01 0003").unwrap();
//! assert_eq!((code.normal.as_str(), code.level), ("8.01.02.2.01.0003", Some(Level::SubKegiatan)));
//! ```

use std::borrow::Cow;

use laras_model::Level;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{take_while, take_while_m_n, take_while1};
use nom::character::complete::char;
use nom::combinator::{opt, recognize};
use nom::multi::many1;
use nom::sequence::pair;

use crate::lex::{Parsed, blanks, whole};

/// Longest printed code, in bytes.
const MAX: usize = 96;

/// What a code names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CodeKind {
    /// A program, kegiatan or sub kegiatan; the beginnings of one too.
    Nomenclature,
    /// Program and kegiatan of Permendagri 13/2006, with or without urusan and unit.
    Old,
    /// An account (`rekening`).
    Account,
    /// An organisation.
    Organisation,
    /// Segments with leading zeros that fit no form.
    Unknown,
}

/// A code as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The segments with dots between them, zeros put back: `8.01.02.2.01.0003`.
    pub normal: String,
    /// What it names.
    pub kind: CodeKind,
    /// Its level in the nomenclature of Permendagri 90/2019, for whole codes.
    pub level: Option<Level>,
    /// Whether zeros were put back.
    pub repaired: bool,
    /// Whether a separator stands at its end: the rest may have been wrapped to the next line.
    pub open: bool,
}

struct Segments<'t> {
    list: Vec<&'t str>,
    dotted: bool,
    open: bool,
}

fn segment(input: &str) -> Parsed<'_, &str> {
    let digits = take_while_m_n(1, 4, |c: char| c.is_ascii_digit());
    let general = take_while_m_n(1, 2, |c: char| c == 'X' || c == 'x');
    let (rest, found) = alt((digits, general)).parse(input)?;
    if rest.starts_with(|c: char| c.is_alphanumeric()) {
        return Err(nom::Err::Error(nom::error::Error::new(rest, nom::error::ErrorKind::Verify)));
    }
    Ok((rest, found))
}

fn segments(input: &str) -> Parsed<'_, Segments<'_>> {
    let dot = || recognize((blanks, char('.'), blanks));
    let space = || take_while1(|c: char| c == ' ' || c == '\n');
    let (input, first) = segment(input)?;
    let (input, others) = many1(pair(alt((dot(), space())), segment)).parse(input)?;
    let (input, end) = opt(dot()).parse(input)?;
    let (input, _) = take_while(|c: char| c.is_whitespace()).parse(input)?;
    let dots = others.iter().filter(|(gap, _)| gap.contains('.')).count();
    let list = std::iter::once(first).chain(others.iter().map(|(_, segment)| *segment)).collect();
    Ok((input, Segments { list, dotted: dots > 0, open: end.is_some() }))
}

/// The same for a text of nothing but digits and dots, as most codes are.
fn dotted(text: &str) -> Option<Segments<'_>> {
    let bare = text.strip_suffix('.').unwrap_or(text);
    let list: Vec<&str> = bare.split('.').collect();
    let is_whole = list.len() > 1 && list.iter().all(|segment| (1..=4).contains(&segment.len()));
    is_whole.then_some(Segments { list, dotted: true, open: bare.len() < text.len() })
}

const NOMENCLATURE: [&[usize]; 6] = [
    &[1, 2, 2],
    &[1, 2, 2, 1],
    &[1, 2, 2, 1, 2],
    &[1, 2, 2, 1, 2, 2],
    &[1, 2, 2, 1, 2, 4],
    &[1, 2, 2, 1, 2, 3],
];
const OLD: [&[usize]; 5] = [
    &[1, 2, 1, 2, 2],
    &[1, 2, 1, 2, 2, 2],
    &[1, 2, 1, 2, 2, 2, 2],
    &[1, 2, 1, 2, 2, 2, 2, 2],
    &[1, 2, 1, 2, 2, 3],
];
const ACCOUNT: [&[usize]; 7] = [
    &[1, 1, 2],
    &[1, 1, 2, 2],
    &[1, 1, 2, 2, 2],
    &[1, 1, 2, 2, 2, 4],
    &[1, 1, 1],
    &[1, 1, 1, 2],
    &[1, 1, 1, 2, 2],
];
const ORGANISATION: [&[usize]; 2] = [&[1, 2, 1, 2, 1, 2, 2, 4], &[1, 2, 1, 2, 1, 2, 2, 2]];

fn kind_of(list: &[&str]) -> Option<CodeKind> {
    let lens: Vec<usize> = list.iter().map(|segment| segment.len()).collect();
    let fits = |forms: &[&[usize]]| forms.contains(&lens.as_slice());
    let first: u32 = list.first().and_then(|segment| segment.parse().ok()).unwrap_or(0);
    let old_account = lens.starts_with(&[1, 1, 1]);
    if list.iter().any(|segment| segment.starts_with(['X', 'x'])) {
        // `X.XX` and what stands below it; `x` alone is no code.
        let general = lens.starts_with(&[1, 2]) && list.iter().all(|s| !s.contains('x'));
        return general.then_some(CodeKind::Nomenclature);
    }
    if fits(&ORGANISATION) {
        Some(CodeKind::Organisation)
    } else if fits(&NOMENCLATURE) && first > 0 {
        Some(CodeKind::Nomenclature)
    } else if fits(&ACCOUNT)
        && (1..=8).contains(&first)
        && (!old_account || (4..=6).contains(&first))
    {
        Some(CodeKind::Account)
    } else if (fits(&OLD) && first > 0)
        || (lens.iter().all(|&len| len == 2) && list[0].starts_with('0'))
    {
        Some(CodeKind::Old)
    } else if lens.len() > 7
        && (NOMENCLATURE.iter().chain(&OLD)).any(|form| lens.starts_with(form) && form.len() > 4)
    {
        // A budget line: kegiatan and account in one.
        Some(CodeKind::Account)
    } else {
        None
    }
}

/// The same segments with zeros put back so that they fit the form of a kegiatan or below.
fn padded(list: &[&str]) -> Option<Vec<String>> {
    let forms: [&[usize]; 3] = [&[1, 2, 2, 1, 2], &[1, 2, 2, 1, 2, 2], &[1, 2, 2, 1, 2, 4]];
    let lens: Vec<usize> = list.iter().map(|segment| segment.len()).collect();
    if list.get(1)?.len() != 2 || list.iter().any(|segment| segment.contains(['X', 'x'])) {
        return None;
    }
    let fits = |form: &&&[usize]| {
        let short = form.iter().zip(&lens).filter(|(want, have)| want > have).count();
        let long = form.iter().zip(&lens).any(|(want, have)| want < have);
        form.len() == lens.len() && !long && short <= 2
    };
    let form = forms.iter().find(fits)?;
    Some(list.iter().zip(*form).map(|(segment, len)| format!("{segment:0>len$}")).collect())
}

fn level_of(normal: &str) -> Option<Level> {
    let lens: Vec<usize> = normal.split('.').map(str::len).collect();
    match lens.as_slice() {
        [1, 2] => Some(Level::BidangUrusan),
        [1, 2, 2] => Some(Level::Program),
        [1, 2, 2, 1, 2] => Some(Level::Kegiatan),
        [1, 2, 2, 1, 2, 2..=4] => Some(Level::SubKegiatan),
        _ => None,
    }
}

/// Reads a cell that is one code.
///
/// Numbers with two segments (`8.01`) and numbering without a leading zero (`1.2.3`) are not
/// taken for codes; segments set apart by blanks only where they make a whole form.
pub fn read(text: &str) -> Option<Code> {
    let text = text.trim();
    let in_code = |b: u8| b.is_ascii_digit() || b".Xx".contains(&b) || b.is_ascii_whitespace();
    if text.len() > MAX || !text.bytes().all(in_code) {
        return None;
    }
    let upper = if text.contains('x') { Cow::Owned(text.replace('x', "X")) } else { text.into() };
    let found = if upper.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        dotted(&upper)?
    } else {
        whole(segments, &upper)?
    };
    let list = found.list;
    let two =
        list.len() == 2 && !(list[0] == "X" || list[0].len() == 2 && list[0].starts_with('0'));
    if two || (!found.dotted && list.len() < 4) {
        return None;
    }
    let (kind, normal, repaired) = if let Some(kind) = kind_of(&list) {
        (kind, list.join("."), false)
    } else if let Some(padded) = padded(&list).filter(|_| found.dotted) {
        (CodeKind::Nomenclature, padded.join("."), true)
    } else {
        let zero = list.iter().any(|segment| segment.len() > 1 && segment.starts_with('0'));
        let (last, front) = list.split_last()?;
        let groups = last.len() == 3 || front.iter().any(|segment| segment.len() > 2);
        if !found.dotted || !zero || groups || list.len() < 3 {
            return None;
        }
        (CodeKind::Unknown, list.join("."), false)
    };
    let level = if kind == CodeKind::Nomenclature { level_of(&normal) } else { None };
    Some(Code { normal, kind, level, repaired, open: found.open })
}

/// A code at the start of a text that goes on with words (`8.01.02.2.01 Perumusan …`), and the
/// byte where the words begin.
pub fn leading(text: &str) -> Option<(Code, usize)> {
    let trimmed = text.trim_start();
    let start = text.len() - trimmed.len();
    let in_code = |c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | '\n' | 'X');
    let (head, rest) = trimmed.split_at(trimmed.find(|c| !in_code(c))?);
    let code = read(head)?;
    let rest = rest.trim_start_matches(['-', ' ']);
    if !rest.starts_with(char::is_alphabetic) {
        return None;
    }
    Some((code, start + trimmed.len() - rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = read(text).map_or("no".to_owned(), |code| {
            let repaired = if code.repaired { " repaired" } else { "" };
            let open = if code.open { " open" } else { "" };
            let level = code.level.map_or(String::new(), |level| format!(" {level}"));
            format!("{:?} {}{level}{repaired}{open}", code.kind, code.normal)
        });
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn codes_of_both_editions() {
        check("8.01.02.2.01.0003", "Nomenclature 8.01.02.2.01.0003 sub_kegiatan");
        check("8.01.02.2.01.03", "Nomenclature 8.01.02.2.01.03 sub_kegiatan");
        check("8.01.02.2.01", "Nomenclature 8.01.02.2.01 kegiatan");
        check("8.01.02", "Nomenclature 8.01.02 program");
        check("8.01.02.2.", "Nomenclature 8.01.02.2 open");
        check("X.XX.01.2.02", "Nomenclature X.XX.01.2.02 kegiatan");
        check("X.XX.01", "Nomenclature X.XX.01 program");
        check("8 01 02 2 01 0003", "Nomenclature 8.01.02.2.01.0003 sub_kegiatan");
        check("8.01.02.2.01.\n0003", "Nomenclature 8.01.02.2.01.0003 sub_kegiatan");
        check("8.01.1.2.01", "Nomenclature 8.01.01.2.01 kegiatan repaired");
        check("1.20.1.20.06.01.01", "Old 1.20.1.20.06.01.01");
        check("01.02", "Old 01.02");
        check("5.1.02.01.01.0024", "Account 5.1.02.01.01.0024");
        check("5.2.1.01.01", "Account 5.2.1.01.01");
        check("5.2.2", "Account 5.2.2");
        check("8.01.0.00.0.00.01.0000", "Organisation 8.01.0.00.0.00.01.0000");
    }

    #[test]
    fn other_texts_are_no_codes() {
        for text in ["8.01", "1.2.3", "1.234.567", "12.05", "1 2 3", "2020", "31.12.2020", "1.1.1."]
        {
            check(text, "no");
        }
    }

    #[test]
    fn codes_in_front_of_names() {
        let (code, rest) = leading("8.01.02.2.01 Perumusan Kebijakan").expect("a code");
        assert_eq!((code.normal.as_str(), rest), ("8.01.02.2.01", 13));
        assert!(leading("1.1 Latar Belakang").is_none());
    }

    proptest::proptest! {
        #[test]
        fn digits_and_dots_are_read_as_the_grammar_has_it(text in "[0-9]{1,5}([.][0-9]{0,5}){0,8}") {
            let segments = whole(segments, &text).map(|found| (found.list, found.dotted, found.open));
            let found = dotted(&text).map(|found| (found.list, found.dotted, found.open));
            proptest::prop_assert_eq!(found, segments);
        }
    }
}

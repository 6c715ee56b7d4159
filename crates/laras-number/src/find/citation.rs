//! Numbers in running text that cite something: decrees, clauses, tables, telephones, addresses.
//!
//! ```text
//! cited  = word [marks] label [ "/" … ] [ "Tahun" year ]      ; word: data/citations.tsv
//! label  = 1*( DIGIT / letter / "/" / "." / "-" / "(" / ")" ), with at least one figure or roman
//! year   = "Tahun" year [ "Nomor" label ]
//! ```

use super::{Mentioned, Taken, dated, window};
use crate::date;
use crate::lexicon;

/// A word that cites, with what it cites: `Nomor 29 Tahun 2014`, `Pasal 5 ayat (2)`.
pub(super) fn cited(text: &str, at: usize, word: &str, end: usize) -> Option<Taken> {
    let kind = lexicon::citation(word)?;
    let ahead = window(text, at, 160);
    let mut rest = ahead.get(end..)?.trim_start_matches(['.', ':', ' ', '-']);
    if kind == "decree" && word != "nomor" {
        // `UU No. 23`, `Perda Kabupaten … Nomor 5`: the number word follows.
        for number in ["nomor", "no"] {
            if rest.get(..number.len()).is_some_and(|head| head.eq_ignore_ascii_case(number)) {
                rest = rest.get(number.len()..)?.trim_start_matches(['.', ':', ' ']);
                break;
            }
        }
    }
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '(' | ')');
    let label = &rest[..rest.find(|c| !part(c)).unwrap_or(rest.len())];
    let label = label.trim_end_matches(['.', '-']);
    // `Nomor 4286)` closes a bracket that stands further before; `Tabel II. 2` goes on.
    let unopened = label.ends_with(')') && !label.contains('(');
    let label = if unopened { label.trim_end_matches(')') } else { label };
    let after = &rest[label.len()..];
    let figures = after
        .strip_prefix(". ")
        .filter(|_| kind == "place")
        .map_or(0, |after| after.bytes().take_while(u8::is_ascii_digit).count());
    let label = if figures > 0 { &rest[..label.len() + 2 + figures] } else { label };
    let opens = label.starts_with(|c: char| c.is_ascii_digit() || c == '(' || c == 'I' || c == 'V');
    if !opens || !label.contains(|c: char| c.is_ascii_digit() || c == 'I' || c == 'V') {
        return None;
    }
    // `Jl. 17 Agustus`, `hal 3`: a label is short, unless it is a letter's.
    let figures = label.bytes().filter(u8::is_ascii_digit).count();
    if label.len() > 40 || (label.len() == figures && figures > 8 && kind != "telephone") {
        return None;
    }
    let mut len = ahead.len() - rest.len() + label.len();
    let mut year = None;
    if kind == "telephone" {
        let digits = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '.' | '/');
        let number = &rest[..rest.find(|c| !digits(c)).unwrap_or(rest.len())];
        len = ahead.len() - rest.len() + number.trim_end_matches([' ', '(', '.', '-', '/']).len();
    } else if let Some((found, covered)) = year_behind(ahead.get(len..)?) {
        year = Some(found);
        len += covered;
    } else if kind == "decree" {
        year = label.rsplit(['/', '.']).next().and_then(as_year).filter(|_| label.contains('/'));
    }
    Some((Some(Mentioned::Citation { year }), at + len))
}

fn as_year(text: &str) -> Option<u16> {
    let year: u16 = text.parse().ok()?;
    (text.len() == 4 && (1945..=2099).contains(&year)).then_some(year)
}

/// ` Tahun 2014`, ` Dalam Tahun 2006`, `, Tahun 2014`
fn year_behind(text: &str) -> Option<(u16, usize)> {
    let mut rest = text.trim_start_matches([' ', ',', '\n']);
    for word in ["dalam", "tahun"] {
        if rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)) {
            rest = rest.get(word.len()..)?.trim_start();
        } else if word == "tahun" {
            return None;
        }
    }
    let year = as_year(rest.get(..4)?)?;
    let after = &rest[4..];
    (!after.starts_with(|c: char| c.is_alphanumeric())).then_some((year, text.len() - after.len()))
}

/// `Tahun 2020`, `TA 2018-2023`; `Tahun 2014 Nomor 244` cites a gazette.
pub(super) fn year(text: &str, at: usize) -> Option<Taken> {
    let ahead = window(text, at, 160);
    let (span, len) = date::prefix(ahead)?;
    let rest = ahead[len..].trim_start_matches([' ', ',', '\n']);
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let number = matches!(rest[..end].to_ascii_lowercase().as_str(), "nomor" | "no");
    if number {
        let from = at + ahead.len() - rest.len();
        if let Some((_, end)) = cited(text, from, "nomor", end) {
            return Some((Some(Mentioned::Citation { year: span.from.year }), end));
        }
    }
    Some((Some(dated(span)), at + len))
}

/// A telephone number by its own form; taken, not reported.
pub(super) fn telephone(text: &str, at: usize) -> Option<Taken> {
    let ahead = window(text, at, 40);
    let part = |c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | '-' | ' ' | '+');
    let end = ahead.find(|c| !part(c)).unwrap_or(ahead.len());
    let number = ahead[..end].trim_end();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let trunk = number.trim_start_matches('(');
    let local = trunk.starts_with('0') && (number.starts_with('(') || number.contains('-'));
    let mobile = trunk.starts_with("08") && digits >= 10;
    let telephone = (9..=14).contains(&digits) && (local || mobile || number.starts_with("+62"));
    telephone.then_some((None, at + number.len()))
}

//! Several numbers in one cell: `1 Forum, 2 Kegiatan`, `12 dok 3 kali`, a list a line.
//!
//! ```text
//! cell   = piece 1*( joint piece )
//! piece  = [mark] number-cell / [mark] quarter            ; crate::cell, crate::quarter
//!        ; where quarters stand in a line, each piece begins with one
//! joint  = LF / "," / ";" / "/" / "+" / "&" / "@" / "dan" / "serta" / blank before a digit
//! mark   = list mark                                      ; crate::ordinal
//! ```
//!
//! Every piece must be a number, a "none" with its unit, or a quarter with its value; a cell with
//! anything else is text.

use std::ops::Range;

use crate::lexicon::{self, Lower, Role};
use crate::ordinal;
use crate::quarter;
use crate::read::read_one;
use crate::reading::{Readings, States};

/// Most numbers of one cell.
const MOST: usize = 64;

/// One number of a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Where it stands in the cell's text, in bytes, without the list mark before it.
    pub range: Range<usize>,
    /// What it can be read as.
    pub readings: Readings,
}

/// The numbers of a cell, first to last: one for a cell that is a number, several for a cell
/// that holds several, none for anything else.
///
/// ```
/// let text = "1 Forum, 2 Kegiatan";
/// let pieces = laras_number::pieces(text);
/// assert_eq!(pieces.iter().map(|p| &text[p.range.clone()]).collect::<Vec<_>>(), ["1 Forum", "2 Kegiatan"]);
/// ```
pub fn pieces(text: &str) -> Vec<Piece> {
    if text.len() > crate::MAX_CELL {
        return Vec::new();
    }
    let whole = read_one(text);
    if counts(&whole) {
        let start = text.len() - text.trim_start().len();
        return vec![Piece { range: start..start + text.trim().len(), readings: whole }];
    }
    if matches!(whole.states, States::Text | States::Ordinal) && whole.refusal.is_none() {
        return split_other(text).unwrap_or_default();
    }
    Vec::new()
}

fn counts(readings: &Readings) -> bool {
    match readings.states {
        States::Number => true,
        States::None | States::Quarter => !readings.readings.is_empty(),
        _ => false,
    }
}

/// The pieces of a cell that was read and is not one number; `None` unless there are at least two and
/// nothing is left over.
pub(crate) fn split_other(text: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    // One line that has nothing around it was read as it stands.
    if !text.contains('\n') && text.trim().len() == text.len() {
        if behind_mark(text, 0..text.len()).is_none() {
            split_in_line(text, 0..text.len(), &mut pieces)?;
        }
        return (pieces.len() > 1 && pieces.len() <= MOST).then_some(pieces);
    }
    for line in text.split('\n') {
        let to = from + line.len();
        if !line.trim().is_empty() {
            split_line(text, from..to, &mut pieces)?;
        }
        from = to + 1;
    }
    (pieces.len() > 1 && pieces.len() <= MOST).then_some(pieces)
}

fn split_line(text: &str, line: Range<usize>, pieces: &mut Vec<Piece>) -> Option<()> {
    if let Some(piece) = piece(text, line.clone()) {
        pieces.push(piece);
        return Some(());
    }
    split_in_line(text, line, pieces)
}

/// The pieces of a line that is not one.
fn split_in_line(text: &str, line: Range<usize>, pieces: &mut Vec<Piece>) -> Option<()> {
    let starts = match quarters(text.get(line.clone())?) {
        quarters if quarters.len() > 1 => quarters,
        _ => starts(text.get(line.clone())?),
    };
    if starts.len() < 2 || pieces.len() + starts.len() > MOST {
        return None;
    }
    for (index, &start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(line.end, |next| line.start + next);
        let start = line.start + start;
        pieces.push(piece(text, start..without_joint(text, start, end))?);
    }
    Some(())
}

/// One piece, list mark taken off.
fn piece(text: &str, range: Range<usize>) -> Option<Piece> {
    let part = text.get(range.clone())?;
    let start = range.start + part.len() - part.trim_start().len();
    let range = start..start + part.trim().len();
    let readings = read_one(text.get(range.clone())?);
    if counts(&readings) { checked(range, readings) } else { behind_mark(text, range) }
}

/// The piece behind a list mark.
fn behind_mark(text: &str, range: Range<usize>) -> Option<Piece> {
    let leading = ordinal::leading(text.get(range.clone())?).filter(|leading| leading.sure)?;
    let range = range.start + leading.rest..range.end;
    let readings = read_one(text.get(range.clone())?);
    checked(range, readings)
}

/// What was read as a piece, if it is one.
fn checked(range: Range<usize>, readings: Readings) -> Option<Piece> {
    // `2 x 3` is a product.
    let factor = readings.best().is_some_and(|best| best.unit.as_deref() == Some("x"));
    (counts(&readings) && !readings.is_several() && !factor).then_some(Piece { range, readings })
}

/// Where quarters with a value begin, if the line begins with one: `TW 1 : 85, TW 2 : 90`.
fn quarters(line: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        let edge = matches!(before, ' ' | ',' | ';');
        before = c;
        if !edge || !c.is_ascii_alphabetic() {
            continue;
        }
        let Some((_, end)) = quarter::prefix(&line[at..]) else { continue };
        if line[at + end..].trim_start().starts_with([':', '=']) {
            starts.push(at);
        }
        if starts.len() > 4 || starts.first().is_some_and(|&first| first > 0) {
            return Vec::new();
        }
    }
    starts
}

/// Where a number begins: a digit or currency behind a blank, a bracket or a joint.
fn starts(line: &str) -> Vec<usize> {
    let bytes = line.as_bytes();
    let mut starts = Vec::new();
    let mut before = b' ';
    let mut currency = None;
    for (at, &byte) in bytes.iter().enumerate() {
        let slash = before == b'/' && !line[..at - 1].ends_with(|c: char| c.is_ascii_digit());
        let edge = slash || matches!(before, b' ' | b',' | b';' | b'(' | b'+' | b'&' | b':' | b'@');
        if byte.is_ascii_digit() && edge && !inside_number(bytes, at) {
            starts.push(currency.take().unwrap_or(at));
        } else if matches!(byte, b'R' | b'r')
            && edge
            && bytes.get(at + 1).is_some_and(|next| next.eq_ignore_ascii_case(&b'p'))
        {
            currency = Some(at);
        }
        if !matches!(byte, b' ' | b'.') && !byte.is_ascii_alphabetic() {
            currency = None;
        }
        before = byte;
    }
    // What stands before the first number must be nothing but a mark.
    match starts.first() {
        Some(&first) if line[..first].trim().len() > 4 => Vec::new(),
        Some(_) => {
            starts[0] = 0;
            starts
        }
        None => starts,
    }
}

/// Whether a digit continues the number before it: `1.234`, `445, 00`.
fn inside_number(bytes: &[u8], at: usize) -> bool {
    match bytes[..at] {
        [.., digit, b',' | b'.'] if digit.is_ascii_digit() => true,
        [.., digit, b',', b' '] if digit.is_ascii_digit() => {
            let tail = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            let long =
                bytes[..at - 2].iter().rev().take_while(|&&b| b.is_ascii_digit()).count() == 3;
            tail == 2 && long
        }
        _ => false,
    }
}

/// The end of a piece before the joint to the next one.
fn without_joint(text: &str, start: usize, end: usize) -> usize {
    let joints = [' ', ',', ';', '/', '+', '&', '@', '(', ')'];
    let mut part = text[start..end].trim_end_matches(joints);
    if let Some((before, word)) = part.rsplit_once(' ')
        && Lower::new(word).is_some_and(|word| lexicon::is_role(word.as_str(), Role::Stop))
    {
        part = before.trim_end_matches(joints);
    }
    // The mark of the next piece: `10 orang b. 20 orang`.
    if let Some((before, mark)) = part.rsplit_once(' ')
        && ordinal::read(mark).is_some_and(|mark| mark.closing != ordinal::Closing::None)
    {
        part = before.trim_end_matches(joints);
    }
    start + part.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = pieces(text)
            .iter()
            .map(|piece| {
                let best = piece.readings.best().expect("a number");
                let value = best.observed().map_or("nothing".to_owned(), |value| value.to_string());
                let unit = best.unit.as_deref().unwrap_or("");
                assert!(text.get(piece.range.clone()).is_some());
                format!("{value} {unit}").trim().to_owned()
            })
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn several_numbers_in_a_cell() {
        check("1 Forum, 2 Kegiatan", &["1 forum", "2 kegiatan"]);
        check("12 dok 3 kali", &["12 dok", "3 kali"]);
        check("2 Dokumen dan 3 Laporan", &["2 dokumen", "3 laporan"]);
        check("1. 5 Orang\n2. 6 Orang", &["5 orang", "6 orang"]);
        check("348.411.800 276.004.500 28.250.500", &["348411800", "276004500", "28250500"]);
        check("350\n400\n1.500", &["350", "400", "1500"]);
        check("65 %, 70 %", &["65 %", "70 %"]);
        check("3 Kali (150 Orang)", &["3 kali", "150 orang"]);
        check("12 orang (25%)", &["12 orang", "25 %"]);
        check("Rp. 1.000.000,00 Rp. 2.000.000,00", &["1000000 IDR", "2000000 IDR"]);
        check("TW 1 : 85\nTW 2 : -", &["85", "nil"]);
        check("TW 1 : 85, TW 2 : 90,5; TW III = -", &["85", "90.5", "nil"]);
        check("4 dok/12 bulan", &["4 dok", "12 bulan"]);
        check("a. 10 orang b. 20 orang", &["10 orang", "20 orang"]);
    }

    #[test]
    fn one_number_or_none() {
        check("350 Bh", &["350 bh"]);
        check("2.714.944.445, 00", &["2714944445"]);
        check("Terlaksananya 2 kegiatan dan 3 rapat", &[]);
        check("1. Penyusunan laporan", &[]);
        check("", &[]);
        check("2 Program Pembinaan Wawasan dan 3 lain", &[]);
    }
}

//! What texts look like, and what columns mostly hold.

use super::super::lines::trim_white;
use super::Piece;
use super::segment::{LONGEST_MARK, is_currency};

/// What a column mostly holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Ordinals in the first column.
    Ordinals,
    Text,
    /// Numbers, percents, dashes.
    Values,
}

/// Whether a text behind a value can be its unit: one word or sign.
pub(super) fn is_unit(text: &str) -> bool {
    let text = trim_white(text);
    text.len() <= 16 && !text.bytes().any(|b| b == b' ' || b.is_ascii_digit())
}

/// Whether a piece of text looks like a value: digits lead over letters, or it is an explicit none.
pub(super) fn is_value(text: &str) -> bool {
    let text = trim_white(text);
    if matches!(text, "-" | "–" | "- -" | "%") {
        return true;
    }
    let first = text.bytes().next().unwrap_or(b' ');
    // Most texts are words.
    if first.is_ascii_alphabetic() && !begins_with_currency(text) {
        return is_labelled(text);
    }
    let (mut digits, mut letters, mut others) = (0_usize, 0_usize, 0_usize);
    for b in text.bytes() {
        match b {
            b'0'..=b'9' => digits += 1,
            b'a'..=b'z' | b'A'..=b'Z' => letters += 1,
            0x80.. => others += 1,
            _ => {}
        }
    }
    if others > 0 {
        letters = text.chars().filter(|c| c.is_alphabetic()).count();
    }
    digits > 0 && (letters == 0 || letters <= MOST_LETTERS && first.is_ascii_alphanumeric())
}

/// Whether the letters that a text begins with are a mark of rupiah.
fn begins_with_currency(text: &str) -> bool {
    // No mark is longer.
    let word = text.char_indices().take(LONGEST_MARK + 1).find(|(_, c)| !c.is_alphabetic());
    let word = word.map_or(text.len(), |(at, _)| at);
    is_currency(&text[..word])
}

/// Whether a text is a number with a short label: `TW II : 60`.
fn is_labelled(text: &str) -> bool {
    let is_number = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'%' | b' '))
    };
    // Most texts end in a letter.
    if text.ends_with(|c: char| c.is_alphabetic()) {
        return false;
    }
    let label = text.bytes().take(LONGEST_LABEL + 1).position(|b| b == b':');
    label.is_some_and(|label| is_number(text[label + 1..].trim()))
}

/// Longest label before a number, in bytes.
const LONGEST_LABEL: usize = 14;

/// Most letters of a value: those of its unit or of a mark of rupiah.
const MOST_LETTERS: usize = 12;

/// What each column holds; in one of values they are `share` percent of its texts.
pub(super) fn kinds(pieces: &[Vec<Piece>], columns: usize, share: usize) -> Vec<Kind> {
    let mut values = vec![0_usize; columns];
    let mut ordinals = vec![0_usize; columns];
    let mut all = vec![0_usize; columns];
    for piece in pieces.iter().flatten().filter(|p| p.first == p.last) {
        all[piece.first] += 1;
        values[piece.first] += usize::from(piece.is_value);
        ordinals[piece.first] += usize::from(piece.is_ordinal);
    }
    (0..columns)
        .map(|c| {
            if c == 0 && ordinals[c] * 2 >= all[c] && ordinals[c] > 0 {
                Kind::Ordinals
            } else if values[c] * 100 >= all[c] * share && values[c] > 0 {
                Kind::Values
            } else {
                Kind::Text
            }
        })
        .collect()
}

/// Whether a text is a year.
pub(super) fn is_year(text: &str) -> bool {
    // Few texts hold nothing else.
    if text.len() > 4 && text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return false;
    }
    let text = trim_white(text).trim_matches(['(', ')', ',', '.', '*']);
    text.len() == 4
        && (text.starts_with("20") || text.starts_with("19"))
        && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text is a year, with words behind it or without.
pub(super) fn begins_with_year(text: &str) -> bool {
    let (year, rest) = text.trim().split_once(' ').unwrap_or((text, ""));
    is_year(year) && !rest.contains(|c: char| c.is_ascii_digit())
}

/// `1`, `1.`, `1.1`, `(1)`, `a.`, `IV`, and codes such as `8.01.02.2.01`.
pub(super) fn is_ordinal(text: &str) -> bool {
    // Most texts are words.
    if matches!(text.as_bytes(), [b'A'..=b'Z' | b'a'..=b'z', b'a'..=b'z', ..]) {
        return false;
    }
    let mut core = trim_white(text).as_bytes();
    while let [b'(' | b')' | b'.', rest @ ..] = core {
        core = rest;
    }
    while let [rest @ .., b'(' | b')' | b'.'] = core {
        core = rest;
    }
    match core {
        [] => false,
        [b'0'..=b'9', ..] => is_numbering(core),
        [letter] => letter.is_ascii_alphabetic(),
        _ => core.len() <= 8 && core.iter().all(|b| matches!(b, b'I' | b'V' | b'X')),
    }
}

/// Whether a text that begins with a digit is made of short numbers with dots between.
fn is_numbering(core: &[u8]) -> bool {
    if !core.iter().all(|b| b.is_ascii_digit() || *b == b'.') {
        return false;
    }
    let parts = core.split(|b| *b == b'.').count();
    let longest = if parts >= 3 { 4 } else { 3 };
    core.len() <= 8.max(5 * parts)
        && core.split(|b| *b == b'.').all(|part| (1..=longest).contains(&part.len()))
}

/// Whether a number goes on with a code that a narrow column cut: `7.01.01.2.` over `06.02`.
pub(super) fn is_rest_of_code(code: &str, rest: &str) -> bool {
    let levels = code.matches('.').count();
    levels >= 2
        && rest.len() <= code.len()
        && code.bytes().chain(rest.bytes()).all(|b| b.is_ascii_digit() || b == b'.')
        && (code.ends_with('.')
            || rest.starts_with('.')
            || levels >= 3 && !rest.contains('.') && rest.len() <= 4)
}

//! What texts look like, and what columns mostly hold.

use super::Piece;
use super::segment::{Strip, is_currency};

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
    let text = text.trim();
    !text.contains(' ') && !text.bytes().any(|b| b.is_ascii_digit()) && text.len() <= 16
}

/// Whether a piece of text looks like a value: digits lead over letters, or it is an explicit none.
pub(super) fn is_value(text: &str) -> bool {
    let text = text.trim();
    if matches!(text, "-" | "–" | "- -" | "%") {
        return true;
    }
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let begins = || {
        let word = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        text.starts_with(|c: char| c.is_ascii_digit()) || is_currency(word)
    };
    letters == 0 || letters <= 12 && begins()
}

/// What each column holds; in one of values they are `share` percent of its texts.
pub(super) fn kinds(
    strips: &[Strip<'_>],
    pieces: &[Vec<Piece>],
    columns: usize,
    share: usize,
) -> Vec<Kind> {
    let mut values = vec![0_usize; columns];
    let mut ordinals = vec![0_usize; columns];
    let mut all = vec![0_usize; columns];
    for (strip, pieces) in strips.iter().zip(pieces) {
        for piece in pieces.iter().filter(|p| p.first == p.last) {
            let text = strip.line.raw.get(piece.bytes.0..piece.bytes.1).unwrap_or("");
            all[piece.first] += 1;
            values[piece.first] += usize::from(is_value(text));
            ordinals[piece.first] += usize::from(is_ordinal(text));
        }
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
    let text = text.trim().trim_matches(['(', ')', ',', '.', '*']);
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
    let core = text.trim().trim_matches(['(', ')', '.']);
    let parts = core.split('.').count();
    let longest = if parts >= 3 { 4 } else { 3 };
    !core.is_empty()
        && core.len() <= 8.max(5 * parts)
        && (core.split('.').all(|part| {
            !part.is_empty() && part.len() <= longest && part.bytes().all(|b| b.is_ascii_digit())
        }) || (core.len() == 1 && core.bytes().all(|b| b.is_ascii_alphabetic()))
            || core.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')))
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

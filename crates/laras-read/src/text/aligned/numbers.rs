//! The line that numbers the columns: `1  2  3 … 8=(7/6)`.

use super::segment::{Segment, Strip};

/// Most lines that a header is looked for in.
const TALLEST: usize = 24;
/// Fewest columns that are numbered.
const FEWEST: usize = 3;

/// The lines that number the columns, with the rest of formulas that did not fit into one.
pub(super) fn column_numbers(strips: &[Strip<'_>]) -> Option<std::ops::Range<usize>> {
    let at = (0..strips.len().min(TALLEST))
        .take_while(|i| !states_amounts(&strips[*i]))
        .find(|i| is_column_numbers(&strips[*i]))?;
    let rest = strips[at + 1..]
        .iter()
        .take_while(|s| s.blank_above == 0 && s.segments.iter().all(|g| is_formula(s.text(g))))
        .count();
    Some(at..at + 1 + rest)
}

/// Whether a line holds two amounts, as no header does.
fn states_amounts(strip: &Strip<'_>) -> bool {
    let is_amount = |text: &str| {
        text.len() >= 7
            && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
            && text.bytes().any(|b| matches!(b, b'.' | b','))
    };
    strip.segments.iter().filter(|s| is_amount(strip.text(s))).count() >= 2
}

/// The rest of a formula: `+11+12`, `x 100%`.
fn is_formula(text: &str) -> bool {
    text.contains(['+', '/', '%', '=', 'x', '×'])
        && text.chars().all(|c| c.is_ascii_digit() || "+-/%=x×() ".contains(c))
}

/// Whether a line numbers the columns.
pub(super) fn is_column_numbers(strip: &Strip<'_>) -> bool {
    if strip.segments.len() < FEWEST {
        return false;
    }
    // A form that leaves out the first columns of another has many left.
    let most = if strip.segments.len() >= 6 { 3 } else { 2 };
    let mut before = None;
    strip.segments.iter().all(|s| {
        let Some(number) = column_number(strip.text(s)) else { return false };
        match before.replace(number) {
            None => number <= most,
            Some(before) => before < number && number <= before + 2,
        }
    })
}

/// The number of a column: `3`, `(3)`, `8=(7/6)`, `12 = 8 + 11`.
pub(super) fn column_number(text: &str) -> Option<u8> {
    let mut head = text.as_bytes();
    // Most texts are words.
    if head.first().is_none_or(u8::is_ascii_alphabetic) {
        return None;
    }
    if let Some(end) = memchr::memchr(b'=', head) {
        head = &head[..end];
    }
    while let [b'(' | b')' | b'[' | b']' | b'.' | b' ', rest @ ..] = head {
        head = rest;
    }
    while let [rest @ .., b'(' | b')' | b'[' | b']' | b'.' | b' '] = head {
        head = rest;
    }
    if (1..=2).contains(&head.len()) { std::str::from_utf8(head).ok()?.parse().ok() } else { None }
}

/// The numbers of a line of column numbers apart where only one space parts them; `None` for any
/// other line.
pub(super) fn parted(raw: &str, segments: &[Segment]) -> Option<Vec<Segment>> {
    if !segments.iter().all(|s| is_numbers(raw.get(s.bytes.0..s.bytes.1).unwrap_or(""))) {
        return None;
    }
    let mut out: Vec<Segment> = Vec::new();
    let mut last = 0;
    for segment in segments {
        let text = raw.get(segment.bytes.0..segment.bytes.1)?;
        let mut from = 0;
        for (at, _) in text.match_indices(' ') {
            let (left, right) = (&text[from..at], text[at + 1..].trim_start());
            let next = right.split(' ').next().and_then(column_number);
            let whole = !left.trim_end().ends_with(['=', '+', '-', '/', 'x'])
                && !right.starts_with(['=', '+', '-', '/', 'x']);
            let number = column_number(left);
            if whole
                && number.is_some_and(|n| {
                    n >= last && next.is_some_and(|next| next > n && next <= n + 2)
                })
            {
                last = number?;
                out.push(piece(segment, text, from, at));
                from = at + 1;
            }
        }
        last = column_number(&text[from..])?;
        out.push(piece(segment, text, from, text.len()));
    }
    (out.len() >= FEWEST).then_some(out)
}

/// Whether a text holds nothing but numbers and formulas.
fn is_numbers(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(
            c,
            '0'..='9' | '+' | '-' | '/' | '%' | '=' | 'x' | '×' | '(' | ')' | '[' | ']' | ' '
        )
    })
}

/// A part of a segment, given in bytes of its text, which is plain ASCII but for `×`.
fn piece(segment: &Segment, text: &str, from: usize, to: usize) -> Segment {
    let chars = |byte: usize| text[..byte].chars().count();
    Segment {
        from: segment.from + chars(from),
        to: segment.from + chars(to),
        bytes: (segment.bytes.0 + from, segment.bytes.0 + to),
    }
}

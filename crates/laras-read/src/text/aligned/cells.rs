//! Cells of a row from the pieces of its printed lines.

use laras_model::{Confidence, RawCell, RawRow};

use super::super::decode::Decoded;
use super::super::rows::{cell, line_place};
use super::Piece;
use super::grouping::finishes;
use super::kinds::{Kind, is_rest_of_code};
use super::segment::Strip;

/// One row from its printed lines: the pieces of a column are joined. `division` tells how clearly
/// these lines are one row.
pub(super) fn body_row(
    strips: &[Strip<'_>],
    pieces: &[Vec<Piece>],
    columns: usize,
    kinds: &[Kind],
    division: Option<Confidence>,
    source: &Decoded<'_>,
) -> RawRow {
    let mut cells: Vec<RawCell> =
        vec![RawCell { colspan: 1, rowspan: 1, ..RawCell::default() }; columns];
    for (strip, pieces) in strips.iter().zip(pieces) {
        for piece in pieces {
            let made = piece_cell(strip, piece, source);
            let target = &mut cells[piece.first];
            if target.text.is_empty() {
                *target = made;
            } else {
                let kind = kinds.get(piece.first).copied().unwrap_or(Kind::Text);
                let text = match kind {
                    Kind::Ordinals if is_rest_of_code(&target.text, &made.text) => {
                        [target.text.as_str(), &made.text].concat()
                    }
                    _ => joined(&target.text, &made.text, kind == Kind::Values),
                };
                target.text = text.into();
                target.place = target.place.joined(&made.place);
            }
        }
    }
    let place = strips.first().map(|s| line_place(&s.line, source)).unwrap_or_default();
    RawRow { cells, place, is_header: false, division }
}

pub(super) fn piece_cell(strip: &Strip<'_>, piece: &Piece, source: &Decoded<'_>) -> RawCell {
    let text = strip.line.raw.get(piece.bytes.0..piece.bytes.1).unwrap_or("");
    cell(&strip.line, text, piece.bytes.0, source)
}

/// Two printed lines of one cell: numbers close up, wrapped words keep their hyphen, list items
/// stay apart.
pub(in crate::text) fn joined(first: &str, second: &str, values: bool) -> String {
    let digits_meet = first.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','))
        && second.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let last = first.rsplit([' ', '\n']).next().unwrap_or("");
    if values && digits_meet && (!is_whole_number(second) || finishes(last, second)) {
        return [first, second].concat();
    }
    let hyphen = first.ends_with('-')
        && first.len() > 1
        && !first.ends_with(" -")
        && second.starts_with(char::is_lowercase);
    if hyphen {
        return [first, second].concat();
    }
    let item = second.starts_with(['-', '•', '*', '–']) && second.len() > 2
        || second.split_once(['.', ')']).is_some_and(|(mark, rest)| {
            mark.len() <= 2
                && !mark.is_empty()
                && mark.bytes().all(|b| b.is_ascii_alphanumeric())
                && rest.starts_with(' ')
        });
    let counts = |text: &str| {
        text.split_once(' ').is_some_and(|(count, of)| {
            count.bytes().all(|b| b.is_ascii_digit()) && of.starts_with(char::is_uppercase)
        })
    };
    let item = item || counts(second) && counts(first.rsplit('\n').next().unwrap_or(""));
    [first, if item { "\n" } else { " " }, second].concat()
}

/// Whether a piece is a grouped number by itself, not the tail of one.
fn is_whole_number(text: &str) -> bool {
    let head = text.split(['.', ',']).next().unwrap_or("");
    text.len() > 4 && (1..=3).contains(&head.len()) && text.contains(['.', ','])
}

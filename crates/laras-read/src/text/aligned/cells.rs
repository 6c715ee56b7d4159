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
        let mut before = None;
        for piece in pieces {
            let made = piece_cell(strip, piece, source);
            let target = &mut cells[piece.first];
            if target.text.is_empty() {
                *target = made;
            } else {
                let kind = kinds.get(piece.first).copied().unwrap_or(Kind::Text);
                if before == Some(piece.first) {
                    // Two texts of one line, whatever they are.
                    target.text.push_str(" ");
                    target.text.push_str(&made.text);
                } else if kind == Kind::Ordinals && is_rest_of_code(&target.text, &made.text) {
                    target.text.push_str(&made.text);
                } else {
                    join(target, &made.text, kind == Kind::Values);
                }
                target.place = target.place.joined(&made.place);
            }
            before = Some(piece.first);
        }
    }
    let place = strips.first().map(|s| line_place(&s.line, source)).unwrap_or_default();
    RawRow { cells, place, is_header: false, division }
}

pub(super) fn piece_cell(strip: &Strip<'_>, piece: &Piece, source: &Decoded<'_>) -> RawCell {
    let text = strip.line.raw.get(piece.bytes.0..piece.bytes.1).unwrap_or("");
    cell(&strip.line, text, piece.bytes.0, source)
}

/// Adds a printed line to a cell: numbers close up, wrapped words keep their hyphen, list items stay
/// apart.
pub(in crate::text) fn join(cell: &mut RawCell, line: &str, values: bool) {
    let between = between(&cell.text, line, values);
    cell.text.push_str(between);
    cell.text.push_str(line);
}

/// What stands between two printed lines of one cell.
fn between(first: &str, second: &str, values: bool) -> &'static str {
    let is_digit = |b: Option<u8>| matches!(b, Some(b'0'..=b'9' | b'.' | b','));
    if values && is_digit(first.bytes().next_back()) && is_digit(second.bytes().next()) {
        let last = first.rsplit([' ', '\n']).next().unwrap_or("");
        if !is_whole_number(second) || finishes(last, second) {
            return "";
        }
    }
    let hyphen = first.ends_with('-')
        && first.len() > 1
        && !first.ends_with(" -")
        && second.starts_with(char::is_lowercase);
    if hyphen {
        return "";
    }
    let marked = || {
        // The mark of an item is short.
        let mark = second.bytes().take(3).position(|b| matches!(b, b'.' | b')')).unwrap_or(0);
        mark > 0
            && second.as_bytes().get(mark + 1) == Some(&b' ')
            && second.bytes().take(mark).all(|b| b.is_ascii_alphanumeric())
    };
    let counts = |text: &str| {
        text.split_once(' ').is_some_and(|(count, of)| {
            count.bytes().all(|b| b.is_ascii_digit()) && of.starts_with(char::is_uppercase)
        })
    };
    let item = second.starts_with(['-', '•', '*', '–']) && second.len() > 2
        || marked()
        || counts(second) && counts(first.rsplit('\n').next().unwrap_or(""));
    if item { "\n" } else { " " }
}

/// Whether a piece is a grouped number by itself, not the tail of one.
fn is_whole_number(text: &str) -> bool {
    let head = text.split(['.', ',']).next().unwrap_or("");
    text.len() > 4 && (1..=3).contains(&head.len()) && text.contains(['.', ','])
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::super::grid::Grid;
    use super::super::segment;
    use super::*;
    use crate::text::{decode, lines, shape};

    /// Where nothing tells two columns apart, the numbers of one line are still two.
    #[test]
    fn numbers_of_one_line_do_not_close_up() {
        let text = "1    42.500.000     23\n2    51.250.    000    7\n";
        let source = decode::decode(text.as_bytes()).expect("it is text");
        let lines = lines::split(text);
        let shapes = shape::shapes(&lines);
        let strips = segment::strips(&lines, &shapes, 0..lines.len());
        let grid = Grid::new(vec![(0, 1), (5, 25)]);
        let pieces: Vec<Vec<Piece>> = strips.iter().map(|strip| grid.pieces(strip)).collect();
        let row = |at: Range<usize>| {
            let kinds = [Kind::Ordinals, Kind::Values];
            body_row(&strips[at.clone()], &pieces[at], 2, &kinds, None, &source)
        };
        assert_eq!(row(0..1).cells[1].text, "42.500.000 23");
        assert_eq!(row(1..2).cells[1].text, "51.250. 000 7");
    }
}

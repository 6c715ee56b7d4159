//! The header of an aligned table.

use laras_model::{RawCell, RawRow};

use super::super::decode::Decoded;
use super::super::rows::line_place;
use super::columns::{Grid, Kind, is_ordinal, is_value};
use super::{Piece, Strip, joined, piece_cell};

/// Index of the first line of the body.
pub(super) fn first_body_strip(
    strips: &[Strip<'_>],
    pieces: &[Vec<Piece>],
    kinds: &[Kind],
) -> usize {
    let text = |i: usize, p: &Piece| strips[i].line.raw.get(p.bytes.0..p.bytes.1).unwrap_or("");
    let has_value = |i: usize| {
        let values =
            pieces[i].iter().filter(|p| p.first == p.last && kinds[p.first] == Kind::Values);
        let numbers = values.filter(|p| is_value(text(i, p))).count();
        let ordinals = pieces[i].len() >= 3 && pieces[i].iter().all(|p| is_ordinal(text(i, p)));
        numbers > 0 || ordinals
    };
    let Some(first) = (0..strips.len()).find(|i| has_value(*i)) else { return 0 };
    // A year in a header is a value that stands among words.
    let is_head = |i: usize| {
        let words = pieces[i].iter().filter(|p| !is_value(text(i, p))).count();
        let years = pieces[i].iter().filter(|p| is_year(text(i, p))).count();
        let values = pieces[i].len() - words;
        values > 0
            && years == values
            && !pieces[i].iter().any(|p| p.first == 0 && is_ordinal(text(i, p)))
    };
    let first = (first..strips.len()).find(|i| has_value(*i) && !is_head(*i)).unwrap_or(first);
    let trailing = (first + 1..strips.len())
        .take_while(|i| strips[*i].blank_above == 0 && !has_value(*i))
        .count();
    let head_above = |i: usize| {
        (0..i)
            .any(|j| pieces[j].iter().any(|p| (p.first..=p.last).any(|c| kinds[c] == Kind::Values)))
    };
    let only_names = |i: usize| {
        !pieces[i].is_empty()
            && pieces[i].iter().all(|p| p.first == p.last && kinds[p.first] != Kind::Values)
    };
    let mut body = first;
    while body > 0 && only_names(body - 1) && head_above(body - 1) {
        let apart = strips[body].blank_above == 0 && strips[body - 1].blank_above > 0;
        let centred = first - body < trailing && strips[body].blank_above == 0;
        let numbered =
            pieces[body - 1].iter().any(|p| p.first == 0 && is_ordinal(text(body - 1, p)))
                && kinds[0] == Kind::Ordinals;
        if !(apart || centred || numbered) {
            break;
        }
        body -= 1;
        if apart && !centred {
            break;
        }
    }
    body
}

fn is_year(text: &str) -> bool {
    let text = text.trim();
    text.len() == 4
        && (text.starts_with("20") || text.starts_with("19"))
        && text.bytes().all(|b| b.is_ascii_digit())
}

/// A header cell under construction.
struct Head {
    first: usize,
    last: usize,
    level: usize,
    strip: usize,
    cell: RawCell,
}

/// The header rows: one row a level, what spans several columns with its span.
pub(super) fn rows(
    strips: &[Strip<'_>],
    pieces: &[Vec<Piece>],
    grid: &Grid,
    source: &Decoded<'_>,
) -> Vec<RawRow> {
    let mut heads: Vec<Head> = Vec::new();
    for (i, strip) in strips.iter().enumerate() {
        for piece in &pieces[i] {
            let cell = piece_cell(strip, piece, source);
            let (first, last) = span(i, piece, pieces, grid);
            let above = heads.iter_mut().rev().find(|h| h.first <= last && first <= h.last);
            let level = match above {
                Some(head) if head.first == first && head.last == last => {
                    head.cell.text = joined(&head.cell.text, &cell.text, false);
                    head.cell.place = head.cell.place.joined(&cell.place);
                    continue;
                }
                Some(head) if head.first <= first && last <= head.last => head.level + 1,
                Some(head) => {
                    head.cell.text = joined(&head.cell.text, &cell.text, false);
                    continue;
                }
                None => 0,
            };
            heads.push(Head { first, last, level, strip: i, cell });
        }
    }
    let levels = heads.iter().map(|h| h.level + 1).max().unwrap_or(0);
    (0..levels)
        .map(|level| {
            let blank = RawCell { colspan: 1, rowspan: 1, ..RawCell::default() };
            let mut cells = vec![blank; grid.len()];
            let mut top = strips.len().saturating_sub(1);
            for head in heads.iter().filter(|h| h.level == level) {
                cells[head.first] =
                    RawCell { colspan: (head.last - head.first + 1) as u16, ..head.cell.clone() };
                top = top.min(head.strip);
            }
            let place = strips.get(top).map(|s| line_place(&s.line, source)).unwrap_or_default();
            RawRow { cells, place, is_header: true }
        })
        .collect()
}

/// The columns a header piece stands over: its own, or a symmetric range around it whose columns
/// all have heads of their own below and none beside it.
fn span(strip: usize, piece: &Piece, pieces: &[Vec<Piece>], grid: &Grid) -> (usize, usize) {
    let centre = piece.from + piece.to;
    let below =
        |c: usize| pieces[strip + 1..].iter().flatten().any(|p| p.first <= c && c <= p.last);
    let beside = |c: usize| {
        pieces[..=strip]
            .iter()
            .flatten()
            .any(|p| !std::ptr::eq(p, piece) && p.first <= c && c <= p.last)
    };
    let mut best = (piece.first, piece.last);
    for first in (0..=piece.first).rev() {
        if first < piece.first && (beside(first) || !below(first)) {
            break;
        }
        for last in piece.last..grid.len() {
            if last > piece.last && (beside(last) || !below(last)) {
                break;
            }
            let wider = last - first > best.1 - best.0;
            let off = grid.centre2(first, last).abs_diff(centre);
            if wider && off <= 6 && (first..=last).all(below) {
                best = (first, last);
            }
        }
    }
    best
}

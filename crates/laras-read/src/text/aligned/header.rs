//! The header of an aligned table.

use laras_model::{RawCell, RawRow};

use super::super::decode::Decoded;
use super::super::rows::line_place;
use super::Piece;
use super::cells::{joined, piece_cell};
use super::grid::Grid;
use super::kinds::{Kind, begins_with_year, is_ordinal, is_value, is_year};
use super::numbers::column_numbers;
use super::segment::Strip;
use super::spans::spans;

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
        let stated = |t: &str| is_value(t) && t.trim() != "%" && !is_year(t);
        let numbers = values.filter(|p| stated(text(i, p))).count();
        let ordinals = pieces[i].len() >= 3 && pieces[i].iter().all(|p| is_ordinal(text(i, p)));
        numbers > 0 || ordinals
    };
    // Column numbers close a header, whatever stands in it, but for a last row of heads.
    if let Some(numbers) = column_numbers(strips) {
        let is_heads = |i: usize| {
            let over_values = pieces[i].iter().filter(|p| kinds[p.first] == Kind::Values).count();
            over_values >= 3 && pieces[i].iter().all(|p| !is_value(text(i, p)))
        };
        let heads = numbers.end;
        return if heads < strips.len() && is_heads(heads) { heads + 1 } else { numbers.start };
    }
    let Some(first) = (0..strips.len()).find(|i| has_value(*i)) else {
        // A page may end below a header.
        return strips.last().filter(|last| are_leaves(last)).map_or(0, |_| strips.len());
    };
    // A year in a header is a value that stands among words.
    let is_head = |i: usize| {
        let words = pieces[i].iter().filter(|p| !is_value(text(i, p))).count();
        // `2020 Realisasi` is a year and the head beside it.
        let years = pieces[i].iter().filter(|p| begins_with_year(text(i, p))).count();
        let values = pieces[i].len() - words;
        values > 0
            && years == values
            && !pieces[i].iter().any(|p| p.first == 0 && is_ordinal(text(i, p)))
    };
    let first = (first..strips.len()).find(|i| has_value(*i) && !is_head(*i)).unwrap_or(first);
    // A numbered line begins the body even where its values are words.
    let numbered = |i: usize| {
        kinds[0] == Kind::Ordinals
            && pieces[i].len() >= 2
            && pieces[i].iter().any(|p| p.first == 0 && p.last == 0 && is_ordinal(text(i, p)))
    };
    let first = (1..first).find(|i| numbered(*i)).unwrap_or(first);
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
    // A header has heads over its values; a page that goes on with a table may have none.
    let values = kinds.iter().filter(|kind| **kind == Kind::Values).count();
    if values >= FEWEST_VALUES && first <= LONGEST_NAME && !head_above(first) {
        return 0;
    }
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

/// Fewest columns of values that show by having no heads that there is no header.
const FEWEST_VALUES: usize = 3;
/// Most lines of a name above the line with its values.
const LONGEST_NAME: usize = 5;

/// Whether a line is the last of a header whose heads stand over several columns: years and heads that
/// recur, `K` and `Rp`.
fn are_leaves(strip: &Strip<'_>) -> bool {
    let texts: Vec<&str> = strip.segments.iter().map(|s| strip.text(s)).collect();
    let recurs = |text: &&str| texts.iter().filter(|other| *other == text).count() > 1;
    texts.len() >= FEWEST_LEAVES && texts.iter().all(|text| is_year(text) || recurs(text))
}

/// Fewest heads in such a line.
const FEWEST_LEAVES: usize = 4;

/// A header cell under construction.
struct Head {
    first: usize,
    last: usize,
    level: usize,
    strip: usize,
    /// Its last line.
    to: usize,
    /// The middle of its first line, doubled.
    centre: usize,
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
    let numbers = column_numbers(strips).unwrap_or(0..0);
    for (i, strip) in strips.iter().enumerate().filter(|(i, _)| !numbers.contains(i)) {
        let mut above = vec![0; grid.len()];
        for (at, head) in heads.iter().enumerate().filter(|(_, h)| h.first < h.last) {
            above[head.first..=head.last].fill(at + 1);
        }
        let spans = spans(i, strips, pieces, grid, &above);
        for (piece, (first, last)) in pieces[i].iter().zip(spans) {
            let cell = piece_cell(strip, piece, source);
            let wider = wider(&heads, first, last);
            let above = heads.iter_mut().rev().find(|h| h.first <= last && first <= h.last);
            let level = match above {
                Some(head) if head.first == first && head.last == last => {
                    head.to = i;
                    head.cell.text = joined(&head.cell.text, &cell.text, false).into();
                    head.cell.place = head.cell.place.joined(&cell.place);
                    continue;
                }
                Some(head) if goes_on(head, piece.from + piece.to, i, pieces) => {
                    head.cell.text = joined(&head.cell.text, &cell.text, false).into();
                    head.cell.place = head.cell.place.joined(&cell.place);
                    head.to = i;
                    continue;
                }
                Some(head) if head.first <= first && last <= head.last => head.level + 1,
                Some(head) if wider && head.to + 1 == i => {
                    (head.first, head.last, head.to) = (first, last, i);
                    head.cell.text = joined(&head.cell.text, &cell.text, false).into();
                    head.cell.place = head.cell.place.joined(&cell.place);
                    continue;
                }
                Some(head) => {
                    head.cell.text = joined(&head.cell.text, &cell.text, false).into();
                    continue;
                }
                None => 0,
            };
            let centre = piece.from + piece.to;
            heads.push(Head { first, last, level, strip: i, to: i, centre, cell });
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
            // What a span covers has no cell of its own.
            let mut covered = 0;
            cells.retain(|cell| {
                let keep = covered == 0;
                covered = if keep { cell.colspan - 1 } else { covered - 1 };
                keep
            });
            let place = strips.get(top).map(|s| line_place(&s.line, source)).unwrap_or_default();
            RawRow { cells, place, is_header: true, division: None }
        })
        .collect()
}

/// Whether a line over these columns shows that the one head above it is wider than it seemed.
fn wider(heads: &[Head], first: usize, last: usize) -> bool {
    let mut above = heads.iter().filter(|h| h.first <= last && first <= h.last);
    let one = above.next().is_some_and(|h| first <= h.first && h.last <= last);
    one && above.next().is_none()
}

/// How far the middles of two lines of one head lie apart, in half characters.
pub(super) const OFF_CENTRE: usize = 2;

/// Whether the only text under a head that spans columns is its own next line: the heads of its
/// columns come further down, side by side.
fn goes_on(head: &Head, centre: usize, line: usize, pieces: &[Vec<Piece>]) -> bool {
    let under = |i: usize| {
        pieces[i].iter().filter(|p| head.first <= p.first && p.last <= head.last).count()
    };
    head.last > head.first
        && (line == head.to + 1
            || centre.abs_diff(head.centre) <= OFF_CENTRE
                && (head.to + 1..line).all(|between| under(between) == 0))
        && under(line) == 1
        && (line + 1..pieces.len()).any(|i| under(i) >= 2)
}

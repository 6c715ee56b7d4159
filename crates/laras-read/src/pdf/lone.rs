//! Rows that stand alone between page breaks and running lines. One row is too little to show
//! columns; it is a table's because it falls into as many pieces as the table before it, or because
//! it states a name and nothing but numbers, as the total of that table does.

use super::blocks::caption_number;
use super::columns::{Found, PageLines, Piece};
use super::corridors::corridors;
use super::grid::Grid;
use super::line::text_of;
use super::reach::reach;
use super::seeds::{is_quantity, is_seed};

/// A row of fewer pieces may be anything.
const FEWEST_PIECES: usize = 6;
/// Fewest numbers in such a row.
const FEWEST_NUMBERS: usize = 4;
/// Lines of one cell stand at most this far apart, in shares of the type size.
const TIGHT: f32 = 0.45;

/// Most lines of the rest of a row above a total.
const TALLEST_REST: usize = 6;

/// Adds the rows that stand alone to the tables of their pages.
pub(super) fn add_lone_rows(pages: &mut [PageLines]) {
    for number in 0..pages.len() {
        let (above, here) = pages.split_at_mut(number);
        let (above, page) = (above.last(), &mut here[0]);
        let mut line = 0;
        while line < page.lines.len() {
            let table = page.found.iter().position(|table| table.to > line);
            if let Some(table) = table.filter(|&table| page.found[table].from <= line) {
                line = page.found[table].to;
            } else if let Some(found) = lone_row(page, line, above) {
                line = found.to;
                page.found.insert(table.unwrap_or(page.found.len()), found);
            } else {
                line += 1;
            }
        }
    }
}

fn lone_row(page: &PageLines, at: usize, above: Option<&PageLines>) -> Option<Found> {
    let pieces = &page.pieces[at];
    let states = |piece: &&Piece| {
        let text = text_of(&piece.words);
        is_quantity(&text) && text.contains(|c: char| c.is_ascii_digit())
    };
    if pieces.len() < FEWEST_PIECES
        || !is_seed(pieces)
        || pieces.iter().skip(1).filter(states).count() < FEWEST_NUMBERS
    {
        return None;
    }
    let upper = page.found.iter().rfind(|table| table.to <= at);
    let known: Vec<&[Piece]> = match upper {
        Some(table) => page.shown(table).collect(),
        None => above.and_then(|page| Some(page.shown(page.found.last()?).collect()))?,
    };
    let free = upper.map_or(0, |table| table.to);
    let end = page.found.iter().find(|table| table.from > at).map_or(page.lines.len(), |t| t.from);
    let size = page.lines[at].size;
    let mut members = vec![at];
    for line in at + 1..end {
        let gap = page.lines[line].bbox.y0 - page.lines[line - 1].bbox.y1;
        if gap > size * TIGHT || (page.lines[line].size - size).abs() > 1.0 {
            break;
        }
        if is_seed(&page.pieces[line]) {
            members.push(line);
        }
    }
    let shown: Vec<&[Piece]> = members.iter().map(|&line| page.pieces[line].as_slice()).collect();
    let grid = Grid::of(&shown);
    let (own, known) = (grid.columns.len(), corridors(&known).len());
    // Of a total, only the columns that can be added up are filled.
    let is_total = own == pieces.len() && pieces.iter().skip(1).all(|piece| states(&piece));
    if own > known || own * 5 < known * 4 && !is_total {
        return None;
    }
    let last = members.last().copied().unwrap_or(at);
    let (mut from, to) = reach(&page.lines, &page.pieces, (at, last), free, grid.clone());
    if is_total {
        from = from.min(rest_above(page, at, free, &grid));
    }
    Some(Found { from, to: to.min(end), members, goes_on: false })
}

/// The first of the lines right above a total that stand in its first column, which no paragraph
/// does: the rest of the name of the row before it, which a page break cut.
fn rest_above(page: &PageLines, total: usize, free: usize, grid: &Grid) -> usize {
    let size = page.lines[total].size;
    let gap = |line: usize| page.lines[line + 1].bbox.y0 - page.lines[line].bbox.y1;
    let most = |line: usize| size * if line + 1 == total { 1.2 } else { TIGHT };
    let is_rest = |line: usize| {
        let [piece] = page.pieces[line].as_slice() else { return false };
        gap(line) < most(line)
            && (page.lines[line].size - size).abs() < 1.0
            && grid.span(piece) == (0, 1)
            && caption_number(&page.lines[line].text()).is_none()
    };
    let least = free.max(total.saturating_sub(TALLEST_REST));
    (least..total).rev().take_while(|&line| is_rest(line)).last().unwrap_or(total)
}

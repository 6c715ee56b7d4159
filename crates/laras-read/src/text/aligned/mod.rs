//! Tables whose columns are aligned by spaces, as `pdftotext -layout` prints them.
//!
//! The steps, each in a module of its own:
//!
//! 1. `region`, `parts`: neighbouring lines that are broken by wide gaps, cut where the columns change.
//! 2. `segment`: a line is cut at its gaps; `numbers`, `heads`, `touching`: and where columns touch,
//!    for a PDF leaves one space between a long cell and the next.
//! 3. `columns`: `rivers` are what most lines leave free; `settle` says which stretches between
//!    them are one column, `numbered` which the line of column numbers counts; `grid` puts the cells
//!    of each line into the columns.
//! 4. `header`, `spans`, `heights`: lines above the first row; what stands over several columns stays
//!    a span; `leaves` parts lowest heads that touch.
//! 5. `grouping`: the printed lines are divided into rows by the cheapest division: no row holds
//!    two values of one column, a wrapped text fills its column, values and texts stand first, in the
//!    middle or last in their row, but always alike. `cells` joins the lines of a row.
//!
//! No step looks at one line alone: every decision counts what all lines of the table say.

mod cells;
mod columns;
mod grid;
mod grouping;
mod header;
mod heads;
mod heights;
mod kinds;
mod leaves;
mod numbered;
mod numbers;
mod parts;
mod region;
mod rivers;
mod segment;
mod settle;
mod spans;
#[cfg(test)]
mod tests;
mod touching;

use self::cells::body_row;
pub(super) use self::cells::joined;
use self::segment::Strip;
use super::decode::Decoded;
use super::lines::Line;
use super::rows::FoundTable;
use super::shape::Shape;

/// Most pieces of a line of a table; no page is wide enough for more.
const MOST_PIECES: usize = 256;

/// Share of values among the texts of a column, its heads counted too, in percent.
const SHARE: usize = 50;
/// The same without its heads.
const SHARE_BELOW: usize = 60;

/// A piece of a line that stands in one column, or across several.
#[derive(Clone, Debug)]
struct Piece {
    first: usize,
    last: usize,
    from: usize,
    to: usize,
    bytes: (usize, usize),
}

/// Finds the aligned tables of a text and marks their lines.
pub(super) fn find(
    lines: &[Line<'_>],
    shapes: &mut [Shape],
    source: &Decoded<'_>,
    is_border: impl Fn(&str) -> bool,
) -> Vec<FoundTable> {
    let mut tables = Vec::new();
    let margin = region::margin(lines, shapes);
    let mut i = 0;
    while i < lines.len() {
        if shapes[i] != Shape::Prose || !region::has_gap(lines[i].raw) {
            i += 1;
            continue;
        }
        let region = region::region_at(lines, shapes, i, margin, &is_border);
        let end = region.end;
        let mut strips = segment::strips(lines, shapes, region);
        for part in parts::parts(&strips) {
            let Some(table) = read_part(&mut strips[part], source) else { continue };
            for shape in &mut shapes[table.lines.clone()] {
                if *shape == Shape::Prose {
                    *shape = Shape::Aligned;
                }
            }
            tables.push(table);
        }
        i = end.max(i + 1);
    }
    tables
}

/// The rows of a part of a region, if it is a table.
fn read_part(mut strips: &mut [Strip<'_>], source: &Decoded<'_>) -> Option<FoundTable> {
    // A last line in one column without a value is more likely the prose below.
    while strips.last().is_some_and(|last| last.segments.len() < 2 && last.blank_above > 0) {
        let above = strips.len() - 1;
        strips = &mut strips[..above];
    }
    if strips.iter().any(|strip| strip.segments.len() > MOST_PIECES) {
        return None;
    }
    heads::part(strips);
    let borders = touching::part(strips);
    let mut grid = columns::find(strips, &touching::united(&borders, strips))?;
    let mut pieces: Vec<Vec<Piece>> = strips.iter().map(|strip| grid.pieces(strip)).collect();
    let kinds = kinds::kinds(strips, &pieces, grid.len(), SHARE);
    if !kinds.iter().skip(1).any(|kind| *kind == kinds::Kind::Values) {
        return None;
    }
    let mut body = header::first_body_strip(strips, &pieces, &kinds);
    let heads = numbers::column_numbers(strips).map_or(body, |numbers| numbers.start.min(body));
    leaves::part(&mut strips[..heads], &grid);
    let strips = &*strips;
    grid.is_exact = true;
    for (strip, pieces) in strips.iter().zip(&mut pieces).take(body) {
        *pieces = grid.pieces(strip);
    }
    let mut rows = header::rows(&strips[..body], &pieces[..body], &grid, source);
    if let Some(numbers) = numbers::column_numbers(strips).filter(|n| n.start <= body) {
        body = body.max(numbers.end);
        let (lines, numbered) = (&strips[numbers.clone()], &pieces[numbers]);
        rows.push(body_row(lines, numbered, grid.len(), &kinds, None, source));
    }
    let kinds = kinds::kinds(&strips[body..], &pieces[body..], grid.len(), SHARE_BELOW);
    for (group, division) in grouping::groups(&strips[body..], &pieces[body..], &kinds) {
        let group = group.start + body..group.end + body;
        let (lines, pieces) = (&strips[group.clone()], &pieces[group]);
        rows.push(body_row(lines, pieces, grid.len(), &kinds, Some(division), source));
    }
    let first = strips.first()?.line.number as usize - 1;
    let last = strips.last()?.line.number as usize;
    Some(FoundTable { lines: first..last, rows })
}

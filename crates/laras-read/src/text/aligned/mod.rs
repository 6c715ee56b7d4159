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
mod repeated;
mod rivers;
mod segment;
mod settle;
mod spans;
#[cfg(test)]
mod tests;
mod touching;

use std::ops::Range;

use self::cells::body_row;
pub(super) use self::cells::join;
use self::grouping::Neighbours;
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
    /// What its text looks like.
    is_value: bool,
    is_ordinal: bool,
}

/// Finds the aligned tables of a text and marks their lines.
pub(super) fn find(
    lines: &[Line<'_>],
    shapes: &mut [Shape],
    source: &Decoded<'_>,
    is_border: impl Fn(&str) -> bool,
) -> Vec<FoundTable> {
    let mut tables = Vec::new();
    // Text without gaps needs neither.
    let (mut margin, mut neighbours) = (None, None);
    let mut i = 0;
    while i < lines.len() {
        if shapes[i] != Shape::Prose || !region::has_gap(&lines[i]) {
            i += 1;
            continue;
        }
        let margin = *margin.get_or_insert_with(|| region::margin(lines, shapes));
        let region = region::region_at(lines, shapes, i, margin, &is_border);
        let end = region.end;
        let mut strips = segment::strips(lines, shapes, region);
        for part in parts::parts(&strips) {
            let words =
                neighbours.get_or_insert_with(|| Neighbours::of(lines.iter().map(|l| l.raw)));
            let Some(table) = read_part(&mut strips[part], words, source) else { continue };
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
fn read_part(
    mut strips: &mut [Strip<'_>],
    neighbours: &Neighbours,
    source: &Decoded<'_>,
) -> Option<FoundTable> {
    // A last line in one column without a value is more likely the prose below.
    let is_prose = |last: &Strip<'_>| {
        last.segments.len() < 2
            && last.blank_above > 0
            && !last.segments.iter().any(|s| kinds::is_value(last.text(s)))
    };
    while strips.last().is_some_and(is_prose) {
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
    let kinds_from = |line: usize| {
        let kinds = kinds::kinds(&pieces[line..], grid.len(), SHARE);
        kinds.iter().skip(1).any(|kind| *kind == kinds::Kind::Values).then_some(kinds)
    };
    // Above a row or two, tall heads are most of what stands in a column.
    let lone = columns::lone_row(strips).unwrap_or(0);
    let kinds = kinds_from(lone).or_else(|| kinds_from(columns::first_of_rows(strips)?))?;
    let mut body = header::first_body_strip(strips, &pieces, &kinds);
    // `I  II  III  IV` over the only row are heads.
    while body < lone && pieces[body].iter().all(|piece| piece.is_ordinal) {
        body += 1;
    }
    let heads = numbers::column_numbers(strips).map_or(body, |numbers| numbers.start.min(body));
    leaves::part(&mut strips[..heads], &grid);
    if let Some(numbers) = numbers::column_numbers(strips).filter(|n| n.start <= body) {
        body = body.max(numbers.end);
    }
    let repeated = repeated::headers(strips, body);
    for run in &repeated {
        heads::part(&mut strips[run.clone()]);
        leaves::part(&mut strips[run.clone()], &grid);
    }
    let strips = &*strips;
    grid.is_exact = true;
    for line in repeated.iter().cloned().flatten().chain(0..body) {
        pieces[line] = grid.pieces(&strips[line]);
    }
    let heads_of = |lines: Range<usize>| {
        let (strips, pieces) = (&strips[lines.clone()], &pieces[lines]);
        let numbers = numbers::column_numbers(strips);
        // Heads may stand below the numbers.
        let end = numbers.clone().filter(|n| n.end == strips.len()).map(|n| n.start);
        let end = end.unwrap_or(strips.len());
        let mut rows = header::rows(&strips[..end], &pieces[..end], &grid, source);
        rows.extend(numbers.map(|numbers| {
            let (lines, pieces) = (&strips[numbers.clone()], &pieces[numbers]);
            body_row(lines, pieces, grid.len(), &[], None, source)
        }));
        rows
    };
    let mut rows = heads_of(0..body);
    let kinds = kinds::kinds(&pieces[body..], grid.len(), SHARE_BELOW);
    let is_repeated: Vec<bool> =
        (body..strips.len()).map(|line| repeated.iter().any(|run| run.contains(&line))).collect();
    for (group, division) in
        grouping::groups(&strips[body..], &pieces[body..], &kinds, &is_repeated, neighbours)
    {
        let lines = group.start + body..group.end + body;
        if is_repeated[group.start] {
            rows.extend(heads_of(lines));
        } else {
            let (strips, pieces) = (&strips[lines.clone()], &pieces[lines]);
            rows.push(body_row(strips, pieces, grid.len(), &kinds, Some(division), source));
        }
    }
    let first = strips.first()?.line.number as usize - 1;
    let last = strips.last()?.line.number as usize;
    Some(FoundTable { lines: first..last, rows })
}

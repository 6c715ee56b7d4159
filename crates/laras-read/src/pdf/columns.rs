//! Tables without (or with half of) their rules: columns of whitespace.
//!
//! A line that falls into several pieces with wide gaps is a *seed*. Seeds that follow each other
//! and leave the same corridors free of text are a table; lines between them that keep the
//! corridors free belong to cells of several lines, and short lines that cross them are heads
//! over several columns or section rows. What goes on over pages is found by [`carry_over`].
//!
//! [`carry_over`]: super::carried::carry_over

use laras_model::Bbox;

use super::blocks::caption_number;
use super::corridors::{Column, corridors, crossing, span};
use super::geometry::{Area, around};
use super::grid::Grid;
use super::line::Line;
use super::reach::reach;
use super::rules::Segment;
use super::seeds::{is_chart, is_contents, is_convincing, is_seed, pieces};
use super::unruled_rows::Shared;
use super::word::Word;

/// Most lines without a seed inside a table.
const MOST_BETWEEN: usize = 8;
/// Tables stand at least this far apart, in shares of the type size.
const APART: f32 = 1.2;

/// A stretch of a line between wide gaps.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Around its words.
    pub bbox: Bbox,
    /// Left to right.
    pub words: Vec<Word>,
}

/// The lines of a table, before its columns are settled.
#[derive(Clone, Debug)]
pub struct Unruled {
    /// Its lines, top to bottom.
    pub lines: Vec<Line>,
    /// The pieces of each line.
    pub pieces: Vec<Vec<Piece>>,
    /// Where rules part its rows; empty where there are too few.
    pub rules: Vec<f32>,
}

/// Which lines of a page are a table.
#[derive(Clone, Debug)]
pub struct Found {
    /// The first line.
    pub from: usize,
    /// The line after the last.
    pub to: usize,
    /// The lines that show the columns.
    pub members: Vec<usize>,
    /// Whether it goes on the last table of the page before.
    pub goes_on: bool,
}

/// The lines of a page that stand outside ruled and tagged tables.
#[derive(Clone, Debug)]
pub struct PageLines {
    /// The lines, top to bottom.
    pub lines: Vec<Line>,
    /// The pieces of each line.
    pub pieces: Vec<Vec<Piece>>,
    /// The tables without rules among them, top to bottom.
    pub found: Vec<Found>,
    /// Where the ruled and tagged tables of the page stand.
    pub others: Vec<Bbox>,
}

impl PageLines {
    /// Finds the tables of a page by itself. `pictures` are images and filled areas: many without
    /// a word on them make the region a chart. `others` are the tables that were found before.
    pub fn new(
        lines: Vec<Line>,
        horizontal: &[Segment],
        pictures: &[Bbox],
        others: Vec<Bbox>,
    ) -> Self {
        let pieces: Vec<Vec<Piece>> = lines.iter().map(pieces).collect();
        let seeds: Vec<bool> = pieces.iter().map(|pieces| is_seed(pieces)).collect();
        let mut found: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            let free = found.last().map_or(0, |table| table.to);
            let table = table_at(&lines, &pieces, &seeds, at, free, horizontal).filter(|table| {
                let rows = &lines[table.from..table.to];
                !is_chart(rows, &extent(rows), pictures)
            });
            match table {
                Some(table) => {
                    at = table.to;
                    found.push(table);
                }
                None => at += 1,
            }
        }
        Self { lines, pieces, found, others }
    }

    /// The pieces of the lines that show a table's columns.
    pub fn shown<'p>(&'p self, table: &'p Found) -> impl Iterator<Item = &'p [Piece]> {
        table.members.iter().map(|&member| self.pieces[member].as_slice())
    }

    /// Parts the tables from the lines outside them.
    pub fn parted(mut self, horizontal: &[Segment]) -> (Vec<Line>, Vec<Unruled>) {
        let mut tables = Vec::with_capacity(self.found.len());
        for table in self.found.iter().rev() {
            let pieces = self.pieces.drain(table.from..table.to).collect();
            let lines: Vec<Line> = self.lines.drain(table.from..table.to).collect();
            tables.push(Unruled { rules: rules_between(&lines, horizontal), lines, pieces });
        }
        tables.reverse();
        (self.lines, tables)
    }
}

impl Unruled {
    /// Its extent.
    pub fn bbox(&self) -> Bbox {
        extent(&self.lines)
    }
}

/// The box around some lines.
pub fn extent(lines: &[Line]) -> Bbox {
    let none = Bbox { x0: 0.0, y0: 0.0, x1: 0.0, y1: 0.0 };
    around(lines.iter().map(|line| &line.bbox)).unwrap_or(none)
}

/// The table whose first seed is line `at`; lines before `free` belong to another.
fn table_at(
    lines: &[Line],
    pieces: &[Vec<Piece>],
    seeds: &[bool],
    at: usize,
    free: usize,
    horizontal: &[Segment],
) -> Option<Found> {
    if !seeds[at] {
        return None;
    }
    let mut last = at;
    let mut next = at + 1;
    let mut members = vec![at];
    let mut shown = vec![pieces[at].as_slice()];
    let mut columns = corridors(&shown);
    while next < lines.len() && next - last <= MOST_BETWEEN {
        let size = lines[next].size.max(lines[last].size);
        if lines[next].bbox.y0 - lines[next - 1].bbox.y1 > size * 4.0 {
            break;
        }
        if (lines[next].size - lines[at].size).abs() > 1.0
            || caption_number(&lines[next].text()).is_some()
        {
            break;
        }
        if seeds[next] {
            if begins_other(lines, pieces, last..next, &columns) {
                break;
            }
            shown.push(&pieces[next]);
            // A line that fits leaves the corridors as they are.
            let wider = (!fills_one_each(&pieces[next], &columns)).then(|| corridors(&shown));
            let now = wider.as_ref().unwrap_or(&columns);
            if now.len() < 2 || crossing(&pieces[last + 1..next], now) > 2 {
                shown.pop();
                break;
            }
            columns = wider.unwrap_or(columns);
            members.push(next);
            last = next;
        }
        next += 1;
    }
    if members.len() < 2 {
        return None;
    }
    let grid = Grid::of(&shown);
    if grid.columns.len() < 2 || !is_convincing(pieces, &members, &grid.columns) {
        return None;
    }
    let (from, to) = reach(lines, pieces, (at, last), free, grid.clone());
    let rows = &lines[from..to];
    // A table of contents has no third column.
    if grid.columns.len() <= 2 {
        let table = Unruled {
            lines: rows.to_vec(),
            pieces: pieces[from..to].to_vec(),
            rules: rules_between(rows, horizontal),
        };
        if is_contents(&table.rows(&Shared::of(grid, &[rows]))) {
            return None;
        }
    }
    Some(Found { from, to, members, goes_on: false })
}

/// Whether a seed stands well below the one before and is a bold head, or stands in other columns
/// than all seeds so far: another table begins. `from` are the lines from one to the other.
fn begins_other(
    lines: &[Line],
    pieces: &[Vec<Piece>],
    from: std::ops::Range<usize>,
    columns: &[Column],
) -> bool {
    let seed = from.end;
    let gap = |line: usize| lines[line + 1].bbox.y0 - lines[line].bbox.y1;
    if from.map(gap).fold(0.0, f32::max) < lines[seed].size * APART {
        return false;
    }
    let is_bold = |line: usize| lines[line].words.iter().all(|word| word.bold);
    let states =
        lines[seed].words.iter().any(|word| word.text.contains(|c: char| c.is_ascii_digit()));
    if is_bold(seed) && !states && !is_bold(seed - 1) && pieces[seed].len() >= 3 {
        return true;
    }
    let mut filled = vec![0; columns.len()];
    let mut crossing = 0;
    for piece in &pieces[seed] {
        let (column, count) = span(&piece.bbox, columns);
        filled[column] += 1;
        crossing += usize::from(count > 1 || filled[column] > 1);
    }
    crossing >= 3
}

/// Whether every piece of a line lies in a column of its own.
fn fills_one_each(pieces: &[Piece], columns: &[Column]) -> bool {
    let mut free = 0;
    pieces.iter().all(|piece| {
        let (column, count) = span(&piece.bbox, columns);
        let inside = piece.bbox.x0 >= columns[column].0 && piece.bbox.x1 <= columns[column].1;
        let fits = count == 1 && column >= free && inside;
        free = column + 1;
        fits
    })
}

/// Where rules between the lines of a table part its rows; empty where there are too few.
fn rules_between(lines: &[Line], horizontal: &[Segment]) -> Vec<f32> {
    let Some(bbox) = around(lines.iter().map(|line| &line.bbox)) else { return Vec::new() };
    let rules: Vec<f32> = horizontal
        .iter()
        .filter(|rule| rule.at > bbox.y0 && rule.at < bbox.y1)
        .filter(|rule| rule.to.min(bbox.x1) - rule.from.max(bbox.x0) > bbox.width() * 0.8)
        .map(|rule| rule.at)
        .collect();
    if rules.len() * 3 >= lines.len() && rules.len() >= 2 { rules } else { Vec::new() }
}

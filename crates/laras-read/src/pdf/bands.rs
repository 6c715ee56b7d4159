//! Half-ruled tables: columns between lines, rows only by whitespace.
//!
//! A row of the grid that holds several records is taken apart where the printed lines of all its
//! cells leave gaps, if the records then look like rows: most of them fill two columns and state
//! a quantity, and no number is torn apart by it.

use laras_model::Bbox;

use super::geometry::{Area, around};
use super::join::{Joint, Vocabulary, joint};
use super::lattice::GridCell;
use super::line::Line;
use super::seeds::is_quantity;
use super::table::{TableCell, TableRow, printed};

/// The space that cells leave at both sides together is at most this wide, in shares of the type
/// size: a number that leaves more free is not cut.
const PADDING: f32 = 1.6;
/// Fewer records than this are one row with several lines.
const FEWEST: usize = 3;

/// Takes the rows of a table apart that hold several records. In a table whose rows mostly stand
/// between lines of their own, lines are what parts them, and nothing is done.
pub(super) fn split(rows: &mut Vec<TableRow>) {
    let mut covered = 0;
    let parts: Vec<Option<Vec<TableRow>>> = rows
        .iter()
        .map(|row| {
            let tallest = row.cells.iter().map(|cell| cell.grid.rows).max().unwrap_or(1);
            let parts = if covered == 0 && tallest == 1 { records(row) } else { None };
            covered = covered.max(tallest).saturating_sub(1);
            parts
        })
        .collect();
    let bands = parts.iter().flatten().count();
    let records: usize = parts.iter().flatten().map(Vec::len).sum();
    // One row may be the head, one the total. Where there are more rows, the bands must hold many
    // records each: a cell of three lines is no record.
    let half_ruled = bands * 2 >= rows.len().saturating_sub(2)
        && (rows.len() <= bands + 3 || records >= bands * 5);
    if bands == 0 || !half_ruled || bands > 2 && records < bands * 5 {
        return;
    }
    let mut out: Vec<TableRow> = Vec::with_capacity(rows.len());
    for (row, parts) in rows.drain(..).zip(parts) {
        match parts {
            Some(parts) => out.extend(parts),
            None => out.push(row),
        }
    }
    for (index, row) in out.iter_mut().enumerate() {
        for cell in &mut row.cells {
            cell.grid.row = index;
        }
    }
    *rows = out;
}

/// Printed lines of several cells at one height.
struct Level {
    top: f32,
    bottom: f32,
    middle: f32,
    /// Cell and line within the cell.
    lines: Vec<(usize, usize)>,
}

fn records(row: &TableRow) -> Option<Vec<TableRow>> {
    let levels = levels(row);
    if levels.len() < FEWEST {
        return None;
    }
    let size = row.cells.iter().flat_map(|cell| &cell.lines).map(|line| line.size).next()?;
    let distances: Vec<f32> = levels.windows(2).map(|pair| pair[1].top - pair[0].bottom).collect();
    let tight = widest_step(&distances, size);
    let mut groups: Vec<Vec<&Level>> = Vec::new();
    for (index, level) in levels.iter().enumerate() {
        let new = match (index.checked_sub(1), tight) {
            (None, _) => true,
            (Some(above), Some(tight)) => distances[above] > tight,
            (Some(_), None) => level.lines.len() >= 2,
        };
        match groups.last_mut() {
            Some(group) if !new => group.push(level),
            _ => groups.push(vec![level]),
        }
    }
    is_convincing(row, &groups).then(|| parts(row, &groups))
}

fn levels(row: &TableRow) -> Vec<Level> {
    let mut all: Vec<(f32, usize, usize)> = Vec::new();
    for (cell, content) in row.cells.iter().enumerate() {
        for (line, printed) in content.lines.iter().enumerate() {
            all.push((printed.bbox.mid_y(), cell, line));
        }
    }
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut levels: Vec<Level> = Vec::new();
    for (middle, cell, line) in all {
        let printed = &row.cells[cell].lines[line];
        match levels.last_mut() {
            Some(level) if middle - level.middle < printed.size * 0.35 => {
                level.top = level.top.min(printed.bbox.y0);
                level.bottom = level.bottom.max(printed.bbox.y1);
                level.lines.push((cell, line));
            }
            _ => levels.push(Level {
                top: printed.bbox.y0,
                bottom: printed.bbox.y1,
                middle,
                lines: vec![(cell, line)],
            }),
        }
    }
    levels
}

/// Where distances fall into close ones and wide ones: the border between the two.
pub(super) fn widest_step(distances: &[f32], size: f32) -> Option<f32> {
    let mut sorted = distances.to_vec();
    sorted.sort_by(f32::total_cmp);
    let (mut widest, mut at) = (size * 0.2, None);
    for pair in sorted.windows(2) {
        // Only steps from close lines matter; blank lines between rows do not.
        if pair[1] - pair[0] > widest && pair[0] < size * 0.6 {
            widest = pair[1] - pair[0];
            at = Some(f32::midpoint(pair[0], pair[1]));
        }
    }
    at
}

fn is_convincing(row: &TableRow, groups: &[Vec<&Level>]) -> bool {
    if groups.len() < FEWEST {
        return false;
    }
    let mut good = 0;
    for group in groups {
        let lines = || group.iter().flat_map(|level| &level.lines);
        let mut cells: Vec<usize> = lines().map(|(cell, _)| *cell).collect();
        cells.sort_unstable();
        cells.dedup();
        let counted = lines()
            .any(|&(cell, line)| cell > 0 && is_quantity(&row.cells[cell].lines[line].text()));
        good += usize::from(cells.len() >= 2 && counted);
    }
    good * 5 >= groups.len() * 3
        && has_column_of_quantities(row, groups)
        && !tears_numbers(row, groups)
}

/// Whether one column states quantities in half of the records at least. A row of several lines
/// that are centred states each of its quantities once.
fn has_column_of_quantities(row: &TableRow, groups: &[Vec<&Level>]) -> bool {
    let states = |cell: usize, group: &[&Level]| {
        let mut lines = group.iter().flat_map(|level| &level.lines);
        lines.any(|&(c, line)| c == cell && is_quantity(&row.cells[cell].lines[line].text()))
    };
    (1..row.cells.len()).any(|cell| {
        let stated = groups.iter().filter(|group| states(cell, group)).count();
        stated >= 2 && stated * 2 >= groups.len()
    })
}

/// Whether a number would stand partly in one record and partly in another.
fn tears_numbers(row: &TableRow, groups: &[Vec<&Level>]) -> bool {
    let nothing_known = Vocabulary::default();
    let digits = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    row.cells.iter().enumerate().any(|(cell, content)| {
        let group_of = |line: usize| {
            groups
                .iter()
                .position(|group| group.iter().any(|level| level.lines.contains(&(cell, line))))
        };
        (1..content.lines.len()).any(|line| {
            let above = printed(&content.lines[line - 1]);
            let below = printed(&content.lines[line]);
            digits(&above.text)
                && digits(&below.text)
                && content.grid.bbox.width() - above.width
                    < below.first_character + above.size * PADDING
                && group_of(line - 1) != group_of(line)
                && joint(&above, &below, content.grid.bbox.width(), &nothing_known)
                    == Joint::Nothing
        })
    })
}

fn parts(row: &TableRow, groups: &[Vec<&Level>]) -> Vec<TableRow> {
    groups
        .iter()
        .map(|group| {
            let inside = |cell: usize| -> Vec<Line> {
                let lines = group.iter().flat_map(|level| &level.lines);
                lines
                    .filter(|(c, _)| *c == cell)
                    .map(|(_, line)| row.cells[cell].lines[*line].clone())
                    .collect()
            };
            let (top, bottom) = group.iter().fold((f32::MAX, f32::MIN), |(top, bottom), level| {
                (top.min(level.top), bottom.max(level.bottom))
            });
            let cells = row
                .cells
                .iter()
                .enumerate()
                .map(|(index, cell)| {
                    let lines = inside(index);
                    let text = around(lines.iter().map(|line| &line.bbox));
                    let (y0, y1) =
                        text.map_or((top, bottom), |t| (t.y0.min(top), t.y1.max(bottom)));
                    TableCell {
                        grid: GridCell { bbox: Bbox { y0, y1, ..cell.grid.bbox }, ..cell.grid },
                        lines,
                        text: String::new(),
                    }
                })
                .collect();
            TableRow { cells, is_header: row.is_header }
        })
        .collect()
}

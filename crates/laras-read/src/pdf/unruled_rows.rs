//! The rows of a table without rules: which lines make one row, and which pieces one cell.

use std::borrow::Cow;

use laras_model::{Bbox, TableStyle};

use super::amounts::is_amount;
use super::bands::widest_step;
use super::columns::{Piece, Unruled};
use super::corridors::Column;
use super::geometry::{Area, around};
use super::grid::Grid;
use super::join::{Joint, Vocabulary, joint};
use super::lattice::GridCell;
use super::line::Line;
use super::seeds::is_quantity;
use super::table::{PageTable, TableCell, TableRow, printed};

/// Lines of one cell stand at most this far apart, in shares of the type size.
const TIGHT: f32 = 0.45;

/// What all pages of a table agree on.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    /// Its columns.
    pub grid: Grid,
    /// The largest distance between two lines of one cell, where rows clearly stand further apart.
    pub tight: Option<f32>,
}

impl Shared {
    /// The distances of its lines fall into two groups, or say nothing.
    pub fn of(grid: Grid, pages: &[&[Line]]) -> Self {
        let pairs = pages.iter().flat_map(|lines| lines.windows(2));
        let distances: Vec<f32> = pairs.map(|pair| pair[1].bbox.y0 - pair[0].bbox.y1).collect();
        let size = pages.iter().find_map(|lines| lines.first()).map_or(10.0, |line| line.size);
        Self { grid, tight: widest_step(&distances, size) }
    }
}

impl Unruled {
    /// The table with what its pages agree on.
    pub fn table(&self, shared: &Shared) -> PageTable {
        PageTable { style: TableStyle::Whitespace, bbox: self.bbox(), rows: self.rows(shared) }
    }

    /// Its rows. Cells are as wide as the text of their columns: a line that fills that width left
    /// no room for more.
    pub fn rows(&self, shared: &Shared) -> Vec<TableRow> {
        let columns = &shared.grid.columns;
        if columns.is_empty() {
            return Vec::new();
        }
        let mut rows = Vec::new();
        for group in self.row_groups(shared) {
            let Some(area) = around(group.iter().map(|&line| &self.lines[line].bbox)) else {
                continue;
            };
            let mut cells: Vec<(usize, usize, Vec<Line>)> = Vec::new();
            for &line in &group {
                let size = self.lines[line].size;
                for (piece, (column, count)) in placed(&self.pieces[line], &shared.grid) {
                    let printed = Line { bbox: piece.bbox, size, words: piece.words.clone() };
                    put(&mut cells, column, count, printed);
                }
            }
            let index = rows.len();
            rows.push(TableRow { cells: full_row(cells, index, columns, &area), is_header: false });
        }
        rows
    }
}

/// The columns of the pieces of one line. As many pieces as columns fill them one by one, unless a
/// piece stands in another column than its own.
fn placed<'p>(pieces: &'p [Piece], grid: &Grid) -> Vec<(Cow<'p, Piece>, (usize, usize))> {
    let columns = &grid.columns;
    let touches = |piece: &Piece, &(from, to): &Column| piece.bbox.x0 < to && piece.bbox.x1 > from;
    let one_by_one = pieces.len() == columns.len()
        && pieces.iter().zip(columns).all(|(piece, own)| {
            touches(piece, own) || !columns.iter().any(|column| touches(piece, column))
        });
    if one_by_one {
        return (0..)
            .zip(pieces)
            .map(|(index, piece)| (Cow::Borrowed(piece), (index, 1)))
            .collect();
    }
    match grid.parted(pieces) {
        Cow::Borrowed(pieces) => {
            pieces.iter().map(|piece| (Cow::Borrowed(piece), grid.span(piece))).collect()
        }
        Cow::Owned(pieces) => pieces
            .into_iter()
            .map(|piece| {
                let span = grid.span(&piece);
                (Cow::Owned(piece), span)
            })
            .collect(),
    }
}

/// Puts a printed line into the cells of a row.
fn put(cells: &mut Vec<(usize, usize, Vec<Line>)>, column: usize, count: usize, printed: Line) {
    let over = |c: &&mut (usize, usize, Vec<Line>)| column < c.0 + c.1 && c.0 < column + count;
    let Some(cell) = cells.iter_mut().find(over) else {
        cells.push((column, count, vec![printed]));
        return;
    };
    let end = (cell.0 + cell.1).max(column + count);
    cell.0 = cell.0.min(column);
    cell.1 = end - cell.0;
    match cell.2.last_mut() {
        // Two pieces of one printed line stay one line.
        Some(last) if (last.bbox.y0 - printed.bbox.y0).abs() < 1.0 => {
            last.bbox = last.bbox.union(&printed.bbox);
            last.words.extend(printed.words);
        }
        _ => cell.2.push(printed),
    }
}

/// Adds the empty cells of a row.
fn full_row(
    mut cells: Vec<(usize, usize, Vec<Line>)>,
    row: usize,
    columns: &[Column],
    area: &Bbox,
) -> Vec<TableCell> {
    cells.sort_by_key(|cell| cell.0);
    let mut out = Vec::new();
    let mut column = 0;
    let cell = |column: usize, count: usize, lines: Vec<Line>| {
        let (x0, x1) = (columns[column].0, columns[column + count - 1].1);
        let bbox = Bbox { x0, x1, ..*area };
        let grid = GridCell { row, column, rows: 1, columns: count, bbox };
        TableCell { grid, lines, text: String::new() }
    };
    for (from, count, lines) in cells {
        while column < from {
            out.push(cell(column, 1, Vec::new()));
            column += 1;
        }
        out.push(cell(from, count, lines));
        column = from + count;
    }
    while column < columns.len() {
        out.push(cell(column, 1, Vec::new()));
        column += 1;
    }
    out
}

impl Unruled {
    /// Which lines make one row. Rules between the lines decide where there are enough of them;
    /// else a row begins with each line that fills two columns.
    fn row_groups(&self, shared: &Shared) -> Vec<Vec<usize>> {
        let (lines, pieces) = (&self.lines, &self.pieces);
        if !self.rules.is_empty() {
            let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
            for (index, line) in lines.iter().enumerate() {
                let band = self.rules.iter().filter(|rule| **rule < line.bbox.mid_y()).count();
                match groups.last_mut() {
                    Some((last, group)) if *last == band => group.push(index),
                    _ => groups.push((band, vec![index])),
                }
            }
            return groups.into_iter().map(|(_, group)| group).collect();
        }
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for line in 0..lines.len() {
            let above = (line > 0).then(|| lines[line].bbox.y0 - lines[line - 1].bbox.y1);
            let new = match (above, shared.tight) {
                (None, _) => true,
                // Lines of one cell stand closer than rows do.
                (Some(above), Some(tight)) => above > tight,
                (Some(above), None) => {
                    let placed = placed(&pieces[line], &shared.grid);
                    let is_rest = || {
                        above < lines[line].size * TIGHT
                            && self.completes_numbers(line, &shared.grid)
                    };
                    placed.len() >= 2 && !is_rest()
                        || placed.iter().any(|(_, (_, count))| *count > 1)
                }
            };
            match groups.last_mut() {
                Some(group) if !new && !self.states_anew(group, line, &shared.grid) => {
                    group.push(line);
                }
                _ => groups.push(vec![line]),
            }
        }
        groups
    }

    /// Whether a line holds nothing but the rests of numbers that the line above it breaks off in.
    fn completes_numbers(&self, line: usize, grid: &Grid) -> bool {
        let nothing_known = Vocabulary::default();
        let Some(above) = line.checked_sub(1).map(|above| placed(&self.pieces[above], grid)) else {
            return false;
        };
        let as_printed = |piece: &Piece| {
            let words = piece.words.clone();
            printed(&Line { bbox: piece.bbox, size: self.lines[line].size, words })
        };
        placed(&self.pieces[line], grid).iter().all(|(piece, place)| {
            let room = grid.columns[place.0].1 - grid.columns[place.0].0;
            above.iter().any(|(upper, other)| {
                let (upper, rest) = (as_printed(upper), as_printed(piece));
                other == place
                    && is_quantity(&upper.text)
                    && !is_amount(&upper.text)
                    && rest.text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
                    && joint(&upper, &rest, room, &nothing_known) == Joint::Nothing
            })
        })
    }

    /// Whether a line is a row as full as the first line of its group: it fills the same columns,
    /// and where both state numbers they are whole ones, not the halves of one.
    fn states_anew(&self, group: &[usize], line: usize, grid: &Grid) -> bool {
        let nothing_known = Vocabulary::default();
        let first = placed(&self.pieces[group[0]], grid);
        let now = placed(&self.pieces[line], grid);
        let mut numbers = 0;
        for (piece, place) in &first {
            let Some((other, _)) = now.iter().find(|(_, other)| other == place) else {
                return false;
            };
            let [above, below] = [piece, other].map(|piece| {
                let words = piece.words.clone();
                printed(&Line { bbox: piece.bbox, size: self.lines[line].size, words })
            });
            let states =
                |text: &str| is_quantity(text) && text.contains(|c: char| c.is_ascii_digit());
            if states(&above.text) && states(&below.text) {
                let room = grid.columns[place.0].1 - grid.columns[place.0].0;
                if !is_amount(&above.text)
                    || !is_amount(&below.text)
                    || joint(&above, &below, room, &nothing_known) == Joint::Nothing
                {
                    return false;
                }
                numbers += usize::from(place.0 > 0);
            }
        }
        numbers > 0
    }
}

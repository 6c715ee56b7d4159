//! Ruled tables: words into the cells of a lattice, lines of a cell into text.

use laras_model::{Bbox, TableStyle};

use super::geometry::{Area, around};
use super::join::{Printed, Vocabulary, join};
use super::lattice::{GridCell, Lattice};
use super::line::{Line, lines};
use super::word::Word;

/// A cell with what is printed in it.
#[derive(Clone, Debug)]
pub struct TableCell {
    /// Its place in the grid.
    pub grid: GridCell,
    /// Its printed lines.
    pub lines: Vec<Line>,
    /// Its text.
    pub text: String,
}

/// A table as it stands on one page.
#[derive(Clone, Debug)]
pub struct PageTable {
    /// How its columns were found.
    pub style: TableStyle,
    /// Its extent.
    pub bbox: Bbox,
    /// Its rows of cells, each from left to right.
    pub rows: Vec<TableRow>,
}

/// A row of a table on one page.
#[derive(Clone, Debug, Default)]
pub struct TableRow {
    /// The cells that begin in this row.
    pub cells: Vec<TableCell>,
    /// Whether it is known to be a header.
    pub is_header: bool,
}

impl TableRow {
    /// The extent of the row's cells.
    pub fn bbox(&self) -> Option<Bbox> {
        around(self.cells.iter().map(|cell| &cell.grid.bbox))
    }
}

/// Takes the words that stand in a lattice out of `words` and puts them into its cells. Gives
/// `None`, and leaves `words` alone, if the lattice is no table: a frame around text, a diagram.
/// `rest` says that it takes up a table of the page before.
pub fn fill(lattice: &Lattice, words: &mut Vec<Word>, rest: bool) -> Option<Vec<TableCell>> {
    if lattice.xs.len() < 3 {
        return None;
    }
    let grid = lattice.cells();
    let places = places(lattice, &grid, words);
    let mut filled = vec![false; grid.len()];
    for place in places.iter().flatten() {
        filled[*place] = true;
    }
    is_table(lattice, &grid, &filled, rest).then(|| put(grid, places, words))
}

/// Puts words that are known to stand in the cells of a table into the cells of a lattice.
pub fn refill(lattice: &Lattice, mut words: Vec<Word>) -> Vec<TableCell> {
    let grid = lattice.cells();
    let places = places(lattice, &grid, &words);
    put(grid, places, &mut words)
}

/// The cell of the grid in which each word stands.
fn places(lattice: &Lattice, grid: &[GridCell], words: &[Word]) -> Vec<Option<usize>> {
    let Some(bbox) = lattice.bbox.map(|bbox| bbox.grown(1.0)) else {
        return vec![None; words.len()];
    };
    let (rows, columns) = (lattice.ys.len() - 1, lattice.xs.len() - 1);
    let mut owner = vec![usize::MAX; rows * columns];
    for (index, cell) in grid.iter().enumerate() {
        for row in cell.row..cell.row + cell.rows {
            for column in cell.column..cell.column + cell.columns {
                owner[row * columns + column] = index;
            }
        }
    }
    let locate = |word: &Word| -> Option<usize> {
        let (x, y) = (word.bbox.mid_x(), word.bbox.mid_y());
        if !bbox.holds(x, y) {
            return None;
        }
        let at = |edges: &[f32], point: f32, count: usize| {
            edges.partition_point(|edge| *edge <= point).clamp(1, count) - 1
        };
        let row = at(&lattice.ys, y, rows) * columns;
        let cell = owner[row + at(&lattice.xs, x, columns)];
        // A word too wide for its cell begins where it belongs.
        let start = owner[row + at(&lattice.xs, word.bbox.x0 + word.size * 0.3, columns)];
        Some(if grid[start].bbox.width() < word.bbox.width() { start } else { cell })
    };
    words.iter().map(locate).collect()
}

/// Moves the words that have a place into their cells.
fn put(grid: Vec<GridCell>, places: Vec<Option<usize>>, words: &mut Vec<Word>) -> Vec<TableCell> {
    let mut inside: Vec<Vec<Word>> = vec![Vec::new(); grid.len()];
    let mut kept = Vec::with_capacity(words.len());
    for (word, place) in words.drain(..).zip(places) {
        match place {
            Some(cell) => inside[cell].push(word),
            None => kept.push(word),
        }
    }
    *words = kept;
    grid.into_iter()
        .zip(inside)
        .map(|(grid, words)| TableCell { grid, lines: lines(words), text: String::new() })
        .collect()
}

/// Tells a table from a frame or a diagram by how its cells are filled and closed.
fn is_table(lattice: &Lattice, grid: &[GridCell], filled: &[bool], rest: bool) -> bool {
    let texts: Vec<&GridCell> =
        grid.iter().zip(filled).filter(|(_, filled)| **filled).map(|(cell, _)| cell).collect();
    let mut rows: Vec<usize> = texts.iter().map(|cell| cell.row).collect();
    rows.dedup();
    let mut columns: Vec<usize> = texts.iter().map(|cell| cell.column).collect();
    columns.sort_unstable();
    columns.dedup();
    if columns.len() < 2
        || texts.len() < 2
        || (rows.len() < 2 && texts.len() < 3 && lattice.xs.len() < 5)
    {
        return false;
    }
    let sparse = !rest && grid.len() > 12 && texts.len() * 6 < grid.len();
    let closed = texts.iter().filter(|cell| lattice.is_closed(cell)).count();
    !sparse && closed * 10 >= texts.len() * 6
}

/// Makes rows of cells; rows of the grid in which no cell begins, and column lines that no row
/// uses, go. `used` tells which column lines any page of the table uses.
pub fn rows(mut cells: Vec<TableCell>, lattice: &Lattice, used: &[bool]) -> Vec<TableRow> {
    let row_count = lattice.ys.len() - 1;
    let mut begins = vec![false; row_count];
    for cell in &cells {
        begins[cell.grid.row] = true;
    }
    // Slivers between doubled lines are no rows.
    let mut height_ok = vec![true; row_count];
    for (row, ok) in height_ok.iter_mut().enumerate() {
        let thin = lattice.ys[row + 1] - lattice.ys[row] < 5.0;
        let empty = cells.iter().filter(|c| c.grid.row == row).all(|cell| cell.lines.is_empty());
        *ok = !(thin && empty);
    }
    let new_index = |keep: &dyn Fn(usize) -> bool, count: usize| -> Vec<usize> {
        let mut next = 0;
        let mut index: Vec<usize> = (0..count)
            .map(|at| {
                let now = next;
                next += usize::from(keep(at));
                now
            })
            .collect();
        index.push(next);
        index
    };
    let row_index = new_index(&|row| begins[row] && height_ok[row], row_count);
    let column_index = new_index(&|column| used[column], lattice.xs.len() - 1);
    cells.retain(|cell| height_ok[cell.grid.row] || !cell.lines.is_empty());
    let mut rows: Vec<TableRow> = Vec::new();
    rows.resize_with(row_index[row_count], TableRow::default);
    for mut cell in cells {
        let grid = &mut cell.grid;
        let (row, row_end) = (row_index[grid.row], row_index[grid.row + grid.rows]);
        let (column, column_end) =
            (column_index[grid.column], column_index[grid.column + grid.columns]);
        (grid.row, grid.rows) = (row, (row_end - row).max(1));
        (grid.column, grid.columns) = (column, (column_end - column).max(1));
        if let Some(row) = rows.get_mut(row) {
            row.cells.push(cell);
        }
    }
    rows.retain(|row| !row.cells.is_empty());
    rows
}

/// Joins the printed lines of every cell of a table.
pub fn set_texts(rows: &mut [TableRow], vocabulary: &Vocabulary) {
    let padding = padding(rows);
    for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
        let room = cell.grid.bbox.width() - 2.0 * padding;
        let upright = cell.lines.iter().all(|line| line.bbox.width() >= line.size * 0.3);
        let room = if upright { room } else { cell.grid.bbox.height() - 2.0 * padding };
        let printed: Vec<Printed> = cell.lines.iter().map(printed).collect();
        cell.text =
            number_beside_unit(&cell.lines).unwrap_or_else(|| join(&printed, room, vocabulary));
    }
}

/// The text of a cell in which a number stands apart from its unit and was cut there: the rest of
/// its digits stands right under it, and nothing under the unit.
fn number_beside_unit(lines: &[Line]) -> Option<String> {
    let (first, rest) = lines.split_first()?;
    let (number, unit) = first.words.split_first()?;
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let apart = unit.first()?.bbox.x0 - number.bbox.x1 > number.size * 0.8;
    if rest.is_empty()
        || !apart
        || !is_digits(&number.text)
        || unit.iter().any(|w| is_digits(&w.text))
    {
        return None;
    }
    let mut digits = number.text.clone();
    for line in rest {
        let [more] = line.words.as_slice() else { return None };
        let under = (more.bbox.x1 - number.bbox.x1).abs() < 1.0
            || (more.bbox.mid_x() - number.bbox.mid_x()).abs() < 1.0;
        if !under || !is_digits(&more.text) || more.text.len() >= number.text.len() {
            return None;
        }
        digits.push_str(&more.text);
    }
    let unit: Vec<&str> = unit.iter().map(|word| word.text.as_str()).collect();
    Some(format!("{digits} {}", unit.join(" ")))
}

/// The usual distance between a cell's border and its text: the tenth part of the lines stand
/// closer.
fn padding(rows: &[TableRow]) -> f32 {
    let mut distances: Vec<f32> = rows
        .iter()
        .flat_map(|row| &row.cells)
        .flat_map(|cell| cell.lines.iter().map(|line| line.bbox.x0 - cell.grid.bbox.x0))
        .collect();
    if distances.is_empty() {
        return 0.0;
    }
    let at = distances.len() / 10;
    let (_, distance, _) = distances.select_nth_unstable_by(at, f32::total_cmp);
    distance.clamp(0.0, 8.0)
}

/// What joining needs to know of a line.
pub fn printed(line: &Line) -> Printed {
    let along = |area: &Bbox| area.width().max(area.height());
    let first = line.words.first();
    Printed {
        text: line.text(),
        width: along(&line.bbox),
        first_word: first.map_or(0.0, |word| word.stops.last().copied().unwrap_or_default()),
        first_character: first.and_then(|word| word.stops.first().copied()).unwrap_or_default(),
        size: line.size,
    }
}

#[cfg(test)]
mod tests {
    use super::super::made::word;
    use super::*;

    #[test]
    fn a_number_cut_beside_its_unit_is_joined() {
        let cell = |words: &[Word]| number_beside_unit(&lines(words.to_vec()));
        let (number, unit) = (word("100", 0.0, 10.0), word("orang", 26.0, 10.0));
        let found = cell(&[number.clone(), unit.clone(), word("0", 10.0, 22.0)]);
        assert_eq!(found.as_deref(), Some("1000 orang"));
        // Under the unit, as long as the first, or not apart: something else.
        for words in [
            [number.clone(), unit.clone(), word("0", 26.0, 22.0)],
            [number.clone(), unit, word("250", 0.0, 22.0)],
            [number, word("orang", 18.0, 10.0), word("0", 10.0, 22.0)],
        ] {
            assert_eq!(cell(&words), None);
        }
    }
}

//! Cells merged by accident: the line between two rows is missing in a column of amounts.

use laras_model::Bbox;

use super::amounts::is_amount;
use super::geometry::Area;
use super::lattice::GridCell;
use super::table::{TableCell, TableRow};

/// Gives each row its own amount where a cell over several rows holds exactly as many whole
/// amounts, one under the other, and most columns beside it part the rows. A name that is merged
/// over the same rows is parted too where it shows its parts.
pub(super) fn part_amounts(rows: &mut [TableRow]) {
    let mut parted: Vec<(usize, TableCell)> = Vec::new();
    for row in 0..rows.len() {
        let counts: Vec<usize> =
            rows[row].cells.iter().filter(|cell| states_amounts(cell)).map(rows_of).collect();
        for cell in 0..rows[row].cells.len() {
            let now = &rows[row].cells[cell];
            if !counts.contains(&now.grid.rows) || !rows_are_parted(rows, row, now.grid.rows) {
                continue;
            }
            let Some(texts) = texts(now) else { continue };
            let mut parts = parts(now, &texts).into_iter().enumerate();
            if let Some((_, first)) = parts.next() {
                rows[row].cells[cell] = first;
            }
            parted.extend(parts.map(|(below, part)| (row + below, part)));
        }
    }
    for (row, cell) in parted {
        let cells = &mut rows[row].cells;
        let at = cells.partition_point(|other| other.grid.column < cell.grid.column);
        cells.insert(at, cell);
    }
}

fn rows_of(cell: &TableCell) -> usize {
    cell.grid.rows
}

/// Whether a cell over several rows holds one whole amount for each.
fn states_amounts(cell: &TableCell) -> bool {
    let amounts = || cell.text.split('\n');
    cell.grid.rows > 1
        && amounts().count() == cell.grid.rows
        && amounts().all(|text| is_amount(text) && text.contains(['.', ',']))
}

/// Whether each of some rows has cells of its own in half of the columns at least.
fn rows_are_parted(rows: &[TableRow], first: usize, count: usize) -> bool {
    let columns = rows[first].cells.len();
    rows.get(first..first + count).is_some_and(|rows| {
        let own = |row: &TableRow| row.cells.iter().filter(|cell| cell.grid.rows == 1).count();
        rows.iter().all(|row| own(row) * 2 >= columns)
    })
}

/// The texts of a merged cell, one for each row: between line breaks, or where the type changes
/// to capitals.
fn texts(cell: &TableCell) -> Option<Vec<String>> {
    let count = cell.grid.rows;
    let broken: Vec<String> = cell.text.split('\n').map(str::to_owned).collect();
    if broken.len() == count {
        return Some(broken);
    }
    let words: Vec<&str> = cell.text.split_whitespace().collect();
    let capital = |word: &str| {
        let letters = word.chars().filter(|c| c.is_alphabetic());
        letters.clone().count() >= 3 && letters.clone().all(char::is_uppercase)
    };
    let mut parts: Vec<Vec<&str>> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let changes = at >= 2
            && words[at..].iter().take(2).all(|word| capital(word))
            && words[at - 2..at].iter().all(|word| !capital(word));
        match parts.last_mut() {
            Some(part) if !changes => part.push(word),
            _ => parts.push(vec![word]),
        }
    }
    (parts.len() == count).then(|| parts.iter().map(|part| part.join(" ")).collect())
}

fn parts(cell: &TableCell, texts: &[String]) -> Vec<TableCell> {
    let height = cell.grid.bbox.height() / texts.len() as f32;
    let part = |(below, text): (usize, &String)| {
        let y0 = cell.grid.bbox.y0 + height * below as f32;
        let bbox = Bbox { y0, y1: y0 + height, ..cell.grid.bbox };
        let grid = GridCell { row: cell.grid.row + below, rows: 1, bbox, ..cell.grid };
        TableCell { grid, lines: Vec::new(), text: text.clone() }
    };
    texts.iter().enumerate().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of rows; `text*2` is a cell over two rows, `^` one that a cell above covers.
    fn rows(source: &[&str]) -> Vec<TableRow> {
        let row = |(row, line): (usize, &&str)| {
            let cell = |(column, text): (usize, &str)| {
                let (text, over) = text.trim().rsplit_once('*').unwrap_or((text.trim(), "1"));
                let bbox = Bbox { x0: 0.0, y0: row as f32 * 10.0, x1: 50.0, y1: 20.0 };
                let over = over.parse().unwrap_or(1);
                (text != "^").then(|| TableCell {
                    grid: GridCell { row, column, rows: over, columns: 1, bbox },
                    lines: Vec::new(),
                    text: text.replace('/', "\n"),
                })
            };
            let cells = line.split('|').enumerate().filter_map(cell).collect();
            TableRow { cells, is_header: false }
        };
        source.iter().enumerate().map(row).collect()
    }

    fn parted(source: &[&str]) -> Vec<String> {
        let mut rows = rows(source);
        part_amounts(&mut rows);
        let texts = |row: &TableRow| {
            row.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|")
        };
        rows.iter().map(texts).collect()
    }

    #[test]
    fn two_amounts_in_a_cell_over_two_rows_are_one_for_each() {
        let found = parted(&[
            "1 | Bina Warga PROGRAM WAWASAN BANGSA*2 | 12 orang | 1.250.000/3.500.000*2",
            "2 | ^ | 100% | ^",
        ]);
        assert_eq!(
            found,
            ["1|Bina Warga|12 orang|1.250.000", "2|PROGRAM WAWASAN BANGSA|100%|3.500.000"]
        );
    }

    #[test]
    fn other_merged_cells_stay_whole() {
        for source in [
            // One amount for both rows; more amounts than rows; rows that nothing else parts.
            ["1 | Bina*2 | 12 orang | 1.250.000*2", "2 | ^ | 100% | ^"],
            ["1 | Bina*2 | 12 orang | 1.250.000/2.000.000/750.000*2", "2 | ^ | 100% | ^"],
            ["1*2 | Bina*2 | 12 orang | 1.250.000/3.500.000*2", "^ | ^ | 100% | ^"],
        ] {
            let own = source[1].split('|').filter(|text| text.trim() != "^").count();
            assert_eq!(parted(&source)[1].split('|').count(), own, "{source:?}");
        }
    }
}

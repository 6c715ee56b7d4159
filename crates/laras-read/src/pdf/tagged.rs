//! Tables of a page as its tags tell them: the words of tagged cells, put into rows.

use laras_model::{Bbox, TableStyle};

use super::geometry::{Area, around};
use super::lattice::GridCell;
use super::line::lines;
use super::seeds::is_quantity;
use super::table::{PageTable, TableCell, TableRow};
use super::tags::TagCell;
use super::word::Word;

/// Makes a table of the words of tagged cells on one page; `None` if it does not look like data.
pub(super) fn build(words: Vec<(TagCell, Word)>) -> Option<PageTable> {
    let bbox = around(words.iter().map(|(_, word)| &word.bbox))?;
    let width = words.iter().map(|(cell, _)| cell.column + cell.columns).max()?;
    let mut cells: Vec<(TagCell, Vec<Word>)> = Vec::new();
    for (cell, word) in words {
        match cells.iter_mut().find(|(known, _)| *known == cell) {
            Some((_, words)) => words.push(word),
            None => cells.push((cell, vec![word])),
        }
    }
    cells.sort_by_key(|(cell, _)| (cell.row, cell.column));
    let mut rows: Vec<usize> = cells.iter().map(|(cell, _)| cell.row).collect();
    rows.dedup();
    let borders = borders(&cells, width, &bbox)?;
    let mut table: Vec<TableRow> = Vec::new();
    for (index, &row) in rows.iter().enumerate() {
        let here: Vec<_> = cells.iter().filter(|(cell, _)| cell.row == row).collect();
        let area = around(here.iter().flat_map(|(_, words)| words).map(|word| &word.bbox))?;
        let mut out = Vec::new();
        let mut column = 0;
        let mut is_header = !here.is_empty();
        for (cell, words) in here {
            while column < cell.column {
                out.push(empty(index, column, &borders, &area));
                column += 1;
            }
            is_header &= cell.is_head;
            let last_row = cell.row + cell.rows;
            out.push(TableCell {
                grid: GridCell {
                    row: index,
                    column: cell.column,
                    rows: rows[index..].iter().take_while(|r| **r < last_row).count().max(1),
                    columns: cell.columns,
                    bbox: Bbox {
                        x0: borders[cell.column],
                        x1: borders[cell.column + cell.columns],
                        ..area
                    },
                },
                lines: lines(words.clone()),
                text: String::new(),
            });
            column = cell.column + cell.columns;
        }
        while column < width {
            let covered = cells.iter().any(|(cell, _)| {
                cell.row < row
                    && row < cell.row + cell.rows
                    && cell.column <= column
                    && column < cell.column + cell.columns
            });
            if !covered {
                out.push(empty(index, column, &borders, &area));
            }
            column += 1;
        }
        table.push(TableRow { cells: out, is_header });
    }
    looks_like_data(&table, width).then_some(PageTable {
        style: TableStyle::Tagged,
        bbox,
        rows: table,
    })
}

fn empty(row: usize, column: usize, borders: &[f32], area: &Bbox) -> TableCell {
    TableCell {
        grid: GridCell {
            row,
            column,
            rows: 1,
            columns: 1,
            bbox: Bbox { x0: borders[column], x1: borders[column + 1], ..*area },
        },
        lines: Vec::new(),
        text: String::new(),
    }
}

/// x of the column borders: halfway between the words of neighbouring columns.
fn borders(cells: &[(TagCell, Vec<Word>)], width: usize, bbox: &Bbox) -> Option<Vec<f32>> {
    if width < 2 {
        return None;
    }
    let mut extents: Vec<Option<Bbox>> = vec![None; width];
    for (cell, words) in cells.iter().filter(|(cell, _)| cell.columns == 1) {
        let area = around(words.iter().map(|word| &word.bbox))?;
        let extent = &mut extents[cell.column];
        *extent = Some(extent.map_or(area, |known| known.union(&area)));
    }
    let mut borders = vec![bbox.x0];
    for column in 1..width {
        let left = extents[..column].iter().rev().flatten().next().map_or(bbox.x0, |b| b.x1);
        let right = extents[column..].iter().flatten().next().map_or(bbox.x1, |b| b.x0);
        let before = borders[column - 1];
        borders.push(f32::midpoint(left, right).max(before));
    }
    borders.push(bbox.x1.max(borders[width - 1]));
    Some(borders)
}

/// Whether rows and columns are filled as in a table, with heads or quantities.
fn looks_like_data(rows: &[TableRow], width: usize) -> bool {
    let mut filled = vec![0_usize; width];
    let mut quantities = vec![0_usize; width];
    let mut heads = false;
    for row in rows {
        heads |= row.is_header;
        for cell in row.cells.iter().filter(|cell| !cell.lines.is_empty()) {
            filled[cell.grid.column] += 1;
            let text = cell.lines[0].text();
            quantities[cell.grid.column] += usize::from(is_quantity(&text));
        }
    }
    let columns = filled.iter().filter(|count| **count > 0).count();
    let counted = (1..width).any(|c| quantities[c] >= 2 && quantities[c] * 2 > filled[c]);
    rows.len() >= 2 && columns >= 2 && (heads && rows.len() >= 3 || counted)
}

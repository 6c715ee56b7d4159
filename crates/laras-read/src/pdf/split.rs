//! Cells over several rows that should be one a row: a row line is missing in one column.

use laras_model::Bbox;

use super::geometry::{Area, around};
use super::lattice::{GridCell, Lattice};
use super::line::Line;
use super::table::TableCell;

/// Lines of one text stand at most this far apart, in shares of the type size.
const SOLID: f32 = 0.3;

/// Gives text back to its row where a row line is missing in one column: two rows would be one
/// cell there, although its lines stand exactly where cells of the single rows put theirs.
pub(super) fn split_unruled(cells: &mut Vec<TableCell>, lattice: &Lattice) {
    // How far below the middle of its cell each column puts its text.
    let mut offsets: Vec<Vec<f32>> = vec![Vec::new(); lattice.xs.len()];
    for cell in cells.iter().filter(|cell| cell.grid.rows == 1) {
        if let Some(text) = around(cell.lines.iter().map(|line| &line.bbox)) {
            offsets[cell.grid.column].push(text.mid_y() - cell.grid.bbox.mid_y());
        }
    }
    let offsets: Vec<f32> = offsets.into_iter().map(|all| median(all).unwrap_or(0.0)).collect();
    let mut parts = Vec::new();
    for cell in cells.iter_mut().filter(|cell| cell.grid.rows > 1 && !cell.lines.is_empty()) {
        if let Some(mut split) = split_cell(cell, lattice, offsets[cell.grid.column]) {
            *cell = split.remove(0);
            parts.append(&mut split);
        }
    }
    cells.append(&mut parts);
    cells.sort_by_key(|cell| (cell.grid.row, cell.grid.column));
}

fn split_cell(cell: &TableCell, lattice: &Lattice, offset: f32) -> Option<Vec<TableCell>> {
    let grid = cell.grid;
    let all = around(cell.lines.iter().map(|line| &line.bbox))?;
    let edges = &lattice.ys[grid.row..=grid.row + grid.rows];
    let size = cell.lines[0].size;
    // Text in the middle or at the top of the merged cell belongs to all of it.
    let near = size * 0.8;
    if (all.mid_y() - offset - grid.bbox.mid_y()).abs() < size * 0.6 {
        return None;
    }
    // Lines set solid are one text, wherever the row lines beside them stand.
    let gap = |pair: &[Line]| pair[1].bbox.y0 - pair[0].bbox.y1;
    if cell.lines.len() > 1 && cell.lines.windows(2).map(gap).all(|gap| gap < size * SOLID) {
        return None;
    }
    let mut groups: Vec<Vec<Line>> = vec![Vec::new(); grid.rows];
    for line in &cell.lines {
        let row = edges.partition_point(|edge| *edge <= line.bbox.mid_y()).clamp(1, grid.rows) - 1;
        groups[row].push(line.clone());
    }
    if groups[1..].iter().all(Vec::is_empty) {
        return None;
    }
    let centred = groups.iter().enumerate().all(|(row, lines)| {
        around(lines.iter().map(|line| &line.bbox)).is_none_or(|text| {
            let middle = f32::midpoint(edges[row], edges[row + 1]) + offset;
            (text.mid_y() - middle).abs() < near
                && text.height() < edges[row + 1] - edges[row] + near
        })
    });
    centred.then(|| {
        groups
            .into_iter()
            .enumerate()
            .map(|(row, lines)| TableCell {
                grid: GridCell {
                    row: grid.row + row,
                    rows: 1,
                    bbox: Bbox { y0: edges[row], y1: edges[row + 1], ..grid.bbox },
                    ..grid
                },
                lines,
                text: String::new(),
            })
            .collect()
    })
}

fn median(mut all: Vec<f32>) -> Option<f32> {
    if all.is_empty() {
        return None;
    }
    let middle = all.len() / 2;
    Some(*all.select_nth_unstable_by(middle, f32::total_cmp).1)
}

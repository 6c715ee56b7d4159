//! Ruled tables: from segments to a grid of cells with spans.
//!
//! Segments that touch form one lattice. Its lines give the grid; where the line between two
//! grid cells is missing, the two are one cell. Lines drawn twice, short of a corner or past it
//! make no difference.

use laras_model::Bbox;

use super::rules::{Segment, coverage, extent};

/// Ends of lines that come this close touch.
const TOUCH: f32 = 3.0;
/// Lines closer than this are the same line of the grid.
const SAME_LINE: f32 = 3.0;
/// Positions that differ by less are one and the same.
const EXACT: f32 = 0.01;
/// A border is there if this share of its length is drawn.
const DRAWN: f32 = 0.6;
/// Most segments of one direction on a page that are looked at.
const MOST_SEGMENTS: usize = 4_000;

/// Lines that touch each other.
#[derive(Clone, Debug, Default)]
pub struct Lattice {
    /// Extent of all its lines.
    pub bbox: Option<Bbox>,
    /// x of the column borders, growing; one more than there are columns.
    pub xs: Vec<f32>,
    /// y of the row borders, growing; one more than there are rows.
    pub ys: Vec<f32>,
    horizontal: Vec<Segment>,
    vertical: Vec<Segment>,
}

/// One cell of a grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GridCell {
    /// 0-based first row.
    pub row: usize,
    /// 0-based first column.
    pub column: usize,
    /// Rows it covers.
    pub rows: usize,
    /// Columns it covers.
    pub columns: usize,
    /// Its extent, border to border.
    pub bbox: Bbox,
}

/// Finds the lattices of a page, from top to bottom.
pub fn lattices(horizontal: &[Segment], vertical: &[Segment]) -> Vec<Lattice> {
    if horizontal.len() > MOST_SEGMENTS || vertical.len() > MOST_SEGMENTS {
        return Vec::new();
    }
    let count = horizontal.len();
    let mut groups = Groups::new(count + vertical.len());
    for (index, h) in horizontal.iter().enumerate() {
        // `vertical` is sorted by x.
        let first = vertical.partition_point(|v| v.at < h.from - TOUCH);
        for (other, v) in vertical.iter().enumerate().skip(first) {
            if v.at > h.to + TOUCH {
                break;
            }
            if h.at >= v.from - TOUCH && h.at <= v.to + TOUCH {
                groups.join(index, count + other);
            }
        }
    }
    let mut found: Vec<(usize, Lattice)> = Vec::new();
    for index in 0..count + vertical.len() {
        let root = groups.root(index);
        let at = found.iter().position(|(known, _)| *known == root).unwrap_or_else(|| {
            found.push((root, Lattice::default()));
            found.len() - 1
        });
        let lattice = &mut found[at].1;
        if index < count {
            lattice.horizontal.push(horizontal[index]);
        } else {
            lattice.vertical.push(vertical[index - count]);
        }
    }
    let mut lattices: Vec<Lattice> = found
        .into_iter()
        .map(|(_, lattice)| lattice)
        .filter(|lattice| !lattice.horizontal.is_empty() && !lattice.vertical.is_empty())
        .map(Lattice::with_grid)
        .collect();
    lattices.sort_by(|a, b| {
        let key = |l: &Lattice| l.bbox.map_or((0.0, 0.0), |b| (b.y0, b.x0));
        let (a, b) = (key(a), key(b));
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
    lattices
}

impl Lattice {
    fn with_grid(mut self) -> Self {
        let all = extent(&self.horizontal, &self.vertical);
        let mut xs: Vec<f32> = self.vertical.iter().map(|v| v.at).collect();
        let mut ys: Vec<f32> = self.horizontal.iter().map(|h| h.at).collect();
        // A table may be open at its sides: rows that run on past the last column line, columns
        // that run on past the last row line. Its extent is a border all the same.
        xs.extend([all.x0, all.x1]);
        ys.extend([all.y0, all.y1]);
        self.xs = distinct(xs);
        self.ys = distinct(ys);
        self.bbox = Some(all);
        self
    }

    /// Adds column borders that the same table shows on other pages.
    pub fn with_columns(&mut self, xs: &[f32]) {
        let all: Vec<f32> = self.xs.iter().chain(xs).copied().collect();
        self.xs = distinct(all);
    }

    /// Whether a column border is drawn in a row.
    fn has_vertical(&self, x: f32, row: usize) -> bool {
        coverage(&self.vertical, x, SAME_LINE, self.ys[row] + 0.5, self.ys[row + 1] - 0.5) >= DRAWN
    }

    /// Whether a row border is drawn over columns.
    fn has_horizontal(&self, y: f32, from: usize, to: usize) -> bool {
        coverage(&self.horizontal, y, SAME_LINE, self.xs[from] + 0.5, self.xs[to] - 0.5) >= DRAWN
    }

    /// Whether lines are drawn on all sides of a cell; the outer sides of a table may be open.
    pub fn is_closed(&self, cell: &GridCell) -> bool {
        let (last_row, last_column) = (self.ys.len() - 1, self.xs.len() - 1);
        let (top, bottom) = (cell.row, cell.row + cell.rows);
        let (left, right) = (cell.column, cell.column + cell.columns);
        let vertical = |line: usize| {
            coverage(
                &self.vertical,
                self.xs[line],
                SAME_LINE,
                self.ys[top] + 0.5,
                self.ys[bottom] - 0.5,
            ) >= DRAWN
        };
        let horizontal = |line: usize| self.has_horizontal(self.ys[line], left, right);
        (left == 0 || vertical(left))
            && (right == last_column || vertical(right))
            && (top == 0 || horizontal(top))
            && (bottom == last_row || horizontal(bottom))
    }

    /// Which column borders (all but the last) are drawn in some row; the first always counts.
    pub fn used_columns(&self) -> Vec<bool> {
        let mut used = vec![false; self.xs.len() - 1];
        for cell in self.cells() {
            used[cell.column] = true;
        }
        used
    }

    /// The cells, row by row from left to right.
    pub fn cells(&self) -> Vec<GridCell> {
        let (rows, columns) = (self.ys.len() - 1, self.xs.len() - 1);
        // Runs of grid cells without a border between them, row by row.
        let mut open: Vec<GridCell> = Vec::new();
        let mut done: Vec<GridCell> = Vec::new();
        for row in 0..rows {
            let mut runs = Vec::new();
            let mut from = 0;
            for column in 1..=columns {
                if column == columns || self.has_vertical(self.xs[column], row) {
                    runs.push((from, column));
                    from = column;
                }
            }
            let mut still_open = Vec::with_capacity(runs.len());
            for (from, to) in runs {
                let above =
                    open.iter().position(|cell| cell.column == from && cell.columns == to - from);
                let goes_on = above.filter(|_| !self.has_horizontal(self.ys[row], from, to));
                let cell = if let Some(at) = goes_on {
                    let above = open.swap_remove(at);
                    GridCell {
                        rows: above.rows + 1,
                        bbox: Bbox { y1: self.ys[row + 1], ..above.bbox },
                        ..above
                    }
                } else {
                    GridCell {
                        row,
                        column: from,
                        rows: 1,
                        columns: to - from,
                        bbox: Bbox {
                            x0: self.xs[from],
                            y0: self.ys[row],
                            x1: self.xs[to],
                            y1: self.ys[row + 1],
                        },
                    }
                };
                still_open.push(cell);
            }
            done.append(&mut open);
            open = still_open;
        }
        done.append(&mut open);
        done.sort_by_key(|cell| (cell.row, cell.column));
        done
    }
}

/// Positions that differ by more than [`SAME_LINE`], growing; close ones become their mean.
fn distinct(mut all: Vec<f32>) -> Vec<f32> {
    all.sort_by(f32::total_cmp);
    let mut groups: Vec<(f32, f32, u32)> = Vec::new(); // first, sum, count
    for at in all {
        match groups.last_mut() {
            Some((first, sum, count)) if at - *first <= SAME_LINE => {
                *sum += at;
                *count += 1;
            }
            _ => groups.push((at, at, 1)),
        }
    }
    // A position drawn over and over is just that, whatever the sum loses.
    let mean = |(first, sum, count): (f32, f32, u32)| {
        let mean = sum / count as f32;
        if (mean - first).abs() < EXACT { first } else { mean }
    };
    groups.into_iter().map(mean).collect()
}

/// Sets that grow together (union-find).
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn h(at: f32, from: f32, to: f32) -> Segment {
        Segment { at, from, to }
    }

    #[test]
    fn a_missing_line_makes_one_cell_of_two() {
        // 2 × 2, the upper two joined, the lower right open towards nothing.
        let horizontal = [h(0.0, 0.0, 100.0), h(20.0, 0.0, 100.0), h(40.0, 0.0, 100.0)];
        let vertical = [h(0.0, 0.0, 40.0), h(50.0, 20.0, 40.0), h(100.0, 0.0, 40.0)];
        let found = lattices(&horizontal, &vertical);
        assert_eq!(found.len(), 1);
        let spans: Vec<_> =
            found[0].cells().iter().map(|c| (c.row, c.column, c.rows, c.columns)).collect();
        assert_eq!(spans, [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]);
    }

    #[test]
    fn a_table_open_at_its_sides_keeps_its_outer_columns() {
        let horizontal = [h(0.0, 0.0, 100.0), h(20.0, 0.0, 100.0)];
        let vertical = [h(40.0, 0.0, 20.0), h(70.0, 0.0, 20.0)];
        assert_eq!(lattices(&horizontal, &vertical)[0].cells().len(), 3);
    }

    #[test]
    fn a_cell_merged_downwards_is_one() {
        let horizontal = [h(0.0, 0.0, 100.0), h(20.0, 50.0, 100.0), h(40.0, 0.0, 100.0)];
        let vertical = [h(0.0, 0.0, 40.0), h(50.0, 0.0, 40.0), h(100.0, 0.0, 40.0)];
        let cells = lattices(&horizontal, &vertical)[0].cells();
        assert_eq!(cells.len(), 3);
        assert_eq!((cells[0].rows, cells[1].rows), (2, 1));
    }
}

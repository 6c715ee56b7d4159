//! How far a table without rules reaches beyond the lines that show its columns: heads, the rest of
//! a cut row above, the last lines of its last row below.

use super::columns::Piece;
use super::grid::Grid;
use super::line::Line;

/// Most lines without a seed below the last one.
const MOST_BETWEEN: usize = 8;
/// Most lines of a head above the first seed.
const TALLEST_HEAD: usize = 5;
/// Most lines above the first seed, if they go on cells of the page before.
const TALLEST_REST: usize = 12;

/// How far a table reaches beyond its first and last seed: the first line, and the one after the
/// last. Lines before `free` belong to another.
pub(super) fn reach(
    lines: &[Line],
    pieces: &[Vec<Piece>],
    seeds: (usize, usize),
    free: usize,
    grid: Grid,
) -> (usize, usize) {
    let draft = Draft { lines, pieces, seeds, grid };
    (draft.first(free), draft.end())
}

/// A table whose seeds are known, but not yet how far it reaches beyond them.
struct Draft<'l> {
    lines: &'l [Line],
    pieces: &'l [Vec<Piece>],
    /// The first and the last seed.
    seeds: (usize, usize),
    grid: Grid,
}

impl Draft<'_> {
    fn gap(&self, line: usize) -> f32 {
        self.lines[line].bbox.y0 - self.lines[line - 1].bbox.y1
    }

    /// Within this distance, rows stand above each other; the rest of a cut row does too.
    fn row_gap(&self) -> f32 {
        let (from, to) = self.seeds;
        let most = (from + 1..=to).map(|line| self.gap(line)).fold(0.0, f32::max);
        let size = self.lines[from].size;
        (most + 0.5).clamp(size, size * 2.0)
    }

    /// Whether the texts of a line stand in the columns as those of the rows do. Letters and
    /// numbers of the first column may be set to either side.
    fn is_aligned(&self, line: usize) -> bool {
        let pieces = self.grid.parted(&self.pieces[line]);
        let stands = |piece: &Piece| {
            let (column, count) = self.grid.span(piece);
            count == 1 && (column == 0 && pieces.len() > 1 || self.grid.knows(piece, column))
        };
        pieces.iter().all(stands)
    }

    /// Whether a bold line begins with a head of the first column and one beyond it. The head of
    /// numbers that are set to the right may begin well before them.
    fn begins_with_heads(&self, line: usize, pieces: &[Piece]) -> bool {
        let [_, second, _, ..] = pieces else { return false };
        let beyond = self.grid.columns.first().is_some_and(|first| second.bbox.x0 > first.1);
        let inside = self
            .grid
            .columns
            .last()
            .is_some_and(|last| self.lines[line].bbox.x1 < last.1 + self.lines[line].size);
        beyond && inside && self.lines[line].words.iter().all(|word| word.bold)
    }

    /// The first line of the head, or of the rest of a row that a page break cut, above the first
    /// seed; lines before `free` belong to another table.
    fn first(&self, free: usize) -> usize {
        let at = self.seeds.0;
        let size = self.lines[at].size;
        let columns = &self.grid.columns;
        let left = columns.first().map_or(0.0, |c| c.0);
        let right = columns.last().map_or(0.0, |c| c.1);
        let rows = self.row_gap();
        let mut from = at;
        while from > free && at - from < TALLEST_REST {
            let line = &self.lines[from - 1];
            let pieces = self.grid.parted(&self.pieces[from - 1]);
            let gap = self.gap(from);
            let aligned = self.is_aligned(from - 1);
            // Heads over several columns stand as far above the next row as rows do.
            let is_head = pieces.len() >= 3 && line.words.iter().all(|word| word.bold);
            let near = at - from < TALLEST_HEAD && gap < line.size * 0.9
                || (aligned || is_head) && gap < rows;
            let margin = line.size * if aligned && pieces.len() > 1 { 2.0 } else { 1.0 };
            let inside = line.bbox.x0 > left - margin && line.bbox.x1 < right + line.size
                || self.begins_with_heads(from - 1, &pieces);
            let narrow = columns.len() == 1
                || pieces.iter().all(|piece| self.grid.span(piece).1 < columns.len());
            let several = pieces.len() >= 2 || {
                // A single piece over some inner columns is a head over several.
                let (first, count) = self.grid.span(&pieces[0]);
                first > 0 && count < columns.len()
            };
            let same_size = (line.size - size).abs() < 1.0;
            let ends = line.words.iter().any(|word| word.text.ends_with('.'));
            if !(near && same_size && inside && narrow && several) || ends && !aligned {
                break;
            }
            from -= 1;
        }
        from
    }

    /// The line after the last one that only goes on cells of the last row, or of a row below it
    /// that is cut by the end of the page.
    fn end(&self) -> usize {
        let (last, rows) = (self.seeds.1, self.row_gap());
        let mut to = last + 1;
        while to < self.lines.len() && to - last <= MOST_BETWEEN {
            let line = &self.lines[to];
            let pieces = self.grid.parted(&self.pieces[to]);
            let notes = pieces.len() == 1 && self.grid.span(&pieces[0]).0 == 0;
            let near = self.gap(to) < line.size * 0.45
                || !notes && self.gap(to) < rows && self.is_aligned(to);
            let fits = pieces.iter().all(|piece| {
                let (column, count) = self.grid.span(piece);
                let usual = self.grid.columns[column].1 + piece.words[0].size;
                count == 1
                    && (piece.bbox.x1 <= usual || column > 0 && self.grid.knows(piece, column))
            });
            let same_size = (line.size - self.lines[last].size).abs() < 1.0;
            if !(near && same_size && fits) {
                break;
            }
            to += 1;
        }
        to
    }
}

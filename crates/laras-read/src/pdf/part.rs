//! Which lines of a page belong to a table that began on another one.

use super::blocks::caption_number;
use super::columns::{PageLines, Piece};
use super::geometry::Area;
use super::grid::Grid;
use super::seeds::is_seed;

/// Most lines in a row that fill one column only.
const MOST_SINGLE: usize = 12;

/// The part of a table that a page might hold.
pub(super) struct Part<'g> {
    /// The size of its type.
    pub(super) size: f32,
    /// Lines of the head that are repeated.
    pub(super) head: usize,
    /// Its columns.
    pub(super) grid: &'g Grid,
}

impl Part<'_> {
    /// Whether a line stands in the columns of the table.
    pub(super) fn fits(&self, page: &PageLines, line: usize) -> bool {
        let columns = &self.grid.columns;
        let (Some(first), Some(last)) = (columns.first(), columns.last()) else {
            return false;
        };
        let printed = &page.lines[line];
        let inside = |piece: &Piece| {
            let (column, count) = self.grid.span(piece);
            count == 1
                && piece.bbox.x0 > first.0 - self.size
                && piece.bbox.x1 < last.1 + self.size * 2.0
                // Without a head, wide text over a narrow column is a paragraph.
                && (self.head > 0
                    || piece.bbox.width()
                        < columns[column].1 - columns[column].0 + self.size * 3.0)
        };
        (printed.size - self.size).abs() < 1.0
            && caption_number(&printed.text()).is_none()
            && self.grid.parted(&page.pieces[line]).iter().all(inside)
    }

    /// The line after the last one that belongs to the table, and the lines that show its columns.
    pub(super) fn extent(&self, page: &PageLines) -> Option<(usize, Vec<usize>)> {
        let limit = page.others.iter().map(|other| other.y0).fold(f32::MAX, f32::min);
        let mut members: Vec<usize> = Vec::new();
        let mut to = self.head;
        for line in self.head..page.lines.len() {
            let printed = &page.lines[line];
            let gap = |above: usize| printed.bbox.y0 - page.lines[above].bbox.y1;
            if printed.bbox.y0 > limit
                || line > 0 && gap(line - 1) > self.size * 4.0
                || line > to + MOST_SINGLE
                || !self.fits(page, line)
            {
                break;
            }
            let pieces = self.grid.parted(&page.pieces[line]);
            let known = |piece: &&Piece| self.grid.knows(piece, self.grid.span(piece).0);
            let standing = pieces.iter().filter(known).count();
            let begun = self.head > 0 || !members.is_empty();
            if pieces.len() >= 2 && standing >= 2 && standing * 2 >= pieces.len() {
                // Two texts alone may be anything; below a head, or with a number, they are a row.
                if is_seed(&pieces) {
                    members.push(line);
                    to = line + 1;
                } else if begun {
                    to = line + 1;
                }
            } else if line == to && begun {
                // The rest of a cell, or of a row that the end of the page cuts.
                let column = self.grid.span(&pieces[0]).0;
                let low = if column > 0 && standing == pieces.len() { 1.5 } else { 0.45 };
                if line == self.head || gap(line - 1) < self.size * low {
                    to = line + 1;
                }
            }
        }
        let enough = if self.head > 0 { to > self.head } else { !members.is_empty() };
        enough.then_some((to, members))
    }
}

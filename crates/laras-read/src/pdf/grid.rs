//! The columns of a table without rules, with where their texts begin and end.

use std::borrow::Cow;

use super::columns::Piece;
use super::corridors::{Column, corridors, span};
use super::geometry::{Area, around};
use super::word::Word;

/// Edges and middles of texts nearer than this are the same.
const SAME: f32 = 1.5;
/// A gap between columns is at least this much wider than the usual one of its line.
const WIDER: f32 = 1.15;

/// Columns, and how the texts of each stand in it.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// The columns, as x ranges of their text.
    pub columns: Vec<Column>,
    /// Beginning, end and middle of the texts of each column.
    edges: Vec<Vec<[f32; 3]>>,
}

impl Grid {
    /// The columns of some lines.
    pub fn of(lines: &[&[Piece]]) -> Self {
        let columns = corridors(lines);
        let mut edges = vec![Vec::new(); columns.len()];
        for piece in lines.iter().copied().flatten() {
            if let (column, 1) = span(&piece.bbox, &columns) {
                edges[column].push([piece.bbox.x0, piece.bbox.x1, piece.bbox.mid_x()]);
            }
        }
        Self { columns, edges }
    }

    /// First column and number of columns that a piece touches.
    pub fn span(&self, piece: &Piece) -> (usize, usize) {
        span(&piece.bbox, &self.columns)
    }

    /// Whether a text stands as others of its column do.
    pub fn knows(&self, piece: &Piece, column: usize) -> bool {
        let own = [piece.bbox.x0, piece.bbox.x1, piece.bbox.mid_x()];
        let same = |known: &[f32; 3]| known.iter().zip(own).any(|(a, b)| (a - b).abs() < SAME);
        self.edges[column].iter().any(same)
    }

    /// The pieces of a line, those taken apart that ran together over a narrow corridor: the words
    /// of the next column begin, or those of the last one end, exactly where others do.
    pub fn parted<'p>(&self, pieces: &'p [Piece]) -> Cow<'p, [Piece]> {
        if pieces.iter().all(|piece| self.span(piece).1 == 1) {
            return Cow::Borrowed(pieces);
        }
        let mut parts = Vec::with_capacity(pieces.len() + 1);
        for piece in pieces {
            match self.parts(piece) {
                Some(several) => parts.extend(several),
                None => parts.push(piece.clone()),
            }
        }
        Cow::Owned(parts)
    }

    /// The parts of a piece over several columns, if each stands in one.
    fn parts(&self, piece: &Piece) -> Option<Vec<Piece>> {
        if self.span(piece).1 == 1 {
            return None;
        }
        let gap = |pair: &[Word]| pair[1].bbox.x0 - pair[0].bbox.x1;
        let mut gaps: Vec<f32> = piece.words.windows(2).map(gap).collect();
        gaps.sort_by(f32::total_cmp);
        let usual = match gaps.len() {
            0 => return None,
            1 | 2 => piece.words[0].size * 0.25,
            count => gaps[count / 2],
        };
        let mut parts = vec![vec![piece.words[0].clone()]];
        for pair in piece.words.windows(2) {
            match parts.last_mut() {
                Some(part)
                    if gap(pair) < usual * WIDER || !self.parts_words(&pair[0], &pair[1]) =>
                {
                    part.push(pair[1].clone());
                }
                _ => parts.push(vec![pair[1].clone()]),
            }
        }
        let parts: Vec<Piece> = parts
            .into_iter()
            .filter_map(|words| {
                Some(Piece { bbox: around(words.iter().map(|word| &word.bbox))?, words })
            })
            .collect();
        let spans: Vec<(usize, usize)> = parts.iter().map(|part| self.span(part)).collect();
        let apart = spans.windows(2).all(|pair| pair[0].0 < pair[1].0);
        (apart && parts.len() > 1 && spans.iter().all(|span| span.1 == 1)).then_some(parts)
    }

    /// Whether one column ends with a word, or another begins with the next.
    fn parts_words(&self, left: &Word, right: &Word) -> bool {
        let of = |word: &Word| span(&word.bbox, &self.columns).0;
        let often = |column: usize, edge: usize, at: f32| {
            let same = self.edges[column].iter().filter(|known| (known[edge] - at).abs() < SAME);
            same.count() >= 2
        };
        let (column, next) = (of(left), of(right));
        let begins = left.bbox.x1 <= self.columns[next].0 && often(next, 0, right.bbox.x0);
        let ends = right.bbox.x0 >= self.columns[column].1 && often(column, 1, left.bbox.x1);
        begins || column < next && ends
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::text_of;
    use super::super::made::made_pieces;
    use super::*;

    #[test]
    fn pieces_that_ran_together_are_parted_where_a_column_begins() {
        let rows = made_pieces(&[
            (20.0, &[(10.0, "Rapat kerja"), (100.0, "Jumlah orang")]),
            (40.0, &[(10.0, "Bina desa"), (100.0, "Jumlah desa")]),
            // One word nearly fills the first column.
            (60.0, &[(16.5, "Forum warga dan a"), (100.0, "Jumlah forum")]),
            // A section runs over both.
            (80.0, &[(10.0, "Program pembinaan wawasan warga")]),
        ]);
        let grid = Grid::of(&rows[..2].iter().map(Vec::as_slice).collect::<Vec<_>>());
        assert_eq!(grid.columns.len(), 2);
        let texts = |line: usize| -> Vec<String> {
            grid.parted(&rows[line]).iter().map(|piece| text_of(&piece.words)).collect()
        };
        assert_eq!(rows[2].len(), 1, "four and a half points are no wide gap");
        assert_eq!(texts(2), ["Forum warga dan a", "Jumlah forum"]);
        assert_eq!(texts(3), ["Program pembinaan wawasan warga"]);
    }
}

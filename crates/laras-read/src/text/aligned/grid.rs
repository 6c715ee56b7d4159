//! Columns, and which of them the cells of a line stand in.

use super::Piece;
use super::kinds::{is_ordinal, is_value, is_year};
use super::segment::{Segment, Strip};

/// Column borders of a region, in characters.
#[derive(Debug)]
pub(super) struct Grid {
    /// `from..to` of each column, left to right, without the gutters.
    extents: Vec<(usize, usize)>,
    /// Whether a cell keeps within its column: heads over several columns reach into each.
    pub(super) is_exact: bool,
}

/// How far a cell may reach into the column beside its own, in characters.
const DRIFT: usize = 2;

impl Grid {
    pub(super) fn new(extents: Vec<(usize, usize)>) -> Self {
        Self { extents, is_exact: false }
    }

    pub(super) fn len(&self) -> usize {
        self.extents.len()
    }

    /// The extent of a column in characters.
    pub(super) fn extent(&self, column: usize) -> (usize, usize) {
        self.extents.get(column).copied().unwrap_or((0, 0))
    }

    /// The first and the last column that a segment reaches into; the one on its right where it
    /// stands clear of all.
    pub(super) fn touched(&self, segment: &Segment) -> (usize, usize) {
        let first = self.extents.partition_point(|e| e.1 <= segment.from);
        let last = self.extents.partition_point(|e| e.0 < segment.to).saturating_sub(1);
        let first = first.min(self.extents.len().saturating_sub(1));
        (first, last.max(first))
    }

    /// The pieces of a line by column.
    pub(super) fn pieces(&self, strip: &Strip<'_>) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(strip.segments.len() + 1);
        for segment in &strip.segments {
            self.place(strip, *segment, &mut pieces);
        }
        self.make_room(&mut pieces);
        pieces
    }

    fn place(&self, strip: &Strip<'_>, segment: Segment, pieces: &mut Vec<Piece>) {
        // The extents are in order and do not overlap.
        let first = self.extents.partition_point(|e| e.1 <= segment.from);
        let right = self.extents.partition_point(|e| e.0 < segment.to);
        let (first, last) = if first < right {
            let last = right - 1;
            if self.is_exact { (first, last) } else { self.drifted(segment, first, last) }
        } else {
            // Between two columns: a head over both.
            let right = right.min(self.extents.len() - 1);
            (right.saturating_sub(1), right)
        };
        if first < last
            && let Some((left, right)) = self.split_at_gutter(strip, segment, first, last)
        {
            self.place(strip, left, pieces);
            self.place(strip, right, pieces);
            return;
        }
        pieces.push(piece(strip, segment, first, last));
    }

    /// Gives a column that two pieces of a line touch to the one that stands in it more.
    fn make_room(&self, pieces: &mut [Piece]) {
        let shared = |piece: &Piece, column: usize| {
            let (from, to) = self.extent(column);
            piece.to.min(to).saturating_sub(piece.from.max(from))
        };
        for at in 1..pieces.len() {
            let (before, after) = pieces.split_at_mut(at);
            let (Some(left), Some(right)) = (before.last_mut(), after.first_mut()) else {
                continue;
            };
            if left.last != right.first {
                continue;
            }
            let column = left.last;
            let narrow = right.first == right.last;
            if left.first < left.last && (narrow || shared(left, column) < shared(right, column)) {
                left.last -= 1;
            } else if !narrow {
                right.first += 1;
            }
        }
    }

    /// Without the columns at either side of which a segment touches a few characters only.
    fn drifted(&self, segment: Segment, mut first: usize, mut last: usize) -> (usize, usize) {
        let shared = |at: usize| {
            let (from, to) = self.extents[at];
            segment.to.min(to).saturating_sub(segment.from.max(from))
        };
        while first < last && shared(first) <= DRIFT && shared(first) < shared(last) {
            first += 1;
        }
        while first < last && shared(last) <= DRIFT && shared(last) < shared(first) {
            last -= 1;
        }
        (first, last)
    }

    /// Parts a segment that runs over a gutter where one side is a value.
    fn split_at_gutter(
        &self,
        strip: &Strip<'_>,
        segment: Segment,
        first: usize,
        last: usize,
    ) -> Option<(Segment, Segment)> {
        let text = strip.text(&segment);
        for e in first..last {
            let (low, high) = (self.extents[e].1.saturating_sub(1), self.extents[e + 1].0 + 1);
            for (at, (byte, c)) in text.char_indices().enumerate() {
                let x = segment.from + at;
                if c == ' ' && x >= low && x <= high {
                    let (left, right) = (&text[..byte], text[byte..].trim_start());
                    // `Tahun 2020` is a head over both.
                    let parts = |word: &str| is_value(word) && !is_year(word);
                    if parts(right.split(' ').next().unwrap_or(""))
                        || parts(left.rsplit(' ').next().unwrap_or(""))
                    {
                        return Some(cut(&segment, text, byte));
                    }
                }
            }
        }
        None
    }

    /// Centre of a range of columns, doubled to stay whole.
    pub(super) fn centre2(&self, first: usize, last: usize) -> usize {
        self.extent(first).0 + self.extent(last).1
    }
}

/// A segment cut at a space, given by its byte in the segment's text.
fn cut(segment: &Segment, text: &str, byte: usize) -> (Segment, Segment) {
    let chars = text[..byte].chars().count();
    let left = Segment {
        to: segment.from + chars,
        bytes: (segment.bytes.0, segment.bytes.0 + byte),
        ..*segment
    };
    let right = Segment {
        from: segment.from + chars + 1,
        bytes: (segment.bytes.0 + byte + 1, segment.bytes.1),
        ..*segment
    };
    (left, right)
}

fn piece(strip: &Strip<'_>, segment: Segment, first: usize, last: usize) -> Piece {
    let Segment { from, to, bytes } = segment;
    let text = strip.text(&segment);
    let (is_value, is_ordinal) = (is_value(text), is_ordinal(text));
    Piece { first, last, from, to, bytes, is_value, is_ordinal }
}

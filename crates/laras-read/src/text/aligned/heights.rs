//! How far down the heads below a line begin.
//!
//! Heads under one head begin at about one height. A column whose head begins further up than those
//! has a taller cell, beside the head and not under it.

use super::Piece;
use super::header::OFF_CENTRE;

/// How many lines further up than those of its neighbours the heads of a taller cell begin.
const HIGHER: usize = 1;

/// For each head of a line, where the heads below it begin in each column.
pub(super) struct Heights<'a> {
    own: &'a [(usize, usize)],
    begins: Vec<Vec<Option<usize>>>,
}

impl<'a> Heights<'a> {
    /// `own` are the columns that the heads of the line touch.
    pub(super) fn new(
        line: usize,
        pieces: &[Vec<Piece>],
        own: &'a [(usize, usize)],
        columns: usize,
    ) -> Self {
        let of = |(head, own): (&Piece, &(usize, usize))| {
            let mut begins = vec![None; columns];
            for (i, below) in pieces.iter().enumerate().skip(line + 1) {
                let under = below.iter().filter(|p| own.0 <= p.first && p.last <= own.1).count();
                for piece in below {
                    // The next line of the head itself stands alone in its middle.
                    let goes_on = under == 1
                        && (piece.from + piece.to).abs_diff(head.from + head.to) <= OFF_CENTRE;
                    for begin in &mut begins[piece.first..=piece.last] {
                        if !goes_on {
                            begin.get_or_insert(i);
                        }
                    }
                }
            }
            begins
        };
        Self { own, begins: pieces[line].iter().zip(own).map(of).collect() }
    }

    /// How many columns of a span have a taller cell than those that its head touches.
    pub(super) fn early(&self, head: usize, span: (usize, usize)) -> usize {
        let ((first, last), begins) = (self.own[head], &self.begins[head]);
        let Some(under) = begins[first..=last].iter().flatten().min() else { return 0 };
        let above = |c: &usize| begins[*c].is_some_and(|begin| begin + HIGHER < *under);
        (span.0..first).chain(last + 1..=span.1).filter(above).count()
    }
}

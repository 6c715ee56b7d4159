//! The printed lines of a table's body, and what tells where a row ends.

use super::super::Piece;
use super::super::kinds::{Kind, is_ordinal, is_rest_of_code, is_value};
use super::super::segment::Strip;
use super::Neighbours;
use super::cuts::Meeting;
use super::marked::{Filled, Marked, regular};
use super::texts::Evidence;
use super::{OTHER_ROW, TALL, TALLEST, TORN};

/// What the division needs to know of each line.
pub(super) struct Lines<'a> {
    pub(super) strips: &'a [Strip<'a>],
    pub(super) pieces: &'a [Vec<Piece>],
    pub(super) kinds: &'a [Kind],
    /// Lines of a header that returns; neighbours are one group.
    pub(super) is_head: &'a [bool],
    /// Words that stand side by side somewhere in the text.
    pub(super) neighbours: &'a Neighbours,
    /// Right end of the text of each column.
    pub(super) edges: Vec<usize>,
    /// What speaks for a text of each column going on whose line is full.
    pub(super) full: Vec<u64>,
    pub(super) has_value: Vec<bool>,
    /// The lines that hold a value.
    pub(super) valued: Marked,
    /// The lines that hold an ordinal.
    pub(super) ordinals: Marked,
    /// The lines that hold text.
    pub(super) named: Marked,
    /// Share of lines with a blank line above, in percent.
    pub(super) blanks: usize,
    /// Whether a blank line stands between every two rows.
    pub(super) spaced: bool,
    /// Whether values stand on so many lines that hardly a row is without.
    pub(super) dense: bool,
    /// Whether nearly every line with values is numbered, so that a line with neither goes on from
    /// the one above.
    pub(super) numbered: bool,
    /// Which lines fill the columns of values that nearly every row fills.
    pub(super) filled: Filled,
    /// For each line the one that goes on with a number it leaves unfinished.
    pub(super) finished_by: Vec<Option<usize>>,
    /// Lines that begin with a word that opens names in this table: `Program`.
    pub(super) opens: Marked,
    /// Of each line, what speaks for its text going on from the line above.
    pub(super) continued: Vec<u64>,
    /// The same, of weaker evidence.
    pub(super) leaning: Vec<u64>,
    /// What speaks against joining lines with those above them, summed up to each line.
    pub(super) joined: Vec<u64>,
    /// Of each line, clashes and cuts with its first following lines, as many as a row with values
    /// on several may have.
    pub(super) clashes: Vec<[(u8, u8); TALL]>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(
        strips: &'a [Strip<'a>],
        pieces: &'a [Vec<Piece>],
        kinds: &'a [Kind],
        is_head: &'a [bool],
        neighbours: &'a Neighbours,
    ) -> Self {
        let mut ends: Vec<Vec<usize>> = vec![Vec::new(); kinds.len()];
        for piece in pieces.iter().flatten().filter(|p| p.first == p.last) {
            ends[piece.first].push(piece.to);
        }
        let edges = ends
            .into_iter()
            .map(|mut ends| {
                ends.sort_unstable();
                ends.get(ends.len() * EDGE / 100).copied().unwrap_or(0)
            })
            .collect();
        let text = |i: usize, p: &Piece| strips[i].line.raw.get(p.bytes.0..p.bytes.1).unwrap_or("");
        let has_value: Vec<bool> = (0..strips.len())
            .map(|i| {
                pieces[i].iter().any(|p| {
                    p.first == p.last && kinds[p.first] == Kind::Values && is_value(text(i, p))
                })
            })
            .collect();
        let ordinal = |i: usize| {
            pieces[i].iter().find(|p| p.first == 0).map(|p| text(i, p)).filter(|t| is_ordinal(t))
        };
        let goes_on = |i: usize, rest: &str| {
            let above = i.checked_sub(1).and_then(ordinal);
            above.is_some_and(|code| is_rest_of_code(code, rest))
        };
        let has_ordinal: Vec<bool> = (0..strips.len())
            .map(|i| {
                kinds.first() == Some(&Kind::Ordinals)
                    && ordinal(i).is_some_and(|text| !goes_on(i, text))
            })
            .collect();
        let with_blank = strips.iter().skip(1).filter(|s| s.blank_above > 0).count();
        let blanks = with_blank * 100 / strips.len().max(1);
        let with_value = has_value.iter().filter(|v| **v).count();
        let dense = with_value * 100 >= strips.len() * DENSE;
        let both = has_value.iter().zip(&has_ordinal).filter(|(v, o)| **v && **o).count();
        let numbered = with_value >= 3 && both * 100 >= with_value * NUMBERED;
        let mut lines = Self {
            strips,
            pieces,
            kinds,
            is_head,
            neighbours,
            edges,
            full: Vec::new(),
            valued: Marked::new(&has_value),
            ordinals: Marked::new(&has_ordinal),
            named: Marked::default(),
            has_value,
            blanks,
            spaced: false,
            dense,
            numbered,
            filled: Filled::new(pieces, &regular(pieces, kinds)),
            finished_by: Vec::new(),
            opens: Marked::default(),
            continued: Vec::with_capacity(strips.len()),
            leaning: Vec::with_capacity(strips.len()),
            joined: Vec::with_capacity(strips.len()),
            clashes: Vec::new(),
        };
        lines.finished_by = (0..strips.len()).map(|i| lines.finishing(i)).collect();
        lines.clashes = (0..strips.len()).map(|i| lines.clashes_below(i)).collect();
        lines.spaced = lines.are_spaced();
        lines.full = lines.full_lines();
        let named: Vec<bool> =
            (0..strips.len()).map(|i| lines.text_pieces(i).next().is_some()).collect();
        lines.named = Marked::new(&named);
        let mut sum = 0;
        let rest_of_code =
            |i: usize| if ordinal(i).is_some_and(|text| goes_on(i, text)) { TORN } else { 0 };
        // A number without values above values without a number, where rows have both.
        let both_have = both * 2 >= with_value;
        let is_half = |i: usize, has_value: &[bool]| {
            let (above, below) = (i - 1, i);
            both_have
                && has_ordinal[above]
                && !has_ordinal[below]
                && !has_value[above]
                && has_value[below]
        };
        for (i, strip) in strips.iter().enumerate() {
            let mut found = Evidence::default();
            if i > 0 {
                found = lines.evidence(i - 1, i);
                found.leans +=
                    rest_of_code(i) + if is_half(i, &lines.has_value) { HALF } else { 0 };
                // What is blank where a page ends says less.
                sum += found.breaks;
                sum += match strip {
                    strip if strip.page_above => 60,
                    strip if strip.blank_above == 0 => 0,
                    _ if lines.spaced => OTHER_ROW,
                    _ => 200,
                };
            }
            lines.continued.push(found.continues);
            lines.leaning.push(found.leans);
            lines.joined.push(sum);
        }
        lines.opens = Marked::new(&lines.openings());
        lines
    }

    /// Whether blank lines part the rows: hardly any two values of one column stand between two of
    /// them, and there are as many as rows.
    fn are_spaced(&self) -> bool {
        let n = self.strips.len();
        let mut starts: Vec<usize> =
            (0..n).filter(|i| *i == 0 || self.strips[*i].blank_above > 0).collect();
        starts.push(n);
        let (mut parted, mut torn) = (0, 0);
        for pair in starts.windows(2) {
            let valued = self.valued.within(&(pair[0]..pair[1]));
            let Some(last) = valued.last() else { continue };
            let end = (last + 1).min(valued[0] + TALLEST);
            let clashes = (valued[0] + 1..end)
                .any(|line| self.meeting(valued[0], line) == Some(Meeting::Clash));
            if clashes { torn += 1 } else { parted += 1 }
        }
        parted >= FEWEST_SPACED && torn * 10 <= parted
    }

    pub(super) fn text(&self, line: usize, piece: &Piece) -> &str {
        self.strips[line].line.raw.get(piece.bytes.0..piece.bytes.1).unwrap_or("")
    }

    pub(super) fn text_pieces(&self, line: usize) -> impl Iterator<Item = &Piece> {
        self.pieces[line].iter().filter(|p| p.first == p.last && self.kinds[p.first] == Kind::Text)
    }
}

/// What speaks against parting the number of a row from its values.
const HALF: u64 = 60;
/// Fewest rows between blank lines that say something.
const FEWEST_SPACED: usize = 3;
/// Share of the lines, in percent, with values in a table whose rows all have some.
const DENSE: usize = 40;
/// Share of the lines with values, in percent, that are numbered where every row is.
const NUMBERED: usize = 75;
/// Share of the texts of a column, in percent, that end at its right edge or before: a title of a
/// group may run on over it.
const EDGE: usize = 95;

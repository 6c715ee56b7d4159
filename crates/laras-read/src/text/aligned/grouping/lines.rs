//! The printed lines of a table's body, and what tells where a row ends.

use super::super::Piece;
use super::super::kinds::{Kind, is_rest_of_code};
use super::super::segment::Strip;
use super::Neighbours;
use super::cuts::Meeting;
use super::filled::{Filled, regular};
use super::row::{OTHER_ROW, TALL, TALLEST, TORN};

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
    /// The pieces of each line that are text of one column, and where those of a line begin.
    texts: Vec<&'a Piece>,
    texts_from: Vec<usize>,
    pub(super) facts: Vec<Facts>,
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
    /// Whether each line holds nothing but amounts which a line above states together too: a total
    /// without a name.
    pub(super) repeats: Vec<bool>,
    /// Of each line, clashes and cuts with its first following lines, as many as a row with values
    /// on several may have.
    pub(super) clashes: Vec<[(u8, u8); TALL]>,
}

/// What is known of a line.
#[derive(Clone, Copy, Default)]
pub(super) struct Facts {
    /// The columns that it has something in, a bit each; the last bit stands for all beyond.
    pub(super) columns: u64,
    pub(super) has_value: bool,
    pub(super) has_ordinal: bool,
    pub(super) has_text: bool,
    /// The line that goes on with a number it leaves unfinished.
    pub(super) finished_by: Option<usize>,
    /// What speaks for its text going on from the line above, but for weaker evidence.
    pub(super) continued: u64,
    /// What speaks against a row that begins with it.
    pub(super) begins: u64,
    /// What speaks against joining it with the line above.
    pub(super) joins: u64,
    /// What speaks against joining it with the second line below.
    pub(super) parts: u64,
}

/// Last bit of a set of columns.
pub(super) const BITS: usize = 63;

impl<'a> Lines<'a> {
    pub(super) fn new(
        strips: &'a [Strip<'a>],
        pieces: &'a [Vec<Piece>],
        kinds: &'a [Kind],
        is_head: &'a [bool],
        neighbours: &'a Neighbours,
    ) -> Self {
        let mut ends: Vec<Vec<usize>> =
            kinds.iter().map(|_| Vec::with_capacity(strips.len())).collect();
        for piece in pieces.iter().flatten().filter(|p| p.first == p.last) {
            ends[piece.first].push(piece.to);
        }
        let edges = ends
            .into_iter()
            .map(|mut ends| {
                let at = ends.len() * EDGE / 100;
                if ends.is_empty() { 0 } else { *ends.select_nth_unstable(at).1 }
            })
            .collect();
        let text = |i: usize, p: &Piece| strips[i].line.raw.get(p.bytes.0..p.bytes.1).unwrap_or("");
        let has_value = |i: usize| {
            pieces[i]
                .iter()
                .any(|p| p.first == p.last && kinds[p.first] == Kind::Values && p.is_value)
        };
        let is_text = |p: &&Piece| p.first == p.last && kinds[p.first] == Kind::Text;
        let (mut texts, mut texts_from) = (Vec::new(), vec![0]);
        for pieces in pieces {
            texts.extend(pieces.iter().filter(is_text));
            texts_from.push(texts.len());
        }
        let ordinal = |i: usize| {
            pieces[i].iter().find(|p| p.first == 0).filter(|p| p.is_ordinal).map(|p| text(i, p))
        };
        let goes_on = |i: usize, rest: &str| {
            let above = i.checked_sub(1).and_then(ordinal);
            above.is_some_and(|code| is_rest_of_code(code, rest))
        };
        let has_ordinal = |i: usize| {
            kinds.first() == Some(&Kind::Ordinals)
                && ordinal(i).is_some_and(|text| !goes_on(i, text))
        };
        let columns = |p: &Piece| {
            let bits = p.first.min(BITS)..=p.last.min(BITS);
            bits.fold(0, |columns, bit| columns | 1 << bit)
        };
        let facts = |i: usize| Facts {
            columns: pieces[i].iter().map(columns).fold(0, |a, b| a | b),
            has_value: has_value(i),
            has_ordinal: has_ordinal(i),
            has_text: texts_from[i] < texts_from[i + 1],
            ..Facts::default()
        };
        let facts: Vec<Facts> = (0..strips.len()).map(facts).collect();
        let with_blank = strips.iter().skip(1).filter(|s| s.blank_above > 0).count();
        let blanks = with_blank * 100 / strips.len().max(1);
        let with_value = facts.iter().filter(|line| line.has_value).count();
        let dense = with_value * 100 >= strips.len() * DENSE;
        let both = facts.iter().filter(|line| line.has_value && line.has_ordinal).count();
        let numbered = with_value >= 3 && both * 100 >= with_value * NUMBERED;
        let mut lines = Self {
            strips,
            pieces,
            kinds,
            is_head,
            neighbours,
            edges,
            full: Vec::new(),
            texts,
            texts_from,
            facts,
            blanks,
            spaced: false,
            dense,
            numbered,
            filled: Filled::new(pieces, &regular(pieces, kinds)),
            repeats: Vec::new(),
            clashes: Vec::new(),
        };
        for i in 0..strips.len() {
            lines.facts[i].finished_by = lines.finishing(i);
        }
        lines.repeats = (0..strips.len()).map(|i| lines.repeats_amounts(i)).collect();
        lines.clashes = (0..strips.len()).map(|i| lines.clashes_below(i)).collect();
        lines.spaced = lines.are_spaced();
        lines.full = lines.full_lines();
        let rest_of_code =
            |i: usize| if ordinal(i).is_some_and(|text| goes_on(i, text)) { TORN } else { 0 };
        // A number without values above values without a number, where rows have both.
        let both_have = both * 2 >= with_value;
        let is_half = |above: &Facts, below: &Facts| {
            both_have
                && above.has_ordinal
                && !below.has_ordinal
                && !above.has_value
                && below.has_value
        };
        for (i, strip) in strips.iter().enumerate().skip(1) {
            let found = lines.evidence(i - 1, i);
            let mut begins = found.continues + found.leans + rest_of_code(i);
            if is_half(&lines.facts[i - 1], &lines.facts[i]) {
                begins += HALF;
            }
            begins += match (strip.blank_above, lines.spaced) {
                (0, true) => OTHER_ROW,
                (0, false) if lines.blanks >= 20 => 60,
                _ => 0,
            };
            // What is blank where a page ends says less.
            let joins = match strip {
                strip if strip.page_above => 60,
                strip if strip.blank_above == 0 => 0,
                _ if lines.spaced => OTHER_ROW,
                _ => 200,
            };
            let total = if lines.repeats[i - 1] || lines.repeats[i] { TOTAL } else { 0 };
            let facts = &mut lines.facts[i];
            (facts.continued, facts.begins) = (found.continues, facts.begins + begins);
            facts.joins = found.breaks + joins + total;
            if i < 2 || strip.blank_above > 0 || strips[i - 1].blank_above > 0 {
                continue;
            }
            // Lines of a text in the middle of its cell stand between those of its neighbours.
            let found = lines.evidence_over(i - 2, i);
            let (over, around) = (found.continues + found.leans, found.breaks);
            lines.facts[i - 1].begins += over;
            lines.facts[i].begins += over;
            lines.facts[i - 2].parts = around;
        }
        for i in lines.openings() {
            lines.facts[i].joins += OPENING;
        }
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
            let mut valued = (pair[0]..pair[1]).filter(|line| self.facts[*line].has_value);
            let Some(first) = valued.next() else { continue };
            let clashes = valued
                .take_while(|line| *line < first + TALLEST)
                .any(|line| self.meeting(first, line) == Some(Meeting::Clash));
            if clashes { torn += 1 } else { parted += 1 }
        }
        parted >= FEWEST_SPACED && torn * 10 <= parted
    }

    pub(super) fn text(&self, line: usize, piece: &Piece) -> &str {
        self.strips[line].line.raw.get(piece.bytes.0..piece.bytes.1).unwrap_or("")
    }

    /// The pieces of a line that are text of one column.
    pub(super) fn text_pieces(&self, line: usize) -> &[&'a Piece] {
        &self.texts[self.texts_from[line]..self.texts_from[line + 1]]
    }
}

/// What speaks against parting the number of a row from its values.
const HALF: u64 = 60;
/// What speaks against a total without a name standing in the row of another line.
const TOTAL: u64 = 160;
/// What speaks against a word that opens names standing inside a row.
const OPENING: u64 = 160;
/// Fewest rows between blank lines that say something.
const FEWEST_SPACED: usize = 3;
/// Share of the lines, in percent, with values in a table whose rows all have some.
const DENSE: usize = 40;
/// Share of the lines with values, in percent, that are numbered where every row is.
const NUMBERED: usize = 75;
/// Share of the texts of a column, in percent, that end at its right edge or before: a title of a
/// group may run on over it.
const EDGE: usize = 95;

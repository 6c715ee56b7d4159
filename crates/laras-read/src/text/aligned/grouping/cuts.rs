//! Lines with values in one column: rows of their own, or one value that a wrap has cut in two.

use super::super::Piece;
use super::super::kinds::{Kind, is_value};
use super::Lines;
use super::row::TALL;

/// What two lines are to each other that have values in one column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Meeting {
    /// They cannot be one row.
    Clash,
    /// A wrap has cut one number in two.
    Cut,
}

impl Lines<'_> {
    /// The clashes and cuts of a line with those below it, summed up to each of them: pairs of lines
    /// with values in one column that cannot be one row, and those where a wrap has cut one number
    /// in two.
    pub(super) fn clashes_below(&self, i: usize) -> [(u8, u8); TALL] {
        let mut below = [(0, 0); TALL];
        if !self.facts[i].has_value {
            return below;
        }
        for j in i + 1..self.strips.len().min(i + TALL) {
            below[j - i] = below[j - i - 1];
            match self.meeting(i, j) {
                Some(Meeting::Clash) => below[j - i].0 += 1,
                Some(Meeting::Cut) => below[j - i].1 += 1,
                None => {}
            }
        }
        below
    }

    /// How the values of two lines meet, if they have some in one column.
    pub(super) fn meeting(&self, i: usize, j: usize) -> Option<Meeting> {
        if !self.facts[i].has_value || !self.facts[j].has_value {
            return None;
        }
        let mut meeting = None;
        for p in self.pieces[i].iter().filter(|p| self.kinds[p.first] == Kind::Values) {
            for q in self.pieces[j].iter().filter(|q| q.first == p.first) {
                // A word below a value is its unit, which the column wrapped.
                let text = self.text(j, q);
                if text == "%" || text.starts_with(char::is_lowercase) {
                    continue;
                }
                if !self.is_cut(i, p, j, q) {
                    return Some(Meeting::Clash);
                }
                meeting = Some(Meeting::Cut);
            }
        }
        meeting
    }

    /// Whether a number of line `i` may go on in line `j`: it fills its column, and the second half
    /// is short.
    fn is_cut(&self, i: usize, p: &Piece, j: usize, q: &Piece) -> bool {
        let (first, second) = (self.text(i, p), self.text(j, q));
        let finished = self.facts[i].finished_by == Some(j);
        // A sign by itself stands over its number.
        finished && (finishes(first, second) || first == "-" && is_value(second))
            || j <= i + 2 && self.is_sign(i, p, q)
            || j == i + 1
                && p.to >= self.edges[p.first]
                && first.ends_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',')
                && second.len() < first.len()
                && second.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',')
                && second.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-'))
    }

    /// Whether a dash is the sign of a number below it: it is the only value of its line where rows
    /// have several, and stands at the left of its column.
    fn is_sign(&self, i: usize, p: &Piece, number: &Piece) -> bool {
        let values = self.pieces[i].iter().filter(|p| self.kinds[p.first] == Kind::Values);
        let columns = self.kinds.iter().filter(|kind| **kind == Kind::Values).count();
        columns >= 2
            && 2 * p.to <= number.from + number.to
            && self.text(i, p) == "-"
            && values.count() == 1
    }

    /// The line, at most [`APART`] further down, that finishes a number of line `i`.
    pub(super) fn finishing(&self, i: usize) -> Option<usize> {
        let values = self.pieces[i].iter().filter(|p| p.first == p.last);
        let values = values.filter(|p| self.kinds[p.first] == Kind::Values);
        values.filter(|p| lacks(self.text(i, p)).is_some()).find_map(|p| {
            let mut below = i + 1..(i + 1 + APART).min(self.pieces.len());
            let next = |j: &usize| self.pieces[*j].iter().find(|q| q.first == p.first);
            let (j, q) = below.find_map(|j| Some((j, next(&j)?)))?;
            finishes(self.text(i, p), self.text(j, q)).then_some(j)
        })
    }
}

/// How many lines further down the rest of a number stands: cells set in the middle of a row stand
/// between the lines of others.
const APART: usize = 3;

/// How many digits the last group of a number in groups lacks: `9.992.176.7` two.
fn lacks(text: &str) -> Option<usize> {
    // Most numbers are whole, and most texts are no numbers.
    let bytes = text.as_bytes();
    let last = bytes.iter().rev().take_while(|b| b.is_ascii_digit()).take(3).count();
    if last == 3 || bytes.iter().rev().nth(last) != Some(&b'.') {
        return None;
    }
    let mut groups = text[..text.len() - last - 1].split('.');
    let whole = |group: &str| (1..=3).contains(&group.len()) && is_digits(group);
    let count = groups.clone().count();
    let lacking = 3 - last;
    (groups.all(whole) && (count > 1 || lacking == 3)).then_some(lacking)
}

/// Whether the second number finishes the first one's groups.
pub(in crate::text::aligned) fn finishes(first: &str, second: &str) -> bool {
    let head = second.split(['.', ',']).next().unwrap_or("");
    lacks(first) == Some(head.len()) && is_digits(head)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

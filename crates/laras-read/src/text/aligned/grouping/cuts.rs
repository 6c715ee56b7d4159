//! Lines with values in one column: rows of their own, or one value that a wrap has cut in two.

use super::super::Piece;
use super::super::kinds::{Kind, is_value};
use super::{Lines, TALLEST};

impl Lines<'_> {
    /// Pairs of lines with values in one column: those that cannot be one row, and those where a
    /// wrap has cut one number in two.
    pub(super) fn clashes(&self, valued: &[usize], end: usize) -> (u64, u64) {
        valued.iter().fold((0, 0), |sum, i| {
            let (clashes, cuts) = self.clashes[*i][end - 1 - i];
            (sum.0 + u64::from(clashes), sum.1 + u64::from(cuts))
        })
    }

    /// The clashes and cuts of a line with those below it, summed up to each of them.
    pub(super) fn clashes_below(&self, i: usize) -> [(u8, u8); TALLEST] {
        let mut below = [(0, 0); TALLEST];
        if !self.has_value[i] {
            return below;
        }
        for j in i + 1..self.strips.len().min(i + TALLEST) {
            below[j - i] = below[j - i - 1];
            if !self.has_value[j] {
                continue;
            }
            let mut pairs = self.pieces[i].iter().flat_map(|p| {
                let values = self.kinds[p.first] == Kind::Values;
                // A word below a value is its unit, which the column wrapped.
                let states = move |q: &&Piece| {
                    let text = self.text(j, q);
                    text != "%" && !text.starts_with(char::is_lowercase)
                };
                self.pieces[j]
                    .iter()
                    .filter(move |q| values && q.first == p.first)
                    .filter(states)
                    .map(move |q| (p, q))
            });
            let Some(first) = pairs.next() else { continue };
            if std::iter::once(first).chain(pairs).all(|(p, q)| self.is_cut(i, p, j, q)) {
                below[j - i].1 += 1;
            } else {
                below[j - i].0 += 1;
            }
        }
        below
    }

    /// Whether a number of line `i` may go on in line `j`: it fills its column, and the second half
    /// is short.
    fn is_cut(&self, i: usize, p: &Piece, j: usize, q: &Piece) -> bool {
        let (first, second) = (self.text(i, p), self.text(j, q));
        let finished = self.finished_by[i] == Some(j);
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
    let mut groups = text.rsplit('.');
    let last = groups.next()?;
    let whole = |group: &str| (1..=3).contains(&group.len()) && is_digits(group);
    let count = text.matches('.').count();
    (count > 0 && last.len() < 3 && (last.is_empty() || is_digits(last)) && groups.all(whole))
        .then(|| 3 - last.len())
        .filter(|lacking| count > 1 || *lacking == 3)
}

/// Whether the second number finishes the first one's groups.
pub(in crate::text::aligned) fn finishes(first: &str, second: &str) -> bool {
    let head = second.split(['.', ',']).next().unwrap_or("");
    lacks(first) == Some(head.len()) && is_digits(head)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

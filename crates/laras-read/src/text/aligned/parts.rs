//! Cuts a region where its columns change.
//!
//! Pages without form feeds follow each other after a blank line, and each page may have columns of
//! its own; read together, the columns of one would close the gutters of the other.

use std::ops::Range;

use super::Strip;
use super::columns::{covered, is_row};

/// Fewest pieces of a line that tells something of the columns.
const TELLING: usize = 4;
/// Rows above and below a blank line that are compared.
const COMPARED: usize = 40;

/// The parts of a region whose lines have their columns in common. They meet at blank lines only.
pub(super) fn parts(strips: &[Strip<'_>]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for at in (1..strips.len()).filter(|i| strips[*i].blank_above > 0) {
        let end =
            (at + 1..strips.len()).find(|i| strips[*i].blank_above > 0).unwrap_or(strips.len());
        let above = telling(strips[start..at].iter().rev());
        let below = telling(strips[at..end].iter());
        if closes_gutters(&above, &below) {
            parts.push(start..at);
            start = at;
        }
    }
    parts.push(start..strips.len());
    parts
}

/// The rows with most pieces among those that come first.
fn telling<'a, 't: 'a>(strips: impl Iterator<Item = &'a Strip<'t>>) -> Vec<&'a Strip<'t>> {
    let rows: Vec<&Strip<'_>> =
        strips.filter(|s| s.segments.len() >= TELLING && is_row(s)).take(COMPARED).collect();
    let most = rows.iter().map(|s| s.segments.len()).max().unwrap_or(0);
    rows.into_iter().filter(|s| s.segments.len() * 5 >= most * 4).collect()
}

/// Whether the lines of one side run together in the columns of both: two pieces of a line, and a
/// tenth of them, for a long name alone closes one gutter.
fn closes_gutters(above: &[&Strip<'_>], below: &[&Strip<'_>]) -> bool {
    if above.is_empty() || below.is_empty() {
        return false;
    }
    let both: Vec<&Strip<'_>> = above.iter().chain(below).copied().collect();
    let together = covered(&both, 0);
    [above, below].into_iter().any(|side| {
        let closed = lost(&together, side).saturating_sub(lost(&covered(side, 0), side));
        let pieces: usize = side.iter().map(|s| s.segments.len()).sum();
        closed >= 2 * side.len() && closed * 10 >= pieces
    })
}

/// How many pieces share a column with another piece of their line.
fn lost(extents: &[(usize, usize)], strips: &[&Strip<'_>]) -> usize {
    let used = |strip: &Strip<'_>| {
        extents.iter().filter(|e| strip.segments.iter().any(|s| s.from < e.1 && e.0 < s.to)).count()
    };
    strips.iter().map(|s| s.segments.len().saturating_sub(used(s))).sum()
}

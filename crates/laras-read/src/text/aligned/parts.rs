//! Cuts a region where its columns change.
//!
//! Pages without form feeds follow each other after a blank line, and each page may have columns of
//! its own; read together, the columns of one would close the gutters of the other.

use std::ops::Range;

use super::columns::{covered, is_row};
use super::kinds::{is_value, is_year};
use super::segment::Strip;

/// Fewest pieces of a line that tells something of the columns.
const TELLING: usize = 4;
/// The same below a line that looks like heads.
const TELLING_HEADED: usize = 3;
/// Lines above and below a blank line that are compared.
const REACH: usize = 100;

/// The parts of a region whose lines have their columns in common. They meet at blank lines only.
pub(super) fn parts(strips: &[Strip<'_>]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let rows: Vec<bool> =
        strips.iter().map(|s| s.segments.len() >= TELLING_HEADED && is_row(s)).collect();
    let of = |range: Range<usize>, fewest: usize| {
        range.filter(|i| rows[*i]).map(|i| &strips[i]).filter(move |s| s.segments.len() >= fewest)
    };
    let mut start = 0;
    for at in (1..strips.len()).filter(|i| strips[*i].blank_above > 0) {
        // Heads may have all below them, where blank lines part the rows.
        let headed = is_head(&strips[at]);
        let next_blank = || (at + 1..strips.len()).find(|i| strips[*i].blank_above > 0);
        let end = if headed { None } else { next_blank() }.unwrap_or(strips.len());
        let fewest = if headed { TELLING_HEADED } else { TELLING };
        let above = telling(of(at.saturating_sub(REACH).max(start)..at, fewest));
        let below = telling(of(at..end.min(at + REACH), fewest));
        if closes_gutters(&above, &below, headed) {
            parts.push(start..at);
            start = at;
        }
    }
    parts.push(start..strips.len());
    parts
}

/// Whether a line can be the heads of a table: several texts and no value.
fn is_head(strip: &Strip<'_>) -> bool {
    strip.segments.len() >= TELLING_HEADED
        && strip.segments.iter().all(|s| {
            let text = strip.text(s);
            text.starts_with(char::is_uppercase) && (!is_value(text) || is_year(text))
        })
}

/// The rows with most pieces.
fn telling<'a, 't: 'a>(rows: impl Iterator<Item = &'a Strip<'t>>) -> Vec<&'a Strip<'t>> {
    let rows: Vec<&Strip<'_>> = rows.collect();
    let most = rows.iter().map(|s| s.segments.len()).max().unwrap_or(0);
    rows.into_iter().filter(|s| s.segments.len() * 5 >= most * 4).collect()
}

/// Whether the lines of one side run together in the columns of both: two pieces of a line, and a
/// tenth of them, for a long name alone closes one gutter. Below a line of heads one piece of each
/// line of both sides says the same.
fn closes_gutters(above: &[&Strip<'_>], below: &[&Strip<'_>], headed: bool) -> bool {
    if above.is_empty() || below.is_empty() {
        return false;
    }
    let both: Vec<&Strip<'_>> = above.iter().chain(below).copied().collect();
    let together = covered(&both, 0);
    // Those that run together in the columns of their own side are not counted; most sides have too
    // few even with them.
    let closes = |side: &[&Strip<'_>], fewest: usize| {
        let all = lost(&together, side);
        all >= fewest && all - lost(&covered(side, 0), side).min(all) >= fewest
    };
    let sides = [above, below];
    headed && sides.iter().all(|side| closes(side, side.len()))
        || sides.iter().any(|side| {
            let pieces: usize = side.iter().map(|s| s.segments.len()).sum();
            closes(side, (2 * side.len()).max(pieces.div_ceil(10)))
        })
}

/// How many pieces share a column with another piece of their line.
fn lost(extents: &[(usize, usize)], strips: &[&Strip<'_>]) -> usize {
    // Both are in order from left to right.
    let used = |strip: &Strip<'_>| {
        let mut segments = strip.segments.iter().peekable();
        let hit = |e: &&(usize, usize)| {
            while segments.next_if(|s| s.to <= e.0).is_some() {}
            segments.peek().is_some_and(|s| s.from < e.1)
        };
        extents.iter().filter(hit).count()
    };
    strips.iter().map(|s| s.segments.len().saturating_sub(used(s))).sum()
}

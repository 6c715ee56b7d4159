//! Headers that return in the body, where a page ended.

use std::ops::Range;

use super::segment::Strip;

/// Fewest pieces of a line that is known again by itself.
const TELLING: usize = 3;

/// The lines of the body that are the header's again, as runs of neighbours.
pub(super) fn headers(strips: &[Strip<'_>], body: usize) -> Vec<Range<usize>> {
    let is_head = |i: usize| strips[..body].iter().any(|head| are_same(head, &strips[i]));
    let mut runs = Vec::new();
    let mut i = body;
    while i < strips.len() {
        let from = i;
        while i < strips.len() && is_head(i) {
            i += 1;
        }
        if (from..i).any(|line| strips[line].segments.len() >= TELLING) {
            runs.push(from..i);
        }
        i = i.max(from + 1);
    }
    runs
}

/// Whether two lines have the same words, whatever stands between them.
fn are_same(head: &Strip<'_>, line: &Strip<'_>) -> bool {
    let first = |strip: &Strip<'_>| strip.line.trimmed().bytes().next();
    // Most lines show by their first letter that they are not.
    first(head) == first(line)
        && head.line.raw.split_whitespace().eq(line.line.raw.split_whitespace())
}

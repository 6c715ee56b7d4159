//! Headers that return in the body, where a page ended.

use std::collections::BTreeSet;
use std::ops::Range;

use super::segment::Strip;

/// Fewest pieces of a line that is known again by itself.
const TELLING: usize = 3;

/// The lines of the body that are the header's again, as runs of neighbours.
pub(super) fn headers(strips: &[Strip<'_>], body: usize) -> Vec<Range<usize>> {
    let heads: BTreeSet<String> = strips[..body].iter().map(text).collect();
    let is_head = |i: usize| heads.contains(&text(&strips[i]));
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

/// The words of a line, whatever stands between them.
fn text(strip: &Strip<'_>) -> String {
    strip.line.raw.split_whitespace().collect::<Vec<_>>().join(" ")
}

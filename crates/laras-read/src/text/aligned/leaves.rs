//! Lowest heads that touch, parted as the columns of the body stand below them:
//! `Realisas Tingkat` over `9 Laporan    75,00`.
//!
//! From the lowest line of a header up, a head over several columns that have no heads of their own
//! below is as many heads as there are columns, if a space of it lies between each two of them. So
//! is a head whose parts stand in the middle of heads that were parted below it. What stands in the
//! middle of all its columns may be one head over them, and stays whole unless another line shows a
//! gap at the same place.

use super::grid::Grid;
use super::header::OFF_CENTRE;
use super::segment::{Segment, Strip};

/// How far beside the gutter a head may end, in characters.
const SLACK: usize = 3;

/// Parts the heads of the lines of a header.
pub(super) fn part(strips: &mut [Strip<'_>], grid: &Grid) {
    // Whether the next line with a head in the column to the left of a gutter was parted there.
    let mut parted = vec![false; grid.len()];
    for line in (0..strips.len()).rev() {
        let mut at = 0;
        while at < strips[line].segments.len() {
            let segment = strips[line].segments[at];
            let (first, last) = grid.touched(&segment);
            match parts(strips, line, segment, grid, &parted) {
                Some(parts) => {
                    parted[first..last].fill(true);
                    let count = parts.len();
                    strips[line].segments.splice(at..=at, parts);
                    at += count;
                }
                None => {
                    parted[first..last].fill(false);
                    at += 1;
                }
            }
        }
    }
}

/// The parts of a head, one for each column it stands over.
fn parts(
    strips: &[Strip<'_>],
    line: usize,
    segment: Segment,
    grid: &Grid,
    parted: &[bool],
) -> Option<Vec<Segment>> {
    let (first, last) = grid.touched(&segment);
    if first == last {
        return None;
    }
    let below: Vec<Option<Segment>> =
        (first..=last).map(|column| below(strips, line, column, grid)).collect();
    let single = |s: &Segment| {
        let (first, last) = grid.touched(s);
        first == last
    };
    if below.iter().flatten().any(|s| !single(s)) {
        return None;
    }
    let bare = below.iter().all(Option::is_none);
    let shown = (first..last).all(|gutter| parted[gutter]);
    let gapped = (first..last).all(|gutter| has_gap(strips, line, gutter, grid));
    let centred = grid.centre2(first, last).abs_diff(segment.from + segment.to) <= 2 * OFF_CENTRE;
    if !(shown || bare && (gapped || !centred)) {
        return None;
    }
    let text = strips[line].text(&segment);
    let mut found: Vec<Segment> = Vec::with_capacity(last - first + 1);
    let mut rest = segment;
    for gutter in first..last {
        let (low, high) = (grid.extent(gutter).1, grid.extent(gutter + 1).0);
        let spaces = text.char_indices().enumerate().filter_map(|(at, (byte, c))| {
            let x = segment.from + at;
            let near = x + SLACK >= low && x <= high + SLACK && x > rest.from;
            (c == ' ' && near).then_some((x, segment.bytes.0 + byte))
        });
        let (x, byte) = spaces.min_by_key(|(x, _)| (2 * x + 1).abs_diff(low + high))?;
        found.push(Segment { from: rest.from, to: x, bytes: (rest.bytes.0, byte) });
        rest = Segment { from: x + 1, bytes: (byte + 1, rest.bytes.1), ..rest };
    }
    found.push(rest);
    let fits = |(at, part): (usize, &Segment)| {
        let (from, to) = grid.extent(first + at);
        match below[at] {
            Some(head) => (head.from + head.to).abs_diff(part.from + part.to) <= OFF_CENTRE,
            None => part.from < to && from < part.to,
        }
    };
    found.iter().enumerate().all(fits).then_some(found)
}

/// The next head below a line in a column.
fn below(strips: &[Strip<'_>], line: usize, column: usize, grid: &Grid) -> Option<Segment> {
    strips[line + 1..].iter().flat_map(|s| &s.segments).copied().find(|s| {
        let (first, last) = grid.touched(s);
        first <= column && column <= last
    })
}

/// Whether another line has a head on either side of a gutter and none over it.
fn has_gap(strips: &[Strip<'_>], line: usize, gutter: usize, grid: &Grid) -> bool {
    strips.iter().enumerate().filter(|(i, _)| *i != line).any(|(_, strip)| {
        let ends =
            |column: usize| strip.segments.iter().any(|s| grid.touched(s) == (column, column));
        ends(gutter) && ends(gutter + 1)
    })
}

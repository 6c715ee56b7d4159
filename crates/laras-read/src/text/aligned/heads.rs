//! Heads that touch: `Indikator Kinerja Target Kinerja` over `Program        Capaian`.
//!
//! Heads of several lines are set in the middle of their column or at its left. A line of a header
//! whose words run on is parted where its parts stand as the heads right above or below do.

use super::columns::is_row;
use super::header::OFF_CENTRE;
use super::numbers::column_numbers;
use super::segment::{Segment, Strip};

/// How many lines up and down a head is compared with: heads set in the middle of their height
/// stand between the lines of others.
const REACH: usize = 2;

/// Parts the lines of a header.
pub(super) fn part(strips: &mut [Strip<'_>]) {
    let heads = column_numbers(strips).map(|numbers| numbers.start);
    let heads = heads.or_else(|| strips.iter().position(is_row)).unwrap_or(0);
    let down = 0..heads;
    let up = (0..heads).rev();
    for line in down.chain(up) {
        let near = line.saturating_sub(REACH)..(line + REACH + 1).min(heads);
        for other in near.filter(|other| *other != line) {
            part_line(strips, line, other);
        }
    }
}

/// Parts the segments of a line as those of another stand.
fn part_line(strips: &mut [Strip<'_>], line: usize, other: usize) {
    let mut at = 0;
    while at < strips[line].segments.len() {
        let segment = strips[line].segments[at];
        let over = strips[other].segments.iter();
        let mut over = over.filter(|s| s.from < segment.to && segment.from < s.to).copied();
        // Most heads stand over one other, if any.
        let found = over.next().zip(over.next()).and_then(|(first, second)| {
            let beside: Vec<Segment> = [first, second].into_iter().chain(over).collect();
            parts(strips[line].text(&segment), segment, &beside)
        });
        match found {
            Some(parts) => {
                let count = parts.len();
                strips[line].segments.splice(at..=at, parts);
                at += count;
            }
            None => at += 1,
        }
    }
}

/// The parts of a segment that stand as the heads do, each over or under one of them.
fn parts(text: &str, segment: Segment, heads: &[Segment]) -> Option<Vec<Segment>> {
    let mut parts: Vec<Segment> = Vec::with_capacity(heads.len());
    let mut rest = segment;
    for (left, right) in heads.iter().zip(&heads[1..]) {
        // Of the spaces between the middles of two heads, the one that fits the left one best.
        let spaces = text.char_indices().enumerate().filter_map(|(at, (byte, c))| {
            let x = segment.from + at;
            let between = 2 * x > left.from + left.to && 2 * x < right.from + right.to;
            (c == ' ' && between && x > rest.from).then_some((x, segment.bytes.0 + byte))
        });
        let (x, byte) = spaces.min_by_key(|(x, _)| off(left, rest.from, *x))?;
        parts.push(Segment { from: rest.from, to: x, bytes: (rest.bytes.0, byte) });
        rest = Segment { from: x + 1, to: rest.to, bytes: (byte + 1, rest.bytes.1) };
    }
    parts.push(rest);
    let fits = |(part, head): (&Segment, &Segment)| off(head, part.from, part.to) <= OFF_CENTRE;
    // `Target Renstra` over `2021  2022` is one head over two columns; its words stand over them by
    // chance.
    let several = |part: &Segment| {
        let from = part.bytes.0 - segment.bytes.0;
        text.get(from..part.bytes.1 - segment.bytes.0).is_some_and(|part| part.contains(' '))
    };
    let enough = parts.iter().all(several);
    (enough && parts.iter().zip(heads).all(fits)).then_some(parts)
}

/// How far a part stands from the middle or the left of a head, in half characters.
fn off(head: &Segment, from: usize, to: usize) -> usize {
    (head.from + head.to).abs_diff(from + to)
}

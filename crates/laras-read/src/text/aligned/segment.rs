//! Lines cut at their wide gaps.

use std::sync::LazyLock;

use super::super::lines::{Line, is_space};
use super::super::shape::Shape;
use super::numbers;

/// A stretch of a line between gaps, in characters and bytes of the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Segment {
    /// First character.
    pub(super) from: usize,
    /// Character after the last.
    pub(super) to: usize,
    /// The same in bytes.
    pub(super) bytes: (usize, usize),
}

/// A line of a region and its segments.
#[derive(Debug)]
pub(super) struct Strip<'t> {
    pub(super) line: Line<'t>,
    pub(super) segments: Vec<Segment>,
    /// Blank lines above it within the region.
    pub(super) blank_above: usize,
}

impl Strip<'_> {
    pub(super) fn text(&self, segment: &Segment) -> &str {
        self.line.raw.get(segment.bytes.0..segment.bytes.1).unwrap_or("")
    }

    /// The stretches between spaces, in characters.
    pub(super) fn words(&self) -> impl Iterator<Item = (usize, usize)> {
        let mut words = Vec::with_capacity(16);
        for s in &self.segments {
            runs(self.text(s), |run| words.push((s.from + run.from, s.from + run.to)));
        }
        words.into_iter()
    }
}

/// The lines of a region, cut at their gaps.
pub(super) fn strips<'t>(
    lines: &[Line<'t>],
    shapes: &[Shape],
    range: std::ops::Range<usize>,
) -> Vec<Strip<'t>> {
    let mut strips = Vec::with_capacity(range.len());
    let mut blank_above = 0;
    for i in range {
        if shapes[i] == Shape::Prose {
            let found = segments(lines[i].raw);
            let segments = numbers::parted(lines[i].raw, &found).unwrap_or(found);
            strips.push(Strip { line: lines[i], segments, blank_above });
            blank_above = 0;
        } else {
            blank_above += 1;
        }
    }
    strips
}

/// The runs of a line without white space, first to last.
pub(super) fn runs(raw: &str, mut found: impl FnMut(Segment)) {
    if raw.is_ascii() {
        // A character is a byte.
        let bytes = raw.as_bytes();
        let is_space = |b: &u8| matches!(b, b' ' | b'\t'..=b'\r');
        let mut to = 0;
        while let Some(gap) = bytes[to..].iter().position(|b| !is_space(b)) {
            let from = to + gap;
            to = bytes[from..].iter().position(is_space).map_or(bytes.len(), |run| from + run);
            found(Segment { from, to, bytes: (from, to) });
        }
        return;
    }
    let mut run: Option<Segment> = None;
    for (at, (byte, c)) in raw.char_indices().enumerate() {
        if is_space(c) {
            run.take().into_iter().for_each(&mut found);
            continue;
        }
        let run = run.get_or_insert(Segment { from: at, to: at, bytes: (byte, byte) });
        (run.to, run.bytes.1) = (at + 1, byte + c.len_utf8());
    }
    run.into_iter().for_each(found);
}

/// The stretches of a line between gaps of two or more spaces. A currency mark stays with the number
/// that stands at the other side of its column.
pub(super) fn segments(raw: &str) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::with_capacity(8);
    let text = |s: &Segment| raw.get(s.bytes.0..s.bytes.1).unwrap_or("");
    runs(raw, |run| {
        let starts_number =
            text(&run).starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '('));
        match segments.last_mut() {
            Some(last)
                if run.from - last.to < 2
                    || starts_number
                        && run.from - last.to < WIDEST_AMOUNT
                        && is_currency(text(last)) =>
            {
                (last.to, last.bytes.1) = (run.to, run.bytes.1);
            }
            _ => segments.push(run),
        }
    });
    segments
}

/// Widest gap between a currency mark and its number, in characters.
const WIDEST_AMOUNT: usize = 24;

static MARKS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../../../data/currency-marks.tsv").lines().skip(1).collect());

/// Whether a text is a mark of rupiah by itself.
pub(super) fn is_currency(text: &str) -> bool {
    MARKS.contains(&text)
}

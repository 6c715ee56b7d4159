//! Lines cut at their wide gaps.

use std::sync::LazyLock;

use super::super::lines::{Line, is_space, skip_spaces};
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
    /// Its words: the runs without white space, first to last.
    pub(super) words: Vec<Segment>,
    pub(super) segments: Vec<Segment>,
    /// Blank lines above it within the region.
    pub(super) blank_above: usize,
    /// Whether a page ends above it.
    pub(super) page_above: bool,
}

impl Strip<'_> {
    pub(super) fn text(&self, segment: &Segment) -> &str {
        self.line.raw.get(segment.bytes.0..segment.bytes.1).unwrap_or("")
    }

    /// Where its words stand, in characters.
    pub(super) fn words(&self) -> impl Iterator<Item = (usize, usize)> {
        self.words.iter().map(|word| (word.from, word.to))
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
    let mut page_above = false;
    for i in range {
        page_above |= i > 0 && lines[i - 1].page != lines[i].page;
        if shapes[i] == Shape::Prose {
            let words = words(&lines[i]);
            let found = joined(lines[i].raw, &words);
            let segments = numbers::parted(lines[i].raw, &found).unwrap_or(found);
            strips.push(Strip { line: lines[i], words, segments, blank_above, page_above });
            (blank_above, page_above) = (0, false);
        } else {
            blank_above += 1;
            page_above |= shapes[i].is_furniture();
        }
    }
    strips
}

/// The runs of a line without white space, first to last.
fn words(line: &Line<'_>) -> Vec<Segment> {
    let mut words: Vec<Segment> = Vec::with_capacity(line.tokens as usize);
    if line.is_ascii {
        // A character is a byte.
        let bytes = line.raw.as_bytes();
        let is_space = |b: &u8| matches!(b, b' ' | b'\t'..=b'\r');
        let mut to = 0;
        loop {
            to = skip_spaces(bytes, to);
            let Some(gap) = bytes[to..].iter().position(|b| !is_space(b)) else { break };
            let from = to + gap;
            to = bytes[from..].iter().position(is_space).map_or(bytes.len(), |run| from + run);
            words.push(Segment { from, to, bytes: (from, to) });
        }
        return words;
    }
    let mut inside = false;
    for (at, (byte, c)) in line.raw.char_indices().enumerate() {
        let is_space = is_space(c);
        if !is_space && !inside {
            words.push(Segment { from: at, to: at, bytes: (byte, byte) });
        }
        inside = !is_space;
        if let Some(word) = words.last_mut().filter(|_| inside) {
            (word.to, word.bytes.1) = (at + 1, byte + c.len_utf8());
        }
    }
    words
}

/// The stretches of a line between gaps of two or more spaces.
pub(super) fn segments(line: &Line<'_>) -> Vec<Segment> {
    joined(line.raw, &words(line))
}

/// The words of a line with those that only one space parts as one. A currency mark stays with the
/// number that stands at the other side of its column.
fn joined(raw: &str, words: &[Segment]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::with_capacity(8);
    let text = |s: &Segment| raw.get(s.bytes.0..s.bytes.1).unwrap_or("");
    for word in words {
        let starts_number =
            || matches!(raw.as_bytes().get(word.bytes.0), Some(b'0'..=b'9' | b'-' | b'('));
        match segments.last_mut() {
            Some(last)
                if word.from - last.to < 2
                    || word.from - last.to < WIDEST_AMOUNT
                        && starts_number()
                        && is_currency(text(last)) =>
            {
                (last.to, last.bytes.1) = (word.to, word.bytes.1);
            }
            _ => segments.push(*word),
        }
    }
    segments
}

/// Widest gap between a currency mark and its number, in characters.
const WIDEST_AMOUNT: usize = 24;

/// Longest currency mark, in bytes.
pub(super) const LONGEST_MARK: usize = 4;

static MARKS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../../../data/currency-marks.tsv").lines().skip(1).collect());

/// Whether a text is a mark of rupiah by itself.
pub(super) fn is_currency(text: &str) -> bool {
    text.len() <= LONGEST_MARK && MARKS.contains(&text)
}

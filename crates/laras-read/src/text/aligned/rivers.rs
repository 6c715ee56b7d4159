//! Gutters that most lines leave free.
//!
//! Two kinds of evidence add up over the lines: hardly a *word* stands in a gutter, and most lines
//! have a gap there, not only the space between two words of one text.

use super::segment::Strip;

/// Share of the lines, in percent, that may have a word in a gutter.
const CROSSING: usize = 5;
/// Share of the lines, in percent, whose text may run on over a gutter with a space in it.
const RUNNING_ON: usize = 60;

/// The stretches between the gutters, in characters.
pub(super) fn between(voters: &[&Strip<'_>]) -> Vec<(usize, usize)> {
    let width = voters.iter().flat_map(|s| &s.segments).map(|s| s.to).max().unwrap_or(0);
    let (mut words, mut texts) = (Cover::new(width), Cover::new(width));
    let mut lines = Cover::new(width);
    for strip in voters {
        for (from, to) in strip.words() {
            words.add(from, to);
        }
        for segment in &strip.segments {
            texts.add(segment.from, segment.to);
        }
        if let (Some(first), Some(last)) = (strip.segments.first(), strip.segments.last()) {
            lines.add(first.from, last.to);
        }
    }
    let mut extents: Vec<(usize, usize)> = Vec::new();
    let mut inside = false;
    for x in 0..=width {
        let all = lines.at(x);
        let now = words.at(x) * 100 > all * CROSSING || texts.at(x) * 100 > all * RUNNING_ON;
        match extents.last_mut() {
            Some(last) if inside && now => last.1 = x + 1,
            _ if now => extents.push((x, x + 1)),
            _ => {}
        }
        inside = now;
        words.step(x);
        texts.step(x);
        lines.step(x);
    }
    joined(extents, voters)
}

/// Joins stretches that are one column: more texts run from one into the other than stand in either
/// alone, as the signs of `100 %` do under longer cells.
fn joined(extents: Vec<(usize, usize)>, voters: &[&Strip<'_>]) -> Vec<(usize, usize)> {
    let mut alone = vec![0_usize; extents.len()];
    let mut over = vec![0_usize; extents.len()];
    for segment in voters.iter().flat_map(|s| &s.segments) {
        let first = extents.partition_point(|e| e.1 <= segment.from);
        let last = extents.partition_point(|e| e.0 < segment.to).saturating_sub(1);
        if first == last {
            alone[first] += 1;
        }
        for gutter in over.iter_mut().take(last).skip(first) {
            *gutter += 1;
        }
    }
    let mut joined: Vec<(usize, usize)> = Vec::new();
    let mut before = 0;
    for (at, extent) in extents.into_iter().enumerate() {
        let crossing = at.checked_sub(1).map_or(0, |gutter| over[gutter]);
        match joined.last_mut() {
            Some(last) if crossing > before.min(alone[at]) => {
                last.1 = extent.1;
                before += alone[at] + crossing;
            }
            _ => {
                joined.push(extent);
                before = alone[at];
            }
        }
    }
    joined
}

/// How many of some stretches cover a place, from left to right.
struct Cover {
    change: Vec<i32>,
    depth: i32,
}

impl Cover {
    fn new(width: usize) -> Self {
        Self { change: vec![0; width + 1], depth: 0 }
    }

    fn add(&mut self, from: usize, to: usize) {
        self.change[from] += 1;
        self.change[to] -= 1;
    }

    /// The depth at `x`, before [`Self::step`] is called for it.
    fn at(&self, x: usize) -> usize {
        (self.depth + self.change[x]).max(0) as usize
    }

    fn step(&mut self, x: usize) {
        self.depth += self.change[x];
    }
}

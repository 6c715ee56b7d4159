//! From drawn lines to long segments: pieces joined, doubles merged, dashes closed.

use laras_model::Bbox;

use super::geometry::Area;
use super::page::{Fill, Rule};

/// A straight line after joining: `at` across its direction, `from`–`to` along it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// y of a horizontal segment, x of a vertical one.
    pub at: f32,
    /// Where it begins.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
}

/// Pieces closer than this along their direction are one line; borders are drawn cell by cell.
const GAP: f32 = 3.0;
/// Dashes are short and regular: gaps up to this length are closed between short pieces.
const DASH_GAP: f32 = 7.0;
/// Pieces closer than this across their direction are one line.
const SAME: f32 = 1.0;
/// Lines brighter than this cannot be seen on paper.
const INVISIBLE: u8 = 240;

/// Joins the rules of one direction into segments, sorted by `at`, then `from`.
pub fn segments(rules: &[Rule], horizontal: bool) -> Vec<Segment> {
    let mut pieces: Vec<Segment> = rules
        .iter()
        .filter(|rule| rule.horizontal == horizontal && rule.light <= INVISIBLE)
        .map(|rule| {
            let (from, to) = rule.span();
            Segment { at: rule.at(), from, to }
        })
        .collect();
    pieces.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut joined = Vec::new();
    let mut rest = pieces.as_mut_slice();
    while let Some(first) = rest.first() {
        let limit = first.at + SAME;
        let count = rest.iter().take_while(|piece| piece.at <= limit).count();
        let (level, after) = std::mem::take(&mut rest).split_at_mut(count);
        rest = after;
        level.sort_by(|a, b| a.from.total_cmp(&b.from));
        join_level(level, &mut joined);
    }
    joined
}

/// Joins the pieces of one level, which are sorted by where they begin.
fn join_level(level: &[Segment], joined: &mut Vec<Segment>) {
    let Some((first, others)) = level.split_first() else { return };
    let mut now = *first;
    let mut last_length = first.to - first.from;
    for piece in others {
        let length = piece.to - piece.from;
        let dashed = length < 12.0 && last_length < 12.0;
        if piece.from <= now.to + if dashed { DASH_GAP } else { GAP } {
            now.to = now.to.max(piece.to);
        } else {
            joined.push(now);
            now = *piece;
        }
        last_length = length;
    }
    joined.push(now);
}

/// Adds the edges of filled areas that stand in the columns of a ruled table: where a head is
/// only shaded, the change of colour is its border.
pub fn add_fill_edges(fills: &[Fill], horizontal: &mut Vec<Segment>, vertical: &mut Vec<Segment>) {
    const NEAR: f32 = 3.0;
    if fills.len() > 1_500 {
        return;
    }
    let mut xs: Vec<f32> = vertical.iter().map(|segment| segment.at).collect();
    xs.sort_by(f32::total_cmp);
    let on_line = |x: f32| {
        let at = xs.partition_point(|line| *line < x - NEAR);
        xs.get(at).is_some_and(|line| *line <= x + NEAR)
    };
    let shaded: Vec<&Fill> = fills
        .iter()
        .filter(|fill| fill.rgb.iter().any(|part| *part < 245))
        .filter(|fill| fill.bbox.height() > 6.0 && fill.bbox.width() > 6.0)
        .filter(|fill| on_line(fill.bbox.x0) && on_line(fill.bbox.x1))
        .collect();
    // Later fills lie on top; where there is none the paper is white.
    let colour = |x: f32, y: f32| {
        fills.iter().rev().find(|fill| fill.bbox.holds(x, y)).map_or([255; 3], |fill| fill.rgb)
    };
    let differs = |a: [u8; 3], b: [u8; 3]| a.iter().zip(b).any(|(a, b)| a.abs_diff(b) > 12);
    for fill in &shaded {
        let area = fill.bbox;
        for y in [area.y0, area.y1] {
            // Shading is painted in pieces, line by line: only a change of colour is a border.
            let changes = [0.25, 0.5, 0.75]
                .into_iter()
                .map(|share| area.x0 + area.width() * share)
                .filter(|x| differs(colour(*x, y - 1.5), colour(*x, y + 1.5)))
                .count();
            if changes >= 2 {
                horizontal.push(Segment { at: y, from: area.x0, to: area.x1 });
            }
        }
        for x in [area.x0, area.x1] {
            vertical.push(Segment { at: x, from: area.y0, to: area.y1 });
        }
    }
    let order = |a: &Segment, b: &Segment| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from));
    horizontal.sort_by(order);
    vertical.sort_by(order);
}

/// The share of `from`–`to` that segments near `at` cover, from 0 to 1.
///
/// `segments` must be sorted by `at`.
pub fn coverage(segments: &[Segment], at: f32, tolerance: f32, from: f32, to: f32) -> f32 {
    let first = segments.partition_point(|segment| segment.at < at - tolerance);
    let mut spans: Vec<(f32, f32)> = segments[first..]
        .iter()
        .take_while(|segment| segment.at <= at + tolerance)
        .map(|segment| (segment.from.max(from), segment.to.min(to)))
        .filter(|(a, b)| b > a)
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut covered, mut reached) = (0.0, from);
    for (a, b) in spans {
        if b > reached {
            covered += b - a.max(reached);
            reached = b;
        }
    }
    if to > from { covered / (to - from) } else { 1.0 }
}

/// The extent of horizontal and vertical segments together.
pub fn extent(horizontal: &[Segment], vertical: &[Segment]) -> Bbox {
    let mut all = Bbox { x0: f32::MAX, y0: f32::MAX, x1: f32::MIN, y1: f32::MIN };
    for segment in horizontal {
        all.x0 = all.x0.min(segment.from);
        all.x1 = all.x1.max(segment.to);
        all.y0 = all.y0.min(segment.at);
        all.y1 = all.y1.max(segment.at);
    }
    for segment in vertical {
        all.y0 = all.y0.min(segment.from);
        all.y1 = all.y1.max(segment.to);
        all.x0 = all.x0.min(segment.at);
        all.x1 = all.x1.max(segment.at);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(y: f32, x0: f32, x1: f32) -> Rule {
        Rule { bbox: Bbox { x0, x1, y0: y - 0.25, y1: y + 0.25 }, horizontal: true, light: 0 }
    }

    #[test]
    fn borders_drawn_cell_by_cell_are_one_line() {
        let joined = segments(&[rule(10.0, 0.0, 50.0), rule(10.2, 50.5, 90.0)], true);
        assert_eq!(joined.len(), 1);
        assert_eq!((joined[0].from, joined[0].to), (0.0, 90.0));
    }

    #[test]
    fn dashes_are_closed_and_separate_lines_are_not() {
        let dashes: Vec<Rule> =
            (0..10).map(|i| rule(10.0, i as f32 * 9.0, i as f32 * 9.0 + 3.0)).collect();
        assert_eq!(segments(&dashes, true).len(), 1);
        assert_eq!(segments(&[rule(10.0, 0.0, 50.0), rule(10.0, 57.0, 90.0)], true).len(), 2);
    }

    #[test]
    fn coverage_counts_overlaps_once() {
        let lines = segments(&[rule(10.0, 0.0, 60.0), rule(11.5, 40.0, 80.0)], true);
        assert!((coverage(&lines, 10.5, 2.0, 0.0, 100.0) - 0.8).abs() < 1e-3);
    }
}

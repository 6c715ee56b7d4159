//! From glyphs to words: no space invented, none lost.
//!
//! Glyphs are taken in the order they are painted, in stretches that run on along one base line.
//! Inside a stretch a word ends where there is a visible gap: a space that the file paints is
//! believed if there is room for it, a gap without one must be wider, and in letter-spaced type
//! (`J U M L A H` set with wide tracking) wider than the tracking.

use laras_model::Bbox;

use super::geometry::{Area, Turn};
use super::page::{Artifact, Glyph, Page, Visibility};

/// A run of glyphs without a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// The characters.
    pub text: String,
    /// Around its glyphs.
    pub bbox: Bbox,
    /// Where its glyphs stand, across the writing direction: y for upright words.
    pub baseline: f32,
    /// Size of the type in points.
    pub size: f32,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is italic.
    pub italic: bool,
    /// Writing direction.
    pub turn: Turn,
    /// Brightness of the ink, 0 (black) to 255 (white).
    pub light: u8,
    /// Whether it is small and raised above the base line, as marks of footnotes are.
    pub raised: bool,
    /// Marked-content id.
    pub mcid: Option<u32>,
    /// What the file says it is, if not content.
    pub artifact: Artifact,
    /// Whether it can be seen.
    pub visibility: Visibility,
    /// Width of the gap to the previous word of the same stretch, in points; negative for none.
    pub gap: f32,
    /// Where the right edge of each character stands, along the writing direction, as points from
    /// the word's beginning; as many as there are characters.
    pub stops: Vec<f32>,
}

/// A gap without a painted space ends a word when it is wider than this share of the type size.
const BARE_GAP: f32 = 0.19;
/// A gap with a painted space ends a word when it is wider than this share of the type size.
const SPACE_GAP: f32 = 0.06;

/// Along and across the writing direction; across grows downwards as seen by the reader.
fn frame(turn: Turn, (x, y): (f32, f32)) -> (f32, f32) {
    match turn {
        Turn::Upright | Turn::Slanted => (x, y),
        Turn::Down => (y, -x),
        Turn::Over => (-x, -y),
        Turn::Up => (-y, x),
    }
}

/// Builds the words of a page in the order they are painted.
pub fn words(page: &Page) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(page.glyphs.len() / 5);
    let mut stretch: Vec<&Glyph> = Vec::new();
    for glyph in &page.glyphs {
        if let Some(last) = stretch.last() {
            if is_same_glyph_again(last, glyph) {
                continue;
            }
            if !runs_on(last, glyph) {
                split(page, &stretch, &mut words);
                stretch.clear();
            }
        }
        stretch.push(glyph);
    }
    split(page, &stretch, &mut words);
    drop_doubles(&mut words);
    words
}

/// Type made bold by painting it twice.
fn is_same_glyph_again(last: &Glyph, next: &Glyph) -> bool {
    last.text == next.text
        && last.text != ' '
        && last.turn == next.turn
        && (last.origin.0 - next.origin.0).hypot(last.origin.1 - next.origin.1)
            < (last.size * 0.12).min(last.advance * 0.5)
}

/// Whether a glyph goes on where the last one ended, on the same base line.
fn runs_on(last: &Glyph, next: &Glyph) -> bool {
    if last.turn != next.turn
        || last.artifact != next.artifact
        || last.visibility != next.visibility
        || last.size.max(next.size) > last.size.min(next.size) * 1.02
        || last.light.abs_diff(next.light) > 100
        || (last.mcid != next.mcid && (last.text == ' ' || next.text == ' '))
    {
        return false;
    }
    let size = last.size;
    if last.turn == Turn::Slanted {
        let distance =
            (last.origin.0 - next.origin.0).hypot(last.origin.1 - next.origin.1) - last.advance;
        return distance.abs() < size;
    }
    let (along, across) = frame(last.turn, last.origin);
    let (next_along, next_across) = frame(next.turn, next.origin);
    let gap = next_along - along - last.advance;
    (across - next_across).abs() < size * 0.1 && gap > -size * 0.5 && gap < size * 3.0
}

/// Gap in front of each printable glyph of a stretch, and whether a space is painted there.
struct Step {
    gap: f32,
    space: bool,
}

fn split(page: &Page, stretch: &[&Glyph], words: &mut Vec<Word>) {
    let mut printed: Vec<&Glyph> = Vec::with_capacity(stretch.len());
    let mut steps: Vec<Step> = Vec::with_capacity(stretch.len());
    let mut space = false;
    for &glyph in stretch {
        if glyph.text == ' ' {
            space = true;
            continue;
        }
        let gap = printed.last().map_or(0.0, |last: &&Glyph| {
            if glyph.turn == Turn::Slanted {
                (last.origin.0 - glyph.origin.0).hypot(last.origin.1 - glyph.origin.1)
                    - last.advance
            } else {
                frame(glyph.turn, glyph.origin).0 - frame(last.turn, last.origin).0 - last.advance
            }
        });
        printed.push(glyph);
        steps.push(Step { gap, space: std::mem::take(&mut space) });
    }
    let Some(first) = printed.first() else { return };
    let size = first.size;
    let tracking = tracking(&steps, size);
    let mut from = 0;
    for at in 1..=printed.len() {
        let ends = steps.get(at).is_none_or(|step| {
            let room = step.gap - tracking;
            room > size * if step.space { SPACE_GAP } else { BARE_GAP }
        });
        if ends {
            words.push(word(page, &printed[from..at], steps[from].gap));
            from = at;
        }
    }
}

/// The usual extra distance between the letters of a stretch: positive in letter-spaced type,
/// negative in condensed type, zero for ordinary type.
fn tracking(steps: &[Step], size: f32) -> f32 {
    let mut gaps: Vec<f32> =
        steps.iter().skip(1).filter(|step| !step.space).map(|step| step.gap).collect();
    if gaps.len() < 4 {
        return 0.0;
    }
    let middle = gaps.len() / 2;
    let (_, median, _) = gaps.select_nth_unstable_by(middle, f32::total_cmp);
    let median = *median;
    // Tracking is even; gaps between words and columns are not.
    let even = gaps.iter().filter(|gap| (**gap - median).abs() < size * 0.06).count();
    let wide = (size * 0.04..size * 0.6).contains(&median);
    let condensed = (-size * 0.25..-size * 0.02).contains(&median);
    if (wide || condensed) && even * 10 >= gaps.len() * 7 { median } else { 0.0 }
}

fn word(page: &Page, glyphs: &[&Glyph], gap: f32) -> Word {
    let first = glyphs[0];
    let mut bbox = first.bbox;
    let start = frame(first.turn, first.origin).0;
    let mut text = String::with_capacity(glyphs.len());
    let mut stops = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        bbox = bbox.union(&glyph.bbox);
        text.push(glyph.text);
        stops.push(frame(glyph.turn, glyph.origin).0 + glyph.advance - start);
    }
    let face = page.fonts.get(usize::from(first.font));
    Word {
        text,
        bbox,
        baseline: frame(first.turn, first.origin).1,
        size: first.size,
        bold: face.is_some_and(|face| face.bold),
        italic: face.is_some_and(|face| face.italic),
        turn: first.turn,
        light: first.light,
        raised: false,
        mcid: first.mcid,
        artifact: first.artifact,
        visibility: first.visibility,
        gap,
        stops,
    }
}

/// Removes words that are painted again at nearly the same place (type made bold by painting it
/// twice, an OCR layer under real text).
fn drop_doubles(words: &mut Vec<Word>) {
    // Words of one place share a cell of a coarse net; only those are compared.
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by(|&a, &b| {
        let (a, b) = (&words[a], &words[b]);
        a.text.cmp(&b.text).then(a.bbox.x0.total_cmp(&b.bbox.x0))
    });
    let mut doubled = vec![false; words.len()];
    for (index, &a) in order.iter().enumerate() {
        if doubled[a] {
            continue;
        }
        for &b in &order[index + 1..] {
            let (first, second) = (&words[a], &words[b]);
            if first.text != second.text || second.bbox.x0 - first.bbox.x0 > first.size * 0.3 {
                break;
            }
            if (first.bbox.y0 - second.bbox.y0).abs() < first.size * 0.3
                && first.turn == second.turn
                && (first.size - second.size).abs() < first.size * 0.2
            {
                // The visible one stays.
                let drop = if first.visibility == Visibility::Shown { b } else { a };
                doubled[drop] = true;
                if drop == a {
                    break;
                }
            }
        }
    }
    let mut doubled = doubled.into_iter();
    words.retain(|_| !doubled.next().unwrap_or(false));
}

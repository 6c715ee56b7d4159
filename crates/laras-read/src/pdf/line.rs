//! From words to printed lines.

use laras_model::Bbox;

use super::geometry::{Area, Turn, around};
use super::word::Word;

/// Words that stand on one base line, from left to right.
#[derive(Clone, Debug)]
pub struct Line {
    /// Around its words.
    pub bbox: Bbox,
    /// Size of most of its type.
    pub size: f32,
    /// Its words.
    pub words: Vec<Word>,
}

impl Line {
    /// The words with single spaces; raised marks are set as superscripts.
    pub fn text(&self) -> String {
        text_of(&self.words)
    }
}

/// Puts words together into lines, from top to bottom. Words that run in another direction form
/// lines of their own, placed by their upper edge.
pub fn lines(words: impl IntoIterator<Item = Word>) -> Vec<Line> {
    let mut upright = Vec::new();
    let mut others = Vec::new();
    for word in words {
        if matches!(word.turn, Turn::Upright | Turn::Slanted) {
            upright.push(word);
        } else {
            others.push(word);
        }
    }
    let mut lines = level(upright);
    for turn in [Turn::Down, Turn::Over, Turn::Up] {
        let (some, rest): (Vec<_>, Vec<_>) = others.into_iter().partition(|w| w.turn == turn);
        others = rest;
        lines.append(&mut level(some));
    }
    if lines.iter().any(|line| line.words.first().is_some_and(|w| w.turn != Turn::Upright)) {
        lines.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0));
    }
    lines
}

/// Position of a word's beginning along its writing direction.
fn along(word: &Word) -> f32 {
    match word.turn {
        Turn::Upright | Turn::Slanted => word.bbox.x0,
        Turn::Down => word.bbox.y0,
        Turn::Over => -word.bbox.x1,
        Turn::Up => -word.bbox.y1,
    }
}

fn level(mut words: Vec<Word>) -> Vec<Line> {
    words.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut groups: Vec<Vec<Word>> = Vec::new();
    for word in words {
        // A line's base line is that of its largest word so far.
        let fits = groups.last().is_some_and(|group| {
            group.iter().any(|other| {
                let reach = word.size.min(other.size) * 0.35;
                (word.baseline - other.baseline).abs() <= reach
            })
        });
        match groups.last_mut() {
            Some(group) if fits => group.push(word),
            _ => groups.push(vec![word]),
        }
    }
    raise_marks(&mut groups);
    groups.into_iter().filter_map(finish).collect()
}

/// Small words whose base line lies above that of larger ones next to them belong to their line.
fn raise_marks(groups: &mut Vec<Vec<Word>>) {
    let mut at = 0;
    while at + 1 < groups.len() {
        let [upper, lower] = &mut groups[at..=at + 1] else { return };
        let mut kept = Vec::new();
        for mut mark in upper.drain(..) {
            let near = lower.iter().any(|word| {
                mark.size < word.size * 0.8
                    && mark.bbox.y1 > word.bbox.y0 + word.size * 0.2
                    && word.bbox.shared_x(&mark.bbox) > -word.size * 0.6
            });
            if near && mark.text.chars().all(|c| c.is_ascii_digit() || c == '*') {
                mark.raised = true;
                lower.push(mark);
            } else {
                kept.push(mark);
            }
        }
        *upper = kept;
        if groups[at].is_empty() {
            groups.remove(at);
        } else {
            at += 1;
        }
    }
}

fn finish(mut words: Vec<Word>) -> Option<Line> {
    words.sort_by(|a, b| along(a).total_cmp(&along(b)));
    join_pieces(&mut words);
    let bbox = around(words.iter().map(|word| &word.bbox))?;
    let size = words.iter().max_by_key(|word| word.text.len()).map_or(0.0, |word| word.size);
    Some(Line { bbox, size, words })
}

/// Joins words that the file paints apart although no gap is to be seen between them.
fn join_pieces(words: &mut Vec<Word>) {
    let mut at = 1;
    while at < words.len() {
        let (left, right) = (&words[at - 1], &words[at]);
        let end = along(left) + left.stops.last().copied().unwrap_or_default();
        let gap = along(right) - end;
        let touching = left.turn == right.turn
            && gap.abs() < left.size.min(right.size) * 0.06
            && left.raised == right.raised
            && (left.size - right.size).abs() < left.size.max(right.size) * 0.35
            && (left.baseline - right.baseline).abs() < left.size * 0.1;
        if touching {
            let right = words.remove(at);
            let left = &mut words[at - 1];
            let shift = along(&right) - along(left);
            left.stops.extend(right.stops.iter().map(|stop| stop + shift));
            left.text.push_str(&right.text);
            left.bbox = left.bbox.union(&right.bbox);
        } else {
            at += 1;
        }
    }
}

/// The text of words in order, with single spaces.
pub fn text_of(words: &[Word]) -> String {
    let mut text = String::new();
    for word in words {
        if word.raised {
            let unit = text
                .rsplit(' ')
                .next()
                .is_some_and(|last| !last.is_empty() && last.chars().count() <= 2)
                && text.chars().next_back().is_some_and(char::is_alphabetic);
            if !unit && !text.is_empty() {
                text.push(' ');
            }
            text.extend(word.text.chars().map(superscript));
            continue;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&word.text);
    }
    text
}

fn superscript(digit: char) -> char {
    match digit {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4'..='9' => char::from_u32('⁴' as u32 + (digit as u32 - '4' as u32)).unwrap_or(digit),
        other => other,
    }
}

//! Pages made for tests: type of ten points, five points a character, three a space.

use super::columns::{PageLines, Piece};
use super::geometry::Turn;
use super::line::{Line, lines};
use super::page::{Artifact, Visibility};
use super::seeds::pieces;
use super::word::Word;

/// A printed line: its base line, and words with where they begin.
pub(super) type Made<'t> = (f32, &'t [(f32, &'t str)]);

/// A word; one between asterisks is bold.
pub(super) fn word(text: &str, x0: f32, baseline: f32) -> Word {
    let bold = text.len() > 2 && text.starts_with('*') && text.ends_with('*');
    let text = if bold { text.trim_matches('*') } else { text };
    let count = text.chars().count();
    let x1 = x0 + count as f32 * 5.0;
    Word {
        text: text.to_owned(),
        bbox: laras_model::Bbox { x0, y0: baseline - 8.0, x1, y1: baseline + 2.0 },
        baseline,
        size: 10.0,
        bold,
        italic: false,
        turn: Turn::Upright,
        light: 0,
        raised: false,
        mcid: None,
        artifact: Artifact::None,
        visibility: Visibility::Shown,
        gap: -1.0,
        stops: (1..=count).map(|n| n as f32 * 5.0).collect(),
    }
}

/// The words of printed lines, each text cut at its spaces.
pub(super) fn printed(rows: &[Made<'_>]) -> Vec<Line> {
    let mut words = Vec::new();
    for &(baseline, texts) in rows {
        for &(x0, text) in texts {
            let mut x = x0;
            for part in text.split(' ') {
                words.push(word(part, x, baseline));
                x += part.trim_matches('*').chars().count() as f32 * 5.0 + 3.0;
            }
        }
    }
    lines(words)
}

/// The pieces of printed lines.
pub(super) fn made_pieces(rows: &[Made<'_>]) -> Vec<Vec<Piece>> {
    printed(rows).iter().map(pieces).collect()
}

/// A page with nothing else on it.
pub(super) fn page(rows: &[Made<'_>]) -> PageLines {
    PageLines::new(printed(rows), &[], &[], Vec::new())
}

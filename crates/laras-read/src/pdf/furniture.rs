//! Page furniture: running headers and footers, page numbers, watermarks and stamps.
//!
//! The file's own marks (artifacts) are believed; for the rest a line at the edge of the page is
//! furniture if pages agree on it, and large type is a watermark if it is slanted or faint.

use std::collections::HashMap;

use super::geometry::{Area, Turn};
use super::line::{Line, lines};
use super::page::{Artifact, Visibility};
use super::rules::Segment;
use super::sheet::{Furniture, Sheet};
use super::word::Word;

/// Share of the page height at either end in which running lines are looked for.
const EDGE: f32 = 0.12;
/// Most lines at either end that can be running lines.
const DEEPEST: usize = 4;
/// Type at least this much larger than the page's usual type can be a watermark.
const LARGE: f32 = 2.0;
/// Brightness from which ink is faint.
const FAINT: u8 = 150;

/// Moves furniture out of the words of all sheets.
pub fn set_apart(sheets: &mut [Sheet]) {
    for sheet in sheets.iter_mut() {
        set_unseen_apart(sheet);
        set_marked_apart(sheet);
    }
    set_watermarks_apart(sheets);
    for at_top in [true, false] {
        set_running_apart(sheets, at_top);
    }
}

/// Takes the words a test picks out of a sheet.
fn take(sheet: &mut Sheet, kind: Furniture, mut pick: impl FnMut(&Word) -> bool) {
    let mut kept = Vec::with_capacity(sheet.words.len());
    for word in sheet.words.drain(..) {
        if pick(&word) {
            sheet.furniture.push((word, kind));
        } else {
            kept.push(word);
        }
    }
    sheet.words = kept;
}

/// Clipped words go; so does an invisible layer under visible text. Where there is nothing else,
/// the invisible layer is the page's text (OCR).
fn set_unseen_apart(sheet: &mut Sheet) {
    take(sheet, Furniture::Outside, |word| word.visibility == Visibility::Outside);
    let hidden = sheet.words.iter().filter(|w| w.visibility == Visibility::Invisible).count();
    if hidden == 0 {
        return;
    }
    if hidden * 4 > sheet.words.len() * 3 {
        sheet.is_ocr = true;
    } else {
        take(sheet, Furniture::Outside, |word| word.visibility == Visibility::Invisible);
    }
}

/// What the file marks as header, footer or watermark.
fn set_marked_apart(sheet: &mut Sheet) {
    let height = sheet.height;
    take(sheet, Furniture::Mark, |word| word.artifact == Artifact::Watermark);
    let edge = |word: &Word| word.bbox.mid_y() < height * 0.15 || word.bbox.mid_y() > height * 0.85;
    let marked = |word: &Word| match word.artifact {
        Artifact::Header | Artifact::Footer => true,
        Artifact::Other => edge(word),
        Artifact::None | Artifact::Watermark => false,
    };
    let (running, kept): (Vec<Word>, Vec<Word>) =
        std::mem::take(&mut sheet.words).into_iter().partition(marked);
    sheet.words = kept;
    for line in lines(running) {
        let kind =
            if is_page_number(&line.text()) { Furniture::PageNumber } else { Furniture::Running };
        sheet.furniture.extend(line.words.into_iter().map(|word| (word, kind)));
    }
}

/// The usual type size of a sheet: of half of its characters.
pub(crate) fn usual_size<'a>(words: impl Iterator<Item = &'a Word>) -> f32 {
    let mut sizes: Vec<(f32, usize)> = words.map(|w| (w.size, w.text.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, count)| count).sum::<usize>() / 2;
    let mut seen = 0;
    sizes
        .iter()
        .find(|(_, count)| {
            seen += count;
            seen > half
        })
        .map_or(10.0, |(size, _)| *size)
}

fn set_watermarks_apart(sheets: &mut [Sheet]) {
    // Where each large word stands, over all pages.
    let mut places: HashMap<(String, i32, i32), u32> = HashMap::new();
    let key = |word: &Word| {
        let cell = |at: f32| (at / 8.0).round() as i32;
        (word.text.clone(), cell(word.bbox.mid_x()), cell(word.bbox.mid_y()))
    };
    let usual: Vec<f32> = sheets.iter().map(|sheet| usual_size(sheet.words.iter())).collect();
    for (sheet, usual) in sheets.iter().zip(&usual) {
        for word in sheet.words.iter().filter(|word| word.size > usual * LARGE) {
            *places.entry(key(word)).or_default() += 1;
        }
    }
    let pages = sheets.len() as u32;
    for (sheet, usual) in sheets.iter_mut().zip(&usual) {
        take(sheet, Furniture::Mark, |word| {
            let large = word.size > usual * LARGE;
            let slanted = word.turn == Turn::Slanted;
            let faint = word.light >= FAINT;
            let repeated = large
                && pages >= 3
                && places.get(&key(word)).is_some_and(|count| count * 2 >= pages);
            (slanted && (large || faint)) || (large && faint) || repeated
        });
    }
}

/// A line at the edge of a page with its digits blanked out, and its distance from that edge.
struct Edge {
    line: Line,
    pattern: String,
    distance: f32,
}

fn set_running_apart(sheets: &mut [Sheet], at_top: bool) {
    let edges: Vec<Vec<Edge>> = sheets.iter().map(|sheet| edge_lines(sheet, at_top)).collect();
    // On how many pages a pattern stands at about the same distance.
    let mut seen: HashMap<&str, Vec<f32>> = HashMap::new();
    for edge in edges.iter().flatten() {
        seen.entry(&edge.pattern).or_default().push(edge.distance);
    }
    let pages = sheets.len();
    let enough = if pages <= 3 { 2 } else { 3.max(pages / 12) };
    let mut found: Vec<Vec<(Line, Furniture)>> = Vec::with_capacity(pages);
    for page in &edges {
        let mut running = Vec::new();
        for edge in page {
            let alike = seen.get(edge.pattern.as_str()).map_or(0, |all| {
                all.iter().filter(|distance| (**distance - edge.distance).abs() < 8.0).count()
            });
            let number = is_page_number(&edge.line.text());
            let lonely = pages == 1 && number;
            if pages > 1 && alike >= enough.min(pages) || lonely {
                let kind = if number { Furniture::PageNumber } else { Furniture::Running };
                running.push((edge.line.clone(), kind));
            } else {
                break;
            }
        }
        found.push(running);
    }
    for (sheet, running) in sheets.iter_mut().zip(found) {
        for (line, kind) in running {
            take(sheet, kind, |word| {
                line.words.iter().any(|w| w.bbox == word.bbox && w.text == word.text)
            });
        }
    }
}

/// The outermost lines of a sheet, from the edge inwards, down to the first table.
fn edge_lines(sheet: &Sheet, at_top: bool) -> Vec<Edge> {
    let limit = sheet.height * EDGE;
    let distance = |word: &Word| {
        if at_top { word.bbox.y1 } else { sheet.height - word.bbox.y0 }
    };
    let near: Vec<Word> = sheet
        .words
        .iter()
        .filter(|word| distance(word) < limit && !is_between_lines(word, &sheet.vertical))
        .cloned()
        .collect();
    let mut all = lines(near);
    if !at_top {
        all.reverse();
    }
    all.into_iter()
        .take(DEEPEST)
        .take_while(|line| gaps(line) < 3)
        .map(|line| Edge {
            pattern: pattern(&line.text()),
            distance: if at_top { line.bbox.y1 } else { sheet.height - line.bbox.y0 },
            line,
        })
        .collect()
}

/// Whether a word stands at the height of vertical lines, as in a ruled table.
fn is_between_lines(word: &Word, vertical: &[Segment]) -> bool {
    let y = word.bbox.mid_y();
    let beside = |segment: &&Segment| segment.from < y && segment.to > y;
    let left = vertical.iter().filter(beside).any(|segment| segment.at <= word.bbox.x0 + 2.0);
    let right = vertical.iter().filter(beside).any(|segment| segment.at >= word.bbox.x1 - 2.0);
    left && right
}

/// Number of wide gaps in a line: a running line has few, the head of a table many.
fn gaps(line: &Line) -> usize {
    line.words
        .windows(2)
        .filter(|pair| pair[1].bbox.x0 - pair[0].bbox.x1 > pair[0].size * 1.5)
        .count()
}

/// A line with its numbers blanked out.
fn pattern(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for token in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        // `iv`, `II-12`
        if token.split('-').all(|part| is_roman(part) || part.parse::<u32>().is_ok()) {
            out.push('#');
            continue;
        }
        let mut digits = false;
        for c in token.chars() {
            if c.is_ascii_digit() {
                if !digits {
                    out.push('#');
                }
                digits = true;
            } else {
                digits = false;
                out.extend(c.to_lowercase());
            }
        }
    }
    out
}

fn is_roman(token: &str) -> bool {
    let token = token.trim_matches(|c: char| "-.()|".contains(c));
    !token.is_empty() && token.len() <= 7 && token.chars().all(|c| "ivxlIVXL".contains(c))
}

/// Whether a line is a page number: `12`, `- 12 -`, `iv`, `II-12`, `Halaman 12`, `12 | Page`.
fn is_page_number(text: &str) -> bool {
    let mut numbers = 0;
    for token in text.split(|c: char| c.is_whitespace() || "-–—|()/".contains(c)) {
        let token = token.trim_matches('.');
        if token.is_empty() {
            continue;
        }
        if token.chars().all(|c| c.is_ascii_digit()) && token.len() <= 4 || is_roman(token) {
            numbers += 1;
        } else if !matches!(
            token.to_lowercase().as_str(),
            "halaman" | "hal" | "page" | "p" | "a" | "g" | "e" | "dari" | "of" | "bab" | "lampiran"
        ) {
            return false;
        }
    }
    (1..=3).contains(&numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_text() {
        for yes in ["12", "- 12 -", "iv", "II-12", "Halaman 12 dari 40", "12 | P a g e"] {
            assert!(is_page_number(yes), "{yes}");
        }
        for no in ["Tabel 12", "1.250.000", "Tahun 2024", ""] {
            assert!(!is_page_number(no), "{no}");
        }
    }

    #[test]
    fn numbers_are_blanked_out_of_patterns() {
        assert_eq!(pattern("LKIP Tahun 2024 | 12"), "lkip tahun # | #");
        assert_eq!(pattern("II-12"), pattern("III-4"));
    }
}

//! Signature blocks: place and date, role, name, rank and number under a report, also two or
//! more of them side by side.

use laras_model::{Bbox, BlockKind};

use super::blocks::{TextBlock, caption_number};
use super::geometry::{Area, around};
use super::join::starts_item;
use super::line::{Line, text_of};
use super::word::Word;

/// Most lines above a number that belong to its block.
const TALLEST: usize = 12;

/// Which lines of a page belong to signature blocks: from place and date down to the number, or
/// from the number up.
pub fn signed(lines: &[Line], (left, right): (f32, f32)) -> Vec<bool> {
    let mut signed = vec![false; lines.len()];
    let texts: Vec<String> = lines.iter().map(Line::text).collect();
    let short = |at: usize| {
        let narrow = lines[at].bbox.width() < (right - left) * 0.7 || halves(&lines[at]).len() > 1;
        // The last line of a paragraph is short too, but goes on a sentence.
        narrow
            && !texts[at].starts_with(char::is_lowercase)
            && texts[at].chars().count() <= 110
            && caption_number(&texts[at]).is_none()
            && (!starts_item(&texts[at]) || has_number(&texts[at]))
    };
    for at in 0..lines.len() {
        if !has_number(&texts[at]) {
            continue;
        }
        for above in (0..=at).rev().take(TALLEST) {
            if above < at && (!short(above) || has_number(&texts[above]) || signed[above]) {
                break;
            }
            signed[above] = true;
            if is_place_and_date(&texts[above]) {
                break;
            }
        }
    }
    signed
}

/// Whether a line gives a civil servant's number.
fn has_number(text: &str) -> bool {
    text.split_whitespace().zip(text.split_whitespace().skip(1).chain([""])).any(|(word, next)| {
        let upper = word.to_uppercase();
        upper.strip_prefix("NIP").is_some_and(|rest| {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
            let only_marks = rest.trim_matches(|c: char| ".:".contains(c)).is_empty();
            digits(rest) >= 8 || only_marks && (digits(next) >= 4 || next == ":")
        })
    })
}

/// `Kota Contoh, 31 Januari 2025`; the day may be left open.
fn is_place_and_date(text: &str) -> bool {
    let Some((place, date)) = text.rsplit_once(',') else { return false };
    let mut words: Vec<&str> = date.split_whitespace().collect();
    let year = words.pop().unwrap_or_default();
    let month = words.pop().unwrap_or_default();
    place.starts_with(char::is_uppercase)
        && year.len() == 4
        && year.chars().all(|c| c.is_ascii_digit())
        && month.chars().count() >= 3
        && month.chars().all(char::is_alphabetic)
        && words.iter().all(|day| day.chars().all(|c| c.is_ascii_digit() || ".…_".contains(c)))
}

/// The parts of a line that stand apart as two signatures do.
fn halves(line: &Line) -> Vec<Vec<Word>> {
    let mut parts: Vec<Vec<Word>> = Vec::new();
    for word in &line.words {
        match parts.last_mut() {
            Some(part)
                if part
                    .last()
                    .is_some_and(|last| word.bbox.x0 - last.bbox.x1 < line.size * 3.0) =>
            {
                part.push(word.clone());
            }
            _ => parts.push(vec![word.clone()]),
        }
    }
    parts
}

/// Makes blocks of neighbouring lines of signatures: one for each column of them.
pub fn blocks(lines: &[Line]) -> Vec<TextBlock> {
    struct Column {
        bbox: Bbox,
        lines: Vec<String>,
    }
    let parts: Vec<Vec<Vec<Word>>> = lines.iter().map(halves).collect();
    // Columns are told by the lines that fall apart most.
    let mut columns: Vec<Column> = Vec::new();
    let widest = parts.iter().max_by_key(|parts| parts.len());
    for part in widest.into_iter().flatten() {
        if let Some(bbox) = around(part.iter().map(|word| &word.bbox)) {
            columns.push(Column { bbox, lines: Vec::new() });
        }
    }
    for part in parts.iter().flatten() {
        let Some(area) = around(part.iter().map(|word| &word.bbox)) else { continue };
        let near = columns.iter_mut().min_by(|a, b| {
            let distance = |c: &Column| (c.bbox.mid_x() - area.mid_x()).abs();
            distance(a).total_cmp(&distance(b))
        });
        if let Some(column) = near {
            column.bbox = column.bbox.union(&area);
            column.lines.push(text_of(part));
        }
    }
    columns
        .into_iter()
        .filter(|column| !column.lines.is_empty())
        .map(|column| TextBlock {
            kind: BlockKind::Signature,
            lines: column.lines.len(),
            text: column.lines.join("\n"),
            level: 0,
            number: String::new(),
            bbox: column.bbox,
            open: false,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_places_and_dates_are_known() {
        assert!(has_number("NIP. 19700101 199001 1 001"));
        assert!(has_number("NIP 197001011990011001"));
        assert!(!has_number("NIP pegawai dicatat"));
        assert!(is_place_and_date("Kota Contoh, 31 Januari 2025"));
        assert!(is_place_and_date("Tarakan,    Januari 2023"));
        assert!(!is_place_and_date("Demikian, disampaikan pada tahun 2024"));
    }
}

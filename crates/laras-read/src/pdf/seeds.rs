//! Which printed lines look like rows of a table without rules, and which tables convince.

use laras_model::Bbox;

use super::columns::Piece;
use super::corridors::span;
use super::geometry::Area;
use super::join::starts_item;
use super::line::{Line, text_of};
use super::table::TableRow;
use super::word::Word;

/// Gaps at least this wide, in shares of the type size, separate the pieces of a line.
const WIDE: f32 = 0.55;

/// The blanks of a justified line of few words are no wider than this, in shares of the type size.
const WIDEST_BLANK: f32 = 5.0;

/// Whether bars, sectors and such stand between the words.
pub(super) fn is_chart(lines: &[Line], bbox: &Bbox, pictures: &[Bbox]) -> bool {
    let bare = pictures
        .iter()
        .filter(|picture| {
            let inside = bbox.holds(picture.mid_x(), picture.mid_y());
            // A picture behind the whole table is a watermark or a background.
            let small = picture.width() < bbox.width() * 0.9;
            let words = lines.iter().flat_map(|line| &line.words);
            let mut words = words.map(|word| (word.bbox.mid_x(), word.bbox.mid_y()));
            inside && small && !words.any(|(x, y)| picture.holds(x, y))
        })
        .count();
    bare >= 3
}

pub(super) fn pieces(line: &Line) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for word in &line.words {
        match pieces.last_mut() {
            Some(piece) if word.bbox.x0 - piece.bbox.x1 < line.size * WIDE => {
                piece.bbox = piece.bbox.union(&word.bbox);
                piece.words.push(word.clone());
            }
            _ => pieces.push(Piece { bbox: word.bbox, words: vec![word.clone()] }),
        }
    }
    pieces
}

/// Whether a text states a quantity: it begins with a digit, a sign or `Rp`, or is a dash.
pub fn is_quantity(text: &str) -> bool {
    let text = text.trim_start_matches("Rp").trim_start_matches(['.', ' ', '(', '-', '–']);
    text.is_empty()
        || text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().filter(|c| c.is_alphabetic()).count() <= 12
}

/// Whether a line looks like a row of a table: three pieces, or two with a quantity at the end.
pub(super) fn is_seed(pieces: &[Piece]) -> bool {
    let text = |piece: &Piece| text_of(&piece.words);
    let last = match pieces {
        [] | [_] => return false,
        [.., last] => text(last),
    };
    // `Nama : …` is a list of particulars; `1.  Text` is a list item.
    if pieces.iter().skip(1).any(|piece| text(piece).starts_with(':')) {
        return false;
    }
    if is_justified(pieces) {
        return false;
    }
    let marker = starts_item(&format!("{} x", text(&pieces[0])));
    match pieces.len() {
        2 => !marker && is_quantity(&last),
        _ => true,
    }
}

/// Whether all gaps of a line are alike, as in a justified line of few words; the gap behind the
/// marker of a list item does not count.
fn is_justified(pieces: &[Piece]) -> bool {
    let words: Vec<&Word> = pieces.iter().flat_map(|piece| &piece.words).collect();
    let marker = words.first().is_some_and(|word| starts_item(&format!("{} x", word.text)));
    let words = &words[usize::from(marker)..];
    let gaps: Vec<f32> = words.windows(2).map(|pair| pair[1].bbox.x0 - pair[0].bbox.x1).collect();
    let least = gaps.iter().copied().fold(f32::MAX, f32::min);
    let most = gaps.iter().copied().fold(0.0, f32::max);
    let letters = words.iter().filter(|word| word.text.chars().any(char::is_alphabetic)).count();
    let size = words.first().map_or(0.0, |word| word.size);
    gaps.len() >= 3
        && letters * 5 >= words.len() * 3
        && most < least * 1.6
        && most < size * WIDEST_BLANK
}

/// Whether two columns are a table of contents: page numbers that never fall, and chapters.
pub(super) fn is_contents(rows: &[TableRow]) -> bool {
    let mut before = 0;
    let mut chapters = 0;
    for row in rows {
        let [first, .., last] = row.cells.as_slice() else { continue };
        let title = first.lines.first().map(Line::text).unwrap_or_default();
        let lower = title.to_lowercase();
        chapters += u32::from(
            ["bab ", "daftar ", "kata pengantar", "tabel ", "gambar "]
                .iter()
                .any(|known| lower.starts_with(known)),
        );
        let page = last.lines.last().map(Line::text).unwrap_or_default();
        let Ok(page) = page.parse::<u32>() else { continue };
        if page < before || page > 9_999 {
            return false;
        }
        before = page;
    }
    chapters > 0 && before > 0 && rows.iter().all(|row| row.cells.len() <= 2)
}

/// Whether enough rows fill enough columns, with quantities in one that is not the first.
pub(super) fn is_convincing(
    pieces: &[Vec<Piece>],
    members: &[usize],
    columns: &[(f32, f32)],
) -> bool {
    let mut filled = vec![0_usize; columns.len()];
    let mut quantities = vec![0_usize; columns.len()];
    let mut words = 0;
    for &line in members {
        for piece in &pieces[line] {
            let (column, count) = span(&piece.bbox, columns);
            if count == 1 {
                filled[column] += 1;
                let text = text_of(&piece.words);
                quantities[column] += usize::from(is_quantity(&text));
                words += usize::from(text.chars().any(char::is_alphabetic));
            }
        }
    }
    let full = filled.iter().filter(|count| **count * 2 >= members.len()).count();
    let counted = (1..columns.len()).any(|c| filled[c] >= 2 && quantities[c] * 2 > filled[c]);
    // Rows of bare numbers are the axis of a chart.
    full >= 2 && counted && words * 2 > members.len() && (columns.len() > 2 || members.len() > 2)
}

//! Words of heads that a converter cut inside: `T ARGET`, `Rea lis asi`, `K e g i a t a n`.
//!
//! A narrow cell is drawn with its words cut at its width, and letters that were set apart come out as
//! words. Where pieces that stand together make a word that heads have, and are not all words by themselves,
//! they are that word.

use laras_model::{Fragment, RawCell};

use crate::head_words::{head_word, is_year, may_begin_head_word, printed_words};

/// Rows that heads can stand in.
const HEADS: usize = 6;
/// Most pieces of a word.
const MOST_PIECES: usize = 16;

/// Longest word, in bytes.
const LONGEST_WORD: usize = 20;

/// Closes up the words of heads.
pub(crate) fn mend(fragments: &mut [Fragment]) {
    let rows = fragments.iter_mut().flat_map(|fragment| fragment.rows.iter_mut().take(HEADS));
    let mut word = String::with_capacity(2 * LONGEST_WORD);
    for row in rows.filter(|row| !row.cells.iter().any(|cell| is_amount(&cell.text))) {
        for cell in &mut row.cells {
            if let Some(whole) = closed_up(&cell.text, &mut word, word_from) {
                cell.text = whole.into();
            }
        }
        // Two numbers of a list are no year.
        if row.cells.iter().any(may_hold_year) && is_head(&row.cells) {
            for cell in &mut row.cells {
                if let Some(whole) = closed_up(&cell.text, &mut word, year_from) {
                    cell.text = whole.into();
                }
            }
        }
    }
}

/// Whether a cell may hold a year in pieces: most have no digits.
fn may_hold_year(cell: &RawCell) -> bool {
    let text = cell.text.as_bytes();
    text.iter().any(u8::is_ascii_digit) && text.contains(&b' ')
}

/// Whether a text is a year in pieces and nothing else.
fn is_cut_year(text: &str) -> bool {
    year_from(text, &mut String::new()) == Some(text.len())
}

/// Whether a row reads like heads: most of its words are words of heads, and what has no words is a year.
fn is_head(cells: &[RawCell]) -> bool {
    let (mut known, mut all) = (0, 0);
    for cell in cells.iter().filter(|cell| !cell.text.is_empty()) {
        let (before, is_year) = (all, is_year(&cell.text) || is_cut_year(&cell.text));
        for word in printed_words(&cell.text).filter(|word| word.contains(char::is_alphabetic)) {
            all += 1;
            known += usize::from(head_word(word).is_some());
        }
        if all == before && !is_year {
            return false;
        }
        // Several years stand side by side over the columns of a head above.
        known += usize::from(is_year);
    }
    known > 1 && known * 2 >= all
}

/// Whether a text is a number of five digits or a decimal, with a currency mark at most: its row is no head.
fn is_amount(text: &str) -> bool {
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'R' | 'r' | '(' | '-')) {
        return false;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    letters <= 2 && (digits > 4 || digits > 2 && text.contains(','))
}

/// A text with what `find` finds in pieces closed up; `None` where there is none. `word` is room for a word.
fn closed_up(
    text: &str,
    word: &mut String,
    find: impl Fn(&str, &mut String) -> Option<usize>,
) -> Option<String> {
    // Most cells are one word.
    if !text.as_bytes().contains(&b' ') {
        return None;
    }
    let mut whole = String::new();
    // What is in `whole` already.
    let mut kept = 0;
    let mut at = 0;
    while let Some(gap) = text[at..].bytes().position(|b| b.is_ascii_alphanumeric()) {
        at += gap;
        let rest = &text[at..];
        if let Some(length) = find(rest, word) {
            whole.push_str(&text[kept..at]);
            whole.push_str(word);
            at += length;
            kept = at;
        } else {
            at += rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        }
    }
    (kept > 0).then(|| whole + &text[kept..])
}

/// The letters that a text begins with.
fn letters(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_alphabetic).count()]
}

/// Sets `word` to the word that the pieces at the beginning of a text make, and gives the bytes that they
/// take.
fn word_from(text: &str, word: &mut String) -> Option<usize> {
    word.clear();
    let mut at = 0;
    let mut found = None;
    let (mut letters_only, mut is_shouted) = (true, true);
    for count in 1..=MOST_PIECES {
        let piece = letters(&text[at..]);
        // The rest of a word is written like its beginning.
        is_shouted &= piece.bytes().all(|b| b.is_ascii_uppercase());
        let goes_on = count == 1 || is_shouted || piece.bytes().all(|b| b.is_ascii_lowercase());
        if piece.is_empty() || !goes_on || word.len() + piece.len() > LONGEST_WORD {
            break;
        }
        if count == 1 && piece.len() > 1 && !may_begin_head_word(piece) {
            break;
        }
        word.push_str(piece);
        letters_only &= piece.len() == 1;
        at += piece.len();
        let are_words = || text[..at].split(' ').all(|piece| head_word(piece).is_some());
        if count > 1 && head_word(word).is_some() && (letters_only || !are_words()) {
            found = Some((at, word.len()));
        }
        if text.as_bytes().get(at) != Some(&b' ') {
            break;
        }
        at += 1;
    }
    let (taken, length) = found?;
    word.truncate(length);
    Some(taken)
}

/// Sets `word` to the year that the digits at the beginning of a text make, and gives the bytes that they
/// take.
fn year_from(text: &str, word: &mut String) -> Option<usize> {
    let end = text.bytes().take_while(|b| b.is_ascii_digit() || *b == b' ').count();
    let printed = text[..end].trim_end();
    if !(5..=7).contains(&printed.len()) {
        return None;
    }
    word.clear();
    word.extend(printed.split(' '));
    is_year(word).then_some(printed.len())
}

#[cfg(test)]
mod tests {
    use laras_model::{RawRow, TableStyle};

    use super::*;

    fn mended(row: &str) -> String {
        let cell = |text: &str| RawCell { text: text.into(), ..RawCell::default() };
        let row = RawRow { cells: row.split('|').map(cell).collect(), ..RawRow::default() };
        let mut fragments = [Fragment { style: TableStyle::Drawn, rows: vec![row] }];
        mend(&mut fragments);
        let texts: Vec<&str> =
            fragments[0].rows[0].cells.iter().map(|cell| cell.text.as_str()).collect();
        texts.join("|")
    }

    #[test]
    fn pieces_that_make_a_word_of_heads_are_one() {
        for (printed, wanted) in [
            ("T ARGET", "TARGET"),
            ("I I I", "III"),
            ("Rea lis asi Tar get", "Realisasi Target"),
            ("PR OGRAM / KEG IATAN", "PROGRAM / KEGIATAN"),
            ("T a r g e t K i n e r j a 2024", "Target Kinerja 2024"),
            ("Tahun 2024 (Rea lisasi), Rp", "Tahun 2024 (Realisasi), Rp"),
            ("s/d T ahun 2 0 2 4 (R p)", "s/d Tahun 2024 (Rp)"),
            ("Target|20 23|2 024", "Target|2023|2024"),
        ] {
            assert_eq!(mended(printed), wanted);
        }
    }

    #[test]
    fn words_and_numbers_stay_apart() {
        for text in [
            "Sub Kegiatan",
            "2023 2024",
            "20 24 30",
            "Target Kinerja",
            "K Rp",
            "I II",
            "Nama Orang",
            "T",
            "",
            "Rapat di Aula",
            // Two numbers of a list.
            "Rapat|20 24",
            "Rapat 20 24 orang|x",
        ] {
            assert_eq!(mended(text), text);
        }
    }
}

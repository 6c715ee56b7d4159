//! Words of heads that a converter cut inside: `T ARGET`, `Rea lis asi`, `K e g i a t a n`.
//!
//! A narrow cell is drawn with its words cut at its width, and letters that were set apart come out as
//! words. Where pieces that stand together make a word that heads have, and are not all words by themselves,
//! they are that word.

use laras_model::Fragment;

use crate::head_words::{head_word, is_year};

/// Rows that heads can stand in.
const HEADS: usize = 6;
/// Most pieces of a word.
const MOST_PIECES: usize = 16;

/// Closes up the words of heads.
pub(crate) fn mend(fragments: &mut [Fragment]) {
    let rows = fragments.iter_mut().flat_map(|fragment| fragment.rows.iter_mut().take(HEADS));
    for row in rows.filter(|row| !row.cells.iter().any(|cell| is_amount(&cell.text))) {
        for cell in &mut row.cells {
            if let Some(whole) = closed_up(&cell.text) {
                cell.text = whole.into();
            }
        }
    }
}

/// Whether a text is a number of five digits or a decimal, with a currency mark at most: its row is no head.
fn is_amount(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    letters <= 2 && (digits > 4 || digits > 2 && text.contains(','))
}

/// A text with its cut words closed up; `None` where none is cut.
fn closed_up(text: &str) -> Option<String> {
    let mut whole = String::new();
    // What is in `whole` already.
    let mut kept = 0;
    let mut at = 0;
    while let Some(gap) = text[at..].find(|c: char| c.is_ascii_alphanumeric()) {
        at += gap;
        let rest = &text[at..];
        let run = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if let Some((length, word)) = word_from(rest).or_else(|| year_from(rest)) {
            whole.push_str(&text[kept..at]);
            whole.push_str(&word);
            at += length;
            kept = at;
        } else {
            at += run;
        }
    }
    (kept > 0).then(|| whole + &text[kept..])
}

/// The letters that a text begins with.
fn letters(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_alphabetic).count()]
}

/// The word that the pieces at the beginning of a text make, and how many bytes they take.
fn word_from(text: &str) -> Option<(usize, String)> {
    let mut word = String::new();
    let mut at = 0;
    let mut found = None;
    let (mut words, mut letters_only, mut is_shouted) = (true, true, true);
    for count in 1..=MOST_PIECES {
        let piece = letters(&text[at..]);
        // The rest of a word is written like its beginning.
        is_shouted &= piece.bytes().all(|b| b.is_ascii_uppercase());
        let goes_on = count == 1 || is_shouted || piece.bytes().all(|b| b.is_ascii_lowercase());
        if piece.is_empty() || !goes_on {
            break;
        }
        word.push_str(piece);
        words &= head_word(piece).is_some();
        letters_only &= piece.len() == 1;
        at += piece.len();
        if count > 1 && (!words || letters_only) && head_word(&word).is_some() {
            found = Some((at, word.clone()));
        }
        if text.as_bytes().get(at) != Some(&b' ') {
            break;
        }
        at += 1;
    }
    found
}

/// The year that the digits at the beginning of a text make, and how many bytes they take.
fn year_from(text: &str) -> Option<(usize, String)> {
    let end = text.bytes().take_while(|b| b.is_ascii_digit() || *b == b' ').count();
    let printed = text[..end].trim_end();
    let year: String = printed.split(' ').collect();
    let pieces = printed.split(' ').count();
    (pieces > 1 && is_year(&year)).then_some((printed.len(), year))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        ] {
            assert_eq!(closed_up(printed).as_deref(), Some(wanted));
        }
    }

    #[test]
    fn words_stay_apart() {
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
        ] {
            assert_eq!(closed_up(text), None, "{text}");
        }
    }
}

//! Spaces that a text layer puts in the wrong place (`BANGSAD AN` for `BANGSA DAN`), set right
//! where the document itself uses the right words elsewhere.
//!
//! Only a space that stands between two pieces that are no words of the document is moved or
//! taken out, and only if that makes words that the document uses at least three times. Nothing
//! with a digit is touched. What was done is kept and noted.

use super::geometry::Turn;
use super::join::Vocabulary;
use super::sheet::Sheet;
use super::word::Word;

/// A word must be used this often to be evidence.
const KNOWN: u32 = 3;

/// Repairs the spaces of all sheets; each sheet keeps what was done.
pub fn repair(sheets: &mut [Sheet]) {
    let mut vocabulary = Vocabulary::default();
    for word in sheets.iter().flat_map(|sheet| &sheet.words) {
        vocabulary.add(&word.text);
    }
    for sheet in sheets {
        let mut at = 0;
        while at + 1 < sheet.words.len() {
            let (left, right) = (&sheet.words[at], &sheet.words[at + 1]);
            if !is_neighbour(left, right) {
                at += 1;
                continue;
            }
            if let Some((first, second)) = better(&left.text, &right.text, &vocabulary) {
                let before = format!("{} {}", left.text, right.text);
                let after = format!("{first} {second}");
                sheet.repairs.push((before, after.trim_end().to_owned()));
                apply(sheet, at, &first, second);
            }
            at += 1;
        }
    }
}

fn is_neighbour(left: &Word, right: &Word) -> bool {
    let gap = right.bbox.x0 - left.bbox.x1;
    left.turn == Turn::Upright
        && right.turn == Turn::Upright
        && (left.baseline - right.baseline).abs() < left.size * 0.1
        && gap < left.size
        && gap > -left.size * 0.3
}

/// The same letters with the space elsewhere, or without it; the second is empty then.
fn better(left: &str, right: &str, vocabulary: &Vocabulary) -> Option<(String, String)> {
    let plain = |text: &str| text.chars().all(char::is_alphabetic);
    if !plain(left) || !plain(right) || vocabulary.count(left) > 1 {
        return None;
    }
    let letters: Vec<char> = left.chars().chain(right.chars()).collect();
    let whole: String = letters.iter().collect();
    // Only a stump can have been cut off; two halves may be the office's own spelling.
    let stump = left.chars().count().min(right.chars().count()) <= 3;
    if stump && vocabulary.count(right) <= 1 && vocabulary.count(&whole) >= KNOWN {
        return Some((whole, String::new()));
    }
    let own = left.chars().count();
    (2..letters.len().saturating_sub(1))
        .filter(|cut| *cut != own && cut.abs_diff(own) <= 3)
        .map(|cut| {
            let first: String = letters[..cut].iter().collect();
            let second: String = letters[cut..].iter().collect();
            (first, second)
        })
        .filter(|(first, second)| {
            vocabulary.count(first) >= KNOWN && vocabulary.count(second) >= KNOWN
        })
        .max_by_key(|(first, second)| vocabulary.count(first).min(vocabulary.count(second)))
}

fn apply(sheet: &mut Sheet, at: usize, first: &str, second: String) {
    if second.is_empty() {
        let right = sheet.words.remove(at + 1);
        let left = &mut sheet.words[at];
        let shift = right.bbox.x0 - left.bbox.x0;
        left.stops.extend(right.stops.iter().map(|stop| stop + shift));
        left.bbox.x1 = right.bbox.x1;
        first.clone_into(&mut left.text);
        return;
    }
    // The letters keep their places; the border between the words moves.
    let (left, right) = (&sheet.words[at], &sheet.words[at + 1]);
    let (start, shift) = (left.bbox.x0, right.bbox.x0 - left.bbox.x0);
    let stops: Vec<f32> =
        left.stops.iter().copied().chain(right.stops.iter().map(|stop| stop + shift)).collect();
    let cut = first.chars().count();
    let border = stops.get(cut - 1).copied().unwrap_or_default();
    let left = &mut sheet.words[at];
    first.clone_into(&mut left.text);
    left.stops = stops[..cut].to_vec();
    left.bbox.x1 = start + border;
    let right = &mut sheet.words[at + 1];
    right.text = second;
    right.bbox.x0 = start + border;
    right.stops = stops[cut..].iter().map(|stop| stop - border).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut words = Vocabulary::default();
        for _ in 0..4 {
            for word in ["Kesatuan", "Bangsa", "dan", "Politik", "program", "sebelum"] {
                words.add(word);
            }
        }
        words
    }

    #[track_caller]
    fn check(left: &str, right: &str, expected: Option<(&str, &str)>) {
        let expected = expected.map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(better(left, right, &vocabulary()), expected);
    }

    #[test]
    fn a_space_in_the_wrong_place_is_moved_or_goes() {
        check("BANGSAD", "AN", Some(("BANGSA", "DAN")));
        check("KESAT", "UAN", Some(("KESATUAN", "")));
    }

    #[test]
    fn words_that_are_words_stay() {
        check("BANGSA", "DAN", None);
        check("program", "baru", None);
        check("2", "024", None);
        check("sebelum", "nya", None);
    }
}

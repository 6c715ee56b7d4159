//! Words that names begin with, and words that only go on with one.
//!
//! The counts are facts of the official nomenclature: how many of its names and indicators begin
//! with a word (`Penyediaan`), and how often it stands further inside (`Daerah`). A line that begins
//! with the one is likely the first of a cell, with the other likely not.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a word says about a line that begins with it, in hundredths of the logarithm of the odds:
/// above zero for the first line of a name.
pub(super) fn begins(text: &str) -> i64 {
    let mut letters = [0; LONGEST];
    let mut count = 0;
    let mut length = 0;
    for c in text.chars() {
        if matches!(c, ' ' | '/' | ',') {
            if count > 0 {
                break;
            }
            length = 0;
            continue;
        }
        length += c.len_utf8();
        // Most letters are ASCII, and the words of the list are nothing else.
        if c.is_ascii_alphabetic() {
            let Some(place) = letters.get_mut(count) else { return 0 };
            *place = c.to_ascii_lowercase() as u8;
            count += 1;
        } else if !c.is_ascii() && c.is_alphabetic() {
            return 0;
        }
    }
    if length < 2 {
        return 0;
    }
    // What the nomenclature does not know is a name of the office's own, or a place.
    ODDS.get(&letters[..count]).copied().unwrap_or(0)
}

/// Longest word of the list, in letters.
const LONGEST: usize = 32;

static ODDS: LazyLock<FxHashMap<&[u8], i64>> = LazyLock::new(|| {
    let rows = include_str!("../../../../data/opening-words.tsv").lines().skip(1);
    let counts = rows.filter_map(|row| {
        let mut cells = row.split('\t');
        let word = cells.next()?;
        let mut count = || cells.next()?.parse::<u32>().ok();
        Some((word, count()?, count()?))
    });
    let counts: Vec<(&str, u32, u32)> = counts.collect();
    let (first, inside) =
        counts.iter().fold((0, 0), |sum, (_, first, inside)| (sum.0 + first, sum.1 + inside));
    let share = |count: u32, all: u32| f64::from(count + 1) / f64::from(all);
    let odds = |a: u32, b: u32| (100.0 * (share(a, first) / share(b, inside)).ln()).round() as i64;
    counts.into_iter().map(|(word, a, b)| (word.as_bytes(), odds(a, b))).collect()
});

#[cfg(test)]
mod tests {
    use super::begins;

    #[test]
    fn words_that_open_names_speak_for_a_new_one() {
        assert!(begins("Penyediaan Jasa") > 200 && begins("1. Jumlah laporan") > 300);
        assert!(begins("Daerah dan") < -300 && begins("dan Litmas") < -300);
        assert_eq!((begins("Waingapu"), begins("12.500"), begins("")), (0, 0, 0));
    }
}

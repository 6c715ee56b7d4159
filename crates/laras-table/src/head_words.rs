//! Words of heads: what they lead one to expect below them, and whether a cell reads like a head.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::kind::CellKind;
use crate::sheet::{SheetCell, SheetRow};

/// What a head word leads one to expect below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Anything,
    Ordinal,
    Code,
    Text,
    Value,
    Amount,
    Percent,
    Count,
}

struct HeadWords {
    holds: FxHashMap<&'static [u8], Holds>,
    /// For each [`beginning`] the lengths of the words that begin with it, as bits.
    lengths: Box<[u64]>,
}

/// The first two letters of a word, in either case, as a number; others may have the same.
fn beginning(word: &[u8]) -> usize {
    const LETTER: u8 = 0x1f;
    let letter = |at: usize| usize::from(word.get(at).map_or(0, |b| b & LETTER));
    letter(0) << LETTER.count_ones() | letter(1)
}

/// How many of them there are.
const BEGINNINGS: usize = 1 << 10;

static WORDS: LazyLock<HeadWords> = LazyLock::new(|| {
    let rows = include_str!("../data/header_words.tsv").lines().skip(1).filter_map(|line| {
        let mut fields = line.split('\t');
        let word = fields.next()?;
        let holds = match fields.next().unwrap_or("") {
            "ordinal" => Holds::Ordinal,
            "code" => Holds::Code,
            "text" => Holds::Text,
            "value" => Holds::Value,
            "amount" => Holds::Amount,
            "percent" => Holds::Percent,
            "count" => Holds::Count,
            _ => Holds::Anything,
        };
        Some((word.as_bytes(), holds))
    });
    let mut words = HeadWords { holds: FxHashMap::default(), lengths: vec![0; BEGINNINGS].into() };
    for (word, holds) in rows.filter(|(word, _)| !word.is_empty()) {
        words.lengths[beginning(word)] |= 1 << word.len().min(63);
        words.holds.insert(word, holds);
    }
    words
});

/// Longest head word, in bytes.
const LONGEST_WORD: usize = 32;
/// Longest head, in words; a longer text is a name.
const LONGEST_HEAD: usize = 30;

/// Words of a text, lower case; `%` is a word.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    printed_words(text).map(str::to_lowercase)
}

/// The first word of a text as printed.
pub(crate) fn first_word(text: &str) -> Option<&str> {
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || *b == b'%';
    let bytes = text.as_bytes();
    let end = bytes.iter().position(|b| !is_part(b)).unwrap_or(bytes.len());
    // Most texts begin with a plain word.
    if end > 0 && bytes.get(end).is_none_or(|b| b.is_ascii() && *b != b'-') {
        return Some(&text[..end]);
    }
    printed_words(text).next()
}

/// Words of a text as printed.
pub(crate) fn printed_words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    // Most words have no hyphens to be cut off.
    let bare = |word: &'_ str| !word.starts_with('-') && !word.ends_with('-');
    text.split(|c: char| !(c.is_alphanumeric() || c == '%' || c == '-'))
        .filter(|word| !word.is_empty())
        .map(move |word| if bare(word) { word } else { word.trim_matches('-') })
        .filter(|word| !word.is_empty())
}

/// What a head word leads one to expect, if it is one.
pub(crate) fn head_word(word: &str) -> Option<Holds> {
    let HeadWords { holds, lengths } = &*WORDS;
    if !word.is_ascii() {
        return holds.get(word.to_lowercase().as_bytes()).copied();
    }
    let mut lower = [0; LONGEST_WORD];
    let lower = lower.get_mut(..word.len())?;
    // Few words that are none begin like a head word and are as long.
    if lengths[beginning(word.as_bytes())] & 1 << word.len() == 0 {
        return None;
    }
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    holds.get(&*lower).copied()
}

/// Whether a head word may begin with a piece of two letters at least and go on: a look at these two, which
/// most pieces fail.
pub(crate) fn may_begin_head_word(piece: &str) -> bool {
    let longer = u64::MAX.checked_shl(piece.len() as u32 + 1).unwrap_or(0);
    WORDS.lengths[beginning(piece.as_bytes())] & longer != 0
}

/// What the words of a head lead one to expect, the last telling word counting.
pub(crate) fn expects(path: &[impl AsRef<str>]) -> Holds {
    let words = path.iter().flat_map(|text| printed_words(text.as_ref())).rev();
    let mut telling = words.filter_map(head_word).filter(|found| *found != Holds::Anything);
    telling.next().unwrap_or(Holds::Anything)
}

/// Whether a cell reads like a head: most of its words are head words, years or numerals.
pub(crate) fn is_head(cell: &SheetCell) -> bool {
    match cell.kind {
        CellKind::Blank
        | CellKind::Nil
        | CellKind::Amount
        | CellKind::Percent
        | CellKind::Decimal => return false,
        CellKind::Quarter => return !states_number(cell),
        CellKind::Integer => return is_year(&cell.text),
        CellKind::Ordinal => {
            return cell
                .text
                .trim_matches(['.', '(', ')'])
                .bytes()
                .all(|b| matches!(b, b'I' | b'V' | b'X'));
        }
        _ => {}
    }
    let (mut known, mut all) = (0, 0);
    for word in printed_words(&cell.text) {
        all += 1;
        known += usize::from(head_word(word).is_some() || word.len() == 4 && is_year(word));
    }
    all > 0 && all <= LONGEST_HEAD && known * 2 >= all
}

/// Whether a quarter comes with its value: `TW 1 : 85`.
pub(crate) fn states_number(cell: &SheetCell) -> bool {
    cell.readings.best().is_some_and(|best| best.observed().is_some())
}

pub(crate) fn is_year(text: &str) -> bool {
    let text = text.trim();
    text.len() == 4
        && (text.starts_with("19") || text.starts_with("20"))
        && text.bytes().all(|b| b.is_ascii_digit())
}

/// The texts of a header row, folded, for comparison.
pub(crate) fn signature(row: &SheetRow) -> Vec<String> {
    let joined = |cell: &SheetCell| {
        let mut joined = String::with_capacity(cell.text.len());
        for word in printed_words(&cell.text) {
            if word.is_ascii() {
                let from = joined.len();
                joined.push_str(word);
                joined[from..].make_ascii_lowercase();
            } else {
                joined.push_str(&word.to_lowercase());
            }
        }
        joined
    };
    row.filled().map(joined).collect()
}

/// Share of the heads that two header rows have in common.
pub(crate) fn likeness(a: &[String], b: &[String]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let common = a.iter().filter(|head| b.contains(head)).count();
    2.0 * common as f64 / (a.len() + b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_head_word_can_be_found() {
        for line in include_str!("../data/header_words.tsv").lines().skip(1) {
            let word = line.split('\t').next().expect("a line has a first field");
            assert!(head_word(&word.to_uppercase()).is_some(), "{word}");
        }
    }
}

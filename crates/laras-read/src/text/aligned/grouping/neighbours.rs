//! Words that stand beside each other on some line of the text.
//!
//! A report says the same names again and again, broken elsewhere each time. Where the last word of a
//! line and the first of the next stand side by side on another line, the text goes on.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashSet};

use super::super::super::lines::skip_spaces;

/// The pairs of neighbouring words of a text.
pub(in crate::text::aligned) struct Neighbours(FxHashSet<u64>);

impl Neighbours {
    /// The pairs of words of these lines that only one space parts.
    pub(in crate::text::aligned) fn of<'t>(lines: impl Iterator<Item = &'t str>) -> Self {
        let mut pairs = FxHashSet::default();
        for line in lines {
            let bytes = line.as_bytes();
            let mut at = 0;
            // What stands for the word before, where one space parts it from the next.
            let mut before = None;
            loop {
                let from = skip_spaces(bytes, at);
                if from == bytes.len() {
                    break;
                }
                let spaces = from - at;
                // Words are short.
                let word = bytes[from..].iter().position(|b| *b == b' ');
                at = word.map_or(bytes.len(), |word| from + word);
                let word = key(&line[from..at]);
                if let (Some(before), Some(word), 0..=1) = (before, word, spaces) {
                    pairs.insert(pair(before, word));
                }
                before = word;
            }
        }
        Self(pairs)
    }

    /// Whether the last word of a text and the first of another stand beside each other somewhere.
    pub(super) fn join(&self, above: &str, below: &str) -> bool {
        let last = above.rsplit(' ').next().unwrap_or("");
        let first = below.split(' ').next().unwrap_or("");
        key(last).zip(key(first)).is_some_and(|(last, first)| self.0.contains(&pair(last, first)))
    }
}

/// What stands for a word; `None` for one that is not of letters.
fn key(word: &str) -> Option<u64> {
    let is_word = word.len() >= SHORTEST && word.as_bytes()[0].is_ascii_alphabetic();
    is_word.then(|| FxBuildHasher.hash_one(word))
}

/// What stands for two words in the set.
fn pair(before: u64, word: u64) -> u64 {
    FxBuildHasher.hash_one((before, word))
}

/// Fewest bytes of a word that tells something.
const SHORTEST: usize = 3;

#[cfg(test)]
mod tests {
    use super::Neighbours;

    #[test]
    fn words_are_neighbours_where_some_line_has_both() {
        let text = ["  4  Bhineka Tunggal Ika  12", "Kegiatan  Bhineka", "rapat 12 kali"];
        let pairs = Neighbours::of(text.into_iter());
        assert!(pairs.join("Kebangsaan, Bhineka", "Tunggal Ika dan"));
        assert!(!pairs.join("Kegiatan", "Bhineka") && !pairs.join("Ika", "Pelaksanaan"));
        assert!(!pairs.join("rapat", "12 kali") && !pairs.join("", ""));
    }
}

//! How many plain edits two words are apart, counted fast.

use crate::letters::{ALPHABET, cut, index};

/// A word made ready for counting edits: where each letter stands in it, one bit a place.
///
/// Counts plain edits many times faster than [`Letters::similarity_from`] prices them, so that only words
/// that can be near are priced.
///
/// [`Letters::similarity_from`]: crate::letters::Letters::similarity_from
#[derive(Debug)]
pub(crate) struct Pattern {
    places: [u64; ALPHABET],
    /// Letters that are compared.
    len: usize,
    /// Letters of the whole word.
    whole: usize,
}

/// Edits in a word of so many letters that is as alike to another as `least`.
pub(crate) const fn most_edits(letters: usize, least: f32) -> usize {
    ((1.0 - least) * letters as f32) as usize
}

/// Whether two words, each with its [`letter_set`](crate::letters::letter_set), could be so few edits
/// apart, judged by their lengths and letters: an edit takes one letter out and brings one in.
pub(crate) fn may_be_within(a: (&str, u64), b: (&str, u64), edits: usize) -> bool {
    a.0.len().abs_diff(b.0.len()) <= edits && (a.1 ^ b.1).count_ones() as usize <= 2 * edits + 1
}

impl Pattern {
    pub(crate) fn new(word: &str) -> Self {
        let mut places = [0; ALPHABET];
        for (at, letter) in cut(word).iter().enumerate() {
            places[index(*letter)] |= 1 << at;
        }
        Self { places, len: cut(word).len(), whole: word.len() }
    }

    /// Whether another word is so few plain edits away that it could be as alike as `least`.
    /// Confusions cost less than an edit, hence one more.
    pub(crate) fn is_within(&self, other: &str, least: f32) -> bool {
        self.edits(other) <= most_edits(self.whole.max(other.len()), least) + 1
    }

    /// Letters to insert, leave out or replace to make `other` of the word (Myers' bit-parallel
    /// algorithm in Hyyrö's form). Letters outside the alphabet count as one letter.
    pub(crate) fn edits(&self, other: &str) -> usize {
        if self.len == 0 {
            return cut(other).len();
        }
        let (mut up, mut down) = (u64::MAX, 0u64);
        let last = 1 << (self.len - 1);
        let mut edits = self.len;
        for letter in cut(other) {
            let equal = self.places[index(*letter)];
            let across = (((equal & up).wrapping_add(up)) ^ up) | equal | down;
            let mut rises = down | !(across | up);
            let falls = up & across;
            edits += usize::from(rises & last != 0);
            edits -= usize::from(falls & last != 0);
            rises = (rises << 1) | 1;
            up = (falls << 1) | !(across | rises);
            down = rises & across;
        }
        edits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted_as_by_hand() {
        for (a, b, edits) in [
            ("", "abc", 3),
            ("abc", "", 3),
            ("kantor", "kantor", 0),
            ("kantor", "kntar", 2),
            ("pembinaan", "pembiayaan", 2),
            ("a", "b", 1),
            ("jasa", "surat", 4),
        ] {
            assert_eq!(Pattern::new(a).edits(b), edits, "{a} {b}");
        }
    }
}

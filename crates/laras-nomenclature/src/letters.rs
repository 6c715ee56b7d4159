//! How alike two words are, letter by letter.
//!
//! An edit distance with swaps of neighbours, in which a pair of letters that OCR, conversion or
//! spelling habits confuse (`confusions.tsv`) costs less than an arbitrary one.

use crate::tsv::{Problem, Table};

/// The longest word that is compared; longer ones are cut.
const LONGEST: usize = 40;

/// Costs of reading one letter or pair for another.
#[derive(Clone, Debug)]
pub(crate) struct Letters {
    /// Cost of one letter for another, by alphabet index of both; 1 unless the table has it.
    single: Vec<f32>,
    pairs: Vec<Pair>,
    /// Whether some pair ends in these two letters; spares a look at the pairs almost always.
    pair_ends: Vec<bool>,
}

/// One or two letters read for one or two others; one of the two has two letters.
#[derive(Clone, Debug)]
struct Pair {
    read: String,
    truth: String,
    cost: f32,
    /// The [`letter_set`] of what is read.
    letters: u64,
}

/// Index of a letter in the alphabet that confusions are kept for; everything else shares one.
pub(crate) fn index(letter: u8) -> usize {
    match letter {
        b'a'..=b'z' => usize::from(letter - b'a'),
        b'0'..=b'9' => usize::from(letter - b'0') + 26,
        _ => 36,
    }
}

pub(crate) const ALPHABET: usize = 37;
/// The small letters in a [`letter_set`].
pub(crate) const SMALL_LETTERS: u64 = 0x03ff_ffff;
/// The digits in a [`letter_set`].
pub(crate) const DIGITS: u64 = 0x3ff << 26;

impl Letters {
    pub(crate) fn read(table: Table<'_>, problems: &mut Vec<Problem>) -> Self {
        let mut letters = Self {
            single: vec![1.0; ALPHABET * ALPHABET],
            pairs: Vec::new(),
            pair_ends: vec![false; ALPHABET * ALPHABET],
        };
        table.each_row(["read", "true", "cost"], problems, |line, cells, problems| {
            let [seen, meant, cost] = cells;
            let Some(cost) = cost.parse::<f32>().ok().filter(|cost| (0.0..=1.0).contains(cost))
            else {
                let what = format!("cost is '{cost}', expected a number from 0 to 1");
                problems.push(Problem::new(table.file, line, what));
                return;
            };
            match (seen.len(), meant.len()) {
                (1, 1) => {
                    let at = index(seen.as_bytes()[0]) * ALPHABET + index(meant.as_bytes()[0]);
                    letters.single[at] = cost;
                }
                (1 | 2, 2) | (2, 1) => {
                    let last = |text: &str| index(text.as_bytes()[text.len() - 1]);
                    letters.pair_ends[last(seen) * ALPHABET + last(meant)] = true;
                    let (read, truth) = (seen.to_owned(), meant.to_owned());
                    letters.pairs.push(Pair { read, truth, cost, letters: letter_set(seen) });
                }
                _ => {
                    let what = format!("'{seen}' for '{meant}': expected one or two letters");
                    problems.push(Problem::new(table.file, line, what));
                }
            }
        });
        letters
    }

    /// Calls `reading` with what a word would be if one confusion with a letter pair were undone;
    /// `letters` is the [`letter_set`] of the word.
    pub(crate) fn for_each_reading(&self, word: &str, letters: u64, mut reading: impl FnMut(&str)) {
        let bytes = cut(word);
        if !word.is_ascii() || bytes.len() < word.len() {
            return;
        }
        let mut text = String::new();
        for pair in self.pairs.iter().filter(|pair| pair.letters & !letters == 0) {
            for at in 0..(bytes.len() + 1).saturating_sub(pair.read.len()) {
                if bytes[at..].starts_with(pair.read.as_bytes()) {
                    text.clear();
                    text.push_str(&word[..at]);
                    text.push_str(&pair.truth);
                    text.push_str(&word[at + pair.read.len()..]);
                    reading(&text);
                }
            }
        }
    }

    /// Every edit costs the same.
    pub(crate) fn plain() -> &'static Self {
        static PLAIN: std::sync::OnceLock<Letters> = std::sync::OnceLock::new();
        PLAIN.get_or_init(|| Self {
            single: vec![1.0; ALPHABET * ALPHABET],
            pairs: Vec::new(),
            pair_ends: vec![false; ALPHABET * ALPHABET],
        })
    }

    /// From 0 (nothing in common) to 1 (the same), one minus the cost of the edits per letter, if it is
    /// at least `least`; else something below it.
    ///
    /// `seen` is what a document prints, `meant` what it might mean.
    pub(crate) fn similarity_from(&self, seen: &str, meant: &str, least: f32) -> f32 {
        let (mut seen, mut meant) = (cut(seen), cut(meant));
        if seen == meant {
            return 1.0;
        }
        let longer = seen.len().max(meant.len()) as f32;
        // What both begin and end with costs nothing.
        let same =
            |pairs: &mut dyn Iterator<Item = (&u8, &u8)>| pairs.take_while(|(a, b)| a == b).count();
        let head = same(&mut seen.iter().zip(meant));
        (seen, meant) = (&seen[head..], &meant[head..]);
        let tail = same(&mut seen.iter().rev().zip(meant.iter().rev()));
        (seen, meant) = (&seen[..seen.len() - tail], &meant[..meant.len() - tail]);
        if seen.is_empty() || meant.is_empty() {
            return 1.0 - seen.len().max(meant.len()) as f32 / longer;
        }
        let most = (1.0 - least) * longer;
        (1.0 - self.cost(seen, meant, most) / longer).max(0.0)
    }

    /// The cost of the edits; anything above `most` if it is more than that.
    fn cost(&self, seen: &[u8], meant: &[u8], most: f32) -> f32 {
        let width = meant.len();
        let mut letters = [0u8; LONGEST];
        for (letter, meant) in letters.iter_mut().zip(meant) {
            *letter = index(*meant) as u8;
        }
        let letters = &letters[..width];
        let mut rows = [[0.0f32; LONGEST + 1]; 3];
        let [before, last, now] = &mut rows;
        let (mut before, mut last, mut now) =
            (&mut before[..=width], &mut last[..=width], &mut now[..=width]);
        for (at, cost) in last.iter_mut().enumerate() {
            *cost = at as f32;
        }
        for (i, read) in seen.iter().enumerate() {
            let row_costs = index(*read) * ALPHABET;
            let singles = &self.single[row_costs..row_costs + ALPHABET];
            let pair_ends = &self.pair_ends[row_costs..row_costs + ALPHABET];
            let mut left = (i + 1) as f32;
            let mut least = left;
            now[0] = left;
            for (j, (letter, true_letter)) in letters.iter().zip(meant).enumerate() {
                let same = read == true_letter;
                let single = if same { 0.0 } else { singles[usize::from(*letter)] };
                let mut best = (last[j] + single).min(last[j + 1] + 1.0).min(left + 1.0);
                if !same {
                    if i > 0 && j > 0 && *read == meant[j - 1] && seen[i - 1] == *true_letter {
                        best = best.min(before[j - 1] + 0.8);
                    }
                    if pair_ends[usize::from(*letter)] {
                        for Pair { read, truth, cost, .. } in &self.pairs {
                            if seen[..=i].ends_with(read.as_bytes())
                                && meant[..=j].ends_with(truth.as_bytes())
                            {
                                let from = if read.len() == 1 { &last } else { &before };
                                best = best.min(from[j + 1 - truth.len()] + cost);
                            }
                        }
                    }
                }
                now[j + 1] = best;
                left = best;
                least = least.min(best);
            }
            // Swaps and pairs reach back two rows and cost a little: hence the one.
            if least > most + 1.0 {
                return least;
            }
            (before, last, now) = (last, now, before);
        }
        last[width]
    }
}

/// The letters of a word as bits: words whose letters differ much are not alike.
pub(crate) fn letter_set(word: &str) -> u64 {
    word.bytes().fold(0, |set, byte| set | 1 << index(byte))
}

/// The letters of a word that are compared.
pub(crate) fn cut(word: &str) -> &[u8] {
    &word.as_bytes()[..word.len().min(LONGEST)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters() -> Letters {
        let text = "read\ttrue\tcost\nrn\tm\t0.3\n0\to\t0.2\nl\ti\t0.4\n";
        let mut problems = Vec::new();
        let letters = Letters::read(Table { file: "c", text }, &mut problems);
        assert!(problems.is_empty());
        letters
    }

    #[test]
    fn costs_are_those_of_the_table() {
        let letters = letters();
        let cost = |a: &str, b: &str| letters.cost(a.as_bytes(), b.as_bytes(), 99.0);
        assert!((cost("kornisi", "komisi") - 0.3).abs() < 1e-6);
        assert!((cost("k0misl", "komisi") - 0.6).abs() < 1e-6);
        assert!((cost("komsi", "komisi") - 1.0).abs() < 1e-6);
        assert!((cost("koimsi", "komisi") - 0.8).abs() < 1e-6);
        assert!((cost("xyz", "komisi") - 6.0).abs() < 1e-6);
    }

    #[test]
    fn similarity_stays_between_zero_and_one() {
        let letters = letters();
        let long = "a".repeat(500);
        for (a, b) in [("", ""), ("", "a"), ("a", ""), (long.as_str(), "a"), ("é", "e")] {
            assert!((0.0..=1.0).contains(&letters.similarity_from(a, b, 0.0)), "{a} {b}");
        }
        assert!(letters.similarity_from("sistlm", "sistim", 0.9) > 0.9);
    }
}

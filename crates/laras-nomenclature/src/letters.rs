//! How alike two words are, letter by letter.
//!
//! An edit distance with swaps of neighbours, in which a pair of letters that OCR, conversion or
//! spelling habits confuse (`confusions.tsv`) costs less than an arbitrary one.

use crate::tsv::{Problem, Table};

/// The longest word that is compared; longer ones are cut.
const LONGEST: usize = 40;
const WIDE: usize = 64;

/// Costs of reading one letter or pair for another.
#[derive(Clone, Debug)]
pub(crate) struct Letters {
    /// Cost of one letter for another, by alphabet index of both; 1 unless the table has it.
    single: Vec<f32>,
    /// What is read, what is meant, cost; one of the two has two letters.
    pairs: Vec<(Vec<u8>, Vec<u8>, f32)>,
    /// Whether some pair ends in these two letters; spares a look at the pairs almost always.
    pair_ends: Vec<bool>,
}

/// Index of a letter in the alphabet that confusions are kept for; everything else shares one.
fn index(letter: u8) -> usize {
    match letter {
        b'a'..=b'z' => usize::from(letter - b'a'),
        b'0'..=b'9' => usize::from(letter - b'0') + 26,
        _ => 36,
    }
}

const ALPHABET: usize = 37;

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
                (1, 2) | (2, 1) | (2, 2) => {
                    let last = |text: &str| index(text.as_bytes()[text.len() - 1]);
                    letters.pair_ends[last(seen) * ALPHABET + last(meant)] = true;
                    letters.pairs.push((seen.into(), meant.into(), cost));
                }
                _ => {
                    let what = format!("'{seen}' for '{meant}': expected one or two letters");
                    problems.push(Problem::new(table.file, line, what));
                }
            }
        });
        letters
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

    /// From 0 (nothing in common) to 1 (the same): one minus the cost of the edits per letter.
    ///
    /// `seen` is what a document prints, `meant` what it might mean.
    pub(crate) fn similarity(&self, seen: &str, meant: &str) -> f32 {
        let (seen, meant) = (cut(seen), cut(meant));
        if seen == meant {
            return 1.0;
        }
        let longer = seen.len().max(meant.len());
        if seen.is_empty() || meant.is_empty() {
            return 0.0;
        }
        (1.0 - self.cost(seen, meant) / longer as f32).max(0.0)
    }

    fn cost(&self, seen: &[u8], meant: &[u8]) -> f32 {
        let mut rows = [[0.0f32; WIDE]; 3];
        for (at, cost) in rows[0].iter_mut().enumerate().take(meant.len() + 1) {
            *cost = at as f32;
        }
        for i in 1..=seen.len() {
            let (now, last, before) = (i % 3, (i + 2) % 3, (i + 1) % 3);
            rows[now][0] = i as f32;
            let row_costs = index(seen[i - 1]) * ALPHABET;
            for j in 1..=meant.len() {
                let same = seen[i - 1] == meant[j - 1];
                let single = if same { 0.0 } else { self.single[row_costs + index(meant[j - 1])] };
                let mut best = (rows[last][j - 1] + single)
                    .min(rows[last][j] + 1.0)
                    .min(rows[now][j - 1] + 1.0);
                if !same {
                    if i > 1 && j > 1 && seen[i - 1] == meant[j - 2] && seen[i - 2] == meant[j - 1]
                    {
                        best = best.min(rows[before][j - 2] + 0.8);
                    }
                    let ends = row_costs + index(meant[j - 1]);
                    let pairs = if self.pair_ends[ends] { &self.pairs[..] } else { &[] };
                    for (read, truth, cost) in pairs {
                        if seen[..i].ends_with(read) && meant[..j].ends_with(truth) {
                            let from = (i - read.len()) % 3;
                            best = best.min(rows[from][j - truth.len()] + cost);
                        }
                    }
                }
                rows[now][j] = best;
            }
        }
        rows[seen.len() % 3][meant.len()]
    }
}

fn cut(word: &str) -> &[u8] {
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
        let cost = |a: &str, b: &str| letters.cost(a.as_bytes(), b.as_bytes());
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
            assert!((0.0..=1.0).contains(&letters.similarity(a, b)), "{a} {b}");
        }
        assert!(letters.similarity("sistlm", "sistim") > 0.9);
    }
}

//! What one column of a table holds, in counts, and what they make kinds and texts cost.

use std::cell::OnceCell;

use crate::kind::CellKind;

/// How unlike in length texts are at most.
pub(crate) const MOST_SIZE: f64 = 3.0;

/// What one column holds: how often each kind, which words its texts begin with, how long they are.
#[derive(Clone, Debug)]
pub(crate) struct ColumnStats {
    /// Whether its head leads one to expect values.
    pub(crate) is_of_values: bool,
    pub(crate) kinds: [f64; CellKind::COUNT],
    /// What words cost in it, worked out when it is first asked for after something was learnt.
    pub(crate) words: OnceCell<WordCosts>,
    pub(crate) rows: f64,
    /// How many words its texts begin with.
    pub(crate) first_words: usize,
    pub(crate) text_count: f64,
    pub(crate) length_sum: f64,
    pub(crate) length_squares: f64,
}

/// What a column makes texts cost.
#[derive(Clone, Debug)]
pub(crate) struct WordCosts {
    /// What a text costs whose first word none of the column begins with.
    pub(crate) strange_word: f64,
    /// Mean and variance of the lengths of its texts.
    pub(crate) mean: f64,
    pub(crate) variance: f64,
}

impl ColumnStats {
    pub(crate) fn words(&self) -> &WordCosts {
        self.words.get_or_init(|| {
            let mean = self.length_sum / self.text_count;
            WordCosts {
                strange_word: self.word_cost(0.0),
                mean,
                variance: (self.length_squares / self.text_count - mean * mean).max(0.05),
            }
        })
    }

    pub(crate) fn kind_cost(&self, kind: usize) -> f64 {
        -((self.kinds[kind] + 0.02) / (self.rows + 0.26)).ln()
    }

    /// What a text costs whose first word so many of the column begin with.
    pub(crate) fn word_cost(&self, known: f64) -> f64 {
        word_cost(known, self.text_count, self.first_words as f64)
    }

    pub(crate) fn learn_length(&mut self, length: f64) {
        self.words.take();
        self.text_count += 1.0;
        self.length_sum += length;
        self.length_squares += length * length;
    }

    /// A bound that no text costs more than: where each of the texts that the column may have begins with
    /// a word of its own, and with none of these.
    pub(crate) fn most_text_cost(&self) -> f64 {
        let texts = self.kinds[CellKind::Text.index()];
        word_cost(0.0, texts, texts) + MOST_SIZE * 0.4
    }
}

/// What a text costs whose first word so many of some texts begin with, which begin with so many words.
fn word_cost(known: f64, texts: f64, words: f64) -> f64 {
    let vocabulary = words + 5.0;
    -((known + 0.5) / (texts + 0.5 * vocabulary)).ln() * 0.4
}

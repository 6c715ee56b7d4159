//! The words of all official names: how telling each is, and what it is short for.

use rustc_hash::FxHashMap;

use crate::fold::is_number;
use crate::letters::letter_set;
use crate::near::NearWords;
use crate::words::{Class, Words};

/// A word of the vocabulary.
pub(crate) type WordId = u16;

/// All words and what is known of each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    ids: FxHashMap<String, WordId>,
    texts: Vec<String>,
    weights: Vec<f32>,
    classes: Vec<Class>,
    letters: Vec<u64>,
    frequency: Vec<u32>,
    /// What words that are short forms stand for.
    long: FxHashMap<WordId, Vec<Vec<WordId>>>,
    /// The words by their letters.
    pub(crate) near: NearWords,
    /// Words in the order of the alphabet.
    sorted: Vec<WordId>,
}

impl Vocabulary {
    /// The id of a word, added if it is new; `None` once the vocabulary is full.
    pub(crate) fn add(&mut self, word: &str) -> Option<WordId> {
        if let Some(id) = self.ids.get(word) {
            return Some(*id);
        }
        let id = WordId::try_from(self.texts.len()).ok()?;
        self.ids.insert(word.to_owned(), id);
        self.texts.push(word.to_owned());
        self.frequency.push(0);
        Some(id)
    }

    /// Counts a name that holds the word.
    pub(crate) fn count(&mut self, word: WordId) {
        self.frequency[usize::from(word)] += 1;
    }

    /// Weighs the words of `names` names and makes them ready to be found.
    pub(crate) fn finish(&mut self, names: usize, words: &Words) {
        self.classes = self.texts.iter().map(|text| words.class(text)).collect();
        self.letters = self.texts.iter().map(|text| letter_set(text)).collect();
        for (id, text) in self.texts.iter().enumerate() {
            let long = words.long_forms(text, self);
            if !long.is_empty() {
                self.long.insert(id as WordId, long);
            }
        }
        let rarity = |frequency: u32| (names as f32 / (frequency.max(1) as f32)).ln();
        self.weights = self
            .texts
            .iter()
            .zip(&self.frequency)
            .map(|(text, frequency)| weight(text, words.class(text), rarity(*frequency)))
            .collect();
        let mut sorted: Vec<WordId> = (0..self.texts.len()).map(|id| id as WordId).collect();
        sorted.sort_unstable_by(|a, b| self.text(*a).cmp(self.text(*b)));
        self.sorted = sorted;
        self.near = NearWords::new(&self.texts);
    }

    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    pub(crate) fn id(&self, word: &str) -> Option<WordId> {
        self.ids.get(word).copied()
    }

    pub(crate) fn text(&self, word: WordId) -> &str {
        &self.texts[usize::from(word)]
    }

    /// How many names have the word.
    pub(crate) fn frequency(&self, word: WordId) -> u32 {
        self.frequency[usize::from(word)]
    }

    pub(crate) fn weight(&self, word: WordId) -> f32 {
        self.weights[usize::from(word)]
    }

    /// What a word stands for, if it is a short form.
    pub(crate) fn long_forms(&self, word: WordId) -> &[Vec<WordId>] {
        self.long.get(&word).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn letters(&self, word: WordId) -> u64 {
        self.letters[usize::from(word)]
    }

    pub(crate) fn class(&self, word: WordId) -> Class {
        self.classes[usize::from(word)]
    }

    /// Whether some longer word begins like this.
    pub(crate) fn begins_a_word(&self, start: &str) -> bool {
        let at = self.sorted.partition_point(|id| self.text(*id) < start);
        self.sorted.get(at).is_some_and(|id| self.text(*id).starts_with(start))
    }
}

/// How much a word tells: rarity within bounds, almost nothing for function words.
pub(crate) fn weight(word: &str, class: Class, rarity: f32) -> f32 {
    match class {
        Class::Function => 0.15,
        Class::Year => 0.6,
        _ if is_year(word) => 0.3,
        _ if word.len() == 2 && !is_number(word) => rarity.clamp(0.6, 2.0),
        Class::Filler => 0.8,
        _ if word.len() == 1 && !is_number(word) => 0.5,
        _ => rarity.clamp(1.6, 6.5),
    }
}

/// How much a word tells that no official name has: the shorter, the likelier it is damage.
pub(crate) fn unknown_weight(word: &str, class: Class, is_acronym: bool) -> f32 {
    match word.len() {
        _ if class != Class::Telling || is_number(word) => weight(word, class, 3.0),
        2.. if is_acronym => 6.0,
        0 | 1 => 0.3,
        2 => 0.6,
        3 => 1.6,
        4 => 3.5,
        _ => 6.0,
    }
}

pub(crate) fn is_year(word: &str) -> bool {
    word.len() == 4 && is_number(word) && (word.starts_with("19") || word.starts_with("20"))
}

//! The words of all official names: how telling each is, and what it is short for.

use rustc_hash::FxHashMap;

use crate::fold::is_number;
use crate::letters::letter_set;
use crate::near::NearWords;
use crate::words::{Class, Words};

/// A word of the vocabulary.
pub(crate) type WordId = u16;

/// What is known of a word.
#[derive(Clone, Debug)]
pub(crate) struct KnownWord {
    pub(crate) text: Box<str>,
    /// How much it tells.
    pub(crate) weight: f32,
    pub(crate) class: Class,
    /// Its [`letter_set`].
    pub(crate) letters: u64,
    /// What it stands for, if it is a short form.
    pub(crate) long: Vec<Vec<WordId>>,
    /// How many names have it.
    pub(crate) names: u32,
}

impl KnownWord {
    pub(crate) fn new(text: &str, weight: f32, class: Class) -> Self {
        let letters = letter_set(text);
        Self { text: text.into(), weight, class, letters, long: Vec::new(), names: 0 }
    }
}

/// All words and what is known of each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    ids: FxHashMap<Box<str>, WordId>,
    words: Vec<KnownWord>,
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
        let id = WordId::try_from(self.words.len()).ok()?;
        self.ids.insert(word.into(), id);
        self.words.push(KnownWord::new(word, 0.0, Class::Telling));
        Some(id)
    }

    /// Counts a name that holds the word.
    pub(crate) fn count(&mut self, word: WordId) {
        self.words[usize::from(word)].names += 1;
    }

    /// Weighs the words of `names` names and makes them ready to be found.
    pub(crate) fn finish(&mut self, names: usize, classes: &Words) {
        for id in 0..self.words.len() {
            let word = &self.words[id];
            let rarity = (names as f32 / (word.names.max(1) as f32)).ln();
            let class = classes.class(&word.text);
            let weight = weight(&word.text, class, rarity);
            let long = classes.long_forms(&word.text, self);
            let word = &mut self.words[id];
            (word.class, word.weight, word.long) = (class, weight, long);
        }
        self.sorted = (0..self.words.len()).map(|id| id as WordId).collect();
        let texts: Vec<&str> = self.words.iter().map(|word| &*word.text).collect();
        self.sorted.sort_unstable_by_key(|id| texts[usize::from(*id)]);
        self.near = NearWords::new(&texts);
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    pub(crate) fn id(&self, word: &str) -> Option<WordId> {
        self.ids.get(word).copied()
    }

    pub(crate) fn word(&self, word: WordId) -> &KnownWord {
        &self.words[usize::from(word)]
    }

    pub(crate) fn text(&self, word: WordId) -> &str {
        &self.word(word).text
    }

    pub(crate) fn weight(&self, word: WordId) -> f32 {
        self.word(word).weight
    }

    pub(crate) fn class(&self, word: WordId) -> Class {
        self.word(word).class
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

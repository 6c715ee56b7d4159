//! The words of all official names: how telling each is, and which are near a misspelt one.

use rustc_hash::FxHashMap;

use crate::fold::is_number;
use crate::letters::{Letters, Pattern, letter_set};
use crate::words::{Class, Words};

/// A word of the vocabulary.
pub(crate) type WordId = u16;

/// Words nearer than this are worth trying in place of an unknown one.
pub(crate) const NEAR: f32 = 0.62;
/// If one of the words within one error is this near, no others are looked for.
const CLOSE: f32 = 0.86;
/// Words that so many names have are no typing errors of the lists themselves.
const FREQUENT: u32 = 5;
/// Words of so many letters are short.
const SHORT: usize = 4;
/// Short words nearer than this are worth trying.
const NEAR_SHORT: f32 = 0.55;
/// At most so many near words are kept for one unknown word.
const MOST_NEAR: usize = 8;
/// Letter pairs that more words have are left out of the search …
const COMMON_PAIR: u32 = 500;
/// … while at least so many are left.
const LEAST_PAIRS: usize = 9;
/// At most so many are compared letter by letter.
const MOST_PRICED: usize = 12;
/// Symbols of the letter pair index: letters, digits, word boundary, anything else.
const SYMBOLS: usize = 38;

/// All words, their weights, and an index by letter pairs.
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
    /// Words by letter pair: `pair_words[pair_starts[p]..pair_starts[p + 1]]`.
    pair_starts: Vec<u32>,
    pair_words: Vec<WordId>,
    /// Hashes of all words, whole and with one letter left out, sorted: words that are one
    /// letter or one swap apart share one. The id of the word is in the last 16 bits.
    shortened: Vec<u64>,
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

    /// Weighs the words of `names` names and indexes their letter pairs.
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
        let mut shortened = Vec::with_capacity(self.texts.len() * 10);
        for (id, text) in self.texts.iter().enumerate() {
            for_each_shortened(text, |hash| shortened.push(u64::from(hash) << 16 | id as u64));
        }
        shortened.sort_unstable();
        self.shortened = shortened;
        let mut pairs = Vec::with_capacity(self.texts.len() * 9);
        for (id, text) in self.texts.iter().enumerate() {
            for_each_pair(text, |pair| pairs.push((pair as u16, id as WordId)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        self.pair_starts = vec![0; SYMBOLS * SYMBOLS + 1];
        for (pair, _) in &pairs {
            self.pair_starts[usize::from(*pair) + 1] += 1;
        }
        for at in 1..self.pair_starts.len() {
            self.pair_starts[at] += self.pair_starts[at - 1];
        }
        self.pair_words = pairs.into_iter().map(|(_, id)| id).collect();
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

    /// Vocabulary words that an unknown word could be, nearest first.
    pub(crate) fn near(
        &self,
        word: &str,
        letters: &Letters,
        counts: &mut Vec<u8>,
    ) -> Vec<(WordId, f32)> {
        if word.len() < 2 || is_number(word) {
            return Vec::new();
        }
        let is_short = word.len() <= SHORT;
        let mut close: Vec<WordId> = Vec::new();
        letters.for_each_reading(word, |reading| {
            close
                .extend(self.id(reading).filter(|id| self.frequency[usize::from(*id)] >= FREQUENT));
        });
        for_each_shortened(word, |hash| {
            let start = self.shortened.partition_point(|other| other >> 16 < u64::from(hash));
            let same =
                self.shortened[start..].iter().take_while(|other| *other >> 16 == u64::from(hash));
            close.extend(same.map(|other| *other as WordId));
        });
        close.sort_unstable();
        close.dedup();
        let least = if is_short { NEAR_SHORT } else { NEAR };
        let near = self.priced(word, close.into_iter(), least, letters);
        if is_short || near.first().is_some_and(|(_, similarity)| *similarity >= CLOSE) {
            return near;
        }
        // Pairs that few words have tell most; the commonest are left out while enough are left.
        let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(word.len() + 1);
        for_each_pair(word, |pair| {
            pairs.push((self.pair_starts[pair], self.pair_starts[pair + 1]));
        });
        pairs.sort_unstable_by_key(|(from, to)| (to - from, *from));
        pairs.dedup();
        let common = pairs.iter().filter(|(from, to)| to - from > COMMON_PAIR).count();
        let all = pairs.len();
        pairs.truncate((all - common).max(LEAST_PAIRS.min(all)));
        // Every letter in error spoils two pairs; three letters in ten may be in error.
        let errors = (word.len() * 3 + 5) / 10;
        let least = pairs.len().saturating_sub(2 * errors).max(2) as u8;
        counts.clear();
        counts.resize(self.texts.len(), 0);
        let mut met: Vec<WordId> = Vec::new();
        for (from, to) in &pairs {
            for id in &self.pair_words[*from as usize..*to as usize] {
                let count = &mut counts[usize::from(*id)];
                *count += 1;
                if *count == least {
                    met.push(*id);
                }
            }
        }
        let most = met.iter().map(|id| counts[usize::from(*id)]).max().unwrap_or_default();
        let least = most.div_ceil(2);
        let longest_gap = 2 + word.len() / 4;
        let letter_set = letter_set(word);
        met.retain(|id| {
            counts[usize::from(*id)] >= least
                && self.text(*id).len().abs_diff(word.len()) <= longest_gap
                && (self.letters(*id) ^ letter_set).count_ones() as usize <= 2 * errors + 1
        });
        // Plain edits tell which are worth pricing: a confusion is one edit at least.
        let pattern = Pattern::new(word);
        let mut by_edits: Vec<(usize, WordId)> = met
            .into_iter()
            .map(|id| (pattern.edits(self.text(id)), id))
            .filter(|(edits, _)| *edits <= errors + 1)
            .collect();
        by_edits.sort_unstable();
        by_edits.truncate(MOST_PRICED);
        self.priced(word, by_edits.into_iter().map(|(_, id)| id), NEAR, letters)
    }

    fn priced(
        &self,
        word: &str,
        near: impl Iterator<Item = WordId>,
        least: f32,
        letters: &Letters,
    ) -> Vec<(WordId, f32)> {
        let mut scored: Vec<(WordId, f32)> = near
            .map(|id| (id, letters.similarity_from(word, self.text(id), least)))
            .filter(|(_, similarity)| *similarity >= least)
            .collect();
        scored.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        scored.truncate(MOST_NEAR);
        scored
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

fn symbol(letter: u8) -> usize {
    match letter {
        b'a'..=b'z' => usize::from(letter - b'a'),
        b'0'..=b'9' => usize::from(letter - b'0') + 26,
        _ => 37,
    }
}

/// Hashes of a word as it is and with each letter left out.
fn for_each_shortened(word: &str, mut hash: impl FnMut(u32)) {
    let letters = &word.as_bytes()[..word.len().min(40)];
    for left_out in 0..=letters.len() {
        let kept = letters.iter().enumerate().filter(|(at, _)| *at != left_out);
        hash(kept.fold(0x811c_9dc5, |hash: u32, (_, letter)| {
            (hash ^ u32::from(*letter)).wrapping_mul(0x0100_0193)
        }));
    }
}

/// Letter pairs of a word with its boundaries.
fn for_each_pair(word: &str, mut pair: impl FnMut(usize)) {
    const BOUNDARY: usize = 36;
    let mut last = BOUNDARY;
    for letter in word.bytes().take(40) {
        let next = symbol(letter);
        pair(last * SYMBOLS + next);
        last = next;
    }
    pair(last * SYMBOLS + BOUNDARY);
}

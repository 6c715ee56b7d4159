//! The distinct names, their words, and the way from words to names.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::fold::{Folded, fold_name};
use crate::lists::Lists;
use crate::vocabulary::{Vocabulary, WordId};
use crate::words::Words;

/// A distinct official name: rows that differ in case and punctuation only share one.
pub(crate) type NameId = u16;

/// Names have fewer words than this; what is longer is cut for comparison.
pub(crate) const MOST_WORDS: usize = 64;

/// What the index keeps of a name.
#[derive(Clone, Debug)]
pub(crate) struct NameRecord {
    first_word: u32,
    words: u8,
    first_entry: u32,
    entries: u32,
}

/// Names by their folded form and by their words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    pub(crate) vocabulary: Vocabulary,
    names: Vec<NameRecord>,
    /// For each name the sum of the weights of its words.
    weights: Vec<f32>,
    /// The words of all names, one name after the other.
    words: Vec<WordId>,
    by_compact: FxHashMap<String, NameId>,
    /// Names by word.
    with_word: Lists<NameId>,
}

impl Index {
    /// Numbers the names of the rows; `raw` gives the name of each row, in order, and receives
    /// its number.
    pub(crate) fn build<'t>(
        raw: impl Iterator<Item = &'t str>,
        classes: &Words,
        mut number: impl FnMut(usize, NameId),
    ) -> Self {
        let mut index = Self::default();
        let mut by_raw: FxHashMap<&str, NameId> = FxHashMap::default();
        let mut of_row: Vec<NameId> = Vec::new();
        let mut compact = String::new();
        for (row, name) in raw.enumerate() {
            let id = if let Some(id) = by_raw.get(name) {
                *id
            } else {
                let folded = fold_name(name, classes);
                folded.compact(&mut compact);
                let id = match index.by_compact.get(&compact) {
                    Some(id) => *id,
                    None => index.add(&folded, &compact),
                };
                by_raw.insert(name, id);
                id
            };
            number(row, id);
            of_row.push(id);
        }
        index.finish(&of_row, classes);
        index
    }

    fn add(&mut self, folded: &Folded, compact: &str) -> NameId {
        let id = self.names.len().min(usize::from(NameId::MAX)) as NameId;
        self.by_compact.insert(compact.to_owned(), id);
        let first_word = self.words.len() as u32;
        for word in folded.words.iter().take(MOST_WORDS) {
            self.words.extend(self.vocabulary.add(&word.text));
        }
        self.names.push(NameRecord {
            first_word,
            words: (self.words.len() as u32 - first_word) as u8,
            first_entry: 0,
            entries: 0,
        });
        id
    }

    fn finish(&mut self, of_row: &[NameId], classes: &Words) {
        let mut pairs: Vec<(usize, NameId)> = Vec::with_capacity(self.words.len());
        for id in 0..self.names.len() {
            let first = pairs.len();
            for word in self.words_of(id as NameId) {
                let pair = (usize::from(*word), id as NameId);
                if !pairs[first..].contains(&pair) {
                    pairs.push(pair);
                }
            }
        }
        for (word, _) in &pairs {
            self.vocabulary.count(*word as WordId);
        }
        self.vocabulary.finish(self.names.len(), classes);
        self.with_word = Lists::new(self.vocabulary.len(), &pairs);
        let weigh =
            |id| self.words_of(id as NameId).iter().map(|word| self.vocabulary.weight(*word)).sum();
        self.weights = (0..self.names.len()).map(weigh).collect();
        for id in of_row {
            self.names[usize::from(*id)].entries += 1;
        }
        let mut first = 0;
        for record in &mut self.names {
            record.first_entry = first;
            first += record.entries;
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    pub(crate) fn words_of(&self, name: NameId) -> &[WordId] {
        let record = &self.names[usize::from(name)];
        let first = record.first_word as usize;
        &self.words[first..first + usize::from(record.words)]
    }

    /// Where the rows that have a name stand among the rows in the order of their names.
    pub(crate) fn entries_of(&self, name: NameId) -> Range<usize> {
        let record = &self.names[usize::from(name)];
        let first = record.first_entry as usize;
        first..first + record.entries as usize
    }

    /// The name with exactly this folded form, spaces aside.
    pub(crate) fn exact(&self, compact: &str) -> Option<NameId> {
        self.by_compact.get(compact).copied()
    }

    pub(crate) fn weight_of(&self, name: NameId) -> f32 {
        self.weights[usize::from(name)]
    }

    /// The names that have a word.
    pub(crate) fn names_with(&self, word: WordId) -> &[NameId] {
        self.with_word.of(usize::from(word))
    }
}

//! The distinct names, their words, and the way from words to names.

use std::cell::RefCell;
use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use crate::fold::{Folded, fold_name};
use crate::prepared::Prepared;
use crate::vocabulary::{Vocabulary, WordId};
use crate::words::{Class, Words};

/// A distinct official name: rows that differ in case and punctuation only share one.
pub(crate) type NameId = u16;

/// Words that more names have than this are not asked for candidates while rarer ones are left.
const COMMON: usize = 350;
/// Candidates are looked for until so many names were met.
const ENOUGH: usize = 1200;

/// What a word counts against a candidate that only the query has, and that only the name has:
/// names are cut off and shortened more often than they are widened.
const EXTRA: f32 = 0.8;
const MISSING: f32 = 0.25;

/// What the index keeps of a name.
#[derive(Clone, Debug)]
pub(crate) struct NameRecord {
    first_word: u32,
    words: u8,
    /// Sum of the weights of its words.
    pub(crate) weight: f32,
    first_entry: u32,
    entries: u32,
}

/// Names by their folded form and by their words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    pub(crate) vocabulary: Vocabulary,
    names: Vec<NameRecord>,
    /// The words of all names, one name after the other.
    words: Vec<WordId>,
    /// Rows of the nomenclature by name.
    entries: Vec<u32>,
    by_compact: FxHashMap<String, NameId>,
    /// Names by word: `postings[starts[w]..starts[w + 1]]`.
    starts: Vec<u32>,
    postings: Vec<NameId>,
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
            weight: 0.0,
            first_entry: 0,
            entries: 0,
        });
        id
    }

    fn finish(&mut self, of_row: &[NameId], classes: &Words) {
        let mut pairs: Vec<(WordId, NameId)> = Vec::with_capacity(self.words.len());
        for id in 0..self.names.len() {
            let id = id as NameId;
            let start = pairs.len();
            pairs.extend(self.words_of(id).iter().map(|word| (*word, id)));
            pairs[start..].sort_unstable();
            let mut at = start;
            for next in start..pairs.len() {
                if next == start || pairs[next] != pairs[at - 1] {
                    pairs[at] = pairs[next];
                    at += 1;
                }
            }
            pairs.truncate(at);
        }
        for (word, _) in &pairs {
            self.vocabulary.count(*word);
        }
        self.vocabulary.finish(self.names.len(), classes);
        self.starts = vec![0; self.vocabulary.len() + 1];
        for (word, _) in &pairs {
            self.starts[usize::from(*word) + 1] += 1;
        }
        for at in 1..self.starts.len() {
            self.starts[at] += self.starts[at - 1];
        }
        let mut next = self.starts.clone();
        self.postings = vec![0; pairs.len()];
        for (word, name) in pairs {
            let at = &mut next[usize::from(word)];
            self.postings[*at as usize] = name;
            *at += 1;
        }
        for id in 0..self.names.len() {
            self.names[id].weight =
                self.words_of(id as NameId).iter().map(|word| self.vocabulary.weight(*word)).sum();
        }
        for id in of_row {
            self.names[usize::from(*id)].entries += 1;
        }
        let mut first = 0;
        for record in &mut self.names {
            record.first_entry = first;
            first += std::mem::take(&mut record.entries);
        }
        self.entries = vec![0; of_row.len()];
        for (row, id) in of_row.iter().enumerate() {
            let record = &mut self.names[usize::from(*id)];
            self.entries[(record.first_entry + record.entries) as usize] = row as u32;
            record.entries += 1;
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

    /// The rows that have a name.
    pub(crate) fn entries_of(&self, name: NameId) -> &[u32] {
        let record = &self.names[usize::from(name)];
        let first = record.first_entry as usize;
        &self.entries[first..first + record.entries as usize]
    }

    /// The name with exactly this folded form, spaces aside.
    pub(crate) fn exact(&self, compact: &str) -> Option<NameId> {
        self.by_compact.get(compact).copied()
    }

    fn postings_of(&self, word: WordId) -> &[NameId] {
        let range =
            self.starts[usize::from(word)] as usize..self.starts[usize::from(word) + 1] as usize;
        &self.postings[range]
    }

    /// The names that share most with the query, best first, each with the share of the words'
    /// weight that it has, from 0 to 1; what the query has beyond it counts more than what it lacks.
    pub(crate) fn candidates(&self, query: &Prepared, most: usize) -> Vec<(f32, NameId)> {
        let mut probes: Vec<(usize, WordId, f32)> = Vec::with_capacity(query.words.len() * 2);
        for word in &query.words {
            if word.class == Class::Function {
                continue;
            }
            let long = word.long.iter().flatten().map(|id| (*id, 0.9));
            for (id, similarity) in word.meanings().chain(long) {
                let postings = self.postings_of(id).len();
                probes.push((postings, id, self.vocabulary.weight(id) * similarity));
            }
        }
        probes.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
        probes.dedup_by_key(|probe| probe.1);
        SHARED.with_borrow_mut(|shared| self.ranked(&probes, query.weight, most, shared))
    }

    /// The best names by the weight of the probes that they have; `shared` is zero before and after.
    fn ranked(
        &self,
        probes: &[(usize, WordId, f32)],
        asked: f32,
        most: usize,
        shared: &mut [f32; NAMES],
    ) -> Vec<(f32, NameId)> {
        let mut met: Vec<NameId> = Vec::with_capacity(ENOUGH);
        for (postings, word, weight) in probes {
            if met.len() >= ENOUGH || (*postings > COMMON && met.len() >= most * 8) {
                for name in self.postings_of(*word) {
                    let sum = &mut shared[usize::from(*name)];
                    *sum += if *sum > 0.0 { *weight } else { 0.0 };
                }
                continue;
            }
            for name in self.postings_of(*word) {
                let sum = &mut shared[usize::from(*name)];
                if *sum == 0.0 {
                    met.push(*name);
                }
                *sum += weight;
            }
        }
        let mut best = Best { most, ranked: Vec::with_capacity(most + 1) };
        // Names that share no more than this are not among the best, even if they lack nothing.
        let mut floor = 0.0;
        for name in met {
            let sum = std::mem::take(&mut shared[usize::from(name)]);
            if sum <= floor {
                continue;
            }
            let missing = (self.names[usize::from(name)].weight - sum).max(0.0);
            let extra = (asked - sum).max(0.0);
            best.offer(sum / (sum + EXTRA * extra + MISSING * missing), name);
            floor = best
                .last()
                .map_or(0.0, |last| 0.999 * last * EXTRA * asked / (1.0 - last + last * EXTRA));
        }
        best.ranked
    }
}

/// As many names as there can be.
const NAMES: usize = NameId::MAX as usize + 1;

thread_local! {
    /// The weight that each name shares with a query while its candidates are looked for, else zero.
    static SHARED: RefCell<Box<[f32; NAMES]>> = RefCell::new(Box::new([0.0; NAMES]));
}

/// The best of the names that were offered, best first.
struct Best {
    most: usize,
    ranked: Vec<(f32, NameId)>,
}

impl Best {
    fn offer(&mut self, rank: f32, name: NameId) {
        let is_before = |other: &(f32, NameId)| {
            other.0.total_cmp(&rank).then(name.cmp(&other.1)) == Ordering::Greater
        };
        let at = self.ranked.iter().rposition(is_before).map_or(0, |last| last + 1);
        if at < self.most {
            self.ranked.insert(at, (rank, name));
            self.ranked.truncate(self.most);
        }
    }

    /// The rank of the last of the best, once there are as many as are wanted.
    fn last(&self) -> Option<f32> {
        self.ranked.get(self.most.checked_sub(1)?).map(|last| last.0)
    }
}

/// Names have fewer words than this; what is longer is cut for comparison.
pub(crate) const MOST_WORDS: usize = 64;

//! From the words of a query to the names that share most with it.

use std::cell::RefCell;
use std::cmp::Ordering;

use crate::index::{Index, NameId};
use crate::prepared::Prepared;
use crate::vocabulary::WordId;
use crate::words::Class;

/// What a word counts against a candidate that only the query has, and that only the name has:
/// names are cut off and shortened more often than they are widened.
const EXTRA: f32 = 0.8;
const MISSING: f32 = 0.25;

/// Names whose rank is less than this part of the best one's need not be among the best.
const RELEVANT: f32 = 0.4;

/// A word that is looked for.
#[derive(Clone, Copy, Debug)]
struct Probe {
    word: WordId,
    /// How many names have it.
    names: usize,
    /// What a name with the word shares with the query.
    weight: Weight,
}

impl Index {
    /// The names that share most with the query, best first, each with the share of the words'
    /// weight that it has, from 0 to 1; what the query has beyond it counts more than what it lacks.
    pub(crate) fn candidates(&self, query: &Prepared, most: usize) -> Vec<(f32, NameId)> {
        let mut probes: Vec<Probe> = Vec::with_capacity(query.words.len() * 2);
        for word in &query.words {
            if word.class == Class::Function {
                continue;
            }
            let long = word.long.iter().flatten().map(|id| (*id, 0.9));
            for (id, similarity) in word.meanings().chain(long) {
                let names = self.names_with(id).len();
                let weight = self.vocabulary.weight(id) * similarity;
                probes.push(Probe { word: id, names, weight: (weight * UNITS) as Weight });
            }
        }
        probes.sort_unstable_by(|a, b| {
            (a.names, a.word).cmp(&(b.names, b.word)).then(b.weight.cmp(&a.weight))
        });
        probes.dedup_by_key(|probe| probe.word);
        probes.truncate(MOST_PROBES);
        SHARED.with_borrow_mut(|shared| self.ranked(&probes, query.weight, most, shared))
    }

    /// The best names by the weight of the probes that they have; `shared` is zero before and after.
    fn ranked(
        &self,
        probes: &[Probe],
        asked: f32,
        most: usize,
        shared: &mut [Weight; NAMES],
    ) -> Vec<(f32, NameId)> {
        for probe in probes {
            for name in self.names_with(probe.word) {
                shared[usize::from(*name)] += probe.weight;
            }
        }
        let mut best = Best { most, ranked: Vec::with_capacity(most + 1) };
        // Names that share no more than this rank too low, even if they lack nothing.
        let mut floor = 0;
        // What a name can share that has none of the probes before.
        let mut rest: Weight = probes.iter().map(|probe| probe.weight).sum();
        for probe in probes {
            if rest <= floor {
                break;
            }
            rest -= probe.weight;
            for name in self.names_with(probe.word) {
                let sum = &mut shared[usize::from(*name)];
                if *sum <= floor {
                    continue;
                }
                let sum = f32::from(std::mem::take(sum)) / UNITS;
                let missing = (self.weight_of(*name) - sum).max(0.0);
                let extra = (asked - sum).max(0.0);
                best.offer(sum / (sum + EXTRA * extra + MISSING * missing), *name);
                let last = best.last().unwrap_or(0.0).max(best.first() * RELEVANT);
                let least = 0.999 * last * EXTRA * asked / (1.0 - last + last * EXTRA);
                floor = (least * UNITS) as Weight;
            }
        }
        shared[..self.len()].fill(0);
        best.ranked
    }
}

/// The weight of words, so many units of it one.
type Weight = u16;
const UNITS: f32 = 64.0;
/// So many words, each of the highest weight, are no more than a [`Weight`] holds.
const MOST_PROBES: usize = 150;

/// As many names as there can be.
const NAMES: usize = NameId::MAX as usize + 1;

thread_local! {
    /// The weight that each name shares with a query while its candidates are looked for, else zero.
    static SHARED: RefCell<Box<[Weight; NAMES]>> = RefCell::new(Box::new([0; NAMES]));
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

    /// The rank of the best.
    fn first(&self) -> f32 {
        self.ranked.first().map_or(0.0, |first| first.0)
    }

    /// The rank of the last of the best, once there are as many as are wanted.
    fn last(&self) -> Option<f32> {
        self.ranked.get(self.most.checked_sub(1)?).map(|last| last.0)
    }
}

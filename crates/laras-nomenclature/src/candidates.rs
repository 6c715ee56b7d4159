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

/// A word that is looked for.
#[derive(Clone, Copy, Debug)]
struct Probe {
    word: WordId,
    /// How many names have it.
    names: usize,
    /// What a name with the word shares with the query.
    weight: f32,
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
                probes.push(Probe { word: id, names, weight });
            }
        }
        probes.sort_unstable_by(|a, b| {
            (a.names, a.word).cmp(&(b.names, b.word)).then(b.weight.total_cmp(&a.weight))
        });
        probes.dedup_by_key(|probe| probe.word);
        SHARED.with_borrow_mut(|shared| self.ranked(&probes, query.weight, most, shared))
    }

    /// The best names by the weight of the probes that they have. Names come from the rare words, and
    /// from common ones until there are enough; of them it is then asked which common words they have.
    fn ranked(
        &self,
        probes: &[Probe],
        asked: f32,
        most: usize,
        shared: &mut Shared,
    ) -> Vec<(f32, NameId)> {
        let mut rest = probes;
        while let [probe, others @ ..] = rest
            && (shared.met < most * 8 || self.bits_of(probe.word).is_none())
        {
            self.names_with(probe.word).iter().for_each(|name| shared.add(*name, probe.weight));
            rest = others;
        }
        let rest: Vec<(&[u64], f32)> = rest
            .iter()
            .filter_map(|probe| Some((self.bits_of(probe.word)?, probe.weight)))
            .collect();
        let most_of_rest: f32 = rest.iter().map(|(_, weight)| weight).sum();
        let mut best = Best { most, ranked: Vec::with_capacity(most + 1) };
        // Names that share no more than this are not among the best, even if they lack nothing.
        let mut floor = 0.0;
        shared.drain(|name, mut sum| {
            if sum + most_of_rest <= floor {
                return;
            }
            for (bits, weight) in &rest {
                let has = bits[usize::from(name) / 64] >> (name % 64) & 1;
                sum += if has == 1 { *weight } else { 0.0 };
            }
            let missing = (self.weight_of(name) - sum).max(0.0);
            let extra = (asked - sum).max(0.0);
            best.offer(sum / (sum + EXTRA * extra + MISSING * missing), name);
            floor = best
                .last()
                .map_or(0.0, |last| 0.999 * last * EXTRA * asked / (1.0 - last + last * EXTRA));
        });
        best.ranked
    }
}

/// As many names as there can be.
const NAMES: usize = NameId::MAX as usize + 1;

/// The names that were met while candidates are looked for.
struct Shared {
    /// The weight that each name shares with the query; zero for those that were not met.
    weights: [f32; NAMES],
    /// Those that were, in the order in which they were met …
    names: [NameId; NAMES],
    /// … and how many.
    met: usize,
}

impl Shared {
    fn add(&mut self, name: NameId, weight: f32) {
        let sum = &mut self.weights[usize::from(name)];
        self.names[self.met % NAMES] = name;
        self.met += usize::from(*sum == 0.0);
        *sum += weight;
    }

    /// Hands over what was met and forgets it.
    fn drain(&mut self, mut each: impl FnMut(NameId, f32)) {
        for name in &self.names[..std::mem::take(&mut self.met)] {
            each(*name, std::mem::take(&mut self.weights[usize::from(*name)]));
        }
    }
}

thread_local! {
    static SHARED: RefCell<Box<Shared>> =
        RefCell::new(Box::new(Shared { weights: [0.0; NAMES], names: [0; NAMES], met: 0 }));
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

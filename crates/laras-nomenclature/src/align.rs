//! Weighted alignment of the words of two names: which word stands for which, and what is left.
//!
//! Words are paired without regard to order (swaps are priced afterwards): equal words first,
//! then words that are alike letter by letter, then run-together and split words, then acronyms
//! against the words they abbreviate. What stays unpaired on either side is what tells two
//! names apart.

use crate::likeness::Likenesses;
use crate::prepared::{Prepared, QueryWord};
use crate::vocabulary::{KnownWord, WordId};
use crate::words::Class;

/// At most so many words of either side are paired: one bit each.
pub(crate) const MOST_PAIRED: usize = 64;

/// A word of the name that is compared with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'n> {
    pub(crate) id: Option<WordId>,
    pub(crate) word: &'n KnownWord,
}

/// Which words stand for which.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alignment {
    /// For each target the query word and how alike they are.
    pub(crate) pairs: Vec<Option<(u8, f32)>>,
    /// Query words that stand for something, one bit each.
    pub(crate) used: u64,
    /// Query words that stand for nothing so far.
    pub(crate) unused: u64,
    /// Targets that nothing stands for so far.
    pub(crate) free: u64,
    /// Room for the pairs of words that are alike while they are looked for.
    alike: Vec<(f32, u8, u8)>,
}

impl Alignment {
    /// Nothing aligned so far, with room for names of usual length.
    pub(crate) fn with_room() -> Self {
        Self { pairs: Vec::with_capacity(16), alike: Vec::with_capacity(8), ..Self::default() }
    }

    /// Aligns a query with a name; what was aligned before is forgotten.
    pub(crate) fn align(
        &mut self,
        query: &Prepared,
        targets: &[Target<'_>],
        likenesses: &mut Likenesses<'_>,
    ) {
        let targets = &targets[..targets.len().min(MOST_PAIRED)];
        let words = &query.words[..query.words.len().min(MOST_PAIRED)];
        self.pairs.clear();
        self.pairs.resize(targets.len(), None);
        self.used = 0;
        self.unused = first_bits(words.len());
        self.free = first_bits(targets.len());
        self.pair_equal(query, targets);
        if self.is_complete() {
            return;
        }
        self.pair_alike(targets, likenesses);
        self.pair_cut_off(words, targets);
        if !self.is_complete() {
            self.pair_short_forms(words, targets);
            self.pair_glued(words, targets, likenesses);
            self.pair_acronyms(words, query.initials, targets);
        }
    }

    fn is_complete(&self) -> bool {
        self.unused == 0 || self.free == 0
    }

    pub(crate) fn is_used(&self, at: usize) -> bool {
        self.used & (1 << at) != 0
    }

    pub(crate) fn is_free(&self, to: usize) -> bool {
        self.free & (1 << to) != 0
    }

    pub(crate) fn pair(&mut self, at: usize, target: usize, alike: f32) {
        self.mark_used(at);
        self.free &= !(1 << target);
        self.pairs[target] = Some((at as u8, alike));
    }

    pub(crate) fn mark_used(&mut self, at: usize) {
        self.used |= 1 << at;
        self.unused &= !(1 << at);
    }

    /// Equal words, repeated ones in their order.
    fn pair_equal(&mut self, query: &Prepared, targets: &[Target<'_>]) {
        for (to, target) in targets.iter().enumerate() {
            let found = match target.id {
                Some(id) if query.may_have(id) => {
                    query.with_id(id).find(|at| *at < MOST_PAIRED && !self.is_used(*at))
                }
                Some(_) => None,
                None => bits(self.unused).find(|at| {
                    let word = &query.words[*at];
                    word.id.is_none() && *word.text == *target.word.text
                }),
            };
            if let Some(at) = found {
                self.pair(at, to, 1.0);
            }
        }
    }

    fn pair_alike(&mut self, targets: &[Target<'_>], likenesses: &mut Likenesses<'_>) {
        let mut found = std::mem::take(&mut self.alike);
        for at in bits(self.unused) {
            for to in bits(self.free) {
                if let Some(alike) = likenesses.of(at, &targets[to]) {
                    found.push((alike, at as u8, to as u8));
                }
            }
        }
        found.sort_unstable_by(|a, b| {
            let apart = |pair: &(f32, u8, u8)| pair.1.abs_diff(pair.2);
            b.0.total_cmp(&a.0).then(apart(a).cmp(&apart(b))).then((a.1, a.2).cmp(&(b.1, b.2)))
        });
        for (alike, at, to) in found.drain(..) {
            if !self.is_used(usize::from(at)) && self.is_free(usize::from(to)) {
                self.pair(usize::from(at), usize::from(to), alike);
            }
        }
        self.alike = found;
    }

    /// The last word, cut off by the end of a line or page, for the word that comes next.
    fn pair_cut_off(&mut self, query: &[QueryWord], targets: &[Target<'_>]) {
        let Some(last) = query.len().checked_sub(1) else { return };
        if self.is_used(last) {
            return;
        }
        let next = self.pairs.iter().rposition(Option::is_some).map_or(0, |before| before + 1);
        let begins = |to: &usize| targets[*to].word.text.starts_with(query[last].text.as_str());
        if let Some(to) = (next..targets.len().min(next + 2)).find(begins) {
            self.pair(last, to, 0.9);
        }
    }

    /// A short form for the words it stands for, on either side.
    fn pair_short_forms(&mut self, query: &[QueryWord], targets: &[Target<'_>]) {
        for at in bits(self.unused) {
            for long in &query[at].long {
                let starts = |start: &usize| {
                    targets[*start..].len() >= long.len()
                        && long.iter().enumerate().all(|(step, id)| {
                            let to = start + step;
                            let can_be =
                                self.is_free(to) || targets[to].word.class == Class::Function;
                            can_be && targets[to].id == Some(*id)
                        })
                };
                if let Some(start) = (0..targets.len()).find(starts) {
                    for to in start..start + long.len() {
                        if self.is_free(to) {
                            self.pair(at, to, 0.95);
                        }
                    }
                    break;
                }
            }
        }
        for to in bits(self.free) {
            for long in &targets[to].word.long {
                let starts = |start: &usize| {
                    query[*start..].len() >= long.len()
                        && long.iter().enumerate().all(|(step, id)| {
                            let at = start + step;
                            let can_be = !self.is_used(at) || query[at].class == Class::Function;
                            can_be && query[at].id == Some(*id)
                        })
                };
                if let Some(start) = (0..query.len()).find(starts) {
                    self.pair(start, to, 0.95);
                    (start..start + long.len()).for_each(|at| self.mark_used(at));
                    break;
                }
            }
        }
    }
}

/// So many bits, the lowest.
fn first_bits(count: usize) -> u64 {
    if count == 0 { 0 } else { u64::MAX >> (MOST_PAIRED - count) }
}

/// The places of the bits that are set, lowest first.
pub(crate) fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(lowest)
    })
}

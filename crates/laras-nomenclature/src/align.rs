//! Weighted alignment of the words of two names: which word stands for which, and what is left.
//!
//! Words are paired without regard to order (swaps are priced afterwards): equal words first,
//! then words that are alike letter by letter, then run-together and split words, then acronyms
//! against the words they abbreviate. What stays unpaired on either side is what tells two
//! names apart.

use crate::likeness::{GLUED, Likenesses};
use crate::prepared::{Prepared, QueryWord};
use crate::vocabulary::WordId;
use crate::words::Class;

/// At most so many words of either side are paired: one bit each.
pub(crate) const MOST_PAIRED: usize = 64;

/// A word of the name that is compared with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'n> {
    pub(crate) id: Option<WordId>,
    pub(crate) text: &'n str,
    pub(crate) weight: f32,
    pub(crate) class: Class,
    pub(crate) letters: u64,
    /// What it is short for, if it is a short form.
    pub(crate) long: &'n [Vec<WordId>],
}

/// Which words stand for which.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alignment {
    /// For each target the query word and how alike they are.
    pub(crate) pairs: Vec<Option<(u8, f32)>>,
    /// Query words that stand for something.
    pub(crate) used: u64,
}

impl Alignment {
    pub(crate) fn new(
        query: &Prepared,
        targets: &[Target<'_>],
        likenesses: &mut Likenesses<'_>,
    ) -> Self {
        let targets = &targets[..targets.len().min(MOST_PAIRED)];
        let mut work = Self { pairs: vec![None; targets.len()], used: 0 };
        work.pair_equal(query, targets);
        let query = &query.words[..query.words.len().min(MOST_PAIRED)];
        if work.is_complete(query) {
            return work;
        }
        work.pair_alike(query, targets, likenesses);
        work.pair_cut_off(query, targets);
        if !work.is_complete(query) {
            work.pair_short_forms(query, targets);
            work.pair_glued(query, targets, likenesses);
            work.pair_acronyms(query, targets);
        }
        work
    }

    fn is_complete(&self, query: &[QueryWord]) -> bool {
        self.used.count_ones() as usize == query.len() || self.pairs.iter().all(Option::is_some)
    }

    fn is_used(&self, at: usize) -> bool {
        self.used & (1 << at) != 0
    }

    fn pair(&mut self, at: usize, target: usize, alike: f32) {
        self.used |= 1 << at;
        self.pairs[target] = Some((at as u8, alike));
    }

    /// Equal words, repeated ones in their order.
    fn pair_equal(&mut self, query: &Prepared, targets: &[Target<'_>]) {
        for (to, target) in targets.iter().enumerate() {
            let found = match target.id {
                Some(id) => query.with_id(id).find(|at| !self.is_used(*at)),
                None => (0..query.words.len().min(MOST_PAIRED)).find(|at| {
                    let word = &query.words[*at];
                    !self.is_used(*at) && word.id.is_none() && word.text == target.text
                }),
            };
            if let Some(at) = found {
                self.pair(at, to, 1.0);
            }
        }
    }

    fn pair_alike(
        &mut self,
        query: &[QueryWord],
        targets: &[Target<'_>],
        likenesses: &mut Likenesses<'_>,
    ) {
        let mut found: Vec<(f32, u8, u8)> = Vec::new();
        for at in (0..query.len()).filter(|at| self.used & (1 << at) == 0) {
            for (to, target) in targets.iter().enumerate() {
                if self.pairs[to].is_none()
                    && let Some(alike) = likenesses.of(at, target)
                {
                    found.push((alike, at as u8, to as u8));
                }
            }
        }
        found.sort_unstable_by(|a, b| {
            let apart = |pair: &(f32, u8, u8)| pair.1.abs_diff(pair.2);
            b.0.total_cmp(&a.0).then(apart(a).cmp(&apart(b))).then((a.1, a.2).cmp(&(b.1, b.2)))
        });
        for (alike, at, to) in found {
            if !self.is_used(usize::from(at)) && self.pairs[usize::from(to)].is_none() {
                self.pair(usize::from(at), usize::from(to), alike);
            }
        }
    }

    /// The last word, cut off by the end of a line or page, for the word that comes next.
    fn pair_cut_off(&mut self, query: &[QueryWord], targets: &[Target<'_>]) {
        let Some(last) = query.len().checked_sub(1) else { return };
        if self.is_used(last) {
            return;
        }
        let next = self.pairs.iter().rposition(Option::is_some).map_or(0, |before| before + 1);
        let begins = |to: &usize| targets[*to].text.starts_with(&query[last].text);
        if let Some(to) = (next..targets.len().min(next + 2)).find(begins) {
            self.pair(last, to, 0.9);
        }
    }

    /// A short form for the words it stands for, on either side.
    fn pair_short_forms(&mut self, query: &[QueryWord], targets: &[Target<'_>]) {
        for (at, word) in query.iter().enumerate() {
            if self.is_used(at) {
                continue;
            }
            for long in &word.long {
                let starts = |start: &usize| {
                    targets[*start..].len() >= long.len()
                        && long.iter().enumerate().all(|(step, id)| {
                            let to = start + step;
                            let is_free =
                                self.pairs[to].is_none() || targets[to].class == Class::Function;
                            is_free && targets[to].id == Some(*id)
                        })
                };
                if let Some(start) = (0..targets.len()).find(starts) {
                    for to in start..start + long.len() {
                        if self.pairs[to].is_none() {
                            self.pair(at, to, 0.95);
                        }
                    }
                    break;
                }
            }
        }
        for (to, target) in targets.iter().enumerate() {
            if self.pairs[to].is_some() {
                continue;
            }
            for long in target.long {
                let starts = |start: &usize| {
                    query[*start..].len() >= long.len()
                        && long.iter().enumerate().all(|(step, id)| {
                            let at = start + step;
                            let is_free = !self.is_used(at) || query[at].class == Class::Function;
                            is_free && query[at].id == Some(*id)
                        })
                };
                if let Some(start) = (0..query.len()).find(starts) {
                    self.pair(start, to, 0.95);
                    for at in start..start + long.len() {
                        self.used |= 1 << at;
                    }
                    break;
                }
            }
        }
    }

    /// One word for two neighbours, on either side.
    fn pair_glued(
        &mut self,
        query: &[QueryWord],
        targets: &[Target<'_>],
        likenesses: &Likenesses<'_>,
    ) {
        let mut text = String::new();
        for (at, word) in query.iter().enumerate() {
            if self.is_used(at) {
                continue;
            }
            for to in 0..targets.len().saturating_sub(1) {
                let together = targets[to].text.len() + targets[to + 1].text.len();
                if self.pairs[to].is_some()
                    || self.pairs[to + 1].is_some()
                    || together.abs_diff(word.text.len()) * 5 > together
                    || (word.id.is_some() && together != word.text.len())
                    || !may_be_one(targets[to].letters | targets[to + 1].letters, word.letters)
                {
                    continue;
                }
                join(&mut text, targets[to].text, targets[to + 1].text);
                let alike = likenesses.glued(&word.text, &text);
                if alike >= GLUED {
                    self.pair(at, to, alike);
                    self.pair(at, to + 1, alike);
                    break;
                }
            }
        }
        for (to, target) in targets.iter().enumerate() {
            if self.pairs[to].is_some() {
                continue;
            }
            for (at, pair) in query.windows(2).enumerate() {
                let (left, right) = (&pair[0], &pair[1]);
                let together = left.text.len() + right.text.len();
                let is_known =
                    left.id.is_some() && right.id.is_some() && together != target.text.len();
                if self.is_used(at)
                    || self.is_used(at + 1)
                    || is_known
                    || together.abs_diff(target.text.len()) * 5 > together
                    || !may_be_one(left.letters | right.letters, target.letters)
                {
                    continue;
                }
                join(&mut text, &left.text, &right.text);
                let alike = likenesses.glued(&text, target.text);
                if alike >= GLUED {
                    self.used |= 1 << (at + 1);
                    self.pair(at, to, alike);
                    break;
                }
            }
        }
    }

    /// An acronym for a run of words, on either side; function words may be left out of it.
    fn pair_acronyms(&mut self, query: &[QueryWord], targets: &[Target<'_>]) {
        for (at, word) in query.iter().enumerate() {
            if self.is_used(at) || word.class != Class::Telling || !may_be_acronym(&word.text) {
                continue;
            }
            let free = |to: usize| self.pairs[to].is_none();
            let run = find_run(targets.len(), &word.text, free, |to| {
                (targets[to].text, targets[to].class)
            });
            if let Some(run) = run {
                run.for_each(|to| {
                    if self.pairs[to].is_none() {
                        self.pair(at, to, 0.9);
                    }
                });
            }
        }
        for (to, target) in targets.iter().enumerate() {
            if self.pairs[to].is_some()
                || target.class == Class::Function
                || !may_be_acronym(target.text)
            {
                continue;
            }
            let free = |at: usize| !self.is_used(at);
            let run = find_run(query.len(), target.text, free, |at| {
                (query[at].text.as_str(), query[at].class)
            });
            if let Some(run) = run {
                let first = run.start;
                run.for_each(|at| self.used |= 1 << at);
                self.pair(first, to, 0.9);
            }
        }
    }
}

/// Whether run-together words could be the other word, judged by their letters.
fn may_be_one(together: u64, other: u64) -> bool {
    (together ^ other).count_ones() <= 5
}

fn join(into: &mut String, left: &str, right: &str) {
    into.clear();
    into.push_str(left);
    into.push_str(right);
}

fn may_be_acronym(text: &str) -> bool {
    (3..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// A run of free words whose first letters spell the acronym.
fn find_run<'n>(
    len: usize,
    acronym: &str,
    free: impl Fn(usize) -> bool,
    word: impl Fn(usize) -> (&'n str, Class),
) -> Option<std::ops::Range<usize>> {
    let letters = acronym.as_bytes();
    'start: for start in 0..len {
        let mut spelt = 0;
        for at in start..len {
            let (text, class) = word(at);
            if !free(at) && class != Class::Function {
                continue 'start;
            }
            if text.as_bytes().first() == Some(&letters[spelt]) {
                spelt += 1;
                if spelt == letters.len() {
                    return Some(start..at + 1);
                }
            } else if class != Class::Function || at == start {
                continue 'start;
            }
        }
    }
    None
}

//! Weighted alignment of the words of two names: which word stands for which, and what is left.
//!
//! Words are paired without regard to order (swaps are priced afterwards): equal words first,
//! then words that are alike letter by letter, then run-together and split words, then acronyms
//! against the words they abbreviate. What stays unpaired on either side is what tells two
//! names apart.

use crate::letters::{Letters, Pattern};
use crate::prepared::{Prepared, QueryWord};
use crate::vocabulary::WordId;
use crate::words::Class;

/// Unknown words less alike than this do not stand for each other.
const ALIKE: f32 = 0.6;
/// Two words that both are official words must be nearer than this to stand for each other.
const ALIKE_KNOWN: f32 = 0.74;

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
    pub(crate) fn new(query: &Prepared, targets: &[Target<'_>], letters: &Letters) -> Self {
        let mut work = Self { pairs: vec![None; targets.len().min(64)], used: 0 };
        let targets = &targets[..targets.len().min(64)];
        work.pair_equal(query, targets);
        let query = &query.words[..query.words.len().min(64)];
        if work.is_complete(query) {
            return work;
        }
        work.pair_alike(query, targets, letters);
        work.pair_cut_off(query, targets);
        if !work.is_complete(query) {
            work.pair_short_forms(query, targets);
            work.pair_glued(query, targets, letters);
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
                None => (0..query.words.len().min(64)).find(|at| {
                    let word = &query.words[*at];
                    !self.is_used(*at) && word.id.is_none() && word.text == target.text
                }),
            };
            if let Some(at) = found {
                self.pair(at, to, 1.0);
            }
        }
    }

    fn pair_alike(&mut self, query: &[QueryWord], targets: &[Target<'_>], letters: &Letters) {
        let mut found: Vec<(f32, u8, u8)> = Vec::new();
        for (at, word) in query.iter().enumerate().filter(|(at, _)| self.used & (1 << at) == 0) {
            for (to, target) in targets.iter().enumerate() {
                if self.pairs[to].is_none()
                    && let Some(alike) = alike(word, target, letters)
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
    fn pair_glued(&mut self, query: &[QueryWord], targets: &[Target<'_>], letters: &Letters) {
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
                let alike = letters.similarity_from(&word.text, &text, 0.8);
                if alike >= 0.8 {
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
                let alike = letters.similarity_from(&text, target.text, 0.8);
                if alike >= 0.8 {
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

/// How alike a query word and a target are; `None` below what is worth pairing.
fn alike(word: &QueryWord, target: &Target<'_>, letters: &Letters) -> Option<f32> {
    let (seen, meant) = (word.text.as_str(), target.text);
    if is_digits(seen) || is_digits(meant) {
        return None;
    }
    if seen.len() < 3 || meant.len() < 3 {
        return word.near.iter().find(|near| Some(near.0) == target.id).map(|near| near.1);
    }
    let both_known = word.id.is_some() && target.id.is_some();
    // Abbreviations begin like what they stand for.
    if seen.as_bytes()[0] == meant.as_bytes()[0] && meant.len() > seen.len() {
        let is_prefix = meant.starts_with(seen);
        // `Adm.`, or a word that the page cut off.
        if is_prefix && (word.stopped || (!both_known && seen.len() >= 4)) {
            return Some(0.85);
        }
        if is_prefix && seen.len() * 3 >= meant.len() * 2 {
            return Some(0.8);
        }
        if !both_known && is_skeleton(seen, meant) {
            return Some(0.7);
        }
    }
    let least = if both_known { ALIKE_KNOWN } else { ALIKE };
    let alike = match (word.id, target.id) {
        (None, Some(id)) if word.near.iter().any(|near| near.0 == id) => {
            return word.near.iter().find(|near| near.0 == id).map(|near| near.1);
        }
        _ if may_be_alike(word, target, least) => letters.similarity_from(seen, meant, least),
        _ => 0.0,
    };
    (alike >= least).then_some(alike)
}

/// Whether two words could be as alike as that, judged by lengths, letters and plain edits.
fn may_be_alike(word: &QueryWord, target: &Target<'_>, least: f32) -> bool {
    let longer = word.text.len().max(target.text.len());
    let edits = ((1.0 - least) * longer as f32) as usize;
    // An edit takes one letter out and brings one in; confusions cost less than an edit.
    word.text.len().abs_diff(target.text.len()) <= edits
        && (word.letters ^ target.letters).count_ones() as usize <= 2 * edits + 1
        && Pattern::new(&word.text).edits(target.text) <= edits + 1
}

fn is_digits(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `seen` leaves nothing but vowels and endings out of `meant`: `pmlhrn`, `dgn`, `kgtn`.
fn is_skeleton(seen: &str, meant: &str) -> bool {
    let vowel = |byte: u8| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u');
    if seen.bytes().filter(|byte| vowel(*byte)).count() * 3 > seen.len() {
        return false;
    }
    let mut rest = meant.bytes();
    seen.bytes().all(|letter| rest.any(|other| other == letter))
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

//! One word for several: words that were run together, and acronyms of the words they abbreviate.

use crate::align::{Alignment, Target, bits};
use crate::letters::{SMALL_LETTERS, letter_set};
use crate::likeness::{GLUED, Likenesses};
use crate::prepared::QueryWord;
use crate::words::Class;

impl Alignment {
    /// One word for two neighbours, on either side.
    pub(crate) fn pair_glued(
        &mut self,
        query: &[QueryWord],
        targets: &[Target<'_>],
        likenesses: &Likenesses<'_>,
    ) {
        for at in bits(self.unused) {
            let word = &query[at];
            let (text, is_known) = (word.text.as_str(), word.id.is_some());
            for to in bits(neighbours(self.free)) {
                let (left, right) = (targets[to].word, targets[to + 1].word);
                if !may_be_together(left.text.len() + right.text.len(), text.len(), is_known) {
                    continue;
                }
                let together =
                    Together::of((&left.text, left.letters), (&right.text, right.letters));
                let alike = together.alike((text, word.letters), is_known, |together| {
                    likenesses.glued(text, together)
                });
                if alike >= GLUED {
                    self.pair(at, to, alike);
                    self.pair(at, to + 1, alike);
                    break;
                }
            }
        }
        if neighbours(self.unused) == 0 {
            return;
        }
        for to in bits(self.free) {
            let word = targets[to].word;
            let text = &*word.text;
            for at in bits(neighbours(self.unused)) {
                let (left, right) = (&query[at], &query[at + 1]);
                let is_known = left.id.is_some() && right.id.is_some();
                if !may_be_together(left.text.len() + right.text.len(), text.len(), is_known) {
                    continue;
                }
                let together =
                    Together::of((&left.text, left.letters), (&right.text, right.letters));
                let alike = together.alike((text, word.letters), is_known, |together| {
                    likenesses.glued(together, text)
                });
                if alike >= GLUED {
                    self.mark_used(at + 1);
                    self.pair(at, to, alike);
                    break;
                }
            }
        }
    }

    /// An acronym for a run of words, on either side; function words may be left out of it.
    pub(crate) fn pair_acronyms(
        &mut self,
        query: &[QueryWord],
        query_initials: u64,
        targets: &[Target<'_>],
    ) {
        let initials = first_letters(targets.iter().map(|target| &*target.word.text));
        for at in bits(self.unused) {
            let word = &query[at];
            if self.free.count_ones() < LEAST_FREE
                || word.class != Class::Telling
                || !may_be_acronym(&word.text, word.letters, initials)
            {
                continue;
            }
            let run = find_run(
                targets.len(),
                &word.text,
                |to| self.is_free(to),
                |to| (&targets[to].word.text, targets[to].word.class),
            );
            for to in run.into_iter().flatten() {
                if self.is_free(to) {
                    self.pair(at, to, 0.9);
                }
            }
        }
        for to in bits(self.free) {
            let word = targets[to].word;
            if self.unused.count_ones() < LEAST_FREE
                || word.class == Class::Function
                || !may_be_acronym(&word.text, word.letters, query_initials)
            {
                continue;
            }
            let run = find_run(
                query.len(),
                &word.text,
                |at| !self.is_used(at),
                |at| (&query[at].text, query[at].class),
            );
            if let Some(run) = run {
                self.pair(run.start, to, 0.9);
                run.for_each(|at| self.mark_used(at));
            }
        }
    }
}

/// An acronym stands for at least so many words that nothing else stands for.
const LEAST_FREE: u32 = 2;

/// The places whose next place is in the set as well.
fn neighbours(set: u64) -> u64 {
    set & (set >> 1)
}

/// Whether two words of so many letters together may be one of so many. Known words have not lost or won
/// a letter.
fn may_be_together(length: usize, of_word: usize, is_known: bool) -> bool {
    let apart = length.abs_diff(of_word);
    apart * 5 <= length && !(is_known && apart > 0)
}

/// Two words read as one.
struct Together<'w> {
    left: &'w str,
    right: &'w str,
    letters: u64,
}

impl<'w> Together<'w> {
    fn of(left: (&'w str, u64), right: (&'w str, u64)) -> Self {
        Self { left: left.0, right: right.0, letters: left.1 | right.1 }
    }

    /// How alike the two are to a word with its letters; 0 where their lengths or letters tell that
    /// they are not.
    fn alike(&self, word: (&str, u64), is_known: bool, price: impl FnOnce(&str) -> f32) -> f32 {
        let length = self.left.len() + self.right.len();
        let is_near = may_be_together(length, word.0.len(), is_known);
        if !is_near || (self.letters ^ word.1).count_ones() > 5 {
            return 0.0;
        }
        price(&[self.left, self.right].concat())
    }
}

/// The first letters of words, as a [`letter_set`].
pub(crate) fn first_letters<'w>(words: impl Iterator<Item = &'w str>) -> u64 {
    words.fold(0, |set, word| set | letter_set(word.get(..1).unwrap_or_default()))
}

/// Whether a word with its letters can be made of the first letters of others.
fn may_be_acronym(text: &str, letters: u64, first_letters: u64) -> bool {
    (3..=8).contains(&text.len()) && letters & !(first_letters & SMALL_LETTERS) == 0
}

/// A run of free words whose first letters spell the acronym.
fn find_run<'n>(
    len: usize,
    acronym: &str,
    is_free: impl Fn(usize) -> bool,
    word: impl Fn(usize) -> (&'n str, Class),
) -> Option<std::ops::Range<usize>> {
    let letters = acronym.as_bytes();
    'start: for start in 0..len {
        let mut spelt = 0;
        for at in start..len {
            let (text, class) = word(at);
            if !is_free(at) && class != Class::Function {
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

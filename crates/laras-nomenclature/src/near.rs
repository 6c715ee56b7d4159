//! The words of the vocabulary that an unknown word could be.
//!
//! Two words that are one letter or one swap of neighbours apart share a form in which at most one
//! letter is left out: those forms are looked up. Where no word is close by that, the words that
//! share most letter pairs with the unknown one are compared letter by letter.

use std::cell::RefCell;

use crate::edits::Pattern;
use crate::fold::is_number;
use crate::letters::{Letters, letter_set};
use crate::lists::Lists;
use crate::vocabulary::{Vocabulary, WordId};

/// Words nearer than this are worth trying in place of an unknown one.
const NEAR: f32 = 0.62;
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
const COMMON_PAIR: usize = 500;
/// … while at least so many are left.
const LEAST_PAIRS: usize = 9;
/// At most so many are compared letter by letter.
const MOST_PRICED: usize = 12;
/// Letters of a word that are looked at.
const LONGEST: usize = 40;
/// Words that are passed over at once.
const BLOCK: usize = 32;
/// Symbols of the letter pairs: letters, digits, word boundary, anything else.
const SYMBOLS: usize = 38;
/// The forms with a letter left out are listed by so many bits of their hash.
const HASH_BITS: u32 = 14;

/// A word by its place in the order of lengths.
type Place = u16;

/// The words of a vocabulary by their letters.
#[derive(Clone, Debug, Default)]
pub(crate) struct NearWords {
    /// Words by the first bits of the hashes of their forms with at most one letter left out, with the
    /// last bits.
    shortened: Lists<(u16, WordId)>,
    /// The words in the order of their lengths, and the letters of each.
    by_length: Vec<(WordId, u64)>,
    /// Where the words of so many letters start in that order.
    starts: Vec<Place>,
    /// Words by letter pair, shortest first.
    with_pair: Lists<Place>,
}

impl NearWords {
    pub(crate) fn new(texts: &[&str]) -> Self {
        let mut shortened = Vec::with_capacity(texts.len() * 10);
        for (id, text) in texts.iter().enumerate() {
            for_each_shortened(text, |hash| {
                shortened.push((bucket(hash), (hash as u16, id as WordId)));
            });
        }
        let length = |text: &str| text.len().min(LONGEST);
        let mut ids: Vec<WordId> = (0..texts.len()).map(|id| id as WordId).collect();
        ids.sort_by_key(|id| length(texts[usize::from(*id)]));
        let mut starts = vec![0; LONGEST + 2];
        let mut by_length = Vec::with_capacity(ids.len());
        let mut pairs = Vec::with_capacity(texts.len() * 9);
        for (place, id) in ids.into_iter().enumerate() {
            let text = texts[usize::from(id)];
            by_length.push((id, letter_set(text)));
            starts[length(text) + 1] = place as Place + 1;
            let first = pairs.len();
            for_each_pair(text, |pair| {
                if !pairs[first..].contains(&(pair, place as Place)) {
                    pairs.push((pair, place as Place));
                }
            });
        }
        for at in 1..starts.len() {
            starts[at] = starts[at].max(starts[at - 1]);
        }
        Self {
            shortened: Lists::new(1 << HASH_BITS, &shortened),
            by_length,
            starts,
            with_pair: Lists::new(SYMBOLS * SYMBOLS, &pairs),
        }
    }

    /// Words that share a form with at most one letter left out, in no order and repeated.
    fn one_error_away(&self, word: &str, into: &mut Vec<WordId>) {
        for_each_shortened(word, |hash| {
            let listed = self.shortened.of(bucket(hash)).iter();
            let same = listed.filter(|(other, _)| *other == hash as u16);
            into.extend(same.map(|(_, id)| *id));
        });
    }

    /// The words that share enough letter pairs with a word of at least one letter.
    fn by_pairs(&self, word: &str, errors: usize, met: &mut Vec<WordId>) {
        let longest_gap = 2 + word.len() / 4;
        let shortest = word.len().saturating_sub(longest_gap).min(LONGEST);
        let from = usize::from(self.starts[shortest]);
        let to = self.starts[(word.len() + longest_gap).min(LONGEST) + 1];
        // Pairs that few words have tell most; the commonest are left out while enough are left.
        let mut pairs: Vec<(&[Place], usize)> = Vec::with_capacity(word.len() + 1);
        for_each_pair(word, |pair| pairs.push((self.with_pair.of(pair), pair)));
        pairs.sort_unstable_by_key(|(words, pair)| (words.len(), *pair));
        pairs.dedup_by_key(|(_, pair)| *pair);
        let common = pairs.iter().filter(|(words, _)| words.len() > COMMON_PAIR).count();
        let all = pairs.len();
        pairs.truncate((all - common).max(LEAST_PAIRS.min(all)));
        // Every letter in error spoils two pairs.
        let least = pairs.len().saturating_sub(2 * errors).max(2) as u8;
        SHARED.with_borrow_mut(|shared| {
            for (words, _) in &pairs {
                for place in &words[..words.partition_point(|place| *place < to)] {
                    shared[usize::from(*place)] += 1;
                }
            }
            let all = &mut shared[..usize::from(to)];
            let shared = &all[from..];
            let most = shared.iter().copied().max().unwrap_or_default();
            let least = least.max(most - most / 3);
            let letters = letter_set(word);
            let words = &self.by_length[from..usize::from(to)];
            let mut look = |shared: &[u8], words: &[(WordId, u64)]| {
                for (shared, (id, own)) in shared.iter().zip(words) {
                    let differ = || (own ^ letters).count_ones() as usize;
                    if *shared >= least && differ() <= 2 * errors + 1 {
                        met.push(*id);
                    }
                }
            };
            // Most words share little: they are passed over many at a time.
            let (blocks, _) = shared.as_chunks::<BLOCK>();
            let rest = blocks.len() * BLOCK;
            for (block, words) in blocks.iter().zip(words.chunks(BLOCK)) {
                if block.iter().fold(0, |most, shared| most.max(*shared)) >= least {
                    look(block, words);
                }
            }
            look(&shared[rest..], &words[rest..]);
            all.fill(0);
        });
    }
}

thread_local! {
    /// How many letter pairs each word shares with the one that is looked for, else zero.
    static SHARED: RefCell<Box<[u8; Place::MAX as usize + 1]>> =
        RefCell::new(Box::new([0; Place::MAX as usize + 1]));
}

impl Vocabulary {
    /// Vocabulary words that an unknown word could be, nearest first.
    pub(crate) fn near(&self, word: &str, letters: &Letters) -> Vec<(WordId, f32)> {
        if word.len() < 2 || is_number(word) {
            return Vec::new();
        }
        let is_short = word.len() <= SHORT;
        let mut close: Vec<WordId> = Vec::with_capacity(16);
        let is_frequent = |id: &WordId| self.word(*id).names >= FREQUENT;
        letters.for_each_reading(word, letter_set(word), |reading| {
            close.extend(self.id(reading).filter(is_frequent));
        });
        self.near.one_error_away(word, &mut close);
        close.sort_unstable();
        close.dedup();
        let least = if is_short { NEAR_SHORT } else { NEAR };
        let near = self.priced(word, close.into_iter(), least, letters);
        if is_short || near.first().is_some_and(|(_, similarity)| *similarity >= CLOSE) {
            return near;
        }
        // Three letters in ten may be in error.
        let errors = (word.len() * 3 + 5) / 10;
        let mut met: Vec<WordId> = Vec::with_capacity(64);
        self.near.by_pairs(word, errors, &mut met);
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

/// The list that a hash is in.
fn bucket(hash: u32) -> usize {
    (hash >> (u32::BITS - HASH_BITS)) as usize
}

/// Hashes of a word as it is and with each letter left out.
fn for_each_shortened(word: &str, mut hash: impl FnMut(u32)) {
    const BASE: u32 = 0x0100_0193;
    /// Spreads what differs over the first bits.
    const SPREAD: u32 = 0x9e37_79b1;
    let letters = &word.as_bytes()[..word.len().min(LONGEST)];
    // Hashes of what stands before each letter.
    let mut before = [0u32; LONGEST + 1];
    for (at, letter) in letters.iter().enumerate() {
        before[at + 1] = before[at].wrapping_mul(BASE).wrapping_add(u32::from(*letter));
    }
    hash(before[letters.len()].wrapping_mul(SPREAD));
    let (mut after, mut power, mut last) = (0u32, 1u32, None);
    for (at, letter) in letters.iter().enumerate().rev() {
        // Of two equal letters it does not matter which is left out.
        if last != Some(letter) {
            hash(before[at].wrapping_mul(power).wrapping_add(after).wrapping_mul(SPREAD));
        }
        last = Some(letter);
        after = power.wrapping_mul(u32::from(*letter)).wrapping_add(after);
        power = power.wrapping_mul(BASE);
    }
}

/// Letter pairs of a word with its boundaries.
fn for_each_pair(word: &str, mut pair: impl FnMut(usize)) {
    const BOUNDARY: usize = 36;
    let mut last = BOUNDARY;
    for letter in word.bytes().take(LONGEST) {
        let next = symbol(letter);
        pair(last * SYMBOLS + next);
        last = next;
    }
    pair(last * SYMBOLS + BOUNDARY);
}

fn symbol(letter: u8) -> usize {
    match letter {
        b'a'..=b'z' => usize::from(letter - b'a'),
        b'0'..=b'9' => usize::from(letter - b'0') + 26,
        _ => 37,
    }
}

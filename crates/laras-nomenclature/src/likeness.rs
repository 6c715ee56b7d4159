//! How alike single words of a query and of official names are.

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::align::{MOST_PAIRED, Target};
use crate::edits::{Pattern, may_be_within, most_edits};
use crate::letters::{DIGITS, Letters};
use crate::prepared::{Prepared, QueryWord};
use crate::vocabulary::WordId;

/// Likenesses that there is room for from the beginning: few queries need more.
const MOST_KNOWN: usize = 28;
/// Unknown words less alike than this do not stand for each other.
const ALIKE: f32 = 0.6;
/// Two words that both are official words must be nearer than this to stand for each other.
const ALIKE_KNOWN: f32 = 0.74;
/// Edits that leave words of so many letters alike enough; longer words have no more of them.
const EDITS: [u8; LONGEST + 1] = edits_by_length(ALIKE);
const EDITS_KNOWN: [u8; LONGEST + 1] = edits_by_length(ALIKE_KNOWN);
const LONGEST: usize = 63;
/// Two words run together must be as alike as this to the word that they stand for.
pub(crate) const GLUED: f32 = 0.8;

/// How alike the words of one query and those of the names it is compared with are: names that are
/// candidates for one query share words.
#[derive(Debug)]
pub(crate) struct Likenesses<'q> {
    query: &'q [QueryWord],
    letters: &'q Letters,
    /// The words of the query made ready for counting edits, as far as they were needed.
    patterns: Vec<Option<Box<Pattern>>>,
    /// What was found, by place in the query and word of the vocabulary.
    known: FxHashMap<(u8, WordId), Option<f32>>,
}

impl<'q> Likenesses<'q> {
    pub(crate) fn new(query: &'q Prepared, letters: &'q Letters) -> Self {
        let query = &query.words[..query.words.len().min(MOST_PAIRED)];
        let patterns = query.iter().map(|_| None).collect();
        let known = FxHashMap::with_capacity_and_hasher(MOST_KNOWN, FxBuildHasher);
        Self { query, letters, patterns, known }
    }

    /// How alike a query word and a target are; `None` below what is worth pairing.
    pub(crate) fn of(&mut self, at: usize, target: &Target<'_>) -> Option<f32> {
        let word = &self.query[at];
        let (seen, meant) = (word.text.as_str(), &*target.word.text);
        let (seen_letters, meant_letters) = (word.letters, target.word.letters);
        if is_digits(seen_letters) || is_digits(meant_letters) {
            return None;
        }
        let near = || word.near.iter().find(|near| Some(near.0) == target.id).map(|near| near.1);
        if seen.len() < 3 || meant.len() < 3 {
            return near();
        }
        let both_known = word.id.is_some() && target.id.is_some();
        // Abbreviations begin like what they stand for.
        if meant.len() > seen.len() && seen.as_bytes()[0] == meant.as_bytes()[0] {
            let is_prefix = meant.starts_with(seen);
            // `Adm.`, or a word that the page cut off.
            if is_prefix && (word.stopped || (!both_known && seen.len() >= 4)) {
                return Some(0.85);
            }
            if is_prefix && seen.len() * 3 >= meant.len() * 2 {
                return Some(0.8);
            }
            if !both_known && seen_letters & !meant_letters == 0 && is_skeleton(seen, meant) {
                return Some(0.7);
            }
        }
        if word.id.is_none()
            && target.id.is_some()
            && let Some(alike) = near()
        {
            return Some(alike);
        }
        let (least, most_edits) =
            if both_known { (ALIKE_KNOWN, &EDITS_KNOWN) } else { (ALIKE, &EDITS) };
        let edits = most_edits[seen.len().max(meant.len()).min(LONGEST)];
        if !may_be_within((seen, seen_letters), (meant, meant_letters), usize::from(edits)) {
            return None;
        }
        let Some(id) = target.id else { return self.priced(at, meant, least) };
        if let Some(known) = self.known.get(&(at as u8, id)) {
            return *known;
        }
        let priced = self.priced(at, meant, least);
        self.known.insert((at as u8, id), priced);
        priced
    }

    /// How alike two texts are of which one is two words run together; 0 below [`GLUED`].
    pub(crate) fn glued(&self, seen: &str, meant: &str) -> f32 {
        if Pattern::new(seen).is_within(meant, GLUED) {
            self.letters.similarity_from(seen, meant, GLUED)
        } else {
            0.0
        }
    }

    fn priced(&mut self, at: usize, meant: &str, least: f32) -> Option<f32> {
        let seen = self.query[at].text.as_str();
        let pattern = self.patterns[at].get_or_insert_with(|| Box::new(Pattern::new(seen)));
        if !pattern.is_within(meant, least) {
            return None;
        }
        Some(self.letters.similarity_from(seen, meant, least)).filter(|alike| *alike >= least)
    }
}

const fn edits_by_length(least: f32) -> [u8; LONGEST + 1] {
    let mut edits = [0; LONGEST + 1];
    let mut length = 0;
    while length <= LONGEST {
        edits[length] = most_edits(length, least) as u8;
        length += 1;
    }
    edits
}

/// Whether a word has nothing but digits, by its letters.
fn is_digits(letters: u64) -> bool {
    letters & !DIGITS == 0
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

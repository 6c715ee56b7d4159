//! The official names that a printed one could be: exact, or compared word by word.

use std::sync::Arc;

use laras_model::Regime;

use crate::Nomenclature;
use crate::code::Code;
use crate::comparison::{Comparison, Scored};
use crate::features::{FEATURES, at};
use crate::fold::{Folded, fold_name};
use crate::index::{MOST_WORDS, NameId};
use crate::prepared::Prepared;
use crate::words::Class;

/// Names compared in full.
pub(crate) const MOST_CANDIDATES: usize = 12;
/// A name as alike as this is what is meant, or a rival of it …
const SETTLED: f64 = 0.8;
/// … or as this where the query has brackets: what stands in them counts so little that a name that
/// shares much less with the query can be nearer …
const SETTLED_BRACKETED: f64 = 0.9;
/// … that shares at least this part of what the first candidate shares with the query.
const RIVAL: f32 = 0.6;
/// Names with more bytes than this are longer than any official name can be read as.
const MOST_BYTES: usize = 1_500;

/// What was found for a name before its context is looked at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) key: String,
    pub(crate) prepared: Prepared,
    pub(crate) scored: Vec<Scored>,
    pub(crate) is_exact: bool,
    pub(crate) is_too_long: bool,
}

impl Found {
    /// Whether names below the rows above may be added.
    pub(crate) fn takes_children(&self) -> bool {
        !self.is_exact && !self.prepared.words.is_empty()
    }
}

impl Nomenclature {
    /// The candidates for a name, all of them or only what it is letter for letter.
    pub(crate) fn find_for(&self, name: &str, exact_only: bool) -> Arc<Found> {
        if !exact_only {
            return self.find(name);
        }
        let Some(folded) = self.fold_bounded(name) else {
            return Arc::new(Found { is_too_long: true, ..Found::default() });
        };
        let key = folded.key();
        Arc::new(self.find_exact(&folded, &key).unwrap_or(Found { key, ..Found::default() }))
    }

    /// The official name that a name is, letter for letter.
    fn find_exact(&self, folded: &Folded, key: &str) -> Option<Found> {
        let mut compact = String::with_capacity(key.len());
        folded.compact(&mut compact);
        let name = self.index.exact(&compact)?;
        let mut words = [0.0; FEATURES];
        (words[0], words[at::EXACT]) = (1.0, 1.0);
        let scored = vec![Scored { name, words, share: 1.0, used: 0 }];
        Some(Found { key: key.to_owned(), scored, is_exact: true, ..Found::default() })
    }

    /// The candidates for a name.
    pub(crate) fn find(&self, name: &str) -> Arc<Found> {
        self.found.get(name, || {
            Arc::new(match self.fold_bounded(name) {
                Some(folded) => self.find_folded(folded),
                None => Found { is_too_long: true, ..Found::default() },
            })
        })
    }

    /// The folded name; `None` where it is too long for an official one.
    pub(crate) fn fold_bounded(&self, name: &str) -> Option<Folded> {
        if name.len() > MOST_BYTES * 8 {
            return None;
        }
        let folded = fold_name(name, &self.words);
        let bytes: usize = folded.words.iter().map(|word| word.text.len()).sum();
        (folded.words.len() <= MOST_WORDS && bytes <= MOST_BYTES).then_some(folded)
    }

    fn find_folded(&self, folded: Folded) -> Found {
        let key = folded.key();
        if let Some(found) = self.find_exact(&folded, &key) {
            return found;
        }
        let mut found = Found { key, ..Found::default() };
        if !folded.words.iter().any(|word| word.text.chars().any(char::is_alphabetic)) {
            return found;
        }
        found.prepared = Prepared::new(folded, &self.index.vocabulary, &self.letters, &self.words);
        found.scored = self.compare(&found.prepared);
        mark_joined(&mut found);
        found
    }

    /// The names that share most with a query, compared with it word by word. Once a name is as
    /// good as [`SETTLED`], those that share much less than the first are not looked at.
    fn compare(&self, query: &Prepared) -> Vec<Scored> {
        let candidates = self.index.candidates(query, MOST_CANDIDATES);
        let mut comparison = Comparison::new(self, query);
        let mut compared: Vec<Scored> = Vec::with_capacity(candidates.len());
        let has_brackets = query.words.iter().any(|word| word.bracketed);
        let settled = if has_brackets { SETTLED_BRACKETED } else { SETTLED };
        let mut is_settled = false;
        for (rank, name) in &candidates {
            if is_settled && *rank < candidates[0].0 * RIVAL {
                break;
            }
            let scored = comparison.with(*name);
            is_settled |= scored.share >= settled;
            compared.push(scored);
        }
        compared.shrink_to_fit();
        compared
    }

    /// Adds the names below the rows above, which a damaged name may be although the index did
    /// not bring them up. Says whether there were any.
    pub(crate) fn add_children(&self, found: &mut Arc<Found>, parents: &[(Regime, Code)]) -> bool {
        if !found.takes_children() {
            return false;
        }
        let mut added: Vec<Scored> = Vec::new();
        let mut known: Vec<NameId> = found.scored.iter().map(|scored| scored.name).collect();
        let mut comparison = Comparison::new(self, &found.prepared);
        for (regime, parent) in parents {
            for row in self.rows_below(*regime, *parent).take(60) {
                let name = self.entries[row as usize].name_id;
                if !known.contains(&name) {
                    known.push(name);
                    added.push(comparison.with(name));
                }
            }
        }
        if added.is_empty() {
            return false;
        }
        let found = Arc::make_mut(found);
        found.scored.append(&mut added);
        mark_joined(found);
        true
    }
}

/// Marks the names that are said together with another one in the query: `A dan B C` is neither
/// `A C` nor `B C`, although nothing is missing of either.
fn mark_joined(found: &mut Found) {
    const LEAST_MISSING: f32 = 0.12;
    let query = &found.prepared.words;
    let tells = |mask: u64| {
        query.iter().enumerate().any(|(at, word)| {
            mask & (1 << at) != 0 && word.class == Class::Telling && !word.bracketed
        })
    };
    let whole: Vec<u64> = found
        .scored
        .iter()
        .filter(|scored| scored.words[at::MISSING] < LEAST_MISSING)
        .map(|scored| scored.used)
        .collect();
    for scored in &mut found.scored {
        let is_joined = scored.words[at::MISSING] < LEAST_MISSING
            && whole.iter().any(|other| tells(other & !scored.used) && tells(scored.used & !other));
        scored.words[at::JOINED] = f32::from(u8::from(is_joined));
    }
}

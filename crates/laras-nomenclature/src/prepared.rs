//! A name made ready for comparison: its words known, guessed, split and weighed.

use laras_model::SharedText;

use crate::fold::{Folded, is_number};
use crate::index::MOST_WORDS;
use crate::joined::first_letters;
use crate::letters::{Letters, letter_set};
use crate::vocabulary::{Vocabulary, WordId, unknown_weight};
use crate::words::{Class, Words};

/// A word of a query.
#[derive(Clone, Debug)]
pub(crate) struct QueryWord {
    pub(crate) text: SharedText,
    /// Its id, if some official name has the word.
    pub(crate) id: Option<WordId>,
    /// Otherwise the words it could be, nearest first.
    pub(crate) near: Vec<(WordId, f32)>,
    /// What it is short for, if it is a short form with one or more meanings.
    pub(crate) long: Vec<Vec<WordId>>,
    pub(crate) weight: f32,
    pub(crate) class: Class,
    pub(crate) bracketed: bool,
    pub(crate) stopped: bool,
    pub(crate) letters: u64,
}

impl QueryWord {
    fn new(text: SharedText, bracketed: bool, vocabulary: &Vocabulary, classes: &Words) -> Self {
        let id = vocabulary.id(&text);
        let known = id.map(|id| vocabulary.word(id));
        let class = known.map_or_else(|| classes.class(&text), |known| known.class);
        Self {
            id,
            near: Vec::new(),
            long: known
                .map_or_else(|| classes.long_forms(&text, vocabulary), |known| known.long.clone()),
            weight: known.map_or_else(|| unknown_weight(&text, class, false), |known| known.weight),
            class,
            bracketed,
            stopped: false,
            letters: known.map_or_else(|| letter_set(&text), |known| known.letters),
            text,
        }
    }

    /// The vocabulary words it may stand for, with how alike they are.
    pub(crate) fn meanings(&self) -> impl Iterator<Item = (WordId, f32)> {
        self.id.map(|id| (id, 1.0)).into_iter().chain(self.near.iter().copied())
    }
}

/// A query.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prepared {
    pub(crate) words: Vec<QueryWord>,
    /// Sum of the weights.
    pub(crate) weight: f32,
    /// The known words and their places.
    by_id: Vec<(WordId, u8)>,
    /// The last bits of the ids, one bit for each that occurs.
    last_bits: u64,
    /// The first letters of the words, as a [`letter_set`].
    pub(crate) initials: u64,
}

impl Prepared {
    pub(crate) fn new(
        mut folded: Folded,
        vocabulary: &Vocabulary,
        letters: &Letters,
        classes: &Words,
    ) -> Self {
        let mut prepared = Self::default();
        prepared.words.reserve(folded.words.len());
        let all = folded.words.len();
        for at in 0..all.min(MOST_WORDS) {
            let word = std::mem::take(&mut folded.words[at]);
            let mut query = QueryWord::new(word.text, word.bracketed, vocabulary, classes);
            query.stopped = word.stopped;
            let is_last = at + 1 == all;
            if at == 0
                && !is_last
                && query.id.is_none()
                && classes.is_nearly_level(&query.text, letters)
            {
                // `Proqram …`: what folding would have removed.
                continue;
            }
            if query.id.is_some() {
                if query.text.len() <= 3 && query.class == Class::Telling {
                    // `an` is in some name, but is rather `dan` cut short.
                    query.near = vocabulary.near(&query.text, letters);
                }
            } else {
                query.near = vocabulary.near(&query.text, letters);
                let nearest = query.near.first().map_or(0.0, |near| near.1);
                let parts = near_short_form(&query.text, nearest, letters, classes)
                    .or_else(|| split_glued(&query.text, nearest, is_last, vocabulary, letters));
                if let Some(parts) = parts {
                    prepared.extend_with(&parts, word.bracketed, vocabulary, classes);
                    continue;
                }
                query.weight = match query.near.first() {
                    Some((id, similarity)) if *similarity >= 0.75 => vocabulary.weight(*id),
                    _ => unknown_weight(&query.text, query.class, word.shouted),
                };
            }
            let is_away_from_year = query.class == Class::Year
                && !folded.words[at + 1..].iter().take(2).any(|next| is_number(&next.text));
            if is_away_from_year {
                // `tahun` and `anggaran` are ordinary words away from a year.
                query.class = Class::Telling;
                query.weight = query.weight.max(1.6);
            }
            prepared.words.push(query);
        }
        prepared.words.truncate(MOST_WORDS);
        let texts = prepared.words.iter().map(|word| word.text.as_str());
        prepared.initials = first_letters(texts);
        prepared.weight = prepared.words.iter().map(|word| word.weight).sum();
        let ids = prepared.words.iter().enumerate();
        prepared.by_id.reserve(all);
        prepared.by_id.extend(ids.filter_map(|(at, word)| Some((word.id?, at as u8))));
        prepared.last_bits = prepared.by_id.iter().fold(0, |bits, word| bits | last_bits(word.0));
        prepared
    }

    /// Whether a known word may be among the words; quicker than to look for it.
    pub(crate) fn may_have(&self, id: WordId) -> bool {
        self.last_bits & last_bits(id) != 0
    }

    /// Places of a known word, in order.
    pub(crate) fn with_id(&self, id: WordId) -> impl Iterator<Item = usize> {
        let words = self.by_id.iter().filter(move |word| word.0 == id);
        words.map(|word| usize::from(word.1))
    }

    /// Adds the parts of a run-together word, short forms among them written out.
    fn extend_with(
        &mut self,
        parts: &[(String, f32)],
        bracketed: bool,
        vocabulary: &Vocabulary,
        classes: &Words,
    ) {
        for (part, similarity) in parts {
            let long = classes.expansion(part).unwrap_or_default();
            let own = if long.is_empty() { std::slice::from_ref(part) } else { long };
            for text in own {
                let mut word = QueryWord::new(text.into(), bracketed, vocabulary, classes);
                if *similarity < 1.0 {
                    word.near.extend(word.id.take().map(|id| (id, *similarity)));
                }
                word.long.clear();
                self.words.push(word);
            }
        }
    }
}

fn last_bits(id: WordId) -> u64 {
    1 << (id % 64)
}

/// What a misspelt short form stands for.
fn near_short_form(
    word: &str,
    nearest: f32,
    letters: &Letters,
    classes: &Words,
) -> Option<Vec<(String, f32)>> {
    let long = if nearest < 0.8 { classes.near_expansion(word, letters) } else { None }?;
    Some(long.iter().map(|part| (part.clone(), 1.0)).collect())
}

/// Reads an unknown word as several known ones run together; one of two may be misspelt, and the
/// last may be cut off. `nearest` is how near the whole is to a known word.
fn split_glued(
    word: &str,
    nearest: f32,
    is_last: bool,
    vocabulary: &Vocabulary,
    letters: &Letters,
) -> Option<Vec<(String, f32)>> {
    let is_cut_off = is_last && vocabulary.begins_a_word(word);
    if word.len() < 6 || word.len() > 60 || !word.is_ascii() || nearest >= 0.85 || is_cut_off {
        return None;
    }
    segment(word, is_last, vocabulary)
        .or_else(|| split_misspelt(word, nearest, vocabulary, letters))
        .or_else(|| split_damaged(word, nearest, vocabulary, letters))
}

fn is_part(part: &str, vocabulary: &Vocabulary) -> bool {
    let Some(id) = vocabulary.id(part) else { return false };
    part.len() >= 3 || vocabulary.class(id) == Class::Function
}

/// The word as known words from end to end, as few as possible.
fn segment(word: &str, is_last: bool, vocabulary: &Vocabulary) -> Option<Vec<(String, f32)>> {
    // Fewest parts that end here, and where the last of them starts.
    let mut best: Vec<Option<(u8, usize)>> = vec![None; word.len() + 1];
    best[0] = Some((0, 0));
    for end in 2..=word.len() {
        for start in end.saturating_sub(24)..end - 1 {
            let Some((parts, _)) = best[start] else { continue };
            let part = &word[start..end];
            let is_cut_off = is_last
                && end == word.len()
                && start > 0
                && part.len() >= 2
                && vocabulary.begins_a_word(part);
            if !is_cut_off && !is_part(part, vocabulary) {
                continue;
            }
            if best[end].is_none_or(|(other, _)| parts + 1 < other) {
                best[end] = Some((parts + 1, start));
            }
        }
    }
    let mut parts = Vec::new();
    let mut end = word.len();
    while end > 0 {
        let (_, start) = best[end]?;
        parts.push((word[start..end].to_owned(), 1.0));
        end = start;
    }
    parts.reverse();
    let long = parts.iter().filter(|(part, _)| part.len() >= 4).count();
    let is_function =
        |part: &str| vocabulary.id(part).is_some_and(|id| vocabulary.class(id) == Class::Function);
    let with_function = parts.len() == 2 && parts.iter().any(|(part, _)| is_function(part));
    // Words of two and three letters can be found in any word.
    (parts.len() > 1 && (long * 2 >= parts.len() || with_function)).then_some(parts)
}

/// The word as two, of which one is misspelt.
fn split_misspelt(
    word: &str,
    nearest: f32,
    vocabulary: &Vocabulary,
    letters: &Letters,
) -> Option<Vec<(String, f32)>> {
    let mut best: Option<(f32, Vec<(String, f32)>)> = None;
    for at in 4..word.len().saturating_sub(3) {
        let (left, right) = word.split_at(at);
        let (known, other) = match (vocabulary.id(left), vocabulary.id(right)) {
            (Some(_), None) => (left, right),
            (None, Some(_)) => (right, left),
            _ => continue,
        };
        if other.len() < 5 {
            continue;
        }
        let Some((id, similarity)) = vocabulary.near(other, letters).first().copied() else {
            continue;
        };
        let fit = (known.len() as f32 + similarity * other.len() as f32) / word.len() as f32;
        let is_better = best.as_ref().is_none_or(|(other, _)| fit > *other);
        if similarity >= 0.75 && fit > nearest + 0.05 && is_better {
            let read = (vocabulary.text(id).to_owned(), similarity);
            let kept = (known.to_owned(), 1.0);
            let parts = if known == left { vec![kept, read] } else { vec![read, kept] };
            best = Some((fit, parts));
        }
    }
    best.map(|(_, parts)| parts)
}

/// The word as two that are both misspelt; only for long words that are near nothing else.
fn split_damaged(
    word: &str,
    nearest: f32,
    vocabulary: &Vocabulary,
    letters: &Letters,
) -> Option<Vec<(String, f32)>> {
    const LEAST: usize = 5;
    if word.len() < 2 * LEAST + 1 || word.len() > 30 || nearest > 0.0 {
        return None;
    }
    let mut best: Option<(f32, [(WordId, f32); 2])> = None;
    for at in LEAST..=word.len() - LEAST {
        let (left, right) = word.split_at(at);
        let Some(first) = vocabulary.near(left, letters).first().copied() else { continue };
        if first.1 < 0.75 {
            continue;
        }
        let Some(second) = vocabulary.near(right, letters).first().copied() else {
            continue;
        };
        let fit = (first.1 * left.len() as f32 + second.1 * right.len() as f32) / word.len() as f32;
        if second.1 >= 0.75 && best.is_none_or(|(other, _)| fit > other) {
            best = Some((fit, [first, second]));
        }
    }
    let (_, parts) = best?;
    Some(parts.map(|(id, similarity)| (vocabulary.text(id).to_owned(), similarity)).into())
}

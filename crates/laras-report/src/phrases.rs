//! Phrases of a data file, found in a text word by word.

use rustc_hash::FxHashMap;

use crate::words::{Word, words};

/// A phrase and what it says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Phrase {
    words: Vec<Known>,
    /// What sort of thing the phrase tells (`role`, `measure`, `period` …).
    pub(crate) says: &'static str,
    /// Which one.
    pub(crate) value: &'static str,
    pub(crate) weight: f64,
}

/// A phrase that was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit<'a> {
    pub(crate) phrase: &'a Phrase,
    /// Word at which it begins.
    pub(crate) at: usize,
}

/// Places of phrases in the file.
type Places = Vec<usize>;

/// The phrases of one sort.
#[derive(Debug, Default)]
struct Sort {
    /// The first words of the phrases by five bits of their first letter, and the places of the phrases:
    /// even a misspelt word begins as the known one does.
    by_letter: [Vec<(Known, Places)>; 32],
}

/// A list of phrases.
#[derive(Debug)]
pub(crate) struct Phrases {
    phrases: Vec<Phrase>,
    /// The phrases of each sort.
    by_sort: FxHashMap<&'static str, Sort>,
    /// The places of the phrases that begin with a word.
    by_first_word: FxHashMap<Word, Places>,
    /// Most words of a phrase.
    longest: usize,
}

/// A word and the letters that it has.
#[derive(Clone, Debug, PartialEq)]
struct Known {
    word: Word,
    /// A bit for each.
    letters: u32,
}

impl Known {
    fn new(word: &Word) -> Self {
        Self { word: word.clone(), letters: letters(word) }
    }
}

/// A bit for each letter of a word.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |all, letter| all | 1 << (letter & 31))
}

/// Whether a printed word is a known one but for a slip: long words may have a letter or two
/// wrong, doubled or left out.
fn is_same(printed: &Word, known: &Known) -> bool {
    if *printed == known.word {
        return true;
    }
    let slips = match known.word.len() {
        ..=5 => return false,
        6..=7 => 1,
        _ => 2,
    };
    let is_near = printed.len().abs_diff(known.word.len()) <= slips
        && printed.as_bytes().first() == known.word.as_bytes().first();
    if !is_near || !may_be_same(printed, known, slips) {
        return false;
    }
    let (word, known) = (printed, &known.word);
    if word.is_ascii() && known.is_ascii() {
        is_within(word.as_bytes(), known.as_bytes(), slips)
    } else {
        strsim::osa_distance(word, known) <= slips
    }
}

/// Whether so few letters replaced, left out, put in or swapped with their neighbour make one word of
/// the other: the same as [`strsim::osa_distance`], which goes on where there are more.
fn is_within(a: &[u8], b: &[u8], slips: usize) -> bool {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    if a.is_empty() || b.is_empty() || a.len().abs_diff(b.len()) > slips {
        return a.len().max(b.len()) <= slips;
    }
    let Some(left) = slips.checked_sub(1) else { return false };
    let is_swapped = a.len() > 1 && b.len() > 1 && a[0] == b[1] && a[1] == b[0];
    is_within(&a[1..], &b[1..], left)
        || is_within(&a[1..], b, left)
        || is_within(a, &b[1..], left)
        || (is_swapped && is_within(&a[2..], &b[2..], left))
}

/// Whether the letters of two words leave room for no more slips: each takes one letter of a word away,
/// or brings one into it, or both.
fn may_be_same(printed: &str, known: &Known, slips: usize) -> bool {
    let other = (letters(printed) ^ known.letters).count_ones() as usize;
    // A letter beyond ASCII is of several bytes.
    other <= 2 * slips || !printed.is_ascii() || !known.word.is_ascii()
}

impl Phrases {
    /// Reads a tab-separated file with a header: phrase, what it says, value, weight.
    pub(crate) fn parse(text: &'static str) -> Self {
        let phrase = |line: &'static str| {
            let mut fields = line.split('\t');
            let words = words(fields.next()?);
            let (says, value) = (fields.next()?, fields.next().unwrap_or(""));
            let weight = fields.next().and_then(|w| w.parse().ok()).unwrap_or(1.0);
            let words: Vec<Known> = words.iter().map(Known::new).collect();
            (!words.is_empty()).then_some(Phrase { words, says, value, weight })
        };
        let phrases: Vec<Phrase> = text.lines().skip(1).filter_map(phrase).collect();
        let mut by_sort: FxHashMap<&'static str, Sort> = FxHashMap::default();
        let mut by_first_word: FxHashMap<Word, Places> = FxHashMap::default();
        for (place, phrase) in phrases.iter().enumerate() {
            let first = &phrase.words[0];
            let sort = by_sort.entry(phrase.says).or_default();
            let of_letter = &mut sort.by_letter[usize::from(first.word.as_bytes()[0] & 31)];
            match of_letter.iter_mut().find(|(known, _)| known == first) {
                Some((_, places)) => places.push(place),
                None => of_letter.push((first.clone(), vec![place])),
            }
            by_first_word.entry(first.word.clone()).or_default().push(place);
        }
        let longest = phrases.iter().map(|phrase| phrase.words.len()).max().unwrap_or(0);
        Self { phrases, by_sort, by_first_word, longest }
    }

    /// Every phrase of one sort that stands in the words; one that lies inside a longer one of the
    /// same sort is left out.
    pub(crate) fn find<'a>(&'a self, words: &[Word], says: &str) -> Vec<Hit<'a>> {
        let Some(sort) = self.by_sort.get(says) else { return Vec::new() };
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let Some(first) = word.bytes().next() else { continue };
            let of_letter = sort.by_letter[usize::from(first & 31)].iter();
            let same = of_letter.filter(|(known, _)| is_same(word, known));
            for place in same.flat_map(|(_, places)| places) {
                let phrase = &self.phrases[*place];
                let length = phrase.words.len();
                // A single letter is a head only where it stands alone: `T`, `R`.
                let first = &phrase.words[0].word;
                let letter = first.len() == 1 && first.bytes().all(|b| b.is_ascii_alphabetic());
                if length == 1 && letter && words.len() > 1 {
                    continue;
                }
                let printed = words.get(at..at + length).unwrap_or_default();
                let mut others = printed.iter().zip(&phrase.words).skip(1);
                if printed.len() == length && others.all(|(word, known)| is_same(word, known)) {
                    found.push((*place, at));
                }
            }
        }
        // In the order of the file.
        found.sort_unstable();
        let mut hits: Vec<Hit<'a>> =
            found.into_iter().map(|(place, at)| Hit { phrase: &self.phrases[place], at }).collect();
        let inside = |a: &Hit<'_>, b: &Hit<'_>| {
            a.phrase.words.len() < b.phrase.words.len()
                && b.at <= a.at
                && a.at + a.phrase.words.len() <= b.at + b.phrase.words.len()
        };
        let outer = hits.clone();
        hits.retain(|hit| !outer.iter().any(|other| inside(hit, other)));
        hits
    }

    /// Whether a phrase begins with a word.
    pub(crate) fn may_begin(&self, word: &str) -> bool {
        self.by_first_word.contains_key(word)
    }

    /// Most words of a phrase.
    pub(crate) fn longest(&self) -> usize {
        self.longest
    }

    /// The first phrase that the words begin with, longest first.
    pub(crate) fn begins(&self, words: &[Word]) -> Option<&Phrase> {
        let places = self.by_first_word.get(words.first()?)?.iter();
        places
            .map(|place| &self.phrases[*place])
            .filter(|p| {
                words.len() >= p.words.len()
                    && p.words.iter().zip(words).all(|(p, word)| p.word == *word)
            })
            .max_by_key(|p| p.words.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_never_refuse_what_few_slips_make() {
        let words =
            ["realisasi", "realisai", "relaisasi", "realisassi", "anggaran", "angaran", "é"];
        let known = |word: &str| Known::new(&word.into());
        let may_be = |a: &str, b: &str, slips| may_be_same(a, &known(b), slips);
        for (a, b) in words.iter().flat_map(|a| words.iter().map(move |b| (a, b))) {
            let slips = strsim::osa_distance(a, b);
            assert!(may_be(a, b, slips), "{a} {b}");
        }
        assert!(!may_be("realisasi", "rencana", 2));
    }

    #[test]
    fn few_slips_are_found_as_by_the_whole_distance() {
        // All words of up to five letters from three.
        let mut words = vec![String::new()];
        for from in 0..(1 + 3 + 9 + 27 + 81) {
            words.extend(["a", "b", "c"].map(|letter| words[from].clone() + letter));
        }
        for a in &words {
            for b in &words {
                let distance = strsim::osa_distance(a, b);
                for slips in 0..3 {
                    let found = is_within(a.as_bytes(), b.as_bytes(), slips);
                    assert_eq!(found, distance <= slips, "{a} {b} {slips}");
                }
            }
        }
    }

    #[test]
    fn longer_phrases_win_over_those_inside_them() {
        let phrases =
            Phrases::parse("p\ts\tv\tw\ntarget\tm\ta\t1\ntarget kinerja\tm\tb\t1\nrp\tu\tc\t1\n");
        let found = |text: &str| -> Vec<&str> {
            phrases.find(&words(text), "m").iter().map(|h| h.phrase.value).collect()
        };
        assert_eq!(found("Target Kinerja (Rp)"), ["b"]);
        assert_eq!(found("Kinerja target"), ["a"]);
        assert_eq!(
            words("Realisasi s/d 2020 (%) 100%"),
            ["realisasi", "sampai", "dengan", "2020", "%", "100", "%"]
        );
    }
}

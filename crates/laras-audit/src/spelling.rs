//! One spelling for names that differ in a few letters.

use rustc_hash::FxHashMap;

/// Least likeness of two spellings of one name.
const ALIKE: f64 = 0.93;

/// A name that others may be spellings of.
struct Known {
    letters: Letters,
    form: u32,
}

/// Of each folded form, the form that stands for it: the one that came first of those like it. `names`
/// are the forms of the names in the order of the report, each once.
pub(crate) fn one_spelling(names: &[u32], folded: &[String]) -> Vec<u32> {
    let mut spellings: Vec<u32> = (0..folded.len() as u32).collect();
    // By their digits: other figures are other names.
    let mut known: FxHashMap<String, Vec<Known>> = FxHashMap::default();
    for &form in names {
        let name = folded[form as usize].as_str();
        let letters = Letters::of(name);
        let digits = if letters.has_digits {
            name.chars().filter(char::is_ascii_digit).collect()
        } else {
            String::new()
        };
        let alike = known.entry(digits).or_default();
        let near = alike.iter().find(|other| {
            letters.may_be_like(&other.letters) && {
                let (mine, other) = (bare(name), bare(&folded[other.form as usize]));
                let longest = mine.chars().count().max(other.chars().count());
                likeness(edits(&mine, &other), longest) >= ALIKE
            }
        });
        match near {
            Some(first) => spellings[form as usize] = first.form,
            None => alike.push(Known { letters, form }),
        }
    }
    spellings
}

/// A folded name without its blanks.
fn bare(name: &str) -> String {
    name.split(' ').collect()
}

/// Likeness of two texts, of which the longer has so many characters, after so many edits.
fn likeness(edits: usize, longest: usize) -> f64 {
    if longest == 0 { 1.0 } else { 1.0 - edits as f64 / longest as f64 }
}

/// How many letters must be changed, put in or taken away to turn one text into another (Levenshtein's
/// distance). What both begin or end with needs no edit, and is all of texts that are much alike.
pub(crate) fn edits(a: &str, b: &str) -> usize {
    let begin = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let begin = a.floor_char_boundary(begin);
    let (a, b) = (&a[begin..], &b[begin..]);
    let end = a.bytes().rev().zip(b.bytes().rev()).take_while(|(x, y)| x == y).count();
    let end = a.len() - a.ceil_char_boundary(a.len() - end);
    strsim::levenshtein(&a[..a.len() - end], &b[..b.len() - end])
}

/// Letters that are counted by themselves, others together, and room that makes them quick to compare.
const COUNTED: usize = 32;

/// The letters of a text, blanks aside: how many, which, and how often each; what is beyond a to z is
/// counted together.
struct Letters {
    bytes: usize,
    chars: usize,
    has_digits: bool,
    which: u32,
    counts: [u8; COUNTED],
}

impl Letters {
    fn of(text: &str) -> Self {
        let mut counts = [0_u8; COUNTED];
        let mut which = 0;
        let (mut bytes, mut chars, mut has_digits) = (0, 0, false);
        for byte in text.bytes().filter(|byte| *byte != b' ') {
            bytes += 1;
            // What is beyond ASCII has more bytes, which all but the first begin alike.
            if byte & 0xc0 == 0x80 {
                continue;
            }
            let at = usize::from(byte.wrapping_sub(b'a').min(26));
            counts[at] = counts[at].saturating_add(1);
            which |= 1 << at;
            chars += 1;
            has_digits |= byte.is_ascii_digit();
        }
        Self { bytes, chars, has_digits, which, counts }
    }

    /// Whether the texts may be like each other, by their lengths and letters alone.
    fn may_be_like(&self, known: &Self) -> bool {
        let longest = known.chars.max(self.chars);
        known.bytes.abs_diff(self.bytes) * 14 <= self.bytes
            && likeness(known.fewest_edits(self), longest) >= ALIKE
            && likeness(known.least_edits(self), longest) >= ALIKE
    }

    /// No fewer edits turn one text into another: each puts in or takes away one letter that only one
    /// of them has.
    fn fewest_edits(&self, other: &Self) -> usize {
        let (more, fewer) = (self.which & !other.which, other.which & !self.which);
        more.count_ones().max(fewer.count_ones()) as usize
    }

    /// The same, nearer to what it takes: each mends one letter too many and one too few.
    fn least_edits(&self, other: &Self) -> usize {
        let both = || self.counts.iter().zip(&other.counts);
        let more: usize = both().map(|(a, b)| usize::from(a.saturating_sub(*b))).sum();
        let fewer: usize = both().map(|(a, b)| usize::from(b.saturating_sub(*a))).sum();
        more.max(fewer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_a_letter_are_one_and_figures_are_not_letters() {
        let names = [
            "peningkatan kesadaran masyarakat",
            "peningkatan kesadaran masyarakt",
            "peningkatan kesadaran 1 masyarakat",
            "pembinaan organisasi",
        ];
        let folded: Vec<String> = names.map(str::to_owned).into();
        assert_eq!(one_spelling(&[0, 1, 2, 3], &folded), [0, 0, 2, 3]);
    }

    #[test]
    fn letters_never_ask_for_more_edits_than_there_are() {
        let words = ["", "pagu", "pagi", "upag", "anggaran", "anggar4n", "é", "è", "ée", "aèea"];
        for (a, b) in words.iter().flat_map(|a| words.iter().map(move |b| (a, b))) {
            let (mine, other) = (Letters::of(a), Letters::of(b));
            let (fewest, least) = (mine.fewest_edits(&other), mine.least_edits(&other));
            assert!(fewest <= least && least <= strsim::levenshtein(a, b), "{a} {b}");
            assert_eq!(edits(a, b), strsim::levenshtein(a, b), "{a} {b}");
        }
    }
}

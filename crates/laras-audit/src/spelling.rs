//! One spelling for names that differ in a few letters.

use rustc_hash::FxHashMap;

/// Least likeness of two spellings of one name.
const ALIKE: f64 = 0.93;

/// A name that others may be spellings of.
struct Known {
    bare: String,
    letters: Letters,
    chars: usize,
    form: u32,
}

/// Of each folded form, the form that stands for it: the one that came first of those like it. `names`
/// are the forms of the names in the order of the report, each once.
pub(crate) fn one_spelling(names: &[u32], folded: &[String]) -> Vec<u32> {
    let mut spellings: Vec<u32> = (0..folded.len() as u32).collect();
    // By their digits: other figures are other names.
    let mut known: FxHashMap<String, Vec<Known>> = FxHashMap::default();
    for &form in names {
        let (mut bare, mut digits) = (folded[form as usize].clone(), String::new());
        bare.retain(|c| c != ' ');
        if bare.bytes().any(|b| b.is_ascii_digit()) {
            digits.extend(bare.chars().filter(char::is_ascii_digit));
        }
        let (letters, chars) = (Letters::of(&bare), bare.chars().count());
        let alike = known.entry(digits).or_default();
        let near = alike.iter().find(|other| {
            let longest = other.chars.max(chars);
            other.bare.len().abs_diff(bare.len()) * 14 <= bare.len()
                && likeness(other.letters.fewest_edits(&letters), longest) >= ALIKE
                && likeness(other.letters.least_edits(&letters), longest) >= ALIKE
                && likeness(strsim::levenshtein(&other.bare, &bare), longest) >= ALIKE
        });
        match near {
            Some(first) => spellings[form as usize] = first.form,
            None => alike.push(Known { bare, letters, chars, form }),
        }
    }
    spellings
}

/// Likeness of two texts, of which the longer has so many characters, after so many edits.
fn likeness(edits: usize, longest: usize) -> f64 {
    if longest == 0 { 1.0 } else { 1.0 - edits as f64 / longest as f64 }
}

/// How often each letter occurs in a text, and which occur at all; what is beyond a to z is counted
/// together.
struct Letters {
    counts: [u8; 27],
    which: u32,
}

impl Letters {
    fn of(text: &str) -> Self {
        let mut counts = [0_u8; 27];
        let mut which = 0;
        for c in text.chars() {
            let at = if c.is_ascii_lowercase() { (c as u8 - b'a') as usize } else { 26 };
            counts[at] = counts[at].saturating_add(1);
            which |= 1 << at;
        }
        Self { counts, which }
    }

    /// No fewer edits turn one text into another: each puts in or takes away one letter that only one
    /// of them has.
    fn fewest_edits(&self, other: &Self) -> usize {
        let (more, fewer) = (self.which & !other.which, other.which & !self.which);
        more.count_ones().max(fewer.count_ones()) as usize
    }

    /// The same, nearer to what it takes: each mends one letter too many and one too few.
    fn least_edits(&self, other: &Self) -> usize {
        let (mut more, mut fewer) = (0, 0);
        for (a, b) in self.counts.iter().zip(&other.counts) {
            more += usize::from(a.saturating_sub(*b));
            fewer += usize::from(b.saturating_sub(*a));
        }
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
        let words = ["", "pagu", "pagi", "upag", "anggaran", "anggar4n", "é", "ée"];
        for (a, b) in words.iter().flat_map(|a| words.iter().map(move |b| (a, b))) {
            let (mine, other) = (Letters::of(a), Letters::of(b));
            let (fewest, least) = (mine.fewest_edits(&other), mine.least_edits(&other));
            assert!(fewest <= least && least <= strsim::levenshtein(a, b), "{a} {b}");
        }
    }
}

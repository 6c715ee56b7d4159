//! One spelling for names that differ in a few letters.

use rustc_hash::FxHashMap;

/// Least likeness of two spellings of one name.
const ALIKE: f64 = 0.93;

/// A name that others may be spellings of.
struct Known {
    bare: String,
    letters: Letters,
    chars: usize,
    form: usize,
}

/// Of each folded form, the form that stands for it: the one that came first of those like it. `names`
/// are the forms of the names in the order of the report, and may repeat.
pub(crate) fn one_spelling(names: impl Iterator<Item = usize>, folded: &[String]) -> Vec<usize> {
    let mut spellings: Vec<usize> = (0..folded.len()).collect();
    let mut seen = vec![false; folded.len()];
    // By their digits: other figures are other names.
    let mut known: FxHashMap<String, Vec<Known>> = FxHashMap::default();
    for form in names {
        if std::mem::replace(&mut seen[form], true) {
            continue;
        }
        let name = folded[form].as_str();
        let bare = name.replace(' ', "");
        let digits: String = if bare.bytes().any(|b| b.is_ascii_digit()) {
            bare.chars().filter(char::is_ascii_digit).collect()
        } else {
            String::new()
        };
        let (letters, chars) = (Letters::of(&bare), bare.chars().count());
        let alike = known.entry(digits).or_default();
        let near = alike.iter().find(|other| {
            let longest = other.chars.max(chars);
            other.bare.len().abs_diff(bare.len()) * 14 <= bare.len()
                && likeness(other.letters.least_edits(&letters), longest) >= ALIKE
                && likeness(strsim::levenshtein(&other.bare, &bare), longest) >= ALIKE
        });
        match near {
            Some(first) => spellings[form] = first.form,
            None => alike.push(Known { bare, letters, chars, form }),
        }
    }
    spellings
}

/// Likeness of two texts, of which the longer has so many characters, after so many edits.
fn likeness(edits: usize, longest: usize) -> f64 {
    if longest == 0 { 1.0 } else { 1.0 - edits as f64 / longest as f64 }
}

/// How often each letter occurs in a text; what is beyond a to z is counted together.
struct Letters([u8; 27]);

impl Letters {
    fn of(text: &str) -> Self {
        let mut counts = [0_u8; 27];
        for c in text.chars() {
            let at = if c.is_ascii_lowercase() { (c as u8 - b'a') as usize } else { 26 };
            counts[at] = counts[at].saturating_add(1);
        }
        Self(counts)
    }

    /// No fewer edits turn one text into another: each mends one letter too many and one too few.
    fn least_edits(&self, other: &Self) -> usize {
        let (mut more, mut fewer) = (0, 0);
        for (a, b) in self.0.iter().zip(&other.0) {
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
        assert_eq!(one_spelling([0, 1, 0, 2, 3].into_iter(), &folded), [0, 0, 2, 3]);
    }

    #[test]
    fn letters_never_ask_for_more_edits_than_there_are() {
        let words = ["", "pagu", "pagi", "upag", "anggaran", "anggar4n", "é", "ée"];
        for (a, b) in words.iter().flat_map(|a| words.iter().map(move |b| (a, b))) {
            let least = Letters::of(a).least_edits(&Letters::of(b));
            assert!(least <= strsim::levenshtein(a, b), "{a} {b}");
        }
    }
}

//! Words of running text with their places, for recognisers that report spans.

use std::borrow::Cow;

/// A text split into its words, for the recognisers of regions and agencies: both can look at one
/// splitting.
///
/// ```
/// use laras_nomenclature::{Nomenclature, SplitText};
///
/// let names = Nomenclature::builtin();
/// let text = SplitText::new("Kantor Kesatuan Bangsa Kota Pontianak");
/// assert_eq!(names.regions().find_in(&text), names.regions().find(text.as_str()));
/// assert_eq!(names.agencies().find_in(&text).len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct SplitText<'t> {
    pub(crate) text: &'t str,
    pub(crate) spots: Vec<Spot<'t>>,
}

impl<'t> SplitText<'t> {
    /// Splits a text.
    pub fn new(text: &'t str) -> Self {
        Self { text, spots: spots(text) }
    }

    /// The text.
    pub fn as_str(&self) -> &'t str {
        self.text
    }
}

/// The first letters of names, by which most words are told not to begin one: a bit for each one,
/// two, three and five letters. Of a letter five bits count.
#[derive(Clone, Debug)]
pub(crate) struct Heads(Box<[u64; BITS / 64]>);

/// Bits for three letters; as many are there for five.
const THREES: usize = 1 << 15;
/// Bits for two letters; as many are there for one.
const TWOS: usize = 1 << 10;
const BITS: usize = 2 * THREES + 2 * TWOS;

impl Default for Heads {
    fn default() -> Self {
        Self(Box::new([0; BITS / 64]))
    }
}

impl Heads {
    pub(crate) fn of<'n>(names: impl Iterator<Item = &'n String>) -> Self {
        let mut heads = Self::default();
        for name in names.map(String::as_bytes) {
            for len in [1, 2, 3, 5] {
                let Some(head) = name.get(..len) else { break };
                let at = Self::at(head);
                heads.0[at / 64] |= 1 << (at % 64);
            }
        }
        heads
    }

    /// Whether a name may begin with a word. Capitals of ASCII have the bits of small letters.
    pub(crate) fn may_begin(&self, word: &Spot<'_>) -> bool {
        let head = &word.printed.as_bytes()[..word.printed.len().min(5)];
        let at = if head.is_ascii() { Self::at(head) } else { Self::at(word.lower().as_bytes()) };
        self.0[at / 64] & 1 << (at % 64) != 0
    }

    /// The bit of a word's first letters.
    fn at(word: &[u8]) -> usize {
        let join = |letters: &[u8]| {
            letters.iter().fold(0, |all: usize, letter| all << 5 | usize::from(letter & 31))
        };
        match word.len() {
            0 | 1 => 2 * THREES + TWOS + join(word),
            2 => 2 * THREES + join(word),
            3 | 4 => join(&word[..3]),
            // Spread over as many bits as there are of three.
            _ => THREES + ((join(&word[..5]) as u32).wrapping_mul(0x9e37_79b1) >> 17) as usize,
        }
    }
}

/// Names without spaces, by which it is told how far words of a text are the beginning of one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beginnings {
    heads: Heads,
    /// In the order of the alphabet.
    sorted: Vec<String>,
}

impl Beginnings {
    pub(crate) fn of<'n>(names: impl Iterator<Item = &'n String>) -> Self {
        let mut sorted: Vec<String> = names.cloned().collect();
        sorted.sort_unstable();
        Self { heads: Heads::of(sorted.iter()), sorted }
    }

    /// As many of the words, run together in lower case, as a name may begin with, and where each ends.
    pub(crate) fn begun_by<'s, 't: 's>(
        &self,
        words: impl Iterator<Item = &'s Spot<'t>>,
    ) -> (String, Vec<usize>) {
        let (mut begun, mut ends) = (String::new(), Vec::new());
        for word in words {
            if ends.is_empty() && !self.heads.may_begin(word) {
                break;
            }
            begun.push_str(&word.lower());
            let at = self.sorted.partition_point(|name| *name < begun);
            if !self.sorted.get(at).is_some_and(|name| name.starts_with(&begun)) {
                break;
            }
            ends.push(begun.len());
        }
        (begun, ends)
    }
}

/// A word of a text.
#[derive(Clone, Debug)]
pub(crate) struct Spot<'t> {
    /// As printed.
    pub(crate) printed: &'t str,
    /// First byte.
    pub(crate) from: usize,
    /// The byte after the last.
    pub(crate) to: usize,
}

impl<'t> Spot<'t> {
    /// In lower case.
    pub(crate) fn lower(&self) -> Cow<'t, str> {
        lower(self.printed)
    }

    /// Whether it is a word, which is given in lower case.
    pub(crate) fn is(&self, word: &str) -> bool {
        if !self.printed.is_ascii() {
            return self.lower() == word;
        }
        let lower = self.printed.bytes().map(|letter| letter.to_ascii_lowercase());
        self.printed.len() == word.len() && lower.eq(word.bytes())
    }

    pub(crate) fn is_capitalised(&self) -> bool {
        self.printed.chars().next().is_some_and(char::is_uppercase)
    }
}

/// The words of a text: runs of letters and digits, apostrophes included.
pub(crate) fn spots(text: &str) -> Vec<Spot<'_>> {
    let mut spots = Vec::with_capacity(text.len() / 6 + 1);
    let mut start = None;
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        // What most texts consist of is told by its bytes.
        let (is_part, is_mark, width) = if byte.is_ascii() {
            (byte.is_ascii_alphanumeric(), *byte == b'\'', 1)
        } else {
            let c = text[at..].chars().next().unwrap_or_default();
            (c.is_alphanumeric(), c == '’', c.len_utf8())
        };
        match (is_part || (is_mark && start.is_some()), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                spots.push(Spot { printed: &text[from..at], from, to: at });
                start = None;
            }
            _ => {}
        }
        at += width;
    }
    if let Some(from) = start {
        spots.push(Spot { printed: &text[from..], from, to: text.len() });
    }
    spots
}

/// A word in lower case; most are.
pub(crate) fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase() })
}

/// Whether what stands between two words is more than spaces, commas, dashes and slashes.
pub(crate) fn breaks(text: &str, before: &Spot<'_>, after: &Spot<'_>) -> bool {
    let between = &text[before.to..after.from];
    between.contains(['\n', ';', ':', '|', '\t', '"', '“', '”'])
        || (between.contains('.') && before.printed.len() > 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_without_being_written_small() {
        let text = "Dinas ÉLAN d'Ée KABUPATEN İl 12a ÜBER K, Qur’an ’x' q'";
        let words: Vec<&str> = spots(text).iter().map(|spot| spot.printed).collect();
        let wanted =
            ["Dinas", "ÉLAN", "d'Ée", "KABUPATEN", "İl", "12a", "ÜBER", "K", "Qur’an", "x'", "q'"];
        assert_eq!(words, wanted);
        for spot in spots(text) {
            let lower = spot.printed.to_lowercase();
            assert!(spot.is(&lower) && !spot.is("dina"), "{lower}");
            assert!(Heads::of([lower].iter()).may_begin(&spot), "{}", spot.printed);
        }
        let names = ["luwutimur".to_owned(), "luwu".to_owned(), "kota".to_owned()];
        let (begun, ends) = Beginnings::of(names.iter()).begun_by(spots("LUWU Timur x").iter());
        assert_eq!((&begun[..ends[1]], &ends[..]), ("luwutimur", &[4, 9][..]));
        let heads = Heads::of([&"dinas".to_owned()].into_iter());
        assert!(!heads.may_begin(&spots("Bagian")[0]) && heads.may_begin(&spots("DINAS")[0]));
    }
}

//! Words of running text with their places, for recognisers that report spans.

use std::ops::Deref;

use laras_model::SharedText;

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

    /// Whether a name may begin with a word.
    #[inline]
    pub(crate) fn may_begin(&self, word: &Spot<'_>) -> bool {
        // The first two letters tell of most words.
        match *word.printed.as_bytes() {
            [a, b, _, ..] if a.is_ascii() && b.is_ascii() && !self.has(Self::at(&[a, b])) => false,
            _ => self.may_begin_with_head(word),
        }
    }

    fn may_begin_with_head(&self, word: &Spot<'_>) -> bool {
        let bytes = word.printed.as_bytes();
        let head = &bytes[..bytes.len().min(5)];
        self.has(if head.is_ascii() { Self::at(head) } else { Self::at(word.lower().as_bytes()) })
    }

    fn has(&self, at: usize) -> bool {
        self.0[at / 64] & 1 << (at % 64) != 0
    }

    /// The bit of a word's first letters. Capitals of ASCII have the bits of small letters.
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

/// What is known by names without spaces, and is found by the words that a text begins with.
#[derive(Clone, Debug)]
pub(crate) struct Begun<T> {
    heads: Heads,
    /// In the order of the alphabet.
    sorted: Vec<(String, T)>,
    /// The first letters of each name: they tell most of them apart without a look at the names.
    leads: Vec<u64>,
}

impl<T> Default for Begun<T> {
    fn default() -> Self {
        Self { heads: Heads::default(), sorted: Vec::new(), leads: Vec::new() }
    }
}

/// First bytes of a name that its lead has.
const LEAD: usize = 8;

/// The first bytes of a name as a number, in the order of the names; zeros behind a shorter one.
fn lead(name: &[u8]) -> u64 {
    let mut lead = [0; LEAD];
    let len = name.len().min(LEAD);
    lead[..len].copy_from_slice(&name[..len]);
    u64::from_be_bytes(lead)
}

impl<T> Begun<T> {
    pub(crate) fn of(named: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut sorted: Vec<(String, T)> = named.into_iter().collect();
        sorted.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let leads = sorted.iter().map(|(name, _)| lead(name.as_bytes())).collect();
        Self { heads: Heads::of(sorted.iter().map(|(name, _)| name)), sorted, leads }
    }

    /// Whether a name may begin with a word: quicker than to look for it.
    pub(crate) fn may_begin(&self, word: &Spot<'_>) -> bool {
        self.heads.may_begin(word)
    }

    /// The names whose lead begins with that of a word.
    fn led_by(&self, word: &[u8]) -> &[(String, T)] {
        let first = lead(word);
        let last = first | u64::MAX.checked_shr(8 * word.len() as u32).unwrap_or(0);
        let from = self.leads.partition_point(|lead| *lead < first);
        let all = self.leads[from..].iter().take_while(|lead| **lead <= last).count();
        &self.sorted[from..from + all]
    }

    /// The longest name that the words are or begin with, spaces aside: how many words it has, and what
    /// is known by it.
    pub(crate) fn longest<'s, 't: 's>(
        &self,
        words: impl Iterator<Item = &'s Spot<'t>>,
    ) -> Option<(usize, &T)> {
        let mut found = None;
        // The names that begin with the words so far, and how many bytes these are.
        let (mut names, mut begun, mut count) = (&self.sorted[..], 0, 0);
        for word in words {
            let lower = word.lower();
            if count == 0 {
                names = self.led_by(lower.as_bytes());
            }
            if count > 0 || lower.len() > LEAD {
                let is_before =
                    |(name, _): &(String, T)| name.as_bytes()[begun..] < *lower.as_bytes();
                let goes_on = |(name, _): &(String, T)| name[begun..].starts_with(&*lower);
                let from = names.partition_point(is_before);
                let all = names[from..].partition_point(goes_on);
                names = &names[from..from + all];
            }
            // The name that ends here stands before those that go on.
            let Some((first, known)) = names.first() else { break };
            begun += lower.len();
            count += 1;
            if first.len() == begun {
                found = Some((count, known));
            }
        }
        found
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
    fn new(text: &'t str, from: usize, to: usize) -> Self {
        Self { printed: &text[from..to], from, to }
    }

    /// The first word of a text.
    pub(crate) fn first(text: &'t str) -> Option<Self> {
        let (from, to) = word_after(text, 0)?;
        Some(Self::new(text, from, to))
    }

    /// In lower case.
    pub(crate) fn lower(&self) -> Lower<'t> {
        lower(self.printed)
    }

    /// Whether it is a word, which is given in lower case.
    pub(crate) fn is(&self, word: &str) -> bool {
        if !self.printed.is_ascii() {
            return *self.lower() == *word;
        }
        let lower = self.printed.bytes().map(|letter| letter.to_ascii_lowercase());
        self.printed.len() == word.len() && lower.eq(word.bytes())
    }

    pub(crate) fn is_capitalised(&self) -> bool {
        match self.printed.as_bytes().first() {
            Some(byte) if byte.is_ascii() => byte.is_ascii_uppercase(),
            _ => self.printed.chars().next().is_some_and(char::is_uppercase),
        }
    }
}

/// The words of a text: runs of letters and digits, apostrophes included.
pub(crate) fn spots(text: &str) -> Vec<Spot<'_>> {
    let mut spots = Vec::with_capacity(text.len() / 6 + 1);
    let mut at = 0;
    while let Some((from, to)) = word_after(text, at) {
        spots.push(Spot::new(text, from, to));
        at = to;
    }
    spots
}

/// What most texts consist of is told by its bytes: whether each is a letter or digit of ASCII.
const IS_PART: [bool; 256] = {
    let mut is_part = [false; 256];
    let mut at = 0;
    while at < 128 {
        is_part[at] = (at as u8).is_ascii_alphanumeric();
        at += 1;
    }
    is_part
};

/// Where the next word of a text begins and ends.
fn word_after(text: &str, at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let is_part = |at: usize| bytes.get(at).is_some_and(|byte| IS_PART[usize::from(*byte)]);
    let other = |at: usize| text[at..].chars().next();
    let mut from = at;
    while !is_part(from) {
        if bytes.get(from)?.is_ascii() {
            from += 1;
            continue;
        }
        match other(from)? {
            c if c.is_alphanumeric() => break,
            c => from += c.len_utf8(),
        }
    }
    let mut to = from;
    loop {
        while is_part(to) {
            to += 1;
        }
        match bytes.get(to) {
            Some(b'\'') => to += 1,
            Some(byte) if !byte.is_ascii() => match other(to)? {
                c if c.is_alphanumeric() || c == '’' => to += c.len_utf8(),
                _ => return Some((from, to)),
            },
            _ => return Some((from, to)),
        }
    }
}

/// A word in lower case: as it is printed, or made so, which of a short one takes no room of its own.
pub(crate) enum Lower<'t> {
    Printed(&'t str),
    Made(SharedText),
}

impl Deref for Lower<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Printed(word) => word,
            Self::Made(word) => word,
        }
    }
}

/// A word in lower case; most are.
pub(crate) fn lower(word: &str) -> Lower<'_> {
    if word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return Lower::Printed(word);
    }
    let mut room = [0; 24];
    Lower::Made(match room.get_mut(..word.len()).filter(|_| word.is_ascii()) {
        Some(short) => {
            short.copy_from_slice(word.as_bytes());
            short.make_ascii_lowercase();
            str::from_utf8(short).unwrap_or(word).into()
        }
        None => word.to_lowercase().into(),
    })
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
        let names = ["hulujaya", "hulu", "kota", "seberanghulu", "seberanghilir"];
        let names = names.map(|name| (name.to_owned(), name));
        let names = Begun::of(names);
        for (text, found) in [
            ("HULU Jaya x", Some((2, &"hulujaya"))),
            ("Hulu Ja ya", Some((3, &"hulujaya"))),
            ("Hulu ja", Some((1, &"hulu"))),
            ("hulujayax", None),
            ("Seberanghulu", Some((1, &"seberanghulu"))),
            ("SEBERANG hilir", Some((2, &"seberanghilir"))),
            ("Seberanghul u", Some((2, &"seberanghulu"))),
            ("Seberangh", None),
            ("Ko", None),
            ("", None),
        ] {
            assert_eq!(names.longest(spots(text).iter()), found, "{text}");
        }
        let heads = Heads::of([&"dinas".to_owned()].into_iter());
        assert!(!heads.may_begin(&spots("Bagian")[0]) && heads.may_begin(&spots("DINAS")[0]));
    }
}

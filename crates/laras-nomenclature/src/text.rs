//! Words of running text with their places, for recognisers that report spans.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

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

/// Letters by which most words are told from the beginning of a name.
const HEAD: usize = 3;

/// The first letters of names, by which most words are told not to begin one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heads(FxHashSet<[u8; HEAD]>);

impl Heads {
    pub(crate) fn of<'n>(names: impl Iterator<Item = &'n String>) -> Self {
        Self(names.filter_map(|name| name.as_bytes().first_chunk().copied()).collect())
    }

    /// Whether a name can begin with a word.
    pub(crate) fn may_begin(&self, word: &str) -> bool {
        word.as_bytes().first_chunk().is_none_or(|head| self.0.contains(head))
    }
}

/// A word of a text.
#[derive(Clone, Debug)]
pub(crate) struct Spot<'t> {
    /// As printed.
    pub(crate) printed: &'t str,
    /// In lower case.
    pub(crate) lower: Cow<'t, str>,
    /// First byte.
    pub(crate) from: usize,
    /// The byte after the last.
    pub(crate) to: usize,
}

impl Spot<'_> {
    pub(crate) fn is_capitalised(&self) -> bool {
        self.printed.chars().next().is_some_and(char::is_uppercase)
    }
}

/// The words of a text: runs of letters and digits, apostrophes included.
pub(crate) fn spots(text: &str) -> Vec<Spot<'_>> {
    let mut spots = Vec::new();
    let mut start = None;
    let mut push = |from: usize, to: usize| {
        let printed = &text[from..to];
        spots.push(Spot { printed, lower: lower(printed), from, to });
    };
    for (at, c) in text.char_indices() {
        let is_part = if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() };
        let inside = is_part || (start.is_some() && matches!(c, '\'' | '’'));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                push(from, at);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        push(from, text.len());
    }
    spots
}

/// A word in lower case; most are.
fn lower(word: &str) -> Cow<'_, str> {
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

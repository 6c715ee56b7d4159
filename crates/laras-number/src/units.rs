//! Unit phrases behind a number: `Bh`, `Orang/bulan`, `laporan bulanan`, `Dokume` (cut off).
//!
//! ```text
//! phrase = unit / unit 1*( "/" unit ) / unit 1*3word / word      ; unit: data/units.tsv
//! ```
//!
//! A word that is in no list is still a unit where it stands alone behind a number, at a cost: it
//! could be the name that the number belongs to.

use std::borrow::Cow;

use crate::lexicon::{self, Lower, Role, UnitKind};
use crate::reading::Word;

/// A unit as printed and as meant.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Phrase {
    /// `IDR`, `%`, `score`, else as printed in lower case.
    pub(crate) unit: Word,
    /// Its canonical name, where the lexicon knows it.
    pub(crate) canonical: Option<Word>,
    pub(crate) kind: UnitKind,
    /// How much speaks against its being a unit.
    pub(crate) cost: u16,
}

impl Phrase {
    fn listed(unit: &'static lexicon::Unit) -> Self {
        let (word, canonical) = match unit.kind {
            UnitKind::Percent => ("%", "%"),
            UnitKind::Money => ("IDR", "IDR"),
            UnitKind::Score => ("score", "score"),
            _ => (unit.word, unit.canonical),
        };
        Self { unit: word.into(), canonical: Some(canonical.into()), kind: unit.kind, cost: 0 }
    }

    fn printed(text: &str, unit: Option<&'static lexicon::Unit>, cost: u16) -> Self {
        Self {
            unit: Cow::Owned(text.to_lowercase()),
            canonical: unit.map(|unit| Cow::Borrowed(unit.canonical)),
            kind: unit.map_or(UnitKind::Count, |unit| unit.kind),
            cost,
        }
    }
}

/// The unit that a whole text is.
pub(crate) fn phrase(text: &str) -> Option<Phrase> {
    let text = text.trim();
    let lower = Lower::new(text)?;
    if let Some(unit) = lexicon::unit(lower.as_str()) {
        return Some(Phrase::listed(unit));
    }
    if !text.starts_with(char::is_alphabetic) {
        let inner = text.strip_prefix('(')?.strip_suffix(')')?;
        return if inner.contains('(') { None } else { phrase(inner) };
    }
    let bare = text.trim_end_matches(['.', ',', ';', ':']);
    if bare.len() < text.len() {
        return phrase(bare);
    }
    if bare.contains(|c: char| {
        c.is_ascii_digit() || matches!(c, '(' | ')' | ':' | '=' | '+' | '"' | '@')
    }) {
        return None;
    }
    if bare.contains('/') {
        return compound(bare);
    }
    let mut words = bare.split_whitespace();
    let first = words.next()?;
    if words.next().is_some() { several(bare, first) } else { single(bare) }
}

/// `orang/bulan`, `Org / bln`; a part may be cut off.
fn compound(text: &str) -> Option<Phrase> {
    let mut canonical = String::new();
    let mut kind = None;
    for part in text.split('/') {
        // `b ulan`: a narrow cell broke the word.
        let lower = Lower::new(&part.replace(' ', ""))?;
        let bare = lower.as_str().trim_end_matches('.');
        let mut unit = lexicon::unit(bare).or_else(|| lexicon::unit_cut(bare));
        if kind.is_some() {
            unit = unit.or_else(|| lexicon::time_cut(bare));
            canonical.push('/');
        } else {
            kind = Some(unit?.kind);
        }
        canonical.push_str(unit.map_or(bare, |unit| unit.canonical));
    }
    Some(Phrase {
        unit: Cow::Owned(text.to_lowercase()),
        canonical: Some(Cow::Owned(canonical)),
        kind: kind?,
        cost: 0,
    })
}

/// A known unit with words behind it that say which: `laporan bulanan`, `unit kerja baru`.
fn several(text: &str, first: &str) -> Option<Phrase> {
    let lower = Lower::new(first)?;
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() == 2 {
        // `orang/b ulan`, `keg iatan`: a word that a narrow cell broke.
        let joined = words.concat();
        if let Some(unit) = Lower::new(&joined).and_then(|joined| lexicon::unit(joined.as_str())) {
            return Some(Phrase::printed(text, Some(unit), 2));
        }
    }
    let bare = lower.as_str().trim_end_matches('.');
    let unit = lexicon::unit(bare)?;
    let most = match unit.kind {
        UnitKind::Level | UnitKind::Place => 2,
        UnitKind::Percent | UnitKind::Money => 1,
        _ => 4,
    };
    let stop = words.iter().skip(1).any(|word| {
        Lower::new(word).is_none_or(|word| {
            lexicon::is_role(word.as_str(), Role::Stop)
                || lexicon::is_role(word.as_str(), Role::Bound)
        })
    });
    if words.len() > most || (stop && unit.kind != UnitKind::Time) {
        return None;
    }
    let score = unit.kind == UnitKind::Score;
    let mut phrase = Phrase::printed(text, Some(unit), 2);
    if score {
        phrase.unit = "score".into();
    }
    Some(phrase)
}

/// One word that is in no list: cut off, misspelt, or simply unknown.
fn single(word: &str) -> Option<Phrase> {
    let lower = Lower::new(word)?;
    let lower = lower.as_str();
    let letters = lower.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '&' | '.'));
    let known_otherwise = lexicon::keyword(lower).is_some()
        || lexicon::month(lower).is_some()
        || lexicon::number_word(lower).is_some();
    if !letters || known_otherwise || lower.chars().count() < 2 || lower.len() > 24 {
        return None;
    }
    if let Some(unit) = lexicon::unit_cut(lower) {
        return Some(Phrase::printed(word, Some(unit), 1));
    }
    if let Some(unit) = lexicon::unit_misspelt(lower) {
        return Some(Phrase::printed(word, Some(unit), 2));
    }
    Some(Phrase::printed(word, None, 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = phrase(text).map_or("no".to_owned(), |found| {
            format!("{} = {} @{}", found.unit, found.canonical.unwrap_or("?".into()), found.cost)
        });
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn units_as_printed() {
        check("Bh", "bh = buah @0");
        check("Dok.", "dok. = dokumen @0");
        check("Orang/bulan", "orang/bulan = orang/bulan @0");
        check("Org/Bln", "org/bln = orang/bulan @0");
        check("Orang/b", "orang/b = orang/bulan @0");
        check("laporan bulanan", "laporan bulanan = laporan @2");
        check("(orang)", "orang = orang @0");
        check("%", "% = % @0");
        check("persen", "% = % @0");
        check("rupiah", "IDR = IDR @0");
        check("poin", "score = score @0");
        check("m²", "m² = meter persegi @0");
    }

    #[test]
    fn damaged_and_unknown_units() {
        check("Dokume", "dokume = dokumen @1");
        check("Dokumne", "dokumne = dokumen @2");
        check("Keg iatan", "keg iatan = kegiatan @2");
        check("Pilar", "pilar = ? @4");
    }

    #[test]
    fn names_are_no_units() {
        check("Program Pembinaan Wawasan Kebangsaan", "no");
        check("Maret", "no");
        check("dan 2 Laporan", "no");
        check("Pilar Kebangsaan", "no");
        check("dari", "no");
    }
}

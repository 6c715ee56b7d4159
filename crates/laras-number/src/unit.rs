//! Units and grades by themselves: a Satuan column, the closing bracket of an indicator.
//!
//! ```
//! use laras_number::unit;
//!
//! let unit = unit::read("Org/Bln").unwrap();
//! assert_eq!((unit.printed.as_ref(), unit.canonical.as_deref()), ("org/bln", Some("orang/bulan")));
//!
//! let (unit, range) = unit::closing("Jumlah surat yang diagendakan (Buah)").unwrap();
//! assert_eq!((unit.printed.as_ref(), range), ("buah", 30..36));
//! assert_eq!(unit::grade("Sangat Baik"), Some("sangat baik"));
//! ```

use std::ops::Range;

use crate::lexicon::{self, UnitKind};
use crate::reading::Word;
use crate::units::phrase;

/// What a unit counts or measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Things, people, organisations, places, levels of the plan: they come whole.
    Count,
    /// Time, or people times time.
    Time,
    /// What is measured with decimals: meters, tons, hectares.
    Measure,
    /// Money.
    Money,
    /// Percent and other ratios.
    Ratio,
    /// Scores and indices.
    Score,
}

/// A unit as printed and as meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// `IDR`, `%`, `score`, else as printed in lower case.
    pub printed: Word,
    /// Its canonical name; `None` where the lexicon does not know it.
    pub canonical: Option<Word>,
    /// What it counts or measures; [`Kind::Count`] where the lexicon does not know it.
    pub kind: Kind,
}

fn found(text: &str, dearest: u16) -> Option<Unit> {
    let phrase = phrase(text).filter(|phrase| phrase.cost <= dearest)?;
    let kind = match phrase.kind {
        UnitKind::Count | UnitKind::Level | UnitKind::Place => Kind::Count,
        UnitKind::Time => Kind::Time,
        UnitKind::Measure => Kind::Measure,
        UnitKind::Money => Kind::Money,
        UnitKind::Percent | UnitKind::Ratio => Kind::Ratio,
        UnitKind::Score => Kind::Score,
    };
    Some(Unit { printed: phrase.unit, canonical: phrase.canonical, kind })
}

/// The unit that a whole text is; a single word that no list knows counts as one too, for it
/// stands where a unit stands.
pub fn read(text: &str) -> Option<Unit> {
    found(text, u16::MAX)
}

/// The unit in the last bracket of a text, where the bracket closes it and the lexicon knows the
/// unit; with the bracket's bytes.
pub fn closing(text: &str) -> Option<(Unit, Range<usize>)> {
    let end = text.trim_end().len();
    let inner = text.get(..end)?.strip_suffix(')')?;
    let open = inner.rfind('(')?;
    let unit = found(inner.get(open + 1..)?, 2)?;
    Some((unit, open..end))
}

/// The grade or predicate that a whole text is, as the list spells it: `BB`, `sangat baik`.
pub fn grade(text: &str) -> Option<&'static str> {
    lexicon::grade(text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_units_close_a_text() {
        let closed = |text| closing(text).map(|(unit, _)| unit.printed.into_owned());
        assert_eq!(closed("Jumlah tenaga (orang) "), Some("orang".to_owned()));
        assert_eq!(closed("Tingkat Capaian (%)"), Some("%".to_owned()));
        assert_eq!(closed("Forum Pembauran Kebangsaan (FPK)"), None);
        assert_eq!(closed("Jumlah (orang) tenaga"), None);
    }

    #[test]
    fn kinds_are_told() {
        let kind = |text| read(text).map(|unit| unit.kind);
        assert_eq!(kind("Rp"), Some(Kind::Money));
        assert_eq!(kind("Persen"), Some(Kind::Ratio));
        assert_eq!(kind("Indeks"), Some(Kind::Score));
        assert_eq!(kind("km"), Some(Kind::Measure));
        assert_eq!(kind("OB"), Some(Kind::Time));
        assert_eq!(kind("Dokumen"), Some(Kind::Count));
        assert_eq!(kind("Penyediaan jasa surat menyurat"), None);
    }
}

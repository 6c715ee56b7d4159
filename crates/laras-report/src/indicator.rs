//! What the words of an indicator say of its values.

use std::cell::{OnceCell, RefCell, RefMut};
use std::sync::LazyLock;

use laras_model::SharedText;

use crate::head::closing_bracket;
use crate::lists::{is_in, list};
use crate::unit::canonical;
use crate::words::{first_word, first_words};

/// What the first word of an indicator says.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Said {
    /// Whether it is an index or a score.
    pub(crate) is_score: bool,
    /// Whether its values are marks: `Nilai SAKIP`.
    pub(crate) is_mark: bool,
}

impl Said {
    fn by(text: &str) -> Self {
        if !may_be_scored(text) {
            return Self::default();
        }
        let Some(first) = first_word(text) else { return Self::default() };
        let is_mark = first == "nilai" || first == "predikat";
        Self { is_score: is_in("scored", &first), is_mark }
    }
}

/// Whether a text may begin with a word for a score or a mark: the first letter tells of most that they
/// do not.
fn may_be_scored(text: &str) -> bool {
    static LETTERS: LazyLock<u32> = LazyLock::new(|| {
        let first = |word: &&str| word.bytes().next().map_or(0, |letter| 1 << (letter & 31));
        list("scored").iter().chain(&["nilai", "predikat"]).map(first).fold(0, |all, bit| all | bit)
    });
    match text.as_bytes().first() {
        Some(letter) if letter.is_ascii_alphabetic() => *LETTERS & 1 << (letter & 31) != 0,
        _ => true,
    }
}

/// An indicator.
#[derive(Debug, Default)]
struct Indicator {
    text: SharedText,
    said: Said,
    unit: OnceCell<Option<SharedText>>,
    is_percent: OnceCell<bool>,
}

/// The indicators of a table: one row has many values of the same, which is read once.
#[derive(Debug, Default)]
pub(crate) struct Indicators {
    last: RefCell<Indicator>,
}

impl Indicators {
    /// What an indicator says.
    pub(crate) fn said(&self, text: &SharedText) -> Said {
        // Values without one stand between.
        if text.is_empty() { Said::default() } else { self.read(text).said }
    }

    /// The unit in its closing bracket.
    pub(crate) fn unit(&self, text: &SharedText) -> Option<SharedText> {
        self.read(text).unit.get_or_init(|| bracketed_unit(text)).clone()
    }

    /// Whether it begins with a word for percent.
    pub(crate) fn is_percent(&self, text: &SharedText) -> bool {
        let begins = || first_words(text, 2).iter().any(|w| is_in("percent", w));
        *self.read(text).is_percent.get_or_init(begins)
    }

    fn read(&self, text: &SharedText) -> RefMut<'_, Indicator> {
        let mut last = self.last.borrow_mut();
        if last.text != *text {
            *last = Indicator { text: text.clone(), said: Said::by(text), ..Indicator::default() };
        }
        last
    }
}

/// The unit in an indicator's closing bracket.
fn bracketed_unit(indicator: &str) -> Option<SharedText> {
    let original = closing_bracket(indicator)?;
    let bracket = original.trim().to_lowercase();
    let is_unit = bracket.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '/' | '.' | '%'))
        && bracket.split(' ').count() <= 2;
    // An abbreviation in capitals explains the indicator; it is no unit.
    let is_acronym = original.len() > 1 && original.chars().all(char::is_uppercase);
    if !is_unit || is_acronym {
        return None;
    }
    Some(canonical(&bracket).map_or_else(|| bracket.into(), SharedText::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_indicator_says_what_its_values_are() {
        let indicators = Indicators::default();
        for (text, is_score, is_mark, is_percent, unit) in [
            ("", false, false, false, None),
            ("Nilai SAKIP", true, true, false, None),
            ("- PREDIKAT SAKIP", true, true, false, None),
            ("Jumlah dokumen (Dokumen)", false, false, false, Some("dokumen")),
            ("Persentase konflik yang selesai (%)", false, false, true, Some("%")),
            ("Indeks Demokrasi Indonesia (IDI)", true, false, false, None),
        ] {
            // Asked twice, as for two values of one row.
            for _ in 0..2 {
                let text = text.into();
                let said = indicators.said(&text);
                let found = (said.is_score, said.is_mark, indicators.is_percent(&text));
                assert_eq!(found, (is_score, is_mark, is_percent), "{text}");
                assert_eq!(indicators.unit(&text).as_deref(), unit, "{text}");
            }
        }
    }
}

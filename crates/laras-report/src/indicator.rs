//! What the words of an indicator say of its values.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use laras_model::SharedText;

use crate::head::closing_bracket;
use crate::lists::is_in;
use crate::phrases::{first_word, first_words};
use crate::unit::canonical;

/// An indicator.
#[derive(Debug, Default)]
pub(crate) struct Indicator {
    text: SharedText,
    /// Whether it is an index or a score.
    pub(crate) is_score: bool,
    /// Whether its values are marks: `Nilai SAKIP`.
    pub(crate) is_mark: bool,
    unit: OnceCell<Option<SharedText>>,
    is_percent: OnceCell<bool>,
}

impl Indicator {
    fn new(text: &SharedText) -> Self {
        let first = first_word(text);
        let is_score = first.as_ref().is_some_and(|w| is_in("scored", w));
        let is_mark = first.is_some_and(|w| w == "nilai" || w == "predikat");
        Self { text: text.clone(), is_score, is_mark, ..Self::default() }
    }

    /// The unit in its closing bracket.
    pub(crate) fn unit(&self) -> Option<SharedText> {
        self.unit.get_or_init(|| bracketed_unit(&self.text)).clone()
    }

    /// Whether it begins with a word for percent.
    pub(crate) fn is_percent(&self) -> bool {
        let begins = || first_words(&self.text, 2).iter().any(|w| is_in("percent", w));
        *self.is_percent.get_or_init(begins)
    }
}

/// The indicators of a table: one row has many values of the same, which is read once.
#[derive(Debug, Default)]
pub(crate) struct Indicators {
    last: RefCell<Rc<Indicator>>,
    /// That of the values without one, which stand between.
    none: Rc<Indicator>,
}

impl Indicators {
    /// What an indicator says.
    pub(crate) fn read(&self, text: &SharedText) -> Rc<Indicator> {
        if text.is_empty() {
            return self.none.clone();
        }
        let mut last = self.last.borrow_mut();
        if last.text != *text {
            *last = Rc::new(Indicator::new(text));
        }
        last.clone()
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
            ("Jumlah dokumen (Dokumen)", false, false, false, Some("dokumen")),
            ("Persentase konflik yang selesai (%)", false, false, true, Some("%")),
            ("Indeks Demokrasi Indonesia (IDI)", true, false, false, None),
        ] {
            // Asked twice, as for two values of one row.
            for _ in 0..2 {
                let said = indicators.read(&text.into());
                let found = (said.is_score, said.is_mark, said.is_percent());
                assert_eq!(found, (is_score, is_mark, is_percent), "{text}");
                assert_eq!(said.unit().as_deref(), unit, "{text}");
            }
        }
    }
}

//! The names, parents and indicators of a report, each text once.
//!
//! A report states few texts and says each of them beside many numbers: they are folded once, and
//! compared by number.

use laras_model::Observation;
use rustc_hash::FxHashMap;

use crate::dress::fold;
use crate::spelling::one_spelling;

/// The texts that observations name their subjects by, by number.
pub(crate) struct Texts<'e> {
    /// Of each observation, its name, parent and indicator.
    of: Vec<[u32; 3]>,
    /// The texts as the report has them.
    texts: Vec<&'e str>,
    /// Of each text, the number of its folded form.
    forms: Vec<usize>,
    /// Folded forms.
    folded: Vec<String>,
    /// Of each folded form, the form that stands for it: one spelling for names that differ in a few
    /// letters.
    spellings: Vec<usize>,
}

impl<'e> Texts<'e> {
    pub(crate) fn new(observations: &'e [Observation]) -> Self {
        let mut known: FxHashMap<&str, usize> = FxHashMap::default();
        let mut texts: Vec<&str> = Vec::new();
        let mut number = |text: &'e str| {
            *known.entry(text).or_insert_with(|| {
                texts.push(text);
                texts.len() - 1
            })
        };
        // The numbers of a row have the same texts, mostly.
        let mut last = [("", number("")); 3];
        let of: Vec<[u32; 3]> = observations
            .iter()
            .map(|o| {
                let mut numbers = [0; 3];
                for (i, text) in [&o.name, &o.parent, &o.indicator].into_iter().enumerate() {
                    if last[i].0 != text {
                        last[i] = (text, number(text));
                    }
                    numbers[i] = last[i].1 as u32;
                }
                numbers
            })
            .collect();
        let mut forms = Vec::with_capacity(texts.len());
        let mut folded: Vec<String> = Vec::new();
        let mut by_form: FxHashMap<String, usize> = FxHashMap::default();
        for text in &texts {
            let form = fold(text);
            forms.push(by_form.get(&form).copied().unwrap_or_else(|| {
                folded.push(form.clone());
                by_form.insert(form, folded.len() - 1);
                folded.len() - 1
            }));
        }
        let names = of.iter().map(|[name, ..]| forms[*name as usize]);
        let spellings = one_spelling(names, &folded);
        Self { of, texts, forms, folded, spellings }
    }

    /// The number of an observation's name; of equal texts equal, whatever they are of.
    pub(crate) fn name(&self, at: usize) -> usize {
        self.of[at][0] as usize
    }

    /// The number of an observation's parent.
    pub(crate) fn parent(&self, at: usize) -> usize {
        self.of[at][1] as usize
    }

    /// The number of an observation's indicator.
    pub(crate) fn indicator(&self, at: usize) -> usize {
        self.of[at][2] as usize
    }

    /// Every text, by its number.
    pub(crate) fn all(&self) -> &[&'e str] {
        &self.texts
    }

    /// The folded form of a text.
    pub(crate) fn folded(&self, text: usize) -> &str {
        &self.folded[self.forms[text]]
    }

    /// The number of an observation's subject: of names that are spelled alike the same.
    pub(crate) fn subject(&self, at: usize) -> usize {
        self.spellings[self.forms[self.name(at)]]
    }

    /// The folded name of a subject.
    pub(crate) fn spelled(&self, subject: usize) -> &str {
        &self.folded[subject]
    }

    /// How many numbers of subjects there may be.
    pub(crate) fn subjects(&self) -> usize {
        self.folded.len()
    }
}

//! The names, parents and indicators of a report, each text once.
//!
//! A report states few texts and says each of them beside many numbers: they are folded once, and
//! compared by number.

use std::collections::hash_map::Entry;

use laras_model::{Extraction, Observation};
use rustc_hash::FxHashMap;

use crate::dress::fold;
use crate::spelling::one_spelling;

/// The texts that observations name their subjects by, by number.
pub(crate) struct Texts<'e> {
    /// Of each observation, its name, parent and indicator.
    of: Vec<[u32; 3]>,
    /// Of each observation, which of the different three of these it has.
    trios: Vec<u32>,
    /// The texts as the report has them.
    texts: Vec<&'e str>,
    /// Each text folded.
    folded: Vec<String>,
    /// Of each text, the first that is folded to the same.
    forms: Vec<u32>,
    /// Of each observation, the form that stands for that of its name: one spelling for names that
    /// differ in a few letters.
    subjects: Vec<u32>,
}

impl<'e> Texts<'e> {
    pub(crate) fn new(observations: &'e [Observation]) -> Self {
        let (of, texts) = numbered(observations);
        let trios = trios(&of);
        let folded: Vec<String> = texts.iter().map(|text| fold(text)).collect();
        let forms = firsts(folded.iter().map(String::as_str));
        // The numbers of a row have the same name, and a name may come again.
        let mut is_known = vec![false; texts.len()];
        let mut names: Vec<u32> = Vec::new();
        for row in of.chunk_by(|a, b| a[0] == b[0]) {
            let form = forms[row[0][0] as usize];
            if !std::mem::replace(&mut is_known[form as usize], true) {
                names.push(form);
            }
        }
        let spellings = one_spelling(&names, &folded);
        let subjects =
            of.iter().map(|[name, ..]| spellings[forms[*name as usize] as usize]).collect();
        Self { of, trios, texts, folded, forms, subjects }
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

    /// Which name, parent and indicator an observation has together: where all three are the same, the
    /// same number, below the number of observations.
    pub(crate) fn trio(&self, at: usize) -> usize {
        self.trios[at] as usize
    }

    /// Every text, by its number.
    pub(crate) fn all(&self) -> &[&'e str] {
        &self.texts
    }

    /// The folded form of a text.
    pub(crate) fn folded(&self, text: usize) -> &str {
        &self.folded[text]
    }

    /// The number of a text's folded form: the first text that has it.
    pub(crate) fn form(&self, text: usize) -> usize {
        self.forms[text] as usize
    }

    /// The number of an observation's subject: of names that are spelled alike the same.
    pub(crate) fn subject(&self, at: usize) -> usize {
        self.subjects[at] as usize
    }

    /// The folded name of a subject.
    pub(crate) fn spelled(&self, subject: usize) -> &str {
        &self.folded[subject]
    }
}

/// The names that were matched with the nomenclature, folded.
pub(crate) struct NameForms {
    /// Of each name, its form: the first that is folded to the same.
    of: Vec<u32>,
    forms: Vec<String>,
}

impl NameForms {
    pub(crate) fn new(extraction: &Extraction) -> Self {
        // The same names stand in many tables.
        let names = extraction.names.iter().map(|name| name.name.as_str());
        let same = firsts(names.clone());
        let (mut of, mut forms) = (Vec::with_capacity(same.len()), Vec::new());
        for ((at, first), name) in (0..).zip(same).zip(names) {
            of.push(if first < at { of[first as usize] } else { forms.len() as u32 });
            if first == at {
                forms.push(fold(name));
            }
        }
        let same = firsts(forms.iter().map(String::as_str));
        for form in &mut of {
            *form = same[*form as usize];
        }
        Self { of, forms }
    }

    /// The number of the form of a name; of names that are folded to the same, the same.
    pub(crate) fn form(&self, name: usize) -> usize {
        self.of[name] as usize
    }

    /// Every form, by its number; some are there again.
    pub(crate) fn all(&self) -> &[String] {
        &self.forms
    }
}

/// Of each observation the numbers of its name, parent and indicator, and the texts by number, of
/// which the first is empty.
fn numbered(observations: &[Observation]) -> (Vec<[u32; 3]>, Vec<&str>) {
    let mut texts: Vec<&str> = vec![""];
    let mut known: FxHashMap<&str, u32> = FxHashMap::default();
    known.insert("", 0);
    // The numbers of a row have the same texts, mostly.
    let mut last = [0; 3];
    let mut before = [""; 3];
    let of = observations
        .iter()
        .map(|o| {
            for (i, text) in [&o.name, &o.parent, &o.indicator].into_iter().enumerate() {
                let text = text.as_str();
                // A text that is shared stands at one place.
                if !(std::ptr::eq(text, before[i]) || text == before[i]) {
                    last[i] = *known.entry(text).or_insert_with(|| {
                        texts.push(text);
                        texts.len() as u32 - 1
                    });
                }
                before[i] = text;
            }
            last
        })
        .collect();
    (of, texts)
}

/// Of each three of texts, a number; of equal ones the same.
fn trios(of: &[[u32; 3]]) -> Vec<u32> {
    let mut known: FxHashMap<[u32; 3], u32> = FxHashMap::default();
    let mut trios = Vec::with_capacity(of.len());
    for row in of.chunk_by(|a, b| a == b) {
        let next = known.len() as u32;
        let trio = *known.entry(row[0]).or_insert(next);
        trios.resize(trios.len() + row.len(), trio);
    }
    trios
}

/// Of each text, the position of the first that is the same.
pub(crate) fn firsts<'t>(texts: impl ExactSizeIterator<Item = &'t str>) -> Vec<u32> {
    let mut known: FxHashMap<&str, u32> = FxHashMap::default();
    known.reserve(texts.len());
    (0..)
        .zip(texts)
        .map(|(at, text)| match known.entry(text) {
            Entry::Occupied(first) => *first.get(),
            Entry::Vacant(new) => *new.insert(at),
        })
        .collect()
}

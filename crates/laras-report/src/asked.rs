//! What the nomenclature says of the names of a file, each asked once.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use laras_model::{RowKind, SharedText};
use laras_nomenclature::Nomenclature;
use rustc_hash::FxHashMap;

use crate::levels::{Levels, Shown, kind_by_nomenclature, kind_by_words, urusan_by_nomenclature};

/// The year that names are asked for, and whether letter for letter.
type How = (Option<u16>, bool);

/// What is known of the names of a file, which stand in many of its tables.
#[derive(Default)]
pub(crate) struct Asked {
    names: RefCell<FxHashMap<SharedText, Rc<Name>>>,
}

/// What is known of a name, each asked once.
pub(crate) struct Name {
    text: SharedText,
    /// What it shows to be by its own words.
    pub(crate) shown: Option<Shown>,
    urusan: OnceCell<Option<Shown>>,
    /// Its kinds in the nomenclature as far as they were asked for; mostly there is one way.
    kinds: RefCell<Vec<(How, Option<RowKind>)>>,
}

/// Settings that the kinds depend on beside the table itself.
pub(crate) struct Frame<'a> {
    pub(crate) nomenclature: &'a Nomenclature,
    pub(crate) asked: &'a Asked,
    pub(crate) year: Option<u16>,
    /// Whether names are compared with official ones letter for letter only.
    pub(crate) exact_only: bool,
}

impl Frame<'_> {
    /// What is known of a name.
    pub(crate) fn name(&self, text: &SharedText) -> Rc<Name> {
        let mut names = self.asked.names.borrow_mut();
        if let Some(name) = names.get(text) {
            return name.clone();
        }
        let name = Rc::new(Name {
            text: text.clone(),
            shown: kind_by_words(text),
            urusan: OnceCell::new(),
            kinds: RefCell::default(),
        });
        names.insert(text.clone(), name.clone());
        name
    }

    /// The row kind that the nomenclature gives a name.
    pub(crate) fn kind(&self, name: &Name) -> Option<RowKind> {
        let how = (self.year, self.exact_only);
        let mut kinds = name.kinds.borrow_mut();
        if let Some((_, kind)) = kinds.iter().find(|(known, _)| *known == how) {
            return *kind;
        }
        let any = Levels::default();
        let kind =
            kind_by_nomenclature(self.nomenclature, &name.text, self.year, any, self.exact_only);
        kinds.push((how, kind));
        kind
    }

    /// Whether a name is that of an urusan or a bidang urusan.
    pub(crate) fn urusan(&self, name: &Name) -> Option<Shown> {
        *name.urusan.get_or_init(|| urusan_by_nomenclature(self.nomenclature, &name.text))
    }
}

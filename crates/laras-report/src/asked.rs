//! What the nomenclature says of the names of a file, each asked once.

use std::cell::RefCell;

use laras_model::{RowKind, SharedText};
use laras_nomenclature::Nomenclature;
use rustc_hash::FxHashMap;

use crate::levels::{Levels, Shown, kind_by_nomenclature, urusan_by_nomenclature};

/// The year that names are asked for, and whether letter for letter.
type How = (Option<u16>, bool);

/// What was answered for names.
type Answers<T> = FxHashMap<SharedText, Option<T>>;

/// What the nomenclature says of the names of a file, which stand in many of its tables.
#[derive(Default)]
pub(crate) struct Asked {
    kinds: RefCell<FxHashMap<How, Answers<RowKind>>>,
    urusan: RefCell<Answers<Shown>>,
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
    /// The row kind that the nomenclature gives a name.
    pub(crate) fn kind(&self, name: &SharedText) -> Option<RowKind> {
        let (year, any, exact_only) = (self.year, Levels::default(), self.exact_only);
        let mut kinds = self.asked.kinds.borrow_mut();
        let kinds = kinds.entry((year, exact_only)).or_default();
        if let Some(kind) = kinds.get(name) {
            return *kind;
        }
        let kind = kind_by_nomenclature(self.nomenclature, name, year, any, exact_only);
        kinds.insert(name.clone(), kind);
        kind
    }

    /// Whether a name is that of an urusan or a bidang urusan.
    pub(crate) fn urusan(&self, name: &SharedText) -> Option<Shown> {
        let mut urusan = self.asked.urusan.borrow_mut();
        if let Some(shown) = urusan.get(name) {
            return *shown;
        }
        let shown = urusan_by_nomenclature(self.nomenclature, name);
        urusan.insert(name.clone(), shown);
        shown
    }
}

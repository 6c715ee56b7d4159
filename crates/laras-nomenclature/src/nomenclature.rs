//! The nomenclature as a whole: its files and its rows.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use laras_model::{Level, Regime};
use rustc_hash::FxHashMap;

use crate::agencies::Agencies;
use crate::code::Code;
use crate::crosswalk::Crosswalk;
use crate::edition::Edition;
use crate::entry::{Entry, OfficialName, Printed, Span};
use crate::finding::Found;
use crate::index::{Index, NameId};
use crate::letters::Letters;
use crate::loading::decode;
use crate::memo::Memo;
use crate::model::Model;
use crate::regions::Regions;
use crate::tsv::Problem;
use crate::words::{Abbreviations, Words};

/// The files a nomenclature consists of, with the built-in text of each.
///
/// ```
/// // A folder that replaces the built-in data starts as a copy of it.
/// assert!(laras_nomenclature::FILES.iter().any(|(name, _)| *name == "nomenclature-90.tsv"));
/// ```
pub const FILES: &[(&str, &str)] = &[
    ("abbreviations.tsv", include_str!("../data/abbreviations.tsv")),
    ("agencies.tsv", include_str!("../data/agencies.tsv")),
    ("agency-words.tsv", include_str!("../data/agency-words.tsv")),
    ("confusions.tsv", include_str!("../data/confusions.tsv")),
    ("crosswalk-13-90.tsv", include_str!("../data/crosswalk-13-90.tsv")),
    ("editions.tsv", include_str!("../data/editions.tsv")),
    ("nomenclature-13.tsv", include_str!("../data/nomenclature-13.tsv")),
    ("nomenclature-90.tsv", include_str!("../data/nomenclature-90.tsv")),
    ("region-words.tsv", include_str!("../data/region-words.tsv")),
    ("regions.tsv", include_str!("../data/regions.tsv")),
    ("sources.tsv", include_str!("../data/sources.tsv")),
    ("weights.tsv", include_str!("../data/weights.tsv")),
    ("words.tsv", include_str!("../data/words.tsv")),
];

/// A nomenclature could not be loaded.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{} problem(s) in the nomenclature; the first: {}", .problems.len(), .problems[0])]
pub struct NomenclatureError {
    /// What is wrong, at least one, sorted by file and line.
    pub problems: Vec<Problem>,
}

/// Official names, regions, agencies and short forms, ready to be searched.
///
/// It never changes once loaded, and can be shared between threads.
#[derive(Debug)]
pub struct Nomenclature {
    pub(crate) text_90: Cow<'static, str>,
    pub(crate) text_13: Cow<'static, str>,
    /// The rows, those with one name beside each other.
    pub(crate) entries: Vec<Entry>,
    /// What the rows say, in the order of the files.
    pub(crate) printed: Vec<Printed>,
    pub(crate) editions: Vec<Edition>,
    pub(crate) index: Index,
    pub(crate) letters: Letters,
    pub(crate) words: Words,
    pub(crate) model: Model,
    pub(crate) crosswalk: Crosswalk,
    pub(crate) abbreviations: Abbreviations,
    pub(crate) regions: Regions,
    pub(crate) agencies: Agencies,
    /// Rows by code, sorted; several rows may have one code.
    pub(crate) by_code: Vec<(Regime, Code, u32)>,
    pub(crate) sources: FxHashMap<String, String>,
    /// Candidates of names that were asked for before.
    pub(crate) found: Memo<Arc<Found>>,
    /// Levels of names in a budget year that were asked for before.
    pub(crate) levels: Memo<Option<(Level, f64)>>,
    /// Whether texts that were asked for before are official names, letter for letter.
    pub(crate) official: Memo<bool>,
    /// Whether texts that were asked for before are as good as official names.
    pub(crate) near: Memo<bool>,
    /// Bidang urusan whose office has the general program written out once more.
    pub(crate) own_general_rows: Vec<(u16, u16)>,
}

impl Nomenclature {
    /// The built-in nomenclature, loaded when it is first asked for.
    ///
    /// # Panics
    /// Never: the built-in files are checked by the tests.
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Nomenclature> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let mut problems = Vec::new();
            let files: Vec<_> =
                FILES.iter().map(|(name, text)| (*name, Cow::Borrowed(*text))).collect();
            let loaded = Self::load(&files, &mut problems);
            debug_assert!(problems.is_empty(), "{problems:?}");
            loaded
        })
    }

    /// A nomenclature from the files of a folder that replaces the built-in data: the name
    /// and the bytes of each. All of [`FILES`] must be there; other files are not looked at.
    ///
    /// ```
    /// use laras_nomenclature::{FILES, Nomenclature};
    ///
    /// let mut files: Vec<_> = FILES.iter().map(|(n, t)| (*n, t.as_bytes())).collect();
    /// assert!(Nomenclature::from_tables(&files).is_ok());
    /// files.retain(|(name, _)| *name != "regions.tsv");
    /// let error = Nomenclature::from_tables(&files).unwrap_err();
    /// assert_eq!(error.problems[0].to_string(), "regions.tsv: the file is missing");
    /// ```
    ///
    /// # Errors
    /// Everything [`check`](Self::check) finds. The built-in data is never used instead.
    pub fn from_tables(files: &[(&str, &[u8])]) -> Result<Self, NomenclatureError> {
        let (texts, mut problems) = decode(files);
        let loaded = Self::load(&texts, &mut problems);
        if problems.is_empty() {
            // What rows say of each other can only be judged when all of them were read.
            problems = loaded.inconsistencies();
        }
        problems.sort();
        problems.dedup();
        if problems.is_empty() { Ok(loaded) } else { Err(NomenclatureError { problems }) }
    }

    /// What is wrong with the files of a folder, sorted by file and line; empty if nothing is.
    pub fn check(files: &[(&str, &[u8])]) -> Vec<Problem> {
        Self::from_tables(files).err().map_or_else(Vec::new, |error| error.problems)
    }

    /// The rows with a code, oldest first.
    pub(crate) fn rows_with_code(
        &self,
        regime: Regime,
        code: Code,
    ) -> impl Iterator<Item = &Entry> {
        self.places_with_code(regime, code).map(|row| &self.entries[row as usize])
    }

    /// Places of the rows with a code, oldest first.
    pub(crate) fn places_with_code(
        &self,
        regime: Regime,
        code: Code,
    ) -> impl Iterator<Item = u32> + Clone {
        let start = self.by_code.partition_point(|row| (row.0, row.1) < (regime, code));
        self.by_code[start..]
            .iter()
            .take_while(move |row| (row.0, row.1) == (regime, code))
            .map(|row| row.2)
    }

    /// Places of the rows directly below a code.
    pub(crate) fn rows_below(&self, regime: Regime, code: Code) -> impl Iterator<Item = u32> {
        let start = self.by_code.partition_point(|row| (row.0, row.1) <= (regime, code));
        let mut rest = &self.by_code[start..];
        std::iter::from_fn(move || {
            loop {
                let (first, others) = rest.split_first()?;
                if first.0 != regime || !first.1.is_below(code) {
                    return None;
                }
                if first.1.parent(regime) == Some(code) {
                    rest = others;
                    return Some(first.2);
                }
                // What stands below a child is passed over.
                let end = (regime, first.1.end_of_siblings());
                rest = &rest[rest.partition_point(|row| (row.0, row.1) <= end)..];
            }
        })
    }

    /// The rows that have a name, in the order of the files.
    pub(crate) fn rows_of(&self, name: NameId) -> &[Entry] {
        &self.entries[self.index.entries_of(name)]
    }

    /// What a row says.
    pub(crate) fn printed(&self, entry: &Entry) -> &Printed {
        &self.printed[entry.row as usize]
    }

    /// The name of a row.
    pub(crate) fn name_of(&self, entry: &Entry) -> &str {
        self.text(entry, self.printed(entry).name)
    }

    pub(crate) fn text(&self, entry: &Entry, span: Span) -> &str {
        span.of_text(match entry.regime {
            Regime::Permendagri13 => &self.text_13,
            _ => &self.text_90,
        })
    }

    /// A row as others see it.
    pub(crate) fn view(&self, entry: &Entry) -> OfficialName<'_> {
        let printed = self.printed(entry);
        OfficialName {
            code: entry.code.print(entry.regime, entry.until == 0).into(),
            regime: entry.regime,
            level: entry.level,
            tier: entry.tier,
            name: self.text(entry, printed.name),
            since: self.text(entry, printed.since_text),
            until: (entry.until != 0).then_some(entry.until),
            unit: self.text(entry, printed.unit),
            indicator: self.text(entry, printed.indicator),
            source: self.text(entry, printed.source),
            note: self.text(entry, printed.note),
        }
    }

    /// All rows: Permendagri 90/2019 and its updates in code order of the file, then 13/2006.
    pub fn names(&self) -> impl Iterator<Item = OfficialName<'_>> {
        let mut in_order: Vec<&Entry> = self.entries.iter().collect();
        in_order.sort_unstable_by_key(|entry| entry.row);
        in_order.into_iter().map(|entry| self.view(entry))
    }

    /// The editions, oldest first.
    pub fn editions(&self) -> &[Edition] {
        &self.editions
    }

    /// The edition with a short name: 13, or the year of its decree.
    pub fn edition(&self, value: u16) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.value == value)
    }

    /// Short forms and what they stand for.
    pub fn abbreviations(&self) -> &Abbreviations {
        &self.abbreviations
    }

    /// Regions.
    pub fn regions(&self) -> &Regions {
        &self.regions
    }

    /// Agencies.
    pub fn agencies(&self) -> &Agencies {
        &self.agencies
    }

    /// Where a source id of a row points to.
    pub fn source(&self, id: &str) -> Option<&str> {
        self.sources.get(id).map(String::as_str)
    }
}

pub(crate) fn file_of(regime: Regime) -> &'static str {
    match regime {
        Regime::Permendagri13 => "nomenclature-13.tsv",
        _ => "nomenclature-90.tsv",
    }
}

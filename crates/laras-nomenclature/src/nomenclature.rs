//! The nomenclature as a whole: its files, how they are loaded and checked.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use laras_model::{Level, Regime};
use rustc_hash::FxHashMap;

use crate::agencies::Agencies;
use crate::code::Code;
use crate::crosswalk::Crosswalk;
use crate::edition::{Edition, read_editions};
use crate::entry::{Entry, OfficialName, number_things, read_13, read_90};
use crate::finding::Found;
use crate::index::Index;
use crate::letters::Letters;
use crate::memo::Memo;
use crate::model::Model;
use crate::regions::Regions;
use crate::tsv::{Problem, Table};
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

/// Names whose candidates are kept; a few kilobytes each.
const MOST_FOUND: usize = 8_192;
/// Names whose level, and texts whose nearness, is kept; a hundred bytes each.
const MOST_LEVELS: usize = 32_768;

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
    text_90: Cow<'static, str>,
    text_13: Cow<'static, str>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) editions: Vec<Edition>,
    pub(crate) index: Index,
    pub(crate) letters: Letters,
    pub(crate) words: Words,
    pub(crate) model: Model,
    pub(crate) crosswalk: Crosswalk,
    abbreviations: Abbreviations,
    regions: Regions,
    agencies: Agencies,
    /// Rows by code, sorted; several rows may have one code.
    by_code: Vec<(Regime, Code, u32)>,
    sources: FxHashMap<String, String>,
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

    fn load(files: &[(&str, Cow<'static, str>)], problems: &mut Vec<Problem>) -> Self {
        let find = |name: &'static str| {
            files.iter().find(|(file, _)| *file == name).map(|(_, text)| text.clone())
        };
        let text_of = |name: &'static str| find(name).unwrap_or(Cow::Borrowed(""));
        let mut quiet = Vec::new();
        // A missing file has been reported once; its missing header need not be.
        let mut with = |name: &'static str, read: &mut dyn FnMut(Table<'_>, &mut Vec<Problem>)| {
            let text = text_of(name);
            let is_there = find(name).is_some();
            read(
                Table { file: name, text: &text },
                if is_there { &mut *problems } else { &mut quiet },
            );
        };
        let mut abbreviations = Abbreviations::default();
        with("abbreviations.tsv", &mut |table, problems| {
            abbreviations = Abbreviations::read(table, problems);
        });
        let mut words = Words::default();
        with("words.tsv", &mut |table, problems| {
            words = Words::read(table, &abbreviations, problems);
        });
        let mut letters = None;
        with("confusions.tsv", &mut |table, problems| {
            letters = Some(Letters::read(table, problems));
        });
        let mut editions = Vec::new();
        with("editions.tsv", &mut |table, problems| editions = read_editions(table, problems));
        let mut model = None;
        with("weights.tsv", &mut |table, problems| model = Some(Model::read(table, problems)));
        let mut crosswalk = Crosswalk::default();
        with("crosswalk-13-90.tsv", &mut |table, problems| {
            crosswalk = Crosswalk::read(table, problems);
        });
        let mut regions = Regions::default();
        with("regions.tsv", &mut |table, problems| regions = Regions::read(table, problems));
        with("region-words.tsv", &mut |table, problems| regions.read_words(table, problems));
        let mut agencies = Agencies::default();
        with("agency-words.tsv", &mut |table, problems| {
            agencies = Agencies::read(table, &abbreviations, problems);
        });
        with("agencies.tsv", &mut |table, problems| agencies.read_history(table, problems));
        let mut sources = FxHashMap::default();
        with("sources.tsv", &mut |table, problems| {
            table.each_row(["id", "where"], problems, |_, [id, place], _| {
                sources.insert(id.to_owned(), place.to_owned());
            });
        });
        let mut entries = Vec::with_capacity(12_000);
        with("nomenclature-90.tsv", &mut |table, problems| read_90(table, &mut entries, problems));
        let of_90 = entries.len();
        with("nomenclature-13.tsv", &mut |table, problems| read_13(table, &mut entries, problems));
        number_things(&mut entries);
        let (text_90, text_13) = (text_of("nomenclature-90.tsv"), text_of("nomenclature-13.tsv"));
        let names = entries
            .iter()
            .enumerate()
            .map(|(row, entry)| entry.name.of_text(if row < of_90 { &text_90 } else { &text_13 }));
        let mut ids = vec![0; entries.len()];
        let index = Index::build(names, &words, |row, id| ids[row] = id);
        for (entry, id) in entries.iter_mut().zip(ids) {
            entry.name_id = id;
        }
        if index.len() > usize::from(u16::MAX) {
            let what = format!("{} different names; at most {} fit", index.len(), u16::MAX);
            problems.push(Problem::new("nomenclature-90.tsv", 0, what));
        }
        let mut by_code: Vec<_> = entries
            .iter()
            .enumerate()
            .map(|(row, entry)| (entry.regime, entry.code, row as u32))
            .collect();
        // Stable: the files are nearly in order, and such runs sort fast.
        by_code.sort();
        let general_program = |entry: &Entry| {
            entry.regime == Regime::Permendagri90 && matches!(*entry.code.parts(), [_, _, 1])
        };
        let mut own_general_rows: Vec<_> =
            entries.iter().filter(|e| general_program(e)).filter_map(|e| e.code.bidang()).collect();
        own_general_rows.sort_unstable();
        own_general_rows.dedup();
        let nothing = Table { file: "", text: "" };
        Self {
            entries,
            editions,
            index,
            letters: letters.unwrap_or_else(|| Letters::read(nothing, &mut quiet)),
            words,
            model: model.unwrap_or_else(|| Model::read(nothing, &mut quiet)),
            crosswalk,
            abbreviations,
            regions,
            agencies,
            by_code,
            sources,
            found: Memo::new(MOST_FOUND),
            levels: Memo::new(MOST_LEVELS),
            official: Memo::new(MOST_LEVELS),
            near: Memo::new(MOST_LEVELS),
            own_general_rows,
            text_90,
            text_13,
        }
    }

    /// What fits no single row: codes without a parent, rows that overlap, unknown sources,
    /// a crosswalk to codes that are not there.
    fn inconsistencies(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for entry in &self.entries {
            let file = file_of(entry.regime);
            let code = entry.code.print(entry.regime, false);
            if let Some(parent) = entry.code.parent(entry.regime)
                && !entry.code.is_general()
                && self.rows_with_code(entry.regime, parent).next().is_none()
            {
                let parent = parent.print(entry.regime, false);
                let what = format!("{code} has no parent: {parent} is not in the list");
                problems.push(Problem::new(file, 0, what));
            }
            for source in self.text(entry, entry.source).split_whitespace() {
                if !self.sources.contains_key(source) {
                    let what = format!("{code}: source '{source}' is not in sources.tsv");
                    problems.push(Problem::new(file, 0, what));
                }
            }
        }
        for pair in self.by_code.windows(2) {
            let (a, b) = (&self.entries[pair[0].2 as usize], &self.entries[pair[1].2 as usize]);
            let overlaps =
                (a.until == 0 || a.until > b.since) && (b.until == 0 || b.until > a.since);
            if a.regime == b.regime && a.code == b.code && a.tier == b.tier && overlaps {
                let code = a.code.print(a.regime, false);
                let what = format!("{code} has two rows that are in force at the same time");
                problems.push(Problem::new(file_of(a.regime), 0, what));
            }
        }
        for (line, regime, code) in self.crosswalk.codes() {
            if self.rows_with_code(regime, code).next().is_none() {
                let what = format!("{} is not in the list", code.print(regime, false));
                problems.push(Problem::new("crosswalk-13-90.tsv", line, what));
            }
        }
        problems
    }

    /// The rows with a code, oldest first.
    pub(crate) fn rows_with_code(
        &self,
        regime: Regime,
        code: Code,
    ) -> impl Iterator<Item = &Entry> {
        let start = self.by_code.partition_point(|row| (row.0, row.1) < (regime, code));
        self.by_code[start..]
            .iter()
            .take_while(move |row| (row.0, row.1) == (regime, code))
            .map(|row| &self.entries[row.2 as usize])
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

    pub(crate) fn text(&self, entry: &Entry, span: crate::entry::Span) -> &str {
        span.of_text(match entry.regime {
            Regime::Permendagri13 => &self.text_13,
            _ => &self.text_90,
        })
    }

    /// A row as others see it.
    pub(crate) fn view(&self, entry: &Entry) -> OfficialName<'_> {
        OfficialName {
            code: entry.code.print(entry.regime, entry.until == 0).into(),
            regime: entry.regime,
            level: entry.level,
            tier: entry.tier,
            name: self.text(entry, entry.name),
            since: self.text(entry, entry.since_text),
            until: (entry.until != 0).then_some(entry.until),
            unit: self.text(entry, entry.unit),
            indicator: self.text(entry, entry.indicator),
            source: self.text(entry, entry.source),
            note: self.text(entry, entry.note),
        }
    }

    /// All rows: Permendagri 90/2019 and its updates in code order of the file, then 13/2006.
    pub fn names(&self) -> impl Iterator<Item = OfficialName<'_>> {
        self.entries.iter().map(|entry| self.view(entry))
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

fn decode<'n>(files: &[(&'n str, &[u8])]) -> (Vec<(&'n str, Cow<'static, str>)>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut texts = Vec::new();
    for (name, _) in FILES {
        let Some((file, bytes)) = files.iter().find(|(file, _)| file == name) else {
            problems.push(Problem::new(name, 0, "the file is missing"));
            continue;
        };
        match str::from_utf8(bytes) {
            Ok(text) => texts.push((*file, Cow::Owned(text.to_owned()))),
            Err(error) => {
                let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
                problems.push(Problem::new(name, line as u32, "not UTF-8"));
                texts.push((*file, Cow::Owned(String::new())));
            }
        }
    }
    (texts, problems)
}

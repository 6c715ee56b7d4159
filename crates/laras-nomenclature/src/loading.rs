//! How the files of a nomenclature are read, and what is wrong with them as a whole.

use std::borrow::Cow;

use laras_model::Regime;
use rustc_hash::FxHashMap;

use crate::agencies::Agencies;
use crate::code::Code;
use crate::crosswalk::Crosswalk;
use crate::edition::read_editions;
use crate::entry::{Entry, Rows, read_13, read_90};
use crate::index::Index;
use crate::letters::Letters;
use crate::memo::Memo;
use crate::model::Model;
use crate::nomenclature::{FILES, Nomenclature, file_of};
use crate::regions::Regions;
use crate::tsv::{Problem, Table};
use crate::words::{Abbreviations, Words};

/// Names whose candidates are kept; a few kilobytes each.
const MOST_FOUND: usize = 8_192;
/// Names whose level, and texts whose nearness, is kept; a hundred bytes each.
const MOST_LEVELS: usize = 32_768;

impl Nomenclature {
    /// Reads what can be read; what cannot is a problem.
    pub(crate) fn load(files: &[(&str, Cow<'static, str>)], problems: &mut Vec<Problem>) -> Self {
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
        let mut rows = Rows::with_room(12_000);
        with("nomenclature-90.tsv", &mut |table, problems| read_90(table, &mut rows, problems));
        let of_90 = rows.entries.len();
        with("nomenclature-13.tsv", &mut |table, problems| read_13(table, &mut rows, problems));
        let (text_90, text_13) = (text_of("nomenclature-90.tsv"), text_of("nomenclature-13.tsv"));
        let text = |row: usize| if row < of_90 { &text_90 } else { &text_13 };
        let names = rows.printed.iter().enumerate();
        let names = names.map(|(row, printed)| printed.name.of_text(text(row)));
        let index = Index::build(names, &words, |row, id| rows.entries[row].name_id = id);
        rows.sort_by_name();
        let Rows { entries, printed } = rows;
        if index.len() > usize::from(u16::MAX) {
            let what = format!("{} different names; at most {} fit", index.len(), u16::MAX);
            problems.push(Problem::new("nomenclature-90.tsv", 0, what));
        }
        // From the order of the files, in which those with one code stay: they are nearly in order of
        // their codes, and such runs sort fast.
        let mut by_code = vec![(Regime::Permendagri90, Code::default(), 0); entries.len()];
        for (at, entry) in entries.iter().enumerate() {
            by_code[entry.row as usize] = (entry.regime, entry.code, at as u32);
        }
        by_code.sort_by_key(|(regime, code, _)| (*regime, *code));
        let general_program = |entry: &Entry| {
            entry.regime == Regime::Permendagri90 && matches!(*entry.code.parts(), [_, _, 1])
        };
        let mut own_general_rows: Vec<_> =
            entries.iter().filter(|e| general_program(e)).filter_map(|e| e.code.bidang()).collect();
        own_general_rows.sort_unstable();
        own_general_rows.dedup();
        let nothing = Table { file: "", text: "" };
        let mut loaded = Self {
            entries,
            printed,
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
        };
        let mut crosswalk = std::mem::take(&mut loaded.crosswalk);
        crosswalk.settle_rows(|regime, code, edition| loaded.place_in(regime, code, edition));
        loaded.crosswalk = crosswalk;
        loaded
    }

    /// What fits no single row: codes without a parent, rows that overlap, unknown sources,
    /// a crosswalk to codes that are not there.
    pub(crate) fn inconsistencies(&self) -> Vec<Problem> {
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
            for source in self.text(entry, self.printed(entry).source).split_whitespace() {
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
}

/// The files as text.
pub(crate) fn decode<'n>(
    files: &[(&'n str, &[u8])],
) -> (Vec<(&'n str, Cow<'static, str>)>, Vec<Problem>) {
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

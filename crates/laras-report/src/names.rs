//! Names of programs, kegiatan and sub kegiatan in a table, matched to the nomenclature together.

use laras_model::{
    Level, NameCandidate, NameMatch, NameStatus, Place, Regime, RowKind, SharedText,
};
use laras_nomenclature::{DocumentNames, Match, Nomenclature, Query, TableRow, Tier};
use laras_table::LogicalTable;
use rustc_hash::FxHashMap;

use crate::items::several;
use crate::levels::{Levels, kind_by_nomenclature, level_of_kind};
use crate::roles::ColumnRole;
use crate::rows::Hierarchy;
use crate::subject::{Texts, bare_name};

/// A name as it occurs.
struct Occurrence {
    row: usize,
    column: usize,
    level: Level,
    name: SharedText,
    printed_code: SharedText,
    place: Place,
    parent: Option<usize>,
}

/// What names are matched against.
pub(crate) struct NameFrame<'a> {
    pub(crate) nomenclature: &'a Nomenclature,
    /// Whether names are compared with official ones letter for letter only.
    pub(crate) exact_only: bool,
    pub(crate) year: Option<u16>,
    pub(crate) tier: Option<Tier>,
}

/// The names of one table, and the code of each cell that names a single one.
pub(crate) fn names(
    table: &LogicalTable,
    roles: &[ColumnRole],
    texts: &Texts,
    hierarchy: &Hierarchy,
    frame: &NameFrame<'_>,
    matched: &mut DocumentNames<'_, Official>,
) -> (Vec<NameMatch>, FxHashMap<(usize, usize), SharedText>) {
    let occurrences = occurrences(table, roles, texts, hierarchy, frame);
    let rows: Vec<TableRow<'_>> = occurrences
        .iter()
        .map(|o| TableRow {
            query: Query {
                level: Some(o.level),
                tier: frame.tier,
                year: frame.year,
                printed_code: (!o.printed_code.is_empty()).then_some(o.printed_code.as_str()),
                ..Query::new(&o.name)
            },
            parent: o.parent,
            plan: o.column as u32,
        })
        .collect();
    let found = matched.match_table(&rows, frame.exact_only);
    let id = SharedText::from(&table.table.id);
    let mut codes = FxHashMap::default();
    codes.reserve(found.len());
    let mut names = Vec::with_capacity(found.len());
    for (o, official) in occurrences.into_iter().zip(found) {
        if !official.code.is_empty() {
            codes.entry((o.row, o.column)).or_insert_with(|| official.code.clone());
        }
        names.push(name_match(&id, o, &official));
    }
    (names, codes)
}

fn occurrences(
    table: &LogicalTable,
    roles: &[ColumnRole],
    texts: &Texts,
    hierarchy: &Hierarchy,
    frame: &NameFrame<'_>,
) -> Vec<Occurrence> {
    let mut found: Vec<Occurrence> = Vec::new();
    // Last occurrence of each level, outermost first, for parents.
    let mut last: Vec<(Level, usize)> = Vec::new();
    for r in 0..texts.rows() {
        for text in texts.printed(r) {
            let Some(kind) = hierarchy.kind(text) else { continue };
            let Some(level) = level_of_kind(kind) else { continue };
            let Some(cell) = table.table.rows[r].cell(text.printed_in as u32) else {
                continue;
            };
            let items = several(&cell.text);
            let single = items.is_none();
            let items = items.into_iter().flatten().map(|item| bare_name(&item).0);
            for name in single.then(|| text.text.clone()).into_iter().chain(items) {
                let letters = name.chars().filter(|c| c.is_alphabetic());
                if letters.take(3).count() < 3 || is_agency(frame.nomenclature, &name) {
                    continue;
                }
                let level = if single { level } else { item_level(frame, &name, kind, level) };
                last.retain(|(other, _)| *other < level);
                let parent = last.last().map(|(_, at)| *at);
                last.push((level, found.len()));
                let printed_code = if single {
                    printed_code(table, roles, r, &text.number)
                } else {
                    SharedText::default()
                };
                found.push(Occurrence {
                    row: r,
                    column: text.column,
                    level,
                    name,
                    printed_code,
                    place: cell.place.clone(),
                    parent,
                });
            }
        }
    }
    found
}

/// Whether a name is that of an office and nothing else: a heading over its programs.
fn is_agency(nomenclature: &Nomenclature, name: &str) -> bool {
    nomenclature.agencies().whole(name.trim()).is_some_and(|hit| hit.kind.is_some())
}

/// The level of an item of a list: a column of kegiatan can hold a list of programs.
fn item_level(frame: &NameFrame<'_>, name: &str, kind: RowKind, level: Level) -> Level {
    let any = Levels::default();
    match kind_by_nomenclature(frame.nomenclature, name, frame.year, any, frame.exact_only) {
        Some(RowKind::Program) if kind == RowKind::Kegiatan => Level::Program,
        _ => level,
    }
}

/// The code that a row prints beside its name.
fn printed_code(table: &LogicalTable, roles: &[ColumnRole], r: usize, number: &str) -> SharedText {
    let row = &table.table.rows[r];
    let code = roles
        .iter()
        .enumerate()
        .filter(|(_, role)| role.role == laras_model::Role::Code)
        .map(|(c, _)| row.text(c as u32))
        .find(|text| !text.is_empty());
    match code {
        Some(code) if !code.contains(char::is_whitespace) => code.into(),
        Some(code) => code.split_whitespace().collect::<String>().into(),
        None if number.matches('.').count() >= 3 => number.trim_end_matches('.').into(),
        None => SharedText::default(),
    }
}

/// What the nomenclature says of a name, as it stands with each occurrence of it.
#[derive(Debug)]
pub(crate) struct Official {
    code: SharedText,
    regime: Option<Regime>,
    name: SharedText,
    score: f64,
    status: NameStatus,
    candidates: Vec<NameCandidate>,
    crosswalk: Vec<SharedText>,
    explanation: SharedText,
}

impl Official {
    pub(crate) fn new(found: Match) -> Self {
        let is_matched = matches!(found.status, NameStatus::Exact | NameStatus::Fuzzy);
        Self {
            code: if is_matched { found.code } else { SharedText::default() },
            regime: found.regime.filter(|_| is_matched),
            name: if is_matched { found.official_name } else { SharedText::default() },
            score: found.score,
            status: found.status,
            candidates: found.candidates,
            crosswalk: found.crosswalk.into_iter().map(|mapped| mapped.code).collect(),
            explanation: found.explanation.text(),
        }
    }
}

fn name_match(table: &SharedText, o: Occurrence, official: &Official) -> NameMatch {
    NameMatch {
        table: table.clone(),
        row: o.row as u32,
        place: o.place,
        level: o.level,
        name: o.name,
        code: official.code.clone(),
        printed_code: o.printed_code,
        regime: official.regime,
        official_name: official.name.clone(),
        score: official.score,
        status: official.status,
        candidates: official.candidates.clone(),
        crosswalk: official.crosswalk.clone(),
        explanation: official.explanation.clone(),
    }
}

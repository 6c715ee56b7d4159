//! Units that do not fit their indicator or the other values of their row.

use std::borrow::Cow;
use std::collections::BTreeMap;

use laras_model::{FindingCode, Measure, Observation};
use laras_number::unit;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::book::Book;
use crate::draft::Draft;
use crate::names::without_unit;

/// Findings about units in tables.
pub(crate) fn drafts(book: &Book<'_>) -> Vec<Draft> {
    let mut known = Expected::new(book);
    let mut drafts = units(book, &mut known);
    drafts.extend(odd_units(book, &mut known));
    drafts
}

/// Values whose unit their indicator excludes: a percentage in documents, an index in percent.
fn units<'e>(book: &Book<'e>, known: &mut Expected<'e>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut seen = FxHashSet::default();
    for (at, o) in book.extraction.observations.iter().enumerate() {
        let is_physical = matches!(o.measure, Measure::Target | Measure::Realisasi);
        if !is_physical || o.indicator.is_empty() || book.is_nil(at) {
            continue;
        }
        let Some(expected) = known.of(book, at) else { continue };
        if !seen.insert((book.table_number(at), o.row, o.unit.as_str())) {
            continue;
        }
        let mut draft = Draft::new(FindingCode::UnitMismatch, o);
        draft.table.clone_from(&o.table);
        o.raw.as_str().clone_into(&mut draft.printed);
        expected.clone_into(&mut draft.computed);
        draft.detail = format!(
            "{} printed '{}' in {}; the indicator '{}' counts {expected}",
            o.measure, o.raw, o.unit, o.indicator
        );
        draft.observations = vec![at];
        draft.anchor = Some(at);
        draft.confidence = 0.7;
        drafts.push(draft);
    }
    drafts
}

/// One value of a row in another unit than all the others of its indicator.
fn odd_units<'e>(book: &Book<'e>, known: &mut Expected<'e>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut canonical: FxHashMap<&str, Option<String>> = FxHashMap::default();
    for row in book.tables.iter().flat_map(|t| t.rows.values()) {
        let is_told = |at: &usize| {
            let o = book.get(*at);
            matches!(o.measure, Measure::Target | Measure::Realisasi)
                && o.raw.chars().any(char::is_alphabetic)
        };
        // One value against three others.
        if row.len() < 4 || row.iter().filter(|at| is_told(at)).count() < 4 {
            continue;
        }
        let mut units: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
        for &at in row.iter().filter(|at| is_told(at)) {
            let o = book.get(at);
            let read = || unit::read(&o.unit).and_then(|u| u.canonical).map(Cow::into_owned);
            let unit = canonical.entry(&o.unit).or_insert_with(read);
            if let Some(unit) = unit.clone()
                && known.of(book, at).is_none()
            {
                units.entry((&o.indicator, unit)).or_default().push(at);
            }
        }
        for ((indicator, unit), cells) in &units {
            let rival = units.iter().find(|((i, u), c)| i == indicator && u != unit && c.len() > 2);
            let (&[at], Some(((_, usual), _))) = (&cells[..], rival) else { continue };
            let o = book.get(at);
            let mut draft = Draft::new(FindingCode::UnitMismatch, o);
            draft.table.clone_from(&o.table);
            o.raw.as_str().clone_into(&mut draft.printed);
            draft.computed.clone_from(usual);
            draft.detail = format!(
                "{} printed '{}'; the other values of the row are in {usual}",
                o.measure, o.raw
            );
            draft.observations = vec![at];
            draft.anchor = Some(at);
            draft.confidence = 0.7;
            drafts.push(draft);
        }
    }
    drafts
}

/// Things that are counted in themselves: "Jumlah Orang …" has no other unit than Orang.
const TELLING: &[&str] = &["orang", "laporan", "dokumen", "paket", "unit"];

/// Units of paper that stand for one another.
const PAPERS: &[&str] = &["laporan", "dokumen"];

/// What an indicator asks its unit to be, by its first words.
#[derive(Clone, Copy)]
enum Asks {
    Nothing,
    Percent,
    Score,
    Things,
}

/// The units that indicators ask for, each found once.
struct Expected<'e> {
    /// Of each text, once asked for.
    asks: Vec<Option<Asks>>,
    /// Of each text the units beside it, few ones, and whether it counts another thing.
    units: Vec<Vec<(&'e str, bool)>>,
}

impl<'e> Expected<'e> {
    fn new(book: &Book<'e>) -> Self {
        let count = book.texts.all().len();
        Self { asks: vec![None; count], units: vec![Vec::new(); count] }
    }

    /// The unit an indicator asks for, where the printed one is another.
    fn of<'b>(&mut self, book: &'b Book<'e>, at: usize) -> Option<&'b str> {
        let o = book.get(at);
        let (unit, indicator) = (o.unit.as_str(), book.texts.indicator(at));
        if unit.is_empty() {
            return None;
        }
        let asks = *self.asks[indicator].get_or_insert_with(|| {
            let folded = book.texts.folded(indicator);
            match folded.split(' ').next().unwrap_or(folded) {
                "persentase" | "prosentase" => Asks::Percent,
                "indeks" | "nilai" => Asks::Score,
                "jumlah" => Asks::Things,
                _ => Asks::Nothing,
            }
        });
        let counted = || book.texts.folded(indicator).split(' ').nth(1).unwrap_or_default();
        match asks {
            Asks::Nothing => None,
            Asks::Percent => (!matches!(unit, "%" | "score")).then_some("%"),
            Asks::Score => (unit == "%").then_some("score"),
            Asks::Things if unit == "%" => o.raw.contains('%').then(counted),
            Asks::Things => {
                let units = &mut self.units[indicator];
                let known = units.iter().find(|(known, _)| *known == unit).map(|(_, other)| *other);
                let counts_other = known.unwrap_or_else(|| {
                    let other = counts_other(o, counted());
                    units.push((unit, other));
                    other
                });
                counts_other.then(counted)
            }
        }
    }
}

/// Whether an indicator that counts things of a word has a value in a unit that is another one.
fn counts_other(o: &Observation, counted: &str) -> bool {
    let printed = o.unit.as_str();
    if !TELLING.contains(&counted) {
        return false;
    }
    let canonical = |u: &str| unit::read(u).and_then(|u| u.canonical);
    let same = |a: &str, b: &str| a == b || canonical(a).is_some() && canonical(a) == canonical(b);
    let first = printed.split(['/', ' ']).next().unwrap_or(printed);
    // A report is a document; and what the bracket of the indicator says is what it counts.
    let alike = || [counted, first].iter().all(|u| PAPERS.contains(u) || same(u, "dokumen"));
    let in_bracket = || without_unit(&o.indicator) != o.indicator.as_str();
    !(same(counted, printed) || same(counted, first) || alike() || in_bracket())
        && canonical(printed).is_some()
}

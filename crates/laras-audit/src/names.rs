//! Names that the conversion has cut off, and units that do not fit their indicator.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use laras_model::{Decimal, FindingCode, Measure, Observation, Origin};
use laras_number::unit;

use crate::book::Book;
use crate::draft::Draft;
use crate::dress::fold;

/// Findings about names and units in tables.
pub(crate) fn drafts(book: &Book<'_>) -> Vec<Draft> {
    let mut drafts = truncated(book);
    drafts.extend(units(book));
    drafts.extend(odd_units(book));
    drafts
}

/// Fewest words of a name that can be told to be cut off.
const WORDS: usize = 3;

/// A name that another name of the report, or its official one, goes on from.
fn truncated(book: &Book<'_>) -> Vec<Draft> {
    let mut names: BTreeMap<String, (&str, BTreeSet<&str>)> = BTreeMap::new();
    let mut stand: Vec<(usize, String)> = Vec::new();
    let mut seen = BTreeSet::new();
    for (at, o) in book.extraction.observations.iter().enumerate() {
        for text in [&o.name, &o.indicator] {
            let folded = fold(without_unit(text));
            if folded.is_empty() {
                continue;
            }
            let entry = names.entry(folded.clone()).or_insert((text, BTreeSet::new()));
            entry.1.insert(&o.table);
            if seen.insert((o.table.as_str(), o.row, folded.clone())) {
                stand.push((at, folded));
            }
        }
    }
    let official: BTreeMap<String, &str> = book
        .extraction
        .names
        .iter()
        .filter(|n| !n.official_name.is_empty())
        .map(|n| (fold(&n.name), n.official_name.as_str()))
        .collect();
    // Amounts that tell one subject from another.
    let mut amounts: BTreeMap<String, BTreeSet<Decimal>> = BTreeMap::new();
    for o in book.extraction.observations.iter().filter(|o| o.measure.is_money()) {
        if let Some(value) = o.value.number().filter(|v| *v >= Decimal::from(10_000)) {
            amounts.entry(fold(&o.name)).or_default().insert(value);
        }
    }
    let mut said = BTreeSet::new();
    let mut drafts = Vec::new();
    for (at, folded) in stand {
        let o = book.get(at);
        if folded.split(' ').count() < WORDS || !said.insert((o.place.cited(), folded.clone())) {
            continue;
        }
        let is_name = fold(&o.name) == folded;
        let whole = official
            .get(&folded)
            .filter(|whole| goes_on(&folded, &fold(whole)))
            .map(|whole| (*whole).to_owned())
            .or_else(|| {
                let whole = longer(&names, &folded)?;
                let same = amounts.get(&folded).zip(amounts.get(&fold(&whole)));
                let is_same = is_name && same.is_some_and(|(a, b)| !a.is_disjoint(b));
                (is_same || is_cut(&folded, &whole)).then_some(whole)
            });
        let Some(whole) = whole else { continue };
        let mut draft = Draft::new(FindingCode::NameTruncated, o);
        draft.table.clone_from(&o.table);
        draft.subject = if is_name { o.name.clone() } else { o.indicator.clone() };
        draft.printed.clone_from(&draft.subject);
        draft.detail = format!("cut off; in full '{whole}'");
        draft.computed = whole;
        draft.origin = Origin::Conversion;
        draft.confidence = 0.7;
        drafts.push(draft);
    }
    drafts
}

/// A text without the unit in its closing bracket.
fn without_unit(text: &str) -> &str {
    match text.trim_end().strip_suffix(')').and_then(|open| open.rsplit_once('(')) {
        Some((before, _)) if !before.trim().is_empty() => before,
        _ => text,
    }
}

/// Words that nothing ends with.
static CONNECTIVES: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| include_str!("../data/connectives.tsv").lines().skip(1).collect());

/// Whether a name ends in a word that nothing ends with.
pub(crate) fn is_open_ended(name: &str) -> bool {
    name.split_whitespace().next_back().is_some_and(|last| CONNECTIVES.contains(last))
}

/// Whether a name shows by itself that it is cut off: in a word, or behind one that goes on.
fn is_cut(short: &str, whole: &str) -> bool {
    let in_word = fold(whole).strip_prefix(short).is_some_and(|rest| !rest.starts_with(' '));
    in_word || is_open_ended(short)
}

/// A longer name that begins with a name and never stands beside it in one table.
fn longer(names: &BTreeMap<String, (&str, BTreeSet<&str>)>, folded: &str) -> Option<String> {
    let own = &names.get(folded)?.1;
    names
        .range(folded.to_owned()..)
        .skip(1)
        .take_while(|(other, _)| other.starts_with(folded))
        .find(|(other, (_, tables))| goes_on(folded, other) && tables.is_disjoint(own))
        .map(|(_, (text, _))| (*text).to_owned())
}

/// Whether a text goes on from another by a word or a few.
fn goes_on(short: &str, long: &str) -> bool {
    let Some(rest) = long.strip_prefix(short) else { return false };
    let words = rest.split_whitespace().count();
    !rest.is_empty() && words <= 6 && (rest.starts_with(' ') || words == 1 && rest.len() <= 6)
}

/// Values whose unit their indicator excludes: a percentage in documents, an index in percent.
fn units(book: &Book<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut seen = BTreeSet::new();
    for (at, o) in book.extraction.observations.iter().enumerate() {
        let is_physical = matches!(o.measure, Measure::Target | Measure::Realisasi);
        if !is_physical || o.indicator.is_empty() || o.value.number().is_none() {
            continue;
        }
        let Some(expected) = expected(o) else { continue };
        if !seen.insert((o.table.as_str(), o.row, o.unit.as_str())) {
            continue;
        }
        let mut draft = Draft::new(FindingCode::UnitMismatch, o);
        draft.table.clone_from(&o.table);
        draft.printed.clone_from(&o.raw);
        draft.computed.clone_from(&expected);
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
fn odd_units(book: &Book<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for row in book.tables.iter().flat_map(|t| t.rows.values()) {
        let mut units: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
        for &at in row {
            let o = book.get(at);
            let is_printed = o.raw.chars().any(char::is_alphabetic);
            let is_physical = matches!(o.measure, Measure::Target | Measure::Realisasi);
            if let Some(unit) = unit::read(&o.unit).and_then(|u| u.canonical)
                && is_physical
                && is_printed
                && expected(o).is_none()
            {
                units.entry((&o.indicator, unit.into_owned())).or_default().push(at);
            }
        }
        for ((indicator, unit), cells) in &units {
            let rival = units.iter().find(|((i, u), c)| i == indicator && u != unit && c.len() > 2);
            let (&[at], Some(((_, usual), _))) = (&cells[..], rival) else { continue };
            let o = book.get(at);
            let mut draft = Draft::new(FindingCode::UnitMismatch, o);
            draft.table.clone_from(&o.table);
            draft.printed.clone_from(&o.raw);
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

/// The unit an indicator asks for, where the printed one is another.
fn expected(o: &Observation) -> Option<String> {
    let indicator = fold(&o.indicator);
    let mut words = indicator.split(' ');
    let (first, second) = (words.next()?, words.next().unwrap_or_default());
    let printed = o.unit.as_str();
    if printed.is_empty() {
        return None;
    }
    let same = |a: &str, b: &str| {
        let canonical = |u: &str| unit::read(u).and_then(|u| u.canonical);
        a == b || canonical(a).is_some() && canonical(a) == canonical(b)
    };
    match first {
        "persentase" | "prosentase" => (!matches!(printed, "%" | "score")).then(|| "%".to_owned()),
        "indeks" | "nilai" => (printed == "%").then(|| "score".to_owned()),
        "jumlah" if printed == "%" => o.raw.contains('%').then(|| second.to_owned()),
        "jumlah" => {
            let first = printed.split(['/', ' ']).next().unwrap_or(printed);
            let differ = TELLING.contains(&second) && unit::read(printed)?.canonical.is_some();
            // A report is a document; and what the bracket of the indicator says is what it counts.
            let alike = [second, first].iter().all(|u| PAPERS.contains(u) || same(u, "dokumen"));
            let in_bracket = without_unit(&o.indicator) != o.indicator;
            let fits = same(second, printed) || same(second, first) || alike || in_bracket;
            (differ && !fits).then(|| second.to_owned())
        }
        _ => None,
    }
}

//! Names that the conversion has cut off, and units that do not fit their indicator.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use laras_model::{Decimal, FindingCode, Measure, NameStatus, Observation, Origin};
use laras_number::unit;
use rustc_hash::{FxHashMap, FxHashSet};

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
    let names = Names::new(book);
    let official = official(book);
    // An official name is whole, whatever another one goes on with.
    let exact = LazyCell::new(|| {
        let exact = book.extraction.names.iter().filter(|n| n.status == NameStatus::Exact);
        let names: FxHashSet<&str> = exact.map(|n| n.name.as_str()).collect();
        names.into_iter().map(fold).collect::<FxHashSet<String>>()
    });
    // Amounts that tell one subject from another.
    let amounts = LazyCell::new(|| amounts(book));
    let mut stood = FxHashSet::default();
    let mut said = FxHashSet::default();
    let mut drafts = Vec::new();
    // The numbers of a row have the same texts, mostly.
    let mut last = None;
    for (at, o) in book.extraction.observations.iter().enumerate() {
        let table = book.table_number(at);
        let row = (table, o.row, book.texts.name(at), book.texts.indicator(at));
        if last.replace(row) == Some(row) {
            continue;
        }
        for text in [book.texts.name(at), book.texts.indicator(at)] {
            let form = names.forms[text];
            let folded = &*names.folded[form];
            if names.is_short[form]
                || !stood.insert((table, o.row, form))
                || !said.insert((o.place.cited(), form))
            {
                continue;
            }
            let is_name = book.texts.folded(book.texts.name(at)) == folded;
            let whole = official
                .get(folded)
                .copied()
                .flatten()
                .filter(|whole| goes_on(folded, &fold(whole)))
                .map(str::to_owned)
                .or_else(|| {
                    let whole = names.longer(form).filter(|_| !exact.contains(folded))?.to_owned();
                    let is_same = is_name
                        && amounts
                            .get(folded)
                            .zip(amounts.get(fold(&whole).as_str()))
                            .is_some_and(|(a, b)| !a.is_disjoint(b));
                    (is_same || is_cut(folded, &whole)).then_some(whole)
                });
            let Some(whole) = whole else { continue };
            let mut draft = Draft::new(FindingCode::NameTruncated, o);
            draft.table.clone_from(&o.table);
            draft.subject =
                String::from(if is_name { o.name.as_str() } else { o.indicator.as_str() });
            draft.printed.clone_from(&draft.subject);
            draft.detail = format!("cut off; in full '{whole}'");
            draft.computed = whole;
            draft.origin = Origin::Conversion;
            draft.confidence = 0.7;
            drafts.push(draft);
        }
    }
    drafts
}

/// The official name of each folded name, where it is another.
fn official<'e>(book: &Book<'e>) -> FxHashMap<String, Option<&'e str>> {
    let names = book.extraction.names.iter().filter(|n| !n.official_name.is_empty());
    let mut official: FxHashMap<String, Option<&str>> = FxHashMap::default();
    // The same names stand in many tables.
    let mut said = FxHashMap::default();
    for (at, name) in names.clone().enumerate() {
        said.insert((name.name.as_str(), name.official_name.as_str()), at);
    }
    for (at, name) in names.enumerate() {
        let (own, whole) = (name.name.as_str(), name.official_name.as_str());
        if said.get(&(own, whole)) == Some(&at) {
            official.insert(fold(own), (!own.eq_ignore_ascii_case(whole)).then_some(whole));
        }
    }
    official
}

/// The amounts of each name that are large enough to be its own.
fn amounts<'b>(book: &'b Book<'_>) -> FxHashMap<&'b str, BTreeSet<Decimal>> {
    let mut amounts: FxHashMap<&str, BTreeSet<Decimal>> = FxHashMap::default();
    for (at, o) in book.extraction.observations.iter().enumerate() {
        let value = o.value.number().filter(|v| *v >= Decimal::from(10_000));
        if let Some(value) = value.filter(|_| o.measure.is_money()) {
            let name = book.texts.folded(book.texts.name(at));
            amounts.entry(name).or_default().insert(value);
        }
    }
    amounts
}

/// The names and indicators of a report without their units, and the tables they stand in.
struct Names<'b, 'e> {
    /// Of each text of the book, the number of its folded form.
    forms: Vec<usize>,
    folded: Vec<Cow<'b, str>>,
    /// Whether each folded form has too few words to tell.
    is_short: Vec<bool>,
    /// Of each folded form, how it was first written and in which tables.
    first: Vec<Option<&'e str>>,
    tables: Vec<Vec<Option<usize>>>,
    /// The folded forms that are stated, in the order of their letters, and the place of each there.
    sorted: Vec<usize>,
    places: Vec<usize>,
}

impl<'b, 'e> Names<'b, 'e> {
    fn new(book: &'b Book<'e>) -> Self {
        let mut folded: Vec<Cow<'b, str>> = Vec::new();
        let mut known: FxHashMap<Cow<'b, str>, usize> = FxHashMap::default();
        let texts = book.texts.all();
        let forms: Vec<usize> = texts
            .iter()
            .enumerate()
            .map(|(number, text)| {
                let bare = without_unit(text);
                let form = if bare.len() == text.len() {
                    Cow::Borrowed(book.texts.folded(number))
                } else {
                    Cow::Owned(fold(bare))
                };
                *known.entry(form).or_insert_with_key(|form| {
                    folded.push(form.clone());
                    folded.len() - 1
                })
            })
            .collect();
        let is_short = folded.iter().map(|f| f.split(' ').nth(WORDS - 1).is_none()).collect();
        let mut first: Vec<Option<&str>> = vec![None; folded.len()];
        let mut tables: Vec<Vec<Option<usize>>> = vec![Vec::new(); folded.len()];
        for at in 0..book.extraction.observations.len() {
            let table = book.table_number(at);
            for text in [book.texts.name(at), book.texts.indicator(at)] {
                let form = forms[text];
                if !folded[form].is_empty() && tables[form].last() != Some(&table) {
                    first[form].get_or_insert(texts[text]);
                    tables[form].push(table);
                }
            }
        }
        // They come in the order of the tables, mostly.
        for tables in &mut tables {
            tables.sort_unstable();
        }
        let mut sorted: Vec<usize> =
            (0..folded.len()).filter(|form| first[*form].is_some()).collect();
        sorted.sort_unstable_by_key(|form| &folded[*form]);
        let mut places = vec![0; folded.len()];
        for (place, form) in sorted.iter().enumerate() {
            places[*form] = place;
        }
        Self { forms, folded, is_short, first, tables, sorted, places }
    }

    /// A longer name that begins with a name and never stands beside it in one table.
    fn longer(&self, form: usize) -> Option<&'e str> {
        let short = &self.folded[form];
        self.sorted[self.places[form] + 1..]
            .iter()
            .take_while(|other| self.folded[**other].starts_with(&**short))
            .find(|other| {
                goes_on(short, &self.folded[**other])
                    && is_disjoint(&self.tables[**other], &self.tables[form])
            })
            .and_then(|other| self.first[*other])
    }
}

/// Whether two sorted lists have nothing in common.
fn is_disjoint<T: Ord>(mut a: &[T], mut b: &[T]) -> bool {
    while let ([first, rest_a @ ..], [other, rest_b @ ..]) = (a, b) {
        match first.cmp(other) {
            Ordering::Less => a = rest_a,
            Ordering::Greater => b = rest_b,
            Ordering::Equal => return false,
        }
    }
    true
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

/// Whether a text goes on from another by a word or a few.
fn goes_on(short: &str, long: &str) -> bool {
    let Some(rest) = long.strip_prefix(short) else { return false };
    let words = rest.split_whitespace().count();
    !rest.is_empty() && words <= 6 && (rest.starts_with(' ') || words == 1 && rest.len() <= 6)
}

/// Values whose unit their indicator excludes: a percentage in documents, an index in percent.
fn units(book: &Book<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut seen = FxHashSet::default();
    let mut known = Expected::default();
    for (at, o) in book.extraction.observations.iter().enumerate() {
        let is_physical = matches!(o.measure, Measure::Target | Measure::Realisasi);
        if !is_physical || o.indicator.is_empty() || o.value.number().is_none() {
            continue;
        }
        let Some(expected) = known.of(book, at) else { continue };
        if !seen.insert((o.table.as_str(), o.row, o.unit.as_str())) {
            continue;
        }
        let mut draft = Draft::new(FindingCode::UnitMismatch, o);
        draft.table.clone_from(&o.table);
        o.raw.as_str().clone_into(&mut draft.printed);
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
    let mut known = Expected::default();
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

/// The units that indicators ask for, each found once: by indicator, unit, and whether a percent sign
/// is printed.
#[derive(Default)]
struct Expected<'e>(FxHashMap<(usize, &'e str, bool), Option<String>>);

impl<'e> Expected<'e> {
    fn of(&mut self, book: &Book<'e>, at: usize) -> Option<String> {
        let o = book.get(at);
        if o.unit.is_empty() {
            return None;
        }
        let indicator = book.texts.indicator(at);
        let key = (indicator, o.unit.as_str(), o.raw.contains('%'));
        let find = || expected(o, book.texts.folded(indicator));
        self.0.entry(key).or_insert_with(find).clone()
    }
}

/// The unit an indicator asks for, where the printed one is another.
fn expected(o: &Observation, indicator: &str) -> Option<String> {
    let mut words = indicator.split(' ');
    let (first, second) = (words.next()?, words.next().unwrap_or_default());
    let printed = o.unit.as_str();
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
            let in_bracket = without_unit(&o.indicator) != o.indicator.as_str();
            let fits = same(second, printed) || same(second, first) || alike || in_bracket;
            (differ && !fits).then(|| second.to_owned())
        }
        _ => None,
    }
}

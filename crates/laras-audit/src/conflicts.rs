//! The same subject, measure and time with different values in two tables.
//!
//! Two columns of two tables are held against each other only where they speak of the same thing:
//! same measure, time and plan by their heads, or the same values for most of the subjects they
//! share. Budgets of different stages may differ and are no conflict.

use std::collections::BTreeMap;

use laras_model::{Decimal, FindingCode, Flag, Measure, Observation, Origin, RowKind, Variant};

use crate::book::{Book, is_summary};
use crate::check::Check;
use crate::draft::Draft;
use crate::dress::{self, fold};

/// A column of one table with the subjects it has one value for.
struct Column {
    measure: Measure,
    table: usize,
    values: BTreeMap<(String, String), usize>,
}

/// Findings of values that another table contradicts.
pub(crate) fn drafts(book: &Book<'_>, checks: &[Check]) -> Vec<Draft> {
    let columns = columns(book);
    let mut standing: BTreeMap<usize, i32> = BTreeMap::new();
    for check in checks {
        for at in check.members() {
            *standing.entry(at).or_default() += if check.holds { 1 } else { -1 };
        }
    }
    // Who contradicts whom, and who agrees.
    let mut against: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut with: BTreeMap<usize, usize> = BTreeMap::new();
    // Pairs that only their heads liken: told where a third table sides with one of them.
    let mut lonely: Vec<(usize, usize)> = Vec::new();
    let pairs: Vec<Pair> = pairs(book, &columns);
    for pair in &pairs {
        for &(x, y) in &pair.shared {
            if is_equal(book, x, y) {
                *with.entry(x).or_default() += 1;
                *with.entry(y).or_default() += 1;
            } else if pair.is_same && !is_damage(book, x, y) {
                against.entry(x).or_default().push(y);
                against.entry(y).or_default().push(x);
            } else if pair.same_stage {
                lonely.push((x, y));
            }
        }
    }
    for (x, y) in lonely {
        let alone = |at: usize| !with.contains_key(&at);
        if alone(x) != alone(y) && !is_damage(book, x, y) {
            against.entry(x).or_default().push(y);
            against.entry(y).or_default().push(x);
        }
    }
    let weight = |at: usize| {
        (
            with.get(&at).copied().unwrap_or(0) as i32 * 2
                + standing.get(&at).copied().unwrap_or(0),
            std::cmp::Reverse(at),
        )
    };
    let mut drafts = Vec::new();
    for (&at, others) in &against {
        // The weaker of two is the one in conflict; it is said once, against the strongest.
        let Some(&best) = others.iter().max_by_key(|o| weight(**o)) else { continue };
        if weight(at) > weight(best) {
            continue;
        }
        drafts.push(draft(book, at, best, others));
    }
    drafts
}

/// Two columns of two tables, and the values they have for the same subjects.
struct Pair {
    columns: (usize, usize),
    shared: Vec<(usize, usize)>,
    equal: usize,
    same_stage: bool,
    is_same: bool,
}

/// The columns that can be held against each other: of several plans in one table, the one that
/// agrees best.
fn pairs(book: &Book<'_>, columns: &[Column]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for (i, a) in columns.iter().enumerate() {
        for (j, b) in columns.iter().enumerate().skip(i + 1) {
            if a.table == b.table || a.measure != b.measure {
                continue;
            }
            let shared: Vec<(usize, usize)> = a
                .values
                .iter()
                .filter_map(|(key, x)| Some((*x, *b.values.get(key)?)))
                .filter(|(x, y)| is_comparable(book, *x, *y))
                .collect();
            let Some(&(x, y)) = shared.first() else { continue };
            let equal = shared.iter().filter(|(x, y)| is_equal(book, *x, *y)).count();
            let same_stage = same_stage(book, x, y);
            let is_named = shared.iter().all(|(x, _)| book.get(*x).row_kind != RowKind::Belanja);
            // The target of one year, set twice for one indicator of many words.
            let is_target = a.measure == Measure::Target
                && same_stage
                && shared.len() < 3
                && shared.iter().all(|(x, y)| {
                    let (a, b) = (book.get(*x), book.get(*y));
                    a.unit == "%" && b.unit == "%" && book.names[*x].split(' ').count() >= 5
                });
            let is_same = if is_target {
                true
            } else if same_stage {
                equal * 2 >= shared.len() || a.measure.is_money() && shared.len() < 3 && is_named
            } else {
                equal >= 3 && equal * 10 >= shared.len() * 6
            };
            pairs.push(Pair { columns: (i, j), shared, equal, same_stage, is_same });
        }
    }
    let beaten: Vec<bool> = pairs
        .iter()
        .map(|p| {
            pairs.iter().any(|q| {
                let rival = |mine: usize, my_other: usize, yours: usize, your_other: usize| {
                    mine == yours
                        && my_other != your_other
                        && columns[my_other].table == columns[your_other].table
                        && columns[my_other].values.len() * 2 > columns[your_other].values.len()
                };
                let ((a, b), (c, d)) = (p.columns, q.columns);
                let is_rival = rival(a, b, c, d) || rival(b, a, d, c);
                is_rival && q.equal * p.shared.len() > p.equal * q.shared.len()
            })
        })
        .collect();
    for (pair, beaten) in pairs.iter_mut().zip(beaten) {
        if beaten {
            pair.is_same = false;
            pair.same_stage = false;
        }
    }
    pairs
}

/// Whether two values have the same digits and one is damaged: that is a finding of its own.
fn is_damage(book: &Book<'_>, a: usize, b: usize) -> bool {
    let digits = |at: usize| {
        let mantissa = book.number(at).normalized().mantissa().to_string();
        mantissa.trim_end_matches('0').to_owned()
    };
    let is_damaged = |at: usize| book.get(at).flags.contains(&Flag::NumberMalformed);
    (is_damaged(a) || is_damaged(b)) && digits(a) == digits(b)
}

fn columns(book: &Book<'_>) -> Vec<Column> {
    let mut columns = Vec::new();
    for (t, table) in book.tables.iter().enumerate() {
        for ((_, measure), cells) in &table.columns {
            let mut values: BTreeMap<(String, String), usize> = BTreeMap::new();
            let mut twice = Vec::new();
            for &at in cells {
                let o = book.get(at);
                let is_sum = is_summary(o.row_kind) && !book.names[at].starts_with("program ");
                if is_sum || o.value.number().is_none() || o.row_kind == RowKind::Kategori {
                    continue;
                }
                let key = key(book, at);
                if key.0.is_empty() {
                    continue;
                }
                if let Some(before) = values.insert(key.clone(), at)
                    && !is_equal(book, before, at)
                {
                    twice.push(key);
                }
            }
            // A subject with two values of one column is not one subject.
            for key in twice {
                values.remove(&key);
            }
            if !values.is_empty() {
                columns.push(Column { measure: *measure, table: t, values });
            }
        }
    }
    columns
}

/// What tells one subject of a column from another.
fn key(book: &Book<'_>, at: usize) -> (String, String) {
    let o = book.get(at);
    let name = book.names[at].strip_prefix("program ").unwrap_or(&book.names[at]).to_owned();
    let indicator = if o.measure.is_money() || o.row_kind == RowKind::Indikator {
        String::new()
    } else {
        fold(&o.indicator)
    };
    (name, indicator)
}

/// Whether two values of one subject can be of the same thing at all.
fn is_comparable(book: &Book<'_>, a: usize, b: usize) -> bool {
    let (x, y) = (book.get(a), book.get(b));
    let units = x.unit == y.unit || x.unit.is_empty() || y.unit.is_empty();
    let years = x.year == y.year && x.year.is_some();
    // A section's share of a program is not the program of the office.
    let scope = |o: &Observation| {
        book.extraction.parts.iter().find(|p| p.part == o.part).map(|p| p.scope.as_str())
    };
    let shares = x.measure.is_money()
        && scope(x) != scope(y)
        && (x.row_kind == RowKind::Program || y.row_kind == RowKind::Program);
    units && years && x.period == y.period && !shares
}

/// Whether two tables set the same plan at the same stage.
fn same_stage(book: &Book<'_>, a: usize, b: usize) -> bool {
    let (x, y) = (book.get(a), book.get(b));
    let stage = |at: usize, o: &Observation| {
        let caption = book.table(at).map(|t| fold(&t.table.caption)).unwrap_or_default();
        let variant = o.variant.map(|v| {
            matches!(v, Variant::Perubahan | Variant::AwalPerubahanRkpd | Variant::HasilAnalisis)
        });
        variant.or_else(|| caption.contains("perubahan").then_some(true))
    };
    let stages = (stage(a, x), stage(b, y));
    !matches!(x.measure, Measure::Pagu | Measure::Target)
        || (x.tahap.is_none() || y.tahap.is_none() || x.tahap == y.tahap)
            && x.variant == y.variant
            && (stages.0 == stages.1
                || x.part == y.part && stages.0.is_none() != stages.1.is_none())
}

/// Whether two values are the same within what both print.
fn is_equal(book: &Book<'_>, a: usize, b: usize) -> bool {
    let (x, y) = (book.number(a), book.number(b));
    let decimals = dress::decimals(book.get(a)).min(dress::decimals(book.get(b)));
    let is_rounded = book.get(a).unit == "%" || !book.get(a).measure.is_money();
    x == y
        || is_rounded
            && !x.is_zero()
            && !y.is_zero()
            && (x.rounded(decimals) == y.rounded(decimals)
                || x.truncated(decimals) == y.truncated(decimals))
}

fn draft(book: &Book<'_>, at: usize, best: usize, others: &[usize]) -> Draft {
    let (own, other) = (book.get(at), book.get(best));
    let label = |i: usize| {
        let o = book.get(i);
        let table = book.table(i).map(|t| t.table);
        let caption: String =
            table.map(|t| t.caption.chars().take(40).collect()).unwrap_or_default();
        format!("{} ({} {caption}, {})", dress::value(o), o.table, o.place.cited())
    };
    let mut draft = Draft::new(FindingCode::ConflictTable, own);
    let difference = book.number(at).checked_sub(book.number(best)).unwrap_or(Decimal::ZERO);
    draft.table.clone_from(&own.table);
    draft.subject = format!(
        "{}, {} {}",
        own.name,
        own.measure,
        own.year.map_or(String::new(), |y| y.to_string())
    );
    draft.detail =
        format!("{} against {}; difference {}", label(at), label(best), dress::number(difference));
    draft.printed = dress::value(own);
    draft.computed = dress::value(other);
    draft.difference = Some(difference);
    draft.origin = Origin::Source;
    draft.places = vec![other.place.clone()];
    draft.observations = std::iter::once(at).chain(others.iter().copied()).collect();
    draft.anchor = Some(at);
    draft.confidence = 0.8;
    draft
}

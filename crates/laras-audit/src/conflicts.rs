//! The same subject, measure and time with different values in two tables.
//!
//! Two columns of two tables are held against each other only where they speak of the same thing:
//! same measure, time and plan by their heads, or the same values for most of the subjects they
//! share. Budgets of different stages may differ and are no conflict.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;

use laras_model::{Decimal, FindingCode, Flag, Measure, Observation, Origin, RowKind, Variant};

use rustc_hash::FxHashMap;

use crate::book::{Book, is_summary};
use crate::check::Check;
use crate::draft::Draft;
use crate::dress::{self, fold};

/// What tells one subject of a column from another: ranks of its name and of its indicator in the
/// order of their letters.
type Key = (u32, u32);

/// A column of one table with the subjects it has one value for, in their order.
struct Column {
    measure: Measure,
    table: usize,
    values: Vec<(Key, usize)>,
}

/// Findings of values that another table contradicts.
pub(crate) fn drafts(book: &Book<'_>, checks: &[Check]) -> Vec<Draft> {
    let columns = columns(book, &Subjects::new(book));
    let count = book.extraction.observations.len();
    let mut standing = vec![0_i32; count];
    for check in checks {
        for at in check.members() {
            standing[at] += if check.holds { 1 } else { -1 };
        }
    }
    // Who contradicts whom, and who agrees.
    let mut against: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut with = vec![0_i32; count];
    // Pairs that only their heads liken: told where a third table sides with one of them.
    let mut lonely: Vec<(usize, usize)> = Vec::new();
    let (pairs, shared) = pairs(book, &columns);
    for pair in &pairs {
        for &Shared { values: (x, y), is_equal } in &shared[pair.shared.clone()] {
            if is_equal {
                with[x] += 1;
                with[y] += 1;
            } else if pair.is_same && !is_damage(book, x, y) {
                against.entry(x).or_default().push(y);
                against.entry(y).or_default().push(x);
            } else if pair.same_stage {
                lonely.push((x, y));
            }
        }
    }
    // They take more room than all that is made of them.
    drop((pairs, shared));
    for (x, y) in lonely {
        let alone = |at: usize| with[at] == 0;
        if alone(x) != alone(y) && !is_damage(book, x, y) {
            against.entry(x).or_default().push(y);
            against.entry(y).or_default().push(x);
        }
    }
    let weight = |at: usize| (with[at] * 2 + standing[at], std::cmp::Reverse(at));
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

/// Two values for the same subject.
#[derive(Clone, Copy)]
struct Shared {
    values: (usize, usize),
    is_equal: bool,
}

/// Two columns of two tables.
struct Pair {
    columns: (usize, usize),
    /// The values they have for the same subjects, among those of all pairs.
    shared: Range<usize>,
    equal: usize,
    same_stage: bool,
    is_same: bool,
}

/// Who else speaks of the subjects of the columns.
struct Others {
    /// Measure, subject, column and value; those of one subject stand together, by column.
    all: Vec<(Measure, Key, u32, u32)>,
    /// Of each value, where those of its subject in later columns begin and end.
    later: Vec<(u32, u32)>,
}

impl Others {
    fn new(book: &Book<'_>, columns: &[Column]) -> Self {
        let mut all = Vec::with_capacity(columns.iter().map(|c| c.values.len()).sum());
        for (i, column) in (0..).zip(columns) {
            all.extend(column.values.iter().map(|(key, at)| (column.measure, *key, i, *at as u32)));
        }
        all.sort_unstable();
        let mut later = vec![(0, 0); book.extraction.observations.len()];
        let mut end = 0;
        for of_one in all.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let start = end;
            end += of_one.len() as u32;
            for (next, (.., at)) in (start + 1..).zip(of_one) {
                later[*at as usize] = (next, end);
            }
        }
        Self { all, later }
    }

    /// The columns after a value's own with their values of the same subject.
    fn of(&self, at: usize) -> impl Iterator<Item = (usize, usize)> {
        let (from, to) = self.later[at];
        let of_one = &self.all[from as usize..to as usize];
        of_one.iter().map(|(_, _, column, at)| (*column as usize, *at as usize))
    }
}

/// The columns that can be held against each other, and the values that they share: of several plans in
/// one table, the one that agrees best.
fn pairs(book: &Book<'_>, columns: &[Column]) -> (Vec<Pair>, Vec<Shared>) {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut all: Vec<Shared> = Vec::new();
    // Whether a caption says that its table is of the changed plan.
    let changed = LazyCell::new(|| {
        let says = |caption: &str| fold(caption).contains("perubahan");
        book.tables.iter().map(|t| (t.table.id.as_str(), says(&t.table.caption))).collect()
    });
    let others = Others::new(book, columns);
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for (i, a) in columns.iter().enumerate() {
        found.clear();
        for (_, x) in &a.values {
            let theirs = others
                .of(*x)
                .filter(|(j, y)| columns[*j].table != a.table && is_comparable(book, *x, *y));
            found.extend(theirs.map(|(j, y)| (j, *x, y)));
        }
        found.sort_by_key(|(j, ..)| *j);
        for same in found.chunk_by(|a, b| a.0 == b.0) {
            let (j, first, other) = same[0];
            let from = all.len();
            all.extend(
                same.iter()
                    .map(|&(_, x, y)| Shared { values: (x, y), is_equal: is_equal(book, x, y) }),
            );
            let shared = &all[from..];
            let equal = shared.iter().filter(|shared| shared.is_equal).count();
            let same_stage = same_stage(book, &changed, first, other);
            let is_named =
                || shared.iter().all(|s| book.get(s.values.0).row_kind != RowKind::Belanja);
            // The target of one year, set twice for one indicator of many words.
            let is_target = a.measure == Measure::Target
                && same_stage
                && shared.len() < 3
                && shared.iter().all(|&Shared { values: (x, y), .. }| {
                    let (a, b) = (book.get(x), book.get(y));
                    a.unit == "%" && b.unit == "%" && book.name(x).split(' ').count() >= 5
                });
            let is_same = if is_target {
                true
            } else if same_stage {
                equal * 2 >= shared.len() || a.measure.is_money() && shared.len() < 3 && is_named()
            } else {
                equal >= 3 && equal * 10 >= shared.len() * 6
            };
            let shared = from..all.len();
            pairs.push(Pair { columns: (i, j), shared, equal, same_stage, is_same });
        }
    }
    // Of each column, the pairs that it is the first of, and those that it is the second of.
    let mut with = vec![(Vec::new(), Vec::new()); columns.len()];
    for (p, pair) in pairs.iter().enumerate() {
        with[pair.columns.0].0.push(p);
        with[pair.columns.1].1.push(p);
    }
    let beaten: Vec<bool> = pairs
        .iter()
        .map(|p| {
            let rivals = |my_other: usize, your_other: usize| {
                my_other != your_other
                    && columns[my_other].table == columns[your_other].table
                    && columns[my_other].values.len() * 2 > columns[your_other].values.len()
            };
            let beats = |q: &Pair| q.equal * p.shared.len() > p.equal * q.shared.len();
            let (a, b) = p.columns;
            with[a].0.iter().map(|q| &pairs[*q]).any(|q| rivals(b, q.columns.1) && beats(q))
                || with[b].1.iter().map(|q| &pairs[*q]).any(|q| rivals(a, q.columns.0) && beats(q))
        })
        .collect();
    for (pair, beaten) in pairs.iter_mut().zip(beaten) {
        if beaten {
            pair.is_same = false;
            pair.same_stage = false;
        }
    }
    (pairs, all)
}

/// Whether two values have the same digits and one is damaged: that is a finding of its own.
fn is_damage(book: &Book<'_>, a: usize, b: usize) -> bool {
    let digits = |at: usize| {
        let mantissa = book.number(at).normalized().mantissa().to_string();
        mantissa.trim_end_matches('0').to_owned()
    };
    let is_damaged = |at: usize| book.get(at).flags.contains(Flag::NumberMalformed);
    (is_damaged(a) || is_damaged(b)) && digits(a) == digits(b)
}

/// The ranks of names and indicators in the order of their letters.
struct Subjects {
    /// Of each number of a subject, its rank; `None` where there is no name.
    names: Vec<Option<u32>>,
    /// Of each number of a text, the rank of its folded form; nothing ranks first.
    indicators: Vec<u32>,
}

impl Subjects {
    fn new(book: &Book<'_>) -> Self {
        let texts = &book.texts;
        let ranks = |folded: Vec<&str>| {
            let mut all = folded.clone();
            all.push("");
            all.sort_unstable();
            all.dedup();
            let rank: FxHashMap<&str, u32> = (0..).zip(all).map(|(i, t)| (t, i)).collect();
            folded.into_iter().map(|text| rank[text]).collect::<Vec<u32>>()
        };
        let bare = |subject: usize| {
            let name = texts.spelled(subject);
            name.strip_prefix("program ").unwrap_or(name)
        };
        let names = ranks((0..texts.subjects()).map(bare).collect());
        let indicators = ranks((0..texts.all().len()).map(|text| texts.folded(text)).collect());
        Self {
            names: names.into_iter().map(|rank| (rank > 0).then_some(rank)).collect(),
            indicators,
        }
    }

    fn key(&self, book: &Book<'_>, at: usize) -> Option<Key> {
        let o = book.get(at);
        let indicator = if o.measure.is_money() || o.row_kind == RowKind::Indikator {
            0
        } else {
            self.indicators[book.texts.indicator(at)]
        };
        Some((self.names[book.texts.subject(at)]?, indicator))
    }
}

fn columns(book: &Book<'_>, subjects: &Subjects) -> Vec<Column> {
    let mut columns = Vec::new();
    for (t, table) in book.tables.iter().enumerate() {
        for ((_, measure), cells) in &table.columns {
            let mut all: Vec<(Key, usize)> = Vec::with_capacity(cells.len());
            for &at in cells {
                let o = book.get(at);
                let is_sum = is_summary(o.row_kind) && !book.name(at).starts_with("program ");
                if is_sum || o.value.number().is_none() || o.row_kind == RowKind::Kategori {
                    continue;
                }
                all.extend(subjects.key(book, at).map(|key| (key, at)));
            }
            all.sort_by_key(|(key, _)| *key);
            // A subject with two values of one column is not one subject.
            let values: Vec<(Key, usize)> = all
                .chunk_by(|a, b| a.0 == b.0)
                .filter(|same| same.windows(2).all(|two| is_equal(book, two[0].1, two[1].1)))
                .filter_map(|same| same.last().copied())
                .collect();
            if !values.is_empty() {
                columns.push(Column { measure: *measure, table: t, values });
            }
        }
    }
    columns
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
    let shares = || {
        x.measure.is_money()
            && (x.row_kind == RowKind::Program || y.row_kind == RowKind::Program)
            && x.part != y.part
            && scope(x) != scope(y)
    };
    units && years && x.period == y.period && !shares()
}

/// Whether two tables set the same plan at the same stage.
fn same_stage(book: &Book<'_>, changed: &FxHashMap<&str, bool>, a: usize, b: usize) -> bool {
    let (x, y) = (book.get(a), book.get(b));
    let stage = |o: &Observation| {
        let variant = o.variant.map(|v| {
            matches!(v, Variant::Perubahan | Variant::AwalPerubahanRkpd | Variant::HasilAnalisis)
        });
        variant.or_else(|| changed.get(o.table.as_str())?.then_some(true))
    };
    let stages = (stage(x), stage(y));
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

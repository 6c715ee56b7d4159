//! Columns of two tables that are held against each other.
//!
//! They are where they speak of the same thing: same measure, time and plan by their heads, or the same
//! values for most of the subjects they share.

use std::cell::LazyCell;
use std::ops::Range;

use laras_model::{Measure, Observation, RowKind, Variant};

use crate::book::{Book, is_summary};
use crate::dress::{self, fold};
use crate::texts::firsts;

/// What tells one subject of a column from another: its name and its indicator.
type Key = (u32, u32);

/// A column of one table with the subjects it has one value for, in their order.
pub(crate) struct Column {
    measure: Measure,
    table: usize,
    values: Vec<(Key, usize)>,
}

/// Two values for the same subject.
#[derive(Clone, Copy)]
pub(crate) struct Shared {
    pub(crate) values: (usize, usize),
    pub(crate) is_equal: bool,
}

/// Two columns of two tables.
pub(crate) struct Pair {
    columns: (usize, usize),
    /// The values they have for the same subjects, among those of all pairs.
    pub(crate) shared: Range<usize>,
    equal: usize,
    /// Whether both set the same plan at the same stage.
    pub(crate) same_stage: bool,
    /// Whether they speak of the same thing.
    pub(crate) is_same: bool,
}

/// The columns of a report, as far as they can be held against others.
pub(crate) fn columns(book: &Book<'_>) -> Vec<Column> {
    let texts = &book.texts;
    // Names with and without the word are one; the first text is empty.
    let bare = |text| {
        let name = texts.folded(text);
        name.strip_prefix("program ").unwrap_or(name)
    };
    let names = firsts((0..texts.all().len()).map(bare));
    let key = |at: usize, o: &Observation| {
        let is_bare = o.measure.is_money() || o.row_kind == RowKind::Indikator;
        let indicator = if is_bare { 0 } else { texts.form(texts.indicator(at)) as u32 };
        let name = names[texts.subject(at)];
        (name > 0).then_some((name, indicator))
    };
    let mut columns = Vec::new();
    let mut all: Vec<(Key, usize)> = Vec::new();
    for (t, table) in book.tables.iter().enumerate() {
        for ((_, measure), cells) in table.columns.iter() {
            all.clear();
            for &at in cells {
                let o = book.get(at);
                let is_sum = is_summary(o.row_kind) && !book.name(at).starts_with("program ");
                if is_sum || book.is_nil(at) || o.row_kind == RowKind::Kategori {
                    continue;
                }
                all.extend(key(at, o).map(|key| (key, at)));
            }
            // The cells stand in the order of the rows.
            all.sort_unstable();
            // A subject with two values of one column is not one subject.
            let values: Vec<(Key, usize)> = all
                .chunk_by(|a, b| a.0 == b.0)
                .filter(|same| same.windows(2).all(|two| is_equal(book, two[0].1, two[1].1)))
                .filter_map(|same| same.last().copied())
                .collect();
            if !values.is_empty() {
                columns.push(Column { measure, table: t, values });
            }
        }
    }
    columns
}

/// Who else speaks of the subjects of the columns.
struct Others {
    /// Subject, measure, column and value; those of one subject stand together, by column.
    all: Vec<(Key, Measure, u32, u32)>,
    /// Of each value, where those of its subject in later columns begin and end.
    later: Vec<(u32, u32)>,
}

impl Others {
    fn new(book: &Book<'_>, columns: &[Column]) -> Self {
        let mut all = Vec::with_capacity(columns.iter().map(|c| c.values.len()).sum());
        for (i, column) in (0..).zip(columns) {
            all.extend(column.values.iter().map(|(key, at)| (*key, column.measure, i, *at as u32)));
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
pub(crate) fn pairs(book: &Book<'_>, columns: &[Column]) -> (Vec<Pair>, Vec<Shared>) {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut all: Vec<Shared> = Vec::new();
    // Whether a caption says that its table is of the changed plan.
    let changed = LazyCell::new(|| {
        let says = |caption: &str| fold(caption).contains("perubahan");
        book.tables.iter().map(|t| says(&t.table.caption)).collect()
    });
    let others = Others::new(book, columns);
    let mut found: Vec<(usize, usize, usize, usize)> = Vec::new();
    for (i, a) in columns.iter().enumerate() {
        found.clear();
        for (k, (_, x)) in a.values.iter().enumerate() {
            let theirs = others
                .of(*x)
                .filter(|(j, y)| columns[*j].table != a.table && is_comparable(book, *x, *y));
            found.extend(theirs.map(|(j, y)| (j, k, *x, y)));
        }
        found.sort_unstable();
        for same in found.chunk_by(|a, b| a.0 == b.0) {
            let (j, _, first, other) = same[0];
            let from = all.len();
            all.extend(
                same.iter()
                    .map(|&(.., x, y)| Shared { values: (x, y), is_equal: is_equal(book, x, y) }),
            );
            let shared = &all[from..];
            let equal = shared.iter().filter(|shared| shared.is_equal).count();
            let same_stage = same_stage(book, &changed, first, other);
            let is_same = is_same(book, a.measure, shared, equal, same_stage);
            let shared = from..all.len();
            pairs.push(Pair { columns: (i, j), shared, equal, same_stage, is_same });
        }
    }
    let beaten = beaten(columns, &pairs);
    for (pair, _) in pairs.iter_mut().zip(beaten).filter(|(_, beaten)| *beaten) {
        pair.is_same = false;
        pair.same_stage = false;
    }
    (pairs, all)
}

/// Whether two columns speak of the same thing, by the values they share and how many of these are
/// equal.
fn is_same(
    book: &Book<'_>,
    measure: Measure,
    shared: &[Shared],
    equal: usize,
    same_stage: bool,
) -> bool {
    if !same_stage {
        return equal >= 3 && equal * 10 >= shared.len() * 6;
    }
    if equal * 2 >= shared.len() {
        return true;
    }
    let is_named = || shared.iter().all(|s| book.get(s.values.0).row_kind != RowKind::Belanja);
    // The target of one year, set twice for one indicator of many words.
    let is_target = || {
        shared.iter().all(|&Shared { values: (x, y), .. }| {
            let (a, b) = (book.get(x), book.get(y));
            a.unit == "%" && b.unit == "%" && book.name(x).split(' ').count() >= 5
        })
    };
    shared.len() < 3
        && (measure.is_money() && is_named() || measure == Measure::Target && is_target())
}

/// Whether each pair is beaten by another of one of its columns with a rival of the other column: one of
/// the same table that agrees better.
fn beaten(columns: &[Column], pairs: &[Pair]) -> Vec<bool> {
    // Of each column, the pairs that it is the first of stand together, and those that it is the second
    // of are these.
    let mut seconds: Vec<Vec<usize>> = vec![Vec::new(); columns.len()];
    for (p, pair) in pairs.iter().enumerate() {
        seconds[pair.columns.1].push(p);
    }
    let firsts = pairs.chunk_by(|p, q| p.columns.0 == q.columns.0);
    let mut beaten = Vec::with_capacity(pairs.len());
    for of_one in firsts {
        beaten.extend(of_one.iter().map(|p| {
            // What agrees wholly cannot be beaten, and what is no pair need not.
            if p.equal == p.shared.len() || !(p.is_same || p.same_stage) {
                return false;
            }
            let rivals = |my_other: usize, your_other: usize| {
                my_other != your_other
                    && columns[my_other].table == columns[your_other].table
                    && columns[my_other].values.len() * 2 > columns[your_other].values.len()
            };
            let beats = |q: &Pair| q.equal * p.shared.len() > p.equal * q.shared.len();
            let (a, b) = p.columns;
            of_one.iter().any(|q| rivals(b, q.columns.1) && beats(q))
                || seconds[b].iter().map(|q| &pairs[*q]).any(|q| rivals(a, q.columns.0) && beats(q))
        }));
    }
    beaten
}

/// Whether two values of one subject can be of the same thing at all.
fn is_comparable(book: &Book<'_>, a: usize, b: usize) -> bool {
    let (x, y) = (book.get(a), book.get(b));
    if x.year != y.year || x.year.is_none() || x.period != y.period {
        return false;
    }
    // A section's share of a program is not the program of the office.
    let scope = |o: &Observation| {
        book.extraction.parts.iter().find(|p| p.part == o.part).map(|p| p.scope.as_str())
    };
    let shares = || {
        x.part != y.part
            && x.measure.is_money()
            && (x.row_kind == RowKind::Program || y.row_kind == RowKind::Program)
            && scope(x) != scope(y)
    };
    (x.unit == y.unit || x.unit.is_empty() || y.unit.is_empty()) && !shares()
}

/// Whether two tables set the same plan at the same stage; `changed` says of each table whether its
/// caption names the changed plan.
fn same_stage(book: &Book<'_>, changed: &Vec<bool>, a: usize, b: usize) -> bool {
    let (x, y) = (book.get(a), book.get(b));
    if !matches!(x.measure, Measure::Pagu | Measure::Target) {
        return true;
    }
    let stage = |at: usize| {
        let variant = book.get(at).variant.map(|v| {
            matches!(v, Variant::Perubahan | Variant::AwalPerubahanRkpd | Variant::HasilAnalisis)
        });
        variant.or_else(|| changed[book.table_number(at)?].then_some(true))
    };
    let stages = (stage(a), stage(b));
    (x.tahap.is_none() || y.tahap.is_none() || x.tahap == y.tahap)
        && x.variant == y.variant
        && (stages.0 == stages.1 || x.part == y.part && stages.0.is_none() != stages.1.is_none())
}

/// Whether two values are the same within what both print.
fn is_equal(book: &Book<'_>, a: usize, b: usize) -> bool {
    if book.value(a) == book.value(b) {
        return true;
    }
    let (x, y) = (book.number(a), book.number(b));
    let is_rounded = book.get(a).unit == "%" || !book.get(a).measure.is_money();
    if !is_rounded || x.is_zero() || y.is_zero() {
        return false;
    }
    let decimals = dress::decimals(book.get(a)).min(dress::decimals(book.get(b)));
    x.rounded(decimals) == y.rounded(decimals) || x.truncated(decimals) == y.truncated(decimals)
}

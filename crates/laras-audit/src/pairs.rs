//! Columns of two tables that are held against each other.
//!
//! They are where they speak of the same thing: same measure, time and plan by their heads, or the same
//! values for most of the subjects they share.

use std::cell::LazyCell;
use std::ops::Range;

use laras_model::{Measure, Observation, RowKind, Variant};

use rustc_hash::FxHashMap;

use crate::book::{Book, is_summary};
use crate::dress::{self, fold};
use crate::groups::Groups;
use crate::texts::firsts;

/// A column of one table with the subjects it has one value for, by their numbers and in their order.
pub(crate) struct Column {
    measure: Measure,
    table: usize,
    values: Vec<(u32, u32)>,
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

/// What is told from another thing by its name and its indicator, by number.
struct Subjects<'b, 'e> {
    book: &'b Book<'e>,
    /// Of each subject of the book a number that it has with and without the word *program*.
    names: Vec<u32>,
    known: FxHashMap<(u32, u32), u32>,
    /// Of each name with its parent and indicator, the subject without and with the indicator, once
    /// asked for.
    of: Vec<[Option<u32>; 2]>,
}

impl<'b, 'e> Subjects<'b, 'e> {
    fn new(book: &'b Book<'e>) -> Self {
        let texts = &book.texts;
        let bare = |text| {
            let name = texts.folded(text);
            name.strip_prefix("program ").unwrap_or(name)
        };
        let names = firsts((0..texts.all().len()).map(bare));
        let of = vec![[None; 2]; book.extraction.observations.len()];
        Self { book, names, known: FxHashMap::default(), of }
    }

    /// What an observation is of; nothing without a name.
    fn of(&mut self, at: usize) -> Option<u32> {
        let (o, texts) = (self.book.get(at), &self.book.texts);
        let is_bare = o.measure.is_money() || o.row_kind == RowKind::Indikator;
        // The first text is empty.
        let name = self.names[texts.subject(at)];
        let (names, known) = (name > 0, &mut self.known);
        names.then(|| {
            *self.of[texts.trio(at)][usize::from(!is_bare)].get_or_insert_with(|| {
                let indicator = if is_bare { 0 } else { texts.form(texts.indicator(at)) as u32 };
                let next = known.len() as u32;
                *known.entry((name, indicator)).or_insert(next)
            })
        })
    }
}

/// The columns of a report, as far as they can be held against others, and how many subjects they have.
pub(crate) fn columns(book: &Book<'_>) -> (Vec<Column>, usize) {
    let mut subjects = Subjects::new(book);
    let mut columns = Vec::new();
    let mut all: Vec<(u32, u32)> = Vec::new();
    for (t, table) in book.tables.iter().enumerate() {
        for ((_, measure), cells) in table.columns.iter() {
            all.clear();
            for &at in cells {
                let o = book.get(at);
                let is_sum = is_summary(o.row_kind) && !book.name(at).starts_with("program ");
                if is_sum || book.is_nil(at) || o.row_kind == RowKind::Kategori {
                    continue;
                }
                all.extend(subjects.of(at).map(|subject| (subject, at as u32)));
            }
            // The cells stand in the order of the rows.
            all.sort_unstable();
            let equal = |two: &[(u32, u32)]| is_equal(book, two[0].1 as usize, two[1].1 as usize);
            // A subject with two values of one column is not one subject.
            let values: Vec<(u32, u32)> = all
                .chunk_by(|a, b| a.0 == b.0)
                .filter(|same| same.windows(2).all(equal))
                .filter_map(|same| same.last().copied())
                .collect();
            if !values.is_empty() {
                columns.push(Column { measure, table: t, values });
            }
        }
    }
    (columns, subjects.known.len())
}

/// How many measures there are.
const MEASURES: usize = Measure::ALL.len();

/// The columns that can be held against each other, and the values that they share: of several plans in
/// one table, the one that agrees best.
pub(crate) fn pairs<'c>(
    book: &Book<'_>,
    columns: &'c [Column],
    subjects: usize,
) -> (Vec<Pair>, Vec<Shared>) {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut all: Vec<Shared> = Vec::new();
    // Whether a caption says that its table is of the changed plan.
    let changed = LazyCell::new(|| {
        let says = |caption: &str| fold(caption).contains("perubahan");
        book.tables.iter().map(|t| says(&t.table.caption)).collect()
    });
    // Who else speaks of the subjects of the columns: columns with their values, in their order.
    let group = |subject: u32, measure: Measure| subject as usize * MEASURES + measure as usize;
    let each = (0_u32..).zip(columns);
    let of_column = |(j, column): (u32, &'c Column)| {
        let values = column.values.iter();
        values.map(move |(subject, y)| (group(*subject, column.measure), (j, *y)))
    };
    let spoken = Groups::new(subjects * MEASURES, each.clone().flat_map(of_column));
    let mut found: Vec<(u32, u32, u32)> = Vec::new();
    for (i, a) in each {
        found.clear();
        for &(subject, x) in &a.values {
            let others = spoken.of(group(subject, a.measure)).iter().rev();
            let later = others.take_while(|(j, _)| *j > i).filter(|(j, y)| {
                columns[*j as usize].table != a.table
                    && is_comparable(book, x as usize, *y as usize)
            });
            found.extend(later.map(|(j, y)| (*j, x, *y)));
        }
        // In the order of the rows.
        found.sort_unstable();
        for same in found.chunk_by(|a, b| a.0 == b.0) {
            let (j, first, other) = (same[0].0 as usize, same[0].1 as usize, same[0].2 as usize);
            let from = all.len();
            all.extend(same.iter().map(|&(_, x, y)| {
                let (x, y) = (x as usize, y as usize);
                Shared { values: (x, y), is_equal: is_equal(book, x, y) }
            }));
            let shared = &all[from..];
            let equal = shared.iter().filter(|shared| shared.is_equal).count();
            let same_stage = same_stage(book, &changed, first, other);
            let is_same = is_same(book, a.measure, shared, equal, same_stage);
            let shared = from..all.len();
            pairs.push(Pair { columns: (i as usize, j), shared, equal, same_stage, is_same });
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

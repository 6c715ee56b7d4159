//! What is said again: of a subject in another table, of the same thing in another column of its row, of
//! the same name in another row of its column.

use laras_model::Measure;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::book::{Book, same_time};

/// The tables that say something, as far as it matters: whether there are several.
#[derive(Clone, Copy, Default)]
struct Tables {
    first: Option<u32>,
    several: bool,
}

impl Tables {
    /// Adds a table; one that is not there counts as one more.
    fn add(&mut self, table: Option<usize>) {
        let table = table.map_or(u32::MAX, |table| table as u32);
        self.several |= *self.first.get_or_insert(table) != table;
    }
}

/// Which subjects several tables speak of, and which numbers of these several tables print.
pub(crate) struct Elsewhere<'b, 'e> {
    book: &'b Book<'e>,
    /// By subject.
    names: Vec<Tables>,
    values: Vec<Tables>,
    /// Of each observation, which of the values it says; of one that only one table can say, none.
    said: Vec<u32>,
}

/// No value, for its subject stands in one table.
const ALONE: u32 = u32::MAX;

impl<'b, 'e> Elsewhere<'b, 'e> {
    pub(crate) fn new(book: &'b Book<'e>) -> Self {
        let all = &book.extraction.observations;
        let mut names = vec![Tables::default(); book.texts.all().len()];
        for at in 0..all.len() {
            names[book.texts.subject(at)].add(book.table_number(at));
        }
        // Subject and number, and what it measures.
        let mut known: FxHashMap<(u64, (Measure, bool)), u32> =
            FxHashMap::with_capacity_and_hasher(all.len() / 2, FxBuildHasher);
        let mut values: Vec<Tables> = Vec::with_capacity(all.len() / 2);
        let said = all
            .iter()
            .enumerate()
            .map(|(at, o)| {
                let subject = book.texts.subject(at);
                if !names[subject].several {
                    return ALONE;
                }
                let number = (subject as u64) << 32 | u64::from(book.value(at));
                let value =
                    *known.entry((number, (o.measure, book.is_nil(at)))).or_insert_with(|| {
                        values.push(Tables::default());
                        values.len() as u32 - 1
                    });
                values[value as usize].add(book.table_number(at));
                value
            })
            .collect();
        Self { book, names, values, said }
    }

    /// Whether another table speaks of the subject of an observation.
    pub(crate) fn is_named(&self, at: usize) -> bool {
        self.names[self.book.texts.subject(at)].several
    }

    /// Whether another table prints the same number of the same measure for it.
    pub(crate) fn is_said(&self, at: usize) -> bool {
        self.values.get(self.said[at] as usize).is_some_and(|tables| tables.several)
    }
}

/// Of each observation, whether another column of its row prints another value for the same thing: at
/// least one of the two heads was not understood.
pub(crate) fn twins(book: &Book<'_>) -> Vec<bool> {
    let mut twins = vec![false; book.extraction.observations.len()];
    for row in book.tables.iter().flat_map(|table| table.rows.values()) {
        for (i, &a) in row.iter().enumerate() {
            let x = book.get(a);
            // What a table counts by columns is told apart by what it counts.
            if x.measure == Measure::Jumlah {
                continue;
            }
            for &b in &row[i + 1..] {
                let y = book.get(b);
                let is_same = x.measure == y.measure
                    && x.column != y.column
                    && same_time(x, y)
                    && x.tahap == y.tahap
                    && book.value(a) != book.value(b)
                    && book.texts.name(a) == book.texts.name(b)
                    && book.texts.indicator(a) == book.texts.indicator(b)
                    && x.unit == y.unit;
                if is_same {
                    (twins[a], twins[b]) = (true, true);
                }
            }
        }
    }
    twins
}

/// Of each observation, whether another row of its column says something else of the same name: rows
/// whose names were not understood, mostly.
pub(crate) fn namesakes(book: &Book<'_>) -> Vec<bool> {
    let count = book.extraction.observations.len();
    let mut namesakes = vec![false; count];
    // Of each name with its parent and indicator, the column that had it last, and its first cell there.
    let mut firsts = vec![(0, 0); count];
    for (column, cells) in
        (1_u32..).zip(book.tables.iter().flat_map(|table| table.columns.values()))
    {
        for &at in cells {
            let first = &mut firsts[book.texts.trio(at)];
            if first.0 != column {
                *first = (column, at);
            } else if book.value(first.1) != book.value(at) {
                (namesakes[first.1], namesakes[at]) = (true, true);
            }
        }
    }
    namesakes
}

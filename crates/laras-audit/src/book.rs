//! An index of the numbers of a report: by table, row and column.
//!
//! It is made once and shared by every audit. What they ask of a number again and again stands beside it
//! as a plain value ([`Fact`]), so that numbers are compared without a look at their texts.

use std::cell::OnceCell;
use std::collections::hash_map::Entry;

use laras_model::{Decimal, Extraction, Measure, Observation, RowKind, Table, Value};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::grid::{Columns, Rows};
use crate::groups::Groups;
use crate::texts::Texts;

/// The numbers of a report, indexed. Observations are referred to by their position.
pub(crate) struct Book<'e> {
    pub(crate) extraction: &'e Extraction,
    pub(crate) tables: Vec<TableBook<'e>>,
    /// Names, parents and indicators.
    pub(crate) texts: Texts<'e>,
    facts: Vec<Fact>,
    /// The observations of each number, once asked for.
    by_value: OnceCell<Groups>,
}

/// The numbers of one table.
pub(crate) struct TableBook<'e> {
    pub(crate) table: &'e Table,
    /// Observations of each row that has some, by row.
    pub(crate) rows: Rows,
    /// Cells that hold one number, in the order of the rows, by column and measure.
    pub(crate) columns: Columns,
}

/// What is asked of an observation again and again.
struct Fact {
    number: Decimal,
    /// Without zeros at the end.
    plain: Decimal,
    /// Of equal numbers the same.
    value: u32,
    /// The table it stands in; [`NO_TABLE`] where that is not there.
    table: u32,
    is_nil: bool,
}

const NO_TABLE: u32 = u32::MAX;

impl<'e> Book<'e> {
    pub(crate) fn new(extraction: &'e Extraction) -> Self {
        let all = &extraction.observations;
        let mut facts = facts(all);
        let mut tables: Vec<TableBook<'e>> = extraction
            .tables
            .iter()
            .map(|table| TableBook { table, rows: Rows::default(), columns: Columns::default() })
            .collect();
        let by_id: FxHashMap<&str, usize> =
            extraction.tables.iter().enumerate().map(|(i, t)| (t.id.as_str(), i)).collect();
        // Of each table the stretches of its numbers: one, mostly.
        let mut stretches: Vec<Vec<usize>> = vec![Vec::new(); tables.len()];
        let mut start = 0;
        for of_one in all.chunk_by(|a, b| a.table == b.table) {
            let stretch = start..start + of_one.len();
            start = stretch.end;
            let Some(&table) = by_id.get(of_one[0].table.as_str()) else { continue };
            facts[stretch.clone()].iter_mut().for_each(|fact| fact.table = table as u32);
            stretches[table].extend(stretch);
        }
        for (table, numbers) in tables.iter_mut().zip(stretches) {
            table.columns = Columns::new(all, &numbers);
            table.rows = Rows::new(all, numbers);
        }
        Self { extraction, tables, texts: Texts::new(all), facts, by_value: OnceCell::new() }
    }

    pub(crate) fn get(&self, at: usize) -> &'e Observation {
        &self.extraction.observations[at]
    }

    /// The number of an observation; an explicit none counts as zero.
    pub(crate) fn number(&self, at: usize) -> Decimal {
        self.facts[at].number
    }

    /// The same number without zeros at the end.
    pub(crate) fn plain(&self, at: usize) -> Decimal {
        self.facts[at].plain
    }

    /// Which number it is, of equal ones the same; an explicit none is zero.
    pub(crate) fn value(&self, at: usize) -> u32 {
        self.facts[at].value
    }

    /// The observations of the same number, in their order.
    pub(crate) fn equals(&self, at: usize) -> impl Iterator<Item = usize> {
        let groups = self.by_value.get_or_init(|| {
            let of = self.facts.iter().enumerate().map(|(at, fact)| (fact.value as usize, at));
            // There are no more numbers than observations.
            Groups::new(self.facts.len(), of)
        });
        groups.of(self.value(at) as usize)
    }

    pub(crate) fn is_nil(&self, at: usize) -> bool {
        self.facts[at].is_nil
    }

    /// Which table an observation stands in.
    pub(crate) fn table_number(&self, at: usize) -> Option<usize> {
        let table = self.facts[at].table;
        (table != NO_TABLE).then_some(table as usize)
    }

    pub(crate) fn table(&self, at: usize) -> Option<&TableBook<'e>> {
        self.table_number(at).map(|table| &self.tables[table])
    }

    /// The folded name of an observation; one spelling for names that differ in a few letters.
    pub(crate) fn name(&self, at: usize) -> &str {
        self.texts.spelled(self.texts.subject(at))
    }
}

/// What is known of each observation by itself.
fn facts(all: &[Observation]) -> Vec<Fact> {
    let mut known: FxHashMap<(u64, u64), u32> =
        FxHashMap::with_capacity_and_hasher(all.len(), FxBuildHasher);
    all.iter()
        .map(|o| {
            let number = o.value.number().unwrap_or(Decimal::ZERO);
            let plain = number.normalized();
            // 96 bits of digits, a sign, and fewer than 32 decimals.
            let digits = plain.mantissa();
            let key = (digits as u64, (digits >> 64) as u64 ^ (u64::from(plain.scale()) << 40));
            let next = known.len() as u32;
            let value = match known.entry(key) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => *new.insert(next),
            };
            Fact { number, plain, value, table: NO_TABLE, is_nil: o.value == Value::Nil }
        })
        .collect()
}

/// Rank of a row's kind, outermost first.
pub(crate) fn depth(kind: RowKind) -> u8 {
    match kind {
        RowKind::Total => 0,
        RowKind::Subtotal => 1,
        RowKind::Sasaran => 2,
        RowKind::Program => 3,
        RowKind::Kegiatan => 4,
        RowKind::SubKegiatan => 5,
        _ => 6,
    }
}

/// Whether the observations are of the same subject, indicator, time and plan.
pub(crate) fn same_time(a: &Observation, b: &Observation) -> bool {
    (a.year, a.period, a.variant) == (b.year, b.period, b.variant)
}

/// Whether the row is a sum over others.
pub(crate) fn is_summary(kind: RowKind) -> bool {
    matches!(kind, RowKind::Total | RowKind::Subtotal)
}

/// Whether values of this kind can be added up: money and counts, never percents and scores.
pub(crate) fn is_additive(o: &Observation) -> bool {
    !matches!(o.measure, Measure::Serapan | Measure::Capaian | Measure::Nilai)
        && !matches!(o.unit.as_str(), "%" | "score")
}

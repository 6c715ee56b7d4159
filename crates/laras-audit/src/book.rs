//! An index of the numbers of a report: by table, row and column.

use std::collections::BTreeMap;

use laras_model::{Decimal, Extraction, Measure, Observation, RowKind, Table, Value};
use rustc_hash::FxHashMap;

use crate::texts::Texts;

/// The numbers of a report, indexed. Observations are referred to by their position.
pub(crate) struct Book<'e> {
    pub(crate) extraction: &'e Extraction,
    pub(crate) tables: Vec<TableBook<'e>>,
    /// Names, parents and indicators.
    pub(crate) texts: Texts<'e>,
    /// Of each observation, its number, as printed and without zeros at the end, and the table it
    /// stands in.
    numbers: Vec<Decimal>,
    plain: Vec<Decimal>,
    table_of: Vec<Option<u32>>,
}

/// The numbers of one table.
pub(crate) struct TableBook<'e> {
    pub(crate) table: &'e Table,
    /// Observations of each row that has some, by row.
    pub(crate) rows: Rows,
    /// Cells that hold one number, in the order of the rows, by column and measure.
    pub(crate) columns: BTreeMap<(u32, Measure), Vec<usize>>,
}

/// The observations of a table by their rows.
#[derive(Default)]
pub(crate) struct Rows {
    all: Vec<usize>,
    /// The rows that have some, and where the observations of each begin.
    starts: Vec<(u32, usize)>,
}

impl Rows {
    fn push(&mut self, row: u32, at: usize) {
        if self.starts.last().is_none_or(|(last, _)| *last != row) {
            self.starts.push((row, self.all.len()));
        }
        self.all.push(at);
    }

    /// Brings the rows in order, should they not stand so.
    fn sort(&mut self, observations: &[Observation]) {
        if !self.starts.is_sorted_by(|a, b| a.0 < b.0) {
            let mut all = std::mem::take(&mut self.all);
            all.sort_by_key(|at| observations[*at].row);
            self.starts.clear();
            for at in all {
                self.push(observations[at].row, at);
            }
        }
    }

    /// The observations of a row.
    pub(crate) fn get(&self, row: u32) -> Option<&[usize]> {
        let at = self.starts.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        Some(self.of(at))
    }

    fn of(&self, at: usize) -> &[usize] {
        let end = self.starts.get(at + 1).map_or(self.all.len(), |(_, start)| *start);
        &self.all[self.starts[at].1..end]
    }

    /// The rows with their observations.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &[usize])> {
        self.starts.iter().enumerate().map(|(at, (row, _))| (*row, self.of(at)))
    }

    /// The observations of each row.
    pub(crate) fn values(&self) -> impl Iterator<Item = &[usize]> {
        self.iter().map(|(_, row)| row)
    }
}

impl<'e> Book<'e> {
    pub(crate) fn new(extraction: &'e Extraction) -> Self {
        let mut by_id: FxHashMap<&str, u32> = FxHashMap::default();
        let mut tables: Vec<TableBook<'e>> = Vec::new();
        for table in &extraction.tables {
            by_id.insert(&table.id, tables.len() as u32);
            tables.push(TableBook { table, rows: Rows::default(), columns: BTreeMap::new() });
        }
        let all = &extraction.observations;
        let table_of: Vec<Option<u32>> =
            all.iter().map(|o| by_id.get(o.table.as_str()).copied()).collect();
        for (at, (o, table)) in all.iter().zip(&table_of).enumerate() {
            let Some(table) = table.map(|i| &mut tables[i as usize]) else { continue };
            table.rows.push(o.row, at);
            table.columns.entry((o.column, o.measure)).or_default().push(at);
        }
        for table in &mut tables {
            table.rows.sort(all);
        }
        for cells in tables.iter_mut().flat_map(|table| table.columns.values_mut()) {
            // A cell of several numbers is no term of an equation.
            let mut rows: Vec<u32> = cells.iter().map(|i| all[*i].row).collect();
            rows.sort_unstable();
            let count =
                |row: u32| rows.partition_point(|r| *r <= row) - rows.partition_point(|r| *r < row);
            cells.retain(|i| count(all[*i].row) == 1);
        }
        let numbers: Vec<Decimal> =
            all.iter().map(|o| o.value.number().unwrap_or(Decimal::ZERO)).collect();
        let plain = numbers.iter().map(|number| number.normalized()).collect();
        Self { extraction, tables, texts: Texts::new(all), numbers, plain, table_of }
    }

    pub(crate) fn get(&self, at: usize) -> &'e Observation {
        &self.extraction.observations[at]
    }

    /// The number of an observation; an explicit none counts as zero.
    pub(crate) fn number(&self, at: usize) -> Decimal {
        self.numbers[at]
    }

    /// The same number, quicker to look up: without zeros at the end.
    pub(crate) fn plain(&self, at: usize) -> Decimal {
        self.plain[at]
    }

    pub(crate) fn is_nil(&self, at: usize) -> bool {
        self.get(at).value == Value::Nil
    }

    /// Which table an observation stands in.
    pub(crate) fn table_number(&self, at: usize) -> Option<usize> {
        self.table_of[at].map(|table| table as usize)
    }

    pub(crate) fn table(&self, at: usize) -> Option<&TableBook<'e>> {
        self.table_number(at).map(|table| &self.tables[table])
    }

    /// The folded name of an observation; one spelling for names that differ in a few letters.
    pub(crate) fn name(&self, at: usize) -> &str {
        self.texts.spelled(self.texts.subject(at))
    }
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
    !matches!(o.unit.as_str(), "%" | "score")
        && !matches!(o.measure, Measure::Serapan | Measure::Capaian | Measure::Nilai)
}

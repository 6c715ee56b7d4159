//! An index of the numbers of a report: by table, row and column.
//!
//! It is made once and shared by every audit. What they ask of a number again and again stands beside it
//! as a plain value, so that numbers are compared without a look at their texts.

use std::cell::OnceCell;

use laras_model::{Decimal, Extraction, Measure, Observation, RowKind, Table};
use rustc_hash::FxHashMap;

use crate::grid::{Columns, Rows};
use crate::numbers::Numbers;
use crate::texts::{NameForms, Texts};

/// The numbers of a report, indexed. Observations are referred to by their position.
pub(crate) struct Book<'e> {
    pub(crate) extraction: &'e Extraction,
    pub(crate) tables: Vec<TableBook<'e>>,
    /// Names, parents and indicators.
    pub(crate) texts: Texts<'e>,
    numbers: Numbers,
    /// Of each observation the table it stands in; [`NO_TABLE`] where that is not there.
    table_of: Vec<u32>,
    name_forms: OnceCell<NameForms>,
}

/// The numbers of one table.
pub(crate) struct TableBook<'e> {
    pub(crate) table: &'e Table,
    /// Observations of each row that has some, by row.
    pub(crate) rows: Rows,
    /// Cells that hold one number, in the order of the rows, by column and measure.
    pub(crate) columns: Columns,
}

const NO_TABLE: u32 = u32::MAX;

impl<'e> Book<'e> {
    pub(crate) fn new(extraction: &'e Extraction) -> Self {
        let all = &extraction.observations;
        let mut table_of = vec![NO_TABLE; all.len()];
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
            table_of[stretch.clone()].fill(table as u32);
            stretches[table].extend(stretch);
        }
        for (table, numbers) in tables.iter_mut().zip(stretches) {
            table.columns = Columns::new(all, &numbers);
            table.rows = Rows::new(all, numbers);
        }
        let (texts, numbers) = (Texts::new(all), Numbers::new(all));
        Self { extraction, tables, texts, numbers, table_of, name_forms: OnceCell::new() }
    }

    pub(crate) fn get(&self, at: usize) -> &'e Observation {
        &self.extraction.observations[at]
    }

    /// The number of an observation; an explicit none counts as zero.
    pub(crate) fn number(&self, at: usize) -> Decimal {
        self.numbers.number(at)
    }

    /// Which number it is, of equal ones the same; an explicit none is zero.
    pub(crate) fn value(&self, at: usize) -> u32 {
        self.numbers.value(at)
    }

    pub(crate) fn is_nil(&self, at: usize) -> bool {
        self.numbers.is_nil(at)
    }

    /// Which numbers are equal to which.
    pub(crate) fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// The names of the extraction, folded.
    pub(crate) fn name_forms(&self) -> &NameForms {
        self.name_forms.get_or_init(|| NameForms::new(self.extraction))
    }

    /// Which table an observation stands in.
    pub(crate) fn table_number(&self, at: usize) -> Option<usize> {
        let table = self.table_of[at];
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

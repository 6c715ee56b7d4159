//! An index of the numbers of a report: by table, row and column.

use std::collections::BTreeMap;

use laras_model::{Decimal, Extraction, Measure, Observation, RowKind, Table, Value};

use crate::dress::fold;

/// The numbers of a report, indexed. Observations are referred to by their position.
pub(crate) struct Book<'e> {
    pub(crate) extraction: &'e Extraction,
    pub(crate) tables: Vec<TableBook<'e>>,
    /// Folded names of the observations, by position; one spelling for names that differ in a few
    /// letters.
    pub(crate) names: Vec<String>,
}

/// The numbers of one table.
pub(crate) struct TableBook<'e> {
    pub(crate) table: &'e Table,
    /// Observations of each row that has some, by row.
    pub(crate) rows: BTreeMap<u32, Vec<usize>>,
    /// Cells that hold one number, in the order of the rows, by column and measure.
    pub(crate) columns: BTreeMap<(u32, Measure), Vec<usize>>,
}

impl<'e> Book<'e> {
    pub(crate) fn new(extraction: &'e Extraction) -> Self {
        let names = one_spelling(
            &extraction.observations.iter().map(|o| fold(&o.name)).collect::<Vec<_>>(),
        );
        let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
        let mut tables: Vec<TableBook<'e>> = Vec::new();
        for table in &extraction.tables {
            by_id.insert(&table.id, tables.len());
            tables.push(TableBook { table, rows: BTreeMap::new(), columns: BTreeMap::new() });
        }
        for (at, o) in extraction.observations.iter().enumerate() {
            let Some(table) = by_id.get(o.table.as_str()).and_then(|i| tables.get_mut(*i)) else {
                continue;
            };
            table.rows.entry(o.row).or_default().push(at);
            table.columns.entry((o.column, o.measure)).or_default().push(at);
        }
        for table in &mut tables {
            for cells in table.columns.values_mut() {
                let rows: Vec<u32> =
                    cells.iter().map(|i| extraction.observations[*i].row).collect();
                let mut at = 0;
                // A cell of several numbers is no term of an equation.
                cells.retain(|_| {
                    let row = rows[at];
                    at += 1;
                    rows.iter().filter(|r| **r == row).count() == 1
                });
            }
        }
        Self { extraction, tables, names }
    }

    pub(crate) fn get(&self, at: usize) -> &'e Observation {
        &self.extraction.observations[at]
    }

    /// The number of an observation; an explicit none counts as zero.
    pub(crate) fn number(&self, at: usize) -> Decimal {
        self.get(at).value.number().unwrap_or(Decimal::ZERO)
    }

    pub(crate) fn is_nil(&self, at: usize) -> bool {
        self.get(at).value == Value::Nil
    }

    pub(crate) fn table(&self, at: usize) -> Option<&TableBook<'e>> {
        self.tables.iter().find(|t| t.table.id == self.get(at).table)
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

/// Least likeness of two spellings of one name.
const ALIKE: f64 = 0.93;

/// Gives names that differ only in a few letters the spelling that came first.
fn one_spelling(names: &[String]) -> Vec<String> {
    let mut known: Vec<(String, String)> = Vec::new();
    let mut spelling: BTreeMap<String, String> = BTreeMap::new();
    for name in names {
        if spelling.contains_key(name) {
            continue;
        }
        let bare: String = name.chars().filter(|c| *c != ' ').collect();
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let near = known.iter().find(|(other, _)| {
            other.len().abs_diff(bare.len()) * 14 <= bare.len()
                && digits(other) == digits(&bare)
                && strsim::normalized_levenshtein(other, &bare) >= ALIKE
        });
        let first = near.map_or_else(|| name.clone(), |(_, first)| first.clone());
        if near.is_none() {
            known.push((bare, name.clone()));
        }
        spelling.insert(name.clone(), first);
    }
    names.iter().map(|name| spelling.get(name).unwrap_or(name).clone()).collect()
}

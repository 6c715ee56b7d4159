//! The unit of a value: only where one is printed.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;

use laras_model::{Measure, Role, RowShape, SharedText};
use laras_number::States;
use laras_table::{CellKind, LogicalTable};

use crate::indicator::Indicators;
use crate::lists::is_in;
use crate::roles::ColumnRole;
use crate::words::words;

/// Where a physical value finds its unit, beside its own cell.
pub(crate) struct Units<'a> {
    table: &'a LogicalTable,
    roles: &'a [ColumnRole],
    /// The unit of the plain counts of each column, once it was looked for.
    counts: Vec<OnceCell<SharedText>>,
    /// The columns beside each column that may tell its unit, once they were looked for.
    neighbours: Vec<OnceCell<Vec<usize>>>,
    /// The Satuan column that serves each column, if the table has one.
    satuan: Vec<Option<usize>>,
    /// What was read last in such a column: its row, its column, and the unit.
    last_satuan: RefCell<(usize, usize, Option<SharedText>)>,
    pub(crate) indicators: Indicators,
}

impl<'a> Units<'a> {
    pub(crate) fn new(table: &'a LogicalTable, roles: &'a [ColumnRole]) -> Self {
        let is_unit = |c: &usize| roles[*c].role == Role::Unit;
        // The nearest to its left, else to its right.
        let satuan = |column: usize| {
            let left = (0..column).rev().find(is_unit);
            left.or_else(|| (column + 1..roles.len()).find(is_unit))
        };
        Self {
            table,
            roles,
            counts: vec![OnceCell::new(); roles.len()],
            neighbours: vec![OnceCell::new(); roles.len()],
            satuan: (0..roles.len()).map(satuan).collect(),
            last_satuan: RefCell::new((usize::MAX, usize::MAX, None)),
            indicators: Indicators::default(),
        }
    }

    /// The unit of a value in a column of a row, which its own cell does not print. `rows` are the
    /// value's own row and those that name its subject and its indicator.
    pub(crate) fn of(
        &self,
        rows: &[usize],
        column: usize,
        measure: Measure,
        indicator: &SharedText,
    ) -> SharedText {
        let role = &self.roles[column];
        let printed = |find: fn(&Self, usize, usize) -> Option<SharedText>| {
            let tried = |at: usize| rows[..at].contains(&rows[at]);
            (0..rows.len()).filter(|at| !tried(*at)).find_map(|at| find(self, rows[at], column))
        };
        if role.is_money && measure != Measure::Serapan {
            return SharedText::from("IDR");
        }
        if matches!(measure, Measure::Serapan | Measure::Capaian) {
            return SharedText::from("%");
        }
        if measure == Measure::Jumlah {
            return match printed(Self::satuan) {
                Some(unit) => unit,
                None => self.counts[column].get_or_init(|| self.count_unit(column)).clone(),
            };
        }
        let satuan = printed(Self::satuan);
        let is_score = self.indicators.said(indicator).is_score;
        if (is_score || measure == Measure::Nilai) && satuan.as_deref() != Some("%") {
            return SharedText::from("score");
        }
        if let Some(unit) = satuan.or_else(|| self.indicators.unit(indicator)) {
            return unit;
        }
        // A quarter's share of a target is counted as the target is, whatever stands over it.
        if role.head.period.is_none() && role.head.percent {
            return SharedText::from("%");
        }
        if !role.head.unit.is_empty() {
            return role.head.unit.as_str().into();
        }
        if let Some(unit) = printed(Self::neighbour) {
            return unit;
        }
        if role.head.percent {
            return SharedText::from("%");
        }
        if self.indicators.is_percent(indicator) {
            SharedText::from("%")
        } else {
            SharedText::default()
        }
    }

    /// The unit that the Satuan column prints for a value.
    fn satuan(&self, row: usize, column: usize) -> Option<SharedText> {
        let at = self.satuan[column]?;
        // It serves most values of its row.
        let mut last = self.last_satuan.borrow_mut();
        if (last.0, last.1) != (row, at) {
            *last = (row, at, self.read_satuan(row, at));
        }
        last.2.clone()
    }

    /// The unit that a Satuan column prints.
    fn read_satuan(&self, row: usize, at: usize) -> Option<SharedText> {
        let content = self.table.content(row, at as u32)?;
        if let Some(unit) = content
            .readings
            .best()
            .and_then(|b| b.unit.as_deref())
            .filter(|_| content.kind == CellKind::Quantity)
        {
            return Some(unit.into());
        }
        let text = self.table.table.rows[row].text(at as u32).trim().to_lowercase();
        if text.is_empty() || content.readings.states == States::None {
            return None;
        }
        Some(canonical(&text).map_or_else(|| text.into(), SharedText::from))
    }

    /// The unit that another value of the row prints for the same subject: `2 Keg` beside quarters
    /// without a unit. Values of the same group and measure come first.
    fn neighbour(&self, row: usize, column: usize) -> Option<SharedText> {
        let others = self.neighbours[column].get_or_init(|| self.neighbours_of(column));
        others.iter().find_map(|c| {
            self.table.content(row, *c as u32)?.readings.best()?.unit.as_deref().map(Into::into)
        })
    }

    /// The columns whose units may be those of a column, likeliest first.
    fn neighbours_of(&self, column: usize) -> Vec<usize> {
        let own = &self.roles[column];
        let mut others: Vec<usize> = (0..self.roles.len())
            .filter(|c| *c != column && self.roles[*c].role == Role::Measure)
            .filter(|c| !self.roles[*c].is_money)
            .filter(|c| {
                matches!(self.roles[*c].measure, Some(Measure::Target | Measure::Realisasi))
            })
            .collect();
        others.sort_by_key(|c| {
            let other = &self.roles[*c];
            (other.group != own.group, other.measure != own.measure, c.abs_diff(column))
        });
        others.retain(|c| self.names_between(*c, column) == 0);
        others
    }

    /// Columns of names or indicators between two columns: values across one are of another subject.
    fn names_between(&self, a: usize, b: usize) -> usize {
        let (from, to) = (a.min(b) + 1, a.max(b));
        let names = self.roles.get(from..to).unwrap_or_default();
        names.iter().filter(|r| matches!(r.role, Role::Name | Role::Indicator)).count()
    }

    /// The unit of a plain count: printed with other values of its column, or in its head.
    fn count_unit(&self, column: usize) -> SharedText {
        let head = &self.roles[column].head;
        if !head.unit.is_empty() {
            return head.unit.as_str().into();
        }
        if let Some(unit) = self.headed_unit(column) {
            return unit;
        }
        // A total counts what its parts count.
        if is_total_head(&self.roles[column].label) {
            let parts = (0..column).filter(|c| self.roles[*c].measure == Some(Measure::Jumlah));
            let units: BTreeSet<Option<SharedText>> = parts.map(|c| self.headed_unit(c)).collect();
            if let (1, Some(Some(unit))) = (units.len(), units.first()) {
                return unit.clone();
            }
        }
        let printed = self
            .table
            .table
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.shape == RowShape::Body)
            .filter_map(|(r, _)| {
                self.table.content(r, column as u32)?.readings.best()?.unit.as_deref()
            })
            // A last row of shares says nothing about the counts above it.
            .find(|unit| *unit != "%");
        printed.map(Into::into).unwrap_or_default()
    }

    /// What a head such as `Jumlah Dokumen` says is counted.
    fn headed_unit(&self, column: usize) -> Option<SharedText> {
        self.table.table.columns[column].path.iter().rev().find_map(|text| {
            let words = words(text);
            let [first, unit] = words.as_slice() else { return None };
            let counted = first == "jumlah" && !unit.bytes().any(|b| b.is_ascii_digit());
            counted.then(|| unit.clone())
        })
    }
}

/// Whether a head names nothing but a total.
pub(crate) fn is_total_head(label: &str) -> bool {
    let words = words(label);
    !words.is_empty() && words.iter().all(|w| is_in("sum", w))
}

/// What a printed unit means, if it is one that has several spellings.
pub(crate) fn canonical(unit: &str) -> Option<&'static str> {
    [("percent", "%"), ("score", "score"), ("rupiah", "IDR")]
        .into_iter()
        .find_map(|(list, canonical)| is_in(list, unit).then_some(canonical))
}

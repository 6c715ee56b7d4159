//! The unit of a value: only where one is printed.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use laras_model::{Measure, Role, RowShape, SharedText};
use laras_number::States;
use laras_table::{CellKind, LogicalTable};

use crate::head::closing_bracket;
use crate::lists::is_in;
use crate::phrases::{first_word, words};
use crate::roles::ColumnRole;

/// Where a physical value finds its unit, beside its own cell.
pub(crate) struct Units<'a> {
    table: &'a LogicalTable,
    roles: &'a [ColumnRole],
    /// The unit of the plain counts of each column, once it was looked for.
    counts: Vec<OnceCell<SharedText>>,
}

impl<'a> Units<'a> {
    pub(crate) fn new(table: &'a LogicalTable, roles: &'a [ColumnRole]) -> Self {
        Self { table, roles, counts: vec![OnceCell::new(); roles.len()] }
    }

    /// The unit of a value in a column of a row, which its own cell does not print. `rows` are the
    /// value's own row and those that name its subject and its indicator.
    pub(crate) fn of(
        &self,
        rows: &[usize],
        column: usize,
        measure: Measure,
        indicator: &str,
    ) -> SharedText {
        let role = &self.roles[column];
        let printed = |find: fn(&Self, usize, usize) -> Option<String>| {
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
                Some(unit) => unit.into(),
                None => self.counts[column].get_or_init(|| self.count_unit(column).into()).clone(),
            };
        }
        let satuan = printed(Self::satuan);
        if (is_score(indicator) || measure == Measure::Nilai) && satuan.as_deref() != Some("%") {
            return SharedText::from("score");
        }
        if let Some(unit) = satuan.or_else(|| indicator_unit(indicator)) {
            return unit.into();
        }
        // A quarter's share of a target is counted as the target is, whatever stands over it.
        if role.head.period.is_none() && role.head.percent {
            return SharedText::from("%");
        }
        if !role.head.unit.is_empty() {
            return role.head.unit.as_str().into();
        }
        if let Some(unit) = printed(Self::neighbour) {
            return unit.into();
        }
        if role.head.percent {
            return SharedText::from("%");
        }
        if begins_with_percent(indicator) { SharedText::from("%") } else { SharedText::default() }
    }

    /// The Satuan column that serves a value column: the nearest to its left, else to its right.
    fn satuan(&self, row: usize, column: usize) -> Option<String> {
        let is_unit = |c: &usize| self.roles[*c].role == Role::Unit;
        let at = (0..column)
            .rev()
            .find(is_unit)
            .or_else(|| (column + 1..self.roles.len()).find(is_unit))?;
        let content = self.table.content(row, at as u32)?;
        if let Some(unit) = content
            .readings
            .best()
            .and_then(|b| b.unit.as_deref())
            .filter(|_| content.kind == CellKind::Quantity)
        {
            return Some(unit.to_owned());
        }
        let text = self.table.table.rows[row].text(at as u32).trim().to_lowercase();
        if text.is_empty() || content.readings.states == States::None {
            return None;
        }
        Some(canonical(&text).map_or(text, str::to_owned))
    }

    /// The unit that another value of the row prints for the same subject: `2 Keg` beside quarters
    /// without a unit. Values of the same group and measure come first.
    fn neighbour(&self, row: usize, column: usize) -> Option<String> {
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
        others.into_iter().find_map(|c| {
            let unit = self.table.content(row, c as u32)?.readings.best()?.unit.clone()?;
            Some(unit.into_owned())
        })
    }

    /// Columns of names or indicators between two columns: values across one are of another subject.
    fn names_between(&self, a: usize, b: usize) -> usize {
        let (from, to) = (a.min(b) + 1, a.max(b));
        let names = self.roles.get(from..to).unwrap_or_default();
        names.iter().filter(|r| matches!(r.role, Role::Name | Role::Indicator)).count()
    }

    /// The unit of a plain count: printed with other values of its column, or in its head.
    fn count_unit(&self, column: usize) -> String {
        let head = &self.roles[column].head;
        if !head.unit.is_empty() {
            return head.unit.clone();
        }
        if let Some(unit) = self.headed_unit(column) {
            return unit;
        }
        // A total counts what its parts count.
        if is_total_head(&self.roles[column].label) {
            let parts = (0..column).filter(|c| self.roles[*c].measure == Some(Measure::Jumlah));
            let units: BTreeSet<Option<String>> = parts.map(|c| self.headed_unit(c)).collect();
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
                self.table.content(r, column as u32)?.readings.best()?.unit.clone()
            })
            // A last row of shares says nothing about the counts above it.
            .find(|unit| unit != "%");
        printed.map(std::borrow::Cow::into_owned).unwrap_or_default()
    }

    /// What a head such as `Jumlah Dokumen` says is counted.
    fn headed_unit(&self, column: usize) -> Option<String> {
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

/// The unit in an indicator's closing bracket.
fn indicator_unit(indicator: &str) -> Option<String> {
    let bracket = closing_bracket(indicator)?.trim().to_lowercase();
    let is_unit = bracket.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '/' | '.' | '%'))
        && bracket.split(' ').count() <= 2;
    // An abbreviation in capitals explains the indicator; it is no unit.
    let original = closing_bracket(indicator)?;
    let is_acronym = original.len() > 1 && original.chars().all(char::is_uppercase);
    if !is_unit || is_acronym {
        return None;
    }
    Some(canonical(&bracket).map_or(bracket, str::to_owned))
}

/// What a printed unit means, if it is one that has several spellings.
fn canonical(unit: &str) -> Option<&'static str> {
    [("percent", "%"), ("score", "score"), ("rupiah", "IDR")]
        .into_iter()
        .find_map(|(list, canonical)| is_in(list, unit).then_some(canonical))
}

/// Whether an indicator is an index or a score.
pub(crate) fn is_score(indicator: &str) -> bool {
    first_word(indicator).is_some_and(|w| is_in("scored", &w))
}

fn begins_with_percent(indicator: &str) -> bool {
    words(indicator).iter().take(2).any(|w| is_in("percent", w))
}

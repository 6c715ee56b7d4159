//! The unit of a value: only where one is printed.

use laras_model::{Measure, Role, RowShape};
use laras_number::States;
use laras_table::{CellKind, LogicalTable};

use crate::head::closing_bracket;
use crate::phrases::words;
use crate::roles::ColumnRole;

/// Where a physical value finds its unit, beside its own cell.
pub(crate) struct Units<'a> {
    table: &'a LogicalTable,
    roles: &'a [ColumnRole],
}

impl<'a> Units<'a> {
    pub(crate) fn new(table: &'a LogicalTable, roles: &'a [ColumnRole]) -> Self {
        Self { table, roles }
    }

    /// The unit of a value in a column of a row, which its own cell does not print.
    pub(crate) fn of(
        &self,
        row: usize,
        column: usize,
        measure: Measure,
        indicator: &str,
    ) -> String {
        let role = &self.roles[column];
        if role.is_money && measure != Measure::Serapan {
            return "IDR".to_owned();
        }
        if matches!(measure, Measure::Serapan | Measure::Capaian) {
            return "%".to_owned();
        }
        if measure == Measure::Jumlah {
            return self.count_unit(column);
        }
        if is_score(indicator) {
            return "score".to_owned();
        }
        if let Some(unit) = self.satuan(row, column) {
            return unit;
        }
        if let Some(unit) = indicator_unit(indicator) {
            return unit;
        }
        if role.head.percent {
            return "%".to_owned();
        }
        if !role.head.unit.is_empty() {
            return role.head.unit.clone();
        }
        if let Some(unit) = self.neighbour(row, column) {
            return unit;
        }
        if begins_with_percent(indicator) { "%".to_owned() } else { String::new() }
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
        Some(match text.as_str() {
            "persen" | "%" | "persentase" | "prosentase" => "%".to_owned(),
            "indeks" | "nilai" | "skor" | "predikat" | "poin" | "point" | "angka" => {
                "score".to_owned()
            }
            "rp" | "rupiah" => "IDR".to_owned(),
            _ => text,
        })
    }

    /// The unit that another value of the same row prints for the same subject: `2 Keg` beside
    /// quarters without a unit.
    fn neighbour(&self, row: usize, column: usize) -> Option<String> {
        let role = &self.roles[column];
        let others = (0..column).rev().chain(column + 1..self.roles.len());
        for c in others
            .filter(|c| self.roles[*c].role == Role::Measure && self.roles[*c].group == role.group)
        {
            let other = &self.roles[c];
            if other.is_money || other.measure != role.measure {
                continue;
            }
            let unit = self
                .table
                .content(row, c as u32)
                .and_then(|content| content.readings.best()?.unit.clone());
            if let Some(unit) = unit {
                return Some(unit.into_owned());
            }
        }
        None
    }

    /// The unit of a plain count: printed with other values of its column, or in its head.
    fn count_unit(&self, column: usize) -> String {
        let head = &self.roles[column].head;
        if !head.unit.is_empty() {
            return head.unit.clone();
        }
        let path = &self.table.table.columns[column].path;
        for text in path.iter().rev() {
            let words = words(text);
            if let [first, unit] = words.as_slice()
                && first == "jumlah"
                && !unit.bytes().any(|b| b.is_ascii_digit())
            {
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
            .find_map(|(r, _)| self.table.content(r, column as u32)?.readings.best()?.unit.clone());
        printed.map(std::borrow::Cow::into_owned).unwrap_or_default()
    }
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
    Some(match bracket.as_str() {
        "persen" | "%" => "%".to_owned(),
        "indeks" | "nilai" | "skor" | "predikat" => "score".to_owned(),
        _ => bracket,
    })
}

/// Whether an indicator is an index or a score.
pub(crate) fn is_score(indicator: &str) -> bool {
    words(indicator)
        .first()
        .is_some_and(|w| matches!(w.as_str(), "nilai" | "indeks" | "skor" | "predikat" | "index"))
}

fn begins_with_percent(indicator: &str) -> bool {
    words(indicator).iter().take(2).any(|w| {
        matches!(
            w.as_str(),
            "persentase" | "prosentase" | "persentasi" | "presentase" | "%" | "persen"
        )
    })
}

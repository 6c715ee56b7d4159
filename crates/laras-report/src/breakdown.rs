//! Counts parted in a column of remarks: `1 Baik, 2 Kurang Baik` beside a count of 3.
//!
//! A remark is data only where the table's own arithmetic says so: in most rows with several
//! pieces these add up to the row's count.

use std::sync::LazyLock;

use laras_model::{Decimal, Measure, Role, RowShape, SharedText};
use laras_table::LogicalTable;
use regex::Regex;

use crate::roles::ColumnRole;

/// One part of a count.
pub(crate) struct CountPart {
    pub(crate) value: Decimal,
    /// What is counted.
    pub(crate) label: SharedText,
    /// As printed.
    pub(crate) raw: SharedText,
}

/// The columns of remarks that part the counts of the table.
pub(crate) fn parting_columns(table: &LogicalTable, roles: &[ColumnRole]) -> Vec<usize> {
    let measured = |r: &ColumnRole| r.measure.is_some_and(|m| m != Measure::Jumlah);
    if roles.iter().any(measured) {
        return Vec::new();
    }
    (0..roles.len())
        .filter(|c| matches!(roles[*c].role, Role::Note | Role::Text))
        .filter(|c| adds_up(table, roles, *c))
        .collect()
}

/// Whether the parts in most rows that have several add up to a count of the row.
fn adds_up(table: &LogicalTable, roles: &[ColumnRole], column: usize) -> bool {
    let counts: Vec<usize> =
        (0..roles.len()).filter(|c| roles[*c].measure == Some(Measure::Jumlah)).collect();
    let (mut several, mut held) = (0, 0);
    for (r, row) in table.table.rows.iter().enumerate() {
        if row.shape != RowShape::Body {
            continue;
        }
        let parts = parts(row.text(column as u32));
        if parts.len() < 2 {
            continue;
        }
        several += 1;
        let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value));
        held += u32::from(sum.is_some() && counts.iter().any(|c| table.number(r, *c) == sum));
    }
    several >= 2 && held * 3 >= several * 2
}

/// The parts of a count that a text lists; empty where anything else stands in it.
pub(crate) fn parts(text: &str) -> Vec<CountPart> {
    static PART: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(\d{1,6})\s+(\p{L}[\p{L} /.-]*)$").expect("a constant pattern")
    });
    text.split(['\n', ',', ';'])
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .map(|piece| {
            let found = PART.captures(piece)?;
            Some(CountPart {
                value: found[1].parse().ok()?,
                label: found[2].trim().into(),
                raw: piece.into(),
            })
        })
        .collect::<Option<Vec<CountPart>>>()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_that_list_counts_are_parted() {
        let read = |text| -> Vec<(String, String)> {
            parts(text).into_iter().map(|p| (p.value.to_string(), p.label.to_string())).collect()
        };
        assert_eq!(
            read("1 Baik\n2 Kurang Baik"),
            [("1".into(), "Baik".into()), ("2".into(), "Kurang Baik".into())]
        );
        assert_eq!(read("4 baik, 1 rusak berat")[1], ("1".into(), "rusak berat".into()));
        assert!(read("Kurang Baik").is_empty() && read("2 unit hilang tahun 2019").is_empty());
    }
}

//! What a column of values decides for all of them: time, plan, and doubts.

use std::cell::OnceCell;

use laras_model::{Flag, Flags, Measure, Period, Role, SharedText, Tahap, Variant};

use crate::roles::{ColumnRole, resolved_year};
use crate::time::TableYear;
use crate::unit::is_total_head;
use crate::years::is_year;

/// What all values of a column have in common.
pub(crate) struct Column {
    pub(crate) year: Option<u16>,
    pub(crate) period: Option<Period>,
    pub(crate) variant: Option<Variant>,
    pub(crate) tahap: Option<Tahap>,
    /// Doubts about the column.
    pub(crate) flags: Flags,
    /// Whether it is expected, not realised.
    pub(crate) is_projected: bool,
    pub(crate) is_money: bool,
    /// What its head tells of the counts in a matrix.
    label: OnceCell<SharedText>,
}

impl Column {
    /// What its head tells of the counts in a matrix.
    pub(crate) fn count_label(&self, roles: &[ColumnRole], column: usize) -> SharedText {
        self.label.get_or_init(|| count_head(roles, column)).clone()
    }
}

/// What all values of each column have in common.
pub(crate) fn columns(
    roles: &[ColumnRole],
    table: TableYear,
    report_year: Option<u16>,
) -> Vec<Column> {
    let of_role = |role: &ColumnRole| {
        let (year, is_assumed) = year(role, table, report_year);
        let mut flags = Flags::NONE;
        if is_assumed {
            flags.insert(Flag::YearAssumed);
        }
        if role.guessed {
            flags.insert(Flag::RoleGuessed);
        }
        Column {
            year,
            // The year's target may stand under Satuan.
            period: if role.role == Role::Unit { None } else { role.period() },
            variant: role.variant(),
            tahap: role.tahap(),
            flags,
            is_projected: role.head.projected,
            is_money: role.is_money,
            label: OnceCell::new(),
        }
    };
    roles.iter().map(of_role).collect()
}

/// The year of a column's values, and whether it is only the report's.
fn year(role: &ColumnRole, table: TableYear, report_year: Option<u16>) -> (Option<u16>, bool) {
    if let Some(year) = resolved_year(role.head.year, report_year) {
        return (year, false);
    }
    match table {
        TableYear::Is(year) => (Some(year), false),
        TableYear::Span => (None, false),
        TableYear::NotSaid => (report_year, true),
    }
}

/// What the head of a column of counts tells of them, if there are several such columns.
fn count_head(roles: &[ColumnRole], c: usize) -> SharedText {
    let is_count = |role: &ColumnRole| role.measure == Some(Measure::Jumlah);
    let counts = roles.iter().filter(|role| is_count(role)).count();
    // The count itself, before the columns that part it.
    if is_total_head(&roles[c].label) && !roles[..c].iter().any(is_count) {
        return SharedText::default();
    }
    let label = roles[c].label.split_whitespace().collect::<Vec<_>>().join(" ");
    if counts < 2 || is_year(&label) { SharedText::default() } else { label.into() }
}

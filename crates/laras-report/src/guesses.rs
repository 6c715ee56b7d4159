//! Measures of columns whose heads name none: from equations, captions and the other columns.

use std::cell::OnceCell;

use laras_model::{Measure, ReportType, Role};
use laras_table::{Formula, LogicalTable};

use crate::head::HeadMeasure;
use crate::lists::is_in;
use crate::roles::ColumnRole;
use crate::shares::Shares;
use crate::words::{Word, words};
use crate::years::Year;

/// A column that is the sum of quarters measures what they do.
pub(crate) fn same_as_parts(table: &LogicalTable, roles: &mut [ColumnRole]) {
    for relation in &table.relations {
        let Formula::Sum(terms) = &relation.formula else { continue };
        let Some(first) = terms.first().and_then(|t| roles[*t].measure) else { continue };
        let quarters = terms
            .iter()
            .all(|t| roles[*t].measure == Some(first) && roles[*t].head.period.is_some());
        let result = &mut roles[relation.result];
        let vague = matches!(result.measure, None | Some(Measure::Jumlah));
        if quarters && vague && result.role == Role::Measure {
            result.measure = Some(first);
            result.head.period = None;
        }
    }
}

/// A column without a head that makes one plan of the other is the change between them.
pub(crate) fn find_changes(table: &LogicalTable, roles: &mut [ColumnRole]) {
    for relation in &table.relations {
        let Formula::Sum(terms) = &relation.formula else { continue };
        let [a, b] = terms[..] else { continue };
        for (before, change) in [(a, b), (b, a)] {
            let column = &roles[change];
            let unnamed = column.measure.is_none() && column.head.measure.is_none();
            let of_one_kind = roles[before].measure == Some(Measure::Pagu)
                && roles[relation.result].measure == Some(Measure::Pagu);
            if unnamed && of_one_kind && column.is_money && matches!(column.role, Role::Measure) {
                roles[change].measure = Some(Measure::Perubahan);
            }
        }
    }
}

/// Whole numbers under heads that name no measure are counts, in a table that has no other values.
pub(crate) fn guess_counts(
    table: &LogicalTable,
    roles: &mut [ColumnRole],
    shares: &[Shares],
    report: Option<ReportType>,
) {
    // Steps and their hours are no data.
    if matches!(report, Some(ReportType::Sop)) {
        return;
    }
    let others = roles.iter().any(|r| r.measure.is_some_and(|m| m != Measure::Jumlah));
    let counts = roles.iter().any(|r| r.measure == Some(Measure::Jumlah));
    let has_heads = table.table.columns.iter().any(|c| !c.path.is_empty());
    if counts && !others {
        adopt_counts(roles, shares);
    }
    for (c, role) in roles.iter_mut().enumerate() {
        if role.role != Role::Measure
            || role.measure.is_some()
            || role.head.measure == Some(HeadMeasure::Other)
        {
            continue;
        }
        // A last row of shares of the counts is part of such tables.
        let whole = shares[c].small + shares[c].quantities > 0
            && shares[c].amounts == 0
            && shares[c].percents * 3 <= shares[c].numbers;
        let dashes = shares[c].numbers == 0 && shares[c].values > 0;
        let has_head = table.table.columns.get(c).is_some_and(|column| !column.path.is_empty());
        if !others && has_head && (whole || (dashes && counts)) {
            role.measure = Some(Measure::Jumlah);
            role.guessed = !counts;
        } else if !has_heads && shares[c].amounts > 0 {
            role.measure = Some(Measure::Pagu);
            role.is_money = true;
            role.guessed = true;
        }
    }
    if !has_heads {
        headless_money(table, roles);
    }
}

/// Columns of values between the names and their total count what their heads say, whatever a head
/// such as `Pelaksana` means elsewhere.
fn adopt_counts(roles: &mut [ColumnRole], shares: &[Shares]) {
    let name = roles.iter().position(|r| r.role == Role::Name);
    let total = roles.iter().rposition(|r| r.measure == Some(Measure::Jumlah));
    let (Some(name), Some(total)) = (name, total) else { return };
    for c in name + 1..total {
        let is_other = matches!(roles[c].role, Role::Text | Role::Number | Role::Responsible);
        if is_other && shares[c].small > 0 && shares[c].values * 2 > shares[c].filled {
            roles[c].role = Role::Measure;
        }
    }
}

/// What the words around a table say its values are.
fn announced(table: &LogicalTable, heads: &HeadWords) -> Option<Measure> {
    let mut texts = vec![table.context.caption.as_str()];
    texts.extend(table.context.titles.iter().map(String::as_str));
    let said: Vec<Word> = texts.into_iter().flat_map(words).collect();
    let says = |name: &str| said.iter().any(|w| is_in(name, w));
    match (says(heads.planned), says(heads.achieved)) {
        (true, false) => Some(heads.plan),
        (false, true) => Some(heads.achievement),
        _ => None,
    }
}

/// Lists of words that announce plans and achievements, and the measures they stand for.
struct HeadWords {
    planned: &'static str,
    achieved: &'static str,
    plan: Measure,
    achievement: Measure,
}

const PHYSICAL: HeadWords = HeadWords {
    planned: "planned",
    achieved: "achieved",
    plan: Measure::Target,
    achievement: Measure::Realisasi,
};

const MONEY: HeadWords = HeadWords {
    planned: "budgeted",
    achieved: "spent",
    plan: Measure::Pagu,
    achievement: Measure::RealisasiAnggaran,
};

/// Amounts whose heads name at most a year or a plan (`Murni`, `2023`) are what the caption says.
pub(crate) fn guess_money(table: &LogicalTable, roles: &mut [ColumnRole], shares: &[Shares]) {
    let named = roles.iter().any(|r| r.is_money && r.measure.is_some());
    if named {
        return;
    }
    let caption = OnceCell::new();
    for (role, shares) in roles.iter_mut().zip(shares) {
        let open = role.role == Role::Measure && role.measure.is_none();
        if !open || !role.is_money || role.head.measure.is_some() || shares.amounts == 0 {
            continue;
        }
        let caption = *caption.get_or_init(|| announced(table, &MONEY));
        if role.head.variant.is_some() {
            role.measure = Some(caption.unwrap_or(Measure::Pagu));
        } else if let Some(measure) = caption {
            role.measure = Some(measure);
            role.guessed = role.head.year == Year::NotSaid;
        }
    }
}

/// Values beside indicators under heads that name at most a year are targets in a plan and
/// achievements in a report, as the caption says or else the kind of report.
pub(crate) fn guess_targets(
    table: &LogicalTable,
    roles: &mut [ColumnRole],
    report: Option<ReportType>,
) {
    let indicated = roles.iter().any(|r| r.role == Role::Indicator);
    if !indicated || roles.iter().any(|r| r.measure.is_some_and(|m| !m.is_money())) {
        return;
    }
    let caption = announced(table, &PHYSICAL);
    let kind = match report {
        Some(ReportType::Lakip | ReportType::Lkip | ReportType::Lkj) => Some(Measure::Realisasi),
        Some(
            ReportType::PerjanjianKinerja
            | ReportType::Renja
            | ReportType::Rkt
            | ReportType::RencanaAksi
            | ReportType::Renstra
            | ReportType::Iku,
        ) => Some(Measure::Target),
        _ => None,
    };
    let Some(measure) = caption.or(kind) else { return };
    for role in roles.iter_mut() {
        let open = role.role == Role::Measure && role.measure.is_none() && !role.is_money;
        if open && role.head.measure.is_none() && role.head.year != Year::NotSaid {
            role.measure = Some(measure);
            role.guessed = caption.is_none();
        }
    }
}

/// Without heads, two columns of money and their percent are budget, spending and absorption.
fn headless_money(table: &LogicalTable, roles: &mut [ColumnRole]) {
    for relation in &table.relations {
        let Formula::Percent { part, whole } = relation.formula else { continue };
        if roles[part].is_money && roles[whole].is_money {
            roles[whole].measure = Some(Measure::Pagu);
            roles[part].measure = Some(Measure::RealisasiAnggaran);
            roles[relation.result].measure = Some(Measure::Serapan);
            roles[relation.result].guessed = true;
        }
    }
}

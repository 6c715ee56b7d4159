//! The measure of a column of values: its head, the columns around it and its equations.

use laras_model::{Measure, Period, Role};
use laras_table::{Formula, LogicalTable};

use crate::head::HeadMeasure;
use crate::roles::{ColumnRole, last_is_percent};
use crate::shares::Shares;
use crate::words::words;

/// The measure of a value column.
pub(crate) fn measure(
    table: &LogicalTable,
    roles: &[ColumnRole],
    shares: &[Shares],
    c: usize,
) -> Option<Measure> {
    let role = &roles[c];
    let named = match role.head.measure {
        Some(HeadMeasure::Other) => return None,
        Some(HeadMeasure::Is(Measure::Target)) if role.head.capaian_target => {
            let percents = shares[c].percents * 2 > shares[c].numbers;
            // Nothing is achieved yet at the end of a plan.
            let to_come = role.head.period == Some(Period::AkhirRenstra);
            Some(if percents && !to_come && targets_elsewhere(roles, c) {
                Measure::Capaian
            } else {
                Measure::Target
            })
        }
        Some(HeadMeasure::Is(measure)) => Some(measure),
        None => None,
    };
    let outer = match role.head.outer_measure {
        Some(HeadMeasure::Is(measure)) => Some(measure),
        _ => None,
    };
    let named = named.or_else(|| quarter_measure(table, roles, c));
    // Percents without any head, in no equation, could be of anything.
    let headless = table.table.columns[c].path.is_empty() && !has_relation(table, c);
    if headless && named.is_none() && !role.is_money {
        return None;
    }
    let percents = last_is_percent(role)
        || (named.is_none() && (role.head.percent || shares[c].percents * 2 > shares[c].numbers));
    if named == Some(Measure::Perubahan) || outer == Some(Measure::Perubahan) {
        return Some(Measure::Perubahan);
    }
    if percents || named == Some(Measure::Serapan) {
        if named == Some(Measure::Target) && !last_is_percent(role) {
            return named;
        }
        return Some(percent_measure(table, roles, c));
    }
    if role.is_money {
        return Some(match (named, outer) {
            (Some(Measure::Realisasi | Measure::RealisasiAnggaran), _) => {
                Measure::RealisasiAnggaran
            }
            (Some(Measure::Capaian), _) if role.head.percent => Measure::Serapan,
            (Some(Measure::Capaian), _)
            | (
                Some(Measure::Pagu | Measure::Jumlah) | None,
                Some(Measure::Realisasi | Measure::RealisasiAnggaran),
            ) => Measure::RealisasiAnggaran,
            _ if named.is_none() && outer.is_none() && !role.head.money => return None,
            _ => Measure::Pagu,
        });
    }
    match named? {
        Measure::Jumlah if role.head.volume && has_target(roles) => Some(Measure::Target),
        Measure::Capaian => {
            // `Capaian` over a rupiah column of a K/Rp pair is an absorption rate.
            let rupiah = role.head.money && role.head.percent;
            let of_money = matches!(percent_measure(table, roles, c), Measure::Serapan);
            let alone = !roles.iter().enumerate().any(|(o, r)| {
                o != c && r.head.measure == Some(HeadMeasure::Is(Measure::Realisasi))
            });
            if rupiah || (of_money && outer.is_none()) {
                Some(Measure::Serapan)
            } else if alone
                && outer.is_none()
                && !has_relation(table, c)
                && is_beside_target(roles, c)
                && shares[c].percents == 0
            {
                Some(Measure::Realisasi)
            } else {
                Some(Measure::Capaian)
            }
        }
        // `Anggaran` over small numbers: a physical target under a head of money.
        Measure::Pagu if shares[c].percents + shares[c].quantities > 0 => Some(Measure::Target),
        Measure::Pagu | Measure::RealisasiAnggaran
            if shares[c].numbers > 0 && shares[c].amounts == 0 && !role.head.money =>
        {
            Some(if named == Some(Measure::Pagu) {
                Measure::Pagu
            } else {
                Measure::RealisasiAnggaran
            })
        }
        other => Some(other),
    }
}

/// What a column of quarters without a measure of its own is about: the caption says it, else the
/// target column on its left.
fn quarter_measure(table: &LogicalTable, roles: &[ColumnRole], c: usize) -> Option<Measure> {
    roles[c].head.period?;
    let caption = words(&table.table.caption);
    let says = |word: &str| caption.iter().any(|w| w == word);
    if says("realisasi") && !says("target") {
        return Some(Measure::Realisasi);
    }
    let left = roles[..c]
        .iter()
        .rev()
        .find(|r| r.role == Role::Measure && r.head.period.is_none() && r.head.measure.is_some());
    match left.and_then(|r| r.head.measure) {
        Some(HeadMeasure::Is(
            measure @ (Measure::Target
            | Measure::Realisasi
            | Measure::Pagu
            | Measure::RealisasiAnggaran),
        )) => Some(measure),
        _ => Some(Measure::Target),
    }
}

/// Whether as many other columns are plainly the targets.
fn targets_elsewhere(roles: &[ColumnRole], c: usize) -> bool {
    let is_target = |r: &&ColumnRole| {
        r.head.measure == Some(HeadMeasure::Is(Measure::Target))
            && !r.is_money
            && r.head.variant == roles[c].head.variant
    };
    let (of_capaian, plain): (Vec<_>, Vec<_>) =
        roles.iter().filter(is_target).partition(|r| r.head.capaian_target);
    plain.len() >= of_capaian.len()
}

/// Whether a table sets targets: it prints indicators, targets or money.
fn has_target(roles: &[ColumnRole]) -> bool {
    roles.iter().any(|r| {
        r.role == Role::Indicator
            || r.is_money
            || r.head.measure == Some(HeadMeasure::Is(Measure::Target))
    })
}

fn is_beside_target(roles: &[ColumnRole], c: usize) -> bool {
    c > 0 && roles[c - 1].head.measure == Some(HeadMeasure::Is(Measure::Target))
}

fn has_relation(table: &LogicalTable, c: usize) -> bool {
    table.relations.iter().any(|r| r.result == c && matches!(r.formula, Formula::Percent { .. }))
}

/// Whether a percent is one of money or of performance: its equation says it, else its head, else
/// the values it stands beside.
fn percent_measure(table: &LogicalTable, roles: &[ColumnRole], c: usize) -> Measure {
    for relation in table.relations.iter().filter(|r| r.result == c) {
        if let Formula::Percent { part, whole } = relation.formula {
            return if roles[part].is_money && roles[whole].is_money {
                Measure::Serapan
            } else {
                Measure::Capaian
            };
        }
    }
    let role = &roles[c];
    if role.head.physical {
        return Measure::Capaian;
    }
    let says = |measure: Measure| {
        [role.head.measure, role.head.outer_measure].contains(&Some(HeadMeasure::Is(measure)))
    };
    if says(Measure::Serapan)
        || says(Measure::Pagu)
        || says(Measure::RealisasiAnggaran)
        || (role.head.money && role.head.percent)
    {
        return Measure::Serapan;
    }
    let left: Vec<&ColumnRole> =
        roles[..c].iter().rev().filter(|r| r.role == Role::Measure).take(2).collect();
    if left.len() == 2 && left.iter().all(|r| r.is_money) {
        Measure::Serapan
    } else {
        Measure::Capaian
    }
}

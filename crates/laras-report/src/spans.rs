//! Periods and plans that only the columns of a table together can tell.

use laras_model::{Measure, Period, Role, Variant};

use crate::head::Year;
use crate::roles::ColumnRole;

/// `s/d 2021` is last year's or this year's depending on the table's other columns; a Renstra target
/// of one later year is that of its end.
pub(crate) fn settle_spans(
    roles: &mut [ColumnRole],
    paths: &[&Vec<String>],
    report_year: Option<u16>,
) {
    let year = |role: &ColumnRole| match role.head.year {
        Year::Is(year) => Some(year),
        _ => None,
    };
    let through: Vec<u16> = roles.iter().filter(|r| r.head.through_year).filter_map(year).collect();
    let plain = roles
        .iter()
        .filter(|r| r.measure.is_some() && r.head.period.is_none() && !r.head.of_renstra)
        .filter_map(year)
        .min()
        .or(report_year);
    let (first, last) = (through.iter().min().copied(), through.iter().max().copied());
    for role in roles.iter_mut().filter(|r| r.head.through_year) {
        let own = year(role);
        let before_others = first < last && own == first;
        let before_plain =
            matches!((own, plain), (Some(own), Some(plain)) if own < plain) && first == last;
        if before_others || before_plain {
            role.head.period = Some(Period::SdLalu);
        }
    }
    for c in 0..roles.len() {
        let Some(own) = year(&roles[c]).filter(|_| roles[c].head.of_renstra) else { continue };
        let later = plain.is_none_or(|y| own > y);
        let group_year =
            |o: usize| paths[o].first() == paths[c].first() && year(&roles[o]) != Some(own);
        let alone = !(0..roles.len()).any(group_year);
        let is_target = matches!(roles[c].measure, Some(Measure::Target | Measure::Pagu));
        if later && alone && is_target && roles[c].head.period.is_none() {
            roles[c].head.period = Some(Period::AkhirRenstra);
        }
    }
}

/// A plan variant only counts where two plans stand side by side.
pub(crate) fn single_variant(roles: &mut [ColumnRole]) {
    let mut variants: Vec<Variant> =
        roles.iter().filter(|r| r.role == Role::Measure).filter_map(|r| r.head.variant).collect();
    variants.sort_unstable();
    variants.dedup();
    let unmarked = roles.iter().any(|r| {
        r.role == Role::Measure && r.head.variant.is_none() && r.measure == Some(Measure::Pagu)
    });
    let original = variants.iter().any(|v| matches!(v, Variant::Murni | Variant::AwalRkpd));
    if variants.len() < 2 && !(variants.len() == 1 && unmarked && original) {
        for role in roles.iter_mut() {
            role.head.variant = None;
        }
    }
    for role in roles.iter_mut() {
        // A difference column of twin plans belongs to neither.
        if role.measure == Some(Measure::Perubahan) {
            role.head.variant = None;
        }
    }
}

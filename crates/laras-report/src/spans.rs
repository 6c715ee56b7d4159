//! Periods and plans that only the columns of a table together can tell.

use laras_model::{Measure, Period, Role, Variant};
use laras_table::{Formula, LogicalTable};

use crate::printed_formulas::PrintedFormulas;
use crate::roles::ColumnRole;
use crate::words::words;
use crate::years::{Year, is_year};

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
    // Two columns of one measure through one year: the one before the year's own figures is that up
    // to the year before, whatever year its head prints.
    for c in 0..roles.len() {
        let is_same = |other: &ColumnRole| {
            other.head.through_year
                && other.head.period == Some(Period::SdIni)
                && other.measure == roles[c].measure
                && year(other) == year(&roles[c])
        };
        let is_plain = |other: &ColumnRole| other.measure.is_some() && other.head.period.is_none();
        let Some(next) = (c + 1..roles.len()).find(|o| is_same(&roles[*o])) else { continue };
        if roles[c].measure.is_some()
            && is_same(&roles[c])
            && roles[c + 1..next].iter().any(is_plain)
        {
            roles[c].head.period = Some(Period::SdLalu);
        }
    }
    for c in 0..roles.len() {
        let Some(own) = year(&roles[c]).filter(|_| roles[c].head.of_renstra) else { continue };
        let later = plain.is_none_or(|y| own > y);
        let group_year = |o: usize| {
            paths[o].first() == paths[c].first()
                && roles[o].measure == roles[c].measure
                && year(&roles[o]) != Some(own)
        };
        let alone = !(0..roles.len()).any(group_year);
        let is_target = matches!(roles[c].measure, Some(Measure::Target | Measure::Pagu));
        if later && alone && is_target && roles[c].head.period.is_none() {
            roles[c].head.period = Some(Period::AkhirRenstra);
        }
    }
}

/// A change between two years that the head names, in either order, is that of the later one.
pub(crate) fn years_of_changes(roles: &mut [ColumnRole]) {
    for role in roles.iter_mut().filter(|r| r.measure == Some(Measure::Perubahan)) {
        let named = words(&role.label).into_iter().filter(|word| is_year(word));
        if let Some(last) = named.filter_map(|word| word.parse().ok()).max() {
            role.head.year = Year::Is(last);
        }
    }
}

/// A column computed from columns of one year is of that year, where its own head says none.
pub(crate) fn years_of_computed(
    table: &LogicalTable,
    formulas: &PrintedFormulas,
    roles: &mut [ColumnRole],
) {
    for c in 0..roles.len() {
        if roles[c].head.year != Year::NotSaid || roles[c].measure.is_none() {
            continue;
        }
        let mut years =
            computed_from(table, formulas, c).into_iter().map(|term| roles[term].head.year);
        if let Some(year @ (Year::Is(_) | Year::Relative(_))) = years.next()
            && years.all(|other| other == year)
        {
            roles[c].head.year = year;
        }
    }
}

/// The columns that a column is computed from, as its head prints or its values show.
fn computed_from(table: &LogicalTable, formulas: &PrintedFormulas, c: usize) -> Vec<usize> {
    if let Some(terms) = formulas.terms(c) {
        return terms.to_vec();
    }
    match table.relations.iter().find(|relation| relation.result == c).map(|r| &r.formula) {
        Some(Formula::Percent { part, whole }) => vec![*part, *whole],
        Some(Formula::Sum(terms)) => terms.clone(),
        None => Vec::new(),
    }
}

/// A plan variant only counts where two plans stand side by side.
pub(crate) fn single_variant(roles: &mut [ColumnRole]) {
    let said = |roles: &[ColumnRole]| {
        let of_measure = roles.iter().filter(|r| r.role == Role::Measure);
        let mut variants: Vec<Variant> = of_measure.filter_map(|r| r.head.variant).collect();
        variants.sort_unstable();
        variants.dedup();
        variants
    };
    // A letter tells a plan from another, but says nothing alone.
    if said(roles).len() < 2 {
        for role in roles.iter_mut().filter(|r| r.head.variant_by_letter) {
            role.head.variant = None;
        }
    }
    let variants = said(roles);
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

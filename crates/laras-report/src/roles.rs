//! What each column of a table holds: head words, kinds of values and equations decide together.

use laras_model::{Decimal, Measure, Period, Role, RoleGuess, RowShape, Tahap, Variant};
use laras_table::{CellKind, Formula, LogicalTable};

use crate::head::{self, Head, HeadMeasure, Year};
use crate::levels::{Levels, levels_of};
use crate::phrases::words;

/// A column and everything decided about it.
#[derive(Clone, Debug)]
pub(crate) struct ColumnRole {
    pub(crate) role: Role,
    pub(crate) measure: Option<Measure>,
    /// Money, as against percents, counts and scores.
    pub(crate) is_money: bool,
    pub(crate) head: Head,
    /// Columns under one outermost head share a group; a column alone has none.
    pub(crate) group: Option<usize>,
    /// For columns of names, which levels its names can have.
    pub(crate) levels: Levels,
    /// Whether the measure rests on weak evidence.
    pub(crate) guessed: bool,
    /// Innermost head that tells one value column of a matrix from the next.
    pub(crate) label: String,
    pub(crate) candidates: Vec<RoleGuess>,
}

impl ColumnRole {
    pub(crate) fn period(&self) -> Option<Period> {
        self.head.period
    }

    pub(crate) fn variant(&self) -> Option<Variant> {
        self.head.variant
    }

    pub(crate) fn tahap(&self) -> Option<Tahap> {
        self.head.tahap.filter(|_| self.measure == Some(Measure::Pagu))
    }
}

/// How the cells of a column divide by kind.
#[derive(Clone, Copy, Debug, Default)]
struct Shares {
    filled: usize,
    values: usize,
    numbers: usize,
    amounts: usize,
    percents: usize,
    small: usize,
    texts: usize,
    ordinals: usize,
    codes: usize,
    quantities: usize,
}

fn shares(table: &LogicalTable, column: usize) -> Shares {
    let mut shares = Shares::default();
    for (r, row) in table.table.rows.iter().enumerate() {
        if !matches!(row.shape, RowShape::Body | RowShape::Section) {
            continue;
        }
        let Some(content) = table.content(r, column as u32) else { continue };
        let zero = table.number(r, column).is_some_and(Decimal::is_zero);
        shares.filled += 1;
        match content.kind {
            CellKind::Blank => shares.filled -= 1,
            CellKind::Nil | CellKind::Quarter => shares.values += 1,
            CellKind::Amount => {
                shares.values += 1;
                shares.numbers += 1;
                // Hundreds of thousands can be people; millions and `Rp` are money.
                let unit =
                    content.readings.best().is_some_and(|b| b.unit.as_deref() == Some("IDR"));
                let large =
                    table.number(r, column).is_some_and(|v| v.abs() >= Decimal::from(MILLION));
                if unit || large {
                    shares.amounts += 1;
                } else {
                    shares.small += 1;
                }
            }
            CellKind::Percent => {
                shares.values += 1;
                shares.numbers += 1;
                shares.percents += 1;
            }
            CellKind::Decimal | CellKind::Integer => {
                shares.values += 1;
                // Zero stands in every column of values and tells nothing.
                if !zero {
                    shares.numbers += 1;
                    shares.small += 1;
                }
            }
            CellKind::Quantity => {
                shares.values += 1;
                shares.numbers += 1;
                shares.quantities += 1;
            }
            CellKind::Ordinal => shares.ordinals += 1,
            CellKind::Code => shares.codes += 1,
            _ => shares.texts += 1,
        }
    }
    shares
}

/// From here on a bare number is taken for money.
const MILLION: i64 = 1_000_000;

/// Decides the roles of all columns.
pub(crate) fn roles(table: &LogicalTable, report_year: Option<u16>) -> Vec<ColumnRole> {
    let paths: Vec<&Vec<String>> = table.table.columns.iter().map(|c| &c.path).collect();
    let shares: Vec<Shares> = (0..paths.len()).map(|c| shares(table, c)).collect();
    let mut roles: Vec<ColumnRole> = paths
        .iter()
        .enumerate()
        .map(|(c, path)| {
            let head = head::read(path);
            let role = first_role(c, &head, &shares[c], path);
            ColumnRole {
                role,
                measure: None,
                is_money: is_money(&head, &shares[c]),
                group: group(&paths, c),
                levels: levels_of(path),
                guessed: false,
                label: path.last().cloned().unwrap_or_default(),
                candidates: candidates(&head),
                head,
            }
        })
        .collect();
    find_names(&mut roles, &shares);
    spread_money(&mut roles, &shares);
    for c in 0..roles.len() {
        if roles[c].role == Role::Measure {
            roles[c].measure = measure(table, &roles, &shares, c);
        }
    }
    same_as_parts(table, &mut roles);
    guess_counts(table, &mut roles, &shares);
    for role in &mut roles {
        if role.role == Role::Measure && role.measure.is_none() {
            role.role = Role::Unknown;
        }
    }
    settle_spans(&mut roles, &paths, report_year);
    single_variant(&mut roles);
    roles
}

fn candidates(head: &Head) -> Vec<RoleGuess> {
    let all: f64 = head.roles.iter().map(|(_, weight)| weight).sum::<f64>().max(1.0);
    head.roles
        .iter()
        .take(3)
        .map(|(role, weight)| RoleGuess { role: *role, measure: None, weight: weight / all })
        .collect()
}

fn first_role(column: usize, head: &Head, shares: &Shares, path: &[String]) -> Role {
    let named = head.roles.first().copied();
    let mostly = |count: usize| shares.filled > 0 && count * 2 >= shares.filled;
    if let Some((Role::Number, weight)) = named
        && (weight >= 1.5 || column == 0)
        && head.measure.is_none()
    {
        return Role::Number;
    }
    if column == 0
        && mostly(shares.ordinals + shares.small)
        && shares.amounts == 0
        && head.measure.is_none()
        && shares.ordinals > 0
    {
        return Role::Number;
    }
    if mostly(shares.codes) || matches!(named, Some((Role::Code, _))) {
        return Role::Code;
    }
    if let Some((Role::Unit, _)) = named {
        return Role::Unit;
    }
    let announced = head.measure.is_some() || head.period.is_some() || head.money || head.physical;
    let valued = shares.values > 0
        && (mostly(shares.values) || (announced && shares.values * 4 >= shares.filled));
    let empty = shares.filled == 0;
    if valued {
        let words_only = head.measure.is_none()
            && !head.money
            && !head.percent
            && !head.physical
            && head.period.is_none();
        return match named {
            // Numbers under a head of words: list numbers that lost their head, not values.
            Some((Role::Note | Role::Responsible | Role::Location | Role::Source, _))
                if words_only =>
            {
                Role::Text
            }
            Some((Role::Name | Role::Indicator, _))
                if words_only && shares.amounts + shares.percents == 0 =>
            {
                Role::Number
            }
            _ => Role::Measure,
        };
    }
    match named {
        Some((role, _)) if shares.texts > 0 || empty => {
            let measured = head.measure.is_some_and(|m| matches!(m, HeadMeasure::Is(_)));
            if empty && measured && !matches!(role, Role::Name | Role::Indicator) {
                Role::Measure
            } else {
                role
            }
        }
        _ if empty && (head.measure.is_some() || head.money || head.percent) => Role::Measure,
        _ if empty && path.is_empty() => Role::Unknown,
        _ => Role::Text,
    }
}

/// Columns that share their outermost head with a neighbour.
fn group(paths: &[&Vec<String>], column: usize) -> Option<usize> {
    let own = paths[column].first()?;
    let mut start = column;
    while start > 0 && paths[start - 1].first() == Some(own) {
        start -= 1;
    }
    let shared =
        start < column || paths.get(column + 1).is_some_and(|next| next.first() == Some(own));
    shared.then_some(start)
}

fn is_money(head: &Head, shares: &Shares) -> bool {
    if head.physical
        || shares.percents * 2 > shares.numbers.max(1)
        || shares.quantities * 2 > shares.numbers.max(1)
    {
        return false;
    }
    if shares.amounts > 0 && shares.amounts * 2 >= shares.numbers {
        return true;
    }

    head.money && !head.percent
        || matches!(head.measure, Some(HeadMeasure::Is(Measure::Pagu | Measure::RealisasiAnggaran)))
}

/// Columns of zeros and dashes are money where their neighbours under the same head are.
fn spread_money(roles: &mut [ColumnRole], shares: &[Shares]) {
    for c in 0..roles.len() {
        if roles[c].role != Role::Measure
            || roles[c].is_money
            || shares[c].numbers > 0
            || roles[c].head.physical
            || roles[c].head.percent
        {
            continue;
        }
        let alike = |o: &usize| {
            *o < roles.len()
                && roles[*o].role == Role::Measure
                && roles[*o].group == roles[c].group
                && roles[c].group.is_some()
        };
        let near = [c.wrapping_sub(1), c + 1];
        let money = near.iter().filter(|o| alike(o)).any(|o| roles[*o].is_money);
        let says_percent = last_is_percent(&roles[c]);
        if money && !says_percent {
            roles[c].is_money = true;
        }
    }
}

/// Whether the innermost head is nothing but a percent sign.
fn last_is_percent(role: &ColumnRole) -> bool {
    let words = words(&role.label);
    !words.is_empty()
        && words.iter().all(|w| matches!(w.as_str(), "%" | "persen" | "persentase" | "prosentase"))
}

/// A table needs names: if no head says which column holds them, the widest column of words does.
fn find_names(roles: &mut [ColumnRole], shares: &[Shares]) {
    let has = |roles: &[ColumnRole], role: Role| roles.iter().any(|r| r.role == role);
    if has(roles, Role::Name) || has(roles, Role::Indicator) {
        return;
    }
    let best = (0..roles.len())
        .filter(|c| matches!(roles[*c].role, Role::Text | Role::Unknown) && shares[*c].texts > 0)
        .max_by_key(|c| (shares[*c].texts, usize::MAX - *c));
    if let Some(best) = best {
        roles[best].role = Role::Name;
        roles[best].guessed = true;
    }
}

/// The measure of a value column.
fn measure(
    table: &LogicalTable,
    roles: &[ColumnRole],
    shares: &[Shares],
    c: usize,
) -> Option<Measure> {
    let role = &roles[c];
    let named = match role.head.measure {
        Some(HeadMeasure::Other) => return None,
        Some(HeadMeasure::Is(measure)) => Some(measure),
        None => None,
    };
    let outer = match role.head.outer_measure {
        Some(HeadMeasure::Is(measure)) => Some(measure),
        _ => None,
    };
    let named = named.or_else(|| quarter_measure(table, roles, c));
    let percents =
        last_is_percent(role) || (shares[c].percents * 2 > shares[c].numbers && named.is_none());
    if named == Some(Measure::Perubahan) {
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

/// A column that is the sum of quarters measures what they do.
fn same_as_parts(table: &LogicalTable, roles: &mut [ColumnRole]) {
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

/// Whole numbers under heads that name no measure are counts, in a table that has no other values.
fn guess_counts(table: &LogicalTable, roles: &mut [ColumnRole], shares: &[Shares]) {
    let others = roles.iter().any(|r| r.measure.is_some_and(|m| m != Measure::Jumlah));
    let counts = roles.iter().any(|r| r.measure == Some(Measure::Jumlah));
    let has_heads = table.table.columns.iter().any(|c| !c.path.is_empty());
    for (c, role) in roles.iter_mut().enumerate() {
        if role.role != Role::Measure
            || role.measure.is_some()
            || role.head.measure == Some(HeadMeasure::Other)
        {
            continue;
        }
        let whole = shares[c].small + shares[c].quantities > 0
            && shares[c].amounts + shares[c].percents == 0;
        let dashes = shares[c].numbers == 0 && shares[c].values > 0;
        if !others && has_heads && (whole || (dashes && counts)) {
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

/// `s/d 2021` is last year's or this year's depending on the table's other columns; a Renstra target
/// of one later year is that of its end.
fn settle_spans(roles: &mut [ColumnRole], paths: &[&Vec<String>], report_year: Option<u16>) {
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
fn single_variant(roles: &mut [ColumnRole]) {
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

/// The year a column names, with relative years resolved against the report's.
#[expect(clippy::option_option, reason = "not said at all, and said to be no single year")]
pub(crate) fn resolved_year(year: Year, report_year: Option<u16>) -> Option<Option<u16>> {
    match year {
        Year::NotSaid => None,
        Year::Unnamed => Some(None),
        Year::Is(year) => Some(Some(year)),
        Year::Relative(offset) => Some(report_year.and_then(|y| y.checked_add_signed(offset))),
    }
}

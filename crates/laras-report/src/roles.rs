//! What each column of a table holds: head words, kinds of values and equations decide together.

use laras_model::{Measure, Period, ReportType, Role, RoleGuess, SharedText, Tahap, Variant};
use laras_table::LogicalTable;

use crate::guesses::{find_changes, guess_counts, guess_money, guess_targets, same_as_parts};
use crate::head::{self, Head, HeadMeasure};
use crate::levels::Levels;
use crate::measures::measure;
use crate::printed_formulas::{PrintedFormulas, measures_of_printed, times_of_printed};
use crate::shares::{Shares, shares};
use crate::spans::{settle_spans, single_variant, years_of_changes, years_of_computed};
use crate::words::{Word, first_word, words};
use crate::years::Year;

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
    pub(crate) label: SharedText,
}

impl ColumnRole {
    pub(crate) fn period(&self) -> Option<Period> {
        self.head.period
    }

    pub(crate) fn variant(&self) -> Option<Variant> {
        self.head.variant
    }

    /// What its head names it to be beside what it is.
    pub(crate) fn candidates(&self) -> Vec<RoleGuess> {
        let named = &self.head.roles;
        let all: f64 = named.iter().map(|(_, weight)| weight).sum::<f64>().max(1.0);
        let first = named.iter().take(3).filter(|(role, _)| *role != self.role);
        first
            .map(|(role, weight)| RoleGuess { role: *role, measure: None, weight: weight / all })
            .collect()
    }

    pub(crate) fn tahap(&self) -> Option<Tahap> {
        self.head.tahap.filter(|_| self.measure == Some(Measure::Pagu))
    }
}

/// Decides the roles of all columns.
pub(crate) fn roles(
    table: &LogicalTable,
    report_year: Option<u16>,
    report_type: Option<ReportType>,
) -> Vec<ColumnRole> {
    let paths: Vec<&Vec<String>> = table.table.columns.iter().map(|c| &c.path).collect();
    let shares: Vec<Shares> = shares(table);
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
                levels: head.levels,
                guessed: false,
                label: path.last().map(SharedText::from).unwrap_or_default(),
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
    let formulas = PrintedFormulas::of(table);
    measures_of_printed(table, &formulas, &mut roles);
    same_as_parts(table, &mut roles);
    find_changes(table, &mut roles);
    guess_money(table, &mut roles, &shares);
    guess_targets(table, &mut roles, report_type);
    guess_counts(table, &mut roles, &shares, report_type);
    for role in &mut roles {
        if role.role == Role::Measure && role.measure.is_none() {
            role.role = Role::Unknown;
        }
    }
    release_names(&mut roles);
    settle_spans(&mut roles, &paths, report_year);
    times_of_printed(table, &formulas, &mut roles);
    years_of_changes(&mut roles);
    years_of_computed(table, &formulas, &mut roles);
    single_variant(&mut roles);
    roles
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
    // Another column, the source of funds, may stand in the same cells.
    if head.money && !head.percent && shares.worded * 2 > shares.numbers {
        return true;
    }
    if head.physical
        || shares.percents * 2 > shares.numbers.max(1)
        || shares.quantities * 2 > shares.numbers.max(1)
    {
        return false;
    }
    let change = Some(HeadMeasure::Is(Measure::Perubahan));
    if head.percent && [head.measure, head.outer_measure].contains(&change) {
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
pub(crate) fn last_is_percent(role: &ColumnRole) -> bool {
    let is_percent = |w: &Word| matches!(w.as_str(), "%" | "persen" | "persentase" | "prosentase");
    // Nearly every head is told by its first letter.
    let first = role.label.chars().find(|c| c.is_alphanumeric() || *c == '%');
    matches!(first, Some('%' | 'p' | 'P'))
        && first_word(&role.label).is_some_and(|w| is_percent(&w))
        && words(&role.label).iter().all(is_percent)
}

/// A column of words behind all values names none of them: `Unit Kerja` at the end of a plan says who
/// is responsible.
fn release_names(roles: &mut [ColumnRole]) {
    let is_measure = |r: &ColumnRole| r.measure.is_some();
    let Some(last) = roles.iter().rposition(is_measure) else { return };
    let named = roles.iter().position(|r| r.role == Role::Name).is_some_and(|c| c < last);
    for role in roles.iter_mut().skip(last + 1) {
        if named && role.role == Role::Name && role.levels.is_open() {
            role.role = Role::Responsible;
        }
    }
}

/// A table needs names: if no head says which column holds them, the widest column of words does.
fn find_names(roles: &mut [ColumnRole], shares: &[Shares]) {
    let has = |roles: &[ColumnRole], role: Role| roles.iter().any(|r| r.role == role);
    if has(roles, Role::Name) || has(roles, Role::Indicator) {
        return;
    }
    // Where nothing else names the rows, `Eselon` does, whoever else it means elsewhere.
    let is_words = |role| matches!(role, Role::Text | Role::Unknown | Role::Responsible);
    let best = (0..roles.len())
        .filter(|c| is_words(roles[*c].role) && shares[*c].texts > 0)
        .max_by_key(|c| (shares[*c].texts, usize::MAX - *c));
    if let Some(best) = best {
        roles[best].role = Role::Name;
        roles[best].guessed = true;
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

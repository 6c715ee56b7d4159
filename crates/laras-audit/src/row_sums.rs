//! Sums along a row: quarters of a year, counts under a common head, two plans and their difference.
//!
//! A relation between columns is taken for one only where it holds on most rows of the table:
//! stocks are not summed over quarters, and a column headed "total" may count something else.

use std::collections::BTreeMap;
use std::ops::Range;

use laras_model::{Flag, Measure, Observation, Period, Table};

use crate::book::{Book, TableBook, is_additive};
use crate::check::{Check, Form, Why};
use crate::dress::fold;

/// Share of the rows on which a relation must hold to be one.
const HOLDS: f64 = 0.6;

/// Equations along the rows of every table.
pub(crate) fn checks(book: &Book<'_>) -> Vec<Check> {
    let mut checks = Vec::new();
    for table in &book.tables {
        checks.extend(believed(quarters(book, table)));
        checks.extend(believed(differences(book, table)));
        counts(book, table, &mut checks);
    }
    checks
}

/// A check, the relation it is one row of, whether its row may be checked at all by it, and whether
/// it holds in a way that says something.
struct Tried {
    relation: (u32, bool),
    check: Check,
    /// Another reading of the row holds: a stock, a cumulative plan.
    excused: bool,
    telling: bool,
    /// No reading of the row holds, neither as a sum nor as a stock or a mean.
    senseless: bool,
}

/// The checks of those relations that hold on most rows.
fn believed(tried: Vec<Tried>) -> Vec<Check> {
    let mut support: BTreeMap<(u32, bool), (usize, usize, usize)> = BTreeMap::new();
    for t in &tried {
        let s = support.entry(t.relation).or_default();
        s.0 += usize::from(!t.excused || t.check.holds);
        s.1 += usize::from(t.check.holds);
        s.2 += usize::from(t.check.holds && t.telling);
    }
    tried
        .into_iter()
        .filter(|t| {
            let (all, held, telling) = support[&t.relation];
            t.check.holds
                || t.senseless
                || (!t.excused && telling >= 2 && held as f64 >= HOLDS * all as f64)
        })
        .map(|t| t.check)
        .collect()
}

fn quarter(o: &Observation) -> Option<usize> {
    match o.period? {
        Period::Tw1 => Some(0),
        Period::Tw2 => Some(1),
        Period::Tw3 => Some(2),
        Period::Tw4 => Some(3),
        _ => None,
    }
}

/// The rows of a table, those that only go on with the subject above joined to it: in plans of
/// action the quarters stand one below the other.
fn records<'b>(book: &Book<'_>, table: &'b TableBook<'_>) -> Vec<&'b [usize]> {
    let is_alone = |at: &usize| {
        let o = book.get(*at);
        quarter(o).is_some() && o.flags.contains(Flag::NameCarried)
    };
    table.rows.joined(|row| row.iter().all(is_alone))
}

/// The quarters of a year and the year.
fn quarters(book: &Book<'_>, table: &TableBook<'_>) -> Vec<Tried> {
    let (mut tried, texts) = (Vec::new(), &book.texts);
    if !table.rows.values().flatten().any(|at| quarter(book.get(*at)).is_some()) {
        return tried;
    }
    for row in records(book, table) {
        // The year of fewer parts is not looked for.
        if row.iter().filter(|at| quarter(book.get(**at)).is_some()).count() < 2 {
            continue;
        }
        for &at in row {
            let year = book.get(at);
            if year.period.is_some() || matches!(year.measure, Measure::Serapan | Measure::Capaian)
            {
                continue;
            }
            let parts: Vec<usize> = row
                .iter()
                .copied()
                .filter(|p| {
                    let o = book.get(*p);
                    quarter(o).is_some()
                        && o.measure == year.measure
                        && o.year == year.year
                        && o.variant == year.variant
                        && texts.name(*p) == texts.name(at)
                        && texts.indicator(*p) == texts.indicator(at)
                })
                .collect();
            let beside = row.iter().filter(|r| {
                let o = book.get(**r);
                o.measure == year.measure
                    && o.period.is_none()
                    && texts.indicator(**r) == texts.indicator(at)
            });
            if parts.len() < 2 || beside.count() > 1 {
                continue;
            }
            let nil = parts.iter().all(|p| book.is_nil(*p)) && book.is_nil(at);
            if nil {
                continue;
            }
            let values: Vec<_> =
                parts.iter().filter(|p| !book.is_nil(**p)).map(|p| book.number(*p)).collect();
            let printed = book.number(at);
            // A cumulative plan or a stock: the last or the highest quarter is the year.
            let highest = values.iter().max() == Some(&printed);
            let rises = values.windows(2).all(|w| w[0] <= w[1]) && values.len() > 2;
            let excused = !year.measure.is_money() && (highest || rises && !is_additive(year));
            let terms = parts.iter().map(|p| (*p, false)).collect();
            let Some(check) = Check::new(book, Form::Sum, Why::Columns, at, terms) else {
                continue;
            };
            // Percents of four quarters that fall, and whose sum stays below the year: a course that
            // rises ends at the year, a stock reaches it, shares add up to it.
            let falls = values.windows(2).any(|w| w[0] > w[1]);
            let senseless = year.unit == "%"
                && values.len() == 4
                && values.iter().all(|v| !v.is_zero())
                && falls
                && check.computed < printed;
            let telling = values.iter().filter(|v| !v.is_zero()).count() > 1;
            tried.push(Tried {
                relation: (year.column, is_additive(year)),
                check,
                excused,
                telling,
                senseless,
            });
        }
    }
    tried
}

/// Two plans side by side and the difference between them.
fn differences(book: &Book<'_>, table: &TableBook<'_>) -> Vec<Tried> {
    let mut tried = Vec::new();
    for row in table.rows.values() {
        for &at in row.iter().filter(|at| book.get(**at).measure == Measure::Perubahan) {
            let own = book.get(at);
            let plans: Vec<usize> = row
                .iter()
                .copied()
                .filter(|p| {
                    let o = book.get(*p);
                    o.measure == Measure::Pagu && o.variant.is_some() && own.unit == o.unit
                })
                .collect();
            let &[first, second] = &plans[..] else { continue };
            let terms = vec![(second, false), (first, true)];
            if let Some(check) = Check::new(book, Form::Sum, Why::Columns, at, terms) {
                let telling = !check.computed.is_zero();
                tried.push(Tried {
                    relation: (own.column, true),
                    check,
                    excused: false,
                    telling,
                    senseless: false,
                });
            }
        }
    }
    tried
}

/// Counts of one row: a column that is the sum of others on most rows.
fn counts(book: &Book<'_>, table: &TableBook<'_>, checks: &mut Vec<Check>) {
    let columns: Vec<u32> = table
        .columns
        .keys()
        .filter(|(c, m)| *m == Measure::Jumlah && !is_share(table.table, *c))
        .map(|(c, _)| c)
        .collect();
    if columns.len() < 3 {
        return;
    }
    let at = |row: &[usize], column: u32| {
        row.iter().copied().find(|i| {
            let o = book.get(*i);
            o.column == column && o.measure == Measure::Jumlah && is_additive(o)
        })
    };
    // The cells of each row, column by column.
    let rows: Vec<Vec<Option<usize>>> = table
        .rows
        .values()
        .map(|row| columns.iter().map(|column| at(row, *column)).collect())
        .collect();
    for (i, &result) in columns.iter().enumerate() {
        // Runs of neighbours that end right before the column, or begin right after it.
        let before = (0..i.saturating_sub(1)).map(|from| from..i);
        let after = (i + 3..=columns.len()).map(|to| i + 1..to);
        let mut best: Option<(u32, Range<usize>)> = None;
        for terms in before.chain(after) {
            let (mut all, mut held) = (0_u32, 0_u32);
            let mut room = Vec::new();
            for row in &rows {
                if let Some(check) = along(book, row, i, terms.clone(), room) {
                    all += 1;
                    held += u32::from(check.holds);
                    room = check.terms;
                } else {
                    room = Vec::new();
                }
            }
            let share = f64::from(held) / f64::from(all.max(1));
            let is_good = held >= 2 && share >= HOLDS && is_total(table.table, result)
                || held >= 4 && share >= 0.8;
            if is_good && best.as_ref().is_none_or(|(h, t)| (held, terms.len()) > (*h, t.len())) {
                best = Some((held, terms));
            }
        }
        let Some((_, terms)) = best else { continue };
        checks.extend(rows.iter().filter_map(|row| along(book, row, i, terms.clone(), Vec::new())));
    }
}

/// The sum of the cells of some columns of a row, of which two at least are there and one is not zero,
/// against the cell of another; what stands in `room` goes.
fn along(
    book: &Book<'_>,
    row: &[Option<usize>],
    result: usize,
    columns: Range<usize>,
    mut room: Vec<(usize, bool)>,
) -> Option<Check> {
    let result = row[result]?;
    room.clear();
    room.extend(row[columns].iter().flatten().map(|at| (*at, false)));
    let stated = room.iter().any(|(t, _)| !book.number(*t).is_zero());
    (room.len() > 1 && stated).then(|| Check::new(book, Form::Sum, Why::Columns, result, room))?
}

/// Whether the head of a column says that it is a total.
fn is_total(table: &Table, column: u32) -> bool {
    let heads = table.columns.get(column as usize).map(|c| fold(&c.path.join(" ")));
    heads.unwrap_or_default().split(' ').any(|w| matches!(w, "jumlah" | "jml" | "total" | "semua"))
        || table
            .columns
            .get(column as usize)
            .is_some_and(|c| c.path.iter().any(|p| p.replace(' ', "").contains("L+P")))
}

/// Whether a column prints shares of counts.
fn is_share(table: &Table, column: u32) -> bool {
    table.columns.get(column as usize).is_some_and(|c| c.unit == "%")
}

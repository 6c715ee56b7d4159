//! Percents of two numbers of their row, and average rows of evaluation forms.

use laras_model::{Decimal, Measure, Observation, Period, RowKind};

use crate::book::{Book, TableBook, depth, is_summary};
use crate::check::{Check, Form, Why};
use crate::dress;

/// Equations of every printed percent.
pub(crate) fn checks(book: &Book<'_>) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut tried: Vec<Check> = Vec::new();
    let mut kept: Vec<bool> = Vec::new();
    for table in &book.tables {
        let column = |check: &Check| book.get(check.result).column;
        if table.columns.keys().any(|(_, measure)| parts(measure).is_some()) {
            for row in table.rows.values() {
                tried.extend(row.iter().filter_map(|at| percent(book, row, *at)));
            }
        }
        tried.sort_by_key(column);
        kept.clear();
        for of_one in tried.chunk_by(|a, b| column(a) == column(b)) {
            let held = of_one.iter().filter(|c| c.holds).count();
            // Mostly broken: the column is another percent than we think.
            let is_other = of_one.len() >= 3 && held * 3 < of_one.len();
            kept.extend(of_one.iter().map(|c| c.holds || !is_other));
        }
        checks.extend(tried.drain(..).zip(&kept).filter(|(_, kept)| **kept).map(|(c, _)| c));
        averages(book, table, &mut checks);
    }
    checks
}

/// What a percent is computed from: the measures of part and whole.
fn parts(measure: Measure) -> Option<(Measure, Measure)> {
    match measure {
        Measure::Serapan => Some((Measure::RealisasiAnggaran, Measure::Pagu)),
        Measure::Capaian => Some((Measure::Realisasi, Measure::Target)),
        _ => None,
    }
}

fn percent(book: &Book<'_>, row: &[usize], at: usize) -> Option<Check> {
    let own = book.get(at);
    let (part, whole) = parts(own.measure)?;
    own.value.number()?;
    let whole_period = match own.period {
        Some(Period::SdIni) => Some(Period::AkhirRenstra),
        other => other,
    };
    let find = |measure: Measure, period: Option<Period>| {
        let fits = |i: usize| {
            let o = book.get(i);
            let same = o.measure == measure
                || measure == Measure::Realisasi && o.measure == Measure::Nilai;
            same && o.period == period
                && o.variant == own.variant
                && (o.year == own.year || period == Some(Period::AkhirRenstra))
                && book.texts.name(i) == book.texts.name(at)
                && (measure == Measure::Pagu
                    || measure == Measure::RealisasiAnggaran
                    || book.texts.indicator(i) == book.texts.indicator(at))
        };
        let mut found = row.iter().copied().filter(|i| fits(*i));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    };
    let (part, whole) = (find(part, own.period)?, find(whole, whole_period)?);
    book.get(part).value.number()?;
    book.get(whole).value.number()?;
    let mut check =
        Check::new(book, Form::Percent, Why::Percent, at, vec![(part, false), (whole, false)])?;
    if !check.holds && own.measure == Measure::Capaian {
        check.holds = is_excused(book, &check);
    }
    Some(check)
}

/// Where less is better, or achievement is cut off at a limit, the percent is computed otherwise.
fn is_excused(book: &Book<'_>, check: &Check) -> bool {
    let [(part, _), (whole, _)] = check.terms[..] else { return false };
    let printed = book.number(check.result);
    let (realised, target) = (book.number(part), book.number(whole));
    let inverse = Decimal::percent(target, realised);
    let mirrored = target
        .checked_add(target)
        .and_then(|twice| twice.checked_sub(realised))
        .and_then(|left| Decimal::percent(left, target));
    let is_cap = printed == Decimal::HUNDRED
        && check.computed > Decimal::HUNDRED
        && dress::decimals(book.get(check.result)) == 0;
    is_cap
        || [inverse, mirrored]
            .into_iter()
            .flatten()
            .any(|computed| check.is_close(book, printed, computed))
}

/// Subtotals that print the average achievement of the rows above them.
fn averages(book: &Book<'_>, table: &TableBook<'_>, checks: &mut Vec<Check>) {
    let is_subtotal = |at: &usize| {
        let o = book.get(*at);
        o.row_kind == RowKind::Subtotal && parts(o.measure).is_some()
    };
    if !table.rows.values().flatten().any(is_subtotal) {
        return;
    }
    let rows: Vec<&[usize]> = table.rows.values().collect();
    let mut tried: Vec<Check> = Vec::new();
    for (r, row) in rows.iter().enumerate() {
        for &at in *row {
            let own = book.get(at);
            let Some((part, whole)) = parts(own.measure) else { continue };
            if own.row_kind != RowKind::Subtotal || own.value.number().is_none() {
                continue;
            }
            let has_own = row.iter().any(|i| {
                let o = book.get(*i);
                o.measure == part && o.period == own.period && o.year == own.year
            });
            if has_own {
                continue;
            }
            let pairs = pairs_above(book, &rows[..r], own, part, whole);
            if pairs.is_empty() {
                continue;
            }
            let sums: Vec<(usize, bool)> = pairs
                .iter()
                .map(|(p, _)| (*p, false))
                .chain(pairs.iter().map(|(_, w)| (*w, false)))
                .collect();
            let mean: Vec<(usize, bool)> =
                pairs.iter().flat_map(|(p, w)| [(*p, false), (*w, false)]).collect();
            let ways = if own.measure == Measure::Serapan {
                [(Form::PercentOfSums, sums), (Form::MeanOfPercents, mean)]
            } else {
                [(Form::MeanOfPercents, mean), (Form::PercentOfSums, sums)]
            };
            let ways: Vec<Check> = ways
                .into_iter()
                .filter_map(|(form, terms)| Check::new(book, form, Why::Average, at, terms))
                .collect();
            let held = ways.iter().position(|c| c.holds);
            tried.extend(ways.into_iter().nth(held.unwrap_or(0)));
        }
    }
    checks.extend(tried);
}

/// Part and whole of every row above, up to the average before.
fn pairs_above(
    book: &Book<'_>,
    above: &[&[usize]],
    own: &Observation,
    part: Measure,
    whole: Measure,
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut level = u8::MAX;
    for row in above.iter().rev() {
        let Some(first) = row.first().map(|i| book.get(*i)) else { continue };
        if is_summary(first.row_kind) {
            break;
        }
        let find = |measure: Measure| {
            row.iter().copied().find(|i| {
                let o = book.get(*i);
                o.measure == measure
                    && o.period == own.period
                    && (o.year == own.year)
                    && o.value.number().is_some()
            })
        };
        level = level.min(depth(first.row_kind));
        let nil = row.iter().copied().find(|i| {
            let o = book.get(*i);
            o.measure == part && o.period == own.period && book.is_nil(*i)
        });
        if let (Some(p), Some(w)) = (find(part).or(nil), find(whole)) {
            pairs.push((p, w, depth(first.row_kind)));
        }
    }
    // The innermost rows only: a program and its kegiatan are not averaged together.
    let innermost = pairs.iter().map(|(_, _, d)| *d).max().unwrap_or(0);
    pairs.retain(|(_, _, d)| *d == innermost);
    pairs.into_iter().map(|(p, w, _)| (p, w)).rev().collect()
}

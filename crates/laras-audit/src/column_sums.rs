//! Sums down a column: a row over its children, a total over the rows before or after it.
//!
//! Which rows a total counts is not always said: its direct children, the subtotals, all rows that
//! have none below them. If any of these adds up, the total is right; if none does, the nearest
//! level is the one that a reader would add up.

use laras_model::{Decimal, Measure};

use crate::book::{Book, TableBook, is_additive, same_time};
use crate::check::{Check, Form, Why};
use crate::column_terms::Column;
use crate::groups::Groups;

/// Equations over the rows of every column of amounts and counts.
pub(crate) fn checks(book: &Book<'_>) -> Vec<Check> {
    let mut checks = Vec::new();
    for table in &book.tables {
        for ((_, measure), cells) in table.columns.iter() {
            if !matches!(
                measure,
                Measure::Pagu | Measure::RealisasiAnggaran | Measure::Perubahan | Measure::Jumlah
            ) {
                continue;
            }
            let is_alike = |at: &usize| {
                let o = book.get(*at);
                is_additive(o) && same_time(book.get(cells[0]), o)
            };
            if cells.iter().all(is_alike) {
                // As in most columns.
                column(book, measure, cells, &mut checks);
                continue;
            }
            for cells in alike(book, cells) {
                column(book, measure, &cells, &mut checks);
            }
        }
        beside(book, table, &mut checks);
    }
    checks
}

/// A program's amount in one column over those of its kegiatan in another of the same table.
fn beside(book: &Book<'_>, table: &TableBook<'_>, checks: &mut Vec<Check>) {
    let amounts: Vec<usize> = table
        .columns
        .iter()
        .filter(|((_, measure), _)| matches!(measure, Measure::Pagu | Measure::RealisasiAnggaran))
        .flat_map(|(_, cells)| cells.iter().copied())
        .filter(|at| is_additive(book.get(*at)) && !book.is_nil(*at))
        .collect();
    let column = |at: &usize| book.get(*at).column;
    if amounts.is_empty() || amounts.iter().all(|at| column(at) == column(&amounts[0])) {
        return;
    }
    // By the text that they name as their parent.
    let texts = &book.texts;
    let parts = Groups::new(texts.all().len(), amounts.iter().map(|at| (texts.parent(*at), *at)));
    for &at in &amounts {
        let own = book.get(at);
        let parts = parts.of(texts.name(at));
        let is_named = |other: &&usize| texts.name(**other) == texts.name(at);
        if parts.is_empty() || own.name.is_empty() {
            continue;
        }
        let of_own = |other: &usize| {
            let o = book.get(*other);
            o.measure == own.measure
                && same_time(o, own)
                && o.row >= own.row
                && texts.name(*other) != texts.name(at)
        };
        // Where rows of its own column are below it, they are what it is the sum of.
        let is_own = |other: &usize| book.get(*other).column == own.column && of_own(other);
        if parts.iter().any(is_own) || amounts.iter().filter(is_named).count() > 1 {
            continue;
        }
        let terms: Vec<(usize, bool)> =
            parts.iter().copied().filter(of_own).map(|other| (other, false)).collect();
        if terms.is_empty() {
            continue;
        }
        let ratio = |check: &Check| book.number(at).to_f64() / check.computed.to_f64();
        let check = Check::new(book, Form::Sum, Why::Rows, at, terms);
        checks.extend(check.filter(|c| c.holds || (0.5..2.0).contains(&ratio(c))));
    }
}

/// The cells of one column that speak of the same time and can be added.
fn alike(book: &Book<'_>, cells: &[usize]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for &at in cells.iter().filter(|at| is_additive(book.get(**at))) {
        match groups.iter_mut().find(|g| same_time(book.get(g[0]), book.get(at))) {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    groups
}

fn column(book: &Book<'_>, measure: Measure, cells: &[usize], checks: &mut Vec<Check>) {
    let column = Column::new(book, cells);
    'cells: for (i, &at) in cells.iter().enumerate() {
        if book.is_nil(at)
            || !column.may_be_sum(i, measure)
            || measure != Measure::Jumlah && is_small(book, at)
        {
            continue;
        }
        // One after the other, for mostly the first is right.
        let mut tried: Vec<Check> = Vec::new();
        for candidate in column.candidates(i) {
            let terms = column.terms(i, candidate);
            if terms.is_empty() {
                continue;
            }
            let Some(check) = Check::new(book, Form::Sum, Why::Rows, at, terms) else { continue };
            if check.holds && tried.is_empty() {
                checks.push(check);
                continue 'cells;
            }
            let holds = check.holds;
            tried.push(check);
            if holds {
                break;
            }
        }
        if let Some(held) = tried.iter().position(|check| check.holds) {
            // Right over the rows without children, wrong over the outermost: one of these is
            // printed wrong, and a reader who adds them up sees it here too.
            let outer = &tried[0];
            if held > 0 && column.is_outline(outer, &tried[held]) {
                checks.push(outer.clone());
            }
            checks.extend(tried.into_iter().nth(held));
            continue;
        }
        let off =
            |check: &Check| book.number(check.result).checked_sub(check.computed).map(Decimal::abs);
        let nearest = tried.into_iter().filter(|c| column.is_telling(c)).min_by_key(off);
        checks.extend(nearest.filter(|check| {
            !column.is_excused(i, check) && !column.goes_on(check) && !column.is_repeated(check)
        }));
    }
}

/// Whether a number is no amount of money: a rate in a column taken for money.
fn is_small(book: &Book<'_>, at: usize) -> bool {
    let value = book.number(at).abs();
    !value.is_zero() && !value.is_integer() && value < Decimal::from(1000)
}

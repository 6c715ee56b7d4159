//! Sums that a table's own head prints (`13 = 6 + 12`), and running sums that it was found to have.
//!
//! A printed formula is checked on every row, whether or not most rows follow it: that they do not
//! is what an auditor wants to know. Where a number heads two columns, performance and money, the
//! formula is one over each.

use std::cell::LazyCell;

use laras_model::{Column, Decimal, Period, Table};
use laras_number::formula::{self, Expression, Operation};

use crate::book::{Book, TableBook, is_additive};
use crate::check::{Check, Form, Why};

/// Equations of every column with a formula.
pub(crate) fn checks(book: &Book<'_>) -> Vec<Check> {
    let mut checks = Vec::new();
    for table in &book.tables {
        let columns = &table.table.columns;
        let numbers = LazyCell::new(|| {
            columns.iter().map(|c| formula::read_column(&c.number)).collect::<Vec<Option<u16>>>()
        });
        for column in columns.iter().filter(|c| !c.formula.is_empty()) {
            if let Some(formula) = formula::read(&column.formula)
                && let Some(expression) = &formula.expression
                && let Some(terms) = sum(expression, false)
            {
                let numbered = terms.iter().map(|(number, minus)| {
                    Some((numbered(table.table, &numbers, column, *number)?, *minus))
                });
                if let Some(terms) = numbered.collect::<Option<Vec<_>>>()
                    && terms.len() > 1
                {
                    let why = Why::Printed(column.formula.clone());
                    rows(book, table, column.index, &terms, &why, &mut checks);
                }
            }
        }
        running(book, table, &mut checks);
    }
    checks
}

/// The columns of a sum, each with whether it is subtracted; `None` for other formulas.
fn sum(expression: &Expression, minus: bool) -> Option<Vec<(u16, bool)>> {
    match expression {
        Expression::Column(number) => Some(vec![(*number, minus)]),
        Expression::Operation(operation, a, b) => {
            let other = match operation {
                Operation::Add => minus,
                Operation::Subtract => !minus,
                _ => return None,
            };
            let mut terms = sum(a, minus)?;
            terms.extend(sum(b, other)?);
            Some(terms)
        }
        Expression::Constant(_) => None,
    }
}

/// The column of a number, of the same kind as another where two share the number.
fn numbered(table: &Table, numbers: &[Option<u16>], like: &Column, number: u16) -> Option<u32> {
    let is_money = |c: &Column| c.measure.is_some_and(laras_model::Measure::is_money);
    let mut found: Vec<&Column> = table
        .columns
        .iter()
        .zip(numbers)
        .filter(|(c, of)| **of == Some(number) && c.measure.is_some())
        .map(|(c, _)| c)
        .collect();
    if found.len() > 1 {
        found.retain(|c| is_money(c) == is_money(like));
    }
    match found[..] {
        [one] => Some(one.index),
        _ => None,
    }
}

fn rows(
    book: &Book<'_>,
    table: &TableBook<'_>,
    result: u32,
    columns: &[(u32, bool)],
    why: &Why,
    checks: &mut Vec<Check>,
) {
    let results = table.rows.values().flatten().filter(|i| book.get(**i).column == result);
    let (nil, numbers) = results.fold((0, 0), |(nil, numbers), at| {
        if book.is_nil(*at) { (nil + 1, numbers) } else { (nil, numbers + 1) }
    });
    // Where a column is hardly filled in, a dash beside a dash is no sum that somebody got wrong.
    let is_filled = numbers >= nil;
    for (number, row) in table.rows.iter() {
        let at = |column: u32| {
            let mut found = row.iter().copied().filter(|i| book.get(*i).column == column);
            let first = found.next()?;
            found.next().is_none().then_some(first)
        };
        let Some(result) = at(result).filter(|r| is_additive(book.get(*r))) else { continue };
        let terms: Vec<(usize, bool)> =
            columns.iter().filter_map(|(c, minus)| Some((at(*c)?, *minus))).collect();
        let stated = terms.iter().filter(|(t, _)| !book.is_nil(*t)).count();
        let is_unstated = book.is_nil(result) && stated < terms.len() && !is_filled;
        let is_part = terms.len() < columns.len() && stated < 2;
        if stated == 0 || is_part || is_unstated {
            continue;
        }
        let same_subject = terms.iter().all(|(t, _)| {
            let (own, term) = (book.get(result), book.get(*t));
            book.texts.name(*t) == book.texts.name(result)
                && is_additive(term)
                && term.measure.is_money() == own.measure.is_money()
        });
        // A cell that prints something that was not read leaves the sum open, a blank one does not;
        // one column alone is no sum to hold against what is printed.
        let is_open = || {
            columns.iter().any(|(c, _)| {
                let printed = table.table.rows.get(number as usize).map_or("", |r| r.text(*c));
                at(*c).is_none() && !printed.trim().is_empty()
            })
        };
        if !same_subject || terms.len() < columns.len() && is_open() {
            continue;
        }
        if let Some(check) = Check::new(book, Form::Sum, why.clone(), result, terms)
            && (check.holds || !is_stock(book, &check))
        {
            checks.push(check);
        }
    }
}

/// Whether the figures of a sum repeat the same number: things in service, counted again and again.
fn is_stock(book: &Book<'_>, check: &Check) -> bool {
    let printed = book.number(check.result);
    let stated: Vec<Decimal> = check
        .terms
        .iter()
        .filter(|(t, _)| !book.is_nil(*t))
        .map(|(t, _)| book.number(*t))
        .collect();
    let same = stated.iter().filter(|v| **v == printed).count();
    let is_stock = same == stated.len() || same > 1 && stated.iter().all(|v| *v <= printed);
    !book.get(check.result).measure.is_money() && is_stock
}

/// Figures "up to this year" that were found to be the sum of others on most rows.
fn running(book: &Book<'_>, table: &TableBook<'_>, checks: &mut Vec<Check>) {
    for equation in &table.table.equations {
        let Some(result) = table.table.columns.get(equation.result as usize) else { continue };
        let is_rule = equation.held >= 3 && equation.held * 10 >= equation.checked * 6;
        if result.period != Some(Period::SdIni) || !result.formula.is_empty() || !is_rule {
            continue;
        }
        let terms: Option<Vec<(u32, bool)>> = equation
            .expression
            .split(" + ")
            .map(|term| Some((term.strip_prefix('c')?.parse().ok()?, false)))
            .collect();
        if let Some(terms) = terms {
            rows(book, table, equation.result, &terms, &Why::Columns, checks);
        }
    }
}

//! Decides what each number is, by its column, its table, its document and its equations.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use laras_model::Decimal;
use laras_number::{Constraint, Context, Kind, Readings, Votes, choose};

use crate::equations::{Formula, Relation};
use crate::head_words::{Holds, expects};
use crate::kind::{CellKind, kind_of};
use crate::logical::Choice;
use crate::region::Region;
use crate::rejoin::BodyRow;
use crate::sheet::{SheetCell, SheetRow};

/// The least amount, zeros at its end aside, that tells one from others of the document: one of
/// five digits.
const LEAST_TELLING: u64 = 10_000;

/// What a document's numbers are like.
#[derive(Debug, Default)]
pub(crate) struct DocumentNumbers {
    votes: Votes,
    /// Amounts that can be read in one way only, as they come, and once they are asked for in order.
    clear: Vec<Decimal>,
    ordered: OnceCell<BTreeSet<Decimal>>,
}

impl DocumentNumbers {
    /// Looks at every cell of a document.
    pub(crate) fn of(regions: &[Region]) -> Self {
        let mut numbers = Self::default();
        let rows = regions.iter().flat_map(|r| &r.pieces).flat_map(|p| &p.sheet.rows);
        // Most rows of reports state one amount or more.
        numbers.clear.reserve(rows.clone().count());
        for cell in rows.flat_map(|row| &row.cells).filter(|cell| cell.kind.is_number()) {
            numbers.votes.add(&cell.readings);
            if let [only] = cell.readings.readings.as_slice()
                && !only.is_malformed()
                && let Some(value) = only.number().filter(|value| is_telling(*value))
            {
                numbers.clear.push(value);
            }
        }
        numbers
    }

    /// Whether an amount stands somewhere that can be read in one way only.
    fn states(&self, value: Decimal) -> bool {
        self.ordered.get_or_init(|| self.clear.iter().copied().collect()).contains(&value)
    }
}

/// Whether a number has so many digits that it hardly stands in two places by chance.
fn is_telling(value: Decimal) -> bool {
    // A number of more bits has digits enough.
    let Ok(mut digits) = u64::try_from(value.mantissa().unsigned_abs()) else { return true };
    while digits > 0 && digits.is_multiple_of(10) {
        digits /= 10;
    }
    digits >= LEAST_TELLING
}

/// Chooses among the readings of every number of a table; the chosen reading then stands first.
pub(crate) fn settle(
    body: &mut [BodyRow],
    paths: &[Vec<String>],
    relations: &[Relation],
    document: &DocumentNumbers,
) {
    // Most numbers can be read in one way only, in most tables all.
    let mut is_open = false;
    for cell in body.iter_mut().flat_map(|b| &mut b.row.cells) {
        if cell.kind.is_number() && cell.has_one_reading() {
            cell.choice = Some(Choice { is_one: true, open: false, confirmed: false });
        } else {
            is_open |= cell.kind.is_number();
        }
    }
    if !is_open {
        return;
    }
    let width = paths.len();
    let mut columns = vec![Votes::default(); width];
    let mut tallies = vec![[0_usize; CellKind::COUNT]; width];
    for cell in body.iter().flat_map(|b| b.row.filled()).filter(|cell| cell.kind.is_number()) {
        if let Some(votes) = columns.get_mut(cell.column) {
            votes.add(&cell.readings);
            tallies[cell.column][cell.kind.index()] += 1;
        }
    }
    let mut table = Votes::default();
    for votes in &columns {
        table.merge(votes);
    }
    let kinds: Vec<Option<Kind>> =
        paths.iter().zip(&tallies).map(|(path, tally)| expected(path, tally)).collect();
    // Numbers that are clear by themselves settle the others.
    for with_equations in [false, true] {
        for row in body.iter_mut().map(|b| &mut b.row) {
            for i in 0..row.cells.len() {
                let cell = &row.cells[i];
                if !cell.kind.is_number() || (with_equations && is_settled(cell)) {
                    continue;
                }
                if cell.has_one_reading() {
                    continue;
                }
                let constraints =
                    if with_equations { constraints(row, i, relations, document) } else { vec![] };
                let context = Context {
                    column: columns.get(cell.column).copied().unwrap_or_default(),
                    table,
                    document: document.votes,
                    expected: kinds.get(cell.column).copied().flatten(),
                    decimals: None,
                    constraints: &constraints,
                };
                let choice = choose(&cell.readings, &context);
                row.cells[i].take(&choice);
            }
        }
    }
}

/// Whether nothing more needs to be known about a number.
fn is_settled(cell: &SheetCell) -> bool {
    let readings = &cell.readings.readings;
    let is_one = readings.iter().all(|r| r.value == readings[0].value);
    is_one || cell.choice.is_none_or(|choice| choice.confirmed)
}

impl SheetCell {
    /// Whether its number can be read in one way only.
    fn has_one_reading(&self) -> bool {
        matches!(self.readings.readings.as_slice(), [only] if only.piece == 0)
    }

    /// Puts the chosen reading first.
    fn take(&mut self, choice: &laras_number::Choice) {
        if let Some(best) = choice.best {
            let Readings { readings, .. } = &mut self.readings;
            let chosen = readings.remove(best);
            readings.insert(0, chosen);
            self.kind = kind_of(&self.readings);
        }
        self.choice = Some(Choice {
            is_one: choice.best.is_some(),
            open: choice.open,
            confirmed: choice.confirmed,
        });
    }

    /// Whether the number is sure without its row.
    fn is_clear(&self) -> bool {
        let clean = self.readings.best().is_some_and(|best| !best.is_malformed());
        self.kind == CellKind::Nil || clean && self.choice.is_none_or(|choice| !choice.open)
    }
}

/// What the head and the cells of a column lead one to expect in it.
fn expected(path: &[String], tally: &[usize; CellKind::COUNT]) -> Option<Kind> {
    let count = |kind: CellKind| tally[kind.index()];
    let amounts = count(CellKind::Amount);
    let percents = count(CellKind::Percent) + count(CellKind::Decimal);
    let others = count(CellKind::Integer) + count(CellKind::Quantity);
    match expects(path) {
        Holds::Amount if amounts >= percents + others => Some(Kind::Amount),
        Holds::Percent if percents + others >= amounts => Some(Kind::Percent),
        Holds::Count if amounts + percents == 0 => Some(Kind::Count),
        _ if amounts >= 3 && amounts > 4 * (percents + others) => Some(Kind::Amount),
        _ => None,
    }
}

/// What must hold for a cell: the equations of its row whose other numbers are clear, and amounts
/// that stand elsewhere in the document.
fn constraints(
    row: &SheetRow,
    index: usize,
    relations: &[Relation],
    document: &DocumentNumbers,
) -> Vec<Constraint> {
    let cell = &row.cells[index];
    let clear = |c: usize| row.at(c).filter(|cell| cell.is_clear())?.number();
    let mut constraints: Vec<Constraint> =
        relations.iter().filter_map(|relation| of_relation(relation, cell.column, clear)).collect();
    let is_malformed = cell.readings.best().is_some_and(laras_number::Reading::is_malformed);
    let none_holds = |value: Decimal| constraints.iter().all(|constraint| !constraint.holds(value));
    let values = || cell.readings.readings.iter().filter_map(laras_number::Reading::number);
    if is_malformed && values().all(none_holds) {
        let elsewhere = values().filter(|value| document.states(*value));
        constraints
            .extend(elsewhere.map(|value| Constraint::Equals { value, tolerance: Decimal::ZERO }));
    }
    constraints
}

/// What an equation says of one of its columns.
fn of_relation(
    relation: &Relation,
    column: usize,
    clear: impl Fn(usize) -> Option<Decimal>,
) -> Option<Constraint> {
    match &relation.formula {
        Formula::Percent { part, whole } if relation.result == column => {
            Some(Constraint::PercentOf { part: clear(*part)?, whole: clear(*whole)? })
        }
        Formula::Percent { part, whole } if *part == column => {
            Some(Constraint::PartOf { percent: clear(relation.result)?, whole: clear(*whole)? })
        }
        Formula::Percent { part, whole } if *whole == column => {
            Some(Constraint::WholeOf { percent: clear(relation.result)?, part: clear(*part)? })
        }
        Formula::Sum(terms) if relation.result == column => {
            Constraint::sum(terms.iter().map(|c| clear(*c)).collect::<Option<Vec<_>>>()?)
        }
        Formula::Sum(terms) if terms.contains(&column) => {
            let mut value = clear(relation.result)?;
            for other in terms.iter().filter(|c| **c != column) {
                value = value.checked_sub(clear(*other)?)?;
            }
            Some(Constraint::Equals { value, tolerance: Decimal::ZERO })
        }
        _ => None,
    }
}

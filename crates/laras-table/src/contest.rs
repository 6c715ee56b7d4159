//! The ways in which a row may be laid, set against each other: cells, equations, and what else
//! speaks for or against a way, in one cost.

use laras_model::Decimal;

use crate::equations::{Hundredths, NotHundredths, Relation};
use crate::laid::laid_cells;
use crate::lattice::WIDEST;
use crate::sheet::SheetCell;

/// What an equation that holds is worth against the cost of a laying, and one that does not.
pub(crate) const HELD: f64 = 3.0;
/// What sums of costs may be off by.
pub(crate) const ROUNDING: f64 = 1e-6;
/// How much dearer the next laying must be for the cheapest to be sure in thousandths, which is how
/// confidence is kept: ln 2000, rounded up.
const CLEAR: f64 = 7.61;

/// The cheapest of the layings of a row, and what the next one costs.
pub(crate) struct Contest {
    /// Infinite before any took part.
    pub(crate) least: f64,
    next: f64,
    /// The columns of the cheapest; `None` where the row stays as it is.
    columns: Option<Vec<Option<usize>>>,
    wanted: Wanted,
}

/// What one wants to know of the layings of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The cheapest, and how clearly it is that.
    Margin,
    /// The cheapest alone: the row will be laid once more.
    Cheapest,
}

impl Contest {
    /// A contest in which a row that stays as it is takes part at this cost: infinite if it cannot
    /// stay.
    pub(crate) fn new(stays: f64, wanted: Wanted) -> Self {
        Self { least: stays, next: f64::INFINITY, columns: None, wanted }
    }

    /// Lets one more laying take part; of equals the first is the cheapest.
    pub(crate) fn enter(&mut self, cost: f64, columns: &[Option<usize>]) {
        if cost < self.least {
            (self.next, self.least) = (self.least, cost);
            let own = self.columns.get_or_insert_default();
            own.clear();
            own.extend_from_slice(columns);
        } else if cost < self.next {
            self.next = cost;
        }
    }

    /// Whether a laying that costs as much or more changes nothing: neither which is the cheapest, nor,
    /// where that is wanted, in thousandths how clearly it is.
    pub(crate) fn is_settled(&self, cost: f64) -> bool {
        let most = match self.wanted {
            Wanted::Margin => self.next.min(self.least + CLEAR),
            Wanted::Cheapest => self.least,
        };
        cost > most + ROUNDING
    }

    /// How clearly the cheapest is that, from 0 to 1; without meaning where it is not wanted.
    pub(crate) fn margin(&self) -> f64 {
        if self.next == f64::INFINITY { 1.0 } else { 1.0 - (self.least - self.next).exp() }
    }

    /// The columns of the cheapest; `None` where the row stays as it is.
    pub(crate) fn into_columns(self) -> Option<Vec<Option<usize>>> {
        self.columns
    }
}

/// What the equations between the columns say of the layings of one row.
pub(crate) struct Verdicts<'a> {
    relations: &'a [Relation],
    cells: &'a [SheetCell],
    /// The number of each cell, if there are equations.
    numbers: Vec<Option<Number>>,
}

/// The number of a cell, also in hundredths.
type Number = (Decimal, Result<Hundredths, NotHundredths>);

fn number(cell: &SheetCell) -> Option<Number> {
    cell.number().map(|number| (number, Hundredths::try_from(number)))
}

/// Where no cell stands.
const NONE: u32 = u32::MAX;

impl<'a> Verdicts<'a> {
    pub(crate) fn new(cells: &'a [SheetCell], relations: &'a [Relation]) -> Self {
        let numbers = match relations {
            [] => Vec::new(),
            _ => cells.iter().map(number).collect(),
        };
        Self { relations, cells, numbers }
    }

    /// The cost of a laying after the equations had their say.
    pub(crate) fn weigh(&self, cost: f64, columns: &[Option<usize>]) -> f64 {
        if self.relations.is_empty() {
            return cost;
        }
        let mut at = [NONE; WIDEST];
        let mut last = None;
        for (cell, column) in columns.iter().enumerate() {
            let Some(column) = *column else { continue };
            if last >= Some(column) {
                return cost + self.verdict_of_merged(columns);
            }
            (at[column], last) = (cell as u32, Some(column));
        }
        cost + self.verdict(|c| *self.numbers.get(at[c] as usize)?)
    }

    /// What they say of a laying that lays two cells on one column, where they are one.
    fn verdict_of_merged(&self, columns: &[Option<usize>]) -> f64 {
        let cells = laid_cells(self.cells, columns);
        self.verdict(|c| number(cells.iter().find(|cell| cell.column == c)?))
    }

    fn verdict(&self, number: impl Fn(usize) -> Option<Number>) -> f64 {
        let verdict = |relation: &Relation| {
            let holds = relation
                .holds_in_hundredths(|c| number(c).map(|(_, hundredths)| hundredths).transpose())
                .unwrap_or_else(|_| relation.holds(|c| number(c).map(|(number, _)| number)));
            match holds {
                Some(true) => -HELD,
                Some(false) => HELD,
                None => 0.0,
            }
        };
        self.relations.iter().map(verdict).sum()
    }
}

//! How one row of a table is laid: ragged, filled up with blanks at its end, or moved as a whole.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::columns::{ColumnModel, Traits};
use crate::contest::{Contest, HELD, ROUNDING, Verdicts, Wanted};
use crate::equations::Relation;
use crate::filled_up::{KEPT, keeps_blanks, reach};
use crate::gaps::Pairs;
use crate::lattice::{DROP, GAP, Layings, Room, WIDEST};
use crate::sheet::{SheetCell, SheetRow};

/// What a row with its right number of cells must gain before it is moved.
const MOVE: f64 = 6.0;

/// For each cell of a row its column; `None` for a dropped blank.
pub(crate) type Columns = Vec<Option<usize>>;

/// For a piece and a number of cells, the laying that most such rows have.
pub(crate) type UsualLayings = BTreeMap<(usize, usize), Columns>;

/// What is known of a table while its rows are laid.
pub(crate) struct Known<'a> {
    pub(crate) model: &'a ColumnModel,
    pub(crate) relations: &'a [Relation],
    pub(crate) usual: &'a UsualLayings,
    pub(crate) pairs: &'a Pairs,
    /// What it costs to believe that a row lost blanks.
    pub(crate) loss: f64,
}

/// How a ragged row is laid, and how sure that is.
pub(crate) fn ragged(
    row: &SheetRow,
    traits: &[Traits],
    known: &Known<'_>,
    relations: &[Relation],
    usual: Option<&[Option<usize>]>,
    wanted: Wanted,
    room: &mut Room,
) -> (Option<Columns>, f64) {
    let Known { model, pairs, .. } = known;
    let cells = &row.cells;
    let verdicts = Verdicts::new(cells, relations);
    let weigh = |cost: f64, columns: &[Option<usize>]| {
        verdicts.weigh(cost + pairs.cost(cells, columns), columns)
    };
    // The laying that leaves every cell where it is printed takes part in any case: only blanks at
    // the end were lost.
    let columns = printed_columns(cells.len());
    let stays = LazyCell::new(|| {
        let cost = block_cost(model, traits, columns.iter().copied());
        weigh(cost + GAP * (model.len() - cells.len()) as f64, &columns)
    });
    let mut is_missing = cells.len() <= model.len();
    let mut contest = Contest::new(f64::INFINITY, wanted);
    let mut layings = Layings::of(cells, traits, model, usual, room);
    loop {
        if contest.is_settled(layings.least() - most_gain(relations))
            && (!is_missing || contest.is_settled(*stays))
        {
            break;
        }
        let Some(found) = layings.next() else { break };
        if !found.is_known {
            is_missing &= !stays_printed(cells, found.columns);
            contest.enter(weigh(found.cost, found.columns), found.columns);
        }
    }
    if is_missing {
        contest.enter(*stays, &columns);
    }
    let margin = contest.margin();
    (contest.into_columns(), margin)
}

/// Whether a whole row stays as it is printed, whatever its texts are: the kinds of its cells show that
/// it neither looks like the others if it was moved, nor, if it may have been, if it was filled up.
pub(crate) fn surely_stays(
    row: &SheetRow,
    traits: &[Traits],
    model: &ColumnModel,
    relations: &[Relation],
    loss: Option<f64>,
) -> bool {
    let is_not_filled_up = |loss: f64| {
        let stays = traits.iter().enumerate().map(|(column, t)| model.most_cost(t, column)).sum();
        let contest = Contest::new(weigh_printed(row, relations, stays), Wanted::Margin);
        is_settled_by_bounds(&contest, row, traits, model, relations, loss)
    };
    loss.is_none_or(is_not_filled_up) && !may_have_moved(row, traits, model, relations)
}

/// What a row costs that stays as it is printed, after the equations had their say.
fn weigh_printed(row: &SheetRow, relations: &[Relation], cost: f64) -> f64 {
    if relations.is_empty() {
        return cost;
    }
    Verdicts::new(&row.cells, relations).weigh(cost, &printed_columns(row.cells.len()))
}

/// Whether no way to fill a row up can matter that has a chance against a row as it is printed.
fn is_settled_by_bounds(
    contest: &Contest,
    row: &SheetRow,
    traits: &[Traits],
    model: &ColumnModel,
    relations: &[Relation],
    loss: f64,
) -> bool {
    let cells = &row.cells[..reach(row)];
    let least = least_elsewhere(cells, &traits[..cells.len()], model);
    contest.is_settled(least - most_gain(relations) + loss_of(row, loss))
}

/// What it costs to believe that a row lost blanks, by what it costs where it keeps none.
fn loss_of(row: &SheetRow, loss: f64) -> f64 {
    loss + if keeps_blanks(row) { KEPT } else { 0.0 }
}

/// How a row is laid whose blanks at the end may fill it up, and how sure that is; no laying where it
/// stays as printed.
pub(crate) fn filled_up(
    row: &SheetRow,
    traits: &[Traits],
    known: &Known<'_>,
    relations: &[Relation],
    wanted: Wanted,
    room: &mut Room,
) -> (Option<Columns>, f64) {
    let Known { model, pairs, loss, .. } = known;
    let stays = block_cost(model, traits, (0..row.cells.len()).map(Some));
    let mut contest = Contest::new(weigh_printed(row, relations, stays), wanted);
    if is_settled_by_bounds(&contest, row, traits, model, relations, *loss) {
        return (None, 1.0);
    }
    let cells = &row.cells[..reach(row)];
    let loss = loss_of(row, *loss);
    let verdicts = Verdicts::new(cells, relations);
    let mut layings = Layings::of(cells, &traits[..cells.len()], model, None, room);
    while !contest.is_settled(layings.least() - most_gain(relations) + loss) {
        let Some(found) = layings.next() else { break };
        if found.is_known || stays_printed(cells, found.columns) {
            continue;
        }
        let cost = found.cost + (pairs.cost(cells, found.columns) + loss);
        contest.enter(verdicts.weigh(cost, found.columns), found.columns);
    }
    let margin = contest.margin();
    let columns = contest.into_columns().map(|mut columns| {
        columns.resize(row.cells.len(), None);
        columns
    });
    (columns, margin)
}

/// A bound that the cost of no laying falls below which lays a cell elsewhere than it is printed, for
/// fewer cells than columns.
///
/// Cells keep their order, and one of them alone may be dropped, if it is blank. So where none is blank
/// they stand where they are printed up to some cell, and from this one on each at least a column further,
/// but not so far that the rest has no room; the bound is the least over all such cells. Where one is
/// blank they may stand anywhere, and each blank may be dropped. The columns left empty cost no less than
/// what is added to their surprise.
fn least_elsewhere(cells: &[SheetCell], traits: &[Traits], model: &ColumnModel) -> f64 {
    let width = model.len();
    let spare = width - cells.len();
    let among = |traits: &Traits, mut columns: Range<usize>| {
        let first = columns.next().map_or(f64::INFINITY, |c| model.least_cost(traits, c));
        columns.map(|c| model.least_cost(traits, c)).fold(first, f64::min)
    };
    let empty = GAP * spare as f64;
    if cells.iter().any(SheetCell::is_blank) {
        let least = |(cell, traits): (&SheetCell, &Traits)| {
            let least = among(traits, 0..width);
            if cell.is_blank() { least.min(DROP) } else { least }
        };
        return empty + cells.iter().zip(traits).map(least).sum::<f64>();
    }
    // From the last cell to the first: what those behind cost further on.
    let mut further = 0.0;
    let mut here: f64 = traits.iter().enumerate().map(|(i, t)| model.least_cost(t, i)).sum();
    let mut least = f64::INFINITY;
    for (i, traits) in traits.iter().enumerate().rev() {
        here -= model.least_cost(traits, i);
        further += among(traits, i + 1..i + 1 + spare);
        least = least.min(here + further);
    }
    empty + least
}

/// Whether every cell that is not blank stays where it is printed.
fn stays_printed(cells: &[SheetCell], columns: &[Option<usize>]) -> bool {
    let mut cells = cells.iter().zip(columns).enumerate();
    cells.all(|(i, (cell, column))| cell.is_blank() || *column == Some(i))
}

/// The columns of so many cells that all stay where they are printed.
fn printed_columns(cells: usize) -> Columns {
    (0..cells).map(Some).collect()
}

/// Where a whole row looks much more like the others a few columns further: that laying. Leading
/// cells that were merged are lost in some conversions, and the rest of the row moves left.
pub(crate) fn moved(
    row: &SheetRow,
    traits: &[Traits],
    model: &ColumnModel,
    relations: &[Relation],
) -> Option<(Columns, f64)> {
    if !may_have_moved(row, traits, model, relations) {
        return None;
    }
    let Span { first, places } = Span::of(row, model)?;
    let columns = |from: usize| {
        let column = move |cell: &SheetCell| (!cell.is_blank()).then(|| cell.column + from - first);
        row.cells.iter().map(column)
    };
    let verdicts = Verdicts::new(&row.cells, relations);
    let weighed = |from: usize, cost: f64| {
        if relations.is_empty() {
            return cost;
        }
        verdicts.weigh(cost, &columns(from).collect::<Columns>())
    };
    let cost = |from: usize| block_cost(model, traits, columns(from));
    let here = weighed(first, cost(first));
    let most = worth_moving(here, relations);
    let (best, least) = places
        .filter(|from| *from != first)
        .map(|from| (from, cost(from)))
        .filter(|(_, cost)| *cost <= most)
        .map(|(from, cost)| (from, weighed(from, cost)))
        .min_by(|a, b| a.1.total_cmp(&b.1))?;
    let gain = here - least;
    (gain >= MOVE).then(|| (columns(best).collect(), 1.0 - (-(gain - MOVE / 2.0)).exp()))
}

/// Where the filled cells of a row stand and may be moved to as a whole.
struct Span {
    /// The column of the first.
    first: usize,
    /// The columns that it may stand in.
    places: Range<usize>,
}

impl Span {
    /// `None` if there is no other place for them.
    fn of(row: &SheetRow, model: &ColumnModel) -> Option<Self> {
        let width = model.len();
        let mut filled = row.filled().map(|cell| cell.column);
        let first = filled.next()?;
        let last = filled.last().unwrap_or(first);
        let is_fixed = last >= width || (first == 0 && last + 1 == width);
        if is_fixed || row.cells.iter().any(|cell| cell.colspan > 1) {
            return None;
        }
        Some(Self { first, places: 0..width + first - last })
    }
}

/// Whether a row may look so much more like the others in other places, by what its cells cost there at
/// least, and here at most.
fn may_have_moved(
    row: &SheetRow,
    traits: &[Traits],
    model: &ColumnModel,
    relations: &[Relation],
) -> bool {
    let Some(Span { first, places }) = Span::of(row, model) else { return false };
    // Beside what it costs to leave the columns empty.
    let blanks = model.blank_costs();
    let mut most = 0.0;
    let mut least = [0.0; WIDEST];
    let least = &mut least[places];
    for (cell, traits) in row.cells.iter().zip(traits).filter(|(cell, _)| !cell.is_blank()) {
        most += model.most_costs(traits)[cell.column] - blanks[cell.column];
        let columns = cell.column - first..cell.column - first + least.len();
        let costs = model.least_costs(traits)[columns.clone()].iter().zip(&blanks[columns]);
        for (least, (cost, blank)) in least.iter_mut().zip(costs) {
            *least += cost - blank;
        }
    }
    let most = worth_moving(most + most_gain(relations), relations);
    let mut places = least.iter().enumerate();
    places.any(|(from, least)| from != first && *least <= most)
}

/// What a laying costs at most before the equations had their say, for it to be worth moving a row that
/// costs so much after it.
fn worth_moving(here: f64, relations: &[Relation]) -> f64 {
    here - MOVE + most_gain(relations) + ROUNDING
}

/// What equations make good at most, and at worst.
fn most_gain(relations: &[Relation]) -> f64 {
    HELD * relations.len() as f64
}

/// How surprising the cells of a row are in these columns, and the other columns left empty.
fn block_cost(
    model: &ColumnModel,
    traits: &[Traits],
    columns: impl Iterator<Item = Option<usize>>,
) -> f64 {
    let mut taken = [false; WIDEST];
    let mut cost = 0.0;
    for (cell, column) in traits.iter().zip(columns) {
        if let Some(column) = column {
            taken[column] = true;
            cost += model.cost(cell, column);
        }
    }
    let blanks = (0..model.len()).filter(|column| !taken[*column]);
    cost + blanks.map(|column| model.blank_cost(column)).sum::<f64>()
}

#[cfg(test)]
mod tests;

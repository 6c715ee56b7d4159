//! Lays the rows of a table on its columns: ragged rows cell by cell, rows that were moved as a
//! whole as a block. Equations choose among near layings, as evidence and not as law.

use std::collections::{BTreeMap, BTreeSet};

use laras_model::{Decimal, Flag};

use crate::columns::{ColumnModel, Traits};
use crate::discover::{SAMPLE, discover};
use crate::equations::Relation;
use crate::filled_up::{KEPT, cost_of_loss, full_reach, keeps_blanks, may_be_filled_up, reach};
use crate::gaps::Pairs;
use crate::kind::CellKind;
use crate::lattice::{GAP, Laying, WIDEST, laid, layings};
use crate::logical::LONG;
use crate::rejoin::BodyRow;
use crate::sheet::{SheetCell, SheetRow};

/// Rounds of learning the columns and laying the rows.
const ROUNDS: usize = 3;
/// What an equation that holds is worth against the cost of a laying, and one that does not.
const HELD: f64 = 3.0;
/// What a row with its right number of cells must gain before it is moved.
const MOVE: f64 = 6.0;
/// Fewest rows that seem to have lost no blank to look for equations in them alone.
const FEWEST_SURE: usize = 6;
/// Margin below which a laying is unsure.
const SURE: f64 = 0.5;

/// Lays every row on the columns and finds the equations between them; of a long table by its first
/// rows.
pub(crate) fn lay_rows(body: &mut [BodyRow], paths: &[Vec<String>], width: usize) -> Vec<Relation> {
    let expected = ColumnModel::expected(paths);
    if width == 0 || width > WIDEST {
        return Vec::new();
    }
    let pairs = Pairs::of(paths);
    let (body, rest) = body.split_at_mut(body.len().min(LONG));
    let mut model = expected.clone();
    let mut states: Vec<State> = body.iter().map(|body| State::of(body, &model)).collect();
    for (state, may_be) in states.iter_mut().zip(may_be_filled_up(body, width)) {
        state.may_be_filled_up = may_be;
    }
    let doubtful = states.iter().filter(|state| state.may_be_filled_up).count();
    let full = full_reach(body);
    let is_sure = |(body, state): &(&BodyRow, &State)| {
        let is_full = || reach(&body.row) >= full || keeps_blanks(&body.row);
        is_whole(&body.row, width) && (!state.may_be_filled_up || is_full())
    };
    let mut sure = Vec::with_capacity(body.len());
    for (body, state) in body.iter().zip(&states).filter(is_sure) {
        model.learn(&body.row, &state.traits);
        sure.push(body);
    }
    let mut relations = relations(body.iter(), &model, width);
    if doubtful > 0 && sure.len() >= FEWEST_SURE {
        relations = agreed(relations, &sure, &model, width);
    }
    let mut loss = cost_of_loss(0, doubtful);
    for round in 0..ROUNDS {
        let usual = if round > 0 { usual_layings(body, &states, width) } else { BTreeMap::new() };
        let mut changed = false;
        for (body, state) in body.iter_mut().zip(&mut states) {
            changed |= lay_row(body, state, &model, &relations, &usual, &pairs, loss);
        }
        if !changed {
            break;
        }
        let lost = states.iter().filter(|s| s.may_be_filled_up && s.printed.is_some()).count();
        loss = cost_of_loss(lost, doubtful);
        model = expected.clone();
        for (body, state) in body.iter().zip(&states) {
            model.learn(&body.row, state.laid.as_ref().unwrap_or(&state.traits));
        }
        relations = self::relations(body.iter(), &model, width);
    }
    for (body, state) in body.iter_mut().zip(&states) {
        flag_laid(body, state.printed.as_ref(), width);
    }
    if !rest.is_empty() {
        // The further rows of a long table are laid once, as its first ones are.
        let usual = usual_layings(body, &states, width);
        for body in rest {
            let mut state = State::of(body, &model);
            lay_row(body, &mut state, &model, &relations, &usual, &pairs, loss);
            flag_laid(body, state.printed.as_ref(), width);
        }
    }
    relations
}

/// What is known of a row while it is laid.
struct State {
    /// The row as it was printed, where it is laid elsewhere.
    printed: Option<Printed>,
    /// What its cells are like as they were printed.
    traits: Vec<Traits>,
    /// What they are like as they are laid elsewhere: two may be one.
    laid: Option<Vec<Traits>>,
    /// Whether blanks at its end may fill it up.
    may_be_filled_up: bool,
}

impl State {
    fn of(body: &BodyRow, model: &ColumnModel) -> Self {
        let traits = model.row_traits(&body.row);
        Self { printed: None, traits, laid: None, may_be_filled_up: false }
    }
}

/// A row that was laid elsewhere: as it was printed, and the columns that its cells were laid on.
#[derive(Clone)]
struct Printed {
    row: SheetRow,
    columns: Vec<Option<usize>>,
}

/// The row as it was printed.
fn as_printed<'b>(body: &'b BodyRow, printed: Option<&'b Printed>) -> &'b SheetRow {
    printed.map_or(&body.row, |printed| &printed.row)
}

/// Lays one row; whether that changed its columns. What was printed is kept where it is laid
/// elsewhere.
fn lay_row(
    body: &mut BodyRow,
    State { printed, traits, laid: own, may_be_filled_up }: &mut State,
    model: &ColumnModel,
    relations: &[Relation],
    usual: &UsualLayings,
    pairs: &Pairs,
    loss: f64,
) -> bool {
    let row = as_printed(body, printed.as_ref());
    // An equation says nothing of a row that states no two of its numbers.
    let stated = row.cells.iter().filter(|cell| cell.number().is_some()).take(2).count();
    let relations = if stated < 2 { &[] } else { relations };
    let mut stays = 1.0;
    let best = if *may_be_filled_up {
        let (laying, margin) = filled_up(row, traits, model, relations, pairs, loss);
        stays = margin;
        let laid = laying.map(|laying| (laying, margin));
        laid.or_else(|| moved(row, traits, model, relations))
    } else if is_whole(row, model.len()) {
        moved(row, traits, model, relations)
    } else {
        let usual = usual.get(&(body.piece, row.cells.len())).map(Vec::as_slice);
        let mut found = layings(row, traits, model, usual);
        as_printed_too(row, traits, model, &mut found);
        for laying in &mut found {
            laying.cost += pairs.cost(row, laying);
        }
        choose(row, found, relations)
    };
    let margin = best.as_ref().map_or(stays, |(_, margin)| *margin);
    let columns = best.as_ref().map(|(laying, _)| &laying.columns);
    if columns == printed.as_ref().map(|printed| &printed.columns) {
        body.margin = margin;
        return false;
    }
    let next = match &best {
        Some((laying, _)) => laid(row, laying),
        None => row.clone(),
    };
    *own = best.as_ref().map(|_| model.row_traits(&next));
    body.margin = margin;
    let changed = !same_columns(&body.row, &next);
    let before = std::mem::replace(&mut body.row, next);
    let row = printed.take().map_or(before, |printed| printed.row);
    *printed = best.map(|(laying, _)| Printed { row, columns: laying.columns });
    changed
}

/// How a row is laid whose blanks at the end may fill it up, and how sure that is; no laying where it
/// stays as printed.
fn filled_up(
    row: &SheetRow,
    traits: &[Traits],
    model: &ColumnModel,
    relations: &[Relation],
    pairs: &Pairs,
    loss: f64,
) -> (Option<Laying>, f64) {
    let columns: Vec<Option<usize>> = (0..row.cells.len()).map(Some).collect();
    let cost = block_cost(traits, model, columns.iter().copied());
    let stays = weigh(row, &Laying { columns, cost }, relations);
    let reach = reach(row);
    let trimmed = SheetRow { cells: row.cells[..reach].to_vec(), place: row.place.clone(), ..*row };
    let mut found = layings(&trimmed, &traits[..reach], model, None);
    found.retain(|laying| {
        let mut cells = trimmed.cells.iter().zip(&laying.columns).enumerate();
        !cells.all(|(i, (cell, column))| cell.is_blank() || *column == Some(i))
    });
    let loss = loss + if keeps_blanks(row) { KEPT } else { 0.0 };
    for laying in &mut found {
        laying.cost += pairs.cost(&trimmed, laying) + loss;
    }
    let Some((mut laying, margin)) = choose(&trimmed, found, relations) else { return (None, 1.0) };
    let cost = weigh(&trimmed, &laying, relations);
    if cost >= stays {
        return (None, 1.0 - (stays - cost).exp());
    }
    laying.columns.resize(row.cells.len(), None);
    (Some(laying), margin.min(1.0 - (cost - stays).exp()))
}

/// Adds the laying that leaves every cell where it is printed, if it is not there: only blanks at the
/// end were lost.
fn as_printed_too(row: &SheetRow, traits: &[Traits], model: &ColumnModel, found: &mut Vec<Laying>) {
    let stays = |laying: &Laying| {
        let mut cells = row.cells.iter().zip(&laying.columns).enumerate();
        cells.all(|(i, (cell, column))| cell.is_blank() || *column == Some(i))
    };
    if row.cells.len() > model.len() || found.iter().any(stays) {
        return;
    }
    let columns: Vec<Option<usize>> = (0..row.cells.len()).map(Some).collect();
    let lost = model.len() - row.cells.len();
    let cost = block_cost(traits, model, columns.iter().copied()) + GAP * lost as f64;
    found.push(Laying { columns, cost });
}

/// Says of a row that was laid, or moved, that it was, and whether that is unsure.
fn flag_laid(body: &mut BodyRow, printed: Option<&Printed>, width: usize) {
    let row = as_printed(body, printed);
    if !is_whole(row, width) || !same_columns(&body.row, row) {
        body.flags.insert(Flag::RowAligned);
    }
    if body.margin < SURE {
        body.flags.insert(Flag::RowUnsure);
    }
}

/// Whether a row has a cell for every column, or its cells know their places.
fn is_whole(row: &SheetRow, width: usize) -> bool {
    row.is_fixed || row.cells.len() == width
}

/// Where a whole row looks much more like the others a few columns further: that laying. Leading
/// cells that were merged are lost in some conversions, and the rest of the row moves left.
fn moved(
    row: &SheetRow,
    traits: &[Traits],
    model: &ColumnModel,
    relations: &[Relation],
) -> Option<(Laying, f64)> {
    let width = model.len();
    let mut filled = row.filled().map(|cell| cell.column);
    let first = filled.next()?;
    let last = filled.last().unwrap_or(first);
    if last >= width || (first == 0 && last + 1 == width) || row.cells.iter().any(|c| c.colspan > 1)
    {
        return None;
    }
    let columns = |from: usize| {
        let column = move |cell: &SheetCell| (!cell.is_blank()).then(|| cell.column + from - first);
        row.cells.iter().map(column)
    };
    let weighed = |from: usize, cost: f64| {
        if relations.is_empty() {
            return cost;
        }
        weigh(row, &Laying { columns: columns(from).collect(), cost }, relations)
    };
    let cost = |from: usize| block_cost(traits, model, columns(from));
    let here = weighed(first, cost(first));
    // No equations make good what a laying costs more.
    let most = here - MOVE + HELD * relations.len() as f64 + ROUNDING;
    let (best, least) = (0..width + first - last)
        .filter(|from| *from != first)
        .map(|from| (from, cost(from)))
        .filter(|(_, cost)| *cost <= most)
        .map(|(from, cost)| (from, weighed(from, cost)))
        .min_by(|a, b| a.1.total_cmp(&b.1))?;
    let gain = here - least;
    (gain >= MOVE).then(|| {
        let laying = Laying { columns: columns(best).collect(), cost: least };
        (laying, 1.0 - (-(gain - MOVE / 2.0)).exp())
    })
}

/// What sums of costs may be off by.
const ROUNDING: f64 = 1e-6;

/// How surprising the cells of a row are in these columns, and the other columns left empty.
fn block_cost(
    traits: &[Traits],
    model: &ColumnModel,
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

/// For a piece and a number of cells, the laying that most such rows have.
type UsualLayings = BTreeMap<(usize, usize), Vec<Option<usize>>>;

/// For rows of one piece and one number of cells, the laying that most of them have.
fn usual_layings(body: &[BodyRow], states: &[State], width: usize) -> UsualLayings {
    type Tally = BTreeMap<usize, usize>;
    let mut votes: BTreeMap<(usize, usize), Vec<Tally>> = BTreeMap::new();
    let key = |body: &BodyRow, row: &SheetRow| (body.piece, row.cells.len());
    let rows = || {
        body.iter()
            .zip(states)
            .map(|(body, state)| (body, as_printed(body, state.printed.as_ref())))
    };
    let ragged: BTreeSet<(usize, usize)> =
        rows().filter(|(_, row)| !is_whole(row, width)).map(|(body, row)| key(body, row)).collect();
    for (body, row) in rows() {
        let key = key(body, row);
        if !ragged.contains(&key) {
            continue;
        }
        let places = votes.entry(key).or_insert_with(|| vec![Tally::new(); row.cells.len()]);
        for (i, cell) in row.cells.iter().enumerate().filter(|(_, c)| !c.is_blank()) {
            let laid = body.row.cells.iter().find(|c| c.place == cell.place && c.text == cell.text);
            if let Some(laid) = laid {
                *places[i].entry(laid.column).or_default() += 1;
            }
        }
    }
    let best = |tally: &Tally| {
        let most = tally.iter().max_by_key(|(column, count)| (**count, usize::MAX - **column));
        most.map(|(column, _)| *column)
    };
    votes.into_iter().map(|(key, places)| (key, places.iter().map(best).collect())).collect()
}

/// The equations between the columns as they are laid now.
fn relations<'b>(
    body: impl IntoIterator<Item = &'b BodyRow>,
    model: &ColumnModel,
    width: usize,
) -> Vec<Relation> {
    let sample = body.into_iter().take(SAMPLE).enumerate();
    let rows: Vec<(u32, Vec<Option<Decimal>>)> =
        sample.map(|(i, body)| (i as u32, numbers(&body.row, width))).collect();
    let is_value = |c: usize| model.share(c, CellKind::is_number) >= 0.2;
    let is_percent = |c: usize| {
        let percents = model.share(c, |k| matches!(k, CellKind::Percent | CellKind::Decimal));
        percents > 0.3 && percents > model.share(c, |k| k == CellKind::Amount)
            || model.share(c, |k| {
                matches!(k, CellKind::Percent | CellKind::Decimal | CellKind::Integer)
            }) >= 0.5
    };
    discover(&rows, width, is_percent, is_value)
}

/// The equations of all rows that hold in those that seem to have lost no blank, and what else is
/// found in these: cells that moved with others keep their sums in wrong columns.
fn agreed(
    found: Vec<Relation>,
    sure: &[&BodyRow],
    model: &ColumnModel,
    width: usize,
) -> Vec<Relation> {
    let rows: Vec<_> = sure.iter().take(SAMPLE).map(|body| numbers(&body.row, width)).collect();
    let holds = |relation: &Relation| {
        let verdicts: Vec<bool> =
            rows.iter().filter_map(|row| relation.holds(|c| *row.get(c)?)).collect();
        let held = verdicts.iter().filter(|held| **held).count();
        held * 2 >= FEWEST_SURE && held * 10 >= verdicts.len() * 9
    };
    let mut agreed: Vec<Relation> = found.into_iter().filter(holds).collect();
    for relation in relations(sure.iter().copied(), model, width) {
        if agreed.iter().all(|known| known.result != relation.result) {
            agreed.push(relation);
        }
    }
    agreed
}

fn same_columns(a: &SheetRow, b: &SheetRow) -> bool {
    a.cells.len() == b.cells.len()
        && a.cells.iter().zip(&b.cells).all(|(x, y)| x.column == y.column)
        || a.filled().map(|c| c.column).eq(b.filled().map(|c| c.column))
}

/// The numbers of a row by column.
fn numbers(row: &SheetRow, width: usize) -> Vec<Option<Decimal>> {
    let mut numbers = vec![None; width];
    for cell in row.filled() {
        if let Some(slot) = numbers.get_mut(cell.column) {
            *slot = cell.number();
        }
    }
    numbers
}

/// The cost of a laying after the equations had their say.
fn weigh(row: &SheetRow, laying: &Laying, relations: &[Relation]) -> f64 {
    if relations.is_empty() {
        return laying.cost;
    }
    let one_each = laying.columns.iter().flatten().is_sorted_by(|a, b| a < b);
    // The number in each column.
    let mut numbers = [None; WIDEST];
    if one_each {
        for (cell, column) in row.cells.iter().zip(&laying.columns) {
            if let Some(column) = *column {
                numbers[column] = cell.number();
            }
        }
    } else {
        for cell in laid(row, laying).cells.iter().rev() {
            numbers[cell.column] = cell.number();
        }
    }
    let verdict = |relation: &Relation| match relation.holds(|c| numbers[c]) {
        Some(true) => -HELD,
        Some(false) => HELD,
        None => 0.0,
    };
    laying.cost + relations.iter().map(verdict).sum::<f64>()
}

/// The laying that is cheapest after the equations had their say, and how clearly it is.
fn choose(row: &SheetRow, found: Vec<Laying>, relations: &[Relation]) -> Option<(Laying, f64)> {
    let mut weighed: Vec<(f64, Laying)> =
        found.into_iter().map(|laying| (weigh(row, &laying, relations), laying)).collect();
    weighed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let margin = match weighed.as_slice() {
        [first, second, ..] => 1.0 - (first.0 - second.0).exp(),
        _ => 1.0,
    };
    weighed.into_iter().next().map(|(_, laying)| (laying, margin))
}

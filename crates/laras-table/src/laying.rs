//! Lays the rows of a table on its columns: ragged rows cell by cell, rows that were moved as a
//! whole as a block. Equations choose among near layings, as evidence and not as law.

use std::collections::{BTreeMap, BTreeSet};

use laras_model::{Decimal, Flag};

use crate::columns::{ColumnModel, Traits};
use crate::contest::Wanted;
use crate::discover::{FEWEST_COLUMNS, SAMPLE, Values};
use crate::equations::Relation;
use crate::filled_up::{cost_of_loss, full_reach, keeps_blanks, may_be_filled_up, reach};
use crate::gaps::Pairs;
use crate::kind::CellKind;
use crate::laid::laid;
use crate::lattice::{Room, WIDEST};
use crate::logical::LONG;
use crate::rejoin::BodyRow;
use crate::row_laying::{Columns, Known, UsualLayings, filled_up, moved, ragged, surely_stays};
use crate::sheet::SheetRow;

/// Rounds of learning the columns and laying the rows.
const ROUNDS: usize = 3;
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
    let (body, rest) = body.split_at_mut(body.len().min(LONG));
    let may_be_filled_up = may_be_filled_up(body, width);
    let doubtful = may_be_filled_up.iter().filter(|may_be| **may_be).count();
    let full = full_reach(body);
    let is_sure = |(body, may_be): (&BodyRow, &bool)| {
        let is_full = || reach(&body.row) >= full || keeps_blanks(&body.row);
        is_whole(&body.row, width) && (!may_be || is_full())
    };
    let sure: Vec<bool> = body.iter().zip(&may_be_filled_up).map(is_sure).collect();
    let mut model = expected.clone();
    for body in which(body, &sure) {
        model.learn_kinds(&body.row);
    }
    let mut relations = relations(body.iter(), &model, width);
    if doubtful > 0 && which(body, &sure).count() >= FEWEST_SURE {
        relations = agreed(relations, body, &sure, &model, width);
    }
    let mut loss = cost_of_loss(0, doubtful);
    // In most tables no row can have moved, whatever its texts are.
    let of_rest = std::iter::repeat(&false);
    let mut rows = body.iter().zip(&may_be_filled_up).chain(rest.iter().zip(of_rest));
    let mut traits = Vec::new();
    let all_stay = rows.all(|(body, may_be)| {
        let row = &body.row;
        is_whole(row, width) && {
            traits.clear();
            traits.extend(row.cells.iter().map(Traits::by_kind));
            let loss = may_be.then_some(loss);
            surely_stays(row, &traits, &model, of_stated(row, &relations), loss)
        }
    });
    if all_stay {
        for body in body.iter_mut().chain(rest) {
            body.margin = 1.0;
        }
        return relations;
    }
    let pairs = Pairs::of(paths);
    let state = |(body, may_be): (&BodyRow, &bool)| State::of(body, *may_be, &expected);
    let mut states: Vec<State> = body.iter().zip(&may_be_filled_up).map(state).collect();
    for ((body, state), _) in body.iter().zip(&states).zip(&sure).filter(|(_, sure)| **sure) {
        model.learn_texts(&body.row, &state.traits);
    }
    let mut room = Room::default();
    for round in 0..ROUNDS {
        let usual = if round > 0 { usual_layings(body, &states, width) } else { BTreeMap::new() };
        let mut changed = false;
        let known =
            Known { model: &model, relations: &relations, usual: &usual, pairs: &pairs, loss };
        for (body, state) in body.iter_mut().zip(&mut states) {
            // Once a row has changed all of them are laid once more.
            let is_last = !changed || round + 1 == ROUNDS;
            let wanted = if is_last { Wanted::Margin } else { Wanted::Cheapest };
            changed |= lay_row(body, state, &known, wanted, &mut room);
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
        let known =
            Known { model: &model, relations: &relations, usual: &usual, pairs: &pairs, loss };
        for body in rest {
            let mut state = State::of(body, false, &model);
            lay_row(body, &mut state, &known, Wanted::Margin, &mut room);
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
    fn of(body: &BodyRow, may_be_filled_up: bool, model: &ColumnModel) -> Self {
        let traits = model.row_traits(&body.row);
        Self { printed: None, traits, laid: None, may_be_filled_up }
    }
}

/// A row that was laid elsewhere: as it was printed, and the columns that its cells were laid on.
#[derive(Clone)]
struct Printed {
    row: SheetRow,
    columns: Columns,
}

/// The row as it was printed.
fn as_printed<'b>(body: &'b BodyRow, printed: Option<&'b Printed>) -> &'b SheetRow {
    printed.map_or(&body.row, |printed| &printed.row)
}

/// The rows of a kind.
fn which<'b>(body: &'b [BodyRow], is: &[bool]) -> impl Iterator<Item = &'b BodyRow> + Clone {
    body.iter().zip(is).filter(|(_, is)| **is).map(|(body, _)| body)
}

/// The equations that may say something of a row: none if it states no two numbers.
fn of_stated<'r>(row: &SheetRow, relations: &'r [Relation]) -> &'r [Relation] {
    let stated = row.cells.iter().filter(|cell| cell.number().is_some()).take(2).count();
    if stated < 2 { &[] } else { relations }
}

/// Lays one row; whether that changed its columns. What was printed is kept where it is laid
/// elsewhere. Its margin is set where it is wanted.
fn lay_row(
    body: &mut BodyRow,
    State { printed, traits, laid: own, may_be_filled_up }: &mut State,
    known: &Known<'_>,
    wanted: Wanted,
    room: &mut Room,
) -> bool {
    let row = as_printed(body, printed.as_ref());
    let relations = of_stated(row, known.relations);
    let model = known.model;
    let (best, margin) = if *may_be_filled_up {
        match filled_up(row, traits, known, relations, wanted, room) {
            (None, stays) => moved(row, traits, model, relations)
                .map_or((None, stays), |(columns, margin)| (Some(columns), margin)),
            found => found,
        }
    } else if is_whole(row, model.len()) {
        moved(row, traits, model, relations)
            .map_or((None, 1.0), |(columns, margin)| (Some(columns), margin))
    } else {
        let usual = known.usual.get(&(body.piece, row.cells.len())).map(Vec::as_slice);
        ragged(row, traits, known, relations, usual, wanted, room)
    };
    if best.as_ref() == printed.as_ref().map(|printed| &printed.columns) {
        body.margin = margin;
        return false;
    }
    let next = match &best {
        Some(columns) => laid(row, columns),
        None => row.clone(),
    };
    *own = best.as_ref().map(|columns| laid_traits(traits, columns, &next, model));
    body.margin = margin;
    let changed = !same_columns(&body.row, &next);
    let before = std::mem::replace(&mut body.row, next);
    let row = printed.take().map_or(before, |printed| printed.row);
    *printed = best.map(|columns| Printed { row, columns });
    changed
}

/// What the cells of a row are like that is laid on columns: two of them may be one.
fn laid_traits(
    traits: &[Traits],
    columns: &Columns,
    laid: &SheetRow,
    model: &ColumnModel,
) -> Vec<Traits> {
    let kept = traits.iter().zip(columns).filter(|(_, column)| column.is_some());
    if kept.clone().count() == laid.cells.len() {
        return kept.map(|(traits, _)| *traits).collect();
    }
    model.row_traits(laid)
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
    body: impl Iterator<Item = &'b BodyRow> + Clone,
    model: &ColumnModel,
    width: usize,
) -> Vec<Relation> {
    let sample = body.take(SAMPLE);
    let is_value = |c: usize| model.share(c, CellKind::is_number) >= 0.2;
    let is_percent = |c: usize| {
        let percents = model.share(c, |k| matches!(k, CellKind::Percent | CellKind::Decimal));
        percents > 0.3 && percents > model.share(c, |k| k == CellKind::Amount)
            || model.share(c, |k| {
                matches!(k, CellKind::Percent | CellKind::Decimal | CellKind::Integer)
            }) >= 0.5
    };
    if (0..width).filter(|c| is_value(*c)).take(FEWEST_COLUMNS).count() < FEWEST_COLUMNS {
        return Vec::new();
    }
    let mut values = Values::new(sample.clone().count(), width, is_percent, is_value);
    for (at, body) in sample.enumerate() {
        for cell in body.row.filled() {
            values.set(at, cell.column, cell.number());
        }
    }
    values.relations()
}

/// The equations of all rows that hold in those that seem to have lost no blank, and what else is
/// found in these and holds in four of five: cells that moved with others keep their sums in wrong columns.
fn agreed(
    found: Vec<Relation>,
    body: &[BodyRow],
    is_sure: &[bool],
    model: &ColumnModel,
    width: usize,
) -> Vec<Relation> {
    let sure = || which(body, is_sure);
    let rows: Vec<_> = sure().take(SAMPLE).map(|body| numbers(&body.row, width)).collect();
    let holds_in = |relation: &Relation, tenths: usize| {
        let verdicts: Vec<bool> =
            rows.iter().filter_map(|row| relation.holds(|c| *row.get(c)?)).collect();
        let held = verdicts.iter().filter(|held| **held).count();
        held * 2 >= FEWEST_SURE && held * 10 >= verdicts.len() * tenths
    };
    let mut agreed: Vec<Relation> = found.iter().filter(|r| holds_in(r, 9)).cloned().collect();
    // Where no row is doubtful, what is found in these was found already.
    let is_all = is_sure.iter().all(|sure| *sure);
    let own = if is_all { found } else { relations(sure(), model, width) };
    for relation in own.into_iter().filter(|r| holds_in(r, 8)) {
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

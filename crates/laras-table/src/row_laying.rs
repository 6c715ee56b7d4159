//! How one row of a table is laid: ragged, filled up with blanks at its end, or moved as a whole.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::columns::{ColumnModel, Traits};
use crate::contest::{Contest, HELD, ROUNDING, Verdicts};
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
    let mut contest = Contest::new(f64::INFINITY);
    let mut layings = Layings::of(cells, traits, model, usual, room);
    loop {
        if contest.is_settled(verdicts.least(layings.least()))
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

/// How a row is laid whose blanks at the end may fill it up, and how sure that is; no laying where it
/// stays as printed.
pub(crate) fn filled_up(
    row: &SheetRow,
    traits: &[Traits],
    known: &Known<'_>,
    relations: &[Relation],
    room: &mut Room,
) -> (Option<Columns>, f64) {
    let Known { model, pairs, loss, .. } = known;
    let columns = printed_columns(row.cells.len());
    let stays = block_cost(model, traits, columns.iter().copied());
    let stays = Verdicts::new(&row.cells, relations).weigh(stays, &columns);
    let cells = &row.cells[..reach(row)];
    let traits = &traits[..cells.len()];
    let loss = loss + if keeps_blanks(row) { KEPT } else { 0.0 };
    let verdicts = Verdicts::new(cells, relations);
    let mut contest = Contest::new(stays);
    if contest.is_settled(verdicts.least(least_elsewhere(cells, traits, model)) + loss) {
        return (None, 1.0);
    }
    let mut layings = Layings::of(cells, traits, model, None, room);
    while !contest.is_settled(verdicts.least(layings.least()) + loss) {
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
    let places = || (0..width + first - last).filter(|from| *from != first);
    // What the cells cost beside blank columns, by what one costs at most or at least.
    let blanks: f64 = (0..width).map(|column| model.blank_cost(column)).sum();
    let bound = |from: usize, cost: fn(&ColumnModel, &Traits, usize) -> f64| {
        let filled = row.cells.iter().zip(traits).filter(|(cell, _)| !cell.is_blank());
        let costs = filled.map(|(cell, traits)| {
            let column = cell.column + from - first;
            cost(model, traits, column) - model.blank_cost(column)
        });
        blanks + costs.sum::<f64>()
    };
    // What a laying costs before the equations had their say, for it to be so much cheaper after it:
    // none of them makes good more.
    let say = HELD * relations.len() as f64;
    let limit = |here: f64| here - MOVE + say + ROUNDING;
    let most = limit(bound(first, ColumnModel::most_cost) + say);
    let is_worth = |from: &usize, most: f64| bound(*from, ColumnModel::least_cost) <= most;
    if !places().any(|from| is_worth(&from, most)) {
        return None;
    }
    let verdicts = Verdicts::new(&row.cells, relations);
    let weighed = |from: usize, cost: f64| {
        if relations.is_empty() {
            return cost;
        }
        verdicts.weigh(cost, &columns(from).collect::<Columns>())
    };
    let cost = |from: usize| block_cost(model, traits, columns(from));
    let here = weighed(first, cost(first));
    let most = limit(here);
    let (best, least) = places()
        .filter(|from| is_worth(from, most))
        .map(|from| (from, cost(from)))
        .filter(|(_, cost)| *cost <= most)
        .map(|(from, cost)| (from, weighed(from, cost)))
        .min_by(|a, b| a.1.total_cmp(&b.1))?;
    let gain = here - least;
    (gain >= MOVE).then(|| (columns(best).collect(), 1.0 - (-(gain - MOVE / 2.0)).exp()))
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
mod tests {
    use laras_model::{EquationKind, Place, RawCell};
    use laras_number::Reader;
    use proptest::prelude::*;

    use super::*;
    use crate::equations::Formula;

    /// What cells hold, a line for every sort of column.
    const TEXTS: [&[&str]; 6] = [
        &["1", "2", "3", "4", "a", "b"],
        &["Rapat koordinasi", "Rapat kerja", "Pameran batik dan tenun", "Pelatihan", "Pameran"],
        &["100.000", "250.000", "350.000", "1.250.000", "-"],
        &["50 %", "75,5", "100", "40", "-", "35"],
        &["10", "20", "30", "5 Orang", "2 Dokumen", "-"],
        &["", "", "-", "selesai"],
    ];

    /// The sort of a cell beside that of its column: most are as their column is, some blank.
    fn cell() -> impl Strategy<Value = (Option<usize>, usize)> {
        (
            prop_oneof![6 => Just(None), 1 => (0..TEXTS.len()).prop_map(Some), 2 => Just(Some(5))],
            0..60_usize,
        )
    }

    /// Columns, rows that are learnt from, and one that is laid; equations.
    #[derive(Debug)]
    struct Case {
        sorts: Vec<usize>,
        rows: Vec<Vec<(Option<usize>, usize)>>,
        row: Vec<(Option<usize>, usize)>,
        relations: Vec<Relation>,
        loss: f64,
    }

    fn case() -> impl Strategy<Value = Case> {
        let sorts = prop::collection::vec(0..TEXTS.len(), 3..9);
        sorts.prop_flat_map(|sorts| {
            let width = sorts.len();
            let relation =
                (0..width, 0..width, 0..width, any::<bool>()).prop_map(|(r, a, b, sum)| {
                    let formula = if sum {
                        Formula::Sum(vec![a, b])
                    } else {
                        Formula::Percent { part: a, whole: b }
                    };
                    Relation { result: r, formula, kind: EquationKind::Discovered }
                });
            (
                Just(sorts),
                prop::collection::vec(prop::collection::vec(cell(), width), 0..9),
                prop::collection::vec(cell(), 1..width + 3),
                prop::collection::vec(relation, 0..4),
                0.4..9.0,
            )
                .prop_map(|(sorts, rows, row, relations, loss)| Case {
                    sorts,
                    rows,
                    row,
                    relations,
                    loss,
                })
        })
    }

    impl Case {
        fn row(&self, cells: &[(Option<usize>, usize)]) -> SheetRow {
            let mut reader = Reader::default();
            let cell = |(i, (sort, at)): (usize, &(Option<usize>, usize))| {
                let texts = TEXTS[sort.unwrap_or(self.sorts[i.min(self.sorts.len() - 1)])];
                let text = texts[at % texts.len()].into();
                SheetCell::new(RawCell { text, ..RawCell::default() }, i, &mut reader)
            };
            SheetRow {
                cells: cells.iter().enumerate().map(cell).collect(),
                place: Place::default(),
                printed: cells.len(),
                marked_header: false,
                is_fixed: false,
                division: 1.0,
            }
        }

        fn model(&self) -> ColumnModel {
            let mut model = ColumnModel::expected(&vec![Vec::new(); self.sorts.len()]);
            for row in &self.rows {
                let row = self.row(row);
                let traits = model.row_traits(&row);
                model.learn(&row, &traits);
            }
            model
        }
    }

    /// All layings of some cells that are looked at.
    fn all(
        cells: &[SheetCell],
        traits: &[Traits],
        model: &ColumnModel,
        usual: Option<&[Option<usize>]>,
    ) -> Vec<(f64, Columns)> {
        let mut room = Room::default();
        let mut layings = Layings::of(cells, traits, model, usual, &mut room);
        let mut found = Vec::new();
        while let Some(next) = layings.next() {
            if !next.is_known {
                found.push((next.cost, next.columns.to_vec()));
            }
        }
        found
    }

    /// The cheapest, and its margin in thousandths.
    fn best(mut found: Vec<(f64, Option<Columns>)>) -> (Option<Columns>, i64) {
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        let margin = match found.as_slice() {
            [first, second, ..] => 1.0 - (first.0 - second.0).exp(),
            _ => 1.0,
        };
        (found.into_iter().next().and_then(|(_, columns)| columns), thousandths(margin))
    }

    fn thousandths(margin: f64) -> i64 {
        (margin * 1000.0).round() as i64
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn a_ragged_row_is_laid_as_if_all_layings_were_weighed(case in case(), is_usual in any::<bool>()) {
            let (row, model, pairs) = (case.row(&case.row), case.model(), Pairs::of(&[]));
            let (cells, traits) = (&row.cells, model.row_traits(&row));
            let columns = printed_columns(cells.len());
            let usual = is_usual.then_some(columns.as_slice());
            let verdicts = Verdicts::new(cells, &case.relations);
            let mut found = all(cells, &traits, &model, usual);
            if cells.len() <= model.len() && !found.iter().any(|(_, c)| stays_printed(cells, c)) {
                let lost = (model.len() - cells.len()) as f64;
                let cost = block_cost(&model, &traits, columns.iter().copied()) + GAP * lost;
                found.push((cost, columns.clone()));
            }
            let weigh = |(cost, columns): (f64, Columns)| {
                (verdicts.weigh(cost + pairs.cost(cells, &columns), &columns), Some(columns))
            };
            let wanted = best(found.into_iter().map(weigh).collect());
            let known = Known {
                model: &model,
                relations: &case.relations,
                usual: &UsualLayings::new(),
                pairs: &pairs,
                loss: case.loss,
            };
            let (columns, margin) =
                ragged(&row, &traits, &known, &case.relations, usual, &mut Room::default());
            prop_assert_eq!((columns, thousandths(margin)), wanted);
        }

        #[test]
        fn a_row_filled_up_is_laid_as_if_all_layings_were_weighed(case in case()) {
            let (model, pairs) = (case.model(), Pairs::of(&[]));
            let mut row = case.row(&case.row[..case.row.len().min(model.len() - 1)]);
            let blanks = (row.cells.len()..model.len()).map(|_| (Some(5), 0));
            let cells: Vec<_> = case.row[..row.cells.len()].iter().copied().chain(blanks).collect();
            row = case.row(&cells);
            let traits = model.row_traits(&row);
            let cells = &row.cells[..reach(&row)];
            let loss = case.loss + if keeps_blanks(&row) { KEPT } else { 0.0 };
            let printed = printed_columns(row.cells.len());
            let stays = block_cost(&model, &traits, printed.iter().copied());
            let stays = Verdicts::new(&row.cells, &case.relations).weigh(stays, &printed);
            let verdicts = Verdicts::new(cells, &case.relations);
            let least = least_elsewhere(cells, &traits[..cells.len()], &model);
            let mut found = vec![(stays, None)];
            for (cost, mut columns) in all(cells, &traits[..cells.len()], &model, None) {
                if stays_printed(cells, &columns) {
                    continue;
                }
                prop_assert!(cost >= least - ROUNDING, "{} below the bound {}", cost, least);
                let cost = verdicts.weigh(cost + (pairs.cost(cells, &columns) + loss), &columns);
                columns.resize(row.cells.len(), None);
                found.push((cost, Some(columns)));
            }
            let wanted = best(found);
            let known = Known {
                model: &model,
                relations: &case.relations,
                usual: &UsualLayings::new(),
                pairs: &pairs,
                loss: case.loss,
            };
            let (columns, margin) =
                filled_up(&row, &traits, &known, &case.relations, &mut Room::default());
            prop_assert_eq!((columns, thousandths(margin)), wanted);
        }

        #[test]
        fn what_a_cell_costs_lies_between_its_bounds(case in case()) {
            let (row, model) = (case.row(&case.row), case.model());
            for traits in model.row_traits(&row) {
                for column in 0..model.len() {
                    let cost = model.cost(&traits, column);
                    prop_assert!(model.least_cost(&traits, column) <= cost + ROUNDING);
                    prop_assert!(cost <= model.most_cost(&traits, column) + ROUNDING);
                }
            }
        }
    }
}

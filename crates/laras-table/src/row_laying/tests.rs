//! Layings found early against layings found by weighing all.

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
        let relation = (0..width, 0..width, 0..width, any::<bool>()).prop_map(|(r, a, b, sum)| {
            let formula =
                if sum { Formula::Sum(vec![a, b]) } else { Formula::Percent { part: a, whole: b } };
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

    /// The model of one who looks at no text.
    fn model_of_kinds(&self) -> ColumnModel {
        let mut model = ColumnModel::expected(&vec![Vec::new(); self.sorts.len()]);
        self.rows.iter().for_each(|row| model.learn_kinds(&self.row(row)));
        model
    }

    /// The row with blanks at its end, so that it has a cell for every column and one blank at least.
    fn row_filled_up(&self) -> SheetRow {
        let width = self.sorts.len();
        let printed = self.row.iter().take(width - 1).copied();
        let cells: Vec<_> = printed.chain(std::iter::repeat((Some(5), 0))).take(width).collect();
        self.row(&cells)
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
    while let Some(next) = layings.next_of_all() {
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
        let laid = |sort| {
            ragged(&row, &traits, &known, &case.relations, usual, sort, &mut Room::default())
        };
        let (columns, margin) = laid(Wanted::Margin);
        prop_assert_eq!((&columns, thousandths(margin)), (&wanted.0, wanted.1));
        prop_assert_eq!(laid(Wanted::Cheapest).0, columns);
    }

    #[test]
    fn a_row_filled_up_is_laid_as_if_all_layings_were_weighed(case in case()) {
        let (model, pairs, row) = (case.model(), Pairs::of(&[]), case.row_filled_up());
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
        let laid = |sort| {
            filled_up(&row, &traits, &known, &case.relations, sort, &mut Room::default())
        };
        let (columns, margin) = laid(Wanted::Margin);
        prop_assert_eq!((&columns, thousandths(margin)), (&wanted.0, wanted.1));
        prop_assert_eq!(laid(Wanted::Cheapest).0, columns);
    }

    #[test]
    fn a_row_that_surely_stays_is_laid_where_it_is_printed(case in case()) {
        let (row, model, kinds) = (case.row_filled_up(), case.model(), case.model_of_kinds());
        let traits = model.row_traits(&row);
        let by_kind: Vec<Traits> = row.cells.iter().map(Traits::by_kind).collect();
        if surely_stays(&row, &by_kind, &kinds, &case.relations, None) {
            prop_assert_eq!(moved(&row, &traits, &model, &case.relations), None);
        }
        if surely_stays(&row, &by_kind, &kinds, &case.relations, Some(case.loss)) {
            let known = Known {
                model: &model,
                relations: &case.relations,
                usual: &UsualLayings::new(),
                pairs: &Pairs::of(&[]),
                loss: case.loss,
            };
            let (columns, margin) =
                filled_up(&row, &traits, &known, &case.relations, Wanted::Margin, &mut Room::default());
            prop_assert_eq!((columns, thousandths(margin)), (None, 1000));
        }
    }

    #[test]
    fn what_a_cell_costs_lies_between_its_bounds(case in case()) {
        let (row, model, kinds) = (case.row(&case.row), case.model(), case.model_of_kinds());
        for (cell, traits) in row.cells.iter().zip(model.row_traits(&row)) {
            let by_kind = Traits::by_kind(cell);
            for column in 0..model.len() {
                let cost = model.cost(&traits, column);
                prop_assert!(kinds.least_cost(&by_kind, column) <= cost + ROUNDING);
                prop_assert!(cost <= kinds.most_cost(&by_kind, column) + ROUNDING);
            }
        }
    }
}

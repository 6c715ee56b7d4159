//! The column model: what each column of a table usually holds.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::column_stats::{ColumnStats, MOST_SIZE};
use crate::head_words::{Holds, expects};
use crate::kind::CellKind;
use crate::priors::prior;
use crate::sheet::{SheetCell, SheetRow};
use crate::traits::{TextId, TextTraits, Texts};

pub(crate) use crate::traits::Traits;

/// Rows that the expectation from the head counts for.
const PRIOR_ROWS: f64 = 2.0;

/// Cost of a name in a column whose head speaks of values, whatever else stands there: a grade or a
/// remark does not make names likelier.
const NAME_UNDER_VALUES: f64 = 3.0;
/// What it takes off the cost of a text that it stood in the column before.
const KNOWN_TEXT: f64 = 1.0;

/// What texts cost in each column at least and at most, whatever they are.
#[derive(Clone, Debug)]
struct Bounds {
    least_text: Vec<f64>,
    /// The same of single letters.
    least_letter: Vec<f64>,
    most_text: Vec<f64>,
}

/// The column model of a table.
#[derive(Clone, Debug)]
pub(crate) struct ColumnModel {
    columns: Vec<ColumnStats>,
    /// What each kind costs in each column, kind by kind; worked out when it is first asked for after
    /// something was learnt.
    kind_costs: OnceCell<Box<[f64]>>,
    /// What texts cost at least and at most, worked out likewise.
    bounds: OnceCell<Bounds>,
    /// How often the texts of each column begin with a word, and the texts of each column.
    first_words: FxHashMap<(u32, TextId), f64>,
    own_texts: FxHashSet<(u32, TextId)>,
    /// The texts that were looked at; copies of a model share them.
    texts: Rc<RefCell<Texts>>,
    /// The cell of a row that covers each column; kept for its room.
    covering: Vec<Option<usize>>,
}

impl ColumnModel {
    /// The expectations from the heads alone.
    pub(crate) fn expected(paths: &[Vec<String>]) -> Self {
        let columns = paths
            .iter()
            .map(|path| expects(path))
            .map(|holds| ColumnStats {
                is_of_values: matches!(
                    holds,
                    Holds::Value | Holds::Amount | Holds::Percent | Holds::Count
                ),
                kinds: prior(holds).map(|share| share * PRIOR_ROWS),
                words: OnceCell::new(),
                rows: PRIOR_ROWS,
                first_words: 0,
                text_count: 0.0,
                length_sum: 0.0,
                length_squares: 0.0,
            })
            .collect();
        Self {
            columns,
            kind_costs: OnceCell::new(),
            bounds: OnceCell::new(),
            first_words: FxHashMap::default(),
            own_texts: FxHashSet::default(),
            texts: Rc::default(),
            covering: Vec::new(),
        }
    }

    /// What the cells of a row are like.
    pub(crate) fn row_traits(&self, row: &SheetRow) -> Vec<Traits> {
        row.cells.iter().map(|cell| self.traits(cell)).collect()
    }

    /// What a cell is like.
    pub(crate) fn traits(&self, cell: &SheetCell) -> Traits {
        Traits::of(cell, &mut self.texts.borrow_mut())
    }

    /// Learns from a row whose cells stand in their columns; `traits` are those of its cells.
    pub(crate) fn learn(&mut self, row: &SheetRow, traits: &[Traits]) {
        self.learn_kinds(row);
        self.learn_texts(row, traits);
    }

    /// Learns of which kinds the cells of a row are.
    pub(crate) fn learn_kinds(&mut self, row: &SheetRow) {
        self.kind_costs.take();
        self.bounds.take();
        let learn = |(column, kind): (&mut ColumnStats, CellKind)| {
            column.rows += 1.0;
            column.kinds[kind.index()] += 1.0;
        };
        if self.is_plain(row) {
            let kinds = row.cells.iter().map(|cell| cell.kind);
            self.columns.iter_mut().zip(kinds).for_each(learn);
            return;
        }
        let own = own_cells(row, &mut self.covering, self.columns.len());
        let kinds = own.map(|at| at.map_or(CellKind::Blank, |at| row.cells[at].kind));
        self.columns.iter_mut().zip(kinds).for_each(learn);
    }

    /// Learns what the texts of a row are like.
    pub(crate) fn learn_texts(&mut self, row: &SheetRow, traits: &[Traits]) {
        if self.is_plain(row) {
            for (c, text) in traits.iter().enumerate().filter_map(|(c, t)| Some((c, t.text?))) {
                self.learn_text(c, text);
            }
            return;
        }
        let mut covering = std::mem::take(&mut self.covering);
        let own = own_cells(row, &mut covering, self.columns.len());
        for (c, text) in own.enumerate().filter_map(|(c, at)| Some((c, traits[at?].text?))) {
            self.learn_text(c, text);
        }
        self.covering = covering;
    }

    /// Whether a row has a cell for every column, as most have.
    fn is_plain(&self, row: &SheetRow) -> bool {
        let mut cells = row.cells.iter().enumerate();
        row.cells.len() == self.columns.len()
            && cells.all(|(c, cell)| cell.column == c && cell.colspan == 1)
    }

    fn learn_text(&mut self, c: usize, text: TextTraits) {
        let column = &mut self.columns[c];
        column.learn_length(text.length);
        if let Some(word) = text.first_word {
            let known = self.first_words.entry((c as u32, word)).or_default();
            column.first_words += usize::from(*known == 0.0);
            *known += 1.0;
        }
        self.own_texts.insert((c as u32, text.text));
    }

    pub(crate) fn len(&self) -> usize {
        self.columns.len()
    }

    /// How surprising it is that a column holds nothing in a row.
    pub(crate) fn blank_cost(&self, column: usize) -> f64 {
        self.kind_costs(CellKind::Blank)[column]
    }

    /// The same of every column.
    pub(crate) fn blank_costs(&self) -> &[f64] {
        self.kind_costs(CellKind::Blank)
    }

    /// How surprising a kind is in each column.
    fn kind_costs(&self, kind: CellKind) -> &[f64] {
        let width = self.columns.len();
        let costs = self.kind_costs.get_or_init(|| {
            let mut costs = Vec::with_capacity(CellKind::COUNT * width);
            for kind in 0..CellKind::COUNT {
                // Neighbours often have seen a kind equally often: never.
                let mut last = None;
                costs.extend(self.columns.iter().map(|column| {
                    let seen = (column.kinds[kind], column.rows);
                    let (_, cost) = last
                        .filter(|(before, _)| *before == seen)
                        .unwrap_or_else(|| (seen, column.kind_cost(kind)));
                    last = Some((seen, cost));
                    cost
                }));
            }
            costs.into_boxed_slice()
        });
        &costs[kind.index() * width..][..width]
    }

    /// How surprising a cell with these traits is in a column.
    pub(crate) fn cost(&self, traits: &Traits, column: usize) -> f64 {
        let cost = self.kind_costs(traits.kind)[column];
        let Some(text) = &traits.text else { return cost };
        let stats = &self.columns[column];
        if traits.is_letter {
            let ordinal = self.kind_costs(CellKind::Ordinal)[column];
            return cost.min(ordinal) + self.text_cost(text, column);
        }
        let is_strange = stats.is_of_values && text.is_name;
        cost + self.text_cost(text, column) + if is_strange { NAME_UNDER_VALUES } else { 0.0 }
    }

    /// How surprising a cell with these traits is in each of some columns, written to `costs`.
    pub(crate) fn costs(&self, traits: &Traits, columns: Range<usize>, costs: &mut [f64]) {
        if traits.text.is_none() {
            costs.copy_from_slice(&self.kind_costs(traits.kind)[columns]);
            return;
        }
        for (slot, column) in costs.iter_mut().zip(columns) {
            *slot = self.cost(traits, column);
        }
    }

    /// How unlike the other texts of a column a text is: in its first word, its length, and whether it
    /// stood there before.
    fn text_cost(&self, text: &TextTraits, column: usize) -> f64 {
        let stats = &self.columns[column];
        if stats.text_count < 2.0 {
            return 0.0;
        }
        let costs = stats.words();
        let known = text.first_word.and_then(|word| self.first_words.get(&(column as u32, word)));
        let word = known.map_or(costs.strange_word, |known| stats.word_cost(*known));
        let distance = text.length - costs.mean;
        let size = (distance * distance / (2.0 * costs.variance)).min(MOST_SIZE) * 0.4;
        let is_known = self.own_texts.contains(&(column as u32, text.text));
        word + size - if is_known { KNOWN_TEXT } else { 0.0 }
    }

    /// A bound that [`cost`](Self::cost) does not fall below, found by the kind of the cell alone: a text
    /// costs nothing less for its words and its length, only for having stood there before.
    pub(crate) fn least_cost(&self, traits: &Traits, column: usize) -> f64 {
        self.least_costs(traits)[column]
    }

    /// The same for every column.
    pub(crate) fn least_costs(&self, traits: &Traits) -> &[f64] {
        match traits.kind {
            CellKind::Text if traits.is_letter => &self.bounds().least_letter,
            CellKind::Text => &self.bounds().least_text,
            kind => self.kind_costs(kind),
        }
    }

    /// A bound that [`cost`](Self::cost) does not rise above, found by the kind of the cell alone, even
    /// where nothing is known of the texts of the column.
    pub(crate) fn most_cost(&self, traits: &Traits, column: usize) -> f64 {
        self.most_costs(traits)[column]
    }

    /// The same for every column.
    pub(crate) fn most_costs(&self, traits: &Traits) -> &[f64] {
        match traits.kind {
            CellKind::Text => &self.bounds().most_text,
            kind => self.kind_costs(kind),
        }
    }

    fn bounds(&self) -> &Bounds {
        self.bounds.get_or_init(|| {
            let text = || self.kind_costs(CellKind::Text).iter();
            let letter = text().zip(self.kind_costs(CellKind::Ordinal)).map(|(t, o)| t.min(*o));
            let most = text().zip(&self.columns).map(|(cost, column)| {
                let strange = if column.is_of_values { NAME_UNDER_VALUES } else { 0.0 };
                cost + column.most_text_cost() + strange
            });
            Bounds {
                least_text: text().map(|cost| cost - KNOWN_TEXT).collect(),
                least_letter: letter.map(|cost| cost - KNOWN_TEXT).collect(),
                most_text: most.collect(),
            }
        })
    }

    /// Share of the rows in which a column holds a kind that satisfies the condition.
    pub(crate) fn share(&self, column: usize, is: impl Fn(CellKind) -> bool) -> f64 {
        const KINDS: [CellKind; CellKind::COUNT] = [
            CellKind::Blank,
            CellKind::Nil,
            CellKind::Amount,
            CellKind::Percent,
            CellKind::Decimal,
            CellKind::Integer,
            CellKind::Quantity,
            CellKind::Quarter,
            CellKind::Formula,
            CellKind::Ordinal,
            CellKind::Code,
            CellKind::Criterion,
            CellKind::Text,
        ];
        let stats = &self.columns[column];
        let hits: f64 = KINDS.into_iter().filter(|k| is(*k)).map(|k| stats.kinds[k.index()]).sum();
        hits / stats.rows.max(f64::MIN_POSITIVE)
    }
}

/// For each column the place of the cell of a row that stands in it, if not only a blank of another one
/// covers it.
fn own_cells<'a>(
    row: &'a SheetRow,
    covering: &'a mut Vec<Option<usize>>,
    width: usize,
) -> impl Iterator<Item = Option<usize>> + 'a {
    row.cover(covering, width);
    let is_own = |c: usize, cell: &SheetCell| cell.column == c || !cell.is_blank();
    covering.iter().enumerate().map(move |(c, at)| at.filter(|at| is_own(c, &row.cells[*at])))
}

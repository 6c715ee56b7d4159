//! The column model: what each column of a table usually holds.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

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
/// How unlike in length texts are at most.
const MOST_SIZE: f64 = 3.0;
/// What it takes off the cost of a text that it stood in the column before.
const KNOWN_TEXT: f64 = 1.0;

/// What one column holds: how often each kind, which words its texts begin with, how long they are.
#[derive(Clone, Debug)]
struct ColumnStats {
    /// Whether its head leads one to expect values.
    is_of_values: bool,
    kinds: [f64; CellKind::COUNT],
    /// What words cost in it, worked out when it is first asked for after something was learnt.
    words: OnceCell<WordCosts>,
    rows: f64,
    /// How many words its texts begin with.
    first_words: usize,
    text_count: f64,
    length_sum: f64,
    length_squares: f64,
}

/// What a column makes texts cost.
#[derive(Clone, Debug)]
struct WordCosts {
    /// What a text costs whose first word none of the column begins with.
    strange_word: f64,
    /// Mean and variance of the lengths of its texts.
    mean: f64,
    variance: f64,
}

/// The column model of a table.
#[derive(Clone, Debug)]
pub(crate) struct ColumnModel {
    columns: Vec<ColumnStats>,
    /// What each kind costs in each column, kind by kind; worked out when it is first asked for after
    /// something was learnt.
    kind_costs: OnceCell<Box<[f64]>>,
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
        let text = (cell.kind == CellKind::Text)
            .then(|| TextTraits::of(&cell.text, &mut self.texts.borrow_mut()));
        Traits { kind: cell.kind, text }
    }

    /// Learns from a row whose cells stand in their columns; `traits` are those of its cells.
    pub(crate) fn learn(&mut self, row: &SheetRow, traits: &[Traits]) {
        self.kind_costs.take();
        // Most rows have a cell for every column.
        let mut cells = row.cells.iter().enumerate();
        if row.cells.len() == self.columns.len()
            && cells.all(|(c, cell)| cell.column == c && cell.colspan == 1)
        {
            for (c, traits) in traits.iter().enumerate() {
                self.learn_cell(c, Some(traits));
            }
            return;
        }
        let mut covering = std::mem::take(&mut self.covering);
        row.cover(&mut covering, self.columns.len());
        for (c, at) in covering.iter().enumerate() {
            let own = at.filter(|at| row.cells[*at].column == c || !row.cells[*at].is_blank());
            self.learn_cell(c, own.map(|at| &traits[at]));
        }
        self.covering = covering;
    }

    /// Learns from a row what a column holds in it; nothing is a blank.
    fn learn_cell(&mut self, c: usize, traits: Option<&Traits>) {
        let column = &mut self.columns[c];
        column.rows += 1.0;
        column.kinds[traits.map_or(CellKind::Blank, |traits| traits.kind).index()] += 1.0;
        let Some(text) = traits.and_then(|traits| traits.text.as_ref()) else { return };
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

    /// How surprising a kind is in each column.
    fn kind_costs(&self, kind: CellKind) -> &[f64] {
        let width = self.columns.len();
        let costs = self.kind_costs.get_or_init(|| {
            let of_kind = |kind: usize| self.columns.iter().map(move |c| c.kind_cost(kind));
            (0..CellKind::COUNT).flat_map(of_kind).collect()
        });
        &costs[kind.index() * width..][..width]
    }

    /// How surprising a cell with these traits is in a column.
    pub(crate) fn cost(&self, traits: &Traits, column: usize) -> f64 {
        let cost = self.kind_costs(traits.kind)[column];
        let Some(text) = &traits.text else { return cost };
        let stats = &self.columns[column];
        if text.is_letter {
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
        let cost = self.kind_costs(traits.kind)[column];
        match &traits.text {
            None => cost,
            Some(text) if text.is_letter => {
                cost.min(self.kind_costs(CellKind::Ordinal)[column]) - KNOWN_TEXT
            }
            Some(_) => cost - KNOWN_TEXT,
        }
    }

    /// A bound that [`cost`](Self::cost) does not rise above, found without looking the text up.
    pub(crate) fn most_cost(&self, traits: &Traits, column: usize) -> f64 {
        let cost = self.kind_costs(traits.kind)[column];
        let Some(text) = &traits.text else { return cost };
        let stats = &self.columns[column];
        let is_strange = stats.is_of_values && text.is_name;
        cost + stats.most_text_cost() + if is_strange { NAME_UNDER_VALUES } else { 0.0 }
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

impl ColumnStats {
    fn words(&self) -> &WordCosts {
        self.words.get_or_init(|| {
            let mean = self.length_sum / self.text_count;
            WordCosts {
                strange_word: self.word_cost(0.0),
                mean,
                variance: (self.length_squares / self.text_count - mean * mean).max(0.05),
            }
        })
    }

    fn kind_cost(&self, kind: usize) -> f64 {
        -((self.kinds[kind] + 0.02) / (self.rows + 0.26)).ln()
    }

    /// What a text costs whose first word so many of the column begin with.
    fn word_cost(&self, known: f64) -> f64 {
        let vocabulary = self.first_words as f64 + 5.0;
        -((known + 0.5) / (self.text_count + 0.5 * vocabulary)).ln() * 0.4
    }

    fn learn_length(&mut self, length: f64) {
        self.words.take();
        self.text_count += 1.0;
        self.length_sum += length;
        self.length_squares += length * length;
    }

    /// What the text costs that is most unlike the others of the column.
    fn most_text_cost(&self) -> f64 {
        if self.text_count < 2.0 { 0.0 } else { self.words().strange_word + MOST_SIZE * 0.4 }
    }
}

//! The rows that a row of a column can be the sum of.

use std::cell::{Cell, OnceCell};

use laras_model::{Decimal, Measure, RowKind};

use crate::book::{Book, depth, is_summary};

/// Most sums within each other.
const NESTING: usize = 6;

/// What a row can be the sum of, among the rows from one to another.
#[derive(Clone, Copy)]
pub(crate) enum Candidate {
    /// The outermost of its direct children.
    OuterChildren,
    Children,
    /// The row right after it.
    Next,
    /// The rows under its name.
    Named,
    /// Of a stretch: outermost rows, subtotals, rows without children, rows that nothing sums up.
    Outer(usize, usize),
    Subtotals(usize, usize),
    Totals(usize, usize),
    Leaves(usize, usize),
    Roots(usize, usize),
    /// The rows next to it that are exactly its sum.
    RunBefore(usize, usize),
    RunAfter(usize, usize),
}

/// The cells of one column, top to bottom.
pub(crate) struct Column<'b, 'e> {
    pub(crate) book: &'b Book<'e>,
    pub(crate) cells: &'b [usize],
    rows: Vec<Row>,
    /// The numbers as [`units`], once asked for.
    units: OnceCell<Vec<Option<i128>>>,
    /// Where the rows below each row end, once asked for; zero before.
    ends: Vec<Cell<usize>>,
}

/// What a cell's row is.
struct Row {
    kind: RowKind,
    name: usize,
    parent: usize,
}

impl<'b, 'e> Column<'b, 'e> {
    pub(crate) fn new(book: &'b Book<'e>, cells: &'b [usize]) -> Self {
        let row = |at: &usize| Row {
            kind: book.get(*at).row_kind,
            name: book.texts.name(*at),
            parent: book.texts.parent(*at),
        };
        let rows = cells.iter().map(row).collect();
        let ends = vec![Cell::new(0); cells.len()];
        Self { book, cells, rows, units: OnceCell::new(), ends }
    }

    fn kind(&self, i: usize) -> RowKind {
        self.rows[i].kind
    }

    /// Where the rows below a row end.
    fn end(&self, i: usize) -> usize {
        if self.ends[i].get() == 0 {
            let own = depth(self.kind(i));
            let is_past = |j: &usize| {
                let kind = self.kind(*j);
                is_summary(kind) || (depth(kind) <= own && !self.is_child(*j, i))
            };
            self.ends[i].set((i + 1..self.cells.len()).find(is_past).unwrap_or(self.cells.len()));
        }
        self.ends[i].get()
    }

    /// Whether a row names another as its parent.
    fn is_child(&self, j: usize, i: usize) -> bool {
        let (child, row) = (&self.rows[j], &self.rows[i]);
        child.parent == row.name
            && child.name != row.name
            && !self.book.texts.all()[row.name].is_empty()
    }

    /// The rows right below a row in the hierarchy.
    pub(crate) fn children(&self, i: usize) -> impl Iterator<Item = usize> {
        (i + 1..self.end(i)).filter(move |j| self.is_child(*j, i)).map(|j| self.cells[j])
    }

    fn has_children(&self, i: usize) -> bool {
        (i + 1..self.end(i)).any(|j| self.is_child(j, i))
    }

    /// Whether a row can be a sum at all: a total, or a row with others below it.
    pub(crate) fn may_be_sum(&self, i: usize, measure: Measure) -> bool {
        is_summary(self.kind(i)) || measure != Measure::Jumlah && self.has_children(i)
    }

    /// What a row that can be a sum is the sum of, most likely first.
    pub(crate) fn candidates(&self, i: usize) -> impl Iterator<Item = Candidate> {
        let summed = is_summary(self.kind(i)).then(|| self.summed(i));
        let below = summed.is_none().then(|| {
            let (from, to) = (i + 1, self.end(i));
            [
                Candidate::OuterChildren,
                Candidate::Children,
                Candidate::Leaves(from, to),
                Candidate::Roots(from, to),
                Candidate::Next,
            ]
        });
        summed.into_iter().flatten().chain(below.into_iter().flatten())
    }

    /// The rows that a candidate names, as terms of a sum.
    pub(crate) fn terms(&self, i: usize, candidate: Candidate) -> Vec<(usize, bool)> {
        match candidate {
            Candidate::OuterChildren => {
                let children: Vec<usize> = self.children(i).collect();
                let level = |at: &usize| depth(self.book.get(*at).row_kind);
                let outer = children.iter().map(level).min();
                children.into_iter().filter(|c| Some(level(c)) == outer).map(added).collect()
            }
            Candidate::Children => self.children(i).map(added).collect(),
            Candidate::Next => vec![added(self.cells[i + 1])],
            Candidate::Named => self.named(i),
            Candidate::Outer(from, to) => self.outer(from, to),
            Candidate::Subtotals(from, to) => self.of_kind(from, to, |k| k == RowKind::Subtotal),
            Candidate::Totals(from, to) => self.of_kind(from, to, |k| k == RowKind::Total),
            Candidate::Leaves(from, to) => self.leaves(from, to),
            Candidate::Roots(from, to) => self.roots(from, to),
            Candidate::RunBefore(from, to) => self.run(from, to, true, i).unwrap_or_default(),
            Candidate::RunAfter(from, to) => self.run(from, to, false, i).unwrap_or_default(),
        }
    }

    fn leaves(&self, from: usize, to: usize) -> Vec<(usize, bool)> {
        (from..to)
            .filter(|j| !is_summary(self.kind(*j)) && !self.has_children(*j))
            .map(|j| added(self.cells[j]))
            .collect()
    }

    /// The rows of a stretch that are left when every row that is the sum of the rows right after it
    /// stands for them.
    fn roots(&self, from: usize, to: usize) -> Vec<(usize, bool)> {
        let mut known = vec![0; to.saturating_sub(from) * NESTING];
        let mut roots = Vec::new();
        let mut at = from;
        while at < to {
            roots.push(added(self.cells[at]));
            at = self.past(at, (from, to), 0, &mut known);
        }
        roots
    }

    /// The row after those of a stretch that add up to a row; the next row if none do. What was found
    /// before, by row and nesting, is `known`.
    fn past(
        &self,
        i: usize,
        stretch: (usize, usize),
        nesting: usize,
        known: &mut [usize],
    ) -> usize {
        let units = self.units.get_or_init(|| units(self.book, self.cells));
        let Some(own) = units[i].filter(|own| nesting < NESTING && *own > 0) else {
            return i + 1;
        };
        let (from, to) = stretch;
        let place = (i - from) * NESTING + nesting;
        if known[place] > 0 {
            return known[place];
        }
        let mut sum = 0;
        let mut at = i + 1;
        let mut past = i + 1;
        while at < to && sum < own {
            let Some(next) = units[at] else { break };
            sum += next;
            at = self.past(at, stretch, nesting + 1, known);
            if sum == own {
                past = at;
                break;
            }
        }
        known[place] = past;
        past
    }

    /// What a total can be the sum of, most likely first; looked for one after the other, for mostly
    /// one of the first is right.
    fn summed(&self, i: usize) -> impl Iterator<Item = Candidate> {
        let kind = self.kind(i);
        let is_outer = move |j: &usize| depth(self.kind(*j)) <= depth(kind);
        let before = (0..i).rev().find(is_outer).map_or(0, |j| j + 1);
        let after = (i + 1..self.cells.len()).find(is_outer).unwrap_or(self.cells.len());
        let levels = move |from: usize, to: usize| {
            std::iter::once_with(move || (from < to).then(|| self.levels(from, to)))
                .flatten()
                .flatten()
        };
        std::iter::once(Candidate::Named)
            .chain(levels(before, i))
            .chain(levels(i + 1, after))
            .chain((after > i + 1).then_some(Candidate::Next))
            .chain([Candidate::RunBefore(before, i), Candidate::RunAfter(i + 1, after)])
            // A grand total counts the totals before it.
            .chain([Candidate::Totals(0, i), Candidate::Subtotals(0, i)])
            .chain(levels(0, i))
    }

    /// The rows under the name of a subtotal, two at least.
    fn named(&self, i: usize) -> Vec<(usize, bool)> {
        let texts = &self.book.texts;
        let name = texts.name(self.cells[i]);
        if texts.all()[name].is_empty() {
            return Vec::new();
        }
        let is_named = |j: &usize| self.rows[*j].parent == name && !is_summary(self.kind(*j));
        let named: Vec<(usize, bool)> =
            (0..i).filter(is_named).map(|j| added(self.cells[j])).collect();
        if named.len() > 1 { named } else { Vec::new() }
    }

    /// The outermost rows next to a total that are exactly its sum, two at least: it counts one
    /// group of rows of several.
    fn run(
        &self,
        from: usize,
        to: usize,
        upwards: bool,
        total: usize,
    ) -> Option<Vec<(usize, bool)>> {
        if from >= to {
            return None;
        }
        let printed = self.book.number(self.cells[total]);
        let mut outer = match self.levels(from, to) {
            [Candidate::Subtotals(..), ..] => self.of_kind(from, to, |k| k == RowKind::Subtotal),
            _ => self.outer(from, to),
        };
        if upwards {
            outer.reverse();
        }
        let mut sum = Decimal::ZERO;
        for (n, (at, _)) in outer.iter().enumerate() {
            sum = sum.checked_add(self.book.number(*at))?;
            if n > 0 && sum == printed {
                outer.truncate(n + 1);
                return Some(outer);
            }
        }
        None
    }

    /// The outermost rows of a stretch, its subtotals, and its rows without children.
    fn levels(&self, from: usize, to: usize) -> [Candidate; 4] {
        let subtotals = (from..to).filter(|j| self.kind(*j) == RowKind::Subtotal).count();
        let covers = subtotals > 1 && is_summary(self.kind(to - 1));
        let (outer, leaves) = (Candidate::Outer(from, to), Candidate::Leaves(from, to));
        let (subtotals, roots) = (Candidate::Subtotals(from, to), Candidate::Roots(from, to));
        if covers { [subtotals, outer, leaves, roots] } else { [outer, leaves, subtotals, roots] }
    }

    /// The outermost rows of a stretch, summaries aside.
    fn outer(&self, from: usize, to: usize) -> Vec<(usize, bool)> {
        let outermost =
            (from..to).map(|j| self.kind(j)).filter(|k| !is_summary(*k)).map(depth).min();
        self.of_kind(from, to, |k| !is_summary(k) && Some(depth(k)) == outermost)
    }

    fn of_kind(&self, from: usize, to: usize, is: impl Fn(RowKind) -> bool) -> Vec<(usize, bool)> {
        (from..to).filter(|j| is(self.kind(*j))).map(|j| added(self.cells[j])).collect()
    }
}

/// A number as a term of a sum that is added.
fn added(at: usize) -> (usize, bool) {
    (at, false)
}

/// Numbers as whole multiples of the smallest unit among them, quick to add up; none where they do not
/// fit.
fn units(book: &Book<'_>, cells: &[usize]) -> Vec<Option<i128>> {
    let scale = cells.iter().map(|at| book.number(*at).scale()).max().unwrap_or(0);
    let units = |at: &usize| {
        let number = book.number(*at);
        let one = 10_i128.checked_pow(scale - number.scale())?;
        // Sums of as many as a report can have must fit too.
        number.mantissa().checked_mul(one).filter(|units| units.abs() < i128::MAX >> 40)
    };
    cells.iter().map(units).collect()
}

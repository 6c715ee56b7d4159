//! The rows that a row of a column can be the sum of.

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
    kinds: Vec<RowKind>,
}

impl<'b, 'e> Column<'b, 'e> {
    pub(crate) fn new(book: &'b Book<'e>, cells: &'b [usize]) -> Self {
        Self { book, cells, kinds: cells.iter().map(|at| book.get(*at).row_kind).collect() }
    }

    fn kind(&self, i: usize) -> RowKind {
        self.kinds[i]
    }

    /// Where the rows below a row end.
    fn end(&self, i: usize) -> usize {
        let own = depth(self.kind(i));
        (i + 1..self.cells.len())
            .find(|j| {
                let kind = self.kind(*j);
                is_summary(kind) || (depth(kind) <= own && !self.is_child(*j, i))
            })
            .unwrap_or(self.cells.len())
    }

    /// Whether a row names another as its parent.
    fn is_child(&self, j: usize, i: usize) -> bool {
        let (texts, child, name) =
            (&self.book.texts, self.cells[j], self.book.texts.name(self.cells[i]));
        texts.parent(child) == name && texts.name(child) != name && !texts.all()[name].is_empty()
    }

    /// The rows right below a row in the hierarchy.
    pub(crate) fn children(&self, i: usize) -> impl Iterator<Item = usize> {
        (i + 1..self.end(i)).filter(move |j| self.is_child(*j, i)).map(|j| self.cells[j])
    }

    /// What a row can be the sum of, most likely first.
    pub(crate) fn candidates(&self, i: usize, measure: Measure) -> Vec<Candidate> {
        if is_summary(self.kind(i)) {
            self.summed(i)
        } else if measure == Measure::Jumlah || self.children(i).next().is_none() {
            Vec::new()
        } else {
            let (from, to) = (i + 1, self.end(i));
            vec![
                Candidate::OuterChildren,
                Candidate::Children,
                Candidate::Leaves(from, to),
                Candidate::Roots(from, to),
                Candidate::Next,
            ]
        }
    }

    /// The rows that a candidate names.
    pub(crate) fn terms(&self, i: usize, candidate: Candidate) -> Vec<usize> {
        match candidate {
            Candidate::OuterChildren => {
                let children: Vec<usize> = self.children(i).collect();
                let level = |at: &usize| depth(self.book.get(*at).row_kind);
                let outer = children.iter().map(level).min();
                children.into_iter().filter(|c| Some(level(c)) == outer).collect()
            }
            Candidate::Children => self.children(i).collect(),
            Candidate::Next => vec![self.cells[i + 1]],
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

    fn leaves(&self, from: usize, to: usize) -> Vec<usize> {
        (from..to)
            .filter(|j| !is_summary(self.kind(*j)) && self.children(*j).next().is_none())
            .map(|j| self.cells[j])
            .collect()
    }

    /// The rows of a stretch that are left when every row that is the sum of the rows right after it
    /// stands for them.
    fn roots(&self, from: usize, to: usize) -> Vec<usize> {
        let mut known = vec![0; to.saturating_sub(from) * NESTING];
        let mut roots = Vec::new();
        let mut at = from;
        while at < to {
            roots.push(self.cells[at]);
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
        let own = self.book.number(self.cells[i]);
        if nesting >= NESTING || own <= Decimal::ZERO {
            return i + 1;
        }
        let (from, to) = stretch;
        let place = (i - from) * NESTING + nesting;
        if known[place] > 0 {
            return known[place];
        }
        let mut sum = Decimal::ZERO;
        let mut at = i + 1;
        let mut past = i + 1;
        while at < to && sum < own {
            let Some(next) = sum.checked_add(self.book.number(self.cells[at])) else { break };
            sum = next;
            at = self.past(at, stretch, nesting + 1, known);
            if sum == own {
                past = at;
                break;
            }
        }
        known[place] = past;
        past
    }

    /// What a total can be the sum of, most likely first.
    fn summed(&self, i: usize) -> Vec<Candidate> {
        let kind = self.kind(i);
        let is_outer = |j: &usize| depth(self.kind(*j)) <= depth(kind);
        let before = (0..i).rev().find(is_outer).map_or(0, |j| j + 1);
        let after = (i + 1..self.cells.len()).find(is_outer).unwrap_or(self.cells.len());
        let mut candidates = vec![Candidate::Named];
        if before < i {
            candidates.extend(self.levels(before, i));
        }
        if after > i + 1 {
            candidates.extend(self.levels(i + 1, after));
            candidates.push(Candidate::Next);
        }
        candidates.push(Candidate::RunBefore(before, i));
        candidates.push(Candidate::RunAfter(i + 1, after));
        // A grand total counts the totals before it.
        candidates.push(Candidate::Totals(0, i));
        candidates.push(Candidate::Subtotals(0, i));
        candidates.extend(self.levels(0, i));
        candidates
    }

    /// The rows under the name of a subtotal, two at least.
    fn named(&self, i: usize) -> Vec<usize> {
        let texts = &self.book.texts;
        let name = texts.name(self.cells[i]);
        if texts.all()[name].is_empty() {
            return Vec::new();
        }
        let is_named =
            |j: &usize| texts.parent(self.cells[*j]) == name && !is_summary(self.kind(*j));
        let named: Vec<usize> = (0..i).filter(is_named).map(|j| self.cells[j]).collect();
        if named.len() > 1 { named } else { Vec::new() }
    }

    /// The outermost rows next to a total that are exactly its sum, two at least: it counts one
    /// group of rows of several.
    fn run(&self, from: usize, to: usize, upwards: bool, total: usize) -> Option<Vec<usize>> {
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
        for (n, at) in outer.iter().enumerate() {
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
    fn outer(&self, from: usize, to: usize) -> Vec<usize> {
        let outermost =
            (from..to).map(|j| self.kind(j)).filter(|k| !is_summary(*k)).map(depth).min();
        self.of_kind(from, to, |k| !is_summary(k) && Some(depth(k)) == outermost)
    }

    fn of_kind(&self, from: usize, to: usize, is: impl Fn(RowKind) -> bool) -> Vec<usize> {
        (from..to).filter(|j| is(self.kind(*j))).map(|j| self.cells[j]).collect()
    }
}

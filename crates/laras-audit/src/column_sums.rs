//! Sums down a column: a row over its children, a total over the rows before or after it.
//!
//! Which rows a total counts is not always said: its direct children, the subtotals, all rows that
//! have none below them. If any of these adds up, the total is right; if none does, the nearest
//! level is the one that a reader would add up.

use laras_model::{Decimal, Flag, Measure, RowKind};
use rustc_hash::FxHashMap;

use crate::book::{Book, TableBook, depth, is_additive, is_summary, same_time};
use crate::check::{Check, Form, Why};

/// Most rows behind a sum that are looked at for what it misses.
const MOST_BEHIND: usize = 30;

/// Equations over the rows of every column of amounts and counts.
pub(crate) fn checks(book: &Book<'_>) -> Vec<Check> {
    let mut checks = Vec::new();
    for table in &book.tables {
        for ((_, measure), cells) in &table.columns {
            if !matches!(
                measure,
                Measure::Pagu | Measure::RealisasiAnggaran | Measure::Perubahan | Measure::Jumlah
            ) {
                continue;
            }
            for cells in alike(book, cells) {
                column(book, *measure, &cells, &mut checks);
            }
        }
        beside(book, table, &mut checks);
    }
    checks
}

/// A program's amount in one column over those of its kegiatan in another of the same table.
fn beside(book: &Book<'_>, table: &TableBook<'_>, checks: &mut Vec<Check>) {
    let amounts: Vec<usize> = table
        .columns
        .iter()
        .filter(|((_, measure), _)| matches!(measure, Measure::Pagu | Measure::RealisasiAnggaran))
        .flat_map(|(_, cells)| cells.iter().copied())
        .filter(|at| is_additive(book.get(*at)) && !book.is_nil(*at))
        .collect();
    let mut parts: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    let mut named: FxHashMap<usize, usize> = FxHashMap::default();
    for &at in &amounts {
        parts.entry(book.texts.parent(at)).or_default().push(at);
        *named.entry(book.texts.name(at)).or_default() += 1;
    }
    for &at in &amounts {
        let own = book.get(at);
        let Some(parts) = parts.get(&book.texts.name(at)) else { continue };
        if own.name.is_empty() || named[&book.texts.name(at)] > 1 {
            continue;
        }
        let of_own = |other: &usize| {
            let o = book.get(*other);
            o.measure == own.measure && same_time(o, own) && o.row >= own.row && o.name != own.name
        };
        let terms: Vec<(usize, bool)> =
            parts.iter().copied().filter(of_own).map(|other| (other, false)).collect();
        let elsewhere = terms.iter().all(|(t, _)| book.get(*t).column != own.column);
        if terms.is_empty() || !elsewhere {
            continue;
        }
        let ratio = |check: &Check| book.number(at).to_f64() / check.computed.to_f64();
        let check = Check::new(book, Form::Sum, Why::Rows, at, terms);
        checks.extend(check.filter(|c| c.holds || (0.5..2.0).contains(&ratio(c))));
    }
}

/// The cells of one column that speak of the same time and can be added.
fn alike(book: &Book<'_>, cells: &[usize]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for &at in cells.iter().filter(|at| is_additive(book.get(**at))) {
        match groups.iter_mut().find(|g| same_time(book.get(g[0]), book.get(at))) {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    groups
}

fn column(book: &Book<'_>, measure: Measure, cells: &[usize], checks: &mut Vec<Check>) {
    let column = Column::new(book, cells);
    for (i, &at) in cells.iter().enumerate() {
        if book.is_nil(at) || (measure != Measure::Jumlah && is_small(book, at)) {
            continue;
        }
        // One after the other, for mostly the first is right.
        let mut tried: Vec<Check> = Vec::new();
        for candidate in column.candidates(i, measure) {
            let terms: Vec<(usize, bool)> =
                column.terms(i, candidate).into_iter().map(|at| (at, false)).collect();
            if terms.is_empty() {
                continue;
            }
            tried.extend(Check::new(book, Form::Sum, Why::Rows, at, terms));
            if tried.last().is_some_and(|check| check.holds) {
                break;
            }
        }
        if let Some(held) = tried.iter().position(|check| check.holds) {
            // Right over the rows without children, wrong over the outermost: one of these is
            // printed wrong, and a reader who adds them up sees it here too.
            let outer = &tried[0];
            if held > 0 && column.is_outline(outer, &tried[held]) {
                checks.push(outer.clone());
            }
            checks.extend(tried.into_iter().nth(held));
            continue;
        }
        let off =
            |check: &Check| book.number(check.result).checked_sub(check.computed).map(Decimal::abs);
        let nearest = tried.into_iter().filter(|c| column.is_telling(c)).min_by_key(off);
        checks.extend(nearest.filter(|check| {
            !column.is_excused(i, check) && !column.goes_on(check) && !column.is_repeated(check)
        }));
    }
}

/// Whether a number is no amount of money: a rate in a column taken for money.
fn is_small(book: &Book<'_>, at: usize) -> bool {
    let value = book.number(at).abs();
    !value.is_zero() && !value.is_integer() && value < Decimal::from(1000)
}

/// What a row can be the sum of, among the rows from one to another.
#[derive(Clone, Copy)]
enum Candidate {
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
struct Column<'b, 'e> {
    book: &'b Book<'e>,
    cells: &'b [usize],
    kinds: Vec<RowKind>,
}

impl<'b, 'e> Column<'b, 'e> {
    fn new(book: &'b Book<'e>, cells: &'b [usize]) -> Self {
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
    fn children(&self, i: usize) -> impl Iterator<Item = usize> {
        (i + 1..self.end(i)).filter(move |j| self.is_child(*j, i)).map(|j| self.cells[j])
    }

    /// What a row can be the sum of, most likely first.
    fn candidates(&self, i: usize, measure: Measure) -> Vec<Candidate> {
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
    fn terms(&self, i: usize, candidate: Candidate) -> Vec<usize> {
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
        let mut roots = Vec::new();
        let mut at = from;
        while at < to {
            roots.push(self.cells[at]);
            at = self.past(at, to, 0);
        }
        roots
    }

    /// The row after those that add up to a row; the next row if none do.
    fn past(&self, i: usize, to: usize, nesting: u32) -> usize {
        let own = self.book.number(self.cells[i]);
        let mut sum = Decimal::ZERO;
        let mut at = i + 1;
        while at < to && sum < own && nesting < 6 {
            let Some(next) = sum.checked_add(self.book.number(self.cells[at])) else { break };
            sum = next;
            at = self.past(at, to, nesting + 1);
            if sum == own {
                return at;
            }
        }
        i + 1
    }

    /// Whether the outermost rows are the parents of the rows without children, most of them right.
    fn is_outline(&self, outer: &Check, leaves: &Check) -> bool {
        let parents: Vec<usize> = outer
            .terms
            .iter()
            .filter_map(|(t, _)| self.cells.iter().position(|c| c == t))
            .collect();
        let sums = |i: &usize| {
            let children: Vec<usize> = self.children(*i).collect();
            let sum: Decimal = children.iter().map(|c| self.book.number(*c)).sum();
            (!children.is_empty(), sum == self.book.number(self.cells[*i]))
        };
        let (with, right) = parents
            .iter()
            .map(sums)
            .fold((0, 0), |(w, r), (has, is)| (w + usize::from(has), r + usize::from(has && is)));
        leaves.terms.len() > outer.terms.len()
            && with == parents.len()
            && with >= 2
            && right * 2 >= with
    }

    /// Whether what is missing in a sum stands right behind its rows: the hierarchy was cut off
    /// there, not the office's arithmetic.
    fn goes_on(&self, check: &Check) -> bool {
        let position = |at: usize| self.cells.iter().position(|c| *c == at);
        let last = check.terms.iter().filter_map(|(t, _)| position(*t)).max();
        let missing = self.book.number(check.result).checked_sub(check.computed);
        let (Some(last), Some(missing)) = (last, missing) else { return false };
        // Or within them, under another name.
        let first = position(check.result).map_or(0, |i| i + 1);
        let is_missed =
            |at: &&usize| self.book.number(**at) == missing && !check.members().any(|m| m == **at);
        let is_round = missing.normalized().mantissa() % 100_000 == 0;
        let below = self.cells.get(first..).unwrap_or_default().iter().take(MOST_BEHIND * 2);
        if !is_round && below.filter(is_missed).count() > 0 {
            return true;
        }
        let mut sum = Decimal::ZERO;
        for at in self.cells.iter().skip(last + 1).take(MOST_BEHIND) {
            if is_summary(self.book.get(*at).row_kind) || sum >= missing {
                break;
            }
            match sum.checked_add(self.book.number(*at)) {
                Some(next) => sum = next,
                None => break,
            }
            // A round difference meets a round amount by chance.
            if sum == missing && !is_round {
                return true;
            }
        }
        false
    }

    /// Whether a total was only taken for one because it has no name, and the same amount stands
    /// there again.
    fn is_repeated(&self, check: &Check) -> bool {
        let is_nameless = |at: &usize| self.book.get(*at).flags.contains(&Flag::NameMissing);
        let same = |at: &&usize| {
            is_nameless(at) && self.book.number(**at) == self.book.number(check.result)
        };
        is_nameless(&check.result) && self.cells.iter().filter(same).count() > 1
    }

    /// Whether a total is exactly the sum of two or three of the rows before it, so that it counts
    /// rows that the hierarchy does not show as its own.
    fn is_excused(&self, i: usize, check: &Check) -> bool {
        if !is_summary(self.book.get(check.result).row_kind) || i > 80 {
            return false;
        }
        let printed = self.book.number(check.result);
        let is_top = |at: &&usize| {
            let o = self.book.get(**at);
            !is_summary(o.row_kind) && (o.parent.is_empty() || o.parent == o.name)
        };
        let top = self.cells[..i].iter().filter(is_top);
        let mut values: Vec<Decimal> =
            top.map(|c| self.book.number(*c)).filter(|v| !v.is_zero()).collect();
        values.sort();
        values.dedup();
        values.iter().enumerate().any(|(n, a)| {
            values[n + 1..].iter().any(|b| {
                let left = a.checked_add(*b).and_then(|sum| printed.checked_sub(sum));
                left.is_some_and(|left| {
                    left.is_zero() || left > *b && values.binary_search(&left).is_ok()
                })
            })
        })
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

    /// Whether a sum that does not hold is one that a reader would expect to hold.
    fn is_telling(&self, check: &Check) -> bool {
        let printed = self.book.number(check.result).to_f64();
        let computed = check.computed.to_f64();
        let own = self.book.get(check.result);
        if is_summary(own.row_kind) && check.terms.len() < 2 {
            return false;
        }
        let ratio = if computed == 0.0 { f64::INFINITY } else { printed / computed };
        (0.1..10.0).contains(&ratio)
    }
}

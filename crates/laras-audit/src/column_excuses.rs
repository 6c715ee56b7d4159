//! Column sums that do not hold and need not: what stands behind the rows, or was counted elsewhere.

use laras_model::{Decimal, Flag};

use crate::book::is_summary;
use crate::check::Check;
use crate::column_terms::Column;

/// Most rows behind a sum that are looked at for what it misses.
const MOST_BEHIND: usize = 30;

impl Column<'_, '_> {
    /// Whether the outermost rows are the parents of the rows without children, most of them right.
    pub(crate) fn is_outline(&self, outer: &Check, leaves: &Check) -> bool {
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
    pub(crate) fn goes_on(&self, check: &Check) -> bool {
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
    pub(crate) fn is_repeated(&self, check: &Check) -> bool {
        let is_nameless = |at: &usize| self.book.get(*at).flags.contains(Flag::NameMissing);
        let same = |at: &&usize| {
            is_nameless(at) && self.book.number(**at) == self.book.number(check.result)
        };
        is_nameless(&check.result) && self.cells.iter().filter(same).count() > 1
    }

    /// Whether a total is exactly the sum of two or three of the rows before it, so that it counts
    /// rows that the hierarchy does not show as its own.
    pub(crate) fn is_excused(&self, i: usize, check: &Check) -> bool {
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

    /// Whether a sum that does not hold is one that a reader would expect to hold.
    pub(crate) fn is_telling(&self, check: &Check) -> bool {
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

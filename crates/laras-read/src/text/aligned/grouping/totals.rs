//! Lines of amounts that stand above already: totals without a name.
//!
//! Where a table states the amount of a program above its parts, the total below them is the same
//! amount, on a line that often holds nothing else.

use super::super::Piece;
use super::super::kinds::Kind;
use super::Lines;

/// How far above the amounts may stand, in lines.
const NEAR: usize = 120;
/// Fewest letters of an amount that is not there twice by chance.
const SHORTEST: usize = 7;

impl Lines<'_> {
    /// Whether a line holds nothing but amounts, which one line above states in the same columns.
    pub(super) fn repeats_amounts(&self, i: usize) -> bool {
        let line = &self.facts[i];
        if !line.has_value || line.has_text || line.has_ordinal {
            return false;
        }
        let amounts = &self.pieces[i];
        let is_amount = |p: &Piece| {
            p.first == p.last
                && self.kinds[p.first] == Kind::Values
                && p.is_value
                && p.to - p.from >= SHORTEST
        };
        let states = |above: usize| {
            let has = |p: &Piece| {
                let mut others = self.pieces[above].iter().filter(|q| q.first == p.first);
                others.any(|q| self.text(above, q) == self.text(i, p))
            };
            amounts.iter().all(has)
        };
        amounts.iter().all(is_amount) && (i.saturating_sub(NEAR)..i).rev().any(states)
    }
}

//! Which number is at fault: findings that one wrong number explains, and the repair that would
//! mend most.
//!
//! Repairs are tried greedily: the change of one number that mends most equations and breaks fewest
//! is taken as made, what it mends is one defect, and the search goes on with the rest. Nothing is
//! ever applied to the report.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use laras_model::{Decimal, FindingCode, Flag, Origin, Severity};

use crate::book::Book;
use crate::check::{Check, Form};
use crate::draft::Draft;
use crate::groups::Groups;
use crate::spelling::edits;

/// Most terms of an equation whose numbers are tried as culprits.
const MOST_TERMS: usize = 60;
/// Least change of size, as a logarithm, that says something.
const SIZE: f64 = 0.05;
/// Most defects that are looked for in one report.
const MOST_DEFECTS: usize = 200;

/// Joins findings that one number explains into defects and names each defect's culprit.
pub(crate) fn join(book: &Book<'_>, checks: &[Check], drafts: &mut [Draft]) {
    let mut search = Search::new(book, checks, drafts);
    let mut defects: Vec<Option<usize>> = vec![None; drafts.len()];
    let mut number = 0;
    while number < MOST_DEFECTS
        && let Some(repair) = search.best()
    {
        let mended = search.apply(&repair);
        for (draft, defect) in drafts.iter_mut().zip(&mut defects) {
            let explains = draft.checks.iter().any(|c| mended.contains(c))
                || draft.code == FindingCode::ConflictTable
                    && draft.observations.contains(&repair.at)
                    && draft.observations.iter().any(|o| book.number(*o) == repair.to);
            if explains && defect.is_none() {
                *defect = Some(number);
                let row = |at: usize| (&book.get(at).table, book.get(at).row);
                draft.culprit = draft.anchor.is_some_and(|a| row(a) == row(repair.at));
                draft.suggestion = Some((repair.at, repair.to, repair.mends));
                draft.origin = origin(book, &repair);
            }
        }
        number += 1;
    }
    // What no single repair explains stands for itself.
    for (draft, defect) in drafts.iter_mut().zip(defects) {
        if draft.severity == Severity::Info {
            continue;
        }
        draft.culprit |= defect.is_none();
        draft.defect = defect.or_else(|| {
            number += 1;
            Some(number - 1)
        });
    }
}

/// Whose error it is: the conversion's where another reading of the cell fits, the office's where
/// the cell and its row are whole.
fn origin(book: &Book<'_>, repair: &Repair) -> Origin {
    let o = book.get(repair.at);
    let has = |flag: Flag| o.flags.contains(flag);
    if o.alternatives.iter().any(|a| a.value == repair.to) || has(Flag::NumberMalformed) {
        Origin::Conversion
    } else if has(Flag::RowUnsure) || has(Flag::RowJoined) || has(Flag::TextRepaired) {
        Origin::Unknown
    } else {
        Origin::Source
    }
}

/// A change of one number and what it would do.
#[derive(Clone, Debug)]
struct Repair {
    at: usize,
    to: Decimal,
    /// Equations and other tables that would agree.
    mends: u32,
    breaks: u32,
    /// Whether another table prints the number as it stands.
    is_confirmed: bool,
    /// Characters to change.
    edits: usize,
    /// Whether the number would be more, or less, of the size of its row.
    fit: i8,
}

impl Repair {
    /// More is better: what is gained, then a number that no other table confirms, then the smaller
    /// change, then the one that suits its row, then the place that is no result.
    fn rank(&self) -> (i64, bool, Reverse<usize>, i8, Reverse<usize>) {
        let gain = i64::from(self.mends) - i64::from(self.breaks);
        (gain, !self.is_confirmed, Reverse(self.edits), self.fit, Reverse(self.at))
    }
}

/// Whether another table prints a number for the same subject, measure and year.
fn is_confirmed(book: &Book<'_>, at: usize) -> bool {
    let own = book.get(at);
    !book.number(at).is_zero()
        && book.numbers().equals(at).any(|other| {
            let o = book.get(other);
            book.table_number(other) != book.table_number(at)
                && o.measure == own.measure
                && o.year == own.year
                && book.texts.subject(other) == book.texts.subject(at)
        })
}

/// The equations of every number.
fn members(checks: &[Check], count: usize) -> Groups<usize> {
    let of_one = |(c, check): (usize, _)| Check::members(check).map(move |at| (at, c));
    Groups::new(count, checks.iter().enumerate().flat_map(of_one))
}

/// The equations with the repairs found so far taken as made.
struct Search<'b, 'e> {
    book: &'b Book<'e>,
    checks: &'b [Check],
    values: Vec<Decimal>,
    holds: Vec<bool>,
    /// What each equation computes.
    computed: Vec<Option<Decimal>>,
    /// The equations of every number.
    of: Groups<usize>,
    /// The numbers that were repaired: each is once.
    repaired: Vec<bool>,
    /// What other tables print for a number that they contradict.
    elsewhere: BTreeMap<usize, Vec<usize>>,
    /// The best change of every number of a broken equation.
    repairs: BTreeMap<usize, Repair>,
}

impl<'b, 'e> Search<'b, 'e> {
    fn new(book: &'b Book<'e>, checks: &'b [Check], drafts: &[Draft]) -> Self {
        let count = book.extraction.observations.len();
        let mut elsewhere: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for draft in drafts.iter().filter(|d| d.code == FindingCode::ConflictTable) {
            let Some(at) = draft.anchor else { continue };
            for other in draft.observations.iter().copied().filter(|o| *o != at) {
                elsewhere.entry(at).or_default().push(other);
                elsewhere.entry(other).or_default().push(at);
            }
        }
        let mut search = Self {
            book,
            checks,
            values: (0..count).map(|at| book.number(at)).collect(),
            holds: checks.iter().map(|c| c.holds).collect(),
            computed: checks.iter().map(|c| Some(c.computed)).collect(),
            of: members(checks, count),
            repaired: vec![false; count],
            elsewhere,
            repairs: BTreeMap::new(),
        };
        let broken = checks.iter().filter(|c| !c.holds).flat_map(Check::members);
        for at in broken.collect::<BTreeSet<usize>>() {
            search.try_again(at);
        }
        search
    }

    fn best(&self) -> Option<Repair> {
        self.repairs.values().max_by_key(|r| r.rank()).cloned()
    }

    /// Takes a repair as made; the equations that it mends.
    fn apply(&mut self, repair: &Repair) -> Vec<usize> {
        self.values[repair.at] = repair.to;
        let mine = self.of.of(repair.at).to_vec();
        self.repaired[repair.at] = true;
        let mut mended = Vec::new();
        let mut touched = vec![repair.at];
        for c in mine {
            let held = self.holds[c];
            self.computed[c] = self.checks[c].compute(|i| self.values[i]);
            self.holds[c] = self.holds_as(c, repair.at, repair.to, self.computed[c]);
            if !held && self.holds[c] {
                mended.push(c);
            }
            touched.extend(self.checks[c].members());
        }
        touched.sort_unstable();
        touched.dedup();
        for at in touched {
            self.try_again(at);
        }
        mended
    }

    /// Whether an equation holds where one number is another, by what it then computes.
    fn holds_as(&self, check: usize, at: usize, to: Decimal, computed: Option<Decimal>) -> bool {
        let check = &self.checks[check];
        let printed = if check.result == at { to } else { self.values[check.result] };
        computed.is_some_and(|computed| check.is_close(self.book, printed, computed))
    }

    /// Whether an equation would hold where one number is another.
    fn holds_with(&self, check: usize, at: usize, to: Decimal) -> bool {
        let equation = &self.checks[check];
        let computed = match self.computed[check] {
            // The result alone is changed, or one term of a sum: what it computes is near at hand.
            Some(computed) if equation.form == Form::Sum => {
                let mut terms = equation.terms.iter().filter(|(term, _)| *term == at);
                match (terms.next(), terms.next()) {
                    (None, _) => Some(computed),
                    (Some((_, minus)), None) => to.checked_sub(self.values[at]).and_then(|more| {
                        if *minus { computed.checked_sub(more) } else { computed.checked_add(more) }
                    }),
                    _ => equation.compute(|i| if i == at { to } else { self.values[i] }),
                }
            }
            _ => equation.compute(|i| if i == at { to } else { self.values[i] }),
        };
        self.holds_as(check, at, to, computed)
    }

    /// Finds the best change of one number anew.
    fn try_again(&mut self, at: usize) {
        self.repairs.remove(&at);
        if self.repaired[at] {
            return;
        }
        let mine = || self.of.of(at).iter().copied();
        let broken: Vec<usize> = mine().filter(|c| !self.holds[*c]).collect();
        if broken.is_empty() || broken.iter().any(|c| self.checks[*c].terms.len() > MOST_TERMS) {
            return;
        }
        let others = self.elsewhere.get(&at).map(Vec::as_slice).unwrap_or_default();
        let mut values: Vec<Decimal> = broken.iter().filter_map(|c| self.solve(*c, at)).collect();
        values.extend(others.iter().map(|o| self.values[*o]));
        let own = self.values[at];
        let best = values
            .into_iter()
            .filter(|to| *to != own && !to.is_negative())
            .filter_map(|to| {
                let agrees = others.iter().filter(|o| self.values[**o] == to).count();
                let mends = broken.iter().filter(|c| self.holds_with(**c, at, to)).count();
                let is_broken = |c: &usize| self.holds[*c] && !self.holds_with(*c, at, to);
                let breaks = mine().filter(is_broken).count();
                if mends + agrees <= breaks {
                    return None;
                }
                let edits = edits(&own.to_string(), &to.to_string());
                let (mends, breaks) = ((mends + agrees) as u32, breaks as u32);
                let is_confirmed = is_confirmed(self.book, at);
                Some(Repair { at, to, mends, breaks, is_confirmed, edits, fit: self.fit(at, to) })
            })
            .max_by_key(Repair::rank);
        if let Some(best) = best {
            self.repairs.insert(at, best);
        }
    }

    /// Whether a change brings a number nearer to the size of the others of its row and unit: plans
    /// and results of one subject, or of years that follow each other, are much alike.
    fn fit(&self, at: usize, to: Decimal) -> i8 {
        let own = self.book.get(at);
        let Some(row) = self.book.table(at).and_then(|t| t.rows.get(own.row)) else { return 0 };
        let others = row.iter().filter(|o| **o != at && self.book.get(**o).unit == own.unit);
        let sizes: Vec<f64> =
            others.map(|o| self.values[*o].to_f64()).filter(|v| *v > 0.0).collect();
        let off = |value: Decimal| {
            let value = value.to_f64();
            sizes.iter().map(|size| (value / size).ln().abs()).fold(f64::INFINITY, f64::min)
        };
        let gain = off(self.values[at]) - off(to);
        if gain > SIZE {
            1
        } else if gain < -SIZE {
            -1
        } else {
            0
        }
    }

    /// The value of one number that would make an equation hold, the others as they are.
    fn solve(&self, check: usize, at: usize) -> Option<Decimal> {
        let computed = self.computed[check]?;
        let check = &self.checks[check];
        if at == check.result {
            let decimals = crate::dress::decimals(self.book.get(at));
            return Some(match check.form {
                Form::Sum => computed,
                _ => computed.rounded(decimals.max(2)),
            });
        }
        let (_, minus) = *check.terms.iter().find(|(t, _)| *t == at)?;
        if check.form != Form::Sum {
            return None;
        }
        let off = self.values[check.result].checked_sub(computed)?;
        let own = self.values[at];
        if minus { own.checked_sub(off) } else { own.checked_add(off) }
    }
}

//! Which number is at fault: findings that one wrong number explains, and the repair that would
//! mend most.

use std::collections::BTreeMap;

use laras_model::{Decimal, FindingCode, Flag, Origin, Severity};

use crate::book::Book;
use crate::check::{Check, Form};
use crate::draft::Draft;

/// Most members of an equation whose numbers are tried as culprits.
const MOST_MEMBERS: usize = 60;

/// Joins findings that share a number into defects and names each defect's culprit.
pub(crate) fn join(book: &Book<'_>, checks: &[Check], drafts: &mut [Draft]) {
    let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (c, check) in checks.iter().enumerate() {
        for at in check.members() {
            of.entry(at).or_default().push(c);
        }
    }
    let repairs = repairs(book, checks, &of, drafts);
    let defects = groups(drafts, &repairs);
    for (d, draft) in drafts.iter_mut().enumerate() {
        if draft.severity != Severity::Info {
            draft.defect = Some(defects[d]);
        }
    }
    let mut best: BTreeMap<usize, &Repair> = BTreeMap::new();
    for draft in drafts.iter() {
        let Some(defect) = draft.defect else { continue };
        for at in &draft.observations {
            if let Some(repair) = repairs.get(at)
                && best.get(&defect).is_none_or(|b| repair.rank() > b.rank())
            {
                best.insert(defect, repair);
            }
        }
    }
    for draft in drafts.iter_mut() {
        let Some(repair) = draft.defect.and_then(|d| best.get(&d)) else { continue };
        let row = |at: usize| (&book.get(at).table, book.get(at).row);
        let is_here = draft.anchor.is_some_and(|a| row(a) == row(repair.at));
        draft.culprit = is_here;
        if draft.observations.contains(&repair.at) {
            draft.suggestion = Some((repair.at, repair.to, repair.mends));
            draft.origin = origin(book, repair);
        }
    }
    // A defect without equations blames the one place it was seen at.
    let mut alone: BTreeMap<usize, usize> = BTreeMap::new();
    for defect in drafts.iter().filter_map(|d| d.defect) {
        *alone.entry(defect).or_default() += 1;
    }
    for draft in drafts.iter_mut() {
        let Some(defect) = draft.defect else { continue };
        if !best.contains_key(&defect) && alone.get(&defect) == Some(&1) {
            draft.culprit = true;
        }
    }
}

/// Whose error it is: the conversion's where another reading of the cell fits, the office's where
/// the cell and its row are whole.
fn origin(book: &Book<'_>, repair: &Repair) -> Origin {
    let o = book.get(repair.at);
    let has = |flag: Flag| o.flags.contains(&flag);
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
    mends: u32,
    breaks: u32,
    /// Characters to change.
    edits: usize,
}

impl Repair {
    /// More is better.
    fn rank(&self) -> (i64, std::cmp::Reverse<usize>, std::cmp::Reverse<usize>) {
        let gain = i64::from(self.mends) * 2 - i64::from(self.breaks) * 2;
        (gain, std::cmp::Reverse(self.edits), std::cmp::Reverse(self.at))
    }
}

/// The best change of every number of a broken equation, where one mends more than it breaks.
fn repairs(
    book: &Book<'_>,
    checks: &[Check],
    of: &BTreeMap<usize, Vec<usize>>,
    drafts: &[Draft],
) -> BTreeMap<usize, Repair> {
    let mut elsewhere: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for draft in drafts.iter().filter(|d| d.code == FindingCode::ConflictTable) {
        let Some(at) = draft.anchor else { continue };
        for other in draft.observations.iter().copied().filter(|o| *o != at) {
            elsewhere.entry(at).or_default().push(other);
            elsewhere.entry(other).or_default().push(at);
        }
    }
    let mut repairs = BTreeMap::new();
    for (&at, mine) in of {
        let broken: Vec<&Check> = mine.iter().map(|c| &checks[*c]).filter(|c| !c.holds).collect();
        if broken.is_empty() || broken.iter().any(|c| c.terms.len() > MOST_MEMBERS) {
            continue;
        }
        let mut values: Vec<Decimal> = broken.iter().filter_map(|c| solve(book, c, at)).collect();
        let others = elsewhere.get(&at).map(Vec::as_slice).unwrap_or_default();
        values.extend(others.iter().map(|o| book.number(*o)));
        let own = book.number(at);
        let best = values
            .into_iter()
            .filter(|to| *to != own && !to.is_negative())
            .map(|to| {
                let value = |i: usize| if i == at { to } else { book.number(i) };
                let holds = |check: &Check| {
                    check
                        .compute(value)
                        .is_some_and(|computed| check.is_close(book, value(check.result), computed))
                };
                let agrees = others.iter().filter(|o| book.number(**o) == to).count();
                let mends = broken.iter().filter(|c| holds(c)).count() + agrees;
                let breaks =
                    mine.iter().map(|c| &checks[*c]).filter(|c| c.holds && !holds(c)).count();
                let edits = strsim::levenshtein(&own.to_string(), &to.to_string());
                Repair { at, to, mends: mends as u32, breaks: breaks as u32, edits }
            })
            .max_by_key(Repair::rank);
        if let Some(best) = best
            && best.mends > best.breaks
        {
            repairs.insert(at, best);
        }
    }
    repairs
}

/// The value of one number that would make an equation hold, the others as printed.
fn solve(book: &Book<'_>, check: &Check, at: usize) -> Option<Decimal> {
    if at == check.result {
        let decimals = crate::dress::decimals(book.get(at));
        return Some(match check.form {
            Form::Sum => check.computed,
            _ => check.computed.rounded(decimals.max(2)),
        });
    }
    let (_, minus) = *check.terms.iter().find(|(t, _)| *t == at)?;
    match check.form {
        Form::Sum => {
            let off = book.number(check.result).checked_sub(check.computed)?;
            let own = book.number(at);
            if minus { own.checked_sub(off) } else { own.checked_add(off) }
        }
        _ => None,
    }
}

/// The defect of every finding: those that one change of a number would explain.
fn groups(drafts: &[Draft], repairs: &BTreeMap<usize, Repair>) -> Vec<usize> {
    let mut parent: Vec<usize> = (0..drafts.len()).collect();
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    // Only a number whose change would mend a finding ties findings together.
    for (d, draft) in drafts.iter().enumerate() {
        let is_equation = matches!(
            draft.code,
            FindingCode::SumMismatch
                | FindingCode::PercentMismatch
                | FindingCode::ConflictTable
                | FindingCode::RowDisplaced
                | FindingCode::NumberMalformed
        );
        if !is_equation {
            continue;
        }
        for at in draft
            .observations
            .iter()
            .filter(|at| repairs.contains_key(at) || Some(**at) == draft.anchor)
        {
            match first.get(at) {
                Some(other) => unite(&mut parent, *other, d),
                None => {
                    first.insert(*at, d);
                }
            }
        }
    }
    (0..drafts.len()).map(|d| root(&mut parent, d)).collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

fn unite(parent: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parent, a), root(parent, b));
    parent[a.max(b)] = a.min(b);
}

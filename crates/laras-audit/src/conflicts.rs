//! The same subject, measure and time with different values in two tables.
//!
//! Which columns of two tables are held against each other is said in [`pairs`]. Budgets of different
//! stages may differ and are no conflict.

use std::collections::BTreeMap;

use laras_model::{Decimal, FindingCode, Flag, Origin};

use crate::book::Book;
use crate::check::Check;
use crate::draft::Draft;
use crate::dress;
use crate::pairs::{Shared, columns, pairs};

/// Findings of values that another table contradicts.
pub(crate) fn drafts(book: &Book<'_>, checks: &[Check]) -> Vec<Draft> {
    let (columns, subjects) = columns(book);
    let count = book.extraction.observations.len();
    let mut standing = vec![0_i32; count];
    for check in checks {
        for at in check.members() {
            standing[at] += if check.holds { 1 } else { -1 };
        }
    }
    // Who contradicts whom, and who agrees.
    let mut against: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut with = vec![0_i32; count];
    // Pairs that only their heads liken: told where a third table sides with one of them.
    let mut lonely: Vec<(usize, usize)> = Vec::new();
    let (pairs, shared) = pairs(book, &columns, subjects);
    for pair in &pairs {
        for &Shared { values: (x, y), is_equal } in &shared[pair.shared.clone()] {
            if is_equal {
                with[x] += 1;
                with[y] += 1;
            } else if pair.is_same && !is_damage(book, x, y) {
                against.entry(x).or_default().push(y);
                against.entry(y).or_default().push(x);
            } else if pair.same_stage {
                lonely.push((x, y));
            }
        }
    }
    // They take more room than all that is made of them.
    drop((pairs, shared));
    for (x, y) in lonely {
        let alone = |at: usize| with[at] == 0;
        if alone(x) != alone(y) && !is_damage(book, x, y) {
            against.entry(x).or_default().push(y);
            against.entry(y).or_default().push(x);
        }
    }
    let weight = |at: usize| (with[at] * 2 + standing[at], std::cmp::Reverse(at));
    let mut drafts = Vec::new();
    for (&at, others) in &against {
        // The weaker of two is the one in conflict; it is said once, against the strongest.
        let Some(&best) = others.iter().max_by_key(|o| weight(**o)) else { continue };
        if weight(at) > weight(best) {
            continue;
        }
        drafts.push(draft(book, at, best, others));
    }
    drafts
}

/// Whether two values have the same digits and one is damaged: that is a finding of its own.
fn is_damage(book: &Book<'_>, a: usize, b: usize) -> bool {
    let digits = |at: usize| {
        let mantissa = book.number(at).normalized().mantissa().to_string();
        mantissa.trim_end_matches('0').to_owned()
    };
    let is_damaged = |at: usize| book.get(at).flags.contains(Flag::NumberMalformed);
    (is_damaged(a) || is_damaged(b)) && digits(a) == digits(b)
}

fn draft(book: &Book<'_>, at: usize, best: usize, others: &[usize]) -> Draft {
    let (own, other) = (book.get(at), book.get(best));
    let label = |i: usize| {
        let o = book.get(i);
        let table = book.table(i).map(|t| t.table);
        let caption: String =
            table.map(|t| t.caption.chars().take(40).collect()).unwrap_or_default();
        format!("{} ({} {caption}, {})", dress::value(o), o.table, o.place.cited())
    };
    let mut draft = Draft::new(FindingCode::ConflictTable, own);
    let difference = book.number(at).checked_sub(book.number(best)).unwrap_or(Decimal::ZERO);
    draft.table.clone_from(&own.table);
    draft.subject = format!(
        "{}, {} {}",
        own.name,
        own.measure,
        own.year.map_or(String::new(), |y| y.to_string())
    );
    draft.detail =
        format!("{} against {}; difference {}", label(at), label(best), dress::number(difference));
    draft.printed = dress::value(own);
    draft.computed = dress::value(other);
    draft.difference = Some(difference);
    draft.origin = Origin::Source;
    draft.places = vec![other.place.clone()];
    draft.observations = std::iter::once(at).chain(others.iter().copied()).collect();
    draft.anchor = Some(at);
    draft.confidence = 0.8;
    draft
}

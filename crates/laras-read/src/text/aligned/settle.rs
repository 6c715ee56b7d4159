//! Which stretches of text are one column: what heads and column numbers say about them.
//!
//! Texts begin at the left of a column where its numbers end at the right, so that a column of both
//! looks like two; and cells that hardly leave a gap look like one. The line that numbers the
//! columns decides where there is one. Elsewhere two stretches that no line fills both are one
//! column, unless each has a head of its own.

use super::kinds::{is_unit, is_value};
use super::numbered;
use super::segment::{Segment, Strip};
use super::touching::LONGEST_QUANTITY;

pub(super) type Extent = (usize, usize);

/// Fewest lines that show a column of units.
const FEWEST_UNITS: usize = 2;

/// Divides and unites stretches to columns.
pub(super) fn settle(
    extents: &mut Vec<Extent>,
    voters: &[&Strip<'_>],
    heads: &[&Strip<'_>],
    numbers: &[Segment],
    is_complete: bool,
) {
    divide(extents, voters, numbers);
    unite(extents, voters, heads, numbers);
    if is_complete {
        numbered::assign(extents, numbers, voters, heads);
    } else {
        add_blank(extents, heads, numbers);
    }
}

fn touches(segment: &Segment, extent: &Extent) -> bool {
    segment.from < extent.1 && extent.0 < segment.to
}

/// Divides stretches that hold several column numbers where fewest words stand between them.
fn divide(extents: &mut Vec<Extent>, voters: &[&Strip<'_>], numbers: &[Segment]) {
    for pair in numbers.windows(2) {
        let [left, right] = pair else { continue };
        let both = |e: &Extent| touches(left, e) && touches(right, e);
        let Some(at) = extents.iter().position(both) else { continue };
        let (low, high) = (left.from + left.to, right.from + right.to);
        let places = low / 2 + 1..high.div_ceil(2);
        let cover = |x: usize| {
            voters.iter().filter(|s| s.words().any(|(from, to)| from <= x && x < to)).count()
        };
        // Of the places that fewest words cover, those between an amount and a word.
        let parted = |x: usize| voters.iter().filter(|s| parts_amount(s, x)).count();
        let covers: Vec<(usize, usize)> = places.map(|x| (cover(x), x)).collect();
        let Some(least) = covers.iter().map(|(count, _)| *count).min() else { continue };
        let free: Vec<(usize, usize)> = covers
            .iter()
            .filter(|(count, _)| *count == least)
            .map(|(_, x)| (parted(*x), *x))
            .collect();
        let most = free.iter().map(|(count, _)| *count).max().unwrap_or(0);
        let free: Vec<usize> =
            free.iter().filter(|(count, _)| *count == most).map(|(_, x)| *x).collect();
        let x = free[free.len() / 2];
        let to = std::mem::replace(&mut extents[at].1, x);
        extents.insert(at + 1, (x + 1, to.max(x + 2)));
    }
}

/// Whether the right stretch holds texts that no head names, beside texts that have one, in a table
/// whose other columns are headed.
fn has_no_head(
    left: &Extent,
    right: &Extent,
    extents: &[Extent],
    voters: &[&Strip<'_>],
    heads: &[&Strip<'_>],
) -> bool {
    let headed = |e: &Extent| heads.iter().any(|h| h.segments.iter().any(|s| touches(s, e)));
    let texts = |e: &Extent| {
        let within = |v: &&Strip<'_>| {
            v.segments.iter().filter(|s| touches(s, e)).all(|s| !is_value(v.text(s)))
        };
        voters.iter().all(within)
    };
    !headed(right)
        && headed(left)
        && extents.iter().filter(|e| headed(e)).count() >= 3.max(extents.len() - 1)
        && texts(left)
        && texts(right)
}

/// Whether a line has an amount left of a space and a word right of it.
fn parts_amount(strip: &Strip<'_>, x: usize) -> bool {
    strip.segments.iter().filter(|s| s.from < x && x < s.to).any(|segment| {
        let text = strip.text(segment);
        let Some((byte, ' ')) = text.char_indices().nth(x - segment.from) else { return false };
        let amount = text[..byte].rsplit(' ').next().unwrap_or("");
        amount.len() > LONGEST_QUANTITY
            && is_value(amount)
            && text[byte + 1..].starts_with(char::is_alphabetic)
    })
}

/// Unites neighbouring stretches that are one column.
fn unite(
    extents: &mut Vec<Extent>,
    voters: &[&Strip<'_>],
    heads: &[&Strip<'_>],
    numbers: &[Segment],
) {
    let mut at = 1;
    while at < extents.len() {
        let (left, right) = (extents[at - 1], extents[at]);
        let numbered = |e: &Extent| numbers.iter().any(|n| touches(n, e));
        let one_number = numbers.iter().any(|n| touches(n, &left) && touches(n, &right));
        let apart = numbered(&left) && numbered(&right) && !one_number;
        // The first column numbers the rows: `1  Rapat` is no quantity.
        let units = at > 1 && holds_units(&left, &right, voters, FEWEST_UNITS);
        let bare = numbers.is_empty() && has_no_head(&left, &right, extents, voters, heads);
        let one = !apart
            && (bare
                || units && numbered(&left)
                || (units || excludes(&left, &right, voters)) && !are_headed(extents, at, heads));
        if one {
            extents[at - 1].1 = right.1;
            extents.remove(at);
        } else {
            at += 1;
        }
    }
}

/// Whether both stretches are filled and no line fills both.
fn excludes(left: &Extent, right: &Extent, voters: &[&Strip<'_>]) -> bool {
    let (mut lefts, mut rights) = (0, 0);
    for strip in voters {
        let fills = |e: &Extent| strip.segments.iter().any(|s| touches(s, e));
        match (fills(left), fills(right)) {
            (true, true) => return false,
            (true, false) => lefts += 1,
            (false, true) => rights += 1,
            (false, false) => {}
        }
    }
    lefts > 0 && rights > 0
}

/// Whether the right stretch holds nothing but the units of the numbers in the left one, `fewest` at
/// least.
pub(super) fn holds_units(
    left: &Extent,
    right: &Extent,
    voters: &[&Strip<'_>],
    fewest: usize,
) -> bool {
    let mut units = 0;
    for strip in voters {
        let within = |e: &Extent| strip.segments.iter().find(|s| touches(s, e));
        let Some(unit) = within(right) else { continue };
        // A dash is no unit, but may stand for one.
        if matches!(strip.text(unit), "-" | "–") {
            let number = within(left).map(|s| strip.text(s));
            if number.is_none_or(|number| matches!(number, "-" | "–")) {
                continue;
            }
            return false;
        }
        let of_number = within(left).is_some_and(|s| {
            let text = strip.text(s);
            s != unit && is_value(text) && text.len() <= LONGEST_QUANTITY
        });
        if !of_number || !is_unit(strip.text(unit)) {
            return false;
        }
        units += 1;
    }
    units >= fewest
}

/// Whether a line of heads has one over each of two neighbouring stretches, of which `right` is the
/// place of the second. A head that stands over none, as one at the left of a column does whose few
/// numbers end at the right, is that of the stretch beside it.
pub(super) fn are_headed(extents: &[Extent], right: usize, heads: &[&Strip<'_>]) -> bool {
    let Some(left) = right.checked_sub(1) else { return false };
    let (l, r) = (extents[left], extents[right]);
    heads.iter().any(|strip| {
        let over = |e: &Extent, other: &Extent| {
            strip.segments.iter().any(|s| touches(s, e) && !touches(s, other))
        };
        // Between two stretches it may be that of either, unless one has another.
        let is_headed = |at: Option<usize>| {
            let stretch = at.and_then(|at| extents.get(at));
            stretch.is_none_or(|e| strip.segments.iter().any(|s| touches(s, e)))
        };
        let beside = |at: usize| {
            let (before, after) = (at.checked_sub(1), at + 1);
            let from = before.map_or(0, |before| extents[before].1);
            let to = extents.get(after).map_or(usize::MAX, |after| after.0);
            let is_free = |s: &&Segment| !extents.iter().any(|e| touches(s, e));
            strip.segments.iter().filter(is_free).any(|s| {
                from <= s.from && s.to <= extents[at].0 && is_headed(before)
                    || extents[at].1 <= s.from && s.to <= to && is_headed(Some(after))
            })
        };
        match (over(&l, &r), over(&r, &l)) {
            (true, true) => true,
            (true, false) => beside(right),
            (false, true) => beside(left),
            (false, false) => false,
        }
    })
}

/// Adds the columns that are numbered and blank: their number stands between two others that have
/// theirs.
fn add_blank(extents: &mut Vec<Extent>, heads: &[&Strip<'_>], numbers: &[Segment]) {
    for number in numbers {
        if extents.iter().any(|e| touches(number, e)) {
            continue;
        }
        let right = extents.partition_point(|e| e.0 < number.from);
        let own = |at: Option<usize>| {
            at.and_then(|at| extents.get(at))
                .is_none_or(|e| numbers.iter().any(|n| n != number && touches(n, e)))
        };
        let left = right.checked_sub(1);
        let bare = |at: usize| {
            extents.get(at).is_some_and(|e| {
                !heads.iter().any(|strip| strip.segments.iter().any(|s| touches(s, e)))
            })
        };
        match (own(left), own(Some(right))) {
            (true, true) => extents.insert(right, (number.from, number.to)),
            (true, false) if bare(right) => extents[right].0 = number.from,
            (false, true) if bare(right - 1) => extents[right - 1].1 = number.to,
            _ => {}
        }
    }
}

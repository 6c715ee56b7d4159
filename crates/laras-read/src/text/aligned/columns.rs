//! Where the columns of an aligned table are.

use std::ops::Range;

use super::grid::Grid;
use super::kinds::{is_ordinal, is_value, is_year};
use super::numbered::is_complete;
use super::numbers::{column_numbers, is_column_numbers};
use super::rivers;
use super::segment::{Segment, Strip};
use super::settle::{Extent, settle};
use super::touching::Border;

/// The columns of a region; `None` if its lines have no common gutter.
///
/// Lines with values decide, for the heads over them span columns; texts that stand clear of every
/// column found so make columns of their own.
pub(super) fn find(strips: &[Strip<'_>], borders: &[Border]) -> Option<Grid> {
    let Telling { lines, below_heads } = telling(strips)?;
    let mut counts: Vec<usize> = lines.iter().map(|s| s.segments.len()).collect();
    counts.sort_unstable();
    let usual = counts[counts.len() * 4 / 5];
    let voters: Vec<&Strip<'_>> =
        lines.into_iter().filter(|s| s.segments.len() >= (usual * 3).div_ceil(5).max(2)).collect();
    let mut extents = rivers::between(&voters);
    for border in borders {
        let within = |e: &(usize, usize)| e.0 + 1 < *border && *border < e.1;
        if let Some(at) = extents.iter().position(within) {
            let to = std::mem::replace(&mut extents[at].1, border - 1);
            extents.insert(at + 1, (*border, to));
        }
    }
    let first = match below_heads {
        Some(first) => first,
        None => strips.iter().position(|s| voters.first().is_some_and(|v| std::ptr::eq(*v, s)))?,
    };
    add_clear(&mut extents, &strips[first..]);
    let numbers = column_numbers(&strips[..first]).unwrap_or(first..first);
    let heads: Vec<&Strip<'_>> =
        strips[..numbers.start].iter().chain(&strips[numbers.end..first]).collect();
    let counted = strips.get(numbers.start).filter(|_| numbers.end > numbers.start);
    let complete = counted.is_some_and(is_complete) && !is_divided(&strips[..first], &numbers);
    let numbers = counted.map_or(&[][..], |s| s.segments.as_slice());
    settle(&mut extents, &voters, &heads, numbers, complete);
    add_heads(&mut extents, &heads, complete);
    (extents.len() >= 2).then(|| Grid::new(extents))
}

/// The lines that tell where the columns are.
struct Telling<'s, 'r> {
    lines: Vec<&'s Strip<'r>>,
    /// The first line that is no head, where it is not the first of them.
    below_heads: Option<usize>,
}

/// The rows; of a page that ends below its heads, its only row or its column numbers; else all lines.
fn telling<'s, 'r>(strips: &'s [Strip<'r>]) -> Option<Telling<'s, 'r>> {
    if let Some(lone) = lone_row(strips) {
        // The lowest heads stand over one column each.
        let leaves = |s: &&Strip<'_>| s.segments.len() * 4 >= strips[lone].segments.len() * 3;
        let lines = strips[..=lone].iter().filter(leaves).collect();
        return Some(Telling { lines, below_heads: Some(lone) });
    }
    let numbers = column_numbers(strips);
    // What stands above the column numbers is a head, even where it is numbered too.
    let heads_end = numbers.as_ref().map_or(0, |numbers| numbers.end);
    let lines: Vec<&Strip<'_>> = strips[heads_end..].iter().filter(|s| is_row(s)).collect();
    if lines.len() >= FEWEST_LINES {
        return Some(Telling { lines, below_heads: None });
    }
    let several = |strips: &'s [Strip<'r>], below_heads: Option<usize>| {
        let lines: Vec<&Strip<'_>> = strips.iter().filter(|s| s.segments.len() >= 2).collect();
        (lines.len() >= FEWEST_LINES).then_some(Telling { lines, below_heads })
    };
    numbers
        .filter(|numbers| is_complete(&strips[numbers.start]) && !is_divided(strips, numbers))
        .and_then(|numbers| several(&strips[numbers.start..], Some(heads_end)))
        .or_else(|| several(strips, None))
}

/// Fewest lines that tell something together.
const FEWEST_LINES: usize = 2;

/// The only row of a page that ends below its heads: no line is divided into more cells.
pub(super) fn lone_row(strips: &[Strip<'_>]) -> Option<usize> {
    let mut rows = strips.iter().enumerate().filter(|(_, s)| is_row(s));
    let (at, row) = rows.next().filter(|_| column_numbers(strips).is_none())?;
    let cells = row.segments.len();
    let values = row.segments.iter().filter(|s| is_value(row.text(s))).count();
    (rows.next().is_none()
        && cells >= FEWEST_CELLS
        && values >= FEWEST_VALUES
        && strips.iter().all(|s| s.segments.len() <= cells)
        && strips[..at].iter().any(|s| s.segments.len() >= FEWEST_CELLS - 1))
    .then_some(at)
}

/// The first of several rows.
pub(super) fn first_of_rows(strips: &[Strip<'_>]) -> Option<usize> {
    let mut rows = (0..strips.len()).filter(|at| is_row(&strips[*at]));
    rows.next().filter(|_| rows.next().is_some())
}

/// Fewest cells of a row that shows the columns by itself, and fewest values among them.
const FEWEST_CELLS: usize = 4;
const FEWEST_VALUES: usize = 2;

/// Whether heads below the numbers divide what is numbered.
fn is_divided(strips: &[Strip<'_>], numbers: &Range<usize>) -> bool {
    let divides =
        |s: &Strip<'_>| s.segments.len() >= 3 && !s.segments.iter().any(|g| is_value(s.text(g)));
    strips[numbers.end..].first().is_some_and(divides)
}

/// Whether a line is one of a table's body: several pieces, one of them a value that is no year
/// and no column number.
pub(super) fn is_row(strip: &Strip<'_>) -> bool {
    let texts = || strip.segments.iter().map(|s| strip.text(s));
    let is_number = |text: &str| is_ordinal(text) || is_year(text);
    strip.segments.len() >= 2
        && texts().any(|text| is_value(text) && !is_year(text))
        && !texts().all(is_number)
        && !is_column_numbers(strip)
}

/// The stretches that more than `tolerated` of the lines cover.
pub(super) fn covered(voters: &[&Strip<'_>], tolerated: i32) -> Vec<(usize, usize)> {
    let segments = || voters.iter().flat_map(|s| &s.segments);
    let width = segments().map(|s| s.to).max().unwrap_or(0);
    let mut change = vec![0_i32; width + 1];
    for segment in segments() {
        change[segment.from] += 1;
        change[segment.to] -= 1;
    }
    let mut extents: Vec<(usize, usize)> = Vec::new();
    let (mut depth, mut inside) = (0, false);
    for (x, step) in change.iter().enumerate() {
        depth += step;
        let now = depth > tolerated;
        match (inside, now) {
            (false, true) => extents.push((x, x + 1)),
            (true, false) => {
                if let Some(last) = extents.last_mut() {
                    last.1 = x;
                }
            }
            _ => {}
        }
        inside = now;
    }
    if let Some(last) = extents.last_mut().filter(|_| inside) {
        last.1 = width;
    }
    extents
}

/// Adds the columns of texts that stand clear of all found before. Where such a text stands left of
/// values and never beside one, it is set at the left of the column that has them at its right.
fn add_clear(extents: &mut Vec<(usize, usize)>, strips: &[Strip<'_>]) {
    let mut clear: Vec<(usize, usize)> = strips
        .iter()
        .flat_map(|s| &s.segments)
        .map(|s| (s.from, s.to))
        .filter(|s| {
            let right = extents.partition_point(|e| e.1 < s.0);
            extents.get(right).is_none_or(|e| s.1 < e.0)
        })
        .collect();
    clear.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for next in clear {
        match merged.last_mut() {
            Some(last) if next.0 <= last.1 => last.1 = last.1.max(next.1),
            _ => merged.push(next),
        }
    }
    let mut added = Vec::new();
    for text in merged {
        let right = extents.partition_point(|e| e.0 < text.1);
        match extents.get_mut(right).filter(|values| stands_for(text, **values, strips)) {
            Some(values) => values.0 = text.0,
            None => added.push(text),
        }
    }
    extents.extend(added);
    extents.sort_unstable();
}

/// Whether words stand in a line only where the values on their right are missing.
fn stands_for(words: (usize, usize), values: (usize, usize), strips: &[Strip<'_>]) -> bool {
    let within = |s: &Segment, e: (usize, usize)| s.from < e.1 && e.0 < s.to;
    let mut stated = 0;
    for strip in strips {
        let value = strip.segments.iter().find(|s| within(s, values));
        let word = strip.segments.iter().find(|s| within(s, words));
        if word.is_some() && word == value {
            // Longer words of the same kind run on into the place of the values.
            continue;
        }
        if word.is_some() && value.is_some() || word.is_some_and(|s| is_value(strip.text(s))) {
            return false;
        }
        match value {
            Some(s) if !is_value(strip.text(s)) => return false,
            Some(_) => stated += 1,
            None => {}
        }
    }
    stated >= 2
}

/// Lets heads that stand clear of all columns cover the column they belong to: a name begins at the
/// left of a column where its numbers end at the right. From the lowest line of heads up, a head
/// goes with the one that begins at the same place below it; else it takes the column on its right,
/// or else on its left, that has none yet; where both have theirs, it has a column of its own, which
/// is blank.
fn add_heads(extents: &mut Vec<Extent>, strips: &[&Strip<'_>], complete: bool) {
    let touches = |s: &Segment, e: &Extent| s.from <= e.1 && e.0 <= s.to;
    let mut columns: Vec<Headed> =
        extents.iter().map(|e| Headed { extent: *e, begins: Vec::new() }).collect();
    let first_ends = extents.first().map_or(0, |e| e.1);
    for strip in strips.iter().rev() {
        let is_name = |s: &&Segment| {
            let text = strip.text(s);
            // `K` and `IV` number rows at the left only.
            let numbers = is_ordinal(text)
                && (s.from < first_ends || text.contains(|c: char| c.is_numeric()));
            !numbers && !is_year(text)
        };
        let heads: Vec<&Segment> = strip.segments.iter().filter(is_name).collect();
        for column in &mut columns {
            let over = heads.iter().filter(|s| touches(s, &column.extent)).map(|s| s.from);
            column.begins.extend(over);
        }
        for (at, head) in heads.iter().enumerate() {
            if columns.iter().any(|c| touches(head, &c.extent)) {
                continue;
            }
            let right = columns.partition_point(|c| c.extent.0 < head.to);
            let beside = [Some(right), right.checked_sub(1)].into_iter().flatten();
            let below = beside
                .clone()
                .find(|c| columns.get(*c).is_some_and(|column| column.begins.contains(&head.from)));
            let open = |c: &usize| columns.get(*c).is_some_and(|column| column.begins.is_empty());
            // Of several heads before one column the nearest is its own.
            let nearest = |c: &usize| {
                *c < right
                    || heads.get(at + 1).is_none_or(|next| {
                        columns.get(*c).is_some_and(|column| column.extent.0 < next.from)
                    })
            };
            match below.or_else(|| beside.clone().find(|c| open(c) && nearest(c))) {
                Some(column) => {
                    let Headed { extent, begins } = &mut columns[column];
                    *extent = (extent.0.min(head.from), extent.1.max(head.to));
                    begins.push(head.from);
                }
                None if complete => {}
                None => {
                    let begins = vec![head.from];
                    columns.insert(right, Headed { extent: (head.from, head.to), begins });
                }
            }
        }
    }
    *extents = columns.into_iter().map(|column| column.extent).collect();
}

/// A column, and where the heads over it begin.
struct Headed {
    extent: Extent,
    begins: Vec<usize>,
}

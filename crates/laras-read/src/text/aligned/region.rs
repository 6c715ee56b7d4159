//! Which neighbouring lines could be one table.

use std::sync::LazyLock;

use super::super::glance::has_double_space;
use super::super::lines::{Line, trim, trim_start};
use super::super::shape::Shape;
use super::kinds;
use super::segment::{Segment, segments};

/// Most blank lines inside one table.
const MOST_BLANK: usize = 6;
/// Lines looked at for one table; a longer one is cut into pieces of this length.
const LONGEST_REGION: usize = 4000;

/// Fewest lines of a table that show that no blank lines part its rows.
const FEWEST_ROWS: usize = 4;
/// Longest text of a row that stands apart from the others and in one column only.
const LONGEST_ALONE: usize = 60;

/// Spaces before a text that no prose has, only the last column of a wide table.
const REMARKS: usize = 50;

/// How far the middles of two lines of one title lie apart, in half characters.
const OFF_CENTRE: usize = 2;

/// Longest line of a table, in bytes: wider than any page.
const LONGEST_LINE: usize = 4000;

/// Whether a line has a gap of two spaces between words.
pub(super) fn has_gap(line: &Line<'_>) -> bool {
    if line.raw.len() > LONGEST_LINE {
        return false;
    }
    let text = line.trimmed();
    has_double_space(text) || !line.is_ascii && text.contains("\u{a0}\u{a0}")
}

/// The lines from `from` that could be one table.
pub(super) fn region_at(
    lines: &[Line<'_>],
    shapes: &[Shape],
    from: usize,
    margin: usize,
    is_border: &impl Fn(&str) -> bool,
) -> std::ops::Range<usize> {
    let mut start = from;
    // A header may begin with a line in one column only.
    while start > 0
        && from - start < 3
        && shapes[start - 1] == Shape::Prose
        && lines[start - 1].page == lines[from].page
        && is_inner(&lines[start - 1], margin)
        && !is_border(lines[start - 1].trimmed())
        && indent(lines[start - 1].raw) >= indent(lines[from].raw)
    {
        start -= 1;
    }
    // What stands right below a caption goes on with it.
    if start > 0 && is_border(lines[start - 1].trimmed()) {
        start = from;
    }
    start = rest_of_row(lines, shapes, start, from, is_border);
    let mut end = from + 1;
    let (mut blank, mut widest, mut rows) = (0, 0, 0);
    let mut page = lines[from].page;
    for i in from + 1..lines.len().min(from + LONGEST_REGION) {
        let line = &lines[i];
        if line.page != page || shapes[i].is_furniture() {
            match row_goes_on(lines, shapes, start..end, i, is_border) {
                Some(rest) => page = lines[rest].page,
                None => break,
            }
        }
        match shapes[i] {
            Shape::Blank => {
                blank += 1;
                if blank > MOST_BLANK {
                    break;
                }
                continue;
            }
            Shape::Prose => {}
            shape if shape.is_furniture() => continue,
            _ => break,
        }
        let columnar = has_gap(line);
        if blank > 0 && columnar && begins_table(line) {
            break;
        }
        if !columnar && (is_border(line.trimmed()) || !is_inner(line, margin))
            || is_note(line.trimmed())
        {
            break;
        }
        if blank > 0
            && is_title(line)
            && lines.get(i + 1).is_some_and(|next| {
                is_title(next)
                    && middle(line.raw).abs_diff(middle(next.raw)) <= OFF_CENTRE
                    && indent(line.raw) != indent(next.raw)
            })
        {
            break;
        }
        if !columnar && blank >= 2 && line.trimmed().chars().count() > LONGEST_ALONE {
            break;
        }
        // Prose comes back to the margin, further below than rows from each other.
        let apart = blank > widest && (blank > 1 || rows >= FEWEST_ROWS) || line.raw.len() > 60;
        if !columnar && blank > 0 && indent(line.raw) <= margin && apart {
            break;
        }
        end = i + 1;
        rows += usize::from(columnar);
        widest = widest.max(blank);
        blank = 0;
    }
    start..end
}

/// The line below a page break at `at` that goes on with a row of the region above: it stands in one
/// of its columns alone.
fn row_goes_on(
    lines: &[Line<'_>],
    shapes: &[Shape],
    region: std::ops::Range<usize>,
    at: usize,
    is_border: &impl Fn(&str) -> bool,
) -> Option<usize> {
    let skipped = |i: &usize| shapes[*i] == Shape::Blank || shapes[*i].is_furniture();
    let rest = (at..lines.len().min(at + LONGEST_REST)).find(|i| !skipped(i))?;
    let line = &lines[rest];
    if shapes[rest] != Shape::Prose || has_gap(line) || is_border(line.trimmed()) {
        return None;
    }
    let rows = || region.clone().filter(|i| shapes[*i] == Shape::Prose);
    let margin = rows().map(|i| indent(lines[i].raw)).min()?;
    let column = indent(line.raw);
    let last = rows().rev().take(LONGEST_REST);
    let mut begins = last.flat_map(|i| segments(&lines[i])).map(|s| s.from);
    (column > margin && begins.any(|from| from == column)).then_some(rest)
}

/// Where the rest of a row stands that a page break has cut, above a blank line: from below the
/// furniture of the page on, nothing but short lines that begin where a column of the table begins,
/// and not at the margin.
fn rest_of_row(
    lines: &[Line<'_>],
    shapes: &[Shape],
    start: usize,
    from: usize,
    is_border: &impl Fn(&str) -> bool,
) -> usize {
    let mut top = start;
    while top > 0
        && start - top < LONGEST_REST
        && lines[top - 1].page == lines[start].page
        && matches!(shapes[top - 1], Shape::Prose | Shape::Blank)
    {
        top -= 1;
    }
    // Something of the table stands on the page before.
    if top == 0 || start - top >= LONGEST_REST || !shapes[top - 1].is_furniture() {
        return start;
    }
    let mut rest = (top..start).filter(|i| shapes[*i] == Shape::Prose).peekable();
    let Some(first) = rest.peek().copied() else { return start };
    let begins = |at: usize| segments(&lines[from]).iter().any(|s| s.from == at);
    let margin = (from..lines.len().min(from + LONGEST_REST))
        .chain(top.saturating_sub(LONGEST_REST)..top)
        .filter(|i| shapes[*i] != Shape::Blank)
        .map(|i| indent(lines[i].raw))
        .min()
        .unwrap_or(0);
    let goes_on = |i: usize| {
        let raw = lines[i].raw;
        let at = indent(raw);
        at > margin && begins(at) && !has_gap(&lines[i]) && !is_border(lines[i].trimmed())
    };
    if rest.all(goes_on) { first } else { start }
}

/// Most lines, blank ones included, between the furniture of a page and the first whole row.
const LONGEST_REST: usize = 12;

static NOTES: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../../../data/table-notes.tsv").lines().skip(1).collect());

/// Whether a line is what stands below a table: `Sumber : …`.
fn is_note(text: &str) -> bool {
    let first = |text: &str| text.bytes().next().map(|b| b.to_ascii_lowercase());
    NOTES.iter().any(|note| {
        first(note) == first(text)
            && text.get(..note.len()).is_some_and(|opening| opening.eq_ignore_ascii_case(note))
    })
}

/// Whether a line holds nothing but words in capitals, as titles do.
fn is_title(line: &Line<'_>) -> bool {
    let raw = line.raw;
    // Most lines show by a letter that they are none.
    if raw.bytes().any(|b| b.is_ascii_lowercase()) {
        return false;
    }
    let letters = raw.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4 && !has_gap(line) && !raw.chars().any(char::is_lowercase)
}

/// The middle of a line, in half characters.
fn middle(raw: &str) -> usize {
    2 * indent(raw) + raw.trim().chars().count()
}

/// Spaces at the beginning of a line.
fn indent(raw: &str) -> usize {
    raw[..raw.len() - trim_start(raw).len()].chars().count()
}

/// Whether a line after a blank one is the head of another table: it begins with `No` and states
/// nothing.
fn begins_table(line: &Line<'_>) -> bool {
    // A word of two letters tells most lines.
    if !trim(line.raw).get(..2).is_some_and(|word| word.eq_ignore_ascii_case("no")) {
        return false;
    }
    let segments = segments(line);
    let text = |s: &Segment| line.raw.get(s.bytes.0..s.bytes.1).unwrap_or("");
    let numbered = segments.first().is_some_and(|s| {
        matches!(text(s).trim_end_matches('.').to_lowercase().as_str(), "no" | "nomor")
    });
    let states = |s: &Segment| kinds::is_value(text(s)) && !kinds::is_year(text(s));
    segments.len() >= 3 && numbered && !segments.iter().any(states)
}

/// Whether a line without gaps can stand inside a table: it is short, or set in.
fn is_inner(line: &Line<'_>, margin: usize) -> bool {
    let text = line.trimmed();
    let width = if line.is_ascii { text.len() } else { text.chars().count() };
    width <= 60 || {
        let indent = indent(line.raw);
        indent >= margin + 8 && width <= 100 || indent >= margin + REMARKS
    }
}

/// Where the lines of prose begin: at the most common indent of long lines without gaps.
pub(super) fn margin(lines: &[Line<'_>], shapes: &[Shape]) -> usize {
    let mut counts = [0_u32; WIDEST_MARGIN];
    let prose = lines.iter().zip(shapes).filter(|(_, shape)| **shape == Shape::Prose);
    for (line, _) in prose.filter(|(line, _)| line.trimmed().len() > LONGEST_ALONE) {
        let indent = indent(line.raw);
        if indent < WIDEST_MARGIN && !has_gap(line) {
            counts[indent] += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    counts.iter().position(|count| *count == most && most > 0).unwrap_or(0)
}

/// Widest margin of a page, in spaces.
const WIDEST_MARGIN: usize = 40;

//! Which neighbouring lines could be one table.

use std::sync::LazyLock;

use super::super::lines::{Line, has_double_space, trim, trim_start, trim_white};
use super::super::shape::Shape;
use super::kinds;
use super::segment::{Segment, segments};

/// Most blank lines inside one table.
const MOST_BLANK: usize = 6;
/// Lines looked at for one table; a longer one is cut into pieces of this length.
const LONGEST_REGION: usize = 4000;

/// Longest text of a row that stands apart from the others and in one column only.
const LONGEST_ALONE: usize = 60;

/// Spaces before a text that no prose has, only the last column of a wide table.
const REMARKS: usize = 50;

/// How far the middles of two lines of one title lie apart, in half characters.
const OFF_CENTRE: usize = 2;

/// Longest line of a table, in bytes: wider than any page.
const LONGEST_LINE: usize = 4000;

/// Whether a line has a gap of two spaces between words.
pub(super) fn has_gap(raw: &str) -> bool {
    if raw.len() > LONGEST_LINE {
        return false;
    }
    let text = trim_white(raw);
    has_double_space(text) || !text.is_ascii() && text.contains("\u{a0}\u{a0}")
}

/// The lines from `from` that could be one table.
pub(super) fn region_at(
    lines: &[Line<'_>],
    shapes: &[Shape],
    from: usize,
    is_border: &impl Fn(&str) -> bool,
) -> std::ops::Range<usize> {
    let mut start = from;
    // A header may begin with a line in one column only.
    while start > 0
        && from - start < 3
        && shapes[start - 1] == Shape::Prose
        && lines[start - 1].page == lines[from].page
        && is_inner(&lines[start - 1])
        && !is_border(lines[start - 1].trimmed())
        && indent(lines[start - 1].raw) >= indent(lines[from].raw)
    {
        start -= 1;
    }
    // What stands right below a caption goes on with it.
    if start > 0 && is_border(lines[start - 1].trimmed()) {
        start = from;
    }
    let mut end = from + 1;
    let mut blank = 0;
    for i in from + 1..lines.len().min(from + LONGEST_REGION) {
        let line = &lines[i];
        match shapes[i] {
            Shape::Blank => {
                blank += 1;
                if blank > MOST_BLANK {
                    break;
                }
                continue;
            }
            Shape::Prose if line.page == lines[from].page => {}
            _ => break,
        }
        let columnar = has_gap(line.raw);
        if blank > 0 && columnar && begins_table(line) {
            break;
        }
        if !columnar && (is_border(line.trimmed()) || !is_inner(line)) || is_note(line.trimmed()) {
            break;
        }
        if blank > 0
            && is_title(line.raw)
            && lines.get(i + 1).is_some_and(|next| {
                is_title(next.raw)
                    && middle(line.raw).abs_diff(middle(next.raw)) <= OFF_CENTRE
                    && indent(line.raw) != indent(next.raw)
            })
        {
            break;
        }
        if !columnar && blank >= 2 && line.trimmed().chars().count() > LONGEST_ALONE {
            break;
        }
        if columnar {
            end = i + 1;
        } else if blank > 0 && line.raw.len() > 60 && indent(line.raw) == 0 {
            break;
        } else {
            end = end.max(i + 1);
        }
        blank = 0;
    }
    start..end
}

static NOTES: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../../../data/table-notes.tsv").lines().skip(1).collect());

/// Whether a line is what stands below a table: `Sumber : …`.
fn is_note(text: &str) -> bool {
    NOTES.iter().any(|note| {
        text.get(..note.len()).is_some_and(|opening| opening.eq_ignore_ascii_case(note))
    })
}

/// Whether a line holds nothing but words in capitals, as titles do.
fn is_title(raw: &str) -> bool {
    let letters = raw.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4 && !has_gap(raw) && !raw.chars().any(char::is_lowercase)
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
fn is_inner(line: &Line<'_>) -> bool {
    let text = line.trimmed();
    let width = if line.is_ascii { text.len() } else { text.chars().count() };
    width <= 60 || {
        let indent = indent(line.raw);
        indent >= 8 && width <= 100 || indent >= REMARKS
    }
}

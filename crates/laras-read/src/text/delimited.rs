//! Tables as lines of fields between commas or semicolons.

use super::lines::Line;
use super::rows::fields;
use super::shape::Shape;

/// Fewest lines that make such a table.
const FEWEST: usize = 3;
/// Longest line looked at, in bytes.
const LONGEST: usize = 4000;

/// Marks runs of lines that have the same number of fields; commas, which Indonesian numbers and
/// prose are full of, only count where fields are quoted or hold no spaces after them.
pub(super) fn mark(lines: &[Line<'_>], shapes: &mut [Shape]) {
    for separator in [b';', b','] {
        let mut i = 0;
        while i < lines.len() {
            let Some(count) = field_count(lines, shapes, i, separator) else {
                i += 1;
                continue;
            };
            let mut end = i + 1;
            while end < lines.len() && field_count(lines, shapes, end, separator) == Some(count) {
                end += 1;
            }
            if end - i >= FEWEST && is_table(&lines[i..end], separator) {
                shapes[i..end].fill(Shape::Delimited(separator));
            }
            i = end;
        }
    }
}

fn field_count(lines: &[Line<'_>], shapes: &[Shape], i: usize, separator: u8) -> Option<usize> {
    let raw = lines[i].raw;
    let candidate = shapes[i] == Shape::Prose
        && raw.len() <= LONGEST
        && memchr::memchr_iter(separator, raw.as_bytes()).take(2).count() == 2;
    if !candidate || (separator == b',' && raw.contains(", ") && !raw.contains('"')) {
        return None;
    }
    // Commas between digits, and columns that wide gaps set apart: decimal fractions.
    if separator == b',' && !raw.contains('"') && (parts_fractions(raw) || has_wide_gaps(raw)) {
        return None;
    }
    let count = fields(raw, separator).len();
    (count >= 3).then_some(count)
}

/// Whether every comma of a line stands between digits.
fn parts_fractions(raw: &str) -> bool {
    let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
    let bytes = raw.as_bytes();
    memchr::memchr_iter(b',', bytes)
        .all(|at| at > 0 && digit(bytes.get(at - 1)) && digit(bytes.get(at + 1)))
}

/// Whether at least two gaps of several spaces part a line.
fn has_wide_gaps(raw: &str) -> bool {
    raw.trim().split("  ").filter(|piece| !piece.trim().is_empty()).count() >= 3
}

/// Whether the fields are short and most lines but the first hold a number.
fn is_table(lines: &[Line<'_>], separator: u8) -> bool {
    let mut short = 0;
    let mut all = 0;
    let mut with_number = 0;
    for line in lines {
        let fields = fields(line.raw, separator);
        all += fields.len();
        short += fields.iter().filter(|field| field.chars().count() <= 120).count();
        let number = |field: &String| field.bytes().any(|b| b.is_ascii_digit());
        with_number += usize::from(fields.iter().any(number));
    }
    short * 10 >= all * 9 && with_number * 2 >= lines.len()
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::super::shape::shapes;
    use super::*;

    fn count(text: &str) -> usize {
        let lines = split(text);
        let mut kinds = shapes(&lines);
        mark(&lines, &mut kinds);
        kinds.iter().filter(|kind| matches!(kind, Shape::Delimited(_))).count()
    }

    #[test]
    fn equal_fields_on_neighbouring_lines() {
        assert_eq!(count("No;Program;Pagu\n1;Program A;1.250,00\n2;\"B; C\";0\n"), 3);
        assert_eq!(count("no,program,pagu\n1,\"Program A, B\",1250\n2,C,0\n"), 3);
        assert_eq!(count("a, b, c, dan d\ne, f, g, dan h\ni, j, k, dan l 3\n"), 0);
        assert_eq!(count("satu; dua; tiga;\nempat; lima; enam;\ntujuh; delapan; sembilan;\n"), 0);
    }
}

//! Tables as lines of fields between commas or semicolons.

mod records;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::decode::Decoded;
use super::glance::count_pieces;
use super::lines::{Line, trim_white};
use super::rows::{FoundTable, count_fields, fields};
use super::shape::Shape;

/// Fewest lines that make such a table.
const FEWEST: usize = 3;
/// Fields from which on a line of them is no prose.
const WIDE: usize = 8;
/// Longest line looked at, in bytes.
const LONGEST: usize = 4000;

/// Marks runs of lines of fields; commas, which Indonesian numbers and prose are full of, only count
/// where fields are quoted or hold no spaces after them. Returns the tables with records of several
/// lines.
pub(super) fn mark(
    lines: &[Line<'_>],
    shapes: &mut [Shape],
    source: &Decoded<'_>,
) -> Vec<FoundTable> {
    let mut found = Vec::new();
    let has_quotes = memchr::memchr(b'"', source.text.as_bytes()).is_some();
    for separator in [b';', b','] {
        let records = if has_quotes { records::find(lines, shapes, separator) } else { Vec::new() };
        if records.is_empty() {
            for table in tables(&source.text, lines, shapes, separator) {
                shapes[table].fill(Shape::Delimited(separator));
            }
        } else {
            found.extend(records::mark(&records, lines, shapes, separator, source));
        }
    }
    found.sort_by_key(|table| table.lines.start);
    found
}

/// Where tables of this separator stand.
fn tables(text: &str, lines: &[Line<'_>], shapes: &[Shape], separator: u8) -> Vec<Range<usize>> {
    let mut tables = Vec::new();
    let mut widths: BTreeSet<usize> = BTreeSet::new();
    let mut short: Vec<(usize, Vec<Fields>)> = Vec::new();
    let mut i = 0;
    let mut separators = memchr::memchr_iter(separator, text.as_bytes());
    let mut next_separator = separators.next();
    while let (Some(line), Some(at)) = (lines.get(i), next_separator) {
        if at < line.start {
            next_separator = separators.next();
            continue;
        }
        // Two fields are a row only among rows of more.
        let has_some = at < line.start + line.raw.len();
        let fields = if has_some { fields_of(lines, shapes, i, separator) } else { None };
        if fields.is_none_or(|line| line.count <= 2) {
            i += 1;
            continue;
        }
        let mut run: Vec<Fields> =
            (i..lines.len()).map_while(|at| fields_of(lines, shapes, at, separator)).collect();
        let next = i + run.len();
        run.truncate(run.iter().rposition(|line| line.count > 2).map_or(0, |last| last + 1));
        for part in parts(&run) {
            let here = part.start + i..part.end + i;
            if is_table(&lines[here.clone()], separator) {
                tables.push(here);
                widths.extend(run[part].iter().map(|line| line.count));
            }
        }
        if (1..FEWEST).contains(&run.len()) {
            short.push((i, run));
        }
        i = next;
    }
    // What a page break left of a table is as wide as others.
    for (at, run) in short {
        let here = at..at + run.len();
        let is_known = |line: &Fields| line.count > FEWEST && widths.contains(&line.count);
        if run.iter().all(is_known) && is_table(&lines[here.clone()], separator) {
            tables.push(here);
        }
    }
    tables
}

/// What a line is if it is one of fields.
#[derive(Clone, Copy)]
struct Fields {
    count: usize,
    /// Whether it is one by itself, not only beside others: `1,2,3` could be fractions.
    is_sure: bool,
}

fn fields_of(lines: &[Line<'_>], shapes: &[Shape], i: usize, separator: u8) -> Option<Fields> {
    let raw = lines[i].raw;
    let candidate = shapes[i] == Shape::Prose
        && raw.len() <= LONGEST
        && memchr::memchr(separator, raw.as_bytes()).is_some();
    if !candidate || (separator == b',' && raw.contains(", ") && !raw.contains('"')) {
        return None;
    }
    let count = count_fields(raw, separator);
    // Commas between digits, and columns that wide gaps set apart: decimal fractions.
    let is_sure =
        || separator != b',' || raw.contains('"') || !(parts_fractions(raw) || has_wide_gaps(raw));
    (count > 1).then(|| Fields { count, is_sure: is_sure() })
}

/// The tables of a run of lines: all of it if most lines have as many fields and nearly all are sure,
/// for rows lose blank cells here as anywhere; else what has the same number of fields.
fn parts(run: &[Fields]) -> Vec<Range<usize>> {
    let sure = run.iter().filter(|line| line.is_sure).count();
    let mut alike: BTreeMap<usize, usize> = BTreeMap::new();
    for line in run {
        *alike.entry(line.count).or_default() += 1;
    }
    let most = alike.values().copied().max().unwrap_or(0);
    let (fewest, widest) = (alike.keys().min().unwrap_or(&0), alike.keys().max().unwrap_or(&0));
    // Wide tables whose every row has lost another number of cells.
    let is_ragged = *fewest >= WIDE && (widest - fewest) * 3 <= *widest;
    if run.len() >= FEWEST && sure * 4 >= run.len() * 3 && (most * 2 >= run.len() || is_ragged) {
        return std::iter::once(0..run.len()).collect();
    }
    let mut parts = Vec::new();
    let mut start = 0;
    while start < run.len() {
        let first = run[start];
        let same = |line: &&Fields| line.count == first.count && line.is_sure && first.is_sure;
        let length = run[start..].iter().take_while(same).count().max(1);
        if length >= FEWEST {
            parts.push(start..start + length);
        }
        start += length;
    }
    parts
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
    count_pieces(trim_white(raw), 3) == 3
}

/// Whether the fields are short and most lines hold a number, or blank fields beside each other as no
/// prose does.
fn is_table(lines: &[Line<'_>], separator: u8) -> bool {
    let mut short = 0;
    let mut all = 0;
    let mut of_table = 0;
    for line in lines {
        let fields = fields(line.raw, separator);
        all += fields.len();
        short += fields.iter().filter(|field| field.chars().count() <= 120).count();
        let number = |field: &String| field.bytes().any(|b| b.is_ascii_digit());
        let is_blank = |field: &String| field.trim().is_empty();
        let has_blanks = fields.windows(2).any(|pair| pair.iter().all(is_blank));
        of_table += usize::from(has_blanks || fields.iter().any(number));
    }
    short * 10 >= all * 9 && of_table * 2 >= lines.len()
}

#[cfg(test)]
mod tests {
    use super::super::decode::decode;
    use super::super::lines::split;
    use super::super::shape::shapes;
    use super::*;

    fn count(text: &str) -> usize {
        let lines = split(text);
        let mut kinds = shapes(&lines);
        mark(&lines, &mut kinds, &decode(text.as_bytes()).expect("it is text"));
        kinds.iter().filter(|kind| matches!(kind, Shape::Delimited(_))).count()
    }

    #[test]
    fn equal_fields_on_neighbouring_lines() {
        assert_eq!(count("No;Program;Pagu\n1;Program A;1.250,00\n2;\"B; C\";0\n"), 3);
        assert_eq!(count("no,program,pagu\n1,\"Program A, B\",1250\n2,C,0\n"), 3);
        // What is left of a table behind a page break.
        let rows = "no;program;pagu;%\n1;A;1250;80\n2;B;900;75\n\nKaki halaman\n\n3;C;1.100;70\n";
        assert_eq!(count(rows), 4);
        // A line of column numbers, and a row that lost a blank cell.
        let rows = "no,program,pagu,%\n1,2,3,4\n1,A,1250,80\n2,B,900,75\nJumlah,2150,78\n";
        assert_eq!(count(rows), 5);
        assert_eq!(count("1,2,3\n4,5,6\n7,8,9\n"), 0);
        assert_eq!(count("a, b, c, dan d\ne, f, g, dan h\ni, j, k, dan l 3\n"), 0);
        assert_eq!(count("satu; dua; tiga;\nempat; lima; enam;\ntujuh; delapan; sembilan;\n"), 0);
    }
}

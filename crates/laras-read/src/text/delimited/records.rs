//! Records of several lines: fields in quotes with line ends in them, as RFC 4180 allows.

use std::ops::Range;

use super::super::decode::Decoded;
use super::super::lines::Line;
use super::super::rows::{FoundTable, delimited};
use super::super::shape::Shape;
use super::{LONGEST, tables};

/// Most lines of a record.
const MOST_LINES: usize = 40;

/// The lines of the records that have several; whether they are records is for their neighbours to
/// say.
pub(super) fn find(lines: &[Line<'_>], shapes: &[Shape], separator: u8) -> Vec<Range<usize>> {
    let mut records = Vec::new();
    let mut i = 0;
    while i < lines.len() {
        let has_quotes = shapes[i] == Shape::Prose && lines[i].raw.contains('"');
        let end = if has_quotes { end_of_record(lines, shapes, i, separator) } else { None };
        match end {
            Some(end) => {
                records.push(i..end);
                i = end;
            }
            None => i += 1,
        }
    }
    records
}

/// Where the record ends that begins on this line, if it has several lines.
fn end_of_record(
    lines: &[Line<'_>],
    shapes: &[Shape],
    first: usize,
    separator: u8,
) -> Option<usize> {
    let mut is_open = false;
    let mut length = 0;
    for (at, line) in lines.iter().enumerate().skip(first).take(MOST_LINES) {
        length += line.raw.len() + 1;
        let is_inside = at == first || !shapes[at].is_row() && line.page == lines[first].page;
        if !is_inside || length > LONGEST {
            return None;
        }
        is_open = stays_open(line.raw, separator, is_open)?;
        if !is_open {
            return (at > first).then_some(at + 1);
        }
    }
    None
}

/// Whether a field in quotes is open at the end of a line, at whose beginning one was or was not;
/// nothing where a quote closes before anything but a separator.
fn stays_open(raw: &str, separator: u8, mut is_open: bool) -> Option<bool> {
    let mut bytes = raw.bytes().peekable();
    let mut is_start = !is_open;
    while let Some(byte) = bytes.next() {
        if is_open {
            if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
                is_open = false;
                if bytes.peek().is_some_and(|next| *next != separator && *next != b'\r') {
                    return None;
                }
            }
        } else if is_start && byte == b'"' {
            is_open = true;
        }
        is_start = !is_open && byte == separator;
    }
    Some(is_open)
}

/// Marks the tables of a text that has such records, and reads those that hold some.
pub(super) fn mark(
    records: &[Range<usize>],
    lines: &[Line<'_>],
    shapes: &mut [Shape],
    separator: u8,
    source: &Decoded<'_>,
) -> Vec<FoundTable> {
    let mut joined = Vec::with_capacity(lines.len());
    let mut kinds = Vec::with_capacity(lines.len());
    let mut spans: Vec<Range<usize>> = Vec::with_capacity(lines.len());
    let mut records = records.iter().peekable();
    let mut i = 0;
    while let Some(line) = lines.get(i) {
        let record = records.next_if(|record| record.start == i).cloned();
        let whole = record.clone().and_then(|at| Line::joined(&source.text, &lines[at]));
        let span = record.filter(|_| whole.is_some()).unwrap_or(i..i + 1);
        i = span.end;
        joined.push(whole.unwrap_or(*line));
        kinds.push(shapes[span.start]);
        spans.push(span);
    }
    let mut found = Vec::new();
    for table in tables(&joined, &kinds, separator) {
        let here = &spans[table.clone()];
        let (Some(first), Some(last)) = (here.first(), here.last()) else { continue };
        let span = first.start..last.end;
        if span.len() == here.len() {
            shapes[span].fill(Shape::Delimited(separator));
            continue;
        }
        // A page has a table of its own.
        for (lines, spans) in
            joined[table.clone()].chunk_by(|a, b| a.page == b.page).scan(0, |at, chunk| {
                let from = *at;
                *at += chunk.len();
                Some((chunk, &here[from..*at]))
            })
        {
            let rows = lines.iter().map(|line| delimited(line, separator, source)).collect();
            let lines = spans[0].start..spans[spans.len() - 1].end;
            shapes[lines.clone()].fill(Shape::Found);
            found.push(FoundTable { lines, rows });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::text::{TextOptions, read_text};

    #[test]
    fn line_ends_in_quotes_are_no_ends_of_rows() {
        let text = "Tabel 1\n\nNo,Program,Pagu\n1,\"Pembinaan\nMasyarakat\",\"1.250,00\"\n\
            2,\"Ketahanan\n\nSosial \"\"Budaya\"\"\n\",900\n3,Seminar,75\n\nSelesai.\n";
        let content = read_text(text.as_bytes(), &TextOptions::default()).expect("it is text");
        assert_eq!(content.fragments.len(), 1);
        let cells = |row: &laras_model::RawRow| -> Vec<(String, u32, u32)> {
            let cells = row.cells.iter();
            cells.map(|c| (c.text.to_string(), c.place.line, c.place.column)).collect()
        };
        let rows: Vec<_> = content.fragments[0].rows.iter().map(cells).collect();
        let cell = |text: &str, line, column| (text.to_owned(), line, column);
        assert_eq!(rows[0], [cell("No", 3, 1), cell("Program", 3, 4), cell("Pagu", 3, 12)]);
        let row = [cell("1", 4, 1), cell("Pembinaan\nMasyarakat", 4, 4), cell("1.250,00", 5, 14)];
        assert_eq!(rows[1], row);
        let row = [cell("2", 6, 1), cell("Ketahanan\nSosial \"Budaya\"", 6, 4), cell("900", 9, 3)];
        assert_eq!(rows[2], row);
        assert_eq!(rows[3], [cell("3", 10, 1), cell("Seminar", 10, 3), cell("75", 10, 11)]);
        let blocks: Vec<(u32, u32)> =
            content.blocks.iter().map(|b| (b.place.line, b.line_to)).collect();
        assert_eq!(blocks, [(1, 1), (3, 10), (12, 12)]);
    }

    #[test]
    fn quoted_prose_is_no_record() {
        let text = "Visi:\n\"Terwujudnya masyarakat yang maju, mandiri\ndan sejahtera\", ujarnya,\ndi sini.\n";
        let content = read_text(text.as_bytes(), &TextOptions::default()).expect("it is text");
        assert!(content.fragments.is_empty());
    }
}

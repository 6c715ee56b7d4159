//! Rows whose cells stand between separators: tabs, pipes, commas and semicolons.

use std::ops::Range;

use laras_model::{Place, RawCell, RawRow};

use super::decode::Decoded;
use super::glance::are_plain;
use super::lines::{Line, is_space, trim_end, trim_start};
use super::markup::plain;

/// Rows of a table that was found by more than one of its lines, and the lines they cover.
pub(super) struct FoundTable {
    pub(super) lines: Range<usize>,
    pub(super) rows: Vec<RawRow>,
}

/// A cell from a piece of a line.
pub(super) fn cell(line: &Line<'_>, piece: &str, offset: usize, source: &Decoded<'_>) -> RawCell {
    next_cell(line, piece, offset, &mut Columns::new(line), false, source)
}

/// A cell from a piece of a line that stands behind those that the columns were counted for; a plain
/// one is as it stands.
fn next_cell(
    line: &Line<'_>,
    piece: &str,
    offset: usize,
    columns: &mut Columns<'_>,
    is_plain: bool,
    source: &Decoded<'_>,
) -> RawCell {
    let start = trim_start(piece);
    let lead = piece.len() - start.len();
    let body = trim_end(start);
    let from = line.start + offset + lead;
    RawCell {
        text: if is_plain { body.into() } else { plain(body).into() },
        colspan: 1,
        rowspan: 1,
        place: Place {
            page: line.page,
            line: line.number,
            column: columns.at(offset + lead),
            from: source.file_offset(from),
            to: source.file_offset(from + body.len()),
            bbox: None,
        },
    }
}

/// The columns of places in a line; of places that follow each other, each character is counted
/// once.
#[derive(Default)]
pub(super) struct Columns<'t> {
    raw: &'t str,
    is_ascii: bool,
    at: usize,
    chars: usize,
}

impl<'t> Columns<'t> {
    pub(super) fn new(line: &Line<'t>) -> Self {
        Self { raw: line.raw, is_ascii: line.is_ascii, at: 0, chars: 0 }
    }

    /// 1-based column, in characters, of a byte offset.
    pub(super) fn at(&mut self, offset: usize) -> u32 {
        if self.is_ascii {
            return offset.min(self.raw.len()) as u32 + 1;
        }
        if offset < self.at {
            (self.at, self.chars) = (0, 0);
        }
        if let Some(passed) = self.raw.get(self.at..offset) {
            self.chars += passed.chars().count();
            self.at = offset;
        }
        self.chars as u32 + 1
    }
}

/// The place of a whole line.
pub(super) fn line_place(line: &Line<'_>, source: &Decoded<'_>) -> Place {
    Place {
        page: line.page,
        line: line.number,
        column: 1,
        from: source.file_offset(line.start),
        to: source.file_offset(line.start + line.raw.len()),
        bbox: None,
    }
}

fn row(line: &Line<'_>, source: &Decoded<'_>, cells: Vec<RawCell>) -> RawRow {
    RawRow { cells, place: line_place(line, source), ..RawRow::default() }
}

/// Cells between tabs; every tab is a border, also at the ends.
pub(super) fn tabs(line: &Line<'_>, source: &Decoded<'_>) -> RawRow {
    let mut from = 0;
    let mut columns = Columns::new(line);
    let bytes = line.raw.as_bytes();
    let are_plain = are_plain(line.raw, b'\t');
    let mut cells = Vec::with_capacity(memchr::memchr_iter(b'\t', bytes).count() + 1);
    for border in memchr::memchr_iter(b'\t', bytes).chain([bytes.len()]) {
        let piece = &line.raw[from..border];
        cells.push(next_cell(line, piece, from, &mut columns, are_plain, source));
        from = border + 1;
    }
    row(line, source, cells)
}

/// Cells between pipes that are not escaped; outer pipes are no borders of their own.
pub(super) fn pipes(line: &Line<'_>, source: &Decoded<'_>) -> RawRow {
    let bytes = line.raw.as_bytes();
    let mut borders: Vec<usize> =
        memchr::memchr_iter(b'|', bytes).filter(|at| *at == 0 || bytes[at - 1] != b'\\').collect();
    let blank = |from: usize, to: usize| line.raw[from..to].chars().all(is_space);
    let opened = borders.first().is_some_and(|first| blank(0, *first));
    let closed =
        borders.len() > 1 && borders.last().is_some_and(|last| blank(last + 1, line.raw.len()));
    let mut start = 0;
    if opened {
        start = borders.remove(0) + 1;
    }
    let end = if closed { borders.pop().unwrap_or(line.raw.len()) } else { line.raw.len() };
    let mut columns = Columns::new(line);
    let are_plain = are_plain(line.raw, b'|');
    let mut cells = Vec::with_capacity(borders.len() + 1);
    for border in borders.into_iter().chain([end]) {
        let piece = &line.raw[start..border];
        let mut made = next_cell(line, piece, start, &mut columns, are_plain, source);
        if made.text.contains("\\|") {
            made.text = made.text.replace("\\|", "|").into();
        }
        cells.push(made);
        start = border + 1;
    }
    row(line, source, cells)
}

/// Cells between commas or semicolons, with quotes as RFC 4180 has them; the line may be a record of
/// several lines.
pub(super) fn delimited(line: &Line<'_>, separator: u8, source: &Decoded<'_>) -> RawRow {
    let mut columns = Columns::new(line);
    let mut cells = Vec::new();
    for (field, within) in fields_at(line.raw, separator) {
        // The field's place is that of its text as it stands in the line, quotes aside.
        let printed = &line.raw[within.clone()];
        let inside = printed.find(field.trim());
        let at = within.start + inside.unwrap_or_else(|| usize::from(printed.starts_with('"')));
        let length = inside.map_or(printed.trim_end_matches(['"', '\r']).len(), |inside| {
            inside + field.trim().len()
        });
        let piece = line.raw.get(at..within.start + length).unwrap_or("");
        let mut made = next_cell(line, piece, at, &mut columns, false, source);
        made.text = plain(&field).into();
        if let Some(before) = line.raw[..at].rfind('\n') {
            // A record of several lines: the cell stands on a later one of them.
            made.place.line += line.raw[..at].matches('\n').count() as u32;
            made.place.column = line.raw[before + 1..at].chars().count() as u32 + 1;
        }
        cells.push(made);
    }
    row(line, source, cells)
}

/// How many fields a delimited line has.
pub(super) fn count_fields(raw: &str, separator: u8) -> usize {
    if memchr::memchr2(b'"', b'\r', raw.as_bytes()).is_some() {
        return fields(raw, separator).len();
    }
    1 + memchr::memchr_iter(separator, raw.as_bytes()).count()
}

/// The fields of one delimited line, as RFC 4180 has them: quotes count at the beginning of a field
/// only, and what follows the closing one belongs to the field. A carriage return ends the line.
pub(super) fn fields(raw: &str, separator: u8) -> Vec<String> {
    fields_at(raw, separator).into_iter().map(|(field, _)| field).collect()
}

/// The same with the bytes of the line that each takes, quotes included.
fn fields_at(raw: &str, separator: u8) -> Vec<(String, Range<usize>)> {
    let line = raw.strip_prefix('\u{feff}').unwrap_or(raw).trim_start_matches('\r');
    let mut at = raw.len() - line.len();
    let separator = char::from(separator);
    let mut fields = Vec::new();
    let mut chars = line.chars().peekable();
    loop {
        let start = at;
        let mut field = String::new();
        if chars.next_if_eq(&'"').is_some() {
            at += 1;
            while let Some(c) = chars.next() {
                at += c.len_utf8();
                if c == '"' {
                    if chars.next_if_eq(&'"').is_none() {
                        break;
                    }
                    at += 1;
                }
                field.push(c);
            }
        }
        while let Some(c) = chars.next_if(|c| *c != separator && *c != '\r') {
            at += c.len_utf8();
            field.push(c);
        }
        fields.push((field, start..at));
        at += 1;
        if chars.next() != Some(separator) {
            return fields;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::decode::decode;
    use super::super::lines::split;
    use super::*;

    fn texts(row: &RawRow) -> Vec<&str> {
        row.cells.iter().map(|c| c.text.as_str()).collect()
    }

    /// Reads one line and checks that each cell's bytes hold its text.
    fn check(raw: &str, read: impl Fn(&Line<'_>, &Decoded<'_>) -> RawRow, want: &[&str]) {
        let source = decode(raw.as_bytes()).expect("it is text");
        let row = read(&split(raw)[0], &source);
        assert_eq!(texts(&row), want, "{raw}");
        for cell in row.cells.iter().filter(|c| !c.text.contains('|')) {
            let bytes = &raw.as_bytes()[cell.place.from as usize..cell.place.to as usize];
            assert_eq!(std::str::from_utf8(bytes).expect("UTF-8"), cell.text);
        }
    }

    #[test]
    fn every_border_counts() {
        check("\t 1\tProgram – A\t\t0 ", tabs, &["", "1", "Program – A", "", "0"]);
        check("| 1 | Program || 0 |", pipes, &["1", "Program", "", "0"]);
        check("1 | Program \\| Kegiatan | 0", pipes, &["1", "Program | Kegiatan", "0"]);
        let semicolons = |l: &Line<'_>, s: &Decoded<'_>| delimited(l, b';', s);
        check(
            "1;\"Program; Kegiatan\";1.250,00;",
            semicolons,
            &["1", "Program; Kegiatan", "1.250,00", ""],
        );
    }

    proptest::proptest! {
        #[test]
        fn fields_are_those_of_a_csv_reader(raw in "[a;é \"\r1]{1,24}") {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(b';')
                .from_reader(raw.as_bytes());
            let mut record = csv::StringRecord::new();
            if reader.read_record(&mut record).expect("text in memory") {
                proptest::prop_assert_eq!(count_fields(&raw, b';'), record.len());
                proptest::prop_assert_eq!(fields(&raw, b';'), record.iter().collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn a_doubled_quote_before_letters_of_two_bytes() {
        let raw = "1;\"a\"\"éx\";3";
        let row = delimited(&split(raw)[0], b';', &decode(raw.as_bytes()).expect("it is text"));
        assert_eq!(texts(&row), ["1", "a\"éx", "3"]);
    }

    #[test]
    fn columns_count_characters() {
        let raw = "é\tab";
        let row = tabs(&split(raw)[0], &decode(raw.as_bytes()).expect("it is text"));
        assert_eq!((row.cells[1].place.column, row.cells[1].place.from), (3, 3));
    }
}

//! HTML tables inside a text.

use std::borrow::Cow;
use std::ops::Range;

use laras_model::{Place, RawCell, RawRow};

use super::decode::Decoded;
use super::lines::{Line, trim_white};
use super::markup::{has_tags, plain};
use super::rows::Columns;
use super::shape::Shape;
use super::tags::{StartTag, Tags, walk};

/// A table as a range of the text and of its lines.
#[derive(Clone, Debug)]
pub(super) struct HtmlTable {
    pub(super) text: Range<usize>,
    pub(super) lines: Range<usize>,
}

/// Lines without any tag after which an unclosed table is taken to have ended.
const TAGLESS_LINES: usize = 3;

/// Finds the tables of a text, outermost only, and marks their lines.
pub(super) fn find(text: &str, lines: &[Line<'_>], shapes: &mut [Shape]) -> Vec<HtmlTable> {
    let mut tables: Vec<HtmlTable> = Vec::new();
    let mut open: Option<(usize, u32)> = None;
    for (tag, closes) in table_tags(text) {
        match (&mut open, closes) {
            (None, false) => open = Some((tag.start, 1)),
            (Some((_, depth)), false) => *depth += 1,
            (Some((start, 1)), true) => {
                tables.push(bounded(*start..tag.end, lines));
                open = None;
            }
            (Some((_, depth)), true) => *depth -= 1,
            (None, true) => {}
        }
    }
    if let Some((start, _)) = open {
        tables.push(bounded(start..tagged_end(start, text.len(), lines), lines));
    }
    for table in &tables {
        shapes[table.lines.clone()].fill(Shape::Html);
    }
    tables
}

/// The tags of tables in a text, each with whether it closes one.
fn table_tags(text: &str) -> impl Iterator<Item = (Range<usize>, bool)> {
    memchr::memchr_iter(b'<', text.as_bytes()).filter_map(|at| {
        let inner = &text[at + 1..];
        let name = inner.strip_prefix('/').unwrap_or(inner);
        // Most tags are of rows and cells.
        let [b't' | b'T', b'a' | b'A', ..] = name.as_bytes() else { return None };
        let rest = name.get(5..).filter(|_| name[..5].eq_ignore_ascii_case("table"))?;
        let goes_on = |c: char| c.is_alphabetic() || c.is_ascii_digit() || c == '_';
        let is_whole = !rest.starts_with(goes_on);
        let end = memchr::memchr2(b'<', b'>', rest.as_bytes())?;
        let is_closed = rest.as_bytes()[end] == b'>';
        let end = text.len() - rest.len() + end + 1;
        (is_whole && is_closed).then_some((at..end, inner.len() != name.len()))
    })
}

fn bounded(text: Range<usize>, lines: &[Line<'_>]) -> HtmlTable {
    let first = lines.partition_point(|line| line.start + line.raw.len() < text.start);
    let last = lines.partition_point(|line| line.start < text.end);
    HtmlTable { text, lines: first..last }
}

/// Where a table that is never closed ends: before the first lines without tags.
fn tagged_end(start: usize, end: usize, lines: &[Line<'_>]) -> usize {
    let first = lines.partition_point(|line| line.start + line.raw.len() < start);
    let mut tagless = 0;
    for line in &lines[first..] {
        if line.is_blank() {
            continue;
        }
        tagless = if has_tags(line.raw) { 0 } else { tagless + 1 };
        if tagless == TAGLESS_LINES {
            let before = lines[first..]
                .iter()
                .take_while(|l| l.number <= line.number)
                .filter(|l| has_tags(l.raw))
                .last();
            return before.map_or(end, |l| l.start + l.raw.len());
        }
    }
    end
}

/// A cell under construction.
struct OpenCell {
    from: usize,
    colspan: u16,
    rowspan: u16,
}

/// The line of the place last asked for, and the columns counted in it. Tables may share a line as
/// long as the file, so that one cursor goes over all of them.
pub(super) struct Cursor<'a> {
    lines: &'a [Line<'a>],
    line: usize,
    columns: Columns<'a>,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(lines: &'a [Line<'a>]) -> Self {
        let columns = lines.first().map(Columns::new).unwrap_or_default();
        Self { lines, line: 0, columns }
    }

    /// The line that an offset of the text stands in; places mostly follow each other.
    fn line_at(&mut self, offset: usize) -> Option<&'a Line<'a>> {
        let stands = |line: Option<&Line<'_>>| line.is_some_and(|line| line.start <= offset);
        if !stands(self.lines.get(self.line)) || stands(self.lines.get(self.line + 1)) {
            let at = self.lines.partition_point(|line| line.start <= offset).saturating_sub(1);
            if at != self.line {
                self.line = at;
                self.columns = self.lines.get(at).map(Columns::new).unwrap_or_default();
            }
        }
        self.lines.get(self.line)
    }
}

/// The rows of one table.
pub(super) fn rows<'a>(
    table: &'a HtmlTable,
    text: &str,
    cursor: &'a mut Cursor<'_>,
    source: &'a Decoded<'_>,
) -> Vec<RawRow> {
    let slice = &text[table.text.clone()];
    let mut builder = Builder {
        rows: Vec::new(),
        cell: None,
        text: String::new(),
        header: false,
        depth: 0,
        table,
        cursor,
        source,
    };
    walk(slice, &mut builder);
    builder.close_cell(slice.len());
    builder.rows.retain(|row| !row.cells.is_empty());
    builder.rows
}

struct Builder<'a, 'l> {
    rows: Vec<RawRow>,
    cell: Option<OpenCell>,
    /// The text of the open cell.
    text: String,
    header: bool,
    depth: u32,
    table: &'a HtmlTable,
    cursor: &'a mut Cursor<'l>,
    source: &'a Decoded<'a>,
}

impl Builder<'_, '_> {
    fn place(&mut self, from: usize, to: usize) -> Place {
        let (from, to) = (self.table.text.start + from, self.table.text.start + to);
        let line = self.cursor.line_at(from);
        let offset = line.map_or(0, |l| from.saturating_sub(l.start));
        let is_inside = line.is_some_and(|l| l.raw.is_char_boundary(offset));
        Place {
            page: line.map_or(0, |l| l.page),
            line: line.map_or(0, |l| l.number),
            column: if is_inside { self.cursor.columns.at(offset) } else { 1 },
            from: self.source.file_offset(from),
            to: self.source.file_offset(to),
            bbox: None,
        }
    }

    fn next_row(&mut self, tag: &StartTag<'_>, is_header: bool) {
        let place = self.place(tag.span.start, tag.span.end);
        // Rows have about as many cells as the one above.
        let cells = Vec::with_capacity(self.rows.last().map_or(0, |row| row.cells.len()));
        self.rows.push(RawRow { cells, place, is_header, ..RawRow::default() });
    }

    /// Text between the cells of a broken table: a cell of its own, so that nothing is lost.
    fn stray(&mut self, text: &str, at: usize) {
        if self.rows.is_empty() {
            return;
        }
        let place = self.place(at, at + text.len());
        let cell = RawCell { text: plain(text).into(), colspan: 1, rowspan: 1, place };
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(cell);
        }
    }

    fn close_cell(&mut self, at: usize) {
        let Some(cell) = self.cell.take() else { return };
        let place = self.place(cell.from, at);
        let text = plain(&self.text).into();
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(RawCell { text, colspan: cell.colspan, rowspan: cell.rowspan, place });
        }
    }
}

impl Tags for Builder<'_, '_> {
    fn start(&mut self, tag: &StartTag<'_>) {
        match tag.name {
            b"table" => self.depth += 1,
            b"tr" if self.depth <= 1 => {
                self.close_cell(tag.span.start);
                self.next_row(tag, self.header);
            }
            b"thead" if self.depth <= 1 => self.header = true,
            b"td" | b"th" if self.depth <= 1 => {
                self.close_cell(tag.span.start);
                if self.rows.is_empty() {
                    self.next_row(tag, false);
                }
                if let Some(row) = self.rows.last_mut() {
                    row.is_header |= tag.name == b"th" && row.cells.is_empty();
                }
                self.text.clear();
                self.cell = Some(OpenCell {
                    from: tag.span.end,
                    colspan: span_of(tag.colspan),
                    rowspan: span_of(tag.rowspan),
                });
            }
            b"br" | b"p" | b"li" | b"div" | b"hr" | b"ol" | b"ul" | b"tr" => self.text.push('\n'),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8], span: Range<usize>) {
        match name {
            b"table" => self.depth = self.depth.saturating_sub(1),
            b"td" | b"th" | b"tr" if self.depth <= 1 => self.close_cell(span.start),
            b"thead" => self.header = false,
            b"p" | b"li" | b"div" => self.text.push('\n'),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, span: Range<usize>) {
        // Between the cells stands nothing but white space, as a rule.
        if self.cell.is_none() && trim_white(text).is_empty() {
            return;
        }
        // A line end in the source is a space to a reader of the page, as a tab is.
        let printed = match memchr::memchr3(b'\n', b'\r', b'\t', text.as_bytes()) {
            Some(_) => Cow::Owned(text.replace(['\n', '\r', '\t'], " ")),
            None => Cow::Borrowed(text),
        };
        if self.cell.is_some() {
            self.text.push_str(&printed);
        } else {
            self.stray(&printed, span.start);
        }
    }
}

/// A span attribute, within what a report can mean.
fn span_of(value: &[u8]) -> u16 {
    if value.is_empty() {
        return 1;
    }
    let span = std::str::from_utf8(value).ok().and_then(|value| value.trim().parse().ok());
    span.map_or(1, |span: u16| span.clamp(1, 500))
}

#[cfg(test)]
mod tests {
    use super::super::decode::decode;
    use super::super::lines::split;
    use super::super::shape::shapes;
    use super::*;

    /// Line of a row, and text, colspan and rowspan of its cells.
    type Row = (u32, Vec<(String, u16, u16)>);

    fn read(text: &str) -> Vec<Row> {
        let source = decode(text.as_bytes()).expect("it is text");
        let lines = split(text);
        let mut kinds = shapes(&lines);
        let mut cursor = Cursor::new(&lines);
        find(text, &lines, &mut kinds)
            .iter()
            .flat_map(|table| rows(table, text, &mut cursor, &source))
            .map(|row| {
                let cells =
                    row.cells.into_iter().map(|c| (c.text.to_string(), c.colspan, c.rowspan));
                (row.place.line, cells.collect())
            })
            .collect()
    }

    fn one(text: &str) -> (String, u16, u16) {
        (text.to_owned(), 1, 1)
    }

    #[test]
    fn spans_lists_and_lines() {
        let rows = read(
            "prosa\n<table>\n<tr><th rowspan=\"2\">No</th><th colspan=2>Anggaran</th></tr>\n<tr><td>1<br>2</td>\n<td><ul><li>a</li><li>b</li></ul></td></tr></table>\n",
        );
        assert_eq!(rows[0], (3, vec![("No".into(), 1, 2), ("Anggaran".into(), 2, 1)]));
        assert_eq!(rows[1], (4, vec![one("1\n2"), one("a\nb")]));
    }

    #[test]
    fn nested_tables_stay_in_their_cell() {
        let rows = read(
            "<table><tr><td>luar <table><tr><td>dalam</td></tr></table></td><td>0</td></tr></table>",
        );
        assert_eq!(rows, [(1, vec![one("luar\ndalam"), one("0")])]);
    }

    #[test]
    fn an_unclosed_table_ends_where_the_tags_end() {
        let text = "<table><tr><td>1<td>2\n<tr><td>3\nprosa satu\nprosa dua\nprosa tiga\n";
        let rows = read(text);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[1].1, [one("3")]);
    }
}

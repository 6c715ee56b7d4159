//! Columns aligned by spaces, as `pdftotext -layout` prints a page: texts wrapped at their column's
//! width, a name in two or three lines beside one amount, blank cells, figures to the right.

use super::fill::fill;
use super::html::{self, Span, Spans};
use crate::cell;
use crate::lines::Emit;
use crate::rng::Rng;

/// What one document's pages have in common.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// Spaces before the first column and before prose.
    indent: usize,
    /// Columns of a line of prose.
    measure: usize,
    /// Widest text column before it is wrapped.
    widest: usize,
    /// Spaces between columns.
    gap: usize,
}

/// Where a column's cells stand and how they are set.
struct Column {
    start: usize,
    width: usize,
    is_figures: bool,
}

/// The rows of one run of lines, cell by cell.
pub(super) type Rows<'t> = Vec<Vec<&'t str>>;

/// One table's columns and manner.
pub(super) struct Frame {
    columns: Vec<Column>,
    /// Short cells stand in the middle of their row's height.
    is_centred: bool,
    /// A blank line follows every row.
    is_airy: bool,
}

/// How far down a figure may stand beside a long name; a reader places a row by its first line.
const DEEPEST_FIGURE: usize = 2;

impl Layout {
    /// Draws the measures of a document.
    pub(super) fn draw(rng: &mut Rng) -> Self {
        Self {
            indent: 2 + rng.below(10),
            measure: 78 + rng.below(20),
            widest: 20 + rng.below(17),
            gap: 2 + rng.below(3),
        }
    }

    /// Prints a line of prose: long ones filled over several lines, titles in the middle.
    pub(super) fn prose(&self, line: &str, emit: &mut Emit) {
        let mut lines: Vec<String> = Vec::new();
        for text in cell::plain_lines(line).iter().flat_map(|text| fill(text, self.measure)) {
            let length = text.chars().count();
            let is_title = length < self.measure / 2
                && text.chars().any(char::is_alphabetic)
                && !text.chars().any(char::is_lowercase);
            let before = if is_title { (self.measure - length) / 2 } else { 0 };
            lines.push(format!("{}{text}", " ".repeat(self.indent + before)));
        }
        if lines.is_empty() {
            lines.push(String::new());
        }
        emit.block(lines);
    }

    /// Measures one table, which may be printed in several runs of rows (pages).
    pub(super) fn frame(&self, runs: &[Rows<'_>], rng: &mut Rng) -> Frame {
        let is_centred = rng.chance(30);
        Frame { columns: self.columns(runs), is_centred, is_airy: rng.chance(20) }
    }

    /// Finds every column's place and width.
    fn columns(&self, runs: &[Rows<'_>]) -> Vec<Column> {
        let heads: Vec<usize> = runs.iter().map(|rows| cell::header_rows(rows)).collect();
        let spans: Vec<Spans> =
            runs.iter().zip(&heads).map(|(rows, head)| html::spans(&rows[..*head])).collect();
        let count = runs.iter().flatten().map(Vec::len).max().unwrap_or(0);
        let mut columns: Vec<Column> = Vec::with_capacity(count);
        let mut start = self.indent;
        for column in 0..count {
            let body = runs.iter().zip(&heads).flat_map(|(rows, head)| &rows[*head..]);
            let body = body.filter_map(|row| row.get(column));
            let printed: Vec<&&str> = body.filter(|text| !cell::is_blank(text)).collect();
            let figures = printed.iter().filter(|text| cell::is_figure(text)).count();
            let is_numbering = printed.iter().all(|text| cell::is_numbering(text));
            let is_figures = figures * 2 > printed.len() && !(column == 0 && is_numbering);
            let widths = runs
                .iter()
                .zip(&spans)
                .map(|(rows, spans)| self.width(rows, spans, column, is_figures));
            let width = widths.max().unwrap_or(0).max(1);
            columns.push(Column { start, width, is_figures });
            start += width + self.gap;
        }
        columns
    }

    /// What one run of rows needs of a column; cells over several columns need nothing.
    fn width(&self, rows: &Rows<'_>, spans: &Spans, column: usize, is_figures: bool) -> usize {
        let head = spans.len();
        let mut width = 0;
        for (index, row) in rows.iter().enumerate() {
            let across = spans.get(index).and_then(|row| *row.get(column)?).map_or(1, |s| s.0);
            let Some(text) = row.get(column).filter(|_| across == 1) else { continue };
            for line in cell::plain_lines(text) {
                let whole = line.chars().count();
                let word = line.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
                let fits = if cell::is_figure(text) {
                    whole
                } else if index < head && is_figures {
                    word.min(self.widest)
                } else {
                    whole.min(self.widest).max(word.min(self.widest + 8))
                };
                width = width.max(fits);
            }
        }
        width
    }
}

impl Frame {
    /// Prints one run of the table's rows.
    pub(super) fn print(&self, rows: &Rows<'_>, emit: &mut Emit) {
        let head = cell::header_rows(rows);
        let spans = html::spans(&rows[..head]);
        for (index, row) in rows.iter().enumerate() {
            let texts = wrap(row, &self.columns, spans.get(index));
            let mut lines = set(&texts, &self.columns, self.is_centred);
            if lines.is_empty() {
                lines.push(String::new());
            }
            emit.block(lines);
            if self.is_airy && index + 1 >= head {
                emit.extra("");
            }
        }
    }
}

/// The lines of every cell, wrapped at the width of its column or of the columns it spans.
fn wrap(row: &[&str], columns: &[Column], spans: Option<&Vec<Span>>) -> Vec<Vec<String>> {
    let mut cells = Vec::with_capacity(row.len());
    for (column, text) in row.iter().enumerate() {
        let across = spans.and_then(|row| *row.get(column)?).map_or(1, |span| span.0);
        let last = &columns[column + across - 1];
        let width = last.start + last.width - columns[column].start;
        cells.push(cell::plain_lines(text).iter().flat_map(|line| fill(line, width)).collect());
    }
    cells
}

/// Sets the wrapped cells of one row beside each other.
fn set(cells: &[Vec<String>], columns: &[Column], is_centred: bool) -> Vec<String> {
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut lines = vec![Vec::<char>::new(); height];
    for (column, texts) in cells.iter().enumerate() {
        let place = &columns[column];
        let down = if is_centred { (height - texts.len()) / 2 } else { 0 };
        let is_amount = texts.iter().all(|text| cell::is_figure(text)) || texts.len() == 1;
        let deepest = (DEEPEST_FIGURE + 1).saturating_sub(texts.len());
        let down = if is_amount { down.min(deepest) } else { down };
        for (offset, text) in texts.iter().enumerate() {
            let length = text.chars().count();
            let right = if place.is_figures && cell::is_figure(text) {
                place.width.saturating_sub(length)
            } else {
                0
            };
            let line = &mut lines[down + offset];
            let start = place.start + right;
            if line.len() < start {
                line.resize(start, ' ');
            }
            line.extend(text.chars());
        }
    }
    lines.iter().map(|line| line.iter().collect::<String>().trim_end().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(text: &str, widest: usize) -> String {
        let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
        let layout = Layout { indent: 2, measure: 40, widest, gap: 2 };
        let mut emit = Emit::default();
        let columns = layout.columns(std::slice::from_ref(&rows));
        Frame { columns, is_centred: false, is_airy: false }.print(&rows, &mut emit);
        emit.finish(true).0.to_text()
    }

    #[test]
    fn names_wrap_beside_one_amount() {
        let text = "No\tProgram\tPagu\n1\tPenyediaan alat tulis kantor\t1.250.000\n2\tTotal\t500";
        let expected = "  No  Program     Pagu
  1   Penyediaan  1.250.000
      alat tulis
      kantor
  2   Total             500
";
        assert_eq!(print(text, 10), expected);
    }

    #[test]
    fn blank_cells_leave_their_place_blank() {
        assert_eq!(print("A\tB\tC\nx\t\t7", 10), "  A  B  C\n  x     7\n");
    }

    #[test]
    fn prose_is_filled_and_titles_stand_in_the_middle() {
        let layout = Layout { indent: 1, measure: 20, widest: 9, gap: 2 };
        let mut emit = Emit::default();
        for line in ["**BAB I**", "Laporan ini memuat capaian kinerja.", ""] {
            layout.prose(line, &mut emit);
        }
        let (document, map) = emit.finish(true);
        let expected = "        BAB I\n Laporan ini memuat\n capaian kinerja.\n\n";
        assert_eq!(document.to_text(), expected);
        assert_eq!((map.span(2), map.span(3)), ((2, 3), (4, 4)));
    }
}

//! Tables drawn with characters.
//!
//! - `grid`: borders around every cell, of `+---+` or box-drawing characters, as pandoc, writers of
//!   reStructuredText and database clients print them;
//! - `rulers`: columns that lines of dashes show, `---- ------ ---`, over them and under their heads
//!   (the simple and multi-line tables of pandoc and reStructuredText).
//!
//! What is drawn is believed: a cell is what stands between its borders, however many lines it has.

mod grid;
mod rulers;

use laras_model::{RawCell, RawRow};

use super::aligned::joined;
use super::decode::Decoded;
use super::lines::{Line, is_space};
use super::rows::{FoundTable, cell, line_place};
use super::shape::Shape;

/// Finds the drawn tables of a text and marks their lines.
pub(super) fn find(
    lines: &[Line<'_>],
    shapes: &mut [Shape],
    source: &Decoded<'_>,
) -> Vec<FoundTable> {
    let mut tables = grid::find(lines, shapes, source);
    mark(&tables, shapes);
    let ruled = rulers::find(lines, shapes, source);
    mark(&ruled, shapes);
    tables.extend(ruled);
    tables.sort_by_key(|table| table.lines.start);
    tables
}

fn mark(tables: &[FoundTable], shapes: &mut [Shape]) {
    for table in tables {
        shapes[table.lines.clone()].fill(Shape::Drawn);
    }
}

/// Strokes that borders are made of.
fn is_stroke(c: char) -> bool {
    matches!(c, '-' | '=' | '─' | '━' | '═' | '┄' | '┈' | '╌')
}

/// A line with the byte offset of each of its characters.
struct Drawn<'l> {
    line: &'l Line<'l>,
    chars: Vec<(usize, char)>,
}

impl<'l> Drawn<'l> {
    fn new(line: &'l Line<'l>) -> Self {
        Self { line, chars: line.raw.char_indices().collect() }
    }

    fn at(&self, place: usize) -> Option<char> {
        self.chars.get(place).map(|(_, c)| *c)
    }

    /// The byte offset of a character, the line's end for those past it.
    fn offset(&self, place: usize) -> usize {
        self.chars.get(place).map_or(self.line.raw.len(), |(offset, _)| *offset)
    }

    /// What stands from one character to another, as a cell.
    fn cell(&self, from: usize, to: usize, source: &Decoded<'_>) -> RawCell {
        let (from, to) = (self.offset(from), self.offset(to.max(from)));
        cell(self.line, &self.line.raw[from..to], from, source)
    }
}

/// Adds the next line of a cell.
fn add(cell: &mut RawCell, next: RawCell) {
    if next.text.is_empty() {
        return;
    }
    if cell.text.is_empty() {
        cell.text = next.text;
        cell.place = next.place;
        return;
    }
    let is_value = |text: &str| !text.chars().any(char::is_alphabetic);
    let values = is_value(&cell.text) && is_value(&next.text);
    cell.text = joined(&cell.text, &next.text, values).into();
    cell.place = cell.place.joined(&next.place);
}

fn row(cells: Vec<RawCell>, first: &Line<'_>, is_header: bool, source: &Decoded<'_>) -> RawRow {
    RawRow { cells, place: line_place(first, source), is_header, division: None }
}

fn is_blank(text: impl IntoIterator<Item = char>) -> bool {
    text.into_iter().all(is_space)
}

#[cfg(test)]
mod tests {
    use crate::text::{TextOptions, read_text};

    /// The rows of each table: `*` for a head, cells between bars, `2×` and `↓2` for spans.
    fn tables(text: &str) -> Vec<Vec<String>> {
        let content = read_text(text.as_bytes(), &TextOptions::default()).expect("it is text");
        let rows = |row: &laras_model::RawRow| {
            let cells = row.cells.iter().map(|cell| {
                let wide =
                    if cell.colspan > 1 { format!("{}×", cell.colspan) } else { String::new() };
                let tall =
                    if cell.rowspan > 1 { format!("↓{}", cell.rowspan) } else { String::new() };
                format!("{wide}{tall}{}", cell.text)
            });
            let head = if row.is_header { "*" } else { "" };
            format!("{head}{}", cells.collect::<Vec<_>>().join("|"))
        };
        content.fragments.iter().map(|fragment| fragment.rows.iter().map(rows).collect()).collect()
    }

    #[test]
    fn a_grid_keeps_its_cells_whole() {
        let text = "Sebelum tabel.\n\n\
            +----+--------------+---------------+\n\
            | No | Program      | Anggaran      |\n\
            +====+==============+===============+\n\
            | 1  | Pembinaan    | 1.250.000.    |\n\
            |    | Masyarakat   | 000           |\n\
            +----+--------------+---------------+\n\
            | 2  | Ketahanan    | 75.000.000    |\n\
            |    |              |               |\n\
            |    | Sosial-      |               |\n\
            |    | budaya       |               |\n\
            +----+--------------+---------------+\n\nSesudah tabel.\n";
        let want = [
            "*No|Program|Anggaran",
            "1|Pembinaan Masyarakat|1.250.000.000",
            "2|Ketahanan Sosial-budaya|75.000.000",
        ];
        assert_eq!(tables(text), [want]);
    }

    #[test]
    fn merged_cells_of_a_grid_are_spans() {
        let text = "\
            +----+-----------+---------+\n\
            | No | Uraian    | 2021    |\n\
            |    |           +----+----+\n\
            |    |           | K  | Rp |\n\
            +----+-----------+----+----+\n\
            | 1  | Rapat     | 4  | 90 |\n\
            +----+-----------+----+----+\n\
            | Jumlah         |    | 90 |\n\
            +----------------+----+----+\n";
        let want = ["↓2No|↓2Uraian|2×2021", "K|Rp", "1|Rapat|4|90", "2×Jumlah||90"];
        assert_eq!(tables(text), [want]);
    }

    #[test]
    fn boxes_and_lines_without_borders_between_them() {
        let text = "\
            ┌────┬───────────┬────────┐\n\
            │ No │ Kegiatan  │ Target │\n\
            ├────┼───────────┼────────┤\n\
            │ 1  │ Rapat     │ 4 kali │\n\
            │ 2  │ Seminar   │ 6 kali │\n\
            │    │ daerah    │        │\n\
            └────┴───────────┴────────┘\n";
        assert_eq!(
            tables(text),
            [["No|Kegiatan|Target", "1|Rapat|4 kali", "2|Seminar daerah|6 kali"]]
        );
    }

    #[test]
    fn rulers_say_where_columns_stand() {
        let text = "\
            No   Kegiatan             Target\n\
            ---- -------------------- ------\n\
            1    Rapat Koordinasi     4 kali\n\
            2    Seminar Wawasan      6 kali\n\nProsa di bawahnya.\n";
        let rows = ["*No|Kegiatan|Target", "1|Rapat Koordinasi|4 kali", "2|Seminar Wawasan|6 kali"];
        assert_eq!(tables(text), [rows]);
        let closed = "\
            ---- -------------------- ------\n\
            No   Kegiatan             Target\n\
            ---- -------------------- ------\n\
            1    Rapat Koordinasi     4 kali\n\
            2    Seminar Wawasan      6 kali\n\
            ---- -------------------- ------\n";
        assert_eq!(tables(closed), [rows]);
    }

    #[test]
    fn blank_lines_part_the_rows_of_a_ruled_table_of_several_lines() {
        let text = "\
            -----------------------------------\n\
            No   Kegiatan             Anggaran\n\
            \u{20}                         (Rp)\n\
            ---- -------------------- ---------\n\
            1    Rapat                1.250.\n\
            \u{20}    Koordinasi           000\n\
            \n\
            2    Seminar              600.000\n\
            -----------------------------------\n";
        let rows =
            ["*No|Kegiatan|Anggaran (Rp)", "1|Rapat Koordinasi|1.250.000", "2|Seminar|600.000"];
        assert_eq!(tables(text), [rows]);
    }

    #[test]
    fn a_row_alone_is_one_row() {
        let grid = "\
            +----+---------+--------+\n\
            | 3  | Seminar | 4 kali |\n\
            |    | daerah  |        |\n\
            +----+---------+--------+\n";
        assert_eq!(tables(grid), [["3|Seminar daerah|4 kali"]]);
        let ruled = "\
            ------------------------\n\
            3    Seminar   4 kali\n\
            \u{20}    daerah\n\
            ---- --------- ---------\n\
            \n\
            ------------------------\n";
        assert_eq!(tables(ruled), [["*3|Seminar daerah|4 kali"]]);
    }

    #[test]
    fn lines_that_cross_the_columns_are_no_table() {
        let text =
            "---- ------ ----\nSatu kalimat yang berjalan terus tanpa kolom.\nDan satu lagi.\n";
        assert!(tables(text).is_empty());
        assert!(tables("+---+\nx\n+---+\n").is_empty());
        assert!(tables("+--+--+\n|a").is_empty());
    }
}

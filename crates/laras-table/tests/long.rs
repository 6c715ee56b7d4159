//! Tables of very many rows: their grid is kept whole, and a note says what was not looked at.

use laras_model::{Block, BlockKind, Content, Fragment, Place, RawCell, RawRow, TableStyle};
use laras_table::{LogicalTable, TableOptions, tables};

fn table(rows: impl Iterator<Item = String>) -> LogicalTable {
    let place = |line: usize| Place { line: line as u32 + 1, ..Place::default() };
    let row = |(line, row): (usize, String)| {
        let cell = |text: &str| RawCell {
            text: text.trim().to_owned(),
            colspan: 1,
            rowspan: 1,
            place: place(line),
        };
        RawRow {
            cells: row.split('|').map(cell).collect(),
            place: place(line),
            is_header: line == 0,
        }
    };
    let head = "No | Uraian | Kode | Pagu (Rp) | Realisasi (Rp)".to_owned();
    let rows: Vec<RawRow> = std::iter::once(head).chain(rows).enumerate().map(row).collect();
    let line_to = rows.len() as u32;
    let mut content = Content::default();
    content.fragments.push(Fragment { style: TableStyle::Tabs, rows });
    content.blocks.push(Block {
        kind: BlockKind::Rows,
        text: String::new(),
        level: 0,
        number: String::new(),
        place: place(0),
        line_to,
        page_to: 0,
        fragment: Some(0),
    });
    let mut found = tables(&mut content, &TableOptions::default());
    assert_eq!(found.len(), 1, "one table");
    found.remove(0)
}

fn row(n: usize) -> String {
    format!("{n} | Uraian ke {n} | | 1.{:03}.000 | {:03}.000", n % 1000, n % 900 + 100)
}

fn notes(table: &LogicalTable) -> usize {
    table.table.notes.iter().filter(|note| note.code == "table.long").count()
}

#[test]
fn five_thousand_rows_are_looked_at_in_every_way() {
    let table = table((1..=5_000).map(row));
    assert!(!table.is_long);
    assert_eq!((notes(&table), table.table.rows.len()), (0, 5_001));
}

#[test]
fn further_rows_are_laid_as_the_first_and_a_note_says_so() {
    // The last row has lost its blank cell: its amounts must not move into the column of codes.
    let rows =
        (1..=5_000).map(row).chain(["5001 | Baris terakhir | 1.250.000 | 900.000".to_owned()]);
    let table = table(rows);
    assert!(table.is_long);
    assert_eq!((notes(&table), table.table.rows.len()), (1, 5_002));
    let last = table.table.rows.last().expect("it has rows");
    assert_eq!((last.text(1), last.text(2)), ("Baris terakhir", ""));
    assert_eq!((last.text(3), last.text(4)), ("1.250.000", "900.000"));
}

//! Tables of very many rows: their grid is kept whole, and a note says what was not looked at.

mod support;

use laras_model::TableStyle;
use laras_table::LogicalTable;
use support::one_table;

fn table(rows: impl Iterator<Item = String>) -> LogicalTable {
    let rows: Vec<String> = rows.collect();
    let head = "No | Uraian | Kode | Pagu (Rp) | Realisasi (Rp)";
    one_table(
        TableStyle::Tabs,
        &[std::iter::once(head).chain(rows.iter().map(String::as_str)).collect()],
    )
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

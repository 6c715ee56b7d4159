//! Which rows of a table are its head: what is repeated on the next page, what counts the
//! columns, what is set in bold over rows that are not.

use super::table::{PageTable, TableRow};

/// A head has at most this many rows.
const TALLEST: usize = 6;

/// Marks the head rows of a table by its own looks.
pub fn mark(rows: &mut [TableRow]) {
    let numbered = rows.iter().take(TALLEST).position(counts_columns);
    let bold = rows.iter().take_while(|row| is_bold(row)).count();
    let bold = if bold <= TALLEST && bold < rows.len() { bold } else { 0 };
    let count = numbered.map_or(0, |at| at + 1).max(bold);
    for row in rows.iter_mut().take(count) {
        row.is_header = true;
    }
}

/// Marks rows that the next page's part of the table repeats at its top.
pub fn mark_repeated(above: &mut PageTable, below: &mut PageTable) {
    let text = |row: &TableRow| -> Vec<String> {
        row.cells.iter().map(|cell| cell.text.split_whitespace().collect()).collect()
    };
    let filled = |row: &TableRow| row.cells.iter().filter(|cell| !cell.text.is_empty()).count();
    let same = above
        .rows
        .iter()
        .zip(&below.rows)
        .take(TALLEST)
        .take_while(|(a, b)| filled(a) >= 2 && text(a) == text(b))
        .count();
    if same == above.rows.len() && same == below.rows.len() {
        return;
    }
    for row in above.rows.iter_mut().take(same).chain(below.rows.iter_mut().take(same)) {
        row.is_header = true;
    }
}

/// `1 2 3`, `(1) (2)`, `13 = 6 + 12`: a row that numbers the columns.
fn counts_columns(row: &TableRow) -> bool {
    let mut last = 0;
    let mut count = 0;
    for cell in row.cells.iter().filter(|cell| !cell.text.is_empty()) {
        let number: String =
            cell.text.trim_start_matches('(').chars().take_while(char::is_ascii_digit).collect();
        match number.parse::<u32>() {
            Ok(number) if number > last && number <= 40 && number - last <= 3 => last = number,
            _ => return false,
        }
        count += 1;
    }
    count >= 3 && last >= count
}

fn is_bold(row: &TableRow) -> bool {
    let words = || row.cells.iter().flat_map(|cell| &cell.lines).flat_map(|line| &line.words);
    words().next().is_some() && words().all(|word| word.bold)
}

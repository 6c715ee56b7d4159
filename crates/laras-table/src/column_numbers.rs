//! Rows that number the columns, and the formulas beside the numbers.

use crate::sheet::{SheetCell, SheetRow};

/// Whether a row holds only column numbers, growing to the right.
pub(crate) fn is_column_numbers(row: &SheetRow) -> bool {
    let mut last = 0;
    let (mut count, mut growing) = (0, 0);
    for cell in row.filled() {
        let Some(number) = column_number(cell) else { return false };
        count += 1;
        growing += usize::from(number > last);
        last = number;
    }
    let first = row.filled().next().and_then(column_number);
    count >= 3 && growing + 1 >= count && first.is_some_and(|n| n <= 3)
        || (count == 2 && growing == 2 && first == Some(1) && row.cells.len() == 2)
}

/// Whether a row under a header numbers some of its columns, one by one: the first ones lost
/// their numbers to merged cells.
pub(crate) fn is_number_run(row: &SheetRow) -> bool {
    let numbers: Option<Vec<u32>> = row.filled().map(column_number).collect();
    numbers.is_some_and(|n| n.len() >= 3 && n.windows(2).all(|pair| pair[1] == pair[0] + 1))
}

/// Whether a row under column numbers goes on with their formulas: `6+8+10`, `11/5`.
pub(crate) fn is_formulas(row: &SheetRow) -> bool {
    let formula = |cell: &SheetCell| {
        let bare = cell.text.chars().all(|c| c.is_ascii_digit() || "+-/x×X*:()=% ".contains(c));
        bare && cell.text.contains(['+', '/', '=', '×', 'x'])
    };
    row.filled().all(formula)
}

/// The column number a cell states: `5`, `(5)`, `13= 6 + 12`.
pub(crate) fn column_number(cell: &SheetCell) -> Option<u32> {
    // Most cells are words or amounts.
    if cell.text.bytes().next().is_none_or(|b| b.is_ascii_alphabetic()) || is_grouped(&cell.text) {
        return None;
    }
    let head = cell.text.split('=').next().unwrap_or("").trim();
    let digits = head.trim_matches(['(', ')', '[', ']', '.', ' ']);
    let digits = digits.split(['(', ' ', '\n']).next().unwrap_or(digits);
    let plain = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let is_bare = || {
        cell.text
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_whitespace() || "()[]=+-x×X*/:%.,".contains(c))
    };
    if plain && is_bare() { digits.parse().ok() } else { None }
}

/// Whether a text begins with a number that has a mark between its digits, or more digits than columns are
/// numbered with.
fn is_grouped(text: &str) -> bool {
    let text = text.as_bytes();
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    digits > 3
        || digits > 0 && matches!(text[digits..], [b'.' | b',', next, ..] if next.is_ascii_digit())
}

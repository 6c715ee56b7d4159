//! Signs that the columns of a table are not those that were printed.
//!
//! A converter that makes one column of two, or loses the blanks of a row of heads, leaves values under
//! the heads of their neighbours, each of them plausible. Column numbers and names tell.

use laras_model::{RowShape, TableNote};

use crate::gather::Gathered;
use crate::head_words::{Holds, expects, first_word, words};
use crate::kind::CellKind;
use crate::sheet::{SheetCell, SheetRow};

/// Fewest names in a column that tell what it is.
const FEWEST_NAMES: usize = 3;

/// The note on a table whose columns are in doubt.
pub(crate) fn doubt(gathered: &Gathered, paths: &[Vec<String>]) -> Option<TableNote> {
    let numbers = gathered.header.iter().find(|(shape, _)| *shape == RowShape::ColumnNumbers);
    let text = numbers
        .and_then(|(_, row)| numbers_meet(row, gathered))
        .or_else(|| heads_meet(gathered))
        .or_else(|| values_over_names(gathered, paths))
        .or_else(|| amounts_before_names(gathered))?;
    Some(TableNote { row: None, code: "columns.doubtful".to_owned(), text })
}

/// More column numbers than columns, or two over one column of values.
fn numbers_meet(row: &SheetRow, gathered: &Gathered) -> Option<String> {
    let (filled, width) = (row.filled().count(), gathered.width);
    if filled > width {
        return Some(format!("{filled} column numbers over {width} columns"));
    }
    let last = row.filled().last().map_or(0, |cell| cell.column);
    let meet = |cell: &&SheetCell| {
        holds_next_number(cell)
            && !holds_names(gathered, cell.column)
            && !(cell.column == last && holds_single_values(gathered, cell.column))
    };
    let cell = row.filled().find(meet)?;
    Some(format!("one column with the numbers {}", cell.text.replace('\n', " ")))
}

/// Whether a column number is followed by the next one: `5 6`, `8=(7/6) 9`.
fn holds_next_number(cell: &SheetCell) -> bool {
    let text = cell.text.trim_start_matches('(');
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let Ok(number) = text[..digits].parse::<u32>() else { return false };
    let later = text[digits..].split_whitespace();
    later
        .filter_map(|word| word.trim_matches(['(', ')']).parse().ok())
        .any(|n: u32| n == number + 1)
        && text[digits..].starts_with(|c: char| c.is_whitespace() || c == '=' || c == ')')
}

/// Whether no cell of a column has numbers in two of its words: the column of remarks that it was made one
/// with is blank.
fn holds_single_values(gathered: &Gathered, column: usize) -> bool {
    let states = |word: &&str| word.bytes().any(|b| b.is_ascii_digit());
    let mut cells = gathered.body.iter().filter_map(|body| body.row.at(column));
    cells.all(|cell| cell.text.split_whitespace().filter(states).count() <= 1)
}

/// Whether a column holds mostly names.
fn holds_names(gathered: &Gathered, column: usize) -> bool {
    let cells = gathered.body.iter().filter_map(|body| body.row.at(column));
    let (names, filled) =
        cells.filter(|cell| !cell.is_blank()).fold((0, 0), |(names, all), cell| {
            (names + usize::from(cell.kind == CellKind::Text), all + 1)
        });
    names >= FEWEST_NAMES && names * 5 >= filled * 3
}

/// Two heads in one cell.
fn heads_meet(gathered: &Gathered) -> Option<String> {
    let rows = gathered.header.iter().filter(|(shape, _)| *shape == RowShape::Header);
    let cell = rows.flat_map(|(_, row)| row.filled()).find(|cell| are_two_heads(&cell.text))?;
    Some(format!("one column with the heads {}", cell.text.replace('\n', " ")))
}

/// Whether a head is two that stand side by side elsewhere: `No Uraian`, `III IV`, `K Rp`.
fn are_two_heads(text: &str) -> bool {
    // Such a cell begins with one of few words.
    if !first_word(text).is_some_and(|first| FIRST.iter().any(|f| first.eq_ignore_ascii_case(f))) {
        return false;
    }
    let words: Vec<String> = words(text).collect();
    let numbers = matches!(words.as_slice(), [no, rest @ ..] if no == "no"
        && !rest.is_empty()
        && expects(&[rest.join(" ")]) == Holds::Text);
    let quarters: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !matches!(*word, "tw" | "triwulan"))
        .collect();
    let follow = quarters.windows(2).filter(|pair| QUARTERS.windows(2).any(|q| q == *pair)).count();
    let are_quarters = follow > 0 && follow + 1 == quarters.len();
    let is_pair = words.iter().all(|word| matches!(word.as_str(), "k" | "rp"));
    numbers || are_quarters || is_pair && words.len() > 1
}

/// Words that two heads in one cell may begin with.
const FIRST: [&str; 9] = ["no", "tw", "triwulan", "i", "ii", "iii", "iv", "k", "rp"];
/// Quarters as heads print them.
const QUARTERS: [&str; 4] = ["i", "ii", "iii", "iv"];

/// A head of values below one of names, over names.
fn values_over_names(gathered: &Gathered, paths: &[Vec<String>]) -> Option<String> {
    let path = paths.iter().enumerate().find_map(|(column, path)| {
        let [upper, .., lower] = path.as_slice() else { return None };
        let holds = |head: &String| expects(std::slice::from_ref(head));
        let is_value =
            matches!(holds(lower), Holds::Value | Holds::Amount | Holds::Percent | Holds::Count);
        (is_value && holds(upper) == Holds::Text && holds_names(gathered, column)).then_some(path)
    })?;
    Some(format!("names under {}", path.join(" / ").replace('\n', " ")))
}

/// Amounts that the names of the next column follow in one cell, which has lost its place: `6.500.000
/// Jumlah dokumen`.
fn amounts_before_names(gathered: &Gathered) -> Option<String> {
    let mut found = vec![0; gathered.width];
    for cell in gathered.body.iter().flat_map(|body| body.row.filled()) {
        if is_amount_before_name(&cell.text)
            && let Some(count) = found.get_mut(cell.column)
        {
            *count += 1;
            if *count == FEWEST_NAMES {
                return Some(format!("amounts and names in one column: {}", cell.text));
            }
        }
    }
    None
}

/// Whether a text is an amount and a name of several words; units and sources of money are one.
fn is_amount_before_name(text: &str) -> bool {
    let Some((amount, name)) = text.split_once(' ') else { return false };
    let is_amount = amount.len() > LONGEST_QUANTITY
        && amount.contains('.')
        && amount.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    is_amount
        && name.starts_with(char::is_uppercase)
        && name.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count() > 1
}

/// Longest number that has a unit behind it, in bytes.
const LONGEST_QUANTITY: usize = 6;

#[cfg(test)]
mod tests {
    use laras_model::RawCell;
    use laras_number::Reader;

    use super::*;

    #[test]
    fn two_heads_in_one_cell() {
        for text in ["No\nUraian", "No. Indikator", "III IV", "TW I TW II", "K Rp", "Rp K"] {
            assert!(are_two_heads(text), "{text}");
        }
        for text in ["No", "No. Rekening", "IV", "Triwulan I", "Rp", "Realisasi (Rp)", "Uraian", ""]
        {
            assert!(!are_two_heads(text), "{text}");
        }
    }

    #[test]
    fn amounts_before_names() {
        for text in ["6.500.000 Jumlah dokumen", "2.145.800.000 Persentase layanan yang baik"] {
            assert!(is_amount_before_name(text), "{text}");
        }
        for text in [
            "6.500.000",
            "6.500.000 APBD",
            "12 Jumlah dokumen",
            "1.250 Orang Lansia",
            "2.500.000 per bulan",
        ] {
            assert!(!is_amount_before_name(text), "{text}");
        }
    }

    #[test]
    fn two_numbers_in_one_cell() {
        let holds = |text: &str| {
            let raw = RawCell { text: text.into(), ..RawCell::default() };
            holds_next_number(&SheetCell::new(raw, 0, &mut Reader::default()))
        };
        for text in ["5 6", "8=(7/6)\n9", "(5)\n(6)", "9=8/7 10"] {
            assert!(holds(text), "{text}");
        }
        for text in ["5", "10=(5+7+9)", "11=7+8\n+9+10", "12 = 11/5", "14 = 13/5 x100%", "", "a"] {
            assert!(!holds(text), "{text}");
        }
    }
}

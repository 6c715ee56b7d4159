//! Heads that a converter parted in the middle of a word.
//!
//! A head over several columns is set in the middle of them; a converter that gives every letter to the
//! column that it stands over makes `Perkiraan Ma` and `ju Rencana Tahun 2025` of it, or `T` and
//! `ahun 2021`. Where the pieces make a word that heads have, they are one head again.

use laras_model::{Fragment, RawCell, RawRow};

use crate::head_words::head_word;

/// Rows that heads can stand in.
const HEADS: usize = 4;

/// Puts parted heads together again.
pub(crate) fn mend(fragments: &mut [Fragment]) {
    for row in fragments.iter_mut().flat_map(|fragment| fragment.rows.iter_mut().take(HEADS)) {
        mend_row(row);
    }
}

fn mend_row(row: &mut RawRow) {
    for second in 1..row.cells.len() {
        let (before, from) = row.cells.split_at_mut(second);
        let (Some(first), [second, ..]) = (before.last_mut(), from) else { continue };
        if is_parted(&first.text, &second.text) {
            join(first, second);
        }
    }
}

/// The first line of a text and the others.
fn first_line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

/// Whether a word of heads begins at the end of one text and ends at the beginning of the next.
fn is_parted(first: &str, second: &str) -> bool {
    let second = first_line(second).0;
    if !second.starts_with(|c: char| c.is_ascii_lowercase()) {
        return false;
    }
    let first = first_line(first).0;
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let head = &first[first.trim_end_matches(is_letter).len()..];
    let tail = &second[..second.len() - second.trim_start_matches(is_letter).len()];
    !head.is_empty()
        && (head_word(head).is_none() || head_word(tail).is_none())
        && head_word(&[head, tail].concat()).is_some()
}

/// One head of two: it stands where its words begin, or over the second column if the first has but a
/// piece of a word.
fn join(first: &mut RawCell, second: &mut RawCell) {
    let (start, of_first) = first_line(&first.text);
    let (end, of_second) = first_line(&second.text);
    let whole = [start, end].concat();
    let with =
        |rest: &str| if rest.is_empty() { whole.clone() } else { format!("{whole}\n{rest}") };
    let (one, other) = if start.contains(' ') {
        (with(of_first), of_second.to_owned())
    } else {
        (of_first.to_owned(), with(of_second))
    };
    first.text = one.into();
    second.text = other.into();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_heads_have_are_made_whole() {
        for (printed, wanted) in [
            ("Perkiraan Ma|ju Rencana Tahun 2025", "Perkiraan Maju Rencana Tahun 2025|"),
            ("Tahun 2020||T|ahun 2021|", "Tahun 2020|||Tahun 2021|"),
            ("Rencana Tahu~Ci|n 2024~Kbth", "Rencana Tahun 2024~Ci|Kbth"),
            // Two words, each of its own column.
            ("Target|kinerja", "Target|kinerja"),
            ("Nama|orang", "Nama|orang"),
        ] {
            let cell =
                |text: &str| RawCell { text: text.replace('~', "\n").into(), ..RawCell::default() };
            let mut row =
                RawRow { cells: printed.split('|').map(cell).collect(), ..RawRow::default() };
            mend_row(&mut row);
            let texts: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
            assert_eq!(texts.join("|").replace('\n', "~"), wanted);
        }
    }
}

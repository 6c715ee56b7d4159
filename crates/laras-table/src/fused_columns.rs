//! Numbering that stands in one column with the names behind it.
//!
//! Converters that look for columns by their gaps make one of a narrow column and the one beside it:
//! `No` and `Uraian` become `No Uraian`, and below it stand `1 Balenrejo`, `2 Kedungbondo`. Where the head
//! has both words and the cells both parts, the column is parted again.

use laras_model::{Fragment, RawCell, RawRow, TableStyle};

use crate::head_words::{Holds, head_word, printed_words};

/// Rows that a header may have above the one that is parted.
const HIGHEST_HEAD: usize = 4;
/// Rows that a header may have, column numbers included.
const MOST_HEADS: usize = 8;
/// Fewest cells that show both parts.
const FEWEST: usize = 2;

/// Parts the first columns of fragments that hold numbering and names.
pub(crate) fn part(fragments: &mut [Fragment]) {
    // A page without heads goes on as the one before it.
    let mut before: Option<(TableStyle, usize)> = None;
    for fragment in fragments {
        let Some(width) = fragment.rows.iter().map(|row| row.cells.len()).max() else { continue };
        let head =
            fragment.rows.iter().take(HIGHEST_HEAD).position(|row| {
                row.cells.first().is_some_and(|cell| head_parts(&cell.text).is_some())
            });
        let goes_on = before == Some((fragment.style, width));
        let is_numbered = fragment.rows.iter().take(MOST_HEADS).any(has_two_numbers);
        let is_fused = (head.is_some() || goes_on || is_numbered)
            && has_no_spans(fragment)
            && are_fused(&fragment.rows[head.map_or(0, |head| head + 1)..], is_numbered);
        if is_fused {
            fragment.rows.iter_mut().for_each(part_row);
        }
        before = is_fused.then_some((fragment.style, width));
    }
}

/// Whether the first cell of every row is that of the first column.
fn has_no_spans(fragment: &Fragment) -> bool {
    fragment.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.rowspan <= 1)
}

/// Whether a row of column numbers has two of them in its first cell.
fn has_two_numbers(row: &RawRow) -> bool {
    let next = row.cells.get(1).and_then(|cell| column_number(&cell.text));
    row.cells.first().and_then(|cell| number_parts(&cell.text)).is_some() && next == Some(3)
}

/// Whether first cells are numbering and a name. Where no column numbers tell that they are, it takes most
/// of them, and their numbers must count.
fn are_fused(rows: &[RawRow], is_numbered: bool) -> bool {
    let (mut fused, mut filled, mut counting) = (0, 0, 0);
    let mut last = 0;
    for text in rows.iter().filter_map(|row| row.cells.first()).map(|cell| cell.text.as_str()) {
        filled += usize::from(!text.is_empty());
        let Some((number, _)) = name_parts(text) else { continue };
        fused += 1;
        let next = number.trim_matches(['(', ')', '.']).parse::<u32>();
        // Codes do not count.
        counting +=
            usize::from(next.as_ref().is_ok_and(|n| *n == last + 1 || *n == 1) || next.is_err());
        last = next.unwrap_or(0);
    }
    fused >= FEWEST && (is_numbered || fused * 5 >= filled * 3 && counting * 3 >= fused * 2)
}

fn part_row(row: &mut RawRow) {
    let Some(first) = row.cells.first_mut() else { return };
    if first.colspan > 1 {
        first.colspan += 1;
        return;
    }
    let (number, name) = parts(&first.text);
    let name = RawCell { text: name.into(), ..first.clone() };
    first.text = number.into();
    row.cells.insert(1, name);
}

/// What stands in the two columns.
fn parts(text: &str) -> (&str, &str) {
    if let Some(parts) =
        head_parts(text).or_else(|| name_parts(text)).or_else(|| number_parts(text))
    {
        parts
    } else if is_numbering(text) {
        (text, "")
    } else {
        ("", text)
    }
}

/// The head of the numbering and that of the names: `No`, `Uraian`; `Kode Rekening`, `Program`.
fn head_parts(text: &str) -> Option<(&str, &str)> {
    let is_of_numbers = |word| matches!(head_word(word), Some(Holds::Ordinal | Holds::Code));
    let name = printed_words(text).find(|word| !is_of_numbers(word))?;
    let (numbers, names) = text.split_at(text.find(name)?);
    let on_next_line = numbers.trim_end_matches(' ').ends_with('\n');
    let is_known = head_word(name) == Some(Holds::Text);
    (printed_words(numbers).next().is_some() && (on_next_line || is_known))
        .then(|| (numbers.trim(), names))
}

/// Numbering and the name behind it: `1 Balenrejo`, `5.1.02 Belanja Barang`, `IV` and a name below.
fn name_parts(text: &str) -> Option<(&str, &str)> {
    if let Some((number, name)) = text.split_once('\n')
        && !number.is_empty()
        && number.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
    {
        return Some((number, name));
    }
    let name = text.find(char::is_alphabetic)?;
    let (number, name) = text.split_at(name);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    (number.ends_with(char::is_whitespace) && is_numbering(number.trim_end()) && letters > 2)
        .then(|| (number.trim_end(), name))
}

/// Two column numbers: `1 2`, `(1) (2)`.
fn number_parts(text: &str) -> Option<(&str, &str)> {
    let (first, second) = text.split_once(char::is_whitespace)?;
    (column_number(second)? == column_number(first)? + 1).then(|| (first, second.trim()))
}

fn column_number(text: &str) -> Option<u32> {
    text.trim().trim_matches(['(', ')']).parse().ok()
}

/// Whether a text is figures with what stands between them in numbering.
fn is_numbering(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || c == '(')
        && text.bytes().all(|b| {
            b.is_ascii_digit() || b.is_ascii_whitespace() || matches!(b, b'.' | b'(' | b')' | b'-')
        })
}

#[cfg(test)]
mod tests {
    use laras_model::Place;

    use super::*;

    fn parted(lines: &[&str]) -> Vec<String> {
        let cell = |text: &str| RawCell {
            text: text.replace('~', "\n").into(),
            colspan: 1,
            rowspan: 1,
            place: Place::default(),
        };
        let row = |line: &&str| RawRow {
            cells: line.split('|').map(cell).collect(),
            ..RawRow::default()
        };
        let mut fragments =
            [Fragment { style: TableStyle::Pipes, rows: lines.iter().map(row).collect() }];
        part(&mut fragments);
        let text = |row: &RawRow| {
            let texts: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
            texts.join("|").replace('\n', "~")
        };
        fragments[0].rows.iter().map(text).collect()
    }

    #[test]
    fn numbering_is_parted_from_names() {
        let villages = ["No~Desa|Penduduk", "1 Balenrejo|2.140", "2 Suwaloh|1.875", "Jumlah|4.015"];
        assert_eq!(
            parted(&villages),
            ["No|Desa|Penduduk", "1|Balenrejo|2.140", "2|Suwaloh|1.875", "|Jumlah|4.015"]
        );
        let accounts = [
            "KODE REKENING URAIAN|PAGU",
            "(1) (2)|(3)",
            "5.1 BELANJA OPERASI|75",
            "5.1.02 Belanja~Barang|25",
        ];
        assert_eq!(
            parted(&accounts),
            [
                "KODE REKENING|URAIAN|PAGU",
                "(1)|(2)|(3)",
                "5.1|BELANJA OPERASI|75",
                "5.1.02|Belanja~Barang|25"
            ]
        );
    }

    #[test]
    fn two_column_numbers_tell_of_two_columns() {
        let cut = [
            "o~Program|Pagu",
            "1~2|3",
            "PROGRAM UMUM|9",
            "4~Gaji|5",
            "II~Rapat|4",
            "Administrasi|0",
            "Tata Usaha|0",
        ];
        assert_eq!(
            parted(&cut),
            [
                "|o~Program|Pagu",
                "1|2|3",
                "|PROGRAM UMUM|9",
                "4|Gaji|5",
                "II|Rapat|4",
                "|Administrasi|0",
                "|Tata Usaha|0"
            ]
        );
    }

    #[test]
    fn one_column_stays_one() {
        for lines in [
            // Names of their own column, with their numbers printed.
            &["Uraian|Pagu", "1 Gaji|5", "2 Rapat|6", "3 Sewa|7"][..],
            // Codes under a head that says what they are of.
            &["Kode Program|Program|Pagu", "5.01|Umum|5", "5.02|Politik|6"],
            // Numbers of things, which do not count.
            &["No Indikator|Target", "12 Laporan|5", "40 Orang|6", "7 Paket|7"],
        ] {
            assert_eq!(parted(lines), lines);
        }
    }
}

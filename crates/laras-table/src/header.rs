//! Finds the header of a fragment: rows of head words, column numbers, the header once more.

use laras_model::{RowShape, TableStyle};

pub(crate) use crate::column_numbers::is_column_numbers;
use crate::column_numbers::{column_number, is_formulas, is_number_run};
use crate::head_words::{Holds, expects, is_head, is_year, states_number};
use crate::kind::CellKind;
use crate::sheet::{Sheet, SheetCell, SheetRow};

/// Most rows of a header.
const MOST_ROWS: usize = 8;

/// The rows of a fragment that are its header, as shapes of its first rows.
pub(crate) fn header_shapes(sheet: &Sheet) -> Vec<RowShape> {
    let mut shapes = Vec::new();
    for (i, row) in sheet.rows.iter().take(MOST_ROWS).enumerate() {
        let below_header = shapes.iter().any(|shape| *shape != RowShape::Section);
        if i == 0 && is_title(row) && is_head_after(sheet) {
            shapes.push(RowShape::Section);
        } else if row.filled().next().is_none() {
            // A blank row between header rows is part of the header if heads follow.
            let heads_follow =
                sheet.rows.get(i + 1).is_some_and(|next| is_head_row(next, i > 0, sheet, i + 1));
            if shapes.is_empty() || !heads_follow {
                break;
            }
            shapes.push(RowShape::Header);
        } else if is_column_numbers(row)
            || (!shapes.is_empty() && is_number_run(row))
            || (shapes.last() == Some(&RowShape::ColumnNumbers) && is_formulas(row))
        {
            shapes.push(RowShape::ColumnNumbers);
        } else if is_head_row(row, below_header, sheet, i)
            || (!below_numbers(&shapes) && stands_over_numbers(sheet, i))
        {
            shapes.push(RowShape::Header);
        } else {
            break;
        }
    }
    // Column numbers alone do not make a header, but they are no data either.
    shapes
}

fn below_numbers(shapes: &[RowShape]) -> bool {
    shapes.contains(&RowShape::ColumnNumbers)
}

/// Whether nothing but words stands between a row and the column numbers below it: all above these is
/// header, however a converter cut its lines.
fn stands_over_numbers(sheet: &Sheet, index: usize) -> bool {
    let rows = sheet.rows.iter().take(MOST_ROWS).skip(index);
    let states_nothing = |row: &SheetRow| {
        let states = |cell: &SheetCell| cell.kind.is_value() && !is_year(&cell.text);
        !is_column_numbers(row) && !row.filled().any(states)
    };
    let mut rows = rows.skip_while(|row| states_nothing(row) && row.filled().nth(1).is_some());
    rows.next().is_some_and(is_column_numbers)
}

/// Whether a row is the title of its table: one text over all columns.
fn is_title(row: &SheetRow) -> bool {
    let mut filled = row.filled();
    matches!((filled.next(), filled.next()), (Some(cell), None)
        if row.is_fixed
            && row.printed >= 3
            && cell.kind == CellKind::Text
            && usize::from(cell.colspan) == row.printed)
}

fn is_head_after(sheet: &Sheet) -> bool {
    sheet.rows.get(1).is_some_and(|row| !is_title(row) && is_head_row(row, false, sheet, 1))
}

/// Whether a cell holds what numbers a section: one letter, or an ordinal.
fn is_section_mark(cell: &SheetCell) -> bool {
    let letter = cell.text.trim_matches(['.', '(', ')', ' ']);
    cell.kind == CellKind::Ordinal && !is_head(cell)
        || letter.len() == 1 && letter.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether a row is made of heads.
fn is_head_row(row: &SheetRow, below_header: bool, sheet: &Sheet, index: usize) -> bool {
    let is_value = |cell: &SheetCell| {
        cell.kind.is_value()
            && !is_year(&cell.text)
            && (cell.kind != CellKind::Quarter || states_number(cell))
            && !(below_header && column_number(cell).is_some())
    };
    // A reader that saw the layout knows its header, even one with `2023 Tingkat` in it.
    let is_laid = row.marked_header && sheet.style == TableStyle::Aligned;
    let has_values = row.filled().any(is_value);
    if has_values && !is_laid {
        return false;
    }
    let filled: Vec<&SheetCell> = row.filled().collect();
    let heads = filled.iter().filter(|cell| is_head(cell)).count();
    if filled.is_empty() || (has_values && heads == 0) {
        return false;
    }
    // `7.01.03.2.01` has the name of what it is the code of beside it.
    if filled.len() >= 2 && filled[0].kind == CellKind::Code {
        return false;
    }
    let enough = heads * 2 >= filled.len();
    // Markdown marks the first row of every piece, whatever it holds, and so does what is drawn.
    let told = !matches!(sheet.style, TableStyle::Pipes | TableStyle::Drawn) || filled.len() >= 2;
    let covered: usize = filled.iter().map(|cell| usize::from(cell.colspan)).sum();
    let dense = covered * 5 >= row.printed;
    // So does HTML, where a page may begin with a section: `C  Program …`.
    let is_section = matches!(filled.as_slice(), [mark, _] if is_section_mark(mark));
    if row.marked_header && enough && told && !is_section && (dense || below_header) {
        return true;
    }
    if !below_header {
        return (enough || stands_over_values(sheet, index))
            && dense
            && (filled.len() >= 2
                || sheet.rows.len() > 1 && heads == filled.len() && row.printed == 1);
    }
    // Below a header: the first columns, which number and name the rows, stay blank; or else heads
    // stand under blank heads.
    let above = &sheet.rows[index - 1];
    let names_blank = first_columns(&sheet.rows[0])
        .into_iter()
        .all(|c| row.at(c).is_none_or(SheetCell::is_blank));
    let under_blank =
        filled.iter().any(|cell| above.at(cell.column).is_none_or(SheetCell::is_blank));
    let groups = names_blank && (stands_over_values(sheet, index) || parts_heads(above, row));
    groups || enough && (names_blank || (under_blank && heads * 4 >= filled.len() * 3))
}

/// Whether a row parts the wide heads above it and nothing else: words under nearly all the columns
/// of each, the blanks behind it included, and blanks under every head of one column.
fn parts_heads(above: &SheetRow, row: &SheetRow) -> bool {
    let is_filled = |row: &SheetRow, c: usize| row.at(c).is_some_and(|cell| !cell.is_blank());
    let starts: Vec<usize> = above.filled().map(|cell| cell.column).collect();
    let ends = starts.iter().skip(1).copied().chain([above.printed]);
    let (mut wide, mut parted) = (0, 0);
    for (&start, end) in starts.iter().zip(ends) {
        let filled = (start..end).filter(|c| is_filled(row, *c)).count();
        let is_wide = end - start > 1;
        if (is_wide && filled < 2) || (!is_wide && filled > 0) {
            return false;
        }
        wide += if is_wide { end - start } else { 0 };
        parted += filled;
    }
    let first = starts.first().copied().unwrap_or(0);
    parted > 0
        && parted * 4 >= wide * 3
        && (0..first).all(|c| !is_filled(row, c))
        && row.filled().all(|cell| cell.kind == CellKind::Text)
}

/// Whether most words of a row stand over values: whatever they say, they are heads.
fn stands_over_values(sheet: &Sheet, index: usize) -> bool {
    let row = &sheet.rows[index];
    let below = &sheet.rows[index + 1..];
    let below = &below[..below.len().min(10)];
    let over_values = row
        .filled()
        .filter(|cell| !cell.kind.is_value() && cell.kind != CellKind::Blank)
        .filter(|cell| {
            let kinds = below.iter().filter_map(|r| r.at(cell.column)).filter(|c| !c.is_blank());
            let (values, all) = kinds.fold((0, 0), |(values, all), c| {
                (values + usize::from(c.kind.is_value()), all + 1)
            });
            all > 0 && values * 2 > all
        })
        .count();
    below.len() >= 2 && over_values >= 2 && over_values * 2 >= row.filled().count()
}

/// The column under the first head, and the one after it if the first only numbers the rows.
fn first_columns(header: &SheetRow) -> Vec<usize> {
    let mut heads = header.filled().filter(|cell| cell.colspan == 1);
    let Some(first) = heads.next() else { return Vec::new() };
    let holds = expects(std::slice::from_ref(&first.text));
    let mut columns = vec![first.column];
    if matches!(holds, Holds::Ordinal | Holds::Code) {
        columns.extend(heads.next().map(|second| second.column));
    }
    columns
}

#[cfg(test)]
mod tests {
    use laras_model::{Fragment, RawCell, RawRow, TableStyle};

    use super::*;
    use crate::head_paths::paths;
    use crate::sheet::sheet;

    fn fragment(lines: &[&str]) -> Sheet {
        let row = |line: &&str| RawRow {
            cells: line
                .split('|')
                .map(|text| RawCell {
                    text: text.into(),
                    colspan: 1,
                    rowspan: 1,
                    ..RawCell::default()
                })
                .collect(),
            ..RawRow::default()
        };
        let rows = lines.iter().map(row).collect();
        sheet(Fragment { style: TableStyle::Tabs, rows }, &mut laras_number::Reader::default())
    }

    fn check(lines: &[&str], want_rows: usize, want: &[&str]) {
        let sheet = fragment(lines);
        let shapes = header_shapes(&sheet);
        assert_eq!(shapes.len(), want_rows, "{shapes:?}");
        let heads: Vec<&SheetRow> = sheet
            .rows
            .iter()
            .zip(&shapes)
            .filter_map(|(row, shape)| (*shape == RowShape::Header).then_some(row))
            .collect();
        let got: Vec<String> =
            paths(&heads, sheet.rows[0].printed).iter().map(|p| p.join("/")).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn flattened_heads_find_their_parents() {
        check(
            &[
                "No|Program dan Kegiatan|Anggaran||",
                "||Target|Realisasi|(%)",
                "1|2|3|4|5",
                "1|Program A|0|0|0",
            ],
            3,
            &[
                "No",
                "Program dan Kegiatan",
                "Anggaran/Target",
                "Anggaran/Realisasi",
                "Anggaran/(%)",
            ],
        );
        check(
            &[
                "TUJUAN|SASARAN|PROGRAM||||KEGIATAN|",
                "||URAIAN|Target|RENCANA (%)||URAIAN|Target",
                "||||TW.1|TW.2||",
                "Meningkatnya toleransi|x|Program A|75%|-|75%|Fasilitasi|2 Keg",
            ],
            3,
            &[
                "TUJUAN",
                "SASARAN",
                "PROGRAM/URAIAN",
                "PROGRAM/Target",
                "PROGRAM/RENCANA (%)/TW.1",
                "PROGRAM/RENCANA (%)/TW.2",
                "KEGIATAN/URAIAN",
                "KEGIATAN/Target",
            ],
        );
    }

    #[test]
    fn words_that_part_every_wide_head_are_heads() {
        let head = "NO|KEGIATAN|PELAKSANA||MUTU||KET";
        let body = ["1|Membentuk tim|x||Surat|1 hari|", "2|Memeriksa konsep||x|Konsep|3 hari|"];
        let parted = "||KABAN|KASUBBAG TU|Kelengkapan|Lama|";
        check(
            &[head, parted, body[0], body[1]],
            2,
            &[
                "NO",
                "KEGIATAN",
                "PELAKSANA/KABAN",
                "PELAKSANA/KASUBBAG TU",
                "MUTU/Kelengkapan",
                "MUTU/Lama",
                "KET",
            ],
        );
        // One blank under a wide head, or a word under a narrow one: a row like any other.
        let blank = ["NO", "KEGIATAN", "PELAKSANA", "", "MUTU", "", "KET"];
        for row in ["||KABAN||Kelengkapan|Lama|", "||KABAN|KASUBBAG TU|Kelengkapan|Lama|ya"] {
            check(&[head, row, body[0], body[1]], 1, &blank);
        }
    }

    #[test]
    fn a_head_may_be_wrapped_over_rows() {
        check(
            &[
                "NO|URAIAN|PAGU|REALISASI||",
                "||ANGGARAN|ANGGARAN 2019||",
                "||2019|Rp|%|",
                "1|BELANJA GAJI|1.149.223.000|841.551.351|73,23|",
            ],
            3,
            &[
                "NO",
                "URAIAN",
                "PAGU/ANGGARAN/2019",
                "REALISASI/ANGGARAN 2019/Rp",
                "REALISASI/ANGGARAN 2019/%",
                "",
            ],
        );
    }

    #[test]
    fn names_are_no_heads() {
        check(
            &[
                "Uraian|K|Rp",
                "Program Pelayanan Administrasi Perkantoran||",
                "Kegiatan A|4|5.000.000",
            ],
            1,
            &["Uraian", "K", "Rp"],
        );
        check(&["1|Program A|75%", "2|Program B|80%"], 0, &["", "", ""]);
        // A page that goes on with what has a code and no value of its own.
        let page = [
            "7.01.03.2.01|Koordinasi Kegiatan|Jumlah desa|||",
            "7.01.03.2.01.01|Partisipasi|Jumlah desa|23 Desa|22 Desa|95,65",
            "7.01.03.2.01.04|Lomba Desa|Jumlah kegiatan|5 Kali|2 Kali|40,00",
        ];
        check(&page, 0, &["", "", "", "", "", ""]);
    }
}

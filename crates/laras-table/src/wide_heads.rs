//! Heads put under the wide heads that they part.
//!
//! Where the heads beside a wide one reach down to its parts, and a converter loses that, the parts
//! stand at the left edge of their row and blanks fill it up. They are as many as the columns of the
//! wide heads above.

use std::ops::Range;

use crate::head_words::is_head;
use crate::kind::CellKind;
use crate::sheet::{SheetCell, SheetRow};

/// Rows of heads below the first that are looked at.
const MOST: usize = 3;
/// Fewest heads that are moved together.
const FEWEST: usize = 2;

/// How many more columns of values another place must have.
const BETTER: usize = 2;
/// Rows below that tell what columns hold.
const ROWS_BELOW: usize = 10;
/// Fewest parts of one head that are moved by their even steps.
const FEWEST_ALONE: usize = 3;

/// Moves the rows of parts below the first row of a table, if it is one of heads.
pub(crate) fn part_wide_heads(rows: &mut [SheetRow]) {
    let Some(first) = rows.first() else { return };
    let is_text = |cell: &SheetCell| cell.kind == CellKind::Text || is_head(cell);
    if first.filled().count() < FEWEST || !first.filled().all(is_text) {
        return;
    }
    let mut known = None;
    for at in 1..rows.len().min(MOST + 1) {
        let parted_alone = |rows: &[SheetRow]| parted_alone(&rows[at], &rows[at - 1]);
        let Some(parts) = parts(&rows[at]) else {
            if let Some(to) = parted_alone(rows) {
                shift(&mut rows[at], to);
            }
            continue;
        };
        let known = known.get_or_insert_with(|| wide_columns(&rows[0]));
        let own = wide_columns(&rows[at - 1]);
        let next = rows.get(at + 1).and_then(self::parts);
        let as_wide = |wide: &&Vec<usize>| parts == wide.len();
        // Parts that are parted themselves, the last of them by blanks.
        let is_upper = |wide: &&Vec<usize>| parts < wide.len() && next == Some(wide.len());
        let exact = known.iter().chain(&own).find(as_wide);
        let exact =
            exact.filter(|columns| are_heads(&rows[at]) || hold_values(columns, &rows[at..]));
        let Some(columns) = exact.or_else(|| known.iter().find(is_upper)) else {
            let to =
                parted_alone(rows).or_else(|| parted_with_narrow(parts, &known[1], &rows[at..]));
            if let Some(to) = to {
                shift(&mut rows[at], to);
            }
            continue;
        };
        if columns.iter().copied().eq(0..columns.len()) {
            continue;
        }
        place(&mut rows[at], columns);
        if own.iter().any(|own| own == columns) {
            *known = own;
        }
    }
}

/// Whether the rows below the first of these hold values in most of the columns.
fn hold_values(columns: &[usize], rows: &[SheetRow]) -> bool {
    let holds = |column: &&usize| mostly(**column, rows, CellKind::is_value);
    columns.iter().filter(holds).count() * 2 > columns.len()
}

/// Whether the rows below the first of these hold mostly such cells in a column.
fn mostly(column: usize, rows: &[SheetRow], is: impl Fn(CellKind) -> bool) -> bool {
    let below = rows.iter().skip(1).take(ROWS_BELOW);
    let cells = below.filter_map(|row| row.at(column)).filter(|cell| !cell.is_blank());
    let (values, all) =
        cells.fold((0, 0), |(values, all), c| (values + usize::from(is(c.kind)), all + 1));
    values * 2 > all
}

/// The column of the only one of the wide heads above that is as wide as the parts in a row together,
/// where these stand under parts of others: `I`, `II`, `III` and `IV` that lost what was in front of them.
fn parted_alone(row: &SheetRow, above: &SheetRow) -> Option<usize> {
    let filled: Vec<&SheetCell> = row.filled().collect();
    let step = filled.get(1)?.column - filled[0].column;
    let is_even = filled.windows(2).all(|pair| pair[1].column - pair[0].column == step);
    if filled.len() < FEWEST_ALONE || !is_even || !are_heads(row) {
        return None;
    }
    let wide = wide_heads(above, false);
    let here = filled[0].column..filled[0].column + step * filled.len();
    let tiles = |head: &Range<usize>| head.start >= here.start && head.end <= here.end;
    let tiled: usize = wide.iter().filter(|head| tiles(head)).map(Range::len).sum();
    let mut as_wide = wide.iter().filter(|head| head.len() == here.len());
    let (Some(head), None) = (as_wide.next(), as_wide.next()) else { return None };
    (tiled != here.len()).then_some(head.start)
}

/// The column of the first of so many parts that stand under all wide heads and under narrow ones
/// beside them, where the rows below hold values in clearly more of these columns than in those that
/// the parts stand over.
fn parted_with_narrow(parts: usize, wide: &[usize], rows: &[SheetRow]) -> Option<usize> {
    if !are_heads(&rows[0]) {
        return None;
    }
    let (first, last) = (*wide.first()?, *wide.last()?);
    let narrow = parts.checked_sub(last + 1 - first)?;
    let fit = |from: usize| {
        (from..from + parts).filter(|c| mostly(*c, rows, CellKind::is_number)).count()
    };
    let width = rows[0].printed;
    let places = first.saturating_sub(narrow)..=first.min(width.checked_sub(parts)?);
    let best = places.max_by_key(|from| (fit(*from), usize::MAX - *from))?;
    (fit(best) >= fit(0) + BETTER).then_some(best)
}

/// Moves all heads of a row so far that the first stands in this column.
fn shift(row: &mut SheetRow, to: usize) {
    let Some(from) = row.filled().next().map(|cell| cell.column) else { return };
    row.cells.retain(|cell| !cell.is_blank());
    for cell in &mut row.cells {
        cell.column = cell.column - from + to;
    }
}

/// The columns under the heads that are wider than one: with the blanks behind the last head, which
/// may belong to it, and without them, which may fill the row up.
fn wide_columns(row: &SheetRow) -> [Vec<usize>; 2] {
    [true, false].map(|to_end| wide_heads(row, to_end).into_iter().flatten().collect())
}

/// The heads that are wider than one column, by their spans or by blanks behind them.
fn wide_heads(row: &SheetRow, to_end: bool) -> Vec<Range<usize>> {
    let filled: Vec<&SheetCell> = row.filled().collect();
    let mut heads = Vec::new();
    for (at, cell) in filled.iter().enumerate() {
        let span = cell.column + usize::from(cell.colspan);
        let last = if to_end { row.printed } else { span };
        let end = filled.get(at + 1).map_or(last, |next| next.column);
        let are_blank = (span..end).all(|column| row.at(column).is_some());
        let end = if are_blank { end } else { span };
        if end > cell.column + 1 {
            heads.push(cell.column..end);
        }
    }
    heads
}

/// Columns that the heads at the left edge of a row take, if it holds nothing else.
fn parts(row: &SheetRow) -> Option<usize> {
    let heads = leading(row);
    let is_part = heads >= FEWEST
        && row.cells[0].column == 0
        && row.cells[..heads].iter().all(|cell| cell.kind == CellKind::Text || is_head(cell))
        && row.cells[heads..].iter().all(SheetCell::is_blank);
    is_part.then(|| row.cells[..heads].iter().map(|cell| usize::from(cell.colspan)).sum())
}

fn are_heads(row: &SheetRow) -> bool {
    row.filled().all(is_head)
}

fn leading(row: &SheetRow) -> usize {
    row.cells.iter().take_while(|cell| !cell.is_blank()).count()
}

fn place(row: &mut SheetRow, columns: &[usize]) {
    row.cells.truncate(leading(row));
    let mut taken = 0;
    for cell in &mut row.cells {
        cell.column = columns[taken];
        taken += usize::from(cell.colspan);
    }
}

#[cfg(test)]
mod tests {
    use laras_model::{Fragment, RawCell, RawRow, TableStyle};
    use laras_number::Reader;

    use crate::sheet::sheet;

    /// The columns of the heads in the second and third row; `2×` before a head is its span.
    fn columns(rows: &[&str]) -> [Vec<usize>; 2] {
        let cell = |text: &str| {
            let (colspan, text) = match text.split_once('×') {
                Some((span, text)) => (span.parse().expect("a number"), text),
                None => (1, text),
            };
            RawCell { text: text.into(), colspan, rowspan: 1, ..RawCell::default() }
        };
        let row = |text: &&str| RawRow {
            cells: text.split('|').map(cell).collect(),
            is_header: true,
            ..RawRow::default()
        };
        let fragment = Fragment { style: TableStyle::Html, rows: rows.iter().map(row).collect() };
        let made = sheet(fragment, &mut Reader::default());
        [1, 2].map(|at| made.rows[at].filled().map(|cell| cell.column).collect())
    }

    #[test]
    fn parts_stand_under_what_they_part() {
        let values = "1|Rapat|4|900|5|800";
        let found = columns(&["No|Program|2×2021|2×2022", "Target|Rp|Target|Rp||", values]);
        assert_eq!(found[0], [2, 3, 4, 5]);
        let found = columns(
            &["No|Program|Tahun 2021||Tahun 2022||Ket", "Target|Rp|Target|Rp|||"]
                .iter()
                .chain(&[values])
                .copied()
                .collect::<Vec<_>>(),
        );
        assert_eq!(found[0], [2, 3, 4, 5]);
        // Two rows of parts, the upper one with a blank at its end.
        let found = columns(&["No|Program|Target||||", "2×2021|2022||||", "K|Rp|K|Rp||"]);
        assert_eq!(found, [vec![0, 2], vec![0, 1, 2, 3]], "the last head may be a narrow one");
        let found = columns(&["No|Program|Target||||Ket", "2×2021|2022||||", "K|Rp|K|Rp|||"]);
        assert_eq!(found, [vec![2, 4], vec![2, 3, 4, 5]]);
    }

    #[test]
    fn parts_of_one_head_that_lost_what_was_in_front() {
        let heads = "No|Program|Target||Pagu||Realisasi Triwulan||||||||Ket";
        let found = columns(&[heads, "||I||II||III||IV|||||||", "1|A|1|2|3|4|5|6|7|8|9|1|2|3|4"]);
        assert_eq!(found[0], [6, 8, 10, 12]);
        let heads = "No|Program|Target||Pagu||8×Realisasi Triwulan|Ket";
        let found = columns(&[heads, "2×I|2×II|2×III|2×IV|||||||", "1|A|1|2|3|4|5|6|7|8|9|1|2"]);
        assert_eq!(found[0], [6, 8, 10, 12]);
    }

    #[test]
    fn blanks_behind_the_last_head_may_be_its() {
        let found = columns(&["No|Desa|Penduduk|||Lembaga|", "L|P|L+P|RT|RW||", "1|A|9|9|18|3|2"]);
        assert_eq!(found[0], [2, 3, 4, 5, 6]);
        let found = columns(&["No|Uraian|Pendidikan|||Ket|", "S2|S1|D3||||", "1|A|9|9|18||"]);
        assert_eq!(found[0], [2, 3, 4]);
    }

    #[test]
    fn a_narrow_head_may_have_a_part_too() {
        let heads = "No|Indikator|SPM|3×Target|2×Capaian|Proyeksi|Catatan";
        let years = "2021|2022|2023|2021|2022|2024||||";
        let found = columns(&[heads, years, "1|Indeks|-|84|86|88|85|86|88|"]);
        assert_eq!(found[0], [3, 4, 5, 6, 7, 8]);
    }

    #[test]
    fn what_stands_right_stays() {
        let heads = "No|Program|Target||||Pagu||||Triwulan||||||||Ket";
        let found = columns(&[heads, "||2021||2022||2021||2022||||||||||", "1|A|1|2|3|4|5|6|7"]);
        assert_eq!(found[0], [2, 4, 6, 8]);
        let found = columns(&["No|Program|2×2021|2×2022", "||Target|Rp|Target|Rp", "1|A|1|2|3|4"]);
        assert_eq!(found[0], [2, 3, 4, 5]);
        let found = columns(&["No|Program|2×2021|2×2022", "1|Rapat|4|900||", "2|A|1|2|3|4"]);
        assert_eq!(found[0], [0, 1, 2, 3]);
    }
}

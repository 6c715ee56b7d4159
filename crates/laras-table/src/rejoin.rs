//! Rows cut in two by page breaks, and names that ran together, made whole.

use laras_model::{Flag, TableNote};

use crate::header::words;
use crate::joint_words;
use crate::kind::CellKind;
use crate::names::KnownNames;
use crate::sheet::{SheetCell, SheetRow};

/// A body row while its table is being put together.
#[derive(Clone, Debug)]
pub(crate) struct BodyRow {
    pub(crate) row: SheetRow,
    /// Which piece of the table it came from.
    pub(crate) piece: usize,
    /// Whether it is the first row after a break between pieces.
    pub(crate) after_break: bool,
    pub(crate) margin: f64,
    pub(crate) flags: Vec<Flag>,
}

impl BodyRow {
    fn has_values(&self) -> bool {
        self.row.filled().any(|cell| cell.kind.is_value())
    }
}

/// Evidence from which two rows are one.
const JOIN: f64 = 3.0;

/// Joins rows that go on after a break with the row they go on.
pub(crate) fn join_cut_rows(
    rows: Vec<BodyRow>,
    names: &KnownNames<'_>,
    notes: &mut Vec<TableNote>,
) -> Vec<BodyRow> {
    let habits = Habits::of(&rows);
    join(rows, notes, |above, row| {
        let evidence = evidence(above, row, &habits, names);
        (evidence >= JOIN).then(|| {
            let (below, above) = (row.row.place.cited(), above.row.place.cited());
            format!("line {below} goes on line {above} (evidence {evidence:.1} of {JOIN:.0})")
        })
    })
}

/// Joins, while cells still stand where they are printed, rows whose numbers a page cut through:
/// every cell below is the rest of the one above it.
pub(crate) fn join_cut_numbers(rows: Vec<BodyRow>, notes: &mut Vec<TableNote>) -> Vec<BodyRow> {
    join(rows, notes, |above, row| {
        (row.after_break && numbers_go_on(above, row)).then(|| {
            let (below, above) = (row.row.place.cited(), above.row.place.cited());
            format!("line {below} holds the rest of numbers on line {above}")
        })
    })
}

/// Joins rows to those above them, where a reason is given for it.
fn join(
    rows: Vec<BodyRow>,
    notes: &mut Vec<TableNote>,
    reason: impl Fn(&BodyRow, &BodyRow) -> Option<String>,
) -> Vec<BodyRow> {
    let mut joined: Vec<BodyRow> = Vec::with_capacity(rows.len());
    for row in rows {
        match joined.last_mut().and_then(|above| Some((reason(above, &row)?, above))) {
            Some((text, above)) => {
                let code = "row.joined".to_owned();
                notes.push(TableNote { row: Some(row.row.place.line), code, text });
                append(above, row);
            }
            None => joined.push(row),
        }
    }
    joined
}

/// What the rows of a table usually hold.
struct Habits {
    rows: usize,
    mostly_valued: bool,
    numbered: bool,
    /// For each column, rows that state values and have nothing there.
    bare: Vec<usize>,
    /// For each column, rows that have a text there and state no value.
    unvalued: Vec<usize>,
}

impl Habits {
    fn of(rows: &[BodyRow]) -> Self {
        let cells = rows.iter().flat_map(|row| &row.row.cells);
        let width = cells.map(|cell| cell.column + 1).max().unwrap_or(0);
        let (mut valued, mut numbered) = (0, 0);
        let (mut bare, mut unvalued) = (vec![0; width], vec![0; width]);
        for row in rows {
            let has_values = row.has_values();
            valued += usize::from(has_values);
            numbered += usize::from(has_number(&row.row));
            for (column, cell) in row.row.by_column(width).into_iter().enumerate() {
                let is_filled = cell.is_some_and(|cell| !cell.is_blank());
                bare[column] += usize::from(has_values && !is_filled);
                unvalued[column] += usize::from(!has_values && is_filled);
            }
        }
        Self {
            rows: rows.len(),
            mostly_valued: valued * 10 >= rows.len() * 7,
            numbered: numbered * 10 >= rows.len() * 6,
            bare,
            unvalued,
        }
    }

    /// Whether hardly a row states values without this column, or this column without values.
    fn go_together(&self, column: usize) -> bool {
        let seldom = |counts: &[usize]| {
            counts.get(column).is_some_and(|count| count.saturating_sub(1) * 10 <= self.rows)
        };
        seldom(&self.bare) && seldom(&self.unvalued)
    }
}

/// Whether a row carries an ordinal of its own, in a cell or before its name.
fn has_number(row: &SheetRow) -> bool {
    row.filled().next().is_some_and(|cell| {
        matches!(cell.kind, CellKind::Ordinal | CellKind::Integer | CellKind::Code)
            || begins_with_mark(&cell.text)
    })
}

/// `1. `, `a. `, `- `.
pub(crate) fn begins_with_mark(text: &str) -> bool {
    text.starts_with("- ")
        || text.split_once(['.', ')']).is_some_and(|(mark, rest)| {
            (1..=3).contains(&mark.len())
                && mark.bytes().all(|b| b.is_ascii_alphanumeric())
                && rest.starts_with(|c: char| c == ' ' || c.is_ascii_digit())
        })
}

/// What speaks for a row going on the one above it.
fn evidence(above: &BodyRow, row: &BodyRow, habits: &Habits, names: &KnownNames<'_>) -> f64 {
    let texts: Vec<_> = row.row.filled().collect();
    if row.after_break && goes_on_with_code(above, &texts) {
        return JOIN + 1.0;
    }
    if texts.is_empty()
        || texts.iter().any(|c| c.kind != CellKind::Text && c.kind != CellKind::Criterion)
    {
        return f64::MIN;
    }
    // Every piece must go on a text of the same column.
    let over = |column: usize| above.row.at(column);
    let halves = row.after_break
        && row.row.is_fixed
        && above.has_values()
        && texts.iter().all(|c| over(c.column).is_none_or(SheetCell::is_blank))
        && texts.iter().any(|c| habits.go_together(c.column));
    if halves {
        // A name in the middle of a cell that the page break cuts stands on one side of it, the
        // values on the other.
        return JOIN;
    }
    if !texts.iter().all(|c| over(c.column).is_some_and(|a| a.kind == CellKind::Text)) {
        return f64::MIN;
    }
    let main = texts.iter().max_by_key(|c| c.text.len()).copied();
    let Some(second) = main else { return f64::MIN };
    let Some(first) = above.row.at(second.column) else { return f64::MIN };
    let mut sum = 0.0;
    if row.after_break {
        sum += 1.5;
    }
    if habits.mostly_valued && above.has_values() {
        sum += 1.0;
    }
    if row.after_break && row.row.is_fixed && texts.len() > 1 {
        // Lines know the columns: several cells are cut at once where a row is.
        sum += 1.5;
    }
    let name = above.row.filled().find(|c| c.kind == CellKind::Text).map(|c| c.column);
    if row.after_break
        && row.row.is_fixed
        && name.is_some_and(|name| texts.iter().all(|c| c.column > name))
    {
        // It names nothing of its own.
        sum += 1.5;
    }
    if second.text.starts_with(|c: char| c.is_lowercase() || c == ')') {
        sum += if begins_with_mark(&second.text) { 0.0 } else { 2.5 };
    }
    let open = |text: &str| text.matches('(').count() > text.matches(')').count();
    if open(&first.text) && second.text.contains(')') {
        sum += 1.5;
    }
    if first.text.ends_with(['-', '/', ',', '&']) || ends_in_link_word(&first.text) {
        sum += 1.5;
    }
    if habits.numbered && has_number(&above.row) && !has_number(&row.row) {
        sum += 1.0;
    }
    if begins_with_mark(&second.text) {
        sum -= 3.0;
    }
    if is_total_word(&second.text) || second.text.to_lowercase().starts_with("program ") {
        sum -= 3.0;
    }
    let whole = format!("{} {}", first.text, second.text);
    match (names.knows_whole(&whole), names.knows(&first.text), names.knows(&second.text)) {
        (true, false, _) => sum += 2.5,
        (true, true, false) => sum += 1.5,
        (false, _, true) => sum -= 2.5,
        _ => {}
    }
    sum
}

/// Whether a row begins with the rest of the code that the row above it breaks off in, and states
/// nothing else but texts.
fn goes_on_with_code(above: &BodyRow, texts: &[&SheetCell]) -> bool {
    let Some((code, rest)) = texts.split_first() else { return false };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let cut = above.row.at(code.column).is_some_and(|a| {
        a.text.ends_with('.') && a.text.len() >= 4 && a.text.contains('.') && digits(&a.text)
    });
    let is_words = |c: &&SheetCell| matches!(c.kind, CellKind::Text | CellKind::Criterion);
    cut && digits(&code.text) && code.text.len() <= 8 && rest.iter().all(is_words)
}

fn is_total_word(text: &str) -> bool {
    words(text).next().is_some_and(|word| {
        joint_words::words("total").chain(joint_words::words("average")).any(|known| known == word)
    })
}

/// Words after which a name always goes on.
fn ends_in_link_word(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or("").to_lowercase();
    joint_words::words("link").any(|link| link == last)
}

fn numbers_go_on(above: &BodyRow, row: &BodyRow) -> bool {
    let mut cut = 0;
    let goes_on = row.row.filled().all(|cell| {
        let Some(over) = above.row.at(cell.column) else { return false };
        let number = is_cut_number(&over.text, &cell.text);
        cut += usize::from(number);
        number || (cell.kind == CellKind::Text && over.kind == CellKind::Text)
    });
    goes_on && cut > 0 && above.row.printed == row.row.printed
}

/// Whether the second text goes on a number that the first breaks off in, so that both together
/// have whole groups of thousands: `46.500.000.0` and `00`, `9.85` and `0.000`; or is the rest
/// behind a comma, `61,` and `00`, or its percent sign.
fn is_cut_number(first: &str, second: &str) -> bool {
    let numeric = |text: &str| {
        text.bytes().any(|b| b.is_ascii_digit())
            && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
    };
    if second == "%" {
        return numeric(first) && !first.ends_with(['.', ',']);
    }
    if !numeric(first) || !numeric(second) || !first.contains(['.', ',']) {
        return false;
    }
    let is_groups = |text: &str, mark: char| {
        let mut groups = text.split(mark);
        groups.next().is_some_and(|g| (1..=3).contains(&g.len()) && g.parse::<u16>().is_ok())
            && groups.all(|g| g.len() == 3 && g.parse::<u16>().is_ok())
    };
    let whole = format!("{first}{second}");
    let broken = |mark| is_groups(&whole, mark) && !is_groups(first, mark);
    // Marks of both kinds: what is left must fill the last group.
    let last = first.rsplit(['.', ',']).next().map_or(0, str::len);
    let fills_last = last < 3 && last + second.len() == 3 && !second.contains(['.', ',']);
    broken('.') || broken(',') || fills_last || first.ends_with(',') && second.len() <= 2
}

/// Two halves of a text: a wrapped word keeps its hyphen, cut codes and numbers close up, everything
/// else gets a space.
pub(crate) fn joined_text(first: &str, second: &str) -> String {
    let hyphen =
        first.ends_with('-') && !first.ends_with(" -") && second.starts_with(char::is_lowercase);
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let code = first.ends_with('.') && first.len() >= 4 && digits(first) && digits(second);
    if hyphen || code || first.is_empty() || is_cut_number(first, second) {
        format!("{first}{second}")
    } else {
        format!("{first} {second}")
    }
}

fn append(above: &mut BodyRow, row: BodyRow) {
    for cell in row.row.cells {
        if cell.is_blank() {
            continue;
        }
        let after = above.row.cells.partition_point(|c| c.column < cell.column);
        match above.row.cells.get_mut(after) {
            Some(target) if target.column == cell.column && target.is_blank() => *target = cell,
            Some(target) if target.column == cell.column => {
                target.set_text(joined_text(&target.text, &cell.text));
                target.place = target.place.joined(&cell.place);
            }
            _ => above.row.cells.insert(after, cell),
        }
    }
    if !above.flags.contains(&Flag::NameJoined) {
        above.flags.push(Flag::NameJoined);
    }
    above.flags.extend(row.flags);
}

/// Parts names that ran together: the cell begins with a known name, and its rest with the text of
/// the next row is a known name too.
pub(crate) fn part_merged_names(
    rows: &mut [BodyRow],
    names: &KnownNames<'_>,
    notes: &mut Vec<TableNote>,
) {
    for i in 0..rows.len().saturating_sub(1) {
        let (upper, lower) = rows.split_at_mut(i + 1);
        let (above, below) = (&mut upper[i], &mut lower[0]);
        if !(above.has_values() && below.has_values()) {
            continue;
        }
        for c in 0..above.row.cells.len() {
            let SheetCell { text, kind, column, place, .. } = &above.row.cells[c];
            if *kind != CellKind::Text {
                continue;
            }
            let is_below = |n: &&mut SheetCell| n.column == *column && n.kind == CellKind::Text;
            let Some(next) = below.row.cells.iter_mut().find(is_below) else { continue };
            if names.knows(text) {
                continue;
            }
            let Some(at) = names.cut(text, &next.text) else { continue };
            let (first, rest) = (text[..at].trim().to_owned(), text[at..].trim());
            notes.push(TableNote {
                row: None,
                code: "name.split".to_owned(),
                text: format!(
                    "'{rest}' on line {} begins the name of line {}",
                    place.cited(),
                    next.place.cited()
                ),
            });
            next.set_text(joined_text(rest, &next.text));
            above.row.cells[c].set_text(first);
            above.flags.push(Flag::NameSplit);
            below.flags.push(Flag::NameJoined);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_of_a_number_completes_its_last_group() {
        for (first, second, cut) in [
            ("46.500.000.0", "00", true),
            ("5.00", "0", true),
            ("9.85", "0.000", true),
            ("210.", "000.000", true),
            ("61,", "00", true),
            ("44", "%", true),
            ("12,500", "000", false),
            ("98,4", "12.500", false),
            ("1,250,000.", "000", true),
            ("5.000", "0", false),
            ("12,5", "0", false),
            ("7.01.01.2", "06.05", false),
            ("Program", "00", false),
        ] {
            assert_eq!(is_cut_number(first, second), cut, "{first} {second}");
        }
        assert_eq!(joined_text("46.500.000.0", "00"), "46.500.000.000");
        assert_eq!(joined_text("7.01.01.2.", "06.05"), "7.01.01.2.06.05");
        assert_eq!(joined_text("Penyediaan Barang", "Cetakan"), "Penyediaan Barang Cetakan");
    }
}

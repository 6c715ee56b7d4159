//! Rows cut in two by page breaks, made whole.

use laras_model::{Flag, Flags, TableNote};

use crate::cut::{CodeShapes, is_cut_number, joined_text};
use crate::head_words::words;
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
    pub(crate) flags: Flags,
}

impl BodyRow {
    pub(crate) fn has_values(&self) -> bool {
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
    if !rows.iter().any(may_go_on) {
        return rows;
    }
    let habits = Habits::of(&rows);
    join(rows, notes, |above, row| {
        if !may_go_on(row) {
            return None;
        }
        let evidence = evidence(above, row, &habits, names);
        (evidence >= JOIN).then(|| {
            let (below, above) = (row.row.place.cited(), above.row.place.cited());
            format!("line {below} goes on line {above} (evidence {evidence:.1} of {JOIN:.0})")
        })
    })
}

/// Joins, while cells still stand where they are printed, rows that a page cut through numbers or
/// before the number at the end of a name.
pub(crate) fn join_cut_numbers(rows: Vec<BodyRow>, notes: &mut Vec<TableNote>) -> Vec<BodyRow> {
    let are_cut = |pair: &[BodyRow]| {
        let [above, row] = pair else { return false };
        above.row.printed == row.row.printed && numbers_cut(above, row) > 1
    };
    if !rows.iter().any(|row| row.after_break) && !rows.windows(2).any(are_cut) {
        return rows;
    }
    let wordless = Wordless::of(&rows);
    join(rows, notes, |above, row| {
        if above.row.printed != row.row.printed {
            return None;
        }
        let (below, line) = (row.row.place.cited(), above.row.place.cited());
        // Where no page ends one number can be a slip of the pen.
        if numbers_cut(above, row) > usize::from(!row.after_break) {
            return Some(format!("line {below} holds the rest of numbers on line {line}"));
        }
        (row.after_break && ends_with_number(above, row, &wordless))
            .then(|| format!("line {below} is the number that ends a name on line {line}"))
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
    codes: CodeShapes,
}

impl Habits {
    fn of(rows: &[BodyRow]) -> Self {
        let cells = rows.iter().flat_map(|row| &row.row.cells);
        let width = cells.map(|cell| cell.column + 1).max().unwrap_or(0);
        let (mut valued, mut numbered) = (0, 0);
        let (mut bare, mut unvalued) = (vec![0; width], vec![0; width]);
        let mut covering = Vec::new();
        // Columns are only asked for where a page break may have cut the lines of a row.
        let asks_columns = rows.iter().any(|row| row.after_break && row.row.is_fixed);
        for row in rows {
            let has_values = row.has_values();
            valued += usize::from(has_values);
            numbered += usize::from(has_number(&row.row));
            if !asks_columns {
                continue;
            }
            row.row.cover(&mut covering, width);
            for (column, cell) in covering.iter().enumerate() {
                let is_filled = cell.is_some_and(|at| !row.row.cells[at].is_blank());
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
            codes: CodeShapes::of(rows),
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

/// Whether a row can go on the one above it: it stands below a break, or holds nothing but texts.
fn may_go_on(row: &BodyRow) -> bool {
    let is_words = |cell: &SheetCell| matches!(cell.kind, CellKind::Text | CellKind::Criterion);
    row.after_break || row.row.filled().all(is_words)
}

/// What speaks for a row going on the one above it.
fn evidence(above: &BodyRow, row: &BodyRow, habits: &Habits, names: &KnownNames<'_>) -> f64 {
    let texts: Vec<_> = row.row.filled().collect();
    if row.after_break && goes_on_with_code(above, &texts, &habits.codes) {
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
fn goes_on_with_code(above: &BodyRow, texts: &[&SheetCell], codes: &CodeShapes) -> bool {
    let Some((code, rest)) = texts.split_first() else { return false };
    let is_words = |c: &&SheetCell| matches!(c.kind, CellKind::Text | CellKind::Criterion);
    above.row.at(code.column).is_some_and(|a| codes.is_cut(code.column, &a.text, &code.text))
        && rest.iter().all(is_words)
}

/// For each piece of a table and each of its columns, rows that have anything but words there;
/// counted where pages break.
struct Wordless(Vec<Vec<usize>>);

impl Wordless {
    fn of(rows: &[BodyRow]) -> Self {
        let mut counts: Vec<Vec<usize>> = Vec::new();
        if rows.iter().any(|row| row.after_break) {
            for row in rows {
                if counts.len() <= row.piece {
                    counts.resize(row.piece + 1, Vec::new());
                }
                let counts = &mut counts[row.piece];
                for cell in row.row.filled().filter(|cell| cell.kind != CellKind::Text) {
                    if counts.len() <= cell.column {
                        counts.resize(cell.column + 1, 0);
                    }
                    counts[cell.column] += 1;
                }
            }
        }
        Self(counts)
    }

    fn count(&self, piece: usize, column: usize) -> usize {
        self.0.get(piece).and_then(|counts| counts.get(column)).copied().unwrap_or(0)
    }
}

/// Whether a row is but the number at the end of a name, `… Pemilu` and `2019`: alone under a text
/// in a column that holds words only.
fn ends_with_number(above: &BodyRow, row: &BodyRow, wordless: &Wordless) -> bool {
    let mut cells = row.row.filled();
    let (Some(number), None) = (cells.next(), cells.next()) else { return false };
    number.kind == CellKind::Integer
        && above.has_values()
        && above.row.at(number.column).is_some_and(|a| a.kind == CellKind::Text)
        && wordless.count(row.piece, number.column) == 1
        && (above.piece == row.piece || wordless.count(above.piece, number.column) == 0)
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

/// The numbers that break off in one row and go on in the next; none where the next says anything else.
fn numbers_cut(above: &BodyRow, row: &BodyRow) -> usize {
    let mut cut = 0;
    let goes_on = row.row.filled().all(|cell| {
        let Some(over) = above.row.at(cell.column) else { return false };
        let number = is_cut_number(&over.text, &cell.text);
        cut += usize::from(number);
        number || (cell.kind == CellKind::Text && over.kind == CellKind::Text)
    });
    if goes_on { cut } else { 0 }
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
    above.flags.insert(Flag::NameJoined);
    above.flags = above.flags.and(row.flags);
}

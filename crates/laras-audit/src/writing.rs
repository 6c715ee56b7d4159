//! How numbers are written: damaged ones, and two conventions in one table.

use std::borrow::Cow;

use laras_model::{Cell, FindingCode, Flag, Observation, Origin, RowShape};

use crate::book::{Book, TableBook};
use crate::draft::Draft;
use crate::dress;

/// Findings about the writing of numbers in tables.
pub(crate) fn drafts(book: &Book<'_>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = book
        .extraction
        .observations
        .iter()
        .enumerate()
        .filter(|(_, o)| o.flags.contains(Flag::NumberMalformed))
        .map(|(at, o)| malformed(at, o))
        .collect();
    drafts.extend(book.tables.iter().filter_map(|table| mixed(book, table)));
    book.tables.iter().for_each(|table| bare(book, table, &mut drafts));
    drafts
}

/// Cells that print a percent sign and no number, in columns whose other cells hold numbers.
fn bare(book: &Book<'_>, table: &TableBook<'_>, drafts: &mut Vec<Draft>) {
    let is_bare = |cell: &Cell| {
        // Most cells begin with a letter or a digit.
        !cell.text.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric)
            && cell.text.trim() == "%"
    };
    if !table.table.rows.iter().flat_map(|row| &row.cells).any(is_bare) {
        return;
    }
    for ((column, measure), numbers) in table.columns.iter() {
        let cells: Vec<(usize, &Cell)> = table
            .table
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.shape == RowShape::Body)
            .filter_map(|(r, row)| Some((r, row.cell(column)?)))
            .filter(|(_, cell)| is_bare(cell))
            .collect();
        // Elsewhere the sign may be the unit, in a place of its own.
        let signed = numbers.iter().all(|at| book.get(*at).raw.ends_with('%'));
        if cells.len() > numbers.len() || !signed {
            continue;
        }
        for (r, cell) in cells {
            let beside = table.rows.get(r as u32).and_then(|row| row.first());
            let Some(beside) = beside.map(|at| book.get(*at)) else { continue };
            let mut draft = Draft::new(FindingCode::NumberMalformed, beside);
            draft.table.clone_from(&beside.table);
            draft.place.clone_from(&cell.place);
            cell.text.as_str().clone_into(&mut draft.printed);
            let row: Vec<&str> = table.table.rows[r]
                .cells
                .iter()
                .map(|cell| cell.text.as_str())
                .filter(|text| text.contains(char::is_alphabetic))
                .collect();
            draft.detail = format!(
                "{measure} printed '{}': the number is missing ({})",
                cell.text,
                row.join(" | ")
            );
            draft.origin = Origin::Source;
            drafts.push(draft);
        }
    }
}

fn malformed(at: usize, o: &Observation) -> Draft {
    let mut draft = Draft::new(FindingCode::NumberMalformed, o);
    draft.table.clone_from(&o.table);
    o.raw.as_str().clone_into(&mut draft.printed);
    draft.computed = dress::value(o);
    draft.detail = format!("{} printed '{}'; read {}", o.measure, o.raw, draft.computed);
    draft.observations = vec![at];
    draft.anchor = Some(at);
    draft
}

/// How the thousands of an amount are parted, where its form tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Thousands {
    Dots,
    Commas,
}

/// Only forms that leave no doubt: two groups of thousands, or one in a whole amount of money.
fn thousands(o: &Observation) -> Option<Thousands> {
    if !o.raw.bytes().any(|b| matches!(b, b'.' | b',')) {
        return None;
    }
    let is_kept = |b: &u8| b.is_ascii_digit() || matches!(b, b'.' | b',');
    let raw = if o.raw.bytes().all(|b| is_kept(&b)) {
        Cow::Borrowed(o.raw.as_str())
    } else {
        Cow::Owned(o.raw.bytes().filter(is_kept).map(char::from).collect())
    };
    let raw = raw.trim_matches(['.', ',']);
    let count = |separator: u8| raw.bytes().filter(|b| *b == separator).count();
    let (dots, commas) = (count(b'.'), count(b','));
    let grouped = |separator: char| {
        let whole = match separator {
            '.' => raw.split(',').next().unwrap_or(raw),
            _ => raw.split('.').next().unwrap_or(raw),
        };
        let mut groups = whole.split(separator);
        groups.next().is_some_and(|g| (1..=3).contains(&g.len())) && groups.all(|g| g.len() == 3)
    };
    match (dots, commas) {
        (2.., 0 | 1) if grouped('.') => Some(Thousands::Dots),
        (0 | 1, 2..) if grouped(',') => Some(Thousands::Commas),
        (1, 0) if o.unit == "IDR" && grouped('.') => Some(Thousands::Dots),
        (0, 1) if o.unit == "IDR" && grouped(',') => Some(Thousands::Commas),
        _ => None,
    }
}

/// Whether some amounts of a table may be parted by dots and others by commas, by how many of these
/// they have: seldom so, and quick to see.
fn may_be_mixed(book: &Book<'_>, table: &TableBook<'_>) -> bool {
    let (mut has_dots, mut has_commas) = (false, false);
    for at in table.rows.values().flatten() {
        let o = book.get(*at);
        let (mut dots, mut commas) = (0, 0);
        for byte in o.raw.bytes() {
            dots += u32::from(byte == b'.');
            commas += u32::from(byte == b',');
        }
        if dots + commas > 0 {
            let least = if o.unit == "IDR" { 1 } else { 2 };
            has_dots |= dots >= least;
            has_commas |= commas >= least;
            if has_dots && has_commas {
                return true;
            }
        }
    }
    false
}

fn mixed(book: &Book<'_>, table: &TableBook<'_>) -> Option<Draft> {
    if !may_be_mixed(book, table) {
        return None;
    }
    let told: Vec<(usize, Thousands)> = table
        .rows
        .values()
        .flatten()
        .filter(|at| !book.get(**at).flags.contains(Flag::NumberMalformed))
        .filter_map(|at| Some((*at, thousands(book.get(*at))?)))
        .collect();
    let dots = told.iter().filter(|(_, t)| *t == Thousands::Dots).count();
    let commas = told.len() - dots;
    if dots == 0 || commas == 0 {
        return None;
    }
    let fewer = if dots < commas { Thousands::Dots } else { Thousands::Commas };
    let of = |kind: Thousands| -> Vec<usize> {
        told.iter().filter(|(_, t)| *t == kind).map(|(at, _)| *at).collect()
    };
    let odd = of(fewer);
    let usual = of(if fewer == Thousands::Dots { Thousands::Commas } else { Thousands::Dots });
    let first = book.get(*odd.first()?);
    let list = |all: &[usize]| {
        let some: Vec<&str> = all.iter().take(4).map(|at| book.get(*at).raw.as_str()).collect();
        some.join(" / ")
    };
    let mut draft = Draft::new(FindingCode::NumberMixed, first);
    draft.table.clone_from(&first.table);
    draft.subject = if table.table.caption.is_empty() {
        first.table.to_string()
    } else {
        table.table.caption.chars().take(80).collect()
    };
    first.raw.as_str().clone_into(&mut draft.printed);
    draft.detail = format!(
        "{} amounts are written like {}, {} like {}",
        odd.len(),
        list(&odd),
        usual.len(),
        list(&usual)
    );
    draft.origin = Origin::Source;
    draft.observations = odd;
    Some(draft)
}

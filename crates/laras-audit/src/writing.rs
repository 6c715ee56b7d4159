//! How numbers are written: damaged ones, and two conventions in one table.

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
fn thousands(raw: &str, is_money: bool) -> Option<Thousands> {
    let raw: String =
        raw.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
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
        (1, 0) if is_money && grouped('.') => Some(Thousands::Dots),
        (0, 1) if is_money && grouped(',') => Some(Thousands::Commas),
        _ => None,
    }
}

/// Whether the thousands of an amount may be parted by a sign: where it has several of these, or one with a
/// group behind it. Of what has not, [`thousands`] tells that they are not.
fn may_be_parted(raw: &str, sign: u8, is_money: impl FnOnce() -> bool) -> bool {
    let Some(first) = raw.bytes().position(|byte| byte == sign) else { return false };
    let behind = &raw.as_bytes()[first + 1..];
    let digits = || behind.iter().filter(|byte| byte.is_ascii_digit()).count();
    behind.contains(&sign) || digits() >= "000".len() && is_money()
}

/// Whether some amounts of a table may be parted by dots and others by commas: seldom so, and quick to
/// see.
fn may_be_mixed(book: &Book<'_>, table: &TableBook<'_>) -> bool {
    let all = || table.rows.values().flatten().map(|at| book.get(*at));
    let some = |sign: u8| all().any(|o| may_be_parted(&o.raw, sign, || is_money(o)));
    some(b'.') && some(b',')
}

fn is_money(o: &Observation) -> bool {
    o.unit == "IDR"
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
        .filter_map(|at| {
            let o = book.get(*at);
            Some((*at, thousands(&o.raw, is_money(o))?))
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_that_tell_are_never_passed() {
        for (raw, is_money, told) in [
            ("1.234.567", false, Some(Thousands::Dots)),
            ("Rp 1,234,567.50", true, Some(Thousands::Commas)),
            ("1.234.567,00", true, Some(Thousands::Dots)),
            ("750.000,-", true, Some(Thousands::Dots)),
            ("750.000", true, Some(Thousands::Dots)),
            ("750,000", true, Some(Thousands::Commas)),
            ("750,000", false, None),
            ("1,..0", false, Some(Thousands::Dots)),
            ("95,42", false, None),
            ("12.5.2020", false, None),
            ("", true, None),
        ] {
            assert_eq!(thousands(raw, is_money), told, "{raw}");
            let [dots, commas] = [b'.', b','].map(|sign| may_be_parted(raw, sign, || is_money));
            assert!(dots || told != Some(Thousands::Dots), "{raw}");
            assert!(commas || told != Some(Thousands::Commas), "{raw}");
        }
    }
}

//! Rows printed twice, and rows whose values stand in each other's place.

use std::collections::{BTreeMap, BTreeSet};

use laras_model::{Decimal, FindingCode, Flag, RowKind};

use crate::book::{Book, TableBook, is_summary};
use crate::draft::Draft;
use crate::dress;

/// Adds the findings about whole rows to those found so far, some of which they explain.
pub(crate) fn drafts(book: &Book<'_>, drafts: &mut Vec<Draft>) {
    let exchanged = exchanged(book, drafts);
    drafts.extend(exchanged);
    for table in &book.tables {
        duplicates(book, table, drafts);
        moved(book, table, drafts);
    }
}

/// Whether two rows say the same, their places aside: columns, periods, plans and values.
fn say_the_same(book: &Book<'_>, above: &[usize], below: &[usize]) -> bool {
    above.len() == below.len()
        && above.iter().zip(below).all(|(above, below)| {
            let (a, b) = (book.get(*above), book.get(*below));
            (a.column, a.measure, a.period, a.variant) == (b.column, b.measure, b.period, b.variant)
                && book.value(*above) == book.value(*below)
                && book.is_nil(*above) == book.is_nil(*below)
        })
}

/// A row that repeats the row before it: same subject, same indicator, same values.
fn duplicates(book: &Book<'_>, table: &TableBook<'_>, drafts: &mut Vec<Draft>) {
    let rows: Vec<&[usize]> = table.rows.values().collect();
    for pair in rows.windows(2) {
        let (above, below) = (pair[0], pair[1]);
        let (Some(first), Some(again)) = (above.first(), below.first()) else { continue };
        let (a, b) = (book.get(*first), book.get(*again));
        let has_values = below.iter().any(|i| !book.number(*i).is_zero());
        let carried = b.flags.contains(Flag::NameCarried);
        let is_same =
            book.texts.trio(*first) == book.texts.trio(*again) && say_the_same(book, above, below);
        if !is_same
            || !has_values
            || carried
            || is_summary(b.row_kind)
            || b.row_kind == RowKind::Kategori
        {
            continue;
        }
        let mut draft = Draft::new(FindingCode::RowDuplicate, b);
        draft.table.clone_from(&b.table);
        let values: Vec<String> = below.iter().map(|i| dress::value(book.get(*i))).collect();
        draft.printed = values.join(" / ");
        draft.detail = format!(
            "the row at {} repeats the row at {}: {}",
            b.place.cited(),
            a.place.cited(),
            draft.printed
        );
        draft.places = vec![a.place.clone()];
        draft.observations = below.to_vec();
        draft.anchor = Some(*again);
        drafts.push(draft);
    }
}

/// Rows that print as many cells as the table has columns, but whose cells had to be moved to stand
/// under their heads: the blanks stand on the wrong side.
fn moved(book: &Book<'_>, table: &TableBook<'_>, drafts: &mut Vec<Draft>) {
    let width = table.table.columns.len() as u32;
    for (r, row) in table.rows.iter() {
        let Some(o) = row.first().map(|i| book.get(*i)) else { continue };
        let Some(printed) = table.table.rows.get(r as usize) else { continue };
        let has = |flag: Flag| o.flags.contains(flag);
        let is_joined = has(Flag::RowJoined) || has(Flag::NameJoined) || has(Flag::NameCarried);
        if !has(Flag::RowAligned) || is_joined || printed.printed_cells != width {
            continue;
        }
        let mut draft = Draft::new(FindingCode::RowDisplaced, o);
        draft.table.clone_from(&o.table);
        let values: Vec<&str> = row.iter().map(|i| book.get(*i).raw.as_str()).collect();
        draft.printed = values.join(" / ");
        draft.detail = format!("{} do not stand under their heads", draft.printed);
        draft.observations = row.to_vec();
        draft.anchor = row.first().copied();
        drafts.push(draft);
    }
}

/// What a row prints, what other tables print for its subject, and the observation.
type Contradicted = Vec<(String, String, usize)>;

/// Rows that print what another table gives to another subject.
fn exchanged(book: &Book<'_>, drafts: &[Draft]) -> Vec<Draft> {
    // What each row prints, and what the other tables print for it.
    let mut rows: BTreeMap<(&str, u32), Contradicted> = BTreeMap::new();
    for draft in drafts.iter().filter(|d| d.code == FindingCode::ConflictTable) {
        let Some(at) = draft.anchor else { continue };
        let o = book.get(at);
        let entry = rows.entry((o.table.as_str(), o.row)).or_default();
        entry.push((draft.printed.clone(), draft.computed.clone(), at));
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let shifted = shifted(book, &rows);
    for ((table, row), own) in &rows {
        let at = own[0].2;
        let several = if own.len() > 1 { owner(book, own) } else { None };
        let Some(owner) = several.or_else(|| shifted.get(&(*table, *row)).copied()) else {
            continue;
        };
        let (a, b) = (book.get(at), book.get(owner));
        let mut draft = Draft::new(FindingCode::RowDisplaced, a);
        draft.table = (*table).into();
        let list = |of: fn(&(String, String, usize)) -> &String| {
            own.iter().map(|v| of(v).as_str()).collect::<Vec<_>>().join(" / ")
        };
        draft.printed = list(|v| &v.0);
        draft.computed = list(|v| &v.1);
        draft.detail = format!(
            "{} are the values of {} ({} {}); its own are {}",
            draft.printed,
            b.name,
            b.table,
            b.place.cited(),
            draft.computed
        );
        draft.places = vec![b.place.clone()];
        draft.observations = own.iter().map(|(_, _, at)| *at).collect();
        draft.anchor = Some(at);
        found.push(draft);
    }
    found
}

/// Fewest rows one after another whose values all belong to other subjects.
const SHIFTED: usize = 3;

/// Rows of a stretch that prints its amounts one row off: each amount is what another table gives to
/// another subject.
fn shifted<'e>(
    book: &Book<'e>,
    rows: &BTreeMap<(&'e str, u32), Contradicted>,
) -> BTreeMap<(&'e str, u32), usize> {
    let theirs = |at: usize| {
        let own = book.get(at);
        let is_large = book.number(at) >= Decimal::from(10_000);
        let is_theirs = |other: &usize| {
            let o = book.get(*other);
            o.table != own.table
                && o.measure == own.measure
                && book.texts.subject(*other) != book.texts.subject(at)
        };
        book.numbers().equals(at).filter(|_| is_large).find(is_theirs)
    };
    let mut shifted = BTreeMap::new();
    let mut run: Vec<((&str, u32), usize)> = Vec::new();
    for (key, own) in rows {
        let owner = own.iter().find_map(|(_, _, at)| theirs(*at));
        let follows = run.last().is_none_or(|((t, r), _)| t == &key.0 && key.1 <= r + 2);
        if !follows || owner.is_none() {
            if run.len() >= SHIFTED {
                shifted.extend(run.drain(..));
            }
            run.clear();
        }
        run.extend(owner.map(|owner| (*key, owner)));
    }
    if run.len() >= SHIFTED {
        shifted.extend(run);
    }
    shifted
}

/// The subject of another table whose values a row prints: at least two, of the same measures.
fn owner(book: &Book<'_>, own: &[(String, String, usize)]) -> Option<usize> {
    let first = own[0].2;
    let mut rows: BTreeMap<(&str, u32), (usize, bool, usize)> = BTreeMap::new();
    let printed = own.iter().map(|(_, _, at)| *at).filter(|at| !book.number(*at).is_zero());
    let others: BTreeSet<usize> = printed.flat_map(|at| book.numbers().equals(at)).collect();
    for other in others {
        let o = book.get(other);
        let is_elsewhere = o.table != book.get(first).table
            && book.texts.subject(other) != book.texts.subject(first)
            && !is_summary(o.row_kind);
        let is_printed = |(_, _, at): &&(String, String, usize)| {
            let mine = book.get(*at);
            mine.measure == o.measure
                && mine.year == o.year
                && !book.number(*at).is_zero()
                && book.number(*at) == book.number(other)
        };
        if is_elsewhere && own.iter().any(|v| is_printed(&v)) {
            let row = rows.entry((o.table.as_str(), o.row)).or_insert((0, false, other));
            row.0 += 1;
            // Small and round numbers meet by chance.
            row.1 |= book.number(other) >= Decimal::from(1000);
        }
    }
    rows.into_values()
        .filter(|(n, telling, _)| *n > 1 && *telling)
        .max_by_key(|(n, ..)| *n)
        .map(|(.., at)| at)
}

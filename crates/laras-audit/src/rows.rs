//! Rows printed twice, and rows whose values stand in each other's place.

use std::collections::BTreeMap;

use laras_model::{FindingCode, Measure, Period, RowKind, Variant};

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

/// What a row says, its place aside: column, period, plan, value.
type Said = Vec<(u32, Measure, Option<Period>, Option<Variant>, String)>;

fn said(book: &Book<'_>, row: &[usize]) -> Said {
    row.iter()
        .map(|at| {
            let o = book.get(*at);
            (o.column, o.measure, o.period, o.variant, dress::value(o))
        })
        .collect()
}

/// A row that repeats the row before it: same subject, same indicator, same values.
fn duplicates(book: &Book<'_>, table: &TableBook<'_>, drafts: &mut Vec<Draft>) {
    let rows: Vec<&Vec<usize>> = table.rows.values().collect();
    for pair in rows.windows(2) {
        let (above, below) = (pair[0], pair[1]);
        let (Some(first), Some(again)) = (above.first(), below.first()) else { continue };
        let (a, b) = (book.get(*first), book.get(*again));
        let has_values = below.iter().any(|i| !book.number(*i).is_zero());
        let carried = b.flags.contains(&laras_model::Flag::NameCarried);
        let is_same = a.name == b.name
            && a.indicator == b.indicator
            && a.parent == b.parent
            && said(book, above) == said(book, below);
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
        draft.observations.clone_from(below);
        draft.anchor = Some(*again);
        drafts.push(draft);
    }
}

/// Rows that the table stage had to move as a block to lay them under their heads.
fn moved(book: &Book<'_>, table: &TableBook<'_>, drafts: &mut Vec<Draft>) {
    for note in table.table.notes.iter().filter(|n| n.code == "cells.shifted") {
        let Some(row) = note.row.and_then(|r| table.rows.get(&r)) else { continue };
        let Some(o) = row.first().map(|i| book.get(*i)) else { continue };
        let mut draft = Draft::new(FindingCode::RowDisplaced, o);
        draft.table.clone_from(&o.table);
        let values: Vec<String> = row.iter().map(|i| book.get(*i).raw.clone()).collect();
        draft.printed = values.join(" / ");
        draft.detail = format!("{}: {}", note.text, draft.printed);
        draft.observations.clone_from(row);
        draft.anchor = row.first().copied();
        draft.origin = laras_model::Origin::Conversion;
        drafts.push(draft);
    }
}

/// Two rows of a table whose values the other tables give to each other.
fn exchanged(book: &Book<'_>, drafts: &[Draft]) -> Vec<Draft> {
    // What each row prints, and what the other tables print for it.
    let mut rows: BTreeMap<(&str, u32), Vec<(String, String, usize)>> = BTreeMap::new();
    for draft in drafts.iter().filter(|d| d.code == FindingCode::ConflictTable) {
        let Some(at) = draft.anchor else { continue };
        let o = book.get(at);
        let entry = rows.entry((o.table.as_str(), o.row)).or_default();
        entry.push((draft.printed.clone(), draft.computed.clone(), at));
    }
    let mut found = Vec::new();
    for ((table, row), own) in &rows {
        let partner = rows.iter().find(|((t, r), other)| {
            t == table
                && r != row
                && own.len() == other.len()
                && own.iter().all(|(printed, elsewhere, at)| {
                    other.iter().any(|(p, e, o)| {
                        p == elsewhere
                            && e == printed
                            && book.get(*o).column == book.get(*at).column
                    })
                })
        });
        let Some((_, other)) = partner else { continue };
        let at = own[0].2;
        let (a, b) = (book.get(at), book.get(other[0].2));
        let mut draft = Draft::new(FindingCode::RowDisplaced, a);
        draft.table.clone_from(&a.table);
        let values: Vec<&str> = own.iter().map(|(p, _, _)| p.as_str()).collect();
        draft.printed = values.join(" / ");
        draft.computed = own.iter().map(|(_, e, _)| e.as_str()).collect::<Vec<_>>().join(" / ");
        draft.detail = format!(
            "{} are the values of {} ({}); its own are {}",
            draft.printed,
            b.name,
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

//! `laras show`: one table, for people.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use laras_model::{Column, Extraction, Table};

use super::show::grid;

/// What a column holds, with its year, period and variant. Years that stand in the rows or come
/// from the report are those of the observations.
pub(super) fn column_word(e: &Extraction, table: &Table, column: &Column) -> String {
    let mut word = column.measure.map_or_else(|| column.role.to_string(), |m| m.to_string());
    let years: BTreeSet<u16> = e
        .observations
        .iter()
        .filter(|o| o.table == table.id && o.column == column.index)
        .filter_map(|o| o.year)
        .collect();
    let years = match (column.year, years.first(), years.last()) {
        (Some(year), ..) => Some(year.to_string()),
        (None, Some(first), Some(last)) if first == last => Some(first.to_string()),
        (None, Some(first), Some(last)) => Some(format!("{first}–{last}")),
        _ => None,
    };
    let period = column.period.map(|p| p.to_string());
    for more in [years, period, column.variant.map(|v| v.to_string())].into_iter().flatten() {
        word.push(' ');
        word.push_str(&more);
    }
    word
}

/// The cells of a table that nothing was read from, a line each; at most a few are quoted.
pub(super) fn unused(e: &Extraction, table: &Table, most: usize) -> String {
    let unused = e.unused_cells(table);
    let mut text = String::new();
    for (row, cell) in unused.iter().take(most) {
        let quoted: String = cell.text.replace('\n', " ⏎ ").chars().take(80).collect();
        let _ = writeln!(
            text,
            "  {} r{row} c{} at {}: {quoted}",
            table.id,
            cell.column,
            cell.place.cited()
        );
    }
    if unused.len() > most {
        let _ = writeln!(text, "  {} … and {} more", table.id, unused.len() - most);
    }
    text
}

/// One table with everything that is known of how it was rebuilt.
pub(super) fn whole(e: &Extraction, table: &Table, width: u16) -> String {
    let mut text = format!(
        "{} at {}–{}, {} style, confidence {}\n{}\n",
        table.id,
        table.place.cited(),
        if table.page_to > 0 { table.page_to } else { table.line_to },
        table.style,
        table.confidence,
        table.caption
    );
    if !table.unit_line.is_empty() {
        let _ = writeln!(text, "unit line: {}", table.unit_line);
    }
    text.push_str("\ncolumns\n");
    for column in &table.columns {
        let guesses: Vec<String> =
            column.candidates.iter().map(|g| format!("{} {:.2}", g.role, g.weight)).collect();
        let _ = writeln!(
            text,
            "  c{:<3}{:<4}{:<34}{}{}",
            column.index,
            column.number,
            column_word(e, table, column),
            column.path.join(" / "),
            if guesses.is_empty() {
                String::new()
            } else {
                format!("   (or {})", guesses.join(", "))
            }
        );
    }
    if !table.equations.is_empty() {
        text.push_str("\nequations\n");
    }
    for equation in &table.equations {
        let _ = writeln!(
            text,
            "  c{} = {}   {}, holds on {} of {} rows{}",
            equation.result,
            equation.expression,
            equation.kind,
            equation.held,
            equation.checked,
            if equation.exceptions.is_empty() {
                String::new()
            } else {
                format!(
                    ", not on {}",
                    equation
                        .exceptions
                        .iter()
                        .map(|r| format!("r{r}"))
                        .collect::<Vec<_>>()
                        .join(" ")
                )
            }
        );
    }
    let unused = unused(e, table, usize::MAX);
    if !unused.is_empty() {
        let _ = write!(text, "\ncells that no value was read from\n{unused}");
    }
    if !table.notes.is_empty() {
        text.push_str("\nnotes\n");
    }
    for note in &table.notes {
        let row = note.row.map(|r| format!("r{r} ")).unwrap_or_default();
        let _ = writeln!(text, "  {row}{}: {}", note.code, note.text);
    }
    let mut rows = grid(width);
    rows.set_header(
        [
            "row".to_owned(),
            "at".to_owned(),
            "shape".to_owned(),
            "cells".to_owned(),
            "margin".to_owned(),
        ]
        .into_iter()
        .chain((0..table.columns.len()).map(|c| format!("c{c}"))),
    );
    for (r, row) in table.rows.iter().enumerate() {
        let cells = (0..table.columns.len() as u32).map(|c| {
            row.cell(c)
                .filter(|cell| cell.column == c)
                .map_or_else(String::new, |cell| cell.text.replace('\n', " ⏎ "))
        });
        rows.add_row(
            [
                format!("r{r}"),
                row.place.cited().to_string(),
                row.shape.to_string(),
                row.printed_cells.to_string(),
                row.margin.to_string(),
            ]
            .into_iter()
            .chain(cells),
        );
    }
    let _ = writeln!(text, "\n{rows}");
    text
}

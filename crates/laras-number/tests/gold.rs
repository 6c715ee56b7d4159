//! The number cells of the hand-made gold, each read among the cells of its own table.
//!
//! The gold is not part of the repository; `LARAS_SHARED` names the folder that holds it
//! (default `../shared` beside the workspace).

use std::collections::BTreeMap;
use std::path::PathBuf;

use laras_number::{Context, Kind, States, Votes, choose, read};

/// The documents that must be right, and those that are only evidence.
const TEXTS: [&str; 3] = ["pontianak-2020", "tapin-2020", "luwu-timur-2020"];
const PAGED: [&str; 2] = ["bandung-lkip-2024", "bandung-renja-2024"];

struct Row {
    table: String,
    at: String,
    measure: String,
    value: String,
    raw: String,
}

#[expect(clippy::disallowed_methods, reason = "a test reads its own setting and files")]
fn rows(document: &str) -> Option<Vec<Row>> {
    let shared = std::env::var("LARAS_SHARED").map_or_else(
        |_| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let file = shared.join("gold").join(document).join("observations.tsv");
    let text = std::fs::read_to_string(file).ok()?;
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next()?.split('\t').collect();
    let column = |name: &str| header.iter().position(|found| *found == name);
    let (table, line) = (column("table")?, column("line")?);
    let (measure, value, raw) = (column("measure")?, column("value")?, column("raw")?);
    let page = column("page");
    Some(
        lines
            .map(|line_text| {
                let cells: Vec<&str> = line_text.split('\t').collect();
                let cell = |index: usize| cells.get(index).copied().unwrap_or("").to_owned();
                let at = cell(line);
                Row {
                    table: cell(table),
                    at: if at.is_empty() { page.map_or(at, cell) } else { at },
                    measure: cell(measure),
                    value: cell(value),
                    raw: cell(raw),
                }
            })
            .collect(),
    )
}

/// Cells read, and a line for each that was read wrongly.
fn judge(document: &str, rows: &[Row]) -> (usize, Vec<String>) {
    let mut document_votes = Votes::default();
    let mut tables: BTreeMap<&str, Votes> = BTreeMap::new();
    let mut columns: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        let found = read(&row.raw);
        document_votes.add(&found);
        tables.entry(&row.table).or_default().add(&found);
        columns.entry((&row.table, &row.measure)).or_default().push(index);
    }
    let mut wrong = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let mut column = Votes::default();
        let others = columns.get(&(row.table.as_str(), row.measure.as_str()));
        for &other in others.into_iter().flatten().filter(|&&other| other != index) {
            column.add(&read(&rows[other].raw));
        }
        let expected = match row.measure.as_str() {
            "pagu" | "realisasi_anggaran" => Some(Kind::Amount),
            "serapan" | "capaian" => Some(Kind::Percent),
            _ => None,
        };
        let context = Context {
            column,
            table: tables.get(row.table.as_str()).copied().unwrap_or_default(),
            document: document_votes,
            expected,
            ..Context::default()
        };
        let readings = read(&row.raw);
        let choice = choose(&readings, &context);
        let chosen = match (readings.states, choice.reading(&readings)) {
            (States::None, _) => "nil".to_owned(),
            (_, Some(reading)) => {
                reading.observed().map_or("no number".to_owned(), |value| value.to_string())
            }
            (states, None) => states.to_string(),
        };
        if chosen != row.value {
            wrong.push(format!(
                "{document} {} at {}: {:?} is {}, was read as {chosen}",
                row.table, row.at, row.raw, row.value
            ));
        }
    }
    (rows.len(), wrong)
}

#[test]
fn gold_cells_are_read_right() {
    let (mut cells, mut wrong) = (0, Vec::new());
    for document in TEXTS {
        let Some(rows) = rows(document) else {
            println!("NOT RUN: no gold for {document}; set LARAS_SHARED");
            return;
        };
        let (count, errors) = judge(document, &rows);
        cells += count;
        wrong.extend(errors);
    }
    for line in &wrong {
        println!("{line}");
    }
    println!("text gold: {} of {cells} cells right", cells - wrong.len());
    assert!(cells > 1000, "the gold shrank to {cells} cells");
    assert!(wrong.len() * 200 <= cells, "{} of {cells} cells wrong", wrong.len());
}

#[test]
fn gold_cells_of_paged_reports_are_read_right() {
    for document in PAGED {
        let Some(rows) = rows(document) else {
            println!("NOT RUN: no gold for {document}; set LARAS_SHARED");
            return;
        };
        let (cells, wrong) = judge(document, &rows);
        for line in &wrong {
            println!("{line}");
        }
        println!("{document}: {} of {cells} cells right", cells - wrong.len());
        assert!(wrong.len() * 200 <= cells, "{} of {cells} cells wrong", wrong.len());
    }
}

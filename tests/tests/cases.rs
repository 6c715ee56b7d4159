//! Small reports and what must be read from them: `cases/*.txt`, one report a file.
//!
//! A case begins with `#` lines that say what it is about. Then, each after a line of its own:
//! `=== report` (the text, with `\t` for a tab and `\f` for a form feed where that reads better),
//! and one or more of
//!
//! - `=== observations`: `line row_kind name [indicator] > measure [year] [period] [variant] = value [unit]`
//! - `=== reports`: `type [variant] [year] scope > agency, kind region (code)`
//! - `=== names`: `line level status [code] name`
//! - `=== blocks`: `line kind text`, rows of tables as `from–to rows`
//! - `=== tables`: `id lines shape: cell | cell …`, one line a row
//! - `=== notes`: codes of the notes of file and tables
//!
//! A section that is not there is not checked; one that is there must be complete.

use std::path::{Path, PathBuf};

use laras::{Options, extract};
use laras_model::{BlockKind, Extraction, Observation};

#[test]
fn every_case_reads_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("there are cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    cases.sort();
    assert!(cases.len() >= 30, "{} cases", cases.len());
    let failures: Vec<String> = cases.iter().filter_map(|path| run(path).err()).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Runs a case.
fn run(path: &Path) -> Result<(), String> {
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    #[expect(clippy::disallowed_methods, reason = "cases are files")]
    let text = std::fs::read_to_string(path).expect("UTF-8");
    let mut sections = text.split("\n=== ");
    let about = sections.next().unwrap_or_default();
    assert!(about.lines().all(|line| line.starts_with("# ")), "{name}: says not what it is about");
    let (mut report, mut wanted) = (None, Vec::new());
    for section in sections {
        let (title, body) = section.split_once('\n').unwrap_or((section, ""));
        match title.trim() {
            "report" => report = Some(body.replace("\\t", "\t").replace("\\f", "\u{c}") + "\n"),
            title => wanted.push((title.to_owned(), body)),
        }
    }
    let report = report.unwrap_or_else(|| panic!("{name}: has no report"));
    assert!(!wanted.is_empty(), "{name}: expects nothing");
    let extraction = extract(report.as_bytes(), &Options::named("case"))
        .map_err(|error| format!("{name}: {error}"))?;
    let mut faults = String::new();
    for (title, body) in wanted {
        let got = match title.as_str() {
            "observations" => extraction.observations.iter().map(observation).collect(),
            "reports" => reports(&extraction),
            "names" => names(&extraction),
            "blocks" => blocks(&extraction),
            "tables" => tables(&extraction),
            "notes" => notes(&extraction),
            other => panic!("{name}: no section is called {other}"),
        };
        let want: Vec<&str> = body.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if want != got {
            faults += &format!("{name}: {title}\n{}", difference(&want, &got));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// The lines of both, those that stand in one only marked.
fn difference(want: &[&str], got: &[String]) -> String {
    let mut text = String::new();
    for line in want {
        if !got.iter().any(|other| other == line) {
            text += &format!("  want  {line}\n");
        }
    }
    for line in got {
        let mark = if want.contains(&line.as_str()) { "     " } else { "  got" };
        text += &format!("{mark}   {line}\n");
    }
    text
}

/// Words with single spaces between, empty ones left out.
fn words(words: &[&str]) -> String {
    words.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

fn word(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn observation(o: &Observation) -> String {
    let indicator =
        if o.indicator.is_empty() { String::new() } else { format!("[{}]", o.indicator) };
    words(&[
        &o.place.line.to_string(),
        o.row_kind.as_str(),
        &o.name,
        &indicator,
        ">",
        o.measure.as_str(),
        &word(o.year),
        &word(o.period),
        &word(o.variant),
        "=",
        &o.value.to_string(),
        &o.unit,
    ])
}

fn reports(e: &Extraction) -> Vec<String> {
    let report = |p: &laras_model::Part| {
        let region = p
            .region
            .as_ref()
            .map_or("no region".to_owned(), |r| format!("{} {} ({})", r.kind, r.name, r.code));
        let about = words(&[p.report_type.as_str(), &word(p.variant), &word(p.year), &p.scope]);
        format!("{about} > {}, {region}", p.agency)
    };
    e.parts.iter().map(report).collect()
}

fn names(e: &Extraction) -> Vec<String> {
    let name = |n: &laras_model::NameMatch| {
        let line = n.place.line.to_string();
        words(&[&line, n.level.as_str(), n.status.as_str(), &n.code, &n.name])
    };
    e.names.iter().map(name).collect()
}

fn blocks(e: &Extraction) -> Vec<String> {
    let block = |b: &laras_model::Block| {
        let line = b.place.line.to_string();
        if b.kind == BlockKind::Rows {
            return format!("{}–{} rows", b.place.line, b.line_to);
        }
        words(&[&line, b.kind.as_str(), &b.text.replace('\n', " / ")])
    };
    e.blocks.iter().map(block).collect()
}

fn tables(e: &Extraction) -> Vec<String> {
    let mut lines = Vec::new();
    for table in &e.tables {
        for row in &table.rows {
            let cells: Vec<String> = (0..table.columns.len() as u32)
                .map(|column| {
                    let own = row.cell(column).filter(|cell| cell.column == column);
                    own.map_or_else(String::new, |cell| cell.text.replace('\n', " / "))
                })
                .collect();
            let line =
                format!("{} {} {}: {}", table.id, row.place.line, row.shape, cells.join(" | "));
            lines.push(line.trim_end().to_owned());
        }
    }
    lines
}

fn notes(e: &Extraction) -> Vec<String> {
    let file = e.notes.iter().map(|note| note.code.clone());
    let of_tables = e.tables.iter().flat_map(|table| &table.notes).map(|note| note.code.clone());
    file.chain(of_tables).collect()
}

//! A reviewed overview of every corpus report: what it was taken for, what every table's columns
//! mean, how much of what was found. A change of the pipeline shows here in words; review it, then
//! `INSTA_UPDATE=always cargo test -p laras-tests --test snapshots` writes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use laras_model::{Column, Extraction, Observation, Part, RowShape, Table};
use laras_tests::{Report, measure};

#[test]
fn corpus_reports_read_as_reviewed() {
    for report in Report::corpus().expect("the corpus is part of the repository") {
        let extraction = measure::read(&report.name, &report.bytes).expect("it is a report");
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(report.name.as_str(), overview(&extraction));
        });
    }
}

fn overview(e: &Extraction) -> String {
    let mut text = String::new();
    let s = &e.source;
    let t = &e.tokens;
    let guessed = if s.encoding_guessed { " (guessed)" } else { "" };
    line(
        &mut text,
        format!("{}: {}, {}{guessed}, {} lines", s.document, s.format, s.encoding, s.lines),
    );
    line(
        &mut text,
        format!(
            "{} tokens: {} in cells, {} in headings, {} in prose, {} furniture, {} unused",
            t.total, t.cells, t.headings, t.prose, t.furniture, t.unused
        ),
    );
    for note in &e.notes {
        line(&mut text, format!("note {}: {}", note.code, note.text));
    }
    line(&mut text, String::new());
    for p in &e.parts {
        text.push_str(&part(p));
    }
    for t in &e.tables {
        let seen: Vec<&Observation> = e.observations.iter().filter(|o| o.table == t.id).collect();
        text.push_str(&table(t, &seen));
    }
    line(&mut text, String::new());
    line(&mut text, format!("{} observations", e.observations.len()));
    count(&mut text, "measures", e.observations.iter().map(|o| o.measure.to_string()));
    count(&mut text, "row kinds", e.observations.iter().map(|o| o.row_kind.to_string()));
    count(&mut text, "units", e.observations.iter().map(|o| o.unit.to_string()));
    let flags = e.observations.iter().flat_map(|o| o.flags.iter());
    count(&mut text, "flags", flags.map(|flag| flag.as_str().to_owned()));
    line(&mut text, format!("{} names", e.names.len()));
    count(&mut text, "status", e.names.iter().map(|n| format!("{} {}", n.level, n.status)));
    line(&mut text, format!("{} findings", e.findings.len()));
    for f in &e.findings {
        line(
            &mut text,
            format!("  {} {} {} {}: {}", f.place.line, f.severity, f.code, f.subject, f.detail),
        );
    }
    text
}

fn line(text: &mut String, words: impl AsRef<str>) {
    text.push_str(words.as_ref().trim_end());
    text.push('\n');
}

/// How often each word occurs, in one line.
fn count(text: &mut String, title: &str, words: impl Iterator<Item = String>) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for word in words {
        *counts.entry(if word.is_empty() { "none".to_owned() } else { word }).or_default() += 1;
    }
    let counts: Vec<String> = counts.iter().map(|(word, n)| format!("{word} {n}")).collect();
    line(text, format!("  {title}: {}", counts.join(" · ")));
}

fn part(p: &Part) -> String {
    let mut text = String::new();
    let variant = p.variant.map(|v| format!(" {v}")).unwrap_or_default();
    let year = p.year.map_or("no year".to_owned(), |y| y.to_string());
    let kind = p.agency_kind.map_or("no kind", |kind| kind.as_str());
    let region = p.region.as_ref().map_or("no region".to_owned(), |r| {
        format!("{} {} ({}), {}", r.kind, r.name, r.code, r.province)
    });
    line(
        &mut text,
        format!(
            "report {}: {}{variant} {year}, {}, lines {}–{}",
            p.part, p.report_type, p.scope, p.line_from, p.line_to
        ),
    );
    line(&mut text, format!("  {} ({kind}), {region}", p.agency));
    for s in &p.signatories {
        let nip = if s.nip.is_empty() { "no NIP" } else { &s.nip };
        line(
            &mut text,
            format!("  signed {} {}: {}, {}, {nip}", s.signed_place, s.signed_date, s.name, s.role),
        );
    }
    text
}

fn table(t: &Table, seen: &[&Observation]) -> String {
    let mut text = String::from("\n");
    let rows = |shape: RowShape| t.rows.iter().filter(|row| row.shape == shape).count();
    line(
        &mut text,
        format!(
            "{} in report {}, lines {}–{}, {} + {} rows, {} observations",
            t.id,
            t.part,
            t.place.line,
            t.line_to,
            t.rows.len() - rows(RowShape::Body) - rows(RowShape::Section),
            rows(RowShape::Body) + rows(RowShape::Section),
            seen.len()
        ),
    );
    let unit_line = t.unit_line.replace('\n', " ");
    for words in [t.caption.replace('\n', " "), unit_line] {
        if !words.is_empty() {
            line(&mut text, format!("  {words}"));
        }
    }
    let columns: Vec<String> = t.columns.iter().map(column).collect();
    line(&mut text, format!("  {}", columns.join(" | ")));
    for e in &t.equations {
        line(
            &mut text,
            format!(
                "  c{} = {}: {}, {} of {} rows",
                e.result, e.expression, e.kind, e.held, e.checked
            ),
        );
    }
    if !t.notes.is_empty() {
        count(&mut text, "notes", t.notes.iter().map(|note| note.code.clone()));
    }
    if let Some(o) = seen.first() {
        line(&mut text, format!("  first: {}", observation(o)));
    }
    if let Some(o) = seen.last().filter(|_| seen.len() > 1) {
        line(&mut text, format!("  last:  {}", observation(o)));
    }
    text
}

fn column(c: &Column) -> String {
    let mut words = c.measure.map_or_else(|| c.role.to_string(), |measure| measure.to_string());
    for more in [
        c.year.map(|year| year.to_string()),
        c.period.map(|period| period.to_string()),
        c.variant.map(|variant| variant.to_string()),
        (!c.unit.is_empty()).then(|| c.unit.clone()),
    ] {
        let _ = more.map(|more| write!(words, " {more}"));
    }
    words
}

fn observation(o: &Observation) -> String {
    let year = o.year.map_or("no year".to_owned(), |year| year.to_string());
    let period = o.period.map(|period| format!(" {period}")).unwrap_or_default();
    let indicator =
        if o.indicator.is_empty() { String::new() } else { format!(" [{}]", o.indicator) };
    format!(
        "{} {} {}{indicator}: {} {year}{period} = {} {}",
        o.place.line, o.row_kind, o.name, o.measure, o.value, o.unit
    )
}

//! `laras show`: what was read from one report, for people.

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;
use comfy_table::{ContentArrangement, Table as Grid};
use laras::{Options, extract};
use laras_model::{Extraction, Part, RowShape, Table};

use super::data::NameData;

/// Show what was read from one report.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The report.
    file: PathBuf,
    /// Show one table whole, with its header tree, equations, alignment notes and margins.
    #[arg(long)]
    table: Option<String>,
    /// Width of the output, in characters.
    #[arg(long, default_value_t = 140)]
    width: u16,
    /// Password of a locked PDF.
    #[arg(long)]
    password: Option<String>,
    #[command(flatten)]
    data: NameData,
    /// Draw this page with what was read from it, into the file that --overlay names.
    #[arg(long, requires = "overlay", conflicts_with = "table")]
    page: Option<u32>,
    /// PNG for --page: words, lines and cells, coloured by what their columns hold. Needs a program
    /// built with the feature `overlay`.
    #[arg(long, requires = "page", value_name = "PNG")]
    overlay: Option<PathBuf>,
}

impl Show {
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let bytes = {
            let mut file = std::fs::File::open(&self.file).with_context(|| {
                format!(
                    "{}: the file cannot be opened; check that it is there and may be read",
                    self.file.display()
                )
            })?;
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut bytes)
                .with_context(|| format!("{}: the file cannot be read", self.file.display()))?;
            bytes
        };
        let stem =
            self.file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let names = self.data.load()?;
        let mut options = Options::named(stem);
        options.nomenclature = names.nomenclature;
        options.overrides = names.overrides;
        options.password.clone_from(&self.password);
        let extraction =
            extract(&bytes, &options).with_context(|| self.file.display().to_string())?;
        let mut out = std::io::stdout().lock();
        if let (Some(page), Some(path)) = (self.page, &self.overlay) {
            let picture =
                super::overlay::picture(&bytes, page, self.password.as_deref(), &extraction)
                    .with_context(|| self.file.display().to_string())?;
            std::fs::File::create(path)
                .and_then(|mut file| file.write_all(&picture))
                .with_context(|| format!("{}: the picture cannot be written", path.display()))?;
            write!(out, "{}", super::overlay::LEGEND)?;
        } else if let Some(id) = &self.table {
            let Some(table) = extraction.tables.iter().find(|t| &t.id == id) else {
                let ids: Vec<&str> = extraction.tables.iter().map(|t| t.id.as_str()).collect();
                bail!("no table {id}; the report has {}", ids.join(", "));
            };
            write!(out, "{}", whole(table, self.width))?;
        } else {
            write!(out, "{}", overview(&extraction, self.width))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn grid(width: u16) -> Grid {
    let mut grid = Grid::new();
    grid.load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY);
    grid.set_content_arrangement(ContentArrangement::Dynamic);
    grid.set_width(width);
    grid
}

// Writing to a string cannot fail: the results below are dropped.
fn overview(e: &Extraction, width: u16) -> String {
    let mut text =
        format!("{} ({}, {} bytes)\n\n", e.source.document, e.source.format, e.source.bytes);
    for part in &e.parts {
        text.push_str(&identity(part));
    }
    let t = &e.tokens;
    let _ = writeln!(
        text,
        "\n{} words: {} in cells, {} in headings, {} in prose, {} furniture, {} unused",
        t.total, t.cells, t.headings, t.prose, t.furniture, t.unused
    );
    let unread = e.unread_pages();
    if !unread.is_empty() {
        let pages: Vec<String> = unread.iter().map(u32::to_string).collect();
        text.push_str(&format!("not read, for want of usable text: page {}\n", pages.join(", ")));
    }
    for note in &e.notes {
        let _ = writeln!(text, "note {}: {}", note.code, note.text);
    }
    let _ = writeln!(
        text,
        "\n{} tables, {} observations, {} names",
        e.tables.len(),
        e.observations.len(),
        e.names.len()
    );
    let mut tables = grid(width);
    tables.set_header(["table", "at", "rows", "observations", "confidence", "columns", "caption"]);
    for table in &e.tables {
        let body = table
            .rows
            .iter()
            .filter(|r| matches!(r.shape, RowShape::Body | RowShape::Section))
            .count();
        let observed = e.observations.iter().filter(|o| o.table == table.id).count();
        tables.add_row([
            table.id.clone(),
            format!(
                "{}–{}",
                table.place.cited(),
                if table.page_to > 0 { table.page_to } else { table.line_to }
            ),
            body.to_string(),
            observed.to_string(),
            table.confidence.to_string(),
            table.columns.iter().map(column_word).collect::<Vec<_>>().join(" · "),
            table.caption.chars().take(90).collect(),
        ]);
    }
    let _ = writeln!(text, "{tables}");
    let _ = writeln!(text, "\n{} findings", e.findings.len());
    if !e.findings.is_empty() {
        let mut findings = grid(width);
        findings.set_header(["at", "severity", "code", "subject", "detail"]);
        for f in &e.findings {
            findings.add_row([
                f.place.cited().to_string(),
                f.severity.to_string(),
                f.code.to_string(),
                f.subject.chars().take(60).collect(),
                f.detail.clone(),
            ]);
        }
        let _ = writeln!(text, "{findings}");
    }
    text
}

fn identity(part: &Part) -> String {
    let region = part
        .region
        .as_ref()
        .map_or("unknown region".to_owned(), |r| format!("{} {} ({})", r.kind, r.name, r.code));
    let year = part.year.map_or("unknown year".to_owned(), |y| y.to_string());
    let variant = part.variant.map(|v| format!(" {v}")).unwrap_or_default();
    let agency = if part.agency.is_empty() { "unknown agency" } else { &part.agency };
    let extent = if part.page_from > 0 {
        format!("pages {}–{}", part.page_from, part.page_to)
    } else {
        format!("lines {}–{}", part.line_from, part.line_to)
    };
    let mut text = format!(
        "report {}: {}{variant} {year}, {}, {agency}, {region}, {extent}, confidence {}\n",
        part.part, part.report_type, part.scope, part.confidence
    );
    for s in &part.signatories {
        let _ = writeln!(
            text,
            "    signed {} {} — {} ({}) {}",
            s.signed_place, s.signed_date, s.name, s.role, s.rank
        );
    }
    text
}

fn column_word(column: &laras_model::Column) -> String {
    let mut word = column.measure.map_or_else(|| column.role.to_string(), |m| m.to_string());
    for more in [
        column.year.map(|y| y.to_string()),
        column.period.map(|p| p.to_string()),
        column.variant.map(|v| v.to_string()),
    ]
    .into_iter()
    .flatten()
    {
        word.push(' ');
        word.push_str(&more);
    }
    word
}

/// One table with everything that is known of how it was rebuilt.
fn whole(table: &Table, width: u16) -> String {
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
            column_word(column),
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

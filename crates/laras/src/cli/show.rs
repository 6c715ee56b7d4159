//! `laras show`: what was read from one report, for people.

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;
use comfy_table::{ContentArrangement, Table as Grid};
use laras::{Options, extract};
use laras_model::{Extraction, Part, RowShape};

use super::data::NameData;
use super::show_table::{column_word, unused, whole};

/// Most unused cells that the overview quotes of one table; the rest is counted.
const QUOTED: usize = 5;

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
            write!(out, "{}", whole(&extraction, table, self.width))?;
        } else {
            write!(out, "{}", overview(&extraction, self.width))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

pub(super) fn grid(width: u16) -> Grid {
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
    tables.set_header([
        "table",
        "at",
        "rows",
        "observations",
        "unused cells",
        "confidence",
        "columns",
        "caption",
    ]);
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
            e.unused_cells(table).len().to_string(),
            table.confidence.to_string(),
            table
                .columns
                .iter()
                .map(|column| column_word(e, table, column))
                .collect::<Vec<_>>()
                .join(" · "),
            table.caption.chars().take(90).collect(),
        ]);
    }
    let _ = writeln!(text, "{tables}");
    let quoted: String = e.tables.iter().map(|table| unused(e, table, QUOTED)).collect();
    if !quoted.is_empty() {
        let _ = write!(text, "\ncells that no value was read from\n{quoted}");
    }
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

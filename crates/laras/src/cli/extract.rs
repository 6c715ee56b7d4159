//! `laras extract`: reports in, JSON and tables out.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use laras::{Options, extract_owned};
use laras_export::{RunDocument, RunReport, RunStatus, Tables, write_json, write_run};
use laras_model::Extraction;
use rayon::prelude::*;

use super::UNREAD;
use super::data::{NameData, Names};
use super::inputs::{Input, inputs};
use super::limits::Limits;

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// One normalised JSON a document.
    Json,
    /// documents.csv, observations.csv, names.csv, findings.csv.
    Csv,
}

/// Read reports and write normalised JSON and tidy tables.
#[derive(Debug, Args)]
pub(crate) struct Extract {
    /// Files, folders, or - for standard input.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Folder to write to; made if it is not there.
    #[arg(short, long)]
    out: PathBuf,
    /// What to write.
    #[arg(long, value_delimiter = ',', default_value = "json,csv")]
    format: Vec<OutputFormat>,
    /// Files read at the same time; as many as there are processors if not given.
    #[arg(long)]
    jobs: Option<usize>,
    #[command(flatten)]
    limits: Limits,
    /// Password of locked PDFs.
    #[arg(long)]
    password: Option<String>,
    #[command(flatten)]
    data: NameData,
}

impl Extract {
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let started = Instant::now();
        let inputs = inputs(&self.paths)?;
        if inputs.is_empty() {
            bail!(
                "no reports in what was given; expected text, HTML, CSV or PDF files, or folders that hold some"
            );
        }
        // Loaded before the clock of the first file starts.
        let names = self.data.load()?;
        std::fs::create_dir_all(&self.out)
            .with_context(|| format!("{}: the folder cannot be made", self.out.display()))?;
        let tables = if self.format.contains(&OutputFormat::Csv) {
            Some(Tables::new(&self.out)?)
        } else {
            None
        };
        let bar = progress(inputs.len());
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.jobs.unwrap_or(0)).build()?;
        let documents: Vec<RunDocument> = pool.install(|| {
            inputs
                .par_iter()
                .enumerate()
                .map(|(number, input)| {
                    let document = self.one(number, input, tables.as_ref(), names);
                    report(&bar, &document);
                    document
                })
                .collect()
        });
        bar.finish_and_clear();
        if let Some(tables) = tables {
            tables.finish(inputs.len())?;
        }
        let unread = documents.iter().any(|d| d.status == RunStatus::Failed);
        let run = RunReport {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            documents,
            seconds: round(started.elapsed()),
        };
        write_run(&self.out.join("run.json"), &run)?;
        Ok(if unread { ExitCode::from(UNREAD) } else { ExitCode::SUCCESS })
    }

    fn one(
        &self,
        number: usize,
        input: &Input,
        tables: Option<&Tables>,
        names: Names,
    ) -> RunDocument {
        let started = Instant::now();
        let mut entry = RunDocument {
            input: input.shown.clone(),
            document: input.document.clone(),
            status: RunStatus::Failed,
            taken_for: Vec::new(),
            bytes: 0,
            parts: 0,
            tables: 0,
            observations: 0,
            names: 0,
            findings: 0,
            shares: laras_export::TokenShares::default(),
            unread_pages: Vec::new(),
            seconds: 0.0,
            error: None,
            notes: Vec::new(),
        };
        match self.extract_and_write(number, input, tables, names, &mut entry) {
            Ok(()) => {}
            Err(error) => {
                entry.error = Some(format!("{error:#}"));
                if entry.status == RunStatus::Failed {
                    entry.document.clear();
                }
            }
        }
        entry.seconds = round(started.elapsed());
        entry
    }

    fn extract_and_write(
        &self,
        number: usize,
        input: &Input,
        tables: Option<&Tables>,
        names: Names,
        entry: &mut RunDocument,
    ) -> Result<()> {
        let bytes = self.limits.read(input)?;
        entry.bytes = bytes.len() as u64;
        let mut options = Options::named(input.document.clone());
        options.file = input
            .path
            .as_deref()
            .and_then(Path::file_name)
            .map_or_else(|| "-".to_owned(), |n| n.to_string_lossy().into_owned());
        options.nomenclature = names.nomenclature;
        options.overrides = names.overrides;
        options.password.clone_from(&self.password);
        options.time = Some(self.limits.reading());
        let extraction = match self.limits.within(move || extract_owned(bytes, &options))? {
            Ok(extraction) => extraction,
            Err(error) => {
                if error.is_empty() {
                    entry.status = RunStatus::Empty;
                }
                return Err(error.into());
            }
        };
        describe(&extraction, entry);
        if self.format.contains(&OutputFormat::Json) {
            let path = self.out.join(format!("{}.json", input.document));
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)
                    .with_context(|| format!("{}: the folder cannot be made", folder.display()))?;
            }
            write_json(&path, &extraction)?;
        }
        if let Some(tables) = tables {
            tables.add(number, &extraction)?;
        }
        entry.status = RunStatus::Done;
        Ok(())
    }
}

fn describe(e: &Extraction, entry: &mut RunDocument) {
    entry.taken_for = std::iter::once(e.source.format.to_string())
        .chain(e.parts.iter().map(|part| {
            let variant = part.variant.map(|v| format!("_{v}")).unwrap_or_default();
            format!("{}{variant}", part.report_type)
        }))
        .collect();
    entry.parts = e.parts.len();
    entry.tables = e.tables.len();
    entry.observations = e.observations.len();
    entry.names = e.names.len();
    entry.findings = e.findings.len();
    entry.shares = (&e.tokens).into();
    entry.unread_pages = e.unread_pages();
    entry.notes = e.notes.iter().map(|note| format!("{}: {}", note.code, note.text)).collect();
    if e.tables.is_empty() {
        entry.notes.push(
            "no tables were found; if the report has some, the conversion has lost them".to_owned(),
        );
    }
}

fn round(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1000.0).round() / 1000.0
}

/// A progress bar on standard error, for several files and people only.
fn progress(count: usize) -> ProgressBar {
    if count < 2 {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(count as u64), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg} {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// One sentence for every file that a person should look at.
#[expect(clippy::print_stderr, reason = "remarks are for people")]
fn report(bar: &ProgressBar, document: &RunDocument) {
    bar.inc(1);
    let sentence = match (&document.error, document.status) {
        (Some(error), _) => Some(format!("{}: {error}", document.input)),
        (None, RunStatus::Done) if document.tables == 0 => {
            document.notes.last().map(|note| format!("{}: {note}", document.input))
        }
        _ => None,
    };
    if let Some(sentence) = sentence {
        bar.suspend(|| eprintln!("{sentence}"));
    }
}

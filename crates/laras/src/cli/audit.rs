//! `laras audit`: what does not add up, for people and for scripts.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use laras::{Options, extract_owned};
use laras_model::{Extraction, Finding, Severity};
use rayon::prelude::*;

use super::data::{NameData, Names};
use super::inputs::{Input, inputs};
use super::limits::Limits;
use super::snippet::{Lang, lines, render};
use super::{FOUND, UNREAD};

/// Form of the findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum AuditFormat {
    /// For people: grouped by defect, with the source lines.
    Text,
    /// An array of documents with their findings.
    Json,
    /// The table findings.csv.
    Csv,
}

/// From which severity on findings make the exit status 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Errors.
    Error,
    /// Warnings and errors.
    Warning,
}

/// Point out what does not add up in reports.
///
/// Exit status: 0 done, 1 findings at or above --fail-on, 2 no input, 3 some inputs not read.
#[derive(Debug, Args)]
pub(crate) struct Audit {
    /// Files, folders, or - for standard input.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Language of the messages.
    #[arg(long, default_value = "id")]
    lang: Lang,
    /// Findings of this severity make the exit status 1.
    #[arg(long)]
    fail_on: Option<FailOn>,
    /// Form of the findings.
    #[arg(long, default_value = "text")]
    format: AuditFormat,
    /// Findings that a reviewer has accepted: a table with the columns id and reason, separated by
    /// tabs. They are listed but not counted.
    #[arg(long)]
    accepted: Option<PathBuf>,
    /// List remarks too, not only errors and warnings.
    #[arg(long)]
    remarks: bool,
    /// Password of locked PDFs.
    #[arg(long)]
    password: Option<String>,
    #[command(flatten)]
    limits: Limits,
    #[command(flatten)]
    data: NameData,
}

/// A document that was read, and its source lines.
struct Audited {
    shown: String,
    extraction: Extraction,
    lines: Vec<String>,
}

impl Audit {
    #[expect(clippy::print_stderr, reason = "remarks are for people")]
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let accepted = self.accepted.as_deref().map(accepted).transpose()?.unwrap_or_default();
        let names = self.data.load()?;
        let inputs = inputs(&self.paths)?;
        if inputs.is_empty() {
            bail!(
                "no reports in what was given; expected text, HTML, CSV or PDF files, or folders that hold some"
            );
        }
        let read: Vec<(String, Result<Audited>)> =
            inputs.par_iter().map(|input| (input.shown.clone(), self.one(input, names))).collect();
        let mut audited = Vec::new();
        let mut unread = false;
        for (shown, result) in read {
            match result {
                Ok(mut one) => {
                    for finding in &mut one.extraction.findings {
                        finding.accepted = accepted.contains(&finding.id);
                    }
                    if !self.remarks {
                        one.extraction.findings.retain(|f| f.severity != Severity::Info);
                    }
                    audited.push(one);
                }
                Err(error) => {
                    unread = true;
                    eprintln!("{shown}: {error:#}");
                }
            }
        }
        self.write(&audited)?;
        let counts = |f: &Finding| match self.fail_on {
            None => false,
            Some(FailOn::Error) => f.severity == Severity::Error,
            Some(FailOn::Warning) => f.severity != Severity::Info,
        };
        let found = audited
            .iter()
            .flat_map(|a| &a.extraction.findings)
            .any(|finding| !finding.accepted && counts(finding));
        Ok(match (found, unread) {
            (true, _) => ExitCode::from(FOUND),
            (false, true) => ExitCode::from(UNREAD),
            _ => ExitCode::SUCCESS,
        })
    }

    fn one(&self, input: &Input, names: Names) -> Result<Audited> {
        let bytes = self.limits.read(input)?;
        let lines = lines(&bytes);
        let mut options = Options::named(input.document.clone());
        options.nomenclature = names.nomenclature;
        options.overrides = names.overrides;
        options.password.clone_from(&self.password);
        options.time = Some(self.limits.reading());
        let extraction = self.limits.within(move || extract_owned(bytes, &options))??;
        Ok(Audited { shown: input.shown.clone(), extraction, lines })
    }

    fn write(&self, audited: &[Audited]) -> Result<()> {
        let mut out = std::io::stdout().lock();
        match self.format {
            AuditFormat::Text => {
                for one in audited {
                    write!(out, "{}", text(one, self.lang))?;
                }
            }
            AuditFormat::Json => {
                let documents: Vec<serde_json::Value> = audited
                    .iter()
                    .map(|one| {
                        let e = &one.extraction;
                        serde_json::json!({"document": e.source.document, "findings": e.findings})
                    })
                    .collect();
                serde_json::to_writer_pretty(&mut out, &documents)?;
                writeln!(out)?;
            }
            AuditFormat::Csv => {
                let all: Vec<Extraction> = audited.iter().map(|a| a.extraction.clone()).collect();
                laras_export::write_findings(&mut out, &all)?;
            }
        }
        Ok(())
    }
}

/// The ids of accepted findings.
fn accepted(path: &Path) -> Result<BTreeSet<String>> {
    let mut text = String::new();
    std::fs::File::open(path)
        .and_then(|mut file| file.read_to_string(&mut text))
        .with_context(|| format!("{}: the accepted findings cannot be read", path.display()))?;
    let mut rows = text.lines();
    let head = rows.next().unwrap_or_default();
    if head.split('\t').next() != Some("id") {
        bail!(
            "{}: line 1 is '{head}'; expected a head that begins with id, a tab, reason",
            path.display()
        );
    }
    Ok(rows
        .filter_map(|row| row.split('\t').next())
        .filter(|id| !id.is_empty())
        .map(str::to_owned)
        .collect())
}

/// The findings of one document, those of one defect together.
fn text(one: &Audited, lang: Lang) -> String {
    let findings = &one.extraction.findings;
    let mut text = String::new();
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    let mut of: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        match of.get(finding.defect.as_str()) {
            Some(group) if !finding.defect.is_empty() => groups[*group].push(finding),
            _ => {
                of.insert(&finding.defect, groups.len());
                groups.push(vec![finding]);
            }
        }
    }
    for group in &groups {
        if group.len() > 1 {
            let defect = &group[0].defect;
            text.push_str(&match lang {
                Lang::Id => format!("── {defect}: {} temuan dengan satu sebab\n", group.len()),
                Lang::En => format!("── {defect}: {} findings with one cause\n", group.len()),
            });
        }
        for finding in group {
            text.push_str(&render(finding, &one.shown, &one.lines, lang));
            text.push('\n');
        }
    }
    let count = |severity: Severity| {
        findings.iter().filter(|f| f.severity == severity && !f.accepted).count()
    };
    let accepted = findings.iter().filter(|f| f.accepted).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    text.push_str(&match lang {
        Lang::Id => format!(
            "{}: {errors} kesalahan, {warnings} peringatan, {accepted} sudah diterima\n\n",
            one.shown
        ),
        Lang::En => {
            format!("{}: {errors} errors, {warnings} warnings, {accepted} accepted\n\n", one.shown)
        }
    });
    text
}

//! `laras score`: an export against hand-made gold.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;
use laras_score::{DocumentScore, Export, Gold, score};

/// Score an export against hand-made gold.
#[derive(Debug, Args)]
pub(crate) struct Score {
    /// Folder of gold: a folder a document with observations.tsv, names.tsv, findings.tsv, identity.json.
    gold: PathBuf,
    /// Folder that `laras extract --format csv` wrote.
    export: PathBuf,
    /// Documents to score; all that gold has if none are given.
    documents: Vec<String>,
    /// Print so many mistakes of each document, on standard error.
    #[arg(long, default_value_t = 0)]
    errors: usize,
    /// Print the scores as JSON.
    #[arg(long)]
    json: bool,
}

impl Score {
    #[expect(clippy::print_stderr, reason = "mistakes are for people")]
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let export = Export::parse(
            &text(&self.export.join("observations.csv"))?,
            &text(&self.export.join("names.csv"))?,
            &text(&self.export.join("findings.csv"))?,
        )?;
        let documents =
            if self.documents.is_empty() { documents(&self.gold)? } else { self.documents.clone() };
        if documents.is_empty() {
            bail!("{}: no gold; expected folders that hold observations.tsv", self.gold.display());
        }
        let mut scores: Vec<(String, DocumentScore)> = Vec::new();
        for document in documents {
            let gold =
                gold(&self.gold.join(&document)).with_context(|| format!("gold of {document}"))?;
            let found = score(&document, &gold, &export);
            if self.errors > 0 {
                for error in found.errors.iter().take(self.errors) {
                    eprintln!("{error}");
                }
                eprintln!("… {} in all", found.errors.len());
            }
            scores.push((document, found));
        }
        let mut out = std::io::stdout().lock();
        if self.json {
            let map: serde_json::Map<String, serde_json::Value> = scores
                .iter()
                .map(|(name, score)| Ok((name.clone(), serde_json::to_value(score)?)))
                .collect::<Result<_>>()?;
            writeln!(out, "{}", serde_json::to_string_pretty(&map)?)?;
        } else {
            write!(out, "{}", table(&scores))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A file's text; one that is not there is an empty table.
fn text(path: &Path) -> Result<String> {
    match std::fs::File::open(path) {
        Ok(mut file) => {
            let mut text = String::new();
            std::io::Read::read_to_string(&mut file, &mut text)
                .with_context(|| format!("{}: not UTF-8 text", path.display()))?;
            Ok(text)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error).with_context(|| format!("{}: cannot be read", path.display())),
    }
}

fn gold(folder: &Path) -> Result<Gold> {
    let [observations, names, findings, identity] =
        ["observations.tsv", "names.tsv", "findings.tsv", "identity.json"]
            .map(|file| text(&folder.join(file)));
    let observations = observations?;
    if observations.is_empty() {
        bail!("{}: no observations.tsv", folder.display());
    }
    let identity = identity?;
    let identity = (!identity.is_empty()).then_some(identity.as_str());
    Ok(Gold::parse(&observations, &names?, &findings?, identity)?)
}

fn documents(gold: &Path) -> Result<Vec<String>> {
    let entries = std::fs::read_dir(gold)
        .with_context(|| format!("{}: the folder cannot be opened", gold.display()))?;
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().join("observations.tsv").exists())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok(names)
}

/// The scores as a table for people.
fn table(scores: &[(String, DocumentScore)]) -> String {
    let percent = |x: f64| format!("{:.1}%", 100.0 * x);
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header([
        "document",
        "gold",
        "found",
        "values",
        "recall",
        "precision",
        "F1",
        "strict",
        "cal.err",
        "≥.9",
        "≥.9 ok",
        "names",
        "find.R",
        "find.P",
        "judged",
    ]);
    for (name, score) in scores {
        let (o, n, f) = (&score.observations, &score.names, &score.findings);
        table.add_row([
            name.clone(),
            o.gold.to_string(),
            o.found.to_string(),
            percent(o.value_recall),
            percent(o.recall),
            percent(o.precision),
            percent(o.f1),
            percent(o.strict_f1),
            percent(o.calibration_error),
            percent(o.high_share),
            percent(o.high_precision),
            percent(n.accuracy),
            percent(f.recall),
            percent(f.precision),
            format!("{}/{}", f.judgement_hit, f.judgement_gold),
        ]);
    }
    let mean =
        scores.iter().map(|(_, s)| s.observations.f1).sum::<f64>() / scores.len().max(1) as f64;
    let sum = |get: fn(&DocumentScore) -> usize| scores.iter().map(|(_, s)| get(s)).sum::<usize>();
    let (gold, found, hit) =
        (sum(|s| s.findings.gold), sum(|s| s.findings.found), sum(|s| s.findings.hit));
    let share = |whole: usize| {
        if whole == 0 { "–".to_owned() } else { percent(hit as f64 / whole as f64) }
    };
    format!(
        "{table}\nmean F1 {}; findings pooled: recall {}, precision {}\n",
        percent(mean),
        share(gold),
        share(found)
    )
}

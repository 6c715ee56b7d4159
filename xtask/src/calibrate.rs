//! `cargo xtask calibrate`: fits the confidence of observations to hand-made gold, and writes down
//! how well it holds for documents that the fit has not seen.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anyhow::Result;
use laras_audit::{FEATURES, features};
use laras_tests::measure::{read, recipes, scored};
use laras_tests::{Gold, Recipe, Report, workspace_folder, write_variant};
use rayon::prelude::*;

use crate::logistic::{Sample, fit, probability};
use crate::write::write;

const N: usize = FEATURES.len();
/// Pull of the weights towards what is believed of them.
const PENALTY: f64 = 1.0;
/// What is believed before anything is seen, in log-odds; nothing of the other features. These are
/// so rare in the gold that it alone would teach nothing.
const BELIEVED: [(&str, f64); 3] =
    [("value.misfit", -8.0), ("row.misfit", -4.5), ("columns.doubtful", -5.0)];
/// What all restyled and damaged variants of a document count, against 1 for the document itself.
const VARIANTS: f64 = 3.0;
/// Confidence that readers take for certain.
const HIGH: f64 = 0.9;

/// The samples of one document: as it stands, and in other styles and with damages.
struct Document {
    name: String,
    plain: Vec<Sample<N>>,
    /// By the style that the tables are written in.
    variants: BTreeMap<String, Vec<Sample<N>>>,
}

pub(crate) fn calibrate() -> Result<()> {
    let mut reports = Report::corpus()?;
    let own: BTreeSet<String> = reports.iter().map(|r| r.name.clone()).collect();
    match Report::shared()? {
        Some(shared) => reports.extend(shared),
        None => anyhow::bail!("the fit needs the shared gold; set LARAS_SHARED to its folder"),
    }
    let documents: Vec<Document> = reports
        .par_iter()
        .map(|report| document(report, own.contains(&report.name)))
        .collect::<Result<_>>()?;
    let weights = rounded(&fit(&training(&documents, None), &believed(), PENALTY));
    let root = workspace_folder();
    write(&root.join("crates/laras-audit/data/confidence.tsv"), &table(&weights))?;
    let left_out: Vec<[f64; N]> = documents
        .par_iter()
        .map(|d| fit(&training(&documents, Some(&d.name)), &believed(), PENALTY))
        .collect();
    write(&root.join("docs/confidence.md"), &page(&documents, &weights, &left_out))
}

fn document(report: &Report, is_own: bool) -> Result<Document> {
    let plain = samples(&report.name, &report.bytes, &report.gold, 1.0)?;
    // The real reports that are judged as a whole are restyled too, but not damaged.
    let recipes: Vec<Recipe> = if is_own {
        recipes()
    } else if report.is_text() && report.gold.identity["judged_lines"].is_null() {
        recipes().into_iter().filter(|recipe| recipe.damages.is_empty()).collect()
    } else {
        Vec::new()
    };
    let weight = VARIANTS / recipes.len().max(1) as f64;
    let mut variants: BTreeMap<String, Vec<Sample<N>>> = BTreeMap::new();
    for recipe in &recipes {
        let variant = write_variant(&report.text(), &report.gold, recipe);
        let samples = samples(&report.name, &variant.bytes, &variant.gold, weight)?;
        variants.entry(recipe.style.as_str().to_owned()).or_default().extend(samples);
    }
    Ok(Document { name: report.name.clone(), plain, variants })
}

fn samples(name: &str, bytes: &[u8], gold: &Gold, weight: f64) -> Result<Vec<Sample<N>>> {
    let extraction = read(name, bytes)?;
    let judged: BTreeMap<String, bool> =
        scored(name, gold, Some(&extraction))?.observations.judged.into_iter().collect();
    Ok(extraction
        .observations
        .iter()
        .zip(features(&extraction))
        .filter_map(|(o, x)| Some(Sample { x, right: *judged.get(o.id.as_str())?, weight }))
        .collect())
}

fn training<'d>(documents: &'d [Document], without: Option<&str>) -> Vec<&'d Sample<N>> {
    documents
        .iter()
        .filter(|d| Some(d.name.as_str()) != without)
        .flat_map(|d| d.plain.iter().chain(d.variants.values().flatten()))
        .collect()
}

/// [`BELIEVED`] in the order of the features.
fn believed() -> [f64; N] {
    FEATURES.map(|name| BELIEVED.iter().find(|(known, _)| *known == name).map_or(0.0, |b| b.1))
}

/// Weights as they are written, so that what is measured is what is used.
fn rounded(weights: &[f64; N]) -> [f64; N] {
    weights.map(|w| (w * 1000.0).round() / 1000.0)
}

fn table(weights: &[f64; N]) -> String {
    let mut text = String::from("feature\tweight\n");
    for (name, weight) in FEATURES.iter().zip(weights) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name}\t{weight:.3}");
    }
    text
}

/// How probabilities and truth meet.
#[derive(Default)]
struct Reliability {
    /// For every tenth: observations, sum of probabilities, right ones.
    bins: [(usize, f64, usize); 10],
    high: (usize, usize),
}

impl Reliability {
    fn add(&mut self, p: f64, right: bool) {
        let p = (p * 1000.0).round() / 1000.0;
        let bin = &mut self.bins[((p * 10.0) as usize).min(9)];
        bin.0 += 1;
        bin.1 += p;
        bin.2 += usize::from(right);
        if p >= HIGH {
            self.high.0 += 1;
            self.high.1 += usize::from(right);
        }
    }

    fn count(&self) -> usize {
        self.bins.iter().map(|b| b.0).sum()
    }

    fn error(&self) -> f64 {
        let off: f64 = self.bins.iter().map(|(_, p, right)| (p - *right as f64).abs()).sum();
        100.0 * off / self.count().max(1) as f64
    }

    fn line(&self, name: &str) -> String {
        let all = self.count().max(1) as f64;
        let right: usize = self.bins.iter().map(|b| b.2).sum();
        format!(
            "| {name} | {} | {:.1} % | {:.1} | {:.1} % | {:.1} % |\n",
            self.count(),
            100.0 * right as f64 / all,
            self.error(),
            100.0 * self.high.0 as f64 / all,
            100.0 * self.high.1 as f64 / self.high.0.max(1) as f64,
        )
    }
}

const INTRODUCTION: &str = "# Confidence\n\n\
The confidence of an observation is the probability that a careful reader would record exactly the \
same subject, measure, time and value. It comes from a logistic model over what speaks for and \
against the number; the features are explained in `crates/laras-audit/src/confidence.rs`, their \
weights stand in `crates/laras-audit/data/confidence.tsv`.\n\n\
This page is written by `cargo xtask calibrate`, which fits the weights on the gold of the corpus \
(as it stands, in every style and with every damage that the suite can make, which together count \
three times as much as the document itself: there are most of the wrong numbers) and on the shared gold. Nothing on it is written by hand.\n\n";

fn page(documents: &[Document], weights: &[f64; N], left_out: &[[f64; N]]) -> String {
    let head = "| document | observations | right | calibration error (points) | confidence ≥ 0.9 | of these right |\n\
                |---|---|---|---|---|---|\n";
    let mut text = String::from(INTRODUCTION);
    text.push_str("## Documents that the fit has not seen\n\nEvery document judged by weights fitted on the others.\n\n");
    text.push_str(head);
    let mut pooled = Reliability::default();
    for (document, weights) in documents.iter().zip(left_out) {
        let mut own = Reliability::default();
        for sample in &document.plain {
            let p = probability(weights, &sample.x);
            own.add(p, sample.right);
            pooled.add(p, sample.right);
        }
        text.push_str(&own.line(&document.name));
    }
    text.push_str(&pooled.line("**all**"));
    text.push_str(
        "\n## The same reports in other styles and with damages\n\n\
         Tables written anew, by weights fitted without the report that they are of.\n\n",
    );
    text.push_str(&head.replace("document", "style"));
    let mut styles: BTreeMap<&str, Reliability> = BTreeMap::new();
    for (document, weights) in documents.iter().zip(left_out) {
        for (style, samples) in &document.variants {
            let of = styles.entry(style).or_default();
            for sample in samples {
                of.add(probability(weights, &sample.x), sample.right);
            }
        }
    }
    for (style, of) in &styles {
        text.push_str(&of.line(style));
    }
    text.push_str("\n## With the weights in use\n\n");
    text.push_str(head);
    let mut fitted = Reliability::default();
    for document in documents {
        let mut own = Reliability::default();
        for sample in &document.plain {
            let p = probability(weights, &sample.x);
            own.add(p, sample.right);
            fitted.add(p, sample.right);
        }
        text.push_str(&own.line(&document.name));
    }
    text.push_str(&fitted.line("**all**"));
    text.push_str("\n## Reliability, documents not seen\n\n| confidence | observations | mean confidence | right |\n|---|---|---|---|\n");
    for (i, (count, sum, right)) in pooled.bins.iter().enumerate().filter(|(_, b)| b.0 > 0) {
        let n = *count as f64;
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "| {:.1}–{:.1} | {count} | {:.1} % | {:.1} % |",
            i as f64 / 10.0,
            (i + 1) as f64 / 10.0,
            100.0 * sum / n,
            100.0 * *right as f64 / n
        );
    }
    text
}

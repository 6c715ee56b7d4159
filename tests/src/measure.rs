//! The pipeline run over reports with gold, and what it scores there: the rows of the committed
//! count files.

use std::collections::BTreeMap;

use laras::{Options, extract};
use laras_export::Tables;
use laras_model::{Extraction, Observation};
use laras_score::{DocumentScore, Export, score};
use rayon::prelude::*;

use crate::counts::{CountFile, Counts, Wish};
use crate::damage::Damage;
use crate::error::CorpusError;
use crate::gold::Gold;
use crate::report::Report;
use crate::style::{Style, legacy_text};
use crate::variant::{Recipe, write_variant};

const SCORES: &[(&str, Wish)] = &[
    ("gold", Wish::Neither),
    ("found", Wish::Neither),
    ("value", Wish::More),
    ("full", Wish::More),
    ("strict", Wish::More),
    ("wrong", Wish::Fewer),
    ("sure", Wish::More),
    ("sure_wrong", Wish::Fewer),
    ("names", Wish::Neither),
    ("names_right", Wish::More),
    ("names_wrong", Wish::Fewer),
    ("defects", Wish::Neither),
    ("defects_hit", Wish::More),
    ("defects_false", Wish::Fewer),
    ("judged", Wish::Neither),
    ("judged_hit", Wish::More),
];

/// Scores of the corpus as it stands.
pub static CORPUS: CountFile =
    CountFile { name: "corpus.tsv", keys: &["document"], counts: SCORES };

/// Scores of the real reports of the shared folder.
pub static SHARED: CountFile =
    CountFile { name: "shared.tsv", keys: &["document"], counts: SCORES };

const VARIANT_KEYS: &[&str] = &["document", "style", "damage"];
const VARIANT_COUNTS: &[(&str, Wish)] = &[
    ("gold", Wish::Neither),
    ("found", Wish::Neither),
    ("value", Wish::More),
    ("full", Wish::More),
    ("strict", Wish::More),
    ("wrong", Wish::Fewer),
    ("clean", Wish::Neither),
    ("same", Wish::More),
];

/// The corpus in every style, and damaged.
pub static VARIANTS: CountFile =
    CountFile { name: "variants.tsv", keys: VARIANT_KEYS, counts: VARIANT_COUNTS };

/// The real text reports with whole gold in the styles.
pub static SHARED_VARIANTS: CountFile =
    CountFile { name: "shared-variants.tsv", keys: VARIANT_KEYS, counts: VARIANT_COUNTS };

/// Seed of every variant that is counted.
const SEED: u64 = 7;

/// Runs the pipeline on a report's bytes.
///
/// # Errors
/// [`CorpusError::Pipeline`] if the pipeline refuses the bytes.
pub fn read(name: &str, bytes: &[u8]) -> Result<Extraction, CorpusError> {
    extract(bytes, &Options::named(name)).map_err(|error| CorpusError::Pipeline {
        document: name.into(),
        problem: error.to_string(),
    })
}

/// Scores an extraction, through the tables that the program writes; `None` is a report that was
/// not read at all.
///
/// # Errors
/// [`CorpusError::Pipeline`] if the tables cannot be written or read again.
pub fn scored(
    name: &str,
    gold: &Gold,
    read: Option<&Extraction>,
) -> Result<DocumentScore, CorpusError> {
    let fail = |problem: String| CorpusError::Pipeline { document: name.into(), problem };
    let folder = tempfile::tempdir().map_err(|error| fail(error.to_string()))?;
    let tables = Tables::new(folder.path()).map_err(|error| fail(error.to_string()))?;
    if let Some(extraction) = read {
        tables.add(0, extraction).map_err(|error| fail(error.to_string()))?;
    }
    tables.finish(1).map_err(|error| fail(error.to_string()))?;
    let text = |table: &str| {
        #[expect(clippy::disallowed_methods, reason = "the suite reads what was written")]
        std::fs::read_to_string(folder.path().join(table)).map_err(|error| fail(error.to_string()))
    };
    let [observations, names, findings] =
        [text("observations.csv")?, text("names.csv")?, text("findings.csv")?];
    let export =
        Export::parse(&observations, &names, &findings).map_err(|error| fail(error.to_string()))?;
    let gold = laras_score::Gold::parse(
        &gold.observations.to_text(),
        &gold.names.to_text(),
        &gold.findings.to_text(),
        Some(&gold.identity.to_string()),
    )
    .map_err(|error| fail(error.to_string()))?;
    Ok(score(name, &gold, &export))
}

/// Scores of the corpus as it stands.
///
/// # Errors
/// If the corpus cannot be read, or a report of it by the pipeline.
pub fn corpus_scores() -> Result<Counts, CorpusError> {
    scores(&CORPUS, &Report::corpus()?)
}

/// Scores of the real reports with gold, one that the pipeline cannot read counted as read to
/// nothing; `None` where there is no shared folder.
///
/// # Errors
/// If the shared folder is broken.
pub fn shared_scores() -> Result<Option<Counts>, CorpusError> {
    Report::shared()?.map(|reports| scores(&SHARED, &reports)).transpose()
}

fn scores(file: &'static CountFile, reports: &[Report]) -> Result<Counts, CorpusError> {
    let rows: Vec<DocumentScore> = reports
        .par_iter()
        .map(|report| {
            scored(&report.name, &report.gold, read(&report.name, &report.bytes).ok().as_ref())
        })
        .collect::<Result<_, _>>()?;
    let mut counts = Counts::new(file);
    for (report, DocumentScore { observations: o, names: n, findings: f, .. }) in
        reports.iter().zip(rows)
    {
        let sure = (o.high_share * o.found as f64).round();
        let sure_wrong = sure - (o.high_precision * sure).round();
        let row = [
            o.gold,
            o.found,
            o.value,
            o.full,
            o.strict,
            o.found - o.full,
            sure as usize,
            sure_wrong as usize,
            n.names,
            n.right,
            n.wrong + n.forced + n.extra,
            f.gold,
            f.hit,
            f.found - f.hit,
            f.judgement_gold,
            f.judgement_hit,
        ];
        counts.add(&[&report.name], &row.map(|count| count as u64));
    }
    Ok(counts)
}

/// Every style without damage, and every damage in the styles that can have it.
pub fn recipes() -> Vec<Recipe> {
    let mut recipes: Vec<Recipe> = Style::ALL.map(|style| Recipe::new(style, SEED)).into();
    for damage in Damage::ALL {
        for style in [Style::Tabs, Style::Pipes, Style::Html, Style::Aligned] {
            // Columns aligned by spaces keep their places whatever is blank.
            let keeps_places = (style, damage) == (Style::Aligned, Damage::DropEmpty);
            // What a table without heads can say is the same in all styles that mark its cells.
            let is_same = damage == Damage::LoseHeads && style != Style::Tabs;
            if !keeps_places && !is_same {
                recipes.push(Recipe::new(style, SEED).with(damage));
            }
        }
    }
    recipes
}

/// Scores of the corpus in every recipe, and how many observations are those of the clean text.
///
/// # Errors
/// If the corpus cannot be read, or a variant of it by the pipeline.
pub fn variant_scores() -> Result<Counts, CorpusError> {
    variants(&VARIANTS, &Report::corpus()?, &recipes())
}

/// The same for the real text reports with whole gold, in tabs, pipes, HTML, CSV, drawn and aligned columns;
/// `None` where there is no shared folder.
///
/// # Errors
/// If the shared folder is broken, or a variant is not read.
pub fn shared_variant_scores() -> Result<Option<Counts>, CorpusError> {
    let Some(mut reports) = Report::shared()? else { return Ok(None) };
    reports.retain(|report| report.is_text() && report.gold.identity["judged_lines"].is_null());
    let styles = [
        Style::Tabs,
        Style::Pipes,
        Style::Html,
        Style::Csv,
        Style::Grid,
        Style::Rulers,
        Style::Aligned,
    ];
    let recipes = styles.map(|style| Recipe::new(style, SEED));
    variants(&SHARED_VARIANTS, &reports, &recipes).map(Some)
}

fn variants(
    file: &'static CountFile,
    reports: &[Report],
    recipes: &[Recipe],
) -> Result<Counts, CorpusError> {
    let mut counts = Counts::new(file);
    for report in reports {
        let clean = read(&report.name, &report.bytes)?;
        let rows: Vec<[u64; 8]> = recipes
            .par_iter()
            .map(|recipe| variant(report, &clean, recipe))
            .collect::<Result<_, _>>()?;
        for (recipe, row) in recipes.iter().zip(rows) {
            let damage = recipe.damages.first().map_or("none", |damage| damage.as_str());
            counts.add(&[&report.name, recipe.style.as_str(), damage], &row);
        }
    }
    Ok(counts)
}

fn variant(report: &Report, clean: &Extraction, recipe: &Recipe) -> Result<[u64; 8], CorpusError> {
    let variant = write_variant(&report.text(), &report.gold, recipe);
    let found = read(&report.name, &variant.bytes)?;
    let o = scored(&report.name, &variant.gold, Some(&found))?.observations;
    let same = same(clean, &found, recipe.style.is_legacy());
    let row = [o.gold, o.found, o.value, o.full, o.strict, o.found - o.full];
    let [gold, found, value, full, strict, wrong] = row.map(|count| count as u64);
    Ok([gold, found, value, full, strict, wrong, clean.observations.len() as u64, same])
}

/// How many observations two extractions share, place and printed text aside.
fn same(clean: &Extraction, other: &Extraction, is_legacy: bool) -> u64 {
    let count = |extraction: &Extraction| {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for observation in &extraction.observations {
            let said = what_is_said(observation);
            *counts.entry(if is_legacy { legacy_text(&said) } else { said }).or_default() += 1;
        }
        counts
    };
    let (clean, other) = (count(clean), count(other));
    clean.iter().map(|(said, n)| (*n).min(other.get(said).copied().unwrap_or(0))).sum()
}

/// Everything an observation says but where it stands, how it is printed and how sure it is.
pub fn what_is_said(o: &Observation) -> String {
    fn word(value: Option<impl ToString>) -> String {
        value.map(|value| value.to_string()).unwrap_or_default()
    }
    [
        o.row_kind.to_string(),
        o.name.to_string(),
        o.parent.to_string(),
        o.code.to_string(),
        o.indicator.to_string(),
        o.measure.to_string(),
        word(o.year),
        word(o.period),
        word(o.variant),
        o.value.to_string(),
        o.unit.to_string(),
        o.as_of.to_string(),
        word(o.tahap),
    ]
    .join("|")
}

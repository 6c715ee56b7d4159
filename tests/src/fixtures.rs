//! The corpus as PDFs (`tests/pdf/fixtures`, made by `tests/pdf/make.py`), scored against the same
//! gold as the texts they were made from.
//!
//! Gold knows lines of the text, which a PDF has not: here both are scored by what is said alone, so
//! that text and PDF are measured alike.

use std::path::PathBuf;

use laras_model::Extraction;
use rayon::prelude::*;

use crate::counts::{CountFile, Counts, Wish};
use crate::error::CorpusError;
use crate::gold::Gold;
use crate::measure::{read, scored};
use crate::report::{Report, workspace_folder};

/// Styles of the PDFs; `text` is the report that they were made from.
pub const STYLES: [&str; 5] = ["text", "ruled", "unruled", "merged", "tagged"];

/// The corpus as PDFs, beside its texts.
pub static PDF: CountFile = CountFile {
    name: "pdf.tsv",
    keys: &["document", "style"],
    counts: &[
        ("gold", Wish::Neither),
        ("found", Wish::Neither),
        ("value", Wish::More),
        ("full", Wish::More),
        ("strict", Wish::More),
        ("wrong", Wish::Fewer),
        ("names", Wish::Neither),
        ("names_right", Wish::More),
    ],
};

/// Scores of every PDF, and of the text it was made from.
///
/// # Errors
/// If a fixture is missing or cannot be read.
pub fn pdf_scores() -> Result<Counts, CorpusError> {
    let reports = Report::corpus()?;
    let wanted: Vec<(&Report, &str)> =
        reports.iter().flat_map(|report| STYLES.map(|style| (report, style))).collect();
    let rows: Vec<[usize; 8]> = wanted
        .par_iter()
        .map(|(report, style)| {
            let mut found = if *style == "text" {
                read(&report.name, &report.bytes)?
            } else {
                read(&report.name, &bytes(report, style)?)?
            };
            without_places(&mut found);
            let score = scored(&report.name, &unplaced(&report.gold), Some(&found))?;
            let (o, n) = (score.observations, score.names);
            Ok([o.gold, o.found, o.value, o.full, o.strict, o.found - o.full, n.names, n.right])
        })
        .collect::<Result<_, CorpusError>>()?;
    let mut counts = Counts::new(&PDF);
    for ((report, style), row) in wanted.iter().zip(rows) {
        counts.add(&[&report.name, style], &row.map(|count| count as u64));
    }
    Ok(counts)
}

fn bytes(report: &Report, style: &str) -> Result<Vec<u8>, CorpusError> {
    let name = format!("{}-{style}.pdf", report.name);
    let path: PathBuf = workspace_folder().join("tests/pdf/fixtures").join(name);
    #[expect(clippy::disallowed_methods, reason = "the suite reads its fixtures")]
    std::fs::read(&path).map_err(|source| CorpusError::Io { path, source })
}

/// Written without line and page, as the tables of [`scored`] then are.
fn without_places(extraction: &mut Extraction) {
    extraction.source.lines = 0;
}

fn unplaced(gold: &Gold) -> Gold {
    let mut gold = gold.clone();
    for sheet in [&mut gold.observations, &mut gold.names, &mut gold.findings] {
        for row in 0..sheet.rows.len() {
            sheet.set(row, "line", "");
        }
    }
    gold
}

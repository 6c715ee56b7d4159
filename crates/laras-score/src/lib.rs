//! Scores an export against hand-made gold: observations, names and findings.
//!
//! Gold is a folder a document with `observations.tsv`, `names.tsv`, `findings.tsv` and
//! `identity.json`; an export is the CSV tables that laras writes. A pair is right when value,
//! measure, time and name agree (*full*), and strictly right when unit, row kind and indicator do
//! too. Everything extracted from a judged place counts: what no gold row explains is a false one.
//!
//! ```
//! use laras_score::{Export, Gold, score};
//!
//! let gold = Gold::parse(
//!     "doc\tline\tname\tmeasure\tyear\tvalue\tunit\tnote\nx\t4\tProgram A\tpagu\t2020\t1250\tIDR\t\n",
//!     "", "", None,
//! )?;
//! let export = Export::parse(
//!     "document,line,name,measure,year,value,unit\nx,4,PROGRAM A,pagu,2020,1250.0,IDR\n",
//!     "", "",
//! )?;
//! let score = score("x", &gold, &export);
//! assert_eq!((score.observations.full, score.observations.f1), (1, 1.0));
//! # Ok::<(), laras_score::ScoreError>(())
//! ```
//!
//! # What this crate refuses to know
//! How an export came about. It reads the tables as strings, so that any program's export can be
//! scored, and it opens no files.

mod findings;
mod names;
mod observations;
mod pairs;
mod tables;
mod text;

use serde::Serialize;

pub use findings::FindingScore;
pub use names::NameScore;
pub use observations::ObservationScore;
pub use tables::{Export, Gold, ScoreError};
pub use text::similar;

/// The scores of one document, and what was wrong.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentScore {
    /// Numbers.
    pub observations: ObservationScore,
    /// Names of programs, kegiatan and sub kegiatan.
    pub names: NameScore,
    /// Defects.
    pub findings: FindingScore,
    /// Every mistake in a line.
    #[serde(skip)]
    pub errors: Vec<String>,
}

/// Scores one document of an export.
pub fn score(document: &str, gold: &Gold, export: &Export) -> DocumentScore {
    let by = gold.placed_by();
    let judged = |rows: &[tables::Row]| -> Vec<tables::Row> {
        rows.iter()
            .filter(|row| row.document() == document && gold.is_judged(row, by))
            .cloned()
            .collect()
    };
    let mut errors = Vec::new();
    let observations =
        observations::score(&gold.observations, &judged(&export.observations), by, &mut errors);
    let names = names::score(&gold.names, &judged(&export.names), by, &mut errors);
    let findings = findings::score(&gold.findings, &judged(&export.findings), by, &mut errors);
    DocumentScore { observations, names, findings, errors }
}

/// `part / whole`, and 1 where there was nothing to find and nothing was found.
fn share(part: usize, whole: usize) -> f64 {
    match (part, whole) {
        (0, 0) => 1.0,
        (_, 0) => 0.0,
        _ => part as f64 / whole as f64,
    }
}

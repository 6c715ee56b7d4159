//! The report of a run: what became of every input.

use std::io::Write;
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ExportError, atomic};

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum RunStatus {
    /// Read and written.
    Done,
    /// It can be read but holds nothing.
    Empty,
    /// It could not be read; nothing was written for it.
    Failed,
}

/// One input of a run.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RunDocument {
    /// The input as it was given, or as it was found in a folder that was given.
    pub input: String,
    /// Its name in the tables; empty for inputs that failed.
    pub document: String,
    /// What became of it.
    pub status: RunStatus,
    /// What it was taken for: `text`, `pdf`, and the types of the reports found in it.
    pub taken_for: Vec<String>,
    /// Size in bytes.
    pub bytes: u64,
    /// Reports found.
    pub parts: usize,
    /// Tables found.
    pub tables: usize,
    /// Observations written.
    pub observations: usize,
    /// Names written.
    pub names: usize,
    /// Findings written.
    pub findings: usize,
    /// Tokens of the source in cells, headings, prose and furniture, and not used, as shares of
    /// all; they add up to 1.
    pub shares: TokenShares,
    /// Pages without usable text, which were not read.
    pub unread_pages: Vec<u32>,
    /// Time it took.
    pub seconds: f64,
    /// Why it failed: what was found, what was expected, what to do.
    pub error: Option<String>,
    /// What else a person should know.
    pub notes: Vec<String>,
}

/// What became of the tokens of a source, as shares from 0 to 1.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct TokenShares {
    /// In table cells.
    pub cells: f64,
    /// In headings and captions.
    pub headings: f64,
    /// In prose.
    pub prose: f64,
    /// In page furniture.
    pub furniture: f64,
    /// Not used.
    pub unused: f64,
}

impl From<&laras_model::TokenAccount> for TokenShares {
    fn from(account: &laras_model::TokenAccount) -> Self {
        let share =
            |count: u64| if account.total == 0 { 0.0 } else { count as f64 / account.total as f64 };
        Self {
            cells: share(account.cells),
            headings: share(account.headings),
            prose: share(account.prose),
            furniture: share(account.furniture),
            unused: share(account.unused),
        }
    }
}

/// A whole run.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct RunReport {
    /// Version of the program.
    pub version: String,
    /// Inputs, in the order in which they were given.
    pub documents: Vec<RunDocument>,
    /// Time of the whole run.
    pub seconds: f64,
}

/// Writes `run.json`.
///
/// # Errors
/// If the file cannot be written.
pub fn write_run(path: &Path, report: &RunReport) -> Result<(), ExportError> {
    atomic::write(path, |file| {
        serde_json::to_writer_pretty(&mut *file, report)?;
        writeln!(file)
    })
}

//! Writes extractions: one normalised JSON a document, tidy CSV tables for all of them, and the
//! report of the run.
//!
//! Every file is written to a temporary name and renamed when it is whole, so that nothing
//! half-written remains. [`Tables`] takes documents one by one and keeps none of them in memory;
//! the CSV rows stand in the order in which the documents are numbered, whatever the order in which
//! they are finished.
//!
//! # What this crate refuses to know
//! How anything was found. It is the only crate that writes files.

mod atomic;
mod field_names;
mod json;
mod rows;
mod run;
mod schema;
mod tables;

use std::path::PathBuf;

use thiserror::Error;

pub use json::{append_json, write_json};
pub use run::{RunDocument, RunReport, RunStatus, TokenShares, write_run};
pub use schema::{extraction_schema, run_schema};
pub use tables::{Tables, write_findings};

/// A file that could not be written.
#[derive(Debug, Error)]
#[error("{}: could not be written: {source}; check that the folder exists and has room", path.display())]
pub struct ExportError {
    /// The file.
    pub path: PathBuf,
    /// What the system said.
    pub source: std::io::Error,
}

//! Why a report or its gold could not be used at all.

use std::path::PathBuf;

/// Why a report or its gold could not be used at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// A file could not be read or written.
    #[error("could not use `{path}`: {source}")]
    Io {
        /// The file as the caller named it.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A gold table has no header line or lacks a column.
    #[error("`{path}` has no column `{column}`; a gold table is TSV with a header line")]
    Column {
        /// The file as the caller named it.
        path: PathBuf,
        /// The column that is missing.
        column: &'static str,
    },
    /// identity.json is not JSON.
    #[error("`{path}` is not JSON: {source}")]
    Json {
        /// The file as the caller named it.
        path: PathBuf,
        /// What the parser said.
        source: serde_json::Error,
    },
    /// A name on the command line is none of the known ones.
    #[error("`{found}` is no {what}; known are {known}")]
    Unknown {
        /// What was looked for, e.g. `style`.
        what: &'static str,
        /// What was given.
        found: String,
        /// The names that exist.
        known: String,
    },
    /// The pipeline could not read a report of ours, or write it.
    #[error("{document}: {problem}")]
    Pipeline {
        /// The document.
        document: String,
        /// What went wrong.
        problem: String,
    },
}

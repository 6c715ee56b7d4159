//! The file something came from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

words! {
    /// What a file was taken for.
    pub enum Format {
        /// Text of any conversion.
        Text = "text",
        /// A PDF with a text layer.
        Pdf = "pdf",
    }
}

/// One input file.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// The document's name in every table of the export: the file's stem, or its path relative
    /// to the common folder where two inputs share a stem.
    pub document: String,
    /// The file's name.
    pub file: String,
    /// What the file was taken for.
    pub format: Format,
    /// Character encoding (text), as named by the WHATWG standard; empty where it does not apply.
    pub encoding: String,
    /// Whether the encoding was guessed from the bytes rather than marked or valid UTF-8.
    pub encoding_guessed: bool,
    /// SHA-256 of the file, in lower-case hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Number of pages; 0 for text without form feeds.
    pub pages: u32,
    /// Number of lines; 0 for paged sources.
    pub lines: u32,
}

//! Why a file could not be read at all.

use thiserror::Error;

/// A file from which nothing can be read. What is merely damaged is read and noted instead.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file has no bytes, or none but white space.
    #[error("the file is empty: nothing but {bytes} bytes of white space; export the report again")]
    Empty {
        /// Size of the file.
        bytes: usize,
    },
    /// The bytes are not text.
    #[error(
        "this is not text: {found}; expected UTF-8, UTF-16 or windows-1252 text; \
         convert the file to text or PDF first"
    )]
    Binary {
        /// What gave it away.
        found: String,
    },
}

//! From the bytes of a report to blocks and table rows, each with its place.
//!
//! [`text::read_text`] takes text of any conversion, [`pdf::read_pdf`] a born-digital PDF. The result is a
//! [`Content`](laras_model::Content): blocks in reading order that together cover every line once,
//! and the rows of tables exactly as printed.
//!
//! ```
//! use laras_model::BlockKind;
//! use laras_read::text::{TextOptions, read_text};
//!
//! let report = "Tabel 1\n\nNo\tProgram\tPagu (Rp)\n1\tProgram Contoh\t1.250.000,00\n";
//! let content = read_text(report.as_bytes(), &TextOptions::default())?;
//! assert_eq!(content.blocks[0].kind, BlockKind::Caption);
//! assert_eq!(content.fragments[0].rows[1].cells[2].text, "1.250.000,00");
//! # Ok::<(), laras_read::ReadError>(())
//! ```
//!
//! # What this crate refuses to know
//! What a number is worth, which rows make one logical table, and what anything means: it knows
//! layout, not reports. It opens no files; the caller brings the bytes.

mod error;
pub mod pdf;
pub mod text;

pub use error::ReadError;

//! Reads the reports of Indonesian local governments into data that can be trusted and compared.
//!
//! [`extract`] takes the bytes of one file through the whole pipeline:
//!
//! 1. [`laras_read`]: bytes → blocks and table rows, each with its place;
//! 2. [`laras_table`]: rows → logical tables with header, columns and equations;
//! 3. [`laras_report`]: tables → reports, observations, names;
//! 4. [`laras_audit`]: what does not add up, and how sure every number is.
//!
//! ```
//! let report = "LAPORAN KINERJA\nDINAS CONTOH KABUPATEN TAPIN\nTAHUN 2023\n\n\
//!               No\tProgram\tPagu (Rp)\tRealisasi (Rp)\t%\n\
//!               1\tProgram Contoh Layanan\t1.250.000,00\t1.000.000,00\t80,00\n";
//! let extraction = laras::extract(report.as_bytes(), &laras::Options::named("contoh"))?;
//! let pagu = &extraction.observations[0];
//! assert_eq!((pagu.name.as_str(), pagu.value.to_string().as_str()), ("Program Contoh Layanan", "1250000"));
//! assert_eq!(pagu.year, Some(2023));
//! # Ok::<(), laras::ExtractError>(())
//! ```
//!
//! The command line is in `src/cli`. This library opens no files and uses no network.

mod extract;

pub use extract::{ExtractError, Options, extract, extract_owned};

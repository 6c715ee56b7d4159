//! The corpus, and everything that is made from it by seed.
//!
//! `corpus/<name>/<name>.txt` holds reports that the project wrote itself, with gold beside them.
//! Real text exports differ in how their converter printed tables, so each report is also needed
//! in other dresses. This crate makes them, from *any* tab-separated text report:
//!
//! ```text
//! report + gold ─damage─▶ tab text ─style─▶ pipes, HTML, aligned columns, windows-1252 …
//!                     └────────── gold lines are carried along ──────────┘
//! ```
//!
//! * [`Style`]: how a converter writes tables, [`restyle`];
//! * [`Damage`]: what conversion breaks, [`Damage::apply`];
//! * [`inject`]: one digit of one amount changed, and which equations of the gold it breaks;
//! * [`write_variant`]: all of it in one call, bytes and gold;
//! * [`vary`] and [`batch`]: new plausible reports for benches.
//!
//! The same seed gives the same bytes on every platform.
//!
//! ```
//! use laras_tests::{Document, Style, restyle};
//!
//! let report = Document::parse("Tabel 1\n\nNo\tProgram\tPagu\n1\tProgram A\t1.250.000\n");
//! let pipes = restyle(&report, Style::Pipes, 7);
//! assert_eq!(pipes.document.lines[4], "| 1 | Program A | 1.250.000 |");
//! assert_eq!(pipes.map.first(4), 5); // the rule line came between
//! ```
//!
//! Three modules judge the pipeline: [`measure`] runs it on the corpus and its variants,
//! [`fixtures`] on the corpus as PDFs, and [`counts`] compares what it scores with what is committed
//! in `tests/scores/`.
//!
//! # What this crate refuses to know
//! How reports are read. Everything that makes reports is made without the pipeline; only
//! [`measure`] calls it, as a user would.

mod batch;
mod cell;
pub mod counts;
mod damage;
mod document;
mod equation;
mod error;
mod fault;
pub mod fixtures;
mod gold;
mod lines;
pub mod measure;
mod report;
mod rng;
mod style;
mod variant;
mod vary;

pub use batch::batch;
pub use damage::Damage;
pub use document::{Document, Segment};
pub use equation::{Equation, EquationKind, equations};
pub use error::CorpusError;
pub use fault::{Fault, inject};
pub use gold::{Gold, Sheet};
pub use lines::LineMap;
pub use report::{Report, corpus_folder, shared_folder, workspace_folder};
pub use rng::Rng;
pub use style::{Restyled, Style, legacy_text, restyle};
pub use variant::{Recipe, Variant, write_variant};
pub use vary::vary;

//! The shared nouns of laras: what every stage of the pipeline hands to the next.
//!
//! ```text
//! bytes → Content (blocks, fragments) → Table → Observation → Finding
//!                        └──────────── Extraction: all of it, for one file ────────────┘
//! ```
//!
//! The meaning of every field is the project's contract; `docs/observations.md` states it in
//! full and `schemas/` holds the JSON Schema that is generated from these types.
//!
//! ```
//! use laras_model::{Decimal, Measure};
//!
//! let printed: Decimal = "95.420".parse()?;
//! assert_eq!(printed.to_string(), "95.42");       // written plainly …
//! assert_eq!(printed.scale(), 3);                 // … but knows how it was printed
//! assert_eq!(Measure::Serapan.as_str(), "serapan");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What this crate refuses to know
//! How anything is read, recognised, computed or written. It holds plain data with public
//! fields; the only invariants are those of [`Decimal`] and [`Confidence`]. No amount is ever a
//! binary float.

#[macro_use]
mod words;

mod block;
mod confidence;
mod decimal;
mod extraction;
mod finding;
mod flag;
mod measure;
mod mention;
mod name;
mod observation;
mod part;
mod place;
mod shared_text;
mod source;
mod table;
mod tokens;
mod unused;

pub use block::{Block, BlockKind, Content, Fragment, RawCell, RawRow, TableStyle};
pub use confidence::Confidence;
pub use decimal::{Decimal, ParseDecimalError};
pub use extraction::{Extraction, Note, SCHEMA_VERSION};
pub use finding::{Finding, FindingCode, Message, Origin, Severity, Suggestion};
pub use flag::{Flag, Flags};
pub use measure::{Measure, Period, RowKind, Tahap, Variant};
pub use mention::{Mention, MentionKind};
pub use name::{Level, NameCandidate, NameMatch, NameStatus, Regime};
pub use observation::{Alternative, Observation, Value};
pub use part::{
    AgencyKind, Evidence, Part, PlanVariant, Region, RegionKind, ReportType, Signatory,
};
pub use place::{Bbox, Place};
pub use shared_text::SharedText;
pub use source::{Format, Source};
pub use table::{
    Cell, Column, Equation, EquationKind, Role, RoleGuess, Row, RowShape, Table, TableNote,
};
pub use tokens::{TokenAccount, UnusedToken};
pub use words::UnknownWord;

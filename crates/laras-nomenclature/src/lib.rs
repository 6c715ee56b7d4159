//! Official names of Indonesian local government, and the matcher that finds them.
//!
//! - [`Nomenclature`]: the programs, kegiatan and sub kegiatan of Permendagri 13/2006 and 90/2019
//!   with their updates, the crosswalk between both, regions, agencies and short forms; built in
//!   ([`Nomenclature::builtin`]) or loaded from a folder's files ([`Nomenclature::from_tables`]).
//! - [`Nomenclature::match_name`], [`Nomenclature::match_table`] and, for the tables of a document,
//!   [`DocumentNames`] find the official name that a printed one stands for, or say honestly that it
//!   is local.
//! - [`Nomenclature::look_up`] and [`Nomenclature::map`] answer for codes.
//! - [`Nomenclature::fold`], [`Nomenclature::similarity`] and [`Nomenclature::nearness`] compare
//!   names without deciding anything.
//! - [`Regions::find`], [`Agencies::find`] and [`Abbreviations::expand`] recognise the rest.
//!
//! ```
//! use laras_nomenclature::{MatchOptions, Nomenclature, Query, Tier};
//!
//! let query = Query {
//!     tier: Some(Tier::KabupatenKota),
//!     year: Some(2022),
//!     ..Query::new("Penyediaan Barang Cetak dan Penggadaan")
//! };
//! let found = Nomenclature::builtin().match_name(&query, &MatchOptions::default());
//! assert_eq!(found.official_name, "Penyediaan Barang Cetakan dan Penggandaan");
//! assert_eq!(found.code, "X.XX.01.2.06.05");
//! ```
//!
//! # What this crate refuses to know
//! Files, tables and documents: it is given names and what is known about where they stand. It
//! never reads a file, and never uses the built-in data in place of a broken folder.

mod agencies;
mod agency_search;
mod align;
mod candidates;
mod choice;
mod code;
mod comparison;
mod context;
mod crosswalk;
mod decision;
mod document;
mod edition;
mod edits;
mod entry;
mod evidence;
mod features;
mod finding;
mod fold;
mod index;
mod joined;
mod letters;
mod likeness;
mod lists;
mod loading;
mod lookup;
mod matching;
mod memo;
mod model;
mod near;
mod nomenclature;
mod overrides;
mod prepared;
mod query;
mod region_search;
mod regions;
mod similar;
mod table;
mod text;
mod tsv;
mod vocabulary;
mod words;

pub use agencies::{Agencies, AgencyHit, AgencySpan, OfficeName};
pub use document::DocumentNames;
pub use edition::{Edition, Tier};
pub use entry::OfficialName;
pub use evidence::CandidateEvidence;
pub use lookup::{Known, Mapped};
pub use nomenclature::{FILES, Nomenclature, NomenclatureError};
pub use overrides::Overrides;
pub use query::{Explanation, Match, MatchOptions, Query, Remark};
pub use regions::{RegionEvidence, RegionHit, RegionRecord, Regions};
pub use similar::Nearness;
pub use table::TableRow;
pub use text::SplitText;
pub use tsv::Problem;
pub use words::{Abbreviation, Abbreviations};

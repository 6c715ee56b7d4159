//! Names of programs, kegiatan and sub kegiatan, and what the nomenclature says of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Place, SharedText};

words! {
    /// Level of a name in the nomenclature.
    pub enum Level {
        /// Urusan (function of government).
        Urusan = "urusan",
        /// Bidang urusan.
        BidangUrusan = "bidang_urusan",
        /// Program.
        Program = "program",
        /// Kegiatan.
        Kegiatan = "kegiatan",
        /// Sub kegiatan.
        SubKegiatan = "sub_kegiatan",
    }
}

words! {
    /// The regulation a code belongs to.
    pub enum Regime {
        /// Permendagri 13/2006, in force for budgets to 2020.
        Permendagri13 = "13/2006",
        /// Permendagri 90/2019 and its updates, in force for budgets since 2021.
        Permendagri90 = "90/2019",
    }
}

words! {
    /// How a name stands to the nomenclature.
    pub enum NameStatus {
        /// The official name, case and punctuation aside.
        Exact = "exact",
        /// The official name but for spelling, abbreviation or word order.
        Fuzzy = "fuzzy",
        /// Two or more official names fit equally well.
        Ambiguous = "ambiguous",
        /// In no edition: a name of the office's own.
        Local = "local",
    }
}

/// An official name that could be meant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NameCandidate {
    /// Its code.
    pub code: SharedText,
    /// Its official name.
    pub official_name: SharedText,
    /// The regulation.
    pub regime: Regime,
    /// How well it fits, from 0 to 1.
    pub score: f64,
}

/// One occurrence of a name in a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NameMatch {
    /// Table id within the document.
    pub table: SharedText,
    /// 0-based logical row of the table.
    pub row: u32,
    /// Where the name stands.
    pub place: Place,
    /// Level of the row.
    pub level: Level,
    /// The name as a reader reads it.
    pub name: SharedText,
    /// Code, for `exact` and `fuzzy` only.
    pub code: SharedText,
    /// Code as printed beside the name, if any.
    pub printed_code: SharedText,
    /// The regulation the code belongs to.
    pub regime: Option<Regime>,
    /// Official name, for `exact` and `fuzzy` only.
    pub official_name: SharedText,
    /// Probability that the code is right.
    pub score: f64,
    /// How the name stands to the nomenclature.
    pub status: NameStatus,
    /// Other official names that could be meant.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub candidates: Vec<NameCandidate>,
    /// The same thing in the other edition, by the crosswalk.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub crosswalk: Vec<SharedText>,
    /// What speaks for and against, in words.
    #[serde(skip_serializing_if = "str::is_empty", default)]
    pub explanation: SharedText,
}

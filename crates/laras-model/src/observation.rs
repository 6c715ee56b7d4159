//! One number printed in a quantitative table.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Confidence, Decimal, Flags, Measure, Period, Place, RowKind, SharedText, Tahap, Variant,
};

/// A number, or an explicit "none" (`-`). Blank cells give no observation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// The number.
    Number(Decimal),
    /// Stated as none.
    Nil,
}

impl Value {
    /// The number, if it is one.
    pub fn number(self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(number),
            Self::Nil => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => fmt::Display::fmt(number, f),
            Self::Nil => f.pad("nil"),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => number.serialize(serializer),
            Self::Nil => serializer.serialize_str("nil"),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "nil" {
            return Ok(Self::Nil);
        }
        text.parse().map(Self::Number).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Value {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Value".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": r"^(nil|-?[0-9]+(\.[0-9]+)?)$",
            "description": "An exact decimal in plain digits, or `nil` for an explicit none."
        })
    }
}

/// Another reading of the same cell that could not be ruled out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Alternative {
    /// The other value.
    pub value: Decimal,
    /// Why it could be meant.
    pub reason: String,
}

/// One number, or explicit "none", printed in a quantitative table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Observation {
    /// Stable for the same bytes: table, row, column, and a counter where a cell holds several.
    pub id: SharedText,
    /// The report inside the file, 1-based; see [`crate::Part`].
    pub part: u32,
    /// Table id within the document (`t01`).
    pub table: SharedText,
    /// Where the cell stands.
    pub place: Place,
    /// 0-based logical row of the table.
    pub row: u32,
    /// 0-based logical column of the table.
    pub column: u32,
    /// What the row's subject is.
    pub row_kind: RowKind,
    /// The row's subject as a reader reads it.
    pub name: SharedText,
    /// The row's parent subject.
    pub parent: SharedText,
    /// Canonical nomenclature code of the name; empty when local, ambiguous or unknown.
    pub code: SharedText,
    /// The indicator's text where the table gives one for the value.
    pub indicator: SharedText,
    /// What is measured.
    pub measure: Measure,
    /// Fiscal year the value refers to; absent when neither table nor document says.
    pub year: Option<u16>,
    /// Part of the year or span; absent for the whole year.
    pub period: Option<Period>,
    /// Which of two plans side by side.
    pub variant: Option<Variant>,
    /// The value.
    pub value: Value,
    /// `IDR`, `%`, `score`, else the unit as printed in lower case.
    pub unit: SharedText,
    /// The cell's text as printed.
    pub raw: SharedText,
    /// Date or quarter through which a cumulative figure runs.
    pub as_of: SharedText,
    /// Budget stage of a pagu.
    pub tahap: Option<Tahap>,
    /// Probability that a careful reader would record exactly this.
    pub confidence: Confidence,
    /// What lowers the confidence.
    pub flags: Flags,
    /// Readings that could not be ruled out.
    #[serde(skip_serializing_if = "<[_]>::is_empty", default)]
    pub alternatives: Box<[Alternative]>,
}

//! Defects a good auditor would point out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Confidence, Decimal, Place, SharedText};

words! {
    /// What kind of defect it is.
    pub enum FindingCode {
        /// Damaged printed number.
        NumberMalformed = "number.malformed",
        /// One table mixes the `1.234.567` and `1,234,567` conventions.
        NumberMixed = "number.mixed",
        /// A number that can be read in two ways.
        NumberAmbiguous = "number.ambiguous",
        /// Values printed on a neighbouring row or column.
        RowDisplaced = "row.displaced",
        /// The same row printed twice in one table.
        RowDuplicate = "row.duplicate",
        /// Children do not add up to the printed subtotal or total.
        SumMismatch = "sum.mismatch",
        /// A printed percent is not value/base.
        PercentMismatch = "percent.mismatch",
        /// Two tables of the document state different values for the same thing.
        ConflictTable = "conflict.table",
        /// Prose contradicts a table, or prose.
        ConflictText = "conflict.text",
        /// A number in words differs from its digits.
        TerbilangMismatch = "terbilang.mismatch",
        /// Prose counts something otherwise than a table does.
        CountMismatch = "count.mismatch",
        /// A civil-servant number that cannot be.
        NipInvalid = "nip.invalid",
        /// One person with two numbers, or one number with two names.
        NipConflict = "nip.conflict",
        /// Weekday and date do not agree.
        DateWeekday = "date.weekday",
        /// Dates or years that cannot both be right.
        DateConflict = "date.conflict",
        /// Pages missing, duplicated or out of order.
        PageOrder = "page.order",
        /// A name cut off by the conversion.
        NameTruncated = "name.truncated",
        /// Value and unit do not fit the indicator.
        UnitMismatch = "unit.mismatch",
        /// Realised above budget.
        BudgetExceeded = "budget.exceeded",
        /// A grade or predicate that the scale contradicts.
        PredicateMismatch = "predicate.mismatch",
        /// A printed code that is not the name's.
        CodeMismatch = "code.mismatch",
        /// Edition of the nomenclature and year do not fit.
        RegimeMismatch = "regime.mismatch",
        /// One person with several ranks at one time.
        RankConflict = "rank.conflict",
        /// An indicator without a target.
        TargetMissing = "target.missing",
        /// A form that the report's type must contain is missing.
        TableMissing = "table.missing",
        /// Part of the period is booked as the whole.
        PeriodPartial = "period.partial",
    }
}

words! {
    /// How grave a finding is.
    pub enum Severity {
        /// Wrong.
        Error = "error",
        /// Probably wrong.
        Warning = "warning",
        /// A remark.
        Info = "info",
    }
}

words! {
    /// Whose error it is.
    pub enum Origin {
        /// The printed numbers disagree: the office's.
        Source = "source",
        /// A reading exists that agrees: the conversion's.
        Conversion = "conversion",
        /// Cannot be told.
        Unknown = "unknown",
    }
}

/// A sentence about a finding, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Message {
    /// Indonesian.
    pub id: String,
    /// English.
    pub en: String,
}

/// The smallest change that would make the numbers agree; never applied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Suggestion {
    /// The observation to change.
    pub observation: SharedText,
    /// Its value as read.
    pub from: Decimal,
    /// The value that would agree.
    pub to: Decimal,
    /// How many broken equations it would mend.
    pub mends: u32,
}

/// One defect, by one check, on one row and measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Stable for the same content: derived from code, subject and printed values.
    pub id: String,
    /// The report inside the file, 1-based.
    pub part: u32,
    /// What kind of defect.
    pub code: FindingCode,
    /// How grave.
    pub severity: Severity,
    /// Where it is pointed out.
    pub place: Place,
    /// Other places it involves.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub places: Vec<Place>,
    /// What it is about.
    pub subject: String,
    /// What is printed, what was computed, the difference; plain words and digits.
    pub detail: String,
    /// What is printed.
    pub printed: String,
    /// What was computed.
    pub computed: String,
    /// The difference between the two, in the measure's unit.
    pub difference: Option<Decimal>,
    /// Whose error it is.
    pub origin: Origin,
    /// Ids of the observations involved.
    pub observations: Vec<SharedText>,
    /// Findings that one wrong number explains share this.
    pub defect: String,
    /// Whether this row's value is the one held responsible.
    pub culprit: bool,
    /// The smallest change that would mend it.
    pub suggestion: Option<Suggestion>,
    /// Probability that a good auditor would point it out.
    pub confidence: Confidence,
    /// In a sentence.
    pub message: Message,
    /// Whether a reviewer accepted it: listed, but not counted.
    pub accepted: bool,
}

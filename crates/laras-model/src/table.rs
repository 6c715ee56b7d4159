//! Logical tables: a grid with a header tree, whatever style the source wrote it in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Confidence, Measure, Period, Place, SharedText, TableStyle, Tahap, Variant};

words! {
    /// What a row of a table is.
    pub enum RowShape {
        /// Part of the header.
        Header = "header",
        /// Column numbers (`1 2 3`, `(1) (2)`, `13= 6 + 12`).
        ColumnNumbers = "column_numbers",
        /// The header once more, after a page break.
        RepeatedHeader = "repeated_header",
        /// Data.
        Body = "body",
        /// A heading inside the body, without values.
        Section = "section",
    }
}

words! {
    /// What a column holds.
    pub enum Role {
        /// Ordinal or list number.
        Number = "number",
        /// Nomenclature or account code.
        Code = "code",
        /// Names: the subjects of the rows.
        Name = "name",
        /// Indicators.
        Indicator = "indicator",
        /// Units (`Satuan`).
        Unit = "unit",
        /// Locations.
        Location = "location",
        /// Remarks.
        Note = "note",
        /// Who is responsible.
        Responsible = "responsible",
        /// Source of funds or of data.
        Source = "source",
        /// Values; the measure says of what.
        Measure = "measure",
        /// Words that are not data.
        Text = "text",
        /// Not known.
        Unknown = "unknown",
    }
}

/// A role a column could have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RoleGuess {
    /// The role.
    pub role: Role,
    /// For value columns, the measure.
    pub measure: Option<Measure>,
    /// Weight of the evidence for it, as a share of all.
    pub weight: f64,
}

/// A column of a logical table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Column {
    /// 0-based position.
    pub index: u32,
    /// Header texts from the outermost to the innermost.
    pub path: Vec<String>,
    /// Column number as printed.
    pub number: String,
    /// Formula over column numbers as printed (`13= 6 + 12`).
    pub formula: String,
    /// What the column holds.
    pub role: Role,
    /// For value columns, what is measured.
    pub measure: Option<Measure>,
    /// Year its values refer to.
    pub year: Option<u16>,
    /// Period its values refer to.
    pub period: Option<Period>,
    /// Plan its values belong to.
    pub variant: Option<Variant>,
    /// Budget stage of its values.
    pub tahap: Option<Tahap>,
    /// Unit of its values, where the header prints one.
    pub unit: String,
    /// Other roles, best first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub candidates: Vec<RoleGuess>,
}

/// A cell of a logical table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// 0-based column.
    pub column: u32,
    /// Columns it covers.
    #[serde(skip_serializing_if = "is_one", default = "one")]
    pub colspan: u16,
    /// Rows it covers.
    #[serde(skip_serializing_if = "is_one", default = "one")]
    pub rowspan: u16,
    /// Text, cleaned of markup, joined over breaks.
    pub text: SharedText,
    /// Where it stands.
    pub place: Place,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_one(value: &u16) -> bool {
    *value == 1
}

fn one() -> u16 {
    1
}

/// A row of a logical table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// What the row is.
    pub shape: RowShape,
    /// Its cells that are not blank, left to right.
    pub cells: Vec<Cell>,
    /// Where it stands; its first line if it was put together from several.
    pub place: Place,
    /// Number of cells the source printed for it.
    pub printed_cells: u32,
    /// How much better this alignment is than the next, from 0 (a tie) to 1.
    pub margin: Confidence,
    /// Which fragment of the table it came from, counted from 0.
    pub fragment: u32,
}

impl Row {
    /// The text of the cell that covers a column; empty where there is none.
    pub fn text(&self, column: u32) -> &str {
        self.cell(column).map_or("", |cell| cell.text.as_str())
    }

    /// The cell that covers a column.
    pub fn cell(&self, column: u32) -> Option<&Cell> {
        self.cells
            .iter()
            .find(|cell| cell.column <= column && column < cell.column + u32::from(cell.colspan))
    }
}

words! {
    /// Where an equation comes from.
    pub enum EquationKind {
        /// Printed in the header.
        Printed = "printed",
        /// Every table of this kind has it.
        Standard = "standard",
        /// Found because it holds on most rows.
        Discovered = "discovered",
    }
}

/// An equation between the columns of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Equation {
    /// Where it comes from.
    pub kind: EquationKind,
    /// The column that is computed.
    pub result: u32,
    /// How, over 0-based columns: `c4 + c6`, `100 * c5 / c4`.
    pub expression: String,
    /// Rows on which it can be checked.
    pub checked: u32,
    /// Rows on which it holds.
    pub held: u32,
    /// Rows on which it does not.
    pub exceptions: Vec<u32>,
}

/// Something worth saying about how a table was rebuilt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TableNote {
    /// Row it is about, if it is about one.
    pub row: Option<u32>,
    /// Code (`row.joined`, `fragment.joined`, `cells.shifted` …).
    pub code: String,
    /// In words.
    pub text: String,
}

/// A logical table.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// `t01`, `t02` … in reading order.
    pub id: String,
    /// The report inside the file, 1-based.
    pub part: u32,
    /// Caption as printed, label and text.
    pub caption: String,
    /// Unit line as printed.
    pub unit_line: String,
    /// Style of the source; the first where it changes.
    pub style: TableStyle,
    /// Where it starts.
    pub place: Place,
    /// Last line.
    pub line_to: u32,
    /// Last page; 0 where the source has none.
    pub page_to: u32,
    /// Columns, left to right.
    pub columns: Vec<Column>,
    /// Rows, top to bottom, headers included.
    pub rows: Vec<Row>,
    /// Equations that stand between the columns.
    pub equations: Vec<Equation>,
    /// Whether the table states quantities; tables of words, criteria and contents do not.
    pub is_quantitative: bool,
    /// Probability that the grid and the roles are right.
    pub confidence: Confidence,
    /// How it was rebuilt.
    pub notes: Vec<TableNote>,
}

//! What a reader makes of a file: blocks in reading order, and rows of cells as printed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Confidence, Place, SharedText, TokenAccount};

words! {
    /// What a block is.
    pub enum BlockKind {
        /// A heading, numbered (`BAB I`, `2.1`, `A.`) or set apart by its type.
        Heading = "heading",
        /// A title of a report, over one or more lines.
        Title = "title",
        /// A caption of a table or figure (`Tabel 3.6`), with its text.
        Caption = "caption",
        /// A line that states the unit of a table (`(dalam ribuan rupiah)`).
        UnitLine = "unit_line",
        /// A paragraph.
        Paragraph = "paragraph",
        /// An item of a list.
        ListItem = "list_item",
        /// A formula (LaTeX).
        Formula = "formula",
        /// A line of a table of contents, of tables or of figures.
        Contents = "contents",
        /// Place, date, role, name, rank and NIP under a report.
        Signature = "signature",
        /// Running header or footer.
        RunningText = "running_text",
        /// A page number alone.
        PageNumber = "page_number",
        /// Image placeholder, rule, watermark: marks that carry no text of the report.
        Mark = "mark",
        /// Rows of a table; see [`Fragment`].
        Rows = "rows",
    }
}

impl BlockKind {
    /// Whether this is page furniture, which interrupts neither paragraphs nor tables.
    pub fn is_furniture(self) -> bool {
        matches!(self, Self::RunningText | Self::PageNumber | Self::Mark)
    }
}

/// A stretch of the source in reading order.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, cleaned of markup; empty for [`BlockKind::Rows`].
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub text: String,
    /// Depth of a heading: 1 for `BAB`, growing inwards; 0 for everything else.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub level: u8,
    /// Numbering as printed (`BAB III`, `2.1`, `a.`), without the text.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub number: String,
    /// Where it stands.
    pub place: Place,
    /// Last line it covers.
    pub line_to: u32,
    /// Last page it covers; 0 where the source has none.
    #[serde(skip_serializing_if = "is_zero32", default)]
    pub page_to: u32,
    /// Index into [`Content::fragments`] for [`BlockKind::Rows`].
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fragment: Option<u32>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_zero(value: &u8) -> bool {
    *value == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_zero32(value: &u32) -> bool {
    *value == 0
}

words! {
    /// How a source writes its tables.
    pub enum TableStyle {
        /// Cells separated by tabs, one row a line.
        Tabs = "tabs",
        /// Markdown: cells between pipes.
        Pipes = "pipes",
        /// HTML `<table>`.
        Html = "html",
        /// Cells separated by commas or semicolons.
        Delimited = "delimited",
        /// Borders drawn with characters, or columns shown by lines of dashes.
        Drawn = "drawn",
        /// Columns aligned by spaces.
        Aligned = "aligned",
        /// Cells between ruling lines of a page.
        Ruled = "ruled",
        /// Cells in whitespace columns of a page.
        Whitespace = "whitespace",
        /// Cells of a tagged PDF's structure tree.
        Tagged = "tagged",
    }
}

/// Rows of cells that stand together, exactly as many as the source shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Fragment {
    /// How the source writes them.
    pub style: TableStyle,
    /// The rows, first to last.
    pub rows: Vec<RawRow>,
}

/// One row as printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawRow {
    /// The cells, left to right.
    pub cells: Vec<RawCell>,
    /// Where the row stands.
    pub place: Place,
    /// Whether the source itself marks the row as a header (`<th>`, TH, a Markdown rule below).
    pub is_header: bool,
    /// How clearly its printed lines are one row and no others are, where the reader had to divide
    /// lines into rows; `None` where the source divides them.
    pub division: Option<Confidence>,
}

/// One cell as printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawCell {
    /// Its text, cleaned of markup; list items and printed lines are separated by `\n`.
    pub text: SharedText,
    /// Columns it covers, at least 1.
    pub colspan: u16,
    /// Rows it covers, at least 1.
    pub rowspan: u16,
    /// Where it stands.
    pub place: Place,
}

/// Everything a reader makes of one file.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// Blocks in reading order; together they cover every line once.
    pub blocks: Vec<Block>,
    /// The table rows that blocks of kind [`BlockKind::Rows`] refer to.
    pub fragments: Vec<Fragment>,
    /// Number of pages; 0 for text without form feeds.
    pub pages: u32,
    /// Number of lines; 0 for paged sources.
    pub lines: u32,
    /// Tokens so far: the reader's own furniture and leftovers, and the total of the source.
    pub tokens: TokenAccount,
    /// Encoding of a text source.
    pub encoding: String,
    /// Whether the encoding was guessed.
    pub encoding_guessed: bool,
    /// What the reader has to say about the file as a whole.
    pub notes: Vec<crate::Note>,
}

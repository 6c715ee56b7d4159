//! From ragged rows to logical tables.
//!
//! [`tables`] groups the row fragments of a file into tables, finds header and columns, lays every
//! ragged row on its columns again, joins rows that page breaks have cut, and finds the equations
//! between the columns. The grid as printed is always kept: no cell is dropped or moved without a
//! flag.
//!
//! The steps, each in a module of its own:
//! `kind` (what a cell holds by itself) → `sheet` (positions from spans), `wide_heads` (heads that
//! part wider ones) → `head_words`, `column_numbers`, `header` → `between`, `region` (which fragments are one table) →
//! `gather` (header, body, rows between), `leading_head` (which page's header is the table's),
//! `other_columns` (pages with the same heads over other columns) → `head_paths`, `heads`, `narrow_head` (heads that lost a cell, over the columns they
//! suit) → `priors`, `traits`, `column_stats`, `columns`, `lattice`, `gaps`, `equations`, `filled_up`, `contest`,
//! `row_laying`, `laying` (ragged, filled up and moved rows) → `rejoin` (cut rows, merged names) →
//! `doubtful_columns` → `values` (which reading of each number) → `assemble`.
//!
//! # What this crate refuses to know
//! What a column means, what a name names, which year it is. It knows heads only as words that
//! stand above columns, and arithmetic only as arithmetic.

mod assemble;
mod between;
mod column_numbers;
mod column_stats;
mod columns;
mod contest;
mod context;
mod cut;
mod cut_words;
mod discover;
mod doubtful_columns;
mod equations;
mod filled_up;
mod fused_columns;
mod gaps;
mod gather;
mod head_paths;
mod head_words;
mod header;
mod heads;
mod joint_words;
mod kind;
mod laid;
mod lattice;
mod laying;
mod leading_head;
mod logical;
mod names;
mod narrow_head;
mod other_columns;
mod parted_heads;
mod priors;
mod region;
mod rejoin;
mod row_laying;
mod run_together;
mod sheet;
mod traits;
mod values;
mod wide_heads;

use laras_model::Content;

pub use context::Context;
pub use discover::discover;
pub use equations::{Formula, Relation};
pub use kind::CellKind;
pub use logical::{CellContent, Choice, LogicalTable};
pub use names::IsName;

use kind::CellKind as Kind;
use names::KnownNames;
use values::DocumentNumbers;

/// Settings of [`tables`].
#[derive(Default)]
#[non_exhaustive]
pub struct TableOptions<'a> {
    /// Tells whether a text is a name by itself, such as an official one; evidence for where names
    /// begin and end.
    pub is_name: Option<&'a IsName<'a>>,
}

impl std::fmt::Debug for TableOptions<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableOptions").field("is_name", &self.is_name.is_some()).finish()
    }
}

impl<'a> TableOptions<'a> {
    /// Options with a judge of names.
    pub fn with_names(is_name: &'a IsName<'a>) -> Self {
        Self { is_name: Some(is_name) }
    }
}

/// The logical tables of a file, in reading order. Every cell of every fragment stands in one.
///
/// The fragments are taken out of the content: a long table would not be kept twice.
pub fn tables(content: &mut Content, options: &TableOptions<'_>) -> Vec<LogicalTable> {
    let mut fragments = std::mem::take(&mut content.fragments);
    cut_words::mend(&mut fragments);
    parted_heads::mend(&mut fragments);
    fused_columns::part(&mut fragments);
    let regions = region::regions(&content.blocks, fragments);
    let numbers = DocumentNumbers::of(&regions);
    let texts = regions
        .iter()
        .flat_map(|region| region.pieces.iter().enumerate())
        .flat_map(|(p, piece)| {
            // What stands alone behind a page break may be the rest of a name, and no name.
            let rest = p > 0 && piece.body().first().is_some_and(sheet::SheetRow::has_only_texts);
            let skipped = rest.then_some(piece.header.len());
            piece.sheet.rows.iter().enumerate().filter(move |(r, _)| Some(*r) != skipped)
        })
        .flat_map(|(_, row)| &row.cells)
        .filter(|cell| cell.kind == Kind::Text)
        .map(|cell| &cell.text);
    let names = KnownNames::new(texts, options.is_name);
    regions
        .into_iter()
        .filter_map(|region| logical::build(region, &content.blocks, &names, &numbers))
        .collect()
}

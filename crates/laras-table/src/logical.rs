//! A logical table, and the steps that make one of a region.

use laras_model::{Block, Decimal, Flags, RowShape, Table, TableNote};
use laras_number::Readings;

use crate::assemble::{Frame, assemble};
use crate::context::{Context, context};
use crate::discover::once;
use crate::doubtful_columns::doubt;
use crate::equations::Relation;
use crate::gather::gather;
use crate::head_paths::paths;
use crate::heads::place_heads;
use crate::kind::CellKind;
use crate::laying::lay_rows;
use crate::names::KnownNames;
use crate::narrow_head::widen_head;
use crate::region::{JointHeader, Region};
use crate::rejoin::{join_cut_numbers, join_cut_rows};
use crate::run_together::part_merged_names;
use crate::sheet::SheetRow;
use crate::values::{DocumentNumbers, settle};

/// Rows of data past which a table is long: its columns and equations are learnt from so many rows,
/// and its names are compared letter for letter only. Its grid is kept as that of any other.
pub(crate) const LONG: usize = 5_000;

/// How a number was chosen among the readings of its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Whether one reading was chosen, which then stands first; not where the cell holds several
    /// numbers.
    pub is_one: bool,
    /// Whether another reading stands equally well.
    pub open: bool,
    /// Whether an equation, or the same amount elsewhere, holds for the chosen one.
    pub confirmed: bool,
}

/// What a cell of a logical table holds.
#[derive(Clone, Debug)]
pub struct CellContent {
    /// Its kind, by its own form.
    pub kind: CellKind,
    /// Everything it can be read as, the chosen reading first.
    pub readings: Readings,
    /// How the reading was chosen, for a cell with one number.
    pub choice: Option<Choice>,
}

impl CellContent {
    /// The number; an explicit none is zero.
    pub fn number(&self) -> Option<Decimal> {
        number(self.kind, &self.readings)
    }
}

/// A logical table with what its cells hold.
#[derive(Clone, Debug)]
pub struct LogicalTable {
    /// The table as it goes into the JSON; id, part, roles and confidence are filled downstream.
    pub table: Table,
    /// What introduces it.
    pub context: Context,
    /// For every row of the table, what its cells hold, in the order of the row's cells.
    pub contents: Vec<Vec<CellContent>>,
    /// For every row, what was done to it.
    pub row_flags: Vec<Flags>,
    /// The equations between its columns.
    pub relations: Vec<Relation>,
    /// Whether it has so many rows that they cost too much to be looked at in every way; one of its
    /// notes, `table.long`, says what is left out.
    pub is_long: bool,
}

impl LogicalTable {
    /// What the cell that covers a column of a row holds.
    pub fn content(&self, row: usize, column: u32) -> Option<&CellContent> {
        let cells = &self.table.rows.get(row)?.cells;
        let at = cells
            .iter()
            .position(|c| c.column <= column && column < c.column + u32::from(c.colspan))?;
        self.contents.get(row)?.get(at)
    }

    /// The number in a column of a row; an explicit none is zero.
    pub fn number(&self, row: usize, column: usize) -> Option<Decimal> {
        self.content(row, column as u32)?.number()
    }

    /// The numbers of a row by column, each as [`number`](Self::number) gives it.
    pub(crate) fn numbers(&self, row: usize) -> Vec<Option<Decimal>> {
        // The first cell that covers a column holds its number, if that is one.
        let mut found: Vec<Option<Option<Decimal>>> = vec![None; self.table.columns.len()];
        for (cell, content) in self.table.rows[row].cells.iter().zip(&self.contents[row]) {
            let from = cell.column as usize;
            let to = (from + usize::from(cell.colspan)).min(found.len());
            for slot in found.get_mut(from..to).unwrap_or_default() {
                slot.get_or_insert_with(|| content.number());
            }
        }
        found.into_iter().map(Option::flatten).collect()
    }
}

/// The number of a cell for arithmetic.
pub(crate) fn number(kind: CellKind, readings: &Readings) -> Option<Decimal> {
    if kind == CellKind::Nil {
        return Some(Decimal::ZERO);
    }
    if kind.is_number() { readings.best()?.number() } else { None }
}

/// Makes a table of a region.
pub(crate) fn build(
    region: Region,
    blocks: &[Block],
    names: &KnownNames<'_>,
    document: &DocumentNumbers,
) -> Option<LogicalTable> {
    let first = region.pieces.first()?;
    let (first_block, style) = (first.block, first.sheet.style);
    let last_block = region.pieces.last()?.block;
    let last = blocks.get(last_block)?;
    let mut notes = join_notes(&region);
    let mut gathered = gather(region, &mut notes);
    place_heads(&mut gathered);
    widen_head(&mut gathered, &mut notes);
    let paths = {
        let is_header = |shape: &RowShape| *shape == RowShape::Header;
        let header: Vec<&SheetRow> =
            gathered.header.iter().filter(|(s, _)| is_header(s)).map(|(_, row)| row).collect();
        paths(&header, gathered.width)
    };
    gathered.body = join_cut_numbers(std::mem::take(&mut gathered.body), &mut notes);
    let is_long = gathered.body.len() > LONG;
    if is_long {
        notes.push(long_note(gathered.body.len()));
    }
    let own = is_long.then(|| names.of_file());
    let names = own.as_ref().unwrap_or(names);
    let relations = lay_rows(&mut gathered.body, &paths, gathered.width);
    gathered.body = join_cut_rows(std::mem::take(&mut gathered.body), names, &mut notes);
    part_merged_names(&mut gathered.body, names, &mut notes);
    notes.extend(doubt(&gathered, &paths));
    settle(&mut gathered.body, &paths, &relations, document);
    let frame = Frame {
        is_long,
        context: context(blocks, first_block, last_block),
        style,
        line_to: last.line_to,
        page_to: last.page_to,
        notes,
    };
    Some(assemble(gathered, frame, &paths, once(relations)))
}

fn long_note(rows: usize) -> TableNote {
    TableNote {
        row: None,
        code: "table.long".to_owned(),
        text: format!(
            "{rows} rows of data: columns and equations are learnt from the first {LONG}, and names \
             are compared with official ones letter for letter only"
        ),
    }
}

fn join_notes(region: &Region) -> Vec<TableNote> {
    region
        .joints
        .iter()
        .zip(&region.pieces[1..])
        .map(|(joint, piece)| TableNote {
            row: None,
            code: match joint.header {
                JointHeader::Garbled => "header.garbled",
                _ => "fragment.joined",
            }
            .to_owned(),
            text: format!(
                "rows from {} on were joined (evidence {}: {})",
                piece.sheet.rows.first().map_or(0, |row| row.place.cited()),
                joint.evidence,
                joint.reasons.join("; ")
            ),
        })
        .collect()
}

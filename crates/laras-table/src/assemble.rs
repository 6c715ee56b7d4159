//! Puts a logical table together from its laid rows.

use laras_model::{
    Cell, Column, Confidence, Decimal, Equation, Flag, Flags, Place, Role, Row, RowShape, Table,
    TableNote, TableStyle,
};

use crate::context::Context;
use crate::equations::Relation;
use crate::gather::{Gathered, InnerRow};
use crate::logical::{CellContent, LogicalTable};
use crate::rejoin::BodyRow;
use crate::sheet::SheetRow;

/// What a table is besides its rows.
pub(crate) struct Frame {
    pub(crate) context: Context,
    pub(crate) style: TableStyle,
    /// Last line of the table's last fragment, and its page.
    pub(crate) line_to: u32,
    pub(crate) page_to: u32,
    pub(crate) notes: Vec<TableNote>,
    pub(crate) is_long: bool,
}

/// Puts header, rows between and body in their printed order.
pub(crate) fn assemble(
    gathered: Gathered,
    frame: Frame,
    paths: &[Vec<String>],
    relations: Vec<Relation>,
) -> LogicalTable {
    let mut rows =
        Rows::with_room_for(gathered.header.len() + gathered.inner.len() + gathered.body.len());
    let leading = gathered.leading;
    let mut inner = gathered.inner;
    // Rows stand as they are printed: heads of a later page below the rows of those before it.
    let at = inner.partition_point(|row| row.piece < leading);
    let header = gathered.header.into_iter();
    let header = header.map(|(shape, row)| InnerRow { shape, row, piece: leading });
    if leading > 0 {
        inner.splice(at..at, header);
    } else {
        for InnerRow { shape, row, piece } in header {
            rows.push(shape, row, piece, 1.0, Flags::NONE);
        }
    }
    let mut inner = inner.into_iter().peekable();
    for BodyRow { row, piece, margin, mut flags, .. } in gathered.body {
        while let Some(InnerRow { shape, row, piece }) =
            inner.next_if(|inner| before(&inner.row.place, &row.place))
        {
            rows.push(shape, row, piece, 1.0, Flags::NONE);
        }
        let has_values = row.filled().any(|c| c.kind.is_value());
        let shape = if has_values { RowShape::Body } else { RowShape::Section };
        let division = row.division;
        if division < UNSURE_DIVISION {
            flags.insert(Flag::RowUnsure);
        }
        rows.push(shape, row, piece, margin.min(division), flags);
    }
    for InnerRow { shape, row, piece } in inner {
        rows.push(shape, row, piece, 1.0, Flags::NONE);
    }
    let Rows { rows, contents, flags } = rows;
    let mut notes = frame.notes;
    point_notes(&mut notes, &rows);
    let mut logical = LogicalTable {
        table: Table {
            id: String::new(),
            part: 0,
            caption: frame.context.caption.clone(),
            unit_line: frame.context.unit_line.clone(),
            style: frame.style,
            place: rows.first().map_or_else(Place::default, |row| row.place.clone()),
            line_to: frame.line_to,
            page_to: frame.page_to,
            columns: columns(&rows, leading, paths),
            rows,
            equations: Vec::new(),
            is_quantitative: false,
            confidence: Confidence::NONE,
            notes,
        },
        context: frame.context,
        contents,
        row_flags: flags,
        relations,
        is_long: frame.is_long,
    };
    logical.table.equations = equations(&logical);
    logical
}

struct Rows {
    rows: Vec<Row>,
    contents: Vec<Vec<CellContent>>,
    flags: Vec<Flags>,
}

impl Rows {
    fn with_room_for(count: usize) -> Self {
        Self {
            rows: Vec::with_capacity(count),
            contents: Vec::with_capacity(count),
            flags: Vec::with_capacity(count),
        }
    }

    fn push(&mut self, shape: RowShape, row: SheetRow, piece: usize, margin: f64, flags: Flags) {
        // A table is mostly cells: no room for more than there are.
        let filled = row.filled().count();
        let mut cells = Vec::with_capacity(filled);
        let mut held = Vec::with_capacity(filled);
        for cell in row.cells.into_iter().filter(|c| !c.is_blank()) {
            cells.push(Cell {
                column: cell.column as u32,
                colspan: cell.colspan,
                rowspan: cell.rowspan,
                text: cell.text,
                place: cell.place,
            });
            held.push(CellContent {
                kind: cell.kind,
                readings: cell.readings,
                choice: cell.choice,
            });
        }
        self.rows.push(Row {
            shape,
            cells,
            place: row.place,
            printed_cells: row.printed as u32,
            margin: Confidence::new(margin),
            fragment: piece as u32,
        });
        self.contents.push(held);
        self.flags.push(flags);
    }
}

/// The columns with their heads; what they mean is found out downstream.
fn columns(rows: &[Row], leading: usize, paths: &[Vec<String>]) -> Vec<Column> {
    let numbered = column_numbers(rows, leading, paths.len());
    let column =
        |(c, (path, (number, formula))): (usize, (&Vec<String>, (String, String)))| Column {
            index: c as u32,
            path: path.clone(),
            number,
            formula,
            role: Role::Unknown,
            measure: None,
            year: None,
            period: None,
            variant: None,
            tahap: None,
            unit: String::new(),
            candidates: Vec::new(),
        };
    paths.iter().zip(numbered).enumerate().map(column).collect()
}

fn before(a: &Place, b: &Place) -> bool {
    (a.page, a.line, a.from) < (b.page, b.line, b.from)
}

/// How clearly lines must be one row for it not to be unsure.
const UNSURE_DIVISION: f64 = 0.5;

/// Notes know the line of their row until the rows have their numbers.
fn point_notes(notes: &mut [TableNote], rows: &[Row]) {
    for note in notes {
        if let Some(line) = note.row {
            note.row = rows.iter().rposition(|row| row.place.line <= line).map(|i| i as u32);
        }
    }
}

/// Column number and formula as printed with the heads, for each column; a number covers the columns
/// up to the next.
fn column_numbers(rows: &[Row], leading: usize, width: usize) -> Vec<(String, String)> {
    let mut numbers = vec![(String::new(), String::new()); width];
    let mut rows = rows.iter().filter(|row| row.fragment as usize >= leading);
    let Some(row) = rows.find(|row| row.shape == RowShape::ColumnNumbers) else { return numbers };
    for (i, cell) in row.cells.iter().enumerate() {
        let end = row.cells.get(i + 1).map_or(width, |next| next.column as usize);
        let text = cell.text.trim();
        let number =
            text.split('=').next().unwrap_or(text).trim().trim_matches(['(', ')']).to_owned();
        let formula = if text.contains('=') { text.to_owned() } else { String::new() };
        for slot in numbers.iter_mut().take(end).skip(cell.column as usize) {
            *slot = (number.clone(), formula.clone());
        }
    }
    numbers
}

/// The relations as they stand in the JSON, over the table's own row numbers.
fn equations(table: &LogicalTable) -> Vec<Equation> {
    if table.relations.is_empty() {
        return Vec::new();
    }
    let rows: Vec<(u32, Vec<Option<Decimal>>)> = table
        .table
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.shape == RowShape::Body)
        .map(|(r, _)| (r as u32, table.numbers(r)))
        .collect();
    table.relations.iter().map(|relation| relation.checked(&rows)).collect()
}

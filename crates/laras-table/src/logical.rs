//! Puts the pieces of a table together: width, header, columns, aligned rows, equations.

use laras_model::{
    Block, Cell, Column, Confidence, Decimal, Equation, Flag, Place, Role, Row, RowShape, Table,
    TableNote,
};
use laras_number::Readings;

use crate::align::{Laying, WIDEST, lay, layings, stays};
use crate::columns::ColumnModel;
use crate::context::{Context, context};
use crate::equations::{Relation, discover};
use crate::header::{is_column_numbers, paths};
use crate::kind::CellKind;
use crate::names::KnownNames;
use crate::region::{JointHeader, Piece, Region};
use crate::rejoin::{BodyRow, join_cut_rows, part_merged_names};
use crate::sheet::SheetRow;

/// What a cell of a logical table holds.
#[derive(Clone, Debug)]
pub struct CellContent {
    /// Its kind, by its own form.
    pub kind: CellKind,
    /// Everything it can be read as.
    pub readings: Readings,
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
    pub row_flags: Vec<Vec<Flag>>,
    /// The equations between its columns.
    pub relations: Vec<Relation>,
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
        let content = self.content(row, column as u32)?;
        number(content.kind, &content.readings)
    }
}

/// The number of a cell for arithmetic.
fn number(kind: CellKind, readings: &Readings) -> Option<Decimal> {
    if kind == CellKind::Nil {
        return Some(Decimal::ZERO);
    }
    if kind.is_number() { readings.best()?.number() } else { None }
}

/// Rounds of learning the columns and laying the ragged rows.
const ROUNDS: usize = 3;
/// What an equation that holds is worth against the cost of a laying, and one that does not.
const HELD: f64 = 3.0;

/// Makes a table of a region.
pub(crate) fn build(
    region: Region,
    blocks: &[Block],
    names: &KnownNames<'_>,
) -> Option<LogicalTable> {
    let first_block = region.pieces.first()?.block;
    let last_block = region.pieces.last()?.block;
    let context = context(blocks, first_block, last_block);
    let style = region.pieces.first()?.sheet.style;
    let width = width(&region.pieces);
    let mut notes = join_notes(&region);
    let joints: Vec<JointHeader> = region.joints.iter().map(|joint| joint.header).collect();
    let mut builder = Builder::new(width);
    for (p, piece) in region.pieces.into_iter().enumerate() {
        let garbled = p > 0 && joints.get(p - 1).is_some_and(|h| *h != JointHeader::None);
        builder.piece(p, piece, garbled, &mut notes);
    }
    let header: Vec<&SheetRow> =
        builder.header.iter().filter(|(s, _)| *s == RowShape::Header).map(|(_, r)| r).collect();
    let paths = paths(&header, width);
    let relations = builder.align(&paths);
    let mut body = join_cut_rows(std::mem::take(&mut builder.body), names, &mut notes);
    part_merged_names(&mut body, names, &mut notes);
    Some(assemble(builder, body, &paths, relations, context, style, notes, blocks, last_block))
}

/// Number of columns: the column numbers say it, else the header, else most rows.
pub(crate) fn width(pieces: &[Piece]) -> usize {
    let rows = || pieces.iter().flat_map(|p| p.sheet.rows.iter().map(|row| row.printed));
    if pieces.iter().all(|p| p.sheet.rows.iter().all(|row| row.is_fixed)) {
        return rows().max().unwrap_or(0);
    }
    let mode = |counts: &mut dyn Iterator<Item = usize>| {
        let mut tally = std::collections::BTreeMap::new();
        for count in counts {
            *tally.entry(count).or_insert(0_usize) += 1;
        }
        tally.into_iter().max_by_key(|(count, times)| (*times, *count))
    };
    let body = mode(
        &mut pieces.iter().flat_map(|p| p.sheet.rows[p.header.len()..].iter().map(|r| r.printed)),
    );
    let first = pieces.first();
    let head_rows = || first.into_iter().flat_map(|p| p.sheet.rows.iter().zip(&p.header));
    let numbers =
        head_rows().find(|(_, s)| **s == RowShape::ColumnNumbers).map(|(row, _)| row.printed);
    let heads = mode(&mut head_rows().map(|(row, _)| row.printed)).map(|(count, _)| count);
    let Some((usual, times)) = body else { return heads.unwrap_or(0) };
    let Some(heads) = numbers.or(heads) else { return usual };
    let all = pieces.iter().map(|p| p.sheet.rows.len() - p.header.len()).sum::<usize>();
    // Nearly every row has more cells than the header: the header lost one.
    if usual > heads && times * 5 >= all * 4 { usual } else { heads }
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

struct Builder {
    width: usize,
    /// Header rows of the first piece that has one.
    header: Vec<(RowShape, SheetRow)>,
    /// Rows inside the body that are no data, with the body row they stand before.
    inner: Vec<(usize, RowShape, SheetRow, usize)>,
    body: Vec<BodyRow>,
}

impl Builder {
    fn new(width: usize) -> Self {
        Self { width, header: Vec::new(), inner: Vec::new(), body: Vec::new() }
    }

    fn piece(
        &mut self,
        index: usize,
        piece: Piece,
        ignore_header: bool,
        notes: &mut Vec<TableNote>,
    ) {
        let mut after_break = index > 0;
        let shapes = piece.header;
        for (i, row) in piece.sheet.rows.into_iter().enumerate() {
            let shape = shapes.get(i).copied();
            match shape {
                Some(shape) if index == 0 && !ignore_header => self.header.push((shape, row)),
                Some(shape) => {
                    let shape = if shape == RowShape::ColumnNumbers {
                        shape
                    } else {
                        RowShape::RepeatedHeader
                    };
                    self.inner.push((self.body.len(), shape, row, index));
                }
                None if is_column_numbers(&row)
                    && row.filled().count() >= 3
                    && self.numbers_alike(&row) =>
                {
                    self.inner.push((self.body.len(), RowShape::ColumnNumbers, row, index));
                }
                None if row.filled().next().is_none() => {}
                None => {
                    self.body.push(BodyRow {
                        row,
                        piece: index,
                        after_break,
                        margin: 1.0,
                        flags: Vec::new(),
                    });
                    after_break = false;
                }
            }
        }
        if self.body.is_empty() && self.header.is_empty() {
            notes.push(TableNote {
                row: None,
                code: "table.empty".to_owned(),
                text: "no cell holds anything".to_owned(),
            });
        }
    }

    /// Whether a row in the body repeats the header's column numbers, or there were none and it is
    /// the first.
    fn numbers_alike(&self, row: &SheetRow) -> bool {
        let printed = self.header.iter().find(|(shape, _)| *shape == RowShape::ColumnNumbers);
        let texts = |row: &SheetRow| row.filled().map(|c| c.text.clone()).collect::<Vec<_>>();
        printed.map_or(row.filled().count() == row.printed, |(_, numbers)| {
            let (a, b) = (texts(numbers), texts(row));
            a.iter().filter(|text| b.contains(text)).count() * 2 >= a.len()
        })
    }

    /// Lays every ragged row on the columns; the equations found choose among near layings.
    fn align(&mut self, paths: &[Vec<String>]) -> Vec<Relation> {
        let expected = ColumnModel::expected(paths);
        if self.width == 0 || self.width > WIDEST {
            return self.relations(&expected);
        }
        let printed: Vec<SheetRow> = self.body.iter().map(|b| b.row.clone()).collect();
        let is_whole = |row: &SheetRow| row.is_fixed || row.cells.len() == self.width;
        let mut model = expected.clone();
        for row in printed.iter().filter(|row| is_whole(row)) {
            model.learn(row);
        }
        let mut relations = self.relations(&model);
        for round in 0..ROUNDS {
            let usual = self.usual_layings(&printed);
            let mut changed = false;
            for (i, row) in printed.iter().enumerate().filter(|(_, row)| !row.is_fixed) {
                // Only rows that look odd where they stand are laid anew.
                let laid = if is_whole(row) && self.fits(row, &model) {
                    None
                } else {
                    let key = (self.body[i].piece, row.cells.len());
                    let bias = if round > 0 { usual.get(&key).map(Vec::as_slice) } else { None };
                    let (best, margin) = choose(row, layings(row, &model, bias), &relations);
                    best.filter(|best| !stays(row, &model, best)).map(|best| (best, margin))
                };
                let mut next = row.clone();
                let mut margin = 1.0;
                if let Some((best, clear)) = laid {
                    lay(&mut next, &best);
                    margin = clear;
                }
                let body = &mut self.body[i];
                changed |= !same_columns(&body.row, &next);
                body.row = next;
                body.margin = margin;
            }
            if !changed {
                break;
            }
            model = expected.clone();
            for body in &self.body {
                model.learn(&body.row);
            }
            relations = self.relations(&model);
        }
        for (i, row) in printed.iter().enumerate() {
            let moved =
                self.body[i].row.cells.iter().zip(&row.cells).any(|(a, b)| a.column != b.column)
                    || self.body[i].row.cells.len() != row.cells.len();
            if moved || row.cells.len() != self.width && !row.is_fixed {
                self.body[i].flags.push(Flag::RowAligned);
                if self.body[i].margin < 0.5 {
                    self.body[i].flags.push(Flag::RowUnsure);
                }
            }
        }
        relations
    }

    /// Whether a row with the right number of cells looks like the others.
    fn fits(&self, row: &SheetRow, model: &ColumnModel) -> bool {
        let cost: f64 =
            row.cells.iter().enumerate().map(|(c, cell)| model.cost(cell, c).max(0.0)).sum();
        cost < 1.6 * self.width as f64
    }

    /// For rows of one piece and one number of cells, the laying that most of them have.
    fn usual_layings(
        &self,
        printed: &[SheetRow],
    ) -> std::collections::BTreeMap<(usize, usize), Vec<Option<usize>>> {
        let mut votes: std::collections::BTreeMap<
            (usize, usize),
            Vec<std::collections::BTreeMap<usize, usize>>,
        > = std::collections::BTreeMap::new();
        for (body, row) in self.body.iter().zip(printed) {
            let key = (body.piece, row.cells.len());
            let places = votes
                .entry(key)
                .or_insert_with(|| vec![std::collections::BTreeMap::new(); row.cells.len()]);
            for (i, cell) in row.cells.iter().enumerate().filter(|(_, c)| !c.is_blank()) {
                if let Some(laid) =
                    body.row.cells.iter().find(|c| c.place == cell.place && c.text == cell.text)
                {
                    *places[i].entry(laid.column).or_default() += 1;
                }
            }
        }
        votes
            .into_iter()
            .map(|(key, places)| {
                let best = |tally: &std::collections::BTreeMap<usize, usize>| {
                    tally
                        .iter()
                        .max_by_key(|(column, count)| (**count, usize::MAX - **column))
                        .map(|(column, _)| *column)
                };
                (key, places.iter().map(best).collect())
            })
            .collect()
    }

    fn relations(&self, model: &ColumnModel) -> Vec<Relation> {
        if self.width > WIDEST {
            return Vec::new();
        }
        let rows: Vec<(u32, Vec<Option<Decimal>>)> = self
            .body
            .iter()
            .enumerate()
            .map(|(i, body)| (i as u32, numbers(&body.row, self.width)))
            .collect();
        let is_value = |c: usize| model.share(c, CellKind::is_number) >= 0.2;
        let is_percent = |c: usize| {
            let percents = model.share(c, |k| matches!(k, CellKind::Percent | CellKind::Decimal));
            percents > 0.3 && percents > model.share(c, |k| k == CellKind::Amount)
                || model.share(c, |k| {
                    matches!(k, CellKind::Percent | CellKind::Decimal | CellKind::Integer)
                }) >= 0.5
        };
        discover(&rows, self.width, is_percent, is_value)
    }
}

fn same_columns(a: &SheetRow, b: &SheetRow) -> bool {
    a.cells.len() == b.cells.len()
        && a.cells.iter().zip(&b.cells).all(|(x, y)| x.column == y.column)
}

/// The numbers of a row by column.
fn numbers(row: &SheetRow, width: usize) -> Vec<Option<Decimal>> {
    let mut numbers = vec![None; width];
    for cell in row.filled() {
        if let Some(slot) = numbers.get_mut(cell.column) {
            *slot = number(cell.kind, &cell.readings);
        }
    }
    numbers
}

/// The laying that is cheapest after the equations had their say, and how clearly it is.
fn choose(row: &SheetRow, found: Vec<Laying>, relations: &[Relation]) -> (Option<Laying>, f64) {
    let mut weighed: Vec<(f64, Laying)> = found
        .into_iter()
        .map(|laying| {
            let mut laid = row.clone();
            lay(&mut laid, &laying);
            let value = |c: usize| {
                let cell = laid.cells.iter().find(|cell| cell.column == c)?;
                number(cell.kind, &cell.readings)
            };
            let mut weight = laying.cost;
            for relation in relations {
                match relation.holds(value) {
                    Some(true) => weight -= HELD,
                    Some(false) => weight += HELD,
                    None => {}
                }
            }
            (weight, laying)
        })
        .collect();
    weighed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let margin = match weighed.as_slice() {
        [first, second, ..] => 1.0 - (first.0 - second.0).exp(),
        _ => 1.0,
    };
    (weighed.into_iter().next().map(|(_, laying)| laying), margin)
}

#[expect(clippy::too_many_arguments, reason = "the last step takes everything the others made")]
fn assemble(
    builder: Builder,
    body: Vec<BodyRow>,
    paths: &[Vec<String>],
    relations: Vec<Relation>,
    context: Context,
    style: laras_model::TableStyle,
    mut notes: Vec<TableNote>,
    blocks: &[Block],
    last_block: usize,
) -> LogicalTable {
    let mut rows: Vec<Row> = Vec::new();
    let mut contents: Vec<Vec<CellContent>> = Vec::new();
    let mut row_flags: Vec<Vec<Flag>> = Vec::new();
    let mut push = |shape: RowShape, row: SheetRow, piece: usize, margin: f64, flags: Vec<Flag>| {
        let mut cells = Vec::new();
        let mut held = Vec::new();
        for cell in row.cells.into_iter().filter(|c| !c.is_blank()) {
            cells.push(Cell {
                column: cell.column as u32,
                colspan: cell.colspan,
                rowspan: cell.rowspan,
                text: cell.text,
                place: cell.place,
            });
            held.push(CellContent { kind: cell.kind, readings: cell.readings });
        }
        rows.push(Row {
            shape,
            cells,
            place: row.place,
            printed_cells: row.printed as u32,
            margin: Confidence::new(margin),
            fragment: piece as u32,
        });
        contents.push(held);
        row_flags.push(flags);
    };
    for (shape, row) in builder.header {
        push(shape, row, 0, 1.0, Vec::new());
    }
    let mut inner = builder.inner.into_iter().peekable();
    let mut index = 0;
    for body in body {
        while let Some((_, shape, row, piece)) =
            inner.next_if(|(_, _, row, _)| before(&row.place, &body.row.place))
        {
            push(shape, row, piece, 1.0, Vec::new());
        }
        let has_values = body.row.filled().any(|c| c.kind.is_value());
        let shape = if has_values { RowShape::Body } else { RowShape::Section };
        push(shape, body.row, body.piece, body.margin, body.flags);
        index += 1;
    }
    for (_, shape, row, piece) in inner {
        push(shape, row, piece, 1.0, Vec::new());
    }
    let _ = index;
    let numbered = column_numbers(&rows, paths.len());
    let columns = paths
        .iter()
        .enumerate()
        .map(|(c, path)| Column {
            index: c as u32,
            path: path.clone(),
            number: numbered.get(c).map_or_else(String::new, |(number, _)| number.clone()),
            formula: numbered.get(c).map_or_else(String::new, |(_, formula)| formula.clone()),
            role: Role::Unknown,
            measure: None,
            year: None,
            period: None,
            variant: None,
            tahap: None,
            unit: String::new(),
            candidates: Vec::new(),
        })
        .collect();
    let place = rows.first().map_or_else(Place::default, |row| row.place.clone());
    let last = &blocks[last_block];
    let mut logical = LogicalTable {
        table: Table {
            id: String::new(),
            part: 0,
            caption: context.caption.clone(),
            unit_line: context.unit_line.clone(),
            style,
            place,
            line_to: last.line_to,
            page_to: last.page_to,
            columns,
            rows,
            equations: Vec::new(),
            is_quantitative: false,
            confidence: Confidence::NONE,
            notes: Vec::new(),
        },
        context,
        contents,
        row_flags,
        relations,
    };
    logical.table.equations = equations(&logical);
    point_notes(&mut notes, &logical.table.rows);
    logical.table.notes = notes;
    logical
}

fn before(a: &Place, b: &Place) -> bool {
    (a.page, a.line, a.from) < (b.page, b.line, b.from)
}

/// Notes know the line of their row until the rows have their numbers.
fn point_notes(notes: &mut [TableNote], rows: &[Row]) {
    for note in notes {
        if let Some(line) = note.row {
            note.row = rows.iter().rposition(|row| row.place.line <= line).map(|i| i as u32);
        }
    }
}

/// Column number and formula as printed, for each column; a number covers the columns up to the
/// next.
fn column_numbers(rows: &[Row], width: usize) -> Vec<(String, String)> {
    let mut numbers = vec![(String::new(), String::new()); width];
    let Some(row) = rows.iter().find(|row| row.shape == RowShape::ColumnNumbers) else {
        return numbers;
    };
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
    let width = table.table.columns.len();
    let rows: Vec<(u32, Vec<Option<Decimal>>)> = table
        .table
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.shape == RowShape::Body)
        .map(|(r, _)| (r as u32, (0..width).map(|c| table.number(r, c)).collect()))
        .collect();
    table.relations.iter().map(|relation| relation.checked(&rows)).collect()
}

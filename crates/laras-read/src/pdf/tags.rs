//! The tag tree of a tagged PDF: its tables, and which marked content stands in which cell.
//!
//! Tags are one witness of three. Where lines frame a table, the lines are what a reader sees and
//! they win; the tags then only tell heads. Tables without lines are taken from the tags if they
//! look like data: Word also tags the invisible tables with which signatures are laid out.

use std::collections::{HashMap, HashSet};

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier};
use laras_model::{Bbox, TableStyle};

use super::geometry::{Area, around};
use super::lattice::GridCell;
use super::line::lines;
use super::open::Document;
use super::seeds::is_quantity;
use super::sheet::Sheet;
use super::table::{PageTable, TableCell, TableRow};
use super::word::Word;

/// Deepest nesting of tags that is followed.
const DEEPEST: usize = 60;
/// Most tags that are looked at.
const MOST_TAGS: usize = 500_000;
/// Tags that hold text only.
const WITHOUT_TABLES: [&[u8]; 12] =
    [b"P", b"H", b"H1", b"H2", b"H3", b"H4", b"H5", b"H6", b"Span", b"Link", b"Lbl", b"TOCI"];
/// Largest span that is believed.
const WIDEST: usize = 200;

/// A cell of a tagged table, placed in the table's grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TagCell {
    /// Index of the table.
    pub table: usize,
    /// 0-based row.
    pub row: usize,
    /// 0-based column.
    pub column: usize,
    /// Rows it covers.
    pub rows: usize,
    /// Columns it covers.
    pub columns: usize,
    /// Whether it is a head (TH).
    pub is_head: bool,
}

/// The cells of all tagged tables of a document.
#[derive(Clone, Debug, Default)]
pub struct Tags {
    cells: Vec<TagCell>,
    /// Page (1-based) and marked-content id to the cell.
    places: HashMap<(u32, u32), usize>,
}

impl Tags {
    /// Reads the tag tree; empty where there is none.
    pub fn of(document: &Document) -> Self {
        let mut walk = Walk { tags: Self::default(), seen: 0, tables: 0, pages: HashMap::new() };
        let pdf = document.pdf();
        let root = pdf
            .xref()
            .get::<Dict<'_>>(pdf.xref().root_id())
            .and_then(|catalog| catalog.get::<Dict<'_>>(b"StructTreeRoot".as_slice()));
        let Some(root) = root else { return walk.tags };
        for (index, page) in pdf.pages().iter().enumerate() {
            if let Some(id) = page.raw().obj_id() {
                walk.pages.insert(id, index as u32 + 1);
            }
        }
        let roles = root.get::<Dict<'_>>(b"RoleMap".as_slice()).unwrap_or_default();
        walk.children(&root, &roles, None, &mut None, 0);
        walk.tags
    }

    /// The cell that a piece of marked content belongs to.
    pub fn cell(&self, page: u32, mcid: u32) -> Option<&TagCell> {
        self.places.get(&(page, mcid)).map(|index| &self.cells[*index])
    }

    /// Marks rows most of whose words stand in head cells.
    pub fn mark_heads(&self, page: u32, rows: &mut [TableRow]) {
        for row in rows {
            let words = row.cells.iter().flat_map(|c| &c.lines).flat_map(|l| &l.words);
            let (mut heads, mut all) = (0, 0);
            for word in words {
                all += 1;
                let cell = word.mcid.and_then(|mcid| self.cell(page, mcid));
                heads += usize::from(cell.is_some_and(|cell| cell.is_head));
            }
            row.is_header |= heads * 2 > all;
        }
    }

    /// Takes the words of tagged tables that look like data out of a sheet.
    pub fn take_tables(&self, sheet: &mut Sheet) -> Vec<PageTable> {
        if self.places.is_empty() {
            return Vec::new();
        }
        let page = sheet.number;
        let of = |word: &Word| word.mcid.and_then(|mcid| self.cell(page, mcid)).copied();
        let mut tables: Vec<(usize, Vec<(TagCell, Word)>)> = Vec::new();
        for word in &sheet.words {
            let Some(cell) = of(word) else { continue };
            match tables.iter_mut().find(|(table, _)| *table == cell.table) {
                Some((_, words)) => words.push((cell, word.clone())),
                None => tables.push((cell.table, vec![(cell, word.clone())])),
            }
        }
        let mut taken = Vec::new();
        let found = tables
            .into_iter()
            .filter_map(|(table, words)| {
                let table_here = build(words)?;
                taken.push(table);
                Some(table_here)
            })
            .collect();
        sheet.words.retain(|word| of(word).is_none_or(|cell| !taken.contains(&cell.table)));
        found
    }
}

/// Makes a table of the words of tagged cells on one page; `None` if it does not look like data.
fn build(words: Vec<(TagCell, Word)>) -> Option<PageTable> {
    let bbox = around(words.iter().map(|(_, word)| &word.bbox))?;
    let width = words.iter().map(|(cell, _)| cell.column + cell.columns).max()?;
    let mut cells: Vec<(TagCell, Vec<Word>)> = Vec::new();
    for (cell, word) in words {
        match cells.iter_mut().find(|(known, _)| *known == cell) {
            Some((_, words)) => words.push(word),
            None => cells.push((cell, vec![word])),
        }
    }
    cells.sort_by_key(|(cell, _)| (cell.row, cell.column));
    let mut rows: Vec<usize> = cells.iter().map(|(cell, _)| cell.row).collect();
    rows.dedup();
    let borders = borders(&cells, width, &bbox)?;
    let mut table: Vec<TableRow> = Vec::new();
    for (index, &row) in rows.iter().enumerate() {
        let here: Vec<_> = cells.iter().filter(|(cell, _)| cell.row == row).collect();
        let area = around(here.iter().flat_map(|(_, words)| words).map(|word| &word.bbox))?;
        let mut out = Vec::new();
        let mut column = 0;
        let mut is_header = !here.is_empty();
        for (cell, words) in here {
            while column < cell.column {
                out.push(empty(index, column, &borders, &area));
                column += 1;
            }
            is_header &= cell.is_head;
            let last_row = cell.row + cell.rows;
            out.push(TableCell {
                grid: GridCell {
                    row: index,
                    column: cell.column,
                    rows: rows[index..].iter().take_while(|r| **r < last_row).count().max(1),
                    columns: cell.columns,
                    bbox: Bbox {
                        x0: borders[cell.column],
                        x1: borders[cell.column + cell.columns],
                        ..area
                    },
                },
                lines: lines(words.clone()),
                text: String::new(),
            });
            column = cell.column + cell.columns;
        }
        while column < width {
            let covered = cells.iter().any(|(cell, _)| {
                cell.row < row
                    && row < cell.row + cell.rows
                    && cell.column <= column
                    && column < cell.column + cell.columns
            });
            if !covered {
                out.push(empty(index, column, &borders, &area));
            }
            column += 1;
        }
        table.push(TableRow { cells: out, is_header });
    }
    looks_like_data(&table, width).then_some(PageTable {
        style: TableStyle::Tagged,
        bbox,
        rows: table,
    })
}

fn empty(row: usize, column: usize, borders: &[f32], area: &Bbox) -> TableCell {
    TableCell {
        grid: GridCell {
            row,
            column,
            rows: 1,
            columns: 1,
            bbox: Bbox { x0: borders[column], x1: borders[column + 1], ..*area },
        },
        lines: Vec::new(),
        text: String::new(),
    }
}

/// x of the column borders: halfway between the words of neighbouring columns.
fn borders(cells: &[(TagCell, Vec<Word>)], width: usize, bbox: &Bbox) -> Option<Vec<f32>> {
    if width < 2 {
        return None;
    }
    let mut extents: Vec<Option<Bbox>> = vec![None; width];
    for (cell, words) in cells.iter().filter(|(cell, _)| cell.columns == 1) {
        let area = around(words.iter().map(|word| &word.bbox))?;
        let extent = &mut extents[cell.column];
        *extent = Some(extent.map_or(area, |known| known.union(&area)));
    }
    let mut borders = vec![bbox.x0];
    for column in 1..width {
        let left = extents[..column].iter().rev().flatten().next().map_or(bbox.x0, |b| b.x1);
        let right = extents[column..].iter().flatten().next().map_or(bbox.x1, |b| b.x0);
        let before = borders[column - 1];
        borders.push(f32::midpoint(left, right).max(before));
    }
    borders.push(bbox.x1.max(borders[width - 1]));
    Some(borders)
}

/// Whether rows and columns are filled as in a table, with heads or quantities.
fn looks_like_data(rows: &[TableRow], width: usize) -> bool {
    let mut filled = vec![0_usize; width];
    let mut quantities = vec![0_usize; width];
    let mut heads = false;
    for row in rows {
        heads |= row.is_header;
        for cell in row.cells.iter().filter(|cell| !cell.lines.is_empty()) {
            filled[cell.grid.column] += 1;
            let text = cell.lines[0].text();
            quantities[cell.grid.column] += usize::from(is_quantity(&text));
        }
    }
    let columns = filled.iter().filter(|count| **count > 0).count();
    let counted = (1..width).any(|c| quantities[c] >= 2 && quantities[c] * 2 > filled[c]);
    rows.len() >= 2 && columns >= 2 && (heads && rows.len() >= 3 || counted)
}

/// A table that is being read: which grid places are taken by spans from above.
struct Growing {
    table: usize,
    row: usize,
    column: usize,
    taken: HashSet<(usize, usize)>,
}

struct Walk {
    tags: Tags,
    seen: usize,
    tables: usize,
    pages: HashMap<ObjectIdentifier, u32>,
}

impl Walk {
    /// Visits the children of a tag. `page` is the page inherited from above, `cell` the table
    /// and cell it stands in.
    fn children(
        &mut self,
        tag: &Dict<'_>,
        roles: &Dict<'_>,
        page: Option<u32>,
        inside: &mut Option<(Growing, Option<usize>)>,
        depth: usize,
    ) {
        if depth > DEEPEST || self.seen > MOST_TAGS {
            return;
        }
        let page = tag
            .get_ref(b"Pg".as_slice())
            .and_then(|id| self.pages.get(&ObjectIdentifier::from(id)).copied())
            .or(page);
        match tag.get::<Object<'_>>(b"K".as_slice()) {
            Some(Object::Array(kids)) => {
                for kid in Array::iter::<Object<'_>>(&kids) {
                    self.kid(&kid, roles, page, inside, depth);
                }
            }
            Some(kid) => self.kid(&kid, roles, page, inside, depth),
            None => {}
        }
    }

    fn kid(
        &mut self,
        kid: &Object<'_>,
        roles: &Dict<'_>,
        page: Option<u32>,
        inside: &mut Option<(Growing, Option<usize>)>,
        depth: usize,
    ) {
        self.seen += 1;
        match kid {
            Object::Number(mcid) => self.mark(page, mcid.as_i64(), inside.as_ref()),
            Object::Dict(dict) => {
                if let Some(mcid) = dict.get::<i32>(b"MCID".as_slice()) {
                    let page = dict
                        .get_ref(b"Pg".as_slice())
                        .and_then(|id| self.pages.get(&ObjectIdentifier::from(id)).copied())
                        .or(page);
                    self.mark(page, i64::from(mcid), inside.as_ref());
                } else {
                    self.tag(dict, roles, page, inside, depth);
                }
            }
            _ => {}
        }
    }

    fn mark(&mut self, page: Option<u32>, mcid: i64, inside: Option<&(Growing, Option<usize>)>) {
        if let (Some(page), Ok(mcid), Some((_, Some(cell)))) = (page, u32::try_from(mcid), inside) {
            self.tags.places.insert((page, mcid), *cell);
        }
    }

    fn tag(
        &mut self,
        dict: &Dict<'_>,
        roles: &Dict<'_>,
        page: Option<u32>,
        inside: &mut Option<(Growing, Option<usize>)>,
        depth: usize,
    ) {
        let own = dict.get::<Name<'_>>(b"S".as_slice());
        let mapped = own.as_ref().and_then(|name| roles.get::<Name<'_>>(name));
        let role = mapped.or(own);
        match role.as_deref() {
            Some(b"Table") => {
                let table =
                    Growing { table: self.tables, row: 0, column: 0, taken: HashSet::new() };
                self.tables += 1;
                self.children(dict, roles, page, &mut Some((table, None)), depth + 1);
            }
            Some(b"TR") => {
                if let Some((table, _)) = inside {
                    table.column = 0;
                }
                self.children(dict, roles, page, inside, depth + 1);
                if let Some((table, cell)) = inside {
                    table.row += 1;
                    *cell = None;
                }
            }
            Some(role @ (b"TH" | b"TD")) => {
                if let Some((table, cell)) = inside {
                    let is_head = role == b"TH";
                    let (columns, rows) = spans(dict);
                    while table.taken.contains(&(table.row, table.column)) {
                        table.column += 1;
                    }
                    for row in 0..rows {
                        for column in 0..columns {
                            table.taken.insert((table.row + row, table.column + column));
                        }
                    }
                    *cell = Some(self.tags.cells.len());
                    self.tags.cells.push(TagCell {
                        table: table.table,
                        row: table.row,
                        column: table.column,
                        rows,
                        columns,
                        is_head,
                    });
                    table.column += columns;
                }
                self.children(dict, roles, page, inside, depth + 1);
                if let Some((_, cell)) = inside {
                    *cell = None;
                }
            }
            // No table stands inside these, and nothing outside tables matters.
            Some(role) if inside.is_none() && WITHOUT_TABLES.contains(&role) => {}
            _ => self.children(dict, roles, page, inside, depth + 1),
        }
    }
}

/// Columns and rows that a cell covers, by its attributes; at least 1.
fn spans(cell: &Dict<'_>) -> (usize, usize) {
    let (mut columns, mut rows) = (None, None);
    let mut look = |attributes: &Dict<'_>| {
        columns = columns.or_else(|| attributes.get::<i32>(b"ColSpan".as_slice()));
        rows = rows.or_else(|| attributes.get::<i32>(b"RowSpan".as_slice()));
    };
    match cell.get::<Object<'_>>(b"A".as_slice()) {
        Some(Object::Dict(attributes)) => look(&attributes),
        Some(Object::Array(all)) => {
            for attributes in all.iter::<Object<'_>>().filter_map(Object::into_dict) {
                look(&attributes);
            }
        }
        _ => {}
    }
    let believed = |span: Option<i32>| {
        span.and_then(|span| usize::try_from(span).ok()).unwrap_or(1).clamp(1, WIDEST)
    };
    (believed(columns), believed(rows))
}

//! The tag tree of a tagged PDF: its tables, and which marked content stands in which cell.
//!
//! Tags are one witness of three. Where lines frame a table, the lines are what a reader sees and
//! they win; the tags then only tell heads. Tables without lines are taken from the tags if they
//! look like data: Word also tags the invisible tables with which signatures are laid out.

use std::collections::{HashMap, HashSet};

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier};

use super::open::Document;
use super::sheet::Sheet;
use super::table::{PageTable, TableRow};
use super::tagged::build;
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
    /// Reads the tag tree; empty where there is none. The spans of cells are only asked for where a
    /// table has words among those that `sheets` still hold: lines tell them elsewhere.
    pub fn of(document: &Document, sheets: &[Sheet]) -> Self {
        let mut walk = Walk {
            tags: Self::default(),
            seen: 0,
            tables: 0,
            pages: HashMap::new(),
            loose: loose(sheets),
        };
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

/// A table that is being read.
struct Growing<'a> {
    table: usize,
    row: usize,
    /// Index of each cell, with its tag.
    cells: Vec<(usize, Dict<'a>)>,
    /// Whether a word of the table stands outside tables of lines.
    is_loose: bool,
}

impl Growing<'_> {
    /// Puts the cells into the columns that spans leave free for them.
    fn place(&self, cells: &mut [TagCell]) {
        let mut taken: HashSet<(usize, usize)> = HashSet::new();
        let (mut row, mut column) = (0, 0);
        for (index, tag) in &self.cells {
            let Some(cell) = cells.get_mut(*index) else { continue };
            if cell.row != row {
                (row, column) = (cell.row, 0);
            }
            (cell.columns, cell.rows) = spans(tag);
            while taken.contains(&(row, column)) {
                column += 1;
            }
            cell.column = column;
            for row in row..row + cell.rows {
                taken.extend((column..column + cell.columns).map(|column| (row, column)));
            }
            column += cell.columns;
        }
    }
}

/// The marked content of the words that stand in no table so far.
fn loose(sheets: &[Sheet]) -> HashSet<(u32, u32)> {
    let words = sheets.iter().flat_map(|sheet| sheet.words.iter().map(|w| (sheet.number, w.mcid)));
    words.filter_map(|(page, mcid)| Some((page, mcid?))).collect()
}

struct Walk {
    tags: Tags,
    seen: usize,
    tables: usize,
    pages: HashMap<ObjectIdentifier, u32>,
    /// Page and id of marked content that stands in no table of lines.
    loose: HashSet<(u32, u32)>,
}

impl Walk {
    /// Visits the children of a tag. `page` is the page inherited from above, `cell` the table
    /// and cell it stands in.
    fn children<'a>(
        &mut self,
        tag: &Dict<'a>,
        roles: &Dict<'_>,
        page: Option<u32>,
        inside: &mut Option<(Growing<'a>, Option<usize>)>,
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

    fn kid<'a>(
        &mut self,
        kid: &Object<'a>,
        roles: &Dict<'_>,
        page: Option<u32>,
        inside: &mut Option<(Growing<'a>, Option<usize>)>,
        depth: usize,
    ) {
        self.seen += 1;
        match kid {
            Object::Number(mcid) => self.mark(page, mcid.as_i64(), inside.as_mut()),
            Object::Dict(dict) => {
                if let Some(mcid) = dict.get::<i32>(b"MCID".as_slice()) {
                    let page = dict
                        .get_ref(b"Pg".as_slice())
                        .and_then(|id| self.pages.get(&ObjectIdentifier::from(id)).copied())
                        .or(page);
                    self.mark(page, i64::from(mcid), inside.as_mut());
                } else {
                    self.tag(dict, roles, page, inside, depth);
                }
            }
            _ => {}
        }
    }

    fn mark(
        &mut self,
        page: Option<u32>,
        mcid: i64,
        inside: Option<&mut (Growing<'_>, Option<usize>)>,
    ) {
        let (Some(page), Ok(mcid), Some((table, Some(cell)))) = (page, u32::try_from(mcid), inside)
        else {
            return;
        };
        table.is_loose |= self.loose.contains(&(page, mcid));
        self.tags.places.insert((page, mcid), *cell);
    }

    fn tag<'a>(
        &mut self,
        dict: &Dict<'a>,
        roles: &Dict<'_>,
        page: Option<u32>,
        inside: &mut Option<(Growing<'a>, Option<usize>)>,
        depth: usize,
    ) {
        let own = dict.get::<Name<'_>>(b"S".as_slice());
        let mapped = own.as_ref().and_then(|name| roles.get::<Name<'_>>(name));
        let role = mapped.or(own);
        match role.as_deref() {
            Some(b"Table") => {
                let (table, cells) = (self.tables, Vec::new());
                self.tables += 1;
                let mut inside = Some((Growing { table, row: 0, cells, is_loose: false }, None));
                self.children(dict, roles, page, &mut inside, depth + 1);
                if let Some((table, _)) = inside.filter(|(table, _)| table.is_loose) {
                    table.place(&mut self.tags.cells);
                }
            }
            Some(b"TR") => {
                self.children(dict, roles, page, inside, depth + 1);
                if let Some((table, cell)) = inside {
                    table.row += 1;
                    *cell = None;
                }
            }
            Some(role @ (b"TH" | b"TD")) => {
                if let Some((table, cell)) = inside {
                    let index = self.tags.cells.len();
                    *cell = Some(index);
                    table.cells.push((index, dict.clone()));
                    self.tags.cells.push(TagCell {
                        table: table.table,
                        row: table.row,
                        column: 0,
                        rows: 1,
                        columns: 1,
                        is_head: role == b"TH",
                    });
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

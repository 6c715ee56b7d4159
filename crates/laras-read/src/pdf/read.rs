//! The whole way from bytes to [`Content`].

use std::time::Instant;

use laras_model::{
    Bbox, Block, BlockKind, Content, Fragment, Place, RawCell, RawRow, TableStyle, UnusedToken,
};
use rayon::prelude::*;

use super::bands;
use super::blocks::{TextBlock, Usual, blocks};
use super::columns::{self, Unruled};
use super::furniture::{set_apart, usual_size};
use super::geometry::{Area, around};
use super::heads;
use super::join::Vocabulary;
use super::lattice::{Lattice, lattices};
use super::line::{Line, lines};
use super::merged;
use super::notes::notes;
use super::open::Document;
use super::sheet::{Furniture, Sheet};
use super::spacing;
use super::table::{self, PageTable, TableCell};
use super::tags::Tags;
use super::{PdfError, PdfOptions};

/// Most unused tokens that are listed one by one.
const MOST_LISTED: usize = 1_000;

/// Reads a PDF.
///
/// # Errors
/// If it could not be read at all; see [`PdfError`]. Damaged, empty or scanned pages are no error
/// but a note.
pub fn read_pdf(bytes: &[u8], options: &PdfOptions) -> Result<Content, PdfError> {
    let document = Document::open(bytes, options)?;
    let deadline = options.time.map(|time| Instant::now() + time);
    let mut sheets = read_sheets(&document, options, deadline);
    let tags = Tags::of(&document);
    drop(document);
    let layouts = lay_out(&mut sheets, &tags);
    Ok(content(&sheets, layouts))
}

/// Reads all pages, in as many stretches as there are threads; each thread loads the fonts once.
pub fn read_sheets(
    document: &Document,
    options: &PdfOptions,
    deadline: Option<Instant>,
) -> Vec<Sheet> {
    let count = document.page_count();
    let stretch = count.div_ceil(rayon::current_num_threads()).max(1);
    let starts: Vec<usize> = (0..count).step_by(stretch).collect();
    starts
        .into_par_iter()
        .flat_map_iter(|start| {
            let mut reader = document.reader(options);
            let end = (start + stretch).min(count);
            (start..end).map(|index| Sheet::read(&mut reader, index, deadline)).collect::<Vec<_>>()
        })
        .collect()
}

/// What stands on one page, in reading order.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The pieces, from top to bottom.
    pub pieces: Vec<Piece>,
}

/// A piece of a page.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Text outside tables.
    Text(TextBlock),
    /// A table.
    Table(PageTable),
}

impl Piece {
    fn table_mut(&mut self) -> Option<&mut PageTable> {
        match self {
            Self::Text(_) => None,
            Self::Table(table) => Some(table),
        }
    }

    /// Its extent, in the sheet's upright frame.
    pub fn bbox(&self) -> Bbox {
        match self {
            Self::Text(block) => block.bbox,
            Self::Table(table) => table.bbox,
        }
    }
}

/// Finds furniture, tables and text of all pages. The words of tables and text are taken out of
/// the sheets; furniture stays there.
pub fn lay_out(sheets: &mut [Sheet], tags: &Tags) -> Vec<Layout> {
    set_apart(sheets);
    spacing::repair(sheets);
    let mut tables = find_ruled(sheets);
    share_columns(sheets, &mut tables);
    let vocabulary = vocabulary(sheets, &tables);
    let usual = Usual { size: usual_size(sheets.iter().flat_map(|sheet| sheet.words.iter())) };
    let texts: Vec<Texts> = sheets
        .par_iter_mut()
        .map(|sheet| {
            let tagged = tags.take_tables(sheet);
            let mut text = lines(std::mem::take(&mut sheet.words));
            let fills = sheet.fills.iter().map(|fill| fill.bbox);
            let pictures: Vec<Bbox> = sheet.images.iter().copied().chain(fills).collect();
            let unruled = columns::take_tables(&mut text, &sheet.horizontal, &pictures);
            Texts { page: sheet.number, text, unruled, tagged }
        })
        .collect();
    let columns = unruled_columns(&texts);
    let mut layouts: Vec<Layout> = tables
        .into_par_iter()
        .zip(texts)
        .zip(columns)
        .map(|((ruled, Texts { page, text, unruled, tagged }), columns)| {
            let ruled = ruled.into_iter().map(|table| {
                let mut rows = table::rows(table.cells, &table.lattice, &table.used);
                bands::split(&mut rows);
                PageTable { style: TableStyle::Ruled, bbox: table.bbox, rows }
            });
            let unruled = unruled.iter().zip(&columns).map(|(table, columns)| table.table(columns));
            let mut found: Vec<PageTable> = ruled.chain(unruled).chain(tagged).collect();
            for table in &mut found {
                table::set_texts(&mut table.rows, &vocabulary);
                merged::part_amounts(&mut table.rows);
                heads::mark(&mut table.rows);
                tags.mark_heads(page, &mut table.rows);
            }
            found.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0));
            in_order(text, found, usual, &vocabulary)
        })
        .collect();
    for page in 1..layouts.len() {
        let (before, after) = layouts.split_at_mut(page);
        let last = before[page - 1].pieces.iter_mut().rev().find_map(Piece::table_mut);
        let first = after[0].pieces.iter_mut().find_map(Piece::table_mut);
        if let (Some(last), Some(first)) = (last, first) {
            heads::mark_repeated(last, first);
        }
    }
    layouts
}

/// What is left of a page when the ruled tables are taken out.
struct Texts {
    page: u32,
    text: Vec<Line>,
    unruled: Vec<Unruled>,
    tagged: Vec<PageTable>,
}

/// The columns of every unruled table; tables that go on over pages share theirs.
fn unruled_columns(pages: &[Texts]) -> Vec<Vec<Vec<(f32, f32)>>> {
    let mut columns: Vec<Vec<Vec<(f32, f32)>>> =
        pages.iter().map(|page| vec![Vec::new(); page.unruled.len()]).collect();
    for page in 0..pages.len() {
        for (index, table) in pages[page].unruled.iter().enumerate() {
            if !columns[page][index].is_empty() {
                continue;
            }
            let mut chain = vec![table];
            let mut places = vec![(page, index)];
            let mut last = (page, index);
            while last.1 + 1 == pages[last.0].unruled.len()
                && let Some(next) = pages.get(last.0 + 1).and_then(|page| page.unruled.first())
                && (chain[chain.len() - 1].goes_on(next) || touches(pages, last, &chain, next))
            {
                last = (last.0 + 1, 0);
                chain.push(next);
                places.push(last);
            }
            let shared = columns::shared_columns(&chain);
            for (page, index) in places {
                columns[page][index].clone_from(&shared);
            }
        }
    }
    columns
}

/// Puts tables and the text between them in order.
fn in_order(
    text: Vec<Line>,
    tables: Vec<PageTable>,
    usual: Usual,
    vocabulary: &Vocabulary,
) -> Layout {
    let mut pieces = Vec::new();
    let mut text = text.into_iter().peekable();
    for table in tables {
        let mut above = Vec::new();
        while let Some(line) = text.next_if(|line| line.bbox.mid_y() < table.bbox.y0) {
            above.push(line);
        }
        pieces.extend(blocks(&above, usual, vocabulary).into_iter().map(Piece::Text));
        pieces.push(Piece::Table(table));
    }
    let rest: Vec<Line> = text.collect();
    pieces.extend(blocks(&rest, usual, vocabulary).into_iter().map(Piece::Text));
    Layout { pieces }
}

/// A ruled table before its rows are made.
struct Ruled {
    lattice: Lattice,
    bbox: Bbox,
    cells: Vec<TableCell>,
    used: Vec<bool>,
}

fn find_ruled(sheets: &mut [Sheet]) -> Vec<Vec<Ruled>> {
    let found: Vec<Vec<Lattice>> =
        sheets.par_iter().map(|sheet| lattices(&sheet.horizontal, &sheet.vertical)).collect();
    // A grid that takes up the lines of the page before is the rest of its table, however little
    // stands in it.
    let rests: Vec<bool> = (0..found.len())
        .map(|page| {
            let above = page.checked_sub(1).and_then(|before| found[before].last());
            above.zip(found[page].first()).is_some_and(|(above, first)| takes_up(above, first))
        })
        .collect();
    sheets
        .par_iter_mut()
        .zip(found)
        .zip(rests)
        .map(|((sheet, found), rest)| {
            let words = &mut sheet.words;
            found
                .into_iter()
                .enumerate()
                .filter_map(|(index, lattice)| {
                    let bbox = lattice.bbox?;
                    let mut cells = table::fill(&lattice, words, rest && index == 0)?;
                    table::split_unruled(&mut cells, &lattice);
                    let used = lattice.used_columns();
                    Some(Ruled { lattice, bbox, cells, used })
                })
                .collect()
        })
        .collect()
}

/// Whether two grids have the same outer borders and most of the inner ones.
fn takes_up(upper: &Lattice, lower: &Lattice) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() < 4.0;
    let outer =
        upper.bbox.zip(lower.bbox).is_some_and(|(a, b)| near(a.x0, b.x0) && near(a.x1, b.x1));
    let shared = |few: &[f32], many: &[f32]| {
        few.iter().filter(|x| many.iter().any(|other| near(**x, *other))).count() * 10
            >= few.len() * 7
    };
    let (a, b) = (&upper.xs, &lower.xs);
    outer && if a.len() <= b.len() { shared(a, b) } else { shared(b, a) }
}

/// Gives the fragments of one table the same columns on every page. A table goes on where the
/// last of one page and the first of the next share their outer borders and most of the inner
/// ones, and nothing but furniture stands between.
fn share_columns(sheets: &[Sheet], tables: &mut [Vec<Ruled>]) {
    let mut page = 0;
    while page < tables.len() {
        let mut end = page + 1;
        // Only a page that holds nothing but this table can stand in the middle of it.
        while end < tables.len()
            && (end - 1 == page || tables[end - 1].len() == 1)
            && goes_on(sheets, tables, end - 1, end)
        {
            end += 1;
        }
        if end - page > 1 {
            unite(&mut tables[page..end]);
            // The last page of one table may begin another.
            page = end - 1;
        } else {
            page = end;
        }
    }
}

fn goes_on(sheets: &[Sheet], tables: &[Vec<Ruled>], page: usize, next: usize) -> bool {
    let (Some(upper), Some(lower)) = (tables[page].last(), tables[next].first()) else {
        return false;
    };
    let alike = takes_up(&upper.lattice, &lower.lattice);
    let below = sheets[page].words.iter().any(|word| word.bbox.y0 > upper.bbox.y1);
    let above = sheets[next].words.iter().any(|word| word.bbox.y1 < lower.bbox.y0);
    alike && !below && !above
}

/// Uses the column borders of every page on every page. Only the last table of the first page,
/// the first of the last one and those between are of the same table.
fn unite(pages: &mut [Vec<Ruled>]) {
    let mut members: Vec<&mut Ruled> = Vec::new();
    for (index, page) in pages.iter_mut().enumerate() {
        let member = if index == 0 { page.last_mut() } else { page.first_mut() };
        members.extend(member);
    }
    let all: Vec<f32> = members.iter().flat_map(|m| m.lattice.xs.clone()).collect();
    let mut used: Vec<bool> = Vec::new();
    for member in &mut members {
        member.lattice.with_columns(&all);
        let own = member.lattice.used_columns();
        used.resize(own.len().max(used.len()), false);
        for (used, own) in used.iter_mut().zip(own) {
            *used |= own;
        }
    }
    let count = members.iter().map(|m| m.lattice.xs.len()).max().unwrap_or_default();
    if members.iter().any(|member| member.lattice.xs.len() != count) {
        return;
    }
    for member in members {
        let lattice = &member.lattice;
        let mut words: Vec<_> =
            member.cells.drain(..).flat_map(|c| c.lines).flat_map(|l| l.words).collect();
        if let Some(mut cells) = table::fill(lattice, &mut words, false) {
            table::split_unruled(&mut cells, lattice);
            member.cells = cells;
        }
        member.used.clone_from(&used);
    }
}

/// Whether nothing but furniture stands between the last table of a page and the first of the
/// next, and both together leave as many columns as the first has.
fn touches(pages: &[Texts], last: (usize, usize), chain: &[&Unruled], next: &Unruled) -> bool {
    let (bottom, top) = (chain[chain.len() - 1].bbox().y1, next.bbox().y0);
    if pages[last.0].text.iter().any(|line| line.bbox.y0 > bottom)
        || pages[last.0 + 1].text.iter().any(|line| line.bbox.y1 < top)
    {
        return false;
    }
    let own = columns::shared_columns(chain).len();
    let mut both = chain.to_vec();
    both.push(next);
    own >= 3 && columns::shared_columns(&both).len() == own
}

/// The words of the document that are certainly whole.
fn vocabulary(sheets: &[Sheet], tables: &[Vec<Ruled>]) -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    for word in sheets.iter().flat_map(|sheet| &sheet.words) {
        vocabulary.add(&word.text);
    }
    // In cells only words that cannot have been cut: not at the ends of their lines.
    for cell in tables.iter().flatten().flat_map(|table| &table.cells) {
        let last = cell.lines.len().saturating_sub(1);
        for (index, line) in cell.lines.iter().enumerate() {
            let from = usize::from(index > 0);
            let to = line.words.len() - usize::from(index < last);
            for word in line.words.get(from..to).unwrap_or_default() {
                vocabulary.add(&word.text);
            }
        }
    }
    vocabulary
}

fn tokens(text: &str) -> u64 {
    text.split_whitespace().count() as u64
}

/// Writes everything down.
fn content(sheets: &[Sheet], layouts: Vec<Layout>) -> Content {
    let mut content =
        Content { pages: sheets.len() as u32, notes: notes(sheets), ..Content::default() };
    for (sheet, layout) in sheets.iter().zip(layouts) {
        let mut line = 1;
        let (top, bottom) = furniture(sheet, &mut content);
        push_furniture(sheet, top, &mut line, &mut content);
        for piece in layout.pieces {
            let bbox = piece.bbox();
            let mut place = Place {
                page: sheet.number,
                line,
                bbox: Some(Box::new(sheet.as_shown(&bbox))),
                ..Place::default()
            };
            match piece {
                Piece::Text(text) => {
                    place.line = line;
                    line += text.lines as u32;
                    let count = tokens(&text.text);
                    content.tokens.total += count;
                    match text.kind {
                        BlockKind::Heading
                        | BlockKind::Title
                        | BlockKind::Caption
                        | BlockKind::UnitLine => content.tokens.headings += count,
                        kind if kind.is_furniture() => content.tokens.furniture += count,
                        _ => content.tokens.prose += count,
                    }
                    content.blocks.push(Block {
                        kind: text.kind,
                        text: text.text,
                        level: text.level,
                        number: text.number,
                        place,
                        line_to: line - 1,
                        page_to: sheet.number,
                        fragment: None,
                    });
                }
                Piece::Table(table) => {
                    let index = content.fragments.len() as u32;
                    let fragment = fragment(sheet, &table, &mut line);
                    for cell in fragment.rows.iter().flat_map(|row| &row.cells) {
                        content.tokens.total += tokens(&cell.text);
                        content.tokens.cells += tokens(&cell.text);
                    }
                    content.fragments.push(fragment);
                    content.blocks.push(Block {
                        kind: BlockKind::Rows,
                        text: String::new(),
                        level: 0,
                        number: String::new(),
                        place,
                        line_to: line.saturating_sub(1).max(1),
                        page_to: sheet.number,
                        fragment: Some(index),
                    });
                }
            }
        }
        push_furniture(sheet, bottom, &mut line, &mut content);
    }
    content
}

/// The furniture of a page as lines, split into those above and those below the middle. Words
/// that cannot be seen are counted as unused.
fn furniture(sheet: &Sheet, content: &mut Content) -> (Vec<FurnitureLine>, Vec<FurnitureLine>) {
    let mut all = Vec::new();
    for kind in [Furniture::Running, Furniture::PageNumber, Furniture::Mark, Furniture::Outside] {
        let words = sheet.furniture.iter().filter(|(_, k)| *k == kind).map(|(w, _)| w.clone());
        for line in lines(words) {
            if kind == Furniture::Outside {
                let text = line.text();
                content.tokens.total += tokens(&text);
                content.tokens.unused += tokens(&text);
                if content.tokens.unused_tokens.len() < MOST_LISTED {
                    let place = Place { page: sheet.number, ..Place::default() };
                    content.tokens.unused_tokens.push(UnusedToken::new(
                        text,
                        &place,
                        "cannot be seen on the page",
                    ));
                }
            } else {
                all.push(FurnitureLine { kind, line });
            }
        }
    }
    all.sort_by(|a, b| a.line.bbox.y0.total_cmp(&b.line.bbox.y0));
    let middle = all.partition_point(|f| f.line.bbox.mid_y() < sheet.height / 2.0);
    let below = all.split_off(middle);
    (all, below)
}

struct FurnitureLine {
    kind: Furniture,
    line: Line,
}

fn push_furniture(sheet: &Sheet, all: Vec<FurnitureLine>, line: &mut u32, content: &mut Content) {
    for FurnitureLine { kind, line: printed } in all {
        let text = printed.text();
        content.tokens.total += tokens(&text);
        content.tokens.furniture += tokens(&text);
        content.blocks.push(Block {
            kind: match kind {
                Furniture::PageNumber => BlockKind::PageNumber,
                Furniture::Mark | Furniture::Outside => BlockKind::Mark,
                Furniture::Running => BlockKind::RunningText,
            },
            text,
            level: 0,
            number: String::new(),
            place: Place {
                page: sheet.number,
                line: *line,
                bbox: Some(Box::new(sheet.as_shown(&printed.bbox))),
                ..Place::default()
            },
            line_to: *line,
            page_to: sheet.number,
            fragment: None,
        });
        *line += 1;
    }
}

fn fragment(sheet: &Sheet, table: &PageTable, line: &mut u32) -> Fragment {
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let first = *line;
        let place = |bbox: &Bbox| Place {
            page: sheet.number,
            line: first,
            bbox: Some(Box::new(sheet.as_shown(bbox))),
            ..Place::default()
        };
        let printed = row.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or_default();
        *line += printed.max(1) as u32;
        rows.push(RawRow {
            cells: row
                .cells
                .iter()
                .map(|cell| RawCell {
                    text: cell.text.clone(),
                    colspan: cell.grid.columns as u16,
                    rowspan: cell.grid.rows as u16,
                    place: place(&cell.grid.bbox),
                })
                .collect(),
            place: around(row.cells.iter().map(|cell| &cell.grid.bbox))
                .as_ref()
                .map(place)
                .unwrap_or_default(),
            is_header: row.is_header,
        });
    }
    Fragment { style: table.style, rows }
}

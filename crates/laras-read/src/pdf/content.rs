//! From what stands on the pages to [`Content`].

use laras_model::{Bbox, Block, BlockKind, Content, Fragment, Place, RawCell, RawRow, UnusedToken};

use super::geometry::{Area, around};
use super::layout::{Layout, Piece};
use super::line::{Line, lines};
use super::notes::notes;
use super::sheet::{Furniture, Sheet};
use super::table::PageTable;

/// Most unused tokens that are listed one by one.
const MOST_LISTED: usize = 1_000;

fn tokens(text: &str) -> u64 {
    text.split_whitespace().count() as u64
}

/// Writes everything down.
pub(super) fn content(sheets: &[Sheet], layouts: Vec<Layout>) -> Content {
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
                    text: cell.text.as_str().into(),
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
            division: None,
        });
    }
    Fragment { style: table.style, rows }
}

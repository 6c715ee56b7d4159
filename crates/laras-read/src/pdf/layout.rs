//! What stands on every page: tables, and the text between them, in reading order.

use laras_model::{Bbox, TableStyle};
use rayon::prelude::*;

use super::bands;
use super::blocks::{TextBlock, Usual, blocks};
use super::carried::{carry_over, shared};
use super::columns::PageLines;
use super::furniture::{set_apart, usual_size};
use super::geometry::Area;
use super::heads;
use super::join::Vocabulary;
use super::line::{Line, lines};
use super::merged;
use super::open::Document;
use super::read::pages_a_thread;
use super::ruled::{Ruled, find_ruled, share_columns};
use super::sheet::Sheet;
use super::spacing;
use super::table::{self, PageTable};
use super::tags::Tags;

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
/// the sheets; furniture stays there. Of the document only the tag tree is asked for.
pub fn lay_out(sheets: &mut [Sheet], document: Document) -> Vec<Layout> {
    set_apart(sheets);
    spacing::repair(sheets);
    let mut tables = find_ruled(sheets);
    share_columns(sheets, &mut tables);
    let tags = Tags::of(&document, sheets);
    drop(document);
    let least = pages_a_thread(sheets.len());
    let vocabulary = vocabulary(sheets, &tables);
    let usual = Usual { size: usual_size(sheets.iter().flat_map(|sheet| sheet.words.iter())) };
    let (mut texts, tagged): (Vec<PageLines>, Vec<Vec<PageTable>>) = sheets
        .par_iter_mut()
        .with_min_len(least)
        .zip(&tables)
        .map(|(sheet, ruled)| {
            let tagged = tags.take_tables(sheet);
            let text = lines(std::mem::take(&mut sheet.words));
            let fills = sheet.fills.iter().map(|fill| fill.bbox);
            let pictures: Vec<Bbox> = sheet.images.iter().copied().chain(fills).collect();
            let others = ruled.iter().map(|table| table.bbox);
            let others = others.chain(tagged.iter().map(|table| table.bbox)).collect();
            (PageLines::new(text, &sheet.horizontal, &pictures, others), tagged)
        })
        .unzip();
    carry_over(&mut texts);
    let shared = shared(&texts);
    let mut layouts: Vec<Layout> = (tables, texts, tagged, shared, &*sheets)
        .into_par_iter()
        .with_min_len(least)
        .map(|(ruled, text, tagged, shared, sheet)| {
            let (text, unruled) = text.parted(&sheet.horizontal);
            let ruled = ruled.into_iter().map(|table| {
                let mut rows = table::rows(table.cells, &table.lattice, &table.used);
                bands::split(&mut rows);
                PageTable { style: TableStyle::Ruled, bbox: table.bbox, rows }
            });
            let unruled = unruled.iter().zip(&shared).map(|(table, shared)| table.table(shared));
            let mut found: Vec<PageTable> = ruled.chain(unruled).chain(tagged).collect();
            for table in &mut found {
                table::set_texts(&mut table.rows, &vocabulary);
                merged::part_amounts(&mut table.rows);
                heads::mark(&mut table.rows);
                tags.mark_heads(sheet.number, &mut table.rows);
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

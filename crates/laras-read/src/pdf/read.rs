//! The whole way from bytes to [`Content`].

use std::time::Instant;

use laras_model::{Block, BlockKind, Content, Fragment, Note, Place, RawCell, RawRow, TokenAccount};
use rayon::prelude::*;

use super::furniture;
use super::join::Vocabulary;
use super::lattice::{Lattice, lattices};
use super::open::Document;
use super::sheet::{Furniture, Sheet};
use super::table::{self, PageTable, TableCell};
use super::{PdfError, PdfOptions};

/// Reads a PDF.
///
/// # Errors
/// If it could not be read at all; see [`PdfError`]. Damaged, empty or scanned pages are no error
/// but a note.
pub fn read_pdf(bytes: &[u8], options: &PdfOptions) -> Result<Content, PdfError> {
    let document = Document::open(bytes, options)?;
    let deadline = options.time.map(|time| Instant::now() + time);
    let mut sheets = read_sheets(&document, options, deadline);
    furniture::set_apart(&mut sheets);
    let mut content = Content { pages: sheets.len() as u32, ..Content::default() };
    let tables = find_tables(&mut sheets);
    for (sheet, tables) in sheets.iter().zip(tables) {
        for table in tables {
            content.fragments.push(fragment(sheet, &table));
        }
    }
    Ok(content)
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
            (start..end)
                .map(|index| Sheet::read(&mut reader, index, deadline))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn find_tables(sheets: &mut [Sheet]) -> Vec<Vec<PageTable>> {
    let mut lattices: Vec<Vec<(Lattice, Vec<TableCell>)>> = sheets
        .par_iter_mut()
        .map(|sheet| {
            let found = lattices(&sheet.horizontal, &sheet.vertical);
            let words = &mut sheet.words;
            found
                .into_iter()
                .filter_map(|lattice| {
                    let mut cells = table::fill(&lattice, words)?;
                    table::split_unruled(&mut cells, &lattice);
                    Some((lattice, cells))
                })
                .collect()
        })
        .collect();
    let mut vocabulary = Vocabulary::default();
    for sheet in sheets.iter() {
        for word in &sheet.words {
            vocabulary.add(&word.text);
        }
    }
    // In cells only words that cannot have been cut: not at the ends of their lines.
    for cell in lattices.iter().flatten().flat_map(|(_, cells)| cells) {
        let last = cell.lines.len().saturating_sub(1);
        for (index, line) in cell.lines.iter().enumerate() {
            let from = usize::from(index > 0);
            let to = line.words.len() - usize::from(index < last);
            for word in line.words.get(from..to).unwrap_or_default() {
                vocabulary.add(&word.text);
            }
        }
    }
    lattices
        .iter_mut()
        .map(|page| {
            page.drain(..)
                .map(|(lattice, cells)| {
                    let used = lattice.used_columns();
                    let mut rows = table::rows(cells, &lattice, &used);
                    table::set_texts(&mut rows, &vocabulary);
                    PageTable {
                        style: laras_model::TableStyle::Ruled,
                        bbox: lattice.bbox.unwrap_or(laras_model::Bbox {
                            x0: 0.0,
                            y0: 0.0,
                            x1: 0.0,
                            y1: 0.0,
                        }),
                        rows,
                    }
                })
                .collect()
        })
        .collect()
}

fn fragment(sheet: &Sheet, table: &PageTable) -> Fragment {
    let place = |bbox: &laras_model::Bbox| Place {
        page: sheet.number,
        bbox: Some(Box::new(sheet.as_shown(bbox))),
        ..Place::default()
    };
    Fragment {
        style: table.style,
        rows: table
            .rows
            .iter()
            .map(|row| RawRow {
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
                place: row.bbox().as_ref().map(place).unwrap_or_default(),
                is_header: row.is_header,
            })
            .collect(),
    }
}

//! The whole way from bytes to [`Content`].

use std::time::Instant;

use laras_model::Content;
use rayon::prelude::*;

use super::content::content;
use super::layout::lay_out;
use super::open::Document;
use super::sheet::Sheet;
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
    let layouts = lay_out(&mut sheets, document);
    Ok(content(&sheets, layouts))
}

/// Waking threads costs more than they save on so few pages.
const FEW_PAGES: usize = 128;

/// How many pages a thread takes at least, of so many.
pub(super) fn pages_a_thread(count: usize) -> usize {
    if count <= FEW_PAGES { count.max(1) } else { FEW_PAGES / 8 }
}

/// Reads all pages, in as many stretches as there are threads; each thread loads the fonts once.
pub fn read_sheets(
    document: &Document,
    options: &PdfOptions,
    deadline: Option<Instant>,
) -> Vec<Sheet> {
    let count = document.page_count();
    let stretch = count.div_ceil(rayon::current_num_threads()).max(pages_a_thread(count));
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

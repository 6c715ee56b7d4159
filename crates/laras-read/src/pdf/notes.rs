//! What the reader has to say about the pages of a file.

use laras_model::{Note, Place};

use super::page::Cut;
use super::sheet::Sheet;

/// A page with fewer words than this and a picture over most of it is a scan.
const FEW_WORDS: usize = 12;
/// Share of a page that a scan covers.
const SCAN_COVERS: f32 = 0.6;

/// The remarks about all pages, in order of pages.
pub(crate) fn notes(sheets: &[Sheet]) -> Vec<Note> {
    let mut notes = Vec::new();
    for sheet in sheets {
        let mut say = |code: &str, text: String| {
            notes.push(Note {
                code: code.to_owned(),
                text,
                place: Place { page: sheet.number, ..Place::default() },
            });
        };
        let page = sheet.number;
        if sheet.is_empty_of_text && sheet.image_share > 0.0 {
            if sheet.image_share >= SCAN_COVERS {
                say(
                    "page.scanned",
                    format!("page {page} is a picture without text: scanned, not read"),
                );
            } else {
                say("page.empty", format!("page {page} holds pictures but no text"));
            }
        }
        if sheet.is_ocr {
            say(
                "page.ocr_layer",
                format!("the text of page {page} is an invisible layer, as OCR programs make"),
            );
        }
        if let Some(cut) = sheet.cut {
            let why = match cut {
                Cut::Glyphs => "it has more glyphs than allowed",
                Cut::Paths => "it has more lines and areas than allowed",
                Cut::Deadline => "the time for this file was up",
                Cut::Size => "its content unpacks to more than is allowed",
                Cut::Broken => "its content is damaged",
            };
            if sheet.glyphs == 0 {
                say("page.unread", format!("page {page} was not read: {why}"));
            } else {
                say("page.cut", format!("page {page} was read in part: {why}"));
            }
        }
        if !sheet.repairs.is_empty() {
            let pairs: Vec<String> = sheet
                .repairs
                .iter()
                .map(|(before, after)| format!("'{before}' as '{after}'"))
                .collect();
            say(
                "text.spacing",
                format!("misplaced spaces on page {page}, read by evidence: {}", pairs.join(", ")),
            );
        }
        let all = sheet.glyphs.max(1);
        if sheet.unknown_glyphs * 50 > all
            || sheet.unknown_glyphs > 0 && sheet.unknown_glyphs * 2 > all
        {
            say(
                "glyph.unknown",
                format!(
                    "{} of {} glyphs of page {page} have no known character; they stand as U+FFFD",
                    sheet.unknown_glyphs, sheet.glyphs
                ),
            );
        }
        if sheet.recovered_glyphs > 0 {
            say(
                "glyph.recovered",
                format!(
                    "the characters of {} glyphs of page {page} were found in the embedded font; \
                     the file itself does not say them",
                    sheet.recovered_glyphs
                ),
            );
        }
    }
    notes
}

/// Whether a page has too little text to be more than a picture.
pub(crate) fn is_empty_of_text(words: usize) -> bool {
    words < FEW_WORDS
}

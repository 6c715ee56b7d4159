//! One page after reading: words and segments, no glyphs.

use std::time::Instant;

use laras_model::Bbox;

use super::geometry::Turn;
use super::notes::is_empty_of_text;
use super::open::PageReader;
use super::page::{Cut, Fill, Page};
use super::rules::{Segment, add_fill_edges, segments};
use super::word::{Word, words};

/// What the layout works on. Places are in the upright frame; [`Sheet::as_shown`] leads back.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// 1-based page.
    pub number: u32,
    /// Width in the upright frame.
    pub width: f32,
    /// Height in the upright frame.
    pub height: f32,
    /// The turn of the text that was made upright.
    pub turned: Turn,
    /// Words of the report.
    pub words: Vec<Word>,
    /// Words that are page furniture, each with what it was taken for.
    pub furniture: Vec<(Word, Furniture)>,
    /// Horizontal lines.
    pub horizontal: Vec<Segment>,
    /// Vertical lines.
    pub vertical: Vec<Segment>,
    /// Filled areas.
    pub fills: Vec<Fill>,
    /// Images.
    pub images: Vec<Bbox>,
    /// Share of the page that images cover.
    pub image_share: f32,
    /// Whether the page has hardly any text.
    pub is_empty_of_text: bool,
    /// Glyphs on the page.
    pub glyphs: u32,
    /// Glyphs without a known character.
    pub unknown_glyphs: u32,
    /// Glyphs whose character was found in the font.
    pub recovered_glyphs: u32,
    /// Whether the page's text is an invisible layer, as OCR programs make.
    pub is_ocr: bool,
    /// Spaces that were set right: what the text layer has, and what it was made.
    pub repairs: Vec<(String, String)>,
    /// Why the page ends early.
    pub cut: Option<Cut>,
}

/// What a piece of page furniture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Furniture {
    /// Running header or footer.
    Running,
    /// Page number.
    PageNumber,
    /// Watermark or stamp.
    Mark,
    /// Outside the visible page.
    Outside,
}

impl Sheet {
    /// Reads one page.
    pub fn read(reader: &mut PageReader<'_>, index: usize, deadline: Option<Instant>) -> Self {
        let mut page = reader.page(index, deadline);
        let turn = page.reading_turn();
        page.turn_upright(turn);
        let sheet = Self::of(&page);
        reader.done_with(page);
        sheet
    }

    /// Takes what the layout needs of a page that has been turned upright.
    pub fn of(page: &Page) -> Self {
        let mut horizontal = segments(&page.rules, true);
        let mut vertical = segments(&page.rules, false);
        add_fill_edges(&page.fills, &mut horizontal, &mut vertical);
        let words = words(page);
        Self {
            is_empty_of_text: is_empty_of_text(words.len()),
            glyphs: page.glyphs.len() as u32,
            number: page.number,
            width: page.width,
            height: page.height,
            turned: page.turned,
            words,
            furniture: Vec::new(),
            horizontal,
            vertical,
            fills: page.fills.clone(),
            images: page.images.clone(),
            image_share: page.image_share(),
            unknown_glyphs: page.unknown_glyphs,
            recovered_glyphs: page.recovered_glyphs,
            is_ocr: false,
            repairs: Vec::new(),
            cut: page.cut,
        }
    }

    /// A box of this sheet as the page is shown.
    pub fn as_shown(&self, area: &Bbox) -> Bbox {
        self.turned.back().upright_box(area, self.width, self.height)
    }
}

//! A page as it is shown, with what was found drawn over it: for eyes that check the reader.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use laras_model::{Bbox, Block, BlockKind, Content};

use super::geometry::Area;
use super::open::Document;
use super::sheet::Sheet;
use super::{PdfError, PdfOptions, set_apart};

/// Why a picture could not be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OverlayError {
    /// The PDF itself could not be read.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The page does not exist.
    #[error("there is no page {page}: the PDF has pages 1 to {pages}")]
    NoSuchPage {
        /// The page asked for.
        page: u32,
        /// Number of pages.
        pages: usize,
    },
    /// The page could not be turned into a picture.
    #[error("page {page} could not be drawn: {why}")]
    NotDrawn {
        /// The page asked for.
        page: u32,
        /// What went wrong.
        why: String,
    },
}

/// A box to draw over the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Where, in points of the page as shown.
    pub bbox: Bbox,
    /// Colour of its outline.
    pub rgb: [u8; 3],
    /// How strongly it is filled, from 0 (not at all) to 255.
    pub tint: u8,
}

/// Colour of words.
const WORD: [u8; 3] = [150, 150, 150];
/// Colour of lines of the page.
const RULE: [u8; 3] = [230, 80, 0];
/// Colour of furniture.
const FURNITURE: [u8; 3] = [200, 0, 200];
/// Colour of cells.
const CELL: [u8; 3] = [0, 90, 220];
/// Colour of cells of heads.
const HEAD: [u8; 3] = [0, 150, 90];

/// Frames for the words, lines and furniture of one page.
///
/// # Errors
/// If the PDF cannot be read or has no such page.
pub fn page_frames(
    bytes: &[u8],
    page: u32,
    options: &PdfOptions,
) -> Result<Vec<Frame>, OverlayError> {
    let document = Document::open(bytes, options)?;
    let index = index(&document, page)?;
    let mut sheet = Sheet::read(&mut document.reader(options), index, None);
    set_apart(std::slice::from_mut(&mut sheet));
    let mut frames = Vec::new();
    for word in &sheet.words {
        frames.push(Frame { bbox: sheet.as_shown(&word.bbox), rgb: WORD, tint: 0 });
    }
    for (word, _) in &sheet.furniture {
        frames.push(Frame { bbox: sheet.as_shown(&word.bbox), rgb: FURNITURE, tint: 20 });
    }
    for line in &sheet.horizontal {
        let bbox = Bbox { x0: line.from, x1: line.to, y0: line.at - 0.5, y1: line.at + 0.5 };
        frames.push(Frame { bbox: sheet.as_shown(&bbox), rgb: RULE, tint: 160 });
    }
    for line in &sheet.vertical {
        let bbox = Bbox { y0: line.from, y1: line.to, x0: line.at - 0.5, x1: line.at + 0.5 };
        frames.push(Frame { bbox: sheet.as_shown(&bbox), rgb: RULE, tint: 160 });
    }
    Ok(frames)
}

/// Frames for the headings, captions, furniture and text that a reading has on one page.
pub fn block_frames(blocks: &[Block], page: u32) -> Vec<Frame> {
    let of_block = |kind| match kind {
        BlockKind::Heading | BlockKind::Title | BlockKind::Caption | BlockKind::UnitLine => {
            [220, 0, 60]
        }
        BlockKind::RunningText | BlockKind::PageNumber | BlockKind::Mark => FURNITURE,
        _ => [120, 120, 0],
    };
    blocks
        .iter()
        .filter(|block| block.fragment.is_none() && block.place.page == page)
        .filter_map(|block| {
            let bbox = **block.place.bbox.as_ref()?;
            Some(Frame { bbox, rgb: of_block(block.kind), tint: 0 })
        })
        .collect()
}

/// Frames for the blocks and cells that a reading has on one page.
pub fn content_frames(content: &Content, page: u32) -> Vec<Frame> {
    let mut frames = block_frames(&content.blocks, page);
    for row in content.fragments.iter().flat_map(|fragment| &fragment.rows) {
        for cell in row.cells.iter().filter(|cell| cell.place.page == page) {
            if let Some(bbox) = &cell.place.bbox {
                let rgb = if row.is_header { HEAD } else { CELL };
                let tint = if cell.text.is_empty() { 0 } else { 24 };
                frames.push(Frame { bbox: bbox.grown(-0.7), rgb, tint });
            }
        }
    }
    frames
}

/// Draws a page with frames over it and gives the picture as PNG; `scale` is pixels a point.
///
/// # Errors
/// If the PDF cannot be read, has no such page, or the page cannot be drawn.
pub fn draw(
    bytes: &[u8],
    page: u32,
    frames: &[Frame],
    scale: f32,
    options: &PdfOptions,
) -> Result<Vec<u8>, OverlayError> {
    let document = Document::open(bytes, options)?;
    let index = index(&document, page)?;
    let not_drawn = |why: String| OverlayError::NotDrawn { page, why };
    let source = &document.pages()[index];
    let (width, height) = source.render_dimensions();
    // Pictures larger than this say nothing more and may not fit into memory.
    let scale = scale.clamp(0.1, 8.0).min(8_000.0 / width.max(height).max(1.0));
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let picture = catch_unwind(AssertUnwindSafe(|| {
        render(
            source,
            &RenderCache::new(),
            &InterpreterSettings::default(),
            &RenderSettings::default(),
            &settings,
        )
    }));
    let mut picture = picture.map_err(|_| not_drawn("its content is damaged".to_owned()))?;
    let (width, height) = (usize::from(picture.width()), usize::from(picture.height()));
    let mut canvas = Canvas { pixels: picture.data_as_u8_slice_mut(), width, height };
    for frame in frames {
        canvas.frame(frame, scale);
    }
    picture.into_png().map_err(|error| not_drawn(error.to_string()))
}

fn index(document: &Document, page: u32) -> Result<usize, OverlayError> {
    let pages = document.page_count();
    match (page as usize).checked_sub(1) {
        Some(index) if index < pages => Ok(index),
        _ => Err(OverlayError::NoSuchPage { page, pages }),
    }
}

struct Canvas<'p> {
    /// Opaque RGBA, row by row.
    pixels: &'p mut [u8],
    width: usize,
    height: usize,
}

impl Canvas<'_> {
    fn frame(&mut self, frame: &Frame, scale: f32) {
        let at = |point: f32, most: usize| {
            ((point * scale).round().max(0.0) as usize).min(most.saturating_sub(1))
        };
        let (x0, x1) = (at(frame.bbox.x0, self.width), at(frame.bbox.x1, self.width));
        let (y0, y1) = (at(frame.bbox.y0, self.height), at(frame.bbox.y1, self.height));
        for y in y0..=y1 {
            for x in x0..=x1 {
                let edge = y == y0 || y == y1 || x == x0 || x == x1;
                self.blend(x, y, frame.rgb, if edge { 200 } else { frame.tint });
            }
        }
    }

    fn blend(&mut self, x: usize, y: usize, rgb: [u8; 3], strength: u8) {
        let from = (y * self.width + x) * 4;
        if let Some(pixel) = self.pixels.get_mut(from..from + 3) {
            for (part, new) in pixel.iter_mut().zip(rgb) {
                let (old, strength) = (u16::from(*part), u16::from(strength));
                *part = ((old * (255 - strength) + u16::from(new) * strength) / 255) as u8;
            }
        }
    }
}

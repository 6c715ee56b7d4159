//! What stands on one page: glyphs, rules, filled areas and images, with places as shown.

use laras_model::Bbox;

use super::geometry::{Area, Turn};

/// What the file itself says about a piece of content that is not text of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Artifact {
    /// Nothing said: content.
    #[default]
    None,
    /// Running header.
    Header,
    /// Running footer.
    Footer,
    /// Watermark.
    Watermark,
    /// Pagination or layout without more detail.
    Other,
}

/// How visible something is when the page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// Painted.
    #[default]
    Shown,
    /// Text in the invisible mode: the layer that OCR programs lay under a scan.
    Invisible,
    /// Clipped away or outside the page.
    Outside,
}

/// One character where it is painted.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// The character; U+FFFD where the file does not say and the font does not tell.
    pub text: char,
    /// Origin on the base line.
    pub origin: (f32, f32),
    /// From origin to advance, and from about descent to ascent.
    pub bbox: Bbox,
    /// Distance to the origin of the next glyph, along the writing direction.
    pub advance: f32,
    /// Size of the type in points as shown.
    pub size: f32,
    /// Index into [`Page::fonts`].
    pub font: u16,
    /// Writing direction.
    pub turn: Turn,
    /// Brightness of the ink over white paper, 0 (black) to 255 (white).
    pub light: u8,
    /// Whether it can be seen.
    pub visibility: Visibility,
    /// Marked-content id of the innermost tagged sequence.
    pub mcid: Option<u32>,
    /// What the file says it is, if not content.
    pub artifact: Artifact,
}

/// A typeface as far as the file names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Typeface {
    /// PostScript name without the subset prefix; empty where unknown.
    pub name: String,
    /// Whether it is bold by name or weight.
    pub bold: bool,
    /// Whether it is italic.
    pub italic: bool,
}

/// A straight horizontal or vertical line, drawn or made of a thin filled rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Its extent, thickness included.
    pub bbox: Bbox,
    /// Whether it runs from left to right (else from top to bottom).
    pub horizontal: bool,
    /// Brightness over white paper, 0 (black) to 255 (white).
    pub light: u8,
}

impl Rule {
    /// Where it stands across its direction: y of a horizontal rule, x of a vertical one.
    pub fn at(&self) -> f32 {
        if self.horizontal { self.bbox.mid_y() } else { self.bbox.mid_x() }
    }

    /// Its extent along its direction.
    pub fn span(&self) -> (f32, f32) {
        if self.horizontal { (self.bbox.x0, self.bbox.x1) } else { (self.bbox.y0, self.bbox.y1) }
    }
}

/// A filled rectangle that is too thick to be a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// Its extent.
    pub bbox: Bbox,
    /// Colour over white paper.
    pub rgb: [u8; 3],
}

/// Everything that one page shows.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// 1-based number.
    pub number: u32,
    /// Width in points as shown.
    pub width: f32,
    /// Height in points as shown.
    pub height: f32,
    /// How far the file turns the page before it is shown, in degrees clockwise.
    pub rotation: u16,
    /// The glyphs in the order they are painted.
    pub glyphs: Vec<Glyph>,
    /// The typefaces they are set in.
    pub fonts: Vec<Typeface>,
    /// Straight lines.
    pub rules: Vec<Rule>,
    /// Filled areas.
    pub fills: Vec<Fill>,
    /// Extents of images.
    pub images: Vec<Bbox>,
    /// Glyphs without a known character.
    pub unknown_glyphs: u32,
    /// Glyphs whose character was found in the embedded font although the file does not say it.
    pub recovered_glyphs: u32,
    /// The turn of the text that was made upright after reading; all places are in the upright
    /// frame then, and [`Page::as_shown`] leads back.
    pub turned: Turn,
    /// Why the page ends early, if it does.
    pub cut: Option<Cut>,
}

/// Why reading a page stopped before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cut {
    /// More glyphs than allowed.
    Glyphs,
    /// More lines and areas than allowed.
    Paths,
    /// Out of time.
    Deadline,
    /// The content stream unpacks to more than is allowed.
    Size,
    /// The interpreter broke down.
    Broken,
}

impl Page {
    /// The share of the page that images cover, from 0 to 1; overlaps count once per image.
    pub fn image_share(&self) -> f32 {
        let page = Bbox { x0: 0.0, y0: 0.0, x1: self.width, y1: self.height };
        let covered: f32 = self
            .images
            .iter()
            .map(|image| image.shared_x(&page).max(0.0) * image.shared_y(&page).max(0.0))
            .sum();
        (covered / (page.width() * page.height()).max(1.0)).min(1.0)
    }
}

impl Page {
    /// The direction in which most of the visible text runs.
    pub fn reading_turn(&self) -> Turn {
        let mut counts = [0_usize; 4];
        for glyph in &self.glyphs {
            if glyph.artifact == Artifact::None && glyph.visibility != Visibility::Outside {
                match glyph.turn {
                    Turn::Upright => counts[0] += 1,
                    Turn::Down => counts[1] += 1,
                    Turn::Over => counts[2] += 1,
                    Turn::Up => counts[3] += 1,
                    Turn::Slanted => {}
                }
            }
        }
        let turns = [Turn::Upright, Turn::Down, Turn::Over, Turn::Up];
        let most = counts.iter().copied().max().unwrap_or_default();
        // A page of few letters is taken as it lies.
        let leading = counts.iter().position(|&count| count == most).unwrap_or_default();
        if most < 20 || most * 2 < counts.iter().sum::<usize>() {
            Turn::Upright
        } else {
            turns[leading]
        }
    }

    /// Turns the page so that text of the given turn is upright; see [`Page::turned`].
    pub fn turn_upright(&mut self, turn: Turn) {
        if matches!(turn, Turn::Upright | Turn::Slanted) {
            return;
        }
        let (width, height) = (self.width, self.height);
        for glyph in &mut self.glyphs {
            glyph.origin = turn.upright(glyph.origin, width, height);
            glyph.bbox = turn.upright_box(&glyph.bbox, width, height);
            glyph.turn = glyph.turn.seen_from(turn);
        }
        for rule in &mut self.rules {
            rule.bbox = turn.upright_box(&rule.bbox, width, height);
            if turn != Turn::Over {
                rule.horizontal = !rule.horizontal;
            }
        }
        for fill in &mut self.fills {
            fill.bbox = turn.upright_box(&fill.bbox, width, height);
        }
        for image in &mut self.images {
            *image = turn.upright_box(image, width, height);
        }
        if turn != Turn::Over {
            (self.width, self.height) = (height, width);
        }
        self.turned = turn;
    }

    /// A box of this page as it is shown, before [`Page::turn_upright`].
    pub fn as_shown(&self, area: &Bbox) -> Bbox {
        self.turned.back().upright_box(area, self.width, self.height)
    }
}

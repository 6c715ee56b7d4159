//! Listens to the interpreter and keeps glyphs, straight lines, filled areas and images.
//!
//! Nothing is judged here; whatever is painted, or would be if it were not clipped or invisible,
//! is written down with its place. The interpreter cannot be stopped from outside, so a limit is
//! enforced by unwinding with [`Stop`], which the caller catches.

use std::time::Instant;

use hayro_interpret::font::{Glyph as PdfGlyph, GlyphRun};
use hayro_interpret::hayro_syntax::object::dict::keys::{ACTUAL_TEXT, MCID, SUBTYPE, TYPE};
use hayro_interpret::hayro_syntax::object::{Dict, Name, String as PdfString};
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};
use laras_model::Bbox;

use super::geometry::{Area, Turn};
use super::page::{Artifact, Cut, Fill, Glyph, Page, Rule, Typeface, Visibility};
use super::unicode::{Characters, Known, UNKNOWN};

/// Thickest filled rectangle that is taken for a line, in points.
const THICKEST_RULE: f32 = 3.5;
/// Shortest line that is kept, in points.
const SHORTEST_RULE: f32 = 2.0;

/// How much of a page is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Most glyphs.
    pub(crate) glyphs: usize,
    /// Most lines and areas together.
    pub(crate) paths: usize,
    /// When to stop.
    pub(crate) deadline: Option<Instant>,
}

/// What the interpreter is unwound with when a limit is reached.
pub(crate) struct Stop(pub(crate) Cut);

/// One level of marked content.
struct Marked {
    mcid: Option<u32>,
    artifact: Artifact,
    actual_text: Option<Vec<char>>,
    /// Index of the first glyph inside.
    from: usize,
}

/// The listener of one page.
pub(crate) struct Listener<'c> {
    pub(crate) page: Page,
    limits: Limits,
    characters: &'c mut Characters,
    clips: Vec<Bbox>,
    opacity: Vec<f32>,
    marked: Vec<Marked>,
    calls: u32,
    scratch: Vec<char>,
}

impl<'c> Listener<'c> {
    pub(crate) fn new(page: Page, limits: Limits, characters: &'c mut Characters) -> Self {
        let all = Bbox { x0: 0.0, y0: 0.0, x1: page.width, y1: page.height };
        Self {
            page,
            limits,
            characters,
            clips: vec![all],
            opacity: vec![1.0],
            marked: Vec::new(),
            calls: 0,
            scratch: Vec::new(),
        }
    }

    /// Unwinds if a limit has been reached; looks at the clock now and then.
    fn check(&mut self) {
        self.calls = self.calls.wrapping_add(1);
        let cut = if self.page.glyphs.len() > self.limits.glyphs {
            Cut::Glyphs
        } else if self.page.rules.len() + self.page.fills.len() > self.limits.paths {
            Cut::Paths
        } else if self.calls.is_multiple_of(256)
            && self.limits.deadline.is_some_and(|end| Instant::now() > end)
        {
            Cut::Deadline
        } else {
            return;
        };
        self.page.cut = Some(cut);
        std::panic::resume_unwind(Box::new(Stop(cut)));
    }

    fn clip(&self) -> Bbox {
        self.clips.last().copied().unwrap_or(Bbox {
            x0: 0.0,
            y0: 0.0,
            x1: self.page.width,
            y1: self.page.height,
        })
    }

    /// Colour over white paper, with everything that makes it fainter.
    fn ink(&self, paint: &Paint<'_>) -> [u8; 3] {
        let opacity: f32 = self.opacity.last().copied().unwrap_or(1.0);
        match paint {
            Paint::Color(color) => {
                let [r, g, b, a] = color.to_rgba().components();
                [r, g, b].map(|part| {
                    let over_white = 1.0 - (1.0 - part.clamp(0.0, 1.0)) * (a * opacity);
                    (over_white.clamp(0.0, 1.0) * 255.0).round() as u8
                })
            }
            Paint::Pattern(_) => [160; 3],
        }
    }

    fn artifact(&self) -> Artifact {
        self.marked
            .iter()
            .map(|marked| marked.artifact)
            .rev()
            .find(|artifact| *artifact != Artifact::None)
            .unwrap_or_default()
    }

    fn typeface(&mut self, glyph: &PdfGlyph<'_>) -> (u16, bool) {
        let data = match glyph {
            PdfGlyph::Outline(outline) => outline.font_data(),
            PdfGlyph::Type3(_) => None,
        };
        let embedded = data.is_some();
        let face = data.map_or_else(Typeface::default, |data| {
            let name = data.postscript_name.unwrap_or_default();
            let lower = name.to_lowercase();
            let bold = ["bold", "black", "heavy", "semibold"].iter().any(|w| lower.contains(w));
            Typeface {
                bold: bold || data.weight.is_some_and(|weight| weight >= 600),
                italic: data.is_italic || lower.contains("italic") || lower.contains("oblique"),
                name,
            }
        });
        let known = self.page.fonts.iter().position(|font| *font == face);
        let index = known.unwrap_or_else(|| {
            self.page.fonts.push(face);
            self.page.fonts.len() - 1
        });
        (u16::try_from(index).unwrap_or(u16::MAX), embedded)
    }

    /// Keeps the straight pieces of a path that is drawn with a pen.
    fn keep_stroke(&mut self, path: &BezPath, transform: Affine, width: f32, light: u8) {
        let mut start = Point::ZERO;
        let mut at = Point::ZERO;
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => {
                    start = transform * to;
                    at = start;
                }
                PathEl::LineTo(to) => {
                    let to = transform * to;
                    self.keep_segment(at, to, width, light);
                    at = to;
                }
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => at = transform * to,
                PathEl::ClosePath => {
                    self.keep_segment(at, start, width, light);
                    at = start;
                }
            }
        }
    }

    fn keep_segment(&mut self, a: Point, b: Point, width: f32, light: u8) {
        let (dx, dy) = ((b.x - a.x).abs() as f32, (b.y - a.y).abs() as f32);
        let half = width / 2.0;
        let (x0, x1) = (a.x.min(b.x) as f32, a.x.max(b.x) as f32);
        let (y0, y1) = (a.y.min(b.y) as f32, a.y.max(b.y) as f32);
        // A short, very thick stroke is a bar of a chart or a filled cell, not a line.
        if dy <= 0.5 && dx >= SHORTEST_RULE.max(width) {
            let bbox = Bbox { x0, x1, y0: y0 - half, y1: y1 + half };
            self.keep_rule(bbox, true, light);
        } else if dx <= 0.5 && dy >= SHORTEST_RULE.max(width) {
            let bbox = Bbox { x0: x0 - half, x1: x1 + half, y0, y1 };
            self.keep_rule(bbox, false, light);
        }
    }

    fn keep_rule(&mut self, bbox: Bbox, horizontal: bool, light: u8) {
        let thickness = if horizontal { bbox.height() } else { bbox.width() };
        if thickness > THICKEST_RULE * 2.0 {
            self.keep_fill(bbox, [light; 3]);
            return;
        }
        let clip = self.clip().grown(1.0);
        let bbox = Bbox {
            x0: bbox.x0.max(clip.x0),
            y0: bbox.y0.max(clip.y0),
            x1: bbox.x1.min(clip.x1),
            y1: bbox.y1.min(clip.y1),
        };
        if bbox.width() >= 0.0 && bbox.height() >= 0.0 {
            self.page.rules.push(Rule { bbox, horizontal, light });
        }
    }

    fn keep_fill(&mut self, bbox: Bbox, rgb: [u8; 3]) {
        let clip = self.clip();
        let bbox = Bbox {
            x0: bbox.x0.max(clip.x0),
            y0: bbox.y0.max(clip.y0),
            x1: bbox.x1.min(clip.x1),
            y1: bbox.y1.min(clip.y1),
        };
        if bbox.width() > 0.0 && bbox.height() > 0.0 {
            self.page.fills.push(Fill { bbox, rgb });
        }
    }

    /// Keeps the rectangles of a filled path: thin ones as rules.
    fn keep_filled(&mut self, path: &BezPath, transform: Affine, rgb: [u8; 3]) {
        let light = brightness(rgb);
        let mut corners: Vec<Point> = Vec::with_capacity(5);
        let mut straight = true;
        for element in path.elements().iter().chain([&PathEl::MoveTo(Point::ZERO)]) {
            match *element {
                PathEl::MoveTo(to) => {
                    if straight {
                        self.keep_filled_corners(&corners, rgb, light);
                    }
                    corners.clear();
                    corners.push(transform * to);
                    straight = true;
                }
                PathEl::LineTo(to) => {
                    if corners.len() < 8 {
                        corners.push(transform * to);
                    } else {
                        straight = false;
                    }
                }
                PathEl::QuadTo(..) | PathEl::CurveTo(..) => straight = false,
                PathEl::ClosePath => {}
            }
        }
    }

    fn keep_filled_corners(&mut self, corners: &[Point], rgb: [u8; 3], light: u8) {
        if corners.len() < 4 {
            return;
        }
        let upright = corners
            .iter()
            .zip(corners.iter().cycle().skip(1))
            .all(|(a, b)| (a.x - b.x).abs() < 0.3 || (a.y - b.y).abs() < 0.3);
        if upright {
            self.keep_filled_box(&bounds(corners), rgb, light);
        }
    }

    fn keep_filled_box(&mut self, area: &Bbox, rgb: [u8; 3], light: u8) {
        let (width, height) = (area.width(), area.height());
        if height <= THICKEST_RULE && width > height && width >= SHORTEST_RULE {
            self.keep_rule(*area, true, light);
        } else if width <= THICKEST_RULE && height > width && height >= SHORTEST_RULE {
            self.keep_rule(*area, false, light);
        } else if width > THICKEST_RULE && height > THICKEST_RULE {
            self.keep_fill(*area, rgb);
        }
    }
}

/// Brightness of a colour, 0 to 255.
fn brightness([r, g, b]: [u8; 3]) -> u8 {
    ((u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114) / 1000) as u8
}

fn bounds(points: &[Point]) -> Bbox {
    let mut area = Bbox { x0: f32::MAX, y0: f32::MAX, x1: f32::MIN, y1: f32::MIN };
    for point in points {
        area.x0 = area.x0.min(point.x as f32);
        area.y0 = area.y0.min(point.y as f32);
        area.x1 = area.x1.max(point.x as f32);
        area.y1 = area.y1.max(point.y as f32);
    }
    area
}

fn boxed(rect: Rect) -> Bbox {
    Bbox { x0: rect.x0 as f32, y0: rect.y0 as f32, x1: rect.x1 as f32, y1: rect.y1 as f32 }
}

/// Text of a PDF string object: UTF-16 with its mark, else Latin-1 as far as it matters here.
fn pdf_text(bytes: &[u8]) -> Vec<char> {
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(UNKNOWN)).collect()
    } else {
        bytes.iter().map(|&byte| char::from(byte)).collect()
    }
}

impl<'a> Device<'a> for Listener<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.check();
        let rgb = self.ink(&props.paint);
        if let DrawMode::Fill(_) | DrawMode::FillAndStroke(..) = mode {
            self.keep_filled(path, props.transform, rgb);
        }
        if let DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) = mode {
            let scale = props.transform.determinant().abs().sqrt() as f32;
            self.keep_stroke(path, props.transform, stroke.line_width * scale, brightness(rgb));
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        if let DrawMode::Fill(_) = mode {
            self.check();
            let rgb = self.ink(&props.paint);
            let [a, b, c, d, ..] = props.transform.as_coeffs();
            if (b.abs() < 1e-9 && c.abs() < 1e-9) || (a.abs() < 1e-9 && d.abs() < 1e-9) {
                let area = boxed(props.transform.transform_rect_bbox(*rect));
                self.keep_filled_box(&area, rgb, brightness(rgb));
                return;
            }
        }
        self.draw_path(&rect.to_path(0.1), props, mode);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.check();
        let area = boxed(clip.path.bounding_box());
        self.push_clip(&area);
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.check();
        self.push_clip(&boxed(*rect));
    }

    fn push_transparency_group(&mut self, alpha: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.check();
        let below = self.opacity.last().copied().unwrap_or(1.0);
        self.opacity.push(below * alpha);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.check();
        let Some(first) = run.glyphs().first() else { return };
        let (font, embedded) = self.typeface(first);
        let light = brightness(self.ink(&props.paint));
        let artifact = self.artifact();
        let mcid = self.marked.iter().rev().find_map(|marked| marked.mcid);
        let clip = self.clip().grown(0.5);
        let invisible = matches!(mode, DrawMode::Invisible);
        let mut text = std::mem::take(&mut self.scratch);
        for glyph in run.glyphs() {
            let [a, b, c, d, left, top] = (props.transform * glyph.transform()).as_coeffs();
            let (across, up) = ((a.hypot(b) * 1000.0) as f32, (c.hypot(d) * 1000.0) as f32);
            let width = match &**glyph {
                PdfGlyph::Outline(outline) => outline.advance_width(),
                PdfGlyph::Type3(glyph) => glyph.advance_width(),
            };
            // Where a font is not embedded the interpreter stretches its stand-in; the height
            // tells the true scale.
            let scale = if embedded { across } else { up };
            let advance = width.unwrap_or(500.0) / 1000.0 * scale;
            let size = if up.is_finite() { up } else { 0.0 };
            if size < 0.1 || !across.is_finite() || across < 1e-4 || !(left + top).is_finite() {
                continue;
            }
            text.clear();
            match self.characters.of(glyph, &mut text) {
                Known::Said => {}
                Known::Recovered => self.page.recovered_glyphs += 1,
                Known::Not => self.page.unknown_glyphs += 1,
            }
            // Unit vectors along the writing direction and upwards.
            let (ux, uy) = ((a * 1000.0) as f32 / across, (b * 1000.0) as f32 / across);
            let (vx, vy) = ((c * 1000.0) as f32 / up, (d * 1000.0) as f32 / up);
            let part = advance / text.len().max(1) as f32;
            for (index, &character) in text.iter().enumerate() {
                let along = part * index as f32;
                let origin = (left as f32 + ux * along, top as f32 + uy * along);
                let corner = |along: f32, above: f32| {
                    Point::new(
                        f64::from(origin.0 + ux * along + vx * above * size),
                        f64::from(origin.1 + uy * along + vy * above * size),
                    )
                };
                let bbox = bounds(&[
                    corner(0.0, -0.2),
                    corner(part, -0.2),
                    corner(0.0, 0.75),
                    corner(part, 0.75),
                ]);
                let visibility = if !clip.holds(bbox.mid_x(), bbox.mid_y()) {
                    Visibility::Outside
                } else if invisible {
                    Visibility::Invisible
                } else {
                    Visibility::Shown
                };
                self.page.glyphs.push(Glyph {
                    text: character,
                    origin,
                    bbox,
                    advance: part,
                    size,
                    font,
                    turn: Turn::of(ux, uy),
                    light,
                    visibility,
                    mcid,
                    artifact,
                });
            }
        }
        self.scratch = text;
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.check();
        let unit = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let area = boxed(props.transform.transform_rect_bbox(unit));
        let clip = self.clip();
        if area.shared_x(&clip) > 0.0 && area.shared_y(&clip) > 0.0 {
            self.page.images.push(Bbox {
                x0: area.x0.max(clip.x0),
                y0: area.y0.max(clip.y0),
                x1: area.x1.min(clip.x1),
                y1: area.y1.min(clip.y1),
            });
        }
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn pop_transparency_group(&mut self) {
        if self.opacity.len() > 1 {
            self.opacity.pop();
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.check();
        let artifact = if tag == b"Artifact" { artifact(properties) } else { Artifact::None };
        let mcid = properties.and_then(|p| p.get::<u32>(MCID));
        let actual_text =
            properties.and_then(|p| p.get::<PdfString<'_>>(ACTUAL_TEXT)).map(|t| pdf_text(&t));
        self.marked.push(Marked { mcid, artifact, actual_text, from: self.page.glyphs.len() });
    }

    fn end_marked_content(&mut self) {
        let Some(marked) = self.marked.pop() else { return };
        let Some(actual) = marked.actual_text else { return };
        let inside = self.page.glyphs.get_mut(marked.from..).unwrap_or_default();
        // The replacement text stands in where the glyphs themselves say nothing.
        if inside.iter().any(|glyph| glyph.text == UNKNOWN) && inside.len() == actual.len() {
            for (glyph, character) in inside.iter_mut().zip(actual) {
                if glyph.text == UNKNOWN {
                    self.page.unknown_glyphs = self.page.unknown_glyphs.saturating_sub(1);
                    self.page.recovered_glyphs += 1;
                }
                glyph.text = character;
            }
        }
    }
}

impl Listener<'_> {
    fn push_clip(&mut self, area: &Bbox) {
        let now = self.clip();
        self.clips.push(Bbox {
            x0: area.x0.max(now.x0),
            y0: area.y0.max(now.y0),
            x1: area.x1.min(now.x1),
            y1: area.y1.min(now.y1),
        });
    }
}

fn artifact(properties: Option<&Dict<'_>>) -> Artifact {
    let name = |key: &[u8]| properties.and_then(|p| p.get::<Name<'_>>(key));
    match name(SUBTYPE).as_deref() {
        Some(b"Header") => Artifact::Header,
        Some(b"Footer") => Artifact::Footer,
        Some(b"Watermark") => Artifact::Watermark,
        _ => match name(TYPE).as_deref() {
            Some(b"Pagination" | b"Layout" | b"Page") => Artifact::Other,
            _ => Artifact::None,
        },
    }
}

//! Listens to the interpreter and keeps glyphs, straight lines, filled areas and images.
//!
//! Nothing is judged here; whatever is painted, or would be if it were not clipped or invisible,
//! is written down with its place. The interpreter cannot be stopped from outside, so a limit is
//! enforced by unwinding with [`Stop`], which the caller catches.

use std::time::Instant;

use hayro_interpret::font::{Glyph as PdfGlyph, GlyphRun};
use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::kurbo::{BezPath, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};
use laras_model::Bbox;

use super::geometry::{Area, Turn};
use super::marked::Marked;
use super::page::{Artifact, Cut, Glyph, Page, Typeface, Visibility};
use super::paths::{bounds, boxed, brightness};
use super::unicode::{Characters, Known, UNKNOWN};

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
    /// Embedded fonts by their key, as [`Self::typeface`] tells them.
    typefaces: Vec<(u128, (u16, bool))>,
}

/// The length of a vector; most are upright.
fn length(x: f64, y: f64) -> f64 {
    if y == 0.0 {
        x.abs()
    } else if x == 0.0 {
        y.abs()
    } else {
        x.hypot(y)
    }
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
            typefaces: Vec::new(),
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

    pub(super) fn clip(&self) -> Bbox {
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

    /// Index of the glyph's typeface and whether it is embedded; what an embedded font says of itself
    /// is looked at once a page.
    fn known_typeface(&mut self, glyph: &PdfGlyph<'_>) -> (u16, bool) {
        let key = match glyph {
            PdfGlyph::Outline(outline) => outline.font_data().map(|data| data.cache_key),
            PdfGlyph::Type3(_) => None,
        };
        let Some(key) = key else { return self.typeface(glyph) };
        if let Some((_, face)) = self.typefaces.iter().find(|(known, _)| *known == key) {
            return *face;
        }
        let face = self.typeface(glyph);
        self.typefaces.push((key, face));
        face
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
        let (font, embedded) = self.known_typeface(first);
        let light = brightness(self.ink(&props.paint));
        let artifact = self.artifact();
        let mcid = self.marked.iter().rev().find_map(|marked| marked.mcid);
        let clip = self.clip().grown(0.5);
        let invisible = matches!(mode, DrawMode::Invisible);
        let mut text = std::mem::take(&mut self.scratch);
        for glyph in run.glyphs() {
            let [a, b, c, d, left, top] = (props.transform * glyph.transform()).as_coeffs();
            let (across, up) = ((length(a, b) * 1000.0) as f32, (length(c, d) * 1000.0) as f32);
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
        self.marked.push(Marked::of(tag, properties, self.page.glyphs.len()));
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

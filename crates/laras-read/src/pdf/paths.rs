//! The straight lines and upright rectangles of painted paths.

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};
use laras_model::Bbox;

use super::device::Listener;
use super::geometry::Area;
use super::page::{Fill, Rule};

/// Thickest filled rectangle that is taken for a line, in points.
const THICKEST_RULE: f32 = 3.5;
/// Shortest line that is kept, in points.
const SHORTEST_RULE: f32 = 2.0;

impl Listener<'_> {
    /// Keeps the straight pieces of a path that is drawn with a pen.
    pub(super) fn keep_stroke(&mut self, path: &BezPath, transform: Affine, width: f32, light: u8) {
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
    pub(super) fn keep_filled(&mut self, path: &BezPath, transform: Affine, rgb: [u8; 3]) {
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

    pub(super) fn keep_filled_box(&mut self, area: &Bbox, rgb: [u8; 3], light: u8) {
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
pub(super) fn brightness([r, g, b]: [u8; 3]) -> u8 {
    ((u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114) / 1000) as u8
}

/// The box around some points.
pub(super) fn bounds(points: &[Point]) -> Bbox {
    let mut area = Bbox { x0: f32::MAX, y0: f32::MAX, x1: f32::MIN, y1: f32::MIN };
    for point in points {
        area.x0 = area.x0.min(point.x as f32);
        area.y0 = area.y0.min(point.y as f32);
        area.x1 = area.x1.max(point.x as f32);
        area.y1 = area.y1.max(point.y as f32);
    }
    area
}

/// A rectangle as a box.
pub(super) fn boxed(rect: Rect) -> Bbox {
    Bbox { x0: rect.x0 as f32, y0: rect.y0 as f32, x1: rect.x1 as f32, y1: rect.y1 as f32 }
}

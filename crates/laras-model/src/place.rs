//! Where something stands in its source.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A rectangle on a page, in points from the upper left corner as the page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bbox {
    /// Left edge.
    pub x0: f32,
    /// Upper edge.
    pub y0: f32,
    /// Right edge.
    pub x1: f32,
    /// Lower edge.
    pub y1: f32,
}

/// Where something stands: page or line, column and bytes. A zero or absent field does not apply.
///
/// Text sources are placed by line, column and bytes; paged sources by page and box, and by the
/// line within the page. Bytes count in the file as it was given, before any decoding.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Place {
    /// 1-based page; 0 where the source has none.
    #[serde(skip_serializing_if = "is_zero")]
    pub page: u32,
    /// 1-based line of the source text, or of the page.
    #[serde(skip_serializing_if = "is_zero")]
    pub line: u32,
    /// 1-based column in characters.
    #[serde(skip_serializing_if = "is_zero")]
    pub column: u32,
    /// First byte in the file.
    pub from: u32,
    /// The byte after the last; equal to `from` where the source is not addressed by bytes.
    pub to: u32,
    /// Box on the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bbox: Option<Box<Bbox>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_zero(value: &u32) -> bool {
    *value == 0
}

impl Place {
    /// The number by which reports of this kind are cited: the page if there is one, else the line.
    pub fn cited(&self) -> u32 {
        if self.page > 0 { self.page } else { self.line }
    }

    /// The smallest place that covers both; the line and column of whichever comes first.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        let (first, last) =
            if (other.page, other.line, other.from) < (self.page, self.line, self.from) {
                (other, self)
            } else {
                (self, other)
            };
        let bbox = match (&first.bbox, &last.bbox) {
            (Some(a), Some(b)) if first.page == last.page => Some(Box::new(Bbox {
                x0: a.x0.min(b.x0),
                y0: a.y0.min(b.y0),
                x1: a.x1.max(b.x1),
                y1: a.y1.max(b.y1),
            })),
            (a, _) => a.clone(),
        };
        Self { to: first.to.max(last.to), bbox, ..first.clone() }
    }
}

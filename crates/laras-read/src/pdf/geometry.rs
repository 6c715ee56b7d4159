//! Boxes and quarter turns. Points from the upper left corner, y growing downwards.

use laras_model::Bbox;

/// What is asked of a box.
pub trait Area {
    /// Horizontal extent.
    fn width(&self) -> f32;
    /// Vertical extent.
    fn height(&self) -> f32;
    /// Middle of the horizontal extent.
    fn mid_x(&self) -> f32;
    /// Middle of the vertical extent.
    fn mid_y(&self) -> f32;
    /// The smallest box around both.
    #[must_use]
    fn union(&self, other: &Self) -> Self;
    /// Length of the common horizontal extent; negative is the gap between the two.
    fn shared_x(&self, other: &Self) -> f32;
    /// Length of the common vertical extent; negative is the gap between the two.
    fn shared_y(&self, other: &Self) -> f32;
    /// Whether the point lies inside or on the edge.
    fn holds(&self, x: f32, y: f32) -> bool;
    /// Grown by a margin on every side.
    #[must_use]
    fn grown(&self, margin: f32) -> Self;
}

impl Area for Bbox {
    fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    fn mid_x(&self) -> f32 {
        f32::midpoint(self.x0, self.x1)
    }

    fn mid_y(&self) -> f32 {
        f32::midpoint(self.y0, self.y1)
    }

    fn union(&self, other: &Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    fn shared_x(&self, other: &Self) -> f32 {
        self.x1.min(other.x1) - self.x0.max(other.x0)
    }

    fn shared_y(&self, other: &Self) -> f32 {
        self.y1.min(other.y1) - self.y0.max(other.y0)
    }

    fn holds(&self, x: f32, y: f32) -> bool {
        x >= self.x0 && x <= self.x1 && y >= self.y0 && y <= self.y1
    }

    fn grown(&self, margin: f32) -> Self {
        Self {
            x0: self.x0 - margin,
            y0: self.y0 - margin,
            x1: self.x1 + margin,
            y1: self.y1 + margin,
        }
    }
}

/// The box around all of them, if there is one.
pub fn around<'a>(mut boxes: impl Iterator<Item = &'a Bbox>) -> Option<Bbox> {
    let first = *boxes.next()?;
    Some(boxes.fold(first, |all, next| all.union(next)))
}

/// The direction in which text runs on the page as shown, in quarter turns clockwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// From left to right: upright.
    #[default]
    Upright,
    /// From top to bottom: the page must be turned a quarter against the clock to be read.
    Down,
    /// From right to left: upside down.
    Over,
    /// From bottom to top: the page must be turned a quarter with the clock to be read.
    Up,
    /// At an angle that is no quarter turn.
    Slanted,
}

impl Turn {
    /// The turn of a writing direction; x to the right, y down.
    pub fn of(dx: f32, dy: f32) -> Self {
        let (ax, ay) = (dx.abs(), dy.abs());
        if ay <= ax * 0.05 {
            if dx >= 0.0 { Self::Upright } else { Self::Over }
        } else if ax <= ay * 0.05 {
            if dy > 0.0 { Self::Down } else { Self::Up }
        } else {
            Self::Slanted
        }
    }

    /// Where a point of a `width` × `height` page comes to stand when the page is turned so that
    /// text of this turn is upright. A slanted turn leaves the page as it is.
    pub fn upright(self, (x, y): (f32, f32), width: f32, height: f32) -> (f32, f32) {
        match self {
            Self::Upright | Self::Slanted => (x, y),
            Self::Down => (y, width - x),
            Self::Over => (width - x, height - y),
            Self::Up => (height - y, x),
        }
    }

    /// [`Turn::upright`] for a box.
    pub fn upright_box(self, area: &Bbox, width: f32, height: f32) -> Bbox {
        let (ax, ay) = self.upright((area.x0, area.y0), width, height);
        let (bx, by) = self.upright((area.x1, area.y1), width, height);
        Bbox { x0: ax.min(bx), y0: ay.min(by), x1: ax.max(bx), y1: ay.max(by) }
    }

    /// The turn that undoes this one.
    #[must_use]
    pub fn back(self) -> Self {
        match self {
            Self::Down => Self::Up,
            Self::Up => Self::Down,
            other => other,
        }
    }

    /// What this turn becomes on a page that has been turned to make `page` upright.
    #[must_use]
    pub fn seen_from(self, page: Self) -> Self {
        let quarter = |turn| match turn {
            Self::Upright => Some(0_u8),
            Self::Down => Some(1),
            Self::Over => Some(2),
            Self::Up => Some(3),
            Self::Slanted => None,
        };
        match (quarter(self), quarter(page)) {
            (Some(own), Some(page)) => match (own + 4 - page) % 4 {
                0 => Self::Upright,
                1 => Self::Down,
                2 => Self::Over,
                _ => Self::Up,
            },
            (None, _) => Self::Slanted,
            (_, None) => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turning_to_and_fro_is_the_identity() {
        let (width, height) = (600.0, 800.0);
        for turn in [Turn::Upright, Turn::Down, Turn::Over, Turn::Up] {
            let there = turn.upright((10.0, 20.0), width, height);
            let (w, h) = match turn {
                Turn::Down | Turn::Up => (height, width),
                _ => (width, height),
            };
            assert_eq!(turn.back().upright(there, w, h), (10.0, 20.0), "{turn:?}");
        }
    }

    #[test]
    fn text_that_runs_up_is_read_from_left_to_right_after_turning() {
        let (a, b) = ((100.0, 700.0), (100.0, 600.0));
        let turn = Turn::of(b.0 - a.0, b.1 - a.1);
        assert_eq!(turn, Turn::Up);
        let (a, b) = (turn.upright(a, 600.0, 800.0), turn.upright(b, 600.0, 800.0));
        assert!(b.0 > a.0 && (a.1 - b.1).abs() < 1e-3, "{a:?} {b:?}");
        assert_eq!(turn.seen_from(Turn::Up), Turn::Upright);
        assert_eq!(Turn::Upright.seen_from(Turn::Up), Turn::Down);
    }
}

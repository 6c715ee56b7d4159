//! Confidence: a probability that is measured against gold, not a feeling.

use std::fmt;

/// The probability, from 0 to 1, that a careful reader would record exactly the same.
///
/// Kept in thousandths so that the same bytes in give the same bytes out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(u16);

impl Confidence {
    /// Certain.
    pub const CERTAIN: Self = Self(1000);
    /// No idea.
    pub const NONE: Self = Self(0);

    /// Rounds to thousandths and clamps to 0–1; NaN becomes 0.
    pub fn new(probability: f64) -> Self {
        Self((probability.clamp(0.0, 1.0) * 1000.0).round() as u16)
    }

    /// The probability.
    pub fn get(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

impl Default for Confidence {
    fn default() -> Self {
        Self::NONE
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.0 / 1000, self.0 % 1000)
    }
}

impl fmt::Debug for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl serde::Serialize for Confidence {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.get())
    }
}

impl<'de> serde::Deserialize<'de> for Confidence {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::deserialize(deserializer).map(Self::new)
    }
}

impl schemars::JsonSchema for Confidence {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Confidence".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "number", "minimum": 0, "maximum": 1,
            "description": "Probability that a careful reader would record exactly the same."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_clamped_and_printed_in_thousandths() {
        assert_eq!(Confidence::new(1.7), Confidence::CERTAIN);
        assert_eq!(Confidence::new(f64::NAN), Confidence::NONE);
        assert_eq!(Confidence::new(0.98765).to_string(), "0.988");
        assert_eq!(serde_json::to_string(&Confidence::new(0.5)).expect("a number has JSON"), "0.5");
    }
}

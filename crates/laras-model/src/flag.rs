//! Reasons to doubt an observation.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

words! {
    /// A code that explains a lower confidence.
    pub enum Flag {
        /// The printed number is damaged and was reconstructed.
        NumberMalformed = "number.malformed",
        /// Two readings of the number stand equally well.
        NumberAmbiguous = "number.ambiguous",
        /// A scale (thousands, millions) was applied because other evidence agrees.
        NumberScaled = "number.scaled",
        /// The name was carried down from a merged cell.
        NameCarried = "name.carried",
        /// The name is cut off.
        NameTruncated = "name.truncated",
        /// The row prints no name; a standard one was given.
        NameMissing = "name.missing",
        /// The year is the report's, not the table's.
        YearAssumed = "year.assumed",
        /// The column's meaning was guessed from weak evidence.
        RoleGuessed = "role.guessed",
        /// The unit does not fit the indicator.
        UnitMismatch = "unit.mismatch",
        /// A value expected or estimated, not yet realised.
        ValueProjected = "value.projected",
        /// Part of the period is booked as the whole.
        PeriodPartial = "period.partial",
        /// The row was put together from pieces.
        RowJoined = "row.joined",
        /// The row has another number of cells than the table; its cells were aligned.
        RowAligned = "row.aligned",
        /// The name was joined over a line or page break.
        NameJoined = "name.joined",
        /// The name was cut out of a cell that holds several.
        NameSplit = "name.split",
        /// Two alignments of the row stand almost equally well.
        RowUnsure = "row.unsure",
        /// An equation of the table does not hold with this value.
        EquationBroken = "equation.broken",
        /// Another table states another value for the same thing.
        ConflictTable = "conflict.table",
        /// The value stands on a neighbouring row or column.
        RowDisplaced = "row.displaced",
        /// Glyphs without a known character were seen here.
        TextUnknownGlyph = "text.unknown_glyph",
        /// The text layer was repaired (spaces moved) by evidence.
        TextRepaired = "text.repaired",
    }
}

/// Reasons to doubt one observation, each once, in the order of the list of [`Flag`]s.
///
/// In JSON, an array of their codes.
///
/// ```
/// use laras_model::{Flag, Flags};
///
/// let mut flags = Flags::from_iter([Flag::RowAligned, Flag::NumberMalformed]);
/// flags.insert(Flag::RowAligned);
/// assert!(flags.contains(Flag::RowAligned) && !flags.is_empty());
/// assert_eq!(serde_json::to_string(&flags)?, r#"["number.malformed","row.aligned"]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Flags(u32);

impl Flags {
    /// No reason to doubt.
    pub const NONE: Self = Self(0);

    /// Adds a reason; one that is there already changes nothing.
    #[inline]
    pub fn insert(&mut self, flag: Flag) {
        self.0 |= 1 << flag as u32;
    }

    /// The other reasons.
    #[must_use]
    pub fn without(self, flag: Flag) -> Self {
        Self(self.0 & !(1 << flag as u32))
    }

    /// Whether a reason is among them.
    #[inline]
    pub fn contains(self, flag: Flag) -> bool {
        self.0 & (1 << flag as u32) != 0
    }

    /// Whether there is no reason to doubt.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The reasons, in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = Flag> + Clone {
        // Most numbers have none: no flag is asked for that is not there.
        let mut left = self.0;
        std::iter::from_fn(move || {
            let next = Flag::ALL.get(left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(*next)
        })
    }

    /// The reasons of both.
    #[must_use]
    #[inline]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl FromIterator<Flag> for Flags {
    fn from_iter<I: IntoIterator<Item = Flag>>(flags: I) -> Self {
        let mut all = Self::NONE;
        flags.into_iter().for_each(|flag| all.insert(flag));
        all
    }
}

impl From<Flag> for Flags {
    fn from(flag: Flag) -> Self {
        Self(1 << flag as u32)
    }
}

impl std::fmt::Debug for Flags {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl Serialize for Flags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Flags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Flag>::deserialize(deserializer)?.into_iter().collect())
    }
}

impl JsonSchema for Flags {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Vec::<Flag>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<Flag>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_has_a_place_of_its_own() {
        let all: Flags = Flag::ALL.iter().copied().collect();
        assert_eq!(all.iter().collect::<Vec<_>>(), Flag::ALL);
        for flag in Flag::ALL {
            assert_eq!(Flags::from(*flag).iter().collect::<Vec<_>>(), [*flag]);
        }
    }
}

//! What speaks for and against a number, by name.

use std::sync::LazyLock;

/// Defines the features and their names together.
macro_rules! features {
    ($($(#[$doc:meta])* $feature:ident = $name:literal,)+) => {
        /// What is known of a number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Feature { $($(#[$doc])* $feature,)+ }

        /// What is known of a number, in the order of [`features`](crate::features).
        pub const FEATURES: [&str; 52] = [$($name,)+];
    };
}

features! {
    Always = "always",
    NumberMalformed = "number.malformed",
    NumberAmbiguous = "number.ambiguous",
    NumberAlternatives = "number.alternatives",
    NumberNil = "number.nil",
    RowAligned = "row.aligned",
    RowUnsure = "row.unsure",
    RowJoined = "row.joined",
    RowMargin = "row.margin",
    NameCarried = "name.carried",
    NameJoined = "name.joined",
    NameSplit = "name.split",
    NameMissing = "name.missing",
    NameOdd = "name.odd",
    NameElsewhere = "name.elsewhere",
    NameOfficial = "name.official",
    NamePiece = "name.piece",
    NameOverfull = "name.overfull",
    RoleGuessed = "role.guessed",
    RoleRivals = "role.rivals",
    HeadNone = "head.none",
    YearAssumed = "year.assumed",
    YearNone = "year.none",
    Period = "period",
    Variant = "variant",
    TextRepaired = "text.repaired",
    EquationHolds = "equation.holds",
    EquationSeveral = "equation.several",
    EquationBroken = "equation.broken",
    EquationBoth = "equation.both",
    LaidBroken = "laid.broken",
    ValueMisfit = "value.misfit",
    RowMisfit = "row.misfit",
    RowTwin = "row.twin",
    RowTwinHolds = "row.twin.holds",
    ColumnTwin = "column.twin",
    TableHolds = "table.holds",
    TableBroken = "table.broken",
    TableSmall = "table.small",
    ValueElsewhere = "value.elsewhere",
    Paged = "paged",
    PagedUnchecked = "paged.unchecked",
    PagedName = "paged.name",
    StyleWhitespace = "style.whitespace",
    StyleAligned = "style.aligned",
    TableUnread = "table.unread",
    ColumnsDoubtful = "columns.doubtful",
    Physical = "physical",
    PhysicalBare = "physical.bare",
    PhysicalUnit = "physical.unit",
    Kategori = "kategori",
    Summary = "summary",
}

/// The features that are more or less there; the others are or are not.
const SHARES: [Feature; 4] =
    [Feature::RowMargin, Feature::TableHolds, Feature::TableBroken, Feature::TableUnread];

/// The bits of these.
const SHARED: u64 = {
    let (mut bits, mut at) = (0, 0);
    while at < SHARES.len() {
        bits |= 1 << SHARES[at] as u32;
        at += 1;
    }
    bits
};

/// The features of a number: those that are there, and how much of those that have a share.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) struct Known {
    bits: u64,
    shares: [f64; SHARES.len()],
}

impl Known {
    /// Adds a feature where it is there.
    pub(crate) fn add(&mut self, feature: Feature, is_there: bool) {
        self.bits |= u64::from(is_there) << feature as u32;
    }

    /// Adds how much of a feature is there; nothing for one that is there or not.
    pub(crate) fn share(&mut self, feature: Feature, share: f64) {
        if let Some(at) = SHARES.iter().position(|of| *of == feature) {
            self.bits |= 1 << feature as u32;
            self.shares[at] = share;
        }
    }

    /// The features of both; a share is one's or the other's.
    #[must_use]
    pub(crate) fn and(self, other: &Self) -> Self {
        let mut shares = self.shares;
        shares.iter_mut().zip(&other.shares).for_each(|(mine, other)| *mine += other);
        Self { bits: self.bits | other.bits, shares }
    }

    /// Every feature that is there, in their order, with how much of it.
    fn each(self) -> impl Iterator<Item = (usize, f64)> {
        let mut left = self.bits;
        std::iter::from_fn(move || {
            let feature = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            let value = if SHARED & 1 << feature == 0 {
                1.0
            } else {
                let share = SHARES.iter().position(|of| *of as usize == feature);
                share.map_or(1.0, |at| self.shares[at])
            };
            Some((feature, value))
        })
    }

    /// Every feature, those that are not there too.
    pub(crate) fn all(self) -> [f64; FEATURES.len()] {
        let mut all = [0.0; FEATURES.len()];
        self.each().for_each(|(feature, value)| all[feature] = value);
        all
    }

    /// The sum of the features that are there by their weights: the others add nothing.
    pub(crate) fn weighed(self) -> f64 {
        let weights = &*WEIGHTS;
        self.each().map(|(feature, value)| value * weights[feature]).sum()
    }
}

/// The weights of the features.
static WEIGHTS: LazyLock<[f64; FEATURES.len()]> = LazyLock::new(|| {
    let mut weights = [0.0; FEATURES.len()];
    for line in include_str!("../data/confidence.tsv").lines().skip(1) {
        let mut fields = line.split('\t');
        if let (Some(name), Some(weight)) = (fields.next(), fields.next())
            && let Some(at) = FEATURES.iter().position(|f| *f == name)
        {
            weights[at] = weight.parse().unwrap_or(0.0);
        }
    }
    weights
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_weight_and_every_weight_a_feature() {
        let named: Vec<&str> = include_str!("../data/confidence.tsv")
            .lines()
            .skip(1)
            .filter_map(|line| line.split('\t').next())
            .collect();
        assert_eq!(named, FEATURES);
        assert!(WEIGHTS.iter().all(|w| w.is_finite()) && WEIGHTS.iter().any(|w| *w != 0.0));
    }

    #[test]
    fn what_is_not_there_adds_nothing() {
        let mut known = Known::default();
        known.add(Feature::Always, true);
        known.add(Feature::NumberNil, false);
        known.add(Feature::Summary, true);
        known.share(Feature::TableHolds, 0.25);
        let mut margin = Known::default();
        margin.share(Feature::RowMargin, 0.5);
        let known = known.and(&margin);
        let all = known.all();
        assert_eq!(all.iter().filter(|value| **value != 0.0).count(), 4);
        let sum: f64 = all.iter().zip(WEIGHTS.iter()).map(|(value, weight)| value * weight).sum();
        assert!((known.weighed() - sum).abs() < 1e-12);
    }
}

//! How a number is written, what had to be repaired, and why a text was refused. Plain data.

use std::fmt;

/// How thousands and decimals are set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Convention {
    /// No separator at all, or nothing that a convention applies to.
    Plain,
    /// Dots between thousands, a comma before decimals: the official one.
    Local,
    /// Commas between thousands, a point before decimals.
    English,
    /// Spaces between thousands.
    Spaces,
    /// In words.
    Words,
}

impl Convention {
    /// The name in the command line's JSON: an example of the convention.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Local => "1.234,56",
            Self::English => "1,234.56",
            Self::Spaces => "spaces",
            Self::Words => "words",
        }
    }
}

/// What had to be done to a damaged number so that it could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[non_exhaustive]
pub enum Repair {
    /// A separator before the first digit was dropped: `.83.244.600`.
    LeadingSeparator,
    /// A separator after the last digit was dropped: `16.997.000,`.
    TrailingSeparator,
    /// Two separators in a row were read as one: `1..234.567`.
    DoubledSeparator,
    /// A separator of the other convention stands between thousands: `1.491.546,452`.
    MixedSeparators,
    /// A separator between thousands is missing: `841.551351`.
    LostSeparator,
    /// A group between thousands has not three digits: `1.23.456`.
    WrongGroup,
    /// Thousands and decimals are set apart by the same sign: `32.700.000.00`.
    SameMark,
    /// A second decimal tail was dropped: `896.154.528,00,00`.
    DoubleTail,
    /// A space or line break inside the number was dropped: `9.992.176.7 20`.
    Gap,
    /// Letters were read as the digits they look like: `1O.5OO.000`.
    Letters,
    /// A stray sign at the edge was dropped: `|1.234`.
    StraySign,
    /// A zero was put before a bare decimal tail: `,75`.
    MissingZero,
    /// Leading zeros that no amount has were dropped: `0.450.000`.
    LeadingZeros,
}

impl Repair {
    /// Every repair, in order.
    pub const ALL: [Self; 13] = [
        Self::LeadingSeparator,
        Self::TrailingSeparator,
        Self::DoubledSeparator,
        Self::MixedSeparators,
        Self::LostSeparator,
        Self::WrongGroup,
        Self::SameMark,
        Self::DoubleTail,
        Self::Gap,
        Self::Letters,
        Self::StraySign,
        Self::MissingZero,
        Self::LeadingZeros,
    ];

    /// What was done, in a few words.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::LeadingSeparator => "separator before the first digit dropped",
            Self::TrailingSeparator => "separator after the last digit dropped",
            Self::DoubledSeparator => "doubled separator read as one",
            Self::MixedSeparators => "separators of both conventions between thousands",
            Self::LostSeparator => "missing separator between thousands supplied",
            Self::WrongGroup => "group without three digits kept as it is",
            Self::SameMark => "same sign before decimals as between thousands",
            Self::DoubleTail => "second decimal tail dropped",
            Self::Gap => "space or line break inside the number dropped",
            Self::Letters => "letters read as the digits they look like",
            Self::StraySign => "stray sign at the edge dropped",
            Self::MissingZero => "zero put before the decimals",
            Self::LeadingZeros => "leading zeros dropped",
        }
    }
}

/// A set of [`Repair`]s.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Repairs(u16);

impl Repairs {
    /// None.
    pub const NONE: Self = Self(0);

    /// Adds one.
    pub fn add(&mut self, repair: Repair) {
        self.0 |= 1 << repair as u8;
    }

    /// Both together.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether one is in the set.
    pub fn contains(self, repair: Repair) -> bool {
        self.0 & (1 << repair as u8) != 0
    }

    /// The repairs, in the order of [`Repair::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Repair> {
        Repair::ALL.into_iter().filter(move |&repair| self.contains(repair))
    }
}

impl fmt::Debug for Repairs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// Why a text was not read although it looks like a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// Longer than [`crate::MAX_CELL`] bytes.
    TooLong,
    /// 10^27 or more, or more than 28 digits.
    TooLarge,
    /// A telephone number.
    Telephone,
    /// A taxpayer number.
    Npwp,
    /// The number of a decree or letter.
    Decree,
    /// A time of day.
    Time,
    /// A day that the calendar has not.
    NoSuchDay,
    /// A unit line such as `(Rp.000)`.
    UnitLine,
    /// A ratio such as `1 : 250`.
    Ratio,
    /// A fraction or share such as `3/4` or `3 dari 5`.
    Fraction,
    /// A name that begins with a figure.
    Name,
}

impl Refusal {
    /// In words.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::TooLong => "too long",
            Self::TooLarge => "too large",
            Self::Telephone => "a telephone number, not an amount",
            Self::Npwp => "a taxpayer number, not an amount",
            Self::Decree => "a decree or letter number, not an amount",
            Self::Time => "a time of day, not an amount",
            Self::NoSuchDay => "no such day",
            Self::UnitLine => "a unit line, not an amount",
            Self::Ratio => "a ratio, not an amount",
            Self::Fraction => "a fraction or share, not an amount",
            Self::Name => "a name that begins with a figure",
        }
    }
}

//! What a cell can be read as: states, readings, conventions, repairs. Plain data.

use std::borrow::Cow;
use std::fmt;

use laras_model::{Decimal, Flag, Period, Value};

use crate::codes::Code;
use crate::date::DateSpan;
use crate::formula::Formula;
use crate::nip::Nip;
use crate::ordinal::Mark;
use crate::quarter::Quarter;

/// A word that is mostly one of a known list (`IDR`, `%`, `orang`) and then costs nothing.
pub type Word = Cow<'static, str>;

/// What a cell states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum States {
    /// One number, or several ([`Readings::is_several`]).
    Number,
    /// That there is none: `-`, `- -`, `nihil`, `- Orang`.
    None,
    /// Nothing: empty, spaces, a dotted line to be filled in.
    Blank,
    /// Words, or a number that is not data (telephone, decree, clock time).
    Text,
    /// A range or bound of a scale: `>90-100`, `≤ 50%`.
    Criterion,
    /// A quarter, alone or with its value: `TW 1 : 85`, `Triwulan III`.
    Quarter,
    /// A date, a month, a year or a span of them.
    Date,
    /// A civil servant's number, or a relative of it (NRP, NIK).
    Nip,
    /// A code of the nomenclature or of the chart of accounts.
    Code,
    /// A column number, or a formula over column numbers.
    Formula,
    /// A list mark or numbering that stands alone: `1.`, `a)`, `IV`, `BAB III`.
    Ordinal,
}

impl States {
    /// The word of the command line's JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::None => "none",
            Self::Blank => "blank",
            Self::Text => "text",
            Self::Criterion => "criterion",
            Self::Quarter => "quarter",
            Self::Date => "date",
            Self::Nip => "nip",
            Self::Code => "code",
            Self::Formula => "formula",
            Self::Ordinal => "ordinal",
        }
    }
}

impl fmt::Display for States {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

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

/// What a reading says.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Payload {
    /// A number.
    Number(Decimal),
    /// That there is none.
    Nil,
    /// Nothing beside what the other fields say: a quarter without a value, an unfilled unit.
    Nothing,
    /// A date or a span of dates.
    Date(DateSpan),
    /// A civil servant's number or a relative.
    Nip(Box<Nip>),
    /// A code.
    Code(Box<Code>),
    /// A column number or a formula over column numbers.
    Formula(Box<Formula>),
    /// A list mark or numbering.
    Ordinal(Mark),
}

/// A number in words that stands beside its digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InWords {
    /// What the words say; `None` where they name no number (`ribu` twice, words left out).
    pub value: Option<Decimal>,
    /// Whether that is what the digits say.
    pub agrees: bool,
    /// Whether every word is spelt as the dictionary has it.
    pub well_spelt: bool,
}

/// One defensible reading of a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What it says.
    pub value: Payload,
    /// `IDR`, `%`, `score`, else the unit as printed in lower case; `None` where none is printed.
    pub unit: Option<Word>,
    /// The unit's canonical name (`bh` → `buah`); `None` where the lexicon does not know it.
    pub unit_canonical: Option<Word>,
    /// Grade or predicate printed with the number: `CC`, `Sangat Baik`.
    pub grade: Option<Word>,
    /// The quarter the value is of, where the cell says one.
    pub quarter: Option<Quarter>,
    /// The same number in words, where the cell has them.
    pub words: Option<InWords>,
    /// How the number is written.
    pub convention: Convention,
    /// What had to be repaired.
    pub repairs: Repairs,
    /// `number.malformed` and `number.ambiguous`, as they apply.
    pub flags: Vec<Flag>,
    /// How much speaks against it: 0 for a clean form, 5 and more for a repair. Readings of one
    /// cell that are less than [`Reading::AMBIGUOUS`] apart stand equally well.
    pub cost: u16,
    /// Which number of the cell this is, counted from 0; above 0 only where it holds several.
    pub piece: u16,
    /// Why it could be meant, where the repairs do not say it.
    pub note: &'static str,
}

impl Reading {
    /// Two readings whose costs differ by less stand equally well.
    pub const AMBIGUOUS: u16 = 5;

    /// A clean reading without unit, grade or flags.
    pub fn new(value: Payload) -> Self {
        Self {
            value,
            unit: None,
            unit_canonical: None,
            grade: None,
            quarter: None,
            words: None,
            convention: Convention::Plain,
            repairs: Repairs::NONE,
            flags: Vec::new(),
            cost: 0,
            piece: 0,
            note: "",
        }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<Decimal> {
        match self.value {
            Payload::Number(number) => Some(number),
            _ => None,
        }
    }

    /// What goes into an observation: the number, or that there is none.
    pub fn observed(&self) -> Option<Value> {
        match self.value {
            Payload::Number(number) => Some(Value::Number(number)),
            Payload::Nil => Some(Value::Nil),
            _ => None,
        }
    }

    /// The period of the contract, where the cell says one that the contract has.
    pub fn period(&self) -> Option<Period> {
        self.quarter.and_then(Quarter::period)
    }

    /// Whether the printed number is damaged.
    pub fn is_malformed(&self) -> bool {
        !self.repairs.is_empty()
    }

    /// Why this reading is defensible: the form and what was repaired, in words.
    pub fn reason(&self) -> String {
        let mut reason = String::from(match self.convention {
            Convention::Plain => "plain",
            Convention::Local => "dots between thousands, comma before decimals",
            Convention::English => "commas between thousands, point before decimals",
            Convention::Spaces => "spaces between thousands",
            Convention::Words => "in words",
        });
        let repairs = self.repairs.iter().map(Repair::reason);
        let note = (!self.note.is_empty()).then_some(self.note);
        for part in repairs.chain(note) {
            reason.push_str("; ");
            reason.push_str(part);
        }
        reason
    }

    pub(crate) fn flag(&mut self, flag: Flag) {
        if !self.flags.contains(&flag) {
            self.flags.push(flag);
        }
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

/// Everything a cell can be read as.
#[derive(Clone, Debug, PartialEq)]
pub struct Readings {
    /// What the cell states.
    pub states: States,
    /// The defensible readings, best first; one per number where the cell holds several.
    pub readings: Vec<Reading>,
    /// Why a text that looks like a number is not read as one.
    pub refusal: Option<Refusal>,
}

impl Readings {
    pub(crate) const fn of(states: States) -> Self {
        Self { states, readings: Vec::new(), refusal: None }
    }

    pub(crate) fn one(states: States, reading: Reading) -> Self {
        Self { states, readings: vec![reading], refusal: None }
    }

    pub(crate) const fn refused(refusal: Refusal) -> Self {
        Self { states: States::Text, readings: Vec::new(), refusal: Some(refusal) }
    }

    /// The best reading, if there is any.
    pub fn best(&self) -> Option<&Reading> {
        self.readings.first()
    }

    /// Whether the cell holds several numbers (`1 Forum, 2 Kegiatan`), one reading each.
    pub fn is_several(&self) -> bool {
        self.readings.iter().any(|reading| reading.piece > 0)
    }
}

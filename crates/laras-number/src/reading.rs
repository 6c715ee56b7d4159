//! What a cell can be read as: states and readings. Plain data.

use std::borrow::Cow;
use std::fmt;

use laras_model::{Decimal, Flag, Flags, Period, Value};

use crate::codes::Code;
use crate::date::DateSpan;
use crate::formula::Formula;
use crate::nip::Nip;
use crate::ordinal::Mark;
use crate::quarter::Quarter;
use crate::repair::{Convention, Refusal, Repair, Repairs};

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
    pub flags: Flags,
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
            flags: Flags::NONE,
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
        self.flags.insert(flag);
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

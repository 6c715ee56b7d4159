//! The line that `laras number TEXT…` prints for each text.

use serde::Serialize;

use crate::read::read;
use crate::reading::{Payload, Reading, States};

/// One line of the command line's JSON.
///
/// ```
/// let line = laras_number::cli_line("350 Bh");
/// assert_eq!(
///     serde_json::to_string(&line)?,
///     r#"{"text":"350 Bh","states":"number","readings":[{"value":"350","unit":"bh","canonical":"buah","convention":"plain","flags":[],"cost":0,"reason":"plain"}]}"#
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// The text as given.
    pub text: String,
    /// What it states.
    pub states: States,
    /// How it can be read, best first; one for each number where it holds several.
    pub readings: Vec<LineReading>,
    /// Why a text that looks like a number is not read as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<&'static str>,
}

/// One reading in a [`Line`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineReading {
    /// Plain digits of a number, ISO of a date, digits of an NIP, a code or formula in normal
    /// form; `nil` for a stated none; `null` where there is none (a quarter without its value).
    pub value: Option<String>,
    /// `IDR`, `%`, `score`, else the unit as printed in lower case.
    pub unit: Option<String>,
    /// The unit's canonical name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canonical: Option<String>,
    /// An example of the convention, or `plain`, `spaces`, `words`.
    pub convention: &'static str,
    /// Flags of the contract.
    pub flags: Vec<&'static str>,
    /// How much speaks against it.
    pub cost: u16,
    /// Grade or predicate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// Period of the contract (`TW1`, `sd_TW2`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<&'static str>,
    /// The same number in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<LineWords>,
    /// What kind of personal number it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// What cannot be about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<String>,
    /// Which number of the cell it is, from 0, where the cell holds several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub piece: Option<u16>,
    /// Why it could be meant.
    pub reason: String,
}

/// A number in words in a [`LineReading`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineWords {
    /// What the words say; `null` where they say no number.
    pub value: Option<String>,
    /// Whether the digits say the same.
    pub agrees: bool,
}

/// The JSON line for one text.
pub fn cli_line(text: &str) -> Line {
    let found = read(text);
    let several = found.is_several();
    let readings = found.readings.iter().map(|reading| line_reading(reading, several)).collect();
    let refused = found.refusal.map(crate::Refusal::reason);
    Line { text: text.to_owned(), states: found.states, readings, refused }
}

fn line_reading(reading: &Reading, several: bool) -> LineReading {
    let mut kind = None;
    let mut problems = Vec::new();
    let value = match &reading.value {
        Payload::Number(value) => Some(value.to_string()),
        Payload::Nil => Some("nil".to_owned()),
        Payload::Nothing => None,
        Payload::Date(span) => {
            let weekday = [Some(span.from), span.to].into_iter().flatten();
            for point in weekday {
                if point.weekday.and_then(|weekday| weekday.agrees) == Some(false) {
                    problems.push(format!("{point} is another weekday"));
                }
            }
            Some(span.to_string())
        }
        Payload::Nip(nip) => {
            kind = Some(nip.kind.as_str());
            problems.extend(nip.problems.iter().map(ToString::to_string));
            Some(nip.digits.clone())
        }
        Payload::Code(code) => Some(code.normal.clone()),
        Payload::Formula(formula) => Some(formula.to_string()).filter(|text| !text.is_empty()),
        Payload::Ordinal(mark) => Some(mark.to_string()),
    };
    LineReading {
        value,
        unit: reading.unit.as_ref().map(ToString::to_string),
        canonical: reading.unit_canonical.as_ref().map(ToString::to_string),
        convention: reading.convention.as_str(),
        flags: reading.flags.iter().map(laras_model::Flag::as_str).collect(),
        cost: reading.cost,
        grade: reading.grade.as_ref().map(ToString::to_string),
        period: reading.period().map(laras_model::Period::as_str),
        words: reading.words.map(|words| LineWords {
            value: words.value.map(|value| value.to_string()),
            agrees: words.agrees,
        }),
        kind,
        problems,
        piece: several.then_some(reading.piece),
        reason: reading.reason(),
    }
}

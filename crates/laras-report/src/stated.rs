//! What a cell states: its numbers with their doubts, and the ids they are known by.

use laras_model::{Alternative, Flag, SharedText, Value};
use laras_number::{Payload, Reading, Readings, States, pieces};
use laras_table::CellContent;

/// One number of a cell.
pub(crate) struct Stated {
    pub(crate) reading: Reading,
    pub(crate) value: Value,
    pub(crate) raw: SharedText,
}

/// What a cell states: one number, one for each number it holds, an explicit none, or nothing.
pub(crate) fn stated(text: &str, content: &CellContent) -> Vec<Stated> {
    let readings = &content.readings;
    if !matches!(readings.states, States::Number | States::None | States::Quarter) {
        return Vec::new();
    }
    let one = |readings: &Readings, raw: &str| {
        let reading = readings.best()?.clone();
        Some(Stated { value: reading.observed()?, reading, raw: raw.into() })
    };
    if readings.is_several() {
        let pieces = pieces(text);
        return pieces
            .iter()
            .filter_map(|p| one(&p.readings, text.get(p.range.clone())?))
            .collect();
    }
    if readings.states == States::None && readings.best().is_none() {
        let reading = Reading::new(Payload::Nil);
        return vec![Stated { reading, value: Value::Nil, raw: text.into() }];
    }
    one(readings, text).into_iter().collect()
}

/// Reasons to doubt the number itself, after its surroundings had their say.
pub(crate) fn number_flags(content: &CellContent, reading: &Reading) -> Vec<Flag> {
    let Some(choice) = content.choice.filter(|choice| choice.is_one) else {
        return reading.flags.clone();
    };
    let is_malformed = content.readings.best().is_some_and(Reading::is_malformed);
    let malformed = is_malformed.then_some(Flag::NumberMalformed);
    malformed.into_iter().chain(choice.open.then_some(Flag::NumberAmbiguous)).collect()
}

/// Readings that stand as well as the chosen one.
pub(crate) fn alternatives(content: &CellContent, chosen: &Reading) -> Vec<Alternative> {
    if content.choice.is_some_and(|choice| choice.is_one && !choice.open) {
        return Vec::new();
    }
    content
        .readings
        .readings
        .iter()
        .filter(|r| r.piece == chosen.piece && r.number() != chosen.number())
        .filter(|r| r.cost < chosen.cost + Reading::AMBIGUOUS)
        .filter_map(|r| Some(Alternative { value: r.number()?, reason: r.reason() }))
        .collect()
}

/// The id of an observation: table, row, column, and its number among several of one cell.
pub(crate) fn id(table: &str, row: usize, column: usize, number: usize) -> SharedText {
    let mut room = [[0; DIGITS]; 3];
    let [r, c, n] = &mut room;
    let (mark, number) = if number > 0 { (".", digits(number, n)) } else { ("", "") };
    SharedText::joined(&[table, "r", digits(row, r), "c", digits(column, c), mark, number])
}

/// Most digits of a number.
const DIGITS: usize = 20;

/// A number in digits.
fn digits(mut number: usize, room: &mut [u8; DIGITS]) -> &str {
    let mut from = DIGITS;
    loop {
        from -= 1;
        room[from] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            return str::from_utf8(&room[from..]).unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_written_as_they_are_told() {
        for (row, column, number) in
            [(0, 0, 0), (9, 10, 0), (100, 7, 1), (1_234_567, 99, 12), (usize::MAX, 0, 0)]
        {
            let suffix = if number > 0 { format!(".{number}") } else { String::new() };
            assert_eq!(id("t01", row, column, number), format!("t01r{row}c{column}{suffix}"));
        }
    }
}

//! What a cell states: its numbers with their doubts, and the ids they are known by.

use std::sync::LazyLock;

use laras_model::{Alternative, Flag, Flags, SharedText, Value};
use laras_number::{Payload, Piece, Reading, States, pieces};
use laras_table::CellContent;

/// One number of a cell.
pub(crate) struct Stated<'c> {
    pub(crate) reading: &'c Reading,
    pub(crate) value: Value,
    pub(crate) raw: SharedText,
}

/// How none is read.
pub(crate) static NIL: LazyLock<Reading> = LazyLock::new(|| Reading::new(Payload::Nil));

/// What a cell states that holds no more than one number: the number, an explicit none, or nothing.
pub(crate) fn stated<'c>(text: &SharedText, content: &'c CellContent) -> Option<Stated<'c>> {
    let readings = &content.readings;
    if !states(content) {
        return None;
    }
    let Some(reading) = readings.best() else {
        let is_none = readings.states == States::None;
        return is_none.then(|| Stated { reading: &NIL, value: Value::Nil, raw: text.clone() });
    };
    Some(Stated { reading, value: reading.observed()?, raw: text.clone() })
}

/// The pieces of a cell that holds several numbers.
pub(crate) fn stated_pieces(text: &str, content: &CellContent) -> Vec<Piece> {
    if states(content) { pieces(text) } else { Vec::new() }
}

/// What a piece of a text states.
pub(crate) fn stated_by<'p>(piece: &'p Piece, text: &str) -> Option<Stated<'p>> {
    let reading = piece.readings.best()?;
    let raw = text.get(piece.range.clone())?.into();
    Some(Stated { value: reading.observed()?, reading, raw })
}

/// Whether a cell states numbers.
fn states(content: &CellContent) -> bool {
    matches!(content.readings.states, States::Number | States::None | States::Quarter)
}

/// Reasons to doubt the number itself, after its surroundings had their say.
pub(crate) fn number_flags(content: &CellContent, reading: &Reading) -> Flags {
    let Some(choice) = content.choice.filter(|choice| choice.is_one) else {
        return reading.flags;
    };
    let is_malformed = content.readings.best().is_some_and(Reading::is_malformed);
    let malformed = is_malformed.then_some(Flag::NumberMalformed);
    malformed.into_iter().chain(choice.open.then_some(Flag::NumberAmbiguous)).collect()
}

/// Readings that stand as well as the chosen one.
pub(crate) fn alternatives(content: &CellContent, chosen: &Reading) -> Box<[Alternative]> {
    if content.choice.is_some_and(|choice| choice.is_one && !choice.open) {
        return Box::default();
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

/// The ids of the observations of a table: table, row, column, and a number among several of one cell.
pub(crate) struct Ids {
    text: String,
    /// Bytes of the table's name …
    table: usize,
    /// … and of what the ids of a row begin with.
    row: usize,
}

impl Ids {
    pub(crate) fn new(table: &str) -> Self {
        Self { text: table.to_owned(), table: table.len(), row: table.len() }
    }

    /// Goes on to a row.
    pub(crate) fn begin_row(&mut self, row: usize) {
        self.text.truncate(self.table);
        self.put('r', row);
        self.row = self.text.len();
    }

    /// The id for a column of the row; a number of 0 is no part of it.
    pub(crate) fn of(&mut self, column: usize, number: usize) -> SharedText {
        self.text.truncate(self.row);
        self.put('c', column);
        if number > 0 {
            self.put('.', number);
        }
        self.text.as_str().into()
    }

    fn put(&mut self, mark: char, number: usize) {
        self.text.push(mark);
        self.put_digits(number);
    }

    fn put_digits(&mut self, number: usize) {
        if number > 9 {
            self.put_digits(number / 10);
        }
        self.text.push(char::from(b'0' + (number % 10) as u8));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_written_as_they_are_told() {
        for (row, column, number) in [
            (0, 0, 0),
            (9, 10, 0),
            (100, 7, 1),
            (1_234_567, 99, 12),
            (usize::MAX, usize::MAX, usize::MAX),
        ] {
            let suffix = if number > 0 { format!(".{number}") } else { String::new() };
            for table in ["t01", "", "a table with a long name, as none has that is read here"] {
                let wanted = format!("{table}r{row}c{column}{suffix}");
                let mut ids = Ids::new(table);
                ids.begin_row(7);
                assert_eq!(ids.of(3, 0), format!("{table}r7c3"));
                ids.begin_row(row);
                assert_eq!(ids.of(column, number), wanted);
                assert_eq!(ids.of(column, number), wanted);
            }
        }
    }
}

//! What each row is about: its names column by column, carried down merged cells, without the
//! numbering in front.

use std::borrow::Cow;
use std::num::NonZeroU32;
use std::sync::LazyLock;

use laras_model::{Role, RowShape, SharedText};
use laras_table::{CellContent, CellKind, LogicalTable};
use regex::Regex;

use crate::levels::{is_total_name, may_be_total};
use crate::roles::ColumnRole;
use crate::words::one_line;

/// A text that a row's value is about.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Text {
    /// Without numbering and labels.
    pub(crate) text: SharedText,
    /// The numbering that was removed.
    pub(crate) number: String,
    /// Table row in which it is printed.
    pub(crate) row: usize,
    /// Column it belongs to.
    pub(crate) column: usize,
    /// Column it is printed in, which differs where a name slipped into another column.
    pub(crate) printed_in: usize,
    /// Its number among the texts of the table.
    pub(crate) id: usize,
    /// Whether it [is a total](is_total_name), which no indicator is, …
    pub(crate) is_total: bool,
    /// … or [may be one](may_be_total).
    pub(crate) may_be_total: bool,
}

/// The texts of a table: for every row, and every column of names or indicators, what holds there.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    /// By their numbers.
    all: Vec<Text>,
    width: usize,
    /// The numbers of the texts printed in each row, column by column, …
    own: Vec<Option<Id>>,
    /// … and of those printed in it or carried down into it.
    carried: Vec<Option<Id>>,
    /// For each row a total's name, wherever in the row it stands.
    labels: Vec<Option<Id>>,
}

/// The number of a text, from one on so that none takes no room.
type Id = NonZeroU32;

impl Texts {
    /// The number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.labels.len()
    }

    /// The text of a column that is printed in a row.
    pub(crate) fn own(&self, row: usize, column: usize) -> Option<&Text> {
        self.get(*self.own.get(self.place(row, column)?)?)
    }

    /// The text of a column that is printed in a row or carried down into it.
    pub(crate) fn carried(&self, row: usize, column: usize) -> Option<&Text> {
        self.get(*self.carried.get(self.place(row, column)?)?)
    }

    /// A total's name in a row, or another that it prints among its values.
    pub(crate) fn label(&self, row: usize) -> Option<&Text> {
        self.get(*self.labels.get(row)?)
    }

    /// The texts printed in a row, from left to right.
    pub(crate) fn printed(&self, row: usize) -> impl Iterator<Item = &Text> {
        let cells = self.own.get(row * self.width..(row + 1) * self.width).unwrap_or_default();
        cells.iter().filter_map(|id| self.get(*id))
    }

    /// A text by its number.
    pub(crate) fn text(&self, number: usize) -> Option<&Text> {
        self.all.get(number)
    }

    fn place(&self, row: usize, column: usize) -> Option<usize> {
        (column < self.width).then(|| row * self.width + column)
    }

    fn get(&self, id: Option<Id>) -> Option<&Text> {
        self.all.get(id?.get() as usize - 1)
    }

    /// Adds a text, which gets its number.
    fn add(&mut self, text: Text) -> Option<Id> {
        let id = self.all.len();
        self.all.push(Text { id, ..text });
        Id::new(id as u32 + 1)
    }

    /// Ends a row: what it carries down is known then.
    fn end_row(&mut self, row: usize, carried: &mut [Option<Id>], roles: &[ColumnRole]) {
        let own = &self.own[row * self.width..];
        let label = self.get(self.labels[row]);
        if label.is_some_and(|label| label.may_be_total || label.is_total) {
            carried.fill(None);
            self.carried.extend_from_slice(own);
            return;
        }
        carry(carried, own, roles);
        self.carried.extend_from_slice(carried);
    }
}

/// Labels in front of a name that are not part of it.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:tujuan|sasaran(?:\s+strategis)?|indikator(?:\s+kinerja)?|misi)\s*(?:\d{1,2}\s*)?:\s*").expect("a constant pattern")
});

/// A text without the numbering and labels in front of it.
pub(crate) fn bare_name(text: &str) -> (SharedText, String) {
    let flat = one_line(text);
    let (name, number) = bare(&flat);
    (name.into(), number)
}

/// As [`bare_name`], of the text of a cell, which mostly is the name.
fn bare_cell(text: &SharedText) -> (SharedText, String) {
    let flat = one_line(text);
    let (name, number) = bare(&flat);
    let is_all = matches!(flat, Cow::Borrowed(_)) && name.len() == text.len();
    (if is_all { text.clone() } else { name.into() }, number)
}

/// A line without the numbering and labels in front of it.
fn bare(one_line: &str) -> (&str, String) {
    // Every label ends in a colon.
    let label = if one_line.contains(':') { LABEL.find(one_line) } else { None };
    let unlabelled = &one_line[label.map_or(0, |label| label.end())..];
    let (number, rest) = strip_number(unlabelled);
    // The line ends in no blank.
    (rest.trim_start(), number)
}

/// Numbering in front of a name: `1.`, `2.1`, `a.`, `IV.`, `- `, `8.01.02.2.01`.
fn strip_number(text: &str) -> (String, &str) {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[-–•*▪➢✓]\s*|\d{1,2}(?:\.\d{1,4})+\.?\s+|\(?\d{1,3}[.)]\s*|\(\d{1,3}\)\s*|\(?[a-zA-Z][.)]\s+|[IVX]{1,5}[.)]\s+|\d{1,2}\s+)")
            .expect("a constant pattern")
    });
    let mut rest = text;
    let mut number = String::new();
    for _ in 0..2 {
        // Most names begin with a word.
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        if letters > 0 && !matches!(rest.as_bytes().get(letters), Some(b'.' | b')')) {
            break;
        }
        let Some(found) = NUMBER.find(rest) else { break };
        let after = &rest[found.end()..];
        // A bare figure is numbering only before a capital: `3 Pilar` keeps it when it counts.
        let bare = found.as_str().trim().bytes().all(|b| b.is_ascii_digit());
        if after.is_empty()
            || (bare && (!after.starts_with(char::is_uppercase) || after.split(' ').count() < 3))
        {
            break;
        }
        number.push_str(found.as_str().trim());
        rest = after;
    }
    (number, rest)
}

/// Collects the texts of every row of a table.
pub(crate) fn row_texts(table: &LogicalTable, roles: &[ColumnRole]) -> Texts {
    let width = roles.len();
    let rows = table.table.rows.len();
    let holds_text = |c: usize| matches!(roles[c].role, Role::Name | Role::Indicator);
    let mut carried: Vec<Option<Id>> = vec![None; width];
    let mut texts = Texts {
        all: Vec::with_capacity(rows),
        width,
        own: Vec::with_capacity(rows * width),
        carried: Vec::with_capacity(rows * width),
        labels: Vec::with_capacity(rows),
    };
    for (r, row) in table.table.rows.iter().enumerate() {
        let from = texts.own.len();
        texts.own.resize(from + width, None);
        texts.labels.push(None);
        if !matches!(row.shape, RowShape::Body | RowShape::Section) {
            texts.carried.resize(from + width, None);
            continue;
        }
        let is_amount = |content: &CellContent| content.kind == CellKind::Amount;
        let among_amounts = || table.contents[r].iter().any(is_amount);
        for (cell, content) in row.cells.iter().zip(&table.contents[r]) {
            let c = cell.column as usize;
            let is_words = matches!(content.kind, CellKind::Text | CellKind::Criterion);
            if c >= width
                || !(is_words || matches!(content.kind, CellKind::Quantity | CellKind::Code))
            {
                continue;
            }
            let has_label = texts.labels[r].is_some();
            let may_label =
                is_words && matches!(roles[c].role, Role::Measure | Role::Number | Role::Unknown);
            let is_asked = is_words && holds_text(c) || may_label && !has_label;
            // Of the other cells only a total would be kept.
            if !is_asked && (has_label || !has_letters_of_total(&cell.text)) {
                continue;
            }
            let (text, number) = bare_cell(&cell.text);
            let may_total = roles[c].role != Role::Indicator;
            let is_total = may_total && is_total_name(&text);
            let may_be_total = may_total && may_be_total(&text);
            let (row, column, printed_in) = (r, c, c);
            let text =
                Text { text, number, row, column, printed_in, id: 0, is_total, may_be_total };
            let text = texts.add(text);
            let total = is_total || (may_be_total && among_amounts());
            if total && !has_label {
                texts.labels[r] = text;
            }
            if holds_text(c) && is_words {
                texts.own[from + c] = text;
            } else if may_label && texts.labels[r].is_none() {
                texts.labels[r] = text;
            }
        }
        // A name that slipped into the number column, its own column blank.
        if let Some(label) = texts.label(r)
            && roles[label.column].role == Role::Number
            && texts.own[from..].iter().all(Option::is_none)
            && let Some(column) = roles.iter().position(|role| role.role == Role::Name)
        {
            let slipped = Text { column, ..label.clone() };
            texts.own[from + column] = texts.add(slipped);
        }
        texts.end_row(r, &mut carried, roles);
    }
    texts
}

/// Whether a text has all letters of a word that totals begin with; most have not.
fn has_letters_of_total(text: &str) -> bool {
    // A bit for each letter; other characters add some at most.
    const fn letters(text: &str) -> u32 {
        let (mut all, mut at) = (0, 0);
        while at < text.len() {
            all |= 1 << (text.as_bytes()[at] & 31);
            at += 1;
        }
        all
    }
    const WORDS: [u32; 3] = [letters("jumlah"), letters("total"), letters("grand")];
    let own = letters(text);
    WORDS.iter().any(|word| own & word == *word)
}

/// Carries texts down: a new text ends those to its right, which belonged to the one before it.
fn carry(carried: &mut [Option<Id>], own: &[Option<Id>], roles: &[ColumnRole]) {
    let mut new_left: Option<usize> = None;
    for (c, (carried, own)) in carried.iter_mut().zip(own).enumerate() {
        if own.is_some() {
            *carried = *own;
            new_left = Some(c);
        } else if let Some(left) = new_left {
            // A new indicator leaves the names of its own row's levels as they are.
            if roles[left].role == Role::Name || roles[c].role == Role::Indicator {
                *carried = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_have_the_letters_of_totals() {
        for text in ["Jumlah", "1. J U M L A H", "SUBTOTAL A", "Grand Total", "total"] {
            let (name, _) = bare_name(text);
            assert!(is_total_name(&name) || may_be_total(&name), "{text}");
            assert!(has_letters_of_total(text), "{text}");
        }
        assert!(!has_letters_of_total("12 Bulan") && !has_letters_of_total("2 Dokumen"));
    }

    #[test]
    fn numbering_is_no_part_of_a_name() {
        for (text, name, number) in [
            ("1. Penyusunan Rencana Kerja", "Penyusunan Rencana Kerja", "1."),
            ("2.1 Penyediaan jasa", "Penyediaan jasa", "2.1"),
            ("a. Belanja Pegawai", "Belanja Pegawai", "a."),
            ("- Penyediaan Alat Tulis", "Penyediaan Alat Tulis", "-"),
            ("IV. Program Contoh", "Program Contoh", "IV."),
            ("3 Pelaksanaan Koordinasi di Bidang", "Pelaksanaan Koordinasi di Bidang", "3"),
            ("3 Pilar", "3 Pilar", ""),
            ("S1", "S1", ""),
            ("Sasaran : Meningkatnya toleransi", "Meningkatnya toleransi", ""),
            ("1.Persentase layanan", "Persentase layanan", "1."),
        ] {
            assert_eq!(bare_name(text), (name.into(), number.to_owned()), "{text}");
            assert_eq!(bare_cell(&text.into()), bare_name(text), "{text}");
        }
    }
}

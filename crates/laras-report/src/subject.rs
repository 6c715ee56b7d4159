//! What each row is about: its names column by column, carried down merged cells, without the
//! numbering in front.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::LazyLock;

use laras_model::{Role, RowShape, SharedText};
use laras_table::{CellContent, CellKind, LogicalTable};
use regex::Regex;

use crate::levels::{is_total_name, may_be_total};
use crate::phrases::one_line;
use crate::roles::ColumnRole;

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

/// The texts of one row: for every column of names or indicators, what holds in this row.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowTexts {
    /// Printed in this row, at most one for a column.
    own: Vec<Rc<Text>>,
    /// Printed in this row or carried down into it.
    carried: Vec<Rc<Text>>,
    /// A total's name, wherever in the row it stands.
    pub(crate) label: Option<Rc<Text>>,
}

impl RowTexts {
    /// The text of a column that is printed in this row.
    pub(crate) fn own(&self, column: usize) -> Option<&Rc<Text>> {
        self.own.iter().find(|text| text.column == column)
    }

    /// The text of a column that is printed in this row or carried down into it.
    pub(crate) fn carried(&self, column: usize) -> Option<&Rc<Text>> {
        self.carried.iter().find(|text| text.column == column)
    }

    /// Sets the text of a column that is printed in this row.
    fn set(&mut self, text: Rc<Text>) {
        self.own.retain(|other| other.column != text.column);
        self.own.push(text);
    }

    /// Whether the row is one of totals.
    fn is_total(&self) -> bool {
        self.label.as_ref().is_some_and(|label| label.may_be_total || label.is_total)
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
    (rest.trim(), number)
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
pub(crate) fn row_texts(table: &LogicalTable, roles: &[ColumnRole]) -> Vec<RowTexts> {
    let width = roles.len();
    let holds_text = |c: usize| matches!(roles[c].role, Role::Name | Role::Indicator);
    let mut carried: Vec<Option<Rc<Text>>> = vec![None; width];
    let mut rows = Vec::with_capacity(table.table.rows.len());
    let mut id = 0;
    for (r, row) in table.table.rows.iter().enumerate() {
        let mut texts = RowTexts::default();
        if !matches!(row.shape, RowShape::Body | RowShape::Section) {
            rows.push(texts);
            continue;
        }
        let is_amount = |content: &CellContent| content.kind == CellKind::Amount;
        let among_amounts = table.contents[r].iter().any(is_amount);
        for (cell, content) in row.cells.iter().zip(&table.contents[r]) {
            let c = cell.column as usize;
            let is_words = matches!(content.kind, CellKind::Text | CellKind::Criterion);
            if c >= width
                || !(is_words || matches!(content.kind, CellKind::Quantity | CellKind::Code))
            {
                continue;
            }
            let may_label =
                is_words && matches!(roles[c].role, Role::Measure | Role::Number | Role::Unknown);
            let is_asked = is_words && holds_text(c) || may_label && texts.label.is_none();
            // Of the other cells only a total would be kept.
            if !is_asked && (texts.label.is_some() || !has_letters_of_total(&cell.text)) {
                continue;
            }
            let (text, number) = bare_cell(&cell.text);
            let may_total = roles[c].role != Role::Indicator;
            let is_total = may_total && is_total_name(&text);
            let may_be_total = may_total && may_be_total(&text);
            let text =
                Text { text, number, row: r, column: c, printed_in: c, id, is_total, may_be_total };
            let text = Rc::new(text);
            id += 1;
            let total = is_total || (may_be_total && among_amounts);
            if total && texts.label.is_none() {
                texts.label = Some(text.clone());
            }
            if holds_text(c) && is_words {
                texts.set(text);
            } else if may_label && texts.label.is_none() {
                texts.label = Some(text);
            }
        }
        // A name that slipped into the number column, its own column blank.
        if texts.own.is_empty()
            && let Some(label) = texts.label.clone()
            && roles[label.column].role == Role::Number
            && let Some(column) = roles.iter().position(|role| role.role == Role::Name)
        {
            texts.set(Rc::new(Text { column, ..Text::clone(&label) }));
        }
        carry(&mut carried, &texts, roles);
        texts.carried = if texts.is_total() {
            texts.own.clone()
        } else {
            carried.iter().flatten().cloned().collect()
        };
        rows.push(texts);
    }
    rows
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
fn carry(carried: &mut [Option<Rc<Text>>], texts: &RowTexts, roles: &[ColumnRole]) {
    if texts.is_total() {
        carried.fill(None);
        return;
    }
    let Some(first) = texts.own.iter().map(|text| text.column).min() else { return };
    // Twin halves and other groups with names of their own do not end each other's texts.
    for (c, carried) in carried.iter_mut().enumerate() {
        if let Some(text) = texts.own(c) {
            *carried = Some(text.clone());
        } else if c > first && carried.is_some() && ends(roles, texts, c) {
            *carried = None;
        }
    }
}

/// Whether a blank column's text ends because a text to its left is new in this row.
fn ends(roles: &[ColumnRole], texts: &RowTexts, column: usize) -> bool {
    let new_left = texts.own.iter().map(|text| text.column).filter(|c| *c < column).max();
    // A new indicator leaves the names of its own row's levels as they are.
    new_left.is_some_and(|c| roles[c].role == Role::Name || roles[column].role == Role::Indicator)
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

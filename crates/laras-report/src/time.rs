//! The year that a table's values refer to where its columns do not say.

use laras_table::{Context, LogicalTable};

use crate::title::years;
use crate::years::is_span;

/// A table's own year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TableYear {
    /// The table names one.
    Is(u16),
    /// The table names only a span: its values belong to no single year.
    Span,
    /// The table names none; the report's year holds.
    NotSaid,
}

/// The year that caption, titles or source note give a table.
pub(crate) fn table_year(table: &LogicalTable) -> TableYear {
    let Context { caption, titles, source_note, .. } = &table.context;
    let mut span = false;
    for text in std::iter::once(caption).chain(titles.iter().rev()) {
        match year_of(text) {
            TableYear::Is(year) => return TableYear::Is(year),
            TableYear::Span => span = true,
            TableYear::NotSaid => {}
        }
    }
    if span {
        return TableYear::Span;
    }
    match year_of(source_note) {
        TableYear::Is(year) => TableYear::Is(year),
        _ => TableYear::NotSaid,
    }
}

/// The year that a text names: the only one, the later of several; a span is none.
fn year_of(text: &str) -> TableYear {
    let years: Vec<u16> = years(text);
    match years.as_slice() {
        [one] => TableYear::Is(*one),
        [first, second] if is_span(text, *first, *second) => TableYear::Span,
        [first, second, third] if is_span(text, *first, *second) => TableYear::Is(*third),
        [first, rest @ ..] if rest.iter().all(|y| y == first) => TableYear::Is(*first),
        // None; or `Tahun 2018, 2019 dan 2020`, where the columns say which is which.
        _ => TableYear::NotSaid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_year_counts_a_span_does_not() {
        assert_eq!(
            year_of("Tahun Anggaran 2020 sampai dengan Perubahan APBD 2020"),
            TableYear::Is(2020)
        );
        assert_eq!(year_of("Sasaran Strategis Tahun 2020 -2024"), TableYear::Span);
        assert_eq!(year_of("Realisasi Tahun 2020 dan 2019"), TableYear::NotSaid);
        assert_eq!(year_of("Tabel 3.6"), TableYear::NotSaid);
    }
}

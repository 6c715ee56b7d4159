//! Rows and cells past the limits of reading: counted, listed as unused and said, but not kept.

use laras_model::{Note, Place, RawRow, UnusedToken};

use super::super::glance::count_tokens;
use super::Builder;

/// Code of the note on rows past the limit.
const CELLS_CUT: &str = "cells.cut";

impl Builder<'_> {
    /// Cells past the limit are listed as unused.
    pub(super) fn bound_cells(&mut self, rows: &mut [RawRow]) {
        for row in rows {
            if row.cells.len() <= self.most_cells {
                continue;
            }
            let cut = row.cells.split_off(self.most_cells);
            let text = cut
                .iter()
                .map(|cell| cell.text.as_str())
                .filter(|t| !t.is_empty())
                .collect::<Vec<_>>()
                .join(" ");
            let tokens = count_tokens(&text).min(self.tokens.cells);
            self.tokens.cells -= tokens;
            self.tokens.unused += tokens;
            let reason = format!(
                "row of {} cells; the first {} were read",
                cut.len() + self.most_cells,
                self.most_cells
            );
            self.tokens.unused_tokens.push(UnusedToken::new(
                text.chars().take(200).collect::<String>(),
                &row.place,
                reason,
            ));
        }
    }

    /// Rows past the limit of the file are listed as unused, and a note says so once.
    pub(super) fn bound_rows(&mut self, rows: &mut Vec<RawRow>) {
        let mut left = self.cells_left;
        let is_past = |row: &RawRow| {
            let rest = left.checked_sub(row.cells.len());
            left = rest.unwrap_or(left);
            rest.is_none()
        };
        let at = rows.iter().position(is_past);
        self.cells_left = if at.is_some() { 0 } else { left };
        let Some(at) = at else { return };
        let cut = rows.split_off(at);
        let text = |row: &RawRow| {
            row.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ")
        };
        let tokens = cut.iter().map(|row| count_tokens(&text(row))).sum();
        let first = cut.first().map(|row| (text(row), row.place.clone()));
        if let Some((text, place)) = first {
            self.leave_out(tokens, &text, &place);
        }
    }

    /// Counts tokens of rows as unused.
    pub(super) fn leave_out(&mut self, tokens: u64, text: &str, place: &Place) {
        let tokens = tokens.min(self.tokens.cells);
        self.tokens.cells -= tokens;
        self.tokens.unused += tokens;
        let most = self.most_cells_of_file;
        let reason = format!("tables of more than {most} cells; the first {most} were read");
        let begins = text.chars().take(200).collect::<String>();
        self.tokens.unused_tokens.push(UnusedToken::new(begins, place, reason));
        if self.content.notes.iter().all(|note| note.code != CELLS_CUT) {
            self.content.notes.push(Note {
                code: CELLS_CUT.to_owned(),
                text: format!(
                    "the tables have more than {most} cells; those from line {} on were not \
                     read; split the file",
                    place.line
                ),
                place: place.clone(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{TextOptions, read_text};

    #[test]
    fn rows_past_the_limit_of_the_file_are_unused_and_said_once() {
        let row = "1\tNama\t5.000\n";
        let text = format!("{}\nUraian di antara keduanya.\n\n{}", row.repeat(5), row.repeat(2));
        let options = TextOptions { most_cells_of_file: 7, ..TextOptions::default() };
        let content = read_text(text.as_bytes(), &options).expect("a text");
        let rows: Vec<usize> = content.fragments.iter().map(|f| f.rows.len()).collect();
        assert_eq!(rows, [2, 0], "seven cells are two rows of three");
        let notes: Vec<(&str, u32)> =
            content.notes.iter().map(|note| (note.code.as_str(), note.place.line)).collect();
        assert_eq!(notes, [("cells.cut", 3)]);
        let tokens = &content.tokens;
        assert_eq!((tokens.cells, tokens.unused, tokens.prose), (6, 15, 4));
        assert_eq!(tokens.total, 25);
        let whole = read_text(text.as_bytes(), &TextOptions::default()).expect("a text");
        assert!(whole.notes.is_empty() && whole.tokens.cells == 21);
    }
}

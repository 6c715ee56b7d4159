//! A tab-separated text report as lines, and which of them are table rows.

use std::ops::Range;

use crate::cell;

/// A report as its converter wrote it: one table row a line, cells parted by tabs.
///
/// Printing a parsed document gives back the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The lines without their line feeds.
    pub lines: Vec<String>,
    /// Whether the last line ended with a line feed.
    pub ends_with_feed: bool,
}

/// Consecutive lines of one kind, as 0-based line indexes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Lines without tabs, and tables of contents.
    Prose(Range<usize>),
    /// Table rows that follow each other without a line between.
    Table(Range<usize>),
}

impl Document {
    /// Splits `text` at line feeds.
    pub fn parse(text: &str) -> Self {
        let ends_with_feed = text.ends_with('\n');
        let body = text.strip_suffix('\n').unwrap_or(text);
        let lines =
            if text.is_empty() { vec![] } else { body.split('\n').map(String::from).collect() };
        Self { lines, ends_with_feed }
    }

    /// The text again.
    pub fn to_text(&self) -> String {
        let mut text = self.lines.join("\n");
        if self.ends_with_feed {
            text.push('\n');
        }
        text
    }

    /// The cells of line `index` (0-based).
    pub fn cells(&self, index: usize) -> Vec<&str> {
        self.lines[index].split('\t').collect()
    }

    /// The rows of a run of lines.
    pub fn rows(&self, run: &Range<usize>) -> Vec<Vec<&str>> {
        run.clone().map(|index| self.cells(index)).collect()
    }

    /// Tables and what stands between them, in order and without gaps.
    pub fn segments(&self) -> Vec<Segment> {
        let mut segments = Vec::new();
        let mut start = 0;
        while start < self.lines.len() {
            let tabbed = self.lines[start].contains('\t');
            let length =
                self.lines[start..].iter().take_while(|line| line.contains('\t') == tabbed).count();
            let run = start..start + length;
            start = run.end;
            segments.push(if tabbed && !is_contents(&self.rows(&run)) {
                Segment::Table(run)
            } else {
                Segment::Prose(run)
            });
        }
        segments
    }
}

/// A table of contents: titles with page numbers, no header.
fn is_contents(rows: &[Vec<&str>]) -> bool {
    rows.iter().all(|row| row.len() == 2 && cell::is_page_number(row[1]))
        && rows.iter().any(|row| !row[1].trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_gives_the_same_text() {
        for text in ["", "a", "a\n", "a\n\n\tb\n", "\n", "a\r\nb\r\n"] {
            assert_eq!(Document::parse(text).to_text(), text, "{text:?}");
        }
    }

    #[test]
    fn contents_are_prose_and_rows_are_tables() {
        let report = Document::parse("1.1 Latar\t1\n1.2 Dasar\t\n\nNo\tNama\n1\tA\n\nx\n");
        assert_eq!(
            report.segments(),
            [
                Segment::Prose(0..2),
                Segment::Prose(2..3),
                Segment::Table(3..5),
                Segment::Prose(5..7)
            ]
        );
    }
}

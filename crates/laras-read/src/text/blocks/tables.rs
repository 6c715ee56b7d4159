//! Tables of every style as blocks and fragments, and the text that stands beside them.

use std::ops::Range;

use laras_model::{BlockKind, Fragment, RawRow, TableStyle};

use super::super::decode::Decoded;
use super::super::glance::count_tokens;
use super::super::html::{self, HtmlTable};
use super::super::lines::Line;
use super::super::markup::plain;
use super::super::prose::{self, Prose};
use super::super::rows::{self, FoundTable, line_place};
use super::super::shape::Shape;
use super::Builder;

impl Builder<'_> {
    fn fragment(&mut self, style: TableStyle, range: Range<usize>, mut rows: Vec<RawRow>) {
        self.bound_cells(&mut rows);
        self.bound_rows(&mut rows);
        let fragment = self.content.fragments.len() as u32;
        self.content.fragments.push(Fragment { style, rows });
        self.push(
            Prose { kind: BlockKind::Rows, level: 0, number: String::new() },
            range,
            String::new(),
        );
        if let Some(block) = self.content.blocks.last_mut() {
            block.fragment = Some(fragment);
        }
    }

    pub(super) fn rows(
        &mut self,
        range: Range<usize>,
        style: TableStyle,
        read: impl Fn(&Line<'_>, &Decoded<'_>) -> RawRow,
    ) {
        let lines = &self.lines[range.clone()];
        let tokens = lines.iter().map(|line| line.tokens).sum();
        self.count(BlockKind::Rows, tokens);
        let mut rows = Vec::new();
        let mut cells = 0;
        for line in lines {
            // The row that goes past the limit is cut off with the others; those after it are not
            // even read.
            if cells > self.cells_left {
                break;
            }
            let row = read(line, self.source);
            cells += row.cells.len().min(self.most_cells);
            rows.push(row);
        }
        let rest = &lines[rows.len()..];
        self.fragment(style, range, rows);
        if let Some(first) = rest.first() {
            let tokens = rest.iter().map(|line| line.tokens).sum();
            self.leave_out(tokens, first.raw, &line_place(first, self.source));
        }
    }

    pub(super) fn pipes(&mut self, range: Range<usize>, shapes: &[Shape]) {
        let mut rows: Vec<RawRow> = Vec::with_capacity(range.len());
        for i in range.clone() {
            let line = &self.lines[i];
            if shapes[i] == Shape::PipeRule {
                self.count(BlockKind::Mark, line.tokens);
                if let [only] = rows.as_mut_slice() {
                    only.is_header = true;
                }
            } else {
                self.count(BlockKind::Rows, line.tokens);
                rows.push(rows::pipes(line, self.source));
            }
        }
        if rows.is_empty() {
            self.push(
                Prose { kind: BlockKind::Mark, level: 0, number: String::new() },
                range,
                String::new(),
            );
        } else {
            self.fragment(TableStyle::Pipes, range, rows);
        }
    }

    /// HTML tables that share lines, with the text before, between and behind them.
    pub(super) fn html(&mut self, tables: &[&HtmlTable], range: Range<usize>) {
        let text = &self.source.text;
        let lines = &self.lines[range.clone()];
        let all: u64 = lines.iter().map(|line| line.tokens).sum();
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
        let mut outside = 0;
        let mut from = first.start;
        let mut cursor = html::Cursor::new(self.lines);
        for table in tables {
            outside += self.beside(text.get(from..table.text.start), table.lines.start);
            let rows = html::rows(table, text, &mut cursor, self.source);
            self.fragment(TableStyle::Html, table.lines.clone(), rows);
            from = table.text.end;
        }
        outside += self.beside(text.get(from..last.start + last.raw.len()), range.end - 1);
        let outside = outside.min(all);
        self.count(BlockKind::Rows, all - outside);
        self.count(BlockKind::Paragraph, outside);
    }

    /// Text that stands on a line of an HTML table; returns its tokens.
    fn beside(&mut self, text: Option<&str>, line: usize) -> u64 {
        let text = text.unwrap_or("");
        if !text.trim().is_empty() {
            self.push(prose::classify(text), line..line + 1, plain(text).into_owned());
        }
        count_tokens(text)
    }

    pub(super) fn drawn(&mut self, table: FoundTable) {
        for line in &self.lines[table.lines.clone()] {
            let is_text = line.raw.chars().any(char::is_alphanumeric);
            let kind = if is_text { BlockKind::Rows } else { BlockKind::Mark };
            self.count(kind, count_tokens(line.raw));
        }
        self.fragment(TableStyle::Drawn, table.lines, table.rows);
    }

    pub(super) fn delimited(&mut self, table: FoundTable) {
        let tokens = self.lines[table.lines.clone()].iter().map(|line| line.tokens).sum();
        self.count(BlockKind::Rows, tokens);
        self.fragment(TableStyle::Delimited, table.lines, table.rows);
    }

    /// A table, and behind it the furniture of the pages that it runs over.
    pub(super) fn aligned(&mut self, table: FoundTable, shapes: &[Shape]) {
        let lines = table.lines.clone();
        let rows = lines.clone().filter(|i| !shapes[*i].is_furniture());
        let tokens = rows.map(|i| self.lines[i].tokens).sum();
        self.count(BlockKind::Rows, tokens);
        self.fragment(TableStyle::Aligned, table.lines, table.rows);
        for i in lines {
            match shapes[i] {
                Shape::Running => self.block(BlockKind::RunningText, i..i + 1),
                Shape::PageNumber => self.block(BlockKind::PageNumber, i..i + 1),
                Shape::Mark => self.block(BlockKind::Mark, i..i + 1),
                _ => {}
            }
        }
    }
}

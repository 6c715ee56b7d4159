//! Puts the lines together to blocks in reading order, and counts their tokens.

use laras_model::{
    Block, BlockKind, Content, Fragment, Note, Place, RawRow, TableStyle, TokenAccount, UnusedToken,
};

use super::decode::Decoded;
use super::html::{self, HtmlTable};
use super::lines::{Line, count_tokens};
use super::markup::plain;
use super::prose::{self, Prose};
use super::rows::{self, FoundTable, line_place};
use super::shape::Shape;

/// Code of the note on rows past the limit.
const CELLS_CUT: &str = "cells.cut";

/// Everything the earlier steps found out.
pub(super) struct Marked<'a> {
    pub(super) source: &'a Decoded<'a>,
    pub(super) lines: &'a [Line<'a>],
    pub(super) shapes: &'a [Shape],
    pub(super) html: Vec<HtmlTable>,
    pub(super) drawn: Vec<FoundTable>,
    /// Tables of fields of which some hold line ends.
    pub(super) delimited: Vec<FoundTable>,
    pub(super) aligned: Vec<FoundTable>,
    /// Most cells that a row may have.
    pub(super) most_cells: usize,
    /// Most cells that the file may have.
    pub(super) most_cells_of_file: usize,
}

/// The blocks and fragments of a text.
pub(super) fn build(marked: Marked<'_>) -> Content {
    let signed = prose::signatures(marked.lines, marked.shapes);
    let mut builder = Builder {
        content: Content::default(),
        tokens: TokenAccount::default(),
        lines: marked.lines,
        source: marked.source,
        most_cells: marked.most_cells,
        cells_left: marked.most_cells_of_file,
        most_cells_of_file: marked.most_cells_of_file,
    };
    let mut html = marked.html.iter().peekable();
    let mut drawn = marked.drawn.into_iter().peekable();
    let mut delimited = marked.delimited.into_iter().peekable();
    let mut aligned = marked.aligned.into_iter().peekable();
    let mut i = 0;
    while i < marked.lines.len() {
        let shape = marked.shapes[i];
        let alike = |j: usize| match (shape, marked.shapes[j]) {
            (Shape::Pipes | Shape::PipeRule, Shape::Pipes | Shape::PipeRule) => true,
            (a, b) => a == b && marked.lines[j].page == marked.lines[i].page,
        };
        let mut end = i + 1;
        while end < marked.lines.len() && alike(end) {
            end += 1;
        }
        match shape {
            Shape::Blank => {}
            Shape::Tabs => builder.rows(i..end, TableStyle::Tabs, rows::tabs),
            Shape::Delimited(separator) => {
                builder
                    .rows(i..end, TableStyle::Delimited, |l, s| rows::delimited(l, separator, s));
            }
            Shape::Pipes | Shape::PipeRule => builder.pipes(i..end, marked.shapes),
            Shape::Html => {
                // Tables that stand on the same lines are one stretch.
                let mut tables = Vec::new();
                end = i + 1;
                while let Some(table) = html.next_if(|table| table.lines.start < end) {
                    end = end.max(table.lines.end);
                    tables.push(table);
                }
                builder.html(&tables, i..end);
            }
            Shape::Drawn => match drawn.next_if(|table| table.lines.start == i) {
                Some(table) => {
                    end = table.lines.end;
                    builder.drawn(table);
                }
                // Cannot happen: every drawn line belongs to a table that starts earlier.
                None => builder.paragraphs(i..end, &signed),
            },
            Shape::Found => match delimited.next_if(|table| table.lines.start == i) {
                Some(table) => {
                    end = table.lines.end;
                    builder.delimited(table);
                }
                // Cannot happen: every such line belongs to a table that starts earlier.
                None => builder.paragraphs(i..end, &signed),
            },
            Shape::Aligned => {
                while aligned.peek().is_some_and(|table| table.lines.start < i) {
                    aligned.next();
                }
                match aligned.next_if(|table| table.lines.start == i) {
                    Some(table) => {
                        end = table.lines.end;
                        builder.aligned(table, marked.shapes);
                    }
                    // Cannot happen: every aligned line belongs to a table that starts earlier.
                    None => builder.paragraphs(i..end, &signed),
                }
            }
            Shape::Contents => builder.block(BlockKind::Contents, i..end),
            Shape::Running => builder.block(BlockKind::RunningText, i..end),
            Shape::PageNumber => builder.block(BlockKind::PageNumber, i..end),
            Shape::Mark => builder.block(BlockKind::Mark, i..end),
            Shape::Prose => builder.paragraphs(i..end, &signed),
        }
        i = end.max(i + 1);
    }
    builder.finish()
}

struct Builder<'a> {
    content: Content,
    tokens: TokenAccount,
    lines: &'a [Line<'a>],
    source: &'a Decoded<'a>,
    most_cells: usize,
    /// Cells that the file may still have.
    cells_left: usize,
    most_cells_of_file: usize,
}

impl Builder<'_> {
    fn finish(mut self) -> Content {
        self.tokens.total = self.lines.iter().map(|line| line.tokens).sum();
        self.content.tokens = self.tokens;
        self.content.lines = self.lines.len() as u32;
        self.content.pages = self.lines.last().map_or(0, |line| line.page);
        self.content
    }

    fn count(&mut self, kind: BlockKind, tokens: u64) {
        match kind {
            BlockKind::Rows => self.tokens.cells += tokens,
            BlockKind::Heading | BlockKind::Title | BlockKind::Caption | BlockKind::UnitLine => {
                self.tokens.headings += tokens;
            }
            _ if kind.is_furniture() => self.tokens.furniture += tokens,
            _ => self.tokens.prose += tokens,
        }
    }

    fn span(&self, range: &std::ops::Range<usize>) -> (Place, u32, u32) {
        let (first, last) = (&self.lines[range.start], &self.lines[range.end - 1]);
        let mut place = line_place(first, self.source);
        place.to = line_place(last, self.source).to;
        (place, last.number, last.page)
    }

    fn push(&mut self, prose: Prose, range: std::ops::Range<usize>, text: String) {
        let (place, line_to, page_to) = self.span(&range);
        let Prose { kind, level, number } = prose;
        self.content.blocks.push(Block {
            kind,
            text,
            level,
            number,
            place,
            line_to,
            page_to,
            fragment: None,
        });
    }

    /// One block of these lines, each printed line on a line of its own.
    fn block(&mut self, kind: BlockKind, range: std::ops::Range<usize>) {
        self.prose_block(Prose { kind, level: 0, number: String::new() }, range);
    }

    fn prose_block(&mut self, prose: Prose, range: std::ops::Range<usize>) {
        let lines = &self.lines[range.clone()];
        let tokens = lines.iter().map(|line| line.tokens).sum();
        self.count(prose.kind, tokens);
        let mut text = String::with_capacity(lines.iter().map(|l| l.raw.len() + 1).sum());
        for line in lines {
            if line.number != lines[0].number {
                text.push('\n');
            }
            // Kept one to one with the printed lines, so that a place in the text leads to its line.
            let printed = plain(line.raw);
            if printed.contains('\n') {
                text.push_str(&printed.replace('\n', " "));
            } else {
                text.push_str(&printed);
            }
        }
        self.push(prose, range, text);
    }

    /// Lines of prose without a blank line between: each heading and item its own block, the rest
    /// in paragraphs.
    fn paragraphs(&mut self, range: std::ops::Range<usize>, signed: &[bool]) {
        let mut i = range.start;
        // What the line was found to be that ended the block before.
        let mut known: Option<Prose> = None;
        while i < range.end {
            let raw = self.lines[i].raw;
            let mut what = known.take().unwrap_or_else(|| prose::classify(raw));
            if signed[i] {
                what = Prose { kind: BlockKind::Signature, level: 0, number: String::new() };
            }
            let mut end = i + 1;
            let mut bold = what.kind == BlockKind::Title && is_open_bold(raw);
            while end < range.end {
                let next = self.lines[end].raw;
                let mut is_alike = || {
                    let next = known.insert(prose::classify(next));
                    next.kind == what.kind
                };
                let joins = match what.kind {
                    BlockKind::Signature => signed[end],
                    BlockKind::Title => !signed[end] && (bold || is_alike()),
                    BlockKind::Paragraph => !signed[end] && is_alike(),
                    BlockKind::Formula => is_alike(),
                    _ => false,
                };
                if !joins {
                    break;
                }
                known = None;
                bold = if next.trim().starts_with("**") {
                    is_open_bold(next)
                } else {
                    bold && !next.contains("**")
                };
                end += 1;
            }
            self.prose_block(what, i..end);
            i = end;
        }
    }

    fn fragment(
        &mut self,
        style: TableStyle,
        range: std::ops::Range<usize>,
        mut rows: Vec<RawRow>,
    ) {
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

    /// Cells past the limit are listed as unused.
    fn bound_cells(&mut self, rows: &mut [RawRow]) {
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
    fn bound_rows(&mut self, rows: &mut Vec<RawRow>) {
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
    fn leave_out(&mut self, tokens: u64, text: &str, place: &Place) {
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

    fn rows(
        &mut self,
        range: std::ops::Range<usize>,
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

    fn pipes(&mut self, range: std::ops::Range<usize>, shapes: &[Shape]) {
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
    fn html(&mut self, tables: &[&HtmlTable], range: std::ops::Range<usize>) {
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

    fn drawn(&mut self, table: FoundTable) {
        for line in &self.lines[table.lines.clone()] {
            let is_text = line.raw.chars().any(char::is_alphanumeric);
            let kind = if is_text { BlockKind::Rows } else { BlockKind::Mark };
            self.count(kind, count_tokens(line.raw));
        }
        self.fragment(TableStyle::Drawn, table.lines, table.rows);
    }

    fn delimited(&mut self, table: FoundTable) {
        let tokens = self.lines[table.lines.clone()].iter().map(|line| line.tokens).sum();
        self.count(BlockKind::Rows, tokens);
        self.fragment(TableStyle::Delimited, table.lines, table.rows);
    }

    /// A table, and behind it the furniture of the pages that it runs over.
    fn aligned(&mut self, table: FoundTable, shapes: &[Shape]) {
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

/// Whether a line opens bold type and does not close it.
fn is_open_bold(raw: &str) -> bool {
    raw.trim().starts_with("**") && raw.matches("**").count() % 2 == 1
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

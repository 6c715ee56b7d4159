//! Puts the lines together to blocks in reading order, and counts their tokens.

mod limits;
mod tables;

use std::ops::Range;

use laras_model::{Block, BlockKind, Content, Place, TableStyle, TokenAccount};

use super::decode::Decoded;
use super::html::HtmlTable;
use super::lines::Line;
use super::markup::plain;
use super::prose::{self, Prose};
use super::rows::{self, FoundTable, line_place};
use super::shape::Shape;

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

    fn span(&self, range: &Range<usize>) -> (Place, u32, u32) {
        let (first, last) = (&self.lines[range.start], &self.lines[range.end - 1]);
        let mut place = line_place(first, self.source);
        place.to = line_place(last, self.source).to;
        (place, last.number, last.page)
    }

    fn push(&mut self, prose: Prose, range: Range<usize>, text: String) {
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
    fn block(&mut self, kind: BlockKind, range: Range<usize>) {
        self.prose_block(Prose { kind, level: 0, number: String::new() }, range);
    }

    fn prose_block(&mut self, prose: Prose, range: Range<usize>) {
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
    fn paragraphs(&mut self, range: Range<usize>, signed: &[bool]) {
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
}

/// Whether a line opens bold type and does not close it.
fn is_open_bold(raw: &str) -> bool {
    raw.trim().starts_with("**") && raw.matches("**").count() % 2 == 1
}

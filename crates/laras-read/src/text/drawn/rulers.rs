//! Tables whose columns are shown by lines of dashes.

use std::ops::Range;

use laras_model::{RawCell, RawRow};

use super::super::decode::Decoded;
use super::super::lines::{Line, is_space};
use super::super::shape::Shape;
use super::{Drawn, FoundTable, add, is_stroke, row};

/// Fewest strokes of a line that closes a table without showing its columns.
const LONG: usize = 10;
/// Most lines of a head.
const MOST_HEADS: usize = 40;
/// Most lines of a head that no rule stands above.
const MOST_OPEN_HEADS: usize = 3;

/// A line of strokes: where each run of them stands, in characters.
struct Ruler {
    line: usize,
    runs: Vec<Range<usize>>,
    /// Strokes of reStructuredText, in which a line without a first cell goes on the row above.
    is_double: bool,
}

impl Ruler {
    fn read(lines: &[Line<'_>], at: usize) -> Option<Self> {
        let text = lines[at].raw;
        if !text.chars().all(|c| is_stroke(c) || is_space(c)) || text.contains('\t') {
            return None;
        }
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (place, _) in text.chars().enumerate().filter(|(_, c)| is_stroke(*c)) {
            match runs.last_mut().filter(|run| run.end == place) {
                Some(run) => run.end = place + 1,
                None => runs.push(place..place + 1),
            }
        }
        let strokes: usize = runs.iter().map(Range::len).sum();
        let is_long = runs.iter().all(|run| run.len() >= 2) && strokes >= 4 * runs.len();
        (is_long && (runs.len() > 1 || strokes >= LONG)).then(|| Self {
            line: at,
            runs,
            is_double: text.contains(['=', '═']),
        })
    }

    fn shows_columns(&self) -> bool {
        self.runs.len() > 1
    }

    /// Whether this one ends a table of the columns of another.
    fn closes(&self, other: &Self) -> bool {
        let (Some(first), Some(last)) = (other.runs.first(), other.runs.last()) else {
            return false;
        };
        let width = last.end - first.start;
        self.runs == other.runs || self.runs.len() == 1 && self.runs[0].len() * 10 >= width * 9
    }

    /// Whether nothing stands in a line where the gaps between the columns are.
    fn fits(&self, line: &Line<'_>) -> bool {
        let line = Drawn::new(line);
        let is_free = |place: usize| line.at(place).is_none_or(is_space);
        (0..self.runs[0].start).all(is_free)
            && self.runs.windows(2).all(|pair| (pair[0].end..pair[1].start).all(is_free))
    }

    /// The cells of the lines of one row.
    fn cells(&self, lines: &[Line<'_>], source: &Decoded<'_>) -> Vec<RawCell> {
        let blank = RawCell { colspan: 1, rowspan: 1, ..RawCell::default() };
        let mut cells = vec![blank; self.runs.len()];
        for line in lines {
            let line = Drawn::new(line);
            for (nth, (run, cell)) in self.runs.iter().zip(&mut cells).enumerate() {
                let is_last = nth + 1 == self.runs.len();
                let end = if is_last { line.chars.len() } else { run.end };
                add(cell, line.cell(run.start, end.max(run.start), source));
            }
        }
        cells
    }
}

pub(super) fn find(lines: &[Line<'_>], shapes: &[Shape], source: &Decoded<'_>) -> Vec<FoundTable> {
    let rulers: Vec<Ruler> = (0..lines.len())
        .filter(|at| shapes[*at] == Shape::Mark)
        .filter_map(|at| Ruler::read(lines, at))
        .collect();
    let mut tables: Vec<FoundTable> = Vec::new();
    for (nth, ruler) in rulers.iter().enumerate() {
        let from = tables.last().map_or(0, |table: &FoundTable| table.lines.end);
        if !ruler.shows_columns() || ruler.line < from {
            continue;
        }
        let text = Text { lines, shapes, ruler };
        let before = nth.checked_sub(1).map(|nth| &rulers[nth]).filter(|r| r.line >= from);
        if let Some(table) = text.table(before, rulers.get(nth + 1), from, source) {
            tables.push(table);
        }
    }
    tables
}

struct Text<'l> {
    lines: &'l [Line<'l>],
    shapes: &'l [Shape],
    ruler: &'l Ruler,
}

impl Text<'_> {
    fn is_blank(&self, at: usize) -> bool {
        self.shapes[at] == Shape::Blank
    }

    /// Whether a line can be one of the table.
    fn is_row(&self, at: usize) -> bool {
        self.shapes[at] == Shape::Prose
            && self.lines[at].page == self.lines[self.ruler.line].page
            && self.ruler.fits(&self.lines[at])
    }

    fn are_rows(&self, mut range: Range<usize>) -> bool {
        range.all(|at| self.is_row(at))
    }

    /// The table around the ruler, which stands under its head or, where it has none, on top.
    fn table(
        &self,
        before: Option<&Ruler>,
        next: Option<&Ruler>,
        from: usize,
        source: &Decoded<'_>,
    ) -> Option<FoundTable> {
        let at = self.ruler.line;
        let under_rule = before.filter(|top| {
            let head = top.line + 1..at;
            top.closes(self.ruler) && (1..=MOST_HEADS).contains(&head.len()) && self.are_rows(head)
        });
        let head = if let Some(top) = under_rule {
            top.line + 1..at
        } else {
            let lowest = from.max(at.saturating_sub(MOST_OPEN_HEADS));
            let above = (lowest..at).rev().take_while(|line| self.is_row(*line)).count();
            at - above..at
        };
        let close = next.filter(|close| {
            let between = at + 1..close.line;
            close.closes(self.ruler)
                && between.clone().all(|line| self.is_blank(line) || self.is_row(line))
        });
        // What stands between this ruler and the next is the head of what follows that.
        if head.is_empty()
            && let Some(close) = close
            && close.runs == self.ruler.runs
            && close.line + 1 < self.lines.len()
            && self.is_row(close.line + 1)
        {
            return None;
        }
        let body = match close {
            Some(close) => at + 1..close.line,
            None => {
                at + 1..at + 1 + (at + 1..self.lines.len()).take_while(|l| self.is_row(*l)).count()
            }
        };
        let rows = self.rows(head.clone(), body.clone(), source);
        // A row between its rules, and nothing below: what a page break left of a table.
        let is_whole = under_rule.is_some() && close.is_some();
        let start = under_rule.map_or(head.start, |top| top.line);
        let end = close.map_or(body.end, |close| close.line + 1);
        (is_whole || rows.len() > usize::from(!head.is_empty()))
            .then_some(FoundTable { lines: start..end, rows })
    }

    fn rows(&self, head: Range<usize>, body: Range<usize>, source: &Decoded<'_>) -> Vec<RawRow> {
        let made = |range: Range<usize>, is_header| {
            let first = &self.lines[range.start];
            row(self.ruler.cells(&self.lines[range], source), first, is_header, source)
        };
        let mut rows: Vec<RawRow> = Vec::new();
        if !head.is_empty() {
            rows.push(made(head, true));
        }
        let has_blanks = body.clone().any(|at| self.is_blank(at));
        let mut start = body.start;
        while start < body.end {
            if self.is_blank(start) {
                start += 1;
                continue;
            }
            let goes_on = |at: &usize| {
                !self.is_blank(*at) && (has_blanks || self.ruler.is_double && !self.has_first(*at))
            };
            let more = (start + 1..body.end).take_while(goes_on).count();
            rows.push(made(start..start + 1 + more, false));
            start += 1 + more;
        }
        rows
    }

    /// Whether something stands in the first column of a line.
    fn has_first(&self, at: usize) -> bool {
        let line = Drawn::new(&self.lines[at]);
        self.ruler.runs[0].clone().any(|place| line.at(place).is_some_and(|c| !is_space(c)))
    }
}

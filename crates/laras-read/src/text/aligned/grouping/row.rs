//! Rows that may be: what speaks against some lines being one row.

use std::ops::Range;

use super::Lines;
use super::lines::Facts;
use super::standing::{Blocks, Standing};

/// A row that ends before some line and takes in one line after the other above it.
pub(super) struct Row {
    pub(super) lines: Range<usize>,
    /// What speaks against it wherever its values stand.
    pub(super) cost: u64,
    /// What any row costs at least that ends there and begins no later.
    pub(super) floor: u64,
    /// How many of its lines hold values, and the first and the last of them.
    pub(super) valued: usize,
    values: (usize, usize),
    /// How many of its lines hold ordinals, and the first of them.
    numbered: usize,
    ordinal: usize,
    /// Whether it holds text.
    is_named: bool,
    /// How many times a wrap has cut a value of it in two.
    cuts: u64,
    blocks: Blocks,
}

impl Row {
    pub(super) fn new(lines: &Lines<'_>) -> Self {
        Self {
            lines: 0..0,
            cost: 0,
            floor: 0,
            valued: 0,
            values: (0, 0),
            numbered: 0,
            ordinal: 0,
            is_named: false,
            cuts: 0,
            blocks: Blocks::new(lines.kinds.len()),
        }
    }

    fn begin(&mut self, end: usize) {
        self.lines = end..end;
        (self.cost, self.floor) = (0, ROW);
        (self.valued, self.numbered, self.cuts, self.is_named) = (0, 0, 0, false);
        self.blocks.clear();
    }

    /// Which of [`REACHES`] the rows have that it may grow to.
    pub(super) fn may_reach(&self) -> usize {
        usize::from(self.valued < 2 || self.values.1 - self.values.0 <= WRAPPED)
    }

    /// Lines from the first to the last with values, once a line is added above.
    fn spread_with(&self, line: usize, facts: &Facts) -> usize {
        match (self.valued, facts.has_value) {
            (0, _) => 0,
            (_, true) => self.values.1 - line,
            (_, false) => self.values.1 - self.values.0,
        }
    }

    /// How unlikely it is that these lines are one row and that the row begins there, but for where
    /// its texts stand.
    pub(super) fn costs(&self, lines: &Lines<'_>) -> [u64; Standing::ALL.len()] {
        let mut costs = [self.cost; Standing::ALL.len()];
        if self.valued > 0 {
            let parts = if self.valued > 1 { 2 } else { 1 };
            let off = Standing::of_values(self.values.0, self.values.1, &self.lines);
            for (cost, off) in costs.iter_mut().zip(off) {
                *cost += off / parts;
            }
        }
        // An only ordinal that stands apart from the values.
        if self.numbered == 1 && !lines.facts[self.ordinal].has_value {
            let off = Standing::of_values(self.ordinal, self.ordinal, &self.lines);
            for (cost, off) in costs.iter_mut().zip(off) {
                *cost += off / 2;
            }
        }
        costs
    }

    /// How far its texts stand from where the texts of a row stand in this table.
    pub(super) fn cost_of_texts(&self, standing: Standing) -> u64 {
        self.blocks.cost(&self.lines, standing)
    }
}

impl Lines<'_> {
    /// Calls `found` for each row that may end before line `end`, the shortest first. Of a row with values
    /// on several lines it returns whether any that this one [may grow to](Row::may_reach) may matter if it
    /// costs as much as this one's floor.
    pub(super) fn each_row_to(
        &self,
        end: usize,
        row: &mut Row,
        mut found: impl FnMut(&Row) -> bool,
    ) {
        row.begin(end);
        for start in (end.saturating_sub(TALLEST)..end).rev() {
            let facts = &self.facts[start];
            if self.is_head[start] != self.is_head[end - 1] {
                break;
            }
            row.lines.start = start;
            row.blocks.add(start, self.text_pieces(start));
            if self.is_head[start] {
                let whole = start == 0 || !self.is_head[start - 1];
                row.cost = if whole { 0 } else { OTHER_ROW };
                if whole || end - start == 1 {
                    found(row);
                }
                continue;
            }
            // More lines hold no fewer values, and no nearer to each other.
            let valued = row.valued + usize::from(facts.has_value);
            if valued > MOST_VALUED
                || (end - start > TALL && row.spread_with(start, facts) > WRAPPED)
            {
                break;
            }
            self.grow(row);
            // Longer rows cost no less.
            if !found(row) && valued > 1 {
                break;
            }
        }
    }

    /// Counts what the first line of a row adds to it.
    fn grow(&self, row: &mut Row) {
        let (start, end) = (row.lines.start, row.lines.end);
        let facts = &self.facts[start];
        if let Some(below) = self.facts[start..end].get(1) {
            row.floor += below.joins;
        }
        if start + 2 < end {
            row.floor += facts.parts;
        }
        if facts.has_value {
            // In taller rows all lines with values are among the first ones from here.
            if let Some((clashes, cuts)) = self.clashes[start].get((end - 1 - start).min(TALL - 1))
            {
                row.floor += CLASH * u64::from(*clashes);
                row.cuts += u64::from(*cuts);
            }
            if facts.finished_by.is_some_and(|line| line >= end) {
                row.floor += TORN;
            }
            row.values = (start, if row.valued == 0 { start } else { row.values.1 });
            row.valued += 1;
        }
        if facts.has_ordinal {
            row.floor += if row.numbered > 0 { CLASH } else { 0 };
            row.ordinal = start;
            row.numbered += 1;
        }
        row.is_named |= facts.has_text;
        row.cost = row.floor + facts.begins;
        if row.valued == 0 {
            row.cost += match row.numbered {
                1.. if self.dense => 120,
                1.. => 60,
                0 if self.numbered => 270,
                0 if self.dense => 150,
                0 => 120,
            };
        } else {
            row.cost += 70 * (row.valued as u64 - 1).saturating_sub(row.cuts);
            row.cost += (60 * self.unfilled(&row.lines)).min(UNFILLED);
            row.cost += if row.is_named || self.repeats[start] { 0 } else { 120 };
        }
    }

    /// How many of the regular columns a row with values leaves blank.
    fn unfilled(&self, lines: &Range<usize>) -> u64 {
        let last = self.filled.up_to(lines.end - 1);
        last.iter().map(|line| u64::from(*line as usize <= lines.start)).sum()
    }
}

/// Most printed lines of a row with values far apart, and of any other.
pub(super) const REACHES: [usize; 2] = [TALL, TALLEST];
/// Most printed lines of one row: a long name in a narrow column.
pub(super) const TALLEST: usize = 40;
/// Most printed lines of a row with values on lines that are further from each other than those that
/// a wrapped value fills.
pub(super) const TALL: usize = 16;
/// Most lines between the first and the last that wrapped values fill.
const WRAPPED: usize = 4;
/// Most lines with values of one row.
const MOST_VALUED: usize = 12;

/// What every row costs.
const ROW: u64 = 40;
/// What speaks against two values of one column in a row, or two ordinals.
const CLASH: u64 = 500;
/// What speaks against a row that begins with the rest of a number.
pub(super) const TORN: u64 = 400;
/// What speaks against a row over a blank line, and a new one without, where blank lines part rows.
pub(super) const OTHER_ROW: u64 = 400;
/// Most that columns cost which a row leaves blank: totals have few.
const UNFILLED: u64 = 300;

//! The numbers of one table by their rows and by their columns.

use laras_model::{Measure, Observation};

use crate::groups::Groups;

/// The observations of a table by their rows.
#[derive(Default)]
pub(crate) struct Rows {
    all: Vec<usize>,
    /// The rows that have some, and where the observations of each begin.
    starts: Vec<(u32, usize)>,
}

impl Rows {
    /// The rows of some observations.
    pub(crate) fn new(observations: &[Observation], mut all: Vec<usize>) -> Self {
        let row = |at: &usize| observations[*at].row;
        if !all.is_sorted_by_key(row) {
            all.sort_by_key(row);
        }
        let mut starts = Vec::new();
        let mut start = 0;
        for of_one in all.chunk_by(|a, b| row(a) == row(b)) {
            starts.push((row(&of_one[0]), start));
            start += of_one.len();
        }
        Self { all, starts }
    }

    /// The observations of a row.
    pub(crate) fn get(&self, row: u32) -> Option<&[usize]> {
        let at = self.starts.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        Some(self.of(at))
    }

    fn of(&self, at: usize) -> &[usize] {
        let end = self.starts.get(at + 1).map_or(self.all.len(), |(_, start)| *start);
        &self.all[self.starts[at].1..end]
    }

    /// The rows with their observations.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &[usize])> {
        self.starts.iter().enumerate().map(|(at, (row, _))| (*row, self.of(at)))
    }

    /// The observations of each row, with those of the rows behind it that go on with it.
    pub(crate) fn joined(&self, goes_on: impl Fn(&[usize]) -> bool) -> Vec<&[usize]> {
        let mut joined = Vec::with_capacity(self.starts.len());
        let mut from = 0;
        for (at, row) in self.values().enumerate().skip(1) {
            if !goes_on(row) {
                let to = self.starts[at].1;
                joined.push(&self.all[from..to]);
                from = to;
            }
        }
        if from < self.all.len() {
            joined.push(&self.all[from..]);
        }
        joined
    }

    /// The observations of each row.
    pub(crate) fn values(&self) -> impl Iterator<Item = &[usize]> {
        self.iter().map(|(_, row)| row)
    }
}

/// The observations of a table by column and measure, in the order of the rows; a cell of several
/// numbers is no term of an equation and is left out.
#[derive(Default)]
pub(crate) struct Columns {
    cells: Vec<usize>,
    /// Column, measure, and where their cells end.
    ends: Vec<(u32, Measure, usize)>,
}

impl Columns {
    /// The columns of some observations, which are given in their order.
    pub(crate) fn new(observations: &[Observation], numbers: &[usize]) -> Self {
        let mut keys: Vec<(u32, Measure)> = Vec::new();
        let mut of: Vec<u32> = Vec::with_capacity(numbers.len());
        // Rows have the same columns, mostly, from left to right.
        let mut next = 0;
        for at in numbers {
            let key = (observations[*at].column, observations[*at].measure);
            if keys.get(next) != Some(&key) {
                next = keys.iter().position(|known| *known == key).unwrap_or_else(|| {
                    keys.push(key);
                    keys.len() - 1
                });
            }
            of.push(next as u32);
            next = if next + 1 < keys.len() { next + 1 } else { 0 };
        }
        let of_columns = of.iter().zip(numbers).map(|(column, at)| (*column as usize, *at));
        let columns = Groups::new(keys.len(), of_columns);
        let mut order: Vec<usize> = (0..keys.len()).collect();
        order.sort_unstable_by_key(|column| (keys[*column].0, keys[*column].1 as u32));
        let mut cells = Vec::with_capacity(numbers.len());
        let mut ends = Vec::with_capacity(keys.len());
        let row = |at: &usize| observations[*at].row;
        for column in order {
            let all = columns.of(column);
            if all.is_sorted_by(|a, b| row(a) < row(b)) {
                cells.extend_from_slice(all);
            } else {
                let mut rows: Vec<u32> = all.iter().map(row).collect();
                rows.sort_unstable();
                let is_alone = |at: &&usize| {
                    let from = rows.partition_point(|other| *other < row(at));
                    rows.get(from + 1) != rows.get(from)
                };
                cells.extend(all.iter().filter(is_alone));
            }
            ends.push((keys[column].0, keys[column].1, cells.len()));
        }
        Self { cells, ends }
    }

    /// The columns with their cells.
    pub(crate) fn iter(&self) -> impl Iterator<Item = ((u32, Measure), &[usize])> {
        let mut start = 0;
        self.ends.iter().map(move |(column, measure, end)| {
            let cells = &self.cells[start..*end];
            start = *end;
            ((*column, *measure), cells)
        })
    }

    /// The columns and their measures.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (u32, Measure)> {
        self.ends.iter().map(|(column, measure, _)| (*column, *measure))
    }

    /// The cells of each column.
    pub(crate) fn values(&self) -> impl Iterator<Item = &[usize]> {
        self.iter().map(|(_, cells)| cells)
    }
}

//! Tidy tables: a header line, tab separated cells, no quoting. Says file, line and what is wrong.

use std::fmt;

/// Something wrong in a data file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file's name.
    pub file: String,
    /// 1-based line; 0 where the file as a whole is meant.
    pub line: u32,
    /// What is wrong, what was found and what was expected.
    pub what: String,
}

impl Problem {
    pub(crate) fn new(file: &str, line: u32, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            write!(f, "{}: {}", self.file, self.what)
        } else {
            write!(f, "{}:{}: {}", self.file, self.line, self.what)
        }
    }
}

/// A tidy table and the file it came from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'t> {
    pub(crate) file: &'t str,
    pub(crate) text: &'t str,
}

impl<'t> Table<'t> {
    /// Calls `row` with the line number and the cells of `columns`, in that order, for each row.
    ///
    /// Columns are found by their names, so that their order is free and more may be added.
    /// Rows with another number of cells than the header are reported and left out.
    pub(crate) fn each_row<const N: usize>(
        self,
        columns: [&str; N],
        problems: &mut Vec<Problem>,
        mut row: impl FnMut(u32, [&'t str; N], &mut Vec<Problem>),
    ) {
        let text = self.text.strip_prefix('\u{feff}').unwrap_or(self.text);
        let mut lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
        let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
        let mut position = [0; N];
        for (place, column) in position.iter_mut().zip(columns) {
            match header.iter().position(|name| *name == column) {
                Some(index) => *place = index,
                None => problems.push(Problem::new(
                    self.file,
                    1,
                    format!("no column '{column}' in the header; found {}", header.join(", ")),
                )),
            }
        }
        if columns.iter().any(|column| !header.contains(column)) {
            return;
        }
        let mut cells: Vec<&str> = Vec::with_capacity(header.len());
        for (index, line) in lines.enumerate() {
            if line.is_empty() {
                continue;
            }
            let number = index as u32 + 2;
            cells.clear();
            // Cells are short: looked for byte by byte.
            let mut from = 0;
            for at in line.bytes().enumerate().filter(|(_, b)| *b == b'\t').map(|(at, _)| at) {
                cells.push(&line[from..at]);
                from = at + 1;
            }
            cells.push(&line[from..]);
            if cells.len() == header.len() {
                row(number, position.map(|at| cells[at]), problems);
            } else {
                let what = format!("{} cells, but the header has {}", cells.len(), header.len());
                problems.push(Problem::new(self.file, number, what));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_columns_by_name_and_reports_short_rows() {
        let table = Table { file: "t.tsv", text: "b\ta\n1\t2\nx\n3\t4\n" };
        let (mut problems, mut seen) = (Vec::new(), Vec::new());
        table.each_row(["a", "b"], &mut problems, |line, cells, _| seen.push((line, cells)));
        assert_eq!(seen, [(2, ["2", "1"]), (4, ["4", "3"])]);
        assert_eq!(problems[0].to_string(), "t.tsv:3: 1 cells, but the header has 2");
    }

    #[test]
    fn a_missing_column_is_said_with_what_was_found() {
        let mut problems = Vec::new();
        Table { file: "t.tsv", text: "b\n1\n" }.each_row(["a"], &mut problems, |_, _, _| {});
        assert_eq!(problems[0].to_string(), "t.tsv:1: no column 'a' in the header; found b");
    }
}

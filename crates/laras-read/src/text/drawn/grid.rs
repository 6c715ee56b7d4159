//! Tables with borders around every cell.

use std::ops::Range;

use laras_model::RawRow;

use super::super::decode::Decoded;
use super::super::lines::Line;
use super::super::shape::Shape;
use super::{Drawn, FoundTable, add, is_blank, is_stroke, row};

/// Borders of columns that a table may have; no page is wide enough for more.
const MOST_BORDERS: usize = 1_000;

fn is_corner(c: char) -> bool {
    c == '+' || ('┌'..='╋').contains(&c) || ('╒'..='╬').contains(&c)
}

fn is_upright(c: char) -> bool {
    matches!(c, '|' | '│' | '┃' | '║' | '╎' | '┆')
}

/// Whether a line is a border from end to end.
fn is_border(text: &str) -> bool {
    text.starts_with(is_corner)
        && text.chars().all(|c| is_stroke(c) || is_corner(c) || c == ':')
        && text.chars().any(is_stroke)
        && text.chars().filter(|c| is_corner(*c)).nth(1).is_some()
}

pub(super) fn find(lines: &[Line<'_>], shapes: &[Shape], source: &Decoded<'_>) -> Vec<FoundTable> {
    let mut tables = Vec::new();
    let mut i = 0;
    while i < lines.len() {
        let end = if shapes[i] == Shape::Blank || !is_border(lines[i].trimmed()) {
            i
        } else {
            extent(lines, i)
        };
        if end > i + 2
            && let Some(rows) = Grid::new(&lines[i..end]).and_then(|grid| grid.rows(source))
        {
            tables.push(FoundTable { lines: i..end, rows });
        }
        i = end.max(i + 1);
    }
    tables
}

/// Where a table ends that begins with a border: behind its last border.
fn extent(lines: &[Line<'_>], first: usize) -> usize {
    let is_edge = |c: char| is_corner(c) || is_upright(c);
    let is_inside = |line: &&Line<'_>| {
        let text = line.trimmed();
        line.page == lines[first].page && text.starts_with(is_edge) && text.ends_with(is_edge)
    };
    let inside = lines[first..].iter().take_while(is_inside).count();
    let last = lines[first..first + inside].iter().rposition(|line| is_border(line.trimmed()));
    last.map_or(first, |last| first + last + 1)
}

struct Grid<'l> {
    lines: Vec<Drawn<'l>>,
    /// Characters at which borders of columns stand.
    borders: Vec<usize>,
}

/// The text between two borders that cross the table, or a part of it.
struct Band {
    /// Which columns have a border above.
    opened: Vec<bool>,
    lines: Range<usize>,
    /// Whether its upper border has double strokes, as that under a head.
    below_head: bool,
}

impl<'l> Grid<'l> {
    fn new(lines: &'l [Line<'l>]) -> Option<Self> {
        let lines: Vec<Drawn<'l>> = lines.iter().map(Drawn::new).collect();
        let mut borders: Vec<usize> = Vec::new();
        for line in lines.iter().filter(|line| is_border(line.line.trimmed())) {
            let corners = line.chars.iter().enumerate().filter(|(_, (_, c))| is_corner(*c));
            borders.extend(corners.map(|(place, _)| place));
            borders.sort_unstable();
            borders.dedup();
            if borders.len() > MOST_BORDERS {
                return None;
            }
        }
        (borders.len() > 1).then_some(Self { lines, borders })
    }

    fn columns(&self) -> usize {
        self.borders.len() - 1
    }

    /// Which columns a line crosses with strokes.
    fn ruled(&self, line: &Drawn<'_>) -> Vec<bool> {
        let mut ruled: Vec<bool> = Vec::with_capacity(self.columns());
        for pair in self.borders.windows(2) {
            let mut inside = (pair[0] + 1..pair[1]).map(|place| line.at(place));
            let is_line =
                inside.all(|c| c.is_some_and(|c| is_stroke(c) || is_corner(c) || c == ':'));
            ruled.push(is_line && pair[1] > pair[0] + 1);
        }
        ruled
    }

    fn bands(&self) -> Vec<Band> {
        let mut bands: Vec<Band> = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            let opened = self.ruled(line);
            if opened.contains(&true) {
                let below_head = line.chars.iter().any(|(_, c)| matches!(c, '=' | '═'));
                bands.push(Band { opened, lines: at + 1..at + 1, below_head });
            } else if let Some(band) = bands.last_mut() {
                band.lines.end = at + 1;
            }
        }
        bands.retain(|band| !band.lines.is_empty());
        bands
    }

    /// The borders of columns that stand in every line of a band.
    fn borders_of(&self, band: &Band) -> Vec<usize> {
        let last = self.columns();
        let stands = |border: &usize| {
            let place = self.borders[*border];
            let stands =
                |line: &Drawn<'_>| line.at(place).is_some_and(|c| is_upright(c) || is_corner(c));
            *border == 0 || *border == last || self.lines[band.lines.clone()].iter().all(stands)
        };
        (0..=last).filter(stands).collect()
    }

    /// Where the borders of a line stand: its own uprights if there are as many as the band has
    /// borders, for wide characters push them on; else where the table has them.
    fn places(&self, line: &Drawn<'_>, borders: &[usize]) -> Vec<usize> {
        let own: Vec<usize> = line
            .chars
            .iter()
            .enumerate()
            .filter(|(_, (_, c))| is_upright(*c))
            .map(|(place, _)| place)
            .collect();
        if own.len() == borders.len() {
            return own;
        }
        borders.iter().map(|border| self.borders[*border]).collect()
    }

    fn rows(&self, source: &Decoded<'_>) -> Option<Vec<RawRow>> {
        let mut bands = self.bands();
        let head = bands.iter().rposition(|band| band.below_head);
        // Borders only around the head and the whole, as database clients print them: every line below
        // is a row. Where the head has a border of its own kind, every row has one.
        if head.is_none()
            && bands.len() == 2
            && let Some(last) = bands.pop()
        {
            bands.extend(self.line_by_line(&last));
        }
        let head = head.unwrap_or(0);
        let mut rows: Vec<RawRow> = Vec::new();
        // For each column, the row and cell that hold it.
        let mut above: Vec<Option<(usize, usize)>> = vec![None; self.columns()];
        for (number, band) in bands.iter().enumerate() {
            let borders = self.borders_of(band);
            let mut cells = Vec::new();
            for (nth, pair) in borders.windows(2).enumerate() {
                let columns = pair[0]..pair[1];
                let mut made = laras_model::RawCell {
                    colspan: columns.len() as u16,
                    rowspan: 1,
                    ..Default::default()
                };
                for line in &self.lines[band.lines.clone()] {
                    let places = self.places(line, &borders);
                    add(&mut made, line.cell(places[nth] + 1, places[nth + 1], source));
                }
                let goes_on = !columns.clone().any(|column| band.opened[column]);
                if goes_on && let Some((row, cell)) = above[pair[0]] {
                    let upper: &mut laras_model::RawCell = &mut rows[row].cells[cell];
                    upper.rowspan = upper.rowspan.saturating_add(1);
                    add(upper, made);
                } else {
                    above[columns].fill(Some((rows.len(), cells.len())));
                    cells.push(made);
                }
            }
            let first = self.lines[band.lines.start].line;
            rows.push(row(cells, first, number < head, source));
        }
        (self.columns() > 1 && !rows.is_empty()).then_some(rows)
    }

    /// A band as one for each line that begins a row: one with something in the first column, or any
    /// where the first column is empty.
    fn line_by_line(&self, band: &Band) -> Vec<Band> {
        let borders = self.borders_of(band);
        let is_first_blank = |at: &usize| {
            let line = &self.lines[*at];
            let places = self.places(line, &borders);
            let (from, to) = (line.offset(places[0] + 1), line.offset(places[1]));
            is_blank(line.line.raw[from..to.max(from)].chars())
        };
        let has_first = !band.lines.clone().all(|at| is_first_blank(&at));
        let mut split: Vec<Band> = Vec::new();
        for at in band.lines.clone() {
            match split.last_mut().filter(|_| has_first && is_first_blank(&at)) {
                Some(last) => last.lines.end = at + 1,
                None => split.push(Band {
                    opened: vec![true; self.columns()],
                    lines: at..at + 1,
                    below_head: band.below_head,
                }),
            }
        }
        split
    }
}

//! The ways converters write tables, and a report rewritten in one of them.

mod aligned;
mod drawn;
mod fill;
mod html;
mod legacy;
mod pipes;

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

pub use legacy::legacy_text;
pub(crate) use legacy::to_bytes;

use aligned::Rows;

use crate::document::{Document, Segment};
use crate::error::CorpusError;
use crate::lines::{Emit, LineMap};
use crate::rng::Rng;

/// How a converter writes a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Style {
    /// One line a row, cells parted by tabs: the source as it is.
    Tabs,
    /// Markdown rows with a rule line after the first of each run; `|` inside cells escaped.
    Pipes,
    /// `<table>` with one line a row; header cells joined again with `colspan` and `rowspan`.
    Html,
    /// A grid of `+---+` and `|` around every cell, as pandoc prints it: cells wrapped over lines.
    Grid,
    /// Columns that lines of dashes show, cells wrapped over lines, a blank line behind every row.
    Rulers,
    /// Columns aligned by spaces as `pdftotext -layout` prints them: cells wrapped over lines.
    Aligned,
    /// Tabs, but windows-1252 with CRLF; characters that it lacks are transliterated.
    Windows1252,
    /// Aligned columns in windows-1252 with CRLF.
    AlignedWindows1252,
    /// Another style on every page.
    Mixed,
}

impl Style {
    /// Every style.
    pub const ALL: [Self; 9] = [
        Self::Tabs,
        Self::Pipes,
        Self::Html,
        Self::Grid,
        Self::Rulers,
        Self::Aligned,
        Self::Windows1252,
        Self::AlignedWindows1252,
        Self::Mixed,
    ];

    /// The name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tabs => "tabs",
            Self::Pipes => "pipes",
            Self::Html => "html",
            Self::Grid => "grid",
            Self::Rulers => "rulers",
            Self::Aligned => "aligned",
            Self::Windows1252 => "windows-1252",
            Self::AlignedWindows1252 => "aligned-windows-1252",
            Self::Mixed => "mixed",
        }
    }

    /// Whether the bytes are windows-1252 with CRLF instead of UTF-8 with LF.
    pub fn is_legacy(self) -> bool {
        matches!(self, Self::Windows1252 | Self::AlignedWindows1252)
    }
}

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Style {
    type Err = CorpusError;

    fn from_str(name: &str) -> Result<Self, CorpusError> {
        Self::ALL.into_iter().find(|style| style.as_str() == name).ok_or_else(|| {
            let known: Vec<&str> = Self::ALL.iter().map(|style| style.as_str()).collect();
            CorpusError::Unknown { what: "style", found: name.into(), known: known.join(", ") }
        })
    }
}

/// A rewritten report and where its lines went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restyled {
    /// The new text (encoding and line ends come later, in [`crate::write_variant`]).
    pub document: Document,
    /// Old line → new lines.
    pub map: LineMap,
}

/// Rewrites the tables of `report` in `style`. Prose stays as it is, but for aligned pages: there it
/// is filled to the width of the page, as a PDF prints it.
pub fn restyle(report: &Document, style: Style, seed: u64) -> Restyled {
    if matches!(style, Style::Tabs | Style::Windows1252) {
        let map = LineMap::identity(report.lines.len());
        return Restyled { document: report.clone(), map };
    }
    let rng = Rng::new(seed);
    let layout = aligned::Layout::draw(&mut rng.fork(1));
    let mut pages = rng.fork(2);
    let segments = report.segments();
    let tables = tables(report, &segments);
    let mut frames = Vec::new();
    for (number, runs) in tables.iter().enumerate() {
        let runs: Vec<Rows<'_>> = runs.iter().map(|run| report.rows(run)).collect();
        frames.push(layout.frame(&runs, &mut rng.fork(100 + number as u64)));
    }
    let mut on_page = style;
    let mut emit = Emit::default();
    for (number, segment) in segments.into_iter().enumerate() {
        let is_aligned = |style| matches!(style, Style::Aligned | Style::AlignedWindows1252);
        match segment {
            Segment::Prose(run) => {
                if style == Style::Mixed && (number == 0 || is_page_end(report, &run)) {
                    let styles = [Style::Tabs, Style::Pipes, Style::Html, Style::Aligned];
                    on_page = pages.pick(&styles).copied().unwrap_or(Style::Tabs);
                }
                for line in &report.lines[run] {
                    if is_aligned(on_page) {
                        layout.prose(line, &mut emit);
                    } else {
                        emit.keep(line.clone());
                    }
                }
            }
            Segment::Table(run) => {
                let rows = report.rows(&run);
                let table = tables.iter().position(|runs| runs.contains(&run));
                match (on_page, table.map(|table| &frames[table])) {
                    (Style::Pipes, _) => pipes::table(&rows, &mut emit),
                    (Style::Html, _) => html::table(&rows, &mut emit),
                    (Style::Grid, _) => drawn::grid(&rows, &mut emit),
                    (Style::Rulers, _) => drawn::rulers(&rows, &mut emit),
                    (on_page, Some(frame)) if is_aligned(on_page) => frame.print(&rows, &mut emit),
                    _ => report.lines[run].iter().for_each(|line| emit.keep(line.clone())),
                }
            }
        }
    }
    let (document, map) = emit.finish(report.ends_with_feed);
    Restyled { document, map }
}

/// The runs of rows that are one table on several pages: equally wide, with nothing between them
/// but a few short lines. A page prints their columns at the same places.
fn tables(report: &Document, segments: &[Segment]) -> Vec<Vec<Range<usize>>> {
    let width = |run: &Range<usize>| report.rows(run).iter().map(Vec::len).max();
    let mut tables: Vec<Vec<Range<usize>>> = Vec::new();
    let mut is_parted = true;
    for segment in segments {
        match segment {
            Segment::Prose(run) => {
                let printed =
                    report.lines[run.clone()].iter().filter(|line| !line.trim().is_empty());
                let lengths: Vec<usize> = printed.map(|line| line.chars().count()).collect();
                is_parted |= lengths.len() > 4 || lengths.iter().any(|length| *length > 90);
            }
            Segment::Table(run) => {
                let before = tables.last_mut().filter(|_| !is_parted);
                match before.filter(|runs| runs.iter().all(|other| width(other) == width(run))) {
                    Some(runs) => runs.push(run.clone()),
                    None => tables.push(vec![run.clone()]),
                }
                is_parted = false;
            }
        }
    }
    tables
}

/// Two blank lines together, or a form feed: the converter's page end.
fn is_page_end(report: &Document, run: &Range<usize>) -> bool {
    let lines = &report.lines[run.clone()];
    lines.windows(2).any(|pair| pair.iter().all(|line| line.trim().is_empty()))
        || lines.iter().any(|line| line.contains('\u{c}'))
}

//! Rows of cells as printed, with what each cell holds; spans resolved to positions.

use laras_model::{Confidence, Decimal, Fragment, Place, RawCell, SharedText, TableStyle};
use laras_number::{Reader, Readings, read};

use crate::kind::{CellKind, kind_of};
use crate::logical::{Choice, number};
use crate::wide_heads::part_wide_heads;

/// A printed cell and what it holds.
#[derive(Clone, Debug)]
pub(crate) struct SheetCell {
    pub(crate) text: SharedText,
    /// Whether the text is empty, which is asked for again and again.
    pub(crate) is_blank: bool,
    pub(crate) place: Place,
    pub(crate) colspan: u16,
    pub(crate) rowspan: u16,
    pub(crate) kind: CellKind,
    pub(crate) readings: Readings,
    /// How the reading was chosen; none before the table is put together.
    pub(crate) choice: Option<Choice>,
    /// Column of the table; the position as printed until the row is aligned.
    pub(crate) column: usize,
}

impl SheetCell {
    pub(crate) fn new(raw: RawCell, column: usize, reader: &mut Reader) -> Self {
        let readings = reader.read(&raw.text);
        let kind = kind_of(&readings);
        Self {
            is_blank: raw.text.is_empty(),
            text: raw.text,
            place: raw.place,
            colspan: raw.colspan.max(1),
            rowspan: raw.rowspan.max(1),
            kind,
            readings,
            choice: None,
            column,
        }
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.is_blank
    }

    /// The number for arithmetic; an explicit none is zero.
    pub(crate) fn number(&self) -> Option<Decimal> {
        number(self.kind, &self.readings)
    }

    /// Gives the cell another text, and reads it anew.
    pub(crate) fn set_text(&mut self, text: String) {
        self.readings = read(&text);
        self.kind = kind_of(&self.readings);
        self.is_blank = text.is_empty();
        self.text = text.into();
    }
}

/// A printed row.
#[derive(Clone, Debug)]
pub(crate) struct SheetRow {
    pub(crate) cells: Vec<SheetCell>,
    pub(crate) place: Place,
    /// Cells the source printed, blanks included; spans count as what they cover.
    pub(crate) printed: usize,
    /// Whether the source marks the row as a header.
    pub(crate) marked_header: bool,
    /// Whether positions come from spans or ruling lines and need no alignment.
    pub(crate) is_fixed: bool,
    /// How clearly its lines are one row, from 0 to 1.
    pub(crate) division: f64,
}

impl SheetRow {
    /// Cells that hold something.
    pub(crate) fn filled(&self) -> impl Iterator<Item = &SheetCell> {
        self.cells.iter().filter(|cell| !cell.is_blank())
    }

    /// Writes for each of the first columns the place in the row of the cell that covers it, as
    /// [`at`](Self::at) tells it, over those of another row.
    pub(crate) fn cover(&self, covering: &mut Vec<Option<usize>>, width: usize) {
        covering.clear();
        covering.resize(width, None);
        for (at, cell) in self.cells.iter().enumerate() {
            let end = (cell.column + usize::from(cell.colspan)).min(width);
            for slot in covering.get_mut(cell.column..end).unwrap_or_default() {
                slot.get_or_insert(at);
            }
        }
    }

    /// Whether it states words and nothing else.
    pub(crate) fn has_only_texts(&self) -> bool {
        self.filled().all(|cell| cell.kind == CellKind::Text)
    }

    /// The cell that covers a column.
    pub(crate) fn at(&self, column: usize) -> Option<&SheetCell> {
        self.cells.iter().find(|c| c.column <= column && column < c.column + usize::from(c.colspan))
    }
}

/// The rows of one fragment.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    pub(crate) style: TableStyle,
    pub(crate) rows: Vec<SheetRow>,
}

/// Whether a style gives every cell its true position.
fn is_fixed(style: TableStyle) -> bool {
    matches!(
        style,
        TableStyle::Html
            | TableStyle::Ruled
            | TableStyle::Tagged
            | TableStyle::Whitespace
            | TableStyle::Aligned
            | TableStyle::Drawn
    )
}

/// Resolves spans: a cell that reaches into later rows takes its columns there.
pub(crate) fn sheet(fragment: Fragment, reader: &mut Reader) -> Sheet {
    let fixed = is_fixed(fragment.style);
    let mut cells = fragment.rows.iter().flat_map(|row| &row.cells);
    let spanned = cells.any(|cell| cell.colspan > 1 || cell.rowspan > 1);
    let mut reaching: Vec<u16> = Vec::new();
    let mut rows = Vec::with_capacity(fragment.rows.len());
    for raw in fragment.rows {
        let mut cells = Vec::with_capacity(raw.cells.len());
        if !spanned {
            let made = raw.cells.into_iter().enumerate();
            cells.extend(made.map(|(column, cell)| SheetCell::new(cell, column, reader)));
            rows.push(SheetRow {
                printed: cells.len(),
                cells,
                place: raw.place,
                marked_header: raw.is_header,
                is_fixed: fixed,
                division: raw.division.map_or(1.0, Confidence::get),
            });
            continue;
        }
        let mut column = 0;
        let mut next = reaching.iter().map(|left| left.saturating_sub(1)).collect::<Vec<u16>>();
        for cell in raw.cells {
            while reaching.get(column).is_some_and(|left| *left > 0) {
                column += 1;
            }
            let made = SheetCell::new(cell, column, reader);
            let end = column + usize::from(made.colspan);
            if next.len() < end {
                next.resize(end, 0);
            }
            next[column..end].fill(made.rowspan - 1);
            column = end;
            cells.push(made);
        }
        while reaching.get(column).is_some_and(|left| *left > 0) {
            column += 1;
        }
        reaching = next;
        rows.push(SheetRow {
            cells,
            place: raw.place,
            printed: column,
            marked_header: raw.is_header,
            is_fixed: fixed,
            division: raw.division.map_or(1.0, Confidence::get),
        });
    }
    if !matches!(fragment.style, TableStyle::Aligned | TableStyle::Whitespace) {
        part_wide_heads(&mut rows);
    }
    if matches!(fragment.style, TableStyle::Html | TableStyle::Drawn) {
        trust_spans(spanned, &mut rows);
    }
    Sheet { style: fragment.style, rows }
}

/// Positions in HTML and between drawn borders are true only where the author used spans and the row
/// fills the table: other converters drop or flatten merged cells there as everywhere.
fn trust_spans(spanned: bool, rows: &mut [SheetRow]) {
    let widest = rows.iter().map(|row| row.printed).max().unwrap_or(0);
    for row in rows {
        row.is_fixed = spanned && row.printed == widest;
    }
}

#[cfg(test)]
mod tests {
    use laras_model::RawRow;

    use super::*;

    #[test]
    fn spans_push_the_cells_below_to_the_right() {
        let cell = |text: &str, colspan, rowspan| RawCell {
            text: text.into(),
            colspan,
            rowspan,
            ..RawCell::default()
        };
        let row = |cells| RawRow { cells, ..RawRow::default() };
        let fragment = Fragment {
            style: TableStyle::Html,
            rows: vec![
                row(vec![cell("No", 1, 2), cell("Anggaran", 2, 1), cell("%", 1, 2)]),
                row(vec![cell("Pagu", 1, 1), cell("Realisasi", 1, 1)]),
                row(vec![cell("1", 1, 1), cell("5", 1, 1), cell("4", 1, 1), cell("80", 1, 1)]),
            ],
        };
        let made = sheet(fragment, &mut Reader::default());
        let columns = |i: usize| made.rows[i].cells.iter().map(|c| c.column).collect::<Vec<_>>();
        assert_eq!(columns(0), [0, 1, 3]);
        assert_eq!(columns(1), [1, 2]);
        assert_eq!(columns(2), [0, 1, 2, 3]);
        assert_eq!(made.rows[1].printed, 4);
    }
}

//! Gathers the rows of a table's pieces: its header, what stands between its rows, its body.

use laras_model::{Flags, RowShape, SharedText, TableNote};

use crate::head_words::{likeness, signature};
use crate::header::is_column_numbers;
use crate::leading_head::{all_numbered, leading};
use crate::other_columns::place_by_heads;
use crate::region::{JointHeader, Piece, Region};
use crate::rejoin::BodyRow;
use crate::sheet::SheetRow;

/// Share of common heads from which two rows of a header are one.
const KNOWN: f64 = 0.8;

/// A row inside the body that is no data.
pub(crate) struct InnerRow {
    pub(crate) shape: RowShape,
    pub(crate) row: SheetRow,
    pub(crate) piece: usize,
}

/// The rows of a table by what they are.
pub(crate) struct Gathered {
    pub(crate) width: usize,
    /// The piece that the header is of.
    pub(crate) leading: usize,
    /// Header rows of that piece.
    pub(crate) header: Vec<(RowShape, SheetRow)>,
    pub(crate) inner: Vec<InnerRow>,
    pub(crate) body: Vec<BodyRow>,
}

/// Takes the rows of all pieces apart.
pub(crate) fn gather(region: Region, notes: &mut Vec<TableNote>) -> Gathered {
    let rows = region.pieces.iter().map(|piece| piece.sheet.rows.len()).sum();
    let leading = leading(&region.pieces, &region.joints);
    let mut gathered = Gathered {
        width: width(&region.pieces, leading),
        leading,
        header: Vec::new(),
        inner: Vec::new(),
        body: Vec::with_capacity(rows),
    };
    let widest_fixed = numbered_width(&region.pieces, leading).unwrap_or(usize::MAX);
    if let Some(piece) = region.pieces.get(leading).filter(|_| leading > 0) {
        let rows = piece.header.iter().copied().zip(piece.sheet.rows.iter().cloned());
        gathered.header.extend(rows);
        notes.push(TableNote {
            row: None,
            code: "header.repeated".to_owned(),
            text: format!(
                "the heads are those printed again at {}: above hardly any row shows the columns",
                piece.sheet.rows.first().map_or(0, |row| row.place.cited())
            ),
        });
    }
    let mut top = None;
    for (p, mut piece) in region.pieces.into_iter().enumerate() {
        for row in &mut piece.sheet.rows {
            // Positions are true in the piece's own grid; another may have lost columns, or one more.
            row.is_fixed &= row.printed >= gathered.width && row.printed <= widest_fixed;
        }
        let before = p.checked_sub(1).and_then(|joint| region.joints.get(joint));
        let header = match before {
            Some(joint) => joint.header,
            None if leading > 0 => JointHeader::Repeated,
            None => JointHeader::None,
        };
        // What the source marks as head and sets on top of page after page is no row.
        let first = piece.sheet.rows.first().filter(|row| row.marked_header).map(texts);
        if first.is_some() && first == top && piece.header.is_empty() {
            piece.header.push(RowShape::Header);
        }
        top = first;
        if header == JointHeader::Repeated {
            gathered.place_piece(&mut piece);
        }
        gathered.piece(p, piece, header);
    }
    if gathered.body.is_empty() && gathered.header.is_empty() {
        notes.push(TableNote {
            row: None,
            code: "table.empty".to_owned(),
            text: "no cell holds anything".to_owned(),
        });
    }
    gathered
}

impl Gathered {
    /// Puts the rows of a piece with heads of its own into the columns that have these heads here.
    fn place_piece(&self, piece: &mut Piece) {
        let is_header = |shape: &RowShape| *shape == RowShape::Header;
        let table: Vec<&SheetRow> =
            self.header.iter().filter(|(shape, _)| is_header(shape)).map(|(_, row)| row).collect();
        let above: Vec<&SheetRow> = self.body.iter().map(|body| &body.row).collect();
        let (heads, body) = piece.sheet.rows.split_at_mut(piece.header.len());
        let heads: Vec<&SheetRow> = heads
            .iter()
            .zip(&piece.header)
            .filter(|(_, shape)| is_header(shape))
            .map(|(row, _)| row)
            .collect();
        place_by_heads(&table, &above, &heads, body, self.width);
    }

    fn piece(&mut self, index: usize, piece: Piece, header: JointHeader) {
        let goes_on = header != JointHeader::None;
        let mut after_break = index > 0;
        let shapes = piece.header;
        let heads = shapes.len();
        for (i, row) in piece.sheet.rows.into_iter().enumerate() {
            let inner = |shape| InnerRow { shape, row: row.clone(), piece: index };
            match shapes.get(i).copied() {
                // The heads of the leading page are taken already, and stand for those of the first.
                Some(_) if index > 0 && index == self.leading => {}
                Some(shape) if index < self.leading => self.inner.push(inner(match shape {
                    RowShape::ColumnNumbers => shape,
                    _ => RowShape::RepeatedHeader,
                })),
                Some(shape) if index == 0 && !goes_on => self.header.push((shape, row)),
                // A page broke inside the header: what the next one adds belongs to it.
                Some(shape) if self.body.is_empty() && !self.is_known_head(&row) => {
                    self.header.push((shape, row));
                }
                Some(RowShape::ColumnNumbers) => self.inner.push(inner(RowShape::ColumnNumbers)),
                // Below a head that repeats, the rest of a cut row looks like one more row of heads.
                Some(_)
                    if header == JointHeader::Repeated
                        && i > 0
                        && i + 1 == heads
                        && row.filled().count() == 1
                        && !self.is_known_head(&row) =>
                {
                    self.body.push(BodyRow {
                        row,
                        piece: index,
                        after_break,
                        margin: 1.0,
                        flags: Flags::NONE,
                    });
                    after_break = false;
                }
                Some(_) => self.inner.push(inner(RowShape::RepeatedHeader)),
                None if is_column_numbers(&row)
                    && row.filled().count() >= 3
                    && self.numbers_alike(&row) =>
                {
                    self.inner.push(inner(RowShape::ColumnNumbers));
                }
                None if row.filled().next().is_none() => {}
                None => {
                    self.body.push(BodyRow {
                        row,
                        piece: index,
                        after_break,
                        margin: 1.0,
                        flags: Flags::NONE,
                    });
                    after_break = false;
                }
            }
        }
    }

    /// Whether the header has a row already.
    fn is_known_head(&self, row: &SheetRow) -> bool {
        let heads = signature(row);
        self.header.iter().any(|(_, known)| likeness(&signature(known), &heads) >= KNOWN)
    }

    /// Whether a row in the body repeats the header's column numbers, or there were none and it is
    /// the first.
    fn numbers_alike(&self, row: &SheetRow) -> bool {
        let printed = self.header.iter().find(|(shape, _)| *shape == RowShape::ColumnNumbers);
        printed.map_or(row.filled().count() == row.printed, |(_, numbers)| {
            let (a, b) = (texts(numbers), texts(row));
            a.iter().filter(|text| b.contains(text)).count() * 2 >= a.len()
        })
    }
}

fn texts(row: &SheetRow) -> Vec<SharedText> {
    row.filled().map(|cell| cell.text.clone()).collect()
}

/// The number of columns where column numbers stand over each: a page whose own columns were found
/// otherwise, as aligned text has them, does not change it.
fn numbered_width(pieces: &[Piece], leading: usize) -> Option<usize> {
    let first = pieces.get(leading).filter(|_| are_fixed(pieces))?;
    let printed = first.sheet.rows.first().filter(|_| all_numbered(first))?.printed;
    let suits = first.sheet.rows.iter().all(|row| row.printed == printed);
    (suits && first.body().len() >= FEWEST).then_some(printed)
}

/// Whether all cells know their places in the grids of their pieces.
fn are_fixed(pieces: &[Piece]) -> bool {
    pieces.iter().all(|piece| piece.sheet.rows.iter().all(|row| row.is_fixed))
}

/// Fewest rows below column numbers that show that these are right.
const FEWEST: usize = 3;

/// Number of columns: the column numbers say it, else the header, else most rows.
pub(crate) fn width(pieces: &[Piece], leading: usize) -> usize {
    let rows = || pieces.iter().flat_map(|p| p.sheet.rows.iter().map(|row| row.printed));
    if let Some(numbered) = numbered_width(pieces, leading) {
        return numbered;
    }
    if are_fixed(pieces) {
        return rows().max().unwrap_or(0);
    }
    let mode = |counts: &mut dyn Iterator<Item = usize>| {
        let mut tally = std::collections::BTreeMap::new();
        for count in counts {
            *tally.entry(count).or_insert(0_usize) += 1;
        }
        tally.into_iter().max_by_key(|(count, times)| (*times, *count))
    };
    let body = mode(
        &mut pieces.iter().flat_map(|p| p.sheet.rows[p.header.len()..].iter().map(|r| r.printed)),
    );
    let first = pieces.first();
    let head_rows = || first.into_iter().flat_map(|p| p.sheet.rows.iter().zip(&p.header));
    let numbers =
        head_rows().find(|(_, s)| **s == RowShape::ColumnNumbers).map(|(row, _)| row.printed);
    let heads = mode(&mut head_rows().map(|(row, _)| row.printed)).map(|(count, _)| count);
    let Some((usual, times)) = body else { return heads.unwrap_or(0) };
    let Some(heads) = numbers.or(heads) else { return usual };
    let all = pieces.iter().map(|p| p.sheet.rows.len() - p.header.len()).sum::<usize>();
    // Nearly every row has more cells than the header: the header lost one.
    if usual > heads && times * 5 >= all * 4 { usual } else { heads }
}

#[cfg(test)]
mod tests {
    use laras_model::{Fragment, RawCell, RawRow, TableStyle};
    use laras_number::Reader;

    use super::*;
    use crate::header::header_shapes;
    use crate::region::Joint;
    use crate::sheet::sheet;

    fn piece(rows: &[&str]) -> Piece {
        let cell = |text: &str| RawCell {
            text: text.into(),
            colspan: 1,
            rowspan: 1,
            ..RawCell::default()
        };
        let row =
            |row: &&str| RawRow { cells: row.split('|').map(cell).collect(), ..RawRow::default() };
        let fragment =
            Fragment { style: TableStyle::Aligned, rows: rows.iter().map(row).collect() };
        let sheet = sheet(fragment, &mut Reader::default());
        Piece { header: header_shapes(&sheet), sheet, block: 0 }
    }

    fn fixed(mut piece: Piece) -> Piece {
        piece.sheet.rows.iter_mut().for_each(|row| row.is_fixed = true);
        piece
    }

    #[test]
    fn heads_are_those_of_the_page_whose_rows_show_the_columns() {
        let first = fixed(piece(&["Program|Target Realisasi|Pagu", "1|2 3|4", "Arsip||"]));
        let next = fixed(piece(&[
            "Program|Target|Realisasi|Pagu",
            "1|2|3|4",
            "Arsip|10 Paket|8 Paket|2.500.000",
            "Koleksi|40 Paket|30 Paket|1.250.000",
            "Rapat|12 Kali|9 Kali|3.750.000",
        ]));
        let joint = Joint { evidence: 6, reasons: vec![], header: JointHeader::Repeated };
        let region = Region { pieces: vec![first, next], joints: vec![joint] };
        let mut notes = Vec::new();
        let gathered = gather(region, &mut notes);
        assert_eq!((gathered.leading, gathered.width), (1, 4));
        let heads: Vec<_> = gathered.header.iter().map(|(_, row)| texts(row).len()).collect();
        assert_eq!(heads, [4, 4], "the heads and numbers of the second page, once");
        let inner: Vec<_> = gathered.inner.iter().map(|row| (row.shape, row.piece)).collect();
        assert_eq!(inner[0], (RowShape::RepeatedHeader, 0), "those of the first are kept");
        assert_eq!(gathered.body.len(), 4);
        assert_eq!(notes.iter().filter(|note| note.code == "header.repeated").count(), 1);
    }

    #[test]
    fn column_numbers_say_how_many_columns_there_are_whatever_the_next_page_seems_to_have() {
        let head = ["Program|Target|Realisasi", "1|2|3"];
        let body = ["Arsip|10 Paket|8 Paket", "Koleksi|40 Paket|30 Paket", "Rapat|12|9"];
        let next = || piece(&["Bacaan||82,50|66,00", "Pameran|25 Paket||20 Paket"]);
        let first = |head: &[&str]| piece(&[head, body.as_slice()].concat());
        assert_eq!(width(&[first(&head), next()], 0), 3);
        assert_eq!(width(&[first(&head[..1]), next()], 0), 4);
        // Numbers over two columns of three say nothing.
        assert_eq!(width(&[first(&["Program|Target|Realisasi", "1|2|"]), next()], 0), 4);
    }
}

//! Which fragments are one table.
//!
//! A page break leaves furniture, a repeated header or nothing between two fragments of one table;
//! a caption, a title or a paragraph begins another. Every join is a sum of evidence, kept with the
//! table: a wrong join is worse than none.

use std::cell::LazyCell;

use laras_model::{Block, Fragment, RowShape};
use laras_number::Reader;

use crate::between::{Between, Gap, gap, running_lines};
use crate::columns::ColumnModel;
use crate::gather::width;
use crate::head_paths::paths;
use crate::head_words::{likeness, signature};
use crate::header::header_shapes;
use crate::joint_words::{says, words};
use crate::kind::CellKind;
use crate::lattice::{Room, WIDEST, least_cost};
use crate::sheet::{Sheet, SheetRow, sheet};

/// A fragment with its header found.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(crate) sheet: Sheet,
    /// Shapes of the first rows; the rest is body.
    pub(crate) header: Vec<RowShape>,
    /// Index of its block.
    pub(crate) block: usize,
}

impl Piece {
    fn header_rows(&self) -> impl Iterator<Item = &SheetRow> {
        self.sheet
            .rows
            .iter()
            .zip(&self.header)
            .filter_map(|(row, shape)| (*shape == RowShape::Header).then_some(row))
    }

    pub(crate) fn body(&self) -> &[SheetRow] {
        &self.sheet.rows[self.header.len()..]
    }

    /// The texts of the first row of heads.
    fn first_heads(&self) -> Vec<String> {
        self.header_rows().next().map(signature).unwrap_or_default()
    }

    fn signature(&self) -> Vec<String> {
        self.header_rows().flat_map(signature).collect()
    }

    /// The column numbers, without blanks, if the header has some.
    fn column_numbers(&self) -> Option<Vec<String>> {
        let mut rows = self.sheet.rows.iter().zip(&self.header);
        let (row, _) = rows.find(|(_, shape)| **shape == RowShape::ColumnNumbers)?;
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect();
        Some(row.filled().map(|cell| bare(&cell.text)).collect())
    }

    /// The usual number of cells.
    fn width(&self) -> usize {
        self.sheet.rows.iter().map(|row| row.printed).max().unwrap_or(0)
    }
}

/// How a piece came to stand in its table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Joint {
    /// Sum of the evidence; above zero the piece was joined.
    pub(crate) evidence: i32,
    /// What spoke for and against, in words.
    pub(crate) reasons: Vec<&'static str>,
    /// Whether the piece's header repeats the table's, or is garbage to be ignored.
    pub(crate) header: JointHeader,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JointHeader {
    None,
    Repeated,
    Garbled,
}

/// The pieces of one table.
#[derive(Debug)]
pub(crate) struct Region {
    pub(crate) pieces: Vec<Piece>,
    /// For each piece but the first, how it was joined.
    pub(crate) joints: Vec<Joint>,
}

/// Groups the fragments of a file into tables.
pub(crate) fn regions(blocks: &[Block], fragments: Vec<Fragment>) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    let running = running_lines(blocks);
    let mut reader = Reader::default();
    let mut fragments: Vec<Option<Fragment>> = fragments.into_iter().map(Some).collect();
    for (block, b) in blocks.iter().enumerate() {
        let fragment = b.fragment.and_then(|f| fragments.get_mut(f as usize)?.take());
        let Some(fragment) = fragment else { continue };
        for piece in split(sheet(fragment, &mut reader), block) {
            let joint = regions.last().and_then(|region| {
                let last = region.pieces.last()?;
                let first = region.pieces.first()?;
                let between = &blocks[last.block + usize::from(last.block < block)..block];
                joint(region, first, last, &piece, &Between { blocks: between, running: &running })
            });
            match (joint, regions.last_mut()) {
                (Some(joint), Some(region)) => {
                    region.pieces.push(piece);
                    region.joints.push(joint);
                }
                _ => regions.push(Region { pieces: vec![piece], joints: Vec::new() }),
            }
        }
    }
    regions
}

/// Splits a fragment where another header begins in its middle.
fn split(sheet: Sheet, block: usize) -> Vec<Piece> {
    let header = header_shapes(&sheet);
    let mut pieces = Vec::new();
    let mut rest = sheet;
    let mut shapes = header;
    loop {
        let cut = next_header(&rest, shapes.len());
        let Some(at) = cut else { break };
        let tail = rest.rows.split_off(at);
        let style = rest.style;
        pieces.push(Piece { sheet: rest, header: shapes, block });
        rest = Sheet { style, rows: tail };
        shapes = header_shapes(&rest);
    }
    pieces.push(Piece { sheet: rest, header: shapes, block });
    pieces
}

/// The next row below the body's first that begins a header: all heads, no values, at least three
/// cells, and values again below.
fn next_header(sheet: &Sheet, from: usize) -> Option<usize> {
    if from == 0 || sheet.rows.len() < from + 3 {
        return None;
    }
    let first = LazyCell::new(|| sheet.rows.first().map(signature).unwrap_or_default());
    (from + 1..sheet.rows.len() - 1).find(|i| {
        let row = &sheet.rows[*i];
        let filled = row.filled().count();
        filled >= 3
            && row.filled().all(|c| c.kind == CellKind::Text && crate::head_words::is_head(c))
            && (likeness(&signature(row), &first) >= 0.6
                || row.filled().all(|c| {
                    c.text.chars().count() <= 40 && c.text.chars().any(char::is_uppercase)
                }) && filled * 3 >= row.printed * 2)
    })
}

/// Evidence for a piece to go on with a table; `None` if it begins another.
fn joint(
    region: &Region,
    first: &Piece,
    last: &Piece,
    piece: &Piece,
    between: &Between<'_>,
) -> Option<Joint> {
    let mut joint = Joint { evidence: 0, reasons: Vec::new(), header: JointHeader::None };
    let mut say = |evidence: i32, reason: &'static str| {
        joint.evidence += evidence;
        joint.reasons.push(reason);
    };
    match gap(between) {
        Gap::Nothing => say(3, "nothing but blank lines or furniture between"),
        Gap::Continued => say(5, "the caption says it goes on"),
        Gap::Loose => say(-1, "a short line between"),
        Gap::Text => return None,
    }
    let widths = (first.width(), piece.width());
    let near = widths.0.abs_diff(widths.1) * 4 <= widths.0.max(widths.1);
    let restarts = restarts(piece);
    let ended = last.body().last().is_some_and(is_total);
    if ended {
        say(-3, "the table had ended with a total");
    }
    if continues_numbers(last, piece) {
        say(3, "the numbering goes on");
    } else if restarts && region.pieces.iter().any(|p| !p.body().is_empty()) {
        say(-2, "the numbering starts anew");
    }
    let signature = piece.signature();
    if signature.is_empty() {
        match (widths.0 == widths.1, near) {
            (true, _) => say(2, "as many cells, no header of its own"),
            (false, true) => say(1, "nearly as many cells, no header of its own"),
            (false, false) => say(-2, "another number of cells"),
        }
        // The kinds of the columns are what a table without header has to show.
        let alike = kinds_alike(last.body(), piece.body());
        if alike < 0.35 && widths.0 == widths.1 {
            say(-3, "other kinds of values");
        }
    } else if likeness(&signature, &first.signature()) >= 0.6
        || (first.first_heads().len() >= 3
            && likeness(&piece.first_heads(), &first.first_heads()) >= 0.8)
    {
        say(3, "the header repeats");
        joint.header = JointHeader::Repeated;
    } else if numbers_return(first, piece) {
        say(3, "the column numbers and their formulas return below like heads");
        joint.header = JointHeader::Repeated;
    } else if is_garbled(region, piece, near) {
        say(0, "its header fits neither its rows nor the table");
        joint.header = JointHeader::Garbled;
    } else {
        return None;
    }
    (joint.evidence > 0).then_some(joint)
}

/// Whether a header returns that the converter has garbled anew: its heads lost letters here and there,
/// its column numbers and the formulas beside them did not.
fn numbers_return(first: &Piece, piece: &Piece) -> bool {
    let (Some(numbers), Some(own)) = (first.column_numbers(), piece.column_numbers()) else {
        return false;
    };
    numbers == own
        && numbers.iter().filter(|number| number.contains('=')).count() >= FORMULAS
        && words_alike(&words_of(first), &words_of(piece)) >= WORDS_ALIKE
}

/// Fewest formulas that two tables of one form do not share by chance.
const FORMULAS: usize = 2;
/// Least share of the words of their heads that they have in common.
const WORDS_ALIKE: f64 = 0.5;

fn words_of(piece: &Piece) -> Vec<String> {
    let cells = piece.header_rows().flat_map(SheetRow::filled);
    cells.flat_map(|cell| crate::head_words::words(&cell.text)).collect()
}

fn words_alike(a: &[String], b: &[String]) -> f64 {
    let common = a.iter().filter(|word| b.contains(word)).count();
    common as f64 / a.len().max(b.len()).max(1) as f64
}

/// Whether the first body row begins with the number 1.
fn restarts(piece: &Piece) -> bool {
    piece.body().first().and_then(|row| row.cells.first()).is_some_and(|cell| {
        let text = cell.text.trim_matches(['.', '(', ')', ' ']);
        matches!(text, "1" | "01" | "I" | "A" | "a")
    })
}

fn first_number(row: &SheetRow) -> Option<u32> {
    row.cells.first()?.text.trim_matches(['.', '(', ')', ' ']).parse().ok().filter(|n| *n < 10_000)
}

fn continues_numbers(last: &Piece, piece: &Piece) -> bool {
    let before = last.body().iter().rev().find_map(first_number);
    let after = piece.body().iter().find_map(first_number);
    matches!((before, after), (Some(b), Some(a)) if a == b + 1 && a > 1)
}

/// Whether a row is the total of a table.
pub(crate) fn is_total(row: &SheetRow) -> bool {
    let Some(name) = row.filled().find(|cell| cell.kind == CellKind::Text) else { return false };
    let letters: String =
        name.text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let begins = words("total").any(|word| letters.starts_with(word));
    let alone = || {
        let mut rest = letters.clone();
        for word in words("total").chain(words("around")) {
            rest = rest.replace(word, "");
        }
        rest.is_empty() && says("total", &letters)
    };
    ((begins && name.column <= 1) || alone()) && row.filled().any(|cell| cell.kind.is_number())
}

/// Share of the columns that hold the same sort of thing in both bodies.
fn kinds_alike(a: &[SheetRow], b: &[SheetRow]) -> f64 {
    let width = a.iter().chain(b).map(|row| row.printed).max().unwrap_or(0).min(80);
    if width == 0 {
        return 1.0;
    }
    let mut covering = Vec::new();
    // For each column the share of the cells that are no texts.
    let mut sorts = |rows: &[SheetRow]| -> Vec<f64> {
        let mut sums = vec![[0.0, 0.0]; width];
        for row in rows.iter().take(60) {
            row.cover(&mut covering, width);
            for (sums, at) in sums.iter_mut().zip(&covering) {
                let Some(cell) = at.map(|at| &row.cells[at]).filter(|c| !c.is_blank()) else {
                    continue;
                };
                sums[usize::from(cell.kind == CellKind::Text)] += 1.0;
            }
        }
        let share = |[others, texts]: [f64; 2]| {
            let all = others + texts;
            if all > 0.0 { others / all } else { 0.5 }
        };
        sums.into_iter().map(share).collect()
    };
    let alike: f64 = sorts(a).iter().zip(sorts(b)).map(|(a, b)| 1.0 - (a - b).abs()).sum();
    alike / width as f64
}

/// Whether a header is garbage that a converter made: the table is wide, the numbering does not
/// start anew, and the rows fit the columns of the table as well as its own rows do.
fn is_garbled(region: &Region, piece: &Piece, near: bool) -> bool {
    let width = width(&region.pieces, 0);
    if !near || !(8..=WIDEST).contains(&width) || piece.header.len() > 3 || restarts(piece) {
        return false;
    }
    let (Some(first), Some(last)) = (region.pieces.first(), region.pieces.last()) else {
        return false;
    };
    let header: Vec<&SheetRow> = first.header_rows().collect();
    if header.is_empty() {
        return false;
    }
    let mut model = ColumnModel::expected(&paths(&header, width));
    let rows = || region.pieces.iter().flat_map(Piece::body);
    for row in rows().filter(|row| row.cells.len() == width) {
        let traits = model.row_traits(row);
        model.learn(row, &traits);
    }
    let (own, other) = (strain(last.body(), &model), strain(piece.body(), &model));
    matches!((own, other), (Some(own), Some(other)) if other <= own * FITS + 0.3)
}

/// How much worse than the table's own rows the rows of a piece may fit its columns.
const FITS: f64 = 1.4;
/// Rows tried for that.
const TRIED: usize = 14;

/// Mean cost of a filled cell when rows are laid on the columns; `None` without such rows.
fn strain(rows: &[SheetRow], model: &ColumnModel) -> Option<f64> {
    let (mut cost, mut cells) = (0.0, 0);
    let mut room = Room::default();
    for row in rows.iter().filter(|row| row.filled().count() >= 3).take(TRIED) {
        cost += least_cost(row, model, &mut room)?;
        cells += row.filled().count();
    }
    (cells > 0).then(|| cost / cells as f64)
}

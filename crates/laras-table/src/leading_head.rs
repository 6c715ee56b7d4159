//! Which page's header is the table's, where the pages of one table have it over other columns.
//!
//! A page that ends a row or two below the heads tells its columns badly: two stand as one, `7 8=(7/6)`.
//! The next page repeats the heads over rows that show where the columns are.

use laras_model::RowShape;

use crate::region::{Joint, JointHeader, Piece};
use crate::sheet::SheetRow;

/// Fewest rows with values that show where columns are.
const FEWEST: usize = 3;
/// Fewest values of such a row.
const VALUES: usize = 2;

/// The piece whose header is the table's: the first, or a later one with the same heads whose columns
/// its rows show, where the first hardly has rows.
pub(crate) fn leading(pieces: &[Piece], joints: &[Joint]) -> usize {
    let Some(first) = pieces.first().filter(|first| knows_places(first)) else { return 0 };
    if first.header.is_empty() || telling_rows(first) >= FEWEST {
        return 0;
    }
    let repeats = pieces.iter().enumerate().skip(1).zip(joints).filter(|((_, piece), joint)| {
        joint.header == JointHeader::Repeated
            && knows_places(piece)
            && piece.header.contains(&RowShape::Header)
            && width(piece) > width(first)
            && headed(piece) > headed(first)
            && telling_rows(piece) >= FEWEST
    });
    let of_most_rows = repeats.max_by_key(|((at, piece), _)| {
        (headed(piece), telling_rows(piece), std::cmp::Reverse(*at))
    });
    of_most_rows.map_or(0, |((at, _), _)| at)
}

/// Whether a number of its own stands over each column.
pub(crate) fn all_numbered(piece: &Piece) -> bool {
    let mut rows = piece.sheet.rows.iter().zip(&piece.header);
    let numbers = rows.find(|(_, shape)| **shape == RowShape::ColumnNumbers);
    numbers.is_some_and(|(row, _)| row.filled().count() == row.printed)
}

fn width(piece: &Piece) -> usize {
    piece.sheet.rows.iter().map(|row| row.printed).max().unwrap_or(0)
}

/// How many columns have a head, or a number, that stands over no other.
fn headed(piece: &Piece) -> usize {
    let rows = piece.sheet.rows.iter().take(piece.header.len());
    let narrow = |row: &SheetRow| -> Vec<usize> {
        row.filled().filter(|cell| cell.colspan == 1).map(|cell| cell.column).collect()
    };
    let mut columns: Vec<usize> = rows.flat_map(narrow).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.len()
}

fn knows_places(piece: &Piece) -> bool {
    piece.sheet.rows.iter().all(|row| row.is_fixed)
}

fn telling_rows(piece: &Piece) -> usize {
    let values = |row: &SheetRow| row.filled().filter(|cell| cell.kind.is_value()).count();
    piece.body().iter().filter(|row| values(row) >= VALUES).count()
}

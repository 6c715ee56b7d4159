//! Names that ran together with the name of the next row, parted.

use laras_model::{Flag, TableNote};

use crate::cut::joined_text;
use crate::kind::CellKind;
use crate::names::KnownNames;
use crate::rejoin::BodyRow;
use crate::sheet::SheetCell;

/// Parts names that ran together: the cell begins with a known name, and its rest with the text of
/// the next row is a known name too.
pub(crate) fn part_merged_names(
    rows: &mut [BodyRow],
    names: &KnownNames<'_>,
    notes: &mut Vec<TableNote>,
) {
    for i in 0..rows.len().saturating_sub(1) {
        let (upper, lower) = rows.split_at_mut(i + 1);
        let (above, below) = (&mut upper[i], &mut lower[0]);
        if !(above.has_values() && below.has_values()) {
            continue;
        }
        for c in 0..above.row.cells.len() {
            let SheetCell { text, kind, column, place, .. } = &above.row.cells[c];
            if *kind != CellKind::Text {
                continue;
            }
            let is_below = |n: &&mut SheetCell| n.column == *column && n.kind == CellKind::Text;
            let Some(next) = below.row.cells.iter_mut().find(is_below) else { continue };
            let Some(at) = names.cut(text, &next.text) else { continue };
            let (first, rest) = (text[..at].trim().to_owned(), text[at..].trim());
            notes.push(TableNote {
                row: None,
                code: "name.split".to_owned(),
                text: format!(
                    "'{rest}' on line {} begins the name of line {}",
                    place.cited(),
                    next.place.cited()
                ),
            });
            next.set_text(joined_text(rest, &next.text));
            above.row.cells[c].set_text(first);
            above.flags.insert(Flag::NameSplit);
            below.flags.insert(Flag::NameJoined);
        }
    }
}

//! Rows whose empty cells vanished.

use crate::cell;
use crate::document::{Document, Segment};
use crate::lines::{Emit, LineMap};
use crate::rng::Rng;

/// Share of the data rows that lose their empty cells.
const PERCENT: usize = 30;

/// Drops the empty cells of some data rows; header rows keep theirs.
pub(super) fn drop_cells(report: &Document, rng: &mut Rng) -> (Document, LineMap) {
    let mut emit = Emit::default();
    for segment in report.segments() {
        match segment {
            Segment::Prose(run) => report.lines[run].iter().for_each(|l| emit.keep(l.clone())),
            Segment::Table(run) => {
                let rows = report.rows(&run);
                let head = cell::header_rows(&rows);
                for (index, row) in rows.iter().enumerate() {
                    let printed: Vec<&str> =
                        row.iter().copied().filter(|text| !text.trim().is_empty()).collect();
                    let is_hit = index >= head && printed.len() >= 2 && rng.chance(PERCENT);
                    emit.keep(if is_hit { printed.join("\t") } else { row.join("\t") });
                }
            }
        }
    }
    emit.finish(report.ends_with_feed)
}

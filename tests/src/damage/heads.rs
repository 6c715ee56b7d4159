//! Tables whose header is gone.

use crate::cell;
use crate::document::{Document, Segment};
use crate::lines::{Emit, LineMap};
use crate::rng::Rng;

/// Share of the tables that lose their header.
const PERCENT: usize = 50;

/// Drops the header rows of some tables; numbers of columns stand among them and go, too.
pub(super) fn lose(report: &Document, rng: &mut Rng) -> (Document, LineMap) {
    let mut emit = Emit::default();
    for segment in report.segments() {
        match segment {
            Segment::Prose(run) => report.lines[run].iter().for_each(|l| emit.keep(l.clone())),
            Segment::Table(run) => {
                let rows = report.rows(&run);
                let lost = if rng.chance(PERCENT) { cell::header_rows(&rows) } else { 0 };
                for (index, row) in rows.iter().enumerate() {
                    if index < lost {
                        emit.keep(String::new());
                    } else {
                        emit.keep(row.join("\t"));
                    }
                }
            }
        }
    }
    emit.finish(report.ends_with_feed)
}

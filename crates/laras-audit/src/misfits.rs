//! Values that cannot belong in their column: an amount under a percent, a digit among millions.
//!
//! They are rarely the office's: mostly a row was laid on its columns the wrong way, so what stands
//! beside them is doubtful too.

use laras_model::{Extraction, Flag, Observation};

use crate::book::Book;
use crate::numbers;

/// Fewest values of a column that say what is usual.
const FEWEST: usize = 4;
/// Digits by which an amount of rupiah may differ from the middle one of its column.
const DIGITS_APART: u32 = 6;
/// Digits before the comma from which a percent cannot be one.
const NO_PERCENT: u32 = 6;

/// For every observation, whether its value cannot belong in its column.
pub(crate) fn misfits(book: &Book<'_>) -> Vec<bool> {
    let mut misfits: Vec<bool> = book
        .extraction
        .observations
        .iter()
        .map(|o| o.unit == "%" && digits(o) >= NO_PERCENT)
        .collect();
    let mut all: Vec<u32> = Vec::new();
    let mut usual: Vec<u32> = Vec::new();
    for table in &book.tables {
        for (_, cells) in table.columns.iter().filter(|((_, measure), _)| measure.is_money()) {
            all.clear();
            all.extend(cells.iter().map(|at| digits(book.get(*at))));
            usual.clear();
            usual.extend(all.iter().filter(|d| **d > 0));
            if usual.len() < FEWEST {
                continue;
            }
            let half = usual.len() / 2;
            let (_, middle, _) = usual.select_nth_unstable(half);
            for (at, digits) in cells.iter().zip(&all) {
                misfits[*at] |= *digits > 0 && digits.abs_diff(*middle) >= DIGITS_APART;
            }
        }
    }
    misfits
}

/// Flags the values that cannot belong where they stand.
pub(crate) fn flag(extraction: &mut Extraction, misfits: &[bool]) {
    let pairs = extraction.observations.iter_mut().zip(misfits);
    for (o, _) in pairs.filter(|(_, misfit)| **misfit) {
        o.flags.insert(Flag::UnitMismatch);
    }
}

/// Digits before the comma; none for zero and for what is no number.
fn digits(o: &Observation) -> u32 {
    let Some(value) = o.value.number() else { return 0 };
    numbers::digits(value).saturating_sub(value.scale())
}

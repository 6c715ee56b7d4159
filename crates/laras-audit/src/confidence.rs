//! How sure every number is: a logistic model over what speaks for and against it.
//!
//! The features are counts and shares from every stage: how the cell was read, how the row was laid
//! on its columns, where the name comes from, whether equations hold and whether another table says
//! the same. Their weights stand in `data/confidence.tsv`, which `cargo xtask calibrate` fits on
//! hand-made gold; `docs/confidence.md` holds what that command measured.

use std::collections::BTreeMap;

use laras_model::{Confidence, Extraction};

use crate::book::Book;
use crate::check::Check;
use crate::evidence::each;
use crate::features::{FEATURES, Known};
use crate::misfits::misfits;

/// What is known of every observation, one row each; see [`FEATURES`].
pub fn features(extraction: &Extraction) -> Vec<[f64; FEATURES.len()]> {
    let book = Book::new(extraction);
    let checks = crate::checks(&book);
    each(&book, &checks, &misfits(&book)).map(Known::all).collect()
}

/// Different sets of features that are kept with what they weigh.
const LAST: usize = 8;

/// The probability of every observation.
pub(crate) fn confidences(book: &Book<'_>, checks: &[Check], misfits: &[bool]) -> Vec<Confidence> {
    let of = |known: Known| Confidence::new(1.0 / (1.0 + (-known.weighed()).exp()));
    // Most numbers have what one of the last had.
    let mut last = [(Known::default(), of(Known::default())); LAST];
    let mut next = 0;
    each(book, checks, misfits)
        .map(|known| {
            if let Some((_, same)) = last.iter().find(|(other, _)| *other == known) {
                return *same;
            }
            let confidence = of(known);
            last[next % LAST] = (known, confidence);
            next += 1;
            confidence
        })
        .collect()
}

/// Sets the confidence of observations and of the tables that hold them.
pub(crate) fn set(extraction: &mut Extraction, confidences: &[Confidence]) {
    let mut sums: BTreeMap<&str, (f64, u32)> = BTreeMap::new();
    for (o, confidence) in extraction.observations.iter_mut().zip(confidences) {
        o.confidence = *confidence;
    }
    // The numbers of a table stand together.
    for of_one in extraction.observations.chunk_by(|a, b| a.table == b.table) {
        let (sum, count) = sums.entry(of_one[0].table.as_str()).or_default();
        for o in of_one {
            *sum += o.confidence.get();
            *count += 1;
        }
    }
    for table in &mut extraction.tables {
        if let Some((sum, count)) = sums.get(table.id.as_str()) {
            table.confidence = Confidence::new(sum / f64::from(*count));
        }
    }
}

//! One-to-one pairs of gold and found rows, best agreement first.

use std::collections::BTreeMap;

use crate::tables::{PlacedBy, Row};

/// Pairs gold rows with found ones near them; `agree` weighs a pair, `None` forbids it. The result
/// gives for each gold row the found one.
pub(crate) fn pair(
    gold: &[Row],
    found: &[Row],
    by: PlacedBy,
    near: i64,
    agree: impl Fn(&Row, &Row) -> Option<i64>,
) -> BTreeMap<usize, usize> {
    let mut at: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (j, row) in found.iter().enumerate() {
        at.entry(row.place(by)).or_default().push(j);
    }
    let mut edges = Vec::new();
    for (i, row) in gold.iter().enumerate() {
        for distance in -near..=near {
            for j in at.get(&(row.place(by) + distance)).into_iter().flatten() {
                if let Some(weight) = agree(row, &found[*j]) {
                    edges.push((-weight, distance.abs(), i, *j));
                }
            }
        }
    }
    edges.sort_unstable();
    let mut taken = vec![false; found.len()];
    let mut pairs = BTreeMap::new();
    for (_, _, i, j) in edges {
        if !taken[j] && !pairs.contains_key(&i) {
            pairs.insert(i, j);
            taken[j] = true;
        }
    }
    pairs
}

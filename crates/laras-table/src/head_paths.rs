//! What stands over each column of a table.

use crate::sheet::SheetRow;

/// What stands over each column, outermost first.
///
/// Flattened merged heads are blanks: a blank belongs to the head on its left if heads stand below
/// both and nothing above parts them. Where the source gives spans, they decide alone.
pub(crate) fn paths(rows: &[&SheetRow], width: usize) -> Vec<Vec<String>> {
    let texts: Vec<Vec<Option<&str>>> =
        rows.iter().map(|row| texts_by_column(row, width)).collect();
    let mut paths: Vec<Vec<String>> = vec![Vec::new(); width];
    // Column whose head stands over each column in the row above.
    let mut owner_above: Vec<usize> = vec![usize::MAX; width];
    for (r, line) in texts.iter().enumerate() {
        let below = |c: usize| texts[r + 1..].iter().any(|next| next[c].is_some());
        let mut owner: Vec<usize> = vec![usize::MAX; width];
        let mut left: Option<usize> = None;
        for c in 0..width {
            if line[c].is_some() {
                let same_cell = c > 0 && rows[r].at(c).is_some_and(|cell| cell.column < c);
                owner[c] = if same_cell { owner[c - 1] } else { c };
                left = Some(owner[c]);
            } else if let Some(from) = left
                && rows[r].at(from).is_none_or(|head| head.colspan == 1 || !rows[r].is_fixed)
                && below(c)
                && below(from)
                && (r == 0 || owner_above[c] == owner_above[from])
            {
                owner[c] = from;
            } else {
                left = None;
            }
        }
        for c in 0..width {
            let Some(text) = line.get(owner[c]).copied().flatten() else { continue };
            let text = text.replace('\n', " ");
            if paths[c].last() != Some(&text) {
                paths[c].push(text);
            }
        }
        for c in 0..width {
            // A column without a head in this row stays with the head above it.
            if owner[c] != usize::MAX {
                owner_above[c] = owner[c];
            } else if owner_above[c] == usize::MAX {
                owner_above[c] = width + c;
            }
        }
    }
    paths
}

fn texts_by_column(row: &SheetRow, width: usize) -> Vec<Option<&str>> {
    let mut line = vec![None; width];
    for cell in row.filled() {
        for slot in line.iter_mut().skip(cell.column).take(usize::from(cell.colspan)) {
            *slot = Some(cell.text.as_str());
        }
    }
    line
}

//! Markdown tables. The rule follows the first row of every run, whatever that row is: a
//! converter that lost the header at a page break does the same.

use crate::lines::Emit;

/// Prints one run of rows.
pub(super) fn table(rows: &[Vec<&str>], emit: &mut Emit) {
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
        emit.keep(format!("| {} |", cells.join(" | ")));
        if index == 0 {
            emit.extra(format!("|{}", " --- |".repeat(row.len())));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipes_inside_cells_are_escaped() {
        let mut emit = Emit::default();
        table(&[vec!["a|b", ""], vec!["1", "2"]], &mut emit);
        let (document, map) = emit.finish(false);
        assert_eq!(document.to_text(), "| a\\|b |  |\n| --- | --- |\n| 1 | 2 |");
        assert_eq!(map.first(2), 3);
    }
}

//! Tables as comma-separated values: one line a row, quotes where a cell holds a comma or a quote.

use crate::lines::Emit;

/// Prints one run of rows.
pub(super) fn table(rows: &[Vec<&str>], emit: &mut Emit) {
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| field(cell)).collect();
        emit.keep(cells.join(","));
    }
}

/// A field as RFC 4180 has it.
fn field(cell: &str) -> String {
    if cell.contains([',', '"']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_and_quotes_are_quoted() {
        let mut emit = Emit::default();
        table(&[vec!["No", "Uraian"], vec!["1", "Rapat \"A\", B"]], &mut emit);
        let (document, map) = emit.finish(false);
        assert_eq!(document.to_text(), "No,Uraian\n1,\"Rapat \"\"A\"\", B\"");
        assert_eq!(map.first(2), 2);
    }
}

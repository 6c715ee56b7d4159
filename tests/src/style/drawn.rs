//! Tables drawn with characters, as pandoc prints them: a grid around every cell, or lines of dashes
//! that show the columns, with a blank line behind every row.

use super::fill::fill;
use crate::lines::Emit;

/// Widest column, unless a word is wider.
const WIDTH: usize = 22;

/// A table in a grid.
pub(super) fn grid(rows: &[Vec<&str>], emit: &mut Emit) {
    let Wrapped { widths, rows } = Wrapped::new(rows);
    let border = |stroke: &str| {
        let runs: Vec<String> = widths.iter().map(|width| stroke.repeat(width + 2)).collect();
        format!("+{}+", runs.join("+"))
    };
    emit.extra(border("-"));
    for (index, lines) in rows.into_iter().enumerate() {
        emit.block(lines.iter().map(|cells| format!("| {} |", cells.join(" | "))).collect());
        emit.extra(border(if index == 0 { "=" } else { "-" }));
    }
}

/// A table between rulers.
pub(super) fn rulers(rows: &[Vec<&str>], emit: &mut Emit) {
    let Wrapped { widths, rows } = Wrapped::new(rows);
    let runs: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let edge = "-".repeat(widths.iter().sum::<usize>() + widths.len() - 1);
    emit.extra(edge.clone());
    for (index, lines) in rows.into_iter().enumerate() {
        emit.block(lines.iter().map(|cells| cells.join(" ").trim_end().to_owned()).collect());
        emit.extra(if index == 0 { runs.join(" ") } else { String::new() });
    }
    emit.extra(edge);
}

/// Rows as printed lines, every cell as wide as its column.
struct Wrapped {
    widths: Vec<usize>,
    rows: Vec<Vec<Vec<String>>>,
}

impl Wrapped {
    fn new(rows: &[Vec<&str>]) -> Self {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let wide = |text: &str| text.chars().count();
        let width = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            let needed = cells.map(|cell| {
                let word = cell.split_whitespace().map(wide).max().unwrap_or(0);
                word.max(wide(cell).min(WIDTH))
            });
            needed.max().unwrap_or(0).max(4)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let wrapped = rows.iter().map(|row| {
            let cells: Vec<Vec<String>> = widths
                .iter()
                .enumerate()
                .map(|(column, width)| fill(row.get(column).unwrap_or(&""), *width))
                .collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
            let line = |at: usize| {
                let printed = cells.iter().zip(&widths).map(|(lines, width)| {
                    let text = lines.get(at).map_or("", String::as_str);
                    format!("{text}{}", " ".repeat(width - wide(text)))
                });
                printed.collect()
            };
            (0..height).map(line).collect()
        });
        let rows = wrapped.collect();
        Self { widths, rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_as_pandoc_does() {
        let rows = [vec!["No", "Uraian"], vec!["1", "Penyelenggaraan urusan pemerintahan umum"]];
        let mut emit = Emit::default();
        grid(&rows, &mut emit);
        let (document, map) = emit.finish(false);
        let want = "\
            +------+------------------------+\n\
            | No   | Uraian                 |\n\
            +======+========================+\n\
            | 1    | Penyelenggaraan urusan |\n\
            |      | pemerintahan umum      |\n\
            +------+------------------------+";
        assert_eq!(document.to_text(), want);
        assert_eq!(map.span(2), (4, 5));
        let mut emit = Emit::default();
        rulers(&rows, &mut emit);
        let want = "\
            ---------------------------\n\
            No   Uraian\n\
            ---- ----------------------\n\
            1    Penyelenggaraan urusan\n\
            \u{20}    pemerintahan umum\n\
            \n\
            ---------------------------";
        assert_eq!(emit.finish(false).0.to_text(), want);
    }
}

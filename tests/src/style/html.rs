//! HTML tables, one line a row. Header blanks that only stand for a merged cell are merged again
//! where the rows below leave no doubt, so that reading the table gives the same grid.

use crate::cell;
use crate::lines::Emit;

/// Prints one run of rows.
pub(super) fn table(rows: &[Vec<&str>], emit: &mut Emit) {
    let head = cell::header_rows(rows);
    let spans = spans(&rows[..head]);
    emit.extra("<table>");
    for (index, row) in rows.iter().enumerate() {
        let tag = if index < head { "th" } else { "td" };
        let mut line = "<tr>".to_owned();
        for (column, text) in row.iter().enumerate() {
            let Some((across, down)) = spans.get(index).map_or(Some((1, 1)), |row| row[column])
            else {
                continue;
            };
            let span = match (across, down) {
                (1, 1) => String::new(),
                (1, rows) => format!(" rowspan=\"{rows}\""),
                (columns, _) => format!(" colspan=\"{columns}\""),
            };
            line.extend(["<", tag, &span, ">", &escape(text), "</", tag, ">"]);
        }
        line.push_str("</tr>");
        emit.keep(line);
    }
    emit.extra("</table>");
}

/// A header cell's columns and rows; `None` for a cell that another one covers.
pub(super) type Span = Option<(usize, usize)>;

/// The spans of all header rows.
pub(super) type Spans = Vec<Vec<Span>>;

/// Which header cells were one cell before the converter flattened them.
pub(super) fn spans(head: &[Vec<&str>]) -> Spans {
    let blank =
        |row: usize, column: usize| head[row].get(column).is_none_or(|text| cell::is_blank(text));
    let mut spans: Spans = head.iter().map(|row| vec![Some((1, 1)); row.len()]).collect();
    for row in 0..head.len() {
        let column_numbers = cell::is_column_numbers(&head[row]);
        for column in 0..head[row].len() {
            if blank(row, column) || column_numbers {
                continue;
            }
            let run = (column + 1..head[row].len()).take_while(|&c| blank(row, c)).count();
            let below = row + 1 < head.len() && !cell::is_column_numbers(&head[row + 1]);
            let across =
                if below && (column..=column + run).all(|c| !blank(row + 1, c)) { run } else { 0 };
            let down = (row + 1..head.len())
                .take_while(|&r| blank(r, column) && column < head[r].len())
                .take_while(|&r| !cell::is_column_numbers(&head[r]))
                .count();
            if across > 0 {
                spans[row][column] = Some((across + 1, 1));
                (column + 1..=column + across).for_each(|c| spans[row][c] = None);
            } else if down > 0 {
                spans[row][column] = Some((1, down + 1));
                (row + 1..=row + down).for_each(|r| spans[r][column] = None);
            }
        }
    }
    spans
}

/// Escapes what is not markup already: `&`, and `<` that opens no known tag.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let mut taken = next.len_utf8();
        match next {
            '<' => {
                if let Some((_, length)) = cell::tag_at(rest) {
                    out.push_str(&rest[..length]);
                    taken = length;
                } else {
                    out.push_str("&lt;");
                }
            }
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            _ => out.push(next),
        }
        rest = &rest[taken..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_blanks_are_merged_again() {
        let rows: Vec<Vec<&str>> =
            ["No\tUraian\t2018\t\tKet", "\t\tPagu\t%\t", "1\tGaji\t5.000\t\t"]
                .iter()
                .map(|line| line.split('\t').collect())
                .collect();
        let mut emit = Emit::default();
        table(&rows, &mut emit);
        let (document, map) = emit.finish(true);
        assert_eq!(
            document.lines[1],
            "<tr><th rowspan=\"2\">No</th><th rowspan=\"2\">Uraian</th><th colspan=\"2\">2018</th>\
             <th rowspan=\"2\">Ket</th></tr>"
        );
        assert_eq!(document.lines[2], "<tr><th>Pagu</th><th>%</th></tr>");
        assert_eq!(
            document.lines[3],
            "<tr><td>1</td><td>Gaji</td><td>5.000</td><td></td><td></td></tr>"
        );
        assert_eq!(map.first(3), 4);
    }

    #[test]
    fn only_what_is_no_markup_is_escaped() {
        assert_eq!(escape("<i>1</i> < 55 & x"), "<i>1</i> &lt; 55 &amp; x");
    }
}

//! What a printed cell looks like: blank, figure, page number; and its text without markup.
//!
//! Only as much as the generator needs to lay out tables the way converters do. It is not the
//! pipeline's reading of numbers and must not become it.

/// HTML tags that text exports leave inside cells.
const TAGS: [&str; 18] = [
    "b", "br", "div", "em", "i", "li", "ol", "p", "span", "strong", "sub", "sup", "table", "td",
    "th", "tr", "u", "ul",
];

/// The tag at the start of `text` (`<li>`, `</p>`), as its name and the bytes it takes.
pub(crate) fn tag_at(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('<')?;
    let end = inner.find('>')?;
    let name = inner[..end].trim_start_matches('/').trim_end_matches('/');
    let name = name.split_ascii_whitespace().next()?;
    TAGS.contains(&name).then_some((&inner[..end], end + 2))
}

/// The cell's text as a page shows it: tags and `**` gone, a line for every break.
pub(crate) fn plain_lines(cell: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut numbered = false;
    let mut item = 0;
    let mut rest = cell;
    while let Some(next) = rest.chars().next() {
        if let Some((tag, length)) = tag_at(rest) {
            match tag.split_ascii_whitespace().next().unwrap_or_default() {
                "ol" => (numbered, item) = (true, 0),
                "ul" => numbered = false,
                "li" => {
                    item += 1;
                    let mark = if numbered { format!("{item}. ") } else { "- ".to_owned() };
                    lines.push(mark);
                }
                "br" | "br/" | "p" | "/p" | "/ol" | "/ul" | "div" | "/div" => {
                    lines.push(String::new());
                }
                _ => {}
            }
            rest = &rest[length..];
        } else if let Some(after) = rest.strip_prefix("**") {
            rest = after;
        } else {
            if let Some(line) = lines.last_mut() {
                line.push(next);
            }
            rest = &rest[next.len_utf8()..];
        }
    }
    let trimmed = lines.iter().map(|line| line.trim());
    trimmed.filter(|line| !line.is_empty()).map(String::from).collect()
}

/// Nothing printed.
pub(crate) fn is_blank(cell: &str) -> bool {
    plain_lines(cell).is_empty()
}

/// Roman or Arabic page number, or nothing.
pub(crate) fn is_page_number(cell: &str) -> bool {
    let cell = cell.trim();
    cell.len() <= 4
        && (cell.chars().all(|c| c.is_ascii_digit()) || cell.chars().all(|c| "ivxlc".contains(c)))
}

/// An amount, percent, count or short quantity (`Rp. 2.500`, `12 kali`, `-`).
pub(crate) fn is_figure(cell: &str) -> bool {
    let lines = plain_lines(cell);
    let [line] = lines.as_slice() else { return false };
    if ["-", "–", "--", "- -"].contains(&line.as_str()) {
        return true;
    }
    let body =
        line.strip_prefix("Rp").unwrap_or(line).trim_start_matches(['.', ' ', '(', '-', '≥']);
    let digits = body.chars().take_while(|c| c.is_ascii_digit() || ".,".contains(*c)).count();
    let tail = body[digits..].trim();
    digits > 0
        && body.starts_with(|c: char| c.is_ascii_digit())
        && tail.chars().count() <= 14
        && !tail.contains(|c: char| c.is_ascii_digit())
        && tail.split_whitespace().count() <= 2
}

/// `1`, `2.`, `IV`, `(3)`, `1.2`: numbering that starts a row.
pub(crate) fn is_numbering(cell: &str) -> bool {
    let lines = plain_lines(cell);
    let [line] = lines.as_slice() else { return false };
    let core = line.trim_matches(['(', ')', '.']);
    !core.is_empty()
        && core.len() <= 6
        && (core.chars().all(|c| c.is_ascii_digit() || c == '.')
            || core.chars().all(|c| "IVX".contains(c)))
}

/// A year of a header row.
fn is_year(cell: &str) -> bool {
    let text = plain_lines(cell).concat();
    text.len() == 4 && text.starts_with("20") && text.chars().all(|c| c.is_ascii_digit())
}

/// `1 2 3`, `(1) (2)`, `<i>1</i>`, `13= 6 + 12`: the row of column numbers.
pub(crate) fn is_column_numbers(row: &[&str]) -> bool {
    let printed: Vec<String> =
        row.iter().map(|cell| plain_lines(cell).concat()).filter(|t| !t.is_empty()).collect();
    let number = |text: &str| -> Option<u32> {
        let head = text.split('=').next()?.trim().trim_matches(['(', ')', '.']);
        head.parse().ok()
    };
    let numbers: Vec<Option<u32>> = printed.iter().map(|text| number(text)).collect();
    printed.len() >= 2
        && numbers.iter().all(Option::is_some)
        && numbers.windows(2).all(|pair| pair[0] < pair[1])
        && numbers.last().copied().flatten().is_some_and(|n| n < 60)
}

/// How many leading rows are the table's header; 0 for a fragment that continues.
pub(crate) fn header_rows(rows: &[Vec<&str>]) -> usize {
    let is_header = |row: &[&str]| {
        let printed = row.iter().filter(|cell| !is_blank(cell)).count();
        let figures = row.iter().filter(|cell| is_figure(cell) && !is_year(cell)).count();
        printed >= 2 && figures == 0 && !row.first().is_some_and(|cell| is_numbering(cell))
    };
    let mut count = 0;
    for row in rows.iter().take(5) {
        if is_column_numbers(row) {
            return count + 1;
        }
        if !is_header(row) {
            break;
        }
        count += 1;
    }
    if count == rows.len() { count.min(1) } else { count }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_lines() {
        assert_eq!(plain_lines("<ol><li>satu</li><li>dua</li></ol>"), ["1. satu", "2. dua"]);
        assert_eq!(plain_lines("<p>a<br>b</p>"), ["a", "b"]);
        assert_eq!(plain_lines("**I** < 55 %"), ["I < 55 %"]);
    }

    #[test]
    fn figures_are_told_from_text() {
        for figure in [
            "1.250.000,00",
            "Rp. 2.500.000,-",
            "-",
            "12 Kali",
            "80.09%",
            "63,15 (B)",
            ".83.244.600",
        ] {
            assert!(is_figure(figure), "{figure:?}");
        }
        for text in ["", "Program A", "1. Penyediaan jasa", "TW 1 : 85", "1 Forum, 2 Kegiatan", "I"]
        {
            assert!(!is_figure(text), "{text:?}");
        }
    }

    #[test]
    fn headers_are_counted() {
        let rows = |text: &'static str| -> Vec<Vec<&str>> {
            text.lines().map(|line| line.split('\t').collect()).collect()
        };
        assert_eq!(header_rows(&rows("No\tUraian\t2018\t\n\t\tPagu\t%\n1\tGaji\t5\t6")), 2);
        assert_eq!(header_rows(&rows("No\tNama\n(1)\t(2)\n1\tA")), 2);
        assert_eq!(header_rows(&rows("\tkeuangan semesteran\t\t")), 0);
        assert_eq!(header_rows(&rows("2.\tProgram A\t1.000\t50")), 0);
    }
}

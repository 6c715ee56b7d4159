//! Numbers, codes and words that a page break cut: what tells two halves, and how they are joined.

use std::collections::BTreeSet;

use crate::kind::CellKind;
use crate::rejoin::BodyRow;

/// How the codes of each column are made: how many digits stand between their dots.
#[derive(Debug, Default)]
pub(crate) struct CodeShapes {
    /// Column and shape, of codes that no page break could have cut.
    known: BTreeSet<(usize, u64)>,
}

impl CodeShapes {
    /// The shapes of the codes in rows; only looked for where pages break.
    pub(crate) fn of(rows: &[BodyRow]) -> Self {
        let mut known = BTreeSet::new();
        if rows.iter().any(|row| row.after_break) {
            let ends_page = |row: usize| rows.get(row + 1).is_some_and(|next| next.after_break);
            for (_, row) in rows.iter().enumerate().filter(|(at, _)| !ends_page(*at)) {
                let codes = row.row.filled().filter(|cell| cell.kind == CellKind::Code);
                known.extend(codes.filter_map(|c| Some((c.column, shape(&c.text)?))));
            }
        }
        Self { known }
    }

    /// Whether a text is the rest of the code above it: that breaks off behind a dot, or both
    /// together are made like other codes of the column and the upper one alone is not.
    pub(crate) fn is_cut(&self, column: usize, above: &str, rest: &str) -> bool {
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if !digits(above) || !digits(rest) || above.len() < 4 || rest.len() > 8 {
            return false;
        }
        let known = |text: &str| shape(text).is_some_and(|s| self.known.contains(&(column, s)));
        above.contains('.') && above.ends_with('.')
            || known(&format!("{above}{rest}")) && !known(above)
    }
}

/// The number of digits between the dots of a code, a hexadecimal digit each; `None` for what is
/// no code of dots and digits.
fn shape(code: &str) -> Option<u64> {
    let mut shape = 0_u64;
    let mut count = 0;
    for group in code.split('.') {
        if group.is_empty() || group.len() > 15 || !group.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        shape = shape << 4 | group.len() as u64;
        count += 1;
    }
    (2..=16).contains(&count).then_some(shape)
}

/// Whether the second text goes on a number that the first breaks off in, so that both together
/// have whole groups of thousands: `46.500.000.0` and `00`, `9.85` and `0.000`, `21,345` and
/// `,000`; or is the rest behind a comma, `61,` and `00`, or its percent sign.
pub(crate) fn is_cut_number(first: &str, second: &str) -> bool {
    let numeric = |text: &str| {
        text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
            && text.bytes().any(|b| b.is_ascii_digit())
    };
    let is_mark = |c: char| matches!(c, '.' | ',');
    // Most pairs are names, or numbers without marks.
    if !first.starts_with(|c: char| c.is_ascii_digit() || is_mark(c))
        || second != "%" && !second.starts_with(is_mark) && !first.contains(is_mark)
    {
        return false;
    }
    if second == "%" {
        return numeric(first) && !first.ends_with(['.', ',']);
    }
    if !numeric(first) || !numeric(second) {
        return false;
    }
    let is_groups = |text: &str, mark: char| {
        let mut groups = text.split(mark);
        groups.next().is_some_and(|g| (1..=3).contains(&g.len()) && g.parse::<u16>().is_ok())
            && groups.all(|g| g.len() == 3 && g.parse::<u16>().is_ok())
    };
    let begins_with_group = |mark: char| {
        second.strip_prefix(mark).is_some_and(|rest| rest.len() % 4 == 3 && is_groups(rest, mark))
            && is_groups(first, mark)
    };
    if begins_with_group('.') || begins_with_group(',') {
        return true;
    }
    if !first.contains(['.', ',']) {
        return false;
    }
    // What has groups with one mark has no other one.
    let broken = |mark, other: char| {
        !first.contains(other)
            && !second.contains(other)
            && !is_groups(first, mark)
            && is_groups(&format!("{first}{second}"), mark)
    };
    // Marks of both kinds: what is left must fill the last group.
    let last = first.rsplit(['.', ',']).next().map_or(0, str::len);
    let fills_last = last < 3 && last + second.len() == 3 && !second.contains(['.', ',']);
    broken('.', ',') || broken(',', '.') || fills_last || first.ends_with(',') && second.len() <= 2
}

/// Two halves of a text: a wrapped word keeps its hyphen, cut codes and numbers close up, everything
/// else gets a space.
pub(crate) fn joined_text(first: &str, second: &str) -> String {
    let hyphen =
        first.ends_with('-') && !first.ends_with(" -") && second.starts_with(char::is_lowercase);
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let is_code = first.ends_with('.') && first.len() >= 4
        || first.matches('.').count() >= 2 && second.len() < first.len();
    let code = is_code && digits(first) && digits(second);
    if hyphen || code || first.is_empty() || is_cut_number(first, second) {
        format!("{first}{second}")
    } else {
        format!("{first} {second}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_of_a_number_completes_its_last_group() {
        for (first, second, cut) in [
            ("46.500.000.0", "00", true),
            ("5.00", "0", true),
            ("9.85", "0.000", true),
            ("21,345", ",000", true),
            ("1,150", ",000,000", true),
            ("21,345", ",5", false),
            ("210.", "000.000", true),
            ("61,", "00", true),
            ("44", "%", true),
            ("12,500", "000", false),
            ("98,4", "12.500", false),
            ("1,250,000.", "000", true),
            ("5.000", "0", false),
            ("12,5", "0", false),
            ("7.01.01.2", "06.05", false),
            ("Program", "00", false),
        ] {
            assert_eq!(is_cut_number(first, second), cut, "{first} {second}");
        }
        assert_eq!(joined_text("46.500.000.0", "00"), "46.500.000.000");
        assert_eq!(joined_text("7.01.01.2.", "06.05"), "7.01.01.2.06.05");
        assert_eq!(joined_text("7.01.01.2.06.0", "5"), "7.01.01.2.06.05");
        assert_eq!(joined_text("Penyediaan Barang", "Cetakan"), "Penyediaan Barang Cetakan");
    }

    #[test]
    fn a_cut_code_is_made_like_others_with_its_rest_only() {
        let codes = ["7.01.01.2.06", "7.01.01.2.06.02", "7.01.02"];
        let known = codes.into_iter().filter_map(|code| Some((0, shape(code)?))).collect();
        let codes = CodeShapes { known };
        assert!(codes.is_cut(0, "7.01.01.2.06.0", "5"));
        assert!(codes.is_cut(0, "7.01.01.2.", "06.05"), "it ends behind a dot");
        assert!(!codes.is_cut(0, "7.01.01.2.06", "05"), "whole as it is");
        assert!(!codes.is_cut(0, "7.01.01.2.06.02", "3"), "whole as it is");
        assert!(!codes.is_cut(1, "7.01.01.2.06.0", "5"), "another column");
        assert!(!codes.is_cut(0, "7.01.01.2.06.0", "Rapat"));
    }
}

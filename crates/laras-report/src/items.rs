//! Lists inside one cell: several names, each with a mark of its own.

use std::sync::LazyLock;

use regex::Regex;

use crate::words::one_line;

static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:^|\s)(\d{1,2})[.)]\s*").expect("a constant pattern"));
static DASHED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:^|\s)[-–•▪➢✓*]\s+").expect("a constant pattern"));

/// The items of a cell: those of a numbered or dashed list, else itself.
pub(crate) fn items(text: &str) -> Vec<String> {
    several(text).unwrap_or_else(|| vec![one_line(text).into_owned()])
}

/// The items of a cell that is a numbered or dashed list.
pub(crate) fn several(text: &str) -> Option<Vec<String>> {
    // The first mark stands in front.
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let flat = one_line(text);
    numbered(&flat).or_else(|| dashed(&flat))
}

/// `1. … 2. … 3. …`, the numbers growing by one.
fn numbered(text: &str) -> Option<Vec<String>> {
    if !text.starts_with(|c: char| c.is_numeric()) {
        return None;
    }
    let marks: Vec<(usize, usize, u32)> = NUMBERED
        .captures_iter(text)
        .filter_map(|found| {
            let all = found.get(0)?;
            Some((all.start(), all.end(), found[1].parse().ok()?))
        })
        .collect();
    let mut chain: Vec<(usize, usize, u32)> = Vec::new();
    for mark in marks {
        match chain.last() {
            None if mark.0 == 0 => chain.push(mark),
            Some(last) if mark.2 == last.2 + 1 => chain.push(mark),
            _ => {}
        }
    }
    cut(text, &chain.iter().map(|(from, to, _)| (*from, *to)).collect::<Vec<_>>())
}

fn dashed(text: &str) -> Option<Vec<String>> {
    if text.starts_with(char::is_alphanumeric) {
        return None;
    }
    let marks: Vec<(usize, usize)> = DASHED.find_iter(text).map(|m| (m.start(), m.end())).collect();
    if marks.first()?.0 != 0 { None } else { cut(text, &marks) }
}

fn cut(text: &str, marks: &[(usize, usize)]) -> Option<Vec<String>> {
    if marks.len() < 2 {
        return None;
    }
    let ends = marks.iter().skip(1).map(|(from, _)| *from).chain([text.len()]);
    let items: Vec<String> = marks
        .iter()
        .zip(ends)
        .map(|((_, from), to)| text[*from..to].trim().trim_end_matches([';', ',']).to_owned())
        .filter(|item| !item.is_empty())
        .collect();
    (items.len() >= 2).then_some(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_cut_at_their_marks() {
        assert_eq!(
            items("1. Nilai AKIP 2. Persentase temuan"),
            ["Nilai AKIP", "Persentase temuan"]
        );
        assert_eq!(items("- Penyediaan A - Penyediaan B/-C"), ["Penyediaan A", "Penyediaan B/-C"]);
        assert_eq!(items("1. Satu saja"), ["1. Satu saja"]);
        assert_eq!(items("Pemilu 2024. Pilkada"), ["Pemilu 2024. Pilkada"]);
    }
}

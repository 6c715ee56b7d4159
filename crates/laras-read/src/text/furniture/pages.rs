//! Page numbers, `12` or chapter and page `II-12`, and what stands at the edges of pages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::super::lines::Line;
use super::super::markup::plain;
use super::super::shape::Shape;
use super::LONGEST;
use super::keys::key_of;

static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^[-–—|\[(\s]*(?:hal(?:aman)?\.?|page|pg\.?)?\s*[|:]?\s*(?:[ivxl]{1,6}\s*[-–—]\s*)?(\d{1,4}|[ivxl]{1,6})\s*(?:(?:dari|of|/)\s*\d{1,4})?[-–—|\])\s]*$",
    )
    .expect("a constant pattern")
});

/// A short title and the page number beside it: `Renja 2024 | 21`.
static NUMBERED_FOOTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:\d{1,3}\s*[|•]\s*\D.{1,80}|\D.{1,80}?\s*[|•]\s*(?:hal(?:aman)?\.?\s*|page\s*)?\d{1,3})$")
        .expect("a constant pattern")
});

pub(super) fn mark_page_numbers(lines: &[Line<'_>], shapes: &mut [Shape]) {
    for i in 0..lines.len() {
        if shapes[i] != Shape::Prose || lines[i].raw.len() > 60 {
            continue;
        }
        let text = &*plain(lines[i].trimmed());
        let found = may_be_page_number(text).then(|| PAGE_NUMBER.captures(text)).flatten();
        let Some(found) = found else {
            let beside = |j: Option<&Shape>| j.is_none_or(|s| *s == Shape::Blank);
            let before = i.checked_sub(1).and_then(|j| shapes.get(j));
            let is_footer = || text.contains(['|', '•']) && NUMBERED_FOOTER.is_match(text);
            if beside(before) && beside(shapes.get(i + 1)) && is_footer() {
                shapes[i] = Shape::Running;
            }
            continue;
        };
        let bare = found.get(1).is_some_and(|number| number.as_str() == text);
        let blank = |j: Option<usize>| {
            j.and_then(|j| shapes.get(j))
                .is_none_or(|s| matches!(s, Shape::Blank | Shape::Mark | Shape::Running))
        };
        let page = lines[i].page;
        let page_edge = page > 0
            && (lines.get(i + 1).is_none_or(|next| next.page != page)
                || i.checked_sub(1).is_none_or(|before| lines[before].page != page));
        let stands_alone = blank(i.checked_sub(1)) && blank(Some(i + 1));
        let digits = found[1].bytes().all(|b| b.is_ascii_digit());
        // Four bare digits are a year, a bare Roman numeral may be a list mark.
        let is_number = if bare {
            found[1].len() <= 3 && (stands_alone || (digits && page_edge))
        } else {
            digits || stands_alone
        };
        if is_number {
            shapes[i] = Shape::PageNumber;
        }
    }
}

/// Whether a text begins and ends as a page number can: most lines show by two letters that the
/// pattern need not be tried.
fn may_be_page_number(text: &str) -> bool {
    let mut letters = text.bytes().filter(|b| b.is_ascii_alphanumeric() || !b.is_ascii());
    let is_number =
        |b: &u8| matches!(b.to_ascii_lowercase(), b'0'..=b'9' | b'i' | b'v' | b'x' | b'l');
    let begins = |b: &u8| is_number(b) || matches!(b.to_ascii_lowercase(), b'h' | b'p');
    let first = letters.next();
    let last = letters.next_back().or(first);
    first.is_some_and(|b| begins(&b) || !b.is_ascii())
        && last.is_some_and(|b| is_number(&b) || !b.is_ascii())
}

/// Lines from the edge of a page that can be a running header or footer.
const EDGE_LINES: usize = 3;
/// Fewest pages on which a line at the edge is furniture.
const FEWEST_PAGES: u32 = 3;
/// Share of the pages, in percent, that must carry it: a table's head returns on fewer.
const PAGES_PERCENT: u32 = 40;
/// Most pieces between wide gaps; a line of more is the head of a table.
const MOST_PIECES: usize = 2;

/// Marks lines that stand at the same edge of many pages, where form feeds tell the pages: what
/// comes right below them may be a table.
pub(super) fn mark_page_edges(lines: &[Line<'_>], shapes: &mut [Shape]) {
    let mut edges: BTreeMap<String, (u32, Vec<usize>)> = BTreeMap::new();
    let mut pages = 0;
    for page in lines.chunk_by(|a, b| a.page == b.page).filter(|page| page[0].page > 0) {
        pages += 1;
        let offset = page[0].number as usize - 1;
        let filled: Vec<usize> =
            (offset..offset + page.len()).filter(|i| shapes[*i] == Shape::Prose).collect();
        let top = filled.iter().take(EDGE_LINES);
        let bottom = filled.iter().skip(EDGE_LINES).rev().take(EDGE_LINES);
        for i in top.chain(bottom) {
            let pieces = lines[*i].trimmed().split("  ").filter(|piece| !piece.is_empty()).count();
            if pieces > MOST_PIECES || lines[*i].raw.len() > LONGEST {
                continue;
            }
            let key = key_of(&lines[*i..=*i]);
            if key.contains(char::is_alphabetic) {
                let entry = edges.entry(key).or_default();
                entry.0 += 1;
                entry.1.push(*i);
            }
        }
    }
    let enough = FEWEST_PAGES.max(pages * PAGES_PERCENT / 100);
    for (_, at) in edges.into_values().filter(|(count, _)| *count >= enough) {
        for i in at {
            shapes[i] = Shape::Running;
        }
    }
}

//! Tables of contents, of tables and of figures.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::glance::may_begin;
use super::lines::Line;
use super::markup::plain;
use super::shape::Shape;

/// A leader of dots, with or without the page number behind it.
static LEADER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\.{4,}|…{2,}|(?:\. ){4,})[\s.…]*(?:\d{1,4}|[ivxlcIVXLC]{1,7})?\s*$")
        .expect("a constant pattern")
});

/// A page number at the end, set apart by a tab or spaces.
static PAGE_AT_END: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\t|\s{2,})\s*(?:\d{1,3}|[ivxlc]{1,6})?\s*$").expect("a constant pattern")
});

static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W*daftar\s+(?:isi|tabel|gambar|grafik|lampiran|bagan|singkatan|diagram)\W*$")
        .expect("a constant pattern")
});

/// Lines that a list of contents may have before it is taken for something else.
const LONGEST_LIST: usize = 400;
/// Characters that an entry may have.
const LONGEST_ENTRY: usize = 220;

/// Marks the lines of tables of contents.
pub(super) fn mark(lines: &[Line<'_>], shapes: &mut [Shape]) {
    let mut i = 0;
    while i < lines.len() {
        if !matches!(shapes[i], Shape::Prose | Shape::Tabs) {
            i += 1;
        } else if is_title(lines[i].trimmed()) {
            let end = list_end(lines, shapes, i + 1);
            for shape in &mut shapes[i + 1..end] {
                if matches!(shape, Shape::Prose | Shape::Tabs) {
                    *shape = Shape::Contents;
                }
            }
            i = end.max(i + 1);
        } else {
            if lines[i].raw.len() < 400 && has_leader(&lines[i]) {
                shapes[i] = Shape::Contents;
            }
            i += 1;
        }
    }
}

fn is_title(text: &str) -> bool {
    text.len() < 40 && may_begin(text, b"d") && TITLE.is_match(text)
}

fn has_leader(line: &Line<'_>) -> bool {
    let raw = line.raw;
    may_end_in_leader(line)
        && (raw.contains("....") || raw.contains('…') || raw.contains(". . ."))
        && LEADER.is_match(raw)
}

/// Whether a line ends in two dots, side by side or apart, its page number aside.
fn may_end_in_leader(line: &Line<'_>) -> bool {
    let raw = line.raw;
    if line.is_ascii {
        let is_space = |b: &u8| matches!(b, b' ' | b'\t'..=b'\r');
        let bytes = raw.as_bytes();
        let end = |bytes: &[u8], stays: &dyn Fn(&u8) -> bool| {
            bytes.iter().rposition(stays).map_or(0, |at| at + 1)
        };
        let bytes = &bytes[..end(bytes, &|b| !is_space(b))];
        let bytes = &bytes[..end(bytes, &|b| !b.is_ascii_alphanumeric())];
        let bytes = &bytes[..end(bytes, &|b| !is_space(b))];
        return matches!(bytes, [.., before, b'.'] if *before == b'.' || is_space(before));
    }
    let before = raw.trim_end().trim_end_matches(char::is_alphanumeric);
    let mut end = before.trim_end().chars().rev();
    let is_dot = |c: char| matches!(c, '.' | '…');
    end.next().is_some_and(is_dot) && end.next().is_some_and(|c| is_dot(c) || c.is_whitespace())
}

/// The line after the last entry of the list that begins at `from`; `from` if it is no list.
fn list_end(lines: &[Line<'_>], shapes: &[Shape], from: usize) -> usize {
    let mut seen = BTreeSet::new();
    let mut entries = 0;
    let mut end = from;
    for i in from..lines.len().min(from + LONGEST_LIST) {
        let raw = lines[i].raw;
        match shapes[i] {
            Shape::Blank | Shape::Mark => continue,
            Shape::Prose | Shape::Tabs => {}
            _ => break,
        }
        let numbered = has_leader(&lines[i]) || PAGE_AT_END.is_match(raw.trim_start());
        let key = entry_key(raw);
        let cells = raw.split('\t').filter(|cell| !cell.trim().is_empty()).count();
        let ends = raw.chars().count() > LONGEST_ENTRY
            || cells > 3
            || (!numbered && seen.contains(&key) && !key.is_empty());
        if ends {
            break;
        }
        if numbered {
            entries += 1;
            end = i + 1;
            seen.insert(key);
        } else if i > end + 6 {
            // Six lines on without a page number: the list is over.
            break;
        }
    }
    if entries >= 2 { end } else { from }
}

/// An entry without numbering of pages, dots and case.
fn entry_key(raw: &str) -> String {
    let text = plain(raw);
    let text = text.trim_end_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | '…')
    });
    let mut words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let is_roman = |w: &String| w.len() <= 4 && w.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    if raw.contains("....") && words.last().is_some_and(is_roman) {
        words.pop();
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::super::shape::shapes;
    use super::*;

    fn contents(text: &str) -> Vec<u32> {
        let lines = split(text);
        let mut kinds = shapes(&lines);
        mark(&lines, &mut kinds);
        let is_contents =
            |(line, kind): (&Line<'_>, &Shape)| (*kind == Shape::Contents).then_some(line.number);
        lines.iter().zip(&kinds).filter_map(is_contents).collect()
    }

    #[test]
    fn a_list_ends_where_its_first_chapter_begins() {
        let text = "DAFTAR ISI\nKATA PENGANTAR.....\ti\n1.1 Latar Belakang\t1\nBAB I PENDAHULUAN.....1\nyang panjang\nLampiran  9\n\nBAB I PENDAHULUAN\n1\tProgram\t0\n";
        assert_eq!(contents(text), [2, 3, 4, 5, 6]);
    }

    #[test]
    fn leaders_count_everywhere_and_a_title_alone_is_no_list() {
        assert_eq!(contents("Tabel 1.....12\nisi\n"), [1]);
        assert_eq!(contents("Daftar Isi\n\nSatu kalimat biasa saja.\n1\tProgram\t0\t0\n"), [0; 0]);
    }
}

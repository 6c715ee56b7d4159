//! Nothing is lost: the tokens of a source are accounted for, and what a reader saw stands in the
//! JSON. Every count is made here again, from the source, by other means.

use std::collections::BTreeMap;

use laras_model::{Extraction, Fragment};
use laras_read::text::{TextOptions, read_text};
use laras_tests::{Recipe, Report, Style, measure, write_variant};

/// Every text there is: the corpus and the real reports as they are and in the styles.
fn texts() -> Vec<(String, Vec<u8>)> {
    let mut reports = Report::corpus().expect("the corpus is part of the repository");
    match Report::shared().expect("the shared folder is sound") {
        Some(shared) => reports.extend(shared.into_iter().filter(Report::is_text)),
        None => say("did not run on real reports: there is no shared folder (LARAS_SHARED)"),
    }
    let mut texts = Vec::new();
    for report in &reports {
        for style in Style::ALL {
            let variant = write_variant(&report.text(), &report.gold, &Recipe::new(style, 7));
            texts.push((format!("{} {style}", report.name), variant.bytes));
        }
    }
    texts
}

#[expect(clippy::print_stdout, reason = "what did not run is said plainly")]
fn say(text: &str) {
    println!("{text}");
}

/// The text of bytes that are UTF-8 or windows-1252.
fn decode(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(
        |_| encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        str::to_owned,
    )
}

fn is_printed(c: char) -> bool {
    !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}')
}

#[test]
fn every_token_is_accounted_for_once() {
    for (name, bytes) in texts() {
        let tokens = measure::read(&name, &bytes).expect("it is text").tokens;
        let text = decode(&bytes);
        let recount = text.split_whitespace().filter(|token| token.contains(is_printed)).count();
        assert_eq!(tokens.total, recount as u64, "{name}");
        assert!(tokens.balances(), "{name}: {tokens:?}");
        let listed = tokens.unused_tokens.iter().map(|run| run.text.split_whitespace().count());
        assert_eq!(listed.sum::<usize>() as u64, tokens.unused, "{name}: unused but not listed");
    }
}

/// How often each digit stands in a text.
fn digits<'t>(texts: impl Iterator<Item = &'t str>) -> BTreeMap<char, u64> {
    let mut counts = BTreeMap::new();
    for c in texts.flat_map(str::chars).filter(char::is_ascii_digit) {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

fn printed(e: &Extraction) -> impl Iterator<Item = &str> {
    let cells = e.tables.iter().flat_map(|t| &t.rows).flat_map(|row| &row.cells);
    e.blocks.iter().map(|block| block.text.as_str()).chain(cells.map(|cell| cell.text.as_str()))
}

/// Spans of HTML cells are markup; every other digit of the source is printed and must be found.
#[test]
fn every_digit_of_the_source_stands_once_in_the_json() {
    let spans = regex::Regex::new(r#" (?:row|col)span="\d+""#).expect("a pattern");
    for (name, bytes) in texts() {
        let read = measure::read(&name, &bytes).expect("it is text");
        let source = decode(&bytes);
        let source = spans.replace_all(&source, "");
        assert_eq!(digits(printed(&read)), digits(std::iter::once(&*source)), "{name}");
    }
}

/// The characters of all cells, spaces aside.
fn letters<'t>(texts: impl Iterator<Item = &'t str>) -> BTreeMap<char, u64> {
    let mut counts = BTreeMap::new();
    for c in texts.flat_map(str::chars).filter(|c| !c.is_whitespace()) {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

/// Lines within which the next row begins, whatever markup or wrapped lines stand between.
const NEXT_ROW: u32 = 8;

#[test]
fn every_cell_that_was_read_stands_in_a_table() {
    for (name, bytes) in texts() {
        let content = read_text(&bytes, &TextOptions::default()).expect("it is text");
        let read = measure::read(&name, &bytes).expect("it is text");
        let table_cells = || read.tables.iter().flat_map(|t| &t.rows).flat_map(|row| &row.cells);
        let read_cells = || content.fragments.iter().flat_map(cells);
        let [before, after] = [
            letters(read_cells().map(|cell| cell.text.as_str())),
            letters(table_cells().map(|cell| cell.text.as_str())),
        ];
        let lost: Vec<_> = before
            .iter()
            .map(|(c, n)| (c, *n as i64 - after.get(c).copied().unwrap_or(0) as i64))
            .filter(|(_, missing)| *missing != 0)
            .collect();
        assert!(
            lost.is_empty(),
            "{name}: characters that tables lack (or have too often): {lost:?}"
        );
        // And each where it was printed.
        let mut by_line: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for table in &read.tables {
            for row in &table.rows {
                for cell in &row.cells {
                    by_line.entry(cell.place.line).or_default().push(squeezed(&cell.text));
                }
            }
        }
        for cell in read_cells() {
            // A cell whose row was joined to an earlier one stands on that row's line, and one that
            // begins the name of the next row stands there; no word of it may be anywhere else.
            let last = cell.place.line + NEXT_ROW;
            let near = || by_line.range(..=last).rev().take(60).flat_map(|(_, texts)| texts);
            let lost = cell.text.split_whitespace().find(|w| !near().any(|text| text.contains(*w)));
            assert_eq!(lost, None, "{name}:{} {:?} is not whole", cell.place.line, cell.text);
        }
    }
}

fn cells(fragment: &Fragment) -> impl Iterator<Item = &laras_model::RawCell> {
    fragment.rows.iter().flat_map(|row| &row.cells)
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

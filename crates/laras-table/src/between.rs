//! What stands between two fragments: page furniture, running lines, captions, or text that parts them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use laras_model::{Block, BlockKind};
use regex::Regex;

use crate::joint_words::says;

/// What stands between two fragments, by what it says of their being one table.
pub(crate) enum Gap {
    /// Blank lines or page furniture.
    Nothing,
    /// A caption that says the table goes on.
    Continued,
    /// One short line, such as a running header seen once.
    Loose,
    /// Anything a table does not bridge.
    Text,
}

/// The blocks between two fragments.
pub(crate) struct Between<'a> {
    pub(crate) blocks: &'a [Block],
    /// Lines that return between fragments.
    pub(crate) running: &'a BTreeSet<String>,
}

/// Short lines that stand between two fragments and elsewhere again: running headers that the page or the
/// converter has put into the text.
pub(crate) fn running_lines(blocks: &[Block]) -> BTreeSet<String> {
    let fragments: Vec<usize> =
        (0..blocks.len()).filter(|i| blocks[*i].kind == BlockKind::Rows).collect();
    // How often a line stands between fragments, and whether it does so beside a page number.
    let mut between: BTreeMap<String, (u32, bool)> = BTreeMap::new();
    for pair in fragments.windows(2) {
        let gap = &blocks[pair[0] + 1..pair[1]];
        let lines: Vec<&Block> = gap.iter().filter(|b| !b.kind.is_furniture()).collect();
        if lines.len() > MOST_RUNNING {
            continue;
        }
        let has_number =
            gap.iter().any(|b| b.kind == BlockKind::PageNumber || is_page_mark(&b.text));
        for line in lines {
            let (count, beside) = between.entry(folded(&line.text)).or_default();
            *count += 1;
            *beside |= has_number;
        }
    }
    if between.is_empty() {
        return BTreeSet::new();
    }
    // How often they stand in the document.
    let begins: BTreeSet<Beginning> = between.keys().map(|key| beginning(key.chars())).collect();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for block in blocks.iter().filter(|b| b.kind != BlockKind::Rows) {
        // Lines of one title stand by themselves on other pages.
        let is_short =
            |line: &&str| line.len() <= LONGEST_RUNNING || line.chars().count() <= LONGEST_RUNNING;
        for line in block.text.lines().filter(is_short) {
            if !begins.contains(&beginning(folded_chars(line))) {
                continue;
            }
            let key = folded(line);
            if between.contains_key(&key) {
                *seen.entry(key).or_default() += 1;
            }
        }
    }
    let is_running = |line: &str, (count, beside): (u32, bool)| {
        let least = if beside { 2 } else { OFTEN };
        count >= 2 || seen.get(line).is_some_and(|n| *n >= least)
    };
    between.into_iter().filter(|(line, n)| is_running(line, *n)).map(|(line, _)| line).collect()
}

/// The first characters of a folded text, which tell most of them apart.
type Beginning = [Option<char>; 4];

fn beginning(mut folded: impl Iterator<Item = char>) -> Beginning {
    std::array::from_fn(|_| folded.next())
}

/// Longest running line, in characters.
const LONGEST_RUNNING: usize = 160;
/// How often a line must stand in the document to be one; beside a page number twice will do.
const OFTEN: u32 = 3;
/// Most of them between two fragments.
const MOST_RUNNING: usize = 3;

/// Whether a line is a page number: `Hal. 5`, `Formulir E.81 | 21`.
fn is_page_mark(text: &str) -> bool {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:[^|]{1,80}\|\s*|hal(?:aman)?\.?\s*)?\d{1,3}$")
            .expect("a constant pattern")
    });
    let text = text.trim();
    let may_be =
        || text.contains('|') || text.starts_with(['H', 'h']) || text.chars().all(char::is_numeric);
    text.ends_with(char::is_numeric) && may_be() && MARK.is_match(text)
}

/// A text with its digits made alike.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        for b in text.bytes().filter(|b| !char::from(*b).is_whitespace()) {
            folded.push(if b.is_ascii_digit() { '#' } else { char::from(b.to_ascii_lowercase()) });
        }
    } else {
        folded.extend(folded_chars(text));
    }
    folded
}

/// The characters of a folded text.
fn folded_chars(text: &str) -> impl Iterator<Item = char> + '_ {
    let letters = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase);
    letters.map(|c| if c.is_ascii_digit() { '#' } else { c })
}

/// What stands between two fragments.
pub(crate) fn gap(between: &Between<'_>) -> Gap {
    let mut gap = Gap::Nothing;
    for block in between.blocks {
        let runs = || {
            !between.running.is_empty() && between.running.contains(&folded(&block.text))
                || is_page_mark(&block.text)
        };
        if block.kind.is_furniture() || runs() {
            continue;
        }
        let continued = says("continued", &block.text.to_lowercase());
        gap = match (block.kind, &gap) {
            (BlockKind::Caption | BlockKind::Title | BlockKind::Paragraph, _) if continued => {
                Gap::Continued
            }
            (BlockKind::UnitLine, _) => gap,
            (BlockKind::Paragraph | BlockKind::Title, Gap::Nothing)
                if block.text.chars().count() <= 160
                    && block.text.lines().count() <= 3
                    && is_furniture_like(block) =>
            {
                Gap::Loose
            }
            _ => return Gap::Text,
        };
    }
    gap
}

/// Whether a line could be a running header that was seen only once: it names the report.
fn is_furniture_like(block: &Block) -> bool {
    let text = block.text.to_lowercase();
    says("report", &text) && !text.ends_with([':', '.', ';'])
}

//! What the text around a table says about it: caption, titles, unit line, the paragraph before.

use laras_model::{Block, BlockKind};

/// The text that introduces a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// Label and text of the caption, and the titles under it.
    pub caption: String,
    /// Titles, headings and short lines right above the table, without the caption.
    pub titles: Vec<String>,
    /// Line that states a unit.
    pub unit_line: String,
    /// The nearest paragraph before, which often announces the table.
    pub lead: String,
    /// The short line right below the table: a source note, mostly.
    pub source_note: String,
    /// The headings in force, outermost first.
    pub headings: Vec<String>,
}

/// Blocks looked back at for a caption.
const LOOK_BACK: usize = 8;
/// Longest line, in characters, that can be a title.
const LONGEST_TITLE: usize = 220;

/// The context of a table whose first block is `first` and whose last is `last`.
pub(crate) fn context(blocks: &[Block], first: usize, last: usize) -> Context {
    let mut context = Context::default();
    let mut titles: Vec<&Block> = Vec::new();
    let mut caption: Option<&Block> = None;
    for block in blocks[..first].iter().rev().take(LOOK_BACK) {
        match block.kind {
            kind if kind.is_furniture() => {}
            BlockKind::Rows | BlockKind::Contents | BlockKind::Signature | BlockKind::Formula => {
                break;
            }
            BlockKind::UnitLine => context.unit_line = block.text.clone(),
            BlockKind::Caption => {
                caption = Some(block);
                break;
            }
            BlockKind::Title | BlockKind::Heading => titles.push(block),
            BlockKind::Paragraph | BlockKind::ListItem => {
                let short = block.text.chars().count() <= LONGEST_TITLE
                    && !block.text.trim_end().ends_with(['.', ';']);
                if short
                    && block.kind == BlockKind::Paragraph
                    && !block.text.trim_end().ends_with(':')
                {
                    titles.push(block);
                } else {
                    context.lead.clone_from(&block.text);
                    if titles.is_empty() && block.kind == BlockKind::ListItem && short {
                        titles.push(block);
                    }
                    break;
                }
            }
            _ => break,
        }
    }
    titles.reverse();
    match caption {
        Some(caption) => {
            // A figure's caption heads no table unless titles follow it.
            let mut text = one_line(&caption.text);
            for title in titles.iter().filter(|t| t.kind != BlockKind::Heading).take(4) {
                text.push(' ');
                text.push_str(&one_line(&title.text));
            }
            context.caption = text;
        }
        None => context.caption = titles.iter().rev().take(1).map(|t| one_line(&t.text)).collect(),
    }
    context.titles = titles.iter().map(|t| one_line(&t.text)).collect();
    context.source_note = blocks
        .get(last + 1..)
        .unwrap_or(&[])
        .iter()
        .find(|b| !b.kind.is_furniture())
        .filter(|b| {
            let opens = |word: &str| word.eq_ignore_ascii_case("sumber");
            b.text.get(..6).is_some_and(opens) && b.text.chars().count() <= LONGEST_TITLE
        })
        .map(|b| one_line(&b.text))
        .unwrap_or_default();
    context.headings = headings(&blocks[..first]);
    context
}

/// A text with one space between its words.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The headings that a place stands under.
fn headings(before: &[Block]) -> Vec<String> {
    let mut found: Vec<(u8, String)> = Vec::new();
    for block in before.iter().rev().filter(|b| b.kind == BlockKind::Heading) {
        if found.last().is_none_or(|(level, _)| block.level < *level) {
            found.push((block.level, one_line(&block.text)));
        }
        if block.level <= 1 {
            break;
        }
    }
    found.reverse();
    found.into_iter().map(|(_, text)| text).collect()
}

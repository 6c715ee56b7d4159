//! Running text by itself: percent signs without a number, and amounts that miss the sum of the
//! parts that the same sentence gives.

use laras_model::{Block, BlockKind, Decimal, FindingCode, Origin};
use laras_number::Mentioned;

use crate::book::Book;
use crate::draft::Draft;
use crate::dress;
use crate::mentions::{self, Lines, Read};

/// Bytes between a sum and its first part, and between one part and the next.
const NEAR: usize = 120;
/// Most that a printed sum misses, as a share, and still means to be the sum.
const MISS: i64 = 50;

/// Findings that a passage alone gives.
pub(crate) fn drafts(book: &Book<'_>, mentions: &[Read]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for block in &book.extraction.blocks {
        if matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem) {
            bare(book, block, &mut drafts);
        }
    }
    drafts.extend((0..mentions.len()).filter_map(|i| sum(book, mentions, i)));
    lists(book, mentions, &mut drafts);
    drafts
}

/// "target Rp A terealisasi Rp B yang terdiri dari:" and below it a list of items that each say
/// both: where one of the sums holds, the other must too.
fn lists(book: &Book<'_>, mentions: &[Read], drafts: &mut Vec<Draft>) {
    let blocks = &book.extraction.blocks;
    let amounts = |block: usize| -> Vec<&Read> {
        let from = mentions.partition_point(|m| m.block < block);
        let here = mentions[from..].iter().take_while(|m| m.block == block);
        here.filter(|m| matches!(m.what, Mentioned::Amount(_)) && m.mention.value.is_some())
            .collect()
    };
    for (b, block) in blocks.iter().enumerate() {
        let text = block.text.trim_end();
        let tail = &text[text.floor_char_boundary(text.len().saturating_sub(NEAR))..];
        if !text.ends_with(':') || !opens(tail) {
            continue;
        }
        let items: Vec<Vec<&Read>> = blocks[b + 1..]
            .iter()
            .enumerate()
            .take_while(|(_, item)| item.kind == BlockKind::ListItem)
            .map(|(i, _)| amounts(b + 1 + i))
            .collect();
        let width = items.first().map_or(0, Vec::len);
        let above = amounts(b);
        if items.len() < 2
            || width < 2
            || above.len() < width
            || items.iter().any(|i| i.len() != width)
        {
            continue;
        }
        let totals = &above[above.len() - width..];
        let sums: Vec<Option<Decimal>> = (0..width)
            .map(|k| {
                items.iter().try_fold(Decimal::ZERO, |sum, i| sum.checked_add(i[k].mention.value?))
            })
            .collect();
        let holds = |k: usize| totals[k].mention.value == sums[k];
        if !(0..width).any(holds) {
            continue;
        }
        for k in (0..width).filter(|k| !holds(*k)) {
            let Some(computed) = sums[k] else { continue };
            let parts: Vec<&Read> = items.iter().map(|i| i[k]).collect();
            drafts.extend(missed(totals[k], &parts, computed));
        }
    }
}

/// A printed sum that is not that of its parts.
fn missed(total: &Read, parts: &[&Read], computed: Decimal) -> Option<Draft> {
    let printed = total.mention.value?;
    let off = printed.checked_sub(computed)?;
    let terms: Vec<&str> = parts.iter().map(|p| p.mention.text.as_str()).collect();
    let mut draft =
        Draft::at(FindingCode::SumMismatch, total.mention.part, total.mention.place.clone());
    draft.subject.clone_from(&total.mention.about);
    draft.printed = dress::number(printed);
    draft.computed = dress::number(computed);
    draft.difference = Some(off);
    draft.detail = format!(
        "printed {}; {} = {}; difference {}",
        draft.printed,
        terms.join(" + "),
        draft.computed,
        dress::number(off)
    );
    draft.confidence = 0.8;
    Some(draft)
}

/// "tingkat pencapaian %.": a percent sign that ends its clause and has no number.
fn bare(book: &Book<'_>, block: &Block, drafts: &mut Vec<Draft>) {
    let mut lines = Lines::new(&block.text);
    // One sign is quick to look for, and few of them stand apart.
    for (sign, _) in block.text.match_indices('%') {
        let Some(at) = sign.checked_sub(1).filter(|at| block.text.as_bytes()[*at] == b' ') else {
            continue;
        };
        let after = block.text[sign + 1..].chars().next();
        let before = &block.text[..at];
        let clause = mentions::clause(&block.text, at);
        // Of formulas and heads: only a clause of words is one that meant to say a number.
        let is_clause = before.ends_with(char::is_lowercase)
            && clause.split_whitespace().count() >= 4
            && !clause.contains(['=', '×', '(', '/', '\\']);
        if !is_clause || !matches!(after, None | Some('.' | ',' | ';' | '\n')) {
            continue;
        }
        let mut place = block.place.clone();
        if place.page == 0 {
            place.line += lines.before(at);
        }
        let part = mentions::part_of(&book.extraction.parts, &place);
        let mut draft = Draft::at(FindingCode::NumberMalformed, part, place);
        clause.clone_into(&mut draft.subject);
        "%".clone_into(&mut draft.printed);
        draft.detail = format!("'{clause} %': the number is missing");
        draft.origin = Origin::Source;
        drafts.push(draft);
    }
}

/// "Rp A yang terdiri dari … Rp B dan … Rp C".
fn sum(book: &Book<'_>, mentions: &[Read], i: usize) -> Option<Draft> {
    let total = &mentions[i];
    let printed = total.mention.value?;
    let text = &book.extraction.blocks[total.block].text;
    let mut end = total.range.end;
    let mut computed = Decimal::ZERO;
    let mut parts: Vec<&Read> = Vec::new();
    let mut closest: Option<(Decimal, usize)> = None;
    if !is_amount(total) {
        return None;
    }
    for part in mentions[i + 1..].iter().take_while(|m| m.block == total.block) {
        let between = text.get(end..part.range.start).filter(|b| b.len() <= NEAR)?;
        if !is_amount(part) || between.contains(". ") || parts.is_empty() && !opens(between) {
            break;
        }
        computed = computed.checked_add(part.mention.value?)?;
        parts.push(part);
        end = part.range.end;
        let off = printed.checked_sub(computed)?;
        if off.is_zero() {
            return None;
        }
        if parts.len() > 1 && closest.is_none_or(|(least, _)| off.abs() < least.abs()) {
            closest = Some((off, parts.len()));
        }
    }
    let (off, count) = closest?;
    let is_miss = off.abs().checked_mul(Decimal::from(MISS))? <= printed;
    if !is_miss {
        return None;
    }
    missed(total, &parts[..count], printed.checked_sub(off)?)
}

fn is_amount(read: &Read) -> bool {
    matches!(read.what, Mentioned::Amount(_)) && !read.mention.malformed
}

/// Whether words between two amounts say that the second begins a list of what the first is made of.
fn opens(between: &str) -> bool {
    let words = dress::fold(between);
    OPENINGS.lines().skip(1).any(|opening| words.contains(opening))
}

/// What opens such a list.
const OPENINGS: &str = include_str!("../data/openings.tsv");

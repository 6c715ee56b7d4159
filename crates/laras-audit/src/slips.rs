//! Figures in running text that miss a table's by a slip of the pen.

use std::collections::BTreeSet;

use laras_model::{Decimal, MentionKind};
use rustc_hash::FxHashMap;

use crate::book::Book;
use crate::draft::Draft;
use crate::dress::{self, fold};
use crate::mentions::Read;
use crate::numbers::{digits, plain};
use crate::prose::{CONTEXT, against_table};

/// A figure in prose that stands in no table, but misses one of a table's by a digit or by two that
/// are exchanged, in a sentence that speaks of the same thing.
pub(crate) fn slips(book: &Book<'_>, mentions: &[Read], drafts: &mut Vec<Draft>) {
    // By decimals and length, numbers that the figures may be slips of.
    let mut printed: FxHashMap<(u32, usize), Vec<(usize, String)>> = FxHashMap::default();
    for value in mentions.iter().filter_map(|read| slip(book, read)) {
        printed.entry(key(value)).or_default();
    }
    if printed.is_empty() {
        return;
    }
    for first in book.numbers().firsts() {
        let value = plain(book.number(first));
        if let Some(printed) = printed.get_mut(&key(value)) {
            printed.push((first, value.mantissa().to_string()));
        }
    }
    for read in mentions {
        let Some(value) = slip(book, read) else { continue };
        let digits = value.mantissa().to_string();
        let is_money = read.mention.kind == MentionKind::Amount;
        let near: Vec<usize> = printed
            .get(&key(value))
            .into_iter()
            .flatten()
            .filter(|(_, other)| is_slip(other, &digits))
            .flat_map(|(first, _)| book.numbers().equals(*first))
            .filter(|at| !book.is_nil(*at) && (book.get(*at).unit == "IDR") == is_money)
            .collect();
        if near.is_empty() {
            continue;
        }
        let block = &book.extraction.blocks[read.block];
        let sentence = words(sentence(&block.text, read.range.start));
        let best = near
            .into_iter()
            .map(|at| {
                let o = book.get(at);
                let subject = words(&format!("{} {}", o.name, o.indicator));
                let shared = subject.intersection(&sentence).count();
                (shared, subject.len(), at)
            })
            .filter(|(shared, all, _)| *shared >= 2 && shared * 5 >= all * 2)
            .max_by_key(|(shared, _, at)| (*shared, std::cmp::Reverse(*at)));
        let Some((_, _, at)) = best else { continue };
        let o = book.get(at);
        let subject = if o.indicator.is_empty() { &o.name } else { &o.indicator };
        let mut draft = against_table(book, read, at, subject);
        draft.computed = dress::value(o);
        draft.difference = read.mention.value.and_then(|v| v.checked_sub(book.number(at)));
        draft.confidence = 0.8;
        drafts.push(draft);
    }
}

/// A figure without zeros at its end, where it may be a slip of another: none that stands in a table,
/// and no small one.
fn slip(book: &Book<'_>, read: &Read) -> Option<Decimal> {
    let kinds = [MentionKind::Amount, MentionKind::Percent, MentionKind::Number];
    if !kinds.contains(&read.mention.kind) || read.mention.malformed {
        return None;
    }
    let value = plain(read.mention.value?);
    (digits_of(value) >= 3 && !book.numbers().has(value)).then_some(value)
}

/// What a number has in common with those that are a slip of it: its decimals and its digits.
fn key(value: Decimal) -> (u32, usize) {
    (value.scale(), digits_of(value))
}

/// Characters of a number without its point, its sign with them.
fn digits_of(value: Decimal) -> usize {
    digits(value).max(1) as usize + usize::from(value.is_negative())
}

/// One digit differs, or two neighbours are exchanged.
fn is_slip(a: &str, b: &str) -> bool {
    if a.len() != b.len() || a == b {
        return false;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut off = (0..a.len()).filter(|i| a[*i] != b[*i]);
    match (off.next(), off.next(), off.next()) {
        (Some(_), None, _) => a.len() >= 5,
        (Some(i), Some(j), None) => a[i] == b[j] && a[j] == b[i] && j - i <= 2,
        _ => false,
    }
}

/// The sentence around a place, with the one before it: what it speaks of may be named there.
fn sentence(text: &str, at: usize) -> &str {
    let from = text.floor_char_boundary(at.saturating_sub(CONTEXT));
    let to = text.ceil_char_boundary(text.len().min(at + CONTEXT));
    let (text, at) = (&text[from..to], at - from);
    let mut ends = text[..at].rmatch_indices(". ").map(|(i, _)| i + 2);
    let _ = ends.next();
    let start = ends.next().unwrap_or(0);
    let end = text[at..].find(". ").map_or(text.len(), |i| at + i);
    &text[start..end]
}

/// The telling words of a text.
fn words(text: &str) -> BTreeSet<String> {
    fold(text).split(' ').filter(|w| w.len() > 3).map(str::to_owned).collect()
}

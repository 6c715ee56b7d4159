//! Printed page numbers that do not follow one another.

use laras_model::{BlockKind, Extraction, FindingCode, Origin};

use crate::draft::Draft;
use crate::dress::fold;

/// Furthest that a page is put back; more is a new count, not a wrong order.
const BACK: u32 = 5;

/// Findings of pages that come twice or too late.
pub(crate) fn drafts(extraction: &Extraction) -> Vec<Draft> {
    let numbered: Vec<_> = extraction
        .blocks
        .iter()
        .filter(|b| matches!(b.kind, BlockKind::PageNumber | BlockKind::RunningText))
        .filter_map(|b| Some((b, page_number(&b.text)?)))
        .collect();
    let rising = numbered.windows(2).filter(|w| w[1].1 == w[0].1 + 1).count();
    let mut drafts = Vec::new();
    for pair in numbered.windows(2) {
        let ((_, before), (block, number)) = (pair[0], pair[1]);
        let falls = number <= before && number + BACK >= before && number > 1;
        // Where most numbers do not rise by one, they are no page numbers; the pages of a PDF stand
        // in their order, and their printed numbers may begin anew.
        if !falls || rising * 3 < numbered.len() || block.place.page > 0 {
            continue;
        }
        let part = crate::mentions::part_of(&extraction.parts, &block.place);
        let mut draft = Draft::at(FindingCode::PageOrder, part, block.place.clone());
        draft.subject = format!("page {number} after page {before}");
        draft.printed = number.to_string();
        draft.computed = (before + 1).to_string();
        draft.detail = format!("page {number} stands after page {before}");
        draft.places = vec![pair[0].0.place.clone()];
        draft.origin = Origin::Unknown;
        draft.confidence = 0.7;
        drafts.push(draft);
    }
    drafts
}

/// The number of a page: alone, or behind the word.
fn page_number(text: &str) -> Option<u32> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    match words[..] {
        [number] | [.., "halaman" | "hal" | "page", number] => number.parse().ok(),
        _ => None,
    }
    .filter(|n| *n < 1000)
}

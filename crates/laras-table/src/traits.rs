//! What a column model looks at in a cell.

use std::hash::BuildHasher as _;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::head_words::first_word;
use crate::kind::CellKind;
use crate::sheet::SheetCell;

/// Fewest letters of a text that can be a name.
const NAME_LETTERS: usize = 16;

/// A text in small letters, as a number.
pub(crate) type TextId = u32;

/// Texts in small letters, numbered as they come.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    /// By the hash of each text, or the next free number after it, its own number.
    ids: FxHashMap<u64, TextId>,
    /// The texts one after the other, and where each ends.
    texts: String,
    ends: Vec<usize>,
    /// The text that is looked up; kept for its room.
    folded: String,
}

impl Texts {
    /// The numbers of a text and of its first word.
    fn ids(&mut self, text: &str) -> (TextId, Option<TextId>) {
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        if text.is_ascii() {
            folded.push_str(text);
            folded.make_ascii_lowercase();
        } else {
            folded.push_str(&text.to_lowercase());
        }
        let ids = (self.id(&folded), first_word(&folded).map(|word| self.id(word)));
        self.folded = folded;
        ids
    }

    /// The number of a text in small letters.
    fn id(&mut self, text: &str) -> TextId {
        let mut hash = FxBuildHasher.hash_one(text);
        while let Some(id) = self.ids.get(&hash).copied() {
            let at = id as usize;
            let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
            if self.texts[from..self.ends[at]] == *text {
                return id;
            }
            hash = hash.wrapping_add(1);
        }
        let id = self.ends.len() as TextId;
        self.texts.push_str(text);
        self.ends.push(self.texts.len());
        self.ids.insert(hash, id);
        id
    }
}

/// What a column model looks at in a cell, worked out once for all columns.
#[derive(Clone, Copy)]
pub(crate) struct Traits {
    pub(crate) kind: CellKind,
    /// Whether it is a single letter, as rows are numbered with.
    pub(crate) is_letter: bool,
    /// What it looks at in a text; none where only [kinds](Self::by_kind) were looked at.
    pub(crate) text: Option<TextTraits>,
}

impl Traits {
    pub(crate) fn of(cell: &SheetCell, texts: &mut Texts) -> Self {
        let text = (cell.kind == CellKind::Text).then(|| TextTraits::of(&cell.text, texts));
        Self { text, ..Self::by_kind(cell) }
    }

    /// What shows without a look at a text: enough to bound what the cell costs.
    pub(crate) fn by_kind(cell: &SheetCell) -> Self {
        let is_letter = cell.kind == CellKind::Text && is_letter(&cell.text);
        Self { kind: cell.kind, is_letter, text: None }
    }
}

/// What it looks at in a text.
#[derive(Clone, Copy)]
pub(crate) struct TextTraits {
    pub(crate) text: TextId,
    /// Whether it is as long as names are.
    pub(crate) is_name: bool,
    pub(crate) first_word: Option<TextId>,
    pub(crate) length: f64,
}

impl TextTraits {
    pub(crate) fn of(text: &str, texts: &mut Texts) -> Self {
        let (text_id, first_word) = texts.ids(text);
        let chars = if text.is_ascii() { text.len() } else { text.chars().count() };
        let mut letters = text.chars().filter(|c| c.is_alphabetic());
        Self {
            text: text_id,
            is_name: text.len() >= NAME_LETTERS && letters.nth(NAME_LETTERS - 1).is_some(),
            first_word,
            length: length(chars),
        }
    }
}

/// Whether a text is one letter and no more than two other signs.
fn is_letter(text: &str) -> bool {
    const MOST_SIGNS: usize = 3;
    text.len() <= MOST_SIGNS * char::MAX_LEN_UTF8
        && text.chars().count() <= MOST_SIGNS
        && text.chars().filter(|c| c.is_alphabetic()).count() == 1
}

/// Length of a text on a scale on which doubling is always one step.
fn length(chars: usize) -> f64 {
    ((chars + 4) as f64).log2()
}

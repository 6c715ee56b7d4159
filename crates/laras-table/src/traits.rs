//! What a column model looks at in a cell.

use std::hash::BuildHasher as _;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::head_words::first_word;
use crate::kind::CellKind;

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
}

impl Texts {
    fn id(&mut self, text: &str) -> TextId {
        let known = self.texts.len();
        if text.is_ascii() {
            self.texts.push_str(text);
            self.texts[known..].make_ascii_lowercase();
        } else {
            self.texts.push_str(&text.to_lowercase());
        }
        let mut hash = FxBuildHasher.hash_one(&self.texts[known..]);
        while let Some(id) = self.ids.get(&hash).copied() {
            let at = id as usize;
            let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
            if self.texts[from..self.ends[at]] == self.texts[known..] {
                self.texts.truncate(known);
                return id;
            }
            hash = hash.wrapping_add(1);
        }
        let id = self.ends.len() as TextId;
        self.ends.push(self.texts.len());
        self.ids.insert(hash, id);
        id
    }
}

/// What a column model looks at in a cell, worked out once for all columns.
#[derive(Clone, Copy)]
pub(crate) struct Traits {
    pub(crate) kind: CellKind,
    pub(crate) text: Option<TextTraits>,
}

/// What it looks at in a text.
#[derive(Clone, Copy)]
pub(crate) struct TextTraits {
    pub(crate) text: TextId,
    /// Whether it is a single letter, as rows are numbered with.
    pub(crate) is_letter: bool,
    /// Whether it is as long as names are.
    pub(crate) is_name: bool,
    pub(crate) first_word: Option<TextId>,
    pub(crate) length: f64,
}

impl TextTraits {
    pub(crate) fn of(text: &str, texts: &mut Texts) -> Self {
        let first_word = first_word(text).map(|word| texts.id(word));
        let (letters, chars) = if text.is_ascii() {
            (text.bytes().filter(u8::is_ascii_alphabetic).count(), text.len())
        } else {
            (text.chars().filter(|c| c.is_alphabetic()).count(), text.chars().count())
        };
        Self {
            text: texts.id(text),
            is_letter: letters == 1 && chars <= 3,
            is_name: letters >= NAME_LETTERS,
            first_word,
            length: length(chars),
        }
    }
}

/// Length of a text on a scale on which doubling is always one step.
fn length(chars: usize) -> f64 {
    ((chars + 4) as f64).log2()
}

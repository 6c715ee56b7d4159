//! Answers that depend on a text alone, kept for when the same text comes again: the same names
//! stand in every table of a report and in the reports of every office.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

/// Longest text, in bytes, whose answer is kept.
const LONGEST: usize = 400;

/// Kept answers, never more than a fixed number of them: of the newer half all, of the older one
/// those that were asked for again.
pub(crate) struct Memo<T> {
    kept: Mutex<Kept<T>>,
    most: usize,
}

struct Kept<T> {
    newer: FxHashMap<Box<str>, T>,
    older: FxHashMap<Box<str>, T>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { newer: FxHashMap::default(), older: FxHashMap::default() }
    }
}

impl<T: Clone> Kept<T> {
    /// A kept answer, which is a newer one from now on.
    fn get(&mut self, text: &str, most: usize) -> Option<T> {
        if let Some(kept) = self.newer.get(text) {
            return Some(kept.clone());
        }
        let (text, kept) = self.older.remove_entry(text)?;
        self.insert(text, kept.clone(), most);
        Some(kept)
    }

    /// Keeps an answer; the older half goes where the newer one is full.
    fn insert(&mut self, text: Box<str>, answer: T, most: usize) {
        if self.newer.len() >= most.div_ceil(2) {
            self.older = std::mem::take(&mut self.newer);
        }
        self.newer.insert(text, answer);
    }
}

impl<T: Clone> Memo<T> {
    pub(crate) fn new(most: usize) -> Self {
        Self { kept: Mutex::default(), most }
    }

    /// The answer for a text, worked out where it is not kept.
    pub(crate) fn get(&self, text: &str, answer: impl FnOnce() -> T) -> T {
        if text.len() > LONGEST {
            return answer();
        }
        // Whoever panicked while holding the lock left whole entries.
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = lock().get(text, self.most) {
            return kept;
        }
        let found = answer();
        lock().insert(text.into(), found.clone(), self.most);
        found
    }
}

impl<T> fmt::Debug for Memo<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memo").field("most", &self.most).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn an_answer_is_worked_out_once_until_there_are_too_many() {
        let memo = Memo::new(2);
        let asked = Cell::new(0);
        let ask = |text: &str| {
            memo.get(text, || {
                asked.set(asked.get() + 1);
                text.len()
            })
        };
        assert_eq!([ask("a"), ask("bb"), ask("a"), ask("bb")], [1, 2, 1, 2]);
        assert_eq!(asked.get(), 2);
        // The third text takes the place of the one that was asked for longest ago.
        assert_eq!([ask("ccc"), ask("bb"), ask("ccc")], [3, 2, 3]);
        assert_eq!(asked.get(), 3);
        assert_eq!(ask("a"), 1);
        assert_eq!(asked.get(), 4);
        let long = "x".repeat(LONGEST + 1);
        assert_eq!([ask(&long), ask(&long)], [LONGEST + 1; 2]);
        assert_eq!(asked.get(), 6, "long texts are not kept");
    }
}

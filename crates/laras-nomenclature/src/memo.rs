//! Answers that depend on a text alone, kept for when the same text comes again: the same names
//! stand in every table of a report and in the reports of every office.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

/// Longest text, in bytes, whose answer is kept.
const LONGEST: usize = 400;

/// Kept answers, never more than a fixed number of them.
pub(crate) struct Memo<T> {
    kept: Mutex<FxHashMap<Box<str>, T>>,
    most: usize,
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
        if let Some(kept) = lock().get(text) {
            return kept.clone();
        }
        let found = answer();
        let mut kept = lock();
        if kept.len() >= self.most {
            kept.clear();
        }
        kept.insert(text.into(), found.clone());
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
        // The third text empties the memo.
        assert_eq!([ask("ccc"), ask("a")], [3, 1]);
        assert_eq!(asked.get(), 4);
        let long = "x".repeat(LONGEST + 1);
        assert_eq!([ask(&long), ask(&long)], [LONGEST + 1; 2]);
        assert_eq!(asked.get(), 6, "long texts are not kept");
    }
}

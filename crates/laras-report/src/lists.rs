//! Lists of words, from a data file: `data/word_lists.tsv`.
//!
//! | list | words of it |
//! |---|---|
//! | `planned`, `achieved` | in a caption, say that physical values are targets or achievements |
//! | `budgeted`, `spent` | in a caption, say that amounts are budgets or spending |
//! | `percent`, `score`, `rupiah` | as a unit, mean these |
//! | `scored` | begin an indicator that is an index or a score |
//! | `sum` | make up the head of a column that is a total |
//! | `office` | name an office on a title page |
//! | `role` | begin the office that a signatory holds |
//! | `agency_line` | begin a line of an agency's name, which is no person's |
//! | `front` | begin headings that can stand where a scanned signature was lost |

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

static LISTS: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in include_str!("../data/word_lists.tsv").lines().skip(1) {
        if let Some((word, list)) = line.split_once('\t') {
            lists.entry(list).or_default().push(word);
        }
    }
    lists
});

/// The words of a list, in the order of the file.
pub(crate) fn list(name: &str) -> &'static [&'static str] {
    LISTS.get(name).map_or(&[], Vec::as_slice)
}

/// Each word with each of its lists.
static IN_LISTS: LazyLock<FxHashSet<(&str, &str)>> = LazyLock::new(|| {
    LISTS.iter().flat_map(|(list, words)| words.iter().map(|word| (*list, *word))).collect()
});

/// Whether a word is in a list.
pub(crate) fn is_in(name: &str, word: &str) -> bool {
    IN_LISTS.contains(&(name, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_that_is_told_of_has_words() {
        let told = include_str!("lists.rs").lines().filter_map(|line| line.strip_prefix("//! | `"));
        let names: Vec<&str> = told
            .filter_map(|line| line.split('|').next())
            .flat_map(|names| names.split(','))
            .map(|name| name.trim_matches(['`', ' ']))
            .collect();
        assert_eq!(names.len(), LISTS.len());
        assert!(names.iter().all(|name| !list(name).is_empty()), "{names:?}");
        assert!(is_in("score", "indeks") && !is_in("score", "orang"));
    }
}

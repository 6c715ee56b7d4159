//! Words that tell whether a table, or a text in it, goes on; `data/joint_words.tsv`.
//!
//! | says | words of it |
//! |---|---|
//! | `continued` | in a caption, say that the table goes on |
//! | `report` | name the report, as running headers do |
//! | `total` | name the row that ends a table |
//! | `around` | stand beside those in its name |
//! | `average` | begin the name of a row of averages |
//! | `link` | end no name |

use std::sync::LazyLock;

static WORDS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let lines = include_str!("../data/joint_words.tsv").lines().skip(1);
    lines.filter_map(|line| line.split_once('\t')).collect()
});

/// The words that say something.
pub(crate) fn words(what: &str) -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter(move |(_, says)| *says == what).map(|(word, _)| *word)
}

/// Whether a lower-case text holds a word that says something.
pub(crate) fn says(what: &str, text: &str) -> bool {
    words(what).any(|word| text.contains(word))
}

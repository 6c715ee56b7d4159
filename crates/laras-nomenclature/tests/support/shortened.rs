//! What may be left out of a name so that it is still the same one.

use std::collections::{BTreeMap, BTreeSet};

use laras_nomenclature::Nomenclature;

/// Tells of a shortened name whether only one name of the list has all its words.
#[derive(Debug)]
pub(crate) struct Shortened {
    names: Vec<BTreeSet<String>>,
    pub(crate) by_word: BTreeMap<String, Vec<usize>>,
}

impl Shortened {
    pub(crate) fn new(keys: &[&str]) -> Self {
        let mut all = Self { names: Vec::new(), by_word: BTreeMap::new() };
        for (at, key) in keys.iter().enumerate() {
            let words: BTreeSet<String> = key.split(' ').map(str::to_owned).collect();
            for word in &words {
                all.by_word.entry(word.clone()).or_default().push(at);
            }
            all.names.push(words);
        }
        all
    }

    /// Whether the words fit no other name; the last one may be cut off.
    pub(crate) fn fits_only(&self, shortened: &str, own: usize) -> bool {
        let key = Nomenclature::builtin().fold(shortened);
        let words: Vec<&str> = key.split(' ').collect();
        let Some((last, whole)) = words.split_last() else { return false };
        let rarest = whole
            .iter()
            .map(|word| self.by_word.get(*word).map_or(&[][..], Vec::as_slice))
            .min_by_key(|names| names.len());
        let everything: Vec<usize> = (0..self.names.len()).collect();
        rarest.unwrap_or(&everything).iter().all(|at| {
            let name = &self.names[*at];
            *at == own
                || !whole.iter().all(|word| name.contains(*word))
                || !name.iter().any(|word| word.starts_with(last))
        })
    }
}

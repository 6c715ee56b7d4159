//! Lists of names to damage, and what may be left out of a name so that it is still the same one.

use std::collections::{BTreeMap, HashMap, HashSet};

use laras_model::Level;
use laras_nomenclature::{Nomenclature, Tier};

/// A name of the list and the code above it, where the name alone does not tell the code.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub(crate) name: String,
    pub(crate) key: String,
    pub(crate) parent: Option<String>,
}

/// The open sub kegiatan of kabupaten and kota, one for each different name.
pub(crate) fn current() -> Vec<Listed> {
    let nomenclature = Nomenclature::builtin();
    let mut codes: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for official in nomenclature.names() {
        let is_current = official.level == Level::SubKegiatan
            && official.tier == Some(Tier::KabupatenKota)
            && official.until.is_none();
        if is_current {
            let key = nomenclature.fold(official.name);
            codes.entry(key).or_default().push((official.name.to_owned(), official.code));
        }
    }
    codes
        .into_iter()
        .map(|(key, names)| {
            let (name, code) = names[0].clone();
            let parent = code.rsplit_once('.').map(|(parent, _)| parent.to_owned());
            Listed { name, key, parent: parent.filter(|_| names.len() > 1) }
        })
        .collect()
}

/// Tells of a shortened name whether only one name of the list has all its words.
#[derive(Debug)]
pub(crate) struct Shortened {
    names: Vec<HashSet<String>>,
    pub(crate) by_word: HashMap<String, Vec<usize>>,
}

impl Shortened {
    pub(crate) fn new(keys: &[&str]) -> Self {
        let mut all = Self { names: Vec::new(), by_word: HashMap::new() };
        for (at, key) in keys.iter().enumerate() {
            let words: HashSet<String> = key.split(' ').map(str::to_owned).collect();
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

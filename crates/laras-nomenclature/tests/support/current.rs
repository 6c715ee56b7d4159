//! The open sub kegiatan of kabupaten and kota: the list that names are damaged of.

use std::collections::BTreeMap;

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

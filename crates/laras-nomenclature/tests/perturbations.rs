//! Damaged names must be found, look-alikes must not: over the current sub kegiatan of
//! kabupaten and kota, seeded.

#[path = "support/perturb.rs"]
mod perturb;

use std::collections::{BTreeMap, HashMap, HashSet};

use laras_model::Level;
use laras_nomenclature::{MatchOptions, Nomenclature, Query, Tier};
use perturb::{KINDS, Random, look_alike, perturb};

/// A name of the list and the code above it, where the name alone does not tell the code.
struct Listed {
    name: String,
    key: String,
    parent: Option<String>,
}

/// The open sub kegiatan of kabupaten and kota, one for each different name.
fn current() -> Vec<Listed> {
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
struct Shortened {
    names: Vec<HashSet<String>>,
    by_word: HashMap<String, Vec<usize>>,
}

impl Shortened {
    fn new(list: &[Listed]) -> Self {
        let mut all = Self { names: Vec::new(), by_word: HashMap::new() };
        for (at, listed) in list.iter().enumerate() {
            let words: HashSet<String> = listed.key.split(' ').map(str::to_owned).collect();
            for word in &words {
                all.by_word.entry(word.clone()).or_default().push(at);
            }
            all.names.push(words);
        }
        all
    }

    /// Whether the words fit no other name; the last one may be cut off.
    fn fits_only(&self, shortened: &str, own: usize) -> bool {
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

fn query<'q>(name: &'q str, listed: &'q Listed) -> Query<'q> {
    Query {
        level: Some(Level::SubKegiatan),
        tier: Some(Tier::KabupatenKota),
        year: Some(2024),
        parent: listed.parent.as_deref(),
        ..Query::new(name)
    }
}

/// Share of the names that are found again after so many perturbations.
fn found_after(perturbations: usize, seed: u64) -> f64 {
    let nomenclature = Nomenclature::builtin();
    let list = current();
    let shortened = Shortened::new(&list);
    let mut random = Random(seed);
    let mut right = 0;
    let mut wrong = [0u32; 3];
    for (at, listed) in list.iter().enumerate() {
        let mut kinds: Vec<usize> = (0..perturbations).map(|_| random.below(KINDS)).collect();
        // Words are left out before others are misspelt, so that it can be told what is left.
        kinds.sort_by_key(|kind| !matches!(kind, 3 | 6));
        let mut name = listed.name.clone();
        for kind in kinds {
            name = perturb(&name, kind, &mut random, &|left| shortened.fits_only(left, at));
        }
        let found = nomenclature.match_name(&query(&name, listed), &MatchOptions::default());
        if nomenclature.fold(&found.official_name) == listed.key {
            right += 1;
            continue;
        }
        wrong[match found.status {
            laras_model::NameStatus::Local => 0,
            laras_model::NameStatus::Ambiguous => 1,
            _ => 2,
        }] += 1;
        if wrong.iter().sum::<u32>() <= 60 {
            println!(
                "  '{name}' of '{}': {} '{}' {:.2} [{}]",
                listed.name, found.status, found.official_name, found.score, found.explanation
            );
        }
    }
    let share = f64::from(right) / list.len() as f64;
    println!(
        "{perturbations} perturbation(s): {right}/{} = {:.2}% found; else local {}, ambiguous {}, other {}",
        list.len(),
        share * 100.0,
        wrong[0],
        wrong[1],
        wrong[2]
    );
    share
}

#[test]
fn one_perturbation() {
    let share = found_after(1, 20_260_801);
    assert!(share >= 0.97, "{share}");
}

#[test]
fn three_perturbations() {
    let share = found_after(3, 20_260_803);
    assert!(share >= 0.92, "{share}");
}

/// Ordinary words that no official name has.
const OUTSIDE: &[&str] = &[
    "kelinci", "gitar", "piala", "kembang", "sepeda", "payung", "cerita", "catur", "melodi",
    "bintang", "cokelat", "purnama", "gerobak", "panggung", "sulaman", "layangan", "rempah",
    "wayang", "kopi", "pelangi", "karnaval", "festival", "expo", "lomba", "jambore", "turnamen",
];

#[test]
fn look_alikes() {
    let nomenclature = Nomenclature::builtin();
    let list = current();
    let shortened = Shortened::new(&list);
    let rare_limit = list.len() / 50;
    let is_rare = |word: &str| {
        let word = word.to_lowercase();
        word.len() >= 5
            && shortened.by_word.get(&word).is_some_and(|names| names.len() <= rare_limit)
    };
    let mut inside: Vec<String> =
        shortened.by_word.keys().filter(|word| is_rare(word)).cloned().collect();
    inside.sort();
    let outside: Vec<String> = OUTSIDE.iter().map(|word| (*word).to_owned()).collect();
    let mut random = Random(20_260_805);
    let (mut rejected, mut all, mut confident) = (0, 0, 0);
    for listed in &list {
        let others = if random.below(2) == 0 { &inside } else { &outside };
        let Some(name) = look_alike(&listed.name, &mut random, &is_rare, others) else { continue };
        if nomenclature.nearness(&name).is_exact {
            continue;
        }
        all += 1;
        let found = nomenclature.match_name(&query(&name, listed), &MatchOptions::default());
        if found.code.is_empty() {
            rejected += 1;
        } else {
            confident += i32::from(found.score >= 0.9);
            if all - rejected <= 40 {
                println!(
                    "  '{name}' of '{}': '{}' {:.2} [{}]",
                    listed.name, found.official_name, found.score, found.explanation
                );
            }
        }
    }
    let share = f64::from(rejected) / f64::from(all);
    println!(
        "look-alikes: {rejected}/{all} = {:.2}% rejected, {confident} given a code at 0.9",
        share * 100.0
    );
    assert!(share >= 0.90, "{share}");
}

//! Damaged names must be found, look-alikes must not: over the current sub kegiatan of
//! kabupaten and kota, seeded.

#![expect(clippy::print_stdout, reason = "the figures are worth more than a pass")]

#[path = "support/current.rs"]
mod current;
#[path = "support/look_alike.rs"]
mod look_alike;
#[path = "support/perturb.rs"]
mod perturb;
#[path = "support/shortened.rs"]
mod shortened;

use current::{Listed, current};
use laras_model::Level;
use laras_nomenclature::{MatchOptions, Nomenclature, Query, Tier};
use look_alike::look_alike;
use perturb::{Random, damage};
use shortened::Shortened;

fn query<'q>(name: &'q str, listed: &'q Listed) -> Query<'q> {
    Query {
        level: Some(Level::SubKegiatan),
        tier: Some(Tier::KabupatenKota),
        year: Some(2024),
        parent: listed.parent.as_deref(),
        ..Query::new(name)
    }
}

fn keys(list: &[Listed]) -> Vec<&str> {
    list.iter().map(|listed| listed.key.as_str()).collect()
}

/// Share of the names that are found again after so many perturbations.
fn found_after(perturbations: usize, seed: u64) -> f64 {
    let nomenclature = Nomenclature::builtin();
    let list = current();
    let shortened = Shortened::new(&keys(&list));
    let mut random = Random(seed);
    let mut right = 0;
    let mut wrong = [0u32; 3];
    for (at, listed) in list.iter().enumerate() {
        let name =
            damage(&listed.name, perturbations, &mut random, &|left| shortened.fits_only(left, at));
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

/// The quick check must say what the full comparison says, of damaged names and of their beginnings.
#[test]
fn nearly_official_is_nearness_from_095_on() {
    let nomenclature = Nomenclature::builtin();
    let mut random = Random(20_260_807);
    let (mut near, mut all) = (0, 0);
    for listed in current().iter().step_by(4) {
        for perturbations in 1..=2 {
            let name = damage(&listed.name, perturbations, &mut random, &|_| true);
            let cut = name.rsplit_once(' ').map_or(name.as_str(), |(head, _)| head);
            for text in [name.as_str(), cut] {
                let full = nomenclature.nearness(text);
                let is_near = full.is_exact || full.similarity >= 0.95;
                assert_eq!(nomenclature.is_nearly_official(text), is_near, "{text} {full:?}");
                near += u32::from(is_near);
                all += 1;
            }
        }
    }
    println!("{near} of {all} texts are nearly official");
    assert!(near > all / 10 && near < all * 9 / 10, "{near} of {all}");
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
    let shortened = Shortened::new(&keys(&list));
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

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]
//! The matcher against brute force with a compiled fuzzy matcher: the same queries over the same
//! list in one run. Times differ between machines; the ratios are what counts.
//!
//! `cargo bench -p laras-benches --bench names`
//!
//! The list is every different official name, in lower case. Brute force takes the name with the
//! highest `rapidfuzz::fuzz::ratio`, of the names as they are and of their words sorted; each is
//! run plainly and with the query prepared once. Queries are every twentieth name after three
//! perturbations (those of the test suite). The matcher is told nothing but the name.

#[path = "../crates/laras-nomenclature/tests/support/perturb.rs"]
mod perturb;

use std::hint::black_box;
use std::time::{Duration, Instant};

use laras_nomenclature::{MatchOptions, Nomenclature, Query};
use perturb::{KINDS, Random, perturb};
use rapidfuzz::fuzz::{RatioBatchComparator, ratio};

fn main() {
    let start = Instant::now();
    let nomenclature = Nomenclature::builtin();
    println!("loaded in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let list = list(nomenclature);
    let options = MatchOptions { explain: false, ..MatchOptions::default() };

    let exact = time(|| {
        for name in &list {
            black_box(nomenclature.match_name(&Query::new(name), &options));
        }
    });
    println!("exact look-ups: {:.0} a second ({} names)", per_second(list.len(), exact), list.len());
    let near = time(|| {
        for name in &list {
            black_box(nomenclature.nearness(name));
        }
    });
    println!("exact nearness: {:.0} a second", per_second(list.len(), near));

    let queries = queries(&list);
    let mut ours = Vec::new();
    let took = time(|| {
        ours = queries
            .iter()
            .map(|(query, _)| nomenclature.match_name(&Query::new(query), &options))
            .collect();
    });
    let each = took / queries.len() as u32;
    println!("{} queries after three perturbations; matcher: {each:?} each", queries.len());
    let wrong = |found: &dyn Fn(usize) -> String| {
        (0..queries.len())
            .filter(|at| nomenclature.fold(&found(*at)) != nomenclature.fold(&queries[*at].1))
            .count()
    };
    let given = wrong(&|at| ours[at].official_name.clone());
    let best = wrong(&|at| {
        let found = &ours[at];
        let first = found.candidates.first().map(|candidate| candidate.official_name.clone());
        if found.code.is_empty() { first.unwrap_or_default() } else { found.official_name.clone() }
    });
    let errors = queries.len();
    println!("matcher: {best}/{errors} wrong by best candidate, {given}/{errors} not given the right code");

    let sorted: Vec<String> = list.iter().map(|name| sort_words(name)).collect();
    let baselines: [(&str, &[String], fn(&str) -> String); 2] =
        [("ratio", &list, str::to_owned), ("token sort", &sorted, sort_words)];
    for (name, list_of, prepare) in baselines {
        let mut found = Vec::new();
        let plain = time(|| {
            found = queries
                .iter()
                .map(|(query, _)| {
                    let query = prepare(query);
                    best_of(list_of, |other| ratio(query.chars(), other.chars()))
                })
                .collect();
        });
        let cached = time(|| {
            for (query, _) in &queries {
                let query = RatioBatchComparator::new(prepare(query).chars());
                black_box(best_of(list_of, |other| query.similarity(other.chars())));
            }
        });
        let errors_of_it = wrong(&|at| list[found[at]].clone());
        println!(
            "{name}: {:?} each, matcher {:.0} × faster; query prepared once {:?}, {:.0} × faster; {errors_of_it}/{errors} wrong, matcher {:.2} of that",
            plain / queries.len() as u32,
            plain.as_secs_f64() / took.as_secs_f64(),
            cached / queries.len() as u32,
            cached.as_secs_f64() / took.as_secs_f64(),
            best as f64 / errors_of_it as f64,
        );
    }
}

/// Every different official name, in lower case, in the order of the alphabet.
fn list(nomenclature: &Nomenclature) -> Vec<String> {
    let mut list: Vec<String> = nomenclature.names().map(|name| name.name.to_lowercase()).collect();
    list.sort();
    list.dedup_by_key(|name| nomenclature.fold(name));
    list
}

/// Every twentieth name, damaged three times.
fn queries(list: &[String]) -> Vec<(String, String)> {
    let mut random = Random(20_261_101);
    let damaged = list.iter().step_by(20).map(|name| {
        let mut query = name.clone();
        for _ in 0..3 {
            // Nothing is left out of a name here: what is left could be another one.
            query = perturb(&query, random.below(KINDS), &mut random, &|_| false);
        }
        (query, name.clone())
    });
    damaged.collect()
}

fn sort_words(name: &str) -> String {
    let mut words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
}

fn best_of(list: &[String], score: impl Fn(&str) -> f64) -> usize {
    let mut best = (0, f64::MIN);
    for (at, name) in list.iter().enumerate() {
        let score = score(name);
        if score > best.1 {
            best = (at, score);
        }
    }
    best.0
}

fn time(mut run: impl FnMut()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn per_second(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64()
}

//! The matcher against brute force with a compiled fuzzy matcher: the same queries over the same
//! list in one run. Times are those that the processor worked for the thread. They differ between
//! machines; the ratios are what counts.
//!
//! `cargo bench -p laras-benches --bench names`
//!
//! Brute force takes the name of the list with the highest `rapidfuzz::fuzz::ratio`, of the names
//! as they are and of their words sorted; each is run plainly and with the query prepared once.
//! There are two lists: every different official name, of which the matcher is told nothing but
//! the name; and the open sub kegiatan of kabupaten and kota, of which it is told just that.
//! Queries are names after three perturbations, those of the test suite. The matcher keeps its answers
//! for when a name comes again; here every name comes once, so that its work is measured.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

#[expect(dead_code, reason = "the bench looks for names wherever they stand")]
#[path = "../crates/laras-nomenclature/tests/support/current.rs"]
mod current;
#[path = "../crates/laras-nomenclature/tests/support/perturb.rs"]
mod perturb;
#[path = "../crates/laras-nomenclature/tests/support/shortened.rs"]
mod shortened;

use std::hint::black_box;
use std::time::{Duration, Instant};

use current::current;
use laras_model::Level;
use laras_nomenclature::{Match, MatchOptions, Nomenclature, Query, Tier};
use perturb::{Random, damage};
use rapidfuzz::fuzz::{RatioBatchComparator, ratio};
use rustix::time::{ClockId, clock_gettime};
use shortened::Shortened;

fn main() {
    let start = Instant::now();
    let nomenclature = Nomenclature::builtin();
    println!("loaded in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let mut everything: Vec<String> =
        nomenclature.names().map(|name| name.name.to_lowercase()).collect();
    everything.sort();
    everything.dedup_by_key(|name| nomenclature.fold(name));
    exact(&everything);
    compare("every official name", &everything, 20, Query::default());
    let open: Vec<String> = current().iter().map(|listed| listed.name.to_lowercase()).collect();
    let known = Query {
        level: Some(Level::SubKegiatan),
        tier: Some(Tier::KabupatenKota),
        year: Some(2024),
        ..Query::default()
    };
    compare("open sub kegiatan of kabupaten and kota", &open, 7, known);
}

/// What brute force is called, the names it goes through, and how it prepares a query.
type Baseline<'l> = (&'l str, &'l [String], fn(&str) -> String);

fn exact(list: &[String]) {
    let nomenclature = Nomenclature::builtin();
    let options = MatchOptions { explain: false, ..MatchOptions::default() };
    let matched = once(|| {
        for name in list {
            black_box(nomenclature.match_name(&Query::new(name), &options));
        }
    });
    let near = once(|| {
        for name in list {
            black_box(nomenclature.nearness(name));
        }
    });
    let per_second = |took: Duration| list.len() as f64 / took.as_secs_f64();
    println!(
        "exact names a second: match_name {:.0}, nearness {:.0}",
        per_second(matched),
        per_second(near)
    );
}

/// Damages every so many names of a list and looks for them in it.
fn compare(title: &str, list: &[String], every: usize, known: Query<'static>) {
    let nomenclature = Nomenclature::builtin();
    let keys: Vec<String> = list.iter().map(|name| nomenclature.fold(name)).collect();
    let shortened = Shortened::new(&keys.iter().map(String::as_str).collect::<Vec<_>>());
    let mut random = Random(20_261_101);
    // Other names for every run: a second time they would only be looked up.
    let mut runs: Vec<Vec<(String, usize)>> = (0..RUNS)
        .map(|run| {
            (run..list.len())
                .step_by(every)
                .map(|at| {
                    let safe = |left: &str| shortened.fits_only(left, at);
                    (damage(&list[at], 3, &mut random, &safe), at)
                })
                .collect()
        })
        .collect();
    let queries = runs.swap_remove(0);
    println!(
        "\n{title}: {} names, {} queries after three perturbations",
        list.len(),
        queries.len()
    );
    let options = MatchOptions { explain: false, least_listed: 0.0, ..MatchOptions::default() };
    let matched = |queries: &[(String, usize)]| -> Vec<Match> {
        let names = queries.iter();
        names.map(|(name, _)| nomenclature.match_name(&Query { name, ..known }, &options)).collect()
    };
    let mut found: Vec<Match> = Vec::new();
    let mut took = once(|| found = matched(&queries));
    for run in &runs {
        let each = once(|| drop(black_box(matched(run)))).as_secs_f64() / run.len() as f64;
        took = took.min(Duration::from_secs_f64(each * queries.len() as f64));
    }
    let is_wrong = |name: &str, at: usize| nomenclature.fold(name) != keys[at];
    let best = |found: &Match| match found.candidates.first() {
        Some(first) if found.code.is_empty() => first.official_name.clone(),
        _ => found.official_name.clone(),
    };
    let pairs = || found.iter().zip(&queries);
    let wrong = pairs().filter(|(found, query)| is_wrong(&best(found), query.1)).count();
    let given = pairs()
        .filter(|(found, query)| !found.code.is_empty() && is_wrong(&found.official_name, query.1))
        .count();
    let open = found.iter().filter(|found| found.code.is_empty()).count();
    let each = |took: Duration| took.as_secs_f64() * 1e6 / queries.len() as f64;
    println!(
        "  matcher: {:.0} µs each; best candidate wrong {wrong} times; gives a wrong code {given} times, none {open} times",
        each(took)
    );

    let sorted: Vec<String> = list.iter().map(|name| sort_words(name)).collect();
    let baselines: [Baseline<'_>; 2] =
        [("ratio", list, str::to_owned), ("token sort", &sorted, sort_words)];
    for (name, names, prepare) in baselines {
        let mut wrong_here = 0;
        let plain = time(|| {
            wrong_here = 0;
            for (query, at) in &queries {
                let query = prepare(query);
                let best = best_of(names, |other| ratio(query.chars(), other.chars()));
                wrong_here += usize::from(is_wrong(&list[best], *at));
            }
        });
        let prepared = time(|| {
            for (query, _) in &queries {
                let query = RatioBatchComparator::new(prepare(query).chars());
                black_box(best_of(names, |other| query.similarity(other.chars())));
            }
        });
        println!(
            "  {name}: {:.0} µs each, {:.0} × the matcher's (query prepared once: {:.0} µs, {:.0} ×); wrong {wrong_here} times, the matcher {:.2} × as often",
            each(plain),
            plain.as_secs_f64() / took.as_secs_f64(),
            each(prepared),
            prepared.as_secs_f64() / took.as_secs_f64(),
            wrong as f64 / wrong_here as f64,
        );
    }
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

/// How often everything is run; the shortest run counts, for others on the machine only make a run
/// longer.
const RUNS: usize = 5;

fn once(run: impl FnOnce()) -> Duration {
    let start = worked();
    run();
    worked().saturating_sub(start)
}

/// How long the processor has worked for this thread: what it does for others is not counted.
fn worked() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default()
}

/// The shortest of the runs of something that is the same work every time.
fn time(mut run: impl FnMut()) -> Duration {
    (0..RUNS).map(|_| once(&mut run)).min().unwrap_or_default()
}

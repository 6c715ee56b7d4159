//! What the audits cost: the whole pipeline, and the audits alone, on reports of the corpus.
//!
//! The promise is that audits take at most a fifth of the pipeline; divide the two medians of one run.

use std::path::Path;

use divan::{Bencher, black_box};
use laras::{Options, extract};
use laras_model::Extraction;

fn main() {
    divan::main();
}

/// Reports of the corpus that print many amounts.
const REPORTS: [&str; 3] = ["banggai-2019", "bengkulu-2024", "sumba-timur-2018"];

fn bytes(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus").join(name);
    #[expect(clippy::disallowed_methods, reason = "a bench reads its reports")]
    std::fs::read(folder.join(format!("{name}.txt"))).expect("the corpus is part of the repository")
}

fn extraction(name: &str) -> Extraction {
    extract(&bytes(name), &Options::named(name)).expect("a report of the corpus is read")
}

#[divan::bench(args = REPORTS)]
fn whole_pipeline(bencher: Bencher<'_, '_>, name: &str) {
    let bytes = bytes(name);
    bencher.bench(|| extract(black_box(&bytes), &Options::named(name)));
}

#[divan::bench(args = REPORTS)]
fn audits_alone(bencher: Bencher<'_, '_>, name: &str) {
    let read = extraction(name);
    bencher.with_inputs(|| read.clone()).bench_refs(|e| laras_audit::audit(black_box(e)));
}

//! Megabytes a second of one core, from the bytes of text reports to each stage's result:
//! `cargo bench -p laras-benches --bench pipeline`.
//!
//! The reports are 20 MB made from the corpus by seed, in every conversion style. The promises:
//! bytes → blocks 50 MB/s, bytes → tables 20 MB/s, bytes → JSON 10 MB/s. Peak memory is measured
//! from outside, by `benches/memory.sh`.

use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use laras::{Options, extract};
use laras_export::write_json;
use laras_model::Content;
use laras_read::text::{TextOptions, read_text};
use laras_table::{TableOptions, tables};
use laras_tests::{Report, batch};

/// Bytes of reports.
const BYTES: usize = 20_000_000;

static REPORTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let corpus = Report::corpus().expect("the corpus is part of the repository");
    let mut size = 0;
    let reports = batch(&corpus, 1).map(|(_, bytes)| bytes);
    reports
        .take_while(|bytes| {
            size += bytes.len();
            size <= BYTES
        })
        .collect()
});

fn main() {
    divan::main();
}

/// Measures what is done with each report, over all of them.
fn over_all(bencher: Bencher<'_, '_>, work: impl Fn(&[u8])) {
    let reports = &*REPORTS;
    let size: usize = reports.iter().map(Vec::len).sum();
    bencher.counter(BytesCount::new(size)).bench_local(|| {
        for report in reports {
            work(black_box(report));
        }
    });
}

fn read(report: &[u8]) -> Content {
    read_text(report, &TextOptions::default()).expect("it is text")
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn blocks(bencher: Bencher<'_, '_>) {
    over_all(bencher, |report| {
        black_box(read(report));
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn logical_tables(bencher: Bencher<'_, '_>) {
    over_all(bencher, |report| {
        black_box(tables(&mut read(report), &TableOptions::default()));
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn json(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("room for a file");
    let path = folder.path().join("report.json");
    over_all(bencher, |report| {
        let extraction = extract(report, &Options::named("report")).expect("it is text");
        write_json(&path, &extraction).expect("room for a file");
    });
}

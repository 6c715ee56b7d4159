//! Megabytes a second of one core, from the bytes of text reports to each stage's result:
//! `cargo bench -p laras-benches --bench pipeline`.
//!
//! The reports are 20 MB made from the corpus by seed, in every conversion style. The promises:
//! bytes → blocks 50 MB/s, bytes → tables 20 MB/s, bytes → JSON 10 MB/s; a table of 100,000 rows
//! in 2 s. Peak memory is measured from outside, by `benches/memory.sh`.

use std::fmt::Write as _;
use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use laras::{Options, extract};
use laras_export::{append_json, write_json};
use laras_model::{Content, Extraction};
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

/// Rows of the long table.
const ROWS: u32 = 100_000;

/// A report with one long table.
static LONG: LazyLock<Vec<u8>> = LazyLock::new(|| {
    const WORDS: [&str; 7] =
        ["Fasilitasi", "Koordinasi", "Aparatur", "Layanan", "Daerah", "Pelatihan", "Rapat"];
    let mut report = String::from(
        "LAPORAN KINERJA\nDINAS CONTOH KABUPATEN TAPIN\nTAHUN 2023\n\nTabel 1 Anggaran\n\n\
         No\tKegiatan\tPagu (Rp)\tRealisasi (Rp)\t%\n",
    );
    for row in 1..=ROWS {
        let word = |step: u32| WORDS[(row * step / 3) as usize % WORDS.len()];
        let (pagu, percent) = (100 + row * 7 % 900, row * 13 % 101);
        // Writing to a string cannot fail.
        let _ = writeln!(
            report,
            "{row}\t{} {} {} {row}\t{pagu}.000.000,00\t{}.{:03}.000,00\t{percent}.00",
            word(1),
            word(2),
            word(5),
            pagu * percent / 100,
            pagu * percent % 100 * 10,
        );
    }
    report.into_bytes()
});

/// As in the program.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() {
    divan::main();
}

/// Measures what is done with each report, over all of them.
fn over_all(bencher: Bencher<'_, '_>, mut work: impl FnMut(&[u8])) {
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
fn long_table(bencher: Bencher<'_, '_>) {
    let report = &*LONG;
    bencher.counter(BytesCount::new(report.len())).bench_local(|| {
        let found = tables(&mut read(black_box(report)), &TableOptions::default());
        assert_eq!(found[0].table.rows.len(), ROWS as usize + 1, "a row for each and the head");
        found
    });
}

/// The bytes of the JSON, in memory: what the processor has to do.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn json(bencher: Bencher<'_, '_>) {
    let mut json = Vec::new();
    over_all(bencher, |report| {
        json.clear();
        append_json(&mut json, &extracted(report)).expect("it is written");
        black_box(&json);
    });
}

/// Each report is written to a file of its own, as `laras extract` does; the disk and its system have a
/// part in it. A file renamed over another is something else: some file systems then write it to the
/// disk at once.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn json_files(bencher: Bencher<'_, '_>) {
    let reports = &*REPORTS;
    let size: usize = reports.iter().map(Vec::len).sum();
    let folder = || tempfile::tempdir().expect("room for files");
    bencher.counter(BytesCount::new(size)).with_inputs(folder).bench_local_refs(|folder| {
        for (i, report) in reports.iter().enumerate() {
            let path = folder.path().join(format!("{i}.json"));
            write_json(&path, &extracted(report)).expect("room for a file");
        }
    });
}

fn extracted(report: &[u8]) -> Extraction {
    extract(black_box(report), &Options::named("report")).expect("it is text")
}

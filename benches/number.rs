//! Cells a second: `cargo bench -p laras-benches --bench number`.
//!
//! The promise is three million typical cells a second on one core (`typical`, items/s). The
//! other benches show which kind of cell costs what.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

const CELLS: &str = include_str!("data/cells.txt");

fn main() {
    divan::main();
}

fn read_all(bencher: Bencher<'_, '_>, cells: &[&str]) {
    bencher.counter(ItemsCount::new(cells.len())).bench_local(|| {
        for cell in cells {
            black_box(laras_number::read(black_box(cell)));
        }
    });
}

#[divan::bench]
fn typical(bencher: Bencher<'_, '_>) {
    read_all(bencher, &CELLS.lines().collect::<Vec<_>>());
}

#[divan::bench(args = [
    "",
    "-",
    "1.665.000",
    "1.987.700.926,00",
    "Rp. 2.714.944.445,00",
    "95,42",
    "117,65%",
    "350 Bh",
    "47 Orang/bulan",
    "Penyediaan jasa surat menyurat",
    "1.491.546,452",
    "TW 2 : 85",
    "31 Juli 2020",
    "8.01.02.2.01.0003",
    "33 (tiga puluh tiga) kegiatan",
])]
fn one(bencher: Bencher<'_, '_>, cell: &str) {
    read_all(bencher, &[cell]);
}

#[divan::bench]
fn find_in_prose(bencher: Bencher<'_, '_>) {
    let text =
        "Pada tahun 2020 dialokasikan 33 (tiga puluh tiga) kegiatan dengan anggaran sebesar \
                Rp. 2.714.944.445, 00 atau 96,82 % sesuai Peraturan Nomor 29 Tahun 2014.\n"
            .repeat(40);
    bencher
        .counter(divan::counter::BytesCount::new(text.len()))
        .bench_local(|| laras_number::find(black_box(&text)));
}

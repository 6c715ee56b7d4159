//! Columns of names whose heads cannot be read, told by the nomenclature.

use laras_model::{Extraction, Role};
use laras_tests::measure::read;

/// A plan whose heads over names and indicators a converter mixed up, as pipes.
fn plan(names: [&str; 4]) -> Extraction {
    const INDICATORS: [&str; 4] = [
        "Jumlah pegawai yang dibayar",
        "Jumlah paket logistik",
        "Jumlah rapat",
        "Jumlah barang cetakan",
    ];
    let mut text = String::from(
        "RENCANA KERJA\nDINAS CONTOH KABUPATEN TAPIN\nTAHUN 2024\n\n\
         |No|PKi rogam|Indikator Kinerja||Pagu (Rp)|\n|---|---|---|---|---|\n\
         ||gg|Program/Kegiatan|Target||\n",
    );
    for (i, (name, indicator)) in (1..).zip(names.into_iter().zip(INDICATORS)) {
        text += &format!("|{i}|{name}|{indicator}|{} dokumen|{}.500.000|\n", i + 1, i + 2);
    }
    read("plan", text.as_bytes()).expect("it is text")
}

fn roles(extraction: &Extraction) -> Vec<Role> {
    extraction.tables[0].columns.iter().map(|column| column.role).collect()
}

#[test]
fn official_names_tell_their_column() {
    let read = plan([
        "Penyediaan Gaji dan Tunjangan ASN",
        "Penyediaan Bahan Logistik Kantor",
        "Penyelenggaraan Rapat Koordinasi dan Konsultasi SKPD",
        "Penyediaan Barang Cetakan dan Penggandaan",
    ]);
    assert_eq!(roles(&read)[1..3], [Role::Name, Role::Indicator]);
    let names: Vec<&str> = read.observations.iter().map(|o| o.name.as_str()).collect();
    assert!(names.contains(&"Penyediaan Bahan Logistik Kantor"), "{names:?}");
}

#[test]
fn words_that_are_no_official_names_tell_nothing() {
    let read = plan(["Lantai satu", "Lantai dua", "Gudang belakang", "Ruang tamu besar"]);
    assert_ne!(roles(&read)[1], Role::Name);
}

//! A value that cannot belong in its column is told apart from a wrong one of the right kind.

use laras::{Options, extract};
use laras_model::{Extraction, Flag, Observation};

fn read(percent: &str, amount: &str) -> Extraction {
    let report = format!(
        "LAPORAN KINERJA INSTANSI PEMERINTAH\nDINAS CONTOH KABUPATEN TAPIN\nTAHUN 2023\n\n\
         No\tKegiatan\tPagu (Rp)\tRealisasi (Rp)\tSerapan (%)\n\
         1\tPenyuluhan kepada Masyarakat\t10.000.000\t9.000.000\t90,00\n\
         2\tVerifikasi Data Partai Politik\t20.000.000\t15.000.000\t{percent}\n\
         3\tSeminar Wawasan Kebangsaan\t12.000.000\t{amount}\t75,00\n\
         4\tPentas Seni dan Budaya\t8.000.000\t8.000.000\t100,00\n\
         5\tRapat Koordinasi Pimpinan\t40.000.000\t10.000.000\t25,00\n"
    );
    extract(report.as_bytes(), &Options::named("case")).expect("text is read")
}

/// The observation of a row and a 0-based column.
fn at(extraction: &Extraction, line: u32, column: u32) -> &Observation {
    let mut found =
        extraction.observations.iter().filter(|o| o.place.line == line && o.column == column);
    found.next().expect("the cell is read")
}

#[test]
fn a_wrong_percent_is_no_misfit() {
    let read = read("57,00", "9.000.000");
    assert!(read.observations.iter().all(|o| !o.flags.contains(Flag::UnitMismatch)));
    assert!(at(&read, 7, 4).flags.contains(Flag::EquationBroken));
}

#[test]
fn an_amount_under_a_percent_and_a_digit_among_millions_are_not_believed() {
    let read = read("1.080.843.100", "4");
    for (line, column) in [(7, 4), (8, 3)] {
        let misfit = at(&read, line, column);
        assert!(misfit.flags.contains(Flag::UnitMismatch), "{misfit:?}");
        assert!(misfit.confidence.get() < 0.2, "{misfit:?}");
    }
    assert!(!at(&read, 6, 3).flags.contains(Flag::UnitMismatch));
    assert!(at(&read, 6, 3).confidence.get() > 0.8);
}

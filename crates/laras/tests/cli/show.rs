//! `laras show`: a report as people read it.

use crate::kit::{REPORT, folder, laras};

#[test]
fn identity_tables_and_words_are_shown() {
    let here = folder(&[("tapin-2023.txt", REPORT.as_bytes())]);
    let ran = laras(here.path(), &["show", "tapin-2023.txt"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    for words in [
        "tapin-2023 (text, ",
        "report 1: lkip 2023, office",
        "kabupaten Tapin (63.05)",
        "1 tables, 2 observations, 1 names",
        "number · name · pagu 2023 ·",
        "Tabel 1 Anggaran dan realisasi",
        "0 unused",
    ] {
        assert!(ran.stdout.contains(words), "no {words:?} in\n{}", ran.stdout);
    }
}

/// The third percent is wrong on purpose; it should be 80,00.
const PERCENTS: &str = "RENCANA KERJA TAHUN 2023\n\nTabel 2 Serapan\n(dalam rupiah)\n\n\
    No\tProgram\tAnggaran\t\tSerapan (%)\n\
    \t\tPagu\tRealisasi\t\n\
    1\t2\t3\t4\t5\n\
    1\tProgram Arsip\t1.000.000\t900.000\t90,00\n\
    2\tProgram Pustaka\t2.000.000\t1.500.000\t75,00\n\
    3\tProgram Wisata\t5.000.000\t4.000.000\t85,00\n\
    4\tProgram Olahraga\t4.000.000\t1.000.000\t25,00\n\
    5\tProgram Pemuda\t8.000.000\t2.000.000\t25,00\n";

#[test]
fn one_table_is_shown_whole() {
    let here = folder(&[("a.txt", PERCENTS.as_bytes())]);
    let ran = laras(here.path(), &["show", "a.txt", "--table", "t01", "--width", "120"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    for words in [
        "t01 at 6–13, tabs style",
        "Tabel 2 Serapan\nunit line: (dalam rupiah)\n",
        "Anggaran / Pagu",
        "Anggaran / Realisasi",
        "c4 = 100 * c3 / c2",
        "holds on 4 of 5 rows, not on r5",
        "column_numbers",
        "Program Olahraga",
    ] {
        assert!(ran.stdout.contains(words), "no {words:?} in\n{}", ran.stdout);
    }
    let grid = ran.stdout.lines().skip_while(|line| !line.starts_with('─'));
    assert!(grid.into_iter().all(|line| line.chars().count() <= 120), "{}", ran.stdout);
    let ran = laras(here.path(), &["show", "a.txt", "--table", "t99"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("no table t99; the report has t01"), "{}", ran.stderr);
}

#[test]
fn cells_that_gave_no_value_are_listed() {
    let steps = "RENCANA KERJA TAHUN 2023\n\nTabel 1 Langkah\n\n\
        No\tKegiatan\tPagu (Rp)\tWaktu\n\
        1\tPenyusunan konsep\t1.000.000\t3 hari\n\
        2\tPemeriksaan konsep\t2.500.000\t15 menit\n\
        3\tPenandatanganan\t500.000\t1 jam\n";
    let here = folder(&[("a.txt", steps.as_bytes())]);
    let listed = "\ncells that no value was read from\n  t01 r1 c3 at 6: 3 hari\n";
    for arguments in [&["show", "a.txt"][..], &["show", "a.txt", "--table", "t01"]] {
        let ran = laras(here.path(), arguments);
        assert!(ran.stdout.contains(listed), "{}", ran.stdout);
        assert!(!ran.stdout.contains("1.000.000\n"), "a value that was read:\n{}", ran.stdout);
    }
    let here = folder(&[("a.txt", PERCENTS.as_bytes())]);
    let ran = laras(here.path(), &["show", "a.txt"]);
    assert!(!ran.stdout.contains("no value was read"), "{}", ran.stdout);
}

#[test]
fn what_cannot_be_shown_is_said() {
    let here = folder(&[("empty.txt", b""), ("office.txt", b"PK\x03\x04")]);
    for (file, words) in
        [("empty.txt", "empty"), ("office.txt", "ZIP"), ("none.txt", "cannot be opened")]
    {
        let ran = laras(here.path(), &["show", file]);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{file}");
        let sentence = format!("laras: {file}: ");
        assert!(ran.stderr.starts_with(&sentence) && ran.stderr.contains(words), "{}", ran.stderr);
    }
}

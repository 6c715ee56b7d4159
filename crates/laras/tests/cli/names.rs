//! `laras match` and `laras nomenclature`: names and codes, data folders and decided names.

use std::process::Command;

use laras_nomenclature::FILES;
use tempfile::TempDir;

use crate::kit::{REPORT, folder, laras, ran, text};

const ARCHIVE: &str = "Penyediaan Barang Cetak dan Penggadaan";

#[test]
fn names_are_answered_in_csv() {
    let here = folder(&[]);
    let ran = laras(
        here.path(),
        &["match", ARCHIVE, "Lomba mewarnai gambar", "--year", "2022", "--tier", "kabupaten"],
    );
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines[0], "input,status,code,official_name,score");
    let official = "X.XX.01.2.06.05,Penyediaan Barang Cetakan dan Penggandaan,0.";
    assert!(lines[1].starts_with(&format!("{ARCHIVE},fuzzy,{official}")), "{}", lines[1]);
    assert!(lines[2].starts_with("Lomba mewarnai gambar,local,,,"), "{}", lines[2]);
    assert_eq!(lines.len(), 3);
}

#[test]
fn a_batch_comes_on_standard_input_and_context_decides() {
    let here = folder(&[]);
    let batch = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_laras"));
        let command = command.current_dir(here.path()).arg("match").args(arguments);
        let ran = ran(command, b"Penyediaan jasa surat menyurat\n\n\"a, b\"\xff\n");
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
        ran.stdout.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let old = batch(&["--edition", "13", "--parent", "01"]);
    assert!(old[0].starts_with("Penyediaan jasa surat menyurat,exact,01.01,"), "{}", old[0]);
    assert!(old[1].starts_with(",local,,,"), "{}", old[1]);
    assert!(old[2].starts_with("\"\"\"a, b\"\"\u{fffd}\",local,,,"), "{}", old[2]);
    let new = batch(&["--edition", "2023"]);
    assert!(
        new[0].starts_with("Penyediaan jasa surat menyurat,exact,X.XX.01.2.08.0"),
        "{}",
        new[0]
    );
    let open = batch(&["--top", "3"]);
    assert!(open[0].starts_with("Penyediaan jasa surat menyurat,ambiguous,,,"), "{}", open[0]);
    let candidates: Vec<&String> = open.iter().filter(|l| l.contains(",candidate,")).collect();
    assert!((2..=3).contains(&candidates.len()), "{open:?}");
    assert!(candidates[0].starts_with("Penyediaan jasa surat menyurat,candidate,"), "{open:?}");
}

#[test]
fn an_explanation_names_words_rival_and_remarks() {
    let here = folder(&[]);
    let ran = laras(here.path(), &["match", ARCHIVE, "--explain", "--year", "2022"]);
    assert!(ran.stdout.starts_with("input,status,code,official_name,score,explanation\n"));
    for words in ["=penyediaan", "penggadaan~penggandaan", "; 2: ", "tier.assumed"] {
        assert!(ran.stdout.contains(words), "no {words} in {}", ran.stdout);
    }
    let ran = laras(here.path(), &["match", "a", "--edition", "1999"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("no edition 1999; there are 13, 2019, "), "{}", ran.stderr);
}

#[test]
fn a_code_shows_its_history_and_crosswalk_with_their_basis() {
    let here = folder(&[]);
    let ran = laras(here.path(), &["nomenclature", "show", "8.1.2.2.1.3"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    for words in [
        "8.01.02.2.01.0003  Pelaksanaan Kebijakan di Bidang Ideologi",
        "since 2019, until 2020, kabupaten/kota: Pelaksanaan Koordinasi di Bidang Ideologi",
        "8.01.02  Program Penguatan Ideologi Pancasila",
        "13/2006 1.19.17.02",
        "basis reasoned: people compared both lists, no decree says so",
    ] {
        assert!(ran.stdout.contains(words), "no {words:?} in\n{}", ran.stdout);
    }
    let ran = laras(here.path(), &["nomenclature", "show", "01.02"]);
    assert!(ran.stdout.contains("basis official: a decree says so"), "{}", ran.stdout);
    let ran = laras(here.path(), &["nomenclature", "show", "99.99"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("99.99: not in the nomenclature; expected"), "{}", ran.stderr);
}

#[test]
fn codes_are_carried_to_another_edition() {
    let here = folder(&[]);
    let map = |code: &str, to: &str| {
        let ran = laras(here.path(), &["nomenclature", "map", code, "--to", to]);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{code}");
        let mut lines = ran.stdout.lines().map(str::to_owned);
        assert_eq!(
            lines.next().as_deref(),
            Some("code,edition,mapped_code,name,relation,basis,note")
        );
        lines.collect::<Vec<_>>()
    };
    let water = "\"Penyediaan Jasa Komunikasi, Sumber Daya Air dan Listrik\"";
    assert_eq!(
        map("01.02", "2020"),
        [format!("01.02,2020,X.XX.01.2.08.02,{water},exact,reasoned,")]
    );
    let official = &map("01.02", "2019")[0];
    assert!(official.starts_with(&format!("01.02,2019,X.XX.01.2.03.02,{water},exact,official,")));
    let back = &map("X.XX.01.2.08.02", "13")[0];
    assert!(back.starts_with("X.XX.01.2.08.02,13,01.02,") && back.contains(",reasoned,"), "{back}");
    let within = map("8.01.02.2.01.03", "2023");
    assert!(
        within.iter().any(|row| row.contains("8.01.02.2.01.0004") && row.contains("renumbered"))
    );
    let same = &map("01.02", "13")[0];
    assert!(same.contains(",same,computed,"), "{same}");
    let ran = laras(here.path(), &["nomenclature", "map", "8.01", "--to", "7"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("no edition 7"), "{}", ran.stderr);
}

/// A folder with the built-in data in `data`, one file changed.
fn data_folder(file: &str, change: impl Fn(&str) -> String) -> TempDir {
    let files: Vec<(String, String)> = FILES
        .iter()
        .map(|(name, text)| {
            let text = if *name == file { change(text) } else { (*text).to_owned() };
            (format!("data/{name}"), text)
        })
        .chain([("a.txt".to_owned(), REPORT.to_owned())])
        .collect();
    let borrowed: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    folder(&borrowed)
}

#[test]
fn a_folder_replaces_the_built_in_names() {
    let renamed =
        |text: &str| text.replace("\tProgram Pembinaan Perpustakaan\t", "\tProgram Angkasa Luar\t");
    let here = data_folder("nomenclature-90.tsv", renamed);
    let check = laras(here.path(), &["nomenclature", "check", "data"]);
    assert_eq!((check.status, check.stdout.as_str()), (0, "data: nothing is wrong\n"));
    let report = REPORT.replace("Pembinaan Perpustakaan", "Angkasa Luar");
    let there = folder(&[("a.txt", report.as_bytes())]);
    let data = here.path().join("data");
    let folder = ["--nomenclature", data.to_str().expect("UTF-8")];
    for (arguments, code) in [(&[][..], ""), (&folder, "2.23.02")] {
        let extract = ["extract", "a.txt", "-o", "out", "--format", "csv"];
        let ran = laras(there.path(), &[&extract, arguments].concat());
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
        let names = text(&there.path().join("out/names.csv"));
        assert!(names.contains(&format!(",Program Angkasa Luar,{code},")), "{names}");
        let query = ["match", "Program Angkasa Luar", "--year", "2023"];
        let ran = laras(there.path(), &[&query, arguments].concat());
        let status = if code.is_empty() { "local" } else { "exact" };
        assert!(ran.stdout.contains(&format!(",{status},{code},")), "{}", ran.stdout);
    }
}

#[test]
fn a_broken_folder_is_said_by_file_and_line_and_nothing_is_used_instead() {
    let here =
        data_folder("regions.tsv", |text| text.replacen("11\tprovinsi\tAceh", "11\tAceh", 1));
    let fault = "data/regions.tsv:2: 9 cells, but the header has 10";
    let check = laras(here.path(), &["nomenclature", "check", "data"]);
    assert_eq!(check.status, 1);
    assert!(check.stdout.contains(fault), "{}", check.stdout);
    for arguments in [
        &["match", "Program A"][..],
        &["extract", "a.txt", "-o", "out"],
        &["show", "a.txt"],
        &["nomenclature", "show", "8.01"],
        &["nomenclature", "map", "8.01", "--to", "2023"],
    ] {
        let ran = laras(here.path(), &[arguments, &["--nomenclature", "data"]].concat());
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.stderr.contains(fault) && ran.stderr.contains("correct"), "{}", ran.stderr);
    }
    assert!(!here.path().join("out").exists());
    let ran = laras(here.path(), &["nomenclature", "check", "nowhere"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("nowhere: no such folder"), "{}", ran.stderr);
}

#[test]
fn decided_names_are_honoured_and_bad_decisions_refused() {
    let decided = "name\tcode\tnote\nProgram Pembinaan Perpustakaan\tlocal\tkeputusan kantor\n";
    let here = folder(&[
        ("a.txt", REPORT.as_bytes()),
        ("mine.tsv", decided.as_bytes()),
        ("bad.tsv", b"name\tcode\tnote\nA B\t99.99\t\n"),
        ("bytes.tsv", b"name\tcode\tnote\nA\xff\tlocal\t\n"),
    ]);
    let with = |file: &str, arguments: &[&str]| {
        laras(here.path(), &[arguments, &["--overrides", file]].concat())
    };
    let ran = with("mine.tsv", &["extract", "a.txt", "-o", "out"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let names = text(&here.path().join("out/names.csv"));
    assert!(names.contains(",local") && !names.contains("2.23.02"), "{names}");
    let ran = with("mine.tsv", &["match", "PROGRAM PEMBINAAN PERPUSTAKAAN", "--explain"]);
    assert!(ran.stdout.contains(",local,,,1.000,"), "{}", ran.stdout);
    assert!(ran.stdout.contains("name.overridden: keputusan kantor"), "{}", ran.stdout);
    for (file, fault) in [
        ("bad.tsv", "bad.tsv:2: '99.99' is neither 'local' nor a code of the nomenclature"),
        ("bytes.tsv", "bytes.tsv:2: not UTF-8"),
        ("none.tsv", "none.tsv: cannot be read"),
    ] {
        for arguments in [&["match", "A"][..], &["show", "a.txt"]] {
            let ran = with(file, arguments);
            assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{file}");
            assert!(ran.stderr.contains(fault), "{file}: {}", ran.stderr);
        }
    }
}

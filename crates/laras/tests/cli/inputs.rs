//! Which files a run reads, and what their documents are called.

use std::process::Command;

use crate::kit::{REPORT, entry, files, folder, laras, ran, run_json, text};

const BYTES: &[u8] = REPORT.as_bytes();

#[test]
fn inputs_with_one_stem_never_overwrite_each_other() {
    let other = REPORT.replace("1.250.000", "7.000.000");
    let here = folder(&[("2022/lkip.txt", BYTES), ("2023/lkip.txt", other.as_bytes())]);
    let ran = laras(here.path(), &["extract", "2022/lkip.txt", "2023/lkip.txt", "-o", "out"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let out = here.path().join("out");
    for (document, value) in [("2022/lkip", "1250000"), ("2023/lkip", "7000000")] {
        assert!(text(&out.join(format!("{document}.json"))).contains(value), "{document}");
        let rows = text(&out.join("observations.csv"));
        let mine = rows.lines().filter(|row| row.starts_with(&format!("{document},")));
        assert_eq!(mine.filter(|row| row.contains(value)).count(), 1, "{rows}");
    }
}

#[test]
fn a_folder_is_searched_for_reports_in_the_order_of_their_names() {
    let here = folder(&[
        ("in/b.txt", BYTES),
        ("in/a/deep/c.HTML", BYTES),
        ("in/notes.docx", b"PK\x03\x04"),
        ("in/.hidden.txt", BYTES),
        ("in/.cache/d.txt", BYTES),
    ]);
    let ran = laras(here.path(), &["extract", "in", "-o", "out"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let run = run_json(&here.path().join("out"));
    let read: Vec<&str> = run["documents"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|entry| entry["document"].as_str())
        .collect();
    assert_eq!(read, ["c", "b"]);
}

#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let here = folder(&[("in/a.txt", BYTES)]);
    let ran = laras(here.path(), &["extract", "in/a.txt", "in", "in/a.txt", "-o", "out"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(run_json(&here.path().join("out"))["documents"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_dash_is_standard_input() {
    let here = folder(&[]);
    let ran = ran(
        Command::new(env!("CARGO_BIN_EXE_laras"))
            .current_dir(here.path())
            .args(["extract", "-", "-o", "out"]),
        BYTES,
    );
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    let out = here.path().join("out");
    assert_eq!(entry(&run_json(&out), "-")["document"], "stdin");
    assert!(text(&out.join("stdin.json")).contains("Program Pembinaan Perpustakaan"));
}

#[test]
fn nothing_to_read_is_a_usage_error_with_a_sentence() {
    let here = folder(&[("empty/notes.docx", b"x")]);
    let ran = laras(here.path(), &["extract", "empty", "-o", "out"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("no reports in what was given"), "{}", ran.stderr);
    assert!(!here.path().join("out").exists(), "{:?}", files(here.path()));
    for arguments in [&["extract"][..], &["extract", "a.txt"], &["lift"], &[]] {
        let ran = laras(here.path(), arguments);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.stderr.contains("Usage"), "{arguments:?}: {}", ran.stderr);
    }
}

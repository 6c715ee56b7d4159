//! Limits for one file: bytes and seconds, and memory whatever the shape of the text.

use std::fmt::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::kit::{REPORT, entry, files, folder, laras, ran, run_json, text};

const BYTES: &[u8] = REPORT.as_bytes();

#[test]
fn a_file_past_the_limit_of_bytes_is_refused_and_the_others_are_read() {
    let large = REPORT.repeat(20);
    let here = folder(&[("in/large.txt", large.as_bytes()), ("in/small.txt", BYTES)]);
    let limit = BYTES.len().to_string();
    let ran = laras(here.path(), &["extract", "in", "-o", "out", "--max-bytes", &limit]);
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    let run = run_json(&here.path().join("out"));
    assert_eq!(entry(&run, "small.txt")["status"], "done", "exactly the limit is allowed");
    let refused = entry(&run, "large.txt");
    assert_eq!(refused["status"], "failed");
    let sentence = format!("the file is larger than {limit} bytes");
    assert!(refused["error"].as_str().is_some_and(|e| e.starts_with(&sentence)), "{refused}");
    assert!(ran.stderr.contains(&sentence) && ran.stderr.contains("--max-bytes"), "{}", ran.stderr);
}

#[test]
fn a_file_past_the_limit_of_seconds_is_given_up() {
    let here = folder(&[("slow.txt", REPORT.repeat(200).as_bytes())]);
    let ran = laras(here.path(), &["extract", "slow.txt", "-o", "out", "--max-seconds", "0"]);
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("took longer than 0 seconds"), "{}", ran.stderr);
    let out = here.path().join("out");
    assert_eq!(entry(&run_json(&out), "slow.txt")["status"], "failed");
    assert!(!files(&out).iter().any(|name| name.contains("slow")), "{:?}", files(&out));
}

#[test]
fn audits_keep_the_same_limits() {
    let here = folder(&[("one.txt", REPORT.repeat(200).as_bytes())]);
    let limits = [
        (["--max-seconds", "0"], "took longer than 0 seconds"),
        (["--max-bytes", "100"], "the file is larger than 100 bytes"),
    ];
    for ([option, limit], sentence) in limits {
        let ran = laras(here.path(), &["audit", "one.txt", option, limit]);
        assert_eq!(ran.status, 3, "{}", ran.stderr);
        assert!(ran.stderr.contains(sentence) && ran.stderr.contains(option), "{}", ran.stderr);
    }
}

/// Hostile shapes, smaller than a hostile file would be; `CONTRIBUTING.md` says how to run them in
/// full size.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let row = |cells: usize| (0..cells).map(|c| format!("{c}")).collect::<Vec<_>>().join("\t");
    let mut lines = String::new();
    for n in 0..200_000 {
        let _ = writeln!(lines, "baris ke-{n} dari sekian banyak");
    }
    let mut rows = "No\tUraian\tPagu\n".to_owned();
    for n in 1..20_000 {
        let _ = writeln!(rows, "{n}\tKegiatan {n}\t{n}.000.000,00");
    }
    let mixed = "No\tProgram\tPagu\n1\tA\t1.000.000\n| 2 | B | 2.000.000 |\n<tr><td>3</td><td>C</td><td>3.000.000</td></tr>\n  4      D          4.000.000\n";
    vec![
        ("invalid-utf8", b"Program \xff\xfe\xc3\x28 A\t1.000\n".repeat(400)),
        ("one-line", "kata 1.250.000,00 ".repeat(600_000).into_bytes()),
        ("one-word", "a".repeat(10_000_000).into_bytes()),
        ("many-columns", format!("{}\n{}\n", row(10_000), row(10_000)).into_bytes()),
        ("many-lines", lines.into_bytes()),
        ("many-rows", rows.into_bytes()),
        ("unclosed-html", "<table><tr><td>1<td>Program".repeat(3_000).into_bytes()),
        ("nested-html", "<table><tr><td>".repeat(3_000).into_bytes()),
        ("wide-span", b"<table><tr><td colspan=65535 rowspan=65535>x</td></tr></table>".to_vec()),
        ("pipes-inside", "| 1 | a \\| b | 1.000 |\n| --- | --- | --- |\n".repeat(600).into_bytes()),
        ("open-quotes", "1;\"Program;1.000\n".repeat(2_000).into_bytes()),
        ("mixed-styles", mixed.as_bytes().to_vec()),
        ("empty-table", b"<table></table>\n\n| | |\n| --- | --- |\n| | |\n\n\t\t\n\t\t\n".to_vec()),
        ("ragged", (1..1_000).map(row).collect::<Vec<_>>().join("\n").into_bytes()),
        ("combining", "e\u{301}\u{302}".repeat(1_000_000).into_bytes()),
        ("carriage", "1\tA\t2\r".repeat(5_000).into_bytes()),
        ("form-feeds", "\x0c".repeat(100_000).into_bytes()),
        ("markup", "**<b>$\\frac{".repeat(5_000).into_bytes()),
        ("brackets", "(".repeat(100_000).into_bytes()),
    ]
}

#[test]
fn hostile_files_end_in_time_and_memory_and_harm_nobody() {
    let mut inputs = vec![("in/zz-good.txt".to_owned(), BYTES.to_vec())];
    inputs.extend(hostile().into_iter().map(|(name, bytes)| (format!("in/{name}.txt"), bytes)));
    let borrowed: Vec<(&str, &[u8])> =
        inputs.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let here = folder(&borrowed);
    let started = Instant::now();
    // More than this much address space and the system refuses, which would end the run. Less than a third
    // of it is ever in use: jemalloc keeps the places of what it gave back.
    let limited = "ulimit -v 2500000 && exec \"$0\" extract in -o out --jobs 2 --max-seconds 60";
    let ran = ran(
        Command::new("sh").current_dir(here.path()).args([
            "-c",
            limited,
            env!("CARGO_BIN_EXE_laras"),
        ]),
        b"",
    );
    let took = started.elapsed();
    assert!(matches!(ran.status, 0 | 3), "status {}: {}", ran.status, ran.stderr);
    assert!(took < Duration::from_mins(2), "{took:?}");
    assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
    let out = here.path().join("out");
    let run = run_json(&out);
    let mut report = String::new();
    for (name, bytes) in hostile() {
        let entry = entry(&run, &format!("/{name}.txt"));
        let _ = writeln!(
            report,
            "{name:<16}{:>9} bytes {:>7} s  {} tables, {} observations  {} {}",
            bytes.len(),
            entry["seconds"],
            entry["tables"],
            entry["observations"],
            entry["status"],
            entry["error"],
        );
        let failed = entry["error"].as_str().unwrap_or_default();
        assert!(!failed.contains("the program failed"), "{name}: {failed}");
        let known = match name {
            "form-feeds" => "empty",
            _ => "done",
        };
        assert_eq!(entry["status"], known, "{entry}");
        if name == "many-rows" {
            assert_eq!(entry["observations"], 19_999, "{entry}");
        }
    }
    println!("{report}");
    let solo = laras(here.path(), &["extract", "in/zz-good.txt", "-o", "alone"]);
    assert_eq!(solo.status, 0);
    let [alone, among] = ["alone", "out"].map(|out| here.path().join(out).join("zz-good.json"));
    assert_eq!(text(&alone), text(&among));
}

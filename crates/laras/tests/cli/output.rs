//! What a run writes: the tables of the contract, one JSON a document, the report of the run.

use crate::kit::{REPORT, arguments, corpus, entry, files, folder, laras, run_json, text};

#[test]
fn only_the_formats_that_are_asked_for_are_written() {
    let here = folder(&[("a.txt", REPORT.as_bytes())]);
    for (format, written) in [
        ("json", vec!["a.json", "run.json"]),
        ("csv", vec!["documents.csv", "findings.csv", "names.csv", "observations.csv", "run.json"]),
    ] {
        let ran = laras(here.path(), &["extract", "a.txt", "-o", format, "--format", format]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        assert_eq!(files(&here.path().join(format)), written);
    }
    let ran = laras(here.path(), &["extract", "a.txt", "-o", "x", "--format", "pdf"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("json") && ran.stderr.contains("csv"), "{}", ran.stderr);
}

/// The figures are those of the report above, worked out by eye.
#[test]
fn the_tables_hold_the_report() {
    let here = folder(&[("tapin-2023.txt", REPORT.as_bytes())]);
    let ran = laras(here.path(), &["extract", "tapin-2023.txt", "-o", "out"]);
    assert_eq!((ran.status, ran.stdout.as_str(), ran.stderr.as_str()), (0, "", ""));
    let out = here.path().join("out");
    let row = |table: &str, number: usize| -> Vec<(String, String)> {
        let text = text(&out.join(table));
        let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned));
        let head: Vec<String> = lines.next().expect("a header").collect();
        head.into_iter().zip(lines.nth(number).expect("a row")).collect()
    };
    let get = |row: &[(String, String)], column: &str| -> String {
        row.iter().find(|(head, _)| head == column).expect("a column").1.clone()
    };
    for (number, measure, value) in [(0, "pagu", "1250000"), (1, "realisasi_anggaran", "1000000")] {
        let seen = row("observations.csv", number);
        for (column, want) in [
            ("document", "tapin-2023"),
            ("line", "8"),
            ("row_kind", "program"),
            ("name", "Program Pembinaan Perpustakaan"),
            ("measure", measure),
            ("year", "2023"),
            ("period", ""),
            ("value", value),
            ("unit", "IDR"),
        ] {
            assert_eq!(get(&seen, column), want, "{measure} {column}");
        }
    }
    let part = row("documents.csv", 0);
    for (column, want) in [
        ("type", "lkip"),
        ("year", "2023"),
        ("agency_kind", "dinas"),
        ("region", "Tapin"),
        ("region_code", "63.05"),
        ("province", "Kalimantan Selatan"),
    ] {
        assert_eq!(get(&part, column), want, "{column}");
    }
    let name = row("names.csv", 0);
    assert_eq!((get(&name, "status"), get(&name, "code")), ("exact".into(), "2.23.02".into()));
}

/// What the README's first command promises.
#[test]
fn the_corpus_is_read_whole() {
    let here = folder(&[]);
    let reports = corpus();
    let mut words = vec!["extract", "-o", "out"];
    words.extend(arguments(&reports));
    let ran = laras(here.path(), &words);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let out = here.path().join("out");
    let run = run_json(&out);
    let rows = text(&out.join("observations.csv")).lines().count() - 1;
    let mut counted = 0;
    for path in &reports {
        let stem = path.file_stem().expect("a stem").to_string_lossy().into_owned();
        let entry = entry(&run, &format!("{stem}.txt"));
        assert_eq!((&entry["status"], &entry["document"]), (&"done".into(), &stem.clone().into()));
        let observations = entry["observations"].as_u64().expect("a count");
        assert!(observations > 100, "{stem}: {observations}");
        counted += observations;
        let shares = entry["shares"].as_object().expect("shares");
        let sum: f64 = shares.values().filter_map(serde_json::Value::as_f64).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{stem}: {shares:?}");
        assert!(out.join(&stem).with_extension("json").is_file());
    }
    assert_eq!(counted as usize, rows, "run.json counts what observations.csv holds");
}

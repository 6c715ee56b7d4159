//! `laras score`, and that it agrees with the script it was written after.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::kit::{arguments, corpus, folder, laras, ran, shared, shared_texts, text};

const GOLD: &str = "doc\tline\trow_kind\tname\tindicator\tmeasure\tyear\tperiod\tvariant\tvalue\tunit\traw\tnote\n\
    tapin-2023\t8\tprogram\tProgram Pembinaan Perpustakaan\t\tpagu\t2023\t\t\t1250000\tIDR\t1.250.000,00\t\n\
    tapin-2023\t8\tprogram\tProgram Pembinaan Perpustakaan\t\trealisasi_anggaran\t2022\t\t\t1000000\tIDR\t1.000.000,00\t\n";

/// One number is right and one has another year in gold: value recall 1, F1 one half.
#[test]
fn a_small_export_is_scored() {
    let report = crate::kit::REPORT.as_bytes();
    let here = folder(&[
        ("tapin-2023.txt", report),
        ("gold/tapin-2023/observations.tsv", GOLD.as_bytes()),
    ]);
    assert_eq!(laras(here.path(), &["extract", "tapin-2023.txt", "-o", "out"]).status, 0);
    let told = laras(here.path(), &["score", "gold", "out", "--json"]);
    assert_eq!((told.status, told.stderr.as_str()), (0, ""));
    let scores: Value = serde_json::from_str(&told.stdout).expect("JSON");
    let seen = &scores["tapin-2023"]["observations"];
    assert_eq!(
        (&seen["gold"], &seen["found"], &seen["value"], &seen["full"]),
        (&2.into(), &2.into(), &2.into(), &1.into())
    );
    assert_eq!((&seen["f1"], &seen["value_recall"]), (&0.5.into(), &1.0.into()));
    let told = laras(here.path(), &["score", "gold", "out", "--errors", "5"]);
    assert_eq!(told.status, 0);
    assert!(
        told.stdout.contains("tapin-2023") && told.stdout.contains("mean F1 50.0%"),
        "{}",
        told.stdout
    );
    assert!(told.stderr.contains("wrong   tapin-2023:8 when"), "{}", told.stderr);
    for (gold, words) in [("nowhere", "cannot be opened"), ("out", "no gold")] {
        let told = laras(here.path(), &["score", gold, "out"]);
        assert_eq!((told.status, told.stdout.as_str()), (2, ""));
        assert!(told.stderr.contains(words), "{}", told.stderr);
    }
}

/// The measures that must agree, within half a point.
const MEASURES: [(&str, &str); 9] = [
    ("observations", "f1"),
    ("observations", "precision"),
    ("observations", "recall"),
    ("observations", "strict_f1"),
    ("observations", "value_recall"),
    ("observations", "calibration_error"),
    ("names", "accuracy"),
    ("findings", "recall"),
    ("findings", "precision"),
];

/// Scores one export with both programs and compares them.
fn compare(here: &Path, gold: &Path, out: &str, script: &Path) {
    let gold = gold.to_str().expect("UTF-8");
    let mine = laras(here, &["score", gold, out, "--json"]);
    assert_eq!(mine.status, 0, "{}", mine.stderr);
    let theirs = ran(
        Command::new("python3").current_dir(here).arg("-B").arg(script).args([gold, out, "--json"]),
        b"",
    );
    assert_eq!(theirs.status, 0, "{}", theirs.stderr);
    let [mine, theirs]: [Value; 2] =
        [mine.stdout, theirs.stdout].map(|json| serde_json::from_str(&json).expect("JSON"));
    let documents = theirs.as_object().expect("documents");
    assert!(!documents.is_empty());
    assert_eq!(documents.len(), mine.as_object().expect("documents").len());
    for document in documents.keys() {
        for (group, measure) in MEASURES {
            let [a, b] = [&mine, &theirs].map(|scores| {
                scores[document][group][measure].as_f64().expect("both print the measure")
            });
            assert!((a - b).abs() <= 0.005, "{document} {group} {measure}: {a} here, {b} there");
        }
    }
}

#[test]
fn the_scores_are_those_of_the_script() {
    let Some(shared) = shared("the_scores_are_those_of_the_script") else { return };
    let script = shared.join("score/score.py");
    let here = folder(&[]);
    for (out, inputs) in [("real", shared_texts("")), ("own", corpus())] {
        let mut words = vec!["extract", "-o", out, "--format", "csv"];
        words.extend(arguments(&inputs));
        let ran = laras(here.path(), &words);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
    }
    compare(here.path(), &shared.join("gold"), "real", &script);
    compare(here.path(), &corpus_gold(here.path()), "own", &script);
    // A worse export, so that not only ones and zeros are compared.
    spoil(here.path());
    compare(here.path(), &corpus_gold(here.path()), "spoilt", &script);
}

/// The gold of the corpus, laid out as the script expects it.
fn corpus_gold(here: &Path) -> PathBuf {
    let gold = here.join("corpus-gold");
    for report in corpus() {
        let folder = report.parent().expect("a folder");
        let to = gold.join(folder.file_name().expect("a name"));
        std::fs::create_dir_all(&to).expect("a folder");
        for file in ["observations.tsv", "names.tsv", "findings.tsv", "identity.json"] {
            std::fs::copy(folder.join("gold").join(file), to.join(file)).expect("a copy");
        }
    }
    gold
}

/// Writes an export in which every seventh row is gone and every fifth says something else.
fn spoil(here: &Path) {
    let to = here.join("spoilt");
    std::fs::create_dir_all(&to).expect("a folder");
    for table in ["observations.csv", "names.csv", "findings.csv"] {
        let mut lines = Vec::new();
        for (number, line) in text(&here.join("own").join(table)).lines().enumerate() {
            match number {
                0 => lines.push(line.to_owned()),
                n if n % 7 == 0 => {}
                n if n % 5 == 0 => lines.push(
                    line.replace("2019", "2011")
                        .replace("program", "kegiatan")
                        .replace("ang", "eng"),
                ),
                _ => lines.push(line.to_owned()),
            }
        }
        #[expect(clippy::disallowed_methods, reason = "tests write their inputs")]
        std::fs::write(to.join(table), lines.join("\n") + "\n").expect("a file");
    }
}

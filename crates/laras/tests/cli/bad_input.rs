//! One bad file never harms another: it has an entry of its own and a sentence, the rest is written
//! whole, and nothing half-written remains.

use crate::kit::{REPORT, entry, files, folder, laras, run_json, text};

const BYTES: &[u8] = REPORT.as_bytes();

#[test]
fn bad_files_have_entries_and_sentences_and_the_good_ones_are_whole() {
    let prose = "Laporan ini hanya memuat uraian. Tidak ada tabel di dalamnya.\n";
    let here = folder(&[
        ("in/a-good.txt", BYTES),
        ("in/b-empty.txt", b""),
        ("in/c-blank.txt", b" \n\t\n\x0c\n"),
        ("in/d-binary.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"),
        ("in/e-office.txt", b"PK\x03\x04\x14\0\x06\0"),
        ("in/f-prose.txt", prose.as_bytes()),
        ("in/z-good.txt", BYTES),
        ("solo/a-good.txt", BYTES),
    ]);
    // A link to itself can be read by nobody, whoever runs the test.
    #[cfg(unix)]
    std::os::unix::fs::symlink("g-loop.txt", here.path().join("in/g-loop.txt")).expect("a link");
    let ran = laras(here.path(), &["extract", "in", "in/h-missing.txt", "-o", "out"]);
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    assert_eq!(ran.stdout, "");
    let out = here.path().join("out");
    let run = run_json(&out);
    for (input, status, words) in [
        ("a-good.txt", "done", None),
        ("b-empty.txt", "empty", Some("empty")),
        ("c-blank.txt", "empty", Some("white space")),
        ("d-binary.txt", "failed", Some("zero byte")),
        ("e-office.txt", "failed", Some("ZIP archive")),
        ("f-prose.txt", "done", Some("no tables were found")),
        #[cfg(unix)]
        ("g-loop.txt", "failed", Some("cannot be opened")),
        ("h-missing.txt", "failed", Some("cannot be opened")),
        ("z-good.txt", "done", None),
    ] {
        let entry = entry(&run, input);
        assert_eq!(entry["status"], status, "{input}: {entry}");
        let said: Vec<&str> = ran.stderr.lines().filter(|line| line.contains(input)).collect();
        let Some(words) = words else {
            assert!(said.is_empty() && entry["error"].is_null(), "{input}: {said:?}");
            continue;
        };
        // On standard error and in run.json alike: the file, what was found, what to do.
        let [said] = said.as_slice() else { panic!("{input}: {said:?} in {}", ran.stderr) };
        let noted = format!("{}{}", entry["error"], entry["notes"]);
        for text in [*said, &noted] {
            assert!(text.contains(words), "{input}: {text}");
        }
        let advice = ["check", "export", "if the report has some", "convert"];
        assert!(advice.iter().any(|word| said.contains(word)), "no advice: {said}");
    }
    let written = files(&out);
    assert_eq!(
        written,
        [
            "a-good.json",
            "documents.csv",
            "f-prose.json",
            "findings.csv",
            "names.csv",
            "observations.csv",
            "run.json",
            "z-good.json"
        ]
    );
    let solo = laras(here.path(), &["extract", "solo", "-o", "alone"]);
    assert_eq!(solo.status, 0, "{}", solo.stderr);
    let alone = here.path().join("alone/a-good.json");
    assert_eq!(text(&alone), text(&out.join("a-good.json")), "a bad neighbour changed a report");
}

#[test]
fn an_output_that_cannot_be_written_is_said_and_leaves_nothing() {
    let here = folder(&[("in/a.txt", BYTES), ("out", b"a file, not a folder")]);
    let ran = laras(here.path(), &["extract", "in", "-o", "out"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("out: the folder cannot be made"), "{}", ran.stderr);
    assert_eq!(files(here.path()), ["in/a.txt", "out"]);
}

#[test]
fn a_json_that_cannot_be_written_fails_alone() {
    // A folder stands where one document's JSON should go.
    let here = folder(&[("in/a.txt", BYTES), ("in/b.txt", BYTES), ("out/a.json/x", b"")]);
    let ran = laras(here.path(), &["extract", "in", "-o", "out"]);
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    let out = here.path().join("out");
    let run = run_json(&out);
    assert_eq!(
        (&entry(&run, "a.txt")["status"], &entry(&run, "b.txt")["status"]),
        (&"failed".into(), &"done".into())
    );
    assert!(ran.stderr.contains("a.json: could not be written"), "{}", ran.stderr);
    assert!(!files(&out).iter().any(|name| name.contains(".part")), "{:?}", files(&out));
    let rows = text(&out.join("observations.csv"));
    assert!(!rows.contains("\na,") && rows.contains("\nb,"), "{rows}");
}

//! What is written is what the published schemas say.

use std::path::Path;

use jsonschema::Validator;
use serde_json::Value;

use crate::kit::{arguments, corpus, folder, laras, shared_texts, text, workspace};

fn validator(schema: &str) -> Validator {
    let path = workspace().join("schemas").join(schema);
    let schema: Value = serde_json::from_str(&text(&path)).expect("a schema is JSON");
    jsonschema::validator_for(&schema).expect("a sound schema")
}

#[track_caller]
fn check(validator: &Validator, path: &Path) {
    let written: Value = serde_json::from_str(&text(path)).expect("JSON");
    let faults: Vec<String> = validator
        .iter_errors(&written)
        .take(5)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{}: {faults:#?}", path.display());
}

#[test]
fn the_committed_schemas_are_those_of_the_types() {
    for (file, arguments) in
        [("extraction.schema.json", &["schema"][..]), ("run.schema.json", &["schema", "--run"])]
    {
        let ran = laras(&workspace(), arguments);
        assert_eq!(ran.status, 0);
        let committed = text(&workspace().join("schemas").join(file));
        assert!(ran.stdout == committed, "schemas/{file} is old; run `cargo xtask schema`");
    }
}

#[test]
fn every_json_that_is_written_is_valid() {
    let here = folder(&[("bad.txt", b"\0\0\0\0"), ("empty.txt", b"")]);
    let mut inputs = corpus();
    inputs.extend(shared_texts("every_json_that_is_written_is_valid"));
    let mut words = vec!["extract", "bad.txt", "empty.txt", "-o", "out", "--format", "json"];
    words.extend(arguments(&inputs));
    assert_eq!(laras(here.path(), &words).status, 3);
    let out = here.path().join("out");
    let document = validator("extraction.schema.json");
    for path in &inputs {
        let stem = path.file_stem().expect("a stem");
        check(&document, &out.join(stem).with_extension("json"));
    }
    check(&validator("run.schema.json"), &out.join("run.json"));
}

/// The schemas refuse what the contract forbids; else the test above could not fail.
#[test]
fn schemas_refuse_what_the_contract_forbids() {
    let here = folder(&[("a.txt", crate::kit::REPORT.as_bytes())]);
    assert_eq!(laras(here.path(), &["extract", "a.txt", "-o", "out"]).status, 0);
    let written: Value =
        serde_json::from_str(&text(&here.path().join("out/a.json"))).expect("JSON");
    let document = validator("extraction.schema.json");
    assert!(document.is_valid(&written));
    for (pointer, wrong) in [
        ("/observations/0/value", Value::from(1_250_000)),
        ("/observations/0/value", "1.250.000,00".into()),
        ("/observations/0/measure", "anggaran".into()),
        ("/observations/0/period", "TW5".into()),
        ("/observations/0/confidence", 1.5.into()),
        ("/parts/0/type", "laporan".into()),
        ("/tables/0/rows/0/shape", Value::Null),
        ("/source/sha256", Value::Null),
    ] {
        let mut changed = written.clone();
        *changed.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = wrong.clone();
        assert!(!document.is_valid(&changed), "{pointer} = {wrong} is accepted");
    }
    let run = validator("run.schema.json");
    let mut written = crate::kit::run_json(&here.path().join("out"));
    assert!(run.is_valid(&written));
    written["documents"][0]["status"] = "skipped".into();
    assert!(!run.is_valid(&written));
}

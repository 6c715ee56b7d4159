//! `laras number`: one JSON object a line, the fields of the issue.

use std::process::Command;

use serde_json::{Value, json};

use crate::kit::{folder, laras, ran};

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a JSON object a line")).collect()
}

/// Text, what it states, and value, unit, convention and flags of the best reading.
fn cases() -> Vec<(&'static str, &'static str, Option<Value>)> {
    let reading = |value: &str, unit: Option<&str>, convention: &str, flags: &[&str]| {
        Some(json!([value, unit, convention, flags]))
    };
    vec![
        ("Rp. 1.665.000,00", "number", reading("1665000", Some("IDR"), "1.234,56", &[])),
        ("1,665,000", "number", reading("1665000", None, "1,234.56", &[])),
        ("117,65%", "number", reading("117.65", Some("%"), "1.234,56", &[])),
        ("12 500 000", "number", reading("12500000", None, "spaces", &[])),
        ("350 Bh", "number", reading("350", Some("bh"), "plain", &[])),
        (".83.244.600", "number", reading("83244600", None, "1.234,56", &["number.malformed"])),
        ("tiga puluh tiga", "number", reading("33", None, "words", &[])),
        ("- Orang", "none", reading("nil", Some("orang"), "plain", &[])),
        ("nihil", "none", None),
        ("", "blank", None),
        ("Program Pembinaan", "text", None),
        (">90-100", "criterion", None),
        ("17 Nopember 2020", "date", reading("2020-11-17", None, "plain", &[])),
        ("19900101 201503 2 001", "nip", reading("199001012015032001", None, "plain", &[])),
        ("8 01 02 2 01", "code", reading("8.01.02.2.01", None, "plain", &[])),
        ("13= 6 + 12", "formula", reading("13 = 6 + 12", None, "plain", &[])),
        ("IV", "ordinal", reading("4", None, "plain", &[])),
        ("TW 1 : 85", "quarter", reading("85", None, "plain", &[])),
    ]
}

#[test]
fn every_kind_of_cell_has_its_line() {
    let here = folder(&[]);
    let cases = cases();
    let texts: Vec<&str> = cases.iter().map(|(text, ..)| *text).collect();
    let ran = laras(here.path(), &[&["number"], texts.as_slice()].concat());
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let lines = lines(&ran.stdout);
    assert_eq!(lines.len(), cases.len());
    for (line, (text, states, best)) in lines.iter().zip(&cases) {
        assert_eq!((&line["text"], &line["states"]), (&json!(text), &json!(states)));
        let readings = line["readings"].as_array().expect("readings");
        let first = readings.first().map(|reading| {
            assert!(reading["cost"].is_u64() && reading["reason"].is_string(), "{reading}");
            json!([reading["value"], reading["unit"], reading["convention"], reading["flags"]])
        });
        assert_eq!(&first, best, "{text}");
    }
    assert_eq!(lines.last().expect("a line")["readings"][0]["period"], "TW1");
}

#[test]
fn a_number_alone_has_both_readings() {
    let here = folder(&[]);
    let ran = laras(here.path(), &["number", "1.234", "(4)", "-5"]);
    let read: Vec<Value> = lines(&ran.stdout)
        .iter()
        .map(|line| {
            let all = line["readings"].as_array().expect("readings").iter();
            Value::Array(all.map(|reading| reading["value"].clone()).collect())
        })
        .collect();
    assert_eq!(read, [json!(["1234", "1.234"]), json!(["4", "-4"]), json!(["-5"])]);
}

#[test]
fn lines_of_standard_input_are_read_whatever_their_bytes() {
    let here = folder(&[]);
    let mut input = b"95,42\r\n\n\xff5\n".to_vec();
    input.extend("9".repeat(1 << 20).into_bytes());
    let mut command = Command::new(env!("CARGO_BIN_EXE_laras"));
    let ran = ran(command.current_dir(here.path()).arg("number"), &input);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let lines = lines(&ran.stdout);
    let states: Vec<&str> = lines.iter().filter_map(|line| line["states"].as_str()).collect();
    assert_eq!(states, ["number", "blank", "text", "text"]);
    assert_eq!(lines[0]["text"], "95,42");
    assert!(lines[3]["refused"].as_str().is_some_and(|why| why.contains("too long")));
}

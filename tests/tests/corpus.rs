//! The corpus itself: gold is whole, in the contract's words, and stands where it says.

use std::collections::BTreeSet;

use laras_model::{Decimal, FindingCode, Level, Measure, Period, ReportType, RowKind, Variant};
use laras_tests::{Gold, Report, Sheet, corpus_folder};

/// Name, text and gold of every report.
fn reports() -> Vec<(String, String, Gold)> {
    let reports = Report::corpus().expect("the corpus is part of the repository");
    reports.into_iter().map(|r| (r.name.clone(), r.text().into_owned(), r.gold)).collect()
}

/// Every cell of a column, with its row.
fn cells<'a>(sheet: &'a Sheet, column: &'static str) -> impl Iterator<Item = (usize, &'a str)> {
    (0..sheet.rows.len()).map(move |row| (row, sheet.get(row, column)))
}

#[test]
fn six_reports_are_listed_in_the_index() {
    #[expect(clippy::disallowed_methods, reason = "tests read their corpus")]
    let index = std::fs::read_to_string(corpus_folder().join("README.md")).expect("the index");
    let reports = reports();
    assert!(reports.len() >= 6, "{} reports", reports.len());
    for (name, text, gold) in &reports {
        let [seen, names, findings] =
            [&gold.observations, &gold.names, &gold.findings].map(|sheet| sheet.rows.len());
        let size = format!("{},{:03}", text.len() / 1000, text.len() % 1000);
        let row = format!("| {size} | {seen} | {names} | {findings} |");
        let listed = index.lines().any(|l| l.contains(&format!("`{name}`")) && l.ends_with(&row));
        assert!(listed, "corpus/README.md has no row for {name} that ends with {row}");
        assert!((15_000..50_000).contains(&text.len()), "{name}: {} bytes", text.len());
    }
}

#[test]
fn every_raw_stands_at_its_line_or_where_its_record_goes_on() {
    for (name, text, gold) in reports() {
        let lines: Vec<&str> = text.lines().collect();
        for (row, raw) in cells(&gold.observations, "raw") {
            let line = gold.observations.line(row).expect("placed by line") as usize;
            let record = &lines[line - 1..(line + 2).min(lines.len())];
            assert!(record.iter().any(|text| text.contains(raw)), "{name}:{line} {raw:?}");
        }
        for sheet in [&gold.names, &gold.findings] {
            for row in 0..sheet.rows.len() {
                let line = sheet.line(row).expect("placed by line") as usize;
                assert!((1..=lines.len()).contains(&line), "{name}:{line}");
                assert!(!lines[line - 1].trim().is_empty(), "{name}:{line} is blank");
            }
        }
    }
}

#[test]
fn gold_speaks_the_words_of_the_contract() {
    for (name, _, gold) in reports() {
        let seen = &gold.observations;
        for (row, measure) in cells(seen, "measure") {
            let at = format!("{name}:{}", seen.get(row, "line"));
            let measure: Measure = measure.parse().unwrap_or_else(|error| panic!("{at}: {error}"));
            seen.get(row, "row_kind")
                .parse::<RowKind>()
                .unwrap_or_else(|error| panic!("{at}: {error}"));
            for (column, ok) in [
                ("period", seen.get(row, "period").parse::<Period>().is_ok()),
                ("variant", seen.get(row, "variant").parse::<Variant>().is_ok()),
            ] {
                assert!(ok || seen.get(row, column).is_empty(), "{at}: {}", seen.get(row, column));
            }
            let value = seen.get(row, "value");
            assert!(value == "nil" || value.parse::<Decimal>().is_ok(), "{at}: value {value:?}");
            let year = seen.get(row, "year");
            assert!(year.is_empty() || (year.len() == 4 && year.starts_with("20")), "{at}: {year}");
            if measure.is_money() {
                assert_eq!(seen.get(row, "indicator"), "", "{at}: money carries no indicator");
                let unit = if measure == Measure::Serapan { "%" } else { "IDR" };
                assert_eq!(seen.get(row, "unit"), unit, "{at}");
            }
            assert!(!seen.get(row, "name").trim().is_empty(), "{at}: no name");
        }
        for (row, level) in cells(&gold.names, "level") {
            assert!(level.parse::<Level>().is_ok(), "{name}: {level}");
            for column in ["code13", "code90"] {
                assert!(
                    !gold.names.get(row, column).is_empty(),
                    "{name}: {}",
                    gold.names.get(row, "name")
                );
            }
        }
        for (row, code) in cells(&gold.findings, "code") {
            assert!(code.parse::<FindingCode>().is_ok(), "{name}: {code}");
            let detail = gold.findings.get(row, "detail");
            assert!(
                detail.chars().any(|c| c.is_ascii_digit()) || code == "name.truncated",
                "{name}: {detail}"
            );
        }
    }
}

#[test]
fn identities_name_types_extents_and_signatories_that_are_printed() {
    for (name, text, gold) in reports() {
        let lines: Vec<&str> = text.lines().collect();
        let identity = &gold.identity;
        for field in ["agency", "agency_kind", "region", "region_kind", "region_code", "province"] {
            assert!(
                identity[field].as_str().is_some_and(|value| !value.is_empty()),
                "{name}: {field}"
            );
        }
        for document in identity["documents"].as_array().expect("documents") {
            let written = document["type"].as_str().expect("type");
            let kind = written.strip_suffix("_perubahan").unwrap_or(written);
            assert!(kind.parse::<ReportType>().is_ok(), "{name}: {written}");
            let range: Vec<u64> = document["lines"]
                .as_array()
                .expect("lines")
                .iter()
                .filter_map(serde_json::Value::as_u64)
                .collect();
            assert!(
                range.len() == 2 && range[0] < range[1] && range[1] as usize <= lines.len(),
                "{name}: {range:?}"
            );
        }
        for person in identity["signatories"].as_array().expect("signatories") {
            let line = person["line"].as_u64().expect("line") as usize;
            let who = person["name"].as_str().expect("name");
            assert!(lines[line - 1].contains(who), "{name}:{line} {who}");
            let nip = person["nip"].as_str().expect("nip");
            let below: String = lines[line..(line + 4).min(lines.len())].concat();
            let digits: String = below.chars().filter(char::is_ascii_digit).collect();
            assert!(digits.contains(nip), "{name}:{line} {nip}");
        }
    }
}

/// Every mechanical and judgement code that gold may hold occurs, so that no audit goes untested.
#[test]
fn every_scored_finding_code_occurs() {
    let reports = reports();
    let found: BTreeSet<&str> = reports
        .iter()
        .flat_map(|(_, _, gold)| cells(&gold.findings, "code").map(|(_, code)| code))
        .collect();
    // The contract lists the scored codes first; those from number.ambiguous on are remarks.
    let scored = FindingCode::ALL.iter().map(|code| code.as_str());
    let remarks = [
        "number.ambiguous",
        "budget.exceeded",
        "predicate.mismatch",
        "code.mismatch",
        "regime.mismatch",
        "rank.conflict",
        "target.missing",
        "table.missing",
        "period.partial",
    ];
    let missing: Vec<&str> =
        scored.filter(|code| !remarks.contains(code) && !found.contains(code)).collect();
    assert!(missing.is_empty(), "no report has {missing:?}");
}

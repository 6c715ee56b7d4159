//! Cases from text tables: one a line, with what is wanted in front.

use std::str::FromStr;

use laras_model::{AgencyKind, Level};
use laras_nomenclature::{MatchOptions, Nomenclature, Query, RegionEvidence, Tier};

/// The cells of each line after the header, with the line's number.
fn cases(table: &'static str) -> impl Iterator<Item = (usize, Vec<&'static str>)> {
    let lines = table.lines().enumerate().skip(1);
    lines.map(|(at, line)| (at + 1, line.split('\t').collect()))
}

/// The word in a cell, if it is not empty.
fn word<T: FromStr>(cell: &str) -> Option<T> {
    let parsed = cell.parse().ok();
    assert!(cell.is_empty() || parsed.is_some(), "'{cell}' in a table of cases");
    parsed
}

#[test]
fn folding() {
    for (line, cells) in cases(include_str!("cases/fold.tsv")) {
        let found = Nomenclature::builtin().fold(cells[1]);
        assert_eq!(found, cells[0], "line {line}: '{}'", cells[1]);
    }
}

#[test]
fn matching() {
    let nomenclature = Nomenclature::builtin();
    for (line, cells) in cases(include_str!("cases/matching.tsv")) {
        let given = |cell: &'static str| Some(cell).filter(|cell| !cell.is_empty());
        let query = Query {
            name: cells[1],
            level: word::<Level>(cells[2]),
            year: word(cells[3]),
            tier: word::<Tier>(cells[4]),
            parent: given(cells[5]),
            printed_code: given(cells[6]),
            edition: None,
        };
        let found = nomenclature.match_name(&query, &MatchOptions::default());
        let got = format!("{} {}", found.status, found.code);
        assert_eq!(
            got.trim(),
            cells[0],
            "line {line}: '{}' {:.3} [{}] {:?}",
            cells[1],
            found.score,
            found.explanation,
            found.candidates
        );
    }
}

#[test]
fn regions() {
    for (line, cells) in cases(include_str!("cases/regions.tsv")) {
        let hits = Nomenclature::builtin().regions().find(cells[1]);
        let best = hits.iter().max_by(|a, b| a.weight.total_cmp(&b.weight));
        let got = best.filter(|best| best.weight > 0.3).map_or(String::new(), |best| {
            let how = match best.evidence {
                RegionEvidence::Named => "named",
                RegionEvidence::Alias => "alias",
                RegionEvidence::Misspelt => "misspelt",
                RegionEvidence::Bare => "bare",
                RegionEvidence::Capital => "capital",
            };
            format!("{} {how}", best.region.code)
        });
        assert_eq!(got, cells[0], "line {line}: '{}' {hits:?}", cells[1]);
    }
}

#[test]
fn agencies() {
    for (line, cells) in cases(include_str!("cases/agencies.tsv")) {
        let hits = Nomenclature::builtin().agencies().find(cells[3]);
        let best = hits
            .iter()
            .filter(|hit| hit.weight > 0.4)
            .reduce(|a, b| if b.weight > a.weight { b } else { a });
        let kind = best.and_then(|hit| hit.kind).map_or("", AgencyKind::as_str);
        let name = best.map_or("", |hit| hit.name.as_str());
        let office = best.and_then(|hit| hit.office.as_deref()).unwrap_or_default();
        assert_eq!((kind, name, office), (cells[0], cells[1], cells[2]), "line {line}: {hits:?}");
    }
}

//! The matcher against the hand-made gold of real reports: every document, its names in order.

#[path = "support/gold.rs"]
mod gold;

use gold::{GoldDocument, documents, is_same_code, shared};
use laras_model::Level;
use laras_nomenclature::{MatchOptions, Nomenclature, Query, TableRow, Tier};

/// Rows with the row above them: the last program or kegiatan before, in the same plan.
fn rows(document: &GoldDocument) -> Vec<TableRow<'_>> {
    let mut above: [[Option<usize>; 2]; 2] = [[None; 2]; 2];
    document
        .rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let level: Level = row.level.parse().expect("gold has the contract's levels");
            let plan = row.plan as usize;
            let parent = match level {
                Level::Program => {
                    above[plan] = [Some(at), None];
                    None
                }
                Level::Kegiatan => {
                    above[plan][1] = Some(at);
                    above[plan][0]
                }
                _ => above[plan][1].or(above[plan][0]),
            };
            let query = Query {
                level: Some(level),
                year: Some(document.year),
                tier: Some(Tier::KabupatenKota),
                ..Query::new(&row.name)
            };
            // Tables of one document repeat its names: each is a plan of its own.
            TableRow { query, parent, plan: at as u32 }
        })
        .collect()
}

#[test]
fn names_of_gold_documents() {
    let Some(shared) = shared() else { return };
    let nomenclature = Nomenclature::builtin();
    let mut failures = Vec::new();
    for document in documents(&shared) {
        let rows = rows(&document);
        let matches = nomenclature.match_table(&rows, &MatchOptions::default());
        let (mut right, mut scored, mut forced, mut forced_confident) = (0, 0, 0, 0);
        for (row, found) in document.rows.iter().zip(&matches) {
            let is_right = if row.codes.is_empty() {
                found.code.is_empty()
            } else {
                !found.code.is_empty()
                    && row.codes.iter().any(|want| is_same_code(want, &found.code))
            };
            if row.is_scored() {
                scored += 1;
                right += i32::from(is_right);
                if row.codes.is_empty() && !is_right {
                    forced += 1;
                    forced_confident += i32::from(found.score >= 0.9);
                }
            }
            if !is_right {
                println!(
                    "{} {}:{} '{}' want {:?} got {} {} {:.3} [{}]",
                    if row.is_scored() { "WRONG " } else { "unsure" },
                    document.name,
                    row.line,
                    row.name,
                    row.codes,
                    found.status,
                    found.code,
                    found.score,
                    found.explanation
                );
            }
        }
        let share = f64::from(right) / f64::from(scored);
        println!(
            "{}: {right}/{scored} = {:.1}%, forced {forced}, forced with confidence {forced_confident}",
            document.name,
            share * 100.0
        );
        if share < 0.97 || forced_confident > 0 {
            failures.push(document.name.clone());
        }
    }
    assert!(failures.is_empty(), "below 97 % or forced: {failures:?}");
}

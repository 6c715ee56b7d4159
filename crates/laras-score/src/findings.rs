//! Scores of findings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

use crate::pairs::pair;
use crate::tables::{PlacedBy, Row};
use crate::text::{fold, similar};

/// Codes that arithmetic decides; the others are judgement and only their recall counts.
const MECHANICAL: [&str; 12] = [
    "number.malformed",
    "number.mixed",
    "row.displaced",
    "row.duplicate",
    "sum.mismatch",
    "percent.mismatch",
    "conflict.table",
    "terbilang.mismatch",
    "count.mismatch",
    "nip.invalid",
    "nip.conflict",
    "date.weekday",
];

static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\d[\d.,]*").expect("a constant pattern"));

/// How well defects were found.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FindingScore {
    /// Mechanical findings in gold.
    pub gold: usize,
    /// Mechanical findings found.
    pub found: usize,
    /// Of gold's, those found.
    pub hit: usize,
    /// `hit / gold`.
    pub recall: f64,
    /// `hit / found`.
    pub precision: f64,
    /// Harmonic mean of both.
    pub f1: f64,
    /// Findings of judgement in gold.
    pub judgement_gold: usize,
    /// Of those, found.
    pub judgement_hit: usize,
    /// Findings of judgement found.
    pub judgement_found: usize,
}

/// The numbers of two and more digits in a text, separators dropped.
fn numbers(text: &str) -> BTreeSet<String> {
    NUMBER
        .find_iter(text)
        .map(|found| found.as_str().chars().filter(char::is_ascii_digit).collect::<String>())
        .filter(|digits| digits.len() >= 2)
        .collect()
}

fn about(row: &Row) -> String {
    format!("{} {}", row.get("subject"), row.get("detail"))
}

fn is_about_the_same(g: &Row, p: &Row) -> bool {
    if !numbers(&about(g)).is_disjoint(&numbers(&about(p))) {
        return true;
    }
    let (subject, said) = (fold(g.get("subject")), fold(&about(p)));
    let wanted: BTreeSet<&str> = subject.split(' ').filter(|w| !w.is_empty()).collect();
    let found: BTreeSet<&str> = said.split(' ').collect();
    wanted.intersection(&found).count() >= (wanted.len() / 2).max(1)
}

pub(crate) fn score(
    gold: &[Row],
    found: &[Row],
    by: PlacedBy,
    errors: &mut Vec<String>,
) -> FindingScore {
    let found: Vec<Row> = found.iter().filter(|p| p.get("severity") != "info").cloned().collect();
    let common = |g: &Row, p: &Row| {
        numbers(g.get("detail")).intersection(&numbers(p.get("detail"))).count() as i64
    };
    let agree = |g: &Row, p: &Row| {
        (g.get("code") == p.get("code") && is_about_the_same(g, p))
            .then(|| 1 + common(g, p) + i64::from(similar(g.get("subject"), p.get("subject"))))
    };
    let near = if by == PlacedBy::Line { 3 } else { 0 };
    let mut pairs: BTreeMap<usize, usize> = pair(gold, &found, by, near, agree);
    // A conflict stands at two places: either is right.
    for (i, g) in gold.iter().enumerate() {
        let conflict = g.get("code").starts_with("conflict.") || g.get("code") == "nip.conflict";
        if !conflict || pairs.contains_key(&i) {
            continue;
        }
        let taken: BTreeSet<usize> = pairs.values().copied().collect();
        let best = (0..found.len())
            .filter(|j| !taken.contains(j) && common(g, &found[*j]) >= 2)
            .filter_map(|j| agree(g, &found[j]).map(|weight| (weight, j)))
            .max();
        if let Some((_, j)) = best {
            pairs.insert(i, j);
        }
    }
    let mechanical = |row: &Row| MECHANICAL.contains(&row.get("code"));
    let explained: BTreeSet<usize> = pairs.values().copied().collect();
    let mut score = FindingScore::default();
    for (i, g) in gold.iter().enumerate() {
        let hit = usize::from(pairs.contains_key(&i));
        if mechanical(g) {
            score.gold += 1;
            score.hit += hit;
        } else {
            score.judgement_gold += 1;
            score.judgement_hit += hit;
        }
        if hit == 0 {
            errors.push(format!(
                "finding {}:{} missed {} {}: {}",
                g.get("doc"),
                g.place(by),
                g.get("code"),
                g.get("subject"),
                g.get("detail")
            ));
        }
    }
    for (j, p) in found.iter().enumerate() {
        if !mechanical(p) {
            score.judgement_found += 1;
            continue;
        }
        score.found += 1;
        if !explained.contains(&j) {
            errors.push(format!(
                "finding {}:{} false {} {}: {}",
                p.document(),
                p.place(by),
                p.get("code"),
                p.get("subject"),
                p.get("detail")
            ));
        }
    }
    score.recall = if score.gold == 0 { 1.0 } else { score.hit as f64 / score.gold as f64 };
    score.precision = match (score.found, score.gold) {
        (0, 0) => 1.0,
        (0, _) => 0.0,
        (found, _) => score.hit as f64 / found as f64,
    };
    let sum = score.precision + score.recall;
    score.f1 = if sum > 0.0 { 2.0 * score.precision * score.recall / sum } else { 0.0 };
    score
}

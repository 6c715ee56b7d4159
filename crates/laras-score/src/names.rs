//! Scores of names matched to the nomenclature.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::pairs::pair;
use crate::tables::{PlacedBy, Row};
use crate::text::{code_parts, fold, same_code, similar};

/// How well names were matched.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NameScore {
    /// Gold names that are scored.
    pub names: usize,
    /// Right code, or rightly none.
    pub right: usize,
    /// Another code.
    pub wrong: usize,
    /// No code, or no row.
    pub missed: usize,
    /// A code for a local name.
    pub forced: usize,
    /// … with a score of 0.9 and more.
    pub forced_confident: usize,
    /// Rows at judged places that no gold row explains.
    pub extra: usize,
    /// `right / (names + extra)`.
    pub accuracy: f64,
}

pub(crate) fn score(
    gold: &[Row],
    found: &[Row],
    by: PlacedBy,
    errors: &mut Vec<String>,
) -> NameScore {
    let agree = |g: &Row, p: &Row| {
        similar(g.get("name"), p.get("name"))
            .then(|| 10 * i64::from(fold(g.get("name")) == fold(p.get("name"))) + 1)
    };
    let pairs = pair(gold, found, by, by.slack(), agree);
    let mut score = NameScore::default();
    for (i, g) in gold.iter().enumerate() {
        let note = g.get("note");
        if ["unsure", "merge", "gabung"].iter().any(|word| note.contains(word)) {
            continue;
        }
        let codes = ["code13", "code90"].map(|column| g.get(column));
        let want: Vec<Vec<String>> = codes
            .iter()
            .flat_map(|cell| cell.split(['|', ',', ';', ' ']))
            .filter(|code| code.bytes().any(|b| b.is_ascii_digit()))
            .map(code_parts)
            .collect();
        if want.is_empty() && !codes.contains(&"local") {
            continue;
        }
        score.names += 1;
        let p = pairs.get(&i).map(|j| &found[*j]);
        let got = p.map(|p| code_parts(p.get("code"))).unwrap_or_default();
        let where_ = format!("name    {}:{} '{}'", g.get("doc"), g.place(by), g.get("name"));
        match p {
            None => {
                score.missed += 1;
                errors.push(format!("{where_} has no row"));
            }
            Some(_) if want.iter().any(|w| !got.is_empty() && same_code(w, &got)) => {
                score.right += 1;
            }
            Some(_) if want.is_empty() && got.is_empty() => score.right += 1,
            Some(p) if want.is_empty() => {
                score.forced += 1;
                let sure = p.get("score").parse::<f64>().map_or(true, |s| s >= 0.9);
                score.forced_confident += usize::from(sure);
                errors.push(format!("{where_} is local, got {}", p.get("code")));
            }
            Some(p) => {
                *(if got.is_empty() { &mut score.missed } else { &mut score.wrong }) += 1;
                let want: Vec<String> = want.iter().map(|w| w.join(".")).collect();
                let code = p.get("code");
                let got = if code.is_empty() { "nothing" } else { code };
                errors.push(format!("{where_} want {want:?}, got {got}"));
            }
        }
    }
    let spots: BTreeSet<i64> = gold.iter().map(|g| g.place(by)).collect();
    let explained: BTreeSet<usize> = pairs.values().copied().collect();
    score.extra = found
        .iter()
        .enumerate()
        .filter(|(j, p)| !explained.contains(j) && spots.contains(&p.place(by)))
        .count();
    let all = score.names + score.extra;
    score.accuracy = if all == 0 { 1.0 } else { score.right as f64 / all as f64 };
    score
}

//! Scores of observations, and how well their confidence is calibrated.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::pairs::pair;
use crate::share;
use crate::tables::{PlacedBy, Row};
use crate::text::{similar, unit, value};

/// How well the numbers of a document were read.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ObservationScore {
    /// Gold rows that are scored.
    pub gold: usize,
    /// Found rows that are judged.
    pub found: usize,
    /// Gold rows whose value was found at its place.
    pub value: usize,
    /// … with the right measure.
    pub measure: usize,
    /// … with the right year, period and variant.
    pub when: usize,
    /// … with the right name.
    pub name: usize,
    /// … with the right unit.
    pub unit: usize,
    /// … with the right row kind.
    pub row_kind: usize,
    /// … with the right indicator.
    pub indicator: usize,
    /// Measure, time and name right.
    pub full: usize,
    /// Unit, row kind and indicator right as well.
    pub strict: usize,
    /// `full / gold`.
    pub recall: f64,
    /// `full / found`.
    pub precision: f64,
    /// `value / gold`.
    pub value_recall: f64,
    /// `value / found`.
    pub value_precision: f64,
    /// Harmonic mean of recall and precision.
    pub f1: f64,
    /// The same with `strict` for `full`.
    pub strict_f1: f64,
    /// Mean distance of confidence from truth, over ten bins.
    pub calibration_error: f64,
    /// Mean squared distance of confidence from truth.
    pub brier: f64,
    /// Share of the found rows with a confidence of 0.9 and more.
    pub high_share: f64,
    /// Share of those that is right.
    pub high_precision: f64,
    /// The judged rows that carry an id, with whether subject, measure, time and value are right.
    #[serde(skip)]
    pub judged: Vec<(String, bool)>,
}

fn when(row: &Row) -> [&str; 3] {
    ["year", "period", "variant"].map(|column| row.get(column).trim())
}

fn confidence(row: &Row) -> f64 {
    // Saying nothing is claiming certainty.
    row.get("confidence").parse::<f64>().map_or(1.0, |c| c.clamp(0.0, 1.0))
}

pub(crate) fn score(
    gold: &[Row],
    found: &[Row],
    by: PlacedBy,
    errors: &mut Vec<String>,
) -> ObservationScore {
    let agree = |g: &Row, p: &Row| {
        (value(g.get("value")) == value(p.get("value"))).then(|| {
            4 * i64::from(g.get("measure") == p.get("measure"))
                + 2 * i64::from(when(g) == when(p))
                + 2 * i64::from(similar(g.get("name"), p.get("name")))
                + i64::from(similar(g.get("indicator"), p.get("indicator")))
                + i64::from(g.get("raw").trim() == p.get("raw").trim())
        })
    };
    let pairs = pair(gold, found, by, by.slack(), agree);
    let unsure = |i: usize| gold[i].get("note").contains("unsure");
    let ignored: BTreeSet<usize> =
        pairs.iter().filter(|(i, _)| unsure(**i)).map(|(_, j)| *j).collect();
    let scored: Vec<usize> = (0..gold.len()).filter(|i| !unsure(*i)).collect();
    let judged: Vec<usize> = (0..found.len()).filter(|j| !ignored.contains(j)).collect();
    let mut score =
        ObservationScore { gold: scored.len(), found: judged.len(), ..ObservationScore::default() };
    let mut right = BTreeSet::new();
    for i in scored {
        let g = &gold[i];
        let Some(j) = pairs.get(&i) else {
            errors.push(format!(
                "missed  {}:{} {} {} {} = {} (raw {})",
                g.get("doc"),
                g.place(by),
                g.get("name"),
                g.get("measure"),
                when(g).join("/"),
                g.get("value"),
                g.get("raw")
            ));
            continue;
        };
        let p = &found[*j];
        let measure = g.get("measure") == p.get("measure");
        let time = when(g) == when(p);
        let name = similar(g.get("name"), p.get("name"));
        let units = value(g.get("value")) == "nil" || unit(g.get("unit")) == unit(p.get("unit"));
        let row_kind = g.get("row_kind") == p.get("row_kind");
        let indicator = similar(g.get("indicator"), p.get("indicator"));
        score.value += 1;
        score.measure += usize::from(measure);
        score.when += usize::from(time);
        score.name += usize::from(name);
        score.unit += usize::from(units);
        score.row_kind += usize::from(row_kind);
        score.indicator += usize::from(indicator);
        let full = measure && time && name;
        score.full += usize::from(full);
        score.strict += usize::from(full && units && row_kind && indicator);
        if full {
            right.insert(*j);
        } else {
            let wrong: Vec<&str> = [("measure", measure), ("when", time), ("name", name)]
                .into_iter()
                .filter_map(|(what, ok)| (!ok).then_some(what))
                .collect();
            errors.push(format!(
                "wrong   {}:{} {}: want {}|{}|{}  got {}|{}|{} = {}",
                g.get("doc"),
                g.place(by),
                wrong.join("/"),
                g.get("name"),
                g.get("measure"),
                when(g).join("/"),
                p.get("name"),
                p.get("measure"),
                when(p).join("/"),
                g.get("value")
            ));
        }
    }
    let explained: BTreeSet<usize> = pairs.values().copied().collect();
    for j in judged.iter().filter(|j| !explained.contains(j)) {
        let p = &found[*j];
        errors.push(format!(
            "extra   {}:{} {}|{} = {} (raw {})",
            p.document(),
            p.place(by),
            p.get("name"),
            p.get("measure"),
            p.get("value"),
            p.get("raw")
        ));
    }
    let ratio = |part: usize| if score.found == 0 { 0.0 } else { share(part, score.found) };
    score.recall = share(score.full, score.gold);
    score.precision = ratio(score.full);
    score.value_recall = share(score.value, score.gold);
    score.value_precision = ratio(score.value);
    let both = score.gold + score.found;
    let f1 = |part: usize| if both == 0 { 1.0 } else { 2.0 * part as f64 / both as f64 };
    score.f1 = f1(score.full);
    score.strict_f1 = f1(score.strict);
    calibrate(&mut score, found, &judged, &right);
    score.judged = judged
        .iter()
        .map(|j| (found[*j].get("id").to_owned(), right.contains(j)))
        .filter(|(id, _)| !id.is_empty())
        .collect();
    score
}

fn calibrate(
    score: &mut ObservationScore,
    found: &[Row],
    judged: &[usize],
    right: &BTreeSet<usize>,
) {
    let mut bins: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
    let (mut squares, mut high, mut high_right) = (0.0, 0, 0);
    for j in judged {
        let (c, ok) = (confidence(&found[*j]), right.contains(j));
        let bin = bins.entry(((c * 10.0) as usize).min(9)).or_default();
        bin.0 += c;
        bin.1 += usize::from(ok);
        squares += (c - f64::from(u8::from(ok))).powi(2);
        if c >= 0.9 {
            high += 1;
            high_right += usize::from(ok);
        }
    }
    let all = judged.len() as f64;
    let distance: f64 = bins.values().map(|(sum, ok)| (sum - *ok as f64).abs()).sum();
    score.calibration_error = if judged.is_empty() { 1.0 } else { distance / all };
    score.brier = if judged.is_empty() { 1.0 } else { squares / all };
    score.high_share = share(high, judged.len());
    score.high_precision = if high == 0 { 0.0 } else { share(high_right, high) };
}

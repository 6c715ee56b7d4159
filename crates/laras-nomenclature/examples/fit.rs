//! Fits the weights of the matcher and prints them as `weights.tsv`, on standard error how well
//! they do: `cargo run --release -p laras-nomenclature --example fit > weights.tsv`.
//!
//! The examples are damaged official names, look-alikes, merged, widened and cut-out names, all
//! made here from half of the list (the tests report the other half apart), and the names of the
//! gold documents where `LARAS_SHARED` has them. Each gold document is left out once, so that the
//! figure printed for it comes from weights that have not seen it.

#![expect(clippy::print_stderr, clippy::print_stdout, reason = "a command for the terminal")]

#[path = "../tests/support/examples.rs"]
mod examples;
#[expect(dead_code, reason = "where a name stands is for the report of the tests")]
#[path = "../tests/support/gold.rs"]
mod gold;
#[path = "../tests/support/look_alike.rs"]
mod look_alike;
#[path = "../tests/support/perturb.rs"]
mod perturb;
#[path = "../tests/support/shortened.rs"]
mod shortened;

use examples::{Example, from_gold, made, of_rows};
use gold::{documents, shared};
use laras_nomenclature::Nomenclature;

/// What the weights are taken to be before the examples are seen, in the order of the features;
/// it decides where these say little (a wrong tier hardly occurs in them).
const EXPECTED: &[(&str, f64)] = &[
    ("bias", 0.0),
    ("exact", 6.0),
    ("missing", -6.0),
    ("missing_most", -2.0),
    ("extra", -8.0),
    ("extra_most", -4.0),
    ("replaced", -4.0),
    ("blur", -6.0),
    ("other_word", -4.0),
    ("disorder", -1.0),
    ("cut_off", 3.0),
    ("evidence", 2.0),
    ("bracket_extra", -1.0),
    ("short", -0.5),
    ("level", 1.0),
    ("tier", 2.0),
    ("edition", 1.5),
    ("parent", 1.5),
    ("code", 2.0),
    ("bidang", 0.5),
    ("complete", 1.5),
    ("joined", -2.0),
    ("row.level", 1.0),
    ("row.tier", 3.0),
    ("row.edition", 1.5),
    ("row.parent", 2.0),
    ("row.code", 2.0),
    ("row.bidang", 1.0),
];
/// How strongly the weights are held to that: the examples that one unit of distance is worth.
const HOLD: f64 = 1.0;
const STEPS: usize = 3000;

fn main() {
    let names = Nomenclature::feature_names();
    let expected: Vec<f64> = names
        .iter()
        .map(|name| EXPECTED.iter().find(|(other, _)| other == name).map_or(0.0, |(_, w)| *w))
        .collect();
    let of_names = names.iter().filter(|name| !name.starts_with("row.")).count();
    let (expected, expected_of_rows) = expected.split_at(of_names);
    let made = made(20_260_901);
    let documents = shared().map(|shared| documents(&shared)).unwrap_or_default();
    let of_gold: Vec<(String, Vec<Example>)> =
        documents.iter().map(|document| (document.name.clone(), from_gold(document))).collect();
    eprintln!(
        "{} made examples, {} of gold",
        made.len(),
        of_gold.iter().map(|(_, e)| e.len()).sum::<usize>()
    );
    for (left_out, own) in &of_gold {
        let others = of_gold.iter().filter(|(name, _)| name != left_out).flat_map(|(_, e)| e);
        let examples: Vec<&Example> = made.iter().chain(others).collect();
        let weights = fit(&examples, expected);
        report(left_out, &own.iter().collect::<Vec<_>>(), &weights);
    }
    let all: Vec<&Example> = made.iter().chain(of_gold.iter().flat_map(|(_, e)| e)).collect();
    let weights = fit(&all, expected);
    report("all", &all, &weights);
    for kind in ["one", "three", "alike", "merged", "widened", "cut_out", "foreign"] {
        let of_kind: Vec<&Example> = made.iter().filter(|example| example.kind == kind).collect();
        report(kind, &of_kind, &weights);
    }
    let rows = of_rows(20_260_907);
    let rows: Vec<&Example> = rows.iter().collect();
    let of_rows = fit(&rows, expected_of_rows);
    report("rows of one name", &rows, &of_rows);
    println!("feature\tweight");
    for (name, weight) in names.iter().zip(weights.iter().chain(&of_rows)) {
        println!("{name}\t{weight:.3}");
    }
}

/// Probabilities of the candidates, and of none.
fn probabilities(example: &Example, weights: &[f64]) -> (Vec<f64>, f64) {
    let utility = |features: &[f64]| features.iter().zip(weights).map(|(f, w)| f * w).sum::<f64>();
    let utilities: Vec<f64> =
        example.candidates.iter().map(|(features, _)| utility(features)).collect();
    let highest = utilities.iter().copied().fold(0.0, f64::max);
    let none = if example.is_certain { 0.0 } else { (-highest).exp() };
    let total = none + utilities.iter().map(|u| (u - highest).exp()).sum::<f64>();
    let shares = utilities.iter().map(|u| (u - highest).exp() / total).collect();
    (shares, none / total)
}

/// Most likely weights, by gradient steps of shrinking size (Adam), started at what is expected.
fn fit(examples: &[&Example], expected: &[f64]) -> Vec<f64> {
    let mut weights = expected.to_vec();
    let (mut mean, mut square) = (vec![0.0; weights.len()], vec![0.0; weights.len()]);
    for step in 1..=STEPS {
        let mut gradient: Vec<f64> =
            weights.iter().zip(expected).map(|(w, e)| HOLD * (w - e)).collect();
        for example in examples {
            let (shares, none) = probabilities(example, &weights);
            let right: f64 = example
                .candidates
                .iter()
                .zip(&shares)
                .filter(|((_, is_right), _)| *is_right)
                .map(|(_, share)| share)
                .sum();
            let right = if example.is_local { none } else { right }.max(1e-12);
            for ((features, is_right), share) in example.candidates.iter().zip(&shares) {
                let wanted = if *is_right && !example.is_local { share / right } else { 0.0 };
                for (sum, feature) in gradient.iter_mut().zip(features) {
                    *sum += example.weight * (share - wanted) * feature;
                }
            }
        }
        let rate = 0.05 * (1.0 - step as f64 / STEPS as f64) + 0.001;
        for at in 0..weights.len() {
            mean[at] = 0.9 * mean[at] + 0.1 * gradient[at];
            square[at] = 0.99 * square[at] + 0.01 * gradient[at] * gradient[at];
            weights[at] -= rate * mean[at] / (square[at].sqrt() + 1e-9);
        }
    }
    weights
}

/// Says how many examples are decided rightly, and how well the probabilities are meant.
fn report(name: &str, examples: &[&Example], weights: &[f64]) {
    let (mut right, mut forced, mut confident, mut loss) = (0, 0, 0, 0.0);
    let (mut claimed, mut held, mut high, mut high_right) = (0.0, 0, 0, 0);
    for example in examples {
        let (shares, none) = probabilities(example, weights);
        let best = (0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b]));
        let given = best.filter(|best| shares[*best] >= 0.5);
        let is_right = match given {
            Some(best) => !example.is_local && example.candidates[best].1,
            None => example.is_local,
        };
        right += usize::from(is_right);
        if example.is_local && given.is_some() {
            forced += 1;
            confident += usize::from(given.is_some_and(|best| shares[best] >= 0.9));
        }
        let sure = given.map_or(none, |best| shares[best]);
        claimed += sure;
        held += usize::from(is_right);
        if sure >= 0.9 {
            high += 1;
            high_right += usize::from(is_right);
        }
        let of_right: f64 =
            example.candidates.iter().zip(&shares).filter(|((_, r), _)| *r).map(|(_, s)| s).sum();
        loss -= if example.is_local { none } else { of_right }.max(1e-12).ln();
    }
    let count = examples.len().max(1) as f64;
    eprintln!(
        "{name:20} {right}/{} = {:.1}%, forced {forced} (≥0.9: {confident}), log loss {:.3}, mean score {:.3} for {:.3} right, {:.1}% of {high} at ≥0.9 right",
        examples.len(),
        100.0 * right as f64 / count,
        loss / count,
        claimed / count,
        held as f64 / count,
        100.0 * f64::from(high_right as u32) / f64::from(high.max(1)),
    );
}

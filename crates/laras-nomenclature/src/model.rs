//! The fitted model: a conditional logit over the candidates and "none of them".
//!
//! Each candidate has a utility, the weighted sum of its features; "none of them: a local name"
//! has utility 0. The probability of a choice is its share of the exponentials, so that a close
//! runner-up lowers it just as weak evidence does. Which of the rows of a name is meant is a
//! second, smaller choice of the same kind, with weights of its own (`row.…`). The weights are
//! fitted by
//! `cargo run --release -p laras-nomenclature --example fit` and kept in `weights.tsv`.

use crate::features::{FEATURES, Features, Fits, NAMES, at};
use crate::tsv::{Problem, Table};

/// The weights.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    names: [f32; FEATURES],
    rows: Fits,
}

/// In front of the features that choose between the rows of a name.
const ROW: &str = "row.";

/// All features of the table, those of the rows last.
pub(crate) fn all_features() -> Vec<String> {
    let rows = at::CONTEXT.map(|feature| format!("{ROW}{}", NAMES[feature]));
    NAMES.iter().map(|name| (*name).to_owned()).chain(rows).collect()
}

impl Model {
    pub(crate) fn read(table: Table<'_>, problems: &mut Vec<Problem>) -> Self {
        let features = all_features();
        let mut weights: Vec<Option<f32>> = vec![None; features.len()];
        table.each_row(["feature", "weight"], problems, |line, [feature, weight], problems| {
            let at = features.iter().position(|name| name == feature);
            match (at, weight.parse::<f32>()) {
                (Some(at), Ok(weight)) if weight.is_finite() => weights[at] = Some(weight),
                (None, _) => {
                    let what = format!("no feature '{feature}'; there are {}", features.join(", "));
                    problems.push(Problem::new(table.file, line, what));
                }
                _ => {
                    let what = format!("weight is '{weight}', expected a number");
                    problems.push(Problem::new(table.file, line, what));
                }
            }
        });
        let mut model = Self { names: [0.0; FEATURES], rows: Fits::default() };
        for (at, (weight, name)) in weights.into_iter().zip(&features).enumerate() {
            let Some(weight) = weight else {
                problems.push(Problem::new(table.file, 0, format!("no weight for '{name}'")));
                continue;
            };
            match at.checked_sub(FEATURES) {
                None => model.names[at] = weight,
                Some(row) => model.rows[row] = weight,
            }
        }
        model
    }

    /// What speaks for a name in the context of one of its rows.
    pub(crate) fn utility(&self, features: &Features) -> f32 {
        self.names.iter().zip(features).map(|(weight, feature)| weight * feature).sum()
    }

    /// What speaks for one row of a name rather than another, of what the context says of it.
    pub(crate) fn row_utility(&self, fits: &Fits) -> f32 {
        self.rows.iter().zip(fits).map(|(weight, fit)| weight * fit).sum()
    }

    /// The weights in the order of [`all_features`].
    pub(crate) fn weights(&self) -> Vec<f64> {
        self.names.iter().chain(&self.rows).map(|w| f64::from(*w)).collect()
    }
}

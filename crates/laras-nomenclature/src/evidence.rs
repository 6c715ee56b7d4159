//! What the model weighs for a name, laid open: for fitting it, and for the curious.

use laras_model::Regime;

use crate::context::Context;
use crate::features::at;
use crate::model::all_features;
use crate::{MatchOptions, Nomenclature, Query};

/// A candidate and its features.
#[derive(Clone, Debug, PartialEq)]
pub struct CandidateEvidence {
    /// Its code.
    pub code: String,
    /// The regulation.
    pub regime: Regime,
    /// Its name.
    pub official_name: String,
    /// Feature by feature what speaks for it, in the order of
    /// [`feature_names`](Nomenclature::feature_names).
    pub features: Vec<f64>,
    /// The rows that have the name: the code of each, and those of its features that choose
    /// between them, in the order of the `row.…` features.
    pub rows: Vec<(String, Vec<f64>)>,
}

impl Nomenclature {
    /// The names of the features that the model weighs, in the order of `weights.tsv`: those of
    /// names, then those of rows (`row.…`).
    pub fn feature_names() -> Vec<String> {
        all_features()
    }

    /// The weights of the features.
    pub fn feature_weights(&self) -> Vec<f64> {
        self.model.weights()
    }

    /// The candidates for a name with everything the model weighs, most telling words first.
    ///
    /// ```
    /// use laras_nomenclature::{MatchOptions, Nomenclature, Query};
    ///
    /// let nomenclature = Nomenclature::builtin();
    /// let query = Query::new("Pengadan mebel");
    /// let evidence = nomenclature.evidence(&query, &MatchOptions::default());
    /// assert!(evidence.iter().any(|candidate| candidate.official_name == "Pengadaan Mebel"));
    /// let names = Nomenclature::feature_names();
    /// assert_eq!(names.len(), evidence[0].features.len() + evidence[0].rows[0].1.len());
    /// ```
    pub fn evidence(
        &self,
        query: &Query<'_>,
        options: &MatchOptions<'_>,
    ) -> Vec<CandidateEvidence> {
        let context = Context::new(query, self, options.bidang);
        let mut found = self.find(query.name);
        self.add_children(&mut found, &context.parents);
        found
            .scored
            .iter()
            .filter_map(|scored| {
                let (entry, ..) = self.best_row(scored, &context)?;
                let features = context.features(entry, &scored.words);
                let rows = self.rows_of(scored.name).iter().map(|entry| {
                    let features = context.features(entry, &scored.words);
                    let chosen = features[at::CONTEXT].iter().map(|f| f64::from(*f)).collect();
                    (entry.code.print(entry.regime, entry.until == 0).into(), chosen)
                });
                Some(CandidateEvidence {
                    rows: rows.collect(),
                    code: entry.code.print(entry.regime, entry.until == 0).into(),
                    regime: entry.regime,
                    official_name: self.name_of(entry).to_owned(),
                    features: features.iter().map(|feature| f64::from(*feature)).collect(),
                })
            })
            .collect()
    }
}

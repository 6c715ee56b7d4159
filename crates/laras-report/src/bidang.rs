//! The bidang urusan that a report's office works in, told from the names of the report itself.
//!
//! Every office has the program penunjang; the nomenclature lists it generally (`X.XX.01`) and for
//! some bidang once more (`8.01.01`). Which of the two a name means only its neighbours tell.

use std::collections::{BTreeMap, BTreeSet};

use laras_model::{NameMatch, Observation, Regime, SharedText};
use laras_nomenclature::Nomenclature;

/// Fewest official names that tell the bidang.
const FEWEST: usize = 2;

/// Gives general names without a printed code the codes of the office's own bidang, where nearly all
/// other names are of one.
pub(crate) fn settle(
    nomenclature: &Nomenclature,
    names: &mut [NameMatch],
    observations: &mut [Observation],
) {
    let Some(bidang) = bidang(names) else { return };
    let mut own: BTreeMap<SharedText, SharedText> = BTreeMap::new();
    for name in names.iter_mut().filter(|name| name.printed_code.is_empty()) {
        // The same names stand in many tables.
        let known = own.get(&name.code).cloned();
        let own_code = || nomenclature.own_code(&name.code, &bidang).map(SharedText::from);
        let Some(code) = known.or_else(own_code) else { continue };
        let general = std::mem::replace(&mut name.code, code.clone());
        let before = if name.explanation.is_empty() { "" } else { "; " };
        name.explanation = SharedText::written(format_args!(
            "{}{before}{general} of bidang {bidang}, as the other names",
            name.explanation
        ));
        own.insert(general, code);
    }
    for observation in observations.iter_mut() {
        if let Some(code) = own.get(observation.code.as_str()) {
            observation.code = code.clone();
        }
    }
}

/// The bidang of at least four in five official names that are of one.
fn bidang(names: &[NameMatch]) -> Option<String> {
    let codes: BTreeSet<&str> = names
        .iter()
        .filter(|name| name.regime == Some(Regime::Permendagri90))
        .map(|name| name.code.as_str())
        .collect();
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for bidang in codes.into_iter().filter_map(Nomenclature::bidang) {
        *count.entry(bidang).or_default() += 1;
    }
    let all: usize = count.values().sum();
    let (most, times) = count.into_iter().max_by_key(|(_, times)| *times)?;
    (times >= FEWEST && times * 5 >= all * 4).then_some(most)
}

//! Many plausible reports, for benches.

use crate::gold::Gold;
use crate::report::Report;
use crate::rng::Rng;
use crate::style::Style;
use crate::variant::{Recipe, write_variant};
use crate::vary::vary;

/// Reports without end: corpus reports with other regions, years and amounts, in every style; each
/// with a name of its own. The same seed gives the same row; no `reports`, no row.
pub fn batch(reports: &[Report], seed: u64) -> impl Iterator<Item = (String, Vec<u8>)> {
    let mut rng = Rng::new(seed);
    (0_u32..).map_while(move |number| {
        let report = rng.pick(reports)?;
        let region = report.gold.identity["region"].as_str().unwrap_or_default();
        let style = rng.pick(&Style::ALL).copied()?;
        let seed = rng.next();
        let text = vary(&report.text(), region, seed);
        let bytes = write_variant(&text, &Gold::default(), &Recipe::new(style, seed)).bytes;
        Some((format!("{number:05}-{}-{style}", report.name), bytes))
    })
}

//! Many plausible reports, for benches.

use crate::gold::Gold;
use crate::report::Report;
use crate::rng::Rng;
use crate::style::Style;
use crate::variant::{Recipe, write_variant};
use crate::vary::vary;

/// The styles of the reports: those that the figures of earlier releases were measured on.
const STYLES: [Style; 7] = [
    Style::Tabs,
    Style::Pipes,
    Style::Html,
    Style::Aligned,
    Style::Windows1252,
    Style::AlignedWindows1252,
    Style::Mixed,
];

/// Reports without end: corpus reports with other regions, years and amounts, in seven
/// styles; each with a name of its own. The same seed gives the same row; no `reports`, no row.
pub fn batch(reports: &[Report], seed: u64) -> impl Iterator<Item = (String, Vec<u8>)> {
    let mut rng = Rng::new(seed);
    (0_u32..).map_while(move |number| {
        let report = rng.pick(reports)?;
        let region = report.gold.identity["region"].as_str().unwrap_or_default();
        let style = rng.pick(&STYLES).copied()?;
        let seed = rng.next();
        let text = vary(&report.text(), region, seed);
        let bytes = write_variant(&text, &Gold::default(), &Recipe::new(style, seed)).bytes;
        Some((format!("{number:05}-{}-{style}", report.name), bytes))
    })
}

//! Who a report is of and for which year, with the evidence for each.

use std::collections::BTreeMap;

use laras_model::{AgencyKind, Block, BlockKind, Evidence, Region};
use laras_nomenclature::Nomenclature;

use crate::title;

/// Agency, region and year of a stretch of text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Identity {
    pub(crate) agency: String,
    pub(crate) agency_kind: Option<AgencyKind>,
    pub(crate) region: Option<Region>,
    pub(crate) year: Option<u16>,
    pub(crate) evidence: Vec<Evidence>,
    /// How clearly each of the three leads, from 0 to 1.
    pub(crate) clarity: f64,
}

/// How much a block's words weigh.
fn weight(block: &Block, index: usize) -> f64 {
    let front = if index < 12 { 2.0 } else { 1.0 };
    front
        * match block.kind {
            BlockKind::Title => 3.0,
            BlockKind::Heading | BlockKind::Caption | BlockKind::Signature => 1.5,
            BlockKind::RunningText => 2.0,
            _ => 0.5,
        }
}

/// Longest block, in bytes, that is searched.
const LONGEST: usize = 6_000;
/// Blocks searched; identity stands at the front and in titles.
const MOST_BLOCKS: usize = 600;

/// Votes for the values of a field.
#[derive(Default)]
struct Votes {
    sums: BTreeMap<String, f64>,
    first: BTreeMap<String, (String, u32, f64)>,
}

impl Votes {
    fn add(&mut self, value: &str, weight: f64, text: &str, block: &Block) {
        *self.sums.entry(value.to_owned()).or_default() += weight;
        self.first
            .entry(value.to_owned())
            .or_insert_with(|| (text.chars().take(120).collect(), block.place.cited(), weight));
    }

    /// The value with most votes, its share of all, and evidence for it and its runner-up.
    fn winner(&self, field: &str, evidence: &mut Vec<Evidence>) -> Option<(String, f64)> {
        let mut ranked: Vec<(&String, &f64)> = self.sums.iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(a.1).then_with(|| a.0.cmp(b.0)));
        let all: f64 = self.sums.values().sum();
        for (value, sum) in ranked.iter().take(2) {
            if let Some((text, at, _)) = self.first.get(*value) {
                evidence.push(Evidence {
                    field: field.to_owned(),
                    value: (*value).clone(),
                    text: text.clone(),
                    at: *at,
                    weight: (**sum / all * 1000.0).round() / 1000.0,
                });
            }
        }
        ranked.first().map(|(value, sum)| ((*value).clone(), **sum / all))
    }
}

/// Reads the identity of a stretch of blocks.
pub(crate) fn identity(blocks: &[Block], nomenclature: &Nomenclature) -> Identity {
    let mut regions = Votes::default();
    let mut agencies = Votes::default();
    let mut years = Votes::default();
    let mut kinds: BTreeMap<String, Option<AgencyKind>> = BTreeMap::new();
    for (i, block) in blocks.iter().take(MOST_BLOCKS).enumerate() {
        if block.kind == BlockKind::Rows
            || block.kind == BlockKind::Contents
            || block.text.len() > LONGEST
        {
            continue;
        }
        let text = block.text.replace('\n', " ");
        let base = weight(block, i);
        for hit in nomenclature.regions().find(&text) {
            regions.add(&hit.region.code, base * hit.weight, &text, block);
        }
        if block.kind == BlockKind::Signature {
            for hit in nomenclature.regions().find_signed(&text) {
                regions.add(&hit.region.code, base * hit.weight * 0.5, &text, block);
            }
        }
        for hit in nomenclature.agencies().find(&text).into_iter().filter(|h| h.kind.is_some()) {
            let name = tidy_case(&hit.name);
            kinds.entry(name.clone()).or_insert(hit.kind);
            agencies.add(&name, base * hit.weight, &text, block);
        }
        year_votes(&mut years, block, &text, base);
    }
    let mut evidence = Vec::new();
    let region = regions.winner("region", &mut evidence);
    let agency = agencies.winner("agency", &mut evidence);
    let year = years.winner("year", &mut evidence);
    let clarity = [&region, &agency, &year]
        .iter()
        .map(|w| w.as_ref().map_or(0.0, |(_, share)| share.min(1.0)))
        .fold(1.0, f64::min);
    Identity {
        agency_kind: agency.as_ref().and_then(|(name, _)| kinds.get(name).copied().flatten()),
        agency: agency.map(|(name, _)| name).unwrap_or_default(),
        region: region
            .and_then(|(code, _)| nomenclature.regions().by_code(&code))
            .map(laras_nomenclature::RegionRecord::to_model),
        year: year.and_then(|(year, _)| year.parse().ok()),
        evidence,
        clarity,
    }
}

/// A name set in capitals, as it is written in running text.
fn tidy_case(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let upper = name.chars().filter(|c| c.is_uppercase()).count();
    if letters == 0 || upper * 10 < letters * 7 {
        return name.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let word = |w: &str| {
        let lower = w.to_lowercase();
        if matches!(lower.as_str(), "dan" | "di" | "ke" | "atau" | "serta" | "pada" | "untuk") {
            return lower;
        }
        let mut chars = lower.chars();
        chars
            .next()
            .map(|c| c.to_uppercase().collect::<String>() + chars.as_str())
            .unwrap_or_default()
    };
    name.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// Votes for the fiscal year: what a text calls `Tahun (Anggaran) 20xx`; the year of signing and
/// the years of decrees do not count.
fn year_votes(votes: &mut Votes, block: &Block, text: &str, base: f64) {
    // Most texts hold no year at all.
    if block.kind == BlockKind::Signature || !(text.contains("19") || text.contains("20")) {
        return;
    }
    let words = crate::phrases::words(text);
    for (i, word) in words.iter().enumerate() {
        if !crate::head::is_year(word) {
            continue;
        }
        let before = |n: usize| i.checked_sub(n).map_or("", |j| words[j].as_str());
        let decree = (1..=6).any(|n| {
            matches!(
                before(n),
                "nomor" | "no" | "uu" | "perda" | "permen" | "peraturan" | "keputusan"
            )
        });
        if decree {
            continue;
        }
        let fiscal =
            before(1) == "anggaran" && before(2) == "tahun" || matches!(before(1), "ta" | "t.a");
        let factor = match (fiscal, before(1)) {
            (true, _) => 2.0,
            (_, "tahun") => 1.0,
            _ if block.kind == BlockKind::Title => 0.4,
            _ => 0.1,
        };
        // A span belongs to a plan, not to a year.
        let in_span = crate::head::is_year(words.get(i + 1).map_or("", String::as_str))
            || crate::head::is_year(before(1));
        let factor = if in_span { factor * 0.1 } else { factor };
        votes.add(word, base * factor, text, block);
    }
}

/// The year that a title gives, which outranks all votes.
pub(crate) fn title_year(text: &str) -> Option<u16> {
    match title::years(text).as_slice() {
        [one] => Some(*one),
        [first, rest @ ..] if rest.iter().all(|y| y == first) => Some(*first),
        _ => None,
    }
}

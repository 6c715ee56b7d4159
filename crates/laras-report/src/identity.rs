//! Who a report is of and for which year, with the evidence for each.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use laras_model::{AgencyKind, Block, BlockKind, Evidence, Region};
use laras_nomenclature::{Nomenclature, RegionRecord, SplitText};

use crate::title;
use crate::words::{Word, one_line, words};
use crate::years::{is_year, printed_years};

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

/// Characters of a block that are cited as evidence.
const LONGEST_CITED: usize = 120;

/// Votes for the values of a field.
struct Votes<'b, T> {
    of: BTreeMap<&'b str, Votee<'b, T>>,
}

/// A value that is voted for.
#[derive(Clone, Copy)]
struct Votee<'b, T> {
    value: &'b str,
    sum: f64,
    /// The block that named it first.
    first: &'b Block,
    /// What else that said of it.
    known: T,
}

impl<'b, T: Copy> Votes<'b, T> {
    fn new() -> Self {
        Self { of: BTreeMap::new() }
    }

    fn add(&mut self, value: &'b str, known: T, weight: f64, first: &'b Block) {
        let votee = Votee { value, sum: 0.0, first, known };
        self.of.entry(value).or_insert(votee).sum += weight;
    }

    /// The value with most votes, its share of all, and evidence for it and its runner-up.
    fn winner(&self, field: &str, evidence: &mut Vec<Evidence>) -> Option<(Votee<'b, T>, f64)> {
        let mut ranked: Vec<&Votee<'b, T>> = self.of.values().collect();
        ranked.sort_by(|a, b| b.sum.total_cmp(&a.sum).then_with(|| a.value.cmp(b.value)));
        let all: f64 = self.of.values().map(|votee| votee.sum).sum();
        for Votee { value, sum, first, .. } in ranked.iter().take(2) {
            let cut = first.text.char_indices().nth(LONGEST_CITED);
            let text = &first.text[..cut.map_or(first.text.len(), |(at, _)| at)];
            evidence.push(Evidence {
                field: field.to_owned(),
                value: (*value).to_owned(),
                text: text.replace('\n', " "),
                at: first.place.cited(),
                weight: (*sum / all * 1000.0).round() / 1000.0,
            });
        }
        ranked.first().map(|votee| (**votee, votee.sum / all))
    }
}

/// What a block names, each with how much that speaks for it.
#[derive(Default)]
struct Said<'n> {
    regions: Vec<(&'n RegionRecord, f64)>,
    agencies: Vec<(String, Option<AgencyKind>, f64)>,
    years: Vec<(Word, f64)>,
}

/// The blocks of a file with what they name, which is looked for once though a block may stand in
/// several reports.
pub(crate) struct Named<'b> {
    blocks: &'b [Block],
    pub(crate) nomenclature: &'b Nomenclature,
    said: Vec<OnceCell<Said<'b>>>,
}

impl<'b> Named<'b> {
    pub(crate) fn new(blocks: &'b [Block], nomenclature: &'b Nomenclature) -> Self {
        Self { blocks, nomenclature, said: blocks.iter().map(|_| OnceCell::new()).collect() }
    }

    /// Reads the identity of a stretch of blocks.
    pub(crate) fn identity(&self, stretch: Range<usize>) -> Identity {
        let mut regions = Votes::new();
        let mut agencies = Votes::new();
        let mut years = Votes::new();
        for (i, at) in stretch.take(MOST_BLOCKS).enumerate() {
            let block = &self.blocks[at];
            let said = self.said[at].get_or_init(|| self.look(block));
            let base = weight(block, i);
            for (region, weight) in &said.regions {
                regions.add(&region.code, *region, base * weight, block);
            }
            for (name, kind, weight) in &said.agencies {
                agencies.add(name, *kind, base * weight, block);
            }
            for (year, weight) in &said.years {
                years.add(year, (), base * weight, block);
            }
        }
        let mut evidence = Vec::new();
        let region = regions.winner("region", &mut evidence);
        let agency = agencies.winner("agency", &mut evidence);
        let year = years.winner("year", &mut evidence);
        let shares = [
            region.map_or(0.0, |(_, share)| share),
            agency.map_or(0.0, |(_, share)| share),
            year.map_or(0.0, |(_, share)| share),
        ];
        let clarity = shares.into_iter().fold(1.0, f64::min);
        Identity {
            agency_kind: agency.and_then(|(agency, _)| agency.known),
            agency: agency.map(|(agency, _)| agency.value.to_owned()).unwrap_or_default(),
            region: region.map(|(region, _)| region.known.to_model()),
            year: year.and_then(|(year, _)| year.value.parse().ok()),
            evidence,
            clarity,
        }
    }

    /// Looks for names in a block.
    fn look(&self, block: &Block) -> Said<'b> {
        let is_read = !matches!(block.kind, BlockKind::Rows | BlockKind::Contents);
        if !is_read || block.text.len() > LONGEST {
            return Said::default();
        }
        let text = if block.text.contains('\n') {
            Cow::Owned(block.text.replace('\n', " "))
        } else {
            Cow::Borrowed(&*block.text)
        };
        let words = SplitText::new(&text);
        let names = self.nomenclature;
        let mut said = Said::default();
        let regions = names.regions().find_in(&words).into_iter();
        said.regions.extend(regions.map(|hit| (hit.region, hit.weight)));
        if block.kind == BlockKind::Signature {
            let signed = names.regions().find_signed_in(&words).into_iter();
            said.regions.extend(signed.map(|hit| (hit.region, hit.weight * 0.5)));
        }
        let agencies = names.agencies().find_in(&words).into_iter().filter(|s| s.kind.is_some());
        said.agencies.extend(
            agencies.map(|span| (tidy_case(&text[span.from..span.to]), span.kind, span.weight)),
        );
        if block.kind != BlockKind::Signature {
            said.years = years(block.kind, &text);
        }
        said
    }
}

/// A name set in capitals, as it is written in running text.
fn tidy_case(name: &str) -> String {
    let (mut letters, mut upper) = (0, 0);
    for c in name.chars() {
        letters += usize::from(c.is_alphabetic());
        upper += usize::from(c.is_uppercase());
    }
    if letters == 0 || upper * 10 < letters * 7 {
        return one_line(name).into_owned();
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

/// What a text calls `Tahun (Anggaran) 20xx`; the year of signing and the years of decrees do not
/// count.
fn years(kind: BlockKind, text: &str) -> Vec<(Word, f64)> {
    // Most texts hold no year at all.
    let Some(stretch) = around_years(text) else { return Vec::new() };
    years_of(kind, &words(stretch))
}

fn years_of(kind: BlockKind, words: &[Word]) -> Vec<(Word, f64)> {
    let mut years = Vec::new();
    for (i, word) in words.iter().enumerate() {
        if !is_year(word) {
            continue;
        }
        let before = |n: usize| i.checked_sub(n).map_or("", |j| words[j].as_str());
        let decree = (1..=WORDS_BEFORE).any(|n| {
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
            _ if kind == BlockKind::Title => 0.4,
            _ => 0.1,
        };
        // A span belongs to a plan, not to a year.
        let in_span = is_year(words.get(i + 1).map_or("", Word::as_str)) || is_year(before(1));
        years.push((word.clone(), if in_span { factor * 0.1 } else { factor }));
    }
    years
}

/// Words before a year that tell what it is.
const WORDS_BEFORE: usize = 6;

/// The stretch of a text that tells what its years are, from some words before the first year to the end
/// of the last: what stands before and behind need not be cut into words.
fn around_years(text: &str) -> Option<&str> {
    let mut years = printed_years(text).map(|(at, _)| at);
    let first = years.next()?;
    let last = years.next_back().unwrap_or(first);
    let place = |piece: &str| piece.as_ptr() as usize - text.as_ptr() as usize;
    let has_word = |piece: &&str| piece.bytes().any(|b| b.is_ascii_alphanumeric());
    let mut before = text[..first].rsplit(' ').filter(has_word);
    let from = before.nth(WORDS_BEFORE).map_or(0, place);
    let to = text[last..].find(' ').map_or(text.len(), |at| last + at);
    Some(&text[from..to])
}

/// The year that a title gives, which outranks all votes.
pub(crate) fn title_year(text: &str) -> Option<u16> {
    match title::years(text).as_slice() {
        [one] => Some(*one),
        [first, rest @ ..] if rest.iter().all(|y| y == first) => Some(*first),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_years_tells_them() {
        let kind = BlockKind::Paragraph;
        for text in [
            "Laporan ini dibuat untuk Tahun Anggaran 2020 dan seterusnya",
            "Sesuai Undang-Undang Nomor 23 Tahun 2014 dan Peraturan - ( : ) a b c d e 2019 tentang x",
            "Nomor - - ( / : ) Tahun  2018, TA 2021 (2022) s/d 2023 2024 - 2025 ya itu saja",
            "kode 12019 atau 2019-2020 atau 100% 2020% dari itu",
            "Nomor satu dua tiga empat lima enam tujuh 2017",
            "Nomor satu dua tiga empat lima 2017",
            "T.A. 2020",
        ] {
            let before = "a b c d e f g h i j k l m n ";
            let mut all = years_of(kind, &words(text));
            assert_eq!(years(kind, text), all, "{text}");
            // More words before change nothing but for those that count.
            all = years_of(kind, &words(&format!("{before}{text} x y z")));
            assert_eq!(years(kind, &format!("{before}{text} x y z")), all, "{text}");
        }
    }
}

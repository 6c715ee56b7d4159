//! Where a text names regions.

use laras_model::RegionKind;

use crate::edits::{may_be_within, most_edits};
use crate::letters::{Letters, letter_set};
use crate::regions::{RegionEvidence, RegionHit, RegionRecord, Regions};
use crate::text::{SplitText, Spot, breaks};

/// Names of regions have at most so many words.
const MOST_WORDS: usize = 5;
/// Names of capitals have at most so many.
const MOST_CAPITAL_WORDS: usize = 3;
const WEIGHT_ALIAS: f64 = 0.85;
const WEIGHT_MISSPELT: f64 = 0.6;
const WEIGHT_OTHER_KIND: f64 = 0.15;
const WEIGHT_BARE: f64 = 0.3;
const WEIGHT_CAPITAL: f64 = 0.25;
/// Misspelt names must be at least this near.
const NEAR: f32 = 0.8;

impl Regions {
    /// The regions that a text names, in reading order, each with how much that speaks for it.
    /// Places of signing are not looked at; see [`find_signed`](Self::find_signed).
    ///
    /// ```
    /// let regions = laras_nomenclature::Nomenclature::builtin().regions();
    /// let hits = regions.find("KANTOR KESBANGPOL PEMERINTAH KABUPATEN LUWU TIMUR");
    /// assert_eq!((hits.len(), hits[0].region.code.as_str()), (1, "73.24"));
    /// assert!(hits[0].weight > 0.9);
    /// // The word for the kind tells a kota from the kabupaten around it.
    /// assert_eq!(regions.find("Walikota Bandung")[0].region.code, "32.73");
    /// assert_eq!(regions.find("Bupati Bandung")[0].region.code, "32.04");
    /// ```
    pub fn find(&self, text: &str) -> Vec<RegionHit<'_>> {
        self.find_in(&SplitText::new(text))
    }

    /// As [`find`](Self::find), of a text that was split before.
    pub fn find_in(&self, text: &SplitText<'_>) -> Vec<RegionHit<'_>> {
        let SplitText { text, spots } = text;
        let mut hits = Vec::new();
        let mut at = 0;
        while at < spots.len() {
            let kind = self.kind_before(text, spots, at);
            // Most words are neither written large nor behind the word for a kind.
            if kind.is_none() && !spots[at].is_capitalised() {
                at += 1;
                continue;
            }
            let may_begin = self.by_name.may_begin(&spots[at]);
            match may_begin.then(|| self.longest_name(text, &spots[at..])).flatten() {
                Some((count, rows)) => {
                    let before = hits.len();
                    self.weigh(rows, kind, &spots[at..at + count], &mut hits);
                    at += if hits.len() > before { count } else { 1 };
                }
                _ => {
                    at += match kind {
                        Some((kind, weight)) if !self.is_kind_word(&spots[at]) => {
                            self.find_misspelt(text, kind, weight, &spots[at..], &mut hits)
                        }
                        _ => 1,
                    };
                }
            }
        }
        hits
    }

    /// The regions whose seat is where something was signed (`Malili, 31 Juli 2020`): weak
    /// evidence, as an office may sit elsewhere and two seats may share a name.
    ///
    /// ```
    /// let regions = laras_nomenclature::Nomenclature::builtin().regions();
    /// let hits = regions.find_signed("Malili, 31 Juli 2020");
    /// assert_eq!(hits[0].region.code, "73.24");
    /// assert!(hits[0].weight < 0.5);
    /// ```
    pub fn find_signed(&self, place: &str) -> Vec<RegionHit<'_>> {
        self.find_signed_in(&SplitText::new(place))
    }

    /// As [`find_signed`](Self::find_signed), of a text that was split before.
    pub fn find_signed_in(&self, place: &SplitText<'_>) -> Vec<RegionHit<'_>> {
        let mut hits = Vec::new();
        for start in 0..place.spots.len() {
            let words = &place.spots[start..place.spots.len().min(start + MOST_CAPITAL_WORDS)];
            if !self.by_capital.may_begin(&words[0]) {
                continue;
            }
            let Some((count, rows)) = self.by_capital.longest(words.iter()) else { continue };
            let share = WEIGHT_CAPITAL / rows.len() as f64;
            hits.extend(rows.iter().map(|row| RegionHit {
                region: &self.all[usize::from(*row)],
                evidence: RegionEvidence::Capital,
                weight: share,
                from: words[0].from,
                to: words[count - 1].to,
            }));
            return hits;
        }
        hits
    }

    /// The regions with the longest name that the words begin with, and its number of words.
    fn longest_name(&self, text: &str, words: &[Spot<'_>]) -> Option<(usize, &[(u16, bool)])> {
        let pairs = words.windows(2).take(MOST_WORDS - 1);
        let unbroken = pairs.take_while(|pair| !breaks(text, &pair[0], &pair[1]));
        let unbroken = words.iter().take(1).chain(unbroken.map(|pair| &pair[1]));
        self.by_name.longest(unbroken).map(|(count, rows)| (count, rows.as_slice()))
    }

    fn is_kind_word(&self, word: &Spot<'_>) -> bool {
        self.kind_heads.may_begin(word) && self.words.contains_key(&*word.lower())
    }

    /// The word for a kind right before a place in the text.
    fn kind_before(&self, text: &str, spots: &[Spot<'_>], at: usize) -> Option<(RegionKind, f64)> {
        // Most words stand behind one that says no kind: that is asked first.
        let last = spots.get(at.checked_sub(1)?)?;
        if !self.kind_heads.may_begin(last) {
            return None;
        }
        let mut before = at;
        while before > 0 && !breaks(text, &spots[before - 1], &spots[before]) {
            match self.words.get(&*spots[before - 1].lower()) {
                Some((Some(kind), weight)) => return Some((*kind, *weight)),
                Some((None, _)) => before -= 1,
                None => return None,
            }
        }
        None
    }

    fn weigh<'r>(
        &'r self,
        rows: &[(u16, bool)],
        kind: Option<(RegionKind, f64)>,
        words: &[Spot<'_>],
        hits: &mut Vec<RegionHit<'r>>,
    ) {
        let region = |row: u16| &self.all[usize::from(row)];
        let fits = |row: u16| kind.is_some_and(|(kind, _)| region(row).kind == kind);
        let any_fits = rows.iter().any(|(row, _)| fits(*row));
        let letters: usize = words.iter().map(|word| word.printed.len()).sum();
        // A short name alone is as likely an ordinary word (Batu, Pati, Landak).
        let bare = if letters >= 6 { WEIGHT_BARE } else { WEIGHT_BARE / 3.0 };
        for (row, is_alias) in rows {
            let (evidence, weight) = match kind {
                Some((_, weight)) if fits(*row) && *is_alias => {
                    (RegionEvidence::Alias, weight * WEIGHT_ALIAS)
                }
                Some((_, weight)) if fits(*row) => (RegionEvidence::Named, weight),
                Some(_) if any_fits => continue,
                Some(_) => (RegionEvidence::Bare, WEIGHT_OTHER_KIND),
                None => (RegionEvidence::Bare, bare / rows.len() as f64),
            };
            hits.push(RegionHit {
                region: region(*row),
                evidence,
                weight,
                from: words[0].from,
                to: words[words.len() - 1].to,
            });
        }
    }

    /// Looks for a misspelt name after the word for a kind; returns how many words it took.
    fn find_misspelt<'r>(
        &'r self,
        text: &str,
        kind: RegionKind,
        weight: f64,
        spots: &[Spot<'_>],
        hits: &mut Vec<RegionHit<'r>>,
    ) -> usize {
        let mut best: Option<(f32, usize, &RegionRecord)> = None;
        for count in 1..=3.min(spots.len()) {
            let words = &spots[..count];
            if words.windows(2).any(|pair| breaks(text, &pair[0], &pair[1])) {
                break;
            }
            let key = words.iter().fold(String::new(), |key, word| key + &word.lower());
            if key.len() < 5 || !words[0].is_capitalised() {
                continue;
            }
            let letters = letter_set(&key);
            for (region, (name, own)) in self.all.iter().zip(&self.compact) {
                if region.kind != kind || name.len().abs_diff(key.len()) > 2 {
                    continue;
                }
                // Letters that only one of the two has take an edit each.
                let edits = most_edits(name.len().max(key.len()), NEAR) + 1;
                if !may_be_within((&key, letters), (name, *own), edits) {
                    continue;
                }
                let alike = Letters::plain().similarity_from(&key, name, NEAR);
                if alike >= NEAR && best.is_none_or(|(other, ..)| alike > other) {
                    best = Some((alike, count, region));
                }
            }
        }
        let Some((_, count, region)) = best else { return 1 };
        hits.push(RegionHit {
            region,
            evidence: RegionEvidence::Misspelt,
            weight: weight * WEIGHT_MISSPELT,
            from: spots[0].from,
            to: spots[count - 1].to,
        });
        count
    }
}

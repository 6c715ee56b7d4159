//! Provinces, kabupaten and kota, and where a text names them.

use laras_model::RegionKind;
use rustc_hash::FxHashMap;

use crate::letters::Letters;
use crate::text::{Beginnings, Heads, SplitText, Spot, breaks};
use crate::tsv::{Problem, Table};

/// A region of the country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionRecord {
    /// Kemendagri code (`73.24`).
    pub code: String,
    /// Kind.
    pub kind: RegionKind,
    /// Name without Kabupaten or Kota.
    pub name: String,
    /// Code of the province it lies in; its own for a province.
    pub province_code: String,
    /// Name of that province.
    pub province: String,
    /// Seat of the government.
    pub capital: String,
    /// Former names, other spellings, short forms.
    pub aliases: Vec<String>,
    /// BPS code; empty where it cannot be derived. It comes from the bridge table between both
    /// code lists for 2020, which still holds wherever the region was not divided since; the
    /// provinces of Papua were, and have none.
    pub bps: String,
    /// Remark on the row.
    pub note: String,
}

impl RegionRecord {
    /// The region as observations name it.
    pub fn to_model(&self) -> laras_model::Region {
        laras_model::Region {
            name: self.name.clone(),
            kind: self.kind,
            code: self.code.clone(),
            province: self.province.clone(),
        }
    }
}

/// How a text names a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegionEvidence {
    /// By name, with the word for its kind.
    Named,
    /// By a former name, other spelling or short form, with the word for its kind.
    Alias,
    /// By a misspelt name, with the word for its kind.
    Misspelt,
    /// By name alone.
    Bare,
    /// Its seat is where something was signed.
    Capital,
}

/// A region that a text names.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionHit<'r> {
    /// The region.
    pub region: &'r RegionRecord,
    /// How it is named.
    pub evidence: RegionEvidence,
    /// How much that speaks for it, from 0 to 1.
    pub weight: f64,
    /// First byte of the name in the text.
    pub from: usize,
    /// The byte after the last.
    pub to: usize,
}

/// All regions.
#[derive(Clone, Debug, Default)]
pub struct Regions {
    all: Vec<RegionRecord>,
    /// Their names without spaces, in the same order.
    compact: Vec<String>,
    /// Regions by name without spaces; `true` for an alias.
    by_name: FxHashMap<String, Vec<(u16, bool)>>,
    /// Those names in the order of the alphabet, and their first letters.
    names: Beginnings,
    by_capital: FxHashMap<String, Vec<u16>>,
    /// The names of capitals.
    capitals: Beginnings,
    /// First letters of the words for kinds.
    kind_heads: Heads,
    words: FxHashMap<String, (Option<RegionKind>, f64)>,
}

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
    pub(crate) fn read(table: Table<'_>, problems: &mut Vec<Problem>) -> Self {
        let mut regions = Self::default();
        let columns =
            ["code", "kind", "name", "province_code", "capital", "aliases", "bps", "note"];
        table.each_row(columns, problems, |line, cells, problems| {
            let [code, kind, name, province_code, capital, aliases, bps, note] = cells;
            let Ok(kind) = kind.parse::<RegionKind>() else {
                let what = format!("kind is '{kind}', expected provinsi, kabupaten or kota");
                problems.push(Problem::new(table.file, line, what));
                return;
            };
            let wanted = if kind == RegionKind::Provinsi { 2 } else { 5 };
            if code.len() != wanted || !code.starts_with(province_code) || name.is_empty() {
                let what = format!("'{code}' is no code of a {kind} in province {province_code}");
                problems.push(Problem::new(table.file, line, what));
                return;
            }
            regions.all.push(RegionRecord {
                code: code.to_owned(),
                kind,
                name: name.to_owned(),
                province_code: province_code.to_owned(),
                province: String::new(),
                capital: capital.to_owned(),
                aliases: aliases.split('|').filter(|a| !a.is_empty()).map(str::to_owned).collect(),
                bps: bps.to_owned(),
                note: note.to_owned(),
            });
        });
        regions.index();
        regions
    }

    pub(crate) fn read_words(&mut self, table: Table<'_>, problems: &mut Vec<Problem>) {
        table.each_row(["word", "kind", "weight"], problems, |line, cells, problems| {
            let [word, kind, weight] = cells;
            let known = kind.parse().ok();
            if known.is_none() && kind != "skip" {
                let what = format!("kind is '{kind}', expected a kind of region or skip");
                return problems.push(Problem::new(table.file, line, what));
            }
            match weight.parse::<f64>() {
                Ok(weight) if (0.0..=1.0).contains(&weight) => {
                    self.words.insert(word.to_owned(), (known, weight));
                }
                _ => {
                    let what = format!("weight is '{weight}', expected a number from 0 to 1");
                    problems.push(Problem::new(table.file, line, what));
                }
            }
        });
        self.kind_heads = Heads::of(self.words.keys());
    }

    fn index(&mut self) {
        let provinces: FxHashMap<String, String> = self
            .all
            .iter()
            .filter(|region| region.kind == RegionKind::Provinsi)
            .map(|region| (region.code.clone(), region.name.clone()))
            .collect();
        for (at, region) in self.all.iter_mut().enumerate() {
            let at = at as u16;
            region.province = provinces.get(&region.province_code).cloned().unwrap_or_default();
            self.by_name.entry(compact(&region.name)).or_default().push((at, false));
            for alias in &region.aliases {
                self.by_name.entry(compact(alias)).or_default().push((at, true));
            }
            self.by_capital.entry(compact(&region.capital)).or_default().push(at);
        }
        self.compact = self.all.iter().map(|region| compact(&region.name)).collect();
        self.names = Beginnings::of(self.by_name.keys());
        self.capitals = Beginnings::of(self.by_capital.keys());
    }

    /// All regions, in the order of their codes.
    pub fn iter(&self) -> impl Iterator<Item = &RegionRecord> {
        self.all.iter()
    }

    /// The region with a Kemendagri code.
    pub fn by_code(&self, code: &str) -> Option<&RegionRecord> {
        self.all.iter().find(|region| region.code == code)
    }

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
            let may_name = kind.is_some() || spots[at].is_capitalised();
            match may_name.then(|| self.longest_name(text, &spots[at..])).flatten() {
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
            let words = place.spots[start..].iter().take(MOST_CAPITAL_WORDS);
            let (key, ends) = self.capitals.begun_by(words);
            for (at, end) in ends.iter().enumerate().rev() {
                let words = &place.spots[start..=start + at];
                let count = words.len();
                let Some(rows) = self.by_capital.get(&key[..*end]) else { continue };
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
        }
        hits
    }

    /// The regions with the longest name that the words begin with, and its number of words.
    fn longest_name(&self, text: &str, words: &[Spot<'_>]) -> Option<(usize, &[(u16, bool)])> {
        let pairs = words.windows(2).take(MOST_WORDS - 1);
        let unbroken = pairs.take_while(|pair| !breaks(text, &pair[0], &pair[1]));
        let (key, ends) = self.names.begun_by(words.iter().take(1).chain(unbroken.map(|p| &p[1])));
        ends.iter().enumerate().rev().find_map(|(at, end)| {
            let rows = self.by_name.get(&key[..*end])?;
            Some((at + 1, rows.as_slice()))
        })
    }

    fn is_kind_word(&self, word: &Spot<'_>) -> bool {
        self.kind_heads.may_begin(word) && self.words.contains_key(&*word.lower())
    }

    /// The word for a kind right before a place in the text.
    fn kind_before(&self, text: &str, spots: &[Spot<'_>], at: usize) -> Option<(RegionKind, f64)> {
        let mut before = at;
        // Most words stand behind one that says no kind: that is asked first.
        if at == 0 || !self.is_kind_word(&spots[at - 1]) {
            return None;
        }
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
            let key: String = words.iter().map(Spot::lower).collect();
            if key.len() < 5 || !words[0].is_capitalised() {
                continue;
            }
            for (region, name) in self.all.iter().zip(&self.compact) {
                if region.kind != kind || name.len().abs_diff(key.len()) > 2 {
                    continue;
                }
                let alike = Letters::plain().similarity(&key, name);
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

fn compact(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

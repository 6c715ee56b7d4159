//! Provinces, kabupaten and kota.

use laras_model::RegionKind;
use rustc_hash::FxHashMap;

use crate::letters::letter_set;
use crate::text::{Begun, Heads};
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
    pub(crate) all: Vec<RegionRecord>,
    /// Their names without spaces, in the same order, each with its [`letter_set`].
    pub(crate) compact: Vec<(String, u64)>,
    /// Regions by name without spaces; `true` for an alias.
    pub(crate) by_name: Begun<Vec<(u16, bool)>>,
    pub(crate) by_capital: Begun<Vec<u16>>,
    /// First letters of the words for kinds.
    pub(crate) kind_heads: Heads,
    pub(crate) words: FxHashMap<String, (Option<RegionKind>, f64)>,
}

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
        let mut by_name: FxHashMap<String, Vec<(u16, bool)>> = FxHashMap::default();
        let mut by_capital: FxHashMap<String, Vec<u16>> = FxHashMap::default();
        for (at, region) in self.all.iter_mut().enumerate() {
            let at = at as u16;
            region.province = provinces.get(&region.province_code).cloned().unwrap_or_default();
            by_name.entry(compact(&region.name)).or_default().push((at, false));
            for alias in &region.aliases {
                by_name.entry(compact(alias)).or_default().push((at, true));
            }
            by_capital.entry(compact(&region.capital)).or_default().push(at);
        }
        let names = self.all.iter().map(|region| compact(&region.name));
        let with_letters = |name: String| {
            let letters = letter_set(&name);
            (name, letters)
        };
        self.compact = names.map(with_letters).collect();
        self.by_name = Begun::of(by_name);
        self.by_capital = Begun::of(by_capital);
    }

    /// All regions, in the order of their codes.
    pub fn iter(&self) -> impl Iterator<Item = &RegionRecord> {
        self.all.iter()
    }

    /// The region with a Kemendagri code.
    pub fn by_code(&self, code: &str) -> Option<&RegionRecord> {
        self.all.iter().find(|region| region.code == code)
    }
}

fn compact(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

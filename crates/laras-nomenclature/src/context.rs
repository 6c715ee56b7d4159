//! Where a name stands, compared with where an official row belongs.

use std::hash::{Hash, Hasher};

use laras_model::{Level, Regime};
use smallvec::SmallVec;

use crate::code::{ANY, Code};
use crate::edition::InForce;
use crate::entry::Entry;
use crate::features::{Features, Fits, at};
use crate::{Nomenclature, Query, Remark, Tier};

/// Share of the reports that are of a kabupaten or kota: 514 of the 552 governments.
const KABUPATEN_KOTA_SHARE: f32 = 0.93;

/// Most numbers of a printed code that are read.
const MOST_NUMBERS: usize = 14;

/// Everything known about where a name stands, with its codes read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Context {
    pub(crate) level: Option<Level>,
    pub(crate) tier: Option<Tier>,
    pub(crate) in_force: InForce,
    /// Codes that the row above may have; one, or several that share its name.
    pub(crate) parents: SmallVec<[(Regime, Code); 1]>,
    /// Codes that stand above the rows beside.
    pub(crate) beside: Vec<(Regime, Code)>,
    /// Codes of the rows below, as far as they are sure without this one.
    pub(crate) children: Vec<(Regime, Code)>,
    /// Numbers of the printed code.
    pub(crate) printed: SmallVec<[u16; MOST_NUMBERS]>,
    pub(crate) bidang: Option<(u16, u16)>,
    pub(crate) four_digits: Option<bool>,
}

impl Hash for Context {
    /// Of what differs between the names of a document.
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.level, &self.parents, &self.children, &self.printed).hash(state);
    }
}

impl Context {
    /// Reads a query; the parent is left out where it is a name.
    pub(crate) fn new(
        query: &Query<'_>,
        nomenclature: &Nomenclature,
        bidang: Option<&str>,
    ) -> Self {
        Self::of_query(query, InForce::of_query(query, nomenclature), nomenclature, bidang)
    }

    /// As [`new`](Self::new), where the editions are known.
    pub(crate) fn of_query(
        query: &Query<'_>,
        in_force: InForce,
        nomenclature: &Nomenclature,
        bidang: Option<&str>,
    ) -> Self {
        let edition = || query.edition.and_then(|value| nomenclature.edition(value));
        let four_digits = query
            .year
            .map(crate::code::has_four_digits)
            .or_else(|| edition().map(|edition| edition.value >= 2023));
        let parent = query.parent.and_then(|parent| read_parent(parent, &in_force, nomenclature));
        Self {
            level: query.level,
            tier: query.tier,
            in_force,
            parents: parent.into_iter().collect(),
            beside: Vec::new(),
            children: Vec::new(),
            printed: query.printed_code.map(numbers).unwrap_or_default(),
            bidang: bidang.and_then(Code::parse).and_then(Code::bidang),
            four_digits,
        }
    }

    /// Adds what the context says of a row to the features of its name.
    pub(crate) fn features(&self, entry: &Entry, words: &Features) -> Features {
        let mut features = *words;
        features[at::CONTEXT].copy_from_slice(&self.fits(entry));
        features
    }

    /// What the context says of a row, in the order of [`at::CONTEXT`].
    pub(crate) fn fits(&self, entry: &Entry) -> Fits {
        [
            self.level_fit(entry),
            self.tier_fit(entry),
            self.in_force.fit(entry.regime, entry.since, entry.until),
            self.parent_fit(entry),
            code_fit(&self.printed, entry),
            self.bidang_fit(entry),
        ]
    }

    /// Log odds of the tier alone, where nothing says which it is.
    pub(crate) fn tier_prior(&self, entry: &Entry) -> f32 {
        match (self.tier, entry.tier) {
            (None, Some(Tier::KabupatenKota)) => KABUPATEN_KOTA_SHARE.ln(),
            (None, Some(Tier::Provinsi)) => (1.0 - KABUPATEN_KOTA_SHARE).ln(),
            _ => 0.0,
        }
    }

    fn level_fit(&self, entry: &Entry) -> f32 {
        match (self.level, entry.level) {
            (None, _) => 0.0,
            (Some(asked), level) if asked == level => 1.0,
            // What was a kegiatan until 2020 is a sub kegiatan now, and reports mix the words.
            (Some(Level::Kegiatan), Level::SubKegiatan)
            | (Some(Level::SubKegiatan), Level::Kegiatan) => -0.3,
            _ => -1.0,
        }
    }

    fn tier_fit(&self, entry: &Entry) -> f32 {
        match (self.tier, entry.tier) {
            (Some(asked), Some(own)) if asked != own => -1.0,
            // What holds for both tiers fits as well as what holds for the one.
            (Some(_), _) => 1.0,
            (None, _) => 0.0,
        }
    }

    /// How well a row fits the rows above, beside and below.
    fn parent_fit(&self, entry: &Entry) -> f32 {
        if self.parents.is_empty() && self.beside.is_empty() && self.children.is_empty() {
            return 0.0;
        }
        let mut above: f32 = if self.parents.is_empty() { 0.0 } else { -1.0 };
        for (regime, parent) in &self.parents {
            if *regime == entry.regime && entry.code.is_below(*parent) {
                above = 1.0;
            } else if *regime != entry.regime {
                above = above.max(-0.5);
            }
        }
        let is_beside = |(regime, parent): &(Regime, Code)| {
            *regime == entry.regime && entry.code.is_below(*parent)
        };
        let beside = if self.beside.iter().any(is_beside) { 0.5 } else { 0.0 };
        let is_child = |(regime, child): &&(Regime, Code)| {
            *regime == entry.regime && child.is_below(entry.code)
        };
        let below = match self.children.len() {
            0 => 0.0,
            all => {
                let share = self.children.iter().filter(is_child).count() as f32 / all as f32;
                (2.0 * share - 1.0) * if all == 1 { 0.5 } else { 1.0 }
            }
        };
        (above + beside + below).clamp(-1.0, 1.0)
    }

    fn bidang_fit(&self, entry: &Entry) -> f32 {
        let is_general = entry.code.is_general()
            || (entry.regime == Regime::Permendagri13 && entry.code.len() <= 2);
        match entry.code.bidang().filter(|_| !is_general) {
            Some(bidang) if Some(bidang) == self.bidang => 1.0,
            // Every office has the general rows.
            None => 0.6,
            // Permendagri 13/2006 numbers the bidang in its own way.
            Some(_) if entry.regime == Regime::Permendagri13 && self.bidang.is_some() => 0.3,
            Some(_) => 0.0,
        }
    }

    /// What does not fit between the context and the row that was chosen.
    pub(crate) fn remarks(&self, entry: &Entry, remarks: &mut Vec<Remark>) {
        let fits = self.features(entry, &[0.0; crate::features::FEATURES]);
        if fits[at::LEVEL] < 0.0 {
            remarks.push(Remark::OtherLevel);
        }
        if fits[at::TIER] < 0.0 {
            remarks.push(Remark::OtherTier);
        }
        if self.tier.is_none() && entry.tier.is_some() {
            remarks.push(Remark::TierAssumed);
        }
        if fits[at::EDITION] <= -1.0 {
            remarks.push(Remark::OtherRegime);
        } else if fits[at::EDITION] < 0.9 && self.in_force.regime().is_some() {
            remarks.push(Remark::OtherEdition);
        }
        if fits[at::PARENT] < 0.0 {
            remarks.push(Remark::OtherParent);
        }
        if !self.printed.is_empty() && fits[at::CODE] < 0.5 {
            remarks.push(Remark::OtherCode);
        } else if has_other_tier_digit(&self.printed, entry) {
            remarks.push(Remark::OtherTierDigit);
        }
    }
}

/// The code that stands above: as given, else the code of the one row with that name.
fn read_parent(
    parent: &str,
    in_force: &InForce,
    nomenclature: &Nomenclature,
) -> Option<(Regime, Code)> {
    if let Some(code) = Code::parse(parent) {
        let regimes = [Regime::Permendagri90, Regime::Permendagri13];
        let known = |regime: &Regime| nomenclature.rows_with_code(*regime, code).next().is_some();
        return in_force
            .regime()
            .filter(known)
            .or_else(|| regimes.into_iter().find(known))
            .map(|regime| (regime, code));
    }
    let query = Query { name: parent, ..Query::default() };
    let found = nomenclature.match_in(&query, in_force);
    let regime = found.regime?;
    Code::parse(&found.code).map(|code| (regime, code))
}

/// The numbers of a printed code, however many parts it has; `X` stands for any.
pub(crate) fn numbers(code: &str) -> SmallVec<[u16; MOST_NUMBERS]> {
    let mut numbers = SmallVec::new();
    let parts = code.split(['.', ' ', '-', '/']).map(str::trim).filter(|part| !part.is_empty());
    for part in parts.take(MOST_NUMBERS) {
        match (part, part.parse()) {
            ("X" | "XX" | "x" | "xx", _) => numbers.push(ANY),
            (_, Ok(number)) => numbers.push(number),
            _ => break,
        }
    }
    numbers
}

fn agree(a: u16, b: u16) -> bool {
    a == b || a == ANY || b == ANY
}

/// From 1 (the same code) over 0 (none printed) to −1 (another code).
///
/// Budget documents print more than the code itself: the office's number between bidang and
/// program until 2020, so that only the last parts and the bidang can agree.
fn code_fit(printed: &[u16], entry: &Entry) -> f32 {
    if printed.len() < 2 {
        return 0.0;
    }
    let own = entry.code.parts();
    if own.is_empty() {
        return 0.0;
    }
    if printed.len() == own.len() {
        let agreeing = printed.iter().zip(own.iter()).filter(|(a, b)| agree(**a, **b)).count();
        if agreeing == own.len() {
            return if own.contains(&ANY) { 0.98 } else { 1.0 };
        }
        if agreeing + 1 == own.len() && own.len() >= 5 && !agree(printed[3], own[3]) {
            return 0.7;
        }
    }
    let tail =
        own.iter().rev().zip(printed.iter().rev()).take_while(|(a, b)| agree(**a, **b)).count();
    let head = own.iter().zip(printed).take_while(|(a, b)| agree(**a, **b)).count();
    match entry.regime {
        Regime::Permendagri13 => {
            // Program and kegiatan are the last parts; a bidang in front makes them sure.
            let wanted = if own.len().is_multiple_of(2) { 2 } else { 1 };
            if tail >= wanted {
                let bidang_agrees = own.len() <= 2 || head >= 2;
                if bidang_agrees { 0.8 } else { 0.3 }
            } else {
                -0.7
            }
        }
        _ => match (tail, head) {
            (4.., _) => 0.8,
            (3, _) => 0.5,
            (_, 5) => -0.1,
            (_, 3 | 4) => -0.4,
            _ => -1.0,
        },
    }
}

fn has_other_tier_digit(printed: &[u16], entry: &Entry) -> bool {
    let own = entry.code.parts();
    entry.regime == Regime::Permendagri90
        && own.len() >= 5
        && printed.len() == own.len()
        && printed[3] != own[3]
}

//! Codes looked up: their rows, their history, and what they became in another edition.

use laras_model::{Regime, SharedText};

use crate::code::{ANY, Code};
use crate::entry::Entry;
use crate::{Edition, Nomenclature, OfficialName};

/// What is known of a code.
#[derive(Clone, Debug)]
pub struct Known<'n> {
    /// Its rows, oldest first: one for each name and tier it has had.
    pub history: Vec<OfficialName<'n>>,
    /// The rows above it, nearest first, as they are now or were last.
    pub above: Vec<OfficialName<'n>>,
    /// How many rows stand directly below it and are open.
    pub below: usize,
    /// Other codes of the same rows (general rows and an office's own).
    pub aliases: Vec<SharedText>,
    /// What it is in the other regulation.
    pub crosswalk: Vec<Mapped>,
}

/// A code in another edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapped {
    /// The code there.
    pub code: SharedText,
    /// The name there.
    pub name: SharedText,
    /// The regulation.
    pub regime: Regime,
    /// `exact`, `closest`, `merged` (several became this one), `split` (this is one of several),
    /// and within one regulation `same` (code and name unchanged), `renamed` or `renumbered`.
    pub relation: SharedText,
    /// `official` (a decree says so), `reasoned` (by people who compared both lists), or
    /// `computed` (same code or same name in both editions).
    pub basis: SharedText,
    /// Remark.
    pub note: SharedText,
}

impl Nomenclature {
    /// Everything known of a code, in any of its printed forms; of 90/2019 first where both
    /// regulations have it. `None` if neither has.
    ///
    /// ```
    /// let known = laras_nomenclature::Nomenclature::builtin().look_up("8.01.02.2.01.0003").unwrap();
    /// assert!(known.history.len() > 1, "it was renumbered in 2020");
    /// assert_eq!(known.above.last().unwrap().code, "8");
    /// ```
    pub fn look_up(&self, code: &str) -> Option<Known<'_>> {
        let (regime, code) = self.find_code(code)?;
        Some(self.known(regime, code))
    }

    /// Everything known of a code of one regulation.
    pub fn look_up_in(&self, code: &str, regime: Regime) -> Option<Known<'_>> {
        let code = Code::parse(code)?;
        self.rows_with_code(regime, code).next()?;
        Some(self.known(regime, code))
    }

    fn known(&self, regime: Regime, code: Code) -> Known<'_> {
        let mut rows: Vec<&Entry> = self.rows_with_code(regime, code).collect();
        rows.sort_by_key(|entry| (entry.since, entry.tier));
        let mut above = Vec::new();
        let mut up = code.parent(regime);
        while let Some(parent) = up {
            above.extend(self.latest(regime, parent).map(|entry| self.view(entry)));
            up = parent.parent(regime);
        }
        let open = |row: &u32| self.entries[*row as usize].until == 0;
        Known {
            history: rows.into_iter().map(|entry| self.view(entry)).collect(),
            above,
            below: self.rows_below(regime, code).filter(open).count(),
            aliases: self.aliases(regime, code, false),
            crosswalk: self.crosswalk_of(regime, code, None),
        }
    }

    /// What a code became in another edition, or was. Empty if that is not known.
    ///
    /// Between the regulations this is the crosswalk; within 90/2019 the row with the same code
    /// and name, else the rows with the same name, else the row with the same code.
    ///
    /// ```
    /// let nomenclature = laras_nomenclature::Nomenclature::builtin();
    /// let edition = nomenclature.edition(2020).unwrap();
    /// let mapped = nomenclature.map("01.02", edition);
    /// assert_eq!(mapped[0].code, "X.XX.01.2.08.02");
    /// assert_eq!(mapped[0].basis, "reasoned");
    /// ```
    pub fn map(&self, code: &str, to: &Edition) -> Vec<Mapped> {
        match (self.find_code(code), to.regime) {
            (Some((Regime::Permendagri90, code)), Regime::Permendagri90) => {
                self.within_90(code, to.value)
            }
            (Some((Regime::Permendagri13, code)), Regime::Permendagri90) => {
                self.crosswalk_of(Regime::Permendagri13, code, Some(to.value))
            }
            (Some((Regime::Permendagri90, code)), Regime::Permendagri13) => {
                self.crosswalk_of(Regime::Permendagri90, code, None)
            }
            _ => Vec::new(),
        }
    }

    /// The code under which the office of a bidang urusan has a general row (`X.XX.01…`): `None` if
    /// the code is not general or the nomenclature has no such row of the bidang's own.
    ///
    /// ```
    /// let nomenclature = laras_nomenclature::Nomenclature::builtin();
    /// assert_eq!(nomenclature.own_code("X.XX.01.2.08", "8.01").unwrap(), "8.01.01.2.08");
    /// assert_eq!(nomenclature.own_code("8.01.02", "8.01"), None);
    /// ```
    pub fn own_code(&self, code: &str, bidang: &str) -> Option<String> {
        let general = Code::parse(code).filter(|code| code.is_general())?;
        let own = general.with_bidang(Code::parse(bidang)?.bidang()?);
        let row = self.latest(Regime::Permendagri90, own)?;
        Some(self.view(row).code)
    }

    /// The bidang urusan of a code of 90/2019 (`8.01`); `None` for general rows and urusan.
    pub fn bidang(code: &str) -> Option<String> {
        let (urusan, bidang) = Code::parse(code)?.bidang()?;
        Some(format!("{urusan}.{bidang:02}"))
    }

    /// The regulation and numbers of a code that is in the nomenclature. Of two regulations that
    /// have it, 90/2019, unless it is written as only 13/2006 writes it: `01.02`.
    pub(crate) fn find_code(&self, text: &str) -> Option<(Regime, Code)> {
        let code = Code::parse(text)?;
        let mut regimes = [Regime::Permendagri90, Regime::Permendagri13];
        if text.trim().starts_with('0') && code.parts().len() <= 2 {
            regimes.reverse();
        }
        regimes
            .into_iter()
            .find(|regime| self.rows_with_code(*regime, code).next().is_some())
            .map(|regime| (regime, code))
    }

    /// The open row of a code, else its last.
    pub(crate) fn latest(&self, regime: Regime, code: Code) -> Option<&Entry> {
        self.rows_with_code(regime, code).max_by_key(|entry| (entry.until == 0, entry.since))
    }

    /// The place of the row that a code has in an edition, else of its [`latest`](Self::latest).
    pub(crate) fn place_in(&self, regime: Regime, code: Code, edition: u16) -> Option<u32> {
        let rows = self.places_with_code(regime, code);
        let entry = |row: &u32| &self.entries[*row as usize];
        rows.clone()
            .find(|row| entry(row).since <= edition)
            .or_else(|| rows.max_by_key(|row| (entry(row).until == 0, entry(row).since)))
    }

    /// Other codes of the same general rows.
    pub(crate) fn aliases(&self, regime: Regime, code: Code, four_digits: bool) -> Vec<SharedText> {
        if regime != Regime::Permendagri90 || code.parts().get(2) != Some(&1) {
            return Vec::new();
        }
        let general = code.with_bidang((ANY, ANY));
        let own = self.own_general_rows.iter().map(|bidang| general.with_bidang(*bidang));
        std::iter::once(general)
            .chain(own)
            .filter(|other| *other != code && self.rows_with_code(regime, *other).next().is_some())
            .map(|other| other.print(regime, four_digits))
            .collect()
    }

    /// The crosswalk rows of a code, those of `edition` or later editions of it only.
    pub(crate) fn crosswalk_of(
        &self,
        regime: Regime,
        code: Code,
        edition: Option<u16>,
    ) -> Vec<Mapped> {
        let is_wanted = |made_for: u16| match edition {
            Some(2019) => made_for == 2019,
            Some(_) => made_for != 2019,
            None => true,
        };
        let mut mapped: Vec<Mapped> = Vec::new();
        // Rows of the general program stand in the crosswalk once for all offices.
        let is_general = regime == Regime::Permendagri90 && code.parts().get(2) == Some(&1);
        let general = is_general.then(|| code.with_bidang((ANY, ANY)));
        for pair in self.crosswalk.pairs_of(regime, std::iter::once(code).chain(general)) {
            let (regime, other, row) = match regime {
                Regime::Permendagri13 if is_wanted(pair.edition) => {
                    (Regime::Permendagri90, pair.code_90, pair.row_90)
                }
                Regime::Permendagri90 => (Regime::Permendagri13, pair.code_13, pair.row_13),
                _ => continue,
            };
            let Some(row) = row else { continue };
            let entry = &self.entries[row as usize];
            mapped.push(Mapped {
                code: other.print(regime, false),
                name: self.name_of(entry).into(),
                regime,
                relation: pair.relation.clone(),
                basis: pair.basis.clone(),
                note: pair.note.clone(),
            });
        }
        mapped
    }

    /// For each name the code has had: the row with the same code and name in `edition`, else the
    /// rows with that name under other codes, else the row that took the code over.
    fn within_90(&self, code: Code, edition: u16) -> Vec<Mapped> {
        let regime = Regime::Permendagri90;
        let in_force =
            |entry: &Entry| entry.since <= edition && (entry.until == 0 || edition < entry.until);
        let mapped = |entry: &Entry, relation: &str, old: &Entry| Mapped {
            code: entry.code.print(regime, edition >= 2023),
            name: self.name_of(entry).into(),
            regime,
            relation: relation.into(),
            basis: "computed".into(),
            note: self.name_of(old).into(),
        };
        let here: Vec<&Entry> =
            self.rows_with_code(regime, code).filter(|entry| in_force(entry)).collect();
        let mut found: Vec<Mapped> = Vec::new();
        for old in self.rows_with_code(regime, code) {
            if let Some(same) = here.iter().find(|entry| entry.name_id == old.name_id) {
                found.push(mapped(same, "same", old));
                continue;
            }
            let elsewhere = self.rows_of(old.name_id).iter().filter_map(|entry| {
                let fits_tier =
                    old.tier.is_none() || entry.tier.is_none() || entry.tier == old.tier;
                let is_other = entry.code != code && entry.level == old.level;
                (entry.regime == regime && is_other && fits_tier && in_force(entry))
                    .then(|| mapped(entry, "renumbered", old))
            });
            let before = found.len();
            found.extend(elsewhere);
            if found.len() == before {
                found.extend(here.iter().map(|entry| mapped(entry, "renamed", old)));
            }
        }
        let mut seen: Vec<Mapped> = Vec::new();
        for one in found {
            if !seen.contains(&one) {
                seen.push(one);
            }
        }
        seen
    }
}

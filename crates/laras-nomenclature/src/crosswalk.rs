//! From the programs and kegiatan of Permendagri 13/2006 to those of 90/2019, and back.

use laras_model::{Regime, SharedText};
use rustc_hash::FxHashMap;

use crate::code::Code;
use crate::tsv::{Problem, Table};

/// A row of the crosswalk.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    line: u32,
    pub(crate) code_13: Code,
    pub(crate) code_90: Code,
    /// The places of the rows that these two codes mean in it, where there are any.
    pub(crate) row_13: Option<u32>,
    pub(crate) row_90: Option<u32>,
    pub(crate) code_90_provinsi: Option<Code>,
    pub(crate) relation: SharedText,
    pub(crate) basis: SharedText,
    pub(crate) edition: u16,
    pub(crate) note: SharedText,
}

/// The rows, in file order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Crosswalk {
    pairs: Vec<Pair>,
    /// For every code the places of its rows.
    by_code: FxHashMap<(Regime, Code), Vec<u32>>,
}

impl Crosswalk {
    pub(crate) fn read(table: Table<'_>, problems: &mut Vec<Problem>) -> Self {
        let mut crosswalk = Self::default();
        let columns =
            ["code13", "code90", "code90_provinsi", "relation", "basis", "edition", "note"];
        table.each_row(columns, problems, |line, cells, problems| {
            let [code_13, code_90, provinsi, relation, basis, edition, note] = cells;
            let mut wrong = |what: String| problems.push(Problem::new(table.file, line, what));
            if !matches!(relation, "exact" | "closest" | "merged" | "split") {
                wrong(format!(
                    "relation is '{relation}', expected exact, closest, merged or split"
                ));
            }
            if !matches!(basis, "official" | "reasoned") {
                wrong(format!("basis is '{basis}', expected official or reasoned"));
            }
            let parsed = (Code::parse(code_13), Code::parse(code_90), edition.parse());
            let (Some(code_13), Some(code_90), Ok(edition)) = parsed else {
                return wrong(format!("'{code_13}', '{code_90}' or '{edition}' cannot be read"));
            };
            let code_90_provinsi = Code::parse(provinsi);
            let place = crosswalk.pairs.len() as u32;
            let of_90 = [Some(code_90), code_90_provinsi].into_iter().flatten();
            let codes = of_90.map(|code| (Regime::Permendagri90, code));
            for code in std::iter::once((Regime::Permendagri13, code_13)).chain(codes) {
                crosswalk.by_code.entry(code).or_default().push(place);
            }
            crosswalk.pairs.push(Pair {
                line,
                code_13,
                code_90,
                row_13: None,
                row_90: None,
                code_90_provinsi,
                relation: relation.into(),
                basis: basis.into(),
                edition,
                note: note.into(),
            });
        });
        crosswalk
    }

    /// Finds the rows of the nomenclature that the codes mean; `row` gives that of a code in an edition.
    pub(crate) fn settle_rows(&mut self, row: impl Fn(Regime, Code, u16) -> Option<u32>) {
        for pair in &mut self.pairs {
            pair.row_13 = row(Regime::Permendagri13, pair.code_13, pair.edition);
            pair.row_90 = row(Regime::Permendagri90, pair.code_90, pair.edition);
        }
    }

    /// The rows that name one of some codes of a regulation.
    pub(crate) fn pairs_of(
        &self,
        regime: Regime,
        codes: impl Iterator<Item = Code>,
    ) -> impl Iterator<Item = &Pair> {
        let mut places: Vec<u32> =
            codes.filter_map(|code| self.by_code.get(&(regime, code))).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(|place| &self.pairs[place as usize])
    }

    /// Every code that is named, with its line.
    pub(crate) fn codes(&self) -> impl Iterator<Item = (u32, Regime, Code)> {
        self.pairs.iter().flat_map(|pair| {
            let provinsi =
                pair.code_90_provinsi.map(|code| (pair.line, Regime::Permendagri90, code));
            [
                (pair.line, Regime::Permendagri13, pair.code_13),
                (pair.line, Regime::Permendagri90, pair.code_90),
            ]
            .into_iter()
            .chain(provinsi)
        })
    }
}

//! Editions of the nomenclature and the tiers of government it is written for.

use std::fmt;
use std::rc::Rc;

use laras_model::Regime;

use crate::tsv::{Problem, Table};
use crate::{Nomenclature, Query};

/// Tier of government.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Provinsi: the digit 1 in a code.
    Provinsi,
    /// Kabupaten or kota: the digit 2 in a code.
    KabupatenKota,
}

impl Tier {
    /// The word that stands in the data files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Provinsi => "provinsi",
            Self::KabupatenKota => "kabupaten_kota",
        }
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl std::str::FromStr for Tier {
    type Err = laras_model::UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word {
            "provinsi" => Ok(Self::Provinsi),
            "kabupaten_kota" => Ok(Self::KabupatenKota),
            _ => Err(laras_model::UnknownWord { list: "Tier", found: word.to_owned() }),
        }
    }
}

/// An edition of the nomenclature: a decree and the budget years it is used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Short name: 13, or the year of the decree.
    pub value: u16,
    /// The regulation it belongs to.
    pub regime: Regime,
    /// The decree.
    pub decree: String,
    /// Date of the decree (`2019-10-18`).
    pub date: String,
    /// First budget year it is used for.
    pub budget_from: u16,
    /// Last budget year it is used for.
    pub budget_to: u16,
    /// Remark.
    pub note: String,
}

pub(crate) fn read_editions(table: Table<'_>, problems: &mut Vec<Problem>) -> Vec<Edition> {
    let mut editions: Vec<Edition> = Vec::new();
    let columns = ["edition", "regime", "decree", "date", "budget_from", "budget_to", "note"];
    table.each_row(columns, problems, |line, cells, problems| {
        let [value, regime, decree, date, from, to, note] = cells;
        let mut number = |column: &str, text: &str| {
            text.parse().unwrap_or_else(|_| {
                let what = format!("{column} is '{text}', expected a number");
                problems.push(Problem::new(table.file, line, what));
                0
            })
        };
        let (value, from, to) =
            (number("edition", value), number("budget_from", from), number("budget_to", to));
        match regime.parse::<Regime>() {
            Ok(regime) => editions.push(Edition {
                value,
                regime,
                decree: decree.to_owned(),
                date: date.to_owned(),
                budget_from: from,
                budget_to: to,
                note: note.to_owned(),
            }),
            Err(unknown) => problems.push(Problem::new(table.file, line, unknown.to_string())),
        }
    });
    if editions.is_empty() {
        problems.push(Problem::new(table.file, 0, "no edition"));
    }
    editions
}

/// The regime and editions that a name is looked for in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct InForce {
    regime: Option<Regime>,
    /// Values of the editions, all of one regime.
    values: Rc<[u16]>,
}

impl InForce {
    fn of_edition(edition: &Edition) -> Self {
        Self { regime: Some(edition.regime), values: Rc::new([edition.value]) }
    }

    /// The edition that a query names, else those of its year.
    pub(crate) fn of_query(query: &Query<'_>, nomenclature: &Nomenclature) -> Self {
        let edition = query.edition.and_then(|value| nomenclature.edition(value));
        match (edition, query.year) {
            (Some(edition), _) => Self::of_edition(edition),
            (None, Some(year)) => Self::of_year(&nomenclature.editions, year),
            (None, None) => Self::default(),
        }
    }

    /// The editions of a budget year; nothing is known of a year without any.
    fn of_year(editions: &[Edition], year: u16) -> Self {
        let fits = |edition: &&Edition| (edition.budget_from..=edition.budget_to).contains(&year);
        let found: Vec<&Edition> = editions.iter().filter(fits).collect();
        Self {
            regime: found.first().map(|edition| edition.regime),
            values: found.iter().map(|edition| edition.value).collect(),
        }
    }

    pub(crate) fn of_regime(regime: Regime) -> Self {
        Self { regime: Some(regime), values: Rc::default() }
    }

    pub(crate) fn regime(&self) -> Option<Regime> {
        self.regime
    }

    /// 1 for a row in force, 0 for one of another edition of the same regime, −1 for another
    /// regime; without an edition, rows that are still open lead by a little.
    pub(crate) fn fit(&self, regime: Regime, since: u16, until: u16) -> f32 {
        match self.regime {
            Some(wanted) if wanted != regime => -1.0,
            Some(_) if self.values.is_empty() => open_bonus(until),
            Some(Regime::Permendagri13) => 1.0,
            Some(_) => {
                let in_force = |value: &u16| since <= *value && (until == 0 || *value < until);
                if self.values.iter().any(in_force) { 1.0 } else { open_bonus(until) - 0.2 }
            }
            None => open_bonus(until),
        }
    }
}

fn open_bonus(until: u16) -> f32 {
    if until == 0 { 0.2 } else { 0.0 }
}

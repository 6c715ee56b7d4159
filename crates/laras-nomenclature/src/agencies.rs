//! Agencies of local governments: the words of their names, and the names that they have had.

use laras_model::AgencyKind;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::{Heads, lower};
use crate::tsv::{Problem, Table};
use crate::words::Abbreviations;

/// What a word does in the name of an agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Begins a name that says what the agency is about (`Dinas …`).
    Head(AgencyKind),
    /// Begins the name of a place or person (`Kecamatan …`, `Rumah Sakit …`).
    Place(AgencyKind),
    /// A name by itself (`Inspektorat`).
    Whole(AgencyKind),
    /// Begins a name that does not say its kind (`Kesatuan Bangsa …`).
    Name,
}

/// One name that an office has had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeName {
    /// The office, the same for all its names (`kesbangpol`).
    pub office: String,
    /// The name without its kind.
    pub name: String,
    /// First year, where known.
    pub from: Option<u16>,
    /// Last year, where known.
    pub to: Option<u16>,
    /// Remark.
    pub note: String,
}

/// Where a text names an agency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AgencySpan {
    /// Kind; `None` where the name does not say it.
    pub kind: Option<AgencyKind>,
    /// How sure it is that this names an agency, from 0 to 1.
    pub weight: f64,
    /// First byte of the name in the text.
    pub from: usize,
    /// The byte after the last.
    pub to: usize,
}

/// An agency that a text names.
#[derive(Clone, Debug, PartialEq)]
pub struct AgencyHit {
    /// Kind; `None` where the name does not say it.
    pub kind: Option<AgencyKind>,
    /// The name as printed, without region.
    pub name: String,
    /// The name with its short form written out; otherwise as printed.
    pub long: String,
    /// The office, where its names are known (`kesbangpol`).
    pub office: Option<String>,
    /// How sure it is that this names an agency, from 0 to 1.
    pub weight: f64,
    /// First byte of the name in the text.
    pub from: usize,
    /// The byte after the last.
    pub to: usize,
}

/// Words of agency names and the names that offices have had.
#[derive(Clone, Debug, Default)]
pub struct Agencies {
    /// Beginnings by their first word, longest first.
    pub(crate) beginnings: FxHashMap<String, Vec<(Vec<String>, Role)>>,
    pub(crate) stops: FxHashSet<String>,
    pub(crate) links: FxHashSet<String>,
    pub(crate) subjects: FxHashSet<String>,
    /// Short names (`Diskominfo`) and what they stand for.
    pub(crate) short: FxHashMap<String, (String, AgencyKind)>,
    /// Short names that do not say their kind (`Kesbangpol`) and what they stand for.
    pub(crate) short_names: FxHashMap<String, String>,
    /// First letters of beginnings and short names.
    pub(crate) heads: Heads,
    pub(crate) history: Vec<OfficeName>,
    /// Names of `history` folded, longest first, with their place there.
    pub(crate) folded: Vec<(String, usize)>,
}

impl Agencies {
    pub(crate) fn read(
        table: Table<'_>,
        abbreviations: &Abbreviations,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut agencies = Self::default();
        table.each_row(["words", "role", "kind"], problems, |line, cells, problems| {
            let [words, role, kind] = cells;
            let mut wrong = |what: String| problems.push(Problem::new(table.file, line, what));
            let kind = if kind.is_empty() {
                None
            } else {
                match kind.parse::<AgencyKind>() {
                    Ok(kind) => Some(kind),
                    Err(unknown) => return wrong(unknown.to_string()),
                }
            };
            let role = match (role, kind) {
                ("head", Some(kind)) => Role::Head(kind),
                ("place", Some(kind)) => Role::Place(kind),
                ("whole", Some(kind)) => Role::Whole(kind),
                ("name", None) => Role::Name,
                ("stop", None) => {
                    agencies.stops.insert(words.to_owned());
                    return;
                }
                ("link", None) => {
                    agencies.links.insert(words.to_owned());
                    return;
                }
                ("subject", None) => {
                    agencies.subjects.insert(words.to_owned());
                    return;
                }
                (role, kind) => {
                    let kind = kind.map_or("", AgencyKind::as_str);
                    return wrong(format!("role '{role}' with kind '{kind}' is not known"));
                }
            };
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            agencies.beginnings.entry(words[0].clone()).or_default().push((words, role));
        });
        let mut keys: Vec<String> = agencies.beginnings.keys().cloned().collect();
        keys.sort_unstable();
        for key in keys {
            if let Some(list) = agencies.beginnings.get_mut(&key) {
                list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
            }
        }
        for abbreviation in abbreviations.iter().filter(|row| row.kind == "lembaga") {
            let first = abbreviation.long.split(' ').next().unwrap_or_default().to_lowercase();
            let head = agencies.beginnings.get(&first).and_then(|list| list.last());
            if let Some((_, Role::Head(kind) | Role::Place(kind) | Role::Whole(kind))) = head {
                let short = abbreviation.short.to_lowercase();
                agencies.short.insert(short, (abbreviation.long.clone(), *kind));
            } else {
                let short = abbreviation.short.to_lowercase();
                agencies.short_names.insert(short, abbreviation.long.clone());
            }
        }
        agencies.heads = Heads::of(agencies.beginnings.keys().chain(agencies.short.keys()));
        agencies
    }

    pub(crate) fn read_history(&mut self, table: Table<'_>, problems: &mut Vec<Problem>) {
        let columns = ["office", "name", "from", "to", "note"];
        table.each_row(columns, problems, |line, [office, name, from, to, note], problems| {
            let mut year = |text: &str| match text.parse::<u16>() {
                Ok(year) => Some(year),
                Err(_) if text.is_empty() => None,
                Err(_) => {
                    let what = format!("'{text}' is no year");
                    problems.push(Problem::new(table.file, line, what));
                    None
                }
            };
            let (from, to) = (year(from), year(to));
            self.history.push(OfficeName {
                office: office.to_owned(),
                name: name.to_owned(),
                from,
                to,
                note: note.to_owned(),
            });
        });
        self.folded = self.history.iter().enumerate().map(|(at, n)| (fold(&n.name), at)).collect();
        self.folded.sort_by_key(|(name, at)| (std::cmp::Reverse(name.len()), *at));
    }

    /// The names that an office has had, as far as they are known.
    pub fn history(&self, office: &str) -> impl Iterator<Item = &OfficeName> {
        self.history.iter().filter(move |name| name.office == office)
    }
}

pub(crate) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        folded.push_str(if folded.is_empty() { "" } else { " " });
        folded.push_str(&lower(word));
    }
    folded
}

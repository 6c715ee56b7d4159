//! The rows of the nomenclature, kept as places in the text of their files.

use laras_model::{Level, Regime};

use crate::Tier;
use crate::code::{ANY, Code};
use crate::tsv::{Problem, Table};

/// A stretch of a file's text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Span {
    start: u32,
    len: u32,
}

impl Span {
    /// Where `part`, a slice of `text`, stands in it.
    fn of(text: &str, part: &str) -> Self {
        let start = (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
        debug_assert!(start + part.len() <= text.len());
        Self { start: start as u32, len: part.len() as u32 }
    }

    pub(crate) fn of_text(self, text: &str) -> &str {
        text.get(self.start as usize..(self.start + self.len) as usize).unwrap_or_default()
    }
}

/// `since` of a row first seen in budgets of 2026: the edition is not known for certain.
pub(crate) const SINCE_UNKNOWN: u16 = 2025;

/// A row of the nomenclature: what names are matched by, in half a line of the cache.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) code: Code,
    /// Its number in the order of the files.
    pub(crate) row: u32,
    pub(crate) since: u16,
    /// 0 for a row that is still open.
    pub(crate) until: u16,
    /// Which distinct name it has.
    pub(crate) name_id: u16,
    /// Which of the things with its name it is, in the order of the rows: rows with the same code, and
    /// a general row and the copies of it that offices have, are one thing.
    pub(crate) of_name: u16,
    pub(crate) regime: Regime,
    pub(crate) level: Level,
    /// `None`: holds for both tiers, or the regime has none.
    pub(crate) tier: Option<Tier>,
}

/// What a row says in words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Printed {
    pub(crate) name: Span,
    pub(crate) since_text: Span,
    pub(crate) unit: Span,
    pub(crate) indicator: Span,
    pub(crate) source: Span,
    pub(crate) note: Span,
}

/// The rows as they are read.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub(crate) entries: Vec<Entry>,
    /// What they say, in the order of the files.
    pub(crate) printed: Vec<Printed>,
}

impl Rows {
    pub(crate) fn with_room(rows: usize) -> Self {
        Self { entries: Vec::with_capacity(rows), printed: Vec::with_capacity(rows) }
    }

    fn add(&mut self, mut entry: Entry, printed: Printed) {
        entry.row = self.printed.len() as u32;
        self.entries.push(entry);
        self.printed.push(printed);
    }

    /// Puts rows with the same name beside each other, else in the order of the files, and tells the things
    /// apart that have one name.
    pub(crate) fn sort_by_name(&mut self) {
        self.entries.sort_by_key(|entry| entry.name_id);
        let mut things = Vec::new();
        for rows in self.entries.chunk_by_mut(|a, b| a.name_id == b.name_id) {
            things.clear();
            for entry in rows {
                let thing = entry.thing();
                let known = things.iter().position(|other| *other == thing);
                entry.of_name = known.unwrap_or(things.len()) as u16;
                if known.is_none() {
                    things.push(thing);
                }
            }
        }
    }
}

impl Entry {
    /// What rows of one thing have in common.
    fn thing(&self) -> (Regime, Code) {
        let code = match *self.code.parts() {
            [_, _, 1, ..] if self.regime == Regime::Permendagri90 => {
                self.code.with_bidang((ANY, ANY))
            }
            _ => self.code,
        };
        (self.regime, code)
    }
}

/// An official name: one row of the nomenclature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialName<'n> {
    /// The code; sub kegiatan with two digits until the edition of 2021, then with four.
    pub code: String,
    /// The regulation.
    pub regime: Regime,
    /// The level.
    pub level: Level,
    /// The tier it is for; `None` for both.
    pub tier: Option<Tier>,
    /// The name.
    pub name: &'n str,
    /// First edition that has it; `?` where that is not known; empty for 13/2006.
    pub since: &'n str,
    /// Edition that dropped or renamed it; `None` while it is open.
    pub until: Option<u16>,
    /// Unit of the output (`satuan`), where known.
    pub unit: &'n str,
    /// Indicator, where known.
    pub indicator: &'n str,
    /// Ids of the sources (`sources.tsv`), separated by spaces.
    pub source: &'n str,
    /// Remark on the row.
    pub note: &'n str,
}

/// Reads the rows of Permendagri 90/2019 and its updates.
pub(crate) fn read_90(table: Table<'_>, rows: &mut Rows, problems: &mut Vec<Problem>) {
    let columns =
        ["code", "level", "tier", "name", "since", "until", "unit", "indicator", "source", "note"];
    let regime = Regime::Permendagri90;
    table.each_row(columns, problems, |line, cells, problems| {
        let [code, level, tier, name, since, until, unit, indicator, source, note] = cells;
        let mut wrong = |what: String| problems.push(Problem::new(table.file, line, what));
        let tier = match tier {
            "both" => None,
            word => match word.parse() {
                Ok(tier) => Some(tier),
                Err(_) => {
                    return wrong(format!(
                        "tier is '{word}', expected provinsi, kabupaten_kota or both"
                    ));
                }
            },
        };
        let Some((code, level)) = code_and_level(code, level, regime, &mut wrong) else { return };
        if let (Some(digit), Some(tier)) = (code.tier(regime), tier)
            && digit != tier
        {
            wrong(format!("tier is {tier}, but the code's tier digit says {digit}"));
        }
        let year = |text: &str| text.parse::<u16>().ok();
        let since_year = match since {
            "?" => Some(SINCE_UNKNOWN),
            text => year(text),
        };
        let until_year = if until.is_empty() { Some(0) } else { year(until) };
        let (Some(since_year), Some(until_year)) = (since_year, until_year) else {
            return wrong(format!("since '{since}' or until '{until}' is no edition"));
        };
        if until_year != 0 && until_year <= since_year {
            wrong(format!("until {until_year} is not after since {since_year}"));
        }
        if name.trim().is_empty() {
            return wrong("the name is empty".to_owned());
        }
        let span = |part| Span::of(table.text, part);
        let (row, name_id, of_name) = (0, 0, 0);
        let (since, since_text) = (since_year, span(since));
        let until = until_year;
        rows.add(
            Entry { code, row, since, until, name_id, of_name, regime, level, tier },
            Printed {
                name: span(name),
                since_text,
                unit: span(unit),
                indicator: span(indicator),
                source: span(source),
                note: span(note),
            },
        );
    });
}

/// Reads the rows of Permendagri 13/2006.
pub(crate) fn read_13(table: Table<'_>, rows: &mut Rows, problems: &mut Vec<Problem>) {
    let columns = ["code", "level", "name", "source", "note"];
    let regime = Regime::Permendagri13;
    table.each_row(columns, problems, |line, cells, problems| {
        let [code, level, name, source, note] = cells;
        let mut wrong = |what: String| problems.push(Problem::new(table.file, line, what));
        let Some((code, level)) = code_and_level(code, level, regime, &mut wrong) else { return };
        if name.trim().is_empty() {
            return wrong("the name is empty".to_owned());
        }
        let span = |part| Span::of(table.text, part);
        let (row, since, until, name_id, of_name, tier) = (0, 0, 0, 0, 0, None);
        rows.add(
            Entry { code, row, since, until, name_id, of_name, regime, level, tier },
            Printed {
                name: span(name),
                source: span(source),
                note: span(note),
                ..Printed::default()
            },
        );
    });
}

fn code_and_level(
    code: &str,
    level: &str,
    regime: Regime,
    wrong: &mut impl FnMut(String),
) -> Option<(Code, Level)> {
    let Some(parsed) = Code::parse(code) else {
        wrong(format!("'{code}' is no code: expected numbers between dots"));
        return None;
    };
    let by_code = parsed.level(regime);
    let by_word = level.parse::<Level>().ok();
    match by_code {
        Some(found) if by_word == by_code => Some((parsed, found)),
        _ => {
            let found = by_code.map_or("no level", Level::as_str);
            wrong(format!("level is '{level}', but a code like {code} has {found}"));
            None
        }
    }
}

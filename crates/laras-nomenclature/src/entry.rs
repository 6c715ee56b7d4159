//! The rows of the nomenclature, kept as places in the text of their files.

use laras_model::{Level, Regime};
use rustc_hash::FxHashMap;

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

/// A row of the nomenclature.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) code: Code,
    pub(crate) regime: Regime,
    pub(crate) level: Level,
    /// `None`: holds for both tiers, or the regime has none.
    pub(crate) tier: Option<Tier>,
    pub(crate) since: u16,
    /// 0 for a row that is still open.
    pub(crate) until: u16,
    /// Which distinct name it has.
    pub(crate) name_id: u16,
    /// Which thing it is: rows with the same code, and a general row and the copies of it that
    /// offices have, are one thing.
    pub(crate) thing: u32,
    /// Which of the things with its name that is, in the order of the rows.
    pub(crate) of_name: u16,
    pub(crate) name: Span,
    pub(crate) since_text: Span,
    pub(crate) unit: Span,
    pub(crate) indicator: Span,
    pub(crate) source: Span,
    pub(crate) note: Span,
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
pub(crate) fn read_90(table: Table<'_>, entries: &mut Vec<Entry>, problems: &mut Vec<Problem>) {
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
        entries.push(Entry {
            code,
            regime,
            level,
            tier,
            since: since_year,
            until: until_year,
            name_id: 0,
            thing: 0,
            of_name: 0,
            name: span(name),
            since_text: span(since),
            unit: span(unit),
            indicator: span(indicator),
            source: span(source),
            note: span(note),
        });
    });
}

/// Reads the rows of Permendagri 13/2006.
pub(crate) fn read_13(table: Table<'_>, entries: &mut Vec<Entry>, problems: &mut Vec<Problem>) {
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
        entries.push(Entry {
            code,
            regime,
            level,
            tier: None,
            since: 0,
            until: 0,
            name_id: 0,
            thing: 0,
            of_name: 0,
            name: span(name),
            since_text: Span::default(),
            unit: Span::default(),
            indicator: Span::default(),
            source: span(source),
            note: span(note),
        });
    });
}

/// Numbers the things that the rows are.
pub(crate) fn number_things(entries: &mut [Entry]) {
    let mut things: FxHashMap<(Regime, Code), u32> = FxHashMap::default();
    for entry in entries {
        let code = match *entry.code.parts() {
            [_, _, 1, ..] if entry.regime == Regime::Permendagri90 => {
                entry.code.with_bidang((ANY, ANY))
            }
            _ => entry.code,
        };
        let next = things.len() as u32;
        entry.thing = *things.entry((entry.regime, code)).or_insert(next);
    }
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

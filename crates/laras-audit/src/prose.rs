//! What running text says of numbers: words against digits, weekdays against dates, percents
//! against their amounts, counts against tables, decrees against years.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use laras_model::{Decimal, FindingCode, Level, Measure, MentionKind, Origin, Place, Severity};
use laras_number::Mentioned;

use crate::book::Book;
use crate::draft::Draft;
use crate::dress::{self, fold};
use crate::mentions::{Cited, Lines, Read};
use crate::{slips, worked};

/// Indonesian names of the days, Monday first.
const DAYS: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];

/// Findings of running text.
pub(crate) fn drafts(book: &Book<'_>, mentions: &[Read], cited: &[Cited]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let listed = LazyCell::new(|| Listed::new(book));
    for (i, read) in mentions.iter().enumerate() {
        drafts.extend(in_words(read));
        drafts.extend(damaged(read));
        drafts.extend(weekday(read));
        drafts.extend(count(book, &listed, mentions, i));
    }
    percents(book, mentions, &mut drafts);
    worked::formulas(book, &mut drafts);
    slips::slips(book, mentions, &mut drafts);
    decrees(book, cited, &mut drafts);
    drafts
}

/// Bytes of a block around a mention that may bear on it; a line may be as long as a file.
pub(crate) const CONTEXT: usize = 1000;

/// The mentions of the same passage before a mention, the nearest first.
fn behind(mentions: &[Read], i: usize) -> impl Iterator<Item = &Read> {
    let read = &mentions[i];
    let is_near = |m: &&Read| m.block == read.block && m.range.end + CONTEXT >= read.range.start;
    mentions[..i].iter().rev().take_while(is_near)
}

/// The mentions of the same passage after a mention.
fn ahead(mentions: &[Read], i: usize) -> impl Iterator<Item = &Read> {
    let read = &mentions[i];
    let is_near = |m: &&Read| m.block == read.block && m.range.start <= read.range.end + CONTEXT;
    mentions[i + 1..].iter().take_while(is_near)
}

/// A finding of a code at a mention.
pub(crate) fn draft(code: FindingCode, read: &Read) -> Draft {
    let mut draft = Draft::at(code, read.mention.part, read.mention.place.clone());
    draft.subject.clone_from(&read.mention.text);
    draft.printed.clone_from(&read.mention.text);
    draft.origin = Origin::Source;
    draft
}

/// A figure of prose against the number that a table prints for a subject.
pub(crate) fn against_table(book: &Book<'_>, read: &Read, at: usize, subject: &str) -> Draft {
    let o = book.get(at);
    let mut draft = draft(FindingCode::ConflictText, read);
    draft.subject = format!("{subject}, {}", o.measure);
    draft.detail =
        format!("prose {}; {} ({}) prints {}", read.mention.text, o.table, o.place.cited(), o.raw);
    draft.places = vec![o.place.clone()];
    draft.observations = vec![at];
    draft
}

fn in_words(read: &Read) -> Option<Draft> {
    let (value, words) = (read.mention.value?, read.mention.in_words?);
    if value == words {
        return None;
    }
    let mut draft = draft(FindingCode::TerbilangMismatch, read);
    draft.printed = dress::number(value);
    draft.computed = dress::number(words);
    draft.difference = value.checked_sub(words);
    draft.detail =
        format!("digits {}, words {} ({})", draft.printed, draft.computed, read.mention.text);
    Some(draft)
}

fn damaged(read: &Read) -> Option<Draft> {
    if !matches!(read.what, Mentioned::Amount(_)) || !read.mention.malformed {
        return None;
    }
    let mut draft = draft(FindingCode::NumberMalformed, read);
    draft.computed = dress::number(read.mention.value?);
    draft.subject = if read.mention.about.is_empty() {
        read.mention.text.clone()
    } else {
        read.mention.about.clone()
    };
    draft.detail = format!("printed '{}'; read {}", read.mention.text, draft.computed);
    draft.origin = Origin::Unknown;
    Some(draft)
}

fn weekday(read: &Read) -> Option<Draft> {
    let Mentioned::Date(span) = &read.what else { return None };
    let day = span.from.weekday.filter(|d| d.agrees == Some(false))?;
    let actual = DAYS.get(usize::from(day.actual?).checked_sub(1)?)?;
    let mut draft = draft(FindingCode::DateWeekday, read);
    (*actual).clone_into(&mut draft.computed);
    draft.detail = format!("printed {}; that date was a {actual}", read.mention.text);
    Some(draft)
}

/// Fewest of a thing that prose is held to: of two or three, sentences speak of some only.
const FEWEST: i64 = 5;

/// Names of a level that a table lists: how many, and in how many rows.
struct Listing<'a> {
    table: &'a str,
    names: i64,
    rows: i64,
}

/// What every table lists, by level.
struct Listed<'a>(BTreeMap<Level, Vec<Listing<'a>>>);

impl<'a> Listed<'a> {
    fn new(book: &Book<'a>) -> Self {
        let forms = book.name_forms();
        let mut names: Vec<(Level, &str, usize)> = Vec::with_capacity(book.extraction.names.len());
        for (at, name) in book.extraction.names.iter().enumerate() {
            names.push((name.level, &name.table, forms.form(at)));
        }
        names.sort_unstable();
        let mut levels: BTreeMap<Level, Vec<Listing<'a>>> = BTreeMap::new();
        for listed in names.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let names = listed.chunk_by(|a, b| a.2 == b.2).count() as i64;
            let listing = Listing { table: listed[0].1, names, rows: listed.len() as i64 };
            levels.entry(listed[0].0).or_default().push(listing);
        }
        Self(levels)
    }
}

/// "31 kegiatan" against the tables that list them.
fn count<'e, F: FnOnce() -> Listed<'e>>(
    book: &Book<'e>,
    listed: &LazyCell<Listed<'e>, F>,
    mentions: &[Read],
    i: usize,
) -> Option<Draft> {
    let read = &mentions[i];
    if read.mention.kind != MentionKind::Count {
        return None;
    }
    let said = read.mention.value?.to_i64().filter(|n| *n >= FEWEST)?;
    let level = match fold(&read.mention.unit).as_str() {
        "program" => Level::Program,
        "kegiatan" => Level::Kegiatan,
        "sub kegiatan" | "subkegiatan" => Level::SubKegiatan,
        _ => return None,
    };
    let counts = listed.0.get(&level)?;
    let is_listed = |n: i64| counts.iter().any(|l| l.names == n || l.rows == n);
    if is_listed(said) {
        return None;
    }
    // "29 of the 33 kegiatan": the other count of the sentence is the table's.
    let is_held = |other: &Read| {
        fold(&other.mention.unit) == fold(&read.mention.unit)
            && other.mention.value.and_then(Decimal::to_i64).is_some_and(is_listed)
    };
    if behind(mentions, i).chain(ahead(mentions, i)).any(is_held) {
        return None;
    }
    // "29 kegiatan tahun 2019" in a report on 2020 speaks of another table.
    let text = &book.extraction.blocks[read.block].text;
    let next = fold(&text[read.range.end..].chars().take(40).collect::<String>());
    let year = book.extraction.parts.iter().find(|p| p.part == read.mention.part)?.year;
    let named = next.strip_prefix("tahun ").and_then(|rest| rest.get(..4)?.parse::<u16>().ok());
    if named.is_some() && named != year {
        return None;
    }
    // The table that the sentence speaks of: one of about that size, the nearest.
    let at = read.mention.place.cited();
    let Listing { table, names: listed, .. } = counts
        .iter()
        .filter(|l| said * 3 <= l.names * 4 && l.names * 3 <= said * 4)
        .min_by_key(|l| {
            let place = book.tables.iter().find(|b| b.table.id == l.table).map(|b| &b.table.place);
            place.map_or(u32::MAX, |p| p.cited().abs_diff(at))
        })?;
    let caption: String = book
        .tables
        .iter()
        .find(|b| b.table.id == *table)
        .map(|b| b.table.caption.chars().take(50).collect())
        .unwrap_or_default();
    let mut draft = draft(FindingCode::CountMismatch, read);
    draft.printed = said.to_string();
    draft.computed = listed.to_string();
    draft.detail = format!("prose counts {said} {level}; {table} {caption} holds {listed}");
    draft.confidence = 0.7;
    Some(draft)
}

/// "Rp A … Rp B atau P %": the percent right behind an amount, of an amount before it.
fn percents(book: &Book<'_>, mentions: &[Read], drafts: &mut Vec<Draft>) {
    for (i, read) in mentions.iter().enumerate() {
        let Some(printed) =
            read.mention.value.filter(|_| read.mention.kind == MentionKind::Percent)
        else {
            continue;
        };
        let before: Vec<&Read> =
            behind(mentions, i).filter(|m| matches!(m.what, Mentioned::Amount(_))).collect();
        let [part, whole, ..] = before[..] else { continue };
        let between = &book.extraction.blocks[read.block].text[part.range.end..read.range.start];
        let is_linked = between.len() <= 40
            && fold(between)
                .split(' ')
                .any(|w| matches!(w, "atau" | "sebesar" | "sekitar" | "yaitu"));
        let (Some(a), Some(b)) = (whole.mention.value, part.mention.value) else { continue };
        if !is_linked || part.mention.malformed || whole.mention.malformed {
            continue;
        }
        let tolerance = Decimal::new(5, if printed.scale() == 0 { 1 } else { 2 });
        let fits = |whole: &&Read| {
            let computed = whole.mention.value.and_then(|w| Decimal::percent(b, w));
            let off = computed.and_then(|c| c.checked_sub(printed));
            off.zip(tolerance).is_some_and(|(off, most)| off.abs() <= most)
        };
        let Some(computed) = Decimal::percent(b, a) else { continue };
        let near = computed.to_f64() / printed.to_f64();
        if before.iter().any(fits) || !(0.5..2.0).contains(&near) {
            continue;
        }
        let mut draft = draft(FindingCode::PercentMismatch, read);
        draft.subject = whole.mention.about.chars().take(80).collect();
        draft.printed = dress::number(printed);
        draft.computed = dress::percent(computed);
        draft.difference = printed.checked_sub(computed.rounded(4));
        draft.detail = format!(
            "printed {}; {} / {} = {}",
            read.mention.text,
            dress::number(b),
            dress::number(a),
            draft.computed
        );
        // A table that has the same amounts with the right percent is contradicted too.
        let table = book.extraction.observations.iter().position(|o| {
            o.measure == Measure::Serapan
                && o.value.number().is_some_and(|v| v == computed.rounded(2))
                && book.extraction.observations.iter().any(|other| {
                    other.table == o.table && other.row == o.row && other.value.number() == Some(b)
                })
        });
        if let Some(at) = table {
            let mut conflict = against_table(book, read, at, &draft.subject);
            conflict.detail.push_str(" with the same amounts");
            conflict.printed.clone_from(&draft.printed);
            conflict.computed.clone_from(&draft.computed);
            conflict.difference = draft.difference;
            drafts.push(conflict);
        }
        drafts.push(draft);
    }
}

/// Decrees that are younger than the report that rests on them.
fn decrees(book: &Book<'_>, cited: &[Cited], drafts: &mut Vec<Draft>) {
    for in_block in cited.chunk_by(|a, b| a.block == b.block) {
        let block = &book.extraction.blocks[in_block[0].block];
        let number = crate::mentions::part_of(&book.extraction.parts, &block.place);
        let Some(part) = book.extraction.parts.iter().find(|p| p.part == number) else { continue };
        let signed = part.signed_date.get(..4).and_then(|y| y.parse::<u16>().ok());
        let Some(latest) = part.year.max(signed) else { continue };
        let mut lines = Lines::new(&block.text);
        for Cited { year, range, .. } in in_block {
            if *year <= latest || *year > 2100 {
                continue;
            }
            let mut place: Place = block.place.clone();
            if place.page == 0 {
                place.line += lines.before(range.start);
            }
            let mut draft = Draft::at(FindingCode::DateConflict, part.part, place);
            draft.severity = Severity::Warning;
            draft.subject = block.text.chars().take(100).collect();
            draft.printed = year.to_string();
            draft.computed = latest.to_string();
            draft.detail = format!(
                "'{}': a decree of {year} in a report of {latest}",
                &block.text[range.clone()]
            );
            draft.confidence = 0.7;
            drafts.push(draft);
        }
    }
}

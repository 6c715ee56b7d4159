//! What running text says of numbers: words against digits, weekdays against dates, percents
//! against their amounts, counts against tables, and figures that miss a table's by a slip.

use std::collections::{BTreeMap, BTreeSet};

use laras_model::{Decimal, FindingCode, Level, Measure, MentionKind, Origin, Place, Severity};
use laras_number::{Mentioned, find};

use crate::book::Book;
use crate::draft::Draft;
use crate::dress::{self, fold};
use crate::mentions::Read;

/// Indonesian names of the days, Monday first.
const DAYS: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];

/// Findings of running text.
pub(crate) fn drafts(book: &Book<'_>, mentions: &[Read]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for read in mentions {
        drafts.extend(in_words(read));
        drafts.extend(damaged(read));
        drafts.extend(weekday(read));
        drafts.extend(count(book, mentions, read));
    }
    percents(book, mentions, &mut drafts);
    formulas(book, &mut drafts);
    slips(book, mentions, &mut drafts);
    decrees(book, &mut drafts);
    drafts
}

fn draft(code: FindingCode, read: &Read) -> Draft {
    let mut draft = Draft::at(code, read.mention.part, read.mention.place.clone());
    draft.subject.clone_from(&read.mention.text);
    draft.printed.clone_from(&read.mention.text);
    draft.origin = Origin::Source;
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

/// "31 kegiatan" against the tables that list them.
fn count(book: &Book<'_>, mentions: &[Read], read: &Read) -> Option<Draft> {
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
    let mut tables: BTreeMap<&str, (BTreeSet<String>, i64)> = BTreeMap::new();
    for name in book.extraction.names.iter().filter(|n| n.level == level) {
        let entry = tables.entry(&name.table).or_default();
        entry.0.insert(fold(&name.name));
        entry.1 += 1;
    }
    let counts: Vec<(&str, i64, i64)> =
        tables.iter().map(|(t, (names, rows))| (*t, names.len() as i64, *rows)).collect();
    if counts.is_empty() || counts.iter().any(|(_, names, rows)| *names == said || *rows == said) {
        return None;
    }
    // "29 of the 33 kegiatan": the other count of the sentence is the table's.
    let is_held =
        |other: &Read| {
            other.block == read.block
                && fold(&other.mention.unit) == fold(&read.mention.unit)
                && other.mention.value.and_then(Decimal::to_i64).is_some_and(|n| {
                    counts.iter().any(|(_, names, rows)| *names == n || *rows == n)
                })
        };
    if mentions.iter().any(is_held) {
        return None;
    }
    // "29 kegiatan tahun 2019" in a report on 2020 speaks of another table.
    let text = &book.extraction.blocks[read.block].text;
    let behind = fold(&text[read.range.end..].chars().take(40).collect::<String>());
    let year = book.extraction.parts.iter().find(|p| p.part == read.mention.part)?.year;
    let named = behind.strip_prefix("tahun ").and_then(|rest| rest.get(..4)?.parse::<u16>().ok());
    if named.is_some() && named != year {
        return None;
    }
    // The table that the sentence speaks of: one of about that size, the nearest.
    let at = read.mention.place.cited();
    let (table, listed, _) = counts
        .iter()
        .filter(|(_, names, _)| said * 3 <= names * 4 && names * 3 <= said * 4)
        .min_by_key(|(t, ..)| {
            let place = book.tables.iter().find(|b| b.table.id == **t).map(|b| &b.table.place);
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
        let before: Vec<&Read> = mentions[..i]
            .iter()
            .filter(|m| m.block == read.block && matches!(m.what, Mentioned::Amount(_)))
            .collect();
        let [.., whole, part] = before[..] else { continue };
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
            let o = book.get(at);
            let mut conflict = draft.clone();
            conflict.code = FindingCode::ConflictText;
            conflict.severity = Severity::Warning;
            conflict.subject = format!("{}, {}", draft.subject, o.measure);
            conflict.detail = format!(
                "prose {}; {} ({}) prints {} with the same amounts",
                read.mention.text,
                o.table,
                o.place.cited(),
                o.raw
            );
            conflict.observations = vec![at];
            conflict.places = vec![o.place.clone()];
            drafts.push(conflict);
        }
        drafts.push(draft);
    }
}

/// Worked percentages: `100 / 85 × 100% = 117%`.
fn formulas(book: &Book<'_>, drafts: &mut Vec<Draft>) {
    for block in book.extraction.blocks.iter().filter(|b| crate::mentions::is_prose(b)) {
        for (n, line) in block.text.lines().enumerate() {
            let sides: Vec<&str> = line.split('=').collect();
            for pair in sides.windows(2) {
                let Some((part, whole)) = fraction(pair[0]) else { continue };
                let Some((printed, rest)) = leading(pair[1]) else { continue };
                let Some(computed) = Decimal::percent(part, whole) else { continue };
                let tolerance = Decimal::new(5, if printed.scale() == 0 { 1 } else { 2 });
                let off = computed.checked_sub(printed).zip(tolerance);
                let holds = off.is_none_or(|(off, most)| off.abs() <= most);
                if holds || !rest.trim_start().starts_with('%') {
                    continue;
                }
                let mut place = block.place.clone();
                if place.page == 0 {
                    place.line += n as u32;
                }
                let number = crate::mentions::part_of(&book.extraction.parts, &place);
                let mut draft = Draft::at(FindingCode::PercentMismatch, number, place);
                line.split('=').next().unwrap_or(line).trim().clone_into(&mut draft.subject);
                draft.printed = dress::number(printed);
                draft.computed = dress::percent(computed);
                draft.difference = printed.checked_sub(computed.rounded(4));
                draft.detail = format!(
                    "printed {}%; {}/{} x 100 = {}",
                    draft.printed,
                    dress::number(part),
                    dress::number(whole),
                    draft.computed
                );
                draft.origin = Origin::Source;
                drafts.push(draft);
            }
        }
    }
}

/// Part and whole of `part / whole × 100%`, alone on its side of an equation.
fn fraction(text: &str) -> Option<(Decimal, Decimal)> {
    let (part, rest) = leading(text)?;
    let (whole, rest) = leading(rest.trim_start().strip_prefix(['/', ':'])?)?;
    let (hundred, rest) = leading(rest.trim_start().strip_prefix(['×', 'x', 'X', '*'])?)?;
    let end = rest.trim_start().trim_start_matches('%').trim();
    let is_alone = end.is_empty() || end == "&";
    (hundred == Decimal::HUNDRED && is_alone).then_some((part, whole))
}

/// The number that a text begins with, and what follows it.
fn leading(text: &str) -> Option<(Decimal, &str)> {
    let text = text.trim_start_matches([' ', '&']);
    let is_number = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
    let end = text.find(|c| !is_number(c)).unwrap_or(text.len());
    let reading = laras_number::read(text[..end].trim_end_matches(['.', ',']));
    Some((reading.best()?.number()?, &text[end..]))
}

/// A figure in prose that stands in no table, but misses one of a table's by a digit or by two that
/// are exchanged, in a sentence that speaks of the same thing.
fn slips(book: &Book<'_>, mentions: &[Read], drafts: &mut Vec<Draft>) {
    let known: BTreeSet<Decimal> =
        book.extraction.observations.iter().filter_map(|o| o.value.number()).collect();
    let printed: Vec<(usize, u32, String)> = book
        .extraction
        .observations
        .iter()
        .enumerate()
        .filter_map(|(at, o)| {
            let value = o.value.number()?.normalized();
            Some((at, value.scale(), value.mantissa().to_string()))
        })
        .collect();
    for read in mentions {
        let Some(value) = read.mention.value else { continue };
        let digits = value.normalized().mantissa().to_string();
        let telling = matches!(
            read.mention.kind,
            MentionKind::Amount | MentionKind::Percent | MentionKind::Number
        );
        if !telling || digits.len() < 3 || known.contains(&value) || read.mention.malformed {
            continue;
        }
        let block = &book.extraction.blocks[read.block];
        let sentence = words(sentence(&block.text, read.range.start));
        let scale = value.normalized().scale();
        let near = printed.iter().filter(|(at, of, other)| {
            let is_money = book.get(*at).unit == "IDR";
            *of == scale
                && is_money == (read.mention.kind == MentionKind::Amount)
                && is_slip(other, &digits)
        });
        let best = near
            .map(|(at, ..)| {
                let o = book.get(*at);
                let subject = words(&format!("{} {}", o.name, o.indicator));
                let shared = subject.intersection(&sentence).count();
                (shared, subject.len(), *at)
            })
            .filter(|(shared, all, _)| *shared >= 2 && shared * 5 >= all * 2)
            .max_by_key(|(shared, _, at)| (*shared, std::cmp::Reverse(*at)));
        let Some((_, _, at)) = best else { continue };
        let o = book.get(at);
        let mut draft = draft(FindingCode::ConflictText, read);
        draft.subject = format!(
            "{}, {}",
            if o.indicator.is_empty() { &o.name } else { &o.indicator },
            o.measure
        );
        draft.computed = dress::value(o);
        draft.difference = value.checked_sub(book.number(at));
        draft.detail = format!(
            "prose {}; {} ({}) prints {}",
            read.mention.text,
            o.table,
            o.place.cited(),
            o.raw
        );
        draft.places = vec![o.place.clone()];
        draft.observations = vec![at];
        draft.confidence = 0.8;
        drafts.push(draft);
    }
}

/// One digit differs, or two neighbours are exchanged.
fn is_slip(a: &str, b: &str) -> bool {
    if a.len() != b.len() || a == b {
        return false;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut off = (0..a.len()).filter(|i| a[*i] != b[*i]);
    match (off.next(), off.next(), off.next()) {
        (Some(_), None, _) => a.len() >= 5,
        (Some(i), Some(j), None) => a[i] == b[j] && a[j] == b[i] && j - i <= 2,
        _ => false,
    }
}

/// The sentence around a place, with the one before it: what it speaks of may be named there.
fn sentence(text: &str, at: usize) -> &str {
    let mut ends = text[..at].rmatch_indices(". ").map(|(i, _)| i + 2);
    let _ = ends.next();
    let start = ends.next().unwrap_or(0);
    let end = text[at..].find(". ").map_or(text.len(), |i| at + i);
    &text[start..end]
}

/// The telling words of a text.
fn words(text: &str) -> BTreeSet<String> {
    fold(text).split(' ').filter(|w| w.len() > 3).map(str::to_owned).collect()
}

/// Decrees that are younger than the report that rests on them.
fn decrees(book: &Book<'_>, drafts: &mut Vec<Draft>) {
    for block in book.extraction.blocks.iter().filter(|b| crate::mentions::is_prose(b)) {
        let number = crate::mentions::part_of(&book.extraction.parts, &block.place);
        let Some(part) = book.extraction.parts.iter().find(|p| p.part == number) else { continue };
        let signed = part.signed_date.get(..4).and_then(|y| y.parse::<u16>().ok());
        let Some(latest) = part.year.max(signed) else { continue };
        for found in find(&block.text) {
            let Mentioned::Citation { year: Some(year) } = found.what else { continue };
            if year <= latest || year > 2100 {
                continue;
            }
            let mut place: Place = block.place.clone();
            if place.page == 0 {
                place.line += block.text[..found.range.start].matches('\n').count() as u32;
            }
            let mut draft = Draft::at(FindingCode::DateConflict, part.part, place);
            draft.severity = Severity::Warning;
            draft.subject = block.text.chars().take(100).collect();
            draft.printed = year.to_string();
            draft.computed = latest.to_string();
            draft.detail = format!(
                "'{}': a decree of {year} in a report of {latest}",
                &block.text[found.range]
            );
            draft.confidence = 0.7;
            drafts.push(draft);
        }
    }
}

//! Who signed, where and when.

use std::sync::LazyLock;

use laras_model::{Block, BlockKind, Place, Signatory};
use regex::Regex;

use crate::lists::list;

/// A printed line of a signature block.
#[derive(Clone, Debug)]
struct Line<'b> {
    text: &'b str,
    place: Place,
}

static NIP: LazyLock<Regex> = LazyLock::new(|| {
    // All digits of it are those of the number.
    Regex::new(r"(?i)\bN\s?I\s?P(?:PK)?\b\.?\s*:?\s*\.?\s*(?:\d[\d\s.]*)?")
        .expect("a constant pattern")
});
static RANK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:pangkat\b.*|(?:pembina|penata|pengatur|juru)\b.*|.*\(?\b(?:IV|III|II|I)\s?/?\s?[a-e]\)?)$").expect("a constant pattern")
});
static ROLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)^(?:an\.?\s|a\.n\.?\s|plt\.?\s|plh\.?\s|pj\.?\s)?\s*(?:{})\b",
        words("role")
    ))
    .expect("words make a pattern")
});
static AGENCY_LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)^(?:{})\b", words("agency_line"))).expect("words make a pattern")
});
/// Digits of the year that a date of signing ends in.
const DIGITS_OF_YEAR: usize = 4;
/// Longest name of a place of signing, in characters: the pattern would be large if it counted.
const LONGEST_PLACE: usize = 41;

static PLACE_DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W*(?:ditetapkan\s+di\s+|dibuat\s+di\s+)?([\p{L}][\p{L} .'’-]{2,}?)\s*,\s*(?:tanggal\s*:?\s*)?([\d.…_\s]*\p{L}+\s+\d{4})\W*$").expect("a constant pattern")
});
static PLACE_LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:ditetapkan\s+di\s+|dibuat\s+di\s+)").expect("a constant pattern")
});
static DATE_LEAD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^\s*tanggal\s*:?\s*").expect("a constant pattern"));
static TITLED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:,\s*(?:S|M|A|Dr|Drs|Ir|H|SH|SE|ST|MM|MT|MH|MSi)[\w.]*|\b(?:Drs?|Ir|H|Hj|Prof|dr)\.\s)",
    )
    .expect("a constant pattern")
});

/// Headings that can stand where a scanned signature was lost.
static FRONT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)^(?:{})\b", words("front"))).expect("words make a pattern")
});

/// The words of a list as alternatives of a pattern; a blank may be wide.
fn words(name: &str) -> String {
    let escaped = list(name).iter().map(|word| regex::escape(word).replace(' ', r"\s+"));
    escaped.collect::<Vec<_>>().join("|")
}

/// The place and the date of a line of signing. Where the pattern holds, they stand on both sides of the
/// first comma: to ask it for its groups would take ten times as long.
fn place_and_date(line: &str) -> Option<(&str, &str)> {
    if !PLACE_DATE.is_match(line) {
        return None;
    }
    let start = line.find(char::is_alphabetic)?;
    let (place, date) = line[start..].split_once(',')?;
    // What stands in front is part of the place, or of the date, where too little would be left.
    let without = |text: &'_ str, lead: &Regex| lead.find(text).map_or(0, |lead| lead.end());
    let bare = &place[without(place, &PLACE_LEAD)..];
    let place = if bare.chars().count() < 3 { place } else { bare };
    let bare = &date[without(date, &DATE_LEAD)..];
    let date = if bare.contains(char::is_alphabetic) { bare } else { date };
    let end = date.rfind(char::is_numeric).map_or(date.len(), |last| last + 1);
    Some((place.trim(), date.get(..end)?.trim()))
}

/// Whether a line has a title of study or nobility: behind a comma, or ending in a stop.
fn is_titled(line: &str) -> bool {
    line.contains([',', '.']) && TITLED.is_match(line)
}

/// Whether a line may say `NIP`.
fn says_nip(line: &str) -> bool {
    let begins = |rest: &[u8], mark: &str| {
        rest.get(..mark.len()).is_some_and(|rest| rest.eq_ignore_ascii_case(mark.as_bytes()))
    };
    let bytes = line.as_bytes();
    let mut after_n = (1..bytes.len()).filter(|at| matches!(bytes[at - 1], b'n' | b'N'));
    after_n.any(|at| begins(&bytes[at..], "ip") || begins(&bytes[at..], " i p"))
}

/// Finds the signatories in the signature blocks of a stretch of text.
pub(crate) fn signatories(mut blocks: Vec<&Block>) -> Vec<Signatory> {
    let mut found = Vec::new();
    let mut run: Vec<Line<'_>> = Vec::new();
    blocks.retain(|block| !block.kind.is_furniture());
    for (b, block) in blocks.iter().enumerate() {
        if block.kind == BlockKind::Signature || leads_to_signature(&blocks[b..]) {
            for (i, text) in block.text.lines().enumerate() {
                let place = Place { line: block.place.line + i as u32, ..block.place.clone() };
                run.push(Line { text: text.trim(), place });
            }
        } else if !run.is_empty() {
            found.extend(of_run(&run));
            run.clear();
        }
    }
    found.extend(of_run(&run));
    found
}

/// Blocks between a role and the signature block that it belongs to, at most.
const LEAD: usize = 3;

/// Whether a block is a role or a name that stands apart from the signature block after it.
fn leads_to_signature(blocks: &[&Block]) -> bool {
    let is_part = |block: &Block| {
        let mut lines = block.text.lines().map(str::trim).filter(|line| !line.is_empty());
        block.text.lines().count() <= 2
            && lines.all(|line| {
                let short = line.chars().count() <= 80;
                let titled = || is_titled(line) && !line.bytes().any(|b| b.is_ascii_digit());
                short && (ROLE.is_match(line) || titled())
            })
    };
    let before = blocks.iter().take(LEAD).take_while(|b| b.kind != BlockKind::Signature).count();
    before < LEAD.min(blocks.len())
        && blocks[before].kind == BlockKind::Signature
        && blocks[..before].iter().all(|b| is_part(b))
}

/// The signatories of neighbouring lines.
fn of_run(lines: &[Line<'_>]) -> Vec<Signatory> {
    let mut people: Vec<Signatory> = Vec::new();
    let mut roles: Vec<String> = Vec::new();
    let mut open_role: Vec<String> = Vec::new();
    let (mut place, mut date) = (String::new(), String::new());
    let mut in_role = false;
    for line in lines {
        let text = line.text;
        if text.is_empty() {
            continue;
        }
        if text.contains(',')
            && text.chars().filter(|c| c.is_numeric()).count() >= DIGITS_OF_YEAR
            && let Some((at, on)) = place_and_date(text)
            && at.chars().count() <= LONGEST_PLACE
            && let Some(iso) = iso_date(on)
        {
            place = at.to_owned();
            date = iso;
            // A date printed between two names holds for those above it too.
            for person in people.iter_mut().filter(|p| p.signed_date.is_empty()) {
                person.signed_place.clone_from(&place);
                person.signed_date.clone_from(&date);
            }
            in_role = false;
            continue;
        }
        if says_nip(text)
            && let Some(found) = NIP.find(text)
        {
            if let Some(person) = people.last_mut().filter(|p| p.nip.is_empty()) {
                person.nip = found.as_str().chars().filter(char::is_ascii_digit).collect();
            }
            in_role = false;
            continue;
        }
        let titled = is_titled(text);
        if !titled && ROLE.is_match(text) {
            if !in_role && !open_role.is_empty() {
                roles.push(open_role.join(" "));
                open_role.clear();
            }
            open_role.push(text.trim_end_matches(',').to_owned());
            in_role = !text.ends_with(',') || text.split(' ').count() <= 2;
            continue;
        }
        if in_role && !titled && (AGENCY_LINE.is_match(text) || text.ends_with(',')) {
            open_role.push(text.trim_end_matches(',').to_owned());
            in_role = !text.ends_with(',');
            continue;
        }
        in_role = false;
        if !titled && !people.is_empty() && RANK.is_match(text) {
            if let Some(person) = people.last_mut().filter(|p| p.rank.is_empty()) {
                person.rank = text.trim_start_matches(|c: char| c.is_whitespace()).to_owned();
                if let Some((label, rank)) = person.rank.split_once(':')
                    && label.to_lowercase().contains("pangkat")
                {
                    person.rank = rank.trim().to_owned();
                }
            }
            continue;
        }
        if is_person(text, titled) {
            if !open_role.is_empty() {
                roles.push(open_role.join(" "));
                open_role.clear();
            }
            let role = if roles.is_empty() { String::new() } else { roles.remove(0) };
            people.push(Signatory {
                name: text.trim_end_matches(',').to_owned(),
                role,
                signed_place: place.clone(),
                signed_date: date.clone(),
                place: line.place.clone(),
                ..Signatory::default()
            });
        } else if !open_role.is_empty() {
            open_role.push(text.trim_end_matches(',').to_owned());
        }
    }
    people.retain(is_certain);
    people
}

/// Whether more than capital letters says that a name is a person's.
fn is_certain(person: &Signatory) -> bool {
    let name = &person.name;
    let named = !person.role.is_empty() && !AGENCY_LINE.is_match(name) && !FRONT.is_match(name);
    !person.nip.is_empty() || is_titled(name) || named
}

/// Whether a line is a person's name: a title, or two to six capitalised words.
fn is_person(text: &str, titled: bool) -> bool {
    if text.chars().any(|c| c.is_ascii_digit()) || text.ends_with(':') || text.contains(':') {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let capitalised =
        words.iter().all(|w| w.starts_with(|c: char| c.is_uppercase() || c == '(' || c == '.'));
    titled
        || ((2..=6).contains(&words.len())
            && capitalised
            && text.chars().count() <= 60
            && !text.ends_with('.'))
}

/// Day, month and year as far as printed: `2020-07-31`, `2021-01`.
fn iso_date(text: &str) -> Option<String> {
    let cleaned: String =
        text.chars().map(|c| if matches!(c, '.' | '…' | '_') { ' ' } else { c }).collect();
    let span = laras_number::date::read(cleaned.trim())?;
    Some(span.from.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_and_date_are_the_groups_of_the_pattern() {
        let mut found = 0;
        for line in [
            "Malili, 31 Juli 2020",
            "Ditetapkan di Rantau , tanggal : 2 Januari 2021.",
            "  - dibuat  di  Kota Contoh, ... Maret 2019 )",
            "Dibuat di ab, 2 Mei 2020",
            "Ditetapkan di Sukamaju, Tanggal 5 Mei 2020",
            "Sukamaju, tanggal 2020",
            "Sukamaju,  tanggal   Mei 2020",
            "_Sukamaju, 5 Mei 2020",
            "2 Sukamaju, 5 Mei 2020",
            "Sukamaju 2, 5 Mei 2020",
            ", Sukamaju, 5 Mei 2020",
            "Sukamaju, Selatan, 5 Mei 2020",
            "Kalimantan Selatan, \u{2026} Desember 2022 \u{2026}",
            "N’Dama’s-Kota, _____ Desember 2022",
            "ab  , 1 Mei 2020",
            "a, 1 Mei 2020",
            "Sukamaju, 5 Mei 20201",
            "Sukamaju, Mei",
        ] {
            let groups = PLACE_DATE.captures(line);
            let wanted = groups.as_ref().map(|groups| {
                let group = |n: usize| groups.get(n).map_or("", |group| group.as_str());
                (group(1).trim(), group(2).trim())
            });
            assert_eq!(place_and_date(line), wanted, "{line}");
            found += usize::from(wanted.is_some());
        }
        assert!(found > 9, "{found}");
    }
}

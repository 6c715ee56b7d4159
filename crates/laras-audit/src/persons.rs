//! Civil servants' numbers: impossible ones, and one person with two.

use std::collections::BTreeMap;

use laras_model::{Block, BlockKind, Extraction, FindingCode, Place};
use laras_number::nip::{self, Kind, Nip};
use laras_number::{Mentioned, find};

use crate::draft::Draft;
use crate::dress::fold;
use crate::spelling::edits;

/// A number with the person it stands beside.
struct Stated {
    /// As printed, without label.
    text: String,
    digits: String,
    kind: Kind,
    problems: Vec<String>,
    name: String,
    part: u32,
    place: Place,
}

impl Stated {
    fn new(nip: Nip, text: &str, name: &str, part: u32, place: Place) -> Self {
        Self {
            problems: nip.problems.iter().map(ToString::to_string).collect(),
            text: text.trim_start_matches(|c: char| !c.is_ascii_digit()).trim().to_owned(),
            digits: nip.digits,
            kind: nip.kind,
            name: name.to_owned(),
            part,
            place,
        }
    }
}

/// Findings about the numbers of persons.
pub(crate) fn drafts(extraction: &Extraction) -> Vec<Draft> {
    let stated = stated(extraction);
    let mut drafts = Vec::new();
    for s in &stated {
        let is_nip = matches!(s.kind, Kind::Pns | Kind::Pppk)
            || s.kind == Kind::Unknown && (15..=21).contains(&s.digits.len());
        if !is_nip || s.problems.is_empty() {
            continue;
        }
        let mut draft = Draft::at(FindingCode::NipInvalid, s.part, s.place.clone());
        draft.subject.clone_from(&s.name);
        draft.printed.clone_from(&s.digits);
        draft.detail = format!("NIP {}: {}", s.text, s.problems.join("; "));
        drafts.push(draft);
    }
    conflicts(&stated, &mut drafts);
    drafts
}

/// One person with two numbers: the rarer one, or the later of two.
fn conflicts(stated: &[Stated], drafts: &mut Vec<Draft>) {
    let mut persons: BTreeMap<String, BTreeMap<&str, Vec<&Stated>>> = BTreeMap::new();
    for s in stated.iter().filter(|s| !s.name.is_empty() && s.digits.len() >= 15) {
        let person = bare(&s.name);
        if person.len() >= 4 {
            persons.entry(person).or_default().entry(&s.digits).or_default().push(s);
        }
    }
    for numbers in persons.values().filter(|n| n.len() > 1) {
        let mut ranked: Vec<(&&str, &Vec<&Stated>)> = numbers.iter().collect();
        let first = |all: &[&Stated]| all.first().map_or(0, |s| s.place.cited());
        ranked.sort_by_key(|(_, all)| (std::cmp::Reverse(all.len()), first(all)));
        let Some(((usual, most), rare)) = ranked.split_first() else { continue };
        for (digits, all) in rare {
            let Some(s) = all.first() else { continue };
            // Namesakes were born on different days and appointed in different years.
            if edits(usual, digits) > 4 {
                continue;
            }
            let mut draft = Draft::at(FindingCode::NipConflict, s.part, s.place.clone());
            draft.subject.clone_from(&s.name);
            (**digits).clone_into(&mut draft.printed);
            (**usual).clone_into(&mut draft.computed);
            let text = most.first().map_or(**usual, |m| m.text.as_str());
            draft.detail =
                format!("NIP {} ({}) against {text} ({})", s.text, s.place.cited(), first(most));
            draft.places = most.iter().map(|m| m.place.clone()).collect();
            drafts.push(draft);
        }
    }
}

/// A name without degrees and titles: `Drs.`, `H.`, `S.Sos`.
fn bare(name: &str) -> String {
    let front = name.split(',').next().unwrap_or(name);
    let is_name = |word: &&str| {
        let short = word.ends_with('.') && word.len() <= 4;
        !short && !word.trim_end_matches('.').contains('.') && word.chars().count() > 2
    };
    let words: Vec<&str> = front.split_whitespace().filter(is_name).collect();
    fold(&words.join(" "))
}

/// Every number of a person, in running text and in tables; who signed is known by name.
fn stated(extraction: &Extraction) -> Vec<Stated> {
    let mut all: Vec<Stated> = Vec::new();
    let is_prose = |b: &&Block| b.kind != BlockKind::Rows && has_long_number(&b.text);
    for block in extraction.blocks.iter().filter(is_prose) {
        let mut before = "";
        for (n, line) in block.text.lines().enumerate() {
            let at = block.place.line + n as u32;
            from_line(&mut all, line, before, || Place { line: at, ..block.place.clone() });
            if !line.trim().is_empty() {
                before = line;
            }
        }
    }
    for table in &extraction.tables {
        for row in &table.rows {
            for (c, cell) in row.cells.iter().enumerate() {
                if !has_long_number(&cell.text) {
                    continue;
                }
                let beside = c.checked_sub(1).and_then(|c| row.cells.get(c));
                let mut before = beside.map_or("", |b| b.text.as_str());
                for line in cell.text.lines() {
                    from_line(&mut all, line, before, || cell.place.clone());
                    before = line;
                }
            }
        }
    }
    let signed =
        extraction.parts.iter().flat_map(|p| p.signatories.iter().map(move |s| (p.part, s)));
    for (part, signatory) in signed.filter(|(_, s)| !s.nip.is_empty()) {
        let near = |s: &Stated| {
            s.digits == signatory.nip
                && s.place.page == signatory.place.page
                && s.place.line.abs_diff(signatory.place.line) <= 8
        };
        let mut found = false;
        for stated in all.iter_mut().filter(|s| near(s)) {
            stated.name.clone_from(&signatory.name);
            stated.part = part;
            found = true;
        }
        let text = format!("NIP. {}", signatory.nip);
        if !found && let Some(nip) = nip::read(&text) {
            all.push(Stated::new(nip, &text, &signatory.name, part, signatory.place.clone()));
        }
    }
    all.sort_by_key(|s| (s.place.page, s.place.line));
    all
}

/// Fewest digits of a number that is looked at.
const FEWEST: usize = 15;

fn from_line(all: &mut Vec<Stated>, line: &str, before: &str, place: impl Fn() -> Place) {
    if !has_long_number(line) {
        return;
    }
    for mention in find(line) {
        let Mentioned::Nip(nip) = mention.what else { continue };
        let own =
            line[..mention.range.start].trim().trim_end_matches(|c: char| !c.is_alphanumeric());
        let name = if own.chars().filter(|c| c.is_alphabetic()).count() > 5 { own } else { before };
        let name = if looks_like_name(name) { name.trim() } else { "" };
        all.push(Stated::new(nip, &line[mention.range], name, 0, place()));
    }
}

/// Whether so many digits stand in a text with nothing but blanks and points between them.
///
/// Such a number is at least as long as that many bytes, so that one byte of so many is enough to find
/// it by.
fn has_long_number(text: &str) -> bool {
    let is_part = |byte: &&u8| byte.is_ascii_digit() || matches!(byte, b' ' | b'.' | b':' | b'-');
    let bytes = text.as_bytes();
    let mut at = FEWEST - 1;
    while at < bytes.len() {
        let before = bytes[..at].iter().rev().take_while(is_part);
        let behind = bytes[at..].iter().take_while(is_part);
        let len = behind.clone().count();
        if len > 0 && before.chain(behind).filter(|byte| byte.is_ascii_digit()).count() >= FEWEST {
            return true;
        }
        at += len + FEWEST;
    }
    false
}

fn looks_like_name(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4 && text.chars().count() < 60 && !text.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_found_wherever_they_stand() {
        for number in ["198001012005011001", "19800101 200501 1 001", "NIP: 19800101.200501.1"] {
            for before in 0..40 {
                for cut in 0..=number.len() {
                    let text = format!("{}{} Amir", "x".repeat(before), &number[..cut]);
                    let long = number[..cut].bytes().filter(u8::is_ascii_digit).count() >= FEWEST;
                    assert_eq!(has_long_number(&text), long, "{text}");
                }
                let split = format!("{}1980 A 0101 2005 B 01 1 001", "x".repeat(before));
                assert!(!has_long_number(&split), "{split}");
            }
        }
    }
}

//! Remarks: what a careful reader notes without calling it wrong.

use std::collections::{BTreeMap, BTreeSet};

use laras_model::{FindingCode, Flag, Measure, NameStatus, Place, Regime};

use crate::book::{Book, same_time};
use crate::draft::Draft;
use crate::dress::{self, fold};

/// First budget year of the nomenclature of Permendagri 90/2019.
const SINCE_90: u16 = 2021;

/// All remarks.
pub(crate) fn drafts(book: &Book<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    exceeded(book, &mut drafts);
    flagged(book, &mut drafts);
    codes(book, &mut drafts);
    ranks(book, &mut drafts);
    drafts
}

/// More spent than there was budget for.
fn exceeded(book: &Book<'_>, drafts: &mut Vec<Draft>) {
    for row in book.tables.iter().flat_map(|t| t.rows.values()) {
        for &spent in row {
            let own = book.get(spent);
            if own.measure != Measure::RealisasiAnggaran {
                continue;
            }
            let budget = row.iter().copied().find(|at| {
                let o = book.get(*at);
                o.measure == Measure::Pagu
                    && same_time(o, own)
                    && book.texts.name(*at) == book.texts.name(spent)
            });
            let Some(budget) = budget else { continue };
            if book.number(budget).is_zero() || book.number(spent) <= book.number(budget) {
                continue;
            }
            let mut draft = Draft::new(FindingCode::BudgetExceeded, own);
            draft.table.clone_from(&own.table);
            draft.printed = dress::value(own);
            draft.computed = dress::value(book.get(budget));
            draft.detail = format!("spent {} of {}", draft.printed, draft.computed);
            draft.observations = vec![spent, budget];
            draft.anchor = Some(spent);
            drafts.push(draft);
        }
    }
}

/// Numbers with two readings, and parts of a year that are booked as the year.
fn flagged(book: &Book<'_>, drafts: &mut Vec<Draft>) {
    for (at, o) in book.extraction.observations.iter().enumerate() {
        if o.flags.is_empty() {
            continue;
        }
        for (flag, code) in [
            (Flag::NumberAmbiguous, FindingCode::NumberAmbiguous),
            (Flag::PeriodPartial, FindingCode::PeriodPartial),
        ] {
            if !o.flags.contains(flag) {
                continue;
            }
            let mut draft = Draft::new(code, o);
            draft.table.clone_from(&o.table);
            o.raw.as_str().clone_into(&mut draft.printed);
            let others: Vec<String> =
                o.alternatives.iter().map(|a| dress::number(a.value)).collect();
            draft.computed = dress::value(o);
            draft.detail = format!("read {}, or {}", draft.computed, others.join(", "));
            draft.observations = vec![at];
            draft.anchor = Some(at);
            drafts.push(draft);
        }
    }
}

/// Printed codes that are not the name's, and editions that were not in force.
fn codes(book: &Book<'_>, drafts: &mut Vec<Draft>) {
    for name in &book.extraction.names {
        if !matches!(name.status, NameStatus::Exact | NameStatus::Fuzzy) {
            continue;
        }
        let part = crate::mentions::part_of(&book.extraction.parts, &name.place);
        let mut say = |code: FindingCode, printed: &str, computed: String| {
            let mut draft = Draft::at(code, part, name.place.clone());
            draft.table = name.table.as_str().into();
            draft.subject = name.name.to_string();
            printed.clone_into(&mut draft.printed);
            draft.detail = format!("printed {printed}, the nomenclature has {computed}");
            draft.computed = computed;
            drafts.push(draft);
        };
        if !name.printed_code.is_empty() && name.printed_code != name.code {
            let shared = || parts(&name.printed_code).zip(parts(&name.code));
            let differ = shared().any(|(printed, official)| printed != official);
            if differ && shared().count() >= 2 {
                say(FindingCode::CodeMismatch, &name.printed_code, name.code.to_string());
            }
        }
        let year = book.extraction.parts.iter().find(|p| p.part == part).and_then(|p| p.year);
        let in_force = match (year, name.regime) {
            (Some(year), Some(Regime::Permendagri13)) => year < SINCE_90,
            (Some(year), Some(Regime::Permendagri90)) => year >= SINCE_90,
            _ => true,
        };
        if !in_force && let (Some(year), Some(regime)) = (year, name.regime) {
            say(FindingCode::RegimeMismatch, regime.as_str(), year.to_string());
        }
    }
}

/// Part, name, rank and place of one who signed.
type Ranked<'e> = (u32, &'e str, &'e str, &'e Place);

/// The numbers of a code from its end, without zeros before them.
fn parts(code: &str) -> impl Iterator<Item = &[u8]> {
    let parts = code.as_bytes().rsplit(|byte| *byte == b'.');
    let without_zeros = parts.map(|part| {
        let zeros = part.iter().take_while(|byte| **byte == b'0').count();
        &part[zeros..]
    });
    without_zeros.filter(|part| !part.is_empty() && part.iter().all(u8::is_ascii_digit))
}

/// One person with several ranks.
fn ranks(book: &Book<'_>, drafts: &mut Vec<Draft>) {
    let mut persons: BTreeMap<&str, (BTreeSet<String>, Vec<Ranked<'_>>)> = BTreeMap::new();
    for part in &book.extraction.parts {
        for s in part.signatories.iter().filter(|s| !s.nip.is_empty() && !s.rank.is_empty()) {
            let person = persons.entry(&s.nip).or_default();
            let rank: String = fold(&s.rank).split(' ').take(3).collect::<Vec<_>>().join(" ");
            if person.0.insert(rank) {
                person.1.push((part.part, &s.name, &s.rank, &s.place));
            }
        }
    }
    for (_, stated) in persons.values() {
        let Some(((_, _, first, _), rest)) = stated.split_first() else { continue };
        for (part, name, rank, place) in rest {
            let mut draft = Draft::at(FindingCode::RankConflict, *part, (*place).clone());
            (*name).clone_into(&mut draft.subject);
            (*rank).clone_into(&mut draft.printed);
            (*first).clone_into(&mut draft.computed);
            draft.detail = format!("{rank} here, {first} elsewhere");
            drafts.push(draft);
        }
    }
}

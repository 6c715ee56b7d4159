//! Findings in the making, and their final form.

use std::collections::BTreeMap;

use laras_model::{
    Confidence, Decimal, Extraction, Finding, FindingCode, Flag, Observation, Origin, Place,
    Severity, SharedText, Suggestion,
};

use rustc_hash::FxHashMap;

use crate::check::Check;
use crate::messages::message;

/// Most findings of one code in one table; the rest is counted.
const CAP: usize = 60;

/// A finding whose observations are still positions.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) code: FindingCode,
    pub(crate) severity: Severity,
    pub(crate) part: u32,
    /// The table it stands in; empty outside tables.
    pub(crate) table: SharedText,
    pub(crate) place: Place,
    pub(crate) places: Vec<Place>,
    pub(crate) subject: String,
    pub(crate) detail: String,
    pub(crate) printed: String,
    pub(crate) computed: String,
    pub(crate) difference: Option<Decimal>,
    pub(crate) origin: Origin,
    pub(crate) observations: Vec<usize>,
    /// The equations that do not hold, by their position.
    pub(crate) checks: Vec<usize>,
    /// The observation that the finding points at.
    pub(crate) anchor: Option<usize>,
    /// Number of its defect, once known.
    pub(crate) defect: Option<usize>,
    pub(crate) culprit: bool,
    pub(crate) suggestion: Option<(usize, Decimal, u32)>,
    pub(crate) confidence: f64,
}

impl Draft {
    /// A finding of a code at an observation.
    pub(crate) fn new(code: FindingCode, at: &Observation) -> Self {
        let mut draft = Self::at(code, at.part, at.place.clone());
        at.name.as_str().clone_into(&mut draft.subject);
        draft
    }

    /// A finding of a code at a place.
    pub(crate) fn at(code: FindingCode, part: u32, place: Place) -> Self {
        Self {
            code,
            severity: severity(code),
            part,
            table: SharedText::default(),
            place,
            places: Vec::new(),
            subject: String::new(),
            detail: String::new(),
            printed: String::new(),
            computed: String::new(),
            difference: None,
            origin: Origin::Unknown,
            observations: Vec::new(),
            checks: Vec::new(),
            anchor: None,
            defect: None,
            culprit: false,
            suggestion: None,
            confidence: 0.9,
        }
    }
}

fn severity(code: FindingCode) -> Severity {
    match code {
        FindingCode::SumMismatch
        | FindingCode::PercentMismatch
        | FindingCode::TerbilangMismatch
        | FindingCode::NipInvalid
        | FindingCode::DateWeekday => Severity::Error,
        FindingCode::NumberAmbiguous
        | FindingCode::BudgetExceeded
        | FindingCode::PredicateMismatch
        | FindingCode::CodeMismatch
        | FindingCode::RegimeMismatch
        | FindingCode::RankConflict
        | FindingCode::TargetMissing
        | FindingCode::TableMissing
        | FindingCode::PeriodPartial => Severity::Info,
        _ => Severity::Warning,
    }
}

/// Turns drafts into the findings of the report, in the order of their places, and flags the
/// observations they speak of.
pub(crate) fn finish(extraction: &mut Extraction, mut drafts: Vec<Draft>, checks: Vec<Check>) {
    flag(extraction, &drafts, &checks);
    drop(checks);
    drafts.sort_by(|a, b| key(a).cmp(&key(b)));
    cap(&mut drafts);
    let mut ids: FxHashMap<u64, u32> = FxHashMap::default();
    let defects = defect_names(&drafts);
    extraction.findings = drafts
        .into_iter()
        .map(|draft| {
            let hash = fnv(&[draft.code.as_str(), &draft.subject, &draft.printed, &draft.computed]);
            let count = ids.entry(hash).or_default();
            *count += 1;
            let id =
                if *count == 1 { format!("f{hash:010x}") } else { format!("f{hash:010x}-{count}") };
            let name = |at: &usize| extraction.observations[*at].id.clone();
            let of = &draft.observations;
            let once = of.iter().enumerate().filter(|(i, at)| !of[..*i].contains(at));
            let observations: Vec<SharedText> = once.map(|(_, at)| name(at)).collect();
            let suggestion = draft.suggestion.and_then(|(at, to, mends)| {
                let from = extraction.observations[at].value.number()?;
                Some(Suggestion { observation: name(&at), from, to, mends })
            });
            Finding {
                id,
                part: draft.part,
                code: draft.code,
                severity: draft.severity,
                message: message(&draft),
                place: draft.place,
                places: draft.places,
                subject: draft.subject,
                detail: draft.detail,
                printed: draft.printed,
                computed: draft.computed,
                difference: draft.difference,
                origin: draft.origin,
                observations,
                defect: draft.defect.and_then(|d| defects.get(&d).cloned()).unwrap_or_default(),
                culprit: draft.culprit,
                suggestion,
                confidence: Confidence::new(draft.confidence),
                accepted: false,
            }
        })
        .collect();
}

fn key(draft: &Draft) -> (u32, u32, u32, FindingCode, &str, &str) {
    let place = &draft.place;
    (place.page, place.line, place.column, draft.code, &draft.subject, &draft.detail)
}

/// Defects are numbered in the order of their first findings.
fn defect_names(drafts: &[Draft]) -> BTreeMap<usize, String> {
    let mut names = BTreeMap::new();
    for defect in drafts.iter().filter_map(|d| d.defect) {
        let next = names.len() + 1;
        names.entry(defect).or_insert_with(|| format!("d{next:02}"));
    }
    names
}

/// Keeps the first findings of a code in a table; one remark counts the rest.
fn cap(drafts: &mut Vec<Draft>) {
    let mut counts: BTreeMap<(SharedText, FindingCode), usize> = BTreeMap::new();
    drafts.retain(|draft| {
        if draft.table.is_empty() {
            return true;
        }
        let count = counts.entry((draft.table.clone(), draft.code)).or_default();
        *count += 1;
        *count <= CAP
    });
    for ((table, code), count) in counts.into_iter().filter(|(_, count)| *count > CAP) {
        let last = drafts.iter().rposition(|d| d.table == table && d.code == code);
        let Some(last) = last else { continue };
        let mut rest = Draft::at(code, drafts[last].part, drafts[last].place.clone());
        rest.severity = Severity::Info;
        table.as_str().clone_into(&mut rest.subject);
        rest.detail = format!("{} more of this kind in this table", count - CAP);
        drafts.insert(last + 1, rest);
    }
}

/// Flags the numbers that equations or other tables contradict.
fn flag(extraction: &mut Extraction, drafts: &[Draft], checks: &[Check]) {
    let mut add = |at: usize, flag: Flag| extraction.observations[at].flags.insert(flag);
    for check in checks.iter().filter(|c| !c.holds) {
        check.members().for_each(|at| add(at, Flag::EquationBroken));
    }
    for draft in drafts {
        let code = match draft.code {
            FindingCode::ConflictTable => Flag::ConflictTable,
            FindingCode::RowDisplaced => Flag::RowDisplaced,
            _ => continue,
        };
        draft.observations.iter().for_each(|at| add(*at, code));
    }
}

/// A short name of a content that stays the same from run to run (FNV-1a).
fn fnv(parts: &[&str]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut add = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    for part in parts {
        part.bytes().for_each(&mut add);
        add(0);
    }
    hash & 0xff_ffff_ffff
}

//! Injected faults through the whole pipeline: is a changed digit pointed out, and held responsible?

use laras_model::{Finding, FindingCode};
use laras_tests::measure::read;
use laras_tests::{Document, Gold, Report, inject};
use rayon::prelude::*;

/// How the audits fare on injected faults: of those where an equation broke, the share that a
/// finding speaks of, and, where two or more broke, the share whose changed value is held
/// responsible.
#[test]
fn injected_faults_are_found_and_blamed() {
    let mut reports = Report::corpus().expect("the corpus is part of the repository");
    match Report::shared().expect("shared gold is complete") {
        Some(shared) => reports.extend(shared.into_iter().filter(Report::is_text)),
        None => say("without the real reports: there is no shared folder (LARAS_SHARED)"),
    }
    let trials: Vec<Option<Trial>> = (0..260)
        .into_par_iter()
        .map(|seed| {
            let report = &reports[seed as usize % reports.len()];
            trial(&Document::parse(&report.text()), &report.gold, &report.name, seed)
        })
        .collect();
    let trials: Vec<Trial> = trials.into_iter().flatten().take(200).collect();
    let share = |of: &dyn Fn(&&Trial) -> bool, among: &dyn Fn(&&Trial) -> bool| {
        let all = trials.iter().filter(among).count();
        (trials.iter().filter(among).filter(of).count(), all)
    };
    let found = share(&|t| t.found, &|_| true);
    let on_row = share(&|t| t.on_row, &|_| true);
    let blamed = share(&|t| t.blamed, &|t| t.broken > 1);
    say(&format!(
        "{} trials: a finding speaks of the changed value in {} of {}, stands on its row or blames \
         it in {} of {}; two or more equations broke in {}, the value is blamed in {} of these",
        trials.len(),
        found.0,
        found.1,
        on_row.0,
        on_row.1,
        blamed.1,
        blamed.0
    ));
    for trial in trials.iter().filter(|t| !t.on_row || t.broken > 1 && !t.blamed) {
        say(&format!("  {}", trial.what));
    }
    assert_eq!(trials.len(), 200);
    assert!(found.0 * 100 >= found.1 * 95, "found {} of {}", found.0, found.1);
    assert!(on_row.0 * 100 >= on_row.1 * 95, "on the row {} of {}", on_row.0, on_row.1);
    assert!(blamed.0 * 100 >= blamed.1 * 80, "blamed {} of {}", blamed.0, blamed.1);
}

/// What became of one fault.
struct Trial {
    what: String,
    broken: usize,
    found: bool,
    on_row: bool,
    blamed: bool,
}

fn trial(report: &Document, gold: &Gold, name: &str, seed: u64) -> Option<Trial> {
    let fault = inject(report, gold, seed)?;
    let extraction = read(name, fault.document.to_text().as_bytes()).expect("the report is read");
    let changed: Vec<&str> = extraction
        .observations
        .iter()
        .filter(|o| o.place.line == fault.line && o.value.number() == Some(fault.value.1))
        .map(|o| o.id.as_str())
        .collect();
    let speaks = |f: &&Finding| f.observations.iter().any(|id| changed.contains(&id.as_str()));
    let blames = |f: &Finding| {
        f.suggestion.as_ref().is_some_and(|s| changed.contains(&s.observation.as_str()))
    };
    let arithmetic: Vec<&Finding> = extraction
        .findings
        .iter()
        .filter(|f| {
            matches!(
                f.code,
                FindingCode::SumMismatch
                    | FindingCode::PercentMismatch
                    | FindingCode::ConflictTable
            )
        })
        .collect();
    let stands = |f: &&&Finding| f.place.line == fault.line || blames(f);
    Some(Trial {
        what: format!(
            "{name}:{} seed {seed}: {} became {}, {} equations broke",
            fault.line,
            fault.raw.0,
            fault.raw.1,
            fault.broken.len()
        ),
        broken: fault.broken.len(),
        found: arithmetic.iter().any(&speaks),
        on_row: arithmetic.iter().filter(|f| speaks(f)).any(|f| stands(&f)),
        blamed: arithmetic.iter().any(|f| blames(f)),
    })
}

#[expect(clippy::print_stdout, reason = "the figures are for people")]
fn say(text: &str) {
    println!("{text}");
}

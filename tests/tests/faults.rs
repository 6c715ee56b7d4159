//! Injected faults: the equations of the gold are found, and a changed digit breaks one.

use laras_tests::{Document, EquationKind, Gold, Report, equations, inject};

fn sample(name: &str) -> (Document, Gold) {
    let mut reports = Report::corpus().expect("the corpus is part of the repository");
    reports.retain(|report| report.name == name);
    let report = reports.pop().expect("the report is in the corpus");
    (Document::parse(&report.text()), report.gold)
}

/// Counted by hand in Tabel 3.3 of the report: 38 rows with a percent, of which two are printed
/// wrong and one has no realisasi; 9 programs over their kegiatan in two columns, one wrong.
#[test]
fn equations_of_a_realisation_table_are_found() {
    let (_, gold) = sample("banggai-2019");
    let found = equations(&gold.observations);
    let in_table = |kind: EquationKind| {
        let here = found.iter().filter(|equation| {
            equation.kind == kind && gold.observations.get(equation.members[0], "table") == "t06"
        });
        here.count()
    };
    assert_eq!(in_table(EquationKind::Percent), 39 - 3);
    // Pagu: 8 programs, total over kegiatan. Realisasi: 9 programs, total over programs and over kegiatan.
    assert_eq!(in_table(EquationKind::Sum), 8 + 1 + 9 + 2);
}

#[test]
fn a_fault_changes_one_digit_on_its_line_and_breaks_an_equation() {
    for name in [
        "balen-2023",
        "banggai-2019",
        "bengkulu-2024",
        "gianyar-2021",
        "sumba-timur-2018",
        "tarakan-2022",
    ] {
        let (report, gold) = sample(name);
        let mut lines = std::collections::BTreeSet::new();
        for seed in 0..100 {
            let fault = inject(&report, &gold, seed).expect("the report has amounts that add up");
            assert!(!fault.broken.is_empty());
            lines.insert(fault.line);
            let changed: Vec<usize> = (0..report.lines.len())
                .filter(|&line| report.lines[line] != fault.document.lines[line])
                .collect();
            assert_eq!(changed, [fault.line as usize - 1]);
            assert_eq!(gold.observations.line(fault.observation), Some(fault.line));
            let (old, new) = (&report.lines[changed[0]], &fault.document.lines[changed[0]]);
            assert_eq!(old.len(), new.len());
            assert_eq!(old.bytes().zip(new.bytes()).filter(|(a, b)| a != b).count(), 1);
            assert!(new.contains(&fault.raw.1) && fault.value.0 != fault.value.1);
        }
        assert!(lines.len() > 15, "{name}: only {} lines were hit", lines.len());
    }
}

/// The real reports with gold have amounts enough for hundreds of trials.
#[test]
fn real_gold_has_equations_to_break() {
    let Some(reports) = Report::shared().expect("shared gold is complete") else {
        return say("did not run: there is no shared folder (LARAS_SHARED)");
    };
    for name in ["pontianak-2020", "tapin-2020"] {
        let found = reports.iter().find(|report| report.name == name);
        let Report { gold, .. } = found.expect("the shared folder has the report");
        let report = Document::parse(&found.map(Report::text).unwrap_or_default());
        let faults: Vec<_> = (0..200).filter_map(|seed| inject(&report, gold, seed)).collect();
        let amounts: std::collections::BTreeSet<usize> =
            faults.iter().map(|fault| fault.observation).collect();
        let several = faults.iter().filter(|fault| fault.broken.len() >= 2).count();
        say(&format!("{name}: {} amounts, {several} of 200 break two equations", amounts.len()));
        assert_eq!(faults.len(), 200);
        assert!(amounts.len() > 20 && several > 5, "{name}");
    }
}

#[expect(clippy::print_stdout, reason = "what did not run is said plainly")]
fn say(text: &str) {
    println!("{text}");
}

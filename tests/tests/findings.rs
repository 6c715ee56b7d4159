//! Small reports and the findings they must give: `findings.txt`, cases one after another.
//!
//! A case begins with a line `# what it is about`; then the report (`\t` for a tab), then one line
//! for every finding, `=> line code printed > computed`, in the order of their places. Remarks
//! (`info`) are left out. A case without such lines must give none.

use laras::{Options, extract};
use laras_model::Severity;

#[test]
fn every_case_gives_its_findings() {
    let mut failures = String::new();
    let cases: Vec<&str> = include_str!("findings.txt").split("\n# ").skip(1).collect();
    assert!(cases.len() >= 18, "{} cases", cases.len());
    for case in cases {
        let (title, body) = case.split_once('\n').expect("a case has lines");
        let (wanted, report): (Vec<&str>, Vec<&str>) =
            body.lines().partition(|line| line.starts_with("=> "));
        let report = report.join("\n").replace("\\t", "\t");
        let extraction =
            extract(report.trim_end().as_bytes(), &Options::named("case")).expect("text is read");
        let got: Vec<String> = extraction
            .findings
            .iter()
            .filter(|f| f.severity != Severity::Info)
            .map(|f| format!("=> {} {} {} > {}", f.place.line, f.code, f.printed, f.computed))
            .collect();
        let wanted: Vec<&str> = wanted.into_iter().map(str::trim_end).collect();
        let got: Vec<&str> = got.iter().map(|line| line.trim_end()).collect();
        if wanted != got {
            failures += &format!("{title}\n  want {wanted:#?}\n  got {got:#?}\n");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

//! PDFs on the command line: locked ones, and the limit of seconds.

use crate::kit::{entry, folder, laras, run_json, text, workspace};

fn pdf(name: &str) -> Vec<u8> {
    let path = workspace().join("tests/pdf/odd").join(name);
    #[expect(clippy::disallowed_methods, reason = "tests read their inputs")]
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn a_locked_pdf_opens_with_its_password_only() {
    let here = folder(&[("locked.pdf", &pdf("locked.pdf")), ("plain.pdf", &pdf("plain.pdf"))]);
    let extract = |arguments: &[&str]| {
        laras(here.path(), &[&["extract", "locked.pdf", "-o", "out"], arguments].concat())
    };
    for (arguments, words) in [
        (&[][..], "give it with --password"),
        (&["--password", "salah"], "the password given does not open it"),
    ] {
        let ran = extract(arguments);
        assert_eq!(ran.status, 3, "{}", ran.stderr);
        assert!(ran.stderr.contains(words), "{}", ran.stderr);
        let entry = entry(&run_json(&here.path().join("out")), "locked.pdf");
        assert_eq!(entry["status"], "failed");
        let shown = laras(here.path(), &[&["show", "locked.pdf"], arguments].concat());
        assert_eq!((shown.status, shown.stdout.as_str()), (2, ""));
        assert!(shown.stderr.contains(words), "{}", shown.stderr);
    }
    let ran = extract(&["--password", "rahasia"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let locked = text(&here.path().join("out/observations.csv"));
    // A password does no harm to what is not locked.
    let plain = laras(here.path(), &["extract", "plain.pdf", "-o", "two", "--password", "rahasia"]);
    assert_eq!((plain.status, plain.stderr.as_str()), (0, ""));
    let plain = text(&here.path().join("two/observations.csv"));
    assert!(plain.lines().count() > 1, "{plain}");
    assert_eq!(locked.replace("locked", "plain"), plain);
    let shown = laras(here.path(), &["show", "locked.pdf", "--password", "rahasia"]);
    assert_eq!((shown.status, shown.stderr.as_str()), (0, ""));
}

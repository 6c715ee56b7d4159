//! A corpus report as a PDF says what its text says: within 3 points of F1, whatever the style of the
//! page. `--nocapture` prints the table. Where that is not met yet, the level reached is committed in
//! `tests/scores/pdf.tsv`, and nothing may fall below it.

use laras_tests::fixtures::{STYLES, pdf_scores};

/// Most points of F1 that a PDF may lose.
const MOST_LOST: f64 = 3.0;

#[test]
fn corpus_pdfs_read_as_committed() {
    let counts = pdf_scores().expect("every fixture can be read");
    let count = |keys: &[&str], name| counts.get(keys, name).expect("it is counted") as f64;
    let f1 =
        |keys: &[&str]| 200.0 * count(keys, "full") / (count(keys, "gold") + count(keys, "found"));
    let (mut met, mut all) = (0, 0);
    println!("{:<18}{:<10}{:>6}{:>7}{:>8}", "document", "style", "F1", "lost", "names");
    for keys in counts.keys() {
        let [document, style] = keys else { panic!("two keys, not {keys:?}") };
        let (text, here) = ([document.as_str(), STYLES[0]], [document.as_str(), style.as_str()]);
        let lost = f1(&text) - f1(&here);
        let names = 100.0 * count(&here, "names_right") / count(&here, "names");
        println!("{document:<18}{style:<10}{:>6.1}{lost:>7.1}{names:>6.1} %", f1(&here));
        if style != STYLES[0] {
            all += 1;
            met += usize::from(lost <= MOST_LOST);
        }
    }
    println!("within {MOST_LOST} points of the text: {met} of {all}");
    counts.check().unwrap_or_else(|changes| panic!("{changes}"));
}

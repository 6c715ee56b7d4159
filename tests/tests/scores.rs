//! What the pipeline scores on the corpus and on the real reports is what is committed in
//! `tests/scores/`: a worse result is red and says what got worse, a better one asks to be written
//! down with `cargo xtask scores`.

use laras_tests::measure;

#[test]
fn the_corpus_scores_what_is_committed() {
    let counts = measure::corpus_scores().expect("the corpus can be read");
    counts.check().unwrap_or_else(|changes| panic!("{changes}"));
}

#[test]
fn the_real_reports_score_what_is_committed() {
    match measure::shared_scores().expect("the shared folder is sound") {
        Some(counts) => counts.check().unwrap_or_else(|changes| panic!("{changes}")),
        None => say("did not run on real reports: there is no shared folder (LARAS_SHARED)"),
    }
}

#[expect(clippy::print_stdout, reason = "what did not run is said plainly")]
fn say(text: &str) {
    println!("{text}");
}

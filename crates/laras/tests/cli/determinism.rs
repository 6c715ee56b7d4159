//! The same files in give the same bytes out, whatever the number of threads and the run.

use crate::kit::{arguments, corpus, files, folder, laras, shared_texts, text};

#[test]
fn threads_and_runs_change_no_byte() {
    let here = folder(&[]);
    let mut inputs = corpus();
    inputs.extend(shared_texts("threads_and_runs_change_no_byte"));
    let runs = [("one", "1"), ("two", "2"), ("again", "2")];
    for (out, jobs) in runs {
        let mut words = vec!["extract", "-o", out, "--jobs", jobs];
        words.extend(arguments(&inputs));
        let ran = laras(here.path(), &words);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
    }
    let [one, two, again] = runs.map(|(out, _)| here.path().join(out));
    let written = files(&one);
    assert_eq!(written.len(), inputs.len() + 5, "{written:?}");
    for other in [&two, &again] {
        assert_eq!(files(other), written);
        for name in written.iter().filter(|name| *name != "run.json") {
            assert!(text(&one.join(name)) == text(&other.join(name)), "{name} differs");
        }
    }
}

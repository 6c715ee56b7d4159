//! `cargo xtask NAME`: writes the committed files that are made from the code.
//!
//! One module a task; a task writes its files and says which of them changed. What a task writes is
//! checked by a test, so that nobody has to remember to run it.

#![expect(clippy::print_stdout, reason = "a tool for people says what it did")]
#![expect(clippy::print_stderr, reason = "a tool for people says what went wrong")]

mod calibrate;
mod logistic;
mod schema;
mod scores;
mod write;

use std::process::ExitCode;

use anyhow::Result;

/// A task: its name, what it does, and how.
type Task = (&'static str, &'static str, fn() -> Result<()>);

/// Every task.
const TASKS: &[Task] = &[
    ("calibrate", "fit the confidence to gold and write docs/confidence.md", calibrate::calibrate),
    ("schema", "write the JSON Schemas in schemas/", schema::write_schemas),
    ("scores", "count again what tests/scores/ holds", scores::write_scores),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name] = arguments.as_slice() else { return usage("one task is expected") };
    let Some((_, _, run)) = TASKS.iter().find(|(task, _, _)| task == name) else {
        return usage(&format!("there is no task `{name}`"));
    };
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask {name}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn usage(problem: &str) -> ExitCode {
    eprintln!("{problem}; usage: cargo xtask TASK");
    for (name, what, _) in TASKS {
        eprintln!("  {name:<10}{what}");
    }
    ExitCode::from(2)
}

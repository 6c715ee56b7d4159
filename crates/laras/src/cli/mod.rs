//! Commands, one module each. Data goes to standard output only when asked; progress and remarks go
//! to standard error.
//!
//! Exit status: 0 done, 1 findings at or above a limit, 2 usage or no input at all, 3 some inputs
//! could not be read.

mod audit;
mod data;
mod extract;
mod inputs;
mod limits;
mod matching;
mod nomenclature;
mod number;
mod overlay;
mod schema;
mod score;
mod show;
mod show_table;
mod snippet;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Reads the reports of Indonesian local governments into data that can be trusted and compared.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read reports and write normalised JSON and tidy tables.
    Extract(extract::Extract),
    /// Point out what does not add up.
    Audit(audit::Audit),
    /// Show what was read from one report.
    Show(show::Show),
    /// Match names with the official nomenclature; CSV out.
    Match(matching::MatchCommand),
    /// Look up codes of the nomenclature, carry them to another edition, check a data folder.
    Nomenclature(nomenclature::NomenclatureCommand),
    /// Read texts as numbers, one JSON object a line.
    Number(number::Number),
    /// Score an export against hand-made gold.
    Score(score::Score),
    /// Print the JSON Schema of the output.
    Schema(schema::SchemaCommand),
}

/// Exit status if there are findings at or above the limit, or what was to be checked is wrong.
const FOUND: u8 = 1;
/// Exit status for usage errors and for runs without any input.
const USAGE: u8 = 2;
/// Exit status if some inputs could not be read.
const UNREAD: u8 = 3;

/// Runs the command that the process was started with.
#[expect(clippy::print_stderr, reason = "the one place where errors reach people")]
pub(crate) fn run() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Extract(command) => command.run(),
        Command::Audit(command) => command.run(),
        Command::Show(command) => command.run(),
        Command::Match(command) => command.run(),
        Command::Nomenclature(command) => command.run(),
        Command::Number(command) => command.run(),
        Command::Score(command) => command.run(),
        Command::Schema(command) => command.run(),
    };
    match result {
        Ok(code) => code,
        // Whoever reads our output has heard enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("laras: {error:#}");
            ExitCode::from(USAGE)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
}

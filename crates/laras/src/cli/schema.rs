//! `laras schema`: the JSON Schemas of what is written.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

/// Print the JSON Schema of the output.
#[derive(Debug, Args)]
pub(crate) struct SchemaCommand {
    /// The schema of run.json instead of that of a document.
    #[arg(long)]
    run: bool,
}

impl SchemaCommand {
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let schema =
            if self.run { laras_export::run_schema() } else { laras_export::extraction_schema() };
        std::io::stdout().lock().write_all(schema.as_bytes())?;
        Ok(ExitCode::SUCCESS)
    }
}

//! `laras number`: how texts can be read as numbers, one JSON object a line.

use std::io::{BufRead, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;
use laras_number::cli_line;

/// Read texts as the reports print numbers; one JSON object a line, readings best first.
#[derive(Debug, Args)]
pub(crate) struct Number {
    /// The texts, one cell each; the lines of standard input if there are none.
    #[arg(allow_hyphen_values = true)]
    texts: Vec<String>,
}

impl Number {
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        for text in &self.texts {
            write_line(&mut out, text)?;
        }
        if self.texts.is_empty() {
            each_line(|line| write_line(&mut out, line))?;
        }
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

fn write_line(out: &mut impl Write, text: &str) -> Result<()> {
    serde_json::to_writer(&mut *out, &cli_line(text)).map_err(std::io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}

/// Calls `line` with each line of standard input, without its end; bytes that are no UTF-8 become
/// replacement characters.
pub(crate) fn each_line(mut line: impl FnMut(&str) -> Result<()>) -> Result<()> {
    let mut input = std::io::stdin().lock();
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let read = input.read_until(b'\n', &mut bytes).context("standard input cannot be read")?;
        if read == 0 {
            return Ok(());
        }
        let end = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        let end = end.strip_suffix(b"\r").unwrap_or(end);
        line(&String::from_utf8_lossy(end))?;
    }
}

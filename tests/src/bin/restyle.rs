//! `restyle [--style NAME] [--damage NAME]… [--seed N] REPORT GOLD OUTDIR`
//!
//! Writes a report in another dress, with its gold, so that a person can look at it:
//! `OUTDIR/<name>.txt` and `OUTDIR/gold/`.

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

use laras_tests::{CorpusError, Damage, Gold, Recipe, Style, write_variant};

fn main() -> Result<(), Box<dyn Error>> {
    let mut recipe = Recipe::new(Style::Tabs, 1);
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--style" => recipe.style = value()?.parse()?,
            "--damage" => recipe.damages.push(value()?.parse::<Damage>()?),
            "--seed" => recipe.seed = value()?.parse()?,
            _ => paths.push(argument.into()),
        }
    }
    let [report, gold, out] = paths.as_slice() else {
        return Err(
            "usage: restyle [--style NAME] [--damage NAME] [--seed N] REPORT GOLD OUTDIR".into()
        );
    };
    #[expect(clippy::disallowed_methods, reason = "a tool for people reads what it is given")]
    let text = std::fs::read_to_string(report)
        .map_err(|source| CorpusError::Io { path: report.clone(), source })?;
    let variant = write_variant(&text, &Gold::read(gold)?, &recipe);
    variant.gold.write(&out.join("gold"))?;
    let path = out.join(report.file_name().ok_or("REPORT names no file")?);
    #[expect(clippy::disallowed_methods, reason = "a tool for people writes where it is told")]
    std::fs::write(&path, &variant.bytes).map_err(|source| CorpusError::Io { path, source })?;
    writeln!(
        std::io::stdout(),
        "{} bytes, {} lines from {}, style {}",
        variant.bytes.len(),
        variant.text.lines().count(),
        variant.map.len(),
        recipe.style
    )?;
    Ok(())
}

//! `generate [--corpus FOLDER] [--seed N] MEGABYTES OUTDIR`
//!
//! Fills a folder with plausible reports for benches: corpus reports with other regions, years and
//! amounts, in every style.

use std::error::Error;
use std::io::Write;
use std::path::Path;

use laras_tests::{
    CorpusError, Gold, Recipe, Report, Rng, Style, corpus_folder, vary, write_variant,
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut corpus = corpus_folder();
    let mut seed = 1;
    let mut rest: Vec<String> = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--corpus" => corpus = value()?.into(),
            "--seed" => seed = value()?.parse()?,
            _ => rest.push(argument),
        }
    }
    let [megabytes, out] = rest.as_slice() else {
        return Err("usage: generate [--corpus FOLDER] [--seed N] MEGABYTES OUTDIR".into());
    };
    let wanted = (megabytes.parse::<f64>()? * 1e6) as usize;
    let out = Path::new(out);
    std::fs::create_dir_all(out).map_err(|source| CorpusError::Io { path: out.into(), source })?;
    let reports = Report::of_corpus(&corpus)?;
    let mut rng = Rng::new(seed);
    let (mut written, mut files) = (0, 0);
    while written < wanted {
        let report = rng.pick(&reports).ok_or("the corpus holds no report")?;
        let region = report.gold.identity["region"].as_str().unwrap_or_default();
        let style = rng.pick(&Style::ALL).copied().unwrap_or(Style::Tabs);
        let seed = rng.next();
        let recipe = Recipe::new(style, seed);
        let bytes =
            write_variant(&vary(&report.text(), region, seed), &Gold::default(), &recipe).bytes;
        let path = out.join(format!("{files:05}-{}-{style}.txt", report.name));
        #[expect(
            clippy::disallowed_methods,
            reason = "a tool for benches writes where it is told"
        )]
        std::fs::write(&path, &bytes).map_err(|source| CorpusError::Io { path, source })?;
        written += bytes.len();
        files += 1;
    }
    writeln!(std::io::stdout(), "{files} files, {written} bytes in {}", out.display())?;
    Ok(())
}

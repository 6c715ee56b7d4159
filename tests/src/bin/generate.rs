//! `generate [--corpus FOLDER] [--seed N] MEGABYTES OUTDIR`
//!
//! Fills a folder with plausible reports for benches: corpus reports with other regions, years and
//! amounts, in every style.

use std::error::Error;
use std::io::Write;
use std::path::Path;

use laras_tests::{CorpusError, Report, batch, corpus_folder};

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
    let (mut written, mut files) = (0, 0);
    for (name, bytes) in batch(&reports, seed) {
        if written >= wanted {
            break;
        }
        let path = out.join(name + ".txt");
        #[expect(
            clippy::disallowed_methods,
            reason = "a tool for benches writes where it is told"
        )]
        std::fs::write(&path, &bytes).map_err(|source| CorpusError::Io { path, source })?;
        written += bytes.len();
        files += 1;
    }
    if files == 0 && wanted > 0 {
        return Err("the corpus holds no report".into());
    }
    writeln!(std::io::stdout(), "{files} files, {written} bytes in {}", out.display())?;
    Ok(())
}

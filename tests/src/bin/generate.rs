//! `generate [--corpus FOLDER] [--seed N] MEGABYTES OUTDIR`
//!
//! Fills a folder with plausible reports for benches: corpus reports with other regions, years and
//! amounts, in every style.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};

use laras_tests::{CorpusError, Gold, Recipe, Rng, Style, vary, write_variant};

fn main() -> Result<(), Box<dyn Error>> {
    let mut corpus = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus"));
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
    let reports = reports(&corpus)?;
    let mut rng = Rng::new(seed);
    let (mut written, mut files) = (0, 0);
    while written < wanted {
        let (name, text, region) = rng.pick(&reports).ok_or("the corpus holds no report")?;
        let style = rng.pick(&Style::ALL).copied().unwrap_or(Style::Tabs);
        let seed = rng.next();
        let recipe = Recipe::new(style, seed);
        let bytes = write_variant(&vary(text, region, seed), &Gold::default(), &recipe).bytes;
        let path = out.join(format!("{files:05}-{name}-{style}.txt"));
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

/// Name, text and region of a corpus report.
type Report = (String, String, String);

/// Every corpus report, in the order of their names.
fn reports(corpus: &Path) -> Result<Vec<Report>, CorpusError> {
    let io = |source| CorpusError::Io { path: corpus.into(), source };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(corpus).map_err(io)? {
        let folder = entry.map_err(io)?.path();
        let path = folder.join("report.txt");
        if !path.is_file() {
            continue;
        }
        #[expect(clippy::disallowed_methods, reason = "a tool for benches reads the corpus")]
        let text = std::fs::read_to_string(&path)
            .map_err(|source| CorpusError::Io { path: path.clone(), source })?;
        let gold = Gold::read(&folder.join("gold"))?;
        let region = gold.identity["region"].as_str().unwrap_or_default().to_owned();
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or("report").to_owned();
        found.push((name, text, region));
    }
    found.sort();
    Ok(found)
}

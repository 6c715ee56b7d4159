//! The official names that a command works with: the built-in ones or a folder's, and the names
//! that a user has decided.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use laras_nomenclature::{FILES, Nomenclature, Overrides, Problem};

/// Most problems of a file that are printed in an error.
const MOST_SAID: usize = 20;

/// Where official names come from.
#[derive(Debug, Args)]
pub(crate) struct NameData {
    /// Folder whose files replace the built-in nomenclature; `laras nomenclature check` says what
    /// is wrong with one.
    #[arg(long, value_name = "DIR")]
    nomenclature: Option<PathBuf>,
    /// Table (TSV with the columns name, code, note) of names that were decided by people; code is
    /// a code of the nomenclature or the word local.
    #[arg(long, value_name = "FILE")]
    overrides: Option<PathBuf>,
}

/// The official names of a run. They are loaded once and live as long as the process.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Names {
    pub(crate) nomenclature: &'static Nomenclature,
    pub(crate) overrides: Option<&'static Overrides>,
}

impl NameData {
    /// Loads what was asked for.
    ///
    /// A broken folder or table is an error that says file, line and fault; nothing is used in its
    /// place.
    pub(crate) fn load(&self) -> Result<Names> {
        let nomenclature = nomenclature(self.nomenclature.as_deref())?;
        let overrides = match &self.overrides {
            Some(path) => Some(overrides(path, nomenclature)?),
            None => None,
        };
        Ok(Names { nomenclature, overrides })
    }
}

/// The nomenclature of a folder, or the built-in one where none is named.
pub(crate) fn nomenclature(folder: Option<&Path>) -> Result<&'static Nomenclature> {
    let Some(folder) = folder else { return Ok(Nomenclature::builtin()) };
    let files = files(folder)?;
    match Nomenclature::from_tables(&borrowed(&files)) {
        Ok(loaded) => Ok(Box::leak(Box::new(loaded))),
        Err(error) => bail!(
            "{}: the nomenclature cannot be used; correct the files, or leave out --nomenclature:\n{}",
            folder.display(),
            listed(&error.problems, folder)
        ),
    }
}

/// What is wrong with the files of a folder.
pub(crate) fn check(folder: &Path) -> Result<Vec<Problem>> {
    Ok(Nomenclature::check(&borrowed(&files(folder)?)))
}

type NamedBytes = (&'static str, Vec<u8>);

/// The files of a nomenclature that are in a folder.
fn files(folder: &Path) -> Result<Vec<NamedBytes>> {
    if !folder.is_dir() {
        bail!(
            "{}: no such folder; name the folder that holds nomenclature-90.tsv",
            folder.display()
        );
    }
    let mut files = Vec::new();
    for (name, _) in FILES {
        let path = folder.join(name);
        if path.exists() {
            files.push((*name, bytes(&path)?));
        }
    }
    Ok(files)
}

fn borrowed(files: &[NamedBytes]) -> Vec<(&str, &[u8])> {
    files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect()
}

fn overrides(path: &Path, nomenclature: &Nomenclature) -> Result<&'static Overrides> {
    let shown = path.display();
    let text = String::from_utf8(bytes(path)?).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count();
        anyhow::anyhow!("{shown}:{line}: not UTF-8; save the table as UTF-8 text")
    })?;
    match Overrides::read(&shown.to_string(), &text, nomenclature) {
        Ok(overrides) => Ok(Box::leak(Box::new(overrides))),
        Err(problems) => {
            bail!(
                "the table of decided names cannot be used:\n{}",
                listed(&problems, Path::new(""))
            )
        }
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|mut file| file.read_to_end(&mut bytes))
        .with_context(|| format!("{}: cannot be read; check that it is there", path.display()))?;
    Ok(bytes)
}

/// One problem a line, with the path of its file.
fn listed(problems: &[Problem], folder: &Path) -> String {
    let mut lines: Vec<String> =
        problems.iter().take(MOST_SAID).map(|problem| shown(problem, folder)).collect();
    if problems.len() > MOST_SAID {
        lines.push(format!("and {} more", problems.len() - MOST_SAID));
    }
    lines.join("\n")
}

/// A problem with the path of its file: `folder/regions.tsv:3: …`.
pub(crate) fn shown(problem: &Problem, folder: &Path) -> String {
    let path = folder.join(&problem.file);
    match problem.line {
        0 => format!("{}: {}", path.display(), problem.what),
        line => format!("{}:{line}: {}", path.display(), problem.what),
    }
}

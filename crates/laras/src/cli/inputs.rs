//! The inputs of a run: files, folders and standard input, each with a document name of its own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Endings of the files that are looked for in folders.
const ENDINGS: [&str; 8] = ["txt", "text", "md", "html", "htm", "csv", "tsv", "pdf"];

/// One input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Input {
    /// Where to read it; `None` for standard input.
    pub(crate) path: Option<PathBuf>,
    /// As it was given, or as it was found in a folder that was given.
    pub(crate) shown: String,
    /// Its name in the tables, no other input's.
    pub(crate) document: String,
}

/// Finds the inputs that the paths name, in order; folders are searched through, sorted by name.
pub(crate) fn inputs(paths: &[PathBuf]) -> Result<Vec<Input>> {
    let mut found: Vec<Option<PathBuf>> = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            found.push(None);
        } else if path.is_dir() {
            let mut files = Vec::new();
            search(path, &mut files)?;
            files.sort();
            found.extend(files.into_iter().map(Some));
        } else {
            found.push(Some(path.clone()));
        }
    }
    // A file that is named twice is read once.
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|path| seen.insert(path.clone()));
    let names = documents(&found);
    Ok(found
        .into_iter()
        .zip(names)
        .map(|(path, document)| Input {
            shown: path.as_ref().map_or_else(|| "-".to_owned(), |p| p.display().to_string()),
            path,
            document,
        })
        .collect())
}

fn search(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| {
        format!("{}: the folder cannot be opened; check its permissions", folder.display())
    })?;
    for entry in entries {
        let entry =
            entry.with_context(|| format!("{}: the folder cannot be read", folder.display()))?;
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if hidden {
            continue;
        }
        if path.is_dir() {
            search(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|e| ENDINGS.contains(&e.to_string_lossy().to_lowercase().as_str()))
        {
            files.push(path);
        }
    }
    Ok(())
}

/// Document names: the stem; where inputs share one, the path from their common folder without its
/// ending; where that is shared too, with its ending.
fn documents(paths: &[Option<PathBuf>]) -> Vec<String> {
    let stem =
        |p: &PathBuf| p.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let common = common_folder(paths);
    let relative = |p: &PathBuf, ending: bool| {
        let p = p.strip_prefix(&common).unwrap_or(p);
        let p = if ending { p.to_owned() } else { p.with_extension("") };
        let parts: Vec<String> = p
            .components()
            .filter_map(|c| match c {
                std::path::Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
                _ => None,
            })
            .collect();
        parts.join("/")
    };
    let mut names: Vec<String> =
        paths.iter().map(|p| p.as_ref().map_or_else(|| "stdin".to_owned(), stem)).collect();
    for ending in [false, true] {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for name in &names {
            *counts.entry(name.to_lowercase()).or_default() += 1;
        }
        for (name, path) in names.iter_mut().zip(paths) {
            // `run.json` is the report of the run.
            let taken =
                counts[&name.to_lowercase()] > 1 || (ending && name.eq_ignore_ascii_case("run"));
            if let Some(path) = path.as_ref().filter(|_| taken) {
                *name = relative(path, ending);
            }
        }
    }
    names
}

fn common_folder(paths: &[Option<PathBuf>]) -> PathBuf {
    let mut folders =
        paths.iter().flatten().map(|p| p.parent().unwrap_or(Path::new("")).to_owned());
    let Some(mut common) = folders.next() else { return PathBuf::new() };
    for folder in folders {
        while !folder.starts_with(&common) {
            if !common.pop() {
                return PathBuf::new();
            }
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(paths: &[&str]) -> Vec<String> {
        documents(&paths.iter().map(|p| Some(PathBuf::from(p))).collect::<Vec<_>>())
    }

    #[test]
    fn inputs_with_one_stem_get_names_of_their_own() {
        assert_eq!(names(&["a/x.txt", "a/y.txt"]), ["x", "y"]);
        assert_eq!(
            names(&["r/satu/report.txt", "r/dua/report.txt", "r/z.txt"]),
            ["satu/report", "dua/report", "z"]
        );
        assert_eq!(names(&["a/x.txt", "a/x.pdf"]), ["x.txt", "x.pdf"]);
        assert_eq!(names(&["a/run.txt"]), ["run.txt"]);
    }
}

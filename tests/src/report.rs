//! Where reports with gold are found: in the corpus, and in the shared folder.

use std::path::{Path, PathBuf};

use crate::error::CorpusError;
use crate::gold::Gold;

/// A report, its bytes and its truth.
#[derive(Clone, Debug)]
pub struct Report {
    /// The document's name: the file's stem.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// The truth about it.
    pub gold: Gold,
}

impl Report {
    /// Every report of the corpus, sorted by name.
    ///
    /// # Errors
    /// When the corpus cannot be read or a report has no gold.
    pub fn corpus() -> Result<Vec<Self>, CorpusError> {
        Self::of_corpus(&corpus_folder())
    }

    /// Every report of a folder laid out as the corpus is: `<name>/<name>.txt` and `<name>/gold/`.
    ///
    /// # Errors
    /// When the folder cannot be read or a report has no gold.
    pub fn of_corpus(folder: &Path) -> Result<Vec<Self>, CorpusError> {
        let mut reports = Vec::new();
        for name in folders(folder)? {
            let path = folder.join(&name).join(&name).with_extension("txt");
            if path.is_file() {
                let gold = folder.join(&name).join("gold");
                reports.push(Self::read(name, path, &gold)?);
            }
        }
        Ok(reports)
    }

    /// Every report of the shared folder that has gold, sorted by name; `None` where there is no
    /// shared folder.
    ///
    /// # Errors
    /// When a document or its gold cannot be read.
    pub fn shared() -> Result<Option<Vec<Self>>, CorpusError> {
        let Some(shared) = shared_folder() else { return Ok(None) };
        let (documents, gold) = (shared.join("documents"), shared.join("gold"));
        let mut reports = Vec::new();
        for name in folders(&gold)? {
            let endings = ["txt", "pdf"].map(|ending| documents.join(format!("{name}.{ending}")));
            if let Some(path) = endings.into_iter().find(|path| path.is_file()) {
                let gold = gold.join(&name);
                reports.push(Self::read(name, path, &gold)?);
            }
        }
        Ok(Some(reports))
    }

    fn read(name: String, path: PathBuf, gold: &Path) -> Result<Self, CorpusError> {
        #[expect(clippy::disallowed_methods, reason = "the suite reads its reports")]
        let bytes = std::fs::read(&path)
            .map_err(|source| CorpusError::Io { path: path.clone(), source })?;
        Ok(Self { name, path, bytes, gold: Gold::read(gold)? })
    }

    /// Whether this is text and not a PDF.
    pub fn is_text(&self) -> bool {
        self.path.extension().is_some_and(|ending| ending == "txt")
    }

    /// The text of a UTF-8 report.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }
}

/// The folder of our own reports.
pub fn corpus_folder() -> PathBuf {
    workspace_folder().join("corpus")
}

/// The top folder of the repository.
pub fn workspace_folder() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// The folder of real documents that stands beside the repository: `LARAS_SHARED`, or `../shared`,
/// both seen from the repository; `None` where there is none.
pub fn shared_folder() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "the shared folder is named by the environment")]
    let named = std::env::var("LARAS_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let folder = workspace_folder().join(named);
    folder.join("gold").is_dir().then_some(folder)
}

/// The names of the folders in a folder, sorted.
fn folders(folder: &Path) -> Result<Vec<String>, CorpusError> {
    let io = |source| CorpusError::Io { path: folder.to_owned(), source };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io)? {
        let entry = entry.map_err(io)?;
        if entry.path().is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

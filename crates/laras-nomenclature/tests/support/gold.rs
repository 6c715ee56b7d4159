//! The hand-made gold of real reports, where it is at hand.

use std::path::PathBuf;

/// A name of a gold document.
#[derive(Clone, Debug)]
pub(crate) struct GoldName {
    pub(crate) line: String,
    pub(crate) level: String,
    pub(crate) name: String,
    /// Codes that count as right; empty for a local name.
    pub(crate) codes: Vec<String>,
    pub(crate) note: String,
    /// Left or right half of twin plans.
    pub(crate) plan: u32,
}

impl GoldName {
    /// Whether the scorer judges it: `None` in `codes` and not local means gold does not know.
    pub(crate) fn is_scored(&self) -> bool {
        !["unsure", "merge", "gabung"].iter().any(|word| self.note.contains(word))
    }
}

/// A gold document.
#[derive(Clone, Debug)]
pub(crate) struct GoldDocument {
    pub(crate) name: String,
    pub(crate) year: u16,
    pub(crate) rows: Vec<GoldName>,
}

/// The folder of shared material; `None`, said on standard error, where it is absent.
pub(crate) fn shared() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "tests find the shared folder by it")]
    let folder = std::env::var("LARAS_SHARED").map_or_else(
        |_| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    if folder.join("gold").is_dir() {
        return Some(folder);
    }
    #[expect(clippy::print_stderr, reason = "a test that does not run says so")]
    {
        eprintln!("NOT RUN: no gold in {} (set LARAS_SHARED)", folder.display());
    }
    None
}

/// Every gold document with names, by name.
pub(crate) fn documents(shared: &std::path::Path) -> Vec<GoldDocument> {
    let mut documents = Vec::new();
    let Ok(folders) = std::fs::read_dir(shared.join("gold")) else { return documents };
    for folder in folders.flatten() {
        #[expect(clippy::disallowed_methods, reason = "tests read gold themselves")]
        let Ok(text) = std::fs::read_to_string(folder.path().join("names.tsv")) else { continue };
        let name = folder.file_name().to_string_lossy().into_owned();
        let year = name.rsplit('-').next().and_then(|year| year.parse().ok()).unwrap_or(0);
        let mut lines = text.lines();
        let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
        let column = |name: &str| header.iter().position(|column| *column == name);
        let rows = lines
            .filter(|line| !line.trim().is_empty())
            .filter_map(|line| {
                let cells: Vec<&str> = line.split('\t').collect();
                let cell = |name: &str| {
                    column(name).and_then(|at| cells.get(at)).copied().unwrap_or_default()
                };
                let both = format!("{}|{}", cell("code13"), cell("code90"));
                let codes: Vec<String> = both
                    .split(['|', ',', ';', ' '])
                    .filter(|code| code.contains(|c: char| c.is_ascii_digit()))
                    .map(str::to_owned)
                    .collect();
                if codes.is_empty() && !both.contains("local") {
                    return None; // gold does not know
                }
                let page = cell("page");
                Some(GoldName {
                    line: if page.is_empty() { cell("line") } else { page }.to_owned(),
                    level: cell("level").to_owned(),
                    name: cell("name").to_owned(),
                    codes,
                    note: cell("note").to_owned(),
                    plan: u32::from(cell("note").contains("right half")),
                })
            })
            .collect();
        documents.push(GoldDocument { name, year, rows });
    }
    documents.sort_by(|a, b| a.name.cmp(&b.name));
    documents
}

/// The numeric parts of a code, as the scorer compares them.
fn parts(code: &str) -> Vec<String> {
    let code = code.trim();
    let code = code.strip_prefix("X.XX.").unwrap_or(code);
    code.split('.')
        .map(|part| part.trim_start_matches('0'))
        .map(|part| if part.is_empty() { "0" } else { part }.to_owned())
        .collect()
}

/// Whether two codes count as the same one.
pub(crate) fn is_same_code(want: &str, got: &str) -> bool {
    let cut = |code: &str| {
        let parts = parts(code);
        if parts.len() > 2 && parts[0] == "1" && parts[1] == "19" {
            parts[2..].to_vec()
        } else {
            parts
        }
    };
    let (want, got) = (cut(want), cut(got));
    let (short, long) = if want.len() < got.len() { (want, got) } else { (got, want) };
    short == long || (short.len() >= 3 && long.ends_with(&short))
}

//! Runs the binary in folders of its own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// What a run of the binary left behind.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs `laras` with these arguments in a folder.
#[track_caller]
pub(crate) fn laras(folder: &Path, arguments: &[&str]) -> Ran {
    ran(Command::new(env!("CARGO_BIN_EXE_laras")).current_dir(folder).args(arguments), b"")
}

/// Runs a command with these bytes as its standard input.
#[track_caller]
pub(crate) fn ran(command: &mut Command, input: &[u8]) -> Ran {
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().expect("the command starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    // Whoever does not read its input may close it.
    let _ = stdin.write_all(input);
    drop(stdin);
    let output = child.wait_with_output().expect("the command ends");
    Ran {
        status: output.status.code().expect("no signal ended it"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// A folder for one test, with files in it.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("room for a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder");
        #[expect(clippy::disallowed_methods, reason = "tests write their inputs")]
        std::fs::write(&path, bytes).expect("a file");
    }
    folder
}

/// A small report of ours with one table of two numbers.
pub(crate) const REPORT: &str = "LAPORAN KINERJA INSTANSI PEMERINTAH\n\
    DINAS PERPUSTAKAAN KABUPATEN TAPIN\nTAHUN 2023\n\n\
    Tabel 1 Anggaran dan realisasi\n\n\
    No\tProgram\tPagu (Rp)\tRealisasi (Rp)\n\
    1\tProgram Pembinaan Perpustakaan\t1.250.000,00\t1.000.000,00\n";

/// The text of a file.
#[track_caller]
pub(crate) fn text(path: &Path) -> String {
    #[expect(clippy::disallowed_methods, reason = "tests read what was written")]
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// `run.json` of an export.
#[track_caller]
pub(crate) fn run_json(out: &Path) -> Value {
    serde_json::from_str(&text(&out.join("run.json"))).expect("run.json is JSON")
}

/// The entry of an input, by the end of its name.
#[track_caller]
pub(crate) fn entry(run: &Value, input: &str) -> Value {
    let entries = run["documents"].as_array().expect("a list");
    let mine = |entry: &&Value| entry["input"].as_str().is_some_and(|name| name.ends_with(input));
    entries.iter().find(mine).unwrap_or_else(|| panic!("run.json has no entry {input}")).clone()
}

/// Every file below a folder, as paths from there, sorted.
pub(crate) fn files(folder: &Path) -> Vec<String> {
    fn search(top: &Path, folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                search(top, &path, found);
            } else {
                let name = path.strip_prefix(top).expect("it is below").display().to_string();
                found.push(name);
            }
        }
    }
    let mut found = Vec::new();
    search(folder, folder, &mut found);
    found.sort();
    found
}

/// The top folder of the repository.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The reports of the corpus.
pub(crate) fn corpus() -> Vec<PathBuf> {
    let folders = std::fs::read_dir(workspace().join("corpus")).expect("the corpus is there");
    let mut reports: Vec<PathBuf> = folders
        .map(|entry| entry.expect("an entry").path())
        .filter_map(|folder| Some(folder.join(folder.file_name()?).with_extension("txt")))
        .filter(|path| path.is_file())
        .collect();
    reports.sort();
    assert!(reports.len() >= 6, "the corpus lost its reports");
    reports
}

/// The shared folder beside the repository; says so where there is none.
pub(crate) fn shared(test: &str) -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "the shared folder is named by the environment")]
    let named = std::env::var("LARAS_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let folder = workspace().join(named);
    if folder.join("gold").is_dir() {
        return Some(folder);
    }
    #[expect(clippy::print_stdout, reason = "what did not run is said plainly")]
    {
        println!("{test} did not run on real reports: no shared folder (LARAS_SHARED)");
    }
    None
}

/// The real text reports.
pub(crate) fn shared_texts(test: &str) -> Vec<PathBuf> {
    let Some(shared) = shared(test) else { return Vec::new() };
    let entries = std::fs::read_dir(shared.join("documents")).expect("real documents");
    let mut texts: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    texts.sort();
    texts
}

/// Paths as arguments.
pub(crate) fn arguments(paths: &[PathBuf]) -> Vec<&str> {
    paths.iter().map(|path| path.to_str().expect("UTF-8")).collect()
}

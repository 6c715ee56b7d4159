//! Writing a committed file, and saying whether that changed it.

use std::path::Path;

use anyhow::{Context, Result};

#[expect(clippy::disallowed_methods, reason = "tasks write committed files")]
pub(crate) fn write(path: &Path, text: &str) -> Result<()> {
    let changed = std::fs::read_to_string(path).map_or(true, |before| before != text);
    if changed {
        std::fs::write(path, text).with_context(|| {
            format!("{}: cannot be written; is the folder there?", path.display())
        })?;
    }
    println!("{}: {}", path.display(), if changed { "written" } else { "unchanged" });
    Ok(())
}

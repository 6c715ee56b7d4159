//! Files that appear whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::ExportError;

/// Writes a file through a temporary one beside it, renamed when it is whole.
pub(crate) fn write(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<(), ExportError> {
    let fail = |source| ExportError { path: path.to_owned(), source };
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let temporary = path.with_file_name(format!(".{name}.part"));
    let result = (|| {
        let mut file = BufWriter::new(File::create(&temporary)?);
        fill(&mut file)?;
        file.flush()?;
        fs::rename(&temporary, path)
    })();
    if result.is_err() {
        // The part is of no use; that it may be gone already does not matter.
        let _ = fs::remove_file(&temporary);
    }
    result.map_err(fail)
}

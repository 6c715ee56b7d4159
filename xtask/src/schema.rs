//! The published JSON Schemas, from the types.

use anyhow::Result;
use laras_tests::workspace_folder;

use crate::write::write;

pub(crate) fn write_schemas() -> Result<()> {
    let folder = workspace_folder().join("schemas");
    write(&folder.join("extraction.schema.json"), &laras_export::extraction_schema())?;
    write(&folder.join("run.schema.json"), &laras_export::run_schema())
}

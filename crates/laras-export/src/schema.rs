//! JSON Schemas of what is written.

use laras_model::Extraction;
use schemars::schema_for;

use crate::RunReport;

/// The JSON Schema (2020-12) of a document's JSON, with a final newline.
pub fn extraction_schema() -> String {
    text(&schema_for!(Extraction))
}

/// The JSON Schema (2020-12) of `run.json`, with a final newline.
pub fn run_schema() -> String {
    text(&schema_for!(RunReport))
}

fn text(schema: &schemars::Schema) -> String {
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}

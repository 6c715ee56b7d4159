//! The committed counts, from running the pipeline.

use anyhow::Result;
use laras_tests::counts::{CountFile, Counts};
use laras_tests::{fixtures, measure};

use crate::write::write;

pub(crate) fn write_scores() -> Result<()> {
    file(&measure::CORPUS, &measure::corpus_scores()?)?;
    file(&measure::VARIANTS, &measure::variant_scores()?)?;
    file(&fixtures::PDF, &fixtures::pdf_scores()?)?;
    for (name, counts) in [
        (&measure::SHARED, measure::shared_scores()?),
        (&measure::SHARED_VARIANTS, measure::shared_variant_scores()?),
    ] {
        match counts {
            Some(counts) => file(name, &counts)?,
            None => println!(
                "{}: left as it is, for there is no shared folder (LARAS_SHARED)",
                name.name
            ),
        }
    }
    Ok(())
}

fn file(file: &CountFile, counts: &Counts) -> Result<()> {
    write(&file.path(), &counts.to_text())
}

//! The CSV tables of a run: rows of many documents, in their order, without keeping them.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use laras_model::Extraction;

use crate::rows::TableName;
use crate::{ExportError, atomic};

/// Collects the rows of a run's documents and writes the four CSV tables.
///
/// Documents may be added from several threads and in any order; their numbers give the order of
/// the rows. Until [`Tables::finish`], the rows of each document wait in a file of their own.
#[derive(Debug)]
pub struct Tables {
    folder: PathBuf,
    waiting: PathBuf,
}

impl Tables {
    /// Tables in a folder that exists.
    ///
    /// # Errors
    /// If the folder for waiting rows cannot be made.
    pub fn new(folder: &Path) -> Result<Self, ExportError> {
        let waiting = folder.join(".laras-rows");
        let fail = |source| ExportError { path: waiting.clone(), source };
        match fs::remove_dir_all(&waiting) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(fail(error)),
            _ => {}
        }
        fs::create_dir_all(&waiting).map_err(fail)?;
        Ok(Self { folder: folder.to_owned(), waiting })
    }

    fn part(&self, number: usize, table: TableName) -> PathBuf {
        self.waiting.join(format!("{number:08}.{}", table.file()))
    }

    /// Adds a document's rows under its number.
    ///
    /// # Errors
    /// If the rows cannot be written.
    pub fn add(&self, number: usize, extraction: &Extraction) -> Result<(), ExportError> {
        for table in TableName::ALL {
            atomic::write(&self.part(number, table), |file| {
                let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(file);
                for row in table.rows(extraction) {
                    writer.write_record(&row)?;
                }
                writer.flush()
            })?;
        }
        Ok(())
    }

    /// Writes the four tables from the documents `0..count`; numbers that were never added have no
    /// rows.
    ///
    /// # Errors
    /// If a table cannot be written.
    pub fn finish(self, count: usize) -> Result<(), ExportError> {
        for table in TableName::ALL {
            atomic::write(&self.folder.join(table.file()), |file| {
                let mut writer = csv::Writer::from_writer(&mut *file);
                writer.write_record(table.columns())?;
                writer.flush()?;
                drop(writer);
                for number in 0..count {
                    match File::open(self.part(number, table)) {
                        Ok(mut part) => {
                            io::copy(&mut part, file)?;
                        }
                        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                        Err(error) => return Err(error),
                    }
                }
                Ok(())
            })?;
        }
        let fail = |source| ExportError { path: self.waiting.clone(), source };
        fs::remove_dir_all(&self.waiting).map_err(fail)
    }
}

/// Writes the findings of documents as the table `findings.csv`.
///
/// # Errors
/// If what is written to fails.
pub fn write_findings(out: &mut dyn io::Write, documents: &[Extraction]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(TableName::Findings.columns())?;
    for row in documents.iter().flat_map(|e| TableName::Findings.rows(e)) {
        writer.write_record(&row)?;
    }
    writer.flush()
}

//! One file through the whole pipeline.

use std::fmt::Write as _;
use std::time::Duration;

use laras_model::{Content, Extraction, Format, SCHEMA_VERSION, Source};
use laras_nomenclature::{MatchOptions, Nomenclature, Overrides};
use laras_read::ReadError;
use laras_read::pdf::{PdfError, PdfOptions, read_pdf};
use laras_read::text::{TextOptions, read_text};
use laras_report::{ReportOptions, read_reports};
use laras_table::{TableOptions, tables};
use sha2::{Digest, Sha256};
use thiserror::Error;

/// Why nothing could be extracted from a file.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ExtractError {
    /// The text could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The PDF could not be read.
    #[error(transparent)]
    Pdf(#[from] PdfError),
}

impl ExtractError {
    /// Whether the file can be read but holds nothing.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Read(ReadError::Empty { .. }))
    }
}

/// What a file is called and what it is read against.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options<'a> {
    /// The document's name in every table.
    pub document: String,
    /// The file's name.
    pub file: String,
    /// The official names.
    pub nomenclature: &'a Nomenclature,
    /// Names that a user has decided.
    pub overrides: Option<&'a Overrides>,
    /// The password of a locked PDF.
    pub password: Option<String>,
    /// Longest time for reading a PDF; pages after it are left out and a note says so.
    pub time: Option<Duration>,
}

impl Options<'static> {
    /// A document of this name, read against the built-in nomenclature.
    pub fn named(document: impl Into<String>) -> Self {
        let document = document.into();
        Self {
            file: document.clone(),
            document,
            nomenclature: Nomenclature::builtin(),
            overrides: None,
            password: None,
            time: None,
        }
    }
}

/// Reads one file.
///
/// # Errors
/// If the file is not a report at all: empty, binary, or of a kind that is not read. Damage inside
/// a report is a finding or a note and never an error.
pub fn extract(bytes: &[u8], options: &Options<'_>) -> Result<Extraction, ExtractError> {
    let (source, content) = read(bytes, options)?;
    Ok(understand(source, content, options))
}

/// Reads one file and lets its bytes go as soon as they are read: a large file takes less room.
///
/// # Errors
/// As [`extract`].
///
/// ```
/// use laras::{Options, extract_owned};
///
/// let report = "LAPORAN KINERJA TAHUN 2023\n\nKegiatan\tPagu (Rp)\nRapat\t1.000.000\nForum\t2.500.000\n";
/// let extraction = extract_owned(report.into(), &Options::named("report"))?;
/// assert_eq!(extraction.tables.len(), 1);
/// # Ok::<(), laras::ExtractError>(())
/// ```
pub fn extract_owned(bytes: Vec<u8>, options: &Options<'_>) -> Result<Extraction, ExtractError> {
    let (source, content) = read(&bytes, options)?;
    drop(bytes);
    Ok(understand(source, content, options))
}

/// What the blocks and rows of a file say.
fn understand(source: Source, mut content: Content, options: &Options<'_>) -> Extraction {
    let nomenclature = options.nomenclature;
    let is_name = |text: &str| nomenclature.is_nearly_official(text);
    let tables = tables(&mut content, &TableOptions::with_names(&is_name));
    let matching = MatchOptions { overrides: options.overrides, ..MatchOptions::default() };
    let reports = read_reports(&content, tables, &ReportOptions { nomenclature, matching });
    let mut extraction = Extraction {
        schema_version: SCHEMA_VERSION.to_owned(),
        source,
        parts: reports.parts,
        tables: reports.tables,
        observations: reports.observations,
        names: reports.names,
        mentions: Vec::new(),
        findings: Vec::new(),
        blocks: content.blocks,
        tokens: content.tokens,
        notes: content.notes,
    };
    laras_audit::audit(&mut extraction);
    extraction
}

/// Bytes within which a PDF says that it is one.
const HEADER_WITHIN: usize = 1024;

/// Reads the bytes as what they are, whatever the file is called.
fn read(bytes: &[u8], options: &Options<'_>) -> Result<(Source, Content), ExtractError> {
    let (format, mut content) = read_content(bytes, options)?;
    let source = Source {
        document: options.document.clone(),
        file: options.file.clone(),
        format,
        encoding: std::mem::take(&mut content.encoding),
        encoding_guessed: content.encoding_guessed,
        sha256: sha256(bytes),
        bytes: bytes.len() as u64,
        pages: content.pages,
        lines: content.lines,
    };
    Ok((source, content))
}

fn read_content(bytes: &[u8], options: &Options<'_>) -> Result<(Format, Content), ExtractError> {
    let head = &bytes[..bytes.len().min(HEADER_WITHIN)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        let mut reading =
            PdfOptions { password: options.password.clone(), ..PdfOptions::default() };
        reading.time = options.time.or(reading.time);
        return Ok((Format::Pdf, read_pdf(bytes, &reading)?));
    }
    Ok((Format::Text, read_text(bytes, &TextOptions::default())?))
}

fn sha256(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

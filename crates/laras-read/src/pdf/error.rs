//! Why a PDF could not be read at all.

/// Why a PDF could not be read at all.
///
/// Damage inside a document (a page that ends early, glyphs without characters) is never reported
/// here; it becomes a note of the [`Content`](laras_model::Content).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PdfError {
    /// The bytes are no PDF.
    #[error(
        "not a PDF: expected `%PDF-` near the beginning, found {found}; \
         check what the file really is and give it its own ending"
    )]
    NotPdf {
        /// What the bytes look like.
        found: &'static str,
    },
    /// The document is locked and no password was given.
    #[error("the PDF is locked: it opens with a password only; give it with --password")]
    PasswordNeeded,
    /// The document is locked and the password given does not open it.
    #[error("the PDF is locked and the password given does not open it; check the password")]
    WrongPassword,
    /// The document is locked in a way that is not understood.
    #[error(
        "the PDF is locked with a method that is not supported; \
         save a copy without protection and read that"
    )]
    UnsupportedLock,
    /// No page could be found, not even by searching through all objects.
    #[error(
        "the PDF is damaged beyond recovery: {bytes} bytes begin like a PDF, but no page was \
         found in them; get the file again, or open and save it with a PDF program"
    )]
    Damaged {
        /// Size of the file.
        bytes: usize,
    },
    /// More pages than allowed.
    #[error(
        "the PDF has {found} pages, more than the {limit} allowed; raise the limit or split it"
    )]
    TooManyPages {
        /// Pages found.
        found: usize,
        /// Pages allowed.
        limit: usize,
    },
}

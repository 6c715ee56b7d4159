//! From bytes to pages of glyphs and lines.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::object::dict::keys::CONTENTS;
use hayro_interpret::hayro_syntax::object::{Array, Stream};
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, RenderContent, interpret};

use super::device::{Limits, Listener, Stop};
use super::page::{Cut, Glyph, Page};
use super::unicode::Characters;
use super::{PdfError, PdfOptions};

/// How many of the first bytes may come before the header.
const HEADER_WITHIN: usize = 1024;

/// An opened document.
pub struct Document {
    pdf: Pdf,
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document").field("pages", &self.page_count()).finish_non_exhaustive()
    }
}

impl Document {
    /// Opens a document.
    ///
    /// # Errors
    /// If the bytes are no PDF, are locked, hold no page, or hold more pages than allowed.
    pub fn open(bytes: &[u8], options: &PdfOptions) -> Result<Self, PdfError> {
        let head = &bytes[..bytes.len().min(HEADER_WITHIN)];
        let is_pdf = head.windows(5).any(|window| window == b"%PDF-");
        // A wrong or missing header is forgiven if the rest has the objects of a PDF.
        if !is_pdf && !bytes.windows(6).any(|window| window == b"endobj") {
            return Err(PdfError::NotPdf { found: looks_like(bytes) });
        }
        let password = options.password.as_deref().unwrap_or_default();
        let opened =
            catch_unwind(AssertUnwindSafe(|| Pdf::new_with_password(bytes.to_vec(), password)));
        let damaged = PdfError::Damaged { bytes: bytes.len() };
        let pdf = match opened {
            Ok(Ok(pdf)) => pdf,
            Ok(Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected))) => {
                return Err(if password.is_empty() {
                    PdfError::PasswordNeeded
                } else {
                    PdfError::WrongPassword
                });
            }
            Ok(Err(LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm))) => {
                return Err(PdfError::UnsupportedLock);
            }
            Ok(Err(_)) | Err(_) => return Err(damaged),
        };
        match pdf.pages().len() {
            0 => Err(damaged),
            found if found > options.max_pages => {
                Err(PdfError::TooManyPages { found, limit: options.max_pages })
            }
            _ => Ok(Self { pdf }),
        }
    }

    /// Number of pages.
    pub fn page_count(&self) -> usize {
        self.pdf.pages().len()
    }

    pub(crate) fn pdf(&self) -> &Pdf {
        &self.pdf
    }

    #[cfg(feature = "overlay")]
    pub(crate) fn pages(&self) -> &[PdfPage<'_>] {
        self.pdf.pages()
    }

    /// Starts reading pages one after the other; fonts are loaded once per reader.
    pub fn reader<'d>(&'d self, options: &'d PdfOptions) -> PageReader<'d> {
        PageReader {
            document: self,
            options,
            cache: InterpreterCache::new(),
            settings: InterpreterSettings {
                render_content: RenderContent::PAGE,
                ..InterpreterSettings::default()
            },
            characters: Characters::default(),
            spare: Vec::new(),
        }
    }
}

/// Room for so many glyphs is kept from page to page.
const MOST_SPARE: usize = 50_000;

/// Reads pages of one document; not shared between threads.
pub struct PageReader<'d> {
    document: &'d Document,
    options: &'d PdfOptions,
    cache: InterpreterCache<'d>,
    settings: InterpreterSettings,
    characters: Characters,
    /// The emptied glyphs of a page that is done with.
    spare: Vec<Glyph>,
}

impl std::fmt::Debug for PageReader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PageReader").field("document", self.document).finish_non_exhaustive()
    }
}

impl PageReader<'_> {
    /// Reads the page at a 0-based index; an index past the end gives an empty page.
    ///
    /// `deadline` is the moment after which reading stops with [`Cut::Deadline`].
    pub fn page(&mut self, index: usize, deadline: Option<Instant>) -> Page {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let Some(source) = self.document.pdf.pages().get(index) else {
            return Page { number, ..Page::default() };
        };
        let (width, height) = source.render_dimensions();
        let rotation = u16::try_from(rotation(source)).unwrap_or_default();
        let glyphs = std::mem::take(&mut self.spare);
        let page = Page { number, width, height, rotation, glyphs, ..Page::default() };
        if deadline.is_some_and(|end| Instant::now() > end) {
            return Page { cut: Some(Cut::Deadline), ..page };
        }
        let limits = Limits {
            glyphs: self.options.max_glyphs_per_page,
            paths: self.options.max_paths_per_page,
            deadline,
        };
        let mut listener = Listener::new(page, limits, &mut self.characters);
        let transform = Affine::new(source.initial_transform(true).as_coeffs());
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context = Context::new(
            transform,
            area,
            &self.cache,
            self.document.pdf.xref(),
            self.settings.clone(),
        );
        let run = catch_unwind(AssertUnwindSafe(|| {
            let Some(contents) = contents(source, self.options.max_stream_bytes) else {
                return Some(Cut::Size);
            };
            interpret(TypedIter::new(&contents), source.resources(), &mut context, &mut listener);
            None
        }));
        let mut page = listener.page;
        match run {
            Ok(None) => {}
            Ok(cut) => page.cut = cut,
            Err(payload) => {
                if let Ok(stop) = payload.downcast::<Stop>() {
                    page.cut = Some(stop.0);
                } else {
                    page.cut = Some(Cut::Broken);
                    // What broke may have left the caches half filled.
                    self.cache = InterpreterCache::new();
                }
            }
        }
        page
    }

    /// Takes a page back that is no longer needed: the next one uses its room.
    pub fn done_with(&mut self, page: Page) {
        let mut glyphs = page.glyphs;
        if glyphs.capacity() <= MOST_SPARE {
            glyphs.clear();
            self.spare = glyphs;
        }
    }
}

fn rotation(page: &PdfPage<'_>) -> u32 {
    use hayro_interpret::hayro_syntax::page::Rotation;
    match page.rotation() {
        Rotation::None => 0,
        Rotation::Horizontal => 90,
        Rotation::Flipped => 180,
        Rotation::FlippedHorizontal => 270,
    }
}

/// The page's drawing instructions. Decoded here rather than by the page itself, which would keep
/// them for as long as the document is open. `None` if they are larger than allowed.
fn contents(page: &PdfPage<'_>, limit: usize) -> Option<Vec<u8>> {
    let mut all = Vec::new();
    let mut add = |stream: &Stream<'_>| {
        // Deflate packs at most 1032 to 1.
        if stream.raw_data().len().saturating_mul(1032) > limit.saturating_mul(64) {
            return None;
        }
        if let Ok(data) = stream.decoded_data() {
            if all.len() + data.len() > limit {
                return None;
            }
            if all.is_empty() {
                all = data.into_owned();
            } else {
                all.extend_from_slice(&data);
            }
            all.push(b' ');
        }
        Some(())
    };
    if let Some(stream) = page.raw().get::<Stream<'_>>(CONTENTS) {
        add(&stream)?;
    } else if let Some(streams) = page.raw().get::<Array<'_>>(CONTENTS) {
        for stream in streams.iter::<Stream<'_>>() {
            add(&stream)?;
        }
    }
    Some(all)
}

/// What a file that is no PDF seems to be.
fn looks_like(bytes: &[u8]) -> &'static str {
    let start = bytes.trim_ascii_start();
    let starts = |prefix: &[u8]| {
        start.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
    };
    if bytes.is_empty() {
        "an empty file"
    } else if starts(b"<!doctype html") || starts(b"<html") {
        "an HTML page (often a download that needed a login)"
    } else if starts(b"PK\x03\x04") {
        "a ZIP archive (DOCX and XLSX files are such)"
    } else if starts(b"\xD0\xCF\x11\xE0") {
        "an old Word or Excel file"
    } else if starts(b"\x89PNG") || starts(b"\xFF\xD8\xFF") {
        "a picture"
    } else if starts(b"{\\rtf") {
        "an RTF text"
    } else if std::str::from_utf8(&bytes[..bytes.len().min(512)]).is_ok() {
        "plain text"
    } else {
        "other bytes"
    }
}

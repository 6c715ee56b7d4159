//! Draws what the PDF reader finds over a page: `pdf_overlay FILE.pdf PAGE OUT.png`.

use laras_read::pdf::overlay::{content_frames, draw, page_frames};
use laras_read::pdf::{PdfOptions, read_pdf};

#[expect(clippy::disallowed_methods, reason = "an example reads and writes the files it is given")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, page, out] = arguments.as_slice() else {
        return Err("usage: pdf_overlay FILE.pdf PAGE OUT.png".into());
    };
    let (bytes, page, options) = (std::fs::read(file)?, page.parse()?, PdfOptions::default());
    let mut frames = page_frames(&bytes, page, &options)?;
    frames.extend(content_frames(&read_pdf(&bytes, &options)?, page));
    std::fs::write(out, draw(&bytes, page, &frames, 1.5, &options)?)?;
    Ok(())
}

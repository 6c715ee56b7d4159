//! The picture of a page with what was read from it.

use anyhow::Result;
use laras_model::Extraction;

/// What the colours of the picture mean.
pub(super) const LEGEND: &str = "\
orange  lines of the page
grey    words and text outside tables
pink    headings and captions
purple  page furniture
green   heads of tables
blue    names
teal    indicators
gold    values
brown   numbers, codes, units, places, remarks
red     columns whose role is not known
";

/// A page as PNG, with frames around what was read from it.
///
/// # Errors
/// If the file is no PDF, has no such page or the page cannot be drawn.
#[cfg(feature = "overlay")]
pub(super) fn picture(
    bytes: &[u8],
    page: u32,
    password: Option<&str>,
    extraction: &Extraction,
) -> Result<Vec<u8>> {
    use laras_read::pdf::PdfOptions;
    use laras_read::pdf::overlay::{block_frames, draw, page_frames};

    let options = PdfOptions { password: password.map(str::to_owned), ..PdfOptions::default() };
    let mut frames = page_frames(bytes, page, &options)?;
    frames.extend(block_frames(&extraction.blocks, page));
    frames.extend(frames::of_tables(extraction, page));
    Ok(draw(bytes, page, &frames, 2.0, &options)?)
}

/// Says how to get a program that draws.
#[cfg(not(feature = "overlay"))]
pub(super) fn picture(_: &[u8], _: u32, _: Option<&str>, _: &Extraction) -> Result<Vec<u8>> {
    anyhow::bail!(
        "this program was built without pictures; build it with `cargo build -p laras --features overlay`"
    )
}

#[cfg(feature = "overlay")]
mod frames {
    use laras_model::{Extraction, Role, RowShape};
    use laras_read::pdf::overlay::Frame;

    /// Frames for the cells of all tables on a page, coloured by what their columns hold.
    pub(super) fn of_tables(extraction: &Extraction, page: u32) -> Vec<Frame> {
        let mut frames = Vec::new();
        for table in &extraction.tables {
            for row in &table.rows {
                for cell in row.cells.iter().filter(|cell| cell.place.page == page) {
                    let column = table.columns.get(cell.column as usize);
                    let rgb = match row.shape {
                        RowShape::Body | RowShape::Section => {
                            colour(column.map_or(Role::Unknown, |column| column.role))
                        }
                        _ => [0, 150, 90],
                    };
                    if let Some(bbox) = &cell.place.bbox {
                        let tint = if cell.text.is_empty() { 0 } else { 40 };
                        frames.push(Frame { bbox: **bbox, rgb, tint });
                    }
                }
            }
        }
        frames
    }

    fn colour(role: Role) -> [u8; 3] {
        match role {
            Role::Name => [0, 90, 220],
            Role::Indicator => [0, 160, 170],
            Role::Measure => [200, 150, 0],
            Role::Unknown => [220, 0, 0],
            _ => [140, 90, 40],
        }
    }
}

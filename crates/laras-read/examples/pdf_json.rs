//! Writes what the PDF reader makes of a file, one line a cell or block, tab-separated:
//! page, kind, fragment, row, cell, colspan, rowspan, header, text.

use std::io::{BufWriter, Write as _};

use laras_read::pdf::{PdfOptions, read_pdf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1) {
        #[expect(clippy::disallowed_methods, reason = "an example reads the file it is given")]
        let bytes = std::fs::read(&path)?;
        let content = read_pdf(&bytes, &PdfOptions::default())?;
        for block in content.blocks.iter().filter(|block| block.fragment.is_none()) {
            let (page, kind) = (block.place.page, block.kind);
            writeln!(out, "{page}\t{kind}\t\t\t\t\t\t\t{}", block.text.replace('\n', "⏎"))?;
        }
        for note in &content.notes {
            writeln!(out, "{}\tnote\t\t\t\t\t\t\t{}: {}", note.place.page, note.code, note.text)?;
        }
        for (index, fragment) in content.fragments.iter().enumerate() {
            for (row_index, row) in fragment.rows.iter().enumerate() {
                for (cell_index, cell) in row.cells.iter().enumerate() {
                    writeln!(
                        out,
                        "{}\t{}\t{index}\t{row_index}\t{cell_index}\t{}\t{}\t{}\t{}",
                        cell.place.page,
                        fragment.style,
                        cell.colspan,
                        cell.rowspan,
                        u8::from(row.is_header),
                        cell.text.replace('\n', "⏎"),
                    )?;
                }
            }
        }
    }
    Ok(())
}

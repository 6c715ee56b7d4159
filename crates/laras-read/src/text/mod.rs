//! Text reports of any conversion.
//!
//! The steps, each in a module of its own:
//!
//! 1. `decode`: bytes to text; UTF-8, UTF-16 and windows-1252, every character still addressable.
//! 2. `lines`, `shape`: lines and pages; what a line is by its own characters.
//! 3. `html`, `drawn`, `contents`, `furniture`, `delimited`, `aligned`: what lines are by their neighbours.
//! 4. `rows`, `markup`, `tags`: cells of a row, cleaned of what converters leave.
//! 5. `prose`, `blocks`: headings, captions, lists, signatures; blocks in reading order.
//!
//! Whatever the style, a table comes out as the same rows of the same cells.

mod aligned;
mod blocks;
mod contents;
mod decode;
mod delimited;
mod drawn;
mod furniture;
mod glance;
mod html;
mod lines;
mod markup;
mod prose;
mod rows;
mod shape;
mod tags;

use laras_model::{Content, Note, Place};

use crate::ReadError;

/// Limits of reading.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TextOptions {
    /// Most cells that one row may have; the rest is listed as unused.
    pub most_cells: usize,
    /// Most cells that one file may have; rows past them are listed as unused, with a note. Each
    /// cell takes about a kilobyte until its file is written.
    pub most_cells_of_file: usize,
}

impl Default for TextOptions {
    fn default() -> Self {
        Self { most_cells: 2_000, most_cells_of_file: 1_000_000 }
    }
}

/// Reads a text of any conversion into blocks and table rows.
///
/// # Errors
/// [`ReadError::Empty`] for a file without any text and [`ReadError::Binary`] for one that is not
/// text. Damage inside a text is noted in [`Content::notes`] and never an error.
pub fn read_text(bytes: &[u8], options: &TextOptions) -> Result<Content, ReadError> {
    let source = decode::decode(bytes)?;
    if source.text.chars().all(lines::is_space) {
        return Err(ReadError::Empty { bytes: bytes.len() });
    }
    let all = lines::split(&source.text);
    let mut shapes = shape::shapes(&all);
    let html = html::find(&source.text, &all, &mut shapes);
    let drawn = drawn::find(&all, &mut shapes, &source);
    contents::mark(&all, &mut shapes);
    let delimited = delimited::mark(&all, &mut shapes, &source);
    furniture::mark(&all, &mut shapes);
    let aligned = aligned::find(&all, &mut shapes, &source, prose::is_border);
    let mut content = blocks::build(blocks::Marked {
        source: &source,
        lines: &all,
        shapes: &shapes,
        html,
        drawn,
        delimited,
        aligned,
        most_cells: options.most_cells,
        most_cells_of_file: options.most_cells_of_file,
    });
    source.encoding.clone_into(&mut content.encoding);
    content.encoding_guessed = source.guessed;
    content.notes.extend(notes(&source));
    Ok(content)
}

fn notes(source: &decode::Decoded<'_>) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut say = |code: &str, text: String| {
        notes.push(Note { code: code.to_owned(), text, place: Place::default() });
    };
    if source.guessed {
        say(
            "encoding.guessed",
            format!("the bytes carry no mark and are not clean UTF-8; read as {}", source.encoding),
        );
    }
    if source.invalid > 0 {
        say(
            "encoding.invalid",
            format!(
                "{} byte sequences are no {} character; U+FFFD stands for them",
                source.invalid, source.encoding
            ),
        );
    }
    notes
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{TextOptions, read_text};

    /// Texts that made a step walk over the rest of the file, or of the line, for each of its pieces.
    #[test]
    fn no_text_takes_time_by_the_square_of_its_length() {
        let lines = [
            "\\frac{1}{2} ".repeat(40_000),
            "ab  12  ".repeat(60_000) + "\n" + &"ab  12  ".repeat(60_000),
            "<table><tr><td>é</td></tr></table>".repeat(15_000),
            "a | b\n--|--\n".repeat(40_000),
            "a;\"b;c\";1;d;2\n".repeat(30_000),
            "é\t".to_owned() + &"1\t".repeat(250_000),
        ];
        for text in lines {
            let started = Instant::now();
            read_text(text.as_bytes(), &TextOptions::default()).expect("it is text");
            let took = started.elapsed();
            assert!(took < Duration::from_secs(20), "{took:?}: {}", &text[..16]);
        }
    }
}

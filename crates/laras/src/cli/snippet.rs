//! Findings with the source line they point at.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use clap::ValueEnum;
use laras_model::{Finding, Place, Severity};

/// Language of the messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// Indonesian.
    #[default]
    Id,
    /// English.
    En,
}

/// Most characters of a source line that are shown.
const WIDEST: usize = 400;

/// The lines of a text source; none for a PDF, whose findings are placed by page.
pub(crate) fn lines(bytes: &[u8]) -> Vec<String> {
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Vec::new();
    }
    let clean = |line: &str| line.replace(|c: char| c.is_control() && c != '\t', " ");
    String::from_utf8_lossy(bytes).lines().map(|l| clean(l).replace('\t', "  ")).collect()
}

/// One finding for people: its sentence, the line it points at, the other places it speaks of.
pub(crate) fn render(finding: &Finding, file: &str, lines: &[String], lang: Lang) -> String {
    let message = match lang {
        Lang::Id => &finding.message.id,
        Lang::En => &finding.message.en,
    };
    let title = format!("{message} [{}]", finding.code);
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        _ => Level::NOTE,
    };
    let mut notes = vec![finding.detail.clone()];
    if let Some(s) = &finding.suggestion {
        notes.push(match lang {
            Lang::Id => format!(
                "perbaikan terkecil yang mungkin: {} → {} ({})",
                s.from, s.to, s.observation
            ),
            Lang::En => {
                format!("smallest repair that would fit: {} → {} ({})", s.from, s.to, s.observation)
            }
        });
    }
    if finding.accepted {
        notes.push(
            match lang {
                Lang::Id => "sudah diterima oleh pemeriksa",
                Lang::En => "accepted by a reviewer",
            }
            .to_owned(),
        );
    }
    let shown = line_of(lines, &finding.place);
    let span = shown.as_ref().map(|line| span(line, &finding.printed));
    let place = place(file, &finding.place, lang);
    let mut group: Group<'_> = level.primary_title(title.as_str()).element(
        Snippet::source(shown.as_deref().unwrap_or(" "))
            .line_start(finding.place.line.max(1) as usize)
            .path(place.as_str())
            .annotations(span.map(|span| AnnotationKind::Primary.span(span))),
    );
    for note in &notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    let mut text = Renderer::plain().render(&[group]);
    text.push('\n');
    text
}

fn line_of(lines: &[String], place: &Place) -> Option<String> {
    if place.page > 0 {
        return None;
    }
    let line = lines.get((place.line as usize).checked_sub(1)?)?;
    Some(line.chars().take(WIDEST).collect())
}

/// Where in the line the printed text stands; the whole line if it does not.
fn span(line: &str, printed: &str) -> std::ops::Range<usize> {
    let first = printed.split(" / ").next().unwrap_or(printed).trim();
    match line.find(first) {
        Some(at) if !first.is_empty() => at..at + first.len(),
        _ => {
            let start = line.len() - line.trim_start().len();
            start..line.trim_end().len().max(start)
        }
    }
}

fn place(file: &str, place: &Place, lang: Lang) -> String {
    match (place.page, lang) {
        (0, _) => file.to_owned(),
        (page, Lang::Id) => format!("{file}, halaman {page}"),
        (page, Lang::En) => format!("{file}, page {page}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_text_is_pointed_at() {
        assert_eq!(span("Program X  4.600.000  97,28", "4.600.000"), 11..20);
        assert_eq!(span("  Program X ", "5"), 2..11);
    }

    #[test]
    fn a_pdf_has_no_lines() {
        assert!(lines(b"%PDF-1.7\nx").is_empty());
        assert_eq!(lines(b"a\tb\nc"), ["a  b", "c"]);
    }
}

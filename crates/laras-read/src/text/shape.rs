//! First look at each line by itself: what its characters make it.

use std::sync::LazyLock;

use regex::Regex;

use super::lines::Line;

/// What a line was taken for so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Blank,
    Prose,
    /// A line of a table of contents.
    Contents,
    /// Cells between tabs.
    Tabs,
    /// Cells between pipes.
    Pipes,
    /// The rule under a Markdown header.
    PipeRule,
    /// Inside an HTML table.
    Html,
    /// Inside a table that is drawn with characters.
    Drawn,
    /// Cells between this separator.
    Delimited(u8),
    /// Inside a table of fields of which some hold line ends.
    Found,
    /// Columns aligned by spaces.
    Aligned,
    /// Rules, image placeholders and the like.
    Mark,
    PageNumber,
    /// Running header or footer.
    Running,
}

impl Shape {
    pub(super) fn is_row(self) -> bool {
        matches!(
            self,
            Self::Tabs
                | Self::Pipes
                | Self::Html
                | Self::Drawn
                | Self::Delimited(_)
                | Self::Found
                | Self::Aligned
        )
    }

    pub(super) fn is_furniture(self) -> bool {
        matches!(self, Self::Mark | Self::PageNumber | Self::Running)
    }
}

static IMAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:!\[[^\]]*\](?:\([^)]*\))?|<img\b[^>]*>|\[(?:image|gambar|picture|foto|logo)[^\]]*\]|\(image\)|<!--.*-->)$")
        .expect("a constant pattern")
});

/// The shape of every line, from its own characters only.
pub(super) fn shapes(lines: &[Line<'_>]) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = lines.iter().map(shape).collect();
    confirm_pipes(lines, &mut shapes);
    shapes
}

fn shape(line: &Line<'_>) -> Shape {
    if line.is_blank() {
        return Shape::Blank;
    }
    let text = line.trimmed();
    let bytes = text.as_bytes();
    match bytes[0] {
        b'|' if pipe_count(text) >= 2 => {
            return if is_rule(text) { Shape::PipeRule } else { Shape::Pipes };
        }
        b'!' | b'<' | b'[' | b'(' if IMAGE.is_match(text) => return Shape::Mark,
        b'-' | b'_' | b'=' | b'*' | b'.' | b'~' | b'+' | b':' | b'|' if is_rule(text) => {
            return Shape::Mark;
        }
        _ => {}
    }
    if memchr::memchr(b'\t', line.raw.as_bytes()).is_some()
        && line.raw.trim_matches([' ', '\u{a0}', '\r']).contains('\t')
    {
        Shape::Tabs
    } else {
        Shape::Prose
    }
}

/// Whether a line is only a rule: at least three strokes and nothing else.
fn is_rule(text: &str) -> bool {
    let mut strokes = 0;
    for b in text.bytes() {
        match b {
            b'-' | b'_' | b'=' | b'*' | b'~' => strokes += 1,
            b' ' | b'\t' | b'|' | b'+' | b':' => {}
            _ => return false,
        }
    }
    strokes >= 3
}

/// Pipes that separate: not escaped.
fn pipe_count(text: &str) -> usize {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'|', bytes).filter(|at| *at == 0 || bytes[at - 1] != b'\\').count()
}

/// Lines without an outer pipe are rows where a rule or a row with as many pipes stands next.
fn confirm_pipes(lines: &[Line<'_>], shapes: &mut [Shape]) {
    for i in 0..lines.len() {
        if shapes[i] != Shape::Mark || !lines[i].raw.contains('|') {
            continue;
        }
        // `a | b` over `--|--`: the rule decides.
        let wanted = pipe_count(lines[i].trimmed());
        shapes[i] = Shape::PipeRule;
        let is_row = |j: &usize, shapes: &[Shape]| {
            shapes[*j] == Shape::Prose && pipe_count(lines[*j].trimmed()) == wanted
        };
        if let Some(above) = i.checked_sub(1).filter(|j| is_row(j, shapes)) {
            shapes[above] = Shape::Pipes;
        }
        for below in i + 1..lines.len() {
            if !is_row(&below, shapes) {
                break;
            }
            shapes[below] = Shape::Pipes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    #[test]
    fn lines_by_their_characters() {
        for (text, want) in [
            ("", Shape::Blank),
            ("\t\t\u{a0}", Shape::Blank),
            ("1\tProgram\t0", Shape::Tabs),
            ("| a | b |", Shape::Pipes),
            ("|---|:-:|", Shape::PipeRule),
            ("----\t-----", Shape::Mark),
            ("________", Shape::Mark),
            ("![](media/image1.png)", Shape::Mark),
            ("- butir", Shape::Prose),
            ("a \\| b", Shape::Prose),
        ] {
            assert_eq!(
                shapes(&split(text)).first().copied().unwrap_or(Shape::Blank),
                want,
                "{text:?}"
            );
        }
    }

    #[test]
    fn rows_without_outer_pipes_follow_their_rule() {
        let lines = split("No | Uraian\n--|--\n1 | satu\nprosa | dengan | pipa\n");
        assert_eq!(shapes(&lines), [Shape::Pipes, Shape::PipeRule, Shape::Pipes, Shape::Prose]);
    }
}

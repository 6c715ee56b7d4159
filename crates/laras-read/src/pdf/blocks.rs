//! Text outside tables: from printed lines to headings, captions, paragraphs and lists.
//!
//! A line is judged by its own type and numbering; lines that go on a paragraph are joined by
//! what the page shows: distance, indentation and whether the line before was full.

use laras_model::{Bbox, BlockKind};

use super::geometry::Area;
use super::join::{Joint, Printed, Vocabulary, joint, starts_item};
use super::line::Line;
use super::signature;
use super::table::printed;

/// A block of text on one page.
#[derive(Clone, Debug)]
pub struct TextBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Its text.
    pub text: String,
    /// Depth of a heading.
    pub level: u8,
    /// Numbering as printed.
    pub number: String,
    /// Its extent.
    pub bbox: Bbox,
    /// Whether it may go on on the next page: its last line was full.
    pub open: bool,
    /// Number of printed lines.
    pub lines: usize,
}

/// What the lines of a document look like as a rule.
#[derive(Clone, Copy, Debug)]
pub struct Usual {
    /// Type size of most text.
    pub size: f32,
}

/// Makes blocks of the lines of one page, which stand between the same tables.
pub fn blocks(lines: &[Line], usual: Usual, vocabulary: &Vocabulary) -> Vec<TextBlock> {
    let Some(left) = lines.iter().map(|l| l.bbox.x0).min_by(f32::total_cmp) else {
        return Vec::new();
    };
    let right = lines.iter().map(|l| l.bbox.x1).fold(left, f32::max);
    let mut blocks: Vec<TextBlock> = Vec::new();
    let mut before: Option<(&Line, Printed, BlockKind)> = None;
    let signed = signature::signed(lines, (left, right));
    for (index, line) in lines.iter().enumerate() {
        if signed[index] {
            if index == 0 || !signed[index - 1] {
                let count = signed[index..].iter().take_while(|signed| **signed).count();
                blocks.extend(signature::blocks(&lines[index..index + count]));
            }
            before = None;
            continue;
        }
        let now = printed(line);
        let kind = classify(line, &now.text, usual, (left, right));
        if let Some((last, said, last_kind)) = &before
            && let Some(block) = blocks.last_mut()
            && goes_on(last, *last_kind, line, kind, usual, right, block)
        {
            let room = right - last.bbox.x0;
            match joint(said, &now, room, vocabulary) {
                Joint::Nothing => {}
                Joint::DropHyphen => {
                    block.text.pop();
                }
                Joint::Space | Joint::Break => block.text.push(' '),
            }
            block.text.push_str(&now.text);
            block.bbox = block.bbox.union(&line.bbox);
            block.lines += 1;
            block.open = is_full(line, right);
            before = Some((line, now, *last_kind));
            continue;
        }
        let (number, level) = match kind {
            BlockKind::Heading => numbering(&now.text),
            BlockKind::Caption => (caption_number(&now.text).unwrap_or_default().to_owned(), 0),
            BlockKind::ListItem => {
                (now.text.split_whitespace().next().unwrap_or_default().to_owned(), 0)
            }
            _ => (String::new(), 0),
        };
        blocks.push(TextBlock {
            kind,
            text: now.text.clone(),
            level: if kind == BlockKind::Heading { level.max(1) } else { 0 },
            number,
            bbox: line.bbox,
            open: is_full(line, right),
            lines: 1,
        });
        before = Some((line, now, kind));
    }
    blocks
}

/// Whether a line reaches the right margin.
fn is_full(line: &Line, right: f32) -> bool {
    line.bbox.x1 > right - line.size * 4.0
}

/// Whether a line goes on the block of the line before it.
fn goes_on(
    last: &Line,
    last_kind: BlockKind,
    line: &Line,
    kind: BlockKind,
    usual: Usual,
    right: f32,
    block: &TextBlock,
) -> bool {
    let distance = line.bbox.y0 - last.bbox.y1;
    let near = distance < last.size.max(line.size) * 1.3 && distance > -last.size;
    let same_type = (line.size - last.size).abs() < 1.0 && is_bold(line) == is_bold(last);
    if !near || line.size < usual.size * 0.3 {
        return false;
    }
    let centred = |l: &Line| {
        (l.bbox.mid_x() - f32::midpoint(block.bbox.x0, block.bbox.x1)).abs() < l.size * 1.5
    };
    match (last_kind, kind) {
        (BlockKind::Heading | BlockKind::Title, BlockKind::Heading | BlockKind::Title) => {
            // A heading over several lines: the same type, no numbering of its own.
            same_type && numbering(&line.text()).0.is_empty() && distance < last.size
        }
        (BlockKind::Heading, BlockKind::Paragraph) => {
            same_type && is_bold(line) && is_full(last, right)
        }
        (BlockKind::Caption, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Title) => {
            same_type && distance < last.size * 0.9 && centred(line)
        }
        (BlockKind::Paragraph | BlockKind::ListItem, BlockKind::Paragraph) => {
            // A paragraph begins with an indent, or after a line that was not full.
            let indent = line.bbox.x0 - last.bbox.x0;
            let hanging = last_kind == BlockKind::ListItem && block.lines == 1;
            let new_paragraph = indent > line.size * 1.5 && !hanging;
            is_full(last, right) && !new_paragraph && (line.size - last.size).abs() < 1.0
        }
        _ => false,
    }
}

fn is_bold(line: &Line) -> bool {
    let letters = |bold: bool| -> usize {
        line.words.iter().filter(|word| word.bold == bold).map(|word| word.text.len()).sum()
    };
    letters(true) > letters(false)
}

fn classify(line: &Line, text: &str, usual: Usual, (left, right): (f32, f32)) -> BlockKind {
    if is_contents(line, text) {
        return BlockKind::Contents;
    }
    if caption_number(text).is_some() {
        return BlockKind::Caption;
    }
    if is_unit_line(text) {
        return BlockKind::UnitLine;
    }
    let (number, _) = numbering(text);
    let bold = is_bold(line);
    let large = line.size > usual.size * 1.15;
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    let capitals = letters.len() >= 4 && letters.iter().all(|c| c.is_uppercase());
    let short = line.bbox.width() < (right - left) * 0.9 || text.split_whitespace().count() <= 12;
    let ends_open = !text.ends_with(['.', ';', ',']);
    if is_chapter(text) || (short && ends_open && letters.len() >= 3 && large && (bold || capitals))
    {
        return if is_chapter(text) || !number.is_empty() || line.size < usual.size * 1.6 {
            BlockKind::Heading
        } else {
            BlockKind::Title
        };
    }
    if short && ends_open && letters.len() >= 3 && (bold || (capitals && !number.is_empty())) {
        return BlockKind::Heading;
    }
    if starts_item(text) {
        return BlockKind::ListItem;
    }
    BlockKind::Paragraph
}

/// `BAB III …`, `BAB 2`: the beginning of a chapter.
fn is_chapter(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.next().is_some_and(|first| first.eq_ignore_ascii_case("bab"))
        && words.next().is_some_and(|second| {
            second.chars().all(|c| "IVXLivxl.".contains(c) || c.is_ascii_digit())
        })
        && words.next().is_none_or(|third| third.starts_with(char::is_uppercase))
        && !text.ends_with('.')
}

/// The numbering at the beginning of a heading, and how deep it is.
pub fn numbering(text: &str) -> (String, u8) {
    let mut words = text.split_whitespace();
    let Some(first) = words.next() else { return (String::new(), 0) };
    if is_chapter(text) {
        return (format!("{first} {}", words.next().unwrap_or_default()), 1);
    }
    let body = first.trim_end_matches(['.', ')']);
    let parts: Vec<&str> = body.split('.').collect();
    let is_number = |part: &&str| {
        !part.is_empty()
            && part.len() <= 4
            && (part.chars().all(|c| c.is_ascii_digit())
                || part.chars().all(|c| "IVXL".contains(c))
                || (part.len() == 1 && part.chars().all(char::is_alphabetic)))
    };
    let marked = first.ends_with(['.', ')']) || parts.len() > 1;
    if marked && words.next().is_some() && parts.iter().all(is_number) {
        let depth = match parts.as_slice() {
            [one] if one.chars().all(|c| "IVXL".contains(c)) => 1,
            [one] if one.chars().all(char::is_uppercase) => 2,
            [_] => 3,
            more => more.len() as u8,
        };
        return (first.to_owned(), depth);
    }
    (String::new(), 0)
}

/// `Tabel 3.6`, `Tabel T-C.29`, `Gambar I.1`, `Grafik 2`: the label of a caption.
pub fn caption_number(text: &str) -> Option<&str> {
    let mut words = text.split_whitespace();
    let first = words.next()?;
    let known = ["tabel", "table", "gambar", "grafik", "bagan", "diagram", "lampiran"];
    if !known.iter().any(|known| first.eq_ignore_ascii_case(known))
        || !first.starts_with(char::is_uppercase)
    {
        return None;
    }
    let mut end = 0;
    for word in words.take(2) {
        let label = word.trim_end_matches([':', '.', ',']);
        let is_label = !label.is_empty()
            && label.len() <= 8
            && (label.chars().any(|c| c.is_ascii_digit())
                || label.chars().all(|c| "IVXL.".contains(c)))
            && label.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c));
        if !is_label {
            break;
        }
        end = word.as_ptr() as usize + word.len() - text.as_ptr() as usize;
    }
    (end > 0).then(|| text[..end].trim_end_matches([':', ',']))
}

/// `(dalam ribuan rupiah)`, `(Rp. 000)`, `Satuan: juta rupiah`.
fn is_unit_line(text: &str) -> bool {
    let lower = text.to_lowercase();
    let bracketed = lower.starts_with('(') && lower.ends_with(')');
    let words = lower.split_whitespace().count();
    words <= 6
        && ((bracketed && (lower.contains("rupiah") || lower.contains("rp")))
            || lower.starts_with("satuan :")
            || lower.starts_with("satuan:")
            || (lower.starts_with("dalam ") && lower.contains("rupiah")))
}

/// A line of a table of contents: dots or a wide gap lead to a page number.
fn is_contents(line: &Line, text: &str) -> bool {
    let Some(last) = text.split_whitespace().next_back() else { return false };
    let page = last.rsplit(['.', '…']).next().unwrap_or_default();
    let is_page = !page.is_empty()
        && page.len() <= 7
        && (page.chars().all(|c| c.is_ascii_digit())
            || page.chars().all(|c| "ivxlIVXL".contains(c))
            || page.split_once('-').is_some_and(|(a, b)| {
                a.chars().all(|c| "IVXL".contains(c)) && b.chars().all(|c| c.is_ascii_digit())
            }));
    let leader = text.contains("....") || text.contains("……") || text.matches(". .").count() > 6;
    let far = match line.words.as_slice() {
        [.., title, page] => page.bbox.x0 - title.bbox.x1 > line.size * 2.0,
        _ => false,
    };
    let titled = !numbering(text).0.is_empty()
        || caption_number(text).is_some()
        || text
            .split_whitespace()
            .next()
            .is_some_and(|first| first.len() >= 4 && first.chars().all(char::is_uppercase));
    is_page && (leader || far && titled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbering_tells_depth() {
        assert_eq!(numbering("BAB III AKUNTABILITAS"), ("BAB III".to_owned(), 1));
        assert_eq!(numbering("2.1.3 Sasaran"), ("2.1.3".to_owned(), 3));
        assert_eq!(numbering("A. Umum"), ("A.".to_owned(), 2));
        assert_eq!(numbering("Umum"), (String::new(), 0));
        assert_eq!(numbering("Rp. 500.000"), (String::new(), 0));
    }

    #[test]
    fn captions_are_known_by_their_label() {
        assert_eq!(caption_number("Tabel 3.6 Anggaran"), Some("Tabel 3.6"));
        assert_eq!(caption_number("Tabel II. 1 Indikator"), Some("Tabel II. 1"));
        assert_eq!(caption_number("Tabel T-C.29. Rekapitulasi"), Some("Tabel T-C.29."));
        assert_eq!(caption_number("Tabel berikut menunjukkan"), None);
    }

    #[test]
    fn unit_lines_are_short_and_bracketed() {
        assert!(is_unit_line("(dalam ribuan rupiah)"));
        assert!(!is_unit_line("Anggaran sebesar Rp. 500.000 (lima ratus ribu rupiah)"));
    }
}

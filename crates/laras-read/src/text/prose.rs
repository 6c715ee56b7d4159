//! What a line of prose is: heading, title, caption, list item, signature line …

use std::sync::LazyLock;

use laras_model::BlockKind;
use regex::Regex;

use super::glance::{may_begin, may_end_in_month};
use super::lines::{Line, trim_white};
use super::markup::plain;
use super::shape::Shape;

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

static CAPTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W{0,3}(?:tabel|table|gambar|grafik|bagan|diagram|lampiran|formulir|form)\b[\s.:]*(?:(?:[A-Z]{1,2}[-.\s]{0,3}){0,3}\d[\w.\-–/]*|[IVXLC]+\b|$)",
    )
});
static UNIT_LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\(?\s*(?:(?:dalam|dlm\.?|angka dalam|satuan\s*:?)\s+(?:se)?(?:ratus|ribu|juta|mili?[ay]r|triliun|rupiah|rp)|\(?\s*rp\.?\s*[.,]?\s*(?:x\s*)?(?:1[.,])?0{3}(?:[.,]0{3})*)[\w\s.,()]*$",
    )
});
static CHAPTER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(bab\.?\s+(?:[ivxlc]+|\d{1,2}))\b[\s.:–-]*(.*)$"));
static SECTION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\d{1,2}(?:\.\d{1,2}){1,5}\.?)\s+(\S.*)$"));
static LETTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^([A-Z]\.)\s+(\S.*)$"));
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(\d{1,3}[.)]|\(\d{1,3}\)|\(?[a-z][.)]|[-•·*–▪✓➢]|[ivx]{1,5}[.)])\s+\S")
});
/// The place stands in the first group; the fewest letters that will do, for a bound on them here
/// would make the pattern forty times as large.
static PLACE_DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W{0,3}(?:ditetapkan di\s+)?[A-Z]([\p{L} .'’-]{2,}?)[,:]?\s+(?:tanggal\s*:?\s*)?(?:[\d.…_]{0,6}\s+)?(?:jan|feb|peb|mar|apr|mei|jun|jul|ag|sep|okt|oct|nov|nop|des|dec)[a-z.]{0,8}\s+(?:19|20)\d\d\W{0,3}$",
    )
});
static NIP: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bNI[PK]P?\b\.?\s*:?\s*[\d.]"));

/// Most letters of a place after the first.
const LONGEST_PLACE: usize = 40;
/// Longest title or heading line, in characters.
const LONGEST_HEADING: usize = 160;

/// Kind, depth and numbering of a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Prose {
    pub(super) kind: BlockKind,
    pub(super) level: u8,
    pub(super) number: String,
}

impl Prose {
    fn of(kind: BlockKind) -> Self {
        Self { kind, level: 0, number: String::new() }
    }
}

/// Whether a line begins or ends tables rather than standing in one: captions and chapters.
pub(super) fn is_border(text: &str) -> bool {
    (text.len() < 400 && is_caption(text)) || is_chapter(text) || ends_in_date(text)
}

// Few lines are what a pattern looks for, and most of the others show it by a letter: the patterns
// are tried on the rest only.

fn is_caption(text: &str) -> bool {
    may_begin(text, b"tgbdlf") && CAPTION.is_match(text)
}

fn is_chapter(text: &str) -> bool {
    begins_chapter(text) && CHAPTER.is_match(text)
}

fn begins_chapter(text: &str) -> bool {
    text.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("bab"))
}

fn is_unit_line(text: &str) -> bool {
    may_begin(text, b"dasr") && UNIT_LINE.is_match(text)
}

fn ends_in_date(text: &str) -> bool {
    // A place in a short text is short.
    let is_place = || {
        text.len() <= LONGEST_PLACE
            || PLACE_DATE
                .captures(text)
                .is_some_and(|found| found[1].chars().count() <= LONGEST_PLACE)
    };
    may_end_in_month(text) && PLACE_DATE.is_match(text) && is_place()
}

/// Whether a text begins with a digit, or beyond ASCII.
fn may_begin_with_digit(text: &str) -> bool {
    text.bytes().next().is_some_and(|b| b.is_ascii_digit() || !b.is_ascii())
}

fn may_be_item(text: &str) -> bool {
    text.bytes().next().is_some_and(|first| match first {
        b'a'..=b'z' => text.bytes().take(6).any(|b| matches!(b, b'.' | b')')),
        b'-' | b'*' | b'(' => true,
        _ => may_begin_with_digit(text),
    })
}

/// Whether a text holds a civil servant's number behind its label.
fn has_nip(text: &str) -> bool {
    // `NIP`, `NIK`, `NIPP`; the K may be the sign of the kelvin.
    let label = |w: &[u8; 3]| {
        w[..2].eq_ignore_ascii_case(b"ni")
            && (matches!(w[2].to_ascii_lowercase(), b'p' | b'k') || !w[2].is_ascii())
    };
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'n', b'N', bytes).any(|at| bytes[at..].first_chunk().is_some_and(label))
        && NIP.is_match(text)
}

/// What a line is by its own words.
pub(super) fn classify(raw: &str) -> Prose {
    let trimmed = trim_white(raw);
    let has_command = |command: &str| trimmed.contains('\\') && trimmed.contains(command);
    if trimmed.starts_with("$$") || has_command("\\frac") || has_command("\\begin{") {
        return Prose::of(BlockKind::Formula);
    }
    if raw.len() > LONGEST_HEADING * 4 {
        return Prose::of(if may_be_item(trimmed) && ITEM.is_match(trimmed) {
            BlockKind::ListItem
        } else {
            BlockKind::Paragraph
        });
    }
    let text = plain(raw);
    let short = text.len() <= LONGEST_HEADING || text.chars().count() <= LONGEST_HEADING;
    let numbered = |kind, level, number: &str| Prose { kind, level, number: number.to_owned() };
    if short && is_unit_line(&text) {
        return Prose::of(BlockKind::UnitLine);
    }
    if short && is_caption(&text) && !text.ends_with(['.', ';']) {
        return Prose::of(BlockKind::Caption);
    }
    if short
        && begins_chapter(&text)
        && let Some(found) = CHAPTER.captures(&text)
    {
        return numbered(BlockKind::Heading, 1, &found[1]);
    }
    let can_be_section = short && !text.ends_with(['.', ';', ',']);
    if can_be_section
        && may_begin_with_digit(&text)
        && let Some(found) = SECTION.captures(&text)
    {
        let depth = found[1].trim_end_matches('.').matches('.').count() as u8;
        return numbered(BlockKind::Heading, 2 + depth, &found[1]);
    }
    if can_be_section
        && text.as_bytes().get(1) == Some(&b'.')
        && let Some(found) = LETTER.captures(&text)
    {
        return numbered(BlockKind::Heading, 2, &found[1]);
    }
    if may_be_item(&text)
        && let Some(found) = ITEM.captures(&text)
    {
        return numbered(BlockKind::ListItem, 0, &found[1]);
    }
    if short && (trimmed.starts_with("**") || trimmed.starts_with('#') || is_upper(&text)) {
        return Prose::of(BlockKind::Title);
    }
    Prose::of(BlockKind::Paragraph)
}

/// Whether a text is set in capitals.
fn is_upper(text: &str) -> bool {
    let (mut letters, mut upper) = (0, 0);
    if text.is_ascii() {
        // As many at once as a byte can count.
        for bytes in text.as_bytes().chunks(255) {
            let count = |is: fn(&u8) -> bool| bytes.iter().map(|b| u8::from(is(b))).sum::<u8>();
            letters += usize::from(count(u8::is_ascii_alphabetic));
            upper += usize::from(count(u8::is_ascii_uppercase));
        }
    } else {
        for c in text.chars() {
            letters += usize::from(c.is_alphabetic());
            upper += usize::from(c.is_uppercase());
        }
    }
    letters >= 4 && upper * 5 >= letters * 4 && !text.ends_with([';', ','])
}

/// Whether a line gives place and date of signing.
pub(super) fn is_place_date(text: &str) -> bool {
    text.len() < 90 && ends_in_date(text)
}

/// Lines of signature blocks: from place and date down to the number, or from the number up.
pub(super) fn signatures(lines: &[Line<'_>], shapes: &[Shape]) -> Vec<bool> {
    let mut signed = vec![false; lines.len()];
    let short = |i: usize| {
        shapes[i] == Shape::Prose
            && (lines[i].trimmed().len() <= 100 || lines[i].trimmed().chars().count() <= 100)
            && !matches!(
                classify(lines[i].raw).kind,
                BlockKind::Caption | BlockKind::ListItem | BlockKind::UnitLine
            )
            && !is_chapter(lines[i].trimmed())
    };
    for i in 0..lines.len() {
        if shapes[i] != Shape::Prose {
            continue;
        }
        let text = lines[i].trimmed();
        if text.len() < 120 && has_nip(text) {
            let mut above = 0;
            for j in (0..=i).rev() {
                if shapes[j] == Shape::Blank {
                    continue;
                }
                if above > 12
                    || !short(j)
                    || (j < i && signed[j] && is_place_date(lines[j].trimmed()))
                {
                    break;
                }
                signed[j] = true;
                above += 1;
                let opens = lines[j].trimmed().ends_with(',') && j < i;
                if opens || is_place_date(lines[j].trimmed()) {
                    break;
                }
            }
        } else if is_place_date(text) {
            let mut below = 0;
            for j in i..lines.len() {
                if shapes[j] == Shape::Blank {
                    continue;
                }
                if below > 14 || !short(j) || (below > 0 && is_long_title(lines, shapes, j)) {
                    break;
                }
                signed[j] = true;
                below += 1;
                if has_nip(lines[j].trimmed()) {
                    break;
                }
            }
        }
    }
    signed
}

/// Whether a new report begins here: three or more title lines that follow each other.
fn is_long_title(lines: &[Line<'_>], shapes: &[Shape], from: usize) -> bool {
    lines[from].trimmed().starts_with("**")
        || (from..lines.len()).filter(|j| shapes[*j] != Shape::Blank).take(3).all(|j| {
            shapes[j] == Shape::Prose
                && classify(lines[j].raw).kind == BlockKind::Title
                && !lines[j].trimmed().ends_with(',')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_by_their_words() {
        use BlockKind::{Caption, Formula, Heading, ListItem, Paragraph, Title, UnitLine};
        for (text, kind, level, number) in [
            ("BAB III", Heading, 1, "BAB III"),
            ("BAB II PERENCANAAN KINERJA", Heading, 1, "BAB II"),
            ("2.1.3 Rencana Kerja Tahunan", Heading, 4, "2.1.3"),
            ("A. Latar Belakang", Heading, 2, "A."),
            ("a. Merumuskan kebijakan teknis;", ListItem, 0, "a."),
            ("- 1) Perjanjian Kinerja", ListItem, 0, "-"),
            ("Tabel 3.6", Caption, 0, ""),
            ("TABEL II", Caption, 0, ""),
            ("Tabel", Caption, 0, ""),
            ("FORMULIR E. 81", Caption, 0, ""),
            ("Tabel T-C.29 Evaluasi Pelaksanaan Renja", Caption, 0, ""),
            ("Tabel di atas menunjukkan kenaikan", Paragraph, 0, ""),
            ("(dalam ribuan rupiah)", UnitLine, 0, ""),
            ("(Rp.000)", UnitLine, 0, ""),
            ("PENGUKURAN KINERJA TAHUN 2020", Title, 0, ""),
            ("**Pegawai Negeri Sipil", Title, 0, ""),
            ("$$\\frac{1}{2}$$", Formula, 0, ""),
            ("Dalam rangka itu", Paragraph, 0, ""),
        ] {
            let got = classify(text);
            assert_eq!((got.kind, got.level, got.number.as_str()), (kind, level, number), "{text}");
        }
    }

    #[test]
    fn places_with_dates() {
        for text in [
            "Kotabaru, Januari 2021",
            "Malili, 31 Juli 2020",
            "Rantau, .... Pebruari 2021",
            "Ditetapkan di Malili, 3 Nopember 2020",
        ] {
            assert!(is_place_date(text), "{text}");
        }
        for text in ["Selasa, 10 Maret tahun ini", "pada bulan Januari 2021 telah dilaksanakan"] {
            assert!(!is_place_date(text), "{text}");
        }
    }
}

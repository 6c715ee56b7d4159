//! Lines of a decoded text, and the cleaning of a piece of one.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// One line, without its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// 1-based.
    pub(super) number: u32,
    /// 1-based page; 0 where the text has no form feeds.
    pub(super) page: u32,
    /// Offset of `raw` in the text.
    pub(super) start: usize,
    pub(super) raw: &'t str,
    trimmed: &'t str,
    /// Its tokens.
    pub(super) tokens: u64,
    /// Whether each of its characters is a byte.
    pub(super) is_ascii: bool,
}

impl<'t> Line<'t> {
    /// The line without markup-free space at its ends.
    pub(super) fn trimmed(&self) -> &'t str {
        self.trimmed
    }

    pub(super) fn is_blank(&self) -> bool {
        trim(self.trimmed).is_empty()
    }

    /// Lines of a text that follow each other, as one that holds their ends.
    pub(super) fn joined(text: &'t str, lines: &[Self]) -> Option<Self> {
        let (first, last) = (lines.first()?, lines.last()?);
        let raw = text.get(first.start..last.start + last.raw.len())?;
        let tokens = lines.iter().map(|line| line.tokens).sum();
        Some(Self { raw, trimmed: trim_white(raw), tokens, is_ascii: raw.is_ascii(), ..*first })
    }
}

/// Splits at LF, CRLF, or CR where a text has no LF; form feeds count pages.
pub(super) fn split(text: &str) -> Vec<Line<'_>> {
    let has = |byte: u8| memchr::memchr(byte, text.as_bytes()).is_some();
    let end = if has(b'\n') || !has(b'\r') { b'\n' } else { b'\r' };
    let has_pages = has(b'\x0c');
    let mut page = u32::from(has_pages);
    let mut lines = Vec::with_capacity(text.len() / 60 + 1);
    let mut start = 0;
    let mut ends = memchr::memchr_iter(end, text.as_bytes());
    while start < text.len() {
        let stop = ends.next().unwrap_or(text.len());
        let mut raw = &text[start..stop];
        raw = raw.strip_suffix('\r').unwrap_or(raw);
        let mut at = start;
        while let Some(rest) = raw.strip_prefix('\x0c') {
            (raw, at, page) = (rest, at + 1, page + 1);
        }
        let number = lines.len() as u32 + 1;
        let is_ascii = raw.is_ascii();
        let tokens = if is_ascii { count_ascii_tokens(raw.as_bytes()) } else { count_tokens(raw) };
        let trimmed = trim_white(raw);
        lines.push(Line { number, page, start: at, raw, trimmed, tokens, is_ascii });
        if has_pages {
            page += raw.matches('\x0c').count() as u32;
        }
        start = stop + 1;
    }
    lines
}

/// Whether a character is white space to a reader: Unicode space, or a mark of no width.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || is_ignorable(c)
}

/// Characters that print nothing: soft hyphen, zero-width marks, direction marks.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}')
}

/// A text without Unicode white space at its ends.
pub(super) fn trim_white(text: &str) -> &str {
    let trimmed = text.trim_ascii();
    let is_graphic = |b: Option<&u8>| b.is_none_or(u8::is_ascii_graphic);
    let bytes = trimmed.as_bytes();
    if is_graphic(bytes.first()) && is_graphic(bytes.last()) { trimmed } else { text.trim() }
}

/// A text without white space at its ends, as [`is_space`] tells it.
pub(super) fn trim(text: &str) -> &str {
    trim_end(trim_start(text))
}

/// A text without white space in front.
pub(super) fn trim_start(text: &str) -> &str {
    let text = text.trim_ascii_start();
    match text.as_bytes().first() {
        Some(first) if !first.is_ascii_graphic() => text.trim_start_matches(is_space),
        _ => text,
    }
}

/// A text without white space at its end.
pub(super) fn trim_end(text: &str) -> &str {
    let text = text.trim_ascii_end();
    match text.as_bytes().last() {
        Some(last) if !last.is_ascii_graphic() => text.trim_end_matches(is_space),
        _ => text,
    }
}

/// The first place from `from` on that holds no space; spaces often stand in long runs.
pub(super) fn skip_spaces(bytes: &[u8], mut from: usize) -> usize {
    while bytes[from..].starts_with(b"        ") {
        from += 8;
    }
    bytes[from..].iter().position(|b| *b != b' ').map_or(bytes.len(), |run| from + run)
}

/// Trimmed, NFC, without characters that print nothing, every run of spaces one space.
pub(super) fn clean(raw: &str) -> Cow<'_, str> {
    let trimmed = trim(raw);
    if is_plain(trimmed, ODD) {
        return Cow::Borrowed(trimmed);
    }
    let mut out = String::with_capacity(trimmed.len());
    for c in trimmed.chars().filter(|c| !is_ignorable(*c)) {
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
    if is_nfc_quick(out.chars()) == IsNormalized::Yes {
        Cow::Owned(out)
    } else {
        Cow::Owned(out.nfc().collect())
    }
}

/// Class of the bytes that are no printable ASCII.
pub(super) const ODD: u8 = 1;
/// Class of the bytes that markup begins with, and of line ends.
pub(super) const MARKUP: u8 = 2;
const SPACE: u8 = 4;

/// The classes of every byte.
static CLASSES: [u8; 256] = {
    let mut classes = [ODD; 256];
    let mut b = b' ';
    while b < 0x7f {
        classes[b as usize] = match b {
            b' ' => SPACE,
            b'<' | b'&' | b'*' | b'\\' | b'$' | b'_' => MARKUP,
            _ => 0,
        };
        b += 1;
    }
    classes[b'\n' as usize] = ODD | MARKUP;
    classes
};

/// Whether a text holds no byte of some classes and no two spaces side by side: cleaning would
/// change nothing.
pub(super) fn is_plain(text: &str, classes: u8) -> bool {
    // A space counts behind another.
    let (mut found, mut sought) = (0, classes);
    for b in text.bytes() {
        let class = CLASSES[usize::from(b)];
        found |= class & sought;
        sought = classes | class & SPACE;
    }
    found == 0
}

/// Whether cleaning would change nothing of what stands between the separators of a line.
pub(super) fn are_plain(line: &str, separator: u8) -> bool {
    // Bytes of a block are looked at together, whatever the first is.
    let is_none = |block: &[u8; 16]| {
        let found = block.iter().fold(0, |found, b| {
            let is = |mark: u8| u8::from(*b == mark);
            let odd = u8::from(b.wrapping_sub(b' ') >= 0x7f - b' ') & u8::from(*b != separator);
            found | odd | is(b'<') | is(b'&') | is(b'*') | is(b'\\') | is(b'$') | is(b'_')
        });
        found == 0
    };
    let (blocks, rest) = line.as_bytes().as_chunks();
    let is_plain = |b: &u8| CLASSES[usize::from(*b)] & (ODD | MARKUP) == 0 || *b == separator;
    blocks.iter().all(is_none) && rest.iter().all(is_plain) && !has_double_space(line)
}

/// Whether a text holds a byte of a class.
pub(super) fn has_class(text: &str, class: u8) -> bool {
    text.bytes().fold(0, |all, b| all | CLASSES[usize::from(b)]) & class != 0
}

/// Whether two spaces stand side by side in a text.
pub(super) fn has_double_space(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    // All pairs are looked at: the processor takes many at once.
    pairs.fold(0, |found, (a, b)| found | u8::from(*a == b' ') & u8::from(*b == b' ')) != 0
}

/// How many stretches between gaps of two or more spaces hold something, counted up to `most`.
pub(super) fn count_pieces(text: &str, most: usize) -> usize {
    let is_filled = |piece: &str| !trim_white(piece).is_empty();
    if !has_double_space(text) {
        return usize::from(is_filled(text)).min(most);
    }
    let (mut count, mut from) = (0, 0);
    while count < most && from < text.len() {
        let rest = &text[from..];
        let gap = rest.as_bytes().windows(2).position(|pair| pair == b"  ").unwrap_or(rest.len());
        count += usize::from(is_filled(&rest[..gap]));
        let next = rest.as_bytes()[gap..].iter().position(|b| *b != b' ');
        from = next.map_or(text.len(), |next| from + gap + next);
    }
    count
}

/// Number of tokens: maximal runs without white space that print something.
pub(super) fn count_tokens(text: &str) -> u64 {
    if text.is_ascii() {
        return count_ascii_tokens(text.as_bytes());
    }
    let mut count = 0;
    let mut inside = false;
    for c in text.chars() {
        if c.is_whitespace() {
            inside = false;
        } else if !inside && !is_ignorable(c) {
            count += 1;
            inside = true;
        }
    }
    count
}

/// The same for ASCII: bytes that print behind ones that do not, many compared at once.
fn count_ascii_tokens(bytes: &[u8]) -> u64 {
    /// As many as a byte can count.
    const AT_ONCE: usize = 255;
    let is_space = |b: u8| (b == b' ') | b.wrapping_sub(b'\t').lt(&5);
    let Some((first, rest)) = bytes.split_first() else { return 0 };
    let mut count = u64::from(!is_space(*first));
    for (before, here) in bytes.chunks(AT_ONCE).zip(rest.chunks(AT_ONCE)) {
        let begins = |(before, here): (&u8, &u8)| u8::from(is_space(*before) & !is_space(*here));
        count += u64::from(before.iter().zip(here).map(begins).sum::<u8>());
    }
    count
}

/// Whether the first letter or digit of a text is one of these, given in small letters: a pattern
/// that begins with a word need not be tried on other texts. Beyond ASCII the pattern decides.
pub(super) fn may_begin(text: &str, letters: &[u8]) -> bool {
    text.bytes()
        .find(|b| b.is_ascii_alphanumeric() || *b == b'_' || !b.is_ascii())
        .is_some_and(|b| !b.is_ascii() || letters.contains(&b.to_ascii_lowercase()))
}

/// Whether the last letters or digits of a text are a year of this century or the last, with a word
/// before it that begins as a month does, or beyond ASCII.
pub(super) fn may_end_in_month(text: &str) -> bool {
    let is_letter = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || !b.is_ascii();
    let Some(last) = text.bytes().rposition(is_letter) else { return false };
    let (before, year) = text.as_bytes()[..=last].split_at((last + 1).saturating_sub(4));
    let is_year = matches!(year, [b'1', b'9', a, b] | [b'2', b'0', a, b] if a.is_ascii_digit() && b.is_ascii_digit());
    // Most lines end in none.
    if year.is_ascii() && !is_year {
        return false;
    }
    if !year.is_ascii() || !before.is_ascii() {
        return true;
    }
    let is_space = |b: &u8| matches!(b, b' ' | b'\t'..=b'\r');
    let word = before.trim_ascii_end().rsplit(is_space).next().unwrap_or_default();
    let word = word.strip_prefix(b":").unwrap_or(word);
    MONTHS
        .iter()
        .any(|month| word.get(..month.len()).is_some_and(|w| w.eq_ignore_ascii_case(month)))
}

/// How months begin, and `tanggal`, which may stand before one without a space.
const MONTHS: [&[u8]; 17] = [
    b"jan", b"feb", b"peb", b"mar", b"apr", b"mei", b"jun", b"jul", b"ag", b"sep", b"okt", b"oct",
    b"nov", b"nop", b"des", b"dec", b"tan",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_of_every_system() {
        for text in ["a\nb\n", "a\r\nb\r\n", "a\rb\r", "a\nb"] {
            let lines = split(text);
            let raw: Vec<_> = lines.iter().map(|l| (l.number, l.raw)).collect();
            assert_eq!(raw, [(1, "a"), (2, "b")], "{text:?}");
            assert!(lines.iter().all(|l| text[l.start..].starts_with(l.raw)));
        }
    }

    #[test]
    fn form_feeds_count_pages() {
        let pages: Vec<_> = split("a\n\x0cb\nc\n\x0c\x0cd").iter().map(|l| l.page).collect();
        assert_eq!(pages, [1, 2, 2, 4]);
        assert!(split("a\nb").iter().all(|l| l.page == 0));
    }

    #[test]
    fn tokens_are_runs_that_print() {
        for (text, want) in [("", 0), (" ", 0), ("a", 1), (" a  b\tc ", 3), ("\u{ad} é –", 2)] {
            assert_eq!(count_tokens(text), want, "{text:?}");
        }
        let long = "kata ".repeat(1_000);
        assert_eq!((count_tokens(&long), count_tokens(&(long + "é"))), (1_000, 1_001));
    }

    proptest::proptest! {
        #[test]
        fn pieces_are_those_of_splitting(text in "[ a\tb\u{a0}é]{0,12}", most in 1..4_usize) {
            let pieces = text.split("  ").filter(|piece| !piece.trim().is_empty());
            proptest::prop_assert_eq!(count_pieces(&text, most), pieces.take(most).count());
            proptest::prop_assert_eq!(trim(&text), text.trim_matches(is_space));
            proptest::prop_assert_eq!(trim_white(&text), text.trim());
        }
    }

    proptest::proptest! {
        #[test]
        fn pieces_of_plain_lines_are_plain(line in "[a-z \t|]{0,20}[a \t|<&*_$\\\\é\x7f\x01-]{0,3}[a-z 1|\t]{0,20}") {
            for separator in [b'\t', b'|'] {
                let mut pieces = line.split(char::from(separator));
                let all = pieces.clone().all(|piece| is_plain(piece, ODD | MARKUP));
                proptest::prop_assert_eq!(are_plain(&line, separator), all);
                let is_same = |piece: &str| matches!(clean(piece), Cow::Borrowed(_));
                proptest::prop_assert!(!are_plain(&line, separator) || pieces.all(is_same));
            }
        }
    }

    #[test]
    fn cleaning_drops_what_prints_nothing() {
        assert_eq!(clean("  1.250\u{ad}.000\u{a0} ,00 "), "1.250.000 ,00");
        assert_eq!(clean("re\u{200b}alisasi  e\u{301}"), "realisasi é");
        assert!(matches!(clean("Program Contoh"), Cow::Borrowed(_)));
    }
}

//! Lines of a decoded text, and the cleaning of a piece of one.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::glance::{ODD, count_ascii_tokens, count_tokens, is_plain};

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
pub(super) fn is_ignorable(c: char) -> bool {
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

    proptest::proptest! {
        #[test]
        fn trimming_is_that_of_the_library(text in "[ a\tb\u{a0}é]{0,12}") {
            proptest::prop_assert_eq!(trim(&text), text.trim_matches(is_space));
            proptest::prop_assert_eq!(trim_white(&text), text.trim());
        }
    }

    #[test]
    fn cleaning_drops_what_prints_nothing() {
        assert_eq!(clean("  1.250\u{ad}.000\u{a0} ,00 "), "1.250.000 ,00");
        assert_eq!(clean("re\u{200b}alisasi  e\u{301}"), "realisasi é");
        assert!(matches!(clean("Program Contoh"), Cow::Borrowed(_)));
    }
}

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
}

impl<'t> Line<'t> {
    /// The line without markup-free space at its ends.
    pub(super) fn trimmed(&self) -> &'t str {
        self.trimmed
    }

    pub(super) fn is_blank(&self) -> bool {
        self.trimmed.chars().all(is_space)
    }
}

/// Splits at LF, CRLF, or CR where a text has no LF; form feeds count pages.
pub(super) fn split(text: &str) -> Vec<Line<'_>> {
    let end = if text.contains('\n') || !text.contains('\r') { b'\n' } else { b'\r' };
    let has_pages = text.contains('\x0c');
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
        lines.push(Line { number, page, start: at, raw, trimmed: raw.trim() });
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

/// Trimmed, NFC, without characters that print nothing, every run of spaces one space.
pub(super) fn clean(raw: &str) -> Cow<'_, str> {
    let trimmed = raw.trim_matches(is_space);
    if is_plain(trimmed) {
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

/// Whether cleaning would change nothing: printable ASCII without double spaces.
fn is_plain(text: &str) -> bool {
    is_plain_but(text, |_| false)
}

/// Whether a text is printable ASCII without double spaces and certain bytes.
pub(super) fn is_plain_but(text: &str, is_excluded: impl Fn(u8) -> bool) -> bool {
    let mut previous = 0;
    text.bytes().all(|b| {
        let plain = (b' '..0x7f).contains(&b) && !(b == b' ' && previous == b' ');
        previous = b;
        plain && !is_excluded(b)
    })
}

/// Number of tokens: maximal runs without white space that print something.
pub(super) fn count_tokens(text: &str) -> u64 {
    let mut count = 0;
    let mut inside = false;
    if text.is_ascii() {
        for byte in text.bytes() {
            let is_space = matches!(byte, b' ' | b'\t'..=b'\r');
            count += u64::from(!inside && !is_space);
            inside = !is_space;
        }
        return count;
    }
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

/// Whether the first letter or digit of a text is one of these, given in small letters: a pattern
/// that begins with a word need not be tried on other texts. Beyond ASCII the pattern decides.
pub(super) fn may_begin(text: &str, letters: &[u8]) -> bool {
    text.bytes()
        .find(|b| b.is_ascii_alphanumeric() || *b == b'_' || !b.is_ascii())
        .is_some_and(|b| !b.is_ascii() || letters.contains(&b.to_ascii_lowercase()))
}

/// Whether the last letter or digit of a text is a digit, or beyond ASCII.
pub(super) fn may_end_in_digit(text: &str) -> bool {
    text.bytes()
        .rfind(|b| b.is_ascii_alphanumeric() || *b == b'_' || !b.is_ascii())
        .is_some_and(|b| !b.is_ascii() || b.is_ascii_digit())
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

    #[test]
    fn cleaning_drops_what_prints_nothing() {
        assert_eq!(clean("  1.250\u{ad}.000\u{a0} ,00 "), "1.250.000 ,00");
        assert_eq!(clean("re\u{200b}alisasi  e\u{301}"), "realisasi é");
        assert!(matches!(clean("Program Contoh"), Cow::Borrowed(_)));
    }
}

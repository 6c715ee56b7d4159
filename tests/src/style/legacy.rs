//! Plain text of old office programs: windows-1252 with CRLF.

use encoding_rs::WINDOWS_1252;

/// What stands for characters that windows-1252 lacks (`character ⇥ replacement`).
const REPLACEMENTS: &str = include_str!("../../data/transliteration.tsv");

/// `text` with only characters that windows-1252 has.
///
/// ```
/// assert_eq!(laras_tests::legacy_text("Baik (≥4,21)"), "Baik (>=4,21)");
/// ```
pub fn legacy_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut buffer = [0; 4];
    for c in text.chars() {
        let printed: &str = c.encode_utf8(&mut buffer);
        if WINDOWS_1252.encode(printed).2 {
            let found = REPLACEMENTS.lines().skip(1).find_map(|line| {
                line.split_once('\t').filter(|(from, _)| *from == printed).map(|(_, to)| to)
            });
            out.push_str(found.unwrap_or("?"));
        } else {
            out.push(c);
        }
    }
    out
}

/// The bytes of a text file as such programs save it.
pub(crate) fn to_bytes(text: &str) -> Vec<u8> {
    WINDOWS_1252.encode(&legacy_text(text).replace('\n', "\r\n")).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_single_and_lines_end_in_crlf() {
        assert_eq!(to_bytes("“a” – b\nc"), b"\x93a\x94 \x96 b\r\nc");
        assert_eq!(to_bytes("\u{4e2d}"), b"?");
    }
}

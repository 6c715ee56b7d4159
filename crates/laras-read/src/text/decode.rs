//! Bytes to text: finds the encoding and keeps every character addressable in the file.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::ReadError;

/// Bytes looked at to tell text from binary and UTF-16 from the rest.
const SAMPLE: usize = 8192;

/// A decoded file.
#[derive(Debug)]
pub(super) struct Decoded<'b> {
    pub(super) text: Cow<'b, str>,
    pub(super) encoding: &'static str,
    /// Whether neither a mark nor strict UTF-8 decided.
    pub(super) guessed: bool,
    /// Byte sequences that are no character and became U+FFFD.
    pub(super) invalid: u32,
    anchors: Anchors,
}

/// How offsets in the text lead back to offsets in the file.
#[derive(Debug)]
enum Anchors {
    /// UTF-8 as it stands, after a mark of so many bytes.
    Shifted(usize),
    /// Known pairs (text offset, file offset), and how characters count between them.
    Pairs(Vec<(usize, usize)>, Unit),
}

#[derive(Clone, Copy, Debug)]
enum Unit {
    Utf8,
    SingleByte,
    Utf16,
}

impl Unit {
    /// Bytes that a piece of text takes in the file.
    fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::SingleByte => text.chars().count(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum::<usize>() * 2,
        }
    }
}

impl Decoded<'_> {
    /// The offset in the file of an offset in the text.
    pub(super) fn file_offset(&self, offset: usize) -> u32 {
        let at = match &self.anchors {
            Anchors::Shifted(mark) => offset + mark,
            Anchors::Pairs(pairs, unit) => {
                let i = pairs.partition_point(|(text, _)| *text <= offset).saturating_sub(1);
                let (text, file) = pairs.get(i).copied().unwrap_or((0, 0));
                file + unit.length(self.text.get(text..offset).unwrap_or(""))
            }
        };
        u32::try_from(at).unwrap_or(u32::MAX)
    }
}

/// Decodes a file: byte order mark, then UTF-16 by its zeros, then strict UTF-8, then UTF-8 with
/// few faults, then a single-byte code page.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        if encoding == UTF_16LE || encoding == UTF_16BE {
            return Ok(decode_utf16(bytes, encoding, mark, false));
        }
        return Ok(decode_utf8(&bytes[mark..], mark));
    }
    if let Some(encoding) = utf16_by_zeros(bytes) {
        return Ok(decode_utf16(bytes, encoding, 0, true));
    }
    refuse_binary(bytes)?;
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded {
            text: Cow::Borrowed(text),
            encoding: "UTF-8",
            guessed: false,
            invalid: 0,
            anchors: Anchors::Shifted(0),
        });
    }
    let (mut invalid, mut multibyte) = (0_usize, 0);
    for chunk in bytes.utf8_chunks() {
        // What is no character stands in the text as U+FFFD.
        let is_invalid = usize::from(!chunk.invalid().is_empty());
        invalid += is_invalid;
        multibyte += chunk.valid().chars().filter(|c| !c.is_ascii()).count() + is_invalid;
    }
    if invalid * 10 <= multibyte {
        return Ok(decode_utf8(bytes, 0));
    }
    Ok(decode_single_byte(bytes))
}

fn decode_utf8(bytes: &[u8], mark: usize) -> Decoded<'_> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let anchors = Anchors::Shifted(mark);
        return Decoded {
            text: Cow::Borrowed(text),
            encoding: "UTF-8",
            guessed: false,
            invalid: 0,
            anchors,
        };
    }
    let mut text = String::with_capacity(bytes.len());
    let mut pairs = vec![(0, mark)];
    let (mut at, mut invalid) = (mark, 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            at += chunk.invalid().len();
            pairs.push((text.len(), at));
            invalid += 1;
        }
    }
    let anchors = Anchors::Pairs(pairs, Unit::Utf8);
    Decoded { text: Cow::Owned(text), encoding: "UTF-8", guessed: true, invalid, anchors }
}

fn decode_utf16(
    bytes: &[u8],
    encoding: &'static Encoding,
    mark: usize,
    guessed: bool,
) -> Decoded<'static> {
    let (text, faulty) = encoding.decode_without_bom_handling(&bytes[mark..]);
    let text = text.into_owned();
    let mut pairs = anchors(&text, mark, Unit::Utf16);
    // An odd byte at the end is a character of one byte.
    pairs.push((text.len(), bytes.len()));
    let anchors = Anchors::Pairs(pairs, Unit::Utf16);
    let invalid = u32::from(faulty);
    Decoded { text: Cow::Owned(text), encoding: encoding.name(), guessed, invalid, anchors }
}

fn decode_single_byte(bytes: &[u8]) -> Decoded<'static> {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"id"), chardetng::Utf8Detection::Deny);
    // Reports are written in Latin letters: another script can only be a wrong guess.
    let encoding = if guess.is_single_byte() && guess.name().starts_with("windows-125") {
        guess
    } else {
        WINDOWS_1252
    };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let pairs = anchors(&text, 0, Unit::SingleByte);
    let anchors = Anchors::Pairs(pairs, Unit::SingleByte);
    Decoded {
        text: Cow::Owned(text),
        encoding: encoding.name(),
        guessed: true,
        invalid: 0,
        anchors,
    }
}

/// Bytes of text between two anchors, so that no look-up counts more.
const BETWEEN: usize = 64;

/// Pairs of text and file offsets, [`BETWEEN`] bytes apart.
fn anchors(text: &str, mark: usize, unit: Unit) -> Vec<(usize, usize)> {
    let (mut at, mut file) = (0, mark);
    let mut pairs = Vec::with_capacity(text.len() / BETWEEN + 1);
    while at < text.len() {
        pairs.push((at, file));
        let next = text.ceil_char_boundary(at + BETWEEN);
        file += unit.length(&text[at..next]);
        at = next;
    }
    pairs
}

/// UTF-16 without a mark: nearly every second byte of Latin text is zero.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    // Other text has none.
    if sample.len() < 8 || memchr::memchr(0, sample).is_none() {
        return None;
    }
    let pairs = sample.len() / 2;
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 >= pairs * 7 && even * 10 < pairs {
        Some(UTF_16LE)
    } else if even * 10 >= pairs * 7 && odd * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn refuse_binary(bytes: &[u8]) -> Result<(), ReadError> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    for (magic, name) in [
        (&b"PK\x03\x04"[..], "a ZIP archive (DOCX, XLSX or the like)"),
        (b"\xd0\xcf\x11\xe0", "an old Office file (DOC, XLS)"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"%PDF", "a PDF"),
    ] {
        if sample.starts_with(magic) {
            return Err(ReadError::Binary { found: name.to_owned() });
        }
    }
    let is_control = |b: &u8| *b < 32 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b);
    if let Some(at) = memchr::memchr(0, sample) {
        return Err(ReadError::Binary { found: format!("a zero byte at offset {at}") });
    }
    let controls = sample.iter().filter(|b| is_control(b)).count();
    if controls * 20 > sample.len() {
        return Err(ReadError::Binary {
            found: format!("{controls} control characters in the first {} bytes", sample.len()),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character of `text`, encoded by `encode`, must lead back to its own bytes.
    fn check_offsets(bytes: &[u8], text: &str, encode: impl Fn(char) -> Vec<u8>) {
        let decoded = decode(bytes).expect("it is text");
        assert_eq!(decoded.text, text);
        for (offset, c) in text.char_indices() {
            let at = decoded.file_offset(offset) as usize;
            let want = encode(c);
            assert_eq!(
                &bytes[at..at + want.len()],
                want,
                "{c:?} at {offset} in {}",
                decoded.encoding
            );
        }
    }

    const TEXT: &str = "Pagu – “Rp”\nRencana é 1.250,00\r\nakhir";

    #[test]
    fn every_encoding_leads_back_to_its_bytes() {
        let utf8 = |c: char| c.to_string().into_bytes();
        check_offsets(TEXT.as_bytes(), TEXT, utf8);
        check_offsets(&[b"\xef\xbb\xbf", TEXT.as_bytes()].concat(), TEXT, utf8);
        let le =
            |c: char| c.encode_utf16(&mut [0; 2]).iter().flat_map(|u| u.to_le_bytes()).collect();
        let be =
            |c: char| c.encode_utf16(&mut [0; 2]).iter().flat_map(|u| u.to_be_bytes()).collect();
        let all =
            |encode: &dyn Fn(char) -> Vec<u8>| TEXT.chars().flat_map(encode).collect::<Vec<u8>>();
        check_offsets(&[b"\xff\xfe".to_vec(), all(&le)].concat(), TEXT, le);
        check_offsets(&all(&le), TEXT, le);
        check_offsets(&all(&be), TEXT, be);
        let cp1252 = |c: char| WINDOWS_1252.encode(&c.to_string()).0.into_owned();
        check_offsets(&all(&cp1252), TEXT, cp1252);
    }

    #[test]
    fn half_a_character_at_the_end_is_within_the_file() {
        let bytes = b"\xff\xfea\0b\0c";
        let decoded = decode(bytes).expect("it is text");
        assert_eq!((decoded.text.as_ref(), decoded.invalid), ("ab\u{fffd}", 1));
        let places: Vec<u32> =
            decoded.text.char_indices().map(|(offset, _)| decoded.file_offset(offset)).collect();
        assert_eq!(places, [2, 4, 6]);
        assert_eq!(decoded.file_offset(decoded.text.len()) as usize, bytes.len());
    }

    #[test]
    fn a_few_invalid_bytes_do_not_turn_utf8_into_something_else() {
        let mut bytes = "– – – – – – – – – – – – satu".as_bytes().to_vec();
        bytes.extend(b"\xff dua");
        let decoded = decode(&bytes).expect("it is text");
        assert_eq!((decoded.encoding, decoded.invalid), ("UTF-8", 1));
        let at = decoded.text.find("dua").expect("kept");
        assert_eq!(&bytes[decoded.file_offset(at) as usize..], b"dua");
    }

    #[test]
    fn binary_is_refused_with_what_was_found() {
        for (bytes, word) in [
            (&b"PK\x03\x04abc"[..], "ZIP"),
            (b"ab\0cd", "zero byte"),
            (b"\x01\x02\x03\x04", "control"),
        ] {
            let error = decode(bytes).expect_err("binary").to_string();
            assert!(error.contains(word), "{error}");
        }
    }
}

//! The words of a text, as phrases are made of them.

use std::borrow::Cow;

use laras_model::SharedText;

/// A text with single blanks between its words; most texts are so written.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    // Looked at to the end: many bytes at a time.
    let bytes = text.as_bytes();
    let is_plain = bytes.iter().fold(true, |all, b| all & (b' '..0x7f).contains(b));
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let is_blank = |b: &u8| u8::from(*b == b' ');
    let is_single = pairs.fold(0, |all, (a, b)| all | is_blank(a) & is_blank(b)) == 0;
    if is_plain && is_single && !text.starts_with(' ') && !text.ends_with(' ') {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    Cow::Owned(line)
}

/// A word, which mostly is so short that it takes no room of its own.
pub(crate) type Word = SharedText;

/// The words of a text, lower case; `%` is a word, `s/d` and `s.d.` are `sampai dengan`.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(text.len() / 6 + 1);
    if text.is_ascii() {
        // What most texts consist of is told by its bytes.
        let lower = text.to_ascii_lowercase();
        let mut rest = lower.as_str();
        while !rest.is_empty() {
            let letters = rest.bytes().take_while(|b| IS_PART[usize::from(*b)]).count();
            add_piece(&mut words, &rest[..letters]);
            rest = rest.get(letters + 1..).unwrap_or_default();
        }
    } else {
        let lower = text.to_lowercase();
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '%' | '-');
        lower.split(|c| !is_part(c)).for_each(|piece| add_piece(&mut words, piece));
    }
    words
}

/// Whether a byte of ASCII is part of a word.
const IS_PART: [bool; 256] = {
    let mut is_part = [false; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        is_part[at] = byte.is_ascii_alphanumeric() || matches!(byte, b'%' | b'-');
        at += 1;
    }
    is_part
};

/// Adds the words of a piece of text.
fn add_piece(words: &mut Vec<Word>, piece: &str) {
    // Few have a dash at an end.
    let has_dash = piece.starts_with('-') || piece.ends_with('-');
    let piece = if has_dash { piece.trim_matches('-') } else { piece };
    // `100%` and `%` both end in the sign.
    match piece.strip_suffix('%').filter(|head| !head.is_empty()) {
        Some(head) => {
            add_word(words, head);
            words.push("%".into());
        }
        None if piece.is_empty() => {}
        None => add_word(words, piece),
    }
}

fn add_word(words: &mut Vec<Word>, word: &str) {
    match word {
        "sd" => words.push("sampai".into()),
        "d" if words.last().is_some_and(|last| last == "s") => {
            words.pop();
            words.extend(["sampai".into(), "dengan".into()]);
        }
        _ => words.push(word.into()),
    }
}

/// The first of the [`words`] of a text.
pub(crate) fn first_word(text: &str) -> Option<Word> {
    // Most begin with a plain word.
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let ends = text.as_bytes().get(letters).is_none_or(|b| matches!(b, b' ' | b',' | b'(' | b'\n'));
    if ends && letters > 2 {
        return Some(lower(&text[..letters]));
    }
    first_words(text, 1).into_iter().next()
}

/// So many of the first [`words`] of a text.
pub(crate) fn first_words(text: &str, count: usize) -> Vec<Word> {
    let is_part = |c: char| c.is_alphanumeric() || c == '%';
    let behind = |c: char| !(is_part(c) || c == '-');
    // What a word is can depend on the next, `s/d`, but on no other.
    let mut end = 0;
    for _ in 0..=count {
        let Some(at) = text[end..].find(is_part) else { break };
        let begin = end + at;
        end = text[begin..].find(behind).map_or(text.len(), |at| begin + at);
    }
    let mut words = words(&text[..end]);
    words.truncate(count);
    words
}

/// A word of ASCII in lower case.
fn lower(word: &str) -> Word {
    let mut room = [0; 24];
    let Some(lower) = room.get_mut(..word.len()) else { return word.to_ascii_lowercase().into() };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    str::from_utf8(lower).unwrap_or(word).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_is_that_of_all_words() {
        for text in [
            "",
            "- ",
            "Nilai SAKIP",
            "Nilai",
            "Nilai-nilai x",
            "Nilai% x",
            "ab c",
            "sd c",
            "- - indeks x",
            "s/d 2020",
            "S.D. akhir",
            "sd x",
            "s% d",
            "100% anak",
            "a-b-c d",
            "-x- y",
            "%",
            "s - d",
            "s",
            "é-ü ö",
            "İndeks x",
        ] {
            assert_eq!(first_word(text), words(text).into_iter().next(), "{text}");
            for count in 0..4 {
                let all = words(text).into_iter().take(count).collect::<Vec<_>>();
                assert_eq!(first_words(text, count), all, "{text}");
            }
        }
    }

    #[test]
    fn a_line_has_single_blanks() {
        for text in ["", " ", "a b", "a  b", " a b", "a b ", "a\nb\t c", "é\u{a0}ü", "a\u{b}b"] {
            let words: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(one_line(text), words.join(" "), "{text}");
        }
    }

    #[test]
    fn words_of_ascii_are_those_of_any_text() {
        for text in [
            "Realisasi s/d 2020 (%) 100%",
            "-a- b-c --",
            "a-% a%% % -%- sd% s%d",
            "s.d. S D s s d d sd",
            "\u{1}x\ty\u{7f}z_w",
            "",
        ] {
            // A letter beyond ASCII in a word of its own leaves the others as they are.
            let mut of_any = words(&format!("{text} é"));
            assert_eq!(of_any.pop().as_deref(), Some("é"), "{text}");
            assert_eq!(words(text), of_any, "{text}");
        }
        assert_eq!(words("a-% a%% sd%"), ["a-", "%", "a%", "%", "sampai", "%"]);
        assert_eq!(words("S D s s d d"), ["sampai", "dengan", "s", "sampai", "dengan", "d"]);
    }
}

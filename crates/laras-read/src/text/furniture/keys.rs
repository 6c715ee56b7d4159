//! What repeats where a running line does: its words.

use std::borrow::Cow;

use super::super::glance::{MARKUP, has_class};
use super::super::lines::Line;
use super::super::markup::plain;

/// What repeats: the words of the lines, case and markup aside, every run of digits the same.
pub(super) fn key_of(lines: &[Line<'_>]) -> String {
    let mut key = String::with_capacity(lines.iter().map(|line| line.trimmed().len() + 1).sum());
    for line in lines {
        add_words(&mut key, line);
    }
    key
}

fn add_words(key: &mut String, line: &Line<'_>) {
    // Where there is no markup, what is taken off is no word.
    let is_bare = line.is_ascii && !has_class(line.raw, MARKUP);
    let text = if is_bare { Cow::Borrowed(line.raw) } else { plain(line.raw) };
    if text.is_ascii() {
        let mut rest = text.as_bytes();
        while let Some(from) = rest.iter().position(u8::is_ascii_alphanumeric) {
            rest = &rest[from..];
            let end = rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
            let at = text.len() - rest.len();
            add_word(key, &text[at..at + end]);
            rest = &rest[end..];
        }
    } else {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            add_word(key, word);
        }
    }
}

fn add_word(key: &mut String, word: &str) {
    if !key.is_empty() {
        key.push(' ');
    }
    if word.bytes().all(|b| b.is_ascii_digit()) {
        key.push('#');
    } else if word.is_ascii() {
        key.push_str(word);
        let start = key.len() - word.len();
        key[start..].make_ascii_lowercase();
    } else {
        key.extend(word.chars().flat_map(char::to_lowercase));
    }
}

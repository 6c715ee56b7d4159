//! Folding: what two spellings of one name have in common.

use laras_model::SharedText;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::words::{Class, Words};

/// A folded word and how it stood in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: SharedText,
    /// Inside brackets.
    pub(crate) bracketed: bool,
    /// Followed by a full stop.
    pub(crate) stopped: bool,
    /// In capitals, in a name that is not.
    pub(crate) shouted: bool,
}

/// A folded name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folded {
    pub(crate) words: Vec<Word>,
}

impl Folded {
    /// The words, one space between them.
    pub(crate) fn key(&self) -> String {
        let letters: usize = self.words.iter().map(|word| word.text.len() + 1).sum();
        let mut key = String::with_capacity(letters);
        for (at, word) in self.words.iter().enumerate() {
            key.push_str(if at == 0 { "" } else { " " });
            key.push_str(&word.text);
        }
        key
    }

    /// The words without spaces, so that `kerja sama` is `kerjasama`.
    pub(crate) fn compact(&self, into: &mut String) {
        into.clear();
        for word in &self.words {
            into.push_str(&word.text);
        }
    }
}

/// Folds a name: compatibility forms, case, diacritics, punctuation, mark-up, leading numbering
/// and level, well-known short forms, doubled words, and acronyms in brackets after what they
/// stand for.
pub(crate) fn fold_name(name: &str, words: &Words) -> Folded {
    let mut raw = split(name);
    // Capitals tell an acronym only where not everything is in capitals.
    if raw.iter().all(|word| word.small == 0) {
        for word in &mut raw {
            word.small = word.text.len();
        }
    }
    strip_numbering(&mut raw);
    let mut folded = Folded { words: Vec::with_capacity(raw.len() + 4) };
    let skipped = level_words(&raw, words);
    for word in raw.drain(..).skip(skipped) {
        match words.expansion(&word.text) {
            // `Forum Koordinasi Pimpinan Daerah (Forkopimda)` says it once.
            Some(long) if word.bracketed && ends_with(&folded.words, long) => {}
            Some(long) => folded.words.extend(long.iter().map(|text| Word {
                text: text.into(),
                bracketed: word.bracketed,
                ..Word::default()
            })),
            None => folded.words.push(word.into()),
        }
    }
    folded.words.dedup_by(|later, earlier| {
        later.text == earlier.text && later.text.len() > 1 && !is_number(&later.text)
    });
    drop_explained_acronyms(&mut folded.words, words);
    folded
}

fn ends_with(words: &[Word], long: &[String]) -> bool {
    words.len() >= long.len()
        && words[words.len() - long.len()..].iter().zip(long).all(|(word, part)| word.text == *part)
}

/// A word with the punctuation around it.
#[derive(Debug, Default)]
struct Raw {
    text: SharedText,
    bracketed: bool,
    /// The first character after it.
    after: char,
    /// Number of letters and digits that are not capitals.
    small: usize,
}

impl From<Raw> for Word {
    fn from(raw: Raw) -> Self {
        Self {
            bracketed: raw.bracketed,
            stopped: raw.after == '.',
            shouted: raw.small == 0 && raw.text.len() > 1 && !is_number(&raw.text),
            text: raw.text,
        }
    }
}

fn split(name: &str) -> Vec<Raw> {
    let cleaned;
    let name = if name.bytes().any(|byte| matches!(byte, b'<' | b'&')) {
        cleaned = strip_tags(&name.replace("&amp;", "&"));
        &cleaned
    } else {
        name
    };
    let mut state = Splitter {
        words: Vec::with_capacity(16),
        word: String::with_capacity(32),
        ..Splitter::default()
    };
    if name.is_ascii() {
        state.run(name.chars());
    } else {
        state.run(name.nfkd().filter(|c| !is_combining_mark(*c) && !is_invisible(*c)));
    }
    join_letters(state.words)
}

/// Puts a space in place of each short tag (`<br>`, `</p>`).
fn strip_tags(name: &str) -> String {
    const LONGEST: usize = 24;
    let mut text = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(start) = rest.find('<') {
        let inside = &rest[start + 1..];
        let is_tag = inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let end = inside.find(['>', '<']).filter(|end| inside.as_bytes()[*end] == b'>');
        text.push_str(&rest[..start]);
        text.push(' ');
        rest = match end {
            Some(end) if is_tag && end <= LONGEST => &inside[end + 1..],
            _ => inside,
        };
    }
    text.push_str(rest);
    text
}

/// Zero-width characters and the soft hyphen, which compatibility forms leave in place.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[derive(Default)]
struct Splitter {
    words: Vec<Raw>,
    depth: u8,
    /// The word that grows.
    word: String,
    /// Number of its letters that are not capitals.
    small: usize,
    /// Number of those since its last capital.
    small_since: usize,
}

impl Splitter {
    fn run(&mut self, chars: impl Iterator<Item = char>) {
        let mut chars = chars.peekable();
        while let Some(c) = chars.next() {
            match c {
                'a'..='z' => {
                    self.word.push(c);
                    self.small += 1;
                    self.small_since += 1;
                }
                '0'..='9' => self.word.push(c),
                'A'..='Z' => {
                    // `JasaSurat`: words that lost the space between them.
                    let lost =
                        self.small_since >= 3 && chars.peek().is_some_and(char::is_ascii_lowercase);
                    if lost {
                        self.end(' ');
                    }
                    self.small_since = 0;
                    self.word.push(c.to_ascii_lowercase());
                }
                // An apostrophe inside a word is no boundary: Qur'an, Jum'at.
                '\'' | '’' | '‘' | '`' | '´' if !self.word.is_empty() => {}
                '&' => {
                    self.end(c);
                    self.word.push_str("dan");
                    self.small = 3;
                    self.end(' ');
                }
                '(' | '[' | '{' => {
                    self.end(c);
                    self.depth = self.depth.saturating_add(1);
                }
                ')' | ']' | '}' => {
                    self.end(c);
                    self.depth = self.depth.saturating_sub(1);
                }
                _ if c.is_alphanumeric() => {
                    self.word.extend(c.to_lowercase());
                    self.small += usize::from(!c.is_uppercase());
                }
                _ => self.end(c),
            }
        }
        self.end('\n');
    }

    fn end(&mut self, after: char) {
        if !self.word.is_empty() {
            let text = self.word.as_str().into();
            let bracketed = self.depth > 0;
            self.words.push(Raw { text, bracketed, after, small: self.small });
            self.word.clear();
            (self.small, self.small_since) = (0, 0);
        }
    }
}

/// Joins letters that stand apart: `S.K.P.D` and `J U M L A H`.
fn join_letters(words: Vec<Raw>) -> Vec<Raw> {
    let single = |word: &Raw| word.text.len() == 1 && word.text.as_bytes()[0].is_ascii_alphabetic();
    if !words.windows(2).any(|pair| single(&pair[0]) && single(&pair[1])) {
        return words;
    }
    let mut joined: Vec<Raw> = Vec::with_capacity(words.len());
    let mut run = 0;
    let mut run_by_dots = false;
    let last = words.len();
    for at in 0..=last {
        if at < last && single(&words[at]) {
            if run == 0 {
                run_by_dots = true;
            }
            run += 1;
            run_by_dots &= words[at].after == '.' || at + 1 == last || !single(&words[at + 1]);
            continue;
        }
        if run >= 3 || (run == 2 && run_by_dots && words[at - 2].after == '.') {
            let mut text = String::new();
            words[at - run..at].iter().for_each(|word| text.push_str(&word.text));
            let first = &words[at - run];
            let after = words[at - 1].after;
            let text = text.into();
            joined.push(Raw { text, bracketed: first.bracketed, after, small: first.small });
        } else {
            joined.extend(words[at - run..at].iter().map(copy));
        }
        run = 0;
        joined.extend(words.get(at).map(copy));
    }
    joined
}

fn copy(word: &Raw) -> Raw {
    Raw { text: word.text.clone(), ..*word }
}

pub(crate) fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_roman(word: &str) -> bool {
    word.len() <= 5 && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'))
}

/// Removes `1.`, `1.2`, `a)`, `IV.` in front of a name.
fn strip_numbering(words: &mut Vec<Raw>) {
    let mut cut = 0;
    for word in words.iter() {
        let number = is_number(&word.text) && word.text.len() <= 4;
        let letter = cut == 0 && (word.text.len() == 1 || is_roman(&word.text));
        if !(number || letter) {
            break;
        }
        // `1 Program …` is numbered as well; no name begins with a number that belongs to it.
        let marked = matches!(word.after, '.' | ')') || number;
        if !marked {
            break;
        }
        cut += 1;
    }
    if cut < words.len() {
        words.drain(..cut);
    }
}

/// How many words in front name a level; none if nothing would be left.
fn level_words(words: &[Raw], classes: &Words) -> usize {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let is = |at: usize, word: &str| {
        text(at) == word
            || classes.expansion(text(at)).is_some_and(|long| long.len() == 1 && long[0] == word)
    };
    let count = if is(0, "urusan") && is(1, "pemerintahan") && is(2, "bidang") {
        3
    } else if is(0, "sub") && is(1, "kegiatan") {
        2
    } else {
        usize::from(classes.class(text(0)) == Class::Level || is(0, "program") || is(0, "kegiatan"))
    };
    if words.len() > count { count } else { 0 }
}

/// Removes an acronym in brackets that stands for the words before it: `… Umat Beragama (FKUB)`.
fn drop_explained_acronyms(words: &mut Vec<Word>, classes: &Words) {
    let mut at = 1;
    while at < words.len() {
        let alone = words[at].bracketed
            && !words[at - 1].bracketed
            && words.get(at + 1).is_none_or(|next| !next.bracketed);
        let letters = words[at].text.len();
        if alone
            && (2..=8).contains(&letters)
            && has_initials(&words[..at], &words[at].text, classes)
        {
            words.remove(at);
        } else {
            at += 1;
        }
    }
}

/// Whether the words end in a run whose first letters spell the acronym, function words aside.
fn has_initials(words: &[Word], acronym: &str, classes: &Words) -> bool {
    let mut letters = acronym.chars().rev().peekable();
    for word in words.iter().rev() {
        let Some(wanted) = letters.peek() else { break };
        if word.text.starts_with(*wanted) {
            letters.next();
        } else if classes.class(&word.text) != Class::Function {
            return false;
        }
    }
    letters.peek().is_none()
}

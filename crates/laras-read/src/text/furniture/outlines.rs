//! How keys begin and how many letters they have: that tells most lines that cannot have one of some
//! keys without making theirs.

use rustc_hash::FxHashSet;

use super::super::glance::{MARKUP, has_class};
use super::super::lines::Line;

/// The outlines of some keys.
pub(super) struct Outlines {
    all: FxHashSet<Outline>,
    initials: FxHashSet<u16>,
}

/// How a key begins, and how many letters it has.
type Outline = (u16, usize);

impl Outlines {
    pub(super) fn of(keys: impl Iterator<Item = impl AsRef<str>>) -> Self {
        let (mut all, mut initials) = (FxHashSet::default(), FxHashSet::default());
        for key in keys {
            let key = key.as_ref();
            let Some(initial) = initial(key.as_bytes()) else { continue };
            initials.insert(initial);
            // Only plain lines have an outline, whose words are all ASCII.
            if key.is_ascii() {
                all.insert((initial, letters(key)));
            }
        }
        Self { all, initials }
    }

    /// Whether lines may have one of the keys that begin with this one.
    pub(super) fn may_begin(&self, line: &Line<'_>) -> bool {
        // Markup takes away no letters in front of it.
        let is_telling = |b: &u8| b.is_ascii_alphanumeric() || b"<&*\\$_".contains(b);
        let bytes = line.raw.as_bytes();
        let begin = bytes.iter().position(is_telling).filter(|_| line.is_ascii);
        match begin.map_or(&[][..], |at| &bytes[at..]) {
            [a, b, ..] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                initial(&[*a, *b]).is_none_or(|initial| self.initials.contains(&initial))
            }
            [a, ..] if a.is_ascii_digit() => {
                initial(&[*a]).is_none_or(|initial| self.initials.contains(&initial))
            }
            _ => true,
        }
    }

    /// Whether lines may have one of the keys.
    pub(super) fn may_hold(&self, lines: &[Line<'_>]) -> bool {
        lines.first().is_none_or(|first| self.may_begin(first))
            && outline(lines).is_none_or(|outline| self.all.contains(&outline))
    }
}

/// The outline of the key of some lines, where all are plain.
fn outline(lines: &[Line<'_>]) -> Option<Outline> {
    let is_plain = |line: &Line<'_>| line.is_ascii && !has_class(line.raw, MARKUP);
    if !lines.iter().all(is_plain) {
        return None;
    }
    let first = lines.iter().find_map(|line| {
        let bytes = line.raw.as_bytes();
        initial(&bytes[bytes.iter().position(u8::is_ascii_alphanumeric)?..])
    });
    Some((first?, lines.iter().map(|line| letters(line.raw)).sum()))
}

/// The letters of ASCII that a text has.
fn letters(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_alphabetic).count()
}

/// How a text begins that begins with a word, in ASCII: by its first two letters; numbers, which keys
/// fold, are all alike.
fn initial(text: &[u8]) -> Option<u16> {
    /// More than there are letters.
    const SECOND: u16 = 32;
    let letter = |b: u8| b.is_ascii_alphabetic().then(|| u16::from(b.to_ascii_lowercase() - b'a'));
    let Some(first) = letter(*text.first()?) else { return Some(SECOND * SECOND) };
    let second = match text.get(1) {
        Some(b) if b.is_ascii_digit() => SECOND - 2,
        Some(b) => letter(*b).unwrap_or(SECOND - 1),
        None => SECOND - 1,
    };
    Some(first * SECOND + second)
}

#[cfg(test)]
mod tests {
    use super::super::super::lines::split;
    use super::super::keys::key_of;
    use super::*;

    proptest::proptest! {
        #[test]
        fn no_line_is_ruled_out_by_its_own_key(text in "([aB1#é <i>&;*_.-]{0,6}\n){1,3}") {
            let lines = split(&text);
            let key = key_of(&lines);
            let known = Outlines::of(std::iter::once(&key));
            let is_word = key.contains(char::is_alphanumeric);
            proptest::prop_assert!(known.may_hold(&lines) || !is_word, "{key}");
        }
    }
}

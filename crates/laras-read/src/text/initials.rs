//! How the keys of running lines begin: two letters tell most lines that cannot be one.

use super::lines::{Line, MARKUP, has_class};

/// How keys begin: with two letters, or one and a space.
#[derive(Default)]
pub(super) struct Initials {
    pairs: [u64; 12],
    /// Whether some key begins with what is not told by two bytes.
    any: bool,
}

/// Two letters of the alphabet, or one and a space, as a number.
pub(super) type Initial = u16;

impl Initials {
    pub(super) fn of(initials: impl Iterator<Item = Option<Initial>>) -> Self {
        let mut all = Self::default();
        for initial in initials {
            match initial {
                Some(pair) => all.pairs[usize::from(pair / 64)] |= 1 << (pair % 64),
                None => all.any = true,
            }
        }
        all
    }

    pub(super) fn may_hold(&self, initial: Option<Initial>) -> bool {
        self.any
            || match initial {
                Some(pair) => self.pairs[usize::from(pair / 64)] & (1 << (pair % 64)) != 0,
                None => self.pairs != [0; 12],
            }
    }
}

/// How the key of a line begins, where two bytes tell it.
pub(super) fn initial(line: &Line<'_>) -> Option<Initial> {
    let text = line.trimmed();
    if has_class(text, MARKUP) {
        return None;
    }
    let at = text.bytes().position(|b| b.is_ascii_alphanumeric() || !b.is_ascii())?;
    initial_of(&text.as_bytes()[at..])
}

/// How a text begins that begins with a word.
pub(super) fn initial_of(text: &[u8]) -> Option<Initial> {
    /// Letters of the alphabet, and the space.
    const LETTERS: u16 = 27;
    let letter = |b: u8| b.is_ascii_alphabetic().then(|| u16::from(b.to_ascii_lowercase() - b'a'));
    let first = letter(*text.first()?)?;
    let second = match text.get(1) {
        Some(b) if b.is_ascii_alphanumeric() || !b.is_ascii() => letter(*b)?,
        _ => LETTERS - 1,
    };
    Some(first * LETTERS + second)
}

//! Names that are known: those that stand whole elsewhere in the file, and those that the caller
//! knows, such as the official nomenclature.

use std::rc::Rc;

use laras_model::SharedText;
use rustc_hash::FxHashMap;

/// Tells whether a text is a name by itself.
pub type IsName<'a> = dyn Fn(&str) -> bool + Sync + 'a;

/// Names of the file, and the caller's.
pub(crate) struct KnownNames<'a> {
    texts: Rc<Texts>,
    official: Option<&'a IsName<'a>>,
}

/// Texts that stand alone in some cell.
#[derive(Default)]
struct Texts {
    /// The texts folded, numbered as they come.
    numbers: FxHashMap<Key, usize>,
    /// Whether each of them stands in two cells at least.
    are_twice: Vec<bool>,
    /// The numbers of the texts as they are printed; none of those that are too short. Most are printed
    /// alike everywhere, and need not be folded again.
    printed: FxHashMap<SharedText, Option<usize>>,
}

impl Texts {
    fn add(&mut self, text: &SharedText, key: &mut Key) {
        if let Some(number) = self.printed.get(text) {
            if let Some(number) = *number {
                self.are_twice[number] = true;
            }
            return;
        }
        fold(text, key);
        let number = (key.len() >= SHORTEST).then(|| self.add_folded(key));
        self.printed.insert(text.clone(), number);
    }

    fn add_folded(&mut self, key: &Key) -> usize {
        if let Some(number) = self.numbers.get(key) {
            self.are_twice[*number] = true;
            return *number;
        }
        let number = self.are_twice.len();
        self.are_twice.push(false);
        self.numbers.insert(key.clone(), number);
        number
    }
}

/// Shortest text, in folded bytes, that can be known by standing twice.
const SHORTEST: usize = 10;
/// Shortest beginning, in folded bytes, that a name can have in the cell above.
const SHORTEST_REST: usize = 4;

/// A folded text.
type Key = Vec<u8>;

impl<'a> KnownNames<'a> {
    /// The texts of the file's cells, and the caller's judge of names.
    pub(crate) fn new<'t>(
        texts: impl Iterator<Item = &'t SharedText>,
        official: Option<&'a IsName<'a>>,
    ) -> Self {
        let mut known = Texts::default();
        let mut key = Key::new();
        // Letters and digits are no more than the bytes of a text.
        for text in texts.filter(|text| text.len() >= SHORTEST) {
            known.add(text, &mut key);
        }
        Self { texts: Rc::new(known), official }
    }

    /// The names of the file alone.
    pub(crate) fn of_file(&self) -> Self {
        Self { texts: Rc::clone(&self.texts), official: None }
    }

    /// Whether a text that is a cell is a name by itself: it stands elsewhere too.
    pub(crate) fn knows(&self, text: &str) -> bool {
        self.stands_in(2, text)
    }

    /// Whether a text that was put together stands whole in some cell.
    pub(crate) fn knows_whole(&self, text: &str) -> bool {
        self.stands_in(1, text)
    }

    /// Whether a text stands whole in so many cells, one or two, or is a name to the caller.
    fn stands_in(&self, cells: usize, text: &str) -> bool {
        // Letters and digits are no more than the bytes of a text.
        text.len() >= SHORTEST
            && match self.texts.printed.get(text) {
                Some(number) => number.is_some_and(|number| self.is(cells, Some(number), text)),
                None => self.stands_as(cells, &key(text), text),
            }
    }

    fn stands_as(&self, cells: usize, key: &[u8], text: &str) -> bool {
        key.len() >= SHORTEST && self.is(cells, self.texts.numbers.get(key).copied(), text)
    }

    /// The same of a text by its number, if it has one.
    fn is(&self, cells: usize, number: Option<usize>, text: &str) -> bool {
        number.is_some_and(|number| cells == 1 || self.texts.are_twice[number])
            || self.official.is_some_and(|is| is(text))
    }

    /// Where a text that is no known name must be cut so that both its head, and its tail with `next`, are
    /// known names.
    pub(crate) fn cut(&self, text: &str, next: &str) -> Option<usize> {
        if text.len() < SHORTEST + SHORTEST_REST {
            return None;
        }
        if self.knows(text) {
            return None;
        }
        let whole = key(text);
        let start =
            next.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '));
        // The key of a head is a piece of the whole key, but for heads too short to be known.
        let bare = text.len() - without_mark(text).len();
        let mut letters = 0;
        let mut before = bare;
        text.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at).find(|at| {
            let (head, tail) = text.split_at(*at);
            if *at > before {
                letters += key_length(&text[before..*at]);
                before = *at;
            }
            let tail = tail.trim();
            letters >= SHORTEST
                && whole.len() - letters >= SHORTEST_REST
                && self.stands_as(1, &whole[..letters], head)
                && key(tail).len() >= SHORTEST_REST
                && self.knows_whole(&format!("{tail} {start}"))
        })
    }
}

/// Letters and digits only, lower case, leading numbering dropped.
fn key(text: &str) -> Key {
    let mut key = Key::new();
    fold(text, &mut key);
    key
}

/// The same, written over another key.
fn fold(text: &str, key: &mut Key) {
    let bare = without_mark(text);
    key.clear();
    if bare.is_ascii() {
        key.resize(bare.len(), 0);
        let mut len = 0;
        for b in bare.bytes() {
            let folded = FOLDED[usize::from(b)];
            key[len] = folded;
            len += usize::from(folded > 0);
        }
        key.truncate(len);
    } else {
        let letters = bare.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        key.extend_from_slice(letters.collect::<String>().as_bytes());
    }
}

/// Each byte as it stands in a key, 0 for those that do not.
static FOLDED: [u8; 256] = {
    let mut folded = [0; 256];
    let mut b = 0;
    while b < 128_u8 {
        if b.is_ascii_alphanumeric() {
            folded[b as usize] = b.to_ascii_lowercase();
        }
        b += 1;
    }
    folded
};

/// Length of the key of a piece of text that no numbering leads.
fn key_length(piece: &str) -> usize {
    if piece.is_ascii() {
        return piece.bytes().filter(u8::is_ascii_alphanumeric).count();
    }
    let letters = piece.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    letters.map(char::len_utf8).sum()
}

/// A text behind its leading numbering.
fn without_mark(text: &str) -> &str {
    /// Longest mark, in bytes.
    const LONGEST: usize = 3;
    let text = text.trim_start();
    let begin = &text.as_bytes()[..text.len().min(LONGEST + 1)];
    match begin.iter().position(|b| matches!(b, b'.' | b')')) {
        Some(at) if begin[..at].iter().all(u8::is_ascii_alphanumeric) => &text[at + 1..],
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_names_are_cut_where_both_halves_are_names() {
        let texts = [
            "1. Sosialisasi Pembauran Kebangsaan",
            "Sosialisasi pembauran kebangsaan",
            "Dialog Interaktif Ttg Kesadaran Bela Negara",
            "4. Dialog Interaktif ttg Kesadaran Bela Negara",
        ];
        let texts = texts.map(SharedText::from);
        let names = KnownNames::new(texts.iter(), None);
        let cell = "Sosialisasi Pembauran Kebangsaan Dia log Interaktif Ttg";
        assert_eq!(names.cut(cell, "Kesadaran Bela Negara"), Some(32));
        assert_eq!(names.cut(cell, "Sesuatu yang lain"), None);
    }
}

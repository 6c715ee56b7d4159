//! What the bytes of a text tell at a glance: whether it needs cleaning, how much stands in it, and
//! whether a pattern need be tried on it.

use super::lines::{is_ignorable, trim_white};

/// Class of the bytes that are no printable ASCII.
pub(super) const ODD: u8 = 1;
/// Class of the bytes that markup begins with, and of line ends.
pub(super) const MARKUP: u8 = 2;
const SPACE: u8 = 4;

/// The classes of every byte.
static CLASSES: [u8; 256] = {
    let mut classes = [ODD; 256];
    let mut b = b' ';
    while b < 0x7f {
        classes[b as usize] = match b {
            b' ' => SPACE,
            b'<' | b'&' | b'*' | b'\\' | b'$' | b'_' => MARKUP,
            _ => 0,
        };
        b += 1;
    }
    classes[b'\n' as usize] = ODD | MARKUP;
    classes
};

/// Whether a text holds no byte of some classes and no two spaces side by side: cleaning would
/// change nothing.
pub(super) fn is_plain(text: &str, classes: u8) -> bool {
    // A space counts behind another.
    let (mut found, mut sought) = (0, classes);
    for b in text.bytes() {
        let class = CLASSES[usize::from(b)];
        found |= class & sought;
        sought = classes | class & SPACE;
    }
    found == 0
}

/// Whether cleaning would change nothing of what stands between the separators of a line.
pub(super) fn are_plain(line: &str, separator: u8) -> bool {
    // Bytes of a block are looked at together, whatever the first is.
    let is_none = |block: &[u8; 16]| {
        let found = block.iter().fold(0, |found, b| {
            let is = |mark: u8| u8::from(*b == mark);
            let odd = u8::from(b.wrapping_sub(b' ') >= 0x7f - b' ') & u8::from(*b != separator);
            found | odd | is(b'<') | is(b'&') | is(b'*') | is(b'\\') | is(b'$') | is(b'_')
        });
        found == 0
    };
    let (blocks, rest) = line.as_bytes().as_chunks();
    let is_plain = |b: &u8| CLASSES[usize::from(*b)] & (ODD | MARKUP) == 0 || *b == separator;
    blocks.iter().all(is_none) && rest.iter().all(is_plain) && !has_double_space(line)
}

/// Whether a text holds a byte of a class.
pub(super) fn has_class(text: &str, class: u8) -> bool {
    text.bytes().fold(0, |all, b| all | CLASSES[usize::from(b)]) & class != 0
}

/// Whether two spaces stand side by side in a text.
pub(super) fn has_double_space(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    // All pairs are looked at: the processor takes many at once.
    pairs.fold(0, |found, (a, b)| found | u8::from(*a == b' ') & u8::from(*b == b' ')) != 0
}

/// How many stretches between gaps of two or more spaces hold something, counted up to `most`.
pub(super) fn count_pieces(text: &str, most: usize) -> usize {
    let is_filled = |piece: &str| !trim_white(piece).is_empty();
    if !has_double_space(text) {
        return usize::from(is_filled(text)).min(most);
    }
    let (mut count, mut from) = (0, 0);
    while count < most && from < text.len() {
        let rest = &text[from..];
        let gap = rest.as_bytes().windows(2).position(|pair| pair == b"  ").unwrap_or(rest.len());
        count += usize::from(is_filled(&rest[..gap]));
        let next = rest.as_bytes()[gap..].iter().position(|b| *b != b' ');
        from = next.map_or(text.len(), |next| from + gap + next);
    }
    count
}

/// Number of tokens: maximal runs without white space that print something.
pub(super) fn count_tokens(text: &str) -> u64 {
    if text.is_ascii() {
        return count_ascii_tokens(text.as_bytes());
    }
    let mut count = 0;
    let mut inside = false;
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

/// The same for ASCII: bytes that print behind ones that do not, many compared at once.
pub(super) fn count_ascii_tokens(bytes: &[u8]) -> u64 {
    /// As many as a byte can count.
    const AT_ONCE: usize = 255;
    let is_space = |b: u8| (b == b' ') | b.wrapping_sub(b'\t').lt(&5);
    let Some((first, rest)) = bytes.split_first() else { return 0 };
    let mut count = u64::from(!is_space(*first));
    for (before, here) in bytes.chunks(AT_ONCE).zip(rest.chunks(AT_ONCE)) {
        let begins = |(before, here): (&u8, &u8)| u8::from(is_space(*before) & !is_space(*here));
        count += u64::from(before.iter().zip(here).map(begins).sum::<u8>());
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

/// Whether the last letters or digits of a text are a year of this century or the last, with a word
/// before it that begins as a month does, or beyond ASCII.
pub(super) fn may_end_in_month(text: &str) -> bool {
    let is_letter = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || !b.is_ascii();
    let Some(last) = text.bytes().rposition(is_letter) else { return false };
    let (before, year) = text.as_bytes()[..=last].split_at((last + 1).saturating_sub(4));
    let is_year = matches!(year, [b'1', b'9', a, b] | [b'2', b'0', a, b] if a.is_ascii_digit() && b.is_ascii_digit());
    // Most lines end in none.
    if year.is_ascii() && !is_year {
        return false;
    }
    if !year.is_ascii() || !before.is_ascii() {
        return true;
    }
    let is_space = |b: &u8| matches!(b, b' ' | b'\t'..=b'\r');
    let word = before.trim_ascii_end().rsplit(is_space).next().unwrap_or_default();
    let word = word.strip_prefix(b":").unwrap_or(word);
    MONTHS
        .iter()
        .any(|month| word.get(..month.len()).is_some_and(|w| w.eq_ignore_ascii_case(month)))
}

/// How months begin, and `tanggal`, which may stand before one without a space.
const MONTHS: [&[u8]; 17] = [
    b"jan", b"feb", b"peb", b"mar", b"apr", b"mei", b"jun", b"jul", b"ag", b"sep", b"okt", b"oct",
    b"nov", b"nop", b"des", b"dec", b"tan",
];

#[cfg(test)]
mod tests {
    use super::super::lines::clean;
    use super::*;

    #[test]
    fn tokens_are_runs_that_print() {
        for (text, want) in [("", 0), (" ", 0), ("a", 1), (" a  b\tc ", 3), ("\u{ad} é –", 2)] {
            assert_eq!(count_tokens(text), want, "{text:?}");
        }
        let long = "kata ".repeat(1_000);
        assert_eq!((count_tokens(&long), count_tokens(&(long + "é"))), (1_000, 1_001));
    }

    proptest::proptest! {
        #[test]
        fn pieces_are_those_of_splitting(text in "[ a\tb\u{a0}é]{0,12}", most in 1..4_usize) {
            let pieces = text.split("  ").filter(|piece| !piece.trim().is_empty());
            proptest::prop_assert_eq!(count_pieces(&text, most), pieces.take(most).count());
        }
    }

    proptest::proptest! {
        #[test]
        fn pieces_of_plain_lines_are_plain(line in "[a-z \t|]{0,20}[a \t|<&*_$\\\\é\x7f\x01-]{0,3}[a-z 1|\t]{0,20}") {
            for separator in [b'\t', b'|'] {
                let mut pieces = line.split(char::from(separator));
                let all = pieces.clone().all(|piece| is_plain(piece, ODD | MARKUP));
                proptest::prop_assert_eq!(are_plain(&line, separator), all);
                let is_same = |piece: &str| matches!(clean(piece), std::borrow::Cow::Borrowed(_));
                proptest::prop_assert!(!are_plain(&line, separator) || pieces.all(is_same));
            }
        }
    }
}

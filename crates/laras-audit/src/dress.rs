//! Numbers and names as findings print and compare them.

use laras_model::{Decimal, Observation, Value};

/// A number with dots between thousands and a comma before decimals.
pub(crate) fn number(value: Decimal) -> String {
    value.with_text(dressed)
}

/// A plain number dressed.
fn dressed(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let mut text = String::with_capacity(plain.len() + plain.len() / 3 + 1);
    text.push_str(sign);
    // The first group has one to three digits.
    let (first, mut rest) = whole.split_at(whole.len().min((whole.len() + 2) % 3 + 1));
    text.push_str(first);
    while let Some((group, more)) = rest.split_at_checked(3) {
        text.push('.');
        text.push_str(group);
        rest = more;
    }
    if !decimals.is_empty() {
        text.push(',');
        text.push_str(decimals);
    }
    text
}

/// A computed percent, rounded to two decimals.
pub(crate) fn percent(value: Decimal) -> String {
    number(value.rounded(2))
}

/// The value of an observation for people; an explicit none is a dash.
pub(crate) fn value(observation: &Observation) -> String {
    match observation.value {
        Value::Number(value) => number(value),
        Value::Nil => "-".to_owned(),
    }
}

/// Decimals that the cell prints.
pub(crate) fn decimals(observation: &Observation) -> u32 {
    let Value::Number(value) = observation.value else { return 0 };
    if value.scale() > 0 {
        return value.scale();
    }
    let raw = observation.raw.trim_end_matches(|c: char| !c.is_ascii_digit());
    let tail = raw.rfind([',', '.']).map_or(0, |at| raw.len() - at - 1);
    if tail == 3 { 0 } else { tail as u32 }
}

/// A name for comparing: lower-case letters and digits, single blanks.
pub(crate) fn fold(name: &str) -> String {
    if name.is_ascii() { fold_ascii(name) } else { fold_any(name) }
}

/// Whether each byte is a letter or digit of ASCII.
static IN_WORDS: [bool; 256] = {
    let mut words = [false; 256];
    let mut byte = 0;
    while byte < words.len() {
        words[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    words
};

/// Names are of ASCII, mostly, and their words are taken as they are.
fn fold_ascii(name: &str) -> String {
    let bytes = name.as_bytes();
    let mut folded = String::with_capacity(name.len());
    if is_plain(bytes) {
        folded.push_str(name);
    } else {
        let is_part = |at: usize| bytes.get(at).is_some_and(|byte| IN_WORDS[usize::from(*byte)]);
        let mut at = 0;
        while at < bytes.len() {
            let from = at;
            while is_part(at) {
                at += 1;
            }
            if at > from {
                if !folded.is_empty() {
                    folded.push(' ');
                }
                folded.push_str(&name[from..at]);
            }
            at += 1;
        }
    }
    folded.make_ascii_lowercase();
    folded
}

/// Whether a name is of letters, digits and single blanks between them, as most are. Looked at to the
/// end: many bytes at a time.
fn is_plain(name: &[u8]) -> bool {
    let is_blank = |byte: &u8| *byte == b' ';
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() | is_blank(byte);
    let pairs = name.iter().zip(name.get(1..).unwrap_or_default());
    name.iter().fold(true, |all, byte| all & is_part(byte))
        && !pairs.fold(false, |any, (a, b)| any | is_blank(a) & is_blank(b))
        && !name.first().is_some_and(is_blank)
        && !name.last().is_some_and(is_blank)
}

fn fold_any(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            folded.push(c);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_dressed_as_offices_dress_them() {
        for (plain, dressed) in
            [("0", "0"), ("999", "999"), ("1000", "1.000"), ("-1234567.5", "-1.234.567,5")]
        {
            assert_eq!(plain.parse().map(number).as_deref(), Ok(dressed));
        }
    }

    #[test]
    fn names_are_folded() {
        assert_eq!(fold("  Program  PENDIDIKAN (Politik),"), "program pendidikan politik");
        for name in ["", " ", "- ", "A", " a-", "1.2  (B) ", "--X--y--", "p4gn/Ormas LSM"] {
            assert_eq!(fold_ascii(name), fold_any(name), "{name:?}");
        }
    }
}

//! Numbers and names as findings print and compare them.

use laras_model::{Decimal, Observation, Value};

/// A number with dots between thousands and a comma before decimals.
pub(crate) fn number(value: Decimal) -> String {
    let plain = value.to_string();
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
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

/// Of each byte of ASCII its small letter or digit; a blank for everything else.
static SMALL: [u8; 128] = {
    let mut small = [b' '; 128];
    let mut byte = 0;
    while byte < small.len() {
        if (byte as u8).is_ascii_alphanumeric() {
            small[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    small
};

/// Names are of ASCII, mostly, and folded byte by byte.
fn fold_ascii(name: &str) -> String {
    let mut folded = vec![0; name.len()];
    let mut end = 0;
    let mut last = b' ';
    for byte in name.bytes() {
        let small = SMALL[usize::from(byte & 0x7f)];
        // A blank behind a blank, or at the beginning, is written over by what follows.
        folded[end] = small;
        end += usize::from(small != b' ' || last != b' ');
        last = small;
    }
    folded.truncate(end - usize::from(end > 0 && last == b' '));
    String::from_utf8(folded).expect("small letters, digits and blanks of ASCII")
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

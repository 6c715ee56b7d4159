//! The few lexical rules that every grammar shares: blanks, words, short integers.

use nom::Parser;
use nom::bytes::complete::{take_while, take_while_m_n, take_while1};
use nom::combinator::{map_opt, verify};
use nom::{IResult, error::Error};

use crate::lexicon::Lower;

pub(crate) type Parsed<'t, T> = IResult<&'t str, T, Error<&'t str>>;

/// Any number of blanks.
pub(crate) fn blanks(input: &str) -> Parsed<'_, &str> {
    take_while(|c: char| c.is_ascii_whitespace()).parse(input)
}

/// A letter, or the apostrophe of `Jum'at`.
pub(crate) fn is_letter(c: char) -> bool {
    c.is_alphabetic() || c == '\'' || c == '’'
}

/// A run of letters.
pub(crate) fn letters(input: &str) -> Parsed<'_, &str> {
    take_while1(is_letter).parse(input)
}

/// A run of letters that a list knows in lower case.
pub(crate) fn listed<T>(look_up: impl Fn(&str) -> Option<T>) -> impl FnMut(&str) -> Parsed<'_, T> {
    move |input| map_opt(letters, |word| look_up(Lower::new(word)?.as_str())).parse(input)
}

/// An integer of `min` to `max` digits that no further digit follows; `max` is at most 9.
pub(crate) fn integer(min: usize, max: usize) -> impl FnMut(&str) -> Parsed<'_, u32> {
    move |input| {
        let digits = take_while_m_n(min, max, |c: char| c.is_ascii_digit());
        let (rest, value) = map_opt(digits, |digits: &str| digits.parse().ok()).parse(input)?;
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(nom::Err::Error(Error::new(rest, nom::error::ErrorKind::Digit)));
        }
        Ok((rest, value))
    }
}

/// A Roman number below forty, in one case, written as it should be.
pub(crate) fn roman(input: &str) -> Parsed<'_, u32> {
    let (rest, letters) = verify(
        take_while_m_n(1, 8, |c: char| matches!(c, 'I' | 'V' | 'X' | 'i' | 'v' | 'x')),
        |letters: &str| {
            letters.bytes().all(|b| b.is_ascii_uppercase())
                || letters.bytes().all(|b| b.is_ascii_lowercase())
        },
    )
    .parse(input)?;
    let whole_word = !rest.starts_with(|c: char| c.is_alphanumeric());
    match roman_value(letters) {
        Some(value) if whole_word => Ok((rest, value)),
        _ => Err(nom::Err::Error(Error::new(input, nom::error::ErrorKind::Verify))),
    }
}

/// 1 to 39.
fn roman_value(letters: &str) -> Option<u32> {
    let upper = letters.to_ascii_uppercase();
    let tens = upper.bytes().take_while(|&b| b == b'X').count();
    // `IX` begins with I, so leading X are tens.
    let ones = match &upper[tens..] {
        "" => 0,
        "I" => 1,
        "II" => 2,
        "III" => 3,
        "IV" => 4,
        "V" => 5,
        "VI" => 6,
        "VII" => 7,
        "VIII" => 8,
        "IX" => 9,
        _ => return None,
    };
    (tens <= 3 && tens as u32 * 10 + ones > 0).then_some(tens as u32 * 10 + ones)
}

/// Turns a parser that must take the whole text into an option.
pub(crate) fn whole<'t, T>(
    parser: impl Parser<&'t str, Output = T, Error = Error<&'t str>>,
    text: &'t str,
) -> Option<T> {
    nom::combinator::all_consuming(parser).parse(text).ok().map(|(_, found)| found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numbers_are_canonical_and_whole_words() {
        for (text, value) in [("I", 1), ("iv", 4), ("XIX", 19), ("XXXIX", 39)] {
            assert_eq!(roman(text), Ok(("", value)));
        }
        for bad in ["IIII", "VX", "Iv", "IVa", "XXXX", "ixe", "DI"] {
            assert!(roman(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn integers_end_where_the_digits_end() {
        assert_eq!(integer(1, 2)("12/"), Ok(("/", 12)));
        assert!(integer(1, 2)("123").is_err());
    }
}

//! Numbers as most are printed, read in one pass: `12`, `1.250.000`, `1.250.000,00`, `95,42`.
//!
//! What this reads, [`crate::amount`] and [`crate::interpret::clean_value`] read just so; it only spares
//! their way through groups and gaps.

use laras_model::Decimal;

use crate::interpret::convention;
use crate::repair::Convention;

/// Most digits before the first mark, most groups behind it, most digits in all.
const MOST_FIRST: usize = 15;
const MOST_GROUPS: usize = 6;
const MOST_DIGITS: usize = 18;

/// A number at the start of a text.
pub(crate) struct Plain {
    pub(crate) value: Decimal,
    pub(crate) convention: Convention,
    /// Bytes it covers.
    pub(crate) end: usize,
}

/// The well-formed number at the start of a text whose end is beyond doubt; `None` says nothing.
pub(crate) fn plain(text: &[u8]) -> Option<Plain> {
    let mut mantissa: i64 = 0;
    let first = digits(text, 0, MOST_FIRST, &mut mantissa)?;
    if first > 1 && text[0] == b'0' {
        return None;
    }
    let (mut end, mut groups, mut all) = (first, 0, first);
    // The mark between thousands, 0 before two groups behind marks were seen.
    let mut thousands = 0;
    let mut last: Option<(u8, usize)> = None;
    while let Some(&mark @ (b'.' | b',')) = text.get(end) {
        if let Some((before, len)) = last {
            if len != 3 || (thousands != 0 && before != thousands) {
                return None;
            }
            thousands = before;
        }
        let len = digits(text, end + 1, 3.min(MOST_DIGITS - all), &mut mantissa)?;
        (groups, all, end) = (groups + 1, all + len, end + 1 + len);
        if groups > MOST_GROUPS {
            return None;
        }
        last = Some((mark, len));
    }
    // Another mark, or a blank before more of them or digits, would make it longer.
    let goes_on = |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b',' | b'\'' | b' ' | b'\n');
    let is_end = match text.get(end) {
        Some(b' ') => text.get(end + 1).is_some_and(|byte| !goes_on(byte)),
        next => !next.is_some_and(goes_on),
    };
    let (decimals, convention) = match last {
        _ if !is_end => return None,
        None => (0, Convention::Plain),
        Some((mark, len @ 1..=2)) if thousands == 0 => (len, convention(0, mark)),
        Some(_) if thousands == 0 || first > 3 || (first == 1 && text[0] == b'0') => return None,
        Some((mark, len @ 1..=2)) if mark != thousands => (len, convention(thousands, mark)),
        Some((mark, 3)) if mark == thousands => (0, convention(thousands, 0)),
        Some(_) => return None,
    };
    let value = Decimal::new(i128::from(mantissa), decimals as u32)?;
    Some(Plain { value, convention, end })
}

/// Reads the digits from a place on; how many there are, at least one and at most so many.
fn digits(text: &[u8], from: usize, most: usize, mantissa: &mut i64) -> Option<usize> {
    let digits = text.get(from..)?.iter().take_while(|byte| byte.is_ascii_digit());
    let mut count = 0;
    for digit in digits {
        count += 1;
        if count > most {
            return None;
        }
        *mantissa = *mantissa * 10 + i64::from(digit - b'0');
    }
    (count > 0).then_some(count)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::amount::body;
    use crate::interpret::clean_value;

    fn check(text: &str) -> Result<bool, TestCaseError> {
        let Some(found) = plain(text.as_bytes()) else { return Ok(false) };
        let body = body(text).expect("it begins with a digit");
        prop_assert_eq!(body.end, found.end, "{}", text);
        let (value, convention) = clean_value(&body).expect("it is clean");
        prop_assert_eq!((value, value.scale()), (found.value, found.value.scale()), "{}", text);
        prop_assert_eq!(convention, found.convention, "{}", text);
        Ok(true)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn any_text_is_read_as_the_grammar_reads_it(text in "[0-9]{1,4}[0-9.,' \n%a]{0,14}") {
            check(&text)?;
        }

        #[test]
        fn numbers_are_read_as_the_grammar_reads_them(
            first in "[0-9]{1,4}|[0-9]{14,17}",
            thousands in prop::collection::vec("[0-9]{3}|[0-9]{1,4}", 0..8),
            mark in "[.,]",
            decimals in "|[.,][0-9]{1,3}",
            rest in "|%| %| a|a| 1|\\.|,| \\.",
        ) {
            let groups: Vec<&str> = std::iter::once(&first).chain(&thousands).map(String::as_str).collect();
            check(&format!("{}{decimals}{rest}", groups.join(&mark)))?;
        }
    }

    #[test]
    fn what_most_cells_hold_is_read() {
        for text in ["0", "12", "1.250.000", "1.250.000,00", "1,250,000.5", "95,42", "0.5", "100 %"]
        {
            assert!(check(text).expect("it is read alike"), "{text}");
        }
        for text in ["1.234", "007", "1.250.00", "12 5", "0.000.000", "1.250,000"] {
            assert!(plain(text.as_bytes()).is_none(), "{text}");
        }
    }
}

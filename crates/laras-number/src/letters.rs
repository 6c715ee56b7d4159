//! Letters that recognition puts for digits: O for 0, l and I for 1, S for 5, B for 8, Z for 2.
//!
//! ```text
//! token = 1*( DIGIT / look-alike / mark ) ["%"]
//! ```
//!
//! A token is mended only where the rest of it leaves no doubt: more digits than letters, and
//! either a whole amount comes of it (`1O.5OO.000`, `l.234.567`) or the letter is an O or stands
//! between digits (`9O`, `1B5`). `S2`, `D3`, `II.3` and `12B` stay what they are.

use crate::amount::body;
use crate::lexicon::{self, Lower};

/// The digit a letter looks like.
fn digit(c: char) -> Option<char> {
    Some(match c {
        'O' | 'o' | 'Q' => '0',
        'l' | 'I' | '|' | 'i' | '!' => '1',
        'Z' | 'z' => '2',
        'S' | 's' => '5',
        'B' => '8',
        _ => return None,
    })
}

/// One token with its letters as digits, if they can be nothing else. `counted` says that a unit
/// follows.
fn mended(token: &str, counted: bool) -> Option<(String, u16)> {
    let core = token.trim_end_matches('%');
    let mark = |c: char| c == '.' || c == ',';
    let possible = |c: char| c.is_ascii_digit() || mark(c) || digit(c).is_some();
    if !core.chars().all(possible) || core.len() > 40 {
        return None;
    }
    let digits = core.chars().filter(char::is_ascii_digit).count();
    let letters: Vec<char> = core.chars().filter(|&c| digit(c).is_some()).collect();
    if letters.is_empty() || digits == 0 {
        return None;
    }
    let fixed: String =
        core.chars().map(|c| digit(c).unwrap_or(c)).chain(token[core.len()..].chars()).collect();
    let body = body(fixed.get(..core.len())?)?;
    let groups = body.groups();
    let thousands = groups.len() > 2
        && groups[0].len <= 3
        && groups[1..groups.len() - 1].iter().all(|group| group.len == 3);
    let only_o = letters.iter().all(|c| matches!(c, 'O' | 'o'));
    let decimals = groups.len() == 2 && groups[1].len <= 3 && groups[0].len <= 3;
    let first = core.chars().next()?;
    let last = core.chars().next_back()?;
    let inner = first.is_ascii_digit() && last.is_ascii_digit();
    let percent = token.len() > core.len();
    // In a bare group of letters in front (`II.3`) nothing shows that digits are meant.
    let first_group: Vec<char> = core.chars().take_while(|&c| !mark(c)).collect();
    let bare_front = first_group.iter().all(|c| !c.is_ascii_digit());
    let sure = if thousands {
        digits + 2 >= letters.len() || only_o
    } else if decimals {
        (!bare_front || only_o || percent)
            && (digits >= letters.len() || (only_o && first.is_ascii_digit()))
            && (only_o || inner || percent)
    } else if groups.len() == 1 {
        let more = digits >= letters.len();
        (only_o && first.is_ascii_digit())
            || (counted && more && matches!(first, 'l' | 'I' | '0'..='9'))
            || (inner && digits > letters.len())
            // `l00`
            || (digits > 1 && letters.len() == 1 && matches!(first, 'l' | 'I'))
            || (percent && more && !matches!(first, 's' | 'z'))
            || (percent && only_o)
            || (percent && fixed == "100%")
    } else {
        false
    };
    sure.then_some((fixed, letters.len() as u16))
}

/// The text with every look-alike letter in a number mended, and their count; `None` where there
/// is nothing to mend.
pub(crate) fn as_digits(text: &str) -> Option<(String, u16)> {
    // Letters alone are words.
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut count = 0;
    let mut out = String::with_capacity(text.len());
    let mut tokens = text.split(' ').peekable();
    let mut first = true;
    while let Some(token) = tokens.next() {
        let counted = tokens
            .peek()
            .and_then(|next| Lower::new(next))
            .is_some_and(|next| lexicon::unit(next.as_str().trim_end_matches('.')).is_some());
        if !std::mem::take(&mut first) {
            out.push(' ');
        }
        // The currency may be glued to the number.
        let glued = token.get(..2).is_some_and(|head| head.eq_ignore_ascii_case("rp"));
        let skip =
            if glued { 2 + token[2..].len() - token[2..].trim_start_matches('.').len() } else { 0 };
        let skip = skip + token[skip..].len() - token[skip..].trim_start_matches(['(', '-']).len();
        let (head, number) = token.split_at(skip);
        let core = number.trim_end_matches([')', '-', '=']);
        let core = core.strip_suffix(',').filter(|_| core.len() < number.len()).unwrap_or(core);
        out.push_str(head);
        if let Some((fixed, letters)) = mended(core, counted) {
            count += letters;
            out.push_str(&fixed);
            out.push_str(&number[core.len()..]);
        } else {
            out.push_str(number);
        }
    }
    (count > 0).then_some((out, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_inside_numbers_are_mended() {
        for (text, fixed) in [
            ("1O.5OO.000", "10.500.000"),
            ("l.234.567", "1.234.567"),
            ("Rp. B3.244.6OO,00", "Rp. 83.244.600,00"),
            ("Rp1O.000.000", "Rp10.000.000"),
            ("9O", "90"),
            ("1OO%", "100%"),
            ("l00%", "100%"),
            ("l00", "100"),
            ("9S,42", "95,42"),
            ("9l,25 %", "91,25 %"),
            ("1B5", "185"),
            ("2O2O", "2020"),
            ("O,00", "0,00"),
            ("5OO.OOO", "500.000"),
            ("1OO.OOO,-", "100.000,-"),
            ("1O Orang", "10 Orang"),
            ("l2 orang", "12 orang"),
            ("1OO %", "100 %"),
            ("B.000.000", "8.000.000"),
            ("1.665.0OO", "1.665.000"),
        ] {
            assert_eq!(as_digits(text).map(|(fixed, _)| fixed).as_deref(), Some(fixed), "{text:?}");
        }
    }

    #[test]
    fn names_with_figures_are_left_alone() {
        for text in [
            "S2", "D3", "P4GN", "II.3", "12B", "IIIb", "Roda 4", "SILO", "lo", "I.5", "B3", "Z",
            "3S", "IV.1.2",
        ] {
            assert_eq!(as_digits(text), None, "{text:?}");
        }
    }
}

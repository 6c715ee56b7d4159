//! Numbers in Indonesian words: words to value, value to words.
//!
//! ```text
//! number  = whole [ "koma" decimals ] [ scale ]
//! whole   = *( triple scale ) [ triple ] / "nol"     ; scales fall: triliun miliar juta ribu
//! triple  = [ digit "ratus" / "seratus" ] [ digit "puluh" [digit] / digit "belas" /
//!           "sepuluh" / "sebelas" / digit ] [ "setengah" ]
//! decimals = 1*digit / triple
//! scale   = "ribu" / "juta" / "miliar" / "triliun"    ; "seribu", "sejuta" … stand for one
//! ```
//!
//! Words may be run together (`duapuluh tigaribu`), hyphenated, in any case, and spelt as people
//! spell them (`dealapan belas`, `milyar`): known misspellings stand in
//! `data/number_words.tsv`, others may be one letter off where another word of the number is
//! right. Source for the spelling: Pedoman Umum Ejaan Bahasa Indonesia.
//!
//! ```
//! use laras_number::terbilang;
//!
//! let read = terbilang::read("tiga puluh tiga").unwrap();
//! assert_eq!(read.value.to_string(), "33");
//! assert_eq!(terbilang::write(1_665_000).unwrap(), "satu juta enam ratus enam puluh lima ribu");
//! ```

mod sum;

use laras_model::Decimal;
use nom::bytes::complete::take_while;
use nom::multi::many1;
use nom::sequence::terminated;

use crate::lex::{is_letter, letters, whole};
use crate::lexicon::{self, Lower, NumberWord};
use sum::evaluate;

/// Longest text in words that is read, in bytes.
pub const MAX_WORDS: usize = 400;

/// A number read from words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spelled {
    /// Its value.
    pub value: Decimal,
    /// Whether every word is spelt as the dictionary has it and stands by itself.
    pub well_spelt: bool,
    /// Whether `rupiah` follows.
    pub rupiah: bool,
    /// Whether `persen` follows.
    pub percent: bool,
}

/// Why words are no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotSpelled {
    /// Some word is no number word.
    NotWords,
    /// All are number words, but no number is said so: `ribu` twice, `puluh` alone.
    NoNumber,
}

/// One number word as found.
#[derive(Clone, Copy)]
struct Token {
    word: NumberWord,
    /// Whether the list has it, as it is or as a known misspelling.
    known: bool,
    /// Whether it is the dictionary's spelling.
    exact: bool,
}

/// Words to value.
///
/// # Errors
/// [`NotSpelled`] says whether the text is not made of number words or the words make no number.
pub fn read(text: &str) -> Result<Spelled, NotSpelled> {
    if text.len() > MAX_WORDS {
        return Err(NotSpelled::NotWords);
    }
    // Most texts show by their first word that they are no number.
    let first = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let first = first.split(|c: char| !is_letter(c)).next().unwrap_or(first);
    if tokenise(first, &mut Vec::new()).is_none() {
        return Err(NotSpelled::NotWords);
    }
    let gap = || take_while(|c: char| !c.is_alphanumeric());
    let words = many1(terminated(letters, gap()));
    let (_, words) = whole((gap(), words), text).ok_or(NotSpelled::NotWords)?;
    let (words, rupiah, percent) = match words.split_last() {
        Some((last, rest)) if last.eq_ignore_ascii_case("rupiah") => (rest, true, false),
        Some((last, rest)) if last.eq_ignore_ascii_case("persen") => (rest, false, true),
        _ => (words.as_slice(), false, false),
    };
    let mut tokens = Vec::with_capacity(words.len() + 2);
    for word in words {
        tokenise(word, &mut tokens).ok_or(NotSpelled::NotWords)?;
    }
    let known = tokens.iter().filter(|token| token.known).count();
    if known == 0 || (tokens.len() - known) * 2 > known + 1 {
        return Err(NotSpelled::NotWords);
    }
    let value = evaluate(&tokens).ok_or(NotSpelled::NoNumber)?;
    let well_spelt = tokens.iter().all(|token| token.exact) && words.len() == tokens.len();
    Ok(Spelled { value, well_spelt, rupiah, percent })
}

/// Whether a word could begin a number in words.
pub(crate) fn is_number_word(word: &str) -> bool {
    // What is only like a number word is none.
    Lower::new(word).is_some_and(|lower| {
        lexicon::number_word(lower.as_str()).is_some() || split(lower.as_str()).is_some()
    })
}

/// One printed word as one or several number words.
fn tokenise(word: &str, tokens: &mut Vec<Token>) -> Option<()> {
    let lower = Lower::new(word)?;
    let lower = lower.as_str();
    if let Some((word, exact)) = lexicon::number_word(lower) {
        tokens.push(Token { word, known: true, exact });
        return Some(());
    }
    if let Some(parts) = split(lower) {
        tokens.extend(parts);
        return Some(());
    }
    let word = lexicon::number_word_misspelt(lower)?;
    tokens.push(Token { word, known: false, exact: false });
    Some(())
}

/// Longest number word that others are run together with.
const LONGEST: usize = 10;

/// Number words that were run together, the fewest possible.
fn split(word: &str) -> Option<Vec<Token>> {
    // Most words begin like no number word: all of these have three letters.
    if !lexicon::may_need_a_look(word) {
        return None;
    }
    let is_number = |w: &str| lexicon::number_word(w).is_some();
    if !(1..=word.len().min(LONGEST)).any(|to| word.get(..to).is_some_and(is_number)) {
        return None;
    }
    let mut best: Vec<Option<(usize, usize)>> = vec![None; word.len() + 1];
    *best.first_mut()? = Some((0, 0));
    for to in 1..=word.len() {
        for from in to.saturating_sub(LONGEST)..to {
            let Some((count, _)) = best[from] else { continue };
            let fits = word.get(from..to).is_some_and(is_number);
            if fits && best[to].is_none_or(|(old, _)| count + 1 < old) {
                best[to] = Some((count + 1, from));
            }
        }
    }
    let mut tokens = Vec::new();
    let mut to = word.len();
    while to > 0 {
        let (_, from) = best[to]?;
        let (word, _) = lexicon::number_word(word.get(from..to)?)?;
        tokens.push(Token { word, known: true, exact: true });
        to = from;
    }
    tokens.reverse();
    (tokens.len() > 1).then_some(tokens)
}

const DIGITS: [&str; 10] =
    ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"];

/// Value to words, up to 10^15; `None` beyond.
pub fn write(value: u64) -> Option<String> {
    const LIMIT: u64 = 1_000_000_000_000_000;
    if value == LIMIT {
        return Some("seribu triliun".to_owned());
    }
    if value > LIMIT {
        return None;
    }
    if value == 0 {
        return Some(DIGITS[0].to_owned());
    }
    let mut words: Vec<&'static str> = Vec::new();
    for (power, name) in [(12_u32, "triliun"), (9, "miliar"), (6, "juta"), (3, "ribu"), (0, "")] {
        let group = (value / 10_u64.pow(power) % 1000) as usize;
        if group == 1 && power == 3 {
            words.push("seribu");
        } else if group > 0 {
            triple_words(group, &mut words);
            words.push(name);
        }
    }
    words.retain(|word| !word.is_empty());
    Some(words.join(" "))
}

fn triple_words(group: usize, words: &mut Vec<&'static str>) {
    match group / 100 {
        0 => {}
        1 => words.push("seratus"),
        hundreds => words.extend([DIGITS[hundreds % 10], "ratus"]),
    }
    match group % 100 {
        0 => {}
        10 => words.push("sepuluh"),
        11 => words.push("sebelas"),
        ones @ 1..=9 => words.push(DIGITS[ones]),
        teen @ 12..=19 => words.extend([DIGITS[teen - 10], "belas"]),
        tens => {
            words.extend([DIGITS[tens / 10], "puluh"]);
            if tens % 10 > 0 {
                words.push(DIGITS[tens % 10]);
            }
        }
    }
}

/// A decimal to words, decimals digit by digit after `koma`; `None` below zero or past 10^15.
pub fn write_decimal(value: Decimal) -> Option<String> {
    if value.is_negative() {
        return None;
    }
    let whole = u64::try_from(value.truncated(0).to_i64()?).ok()?;
    let mut words = write(whole)?;
    let value = value.normalized();
    if value.scale() > 0 {
        words.push_str(" koma");
        let mantissa = value.mantissa();
        for place in (0..value.scale()).rev() {
            let digit = usize::try_from(mantissa / 10_i128.checked_pow(place)? % 10).ok()?;
            words.push(' ');
            words.push_str(DIGITS[digit]);
        }
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = match read(text) {
            Ok(spelled) => spelled.value.to_string(),
            Err(NotSpelled::NotWords) => "not words".to_owned(),
            Err(NotSpelled::NoNumber) => "no number".to_owned(),
        };
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn words_are_read() {
        check("nol", "0");
        check("Tiga Puluh Tiga", "33");
        check("dealapan belas", "18");
        check("seratus sebelas", "111");
        check("seribu dua", "1002");
        check(
            "dua puluh miliar dua ratus enam puluh enam juta seratus delapan puluh tiga ribu sembilan ratus empat puluh rupiah",
            "20266183940",
        );
        check(
            "empat milyar Sembilan ratus dua puluh juta Sembilan puluh delapan ribu enam ratus enam rupiah",
            "4920098606",
        );
        check("duapuluh tigaribu limaratus", "23500");
        check("seribu triliun", "1000000000000000");
        check("dua setengah juta", "2500000");
        check("satu koma dua lima", "1.25");
        check("tujuh puluh delapan koma sembilan puluh sembilan persen", "78.99");
        check("tiga koma lima miliar", "3500000000");
        check("lima-puluh", "50");
        check("tiga puluhh dua", "32");
    }

    #[test]
    fn what_is_no_number_is_told_apart_from_what_is_no_words() {
        check("tiga pilar", "not words");
        check("ratu", "not words");
        check("satuan", "not words");
        check("", "not words");
        check("puluh", "no number");
        check("tiga ribu empat ribu", "no number");
        check("dua tiga", "no number");
        check("dua juta tiga miliar", "no number");
        check(
            "empat milyar enam belas juta Sembilan ratus tujuh puluh dua ribu empat ratus tiga puluh ribu rupiah",
            "no number",
        );
    }

    #[test]
    fn values_are_written() {
        for (value, words) in [
            (0, "nol"),
            (10, "sepuluh"),
            (11, "sebelas"),
            (19, "sembilan belas"),
            (100, "seratus"),
            (1000, "seribu"),
            (1_000_000, "satu juta"),
            (1_001_000, "satu juta seribu"),
            (
                2_714_944_445,
                "dua miliar tujuh ratus empat belas juta sembilan ratus empat puluh empat ribu empat ratus empat puluh lima",
            ),
        ] {
            assert_eq!(write(value).as_deref(), Some(words));
        }
        assert_eq!(write(1_000_000_000_000_001), None);
        let decimal = "78.99".parse().expect("a decimal");
        let words = "tujuh puluh delapan koma sembilan sembilan";
        assert_eq!(write_decimal(decimal).as_deref(), Some(words));
    }
}

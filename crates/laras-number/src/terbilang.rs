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

use laras_model::Decimal;
use nom::bytes::complete::take_while;
use nom::multi::many1;
use nom::sequence::terminated;

use crate::lex::{letters, whole};
use crate::lexicon::{self, Lower, NumberWord};

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
    let mut tokens = Vec::new();
    tokenise(word, &mut tokens).is_some() && tokens.iter().all(|token| token.known)
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

/// Number words that were run together, the fewest possible.
fn split(word: &str) -> Option<Vec<Token>> {
    let mut best: Vec<Option<(usize, usize)>> = vec![None; word.len() + 1];
    *best.first_mut()? = Some((0, 0));
    for to in 1..=word.len() {
        for from in to.saturating_sub(10)..to {
            let Some((count, _)) = best[from] else { continue };
            let fits = word.get(from..to).is_some_and(|w| lexicon::number_word(w).is_some());
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

/// A group of up to three digits that is being put together.
#[derive(Default)]
struct Triple {
    sum: i128,
    pending: Option<i128>,
    /// Lowest place that is taken: 3 none, 2 hundreds, 1 tens, 0 ones.
    taken: Option<u8>,
    half: bool,
}

impl Triple {
    fn is_empty(&self) -> bool {
        self.sum == 0 && self.pending.is_none() && !self.half
    }

    /// Puts a value at a place, if that place is lower than what is taken.
    fn put(&mut self, place: u8, value: i128) -> Option<()> {
        if self.taken.is_some_and(|taken| taken <= place) {
            return None;
        }
        self.taken = Some(place);
        self.sum += value;
        Some(())
    }

    fn add(&mut self, word: NumberWord) -> Option<()> {
        match word {
            NumberWord::Digit(digit) if self.pending.is_none() && !self.half => {
                if self.taken == Some(0) {
                    return None;
                }
                self.pending = Some(i128::from(digit));
            }
            NumberWord::Ten(value) if self.pending.is_none() => {
                self.put(1, i128::from(value))?;
                self.taken = Some(0);
            }
            NumberWord::Teen => {
                let digit = self.pending.take().filter(|&digit| digit > 0)?;
                self.put(1, 10 + digit)?;
                self.taken = Some(0);
            }
            NumberWord::Tens => {
                let digit = self.pending.take().filter(|&digit| digit > 0)?;
                self.put(1, 10 * digit)?;
            }
            NumberWord::Hundred if self.pending.is_none() => self.put(2, 100)?,
            NumberWord::Hundreds => {
                let digit = self.pending.take().filter(|&digit| digit > 0)?;
                self.put(2, 100 * digit)?;
            }
            NumberWord::Half if !self.half => self.half = true,
            _ => return None,
        }
        Some(())
    }

    /// The value times ten, so that a half is whole.
    fn tenths(&mut self) -> Option<i128> {
        if let Some(digit) = self.pending.take() {
            self.put(0, digit)?;
        }
        let tenths = self.sum * 10 + if self.half { 5 } else { 0 };
        *self = Self::default();
        Some(tenths)
    }
}

fn evaluate(tokens: &[Token]) -> Option<Decimal> {
    let mut total: i128 = 0; // in tenths
    let mut triple = Triple::default();
    let mut below = 15_u8;
    let mut words = tokens.iter().map(|token| token.word);
    while let Some(word) = words.next() {
        match word {
            NumberWord::Scale(power) => {
                let lone_thousand = below == 3 && total == 10_000 && power == 12;
                // `seribu triliun` is the one scale that has another before it.
                if !lone_thousand && (triple.is_empty() || power >= below) {
                    return None;
                }
                let tenths =
                    if lone_thousand { std::mem::take(&mut total) } else { triple.tenths()? };
                if tenths == 0 {
                    return None;
                }
                total += tenths * 10_i128.pow(u32::from(power));
                below = power;
            }
            NumberWord::OneScale(power) => {
                if !triple.is_empty() || power >= below {
                    return None;
                }
                total += 10 * 10_i128.pow(u32::from(power));
                below = power;
            }
            NumberWord::Comma => {
                let whole = total + triple.tenths()?;
                if whole % 10 != 0 || tokens.first().is_some_and(|t| t.word == NumberWord::Comma) {
                    return None;
                }
                return decimals(whole / 10, words);
            }
            other => triple.add(other)?,
        }
    }
    let zero = tokens.len() == 1 && tokens[0].word == NumberWord::Digit(0);
    let has_zero = tokens.iter().any(|token| token.word == NumberWord::Digit(0));
    if has_zero && !zero {
        return None;
    }
    total += triple.tenths()?;
    if total % 10 == 0 { Decimal::new(total / 10, 0) } else { Decimal::new(total, 1) }
}

/// What follows `koma`: digits one by one, or a number below a thousand; then perhaps a scale.
fn decimals(whole: i128, words: impl Iterator<Item = NumberWord>) -> Option<Decimal> {
    let mut mantissa = whole;
    let mut places = 0_u32;
    let mut triple = Triple::default();
    let mut power = 0_u32;
    let mut one_by_one = true;
    for word in words {
        match word {
            _ if power > 0 => return None,
            NumberWord::Scale(scale) if places > 0 || !triple.is_empty() => {
                power = u32::from(scale);
            }
            NumberWord::Digit(digit) if one_by_one && triple.is_empty() => {
                mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(digit))?;
                places += 1;
            }
            other => {
                // `koma dua puluh lima`: the digit already taken belongs to the tens.
                if places == 1 && one_by_one {
                    triple.pending = Some(mantissa % 10);
                    mantissa /= 10;
                    places = 0;
                }
                one_by_one = false;
                triple.add(other)?;
            }
        }
        if places > 12 {
            return None;
        }
    }
    if !one_by_one {
        let value = triple.tenths()?;
        if places > 0 || value % 10 != 0 {
            return None;
        }
        let value = value / 10;
        places = if value >= 100 { 3 } else { 2 };
        mantissa = mantissa.checked_mul(10_i128.pow(places))?.checked_add(value)?;
    }
    if places == 0 {
        return None;
    }
    let (mantissa, places) = if power >= places {
        (mantissa.checked_mul(10_i128.pow(power - places))?, 0)
    } else {
        (mantissa, places - power)
    };
    Decimal::new(mantissa, places)
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
        let decimal = "78.99".parse().unwrap();
        let words = "tujuh puluh delapan koma sembilan sembilan";
        assert_eq!(write_decimal(decimal).as_deref(), Some(words));
    }
}

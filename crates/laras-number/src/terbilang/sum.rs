//! Number words added up to a value.

use laras_model::Decimal;

use super::Token;
use crate::lexicon::NumberWord;

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

pub(crate) fn evaluate(tokens: &[Token]) -> Option<Decimal> {
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

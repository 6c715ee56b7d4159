//! What the clean numbers of a column, table or document say about how numbers are written there.

use crate::reading::{Payload, Reading, Readings, States};
use crate::repair::Convention;

/// What a separator is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Thousands,
    Decimals,
}

/// A separator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Dot,
    Comma,
}

/// Counts of how the clean numbers of a stretch of text are written.
///
/// Only readings without repair and without a rival vote. Votes of cells add up to votes of a
/// column, those to votes of a table and a document ([`Votes::merge`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Votes {
    /// Dots between thousands: `1.665.000`.
    pub dot_thousands: u32,
    /// Commas between thousands: `1,665,000`.
    pub comma_thousands: u32,
    /// A comma before decimals: `95,42`.
    pub comma_decimals: u32,
    /// A point before decimals: `95.42`.
    pub dot_decimals: u32,
    /// Spaces between thousands.
    pub spaces: u32,
    /// One dot with three digits behind it: `1.234`, open by itself.
    pub open_dot: u32,
    /// One comma with three digits behind it.
    pub open_comma: u32,
    /// Numbers below zero.
    pub negatives: u32,
    /// Numbers by their count of decimals: 0, 1, 2, 3 and more.
    pub decimals: [u32; 4],
    /// Numbers other than zero by their count of whole digits: 1 to 15, 16 and more.
    pub digits: [u32; 16],
}

impl Votes {
    /// Adds what one cell says; every number of it where it holds several.
    pub fn add(&mut self, readings: &Readings) {
        if !matches!(readings.states, States::Number | States::Quarter) {
            return;
        }
        if readings.is_several() {
            for reading in &readings.readings {
                self.add_clean(reading);
            }
            return;
        }
        let mut rivals = readings.readings.iter();
        let Some(best) = rivals.next() else { return };
        let rival = rivals.find(|rival| rival.cost < best.cost + Reading::AMBIGUOUS);
        match rival {
            None => self.add_clean(best),
            // `1.234`: open, but such numbers in a row speak for thousands.
            Some(rival) if best.repairs.is_empty() && rival.repairs.is_empty() => {
                match (scale_of(best), convention_of_thousands(best, rival)) {
                    (_, Some(Convention::Local)) => self.open_dot += 1,
                    (_, Some(Convention::English)) => self.open_comma += 1,
                    _ => {}
                }
            }
            Some(_) => {}
        }
    }

    fn add_clean(&mut self, reading: &Reading) {
        let Payload::Number(value) = reading.value else { return };
        if !reading.repairs.is_empty() {
            return;
        }
        let decimals = value.scale();
        let digits = whole_digits(reading);
        match (reading.convention, decimals) {
            (Convention::Local, 0) => self.dot_thousands += 1,
            (Convention::English, 0) => self.comma_thousands += 1,
            (Convention::Local, _) => {
                self.comma_decimals += 1;
                self.dot_thousands += u32::from(digits > 3);
            }
            (Convention::English, _) => {
                self.dot_decimals += 1;
                self.comma_thousands += u32::from(digits > 3);
            }
            (Convention::Spaces, _) => self.spaces += 1,
            _ => {}
        }
        self.negatives += u32::from(value.is_negative());
        if let Some(count) = self.decimals.get_mut((decimals as usize).min(3)) {
            *count += 1;
        }
        if !value.is_zero()
            && let Some(count) = self.digits.get_mut(digits.clamp(1, 16) - 1)
        {
            *count += 1;
        }
    }

    /// Adds the votes of another stretch.
    pub fn merge(&mut self, other: &Self) {
        self.dot_thousands += other.dot_thousands;
        self.comma_thousands += other.comma_thousands;
        self.comma_decimals += other.comma_decimals;
        self.dot_decimals += other.dot_decimals;
        self.spaces += other.spaces;
        self.negatives += other.negatives;
        self.open_dot += other.open_dot;
        self.open_comma += other.open_comma;
        for (mine, theirs) in self.decimals.iter_mut().zip(other.decimals) {
            *mine += theirs;
        }
        for (mine, theirs) in self.digits.iter_mut().zip(other.digits) {
            *mine += theirs;
        }
    }

    /// Number of clean numbers that voted.
    pub fn numbers(&self) -> u32 {
        self.decimals.iter().sum()
    }

    /// Whether both conventions stand between thousands here: the finding `number.mixed`.
    pub fn is_mixed(&self) -> bool {
        self.dot_thousands > 0 && self.comma_thousands > 0
    }

    /// How much speaks for and against what a reading takes its separators for.
    pub(crate) fn for_and_against(&self, reading: &Reading) -> (u32, u32) {
        let mut both = (0, 0);
        for (mark, used) in uses(reading).into_iter().flatten() {
            let (thousands, decimals, open, other_decimals, other_thousands) = match mark {
                Mark::Dot => (
                    self.dot_thousands,
                    self.dot_decimals,
                    self.open_dot,
                    self.comma_decimals,
                    self.comma_thousands,
                ),
                Mark::Comma => (
                    self.comma_thousands,
                    self.comma_decimals,
                    self.open_comma,
                    self.dot_decimals,
                    self.dot_thousands,
                ),
            };
            // The other sign's use speaks too, but weakly: many reports write amounts and
            // percents differently. So do several open cells, when nothing else does.
            let thousands = thousands * 3 + other_decimals + open.saturating_sub(1);
            let decimals = decimals * 3 + other_thousands;
            let (yes, no) = match used {
                Use::Thousands => (thousands, decimals),
                Use::Decimals => (decimals, thousands),
            };
            both = (both.0 + yes, both.1 + no);
        }
        both
    }

    /// How far the size of a reading lies from the sizes seen, in digits; 0 where too few voted.
    pub(crate) fn size_distance(&self, reading: &Reading) -> u32 {
        let seen: u32 = self.digits.iter().sum();
        let Some(value) = reading.number() else { return 0 };
        if seen < 3 || value.is_zero() {
            return 0;
        }
        let digits = whole_digits(reading).clamp(1, 16) as i64;
        (1_i64..)
            .zip(self.digits)
            .filter(|&(_, count)| count > 0)
            .map(|(size, _)| (size - digits).unsigned_abs() as u32)
            .min()
            .unwrap_or(0)
    }

    /// Whether a reading is below zero where no number is, or above where all are; false where
    /// too few voted.
    pub(crate) fn strange_sign(&self, reading: &Reading) -> bool {
        let Some(value) = reading.number() else { return false };
        let voted = self.numbers();
        voted >= 3
            && if value.is_negative() { self.negatives == 0 } else { self.negatives == voted }
    }

    /// Whether no clean number here has as many decimals; false where too few voted.
    pub(crate) fn strange_decimals(&self, reading: &Reading) -> bool {
        let Some(scale) = scale_of(reading) else { return false };
        self.numbers() >= 3 && self.decimals.get(scale.min(3) as usize) == Some(&0)
    }
}

fn scale_of(reading: &Reading) -> Option<u32> {
    reading.number().map(laras_model::Decimal::scale)
}

/// Whole digits of a reading's number, 1 for 0.
fn whole_digits(reading: &Reading) -> usize {
    let Some(value) = reading.number() else { return 0 };
    // Most numbers are small, and whole.
    let whole = match (u64::try_from(value.mantissa().unsigned_abs()), value.scale()) {
        (Ok(mantissa), scale @ 0..=9) => (mantissa / 10_u64.pow(scale)).checked_ilog10(),
        _ => value.abs().truncated(0).mantissa().checked_ilog10(),
    };
    whole.map_or(1, |log| log as usize + 1)
}

/// The convention of whichever of two open readings takes the separator for thousands.
fn convention_of_thousands(a: &Reading, b: &Reading) -> Option<Convention> {
    [a, b]
        .into_iter()
        .find(|reading| scale_of(reading) == Some(0))
        .map(|reading| reading.convention)
}

/// What a reading takes its separators for, as far as its value shows.
fn uses(reading: &Reading) -> [Option<(Mark, Use)>; 2] {
    let (thousands, decimals) = match reading.convention {
        Convention::Local => (Mark::Dot, Mark::Comma),
        Convention::English => (Mark::Comma, Mark::Dot),
        _ => return [None, None],
    };
    let has_decimals = scale_of(reading).is_some_and(|scale| scale > 0);
    let has_thousands = !has_decimals || whole_digits(reading) > 3;
    [
        has_thousands.then_some((thousands, Use::Thousands)),
        has_decimals.then_some((decimals, Use::Decimals)),
    ]
}

/// The votes of one cell; add them up with [`Votes::merge`], or use [`Votes::add`] directly.
///
/// ```
/// use laras_number::{read, vote};
///
/// assert_eq!(vote(&read("1.665.000,00")).dot_thousands, 1);
/// assert_eq!(vote(&read("1.234")).dot_thousands, 0); // open: it does not vote
/// ```
pub fn vote(readings: &Readings) -> Votes {
    let mut votes = Votes::default();
    votes.add(readings);
    votes
}

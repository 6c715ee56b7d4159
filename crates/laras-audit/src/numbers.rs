//! The numbers of a report, each once.

use std::cell::OnceCell;
use std::collections::hash_map::Entry;

use laras_model::{Decimal, Observation, Value};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::groups::Groups;

/// The number of every observation, and which of them are equal.
pub(crate) struct Numbers {
    numbers: Vec<Number>,
    /// By digits and decimals, the number's own number.
    known: FxHashMap<(u64, u64), u32>,
    /// The observations of each number, once asked for.
    by_value: OnceCell<Groups<u32>>,
}

struct Number {
    number: Decimal,
    /// Of equal numbers the same.
    value: u32,
    is_nil: bool,
}

impl Numbers {
    pub(crate) fn new(all: &[Observation]) -> Self {
        let mut known = FxHashMap::with_capacity_and_hasher(all.len(), FxBuildHasher);
        let numbers = all
            .iter()
            .map(|o| {
                let number = o.value.number().unwrap_or(Decimal::ZERO);
                let next = known.len() as u32;
                let value = match known.entry(key(plain(number))) {
                    Entry::Occupied(known) => *known.get(),
                    Entry::Vacant(new) => *new.insert(next),
                };
                Number { number, value, is_nil: o.value == Value::Nil }
            })
            .collect();
        Self { numbers, known, by_value: OnceCell::new() }
    }

    pub(crate) fn number(&self, at: usize) -> Decimal {
        self.numbers[at].number
    }

    pub(crate) fn value(&self, at: usize) -> u32 {
        self.numbers[at].value
    }

    pub(crate) fn is_nil(&self, at: usize) -> bool {
        self.numbers[at].is_nil
    }

    /// Whether some observation has a number.
    pub(crate) fn has(&self, number: Decimal) -> bool {
        self.known.contains_key(&key(plain(number)))
    }

    /// The observations that have the number of one of them, in their order.
    pub(crate) fn equals(&self, at: usize) -> impl Iterator<Item = usize> {
        self.of(self.value(at))
    }

    /// Every number once, by the first observation that has it.
    pub(crate) fn firsts(&self) -> impl Iterator<Item = usize> {
        // They are numbered in their order.
        let mut next = 0;
        (0..self.numbers.len()).filter(move |at| {
            let is_first = self.value(*at) == next;
            next += u32::from(is_first);
            is_first
        })
    }

    fn of(&self, value: u32) -> impl Iterator<Item = usize> {
        let groups = self.by_value.get_or_init(|| {
            let of = self.numbers.iter().zip(0..).map(|(number, at)| (number.value as usize, at));
            Groups::new(self.known.len(), of)
        });
        groups.of(value as usize).iter().map(|at| *at as usize)
    }
}

/// What tells a number without zeros at its end from others: 96 bits of digits and a sign, and fewer
/// than 32 decimals.
fn key(plain: Decimal) -> (u64, u64) {
    let digits = plain.mantissa();
    (digits as u64, (digits >> 64) as u64 ^ (u64::from(plain.scale()) << 40))
}

/// A number without zeros at the end of its decimals; a whole one has none.
pub(crate) fn plain(number: Decimal) -> Decimal {
    if number.scale() == 0 { number } else { number.normalized() }
}

/// Digits of a number without its point; none for zero.
pub(crate) fn digits(number: Decimal) -> u32 {
    let digits = number.mantissa().unsigned_abs();
    // Few numbers are longer than this, and these are quick to count.
    let log = u64::try_from(digits).map_or_else(|_| digits.checked_ilog10(), u64::checked_ilog10);
    log.map_or(0, |log| log + 1)
}

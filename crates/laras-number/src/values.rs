//! Candidate values of a body, a few of them, best first.

use laras_model::Decimal;

use crate::repair::{Convention, Refusal, Repair, Repairs};

/// What is known about the number before its digits are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Hint {
    /// Nothing.
    #[default]
    Any,
    /// Money: no third decimal.
    Money,
    /// A percent: decimals are usual, thousands are not.
    Percent,
    /// Things that come whole.
    Count,
    /// Millions and more are meant by a word: `1,234 miliar`.
    Scaled,
}

/// One value the digits can have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) value: Decimal,
    pub(crate) convention: Convention,
    pub(crate) repairs: Repairs,
    pub(crate) cost: u16,
}

/// What came of a body.
#[derive(Clone, Debug)]
pub(crate) enum Found {
    /// Values, best first; may be empty where the groups are no number.
    Values(Values),
    /// Complete numbers set apart by spaces.
    Several,
    /// Too large.
    Refused(Refusal),
}

/// At most [`Values::MAX`] candidates with different values, best first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Values {
    list: [Candidate; Self::MAX],
    pub(crate) len: usize,
}

impl Values {
    const MAX: usize = 4;
    /// Candidates past this cost are not defensible.
    const DEAREST: u16 = 60;

    pub(crate) fn new() -> Self {
        let none = Candidate {
            value: Decimal::ZERO,
            convention: Convention::Plain,
            repairs: Repairs::NONE,
            cost: u16::MAX,
        };
        Self { list: [none; Self::MAX], len: 0 }
    }

    pub(crate) fn as_slice(&self) -> &[Candidate] {
        &self.list[..self.len]
    }

    /// Puts a candidate in its place; of two with one value the cheaper stays.
    pub(crate) fn add(&mut self, new: Candidate) {
        if new.cost > Self::DEAREST {
            return;
        }
        if let Some(same) = self.list[..self.len]
            .iter_mut()
            .find(|old| old.value == new.value && old.value.scale() == new.value.scale())
        {
            if new.cost < same.cost {
                *same = new;
            }
        } else if self.len < Self::MAX {
            self.list[self.len] = new;
            self.len += 1;
        } else if let Some(last) = self.list.last_mut()
            && new.cost < last.cost
        {
            *last = new;
        }
        self.list[..self.len].sort_by_key(|candidate| candidate.cost);
    }

    pub(crate) fn absorb(&mut self, other: &Self, cost: u16, repair: Option<Repair>) {
        for candidate in other.as_slice() {
            let mut repairs = candidate.repairs;
            if let Some(repair) = repair {
                repairs.add(repair);
            }
            self.add(Candidate { repairs, cost: candidate.cost + cost, ..*candidate });
        }
    }
}

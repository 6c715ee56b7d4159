//! The codes that a name could stand for, each with its probability in the context.

use laras_model::Regime;

use crate::Nomenclature;
use crate::code::Code;
use crate::comparison::Scored;
use crate::context::Context;
use crate::entry::Entry;
use crate::features::{Features, Fits, at};
use crate::finding::Found;
use crate::index::NameId;

/// A code that could be meant, with its probability.
#[derive(Clone, Debug)]
pub(crate) struct Choice<'n> {
    pub(crate) entry: &'n Entry,
    pub(crate) name: NameId,
    pub(crate) probability: f64,
    /// Whether the name has other codes that fit as well.
    pub(crate) is_shared: bool,
}

/// What a name may be in its context.
#[derive(Clone, Debug)]
pub(crate) struct Choices<'n> {
    /// Most likely first.
    pub(crate) list: Vec<Choice<'n>>,
    /// The probability that it is none of them.
    pub(crate) none: f64,
}

impl Choices<'_> {
    /// What is left where some codes are another row's: what it could have been is gone; the rest is
    /// no more likely than it was.
    pub(crate) fn without(&self, taken: &[(Regime, Code)]) -> Self {
        let is_taken =
            |choice: &&Choice<'_>| taken.contains(&(choice.entry.regime, choice.entry.code));
        let mut lost = 0.0;
        for choice in self.list.iter().filter(is_taken) {
            lost += choice.probability;
        }
        let list = self.list.iter().filter(|choice| !is_taken(choice)).cloned().collect();
        Self { list, none: self.none + lost }
    }
}

/// A row of a name, or several of the same thing.
#[derive(Clone, Copy)]
struct Row<'n> {
    entry: &'n Entry,
    /// What the context says of the row of the thing that the odds are of.
    fits: Fits,
    odds: f32,
}

impl Nomenclature {
    /// The codes that could be meant.
    pub(crate) fn choose<'n>(&'n self, found: &Found, context: &Context) -> Choices<'n> {
        let mut rows = Vec::new();
        if let [scored] = &found.scored[..] {
            return self.choose_alone(scored, context, &mut rows);
        }
        let mut choices: Vec<(Choice<'n>, f32)> = Vec::with_capacity(found.scored.len());
        for scored in &found.scored {
            let best = self.best_row_of(scored, context, &mut rows);
            let Some((entry, utility, share)) = best else { continue };
            let choice =
                Choice { entry, name: scored.name, probability: share, is_shared: share < 0.99 };
            choices.push((choice, utility));
        }
        let highest = choices.iter().map(|(_, utility)| *utility).fold(0.0, f32::max);
        let none = f64::from(-highest).exp();
        let mut total = none;
        for (choice, utility) in &mut choices {
            let odds = f64::from(*utility - highest).exp();
            total += odds;
            choice.probability *= odds;
        }
        let mut merged: Vec<Choice<'n>> = Vec::with_capacity(choices.len());
        for (choice, _) in choices {
            // Two spellings of one row's name are one choice.
            let same = merged.iter_mut().find(|other| {
                other.entry.regime == choice.entry.regime && other.entry.code == choice.entry.code
            });
            match same {
                Some(other) => {
                    if choice.probability > other.probability {
                        (other.entry, other.name) = (choice.entry, choice.name);
                    }
                    other.probability += choice.probability;
                }
                None => merged.push(choice),
            }
        }
        for choice in &mut merged {
            choice.probability /= total;
        }
        merged.sort_by(|a, b| {
            let key = |choice: &Choice<'_>| (choice.entry.regime, choice.entry.code);
            b.probability.total_cmp(&a.probability).then(key(a).cmp(&key(b)))
        });
        Choices { list: merged, none: none / total }
    }

    /// The codes that could be meant where there is one name, as for all that are exact: as
    /// [`choose`](Self::choose), without rivals.
    fn choose_alone<'n>(
        &'n self,
        scored: &Scored,
        context: &Context,
        rows: &mut Vec<Row<'n>>,
    ) -> Choices<'n> {
        let Some((entry, utility, share)) = self.best_row_of(scored, context, rows) else {
            return Choices { list: Vec::new(), none: 1.0 };
        };
        let highest = utility.max(0.0);
        let none = f64::from(-highest).exp();
        let odds = f64::from(utility - highest).exp();
        let total = none + odds;
        let probability = share * odds / total;
        let choice = Choice { entry, name: scored.name, probability, is_shared: share < 0.99 };
        Choices { list: vec![choice], none: none / total }
    }

    /// The row of a name that fits the context best, the utility of that, and the probability
    /// that it is this row if it is this name.
    pub(crate) fn best_row<'n>(
        &'n self,
        scored: &Scored,
        context: &Context,
    ) -> Option<(&'n Entry, f32, f64)> {
        self.best_row_of(scored, context, &mut Vec::new())
    }

    /// As [`best_row`](Self::best_row), with room for the rows.
    fn best_row_of<'n>(
        &'n self,
        scored: &Scored,
        context: &Context,
        rows: &mut Vec<Row<'n>>,
    ) -> Option<(&'n Entry, f32, f64)> {
        let of_name = self.index.entries_of(scored.name);
        if let [only] = of_name {
            let entry = &self.entries[*only as usize];
            return Some((entry, self.utility(scored, &context.fits(entry)), 1.0));
        }
        rows.clear();
        rows.reserve(of_name.len());
        for row in of_name {
            let entry = &self.entries[*row as usize];
            let fits = context.fits(entry);
            let odds = self.model.row_utility(&fits) + context.tier_prior(entry);
            // The same row in another edition, or written out for one bidang, is no rival.
            match rows.get_mut(usize::from(entry.of_name)) {
                Some(rival) if odds > rival.odds => *rival = Row { entry, fits, odds },
                // Equal odds: the general row stands for its copies.
                Some(rival) if odds >= rival.odds && entry.code.is_general() => rival.entry = entry,
                Some(_) => {}
                None => rows.push(Row { entry, fits, odds }),
            }
        }
        let best = *rows.iter().reduce(|a, b| if b.odds > a.odds { b } else { a })?;
        let share = if let [_] = rows[..] {
            1.0
        } else {
            let odds = rows.iter().map(|row| f64::from(row.odds - best.odds).exp());
            1.0 / odds.sum::<f64>()
        };
        Some((best.entry, self.utility(scored, &best.fits), share))
    }

    /// What speaks for a name, of its words and of what the context says of its row.
    fn utility(&self, scored: &Scored, fits: &Fits) -> f32 {
        let mut features: Features = scored.words;
        features[at::CONTEXT].copy_from_slice(fits);
        self.model.utility(&features)
    }
}

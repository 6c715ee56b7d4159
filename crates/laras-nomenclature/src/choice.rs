//! The codes that a name could stand for, each with its probability in the context.

use crate::Nomenclature;
use crate::comparison::Scored;
use crate::context::Context;
use crate::entry::Entry;
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

impl Nomenclature {
    /// The codes that could be meant, most likely first, and the probability of none.
    pub(crate) fn choose<'n>(&'n self, found: &Found, context: &Context) -> (Vec<Choice<'n>>, f64) {
        let mut choices: Vec<(Choice<'n>, f32)> = Vec::with_capacity(found.scored.len());
        for scored in &found.scored {
            let Some((entry, utility, share)) = self.best_row(scored, context) else { continue };
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
        (merged, none / total)
    }

    /// The row of a name that fits the context best, the utility of that, and the probability
    /// that it is this row if it is this name.
    pub(crate) fn best_row<'n>(
        &'n self,
        scored: &Scored,
        context: &Context,
    ) -> Option<(&'n Entry, f32, f64)> {
        struct Row<'n> {
            entry: &'n Entry,
            /// The row of the same thing that the odds are of.
            fits: &'n Entry,
            odds: f32,
        }
        let of_name = self.index.entries_of(scored.name);
        let mut rows: Vec<Row<'n>> = Vec::with_capacity(of_name.len());
        for row in of_name {
            let entry = &self.entries[*row as usize];
            let odds = self.model.row_utility(&context.fits(entry)) + context.tier_prior(entry);
            // The same row in another edition, or written out for one bidang, is no rival.
            match rows.iter_mut().find(|row| row.entry.thing == entry.thing) {
                Some(rival) if odds > rival.odds => *rival = Row { entry, fits: entry, odds },
                // Equal odds: the general row stands for its copies.
                Some(rival) if odds >= rival.odds && entry.code.is_general() => rival.entry = entry,
                Some(_) => {}
                None => rows.push(Row { entry, fits: entry, odds }),
            }
        }
        let best = rows.iter().reduce(|a, b| if b.odds > a.odds { b } else { a })?;
        let total: f64 = rows.iter().map(|row| f64::from(row.odds - best.odds).exp()).sum();
        let utility = self.model.utility(&context.features(best.fits, &scored.words));
        Some((best.entry, utility, 1.0 / total))
    }
}

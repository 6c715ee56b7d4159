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
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice<'n> {
    pub(crate) entry: &'n Entry,
    pub(crate) name: NameId,
    pub(crate) probability: f64,
    /// Whether the name has other codes that fit as well.
    pub(crate) is_shared: bool,
}

/// What a name may be in its context.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choices<'c, 'n> {
    /// Most likely first.
    pub(crate) list: &'c [Choice<'n>],
    /// The probability that it is none of them.
    pub(crate) none: f64,
}

impl<'n> Choices<'_, 'n> {
    /// What is left where some codes are another row's, and the probability that it is none of that: what
    /// it could have been is gone; the rest is no more likely than it was.
    pub(crate) fn without(self, taken: &[(Regime, Code)]) -> (Vec<Choice<'n>>, f64) {
        let is_taken =
            |choice: &&Choice<'_>| taken.contains(&(choice.entry.regime, choice.entry.code));
        let mut lost = 0.0;
        for choice in self.list.iter().filter(is_taken) {
            lost += choice.probability;
        }
        let left = self.list.iter().filter(|choice| !is_taken(choice)).copied().collect();
        (left, self.none + lost)
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
    /// Adds the codes that could be meant, most likely first, and gives the probability that it is none
    /// of them.
    pub(crate) fn choose<'n>(
        &'n self,
        found: &Found,
        context: &Context,
        into: &mut Vec<Choice<'n>>,
    ) -> f64 {
        // All names that are exact are alone.
        if let [scored] = &found.scored[..] {
            self.choose_alone(scored, context, into)
        } else {
            self.choose_among(&found.scored, context, into)
        }
    }

    /// As [`choose`](Self::choose), among several names.
    fn choose_among<'n>(
        &'n self,
        names: &[Scored],
        context: &Context,
        into: &mut Vec<Choice<'n>>,
    ) -> f64 {
        let mut rows = Vec::new();
        let mut choices: Vec<(Choice<'n>, f32)> = Vec::with_capacity(names.len());
        for scored in names {
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
        let from = into.len();
        for (choice, _) in choices {
            // Two spellings of one row's name are one choice.
            let same = into[from..].iter_mut().find(|other| {
                other.entry.regime == choice.entry.regime && other.entry.code == choice.entry.code
            });
            match same {
                Some(other) => {
                    if choice.probability > other.probability {
                        (other.entry, other.name) = (choice.entry, choice.name);
                    }
                    other.probability += choice.probability;
                }
                None => into.push(choice),
            }
        }
        let merged = &mut into[from..];
        for choice in merged.iter_mut() {
            choice.probability /= total;
        }
        merged.sort_by(|a, b| {
            let key = |choice: &Choice<'_>| (choice.entry.regime, choice.entry.code);
            b.probability.total_cmp(&a.probability).then(key(a).cmp(&key(b)))
        });
        none / total
    }

    /// As [`choose_among`](Self::choose_among), for one name: there is nothing to merge and to sort.
    fn choose_alone<'n>(
        &'n self,
        scored: &Scored,
        context: &Context,
        into: &mut Vec<Choice<'n>>,
    ) -> f64 {
        let best = self.best_row_of(scored, context, &mut Vec::new());
        let Some((entry, utility, share)) = best else { return 1.0 };
        let highest = utility.max(0.0);
        let none = f64::from(-highest).exp();
        let odds = f64::from(utility - highest).exp();
        let total = none + odds;
        let probability = share * odds / total;
        into.push(Choice { entry, name: scored.name, probability, is_shared: share < 0.99 });
        none / total
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
        let of_name = self.rows_of(scored.name);
        if let [only] = of_name {
            return Some((only, self.utility(scored, &context.fits(only)), 1.0));
        }
        rows.clear();
        rows.reserve(of_name.len());
        for entry in of_name {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Query;

    #[test]
    fn one_name_is_chosen_as_among_several() {
        let nomenclature = Nomenclature::builtin();
        for name in [
            "Penyediaan Jasa Surat Menyurat",
            "Pembangunan Ruang Kelas Baru",
            "Program Pengelolaan Pendidikan",
            "Penyediaan alat tulis kantor",
        ] {
            for (year, code) in [(None, None), (Some(2020), None), (Some(2024), Some("1.01.02"))] {
                let query = Query { year, printed_code: code, ..Query::new(name) };
                let context = Context::new(&query, nomenclature, code.map(|_| "1.01"));
                let found = nomenclature.find_for(name, true);
                let [scored] = &found.scored[..] else { panic!("{name} is no official name") };
                let (mut alone, mut among) = (Vec::new(), Vec::new());
                let none = nomenclature.choose_alone(scored, &context, &mut alone);
                let others = nomenclature.choose_among(&found.scored, &context, &mut among);
                let told = |choices: &[Choice<'_>]| -> Vec<_> {
                    let told = |c: &Choice<'_>| (c.entry.code, c.probability, c.is_shared);
                    choices.iter().map(told).collect()
                };
                assert_eq!((told(&alone), none), (told(&among), others), "{name} {year:?}");
            }
        }
    }
}

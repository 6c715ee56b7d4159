//! The decision among the codes that a name could stand for: one of them, several, or none; and why.

use laras_model::{NameCandidate, NameStatus, Regime, SharedText};

use crate::choice::{Choice, Choices};
use crate::code::Code;
use crate::comparison::Comparison;
use crate::context::Context;
use crate::entry::Entry;
use crate::finding::Found;
use crate::matching::no_match;
use crate::vocabulary::WordId;
use crate::{Explanation, Match, MatchOptions, Nomenclature, Remark};

/// A code is given from this probability on.
pub(crate) const ACCEPT: f64 = 0.5;

impl Nomenclature {
    /// Decides for a code, several, or none.
    pub(crate) fn decide(
        &self,
        found: &Found,
        context: &Context,
        options: &MatchOptions<'_>,
    ) -> Match {
        let mut list = Vec::new();
        let none = self.choose(found, context, &mut list);
        self.decide_among(Choices { list: &list, none }, found, context, options, &[])
    }

    /// Decides among the choices that there are for a name; those that are taken are left out.
    pub(crate) fn decide_among(
        &self,
        choices: Choices<'_, '_>,
        found: &Found,
        context: &Context,
        options: &MatchOptions<'_>,
        taken: &[(Regime, Code)],
    ) -> Match {
        let mut decided = no_match();
        let all = choices.list.len();
        if found.is_too_long {
            decided.explanation.remarks.push(Remark::TooLong);
            return decided;
        }
        let left;
        let Choices { list: choices, none } = if taken.is_empty() {
            choices
        } else {
            left = choices.without(taken);
            Choices { list: &left.0, none: left.1 }
        };
        if choices.len() < all {
            decided.explanation.remarks.push(Remark::TakenTwice);
        }
        let four_digits = |entry: &Entry| context.four_digits.unwrap_or(entry.until == 0);
        let print = |entry: &Entry| entry.code.print(entry.regime, four_digits(entry));
        let best = choices.first();
        decided.status = match best {
            Some(best) if best.probability >= ACCEPT && found.is_exact => NameStatus::Exact,
            Some(best) if best.probability >= ACCEPT => NameStatus::Fuzzy,
            Some(_) if none < ACCEPT => NameStatus::Ambiguous,
            _ => NameStatus::Local,
        };
        let rivals = choices.iter().skip(usize::from(is_matched(decided.status)));
        decided.candidates = rivals
            .clone()
            .filter(|choice| choice.probability >= options.least_listed)
            .take(options.most_candidates)
            .map(|choice| NameCandidate {
                code: print(choice.entry),
                official_name: self.name_of(choice.entry).into(),
                regime: choice.entry.regime,
                score: choice.probability,
            })
            .collect();
        let Some(best) = best else { return decided };
        if best.is_shared {
            self.list_sharers(best, context, options, &mut decided.candidates);
        }
        decided.score = match decided.status {
            NameStatus::Local => none,
            _ => best.probability,
        };
        if is_matched(decided.status) {
            decided.code = print(best.entry);
            if options.aliases {
                let four_digits = four_digits(best.entry);
                decided.aliases = self.aliases(best.entry.regime, best.entry.code, four_digits);
            }
            decided.regime = Some(best.entry.regime);
            decided.level = Some(best.entry.level);
            decided.tier = best.entry.tier;
            decided.official_name = self.name_of(best.entry).into();
            decided.crosswalk = self.crosswalk_of(best.entry.regime, best.entry.code, None);
        }
        if options.explain {
            self.explain(found, best, choices, none, &mut decided.explanation);
            if is_matched(decided.status) {
                context.remarks(best.entry, &mut decided.explanation.remarks);
                if best.is_shared {
                    decided.explanation.remarks.push(Remark::SharedName);
                }
            }
        }
        decided
    }

    /// Lists the other codes of a name that several have.
    fn list_sharers(
        &self,
        best: &Choice<'_>,
        context: &Context,
        options: &MatchOptions<'_>,
        candidates: &mut Vec<NameCandidate>,
    ) {
        let odds = |entry: &Entry| {
            self.model.row_utility(&context.fits(entry)) + context.tier_prior(entry)
        };
        let best_odds = odds(best.entry);
        let mut sharers: Vec<(f64, SharedText, &Entry)> = Vec::new();
        for entry in self.rows_of(best.name) {
            if entry.of_name == best.entry.of_name {
                continue;
            }
            let four_digits = context.four_digits.unwrap_or(entry.until == 0);
            let code = entry.code.print(entry.regime, four_digits);
            // Different codes of one regulation are printed differently.
            let is_same = |(_, printed, other): &(f64, SharedText, &Entry)| {
                (other.regime != entry.regime || other.code == entry.code) && *printed == code
            };
            if candidates.iter().all(|other| other.code != code) && !sharers.iter().any(is_same) {
                let score = best.probability * f64::from(odds(entry) - best_odds).exp();
                sharers.push((score, code, entry));
            }
        }
        // Names are copied for those that stay.
        sharers.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        sharers.truncate(options.most_candidates);
        candidates.extend(sharers.into_iter().map(|(score, code, entry)| NameCandidate {
            code,
            official_name: self.name_of(entry).into(),
            regime: entry.regime,
            score,
        }));
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.code.cmp(&b.code)));
        candidates.truncate(options.most_candidates);
    }

    fn explain(
        &self,
        found: &Found,
        best: &Choice<'_>,
        choices: &[Choice<'_>],
        none: f64,
        into: &mut Explanation,
    ) {
        let runner_up = choices.get(1);
        into.runner_up = runner_up.map(|choice| {
            let entry = choice.entry;
            let code = entry.code.print(entry.regime, entry.until == 0);
            (code, self.name_of(entry).into())
        });
        let rival = runner_up.map_or(0.0, |choice| choice.probability).max(none);
        into.margin = (best.probability - rival).abs();
        if found.is_exact {
            let words = self.index.words_of(best.name).iter();
            let text = |id: &WordId| SharedText::from(self.index.vocabulary.text(*id));
            into.matched = words.map(text).map(|word| (word.clone(), word, 1.0)).collect();
            return;
        }
        let mut comparison = Comparison::new(self, &found.prepared);
        comparison.with(best.name);
        let Comparison { targets, alignment, .. } = comparison;
        for (target, pair) in targets.iter().zip(&alignment.pairs) {
            let official = SharedText::from(&*target.word.text);
            match pair {
                Some((at, alike)) => into.matched.push((
                    found.prepared.words[usize::from(*at)].text.clone(),
                    official,
                    f64::from(*alike),
                )),
                None => into.missing.push(official),
            }
        }
        for (at, word) in found.prepared.words.iter().enumerate() {
            if alignment.used & (1 << at) == 0 {
                into.extra.push(word.text.clone());
            }
        }
    }
}

/// Whether a status carries a code.
pub(crate) fn is_matched(status: NameStatus) -> bool {
    matches!(status, NameStatus::Exact | NameStatus::Fuzzy)
}

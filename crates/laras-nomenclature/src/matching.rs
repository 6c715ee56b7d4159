//! Matching one name: what it could be, weighed by its context, and the decision.

use laras_model::{Level, NameCandidate, NameStatus, Regime};

use crate::code::Code;
use crate::comparison::{Comparison, Scored};
use crate::context::Context;
use crate::edition::InForce;
use crate::entry::Entry;
use crate::finding::Found;
use crate::index::NameId;
use crate::overrides::Decision;
use crate::vocabulary::WordId;
use crate::{Explanation, Match, MatchOptions, Nomenclature, Query, Remark};

/// A code is given from this probability on.
const ACCEPT: f64 = 0.5;

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
    /// Finds the official name that a printed name stands for, or says that there is none.
    ///
    /// Never fails: a text that is no name at all is `local`, in bounded time.
    ///
    /// ```
    /// use laras_nomenclature::{MatchOptions, Nomenclature, Query};
    /// use laras_model::{Level, NameStatus};
    ///
    /// let nomenclature = Nomenclature::builtin();
    /// let query = Query {
    ///     year: Some(2020),
    ///     level: Some(Level::Kegiatan),
    ///     ..Query::new("Penyediaan jasa kornunikasi, SDA dan listrik")
    /// };
    /// let found = nomenclature.match_name(&query, &MatchOptions::default());
    /// assert_eq!((found.status, found.code.as_str()), (NameStatus::Fuzzy, "01.02"));
    /// assert!(found.score > 0.8);
    ///
    /// let query = Query { year: Some(2020), ..Query::new("Lomba mewarnai gambar") };
    /// let found = nomenclature.match_name(&query, &MatchOptions::default());
    /// assert_eq!(found.status, NameStatus::Local);
    /// ```
    pub fn match_name(&self, query: &Query<'_>, options: &MatchOptions<'_>) -> Match {
        let mut found = self.find_for(query.name, options);
        if let Some(decided) = self.overridden(&found, query, options) {
            return decided;
        }
        let context = Context::new(query, self, options.bidang);
        if !options.exact_only {
            self.add_children(&mut found, &context.parents);
        }
        self.decide(&found, &context, options)
    }

    /// The level of the official name that a printed one stands for, with its probability, when
    /// nothing but the budget year is known; `None` for a local or ambiguous name.
    ///
    /// ```
    /// use laras_model::Level;
    ///
    /// let nomenclature = laras_nomenclature::Nomenclature::builtin();
    /// let (level, score) = nomenclature.level_of("Penyediaan alat tulis kantor", Some(2020)).unwrap();
    /// assert!(level == Level::Kegiatan && score > 0.8);
    /// assert_eq!(nomenclature.level_of("Lomba mewarnai gambar", Some(2020)), None);
    /// ```
    pub fn level_of(&self, name: &str, year: Option<u16>) -> Option<(Level, f64)> {
        let key = year.map_or_else(|| format!("\t{name}"), |year| format!("{year}\t{name}"));
        self.levels.get(&key, || {
            let context = Context::new(&Query { year, ..Query::new(name) }, self, None);
            let (choices, _) = self.choose(&self.find(name), &context);
            let best = choices.first().filter(|best| best.probability >= ACCEPT)?;
            Some((best.entry.level, best.probability))
        })
    }

    /// Matches a name with nothing known but the editions; used for names of rows above.
    pub(crate) fn match_in(&self, query: &Query<'_>, in_force: &InForce) -> Match {
        let context = Context { in_force: in_force.clone(), ..Context::default() };
        let options = MatchOptions { explain: false, ..MatchOptions::default() };
        self.decide(&self.find(query.name), &context, &options)
    }

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

    /// Decides for a code, several, or none.
    pub(crate) fn decide(
        &self,
        found: &Found,
        context: &Context,
        options: &MatchOptions<'_>,
    ) -> Match {
        self.decide_among(self.choose(found, context), found, context, options, &[])
    }

    /// Decides among the choices that there are for a name; those that are taken are left out.
    pub(crate) fn decide_among(
        &self,
        (mut choices, mut none): (Vec<Choice<'_>>, f64),
        found: &Found,
        context: &Context,
        options: &MatchOptions<'_>,
        taken: &[(Regime, Code)],
    ) -> Match {
        let mut decided = no_match();
        if found.is_too_long {
            decided.explanation.remarks.push(Remark::TooLong);
            return decided;
        }
        let before = choices.len();
        let mut lost = 0.0;
        choices.retain(|choice| {
            let is_taken = taken.contains(&(choice.entry.regime, choice.entry.code));
            lost += if is_taken { choice.probability } else { 0.0 };
            !is_taken
        });
        if choices.len() < before {
            decided.explanation.remarks.push(Remark::TakenTwice);
            // What it could have been is gone; the rest is no more likely than it was.
            none += lost;
        }
        let four_digits = |entry: &Entry| context.four_digits.unwrap_or(entry.until == 0);
        let print = |entry: &Entry| entry.code.print(entry.regime, four_digits(entry));
        let best = choices.first().cloned();
        decided.status = match &best {
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
                official_name: self.text(choice.entry, choice.entry.name).to_owned(),
                regime: choice.entry.regime,
                score: choice.probability,
            })
            .collect();
        let Some(best) = best else { return decided };
        if best.is_shared {
            self.list_sharers(&best, context, options, &mut decided.candidates);
        }
        decided.score = match decided.status {
            NameStatus::Local => none,
            _ => best.probability,
        };
        if is_matched(decided.status) {
            decided.code = print(best.entry);
            decided.aliases =
                self.aliases(best.entry.regime, best.entry.code, four_digits(best.entry));
            decided.regime = Some(best.entry.regime);
            decided.level = Some(best.entry.level);
            decided.tier = best.entry.tier;
            self.text(best.entry, best.entry.name).clone_into(&mut decided.official_name);
            decided.crosswalk = self.crosswalk_of(best.entry.regime, best.entry.code, None);
        }
        if options.explain {
            self.explain(found, &best, &choices, none, &mut decided.explanation);
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
        let mut sharers: Vec<NameCandidate> = Vec::new();
        let odds = |entry: &Entry| {
            self.model.row_utility(&context.fits(entry)) + context.tier_prior(entry)
        };
        for row in self.index.entries_of(best.name) {
            let entry = &self.entries[*row as usize];
            if entry.thing == best.entry.thing {
                continue;
            }
            let candidate = NameCandidate {
                code: entry
                    .code
                    .print(entry.regime, context.four_digits.unwrap_or(entry.until == 0)),
                official_name: self.text(entry, entry.name).to_owned(),
                regime: entry.regime,
                score: best.probability * f64::from(odds(entry) - odds(best.entry)).exp(),
            };
            if candidates.iter().chain(&sharers).all(|other| other.code != candidate.code) {
                sharers.push(candidate);
            }
        }
        candidates.extend(sharers);
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
            (code, self.text(entry, entry.name).to_owned())
        });
        let rival = runner_up.map_or(0.0, |choice| choice.probability).max(none);
        into.margin = (best.probability - rival).abs();
        if found.is_exact {
            let words = self.index.words_of(best.name).iter();
            let text = |id: &WordId| self.index.vocabulary.text(*id).to_owned();
            into.matched = words.map(|id| (text(id), text(id), 1.0)).collect();
            return;
        }
        let mut comparison = Comparison::new(self, &found.prepared);
        comparison.with(best.name);
        let Comparison { targets, alignment, .. } = comparison;
        for (target, pair) in targets.iter().zip(&alignment.pairs) {
            let official = target.word.text.to_string();
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

    pub(crate) fn overridden(
        &self,
        found: &Found,
        query: &Query<'_>,
        options: &MatchOptions<'_>,
    ) -> Option<Match> {
        let (decision, note) = options.overrides?.get(&found.key)?;
        let mut decided = no_match();
        decided.overridden = Some(note.clone());
        decided.explanation.remarks.push(Remark::Overridden);
        decided.score = 1.0;
        if let Decision::Code(regime, code) = decision {
            let entry = self.latest(*regime, *code)?;
            let four_digits = query.year.map_or(entry.until == 0, crate::code::has_four_digits);
            decided.status = if found.is_exact { NameStatus::Exact } else { NameStatus::Fuzzy };
            decided.code = code.print(*regime, four_digits);
            decided.aliases = self.aliases(*regime, *code, four_digits);
            decided.regime = Some(*regime);
            decided.level = Some(entry.level);
            decided.tier = entry.tier;
            self.text(entry, entry.name).clone_into(&mut decided.official_name);
            decided.crosswalk = self.crosswalk_of(*regime, *code, None);
        }
        Some(decided)
    }
}

fn no_match() -> Match {
    Match {
        status: NameStatus::Local,
        code: String::new(),
        aliases: Vec::new(),
        regime: None,
        level: None,
        tier: None,
        official_name: String::new(),
        score: 1.0,
        candidates: Vec::new(),
        explanation: Explanation::default(),
        crosswalk: Vec::new(),
        overridden: None,
    }
}

/// Whether a status carries a code.
pub(crate) fn is_matched(status: NameStatus) -> bool {
    matches!(status, NameStatus::Exact | NameStatus::Fuzzy)
}

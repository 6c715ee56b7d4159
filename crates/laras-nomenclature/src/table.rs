//! Matching the names of a whole table together.
//!
//! What the rows know of each other: the regulation and tier that most of them belong to, the
//! bidang urusan of the office, the row above and the rows below, the rows beside, and that a
//! plan has each official name once.

use std::sync::Arc;

use laras_model::{NameStatus, Regime};
use rustc_hash::FxHashMap;

use crate::choice::Choice;
use crate::code::Code;
use crate::context::Context;
use crate::decision::is_matched;
use crate::edition::InForce;
use crate::finding::Found;
use crate::{Match, MatchOptions, Nomenclature, Query, Tier};

/// A row of a table with a name to be matched.
#[derive(Clone, Copy, Debug, Default)]
pub struct TableRow<'q> {
    /// The name and what is known about it.
    pub query: Query<'q>,
    /// Place in the slice of the row above it in the hierarchy.
    pub parent: Option<usize>,
    /// Which of the plans in the table the row belongs to: twin plans that stand side by side,
    /// and parts of a table that repeat each other, have different numbers.
    pub plan: u32,
}

/// Rows with at least this probability bear witness for others.
const WITNESS: f64 = 0.7;
/// A fuzzy match loses its name to a better one unless it is as probable as this.
const KEEPS: f64 = 0.97;

impl Nomenclature {
    /// Matches the names of a table, or of a whole document in reading order, together.
    ///
    /// A parent that does not stand before its row, or not at all, is not used.
    ///
    /// ```
    /// use laras_nomenclature::{MatchOptions, Nomenclature, Query, TableRow, Tier};
    ///
    /// let row = |name, parent| TableRow {
    ///     query: Query { tier: Some(Tier::KabupatenKota), year: Some(2024), ..Query::new(name) },
    ///     parent,
    ///     plan: 0,
    /// };
    /// let rows = [
    ///     row("Program Pengelolaan Pendidikan", None),
    ///     row("Pengelolaan Pendidikan Sekolah Menengah Pertama", Some(0)),
    ///     row("Pembangunan Ruang Kelas Baru", Some(1)), // a name that four kegiatan have
    /// ];
    /// let found = Nomenclature::builtin().match_table(&rows, &MatchOptions::default());
    /// assert!(found[2].code.starts_with("1.01.02.2.02."), "{}", found[2].code);
    /// ```
    pub fn match_table(&self, rows: &[TableRow<'_>], options: &MatchOptions<'_>) -> Vec<Match> {
        let mut work = Work::new(self, rows, options);
        work.vote();
        work.decide_all();
        work.hear_children();
        work.decide_all();
        work.settle_double_claims();
        work.finish()
    }
}

/// What a row may be, most likely first.
struct Choices<'w> {
    choices: Vec<Choice<'w>>,
    /// The probability that it is none of them.
    none: f64,
    /// How many names were compared with its own; rows below others with the same name add some.
    compared: usize,
}

struct Work<'w> {
    nomenclature: &'w Nomenclature,
    rows: &'w [TableRow<'w>],
    options: &'w MatchOptions<'w>,
    /// Candidates, once for each different name.
    found: Vec<Arc<Found>>,
    found_of: Vec<usize>,
    contexts: Vec<Context>,
    /// What each row may be in its context, once it was worked out.
    choices: Vec<Option<Choices<'w>>>,
    /// Regulation and code of each row as decided so far, with its probability.
    chosen: Vec<Option<(Regime, Code, f64)>>,
    /// Whether the row's name is one of several codes.
    is_shared: Vec<bool>,
    /// Codes that a row that was not decided might have.
    maybe: Vec<Vec<(Regime, Code)>>,
    taken: Vec<Vec<(Regime, Code)>>,
}

impl<'w> Work<'w> {
    fn new(
        nomenclature: &'w Nomenclature,
        rows: &'w [TableRow<'w>],
        options: &'w MatchOptions<'w>,
    ) -> Self {
        let mut by_name: FxHashMap<&str, usize> = FxHashMap::default();
        let mut found = Vec::new();
        let found_of = rows
            .iter()
            .map(|row| {
                *by_name.entry(row.query.name).or_insert_with(|| {
                    found.push(nomenclature.find_for(row.query.name, options));
                    found.len() - 1
                })
            })
            .collect();
        let contexts =
            rows.iter().map(|row| Context::new(&row.query, nomenclature, options.bidang)).collect();
        Self {
            nomenclature,
            rows,
            options,
            found,
            found_of,
            contexts,
            choices: rows.iter().map(|_| None).collect(),
            chosen: vec![None; rows.len()],
            is_shared: vec![false; rows.len()],
            maybe: vec![Vec::new(); rows.len()],
            taken: vec![Vec::new(); rows.len()],
        }
    }

    fn found(&self, row: usize) -> &Found {
        &self.found[self.found_of[row]]
    }

    fn choose(&self, row: usize) -> (Vec<Choice<'w>>, f64) {
        self.nomenclature.choose(self.found(row), &self.contexts[row])
    }

    /// Whether nothing that a row's choices depend on has changed since they were worked out.
    fn is_known(&self, row: usize) -> bool {
        let compared = self.found(row).scored.len();
        self.choices[row].as_ref().is_some_and(|known| known.compared == compared)
    }

    /// Lets the rows that are sure by themselves say which regulation, tier and bidang it is.
    fn vote(&mut self) {
        let mut regimes: Vec<(Regime, f64)> = Vec::new();
        let mut tiers: Vec<(Tier, f64)> = Vec::new();
        let mut bidang: Vec<((u16, u16), f64)> = Vec::new();
        for at in 0..self.rows.len() {
            let printed = &self.contexts[at].printed;
            if let [urusan @ 1..=8, of_urusan, _, digit @ 1..=2, _, ..] = printed[..] {
                let tier = if digit == 1 { Tier::Provinsi } else { Tier::KabupatenKota };
                add(&mut tiers, tier, 0.5);
                add(&mut bidang, (urusan, of_urusan), 0.5);
            }
            let (choices, _) = self.choose(at);
            let Some(best) = choices.first().filter(|best| best.probability >= WITNESS) else {
                continue;
            };
            add(&mut regimes, best.entry.regime, best.probability);
            if let Some(own) = best.entry.code.bidang()
                && best.entry.regime == Regime::Permendagri90
            {
                add(&mut bidang, own, best.probability);
            }
            let mut tiers_of_name: Vec<Tier> = Vec::new();
            for row in self.nomenclature.index.entries_of(best.name) {
                tiers_of_name.extend(self.nomenclature.entries[*row as usize].tier);
            }
            if let Some(tier) = tiers_of_name.first().copied()
                && tiers_of_name.iter().all(|other| *other == tier)
            {
                add(&mut tiers, tier, best.probability);
            }
        }
        let (regime, tier, bidang) = (winner(&regimes), winner(&tiers), winner(&bidang));
        for context in &mut self.contexts {
            if context.in_force.regime().is_none()
                && let Some(regime) = regime
            {
                context.in_force = InForce::of_regime(regime);
            }
            context.tier = context.tier.or(tier);
            context.bidang = context.bidang.or(bidang);
        }
    }

    /// The row above, if it stands before the row.
    fn parent(&self, row: usize) -> Option<usize> {
        self.rows[row].parent.filter(|parent| *parent < row)
    }

    /// Decides every row, each with what was decided for the rows above and beside it.
    fn decide_all(&mut self) {
        for at in 0..self.rows.len() {
            if let Some(parents) = self.parents_of(at)
                && parents != self.contexts[at].parents
            {
                self.contexts[at].parents = parents;
                self.choices[at] = None;
            }
            if self.parent(at).is_none() && self.rows[at].query.parent.is_none() {
                let beside = self.parents_beside(at);
                if beside != self.contexts[at].beside {
                    self.contexts[at].beside = beside;
                    self.choices[at] = None;
                }
            }
            if self.is_known(at) {
                continue;
            }
            if !self.options.exact_only {
                let found = &mut self.found[self.found_of[at]];
                self.nomenclature.add_children(found, &self.contexts[at].parents);
            }
            let (choices, none) = self.choose(at);
            let best = choices.first();
            self.chosen[at] = best
                .filter(|best| best.probability >= 0.5)
                .map(|best| (best.entry.regime, best.entry.code, best.probability));
            self.is_shared[at] = best.is_some_and(|best| best.is_shared);
            self.maybe[at] = choices
                .iter()
                .filter(|choice| none < 0.5 && choice.probability > 0.1)
                .map(|choice| (choice.entry.regime, choice.entry.code))
                .collect();
            let compared = self.found(at).scored.len();
            self.choices[at] = Some(Choices { choices, none, compared });
        }
    }

    /// What the row above may be; where it is local, the row above that.
    fn parents_of(&self, row: usize) -> Option<Vec<(Regime, Code)>> {
        let mut above = self.parent(row);
        while let Some(parent) = above {
            if let Some((regime, code, _)) = self.chosen[parent] {
                return Some(vec![(regime, code)]);
            }
            if !self.maybe[parent].is_empty() {
                return Some(self.maybe[parent].clone());
            }
            above = self.parent(parent);
        }
        self.parent(row).map(|_| Vec::new())
    }

    /// What stands above the rows beside a row that has no row above.
    fn parents_beside(&self, row: usize) -> Vec<(Regime, Code)> {
        let level = self.rows[row].query.level;
        let is_beside = |at: &usize| {
            let other = &self.rows[*at];
            *at != row
                && other.plan == self.rows[row].plan
                && other.query.level == level
                && self.parent(*at).is_none()
                && !self.is_shared[*at]
        };
        let near = row.saturating_sub(3)..(row + 4).min(self.rows.len());
        let mut above: Vec<(Regime, Code)> = near
            .filter(is_beside)
            .filter_map(|at| self.chosen[at])
            .filter(|(.., probability)| *probability >= WITNESS)
            .filter_map(|(regime, code, _)| Some((regime, code.parent(regime)?)))
            .collect();
        above.dedup();
        above
    }

    /// Tells rows what their children are, as far as those are sure without them.
    fn hear_children(&mut self) {
        let mut children: Vec<Vec<(Regime, Code)>> = vec![Vec::new(); self.rows.len()];
        for at in 0..self.rows.len() {
            let Some(parent) = self.parent(at) else { continue };
            let mut alone = self.contexts[at].clone();
            alone.parents.clear();
            let (choices, _) = self.nomenclature.choose(&self.found[self.found_of[at]], &alone);
            if let Some(best) = choices.first().filter(|best| best.probability >= WITNESS) {
                children[parent].push((best.entry.regime, best.entry.code));
            }
        }
        for (at, children) in children.into_iter().enumerate() {
            if children != self.contexts[at].children {
                self.contexts[at].children = children;
                self.choices[at] = None;
            }
        }
    }

    /// Leaves an official name to the row of a plan that fits it best.
    fn settle_double_claims(&mut self) {
        let mut claims: FxHashMap<(u32, Regime, Code), usize> = FxHashMap::default();
        for at in 0..self.rows.len() {
            let Some((regime, code, probability)) = self.chosen[at] else { continue };
            let holder = *claims.entry((self.rows[at].plan, regime, code)).or_insert(at);
            if holder == at
                || self.found[self.found_of[holder]].key == self.found[self.found_of[at]].key
            {
                continue;
            }
            let strength = |row: usize| {
                let is_exact = self.found[self.found_of[row]].is_exact;
                (is_exact, self.chosen[row].map_or(0.0, |(.., probability)| probability))
            };
            let loser = if strength(at) > strength(holder) { holder } else { at };
            let (is_exact, _) = strength(loser);
            let winner = if loser == at { holder } else { at };
            claims.insert((self.rows[at].plan, regime, code), winner);
            let keeps = is_exact || (probability >= KEEPS && strength(loser).1 >= KEEPS);
            if !keeps {
                self.taken[loser].push((regime, code));
            }
        }
    }

    fn finish(mut self) -> Vec<Match> {
        (0..self.rows.len()).map(|at| self.decide(at)).collect()
    }

    fn decide(&mut self, row: usize) -> Match {
        let known = if self.is_known(row) { self.choices[row].take() } else { None };
        let found = self.found(row);
        let query = &self.rows[row].query;
        if let Some(decided) = self.nomenclature.overridden(found, query, self.options) {
            return decided;
        }
        let choices = known.map_or_else(|| self.choose(row), |known| (known.choices, known.none));
        let decided = self.nomenclature.decide_among(
            choices,
            found,
            &self.contexts[row],
            self.options,
            &self.taken[row],
        );
        debug_assert!(is_matched(decided.status) || decided.code.is_empty());
        debug_assert!(decided.status != NameStatus::Local || decided.code.is_empty());
        decided
    }
}

fn add<K: PartialEq>(votes: &mut Vec<(K, f64)>, choice: K, weight: f64) {
    match votes.iter_mut().find(|(other, _)| *other == choice) {
        Some((_, sum)) => *sum += weight,
        None => votes.push((choice, weight)),
    }
}

/// The choice with three quarters of the votes.
fn winner<K: Copy>(votes: &[(K, f64)]) -> Option<K> {
    let all: f64 = votes.iter().map(|(_, weight)| weight).sum();
    let (choice, most) = votes.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    (most >= all * 0.75).then_some(choice)
}

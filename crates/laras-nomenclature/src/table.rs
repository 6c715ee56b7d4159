//! Matching the names of a whole table together.
//!
//! What the rows know of each other: the regulation and tier that most of them belong to, the
//! bidang urusan of the office, the row above and the rows below, the rows beside, and that a
//! plan has each official name once.

use std::rc::Rc;

use laras_model::Regime;
use rustc_hash::FxHashMap;

use crate::choice::{Choice, Choices};
use crate::code::Code;
use crate::context::Context;
use crate::document::{Chosen, ContextId, Decided, FoundId, KnownNames};
use crate::edition::InForce;
use crate::finding::Found;
use crate::{DocumentNames, Match, MatchOptions, Nomenclature, Query, Tier};

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
        let mut names = DocumentNames::new(self, *options, |found| found);
        let found = names.match_table(rows, options.exact_only);
        drop(names);
        found.into_iter().map(Rc::unwrap_or_clone).collect()
    }
}

/// The rows of a table while they are decided together.
pub(crate) struct Work<'w, 'n> {
    known: &'w mut KnownNames<'n>,
    rows: &'w [TableRow<'w>],
    /// Candidates, once for each different name: rows below others with the same name add some.
    found: Vec<FoundId>,
    found_of: Vec<usize>,
    contexts: Vec<Context>,
    /// What each row may be in its context, once it was worked out, and of what candidates.
    choices: Vec<Option<(FoundId, ContextId, Chosen)>>,
    /// Regulation and code of each row as decided so far, with its probability.
    chosen: Vec<Option<((Regime, Code), f64)>>,
    /// Whether the row's name is one of several codes.
    is_shared: Vec<bool>,
    /// Codes that a row that was not decided might have.
    maybe: Vec<Vec<(Regime, Code)>>,
    taken: Vec<Vec<(Regime, Code)>>,
}

impl<'w, 'n> Work<'w, 'n> {
    pub(crate) fn new(
        known: &'w mut KnownNames<'n>,
        rows: &'w [TableRow<'w>],
        exact_only: bool,
    ) -> Self {
        let mut places: FxHashMap<FoundId, usize> = FxHashMap::default();
        places.reserve(rows.len());
        let mut found = Vec::with_capacity(rows.len());
        let mut place_of = |row: &TableRow<'_>| {
            let id = known.find(row.query.name, exact_only);
            *places.entry(id).or_insert_with(|| {
                found.push(id);
                found.len() - 1
            })
        };
        let found_of = rows.iter().map(&mut place_of).collect();
        let contexts = rows.iter().map(|row| known.context(&row.query)).collect();
        Self {
            known,
            rows,
            found,
            found_of,
            contexts,
            choices: vec![None; rows.len()],
            chosen: vec![None; rows.len()],
            is_shared: vec![false; rows.len()],
            maybe: vec![Vec::new(); rows.len()],
            taken: vec![Vec::new(); rows.len()],
        }
    }

    /// Decides the rows together: what each decision rests on.
    pub(crate) fn decided(mut self) -> Vec<Decided> {
        self.vote();
        self.decide_all();
        self.hear_children();
        self.decide_all();
        self.settle_double_claims();
        (0..self.rows.len())
            .map(|at| {
                let (found, context, _) = self.choices(at);
                Decided { found, context, taken: std::mem::take(&mut self.taken[at]) }
            })
            .collect()
    }

    fn found(&self, row: usize) -> &Found {
        self.known.found(self.found[self.found_of[row]])
    }

    /// What a row may be in its context: worked out anew where something that it depends on has changed.
    fn choices(&mut self, row: usize) -> (FoundId, ContextId, Chosen) {
        let found = self.found[self.found_of[row]];
        if let Some(known) = self.choices[row].filter(|known| known.0 == found) {
            return known;
        }
        let context = self.known.id(&self.contexts[row]);
        (found, context, self.known.choices(found, context))
    }

    /// What a row is for a witness, if it is one.
    fn witness(&mut self, row: usize) -> Option<Choice<'n>> {
        let (.., choices) = self.choices(row);
        let best = self.known.chosen(choices).list.first();
        best.filter(|best| best.probability >= WITNESS).copied()
    }

    /// Lets the rows that are sure by themselves say which regulation, tier and bidang it is.
    fn vote(&mut self) {
        let nomenclature = self.known.nomenclature;
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
            let Some(best) = self.witness(at) else { continue };
            add(&mut regimes, best.entry.regime, best.probability);
            if let Some(own) = best.entry.code.bidang()
                && best.entry.regime == Regime::Permendagri90
            {
                add(&mut bidang, own, best.probability);
            }
            let rows_of_name = nomenclature.rows_of(best.name).iter();
            let mut tiers_of_name = rows_of_name.filter_map(|row| row.tier);
            if let Some(tier) = tiers_of_name.next()
                && tiers_of_name.all(|other| other == tier)
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
                && *parents != *self.contexts[at].parents
            {
                self.contexts[at].parents = parents.into();
                self.choices[at] = None;
            }
            if self.parent(at).is_none() && self.rows[at].query.parent.is_none() {
                let beside = self.parents_beside(at);
                if beside != self.contexts[at].beside {
                    self.contexts[at].beside = beside;
                    self.choices[at] = None;
                }
            }
            let place = self.found_of[at];
            if self.choices[at].as_ref().is_some_and(|known| known.0 == self.found[place]) {
                continue;
            }
            let parents = &self.contexts[at].parents;
            self.found[place] = self.known.with_children(self.found[place], parents);
            let known = self.choices(at);
            let Choices { list, none } = self.known.chosen(known.2);
            let best = list.first();
            self.chosen[at] = best
                .filter(|best| best.probability >= 0.5)
                .map(|best| ((best.entry.regime, best.entry.code), best.probability));
            self.is_shared[at] = best.is_some_and(|best| best.is_shared);
            self.maybe[at].clear();
            if self.chosen[at].is_none() && none < 0.5 {
                let likely = list.iter().filter(|choice| choice.probability > 0.1);
                self.maybe[at]
                    .extend(likely.map(|choice| (choice.entry.regime, choice.entry.code)));
            }
            self.choices[at] = Some(known);
        }
    }

    /// What the row above may be; where it is local, the row above that.
    fn parents_of(&self, row: usize) -> Option<&[(Regime, Code)]> {
        let mut above = self.parent(row);
        while let Some(parent) = above {
            if let Some((code, _)) = &self.chosen[parent] {
                return Some(std::slice::from_ref(code));
            }
            if !self.maybe[parent].is_empty() {
                return Some(&self.maybe[parent]);
            }
            above = self.parent(parent);
        }
        self.parent(row).map(|_| &[][..])
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
            .filter(|(_, probability)| *probability >= WITNESS)
            .filter_map(|((regime, code), _)| Some((regime, code.parent(regime)?)))
            .collect();
        above.dedup();
        above
    }

    /// Tells rows what their children are, as far as those are sure without them.
    fn hear_children(&mut self) {
        let mut children: Vec<Vec<(Regime, Code)>> = vec![Vec::new(); self.rows.len()];
        for at in 0..self.rows.len() {
            let Some(parent) = self.parent(at) else { continue };
            let parents = std::mem::take(&mut self.contexts[at].parents);
            let known = if parents.is_empty() { None } else { self.choices[at].take() };
            if let Some(best) = self.witness(at) {
                children[parent].push((best.entry.regime, best.entry.code));
            }
            self.contexts[at].parents = parents;
            if known.is_some() {
                self.choices[at] = known;
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
        claims.reserve(self.rows.len());
        for at in 0..self.rows.len() {
            let Some(((regime, code), probability)) = self.chosen[at] else { continue };
            let holder = *claims.entry((self.rows[at].plan, regime, code)).or_insert(at);
            if holder == at
                || self.found_of[holder] == self.found_of[at]
                || self.found(holder).key == self.found(at).key
            {
                continue;
            }
            let strength = |row: usize| {
                let is_exact = self.found(row).is_exact;
                (is_exact, self.chosen[row].map_or(0.0, |(_, probability)| probability))
            };
            let loser = if strength(at) > strength(holder) { holder } else { at };
            let (is_exact, least) = strength(loser);
            let winner = if loser == at { holder } else { at };
            claims.insert((self.rows[at].plan, regime, code), winner);
            let keeps = is_exact || (probability >= KEEPS && least >= KEEPS);
            if !keeps {
                self.taken[loser].push((regime, code));
            }
        }
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

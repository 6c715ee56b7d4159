//! What was worked out for the names of one document.
//!
//! The tables of a report repeat each other: the same names stand in plan, agreement and account,
//! below the same names. What a name may be depends on the name and its [`Context`] alone, so each
//! pair of them is decided once.

use std::rc::Rc;
use std::sync::Arc;

use laras_model::Regime;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::choice::{Choice, Choices};
use crate::code::Code;
use crate::context::Context;
use crate::edition::InForce;
use crate::finding::Found;
use crate::table::Work;
use crate::{Match, MatchOptions, Nomenclature, Query, TableRow};

/// Place of what was found for a name, by itself or with the names below some rows.
pub(crate) type FoundId = u32;
/// Rows above, and what was found with the names below them.
type WithChildren = (Box<[(Regime, Code)]>, FoundId);
/// Place of a context.
pub(crate) type ContextId = u32;

/// Matches the tables of one document, and gives for each name what `T` is made of its match.
///
/// A name that stands in the same place of the hierarchy in several tables is decided, and its `T`
/// made, once; the outcome is that of [`Nomenclature::match_table`] for each table by itself.
///
/// ```
/// use laras_nomenclature::{DocumentNames, MatchOptions, Nomenclature, Query, TableRow};
///
/// let nomenclature = Nomenclature::builtin();
/// let mut names = DocumentNames::new(nomenclature, MatchOptions::default(), |found| found.code);
/// let query = Query { year: Some(2022), ..Query::new("Penyediaan Jasa Surat Menyurat") };
/// let rows = [TableRow { query, ..TableRow::default() }];
/// let (plan, account) = (names.match_table(&rows, false), names.match_table(&rows, true));
/// assert!(plan == account && *plan[0] == "X.XX.01.2.08.01", "{plan:?}");
/// ```
#[derive(Debug)]
pub struct DocumentNames<'a, T> {
    known: KnownNames<'a>,
    made: FxHashMap<(FoundId, ContextId), Rc<T>>,
    make: fn(Match) -> T,
}

impl<'a, T> DocumentNames<'a, T> {
    /// Nothing matched so far; `make` is called once for each different match.
    pub fn new(
        nomenclature: &'a Nomenclature,
        options: MatchOptions<'a>,
        make: fn(Match) -> T,
    ) -> Self {
        Self { known: KnownNames::new(nomenclature, options), made: with_room(), make }
    }

    /// Matches the names of a table together, as [`Nomenclature::match_table`]; in `exact_only` tables
    /// as with [`MatchOptions::exact_only`].
    pub fn match_table(&mut self, rows: &[TableRow<'_>], exact_only: bool) -> Vec<Rc<T>> {
        let decided = Work::new(&mut self.known, rows, exact_only).decided();
        let decide = |(row, decided): (&TableRow<'_>, Decided)| {
            let Decided { found, context, taken } = decided;
            let known = &mut self.known;
            if let Some(overridden) = known.overridden(found, &row.query) {
                return Rc::new((self.make)(overridden));
            }
            if !taken.is_empty() {
                return Rc::new((self.make)(known.decide(found, context, &taken)));
            }
            let made = self.made.entry((found, context));
            made.or_insert_with(|| Rc::new((self.make)(known.decide(found, context, &[])))).clone()
        };
        rows.iter().zip(decided).map(decide).collect()
    }
}

/// Names and contexts of most documents.
const USUAL: usize = 200;

/// A map with room for what most documents have.
fn with_room<K, V>() -> FxHashMap<K, V> {
    FxHashMap::with_capacity_and_hasher(USUAL, FxBuildHasher)
}

/// Where the choices for a name in a context stand, and the probability that it is none of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chosen {
    from: u32,
    to: u32,
    none: f64,
}

/// What the decision for a row rests on.
pub(crate) struct Decided {
    pub(crate) found: FoundId,
    pub(crate) context: ContextId,
    /// Codes that are another row's.
    pub(crate) taken: Vec<(Regime, Code)>,
}

/// What names could be, and what they may be in their contexts.
#[derive(Debug)]
pub(crate) struct KnownNames<'a> {
    pub(crate) nomenclature: &'a Nomenclature,
    options: MatchOptions<'a>,
    /// What was found for names, word by word and letter for letter.
    by_name: [FxHashMap<Box<str>, FoundId>; 2],
    found: Vec<Arc<Found>>,
    /// For what was found, the rows whose names were added to it, and what it was then.
    with_children: FxHashMap<FoundId, Vec<WithChildren>>,
    ids: FxHashMap<Rc<Context>, ContextId>,
    contexts: Vec<Rc<Context>>,
    /// The context that was asked for last.
    last_id: ContextId,
    /// What names may be in contexts, one list after the other.
    chosen: Vec<Choice<'a>>,
    choices: FxHashMap<(FoundId, ContextId), Chosen>,
    /// The edition and year that were asked for last, and the editions in force.
    asked: (Option<u16>, Option<u16>),
    in_force: InForce,
}

impl<'a> KnownNames<'a> {
    fn new(nomenclature: &'a Nomenclature, options: MatchOptions<'a>) -> Self {
        Self {
            nomenclature,
            options,
            by_name: [with_room(), FxHashMap::default()],
            found: Vec::new(),
            with_children: FxHashMap::default(),
            ids: with_room(),
            contexts: Vec::new(),
            last_id: 0,
            chosen: Vec::new(),
            choices: with_room(),
            asked: (None, None),
            in_force: InForce::default(),
        }
    }

    /// What a query says of where its name stands.
    pub(crate) fn context(&mut self, query: &Query<'_>) -> Context {
        let asked = (query.edition, query.year);
        if asked != self.asked {
            self.asked = asked;
            self.in_force = InForce::of_query(query, self.nomenclature);
        }
        Context::of_query(query, self.in_force.clone(), self.nomenclature, self.options.bidang)
    }

    /// The candidates for a name.
    pub(crate) fn find(&mut self, name: &str, exact_only: bool) -> FoundId {
        let exact_only = exact_only || self.options.exact_only;
        let by_name = &mut self.by_name[usize::from(exact_only)];
        if let Some(found) = by_name.get(name) {
            return *found;
        }
        let id = self.found.len() as FoundId;
        by_name.insert(name.into(), id);
        self.found.push(self.nomenclature.find_for(name, exact_only));
        id
    }

    pub(crate) fn found(&self, id: FoundId) -> &Found {
        &self.found[id as usize]
    }

    /// What was found, and the names below the rows above; the same where these add none.
    pub(crate) fn with_children(&mut self, id: FoundId, parents: &[(Regime, Code)]) -> FoundId {
        if parents.is_empty() || !self.found(id).takes_children() {
            return id;
        }
        let known = self.with_children.get(&id).into_iter().flatten();
        if let Some((_, with)) = known.clone().find(|(of, _)| **of == *parents) {
            return *with;
        }
        let mut found = self.found[id as usize].clone();
        let with = if self.nomenclature.add_children(&mut found, parents) {
            self.found.push(found);
            self.found.len() as FoundId - 1
        } else {
            id
        };
        self.with_children.entry(id).or_default().push((parents.into(), with));
        with
    }

    /// The number of a context, the same for equal ones.
    pub(crate) fn id(&mut self, context: &Context) -> ContextId {
        // Names that stand beside each other mostly share theirs.
        if self.contexts.get(self.last_id as usize).is_some_and(|last| **last == *context) {
            return self.last_id;
        }
        self.last_id = self.ids.get(context).copied().unwrap_or_else(|| {
            let (id, context) = (self.contexts.len() as ContextId, Rc::new(context.clone()));
            self.contexts.push(context.clone());
            self.ids.insert(context, id);
            id
        });
        self.last_id
    }

    /// What a name may be in a context.
    pub(crate) fn choices(&mut self, found: FoundId, context: ContextId) -> Chosen {
        *self.choices.entry((found, context)).or_insert_with(|| {
            let (found, context) = (&self.found[found as usize], &self.contexts[context as usize]);
            let from = self.chosen.len() as u32;
            let none = self.nomenclature.choose(found, context, &mut self.chosen);
            Chosen { from, to: self.chosen.len() as u32, none }
        })
    }

    pub(crate) fn chosen(&self, chosen: Chosen) -> Choices<'_, 'a> {
        let list = &self.chosen[chosen.from as usize..chosen.to as usize];
        Choices { list, none: chosen.none }
    }

    /// What a user decided for a name.
    fn overridden(&self, found: FoundId, query: &Query<'_>) -> Option<Match> {
        self.nomenclature.overridden(self.found(found), query, &self.options)
    }

    fn decide(&mut self, found: FoundId, context: ContextId, taken: &[(Regime, Code)]) -> Match {
        let choices = self.choices(found, context);
        let choices = self.chosen(choices);
        let (found, context) = (&self.found[found as usize], &self.contexts[context as usize]);
        self.nomenclature.decide_among(choices, found, context, &self.options, taken)
    }
}

#[cfg(test)]
mod tests {
    use laras_model::Level;

    use super::*;
    use crate::Tier;

    /// Name, level, row above, printed code.
    type Row = (&'static str, Level, Option<usize>, &'static str);

    /// Tables of a document in which names come again: in the same place, in another one, misspelt,
    /// with a printed code, and twice in one table.
    const TABLES: [&[Row]; 4] = [
        &[
            ("Program Pengelolaan Pendidikan", Level::Program, None, ""),
            ("Pengelolaan Pendidikan Sekolah Dasar", Level::Kegiatan, Some(0), ""),
            ("Pembangunan Ruang Kelas Baru", Level::SubKegiatan, Some(1), ""),
            ("Pengelolaan Pendidikan Sekolah Menengah Pertama", Level::Kegiatan, Some(0), ""),
            ("Pembangunan Ruang Kelas Baru", Level::SubKegiatan, Some(3), ""),
            ("Lomba Mewarnai Gambar", Level::SubKegiatan, Some(3), ""),
        ],
        &[
            ("Pengelolaan Pendidikan Sekolah Dasar", Level::Kegiatan, None, ""),
            ("Pembanqunan Ruang Kelas Baru", Level::SubKegiatan, Some(0), ""),
            ("Pembanqunan Ruang Kelas Baru", Level::SubKegiatan, None, ""),
            ("Lomba Mewarnai Gambar", Level::SubKegiatan, Some(0), ""),
        ],
        &[
            ("Penyediaan Jasa Surat Menyurat", Level::SubKegiatan, None, "8.01.01.2.08.01"),
            ("Penyediaan Jasa Surat Menyurat", Level::SubKegiatan, None, ""),
            ("Penyediaan Jasa Surat", Level::SubKegiatan, None, ""),
        ],
        &[
            ("Penyediaan Jasa Penunjang Urusan Pemerintahan Daerah", Level::Kegiatan, None, ""),
            ("Penyediaan Jasa Surat Menyurat", Level::SubKegiatan, Some(0), ""),
            ("Penyediaan Jasa Surat", Level::SubKegiatan, Some(0), ""),
            ("Penyediaan Jasa Surrat Menyurat", Level::SubKegiatan, Some(0), ""),
        ],
    ];

    #[test]
    fn what_is_kept_changes_nothing() {
        let nomenclature = Nomenclature::builtin();
        for (year, tier) in
            [(None, None), (Some(2022), Some(Tier::KabupatenKota)), (Some(2019), None)]
        {
            let mut together =
                DocumentNames::new(nomenclature, MatchOptions::default(), |found| found);
            for (exact_only, table) in
                [false, true, false].iter().flat_map(|exact| TABLES.map(|table| (*exact, table)))
            {
                let row = |(name, level, parent, code): &Row| {
                    let printed_code = Some(*code).filter(|code| !code.is_empty());
                    let level = Some(*level);
                    let query = Query { level, tier, year, printed_code, ..Query::new(name) };
                    TableRow { query, parent: *parent, plan: 0 }
                };
                let rows: Vec<TableRow<'_>> = table.iter().map(row).collect();
                let options = MatchOptions { exact_only, ..MatchOptions::default() };
                let alone = nomenclature.match_table(&rows, &options);
                let kept = together.match_table(&rows, exact_only);
                for ((alone, kept), row) in alone.iter().zip(kept).zip(rows) {
                    assert_eq!(*alone, *kept, "{} {year:?}", row.query.name);
                }
            }
        }
    }
}

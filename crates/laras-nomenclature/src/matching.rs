//! Matching one name by itself.

use laras_model::{Level, NameStatus, SharedText};

use crate::context::Context;
use crate::decision::ACCEPT;
use crate::edition::InForce;
use crate::finding::Found;
use crate::overrides::Decision;
use crate::{Explanation, Match, MatchOptions, Nomenclature, Query, Remark};

impl Nomenclature {
    /// Finds the official name that a printed name stands for, or says that there is none.
    ///
    /// Never fails: a text that is no name at all is `local`, in bounded time.
    ///
    /// ```
    /// use laras_nomenclature::{MatchOptions, Nomenclature, Query};
    /// use laras_model::{Level, NameStatus, SharedText};
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
        let mut found = self.find_for(query.name, options.exact_only);
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
            let mut choices = Vec::new();
            self.choose(&self.find(name), &context, &mut choices);
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
            if options.aliases {
                decided.aliases = self.aliases(*regime, *code, four_digits);
            }
            decided.regime = Some(*regime);
            decided.level = Some(entry.level);
            decided.tier = entry.tier;
            decided.official_name = self.name_of(entry).into();
            decided.crosswalk = self.crosswalk_of(*regime, *code, None);
        }
        Some(decided)
    }
}

pub(crate) fn no_match() -> Match {
    Match {
        status: NameStatus::Local,
        code: SharedText::default(),
        aliases: Vec::new(),
        regime: None,
        level: None,
        tier: None,
        official_name: SharedText::default(),
        score: 1.0,
        candidates: Vec::new(),
        explanation: Explanation::default(),
        crosswalk: Vec::new(),
        overridden: None,
    }
}

//! What is asked of the matcher, and what it answers.

use laras_model::{Level, NameCandidate, NameStatus, Regime, SharedText};

use crate::lookup::Mapped;
use crate::{Overrides, Tier};

/// A name to be matched, and what is known about where it stands.
///
/// ```
/// use laras_nomenclature::{Nomenclature, Query, Tier};
///
/// let query = Query {
///     tier: Some(Tier::KabupatenKota),
///     year: Some(2024),
///     ..Query::new("Penyediaan Gaji & Tunjangan ASN")
/// };
/// let found = Nomenclature::builtin().match_name(&query, &Default::default());
/// assert_eq!(found.code, "X.XX.01.2.02.0001");
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<'q> {
    /// The name as a reader reads it.
    pub name: &'q str,
    /// Level of the row.
    pub level: Option<Level>,
    /// Tier of the government that reports.
    pub tier: Option<Tier>,
    /// Budget year.
    pub year: Option<u16>,
    /// [`Edition::value`](crate::Edition::value) to match in, where it is known better than
    /// from the year.
    pub edition: Option<u16>,
    /// Code or name of the row above.
    pub parent: Option<&'q str>,
    /// Code printed beside the name: evidence, not truth.
    pub printed_code: Option<&'q str>,
}

impl<'q> Query<'q> {
    /// A name of which nothing else is known.
    pub fn new(name: &'q str) -> Self {
        Self { name, ..Self::default() }
    }
}

/// How to match.
#[derive(Clone, Copy, Debug)]
pub struct MatchOptions<'o> {
    /// At most so many other names are listed as candidates.
    pub most_candidates: usize,
    /// Names less likely than this are not listed.
    pub least_listed: f64,
    /// Bidang urusan of the office, as a code (`8.01`): its own rows of the general program are
    /// preferred, where the nomenclature has them.
    pub bidang: Option<&'o str>,
    /// Names that a user has decided.
    pub overrides: Option<&'o Overrides>,
    /// Whether to say which words matched. Costs a few microseconds a name.
    pub explain: bool,
    /// Whether to list the other codes of the same row.
    pub aliases: bool,
    /// Whether only official names letter for letter count, case, punctuation and spaces aside:
    /// what is none of them is `local` at once.
    pub exact_only: bool,
}

impl Default for MatchOptions<'_> {
    fn default() -> Self {
        Self {
            most_candidates: 5,
            least_listed: 0.02,
            bidang: None,
            overrides: None,
            explain: true,
            aliases: true,
            exact_only: false,
        }
    }
}

/// What became of a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// How the name stands to the nomenclature.
    pub status: NameStatus,
    /// Code, for `exact` and `fuzzy` only; in the form of the budget year.
    pub code: SharedText,
    /// Other codes of the same row: the general row `X.XX.01…` of an office's own, or the other
    /// way round.
    pub aliases: Vec<SharedText>,
    /// The regulation of the code.
    pub regime: Option<Regime>,
    /// Level of the code.
    pub level: Option<Level>,
    /// Tier of the code; `None` where it holds for both.
    pub tier: Option<Tier>,
    /// Official name, for `exact` and `fuzzy` only.
    pub official_name: SharedText,
    /// Probability that a careful reader would give this code; for `local` that he would give
    /// none; for `ambiguous` that of the best candidate.
    pub score: f64,
    /// Other official names that could be meant, best first.
    pub candidates: Vec<NameCandidate>,
    /// What speaks for and against.
    pub explanation: Explanation,
    /// The same thing in the other regulation.
    pub crosswalk: Vec<Mapped>,
    /// The user's note, where the match was decided by an override.
    pub overridden: Option<String>,
}

/// What speaks for and against a match.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// Printed word, official word, how alike they are.
    pub matched: Vec<(SharedText, SharedText, f64)>,
    /// Printed words that the official name has not.
    pub extra: Vec<SharedText>,
    /// Official words that are not printed.
    pub missing: Vec<SharedText>,
    /// Code and name of the next best official name.
    pub runner_up: Option<(SharedText, SharedText)>,
    /// Lead over the runner-up or, if that is more likely, over there being no official name:
    /// difference of the probabilities, 0 to 1.
    pub margin: f64,
    /// What does not fit.
    pub remarks: Vec<Remark>,
}

/// Something about a match that a reader should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Remark {
    /// The code is of another tier than the report.
    OtherTier,
    /// The tier is not known; kabupaten/kota was assumed, as nearly all reports are of one.
    TierAssumed,
    /// The code is of another regulation than the one in force for the year.
    OtherRegime,
    /// The row is of another edition than the one in force for the year.
    OtherEdition,
    /// The name is of another level than the row.
    OtherLevel,
    /// The name does not belong below the row above.
    OtherParent,
    /// The printed code is another one.
    OtherCode,
    /// The tier digit of the printed code is another one.
    OtherTierDigit,
    /// Several codes have this name and nothing tells which is meant.
    SharedName,
    /// Another row of the same plan has this official name, and fits better.
    TakenTwice,
    /// The name is longer than any official name.
    TooLong,
    /// A user decided it.
    Overridden,
}

impl Remark {
    /// A stable code for the remark.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OtherTier => "tier.other",
            Self::TierAssumed => "tier.assumed",
            Self::OtherRegime => "regime.other",
            Self::OtherEdition => "edition.other",
            Self::OtherLevel => "level.other",
            Self::OtherParent => "parent.other",
            Self::OtherCode => "code.other",
            Self::OtherTierDigit => "code.tier",
            Self::SharedName => "name.shared",
            Self::TakenTwice => "name.taken",
            Self::TooLong => "name.too_long",
            Self::Overridden => "name.overridden",
        }
    }
}

impl Remark {
    /// The remark as a sentence, in both languages.
    pub fn message(self) -> laras_model::Message {
        let line = MESSAGES
            .lines()
            .map(|line| line.split('\t').collect::<Vec<_>>())
            .find(|cells| cells.first() == Some(&self.code()));
        match line.as_deref() {
            Some([_, id, en]) => {
                laras_model::Message { id: (*id).to_owned(), en: (*en).to_owned() }
            }
            _ => laras_model::Message::default(),
        }
    }
}

const MESSAGES: &str = include_str!("../data/messages.tsv");
/// Bytes of an explanation beside its words that there is room for from the beginning.
const ROOM: usize = 24;

impl Explanation {
    /// The explanation on one line: `=` words that match, `~` words that nearly do, `+` printed
    /// and `-` official words that stand alone, then runner-up, margin and remarks.
    ///
    /// ```
    /// let explanation = laras_nomenclature::Explanation {
    ///     matched: vec![("jasa".into(), "jasa".into(), 1.0), ("suart".into(), "surat".into(), 0.8)],
    ///     missing: vec!["menyurat".into()],
    ///     ..Default::default()
    /// };
    /// assert_eq!(explanation.text(), "=jasa suart~surat -menyurat");
    /// ```
    pub fn text(&self) -> SharedText {
        let words =
            self.matched.iter().map(|(printed, official, _)| printed.len() + official.len());
        let others = self.extra.iter().chain(&self.missing).map(|word| word.len());
        let bytes: usize = words.chain(others).map(|word| word + 2).sum();
        let mut text = String::with_capacity(bytes + ROOM);
        // A blank before each but the first.
        let mut put = |parts: &[&str]| {
            let before = if text.is_empty() { "" } else { " " };
            text.push_str(before);
            text.extend(parts.iter().copied());
        };
        for (printed, official, alike) in &self.matched {
            if *alike >= 1.0 { put(&["=", printed]) } else { put(&[printed, "~", official]) }
        }
        self.extra.iter().for_each(|word| put(&["+", word]));
        self.missing.iter().for_each(|word| put(&["-", word]));
        if let Some((code, name)) = &self.runner_up {
            let margin = format!("{:.2}", self.margin);
            text.extend(["; 2: ", code, " ", name, " (", &margin, ")"]);
        }
        for remark in &self.remarks {
            text.extend(["; ", remark.code()]);
        }
        text.into()
    }
}

impl std::fmt::Display for Explanation {
    /// The [`text`](Self::text).
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}

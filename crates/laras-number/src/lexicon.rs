//! The word lists of `data/`, loaded once: units, months, days, grades, scales, keywords.
//!
//! Every look-up takes lower-case text. Nothing here knows what a word means beyond its list.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// FNV-1a: short keys, no adversary (the lists are ours), never iterated.
#[derive(Default)]
pub(crate) struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut hash = if self.0 == 0 { 0xcbf2_9ce4_8422_2325 } else { self.0 };
        for &byte in bytes {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self.0 = hash;
    }
}

type Map<V> = HashMap<&'static str, V, BuildHasherDefault<Fnv>>;

/// Lower-case copy of a short word, on the stack.
pub(crate) struct Lower {
    bytes: [u8; Self::MAX],
    len: usize,
}

impl Lower {
    /// Longest word or phrase that is looked up.
    pub(crate) const MAX: usize = 48;

    /// `None` for a longer text: no list has such a word.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let mut bytes = [0; Self::MAX];
        let target = bytes.get_mut(..text.len())?;
        target.copy_from_slice(text.as_bytes());
        target.make_ascii_lowercase();
        Some(Self { bytes, len: text.len() })
    }

    pub(crate) fn as_str(&self) -> &str {
        // Lowering ASCII bytes in place keeps UTF-8 whole.
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}

/// What a unit counts or measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitKind {
    /// Things that come whole.
    Count,
    /// A level of the plan (program, kegiatan): whole, and the head of many names.
    Level,
    /// A place: whole, and the head of many names.
    Place,
    /// Time, or people times time.
    Time,
    /// What is measured with decimals.
    Measure,
    /// Money.
    Money,
    /// Percent.
    Percent,
    /// A ratio other than percent.
    Ratio,
    /// Scores and indices.
    Score,
}

/// A unit of the lexicon.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    /// As it is printed, in lower case.
    pub(crate) word: &'static str,
    /// Its canonical name.
    pub(crate) canonical: &'static str,
    pub(crate) kind: UnitKind,
}

/// The part a keyword plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Currency,
    Quarter,
    Semester,
    Through,
    Nip,
    Date,
    Year,
    Bound,
    Numbering,
    Ordinal,
    Approx,
    /// A word that is never a unit.
    Stop,
    /// A word of unit lines that says nothing.
    Filler,
}

/// The part a number word plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberWord {
    /// 0 to 9.
    Digit(u8),
    /// 10 or 11.
    Ten(u8),
    /// `belas`
    Teen,
    /// `puluh`
    Tens,
    /// `seratus`
    Hundred,
    /// `ratus`
    Hundreds,
    /// A power of a thousand.
    Scale(u8),
    /// `seribu`: one of a scale.
    OneScale(u8),
    /// `koma`
    Comma,
    /// `setengah`
    Half,
}

/// Why a first word makes a text worth a closer look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    Keyword(Role),
    Month,
    Day,
    None,
    Number,
    Grade,
    Unit,
}

struct Lists {
    units: Map<Unit>,
    keywords: Map<(Role, &'static str)>,
    months: Map<u8>,
    days: Map<u8>,
    grades: Map<&'static str>,
    scales: Map<u8>,
    none: HashSet<&'static str, BuildHasherDefault<Fnv>>,
    bounds: Vec<(&'static str, &'static str)>,
    citations: Map<&'static str>,
    numbers: Map<(NumberWord, bool)>,
    leads: Map<Lead>,
    /// Unit words sorted, for prefixes of cut words.
    sorted: Vec<Unit>,
}

/// The data rows of an embedded list: header dropped, cells split at tabs.
pub(crate) fn rows(tsv: &'static str) -> impl Iterator<Item = [&'static str; 4]> {
    tsv.lines().skip(1).filter(|line| !line.is_empty()).map(|line| {
        let mut cells = line.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    })
}

static LISTS: LazyLock<Lists> = LazyLock::new(load);

fn load() -> Lists {
    let kind = |word: &str| match word {
        "level" => UnitKind::Level,
        "place" => UnitKind::Place,
        "time" => UnitKind::Time,
        "measure" => UnitKind::Measure,
        "money" => UnitKind::Money,
        "percent" => UnitKind::Percent,
        "ratio" => UnitKind::Ratio,
        "score" => UnitKind::Score,
        _ => UnitKind::Count,
    };
    let role = |word: &str| match word {
        "currency" => Role::Currency,
        "quarter" => Role::Quarter,
        "semester" => Role::Semester,
        "through" => Role::Through,
        "nip" => Role::Nip,
        "date" => Role::Date,
        "year" => Role::Year,
        "bound" => Role::Bound,
        "numbering" => Role::Numbering,
        "ordinal" => Role::Ordinal,
        "approx" => Role::Approx,
        "filler" => Role::Filler,
        _ => Role::Stop,
    };
    let number = |kind: &str, value: u8| match kind {
        "ten" => NumberWord::Ten(value),
        "teen" => NumberWord::Teen,
        "tens" => NumberWord::Tens,
        "hundred" => NumberWord::Hundred,
        "hundreds" => NumberWord::Hundreds,
        "scale" => NumberWord::Scale(value),
        "one_scale" => NumberWord::OneScale(value),
        "comma" => NumberWord::Comma,
        "half" => NumberWord::Half,
        _ => NumberWord::Digit(value),
    };
    let small = |text: &str| text.parse::<u8>().unwrap_or(0);

    let units: Map<Unit> = rows(include_str!("../data/units.tsv"))
        .map(|[word, canonical, kinds, _]| (word, Unit { word, canonical, kind: kind(kinds) }))
        .collect();
    let keywords: Map<_> = rows(include_str!("../data/keywords.tsv"))
        .map(|[word, roles, value, _]| (word, (role(roles), value)))
        .collect();
    let months: Map<_> =
        rows(include_str!("../data/months.tsv")).map(|[w, n, ..]| (w, small(n))).collect();
    let days: Map<_> =
        rows(include_str!("../data/days.tsv")).map(|[w, n, ..]| (w, small(n))).collect();
    // Letter grades are kept as printed (`BB`), predicates in lower case.
    let grades: Map<_> =
        rows(include_str!("../data/grades.tsv")).map(|[word, scale, ..]| (word, scale)).collect();
    let scales: Map<_> =
        rows(include_str!("../data/scales.tsv")).map(|[w, n, ..]| (w, small(n))).collect();
    let none = rows(include_str!("../data/none.tsv")).map(|[phrase, ..]| phrase).collect();
    let mut bounds: Vec<_> =
        rows(include_str!("../data/bounds.tsv")).map(|[phrase, sign, ..]| (phrase, sign)).collect();
    // The longest phrase first, so that `lebih dari atau sama dengan` is not read as `lebih dari`.
    bounds.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    let citations: Map<_> =
        rows(include_str!("../data/citations.tsv")).map(|[word, kind, ..]| (word, kind)).collect();
    let numbers: Map<_> = rows(include_str!("../data/number_words.tsv"))
        .map(|[word, kind, value, variant]| {
            (word, (number(kind, small(value)), variant.is_empty()))
        })
        .collect();

    let mut leads: Map<Lead> = Map::default();
    let first = |phrase: &'static str| phrase.split(' ').next().unwrap_or(phrase);
    for [word, _, kinds, _] in rows(include_str!("../data/units.tsv")) {
        if kinds == "score" {
            leads.insert(word, Lead::Unit);
        }
    }
    for [word, scale, ..] in rows(include_str!("../data/grades.tsv")) {
        if scale == "predicate" {
            leads.insert(first(word), Lead::Grade);
        }
    }
    for [word, ..] in rows(include_str!("../data/number_words.tsv")) {
        leads.insert(word, Lead::Number);
    }
    for [word, ..] in rows(include_str!("../data/none.tsv")) {
        leads.insert(first(word), Lead::None);
    }
    for (phrase, _) in &bounds {
        leads.insert(first(phrase), Lead::Keyword(Role::Bound));
    }
    for [word, ..] in rows(include_str!("../data/days.tsv")) {
        leads.insert(word, Lead::Day);
    }
    for [word, ..] in rows(include_str!("../data/months.tsv")) {
        leads.insert(word, Lead::Month);
    }
    for [word, roles, ..] in rows(include_str!("../data/keywords.tsv")) {
        if !matches!(roles, "stop" | "filler") {
            leads.insert(word, Lead::Keyword(role(roles)));
        }
    }
    let mut sorted: Vec<Unit> = rows(include_str!("../data/units.tsv"))
        .map(|[word, canonical, kinds, _]| Unit { word, canonical, kind: kind(kinds) })
        .collect();
    sorted.sort_unstable_by_key(|unit| unit.word);
    Lists {
        units,
        keywords,
        months,
        days,
        grades,
        scales,
        none,
        bounds,
        citations,
        numbers,
        leads,
        sorted,
    }
}

/// A unit by its word or phrase.
pub(crate) fn unit(lower: &str) -> Option<&'static Unit> {
    LISTS.units.get(lower)
}

/// The shortest unit word that begins with a cut word of at least three letters.
pub(crate) fn unit_cut(lower: &str) -> Option<&'static Unit> {
    if lower.len() < 3 {
        return None;
    }
    let from = LISTS.sorted.partition_point(|unit| unit.word < lower);
    LISTS.sorted[from..]
        .iter()
        .take_while(|unit| unit.word.starts_with(lower))
        .min_by_key(|unit| unit.word.len())
}

/// The unit of time that a word cut to a few letters begins: `orang/b`.
pub(crate) fn time_cut(lower: &str) -> Option<&'static Unit> {
    let from = LISTS.sorted.partition_point(|unit| unit.word < lower);
    LISTS.sorted[from..]
        .iter()
        .take_while(|unit| unit.word.starts_with(lower) && !lower.is_empty())
        .find(|unit| unit.kind == UnitKind::Time && unit.word == unit.canonical)
}

/// A unit one typing error away from a word of at least five letters.
pub(crate) fn unit_misspelt(lower: &str) -> Option<&'static Unit> {
    if !(5..=16).contains(&lower.len()) {
        return None;
    }
    LISTS.sorted.iter().find(|unit| unit.word.len() > 4 && one_error(lower, unit.word))
}

/// Whether two words differ by one letter put in, left out or changed, or by two swapped.
pub(crate) fn one_error(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Greater => a[1..] == *b,
        std::cmp::Ordering::Less => *a == b[1..],
        std::cmp::Ordering::Equal => {
            a.is_empty()
                || a[1..] == b[1..]
                || (a.len() > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..])
        }
    }
}

/// A keyword's role and value.
pub(crate) fn keyword(lower: &str) -> Option<(Role, &'static str)> {
    LISTS.keywords.get(lower).copied()
}

/// Whether a word has a role.
pub(crate) fn is_role(lower: &str, role: Role) -> bool {
    keyword(lower).is_some_and(|(found, _)| found == role)
}

/// Month 1–12 by name.
pub(crate) fn month(lower: &str) -> Option<u8> {
    LISTS.months.get(lower).copied()
}

/// Weekday 1 (Senin) to 7 by name.
pub(crate) fn day(lower: &str) -> Option<u8> {
    LISTS.days.get(lower).copied()
}

/// A grade (`BB`, as printed) or predicate (`sangat baik`, in any case), with its own spelling.
pub(crate) fn grade(text: &str) -> Option<&'static str> {
    if let Some((word, &"letter")) = LISTS.grades.get_key_value(text) {
        return Some(word);
    }
    let lower = Lower::new(text)?;
    match LISTS.grades.get_key_value(lower.as_str()) {
        Some((word, &"predicate")) => Some(word),
        _ => None,
    }
}

/// Power of ten of a scale word.
pub(crate) fn scale(lower: &str) -> Option<u8> {
    LISTS.scales.get(lower).copied()
}

/// Whether a phrase states that there is none.
pub(crate) fn is_none(lower: &str) -> bool {
    LISTS.none.contains(lower)
}

/// What a word cites with a number behind it: `decree`, `clause`, `place`, `telephone` …
pub(crate) fn citation(lower: &str) -> Option<&'static str> {
    LISTS.citations.get(lower).copied()
}

/// The sign of a bound in words at the start of a text (`lebih dari` is `>`), and its length.
pub(crate) fn bound(text: &str) -> Option<(&'static str, usize)> {
    LISTS.bounds.iter().find_map(|(phrase, sign)| {
        let head = text.get(..phrase.len())?;
        let whole_word = !text[phrase.len()..].starts_with(char::is_alphabetic);
        (whole_word && head.eq_ignore_ascii_case(phrase)).then_some((*sign, phrase.len()))
    })
}

/// A number word, and whether it is the dictionary's spelling.
pub(crate) fn number_word(lower: &str) -> Option<(NumberWord, bool)> {
    LISTS.numbers.get(lower).copied()
}

/// The dictionary's number word that a misspelt one is one error away from; four letters or more.
pub(crate) fn number_word_misspelt(lower: &str) -> Option<NumberWord> {
    if lower.len() < 4 {
        return None;
    }
    rows(include_str!("../data/number_words.tsv"))
        .find(|[word, _, _, variant]| {
            variant.is_empty() && word.len() >= 4 && one_error(lower, word)
        })
        .and_then(|[word, ..]| number_word(word))
        .map(|(number, _)| number)
}

/// Whether a word could be number words run together: it begins with one of them.
pub(crate) fn begins_number_word(lower: &str) -> bool {
    lower.len() > 5
        && (3..=8).any(|len| lower.get(..len).is_some_and(|head| LISTS.numbers.contains_key(head)))
}

/// Why a text that begins with this word is worth a closer look.
pub(crate) fn lead(lower: &str) -> Option<Lead> {
    LISTS.leads.get(lower).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_list_has_a_word_twice_or_in_upper_case() {
        let lists: [(&str, &'static str, bool); 10] = [
            ("units", include_str!("../data/units.tsv"), true),
            ("keywords", include_str!("../data/keywords.tsv"), true),
            ("months", include_str!("../data/months.tsv"), true),
            ("days", include_str!("../data/days.tsv"), true),
            ("grades", include_str!("../data/grades.tsv"), false),
            ("scales", include_str!("../data/scales.tsv"), true),
            ("none", include_str!("../data/none.tsv"), true),
            ("bounds", include_str!("../data/bounds.tsv"), true),
            ("citations", include_str!("../data/citations.tsv"), true),
            ("number_words", include_str!("../data/number_words.tsv"), true),
        ];
        for (name, tsv, lower) in lists {
            let mut seen = BTreeSet::new();
            for [word, ..] in rows(tsv) {
                assert!(seen.insert(word), "{name}: {word} stands twice");
                assert!(word.len() <= Lower::MAX, "{name}: {word} is never looked up");
                assert!(!lower || word == word.to_lowercase(), "{name}: {word} is not lower case");
            }
        }
    }

    #[test]
    fn every_kind_and_role_word_is_known() {
        let kinds =
            ["count", "level", "place", "time", "measure", "money", "percent", "ratio", "score"];
        for [word, _, kind, _] in rows(include_str!("../data/units.tsv")) {
            assert!(kinds.contains(&kind), "{word}: {kind}");
        }
        let roles = [
            "currency",
            "quarter",
            "semester",
            "through",
            "nip",
            "date",
            "year",
            "bound",
            "numbering",
            "ordinal",
            "approx",
            "stop",
            "filler",
        ];
        for [word, role, ..] in rows(include_str!("../data/keywords.tsv")) {
            assert!(roles.contains(&role), "{word}: {role}");
        }
        for [word, power, ..] in rows(include_str!("../data/scales.tsv")) {
            assert!(["3", "6", "9", "12"].contains(&power), "{word}");
        }
        for [word, month, ..] in rows(include_str!("../data/months.tsv")) {
            assert!(month.parse::<u8>().is_ok_and(|m| (1..=12).contains(&m)), "{word}");
        }
    }

    #[test]
    fn cut_and_misspelt_units_are_found() {
        assert_eq!(unit_cut("dokume").map(|u| u.canonical), Some("dokumen"));
        assert_eq!(unit_cut("kegiata").map(|u| u.canonical), Some("kegiatan"));
        assert_eq!(unit_cut("keluar").map(|u| u.canonical), Some("keluarga"));
        assert_eq!(unit_misspelt("dokumne").map(|u| u.canonical), Some("dokumen"));
        assert!(unit_misspelt("pilar").is_none());
        assert!(
            one_error("satu", "stau") && one_error("dua", "duwa") && !one_error("tiga", "lima")
        );
    }
}

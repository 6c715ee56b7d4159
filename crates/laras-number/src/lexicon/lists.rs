//! The lists themselves: their types, and how they are loaded from `data/`.

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

impl Lead {
    /// Whether a mention in running text can begin with such a word.
    fn begins_mention(self) -> bool {
        use Role::{Currency, Date, Nip, Quarter, Semester, Through, Year};
        match self {
            Self::Keyword(role) => {
                matches!(role, Currency | Quarter | Semester | Through | Nip | Date | Year)
            }
            Self::Month | Self::Day | Self::Number => true,
            Self::None | Self::Grade | Self::Unit => false,
        }
    }
}

pub(crate) struct Lists {
    pub(crate) units: Map<Unit>,
    pub(crate) keywords: Map<(Role, &'static str)>,
    pub(crate) months: Map<u8>,
    pub(crate) days: Map<u8>,
    pub(crate) grades: Map<&'static str>,
    pub(crate) scales: Map<u8>,
    pub(crate) none: HashSet<&'static str, BuildHasherDefault<Fnv>>,
    pub(crate) bounds: Vec<(&'static str, &'static str)>,
    pub(crate) citations: Map<&'static str>,
    pub(crate) numbers: Map<(NumberWord, bool)>,
    /// Number words of four letters and more as the dictionary spells them.
    pub(crate) dictionary: Vec<(&'static str, NumberWord)>,
    pub(crate) leads: Map<Lead>,
    /// For each two first letters, the third letters of words that mean something in running text; the
    /// last place of each alphabet is for no letter.
    pub(crate) openings: Box<[[u32; 27]; 26]>,
    /// For each two first letters, the third letters and the lengths of words that begin a mention in
    /// running text.
    pub(crate) mentions: Box<[[(u32, u32); 26]; 26]>,
    /// For each two first letters, the third letters of words that need a closer look at the start of a
    /// cell.
    pub(crate) thirds: Vec<u32>,
    /// Whether a number in words can begin with this byte.
    pub(crate) heads: [bool; 256],
    /// Unit words sorted, for prefixes of cut words.
    pub(crate) sorted: Vec<Unit>,
}

/// The data rows of an embedded list: header dropped, cells split at tabs.
pub(crate) fn rows(tsv: &'static str) -> impl Iterator<Item = [&'static str; 4]> {
    tsv.lines().skip(1).filter(|line| !line.is_empty()).map(|line| {
        let mut cells = line.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    })
}

pub(crate) static LISTS: LazyLock<Lists> = LazyLock::new(load);

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

    let units: Map<Unit> = rows(include_str!("../../data/units.tsv"))
        .map(|[word, canonical, kinds, _]| (word, Unit { word, canonical, kind: kind(kinds) }))
        .collect();
    let keywords: Map<_> = rows(include_str!("../../data/keywords.tsv"))
        .map(|[word, roles, value, _]| (word, (role(roles), value)))
        .collect();
    let months: Map<_> =
        rows(include_str!("../../data/months.tsv")).map(|[w, n, ..]| (w, small(n))).collect();
    let days: Map<_> =
        rows(include_str!("../../data/days.tsv")).map(|[w, n, ..]| (w, small(n))).collect();
    // Letter grades are kept as printed (`BB`), predicates in lower case.
    let grades: Map<_> = rows(include_str!("../../data/grades.tsv"))
        .map(|[word, scale, ..]| (word, scale))
        .collect();
    let scales: Map<_> =
        rows(include_str!("../../data/scales.tsv")).map(|[w, n, ..]| (w, small(n))).collect();
    let none = rows(include_str!("../../data/none.tsv")).map(|[phrase, ..]| phrase).collect();
    let mut bounds: Vec<_> = rows(include_str!("../../data/bounds.tsv"))
        .map(|[phrase, sign, ..]| (phrase, sign))
        .collect();
    // The longest phrase first, so that `lebih dari atau sama dengan` is not read as `lebih dari`.
    bounds.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    let citations: Map<_> = rows(include_str!("../../data/citations.tsv"))
        .map(|[word, kind, ..]| (word, kind))
        .collect();
    let numbers: Map<_> = rows(include_str!("../../data/number_words.tsv"))
        .map(|[word, kind, value, variant]| {
            (word, (number(kind, small(value)), variant.is_empty()))
        })
        .collect();
    let dictionary = rows(include_str!("../../data/number_words.tsv"))
        .filter(|[word, _, _, variant]| variant.is_empty() && word.len() >= 4)
        .map(|[word, kind, value, _]| (word, number(kind, small(value))))
        .collect();

    let mut heads = [false; 256];
    for (word, (number, _)) in rows(include_str!("../../data/number_words.tsv"))
        .filter_map(|[word, ..]| Some((word, numbers.get(word)?)))
    {
        let begins = matches!(
            number,
            NumberWord::Digit(_)
                | NumberWord::Ten(_)
                | NumberWord::Hundred
                | NumberWord::OneScale(_)
                | NumberWord::Half
        );
        if let Some(head) = word.bytes().next().filter(|_| begins) {
            heads[usize::from(head)] = true;
        }
    }
    let mut leads: Map<Lead> = Map::default();
    let first = |phrase: &'static str| phrase.split(' ').next().unwrap_or(phrase);
    for [word, _, kinds, _] in rows(include_str!("../../data/units.tsv")) {
        if kinds == "score" {
            leads.insert(word, Lead::Unit);
        }
    }
    for [word, scale, ..] in rows(include_str!("../../data/grades.tsv")) {
        if scale == "predicate" {
            leads.insert(first(word), Lead::Grade);
        }
    }
    for [word, ..] in rows(include_str!("../../data/number_words.tsv")) {
        leads.insert(word, Lead::Number);
    }
    for [word, ..] in rows(include_str!("../../data/none.tsv")) {
        leads.insert(first(word), Lead::None);
    }
    for (phrase, _) in &bounds {
        leads.insert(first(phrase), Lead::Keyword(Role::Bound));
    }
    for [word, ..] in rows(include_str!("../../data/days.tsv")) {
        leads.insert(word, Lead::Day);
    }
    for [word, ..] in rows(include_str!("../../data/months.tsv")) {
        leads.insert(word, Lead::Month);
    }
    for [word, roles, ..] in rows(include_str!("../../data/keywords.tsv")) {
        if !matches!(roles, "stop" | "filler") {
            leads.insert(word, Lead::Keyword(role(roles)));
        }
    }
    // A letter alone, as the `s` of `s/d`, always is looked at.
    let mut openings = Box::new([[0; 27]; 26]);
    for first in openings.iter_mut() {
        first[NO_LETTER] = u32::MAX;
    }
    for word in leads.keys().chain(citations.keys()) {
        if let Some([first, second, third]) = opening(word) {
            openings[first][second] |= 1 << third;
        }
    }
    let mut mentions = Box::new([[(0, 0); 26]; 26]);
    let begins = |(word, lead): (&&'static str, &Lead)| lead.begins_mention().then_some(*word);
    for word in leads.iter().filter_map(begins).chain(citations.keys().copied()) {
        if let Some([first, second, third]) = opening(word)
            && second != NO_LETTER
            && word.bytes().all(|byte| byte.is_ascii_alphabetic())
        {
            let (thirds, lengths) = &mut mentions[first][second];
            *thirds |= 1 << third;
            *lengths |= 1 << word.len().min(31);
        }
    }
    let mut thirds = vec![0; 26 * 26];
    for word in leads.keys().chain(numbers.keys()) {
        if let Some((two, third)) = three_letters(word) {
            thirds[two] |= 1 << third;
        }
    }
    let mut sorted: Vec<Unit> = rows(include_str!("../../data/units.tsv"))
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
        dictionary,
        leads,
        openings,
        mentions,
        thirds,
        heads,
        sorted,
    }
}

/// The place in the alphabet of what is no letter.
const NO_LETTER: usize = 26;

/// The first three letters of a word as places in the alphabet, of which the first must be a letter.
pub(crate) fn opening(word: &str) -> Option<[usize; 3]> {
    let place = |byte: u8| match byte | 0x20 {
        letter @ b'a'..=b'z' => usize::from(letter - b'a'),
        _ => NO_LETTER,
    };
    let [first, second, third] = match *word.as_bytes() {
        [first, second, third, ..] => [place(first), place(second), place(third)],
        [first, second] => [place(first), place(second), NO_LETTER],
        [first] => [place(first), NO_LETTER, NO_LETTER],
        [] => return None,
    };
    let third = if second == NO_LETTER { NO_LETTER } else { third };
    (first != NO_LETTER).then_some([first, second, third])
}

/// The first two letters of a word as a place among all such pairs, and its third; `None` where one of
/// them is no letter.
pub(crate) fn three_letters(word: &str) -> Option<(usize, usize)> {
    let letters = word.as_bytes().first_chunk::<3>()?.map(|byte| byte.to_ascii_lowercase());
    let [a, b, c] = letters.map(|letter| usize::from(letter.wrapping_sub(b'a')));
    (a < 26 && b < 26 && c < 26).then_some((a * 26 + b, c))
}

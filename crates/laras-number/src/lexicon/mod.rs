//! The word lists of `data/`, loaded once: units, months, days, grades, scales, keywords.
//!
//! Every look-up takes lower-case text. Nothing here knows what a word means beyond its list.

mod lists;

use lists::LISTS;
pub(crate) use lists::{Lead, NumberWord, Role, Unit, UnitKind};

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
    let found = LISTS.dictionary.iter().find(|(word, _)| one_error(lower, word));
    found.map(|(_, number)| *number)
}

/// Whether a word could be number words run together: it begins with one of them.
pub(crate) fn begins_number_word(lower: &str) -> bool {
    lower.len() > 5
        && LISTS.heads[usize::from(lower.as_bytes()[0])]
        && (3..=8).any(|len| lower.get(..len).is_some_and(|head| LISTS.numbers.contains_key(head)))
}

/// Whether a text that begins like this may be one that [`lead`] or [`citation`] knows: a look at
/// three letters, which most words fail.
pub(crate) fn may_lead(text: &str) -> bool {
    lists::opening(text)
        .is_none_or(|[first, second, third]| LISTS.openings[first][second] & (1 << third) != 0)
}

/// Whether the word that a text begins with may begin a mention in running text, as a [`citation`] or by
/// its [`lead`]: a look at three letters and the length, which nearly all words fail. A letter alone may.
pub(crate) fn may_begin_mention(text: &str) -> bool {
    let Some([first, second, third]) = lists::opening(text) else { return true };
    let Some((thirds, lengths)) = LISTS.mentions[first].get(second) else { return true };
    let len = || text.bytes().take_while(u8::is_ascii_alphabetic).count();
    thirds & (1 << third) != 0 && lengths & (1 << len().min(31)) != 0
}

/// Whether [`lead`] may know a word of three letters or more, or [`begins_number_word`] may hold of it: a
/// look at three letters, which most words fail.
pub(crate) fn may_need_a_look(word: &str) -> bool {
    lists::three_letters(word).is_none_or(|(two, third)| LISTS.thirds[two] & (1 << third) != 0)
}

/// Why a text that begins with this word is worth a closer look.
pub(crate) fn lead(lower: &str) -> Option<Lead> {
    LISTS.leads.get(lower).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::lists::rows;
    use super::*;

    #[test]
    fn no_word_that_begins_a_mention_is_passed_over() {
        let is_begun = |lead: &Lead| {
            let keyword = matches!(lead, Lead::Keyword(Role::Currency | Role::Year | Role::Nip));
            keyword || matches!(lead, Lead::Month | Lead::Day | Lead::Number)
        };
        let leads = LISTS.leads.iter().filter(|(_, lead)| is_begun(lead)).map(|(word, _)| *word);
        let is_passed = |word: &&str| {
            let letters = word.bytes().all(|byte| byte.is_ascii_alphabetic());
            let texts = [(*word).to_owned(), format!("{} 2020", word.to_uppercase())];
            letters && !texts.iter().all(|text| may_begin_mention(text))
        };
        let passed: Vec<&str> =
            leads.chain(LISTS.citations.keys().copied()).filter(is_passed).collect();
        assert_eq!(passed, [""; 0]);
        assert!(may_begin_mention("s/d Juni") && !may_begin_mention("Persentase"));
    }

    #[test]
    fn no_list_has_a_word_twice_or_in_upper_case() {
        let lists: [(&str, &'static str, bool); 10] = [
            ("units", include_str!("../../data/units.tsv"), true),
            ("keywords", include_str!("../../data/keywords.tsv"), true),
            ("months", include_str!("../../data/months.tsv"), true),
            ("days", include_str!("../../data/days.tsv"), true),
            ("grades", include_str!("../../data/grades.tsv"), false),
            ("scales", include_str!("../../data/scales.tsv"), true),
            ("none", include_str!("../../data/none.tsv"), true),
            ("bounds", include_str!("../../data/bounds.tsv"), true),
            ("citations", include_str!("../../data/citations.tsv"), true),
            ("number_words", include_str!("../../data/number_words.tsv"), true),
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
        for [word, _, kind, _] in rows(include_str!("../../data/units.tsv")) {
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
        for [word, role, ..] in rows(include_str!("../../data/keywords.tsv")) {
            assert!(roles.contains(&role), "{word}: {role}");
        }
        for [word, power, ..] in rows(include_str!("../../data/scales.tsv")) {
            assert!(["3", "6", "9", "12"].contains(&power), "{word}");
        }
        for [word, month, ..] in rows(include_str!("../../data/months.tsv")) {
            assert!(month.parse::<u8>().is_ok_and(|m| (1..=12).contains(&m)), "{word}");
        }
    }

    #[test]
    fn every_word_that_is_looked_at_passes_the_look_at_three_letters() {
        let lists = [
            include_str!("../../data/units.tsv"),
            include_str!("../../data/keywords.tsv"),
            include_str!("../../data/months.tsv"),
            include_str!("../../data/days.tsv"),
            include_str!("../../data/grades.tsv"),
            include_str!("../../data/none.tsv"),
            include_str!("../../data/bounds.tsv"),
            include_str!("../../data/number_words.tsv"),
        ];
        for [phrase, ..] in lists.into_iter().flat_map(rows) {
            let word = phrase.split(' ').next().expect("a phrase has a first word");
            if word.len() > 2 && lead(word).is_some() {
                assert!(may_need_a_look(word) && may_need_a_look(&word.to_uppercase()), "{word}");
            }
            let joined = format!("{word}puluh");
            assert!(!begins_number_word(&joined) || may_need_a_look(&joined), "{word}");
        }
        for [word, ..] in rows(include_str!("../../data/number_words.tsv")) {
            assert!(may_need_a_look(word), "{word}");
        }
        assert!(!may_need_a_look("Penyusunan") && !may_need_a_look("rapat"));
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

//! Levels of names: which a head announces, which a name shows by itself.

use std::sync::LazyLock;

use laras_model::{Level, RowKind};
use laras_nomenclature::Nomenclature;

use crate::phrases::Phrases;
use crate::words::{Word, first_word, first_words, words};

/// Levels that the names of a column can have, as its head announces them.
#[expect(clippy::struct_excessive_bools, reason = "each is said or not, independently")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Levels {
    pub(crate) tujuan: bool,
    pub(crate) sasaran: bool,
    pub(crate) urusan: bool,
    pub(crate) program: bool,
    pub(crate) kegiatan: bool,
    pub(crate) sub_kegiatan: bool,
    pub(crate) belanja: bool,
    pub(crate) sumber_dana: bool,
}

static LEVELS: LazyLock<Vec<(Vec<Word>, &'static str)>> = LazyLock::new(|| {
    let mut levels: Vec<(Vec<Word>, &'static str)> = include_str!("../data/levels.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.split('\t');
            Some((words(fields.next()?), fields.next()?))
        })
        .collect();
    levels.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    levels
});

static SUBJECTS: LazyLock<Phrases> = LazyLock::new(|| {
    // `begins`, `kind`: the phrase file's second field is what it says.
    Phrases::parse(include_str!("../data/subjects.tsv"))
});

impl Levels {
    /// Whether the head announces no level at all.
    pub(crate) fn is_open(self) -> bool {
        self == Self::default()
    }

    /// Whether names of the nomenclature stand in the column.
    pub(crate) fn is_nomenclature(self) -> bool {
        self.program || self.kegiatan || self.sub_kegiatan
    }

    fn add(&mut self, level: &str) {
        match level {
            "tujuan" => self.tujuan = true,
            "sasaran" => self.sasaran = true,
            "urusan" | "bidang_urusan" => self.urusan = true,
            "program" => self.program = true,
            "kegiatan" => self.kegiatan = true,
            "sub_kegiatan" => self.sub_kegiatan = true,
            "belanja" => self.belanja = true,
            "sumber_dana" => self.sumber_dana = true,
            _ => {}
        }
    }
}

/// The levels that the innermost telling head announces.
pub(crate) fn levels_of(path: &[String]) -> Levels {
    for text in path.iter().rev() {
        let levels = levels_in(text);
        if !levels.is_open() {
            return levels;
        }
    }
    Levels::default()
}

/// The levels that a text names; `sub kegiatan` is not also `kegiatan`.
pub(crate) fn levels_in(text: &str) -> Levels {
    let words = words(text);
    let mut used = vec![false; words.len()];
    let mut levels = Levels::default();
    for (phrase, level) in LEVELS.iter() {
        for at in 0..(words.len() + 1).saturating_sub(phrase.len()) {
            if words[at..at + phrase.len()] == phrase[..]
                && !used[at..at + phrase.len()].iter().any(|u| *u)
            {
                used[at..at + phrase.len()].fill(true);
                levels.add(level);
            }
        }
    }
    levels
}

/// What a name shows to be by its own words; `None` if they do not tell.
pub(crate) fn kind_by_words(name: &str) -> Option<Shown> {
    // Nearly every name is told by its first word to begin with none of them.
    if !SUBJECTS.may_begin(&first_word(name)?) {
        return None;
    }
    // So many words tell all that is asked.
    let words = first_words(name, SUBJECTS.longest().max(3));
    let phrase = SUBJECTS.begins(&words)?;
    Some(match phrase.says {
        "total" => Shown::Total,
        "program" if words.len() > 1 => Shown::Kind(RowKind::Program),
        "kegiatan" if words.len() > 1 => Shown::Kind(RowKind::Kegiatan),
        "sub_kegiatan" if words.len() > 2 => Shown::Kind(RowKind::SubKegiatan),
        "belanja" => Shown::Kind(RowKind::Belanja),
        "sumber_dana" => Shown::Kind(RowKind::SumberDana),
        "urusan" => Shown::Urusan,
        "bidang_urusan" => Shown::BidangUrusan,
        _ => return None,
    })
}

/// What a name's words show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    Kind(RowKind),
    Total,
    Urusan,
    BidangUrusan,
}

/// Whether a name is one of totals: `Jumlah`, `J U M L A H`, `Total Jumlah Anggaran`.
pub(crate) fn is_total_name(name: &str) -> bool {
    static MORE: LazyLock<Vec<&'static str>> =
        LazyLock::new(|| include_str!("../data/total_words.tsv").lines().skip(1).collect());
    // Nearly every name is told from a total by its first letters.
    let begins = match name.chars().find(|c| c.is_alphabetic()) {
        Some('j' | 'J') => letters_begin(name, "jumlah"),
        Some('t' | 'T') => letters_begin(name, "total"),
        Some('g' | 'G') => letters_begin(name, "grand"),
        _ => false,
    };
    if !begins {
        return false;
    }
    let letters =
        || name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).take(12);
    let spaced = ["jumlah", "total", "jumlahtotal", "grandtotal"];
    let spaced = spaced.iter().any(|word| letters().eq(word.chars()));
    let first = first_word(name);
    if spaced || !first.is_some_and(|w| matches!(w.as_str(), "jumlah" | "total" | "grand")) {
        return spaced;
    }
    // What is counted is no total: `Jumlah Dokumen`.
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '%' | '-');
    let pieces = name.split(|c| !is_part(c)).map(|piece| piece.trim_matches('-'));
    if let Some(counted) = pieces.filter(|piece| !piece.is_empty()).nth(1)
        && counted.len() > 2
        && counted.bytes().all(|b| b.is_ascii_alphabetic())
        && !MORE.iter().any(|more| more.eq_ignore_ascii_case(counted))
    {
        return false;
    }
    words(name).iter().skip(1).all(|w| {
        MORE.contains(&w.as_str()) || w.bytes().all(|b| b.is_ascii_digit()) || w.len() == 1
    })
}

/// Whether a name can be one of totals where it stands among amounts: `Jumlah Kesekretariatan`.
pub(crate) fn may_be_total(name: &str) -> bool {
    let begins = match name.chars().find(|c| c.is_alphanumeric()) {
        Some('j' | 'J') => letters_begin(name, "jumlah"),
        Some('t' | 'T') => letters_begin(name, "total"),
        Some('s' | 'S') => letters_begin(name, "subtotal"),
        _ => false,
    };
    if !begins {
        return false;
    }
    let first = first_word(name);
    if !first.is_some_and(|w| matches!(w.as_str(), "jumlah" | "total" | "subtotal")) {
        return false;
    }
    // No more words than this.
    let marks = name.chars().filter(|c| !c.is_alphanumeric()).count();
    marks < MOST_WORDS || words(name).len() <= MOST_WORDS
}

/// Most words of a name that can be one of totals.
const MOST_WORDS: usize = 12;

/// Whether the letters of a name, whatever else stands between them, begin with those of a word of
/// ASCII in lower case.
fn letters_begin(name: &str, word: &str) -> bool {
    let mut letters = name.chars().filter(|c| c.is_alphabetic());
    word.chars().all(|c| letters.next().is_some_and(|letter| letter.to_ascii_lowercase() == c))
}

/// The row kind of a nomenclature level.
pub(crate) fn kind_of_level(level: Level) -> Option<RowKind> {
    match level {
        Level::Program => Some(RowKind::Program),
        Level::Kegiatan => Some(RowKind::Kegiatan),
        Level::SubKegiatan => Some(RowKind::SubKegiatan),
        _ => None,
    }
}

/// The nomenclature level of a row kind.
pub(crate) fn level_of_kind(kind: RowKind) -> Option<Level> {
    match kind {
        RowKind::Program => Some(Level::Program),
        RowKind::Kegiatan => Some(Level::Kegiatan),
        RowKind::SubKegiatan => Some(Level::SubKegiatan),
        _ => None,
    }
}

/// Whether a name is that of an urusan or a bidang urusan.
pub(crate) fn urusan_by_nomenclature(nomenclature: &Nomenclature, name: &str) -> Option<Shown> {
    // Most names are none; the matcher is not asked about those.
    if !nomenclature.is_official(name) {
        return None;
    }
    let (level, _) = nomenclature.level_of(name, None)?;
    match level {
        Level::Urusan => Some(Shown::Urusan),
        Level::BidangUrusan => Some(Shown::BidangUrusan),
        _ => None,
    }
}

/// The row kind that the nomenclature gives a name, among those that a column allows; of names that
/// are only compared letter for letter, if it is an official one.
pub(crate) fn kind_by_nomenclature(
    nomenclature: &Nomenclature,
    name: &str,
    year: Option<u16>,
    allowed: Levels,
    exact_only: bool,
) -> Option<RowKind> {
    if exact_only && !nomenclature.is_official(name) {
        return None;
    }
    let (level, score) = nomenclature.level_of(name, year)?;
    let kind = kind_of_level(level)?;
    let fits = match kind {
        RowKind::Program => allowed.program || allowed.is_open(),
        RowKind::Kegiatan => allowed.kegiatan || allowed.is_open(),
        _ => allowed.sub_kegiatan || allowed.is_open(),
    };
    (score >= 0.6 && fits).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_announce_levels() {
        let of =
            |path: &[&str]| levels_of(&path.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
        assert_eq!(
            of(&["Program dan Kegiatan"]),
            Levels { program: true, kegiatan: true, ..Levels::default() }
        );
        assert_eq!(
            of(&["Kegiatan/Sub Kegiatan"]),
            Levels { kegiatan: true, sub_kegiatan: true, ..Levels::default() }
        );
        assert_eq!(of(&["KEGIATAN", "URAIAN"]), Levels { kegiatan: true, ..Levels::default() });
        assert!(of(&["Tingkat Pendidikan"]).is_open());
    }

    #[test]
    fn names_show_what_they_are() {
        assert_eq!(
            kind_by_words("Program Pelayanan Administrasi"),
            Some(Shown::Kind(RowKind::Program))
        );
        assert_eq!(kind_by_words("Gaji dan Tunjangan PNS"), Some(Shown::Kind(RowKind::Belanja)));
        assert_eq!(kind_by_words("Fasilitasi Kominda"), None);
        assert!(
            is_total_name("J U M L A H")
                && is_total_name("Total Jumlah Anggaran")
                && !is_total_name("Penyediaan jumlah")
        );
    }
}

//! What single words mean to the matcher: classes from `words.tsv`, short forms from
//! `abbreviations.tsv`.

use rustc_hash::FxHashMap;

use crate::edits::{Pattern, may_be_within, most_edits};
use crate::letters::{Letters, letter_set};
use crate::tsv::{Problem, Table};
use crate::vocabulary::{Vocabulary, WordId};

/// What a word contributes to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Tells names apart.
    Telling,
    /// Function word (`dan`, `di`, `yang`).
    Function,
    /// Often added or left out without changing what is meant (`daerah`, `SKPD`).
    Filler,
    /// A year and the words around it.
    Year,
    /// The name of a level, in front of a name.
    Level,
}

/// A short form and one thing it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abbreviation {
    /// The short form as usually printed.
    pub short: String,
    /// What it stands for.
    pub long: String,
    /// `unit`, `istilah`, `dokumen`, `lembaga` or `jabatan`.
    pub kind: String,
    /// Whether [`Nomenclature::fold`](crate::Nomenclature::fold) writes it out: it stands for one thing only, and no word
    /// that is read aloud letter by letter.
    pub folds: bool,
    /// Remark.
    pub note: String,
}

/// Short forms and what they stand for; some stand for several things.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    all: Vec<Abbreviation>,
    /// Rows by folded short form, in file order.
    by_short: FxHashMap<String, Vec<u32>>,
}

impl Abbreviations {
    pub(crate) fn read(table: Table<'_>, problems: &mut Vec<Problem>) -> Self {
        let mut list = Self::default();
        let columns = ["short", "long", "kind", "fold", "note"];
        table.each_row(columns, problems, |line, [short, long, kind, fold, note], problems| {
            let key = short_key(short);
            if long.is_empty() || short.is_empty() {
                problems.push(Problem::new(table.file, line, "a short or long form is empty"));
                return;
            }
            if !matches!(fold, "" | "yes") {
                let what = format!("fold is '{fold}', expected 'yes' or nothing");
                problems.push(Problem::new(table.file, line, what));
            }
            let row = list.all.len() as u32;
            list.by_short.entry(key).or_default().push(row);
            list.all.push(Abbreviation {
                short: short.to_owned(),
                long: long.to_owned(),
                kind: kind.to_owned(),
                folds: fold == "yes",
                note: note.to_owned(),
            });
        });
        list
    }

    /// Everything a short form can stand for, in the order of the table; dots, case and spaces
    /// do not matter.
    ///
    /// ```
    /// let list = laras_nomenclature::Nomenclature::builtin().abbreviations();
    /// let meanings: Vec<_> = list.expand("SDA").map(|a| a.long.as_str()).collect();
    /// assert!(meanings.contains(&"Sumber Daya Air") && meanings.contains(&"Sumber Daya Alam"));
    /// assert_eq!(list.expand("org.").next().unwrap().long, "orang");
    /// ```
    pub fn expand(&self, short: &str) -> impl Iterator<Item = &Abbreviation> {
        let rows = self.by_short.get(&short_key(short)).map_or(&[][..], Vec::as_slice);
        rows.iter().map(|row| &self.all[*row as usize])
    }

    /// All rows of the table.
    pub fn iter(&self) -> impl Iterator<Item = &Abbreviation> {
        self.all.iter()
    }
}

fn short_key(short: &str) -> String {
    short
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '%')
        .flat_map(char::to_lowercase)
        .collect()
}

/// Classes and foldable short forms by word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    classes: FxHashMap<String, Class>,
    /// Words of [`Class::Level`].
    levels: Vec<String>,
    expansions: FxHashMap<String, Vec<String>>,
    /// The longer ones of the short forms in `expansions`, sorted, with their letters.
    long_shorts: Vec<(String, u64)>,
    /// Meanings of short forms that are not written out when folding.
    long_forms: FxHashMap<String, Vec<Vec<String>>>,
}

impl Words {
    pub(crate) fn read(
        table: Table<'_>,
        abbreviations: &Abbreviations,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut words = Self::default();
        table.each_row(["word", "class"], problems, |line, [word, class], problems| {
            let class = match class {
                "function" => Class::Function,
                "filler" => Class::Filler,
                "year" => Class::Year,
                "level" => Class::Level,
                other => {
                    let what = format!(
                        "class is '{other}', expected one of function, filler, year, level"
                    );
                    problems.push(Problem::new(table.file, line, what));
                    return;
                }
            };
            if class == Class::Level {
                words.levels.push(word.to_owned());
            }
            words.classes.insert(word.to_owned(), class);
        });
        for abbreviation in abbreviations.iter().filter(|row| row.kind != "unit") {
            let long: Vec<String> = abbreviation
                .long
                .to_lowercase()
                .split(|c: char| !c.is_alphanumeric())
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect();
            let short = short_key(&abbreviation.short);
            if abbreviation.folds {
                words.expansions.insert(short, long);
            } else {
                words.long_forms.entry(short).or_default().push(long);
            }
        }
        let long_shorts = words.expansions.keys().filter(|short| short.len() >= 5);
        words.long_shorts = long_shorts.map(|short| (short.clone(), letter_set(short))).collect();
        words.long_shorts.sort_unstable();
        words
    }

    /// What a misspelt short form (`Musrenbanq`) is written out as.
    pub(crate) fn near_expansion(&self, word: &str, letters: &Letters) -> Option<&[String]> {
        const LEAST: f32 = 0.82;
        let pattern = Pattern::new(word);
        let own_letters = letter_set(word);
        let longer = |short: &str| short.len().max(word.len());
        let (short, _) = self.long_shorts.iter().find(|(short, set)| {
            short.len().abs_diff(word.len()) <= 1
                && may_be_within(
                    (word, own_letters),
                    (short, *set),
                    most_edits(longer(short), LEAST),
                )
                && pattern.is_within(short, LEAST)
                && letters.similarity_from(word, short, LEAST) >= LEAST
        })?;
        self.expansion(short)
    }

    /// Whether a word in front of a name is a misspelt word for its level.
    pub(crate) fn is_nearly_level(&self, word: &str, letters: &Letters) -> bool {
        self.levels.iter().any(|level| {
            level.len() >= 5
                && level.len().abs_diff(word.len()) <= 1
                && letters.similarity_from(word, level, 0.75) >= 0.75
        })
    }

    pub(crate) fn class(&self, word: &str) -> Class {
        self.classes.get(word).copied().unwrap_or(Class::Telling)
    }

    /// What a short form may stand for, as far as official names have the words.
    pub(crate) fn long_forms(&self, word: &str, vocabulary: &Vocabulary) -> Vec<Vec<WordId>> {
        let Some(meanings) = self.long_forms.get(word) else { return Vec::new() };
        let known = |long: &Vec<String>| long.iter().map(|word| vocabulary.id(word)).collect();
        meanings.iter().filter_map(known).collect()
    }

    /// What a word is written out as.
    pub(crate) fn expansion(&self, word: &str) -> Option<&[String]> {
        self.expansions.get(word).map(Vec::as_slice)
    }
}

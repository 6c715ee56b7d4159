//! How alike two arbitrary names are, and whether a text is near an official name.

use crate::Nomenclature;
use crate::align::Target;
use crate::comparison::Comparison;
use crate::finding::MOST_CANDIDATES;
use crate::fold::{Folded, fold_name};
use crate::index::MOST_WORDS;
use crate::prepared::Prepared;
use crate::vocabulary::{KnownWord, unknown_weight};

/// From this share on a text is as good as an official name.
const NEARLY: f64 = 0.95;
/// Names that share less with a text, by its words and those that they could be, are not compared:
/// what is alike to 0.95 shares nearly all.
const LEAST_RANK: f32 = 0.45;

/// How near a text is to the nearest official name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearness {
    /// Whether it is an official name, case, punctuation and spaces aside.
    pub is_exact: bool,
    /// From 0 (nothing in common) to 1 (the same), as [`Nomenclature::similarity`].
    pub similarity: f64,
}

impl Nomenclature {
    /// The matching key of a name: two names with the same key are one name.
    ///
    /// Case, diacritics, compatibility forms, punctuation, mark-up, leading numbering and level
    /// words are dropped, well-known short forms are written out, `&` is `dan`, doubled words
    /// and acronyms in brackets after what they stand for are said once.
    ///
    /// ```
    /// let nomenclature = laras_nomenclature::Nomenclature::builtin();
    /// assert_eq!(
    ///     nomenclature.fold("2. Kegiatan Rapat-Rapat Koordinasi &amp; Bimtek Parpol"),
    ///     "rapat koordinasi dan bimbingan teknis partai politik",
    /// );
    /// assert_eq!(
    ///     nomenclature.fold("Forum Pembauran Kebangsaan (FPK)"),
    ///     nomenclature.fold("FORUM PEMBAURAN  KEBANGSAAN"),
    /// );
    /// ```
    pub fn fold(&self, name: &str) -> String {
        fold_name(name, &self.words).key()
    }

    /// How alike two names are, from 0 (nothing in common) to 1 (the same key): the share of
    /// the weight of their words that stands for each other.
    ///
    /// Typing errors, OCR confusions, abbreviations, run-together and swapped words cost
    /// little; a word that only one of the two has costs as much as it tells. It is the same
    /// whichever name comes first.
    ///
    /// ```
    /// let nomenclature = laras_nomenclature::Nomenclature::builtin();
    /// let alike = nomenclature.similarity("Fasilitasi FKUB", "Fasilitasi Forum Kerukunan Umat Beragama");
    /// assert!(alike > 0.9, "{alike}");
    /// let other = nomenclature.similarity("Pembinaan Partai Politik", "Pembinaan Pasar Tradisional");
    /// assert!(other < 0.5, "{other}");
    /// ```
    pub fn similarity(&self, a: &str, b: &str) -> f64 {
        let (a, b) = (fold_name(a, &self.words), fold_name(b, &self.words));
        let (key_a, key_b) = (a.key(), b.key());
        if key_a.is_empty() || key_b.is_empty() {
            return if key_a == key_b { 1.0 } else { 0.0 };
        }
        if key_a.len() == key_b.len() && key_a == key_b {
            return 1.0;
        }
        let (mut compact_a, mut compact_b) = (String::new(), String::new());
        a.compact(&mut compact_a);
        b.compact(&mut compact_b);
        if compact_a == compact_b {
            return 1.0;
        }
        let one = self.one_way(&a, &b);
        let other = self.one_way(&b, &a);
        one.max(other)
    }

    fn one_way(&self, a: &Folded, b: &Folded) -> f64 {
        let vocabulary = &self.index.vocabulary;
        let query = Prepared::new(a.clone(), vocabulary, &self.letters, &self.words);
        let unknown: Vec<Option<KnownWord>> = b
            .words
            .iter()
            .take(MOST_WORDS)
            .map(|word| {
                let class = self.words.class(&word.text);
                let weight = || unknown_weight(&word.text, class, word.shouted);
                let is_known = vocabulary.id(&word.text).is_some();
                (!is_known).then(|| KnownWord::new(&word.text, weight(), class))
            })
            .collect();
        let targets = b.words.iter().zip(&unknown).filter_map(|(word, unknown)| {
            let id = vocabulary.id(&word.text);
            let word = id.map(|id| vocabulary.word(id)).or(unknown.as_ref())?;
            Some(Target { id, word })
        });
        Comparison::new(self, &query).with_words(targets).1
    }

    /// Whether a text is, or is near, an official name of any edition and level.
    ///
    /// A quick check for evidence, without context: use [`match_name`](Self::match_name) to
    /// decide.
    ///
    /// ```
    /// let nomenclature = laras_nomenclature::Nomenclature::builtin();
    /// assert!(nomenclature.nearness("penyediaan alat tulis kantor").is_exact);
    /// assert!(nomenclature.nearness("penyediaan aiat tuiis kantor").similarity > 0.9);
    /// assert!(nomenclature.nearness("alat tulis kantor Penyediaan barang").similarity < 0.9);
    /// ```
    pub fn nearness(&self, text: &str) -> Nearness {
        let found = self.find(text);
        if found.is_exact {
            return Nearness { is_exact: true, similarity: 1.0 };
        }
        let similarity = found.scored.iter().map(|scored| scored.share).fold(0.0, f64::max);
        Nearness { is_exact: false, similarity }
    }

    /// Whether a text is as good as an official name of any edition and level: the same, or of at
    /// least 0.95 [`nearness`](Self::nearness). Much quicker than that where it is none: names
    /// that share too little with the text are not compared word by word.
    ///
    /// ```
    /// let nomenclature = laras_nomenclature::Nomenclature::builtin();
    /// assert!(nomenclature.is_nearly_official("penyediaan jasa kornunikasi, sumber daya air dan listrik"));
    /// assert!(!nomenclature.is_nearly_official("penyediaan jasa"));
    /// ```
    pub fn is_nearly_official(&self, text: &str) -> bool {
        self.near.get(text, || {
            let Some(folded) = self.fold_bounded(text) else { return false };
            let mut compact = String::new();
            folded.compact(&mut compact);
            if self.index.exact(&compact).is_some() {
                return true;
            }
            if !compact.chars().any(char::is_alphabetic) {
                return false;
            }
            let prepared =
                Prepared::new(folded, &self.index.vocabulary, &self.letters, &self.words);
            let mut comparison = Comparison::new(self, &prepared);
            let candidates = self.index.candidates(&prepared, MOST_CANDIDATES).into_iter();
            candidates
                .take_while(|(rank, _)| *rank >= LEAST_RANK)
                .any(|(_, name)| comparison.with(name).share >= NEARLY)
        })
    }

    /// Whether a text is an official name of any edition and level, letter for letter but for case,
    /// punctuation and spaces.
    ///
    /// ```
    /// let nomenclature = laras_nomenclature::Nomenclature::builtin();
    /// assert!(nomenclature.is_official("penyediaan alat tulis kantor"));
    /// assert!(!nomenclature.is_official("penyediaan aiat tulis kantor"));
    /// ```
    pub fn is_official(&self, text: &str) -> bool {
        self.official.get(text, || {
            let Some(folded) = self.fold_bounded(text) else { return false };
            let mut compact = String::new();
            folded.compact(&mut compact);
            self.index.exact(&compact).is_some()
        })
    }
}

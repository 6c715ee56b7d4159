//! A query compared word by word with one official name after the other.

use crate::Nomenclature;
use crate::align::{Alignment, Target};
use crate::features::{Features, of_words};
use crate::index::NameId;
use crate::likeness::Likenesses;
use crate::prepared::Prepared;

/// A name of the nomenclature that could be meant, with what the words say.
#[derive(Clone, Debug)]
pub(crate) struct Scored {
    pub(crate) name: NameId,
    pub(crate) words: Features,
    /// How alike the names are, as [`Nomenclature::similarity`].
    pub(crate) share: f64,
    /// The words of the query that stand for something in the name.
    pub(crate) used: u64,
}

/// A query and what it is compared with; what was worked out for one name helps with the next.
pub(crate) struct Comparison<'n> {
    nomenclature: &'n Nomenclature,
    query: &'n Prepared,
    likenesses: Likenesses<'n>,
    /// The words of the name that the query was compared with last …
    pub(crate) targets: Vec<Target<'n>>,
    /// … and what stands for them.
    pub(crate) alignment: Alignment,
}

impl<'n> Comparison<'n> {
    pub(crate) fn new(nomenclature: &'n Nomenclature, query: &'n Prepared) -> Self {
        Self {
            nomenclature,
            query,
            likenesses: Likenesses::new(query, &nomenclature.letters),
            targets: Vec::with_capacity(16),
            alignment: Alignment::default(),
        }
    }

    /// Compares the query with an official name.
    pub(crate) fn with(&mut self, name: NameId) -> Scored {
        let vocabulary = &self.nomenclature.index.vocabulary;
        let words = self.nomenclature.index.words_of(name);
        let target = |id: &u16| Target { id: Some(*id), word: vocabulary.word(*id) };
        let (words, share) = self.with_words(words.iter().map(target));
        Scored { name, words, share, used: self.alignment.used }
    }

    /// Compares the query with the words of any name: what they say, and how alike the names are.
    pub(crate) fn with_words(
        &mut self,
        words: impl Iterator<Item = Target<'n>>,
    ) -> (Features, f64) {
        self.targets.clear();
        self.targets.extend(words);
        self.alignment.align(self.query, &self.targets, &mut self.likenesses);
        let features = of_words(self.query, &self.targets, &self.alignment);
        (features, share(self.query, &self.targets, &self.alignment, &features))
    }
}

/// Twice the weight that stands for each other over the weight of both names.
fn share(
    query: &Prepared,
    targets: &[Target<'_>],
    alignment: &Alignment,
    features: &Features,
) -> f64 {
    let (mut all, mut matched, mut used) = (0.0f32, 0.0f32, 0.0f32);
    for (target, pair) in targets.iter().zip(&alignment.pairs) {
        let weight = target.word.weight;
        all += weight;
        if let Some((_, alike)) = pair {
            matched += weight * alike;
            used += weight;
        }
    }
    let extra = features[4] * query.weight + features[12] * query.weight * 0.3;
    let disorder = f64::from(features[9]) * 0.1;
    let share = f64::from(2.0 * matched) / f64::from(all + used + extra).max(0.1);
    (share * (1.0 - disorder)).clamp(0.0, 1.0)
}

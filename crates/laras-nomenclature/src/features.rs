//! What an alignment and its context say, as numbers that a fitted model weighs.

use crate::align::{Alignment, Target};
use crate::prepared::Prepared;
use crate::words::Class;

/// Number of features.
pub(crate) const FEATURES: usize = 22;

/// Names of the features, as `weights.tsv` has them.
pub(crate) const NAMES: [&str; FEATURES] = [
    "bias",
    "exact",
    "missing",
    "missing_most",
    "extra",
    "extra_most",
    "replaced",
    "blur",
    "other_word",
    "disorder",
    "cut_off",
    "evidence",
    "bracket_extra",
    "short",
    "level",
    "tier",
    "edition",
    "parent",
    "code",
    "bidang",
    "complete",
    "joined",
];

/// A candidate's features, in the order of [`NAMES`].
pub(crate) type Features = [f32; FEATURES];

/// Place of a feature.
pub(crate) mod at {
    pub(crate) const EXACT: usize = 1;
    pub(crate) const LEVEL: usize = 14;
    pub(crate) const TIER: usize = 15;
    pub(crate) const EDITION: usize = 16;
    pub(crate) const PARENT: usize = 17;
    pub(crate) const CODE: usize = 18;
    pub(crate) const BIDANG: usize = 19;
    pub(crate) const MISSING: usize = 2;
    pub(crate) const JOINED: usize = 21;
    /// The features that differ between the rows of one name.
    pub(crate) const CONTEXT: std::ops::Range<usize> = LEVEL..BIDANG + 1;
}

/// The features of a row that its context gives, in the order of [`at::CONTEXT`].
pub(crate) type Fits = [f32; at::CONTEXT.end - at::CONTEXT.start];

/// The weight at which a single word is as telling as can be.
const MOST_TELLING: f32 = 6.5;

/// At most so much of a name is excused as cut off by the end of a line or page.
const MOST_CUT_OFF: f32 = 0.5;

/// What the words say, context aside.
pub(crate) fn of_words(
    query: &Prepared,
    targets: &[Target<'_>],
    alignment: &Alignment,
) -> Features {
    let mut all = 0.0;
    let (mut missing, mut missing_most, mut tail) = (0.0f32, 0.0f32, 0.0f32);
    let (mut matched, mut blurred, mut other_word) = (0.0f32, 0.0f32, 0.0f32);
    let (mut pairs, mut turns) = (0u32, 0u32);
    let mut last: Option<u8> = None;
    for (target, pair) in targets.iter().zip(&alignment.pairs) {
        all += target.word.weight;
        if let Some((at, alike)) = pair {
            let word = &query.words[usize::from(*at)];
            matched += target.word.weight * alike;
            blurred += target.word.weight * (1.0 - alike);
            if word.id.is_some() && target.id.is_some() && word.id != target.id {
                other_word += target.word.weight;
            }
            if target.word.class != Class::Function {
                pairs += 1;
                turns += u32::from(last.is_some_and(|before| before > *at));
                last = Some(*at);
            }
            tail = 0.0;
        } else {
            missing += target.word.weight;
            tail += target.word.weight;
            if target.word.class == Class::Telling {
                missing_most = missing_most.max(target.word.weight);
            }
        }
    }
    let (mut extra, mut extra_most, mut bracketed) = (0.0f32, 0.0f32, 0.0f32);
    for (at, word) in query.words.iter().enumerate() {
        if alignment.used & (1 << at) != 0 {
            continue;
        }
        if word.bracketed {
            bracketed += word.weight;
            continue;
        }
        extra += word.weight;
        if word.class == Class::Telling {
            extra_most = extra_most.max(word.weight);
        }
    }
    let all = all.max(0.1);
    let asked = query.weight.max(0.1);
    let is_cut_off = missing > 0.0 && (tail - missing).abs() < 1e-3 && extra < 0.5;
    let mut features = [0.0; FEATURES];
    features[0] = 1.0;
    features[2] = missing / all;
    features[3] = missing_most / MOST_TELLING;
    features[4] = extra / asked;
    features[5] = extra_most / MOST_TELLING;
    features[6] = missing_most.min(extra_most) / MOST_TELLING;
    features[7] = blurred / all;
    features[8] = other_word / all;
    features[9] = turns as f32 / pairs.max(1) as f32;
    // What lost more than half of itself is rather a name of its own.
    features[10] = if is_cut_off { (missing / all).min(MOST_CUT_OFF) } else { 0.0 };
    features[11] = (1.0 + matched).ln() / 3.0;
    features[12] = bracketed / asked;
    features[20] = if missing == 0.0 && extra == 0.0 { 1.0 } else { 0.0 };
    features[13] = if pairs <= 2 { 1.0 } else { 0.0 };
    features
}

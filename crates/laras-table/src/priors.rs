//! What a head leads one to expect below it, before anything was seen.

use crate::head_words::Holds;
use crate::kind::CellKind;

/// Share of the kinds that a head leads one to expect, summing to about 1.
pub(crate) fn prior(holds: Holds) -> [f64; CellKind::COUNT] {
    use CellKind as K;
    let shares: &[(K, f64)] = match holds {
        Holds::Ordinal => &[(K::Ordinal, 0.4), (K::Integer, 0.3), (K::Blank, 0.2), (K::Code, 0.05)],
        Holds::Code => &[
            (K::Code, 0.5),
            (K::Integer, 0.1),
            (K::Ordinal, 0.1),
            (K::Blank, 0.2),
            (K::Text, 0.05),
        ],
        Holds::Text => &[(K::Text, 0.65), (K::Blank, 0.28), (K::Nil, 0.03)],
        Holds::Value => &[
            (K::Percent, 0.2),
            (K::Integer, 0.2),
            (K::Quantity, 0.15),
            (K::Decimal, 0.1),
            (K::Nil, 0.12),
            (K::Blank, 0.1),
            (K::Amount, 0.06),
            (K::Quarter, 0.03),
        ],
        Holds::Amount => &[
            (K::Amount, 0.6),
            (K::Nil, 0.14),
            (K::Blank, 0.12),
            (K::Integer, 0.07),
            (K::Decimal, 0.04),
        ],
        Holds::Percent => &[
            (K::Percent, 0.45),
            (K::Decimal, 0.22),
            (K::Integer, 0.1),
            (K::Nil, 0.1),
            (K::Blank, 0.1),
        ],
        Holds::Count => &[
            (K::Integer, 0.4),
            (K::Nil, 0.2),
            (K::Blank, 0.12),
            (K::Decimal, 0.1),
            (K::Quantity, 0.1),
            (K::Percent, 0.04),
        ],
        Holds::Anything => &[
            (K::Text, 0.25),
            (K::Blank, 0.25),
            (K::Integer, 0.12),
            (K::Amount, 0.12),
            (K::Percent, 0.08),
            (K::Nil, 0.08),
        ],
    };
    let mut prior = [0.004; CellKind::COUNT];
    for (kind, share) in shares {
        prior[kind.index()] += share;
    }
    prior
}

//! Names that are pieces of official ones, and names that official ones are pieces of.
//!
//! Where a conversion divides the lines of a table into rows wrongly, the rest of a long name comes to
//! stand as the name of a row of its own, or before the name of the next row. The numbers of such rows
//! may belong to another subject.

use laras_model::{NameMatch, NameStatus};
use rustc_hash::FxHashMap;

use crate::book::Book;
use crate::dress::fold;

/// How whole the name of a number's row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Nothing speaks against it.
    #[default]
    Whole,
    /// An official name stands in it, and more.
    Overfull,
    /// It stands in an official name, as a piece.
    Piece,
}

/// Of each observation, how whole the name of its row is.
pub(crate) fn cut_names(book: &Book<'_>) -> Vec<Cut> {
    let mut cuts = vec![Cut::Whole; book.extraction.observations.len()];
    let mut known: FxHashMap<&str, Cut> = FxHashMap::default();
    let mut tables = book.tables.iter();
    // Names stand in the order of the tables.
    for names in book.extraction.names.chunk_by(|a, b| a.table == b.table) {
        let Some(table) = tables.find(|t| *t.table.id == *names[0].table) else { break };
        for name in names.iter().filter(|name| name.status != NameStatus::Exact) {
            let cut = *known.entry(&name.name).or_insert_with(|| cut(name));
            if cut == Cut::Whole {
                continue;
            }
            for &at in table.rows.get(name.row).unwrap_or_default() {
                if book.get(at).name == name.name {
                    cuts[at] = cut;
                }
            }
        }
    }
    cuts
}

/// Compares a name with the official ones that it could be.
fn cut(name: &NameMatch) -> Cut {
    let officials = || {
        let candidates = name.candidates.iter().map(|candidate| candidate.official_name.as_str());
        std::iter::once(name.official_name.as_str()).chain(candidates).filter(|n| !n.is_empty())
    };
    let own = fold(&name.name);
    let folded: Vec<String> = officials().map(fold).collect();
    if own.is_empty() || folded.contains(&own) {
        Cut::Whole
    } else if folded.iter().any(|official| stands_in(&own, official)) {
        Cut::Piece
    } else if folded.iter().any(|official| stands_in(official, &own)) {
        Cut::Overfull
    } else {
        Cut::Whole
    }
}

/// Whether the words of a folded text stand together in another.
fn stands_in(piece: &str, whole: &str) -> bool {
    whole.match_indices(piece).any(|(at, _)| {
        let (before, after) = (&whole[..at], &whole[at + piece.len()..]);
        (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
    })
}

#[cfg(test)]
mod tests {
    use laras_model::{Level, NameCandidate, Place, Regime, SharedText};

    use super::*;

    fn name(name: &str, official: &str, candidates: &[&str]) -> NameMatch {
        let candidate = |official_name: &&str| NameCandidate {
            code: SharedText::default(),
            official_name: (*official_name).into(),
            regime: Regime::Permendagri90,
            score: 0.1,
        };
        NameMatch {
            table: "t01".into(),
            row: 1,
            place: Place::default(),
            level: Level::SubKegiatan,
            name: name.into(),
            code: SharedText::default(),
            printed_code: SharedText::default(),
            regime: None,
            official_name: official.into(),
            score: 0.5,
            status: NameStatus::Local,
            candidates: candidates.iter().map(candidate).collect(),
            crosswalk: Vec::new(),
            explanation: SharedText::default(),
        }
    }

    #[test]
    fn pieces_are_told_word_by_word() {
        let forum = "Pelaksanaan Forum Koordinasi Pimpinan Daerah";
        let cases: [(&str, &str, &[&str], Cut); 7] = [
            ("Koordinasi Pimpinan", "", &["Rapat", forum], Cut::Piece),
            ("PELAKSANAAN forum,", forum, &[], Cut::Piece),
            ("di Daerah Pelaksanaan Forum Koordinasi Pimpinan Daerah", forum, &[], Cut::Overfull),
            // The same name, a word that is cut inside, and one of its own.
            ("Pelaksanaan Forum, Koordinasi Pimpinan Daerah", forum, &[], Cut::Whole),
            ("Koor Pimpinan", forum, &[], Cut::Whole),
            ("Forum Pemuda", "", &[forum], Cut::Whole),
            ("", "", &[forum], Cut::Whole),
        ];
        for (own, official, candidates, expected) in cases {
            assert_eq!(cut(&name(own, official, candidates)), expected, "{own}");
        }
    }
}

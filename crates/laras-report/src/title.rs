//! What a title says: type, variant, year and scope of a report.

use std::sync::LazyLock;

use laras_model::{PlanVariant, ReportType};

use crate::phrases::Phrases;
use crate::words::{Word, first_word, words};
use crate::years::{is_span, printed_years};

static TYPES: LazyLock<Phrases> = LazyLock::new(|| {
    // The file has phrase, type, weight; the phrase list wants what it says in between.
    let lines: Vec<String> = include_str!("../data/report_types.tsv")
        .lines()
        .map(|line| {
            let mut fields = line.split('\t');
            let (phrase, kind, weight) = (
                fields.next().unwrap_or(""),
                fields.next().unwrap_or(""),
                fields.next().unwrap_or(""),
            );
            format!("{phrase}\ttype\t{kind}\t{weight}")
        })
        .collect();
    Phrases::parse(Box::leak(lines.join("\n").into_boxed_str()))
});

static SCOPES: LazyLock<Vec<Vec<Word>>> = LazyLock::new(|| {
    include_str!("../data/scopes.tsv")
        .lines()
        .skip(1)
        .map(|line| words(line.split('\t').next().unwrap_or("")))
        .collect()
});

/// What a title says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Title {
    pub(crate) report_type: ReportType,
    /// How strongly the title names the type.
    pub(crate) weight: f64,
    /// Word at which the type is named.
    pub(crate) at: usize,
    pub(crate) variant: Option<PlanVariant>,
    pub(crate) year: Option<u16>,
    /// Last year of a span of years, where the title gives one.
    pub(crate) span_to: Option<u16>,
}

/// Reads a title; `None` if it names no type of report.
pub(crate) fn read(text: &str) -> Option<Title> {
    let words = words(text);
    let best = TYPES.find(&words, "type").into_iter().max_by(|a, b| {
        let rank = |at: usize, weight: f64| weight / (1.0 + 0.15 * at as f64);
        rank(a.at, a.phrase.weight).total_cmp(&rank(b.at, b.phrase.weight))
    })?;
    let report_type = best.phrase.value.parse().ok()?;
    let near = &words[best.at.saturating_sub(2)..];
    let variant = if near.iter().take(12).any(|w| {
        w == "perubahan" || w == "rkt-perubahan" || w == "renja-perubahan" || w == "renja-p"
    }) {
        Some(PlanVariant::Perubahan)
    } else if near.iter().take(12).any(|w| w == "murni") {
        Some(PlanVariant::Murni)
    } else {
        None
    };
    let years: Vec<u16> = years(text);
    let (year, span_to) = match years.as_slice() {
        [first, second, ..] if is_span(text, *first, *second) => (Some(*first), Some(*second)),
        [first, ..] => (Some(*first), None),
        [] => (None, None),
    };
    Some(Title { report_type, weight: best.phrase.weight, at: best.at, variant, year, span_to })
}

/// Years that a text prints.
pub(crate) fn years(text: &str) -> Vec<u16> {
    printed_years(text).map(|(_, year)| year).filter(|y| (2000..=2045).contains(y)).collect()
}

/// The section that a line of a title names; `None` for the office itself.
pub(crate) fn scope(line: &str) -> Option<String> {
    // Nearly every line is told by its first word to name none.
    let first = first_word(line)?;
    if !SCOPES.iter().any(|scope| scope.first() == Some(&first)) {
        return None;
    }
    let words = words(line);
    let named =
        SCOPES.iter().any(|scope| words.len() > scope.len() && words[..scope.len()] == scope[..]);
    (named && line.chars().count() <= 90)
        .then(|| line.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_types() {
        for (text, kind, variant, year) in [
            ("LAPORAN AKUNTABILITAS KINERJA INSTANSI PEMERINTAH", ReportType::Lakip, None, None),
            (
                "LAPORAN KINERJA INSTANSI PEMERINTAH (L K I P) TAHUN ANGGARAN 2020",
                ReportType::Lkip,
                None,
                Some(2020),
            ),
            (
                "RENCANA KINERJA TAHUNAN PERUBAHAN (RKT-PERUBAHAN) SEKSI POLITIK",
                ReportType::Rkt,
                Some(PlanVariant::Perubahan),
                None,
            ),
            (
                "PERJANJIAN KINERJA PERUBAHAN TAHUN 2020",
                ReportType::PerjanjianKinerja,
                Some(PlanVariant::Perubahan),
                Some(2020),
            ),
            (
                "LAMPIRAN RENCANA STRATEGIS KANTOR TAHUN 2019 -2023",
                ReportType::Renstra,
                None,
                Some(2019),
            ),
            ("RENCANA AKSI PERUBAHAN", ReportType::RencanaAksi, Some(PlanVariant::Perubahan), None),
        ] {
            let title = read(text).expect(text);
            assert_eq!(
                (title.report_type, title.variant, title.year),
                (kind, variant, year),
                "{text}"
            );
        }
        assert_eq!(read("KATA PENGANTAR"), None);
        assert_eq!(scope("SEKSI POLITIK"), Some("SEKSI POLITIK".to_owned()));
        assert_eq!(scope("KANTOR KESATUAN BANGSA"), None);
    }
}

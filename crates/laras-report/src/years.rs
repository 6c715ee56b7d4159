//! The years that texts give: printed, relative to the report's, spans.

use crate::words::Word;

/// A year as heads give it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Year {
    #[default]
    NotSaid,
    /// Printed.
    Is(u16),
    /// Relative to the report's year: `n-1`.
    Relative(i16),
    /// A year of a plan that is not named (`Tahun -3`), or a span.
    Unnamed,
}

/// The year a head gives: printed, relative, or of a plan without years.
pub(crate) fn year_in(level: &[Word], text: &str) -> Year {
    let years: Vec<u16> =
        level.iter().filter(|w| is_year(w)).filter_map(|w| w.parse().ok()).collect();
    match years.as_slice() {
        [] => {}
        [one] => return Year::Is(*one),
        [first, second] if is_span(text, *first, *second) => return Year::Unnamed,
        // `sampai dengan Tahun 2020 (akhir tahun … 2020)`: the last one named.
        [.., last] => return Year::Is(*last),
    }
    let folded: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    if folded.contains("tahun-") {
        return Year::Unnamed;
    }
    // `n-1` by itself or in brackets, not the end of a word.
    let relative = |form: &str| {
        folded.match_indices(form).any(|(at, _)| {
            !folded[..at].ends_with(|c: char| c.is_alphabetic()) || folded[..at].ends_with("tahun")
        })
    };
    for (form, offset) in [("n-1", -1), ("n-2", -2), ("n-3", -3), ("n+1", 1), ("n+2", 2)] {
        if relative(form) {
            return Year::Relative(offset);
        }
    }
    if level.len() <= 3 && level.first().is_some_and(|w| w == "tahun") {
        let ordinal = |w: &Word| {
            w.starts_with("ke")
                || w.parse::<u8>().is_ok()
                || w.chars().all(|c| matches!(c, 'i' | 'v'))
        };
        if level.get(1).is_some_and(ordinal) {
            return Year::Unnamed;
        }
    }
    Year::NotSaid
}

/// Whether two years are the ends of a span: joined by a dash or `s.d.`.
pub(crate) fn is_span(text: &str, first: u16, second: u16) -> bool {
    let (a, b) = (first.to_string(), second.to_string());
    let (Some(from), Some(to)) = (text.find(&a), text.rfind(&b)) else { return false };
    let between = text.get(from + a.len()..to).unwrap_or("").trim().to_lowercase();
    second > first
        && (matches!(
            between.as_str(),
            "-" | "–"
                | "—"
                | "s.d"
                | "s.d."
                | "s/d"
                | "sd"
                | "sampai"
                | "sampai dengan"
                | "sampai tahun"
                | "- tahun"
        ))
}

/// The numbers of a text that are years, from left to right, each with its place.
pub(crate) fn printed_years(text: &str) -> impl DoubleEndedIterator<Item = (usize, u16)> + Clone {
    let bytes = text.as_bytes();
    let is_digit =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    // Nearly every place is told by its first digit.
    let begins =
        move |at: &usize| matches!(bytes[*at], b'1' | b'2') && !is_digit(at.checked_sub(1));
    let year = move |at: usize| {
        let year = text.get(at..at + 4).filter(|year| is_year(year))?;
        (!is_digit(Some(at + 4))).then(|| Some((at, year.parse().ok()?))).flatten()
    };
    (0..bytes.len()).filter(begins).filter_map(year)
}

pub(crate) fn is_year(word: &str) -> bool {
    word.len() == 4
        && (word.starts_with("19") || word.starts_with("20"))
        && word.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_the_runs_of_digits_that_are_years() {
        for text in [
            "",
            "2020",
            "x2019y 12020 20201 2020-2021é1999 é2001",
            "19 2 20 200 1899 2099",
            "é2020",
        ] {
            let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| is_year(run));
            let place = |run: &str| run.as_ptr() as usize - text.as_ptr() as usize;
            let wanted: Vec<_> =
                runs.map(|run| (place(run), run.parse().expect("a year"))).collect();
            assert_eq!(printed_years(text).collect::<Vec<_>>(), wanted, "{text}");
        }
    }
}

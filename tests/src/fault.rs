//! Injected faults: one digit of one amount changed where the gold's own arithmetic must notice.

use laras_model::Decimal;

use crate::document::Document;
use crate::equation::{Equation, decimals, equations, values};
use crate::gold::Gold;
use crate::rng::Rng;

/// One changed digit.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The report with the changed digit.
    pub document: Document,
    /// The row of `observations.tsv` whose amount was changed (0-based).
    pub observation: usize,
    /// The 1-based line on which the amount is printed.
    pub line: u32,
    /// The amount as it was printed, and as it is printed now.
    pub raw: (String, String),
    /// The value before and after.
    pub value: (Decimal, Decimal),
    /// The equations that held before and fail now.
    pub broken: Vec<Equation>,
}

/// Changes one digit of one amount, chosen by `seed` among those with an equation that held
/// before and fails after. `None` when the gold has no such amount.
pub fn inject(report: &Document, gold: &Gold, seed: u64) -> Option<Fault> {
    let mut rng = Rng::new(seed).fork(77);
    let known = equations(&gold.observations);
    let decimals = decimals(&gold.observations);
    let mut order: Vec<usize> = (0..gold.observations.rows.len()).collect();
    rng.shuffle(&mut order);
    order.into_iter().find_map(|row| {
        let measure = gold.observations.get(row, "measure");
        if !matches!(measure, "pagu" | "realisasi_anggaran") {
            return None;
        }
        let raw = gold.observations.get(row, "raw");
        let before: Decimal = gold.observations.get(row, "value").parse().ok()?;
        let (line, at) = place(report, gold.observations.line(row)?, raw)?;
        let (changed, after) = change_digit(raw, before, &mut rng)?;
        let mut values = values(&gold.observations);
        values[row] = Some(after);
        let is_broken = |equation: &&Equation| {
            equation.members.contains(&row) && !equation.holds(&values, &decimals)
        };
        let broken: Vec<Equation> = known.iter().filter(is_broken).cloned().collect();
        if broken.is_empty() {
            return None;
        }
        let mut document = report.clone();
        document.lines[line as usize - 1].replace_range(at..at + raw.len(), &changed);
        Some(Fault {
            document,
            observation: row,
            line,
            raw: (raw.to_owned(), changed),
            value: (before, after),
            broken,
        })
    })
}

/// The line and byte at which a whole cell reads `raw`, if there is exactly one such cell.
fn place(report: &Document, line: u32, raw: &str) -> Option<(u32, usize)> {
    let text = report.lines.get(line as usize - 1)?;
    let mut hits = text.match_indices(raw).map(|(at, _)| at).filter(|&at| {
        let ends = |c: Option<char>| c.is_none_or(|c| c == '\t');
        ends(text[..at].chars().next_back()) && ends(text[at + raw.len()..].chars().next())
    });
    let at = hits.next()?;
    hits.next().is_none().then_some((line, at))
}

/// The amount with another digit at one place of its whole part.
fn change_digit(raw: &str, value: Decimal, rng: &mut Rng) -> Option<(String, Decimal)> {
    let whole = value.to_i64().filter(|whole| *whole >= 10_000)?.to_string();
    let places: Vec<usize> =
        raw.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let printed: String = places.iter().map(|&at| &raw[at..=at]).collect();
    // A damaged amount, or one with other decimals than ",00", is left alone.
    if printed != whole && printed != format!("{whole}00") {
        return None;
    }
    let digit = rng.below(whole.len());
    let old = whole.as_bytes()[digit] - b'0';
    let new = (old + 1 + rng.below(9) as u8) % 10;
    let new = if digit == 0 && new == 0 { old % 9 + 1 } else { new };
    let mut changed = raw.to_owned();
    changed.replace_range(places[digit]..=places[digit], &new.to_string());
    let mut digits = whole;
    digits.replace_range(digit..=digit, &new.to_string());
    Some((changed, digits.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_digit_changes_and_the_value_follows() {
        for seed in 0..200 {
            let before = Decimal::from(1_250_000);
            let (raw, after) = change_digit("Rp. 1.250.000,00", before, &mut Rng::new(seed))
                .expect("sound amount");
            let differ =
                raw.chars().zip("Rp. 1.250.000,00".chars()).filter(|(a, b)| a != b).count();
            assert_eq!((raw.len(), differ), (16, 1));
            let digits: String = raw.chars().filter(char::is_ascii_digit).collect();
            assert_eq!(format!("{after}00"), digits);
        }
        assert!(change_digit(".83.244,600", Decimal::from(83_244_601), &mut Rng::new(1)).is_none());
    }
}

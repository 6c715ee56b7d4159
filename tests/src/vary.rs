//! New plausible reports from a known one: another region, other years, other amounts.

use crate::rng::Rng;

/// Regencies and cities to choose from, one a line.
const REGIONS: &str = include_str!("../data/regions.txt");

/// Rewrites `report`: `region` becomes another one, every year of this century moves by the same
/// few years, and every amount is multiplied by the same small number, so that sums and percents
/// still hold. NIP, codes and counts stay.
///
/// ```
/// let report = "Kabupaten Banggai 2019: 1.250.000,00";
/// let other = laras_tests::vary(report, "Banggai", 5);
/// assert_ne!(other, report);
/// assert_eq!(other, laras_tests::vary(report, "Banggai", 5));
/// ```
pub fn vary(report: &str, region: &str, seed: u64) -> String {
    let mut rng = Rng::new(seed).fork(5);
    let regions: Vec<&str> = REGIONS.lines().filter(|name| *name != region).collect();
    let name = rng.pick(&regions).copied().unwrap_or(region);
    let years = rng.below(5) as i64 - 2;
    let factor = 2 + rng.below(8) as u64;
    let mut out = String::with_capacity(report.len() + report.len() / 8);
    let mut rest = report;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (text, tail) = rest.split_at(at);
        out.push_str(text);
        let length = tail
            .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
            .unwrap_or(tail.len());
        let (number, after) = tail.split_at(length);
        out.push_str(&change(number, years, factor));
        rest = after;
    }
    out.push_str(rest);
    if region.is_empty() {
        return out;
    }
    out.replace(region, name).replace(&region.to_uppercase(), &name.to_uppercase())
}

/// A year moved, an amount multiplied, anything else as it is.
fn change(number: &str, years: i64, factor: u64) -> String {
    if number.len() == 4 && number.starts_with("20") {
        return number
            .parse()
            .map_or_else(|_| number.to_owned(), |year: i64| (year + years).to_string());
    }
    let Some(separator) = number.chars().find(|c| !c.is_ascii_digit()) else {
        return number.to_owned();
    };
    let other = if separator == '.' { ',' } else { '.' };
    let (whole, decimals) = number.find(other).map_or((number, ""), |at| number.split_at(at));
    let groups: Vec<&str> = whole.split(separator).collect();
    let is_amount = groups.len() >= 2
        && (1..=3).contains(&groups[0].len())
        && groups[1..].iter().all(|group| group.len() == 3)
        && whole.len() >= 7;
    let Some(amount) = is_amount.then(|| groups.concat().parse::<u64>().ok()).flatten() else {
        return number.to_owned();
    };
    let digits = amount.saturating_mul(factor).to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped + decimals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_grow_years_move_codes_stay() {
        assert_eq!(change("1.250.000,00", 1, 3), "3.750.000,00");
        assert_eq!(change("130,875,000", 1, 2), "261,750,000");
        assert_eq!(change("2019", -2, 3), "2017");
        for same in ["2.12.01.2.06.02", "95,42", "19640817", "1.250", "12"] {
            assert_eq!(change(same, 1, 3), same);
        }
    }
}

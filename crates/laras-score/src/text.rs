//! When two texts, values, units or codes count as the same.

use std::sync::LazyLock;

use laras_model::Decimal;
use regex::Regex;
use similar::{Algorithm, ChangeTag, DiffOp};

/// Names are the same from this share of common characters on.
const NAME_SIMILARITY: f64 = 0.93;
/// A word that stands for another must share this much of it.
const TOKEN_SIMILARITY: f64 = 0.6;

static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new("<[^>]+>").expect("a constant pattern"));

/// Lower case, markup dropped, everything but ASCII letters and digits a single space.
pub(crate) fn fold(text: &str) -> String {
    let lower = text.to_lowercase();
    let bare = TAG.replace_all(&lower, " ");
    let words: Vec<&str> =
        bare.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Whether two names are the same but for spelling: digits and Roman numerals equal, no word
/// swapped for another word.
pub fn similar(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    let (joined_a, joined_b) = (a.replace(' ', ""), b.replace(' ', ""));
    if joined_a == joined_b {
        return true;
    }
    if a.is_empty() || b.is_empty() || digits(&a) != digits(&b) {
        return false;
    }
    let (x, y): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    if romans(&x) != romans(&y) || ratio(&joined_a, &joined_b) < NAME_SIMILARITY {
        return false;
    }
    similar::capture_diff_slices(Algorithm::Lcs, &x, &y).iter().all(|op| match op {
        DiffOp::Replace { old_index, old_len, new_index, new_len } => {
            let old = x[*old_index..old_index + old_len].concat();
            let new = y[*new_index..new_index + new_len].concat();
            ratio(&old, &new) >= TOKEN_SIMILARITY
        }
        _ => true,
    })
}

/// Twice the common characters over all characters.
fn ratio(a: &str, b: &str) -> f64 {
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let all = x.len() + y.len();
    let common: usize = similar::capture_diff_slices(Algorithm::Lcs, &x, &y)
        .iter()
        .flat_map(|op| op.iter_changes(&x, &y))
        .filter(|change| change.tag() == ChangeTag::Equal)
        .count();
    if all == 0 { 1.0 } else { 2.0 * common as f64 / all as f64 }
}

fn digits(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect()
}

fn romans<'a>(words: &[&'a str]) -> Vec<&'a str> {
    words
        .iter()
        .copied()
        .filter(|word| word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')))
        .collect()
}

/// A value in one form: `nil`, or plain digits.
pub(crate) fn value(text: &str) -> String {
    let text = text.trim().to_lowercase();
    if matches!(text.as_str(), "" | "nil" | "null" | "none") {
        return "nil".to_owned();
    }
    text.parse::<Decimal>().map_or(text, |number| number.to_string())
}

/// A unit in one form.
pub(crate) fn unit(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let text = text.trim_matches(['.', '(', ')']);
    match text {
        "rp" | "rupiah" => "idr",
        "persen" | "percent" => "%",
        other => other,
    }
    .to_owned()
}

/// The numeric parts of a code, leading zeros dropped, without a leading `X.XX.`.
pub(crate) fn code_parts(code: &str) -> Vec<String> {
    static GENERAL: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^\s*[Xx]\.\s*[Xx]{1,2}\.").expect("a constant pattern"));
    let code = GENERAL.replace(code, "");
    let bare: String = code.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    bare.split('.')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let short = part.trim_start_matches('0');
            if short.is_empty() { "0" } else { short }.to_owned()
        })
        .collect()
}

/// Whether two codes are the same, one of them perhaps without its leading parts.
pub(crate) fn same_code(want: &[String], got: &[String]) -> bool {
    let bare = |code: &[String]| {
        let general = code.len() > 2 && code[0] == "1" && code[1] == "19";
        if general { code[2..].to_vec() } else { code.to_vec() }
    };
    let (want, got) = (bare(want), bare(got));
    let (short, long) = if want.len() <= got.len() { (&want, &got) } else { (&got, &want) };
    short == long || (short.len() >= 3 && long.ends_with(short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_is_forgiven_other_words_are_not() {
        for (a, b, want) in [
            ("Penyediaan Jasa Surat Menyurat", "penyediaan jasa  surat-menyurat", true),
            ("Fasilitasi Kominda", "Fasilitas Kominda", true),
            ("Program 1", "Program 2", false),
            ("Golongan III", "Golongan II", false),
            ("Penyediaan jasa kebersihan kantor", "Penyediaan jasa keamanan kantor", false),
            ("Pembinaan Wawasan", "Pembinaan Wawasan dan belanegara", false),
            ("", "x", false),
        ] {
            assert_eq!(similar(a, b), want, "{a} / {b}");
        }
    }

    #[test]
    fn codes_compare_by_their_numbers() {
        let same = |a: &str, b: &str| same_code(&code_parts(a), &code_parts(b));
        assert!(same("8.01.02.2.01.0003", "08.01.02.2.01.03"));
        assert!(same("X.XX.01.2.08.01", "8.01.01.2.08.01"));
        assert!(same("1.19.17", "17"));
        assert!(!same("1.19.17", "1.19.18"));
        assert!(!same("01.02", "8.01.02"));
    }
}

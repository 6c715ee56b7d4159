//! Ranges and bounds of scales: `>90-100`, `≤ 50%`, `85 % - > 100 %`, `76 s/d 90`. Not data.
//!
//! ```text
//! cell   = [variable] ( bounds / words ) [unit or grade]
//! bounds = relation number [ joiner [relation] number ]
//!        / number joiner [relation] number
//!        / number relation [variable relation] number / number relation variable
//! words  = ("lebih dari" / "kurang dari" / "minimal" / "maksimal" / "di atas" …) number
//!        / number ("ke atas" / "ke bawah")
//! relation = ">" "<" ">=" "=>" "≥" "<=" "=<" "≤"
//! joiner   = "-" / "–" / "s/d" / "s.d." / "sampai dengan" / "hingga" / "dan"
//! number   = ["Rp"] body ["%"]                                              ; as in crate::amount
//! ```
//!
//! ```
//! use laras_number::criterion;
//!
//! let range = criterion::read(">90-100").unwrap();
//! assert_eq!(range.low.unwrap().value.to_string(), "90");
//! assert!(!range.low.unwrap().inclusive && range.high.unwrap().inclusive);
//! assert!(range.contains("95.5".parse().unwrap()));
//! ```

use laras_model::Decimal;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while, take_while1};
use nom::character::complete::{char, one_of};
use nom::combinator::{map, map_opt, opt, rest, value};
use nom::sequence::{delimited, preceded, terminated};

use crate::amount::body;
use crate::gaps::interpret;
use crate::lex::{Parsed, blanks, whole};
use crate::lexicon::{self, Lower, Role};
use crate::reading::Word;
use crate::units;
use crate::values::{Found, Hint};

/// Longest criterion that is read, in bytes.
const MAX: usize = 120;

/// One end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Where the range ends.
    pub value: Decimal,
    /// Whether the end belongs to it.
    pub inclusive: bool,
}

/// A range of values, open at one end or at neither.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// Lower end; `None` where there is none.
    pub low: Option<Bound>,
    /// Upper end; `None` where there is none.
    pub high: Option<Bound>,
    /// `%` or the unit printed with it.
    pub unit: Option<Word>,
    /// Grade or predicate printed with it: `>90-100 (AA)`.
    pub grade: Option<&'static str>,
}

impl Range {
    /// Whether a value lies in it.
    pub fn contains(&self, value: Decimal) -> bool {
        let above = |bound: Bound| value > bound.value || (bound.inclusive && value == bound.value);
        let below = |bound: Bound| value < bound.value || (bound.inclusive && value == bound.value);
        self.low.is_none_or(above) && self.high.is_none_or(below)
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Relation {
    Above { inclusive: bool },
    Below { inclusive: bool },
}

fn relation(input: &str) -> Parsed<'_, Relation> {
    let above = |inclusive| Relation::Above { inclusive };
    let below = |inclusive| Relation::Below { inclusive };
    alt((
        value(above(true), alt((tag(">="), tag("=>"), tag("≥"), tag("> ="), tag("= >")))),
        value(below(true), alt((tag("<="), tag("=<"), tag("≤"), tag("< ="), tag("= <")))),
        value(above(false), char('>')),
        value(below(false), char('<')),
    ))
    .parse(input)
}

/// A relation in words: `paling sedikit`, `di bawah`, `kurang dari` … (data/bounds.tsv).
fn worded(input: &str) -> Parsed<'_, Relation> {
    let Some((sign, len)) = lexicon::bound(input) else { return fail(input) };
    let inclusive = sign.ends_with('=');
    let relation = if sign.starts_with('>') {
        Relation::Above { inclusive }
    } else {
        Relation::Below { inclusive }
    };
    Ok((&input[len..], relation))
}

fn fail<T>(input: &str) -> Parsed<'_, T> {
    Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)))
}

/// The variable of a scale: `X`, `x`.
fn variable(input: &str) -> Parsed<'_, &str> {
    terminated(alt((tag("x"), tag("X"), tag("n"), tag("N"))), blanks).parse(input)
}

/// A number and whether `%` follows.
fn number(input: &str) -> Parsed<'_, (Decimal, bool)> {
    let currency = (tag_no_case("rp"), take_while(|c: char| c == '.' || c == ' '));
    let (input, _) = opt(currency).parse(input)?;
    let Some(found) = body(input) else { return fail(input) };
    let digits = found.digits(found.groups()[0]);
    let phone = found.is_plain() && digits.len() > 1 && digits.starts_with(b"0");
    if found.has_space() || found.lead.marks > 0 || phone {
        return fail(input);
    }
    let Found::Values(values) = interpret(&found, Hint::Percent) else { return fail(input) };
    let Some(best) = values.as_slice().first() else { return fail(input) };
    let Some(rest) = input.get(found.end..) else { return fail(input) };
    let (rest, percent) = opt(preceded(blanks, char('%'))).parse(rest)?;
    Ok((rest, (best.value, percent.is_some())))
}

fn joiner(input: &str) -> Parsed<'_, ()> {
    let word = take_while1(|c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '/'));
    let known = map_opt(word, |word: &str| {
        let lower = Lower::new(word)?;
        let word = lower.as_str();
        (lexicon::is_role(word, Role::Through) || matches!(word, "dan" | "to")).then_some(())
    });
    let dengan = opt((blanks, alt((tag_no_case("dengan"), tag_no_case("dgn")))));
    let dash = map(alt((tag("-"), tag("–"), tag("~"))), |_| ());
    delimited(blanks, alt((map((known, dengan), |_| ()), dash)), blanks).parse(input)
}

type Bounds = (Option<Bound>, Option<Bound>, bool);

fn end(
    bound: Decimal,
    relation: Option<Relation>,
    default_low: bool,
) -> (Option<Bound>, Option<Bound>) {
    let closed = Bound { value: bound, inclusive: true };
    match relation {
        Some(Relation::Above { inclusive }) => (Some(Bound { value: bound, inclusive }), None),
        Some(Relation::Below { inclusive }) => (None, Some(Bound { value: bound, inclusive })),
        None if default_low => (Some(closed), None),
        None => (None, Some(closed)),
    }
}

/// `>90-100`, `90 - <100`, `85 % - > 100 %`, `90 < x ≤ 100`, `66 ≤ 75`
fn between(input: &str) -> Parsed<'_, Bounds> {
    let spaced = || opt(terminated(relation, blanks));
    let (input, before) = spaced().parse(input)?;
    let (input, (first, percent)) = number(input)?;
    let mut middle = alt((
        map(preceded(joiner, spaced()), |relation| (relation, true)),
        map(delimited(blanks, relation, blanks), |relation| (Some(relation), false)),
    ));
    let (input, (relation_two, joined)) = middle.parse(input)?;
    let mut twice = opt((opt(variable), terminated(relation, blanks)));
    let (input, twice) = if joined { (input, None) } else { twice.parse(input)? };
    let (input, (second, percent_two)) = number(input)?;
    let percent = percent || percent_two;
    if second < first {
        return fail(input);
    }
    let (mut low, high) = end(first, before, true);
    if !matches!(before, Some(Relation::Below { .. })) && high.is_some() {
        return fail(input);
    }
    if matches!(before, Some(Relation::Below { .. })) {
        low = Some(Bound { value: first, inclusive: false });
    }
    // `66 ≤ 75` and `90 < x ≤ 100`: the sign before the second number bounds it from above.
    let upper = match (twice, relation_two) {
        (Some((_, relation)), _) => relation == Relation::Below { inclusive: true },
        (None, Some(Relation::Below { inclusive })) => inclusive,
        // `85 % - > 100 %`: to 100 and beyond; the form says no upper end.
        (None, Some(Relation::Above { .. })) if joined => {
            return Ok((input, (low, None, percent)));
        }
        _ => true,
    };
    if let (Some((_, _)), Some(Relation::Below { inclusive })) = (twice, relation_two) {
        low = Some(Bound { value: first, inclusive });
    }
    Ok((input, (low, Some(Bound { value: second, inclusive: upper }), percent)))
}

fn one_sided(input: &str) -> Parsed<'_, Bounds> {
    let signed = (alt((relation, worded)), blanks, number);
    let signed = map(signed, |(relation, _, (value, percent))| (Some(relation), value, percent));
    let ke = (blanks, opt(tag_no_case("ke")), blanks);
    let side = alt((
        value(Relation::Above { inclusive: true }, tag_no_case("atas")),
        value(Relation::Below { inclusive: true }, tag_no_case("bawah")),
    ));
    let upward = map((number, preceded(ke, side)), |((value, percent), relation)| {
        (Some(relation), value, percent)
    });
    // `50 ≥ x`
    let turned = (number, blanks, relation, blanks, variable);
    let turned = map(turned, |((value, percent), _, relation, _, _)| {
        let relation = match relation {
            Relation::Above { inclusive } => Relation::Below { inclusive },
            Relation::Below { inclusive } => Relation::Above { inclusive },
        };
        (Some(relation), value, percent)
    });
    let (input, (relation, value, percent)) = alt((signed, upward, turned)).parse(input)?;
    let (low, high) = end(value, relation, true);
    Ok((input, (low, high, percent)))
}

fn criterion(input: &str) -> Parsed<'_, (Bounds, &str)> {
    let between_word = opt((alt((tag_no_case("antara"), tag_no_case("diantara"))), blanks));
    let mut bounds = preceded((opt(variable), between_word), alt((between, one_sided)));
    let (input, bounds) = bounds.parse(input)?;
    let (input, tail) = preceded((blanks, opt(one_of("=:,")), blanks), rest).parse(input)?;
    Ok((input, (bounds, tail)))
}

/// Whether a text begins with a sign or digit, or with a letter or word that criteria begin with.
fn may_begin(text: &str) -> bool {
    let first = text.bytes().next().unwrap_or_default();
    // A variable, `antara`, `diantara`, `Rp`.
    !first.is_ascii_alphabetic() || b"xXnNaAdDrR".contains(&first) || lexicon::bound(text).is_some()
}

/// Reads a cell that is a range or a bound and nothing else but a unit or a grade.
pub fn read(text: &str) -> Option<Range> {
    let text = text.trim();
    // Every bound is written in digits.
    if text.len() > MAX || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let inner = text.strip_prefix(['(', '[']).and_then(|t| t.strip_suffix([')', ']']));
    let inner = inner.filter(|inner| !inner.contains(['(', ')'])).unwrap_or(text);
    if !may_begin(inner) {
        return None;
    }
    let ((low, high, percent), tail) = whole(criterion, inner)?;
    let mut range = Range { low, high, unit: percent.then_some("%".into()), grade: None };
    let tail = tail.trim_end_matches(['.', ';', ',']).trim();
    if tail.is_empty() {
        return Some(range);
    }
    let bare = tail.strip_prefix('(').and_then(|t| t.strip_suffix(')')).unwrap_or(tail).trim();
    range.grade = lexicon::grade(bare);
    if range.grade.is_none() {
        range.unit = Some(units::phrase(tail)?.unit);
    }
    Some(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = read(text).map_or("no".to_owned(), |range| {
            let low = range.low.map_or("(".to_owned(), |low| {
                format!("{}{}", if low.inclusive { "[" } else { "(" }, low.value)
            });
            let high = range.high.map_or(")".to_owned(), |high| {
                format!("{}{}", high.value, if high.inclusive { "]" } else { ")" })
            });
            let unit = range.unit.map_or(String::new(), |unit| format!(" {unit}"));
            let grade = range.grade.map_or(String::new(), |grade| format!(" {grade}"));
            format!("{low},{high}{unit}{grade}")
        });
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn scales_of_many_forms() {
        check(">90-100", "(90,100]");
        check("> 90 – 100", "(90,100]");
        check("0-30", "[0,30]");
        check("≤ 50%", "(,50] %");
        check("<= 50", "(,50]");
        check("< 55 %", "(,55) %");
        check("85 % - > 100 %", "[85,) %");
        check("66% ≤ 75%", "[66,75] %");
        check("90 < x ≤ 100", "(90,100]");
        check("X > 90", "(90,)");
        check("76 s/d 90", "[76,90]");
        check("50,1 - 60,0", "[50.1,60]");
        check("3.5-4.0", "[3.5,4]");
        check("1.8-2,6", "[1.8,2.6]");
        check(">90-100 (AA)", "(90,100] AA");
        check("≥ 80 %", "[80,) %");
        check("50 ≥ x", "(,50]");
        check("kurang dari 50", "(,50)");
        check("lebih dari 90%", "(90,) %");
        check("minimal 80%", "[80,) %");
        check("di atas 90", "(90,)");
        check("paling sedikit 5 orang", "[5,) orang");
        check("90 ke atas", "[90,)");
        check("5 - 10 hari", "[5,10] hari");
        check("> 100", "(100,)");
    }

    #[test]
    fn other_texts_are_no_criteria() {
        for text in
            ["100", "50 %", "10-5", "0561-731234", "12-05-2020", "kurang baik", "> -", "a > b"]
        {
            check(text, "no");
        }
    }
}

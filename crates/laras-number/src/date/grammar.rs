//! The grammar of dates, as the front page of [`crate::date`] has it. nom stays in this file.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while, take_while1};
use nom::character::complete::{char, one_of};
use nom::combinator::{map, map_opt, opt, verify};
use nom::multi::many0;
use nom::sequence::{preceded, terminated};

use super::{DateSpan, Point, Weekday};
use crate::lex::{Parsed, blanks, integer, listed};
use crate::lexicon::{self, Lower, Role};

fn year4(input: &str) -> Parsed<'_, u16> {
    map_opt(integer(4, 4), |year| {
        u16::try_from(year).ok().filter(|year| (1900..=2099).contains(year))
    })
    .parse(input)
}

/// `20` for 2020; from 70 on the last century.
fn year2(input: &str) -> Parsed<'_, u16> {
    map(integer(2, 2), |year| if year < 70 { 2000 + year as u16 } else { 1900 + year as u16 })
        .parse(input)
}

fn day(input: &str) -> Parsed<'_, u8> {
    map_opt(integer(1, 2), |day| u8::try_from(day).ok().filter(|day| (1..=31).contains(day)))
        .parse(input)
}

fn month_number(input: &str) -> Parsed<'_, u8> {
    map_opt(integer(1, 2), |month| u8::try_from(month).ok().filter(|m| (1..=12).contains(m)))
        .parse(input)
}

fn month_name(input: &str) -> Parsed<'_, u8> {
    terminated(listed(lexicon::month), opt(char('.'))).parse(input)
}

/// Any word of a label, with its dot.
fn label(input: &str) -> Parsed<'_, ()> {
    let word = terminated(
        listed(|word| matches!(lexicon::keyword(word), Some((Role::Date, _))).then_some(())),
        take_while(|c: char| matches!(c, '.' | ':' | ',' | ' ')),
    );
    map(word, |()| ()).parse(input)
}

fn weekday(input: &str) -> Parsed<'_, u8> {
    let stop = take_while(|c: char| matches!(c, ',' | '.' | '/' | ' ' | '\n'));
    terminated(listed(lexicon::day), stop).parse(input)
}

/// What stands between the parts of one date; a longer gap parts two texts.
fn separator(input: &str) -> Parsed<'_, &str> {
    let sign = |c: char| matches!(c, ' ' | '-' | '/' | ',' | '\n');
    verify(take_while1(sign), |gap: &str| gap.len() <= 4).parse(input)
}

/// `31 Juli 2020`, `31-Jul-20`, `31 Juli`
fn named(input: &str) -> Parsed<'_, Point> {
    let gap = || opt(separator);
    let year = preceded(separator, alt((year4, year2)));
    let bulan = opt((tag_no_case("bulan"), blanks));
    let tahun = opt((blanks, tag_no_case("tahun")));
    let head = (day, opt(char('.')), gap(), bulan, month_name, tahun);
    map((head, opt(year)), |((day, _, _, _, month, _), year)| Point {
        year,
        month: Some(month),
        day: Some(day),
        weekday: None,
    })
    .parse(input)
}

/// `Januari 2021`, `Jan-21`, `bulan Januari tahun 2021`, `Januari`
fn monthly(input: &str) -> Parsed<'_, Point> {
    let bulan = opt((tag_no_case("bulan"), blanks));
    let tahun = opt((blanks, tag_no_case("tahun")));
    let short = preceded(one_of("-/'"), year2);
    let year = alt((preceded(separator, year4), short));
    map((bulan, month_name, tahun, opt(year)), |(_, month, _, year)| Point {
        year,
        month: Some(month),
        ..Point::default()
    })
    .parse(input)
}

/// `31/12/2020`, `31-12-20`, `31.12.2020`, `2020-12-31`, `2020-12`
fn numeric(input: &str) -> Parsed<'_, Point> {
    let point = |day, month, year| Point {
        year: Some(year),
        month: Some(month),
        day: Some(day),
        weekday: None,
    };
    let iso = |input| -> Parsed<'_, Point> {
        let (input, year) = year4(input)?;
        let (input, sep) = one_of("-/.")(input)?;
        let (input, (month, _, day)) = (month_number, char(sep), day).parse(input)?;
        Ok((input, point(day, month, year)))
    };
    let local = |input| -> Parsed<'_, Point> {
        let (input, first) = day(input)?;
        let (input, sep) = one_of("-/.")(input)?;
        let (input, (second, _)) = (day, char(sep)).parse(input)?;
        // Two digits of a year only where nothing else can be meant: not with dots.
        let (input, year) =
            if sep == '.' { year4(input)? } else { alt((year4, year2)).parse(input)? };
        let (day, month) = if second > 12 { (second, first) } else { (first, second) };
        Ok((input, point(day, month, year)))
    };
    let iso_month = |input| -> Parsed<'_, Point> {
        let (input, (year, _, month)) = (year4, char('-'), integer(2, 2)).parse(input)?;
        let month = u8::try_from(month).ok().filter(|month| (1..=12).contains(month));
        if month.is_none() {
            return fail(input);
        }
        Ok((input, Point { year: Some(year), month, ..Point::default() }))
    };
    alt((iso, local, iso_month)).parse(input)
}

fn point(input: &str) -> Parsed<'_, Point> {
    let (input, _) = many0(label).parse(input)?;
    let (input, weekday) = opt(weekday).parse(input)?;
    let (input, _) = many0(label).parse(input)?;
    let (input, mut point) = alt((numeric, named, monthly)).parse(input)?;
    point.weekday = weekday.map(|printed| Weekday { printed, actual: None, agrees: None });
    Ok((input, point))
}

fn through(input: &str) -> Parsed<'_, ()> {
    let word = take_while1(|c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '/'));
    let known = map_opt(word, |word: &str| {
        let lower = Lower::new(word)?;
        lexicon::is_role(lower.as_str(), Role::Through).then_some(())
    });
    let dengan = opt((blanks, alt((tag_no_case("dengan"), tag_no_case("dgn")))));
    let dash = map(alt((tag("-"), tag("–"))), |_| ());
    map((blanks, alt((map((known, dengan), |_| ()), dash)), blanks), |_| ()).parse(input)
}

/// `27 s.d. 28 Juli 2022`, `27-28 Juli 2022`: only the second half has a month.
fn days_of_one_month(input: &str) -> Parsed<'_, DateSpan> {
    let (input, _) = many0(label).parse(input)?;
    let (input, weekday) = opt(weekday).parse(input)?;
    let dan = map((blanks, alt((tag_no_case("dan"), tag("&"))), blanks), |_| ());
    let (input, (first, (), to)) = (day, alt((through, dan)), point).parse(input)?;
    let weekday = weekday.map(|printed| Weekday { printed, actual: None, agrees: None });
    let from = Point { day: Some(first), weekday, ..to };
    if to.day.is_none() {
        return fail(input);
    }
    Ok((input, DateSpan { from, to: Some(to), fiscal: false, through: false }))
}

fn fail<T>(input: &str) -> Parsed<'_, T> {
    Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)))
}

fn dated(input: &str) -> Parsed<'_, DateSpan> {
    let (input, mut from) = point(input)?;
    let (input, to) = opt(preceded(through, point)).parse(input)?;
    if let Some(to) = to {
        if from.year.is_none() {
            from.year = to.year;
        }
        if !from.has_month() {
            return fail(input);
        }
    }
    Ok((input, DateSpan { from, to, fiscal: false, through: false }))
}

/// `TA 2020`, `Tahun 2018-2023`, `2018–2023`
pub(super) fn fiscal(input: &str) -> Parsed<'_, DateSpan> {
    let word = take_while1(|c: char| c.is_ascii_alphabetic() || c == '.');
    let known = map_opt(word, |word: &str| {
        let lower = Lower::new(word)?;
        let word = lower.as_str();
        matches!(lexicon::keyword(word), Some((Role::Year, _)))
            .then(|| word.starts_with("ta") && word.len() < 4 || word.starts_with("t."))
    });
    let anggaran = opt((blanks, alt((tag_no_case("anggaran"), tag_no_case("angg.")))));
    let marks = || take_while(|c: char| matches!(c, ' ' | '.' | ':' | '('));
    let label = map((known, anggaran, marks()), |(ta, anggaran, _)| ta || anggaran.is_some());
    let (input, label) = opt(label).parse(input)?;
    let (input, first) = year4(input)?;
    let joiner = alt((through, map((blanks, char('/'), blanks), |_| ())));
    let tahun = opt((tag_no_case("tahun"), blanks));
    let (input, last) = opt(preceded((joiner, tahun), year4)).parse(input)?;
    let (input, _) = opt(char(')')).parse(input)?;
    if (label.is_none() && last.is_none()) || last.is_some_and(|last| last < first) {
        return fail(input);
    }
    let year = |year| Point { year: Some(year), ..Point::default() };
    let (from, to) = (year(first), last.map(year));
    let span = DateSpan { from, to, fiscal: label == Some(true), through: false };
    Ok((input, span))
}

pub(crate) fn span(input: &str) -> Parsed<'_, DateSpan> {
    let (input, up_to) = opt(through).parse(input)?;
    let (input, mut span) = alt((days_of_one_month, dated, fiscal)).parse(input)?;
    if up_to.is_some() && span.to.is_some() {
        return fail(input);
    }
    span.through = up_to.is_some();
    Ok((input, span))
}

//! Dates as reports print them: days, months, years, spans, with or without the weekday.
//!
//! ```text
//! cell    = [label] point [ through point ] / through point
//! label   = "tanggal" / "tgl." / "per" / "pada" / "hari" …          ; data/keywords.tsv
//! point   = [weekday [","] [label]] ( day month [year] / month [year] / numeric / fiscal )
//! day     = 1*2DIGIT ["."]
//! month   = a spelling of data/months.tsv, with or without dot
//! numeric = d sep m sep y / y "-" m "-" d                          ; sep "/" "-" "."
//! fiscal  = ("Tahun" / "TA" / "T.A." …) ["Anggaran"] year [ ("/" / "-" / through) year ]
//!         / year ("-" / "/" / through) year
//! through = "s.d." / "s/d" / "sampai dengan" / "hingga" / "-" / "–"
//! ```
//!
//! A span borrows what its first half leaves out from its second (`27 s.d. 28 Juli 2022`). Day
//! before month is the order of the country; `7/31/2020` is still read, for it can only be July.
//! A year alone is a number and is not read here. Weekdays are checked against the calendar.
//!
//! ```
//! use laras_number::date;
//!
//! let span = date::read("Kamis, 27 Juli 2022").unwrap();
//! assert_eq!(span.to_string(), "2022-07-27");
//! assert_eq!(span.from.weekday.unwrap().agrees, Some(false)); // it was a Wednesday
//! assert_eq!(date::read("Nopember 2021").unwrap().to_string(), "2021-11");
//! ```

use std::fmt;

use jiff::civil::Date;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while, take_while1};
use nom::character::complete::{char, one_of};
use nom::combinator::{map, map_opt, opt, verify};
use nom::multi::many0;
use nom::sequence::{preceded, terminated};

use crate::lex::{Parsed, blanks, integer, listed, whole};
use crate::lexicon::{self, Lower, Role};

/// Longest date that is read, in bytes.
const MAX: usize = 120;

/// A weekday as printed, checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Weekday {
    /// As printed: 1 for Senin to 7 for Minggu.
    pub printed: u8,
    /// By the calendar; `None` where the date is not complete.
    pub actual: Option<u8>,
    /// Whether the two agree; `None` where the date is not complete.
    pub agrees: Option<bool>,
}

/// A day, a month or a year; at least one of the three is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Point {
    /// Year.
    pub year: Option<u16>,
    /// Month, 1–12.
    pub month: Option<u8>,
    /// Day, 1–31.
    pub day: Option<u8>,
    /// Weekday, where one is printed.
    pub weekday: Option<Weekday>,
}

impl Point {
    /// Whether the calendar has it; a point without year counts 29 February as a day.
    pub fn exists(self) -> bool {
        let year = self.year.map_or(2000, i32::from);
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        civil(year, month, day).is_some()
    }

    fn has_month(self) -> bool {
        self.month.is_some()
    }
}

fn civil(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

impl fmt::Display for Point {
    /// ISO 8601 (`2020-07-31`, `2021-01`, `2020`); without year `--07-31`, `--07`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("-")?,
        }
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

/// A date, or a span from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateSpan {
    /// The date, or the first of the span.
    pub from: Point,
    /// The last of the span.
    pub to: Option<Point>,
    /// Whether the text calls it a budget year (`TA 2020`, `Tahun Anggaran 2020`).
    pub fiscal: bool,
    /// Whether the text says "up to" (`s.d. 31 Desember 2020`); then there is no other end.
    pub through: bool,
}

impl DateSpan {
    /// Whether the calendar has every day of it.
    pub fn exists(&self) -> bool {
        self.from.exists() && self.to.is_none_or(Point::exists)
    }
}

impl fmt::Display for DateSpan {
    /// ISO 8601; the two ends of a span with `/` between.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.from, f)?;
        match self.to {
            Some(to) => write!(f, "/{to}"),
            None => Ok(()),
        }
    }
}

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
fn fiscal(input: &str) -> Parsed<'_, DateSpan> {
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

fn span(input: &str) -> Parsed<'_, DateSpan> {
    let (input, up_to) = opt(through).parse(input)?;
    let (input, mut span) = alt((days_of_one_month, dated, fiscal)).parse(input)?;
    if up_to.is_some() && span.to.is_some() {
        return fail(input);
    }
    span.through = up_to.is_some();
    Ok((input, span))
}

/// Checks printed weekdays against the calendar.
fn checked(mut span: DateSpan) -> DateSpan {
    let check = |point: &mut Point| {
        let (Some(weekday), Some(year), Some(month), Some(day)) =
            (&mut point.weekday, point.year, point.month, point.day)
        else {
            return;
        };
        let actual = civil(i32::from(year), month, day)
            .and_then(|date| u8::try_from(date.weekday().to_monday_one_offset()).ok());
        weekday.actual = actual;
        weekday.agrees = actual.map(|actual| actual == weekday.printed);
    };
    check(&mut span.from);
    if let Some(to) = &mut span.to {
        check(to);
    }
    span
}

/// Reads a cell that is a date, a month, or a span of dates, months or years.
///
/// A day that the calendar has not (`31 April 2020`) is read all the same; see
/// [`DateSpan::exists`]. A month needs no year (`Januari`), a year needs its label (`TA 2020`).
pub fn read(text: &str) -> Option<DateSpan> {
    if text.len() > MAX {
        return None;
    }
    let end = take_while(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ','));
    whole(terminated(span, end), text.trim()).map(checked)
}

/// Reads place and date as they stand over a signature: `Rantau, 31 Januari 2021`.
///
/// Gives the place and the date; the place is words without digits.
pub fn read_signed(text: &str) -> Option<(&str, DateSpan)> {
    if text.len() > MAX {
        return None;
    }
    let (place, date) = text.split_once(',')?;
    let place = place.trim();
    let words = !place.is_empty() && place.len() <= 40;
    let place = place.trim_start_matches(|c: char| !c.is_alphabetic());
    if !words
        || place.chars().any(|c| c.is_ascii_digit())
        || lexicon::day(&place.to_lowercase()).is_some()
    {
        return None;
    }
    let span = read(date.trim_matches(|c: char| c.is_whitespace() || c == '.' || c == '…'))?;
    span.from.has_month().then_some((place, span))
}

/// A date at the start of a text, and the byte after it; for running text.
pub(crate) fn prefix(text: &str) -> Option<(DateSpan, usize)> {
    let (rest, found) = span(text).ok()?;
    let end = text.len() - rest.len();
    let cut = rest.starts_with(|c: char| c.is_alphanumeric());
    (!cut).then(|| (checked(found), text[..end].trim_end().len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = read(text).map_or("no".to_owned(), |span| {
            let weekday = match span.from.weekday.map(|weekday| weekday.agrees) {
                None => "",
                Some(None) => " day?",
                Some(Some(true)) => " day ok",
                Some(Some(false)) => " day wrong",
            };
            let exists = if span.exists() { "" } else { " never" };
            let fiscal = if span.fiscal { " fiscal" } else { "" };
            format!("{span}{weekday}{exists}{fiscal}")
        });
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn days_in_every_dress() {
        check("31 Juli 2020", "2020-07-31");
        check("tanggal 3 Pebruari 2021", "2021-02-03");
        check("per 31 Desember 2020", "2020-12-31");
        check("31 Des. 2020", "2020-12-31");
        check("31-Des-20", "2020-12-31");
        check("17 Agust 2020", "2020-08-17");
        check("31/12/2020", "2020-12-31");
        check("31-12-20", "2020-12-31");
        check("31.12.2020", "2020-12-31");
        check("2020-12-31", "2020-12-31");
        check("2020-07", "2020-07");
        check("7/31/2020", "2020-07-31");
        check("17 Agustus", "--08-17");
        check("Senin, 3 Oktober 2022", "2022-10-03 day ok");
        check("hari Kamis tanggal 27 Juli 2022", "2022-07-27 day wrong");
        check("Jum'at 31 Juli 2020", "2020-07-31 day ok");
        check("31 April 2020", "2020-04-31 never");
        check("29 Februari 2021", "2021-02-29 never");
    }

    #[test]
    fn months_years_and_spans() {
        check("Januari 2021", "2021-01");
        check("Bulan Nopember Tahun 2020", "2020-11");
        check("Jan-21", "2021-01");
        check("September", "--09");
        check("27 Juli 2022 s.d 28 Juli 2022", "2022-07-27/2022-07-28");
        check("27 - 28 Juli 2022", "2022-07-27/2022-07-28");
        check("Januari s.d. Maret 2021", "2021-01/2021-03");
        check("Januari - Desember 2020", "2020-01/2020-12");
        check("2018-2023", "2018/2023");
        check("2018 – 2023", "2018/2023");
        check("Tahun 2018 s.d. 2023", "2018/2023");
        check("s.d. 31 Desember 2020", "2020-12-31");
        check("sampai dengan tahun 2019", "2019");
        check("TA 2020", "2020 fiscal");
        check("T.A. 2020", "2020 fiscal");
        check("Tahun Anggaran 2020", "2020 fiscal");
        check("Tahun 2020", "2020");
    }

    #[test]
    fn other_texts_are_no_dates() {
        for text in
            ["2020", "1.2.3", "12/5", "31 12 2020", "Mei lin", "Tahun", "2023-2018", "8.01.02"]
        {
            check(text, "no");
        }
    }

    #[test]
    fn places_are_split_off() {
        let (place, span) = read_signed("Rantau, 31 Januari 2021").unwrap();
        assert_eq!((place, span.to_string().as_str()), ("Rantau", "2021-01-31"));
        assert!(read_signed("Senin, 3 Oktober 2022").is_none());
    }
}

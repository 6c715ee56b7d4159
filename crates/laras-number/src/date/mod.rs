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

mod grammar;

use std::fmt;

use jiff::civil::Date;
use nom::bytes::complete::take_while;
use nom::sequence::terminated;

use crate::lex::{is_letter, whole};
use crate::lexicon::{self, Lower, Role};
use grammar::{fiscal, span};

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
    if text.len() > MAX
        || is_dotted_otherwise(text)
        || !may_begin_with_word(text.trim())
        || !has_day_or_month(text)
    {
        return None;
    }
    let end = take_while(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ','));
    whole(terminated(span, end), text.trim()).map(checked)
}

/// Whether a text is numbers with dots between, and not three of them, one of which is a year: a code or
/// an amount.
fn is_dotted_otherwise(text: &str) -> bool {
    let text = text.trim_end_matches('.');
    if !text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return false;
    }
    let (mut parts, mut years) = (0, 0);
    for part in text.split('.') {
        parts += 1;
        years += usize::from(part.len() == 4);
    }
    parts != 3 || years == 0
}

/// Whether the word that a text begins with is one that dates begin with; yes where it begins with none.
fn may_begin_with_word(text: &str) -> bool {
    let word = &text[..text.bytes().take_while(u8::is_ascii_alphabetic).count()];
    let is_whole = !text[word.len()..].starts_with(|c| is_letter(c) || matches!(c, '.' | '/'));
    let is_month = || word.get(..5).is_some_and(|begin| begin.eq_ignore_ascii_case("bulan"));
    word.is_empty()
        || !is_whole
        || is_month()
        || Lower::new(word).is_none_or(|word| lexicon::lead(word.as_str()).is_some())
}

/// Whether a text holds a digit or the name of a month, as every date does.
fn has_day_or_month(text: &str) -> bool {
    let is_month = |word: &str| lexicon::month(word).is_some();
    // Words that a month may follow without a blank.
    let behind = |word: &str| {
        ["bulan", "dengan", "dgn"]
            .iter()
            .any(|label| word.strip_prefix(label).is_some_and(is_month))
    };
    let names_month = |word: &str| {
        Lower::new(word).is_some_and(|word| is_month(word.as_str()) || behind(word.as_str()))
    };
    text.bytes().any(|b| b.is_ascii_digit())
        || text.split(|c: char| !is_letter(c)).filter(|word| word.len() > 2).any(names_month)
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
    if let Some((point, end)) = plain_day(text) {
        let span = DateSpan { from: point, to: None, fiscal: false, through: false };
        return Some((span, end));
    }
    let (rest, found) = match text.as_bytes().first()? {
        b'0'..=b'9' if !may_begin(text) => return None,
        // No other rule begins with the word for a year.
        first if first.is_ascii_alphabetic() && begins_with_year(text) => match plain_year(text) {
            Some(plain) => return Some(plain),
            None => fiscal(text).ok()?,
        },
        _ => match plain_month(text) {
            Some(plain) => return Some(plain),
            None if !may_follow_label(text) => return None,
            None => span(text).ok()?,
        },
    };
    let end = text.len() - rest.len();
    let cut = rest.starts_with(|c: char| c.is_alphanumeric());
    (!cut).then(|| (checked(found), text[..end].trim_end().len()))
}

/// A day as most are printed, `31 Desember 2020`, where no other end of a span can follow; and the byte
/// after it. The grammar reads it the same, but looks for much else first.
fn plain_day(text: &str) -> Option<(Point, usize)> {
    let (day, rest) = text.split_once(' ').filter(|(day, _)| matches!(day.len(), 1 | 2))?;
    let day = number(day).filter(|day| (1..=31).contains(day))?;
    let letters = rest.find(|c: char| !is_letter(c))?;
    let month = lexicon::month(Lower::new(&rest[..letters])?.as_str())?;
    let rest = rest[letters..].strip_prefix(' ')?;
    let year = number(rest.get(..4)?).filter(|year| (1900..=2099).contains(year))?;
    let behind = &rest[4..];
    if may_go_on(behind) {
        return None;
    }
    let point = Point { year: Some(year), month: Some(month), day: Some(day as u8), weekday: None };
    Some((point, text.len() - behind.len()))
}

/// Whether what stands behind a year may be more of a span: its other end, or letters that are glued to it.
fn may_go_on(behind: &str) -> bool {
    let next = behind.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let word = next.find(|c: char| !c.is_ascii_alphabetic() && !matches!(c, '.' | '/'));
    let word = &next[..word.unwrap_or(next.len())];
    let is_through = Lower::new(word).is_some_and(|w| lexicon::is_role(w.as_str(), Role::Through));
    behind.starts_with(char::is_alphanumeric) || next.starts_with(['-', '–']) || is_through
}

/// A year as most are printed, `Tahun 2020`, where no other end of a span can follow; and the byte after
/// it. The grammar reads it the same, but looks for much else first. The word is one for a year.
fn plain_year(text: &str) -> Option<(DateSpan, usize)> {
    let (word, rest) = text.split_once(' ')?;
    let year = number(rest.get(..4)?).filter(|year| (1900..=2099).contains(year))?;
    let behind = &rest[4..];
    let is_more = behind.starts_with(')') || behind.trim_start().starts_with('/');
    if !word.eq_ignore_ascii_case("tahun") || is_more || may_go_on(behind) {
        return None;
    }
    let from = Point { year: Some(year), ..Point::default() };
    let span = DateSpan { from, to: None, fiscal: false, through: false };
    Some((span, text.len() - behind.len()))
}

/// A month as most are printed, `Januari 2020`; as [`plain_year`].
fn plain_month(text: &str) -> Option<(DateSpan, usize)> {
    let (word, rest) = text.split_once(' ')?;
    let month = lexicon::month(Lower::new(word)?.as_str())?;
    let year = number(rest.get(..4)?).filter(|year| (1900..=2099).contains(year))?;
    let behind = &rest[4..];
    let from = Point { year: Some(year), month: Some(month), ..Point::default() };
    let span = DateSpan { from, to: None, fiscal: false, through: false };
    (!may_go_on(behind)).then(|| (span, text.len() - behind.len()))
}

/// A number of at most four digits and nothing else.
fn number(digits: &str) -> Option<u16> {
    if digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit()) {
        digits.parse().ok()
    } else {
        None
    }
}

/// Whether a text that begins with a figure may begin with a date: a look at what stands behind the
/// figure, which most numbers fail.
fn may_begin(text: &str) -> bool {
    let behind = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let next = behind.trim_start_matches(|c: char| {
        c.is_ascii_whitespace() || matches!(c, '.' | ',' | '-' | '/' | '–')
    });
    let between = &behind[..behind.len() - next.len()];
    match next.chars().next() {
        // `31.12.2020`: dots part a date only if a whole year ends it.
        Some('0'..='9') if between == "." => {
            let second = next.trim_start_matches(|c: char| c.is_ascii_digit());
            let year = second.strip_prefix('.').unwrap_or_default().bytes().take(4);
            next.len() - second.len() <= 2 && year.filter(u8::is_ascii_digit).count() == 4
        }
        Some('0'..='9') => between.contains(['-', '/', '–']),
        Some('&') => true,
        Some(c) if is_letter(c) => may_follow_day(next),
        _ => false,
    }
}

/// Whether words may stand behind a day in a date: a month, with or without its label, or what leads to
/// the end of a span.
fn may_follow_day(words: &str) -> bool {
    let is_month_or_label = |word: &str| {
        lexicon::month(word).is_some()
            || ["bulan", "tahun"].iter().any(|label| word.starts_with(label))
            || matches!(word, "dan" | "s" | "sd")
            || lexicon::is_role(word, Role::Through)
    };
    let end = words.find(|c: char| !is_letter(c)).unwrap_or(words.len());
    // No list has a longer word, but one may be glued to a label.
    Lower::new(&words[..end]).is_none_or(|word| is_month_or_label(word.as_str()))
}

/// Whether a date can stand behind the label that a text begins with, if it begins with one: `pada` and
/// `per` stand before much else.
fn may_follow_label(text: &str) -> bool {
    let word = |text: &str| Lower::new(&text[..text.find(|c| !is_letter(c)).unwrap_or(text.len())]);
    let is_label = |word: &Lower| lexicon::is_role(word.as_str(), Role::Date);
    let Some(label) = word(text).filter(is_label) else { return true };
    let behind = text[label.as_str().len()..].trim_start_matches(['.', ':', ',', ' ']);
    let is_known = |word: Lower| {
        let lower = word.as_str();
        // A month may be glued to its label.
        is_label(&word)
            || lexicon::day(lower).is_some()
            || lexicon::month(lower).is_some()
            || lower.starts_with("bulan")
    };
    behind.starts_with(|c: char| c.is_ascii_digit())
        || behind.starts_with(is_letter) && word(behind).is_none_or(is_known)
}

/// Whether the first word of a text is one for a year: `Tahun 2020`, `TA 2018-2023`.
fn begins_with_year(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    Lower::new(&text[..end]).is_some_and(|word| lexicon::is_role(word.as_str(), Role::Year))
        && !text[end..].starts_with(is_letter)
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
        let (place, span) = read_signed("Rantau, 31 Januari 2021").expect("a place and a date");
        assert_eq!((place, span.to_string().as_str()), ("Rantau", "2021-01-31"));
        assert!(read_signed("Senin, 3 Oktober 2022").is_none());
    }

    proptest::proptest! {
        #[test]
        fn the_beginnings_of_dates_are_known(
            text in "(tahun|TA|T.A.|Thn|tanggal|senin,|)[ ]?([0-9]{1,2}|20[0-9]{2})[., /&–-]{0,3}(s[.]d[.]|s/d|sd|sampai dengan|hingga|dan|bulan|Tahun|)[ ]?(januari|Juli|Des|bulanmei|kegiatan|[0-9]{1,3}|)[ ./-]{0,2}(tahun|)[ ]?(20[0-9]{2}|[0-9]{2}|)[ –-]{0,2}(31 Mei 2021|2023|)",
        ) {
            let slow = span(&text).ok().map(|(rest, found)| (found, rest.len()));
            let is_year = begins_with_year(&text);
            let year = fiscal(&text).ok().map(|(rest, found)| (found, rest.len()));
            proptest::prop_assert!(!is_year || slow == year, "{text}");
            let figure = text.starts_with(|c: char| c.is_ascii_digit());
            proptest::prop_assert!(slow.is_none() || !figure || may_begin(&text), "{text}");
        }

        #[test]
        fn plain_days_are_read_as_the_grammar_reads_them(
            text in "[0-9]{1,2} (januari|Juli|Des|Mei|kegiatan) ?(20[0-9]{2}|[0-9]{3,5})[ \n,.]{0,2}(s[.]d[.]|s/d|sd|sampai|hingga|-|–|dan|x|)[ ]?(31 Mei 2021|2023|[(]|)",
        ) {
            let slow = span(&text).ok().map(|(rest, found)| (found, rest.len()));
            if let Some((point, end)) = plain_day(&text) {
                let plain = DateSpan { from: point, to: None, fiscal: false, through: false };
                proptest::prop_assert_eq!(slow, Some((plain, text.len() - end)), "{}", text);
            }
        }

        #[test]
        fn plain_years_and_months_are_read_as_the_grammar_reads_them(
            text in "(tahun|TAHUN|Tahun|januari|Jul|MEI) ?(20[0-9]{2}|[0-9]{3,5})[ \n,.]{0,2}(s[.]d[.]|s/d|sd|sampai|hingga|-|/|–|dan|x|)[ ]?(Tahun |)(31 Mei 2021|2023|[()]|)",
        ) {
            let slow = span(&text).ok().map(|(rest, found)| (found, rest.len()));
            let is_year = begins_with_year(&text);
            let plain = if is_year { plain_year(&text) } else { plain_month(&text) };
            if let Some((plain, end)) = plain {
                proptest::prop_assert_eq!(slow, Some((plain, text.len() - end)), "{}", text);
            }
        }

        #[test]
        fn what_the_grammar_reads_is_looked_at(
            text in "(s[.]d[.] |sampai dengan |tanggal |senin, |bulan ?|)([0-9]{0,2}|)[ .-]?(januari|Jul|[0-9]{1,2})[ ./-]?(20[0-9]{2}|)( - |s/d |)(januari|12|)( 2021|)[.]{0,2}",
        ) {
            let read = whole(span, &text).is_some();
            proptest::prop_assert!(!read || !is_dotted_otherwise(&text) && has_day_or_month(&text), "{}", text);
        }
    }
}

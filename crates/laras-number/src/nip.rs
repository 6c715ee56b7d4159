//! Civil servants' numbers, and the numbers that look like them.
//!
//! ```text
//! cell  = [label] digits
//! label = "NIP" / "NIPPPK" / "NI PPPK" / "NRP" / "NIK", with dot or colon
//! digits = 1*( DIGIT / look-alike letter ), with blanks, dots or hyphens between
//!
//! PNS   = birth(yyyymmdd) appointed(yyyymm) sex(1/2) serial(001-999)              18 digits
//! PPPK  = birth(yyyymmdd) appointed(yyyy) "2" contract(1-9) sex(1/2) serial       18 digits
//! old NIP = 9 digits · NRP (police) = birth(yymm) serial, 8 digits · NIK = 16 digits
//! ```
//!
//! Sources: Perka BKN 22/2007 (NIP), Peraturan BKN 1/2019 (NI PPPK). A number that cannot be is
//! still read; [`Nip::problems`] says precisely what cannot be.
//!
//! ```
//! use laras_number::nip::{self, Kind, Problem};
//!
//! let good = nip::read("NIP. 19780214 200501 1 004").unwrap();
//! assert_eq!((good.kind, good.digits.as_str()), (Kind::Pns, "197802142005011004"));
//! let bad = nip::read("NIP. 19780230 200501 3 000").unwrap();
//! assert_eq!(bad.problems, [Problem::BirthDate, Problem::Sex, Problem::Serial]);
//! ```

use std::fmt;

use jiff::civil::Date;
use nom::Parser;
use nom::bytes::complete::{take_while, take_while1};
use nom::combinator::{map_opt, opt};
use nom::multi::many0;
use nom::sequence::preceded;

use crate::lex::{Parsed, blanks, whole};
use crate::lexicon::{self, Lower, Role};

/// What kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// NIP of a civil servant, 18 digits.
    Pns,
    /// Number of a contract employee (PPPK), 18 digits.
    Pppk,
    /// NIP of before 2008, 9 digits.
    Old,
    /// Police or army number.
    Nrp,
    /// Resident number, 16 digits.
    Nik,
    /// Called NIP, or built like one, with another number of digits.
    Unknown,
}

impl Kind {
    /// A word for it: `pns`, `pppk`, `nip_9`, `nrp`, `nik`, `unknown`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pns => "pns",
            Self::Pppk => "pppk",
            Self::Old => "nip_9",
            Self::Nrp => "nrp",
            Self::Nik => "nik",
            Self::Unknown => "unknown",
        }
    }
}

/// What cannot be about a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Problem {
    /// Not 18 digits; this many instead.
    Length(u8),
    /// The first eight digits are no day of the calendar, or none that a servant can be born on.
    BirthDate,
    /// The month of appointment is not 01–12.
    AppointmentMonth,
    /// The year of appointment is before 1945 or after 2099.
    AppointmentYear,
    /// Appointed before the age of 15 or after the age of 70.
    Age(i16),
    /// The sex digit is neither 1 nor 2.
    Sex,
    /// The serial number is 000.
    Serial,
    /// The contract count of a PPPK is 0.
    Contract,
    /// A letter stands where a digit belongs.
    Letter,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(digits) => write!(f, "{digits} digits instead of 18"),
            Self::BirthDate => f.write_str("no such birth date"),
            Self::AppointmentMonth => f.write_str("no such month of appointment"),
            Self::AppointmentYear => f.write_str("no such year of appointment"),
            Self::Age(age) => write!(f, "appointed at the age of {age}"),
            Self::Sex => f.write_str("sex digit is neither 1 nor 2"),
            Self::Serial => f.write_str("serial number is 000"),
            Self::Contract => f.write_str("contract count is 0"),
            Self::Letter => f.write_str("a letter among the digits"),
        }
    }
}

/// Sex as the number says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// 1
    Male,
    /// 2
    Female,
}

/// A number of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nip {
    /// The digits alone; look-alike letters replaced.
    pub digits: String,
    /// What kind of number.
    pub kind: Kind,
    /// What cannot be, first to last digit; empty for a sound number.
    pub problems: Vec<Problem>,
    /// Date of birth (`1978-02-14`) where it can be.
    pub birth: Option<String>,
    /// Appointment: `2005-01` for a PNS, `2021` for a PPPK, where it can be.
    pub appointed: Option<String>,
    /// Sex, where the digit says one.
    pub sex: Option<Sex>,
    /// Whether a label (`NIP.`) stands before it.
    pub labelled: bool,
}

impl Nip {
    /// Whether nothing speaks against it.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    /// Whether the contract calls this `nip.invalid`: an NIP by label or build that cannot be.
    pub fn is_invalid(&self) -> bool {
        !self.problems.is_empty() && matches!(self.kind, Kind::Pns | Kind::Pppk | Kind::Unknown)
    }
}

/// Longest printed form, in bytes.
const MAX: usize = 64;

fn label(input: &str) -> Parsed<'_, &'static str> {
    let word = take_while1(|c: char| c.is_ascii_alphabetic() || c == '.' || c == '3');
    let (rest, kind) = map_opt(word, |word: &str| {
        let lower = Lower::new(word)?;
        match lexicon::keyword(lower.as_str().trim_end_matches('.')) {
            Some((Role::Nip, kind)) => Some(kind),
            _ => None,
        }
    })
    .parse(input)?;
    let pppk = preceded(blanks, nom::bytes::complete::tag_no_case("pppk"));
    let (rest, pppk) = opt(pppk).parse(rest)?;
    let (rest, _) = take_while(|c: char| matches!(c, ' ' | '.' | ':' | ',')).parse(rest)?;
    Ok((rest, if pppk.is_some() { "pppk" } else { kind }))
}

/// Blocks of digits, look-alike letters among them.
fn blocks(input: &str) -> Parsed<'_, Vec<&str>> {
    let block = || take_while1(|c: char| digit_of(c).is_some());
    let gap = take_while1(|c: char| matches!(c, ' ' | '.' | '-' | '\n'));
    let (rest, first) = block().parse(input)?;
    let (rest, mut others) = many0(preceded(gap, block())).parse(rest)?;
    others.insert(0, first);
    let (rest, _) = take_while(|c: char| matches!(c, ' ' | '.' | ',')).parse(rest)?;
    Ok((rest, others))
}

fn digit_of(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        'O' | 'o' => Some('0'),
        'l' | 'I' => Some('1'),
        _ => None,
    }
}

/// Reads a cell that holds one such number and nothing else.
///
/// Without a label only an 18-digit number, blocks of 8-6-1-3, a number of 17 to 19 digits that
/// begins with a birth date, and a well-built 16-digit NIK are taken for one.
pub fn read(text: &str) -> Option<Nip> {
    let text = text.trim();
    if text.len() > MAX {
        return None;
    }
    let (label, blocks) = whole((opt(label), blocks), text)?;
    let mut digits = String::with_capacity(text.len());
    digits.extend(blocks.iter().flat_map(|b| b.chars()).filter_map(digit_of));
    let letter = !blocks.iter().all(|block| block.bytes().all(|b| b.is_ascii_digit()));
    let lens: Vec<usize> = blocks.iter().map(|block| block.len()).collect();
    let solid = blocks.len() == 1 || lens[0] == 8 || (lens[0] == 4 && lens.len() >= 4);
    let kind =
        match (label, digits.len()) {
            (Some("nrp"), 5..=14) => Kind::Nrp,
            (Some("nik"), 16) => Kind::Nik,
            (Some("nik"), _) => return None,
            (Some(_), 18) => kind_of_18(&digits, label == Some("pppk")),
            (Some(_), 9) => Kind::Old,
            (Some(_), 8) if !is_birth(&digits) => Kind::Nrp,
            (Some(_), 10..=25) => Kind::Unknown,
            (None, 18) if solid && !letter && digits.starts_with(['1', '2']) => {
                kind_of_18(&digits, false)
            }
            (None, 17..=19)
                if solid && is_birth(&digits) && digits[8..].starts_with(['1', '2']) =>
            {
                if digits.len() == 18 { kind_of_18(&digits, false) } else { Kind::Unknown }
            }
            (None, 16) if blocks.len() == 1 && !letter && is_nik(&digits) => Kind::Nik,
            _ => return None,
        };
    let mut nip = Nip {
        kind,
        problems: Vec::new(),
        birth: None,
        appointed: None,
        sex: None,
        labelled: label.is_some(),
        digits,
    };
    check(&mut nip);
    if letter && matches!(nip.kind, Kind::Pns | Kind::Pppk | Kind::Unknown) {
        nip.problems.push(Problem::Letter);
    }
    Some(nip)
}

fn number(digits: &str) -> i16 {
    digits.parse().unwrap_or(i16::MAX)
}

fn calendar(digits: &str) -> Option<Date> {
    let (year, month, day) = (digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn is_birth(digits: &str) -> bool {
    calendar(digits).is_some_and(|date| (1920..=2015).contains(&date.year()))
}

fn kind_of_18(digits: &str, labelled: bool) -> Kind {
    // A PPPK has `2` and the contract count where a PNS has the month of appointment.
    let contract = digits.as_bytes().get(12) == Some(&b'2');
    let recent = number(&digits[8..12]) >= 2019;
    if contract && (recent || labelled) { Kind::Pppk } else { Kind::Pns }
}

/// Province code and birth date (women's days count from 41) where a NIK has them.
fn is_nik(digits: &str) -> bool {
    let part = |from: usize, to: usize| digits.get(from..to).map_or(0, number);
    let day = part(6, 8);
    (11..=96).contains(&part(0, 2))
        && ((1..=31).contains(&day) || (41..=71).contains(&day))
        && (1..=12).contains(&part(8, 10))
}

/// Fills in what an 18-digit number says and what cannot be about it.
fn check(nip: &mut Nip) {
    if nip.kind == Kind::Unknown {
        nip.problems.push(Problem::Length(nip.digits.len() as u8));
        if nip.digits.len() > 8 {
            nip.birth = birth(&nip.digits);
        }
        return;
    }
    if !matches!(nip.kind, Kind::Pns | Kind::Pppk) {
        return;
    }
    let digits = &nip.digits;
    nip.birth = birth(digits);
    if nip.birth.is_none() {
        nip.problems.push(Problem::BirthDate);
    }
    let year = number(&digits[8..12]);
    let sane_year = (1945..=2099).contains(&year);
    if !sane_year {
        nip.problems.push(Problem::AppointmentYear);
    }
    if nip.kind == Kind::Pns {
        let month = number(&digits[12..14]);
        if !(1..=12).contains(&month) {
            nip.problems.push(Problem::AppointmentMonth);
        } else if sane_year {
            nip.appointed = Some([&digits[8..12], &digits[12..14]].join("-"));
        }
    } else {
        if &digits[13..14] == "0" {
            nip.problems.push(Problem::Contract);
        }
        if sane_year {
            nip.appointed = Some(year.to_string());
        }
    }
    if nip.birth.is_some() && sane_year {
        let age = year - number(&digits[..4]);
        if !(15..=70).contains(&age) {
            nip.problems.push(Problem::Age(age));
        }
    }
    nip.sex = match &digits[14..15] {
        "1" => Some(Sex::Male),
        "2" => Some(Sex::Female),
        _ => None,
    };
    if nip.sex.is_none() {
        nip.problems.push(Problem::Sex);
    }
    if &digits[15..18] == "000" {
        nip.problems.push(Problem::Serial);
    }
}

fn birth(digits: &str) -> Option<String> {
    let date = calendar(digits)?;
    let parts = || [&digits[..4], &digits[4..6], &digits[6..8]];
    (1920..=2015).contains(&date.year()).then(|| parts().join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = read(text).map_or("no".to_owned(), |nip| {
            let problems: Vec<String> = nip.problems.iter().map(ToString::to_string).collect();
            format!("{:?} {} {}", nip.kind, nip.digits, problems.join(", "))
        });
        assert_eq!(found.trim_end(), expected, "{text:?}");
    }

    #[test]
    fn kinds_are_told_apart() {
        check("19780214 200501 1 004", "Pns 197802142005011004");
        check("197802142005011004", "Pns 197802142005011004");
        check("NIP : 19780214.200501.1.004", "Pns 197802142005011004");
        check("NI PPPK. 19900317 202321 2 015", "Pppk 199003172023212015");
        check("199003172023212015", "Pppk 199003172023212015");
        check("NIP. 010 123 456", "Old 010123456");
        check("NRP. 76051234", "Nrp 76051234");
        check("NIK 6171055203850002", "Nik 6171055203850002");
        check("6171055203850002", "Nik 6171055203850002");
        check("010123456", "no");
        check("1234567890", "no");
        check("9999999999999999", "no");
        check("NIP.", "no");
    }

    #[test]
    fn what_cannot_be_is_said() {
        check("NIP. 19780214 2005013 1 004", "Unknown 1978021420050131004 19 digits instead of 18");
        check("NIP. 19781314 200501 1 004", "Pns 197813142005011004 no such birth date");
        check("19780214 200513 1 004", "Pns 197802142005131004 no such month of appointment");
        check("19780214 198501 1 004", "Pns 197802141985011004 appointed at the age of 7");
        check(
            "NIP 19780214 200501 3 000",
            "Pns 197802142005013000 sex digit is neither 1 nor 2, serial number is 000",
        );
        check("NIP. 197802I4 200501 1 004", "Pns 197802142005011004 a letter among the digits");
    }
}

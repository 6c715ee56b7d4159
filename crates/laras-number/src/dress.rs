//! What stands before and behind the digits: signs, brackets, currency, percent, `,-`, scale
//! words, footnote stars. The grammar only; [`crate::cell`] says what it means.
//!
//! ```text
//! before = *( blank / "(" / "[" / "-" / "+" / "=" / ":" / currency / approx / quote / stray / loose )
//! currency = "Rp" / "Rp." / "IDR" …                                 ; data/keywords.tsv
//! stray  = "|" / "_" / "^"
//! loose  = ("." / ",") blank                                        ; before only
//!
//! behind = [dash] *( blank / "%" / ")" / "]" / "*" [")"] / scale / currency / quote / stray )
//! dash   = blanks ["." / "," / ";"] blanks 1*( "-" / "=" )          ; `,-` `.-` ` .-` `,=`
//! scale  = "juta" / "miliar" / "M" …                                ; data/scales.tsv
//! ```

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while, take_while_m_n, take_while1};
use nom::character::complete::one_of;
use nom::combinator::{map_opt, opt, value};
use nom::multi::fold_many0;

use crate::lex::Parsed;
use crate::lexicon::{self, Lower, Role};

/// Everything found around the digits.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each sign is there or not, independently")]
pub(crate) struct Dress {
    pub(crate) open: bool,
    pub(crate) close: bool,
    pub(crate) minus: bool,
    /// A blank stands between the minus and the number, as after a list mark.
    pub(crate) minus_apart: bool,
    pub(crate) currency: Option<&'static str>,
    pub(crate) percent: bool,
    /// `,-` behind the digits.
    pub(crate) dash: bool,
    /// The dash has no mark before it and could be a minus: `1.665.000-`.
    pub(crate) dash_bare: bool,
    /// `kurang lebih`, `±`
    pub(crate) approx: bool,
    /// Power of ten of a scale word.
    pub(crate) scale: Option<u8>,
    /// Whether the scale word could be a unit (`M` for meter).
    pub(crate) scale_unsure: bool,
    /// Separators before the digits, with a blank between.
    pub(crate) loose_mark: bool,
    /// Separators behind the digits that separate nothing.
    pub(crate) stray_mark: bool,
    /// Other signs that belong to nothing.
    pub(crate) stray_sign: bool,
    pub(crate) footnote: bool,
}

#[derive(Clone, Copy)]
enum Item {
    Blank,
    Open,
    Close,
    Minus,
    Plus,
    Currency(&'static str),
    Percent,
    Approx,
    Stray,
    LooseMark,
    Quote,
    Footnote,
    Scale(u8, bool),
}

fn blank(input: &str) -> Parsed<'_, Item> {
    value(Item::Blank, take_while1(|c: char| c == ' ' || c == '\n')).parse(input)
}

/// A currency word with its dot; no letter may follow.
fn currency(input: &str) -> Parsed<'_, Item> {
    let word = take_while1(|c: char| c.is_ascii_alphabetic() || c == '$');
    let (rest, unit) = map_opt(word, |word: &str| {
        // `Rp` is nearly all there is; the list is asked for the others.
        if word.eq_ignore_ascii_case("rp") {
            return Some("IDR");
        }
        match lexicon::keyword(Lower::new(word)?.as_str()) {
            Some((Role::Currency, unit)) => Some(unit),
            _ => None,
        }
    })
    .parse(input)?;
    let (rest, _) = take_while(|c: char| matches!(c, '.' | ':' | ';' | ',')).parse(rest)?;
    Ok((rest, Item::Currency(unit)))
}

fn approx(input: &str) -> Parsed<'_, Item> {
    // Nothing else begins one.
    if !input.starts_with(|c: char| "±≈~+klsKLS".contains(c)) {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Tag)));
    }
    let sign = alt((
        tag("±"),
        tag("≈"),
        tag("~"),
        tag("+/-"),
        tag("+-"),
        tag_no_case("kurang lebih"),
        tag_no_case("lebih kurang"),
        tag_no_case("lk."),
        tag_no_case("sekitar"),
        tag_no_case("kira-kira"),
    ));
    value(Item::Approx, sign).parse(input)
}

/// Reads what stands before the digits; gives the rest.
pub(crate) fn before(text: &str) -> (Dress, &str) {
    // None of the signs begins with a digit.
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return (Dress::default(), text);
    }
    // Most letters begin a currency or nothing.
    let first = text.bytes().next().unwrap_or_default();
    if first.is_ascii_alphabetic() && !b"klsKLS".contains(&first) && currency(text).is_err() {
        return (Dress::default(), text);
    }
    let signs = alt((
        blank,
        value(Item::Open, one_of("([")),
        approx,
        value(Item::Minus, tag("-")),
        value(Item::Plus, tag("+")),
        currency,
        value(Item::Quote, one_of("'\"`")),
        value(Item::Quote, one_of("=:")),
        value(Item::Stray, one_of("|_^")),
        // A mark that stands apart from the digits: `. 1.665.000`.
        value(Item::LooseMark, (take_while1(|c| c == '.' || c == ','), tag(" "))),
    ));
    let mut items = fold_many0(signs, Dress::default, |mut dress, item| {
        match item {
            // In `-Rp 500` the blank belongs to the currency.
            Item::Blank if dress.minus && dress.currency.is_none() => dress.minus_apart = true,
            Item::Open => dress.open = true,
            Item::Minus => (dress.minus, dress.minus_apart) = (true, false),
            Item::Currency(unit) => dress.currency = Some(unit),
            Item::Approx => dress.approx = true,
            Item::Stray => dress.stray_sign = true,
            Item::LooseMark => dress.loose_mark = true,
            _ => {}
        }
        dress
    });
    match items.parse(text) {
        Ok((rest, dress)) => (dress, rest),
        Err(_) => (Dress::default(), text),
    }
}

/// `,-` and its relatives, directly behind the digits.
///
/// `true` for a dash without a mark before it.
fn dash(input: &str) -> Parsed<'_, bool> {
    let mark = opt(take_while_m_n(1, 2, |c| matches!(c, '.' | ',' | ';')));
    let blanks = || take_while(|c: char| c == ' ');
    let dashes = take_while1(|c: char| c == '-' || c == '=');
    let (rest, (_, mark, blanks, _)) = (blanks(), mark, blanks(), dashes).parse(input)?;
    let (rest, _) = take_while(|c: char| c == '.' || c == ',').parse(rest)?;
    // Without a mark of its own a dash could join two numbers.
    let ends = rest.trim_start();
    let sure = if mark.is_some() && blanks.is_empty() {
        !ends.starts_with(|c: char| c.is_ascii_digit())
    } else {
        ends.is_empty() || ends.starts_with([')', '('])
    };
    if sure {
        Ok((rest, mark.is_none()))
    } else {
        Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)))
    }
}

/// A scale word; short ones only where they cannot be a unit.
fn scale(money: bool) -> impl FnMut(&str) -> Parsed<'_, Item> {
    move |input| {
        let word = take_while1(|c: char| c.is_ascii_alphabetic());
        map_opt(word, |word: &str| {
            let power = lexicon::scale(Lower::new(word)?.as_str())?;
            let unsure = match word {
                "M" => !money,
                "m" | "ml" | "ML" | "Ml" | "T" | "t" if money => false,
                "m" | "ml" | "ML" | "Ml" | "T" | "t" => return None,
                _ => false,
            };
            Some(Item::Scale(power, unsure))
        })
        .parse(input)
    }
}

/// Reads what stands behind the digits; gives the rest, blanks taken off.
pub(crate) fn behind<'t>(text: &'t str, dress: &mut Dress) -> &'t str {
    if text.is_empty() {
        return text;
    }
    let text = match dash(text) {
        Ok((rest, bare)) => {
            (dress.dash, dress.dash_bare) = (true, bare);
            rest
        }
        Err(_) => text,
    };
    // A mark that nothing follows separates nothing.
    let marks = text.trim_start_matches(['.', ',']);
    let after = marks.trim_start();
    let mut rest = text;
    if marks.len() < text.len() && (after.is_empty() || after.starts_with([')', ']', '%', ';'])) {
        // Three dots and more are a line that was filled in.
        dress.stray_mark = text.len() - marks.len() < 3;
        rest = marks;
    }
    let money = dress.currency.is_some();
    let signs = alt((
        blank,
        value(Item::Percent, tag("%")),
        value(Item::Close, one_of(")]")),
        value(
            Item::Footnote,
            (take_while1(|c| matches!(c, '*' | '¹' | '²' | '³' | '†')), opt(tag(")"))),
        ),
        scale(money),
        currency,
        value(Item::Quote, one_of("'\"`")),
        value(Item::Stray, one_of("|_^")),
    ));
    let mut items = fold_many0(
        signs,
        || (),
        |(), item| match item {
            Item::Close => dress.close = true,
            Item::Percent => dress.percent = true,
            Item::Footnote => dress.footnote = true,
            Item::Scale(power, unsure) if dress.scale.is_none() => {
                (dress.scale, dress.scale_unsure) = (Some(power), unsure);
            }
            Item::Currency(unit) => dress.currency = Some(unit),
            Item::Stray => dress.stray_sign = true,
            _ => {}
        },
    );
    let left = items.parse(rest).map_or(rest, |(left, ())| left);
    drop(items);
    // `100%.` and `1.665.000;` end like a sentence or an item of a list.
    let end = left.trim_end().trim_end_matches(['.', ',', ';', ':']);
    let left = if end.is_empty() { "" } else { left };
    // `Rp 450 juta,-`
    if dress.scale.is_some() && dash(left).is_ok_and(|(end, _)| end.trim().is_empty()) {
        return "";
    }
    left.trim()
}

/// A dash that stands for "none", with what may surround it: `-`, `- -`, `Rp -`, `-,-`.
pub(crate) fn none_mark(text: &str) -> Option<&str> {
    let (rest, marks) = take_while1::<_, _, nom::error::Error<&str>>(|c: char| {
        matches!(c, '-' | ' ' | '.' | ',' | '=' | '\n')
    })
    .parse(text)
    .ok()?;
    let dashes = marks.bytes().filter(|&byte| byte == b'-').count();
    ((1..=12).contains(&dashes) && !marks.starts_with(',')).then(|| rest.trim())
}

/// Whether a text is a line to be filled in: dots, underscores, an ellipsis.
pub(crate) fn is_placeholder(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '.' | '…' | '_' | ' ' | '\n' | '·'))
        && text.chars().filter(|c| *c == '.' || *c == '_').count() != 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dress_is_taken_off() {
        let (dress, rest) = before("(Rp. 1.665,00)");
        assert!(dress.open && dress.currency == Some("IDR"));
        assert_eq!(rest, "1.665,00)");
        let mut dress = Dress::default();
        assert_eq!(behind(",- per suara", &mut dress), "per suara");
        assert!(dress.dash);
        let mut dress = Dress::default();
        assert_eq!(behind(" - 100", &mut dress), "- 100");
        assert!(!dress.dash);
        let mut dress = Dress::default();
        assert_eq!(behind(" .-", &mut dress), "");
        assert!(dress.dash);
        let mut dress = Dress::default();
        assert_eq!(behind(" M", &mut dress), "");
        assert_eq!((dress.scale, dress.scale_unsure), (Some(9), true));
    }

    #[test]
    fn marks_of_none_and_lines_to_fill_in() {
        assert_eq!(none_mark("- - Orang"), Some("Orang"));
        assert_eq!(none_mark("-,-"), Some(""));
        assert!(none_mark(".").is_none());
        assert!(is_placeholder(".........") && is_placeholder("…") && is_placeholder("____"));
        assert!(!is_placeholder(". a"));
    }
}

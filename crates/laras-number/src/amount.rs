//! The body of a number: digits in groups and the marks between them. nom stays in this file.
//!
//! ```text
//! body   = [marks] group *( gap group )
//! group  = 1*DIGIT
//! gap    = marks / [marks] blanks [marks]      ; only where a group follows
//! marks  = 1*( "." / "," / "'" )
//! blanks = 1*( " " / LF )
//! ```
//!
//! What the groups can mean is decided in [`crate::interpret`]; what stands around the body in
//! [`crate::dressed`].

use nom::Parser;
use nom::bytes::complete::take_while1;
use nom::character::complete::digit1;
use nom::combinator::{map, opt};
use nom::multi::fold_many0;
use nom::{IResult, error::Error};

/// Most groups of one number; a text with more is a list.
pub(crate) const MAX_GROUPS: usize = 16;

/// What stands between two groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gap {
    /// `.`, `,` or `'`; a space where there is no mark; 0 before the first group.
    pub(crate) mark: u8,
    /// Number of marks: 2 for `..`.
    pub(crate) marks: u8,
    /// Whether a space stands in it.
    pub(crate) space: bool,
    /// Whether a line break stands in it.
    pub(crate) line: bool,
}

/// One run of digits.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Group {
    /// First byte in the text that was read.
    pub(crate) from: u16,
    /// Number of digits.
    pub(crate) len: u16,
    /// What stands before it.
    pub(crate) gap: Gap,
}

/// The body of a number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Body<'t> {
    /// The text it was read from, from its first byte.
    pub(crate) text: &'t [u8],
    groups: [Group; MAX_GROUPS],
    len: usize,
    /// Marks before the first digit.
    pub(crate) lead: Gap,
    /// Bytes it covers.
    pub(crate) end: usize,
}

impl<'t> Body<'t> {
    /// The groups, first to last; at least one.
    pub(crate) fn groups(&self) -> &[Group] {
        &self.groups[..self.len]
    }

    /// The digits of a group.
    pub(crate) fn digits(&self, group: Group) -> &'t [u8] {
        let from = usize::from(group.from);
        self.text.get(from..from + usize::from(group.len)).unwrap_or_default()
    }

    /// Whether a space or line break stands between any two groups.
    pub(crate) fn has_space(&self) -> bool {
        self.groups().iter().any(|group| group.gap.space)
    }

    /// Whether it is one run of digits.
    pub(crate) fn is_plain(&self) -> bool {
        self.len == 1 && self.lead.marks == 0
    }
}

fn is_mark(byte: u8) -> bool {
    matches!(byte, b'.' | b',' | b'\'')
}

fn gap(input: &[u8]) -> IResult<&[u8], Gap> {
    map(take_while1(|byte| is_mark(byte) || byte == b' ' || byte == b'\n'), |run: &[u8]| {
        let mut gap = Gap { mark: b' ', ..Gap::default() };
        for &byte in run {
            match byte {
                b'\n' => (gap.space, gap.line) = (true, true),
                b' ' => gap.space = true,
                mark => {
                    if gap.marks == 0 {
                        gap.mark = mark;
                    }
                    gap.marks = gap.marks.saturating_add(1);
                }
            }
        }
        gap
    })
    .parse(input)
}

fn lead(input: &[u8]) -> IResult<&[u8], Gap> {
    map(take_while1(is_mark), |run: &[u8]| Gap {
        mark: run.first().copied().unwrap_or_default(),
        marks: run.len().min(255) as u8,
        ..Gap::default()
    })
    .parse(input)
}

/// The longest body at the start of a text; `None` where there is none, or one of too many
/// groups.
pub(crate) fn body(text: &str) -> Option<Body<'_>> {
    let text = text.as_bytes();
    let start = (opt(lead), digit1::<&[u8], Error<&[u8]>>).parse(text).ok();
    let (rest, (lead, first)) = start?;
    let at = |rest: &[u8]| text.len() - rest.len();
    let mut body = Body {
        text,
        groups: [Group::default(); MAX_GROUPS],
        len: 1,
        lead: lead.unwrap_or_default(),
        end: at(rest),
    };
    body.groups[0].from = (at(rest) - first.len()) as u16;
    body.groups[0].len = u16::try_from(first.len()).ok()?;
    // The offset of each group is counted along, for nom gives slices, not places.
    let mut end = at(rest);
    let many = fold_many0(
        |input| {
            let (after, gap) = gap(input)?;
            let (after, digits) = digit1::<&[u8], Error<&[u8]>>(after)?;
            Ok((after, (gap, input.len() - after.len(), digits.len())))
        },
        || (),
        |(), (gap, covered, digits)| {
            end += covered;
            if let Some(group) = body.groups.get_mut(body.len) {
                *group = Group { from: (end - digits) as u16, len: digits as u16, gap };
            }
            body.len += 1;
        },
    )
    .parse(rest);
    many.ok()?;
    body.end = end;
    (body.len <= MAX_GROUPS && u16::try_from(text.len()).is_ok()).then_some(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, end: usize, lens: &[u16], marks: &str) {
        let body = body(text).expect("an amount");
        let found: Vec<u16> = body.groups().iter().map(|group| group.len).collect();
        let gaps: String = body.groups()[1..].iter().map(|g| char::from(g.gap.mark)).collect();
        assert_eq!((body.end, found.as_slice(), gaps.as_str()), (end, lens, marks), "{text:?}");
    }

    #[test]
    fn takes_the_longest_body_and_leaves_the_rest() {
        check("1.234.567,89", 12, &[1, 3, 3, 2], "..,");
        check("1.234,-", 5, &[1, 3], ".");
        check("12 dok 3", 2, &[2], "");
        check(".83.244.600", 11, &[2, 3, 3], "..");
        check("445, 00 x", 7, &[3, 2], ",");
        check("1 234\n567", 9, &[1, 3, 3], "  ");
    }

    #[test]
    fn too_many_groups_are_a_list() {
        assert!(body("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16").is_some());
        assert!(body("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17").is_none());
        assert!(body("x").is_none());
    }
}

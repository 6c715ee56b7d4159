//! Blanks and line breaks inside a number: a habit, a convention, a break, or two numbers.
//!
//! `445, 00` is a habit; `1 234 567` a convention; `9.992.176.7 20` one number that was broken;
//! `348.411.800 276.004.500` are two. What decides is whether the pieces are complete numbers by
//! themselves and what comes of them without the blanks.

use crate::amount::{Body, Group, body};
use crate::interpret::{price, solid};
use crate::repair::{Refusal, Repair};
use crate::values::{Found, Hint, Values};

/// Whether a text is a complete number by itself, without any repair.
fn is_complete(text: &str) -> bool {
    let Some(body) = body(text) else { return false };
    let Some(last) = text.bytes().next_back() else { return false };
    if body.end != text.len() || !last.is_ascii_digit() {
        return false;
    }
    let zeros = body.digits(body.groups()[0]);
    if zeros.len() > 1 && zeros[0] == b'0' {
        return false;
    }
    solid(&body, Hint::Any)
        .and_then(|values| values.as_slice().first().copied())
        .is_some_and(|best| best.repairs.is_empty())
}

fn text_has_line(groups: &[Group]) -> bool {
    groups.iter().any(|group| group.gap.line)
}

/// Whether the first of two complete pieces looks cut: `1.234 567`, `4.905.000,0 0`.
fn asks_for(first: &str, second: &str) -> bool {
    let digits = second.bytes().take_while(u8::is_ascii_digit).count();
    let plain = digits == second.len();
    let mark = |byte: u8| byte == b'.' || byte == b',';
    let tail = first.bytes().rev().take_while(u8::is_ascii_digit).count();
    let marks = first.bytes().filter(|&byte| mark(byte)).count();
    let grouped = marks > 0 && tail == 3 && digits == 3 && plain;
    let half_decimals = marks > 1 && tail == 1 && digits == 1 && plain;
    grouped || half_decimals || is_halved(first, second)
}

/// Whether a blank stands inside a group of three: `1.2 50.000`, `1.25 0.000`. Two decimals before
/// an amount (`99.98 1.000`) are a percent beside it.
fn is_halved(first: &str, second: &str) -> bool {
    let tail = first.bytes().rev().take_while(u8::is_ascii_digit).count();
    let head = second.bytes().take_while(u8::is_ascii_digit).count();
    let mark = first.bytes().rev().nth(tail);
    let same = mark.is_some() && mark == second.as_bytes().get(head).copied();
    same && tail + head == 3 && (tail == 1 || second.starts_with('0'))
}

/// A copy without the blanks.
fn squeezed(body: &Body<'_>) -> String {
    body.text[..body.end]
        .iter()
        .filter(|&&byte| byte != b' ' && byte != b'\n')
        .map(|&byte| char::from(byte))
        .collect()
}

/// Every value a body can have.
pub(crate) fn interpret(text: &Body<'_>, hint: Hint) -> Found {
    if !text.has_space() {
        return solid(text, hint).map_or(Found::Refused(Refusal::TooLarge), Found::Values);
    }
    let groups = text.groups();
    let (last, before) = groups.split_last().unwrap_or((&groups[0], &[]));
    let tight = squeezed(text);
    let Some(tight) = body(&tight) else { return Found::Refused(Refusal::TooLarge) };
    let Some(dropped) = solid(&tight, hint) else { return Found::Refused(Refusal::TooLarge) };

    // `445, 00`: the decimals after a space are a habit, not damage.
    let only_last = before.iter().all(|group| !group.gap.space);
    let usual = before.len() > 1 || text.digits(*last) == b"00";
    let tail = (last.gap.marks, last.gap.mark, last.len) == (1, b',', 2) && !last.gap.line;
    if only_last && usual && tail {
        let mut values = Values::new();
        values.absorb(&dropped, 1, None);
        return Found::Values(values);
    }
    let mut values = Values::new();
    // `1 234 567,89`
    let spaced = groups[1..].iter().take_while(|group| group.gap.marks == 0).count();
    let well_spaced = groups[0].len <= 3
        && text.digits(groups[0]).first() != Some(&b'0')
        && spaced > 0
        && groups[1..=spaced].iter().all(|group| group.len == 3 && !group.gap.line)
        && (spaced == before.len() || (spaced + 1 == before.len() && !last.gap.space));
    if well_spaced && let Some(found) = solid(text, hint) {
        values.absorb(&found, 2, None);
    }
    let pieces = &text.text[..text.end];
    let pieces = std::str::from_utf8(pieces).unwrap_or_default();
    let pieces: Vec<&str> = pieces.split([' ', '\n']).filter(|piece| !piece.is_empty()).collect();
    let complete = pieces.iter().all(|piece| is_complete(piece));
    let joins = pieces.windows(2).any(|pair| asks_for(pair[0], pair[1])) && !text_has_line(groups);
    let fits = dropped.as_slice().first().is_some_and(|best| best.cost < 20);
    if complete && values.len == 0 && !(joins && fits) {
        return Found::Several;
    }
    if values.len > 0 {
        return Found::Values(values);
    }
    let gaps = groups.iter().filter(|group| group.gap.space).count() as u16;
    if joins
        && let Some(mark) = groups.get(1).map(|group| char::from(group.gap.mark))
        && let Some(filled) = body(&pieces.join(&mark.to_string()))
        && let Some(found) = solid(&filled, hint)
    {
        // `1.234 567`: the blank stands for a separator.
        values.absorb(&found, gaps * price(Repair::Gap), Some(Repair::Gap));
    }
    values.absorb(&dropped, gaps * price(Repair::Gap), Some(Repair::Gap));
    Found::Values(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, hint: Hint, expected: &str) {
        let body = body(text).expect("an amount");
        assert_eq!(body.end, text.len(), "{text:?}");
        let found = match interpret(&body, hint) {
            Found::Values(values) => values
                .as_slice()
                .iter()
                .map(|found| format!("{}@{}", found.value, found.cost))
                .collect::<Vec<_>>()
                .join(" "),
            Found::Several => "several".to_owned(),
            Found::Refused(refusal) => refusal.reason().to_owned(),
        };
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn well_formed_numbers_have_one_reading_and_no_cost() {
        check("1.987.700.926,00", Hint::Any, "1987700926@0");
        check("1,665,000", Hint::Any, "1665000@0");
        check("95,42", Hint::Any, "95.42@0");
        check("4.00", Hint::Any, "4@0");
        check("12800", Hint::Any, "12800@0");
    }

    #[test]
    fn one_group_of_three_is_open_unless_something_is_known() {
        check("1.234", Hint::Any, "1234@10 1.234@10");
        check("1.234", Hint::Money, "1234@0 1.234@34");
        check("98.765", Hint::Percent, "98.765@10 98765@14");
        check("0,125", Hint::Any, "0.125@0 125@30");
    }

    #[test]
    fn damage_is_repaired_at_a_cost() {
        check("1.491.546,452", Hint::Any, "1491546452@14 1491546.452@22");
        check("841.551351", Hint::Any, "841551351@14 841.551351@18");
        check(".83.244.600", Hint::Any, "83244600@8");
        check("896.154.528,00,00", Hint::Any, "896154528@12 89615452800@50");
        check("9.992.176.7 20", Hint::Any, "9992176720@10");
        check("348.411.800 276.004.500", Hint::Any, "several");
        check("1.2 50.000", Hint::Any, "1250000@10");
        check("1.25 0.000", Hint::Any, "1250000@10");
        check("99.98 1.000", Hint::Any, "several");
        check("2,5 10.000", Hint::Any, "several");
        check("445, 00", Hint::Any, "445@1");
        check("12 345 678", Hint::Any, "12345678@2");
    }

    #[test]
    fn too_large_is_refused() {
        check("1000000000000000000000000000", Hint::Any, "too large");
        check("999999999999999999999999999", Hint::Any, "999999999999999999999999999@0");
    }
}

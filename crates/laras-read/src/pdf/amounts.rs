//! Numbers and codes that a narrow column or a page break cut.

use super::join::{Joint, Printed};

/// How many of the first lines are one grouped amount that a narrow column cut, maybe more than
/// once: each holds one piece and, but for the last, no further character had room, and together
/// they are well formed. Two amounts under each other never are.
pub(super) fn cut_amount(lines: &[Printed], room: f32) -> usize {
    let mut joined = String::new();
    let mut longest = 1;
    for (index, line) in lines.iter().enumerate() {
        if !line.text.chars().all(|c| c.is_ascii_digit() || ".,()%-".contains(c)) {
            break;
        }
        joined.push_str(&line.text);
        if index > 0 && (is_grouped(&joined) || is_begun(&joined, &line.text)) {
            longest = index + 1;
        }
        let full =
            lines.get(index + 1).is_some_and(|n| room - line.width < n.first_character + 0.5);
        if !full {
            break;
        }
    }
    longest
}

/// Whether a token is the upper part of a grouped amount that goes on elsewhere, on the next page:
/// it ends behind a mark, or its last line can be no number of its own.
fn is_begun(joined: &str, line: &str) -> bool {
    let Some(at) = joined.rfind(['.', ',']) else { return false };
    let (whole, rest) = (&joined[..at], &joined[at + 1..]);
    let no_number = line.starts_with("00") || line.starts_with(['.', ',']);
    is_grouped(whole) && rest.len() < 3 && (rest.is_empty() || no_number && is_digits(rest))
}

/// Whether a token is an amount with marks between its thousands.
fn is_grouped(token: &str) -> bool {
    let whole = token.trim_matches(|c: char| !c.is_ascii_digit());
    let mark = whole.find(['.', ',']).map(|at| &whole[at..=at]);
    is_amount(token)
        && mark.is_some_and(|mark| {
            let rest = whole.split_once(mark).map_or("", |(_, rest)| rest);
            rest.split(['.', ',']).next().is_some_and(|group| group.len() == 3)
        })
}

/// Whether a token is made of the characters of numbers and codes, with a digit.
fn is_numeric(token: &str) -> bool {
    token.chars().any(|c| c.is_ascii_digit())
        && token.chars().all(|c| c.is_ascii_digit() || ".,/-%()".contains(c))
}

/// What stands between two halves of a number or code; `None` if this is no such case.
pub(super) fn number_joint(left: &str, right: &str, cut: bool) -> Option<Joint> {
    let marks_only = |token: &str| token.chars().all(|c| ".,".contains(c));
    if !(is_numeric(left) && (is_numeric(right) || marks_only(right))) {
        return None;
    }
    let joined = format!("{left}{right}");
    if is_amount(left) && is_amount(right) && !right.starts_with(['.', ',']) {
        // Two whole numbers, unless the first filled its line and the rest is shorter: of two
        // numbers under each other in a column just wide enough both are as long.
        // A nought alone in a column of one digit is the first half of a code.
        let rest = right.len() < left.len() || left == "0" && right.len() == 1;
        return Some(if cut && rest && (is_amount(&joined) || is_digits(&joined)) {
            Joint::Nothing
        } else {
            Joint::Break
        });
    }
    let open = left.ends_with(['.', ',', '-', '/', '(']) || right.starts_with(['.', ',', '/', ')']);
    if is_amount(&joined) || is_code(&joined) && open {
        return Some(Joint::Nothing);
    }
    if cut { Some(Joint::Nothing) } else { Some(Joint::Break) }
}

fn is_digits(token: &str) -> bool {
    token.chars().all(|c| c.is_ascii_digit())
}

/// A well-formed number: plain digits, or groups of three, with a fraction, a percent sign or
/// brackets.
pub fn is_amount(token: &str) -> bool {
    let token = token.trim_start_matches('(').trim_end_matches(')');
    let token = token.strip_suffix(",-").or_else(|| token.strip_suffix(".-")).unwrap_or(token);
    let token = token.strip_suffix('%').unwrap_or(token);
    let token = token.strip_prefix('-').unwrap_or(token);
    ['.', ','].into_iter().any(|group| {
        let decimal = if group == '.' { ',' } else { '.' };
        let (whole, fraction) = match token.split_once(decimal) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (token, None),
        };
        let fraction_ok = fraction.is_none_or(|f| (1..=4).contains(&f.len()) && is_digits(f));
        let mut parts = whole.split(group);
        let first = parts.next().unwrap_or_default();
        let mut grouped = false;
        let rest_ok = parts.all(|part| {
            grouped = true;
            part.len() == 3 && is_digits(part)
        });
        let first_ok = !first.is_empty() && is_digits(first) && (!grouped || first.len() <= 3);
        first_ok && rest_ok && fraction_ok
    })
}

/// A code of the nomenclature or of an account: groups of digits between dots.
fn is_code(token: &str) -> bool {
    let groups: Vec<&str> = token.split(['.', '/', '-']).collect();
    groups.len() >= 2
        && groups.iter().enumerate().all(|(index, group)| {
            (is_digits(group) && group.len() <= 4)
                || (index + 1 == groups.len() && group.is_empty())
        })
        && groups.iter().any(|group| !group.is_empty())
}

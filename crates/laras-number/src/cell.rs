//! One number with its dress, unit, grade and words: what a quantitative cell holds.
//!
//! ```text
//! cell  = before body behind [ tail ]                       ; crate::dress, crate::amount
//! tail  = 1*( "(" inner ")" / unit / ["/" / "-" / ","] grade ) [rate]
//! inner = grade / ["terbilang"] number in words / unit / remark
//! rate  = ("/" / "per") unit                                 ; behind money and percents
//! ```

use crate::amount::{Body, body};
use crate::assemble::{Tail, build};
use crate::dress::{self, Dress};
use crate::lexicon::{self, Lower, UnitKind};
use crate::reading::{Payload, Reading, Readings, States};
use crate::terbilang::{self, NotSpelled};
use crate::units;

/// Reads a cell that is one number.
pub(crate) fn read(text: &str) -> Option<Readings> {
    read_with(text, false)
}

/// Reads a cell that is one number with a bracket behind it that holds other figures:
/// `25 Orang (L 10, P 15)`.
pub(crate) fn read_before_bracket(text: &str) -> Option<Readings> {
    read_with(text, true)
}

fn read_with(text: &str, any_bracket: bool) -> Option<Readings> {
    let (mut dress, rest) = dress::before(text);
    if dress.currency.is_some() && !rest.is_empty() && dress::is_placeholder(rest) {
        return Some(Readings::of(States::Blank));
    }
    let Some(body) = body(rest) else { return none(rest, dress) };
    if !is_amount_shaped(&body) {
        return None;
    }
    let after = rest.get(body.end..)?;
    let behind = dress::behind(after, &mut dress);
    let mut tail = Tail::default();
    if !behind.is_empty() {
        read_tail(behind, &mut dress, &mut tail, any_bracket)?;
    }
    // `- 12 -` is a page number.
    if dress.minus && dress.dash && dress.currency.is_none() && body.is_plain() {
        return None;
    }
    // `3D` is no grade, `1st` no quantity.
    let unknown = tail.unit.as_ref().is_some_and(|unit| unit.canonical.is_none());
    if (tail.grade.is_some() || unknown) && after.starts_with(char::is_alphabetic) {
        return None;
    }
    build(&body, dress, tail)
}

/// At least half of the groups behind the first have three digits; else it is a date or a code.
fn is_amount_shaped(body: &Body<'_>) -> bool {
    let groups = &body.groups()[1..];
    let Some(first) = groups.first() else { return true };
    let marked = groups.iter().any(|group| group.gap.marks > 0);
    let (mut count, mut full, mut long, mut len) = (1, 0, false, first.len);
    for group in &groups[1..] {
        // A blank inside a marked number does not part its groups: `1.500.00 0`.
        if marked && group.gap.marks == 0 {
            len += group.len;
        } else {
            full += usize::from(matches!(len, 3 | 6 | 9));
            long |= len > 3;
            (count, len) = (count + 1, group.len);
        }
    }
    full += usize::from(matches!(len, 3 | 6 | 9));
    count < 2 || full * 2 >= count || first.gap.mark == b',' || long
}

/// "None" with a unit or currency: `- Orang`, `Rp -`, `-%`.
fn none(rest: &str, dress: Dress) -> Option<Readings> {
    // The dash may already have been taken for a minus.
    let rest =
        if dress.currency.is_some() { rest.trim_start_matches(['.', ',', ' ']) } else { rest };
    let after = match dress::none_mark(rest) {
        Some(after) => after,
        None if dress.minus => rest.trim(),
        None => return None,
    };
    let after = after.strip_suffix(')').filter(|_| dress.open).unwrap_or(after).trim();
    let mut reading = Reading::new(Payload::Nil);
    if let Some(unit) = dress.currency {
        (reading.unit, reading.unit_canonical) = (Some(unit.into()), Some(unit.into()));
    }
    if after.is_empty() {
        return if reading.unit.is_none() {
            Some(Readings::of(States::None))
        } else {
            Some(Readings::one(States::None, reading))
        };
    }
    let bare = after.trim_matches(['(', ')']);
    if Lower::new(bare).is_some_and(|bare| lexicon::is_none(bare.as_str())) {
        return Some(Readings::of(States::None));
    }
    // A dash in front of words is a list mark, unless the words are a unit.
    let phrase = units::phrase(after).filter(|phrase| phrase.cost == 0)?;
    if reading.unit.is_none() {
        (reading.unit, reading.unit_canonical) = (Some(phrase.unit), phrase.canonical);
    }
    Some(Readings::one(States::None, reading))
}

fn read_tail(text: &str, dress: &mut Dress, tail: &mut Tail, any_bracket: bool) -> Option<()> {
    let mut rest = text;
    for _ in 0..4 {
        rest = rest.trim();
        if rest.is_empty() {
            return Some(());
        }
        if let Some(inside) = rest.strip_prefix('(') {
            let close = inside.find(')')?;
            bracket(inside.get(..close)?.trim(), tail, any_bracket)?;
            rest = inside.get(close + 1..)?;
            continue;
        }
        // The bracket that the cell opened.
        if dress.open && !dress.close && rest.ends_with(')') && !rest.contains('(') {
            dress.close = true;
            rest = rest.get(..rest.len() - 1)?;
            continue;
        }
        // `Rp 500.000/bulan`, `Rp. 15.000,- per suara`
        if (dress.currency.is_some() || dress.percent)
            && let Some(per) = rest.strip_prefix('/').or_else(|| rest.strip_prefix("per "))
            && units::phrase(per).is_some_and(|phrase| phrase.cost < 4)
        {
            tail.remark = true;
            return Some(());
        }
        let bare = rest.trim_start_matches(['/', '-', ',', ':', ';', '=']).trim_start();
        if tail.grade.is_none()
            && let Some(grade) = lexicon::grade(bare.trim_end_matches('.'))
        {
            tail.grade = Some(grade);
            tail.grade_apart = bare.len() < rest.len();
            return Some(());
        }
        let end = rest.find('(').unwrap_or(rest.len());
        let phrase = units::phrase(rest.get(..end)?)?;
        match phrase.kind {
            UnitKind::Percent => dress.percent = true,
            UnitKind::Money => dress.currency = Some("IDR"),
            _ if tail.unit.is_some() => return None,
            _ => tail.unit = Some(phrase),
        }
        rest = rest.get(end..)?;
    }
    None
}

fn bracket(inside: &str, tail: &mut Tail, any: bool) -> Option<()> {
    let label = inside.get(..9).filter(|label| label.eq_ignore_ascii_case("terbilang"));
    let inside = label.map_or(inside, |_| inside[9..].trim_start_matches([' ', ':']));
    if let Some(grade) = lexicon::grade(inside) {
        (tail.grade, tail.grade_apart) = (Some(grade), true);
        return Some(());
    }
    match terbilang::read(inside) {
        Err(NotSpelled::NotWords) => {}
        words => {
            tail.words = Some(words);
            return Some(());
        }
    }
    // A single letter in brackets is a mark of some kind, not meters.
    let known = units::phrase(inside).filter(|phrase| phrase.cost == 0);
    match known.filter(|phrase| phrase.unit.len() > 1 || phrase.unit == "%") {
        Some(phrase) if tail.unit.is_none() => tail.unit = Some(phrase),
        Some(_) => {}
        None if any || !inside.contains(|c: char| c.is_ascii_digit()) => tail.remark = true,
        None => return None,
    }
    Some(())
}

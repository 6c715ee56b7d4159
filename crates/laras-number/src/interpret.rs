//! What groups of digits can mean: every defensible value with its convention, repairs and cost.
//!
//! The body is first taken as a whole number, then with its last group as decimals, then with a
//! doubled decimal tail. Each way has a cost: nothing for a well-formed number, more for every
//! repair, and something for forms that are well-formed but rare (three decimals). `1.234` comes
//! out as 1234 and as 1.234 at the same cost: the cell alone cannot tell.

use laras_model::Decimal;

use crate::amount::{Body, Group};
use crate::repair::{Convention, Repair, Repairs};
use crate::values::{Candidate, Hint, Values};

/// Cost of each repair. A cost of 5 more is one reading clearly behind another.
pub(crate) const fn price(repair: Repair) -> u16 {
    match repair {
        Repair::TrailingSeparator => 6,
        Repair::LeadingSeparator | Repair::DoubledSeparator => 8,
        Repair::Gap => 10,
        Repair::DoubleTail => 12,
        Repair::MixedSeparators | Repair::LostSeparator | Repair::SameMark => 14,
        Repair::LeadingZeros => 20,
        Repair::WrongGroup => 22,
        Repair::MissingZero | Repair::Letters | Repair::StraySign => 9,
    }
}

/// The value of a body that needs no second thought: well-formed in one convention, with none, one
/// or two decimals, up to 15 digits before them. One separator with three digits behind it is
/// not.
pub(crate) fn clean_value(body: &Body<'_>) -> Option<(Decimal, Convention)> {
    let (&first, others) = body.groups().split_first()?;
    let leading_zero = first.len > 1 && body.digits(first).first() == Some(&b'0');
    if body.lead.marks > 0 || first.len > 15 || others.len() > 6 || leading_zero {
        return None;
    }
    let mut mantissa: i64 = 0;
    let mut count = 0;
    for &group in body.groups() {
        count += group.len;
        if count > 18 {
            return None;
        }
        for digit in body.digits(group) {
            mantissa = mantissa * 10 + i64::from(digit - b'0');
        }
    }
    let Some((last, thousands)) = others.split_last() else {
        return Some((Decimal::new(i128::from(mantissa), 0)?, Convention::Plain));
    };
    let mark = last.gap.mark;
    let single = |group: &Group| group.gap.marks == 1 && !group.gap.space;
    let decimals = (1..=2).contains(&last.len) && single(last) && mark != b'\'';
    let Some(thousands_mark) = thousands.first().map(|group| group.gap.mark) else {
        let value = Decimal::new(i128::from(mantissa), u32::from(last.len))?;
        return decimals.then_some((value, convention(0, mark)));
    };
    let full = |group: &Group| group.len == 3 && group.gap.mark == thousands_mark && single(group);
    let zero = body.digits(first) == b"0";
    if first.len > 3 || zero || thousands_mark == b'\'' || !thousands.iter().all(full) {
        return None;
    }
    if decimals && mark != thousands_mark {
        let value = Decimal::new(i128::from(mantissa), u32::from(last.len))?;
        return Some((value, convention(thousands_mark, mark)));
    }
    let value = Decimal::new(i128::from(mantissa), 0)?;
    full(last).then_some((value, convention(thousands_mark, 0)))
}

/// The integer part: what its marks and group lengths cost.
struct Whole {
    cost: u16,
    repairs: Repairs,
    /// The mark that most thousands are set apart by; 0 for none.
    mark: u8,
}

impl Whole {
    fn repair(&mut self, repair: Repair) {
        self.repairs.add(repair);
        self.cost += price(repair);
    }
}

fn whole(body: &Body<'_>, groups: &[Group]) -> Whole {
    let mut whole = Whole { cost: 0, repairs: Repairs::NONE, mark: 0 };
    let Some((first, others)) = groups.split_first() else { return whole };
    let Some(mark) = others.first().map(|group| group.gap.mark) else { return whole };
    let foreign = others.iter().filter(|group| group.gap.mark != mark).count();
    whole.mark = mark;
    if foreign > 0 {
        whole.repair(Repair::MixedSeparators);
        let minority = foreign.min(others.len() - foreign);
        whole.cost += 6 * minority.saturating_sub(1) as u16;
        if foreign * 2 > others.len() {
            whole.mark = others.last().map_or(mark, |group| group.gap.mark);
        }
    }
    if first.len > 3 {
        whole.repair(Repair::LostSeparator);
    }
    if body.digits(*first).first() == Some(&b'0') {
        whole.repair(Repair::LeadingZeros);
    }
    for group in others {
        match group.len {
            3 => {}
            6 | 9 => whole.repair(Repair::LostSeparator),
            _ => whole.repair(Repair::WrongGroup),
        }
        if group.gap.marks > 1 {
            whole.repair(Repair::DoubledSeparator);
        }
    }
    whole
}

pub(crate) fn convention(thousands: u8, decimals: u8) -> Convention {
    match (thousands, decimals) {
        (b'.', _) | (0, b',') => Convention::Local,
        (b',', _) | (0, b'.') => Convention::English,
        (0, _) => Convention::Plain,
        _ => Convention::Spaces,
    }
}

/// The digits of some groups as one value; `None` past 27 whole digits or 28 in all.
fn value(body: &Body<'_>, whole: &[Group], decimals: Option<Group>) -> Option<Decimal> {
    let mut mantissa: u128 = 0;
    let mut digits = 0;
    let mut count = 0_u32;
    let mut push = |group: Group| {
        // Up to 18 digits at a time in a machine word.
        for chunk in body.digits(group).chunks(18) {
            let mut part: u64 = 0;
            for digit in chunk {
                part = part * 10 + u64::from(digit - b'0');
            }
            if mantissa > 0 || part > 0 {
                digits += chunk.len();
            }
            if digits <= 36 {
                mantissa = mantissa * 10_u128.pow(chunk.len() as u32) + u128::from(part);
            }
            count += chunk.len() as u32;
        }
        (mantissa, digits)
    };
    let mut last = (0, 0);
    for &group in whole {
        last = push(group);
    }
    if last.1 > 36 || last.0 >= 10_u128.pow(27) {
        return None;
    }
    let mut scale = 0;
    if let Some(group) = decimals {
        scale = u32::from(group.len);
        last = push(group);
    }
    if last.1 > 36 || last.0 >= 10_u128.pow(28) || scale > 28 {
        return None;
    }
    Decimal::new(i128::try_from(last.0).ok()?, scale)
}

/// Cost of a decimal tail of `len` digits after a well-formed whole part.
fn tail_cost(hint: Hint, whole: &[Group], first_is_zero: bool, tail: Group, zeros: bool) -> u16 {
    let single = whole.len() == 1;
    let short = whole.first().is_some_and(|group| group.len <= 3);
    match tail.len {
        1 | 2 => 0,
        3 if single && first_is_zero => 0,
        3 => {
            let rare = match (single, short) {
                (true, true) => 10,
                (true, false) => 12,
                // `1.665.000,000` is as likely a format as a slip.
                (false, _) if zeros => 16,
                (false, _) => 17 + 5 * (whole.len().min(3) as u16 - 2),
            };
            match hint {
                Hint::Money => rare + 24,
                Hint::Count => rare + 20,
                // `1,234 juta` has decimals; `1.234 juta` could have thousands.
                Hint::Scaled if tail.gap.mark == b',' => 0,
                Hint::Scaled => 8,
                _ => rare,
            }
        }
        6 | 9 if single && short && !first_is_zero && hint != Hint::Percent => 18,
        4..=12 => 3 + if hint == Hint::Money { 8 } else { 0 },
        _ => 6,
    }
}

/// Cost of taking one separator with three digits after it for a thousands separator.
fn one_group_cost(hint: Hint, zeros: bool, mark: u8) -> u16 {
    let cost: u16 = match hint {
        Hint::Any => 10,
        Hint::Money | Hint::Count => 0,
        Hint::Percent => 14,
        Hint::Scaled if mark == b'.' => 6,
        Hint::Scaled => 16,
    };
    cost.saturating_sub(if zeros { 3 } else { 0 })
}

/// A body without spaces.
pub(crate) fn solid(body: &Body<'_>, hint: Hint) -> Option<Values> {
    let groups = body.groups();
    let (&last, before) = groups.split_last()?;
    let mut values = Values::new();
    if let Some((value, convention)) = clean_value(body) {
        values.add(Candidate { value, convention, repairs: Repairs::NONE, cost: 0 });
        return Some(values);
    }
    let mut too_large = false;
    let mut add =
        |values: &mut Values, whole: &[Group], tail, part: Whole, cost: u16, mark| match value(
            body, whole, tail,
        ) {
            Some(value) => values.add(Candidate {
                value,
                convention: convention(part.mark, mark),
                repairs: part.repairs,
                cost: part.cost + cost,
            }),
            None => too_large = true,
        };
    let first_is_zero = body.digits(groups[0]) == b"0";
    let zeros = body.digits(last).iter().all(|&digit| digit == b'0');

    if before.is_empty() {
        let (marks, len) = (body.lead.marks, last.len);
        let none = |repair: Option<Repair>| {
            let mut part = Whole { cost: 0, repairs: Repairs::NONE, mark: 0 };
            if let Some(repair) = repair {
                part.repair(repair);
            }
            part
        };
        if marks == 0 {
            let zero = u16::from(len > 1 && body.digits(last).first() == Some(&b'0'));
            add(&mut values, groups, None, none(None), zero, 0);
        } else {
            let stray = if len <= 2 { 4 } else { 0 };
            add(&mut values, groups, None, none(Some(Repair::LeadingSeparator)), stray, 0);
            if len <= 4 && marks == 1 {
                let part = none(Some(Repair::MissingZero));
                add(&mut values, &[], Some(last), part, 0, body.lead.mark);
            }
        }
        return (!too_large).then_some(values);
    }

    // Groups of one or two digits only are a date, a code or a numbering.
    let tails = groups.len() == 3 && groups[1..].iter().all(|g| g.len == 2 && g.gap.mark == b',');
    if groups.len() > 2 && groups[1..].iter().all(|group| group.len < 3) && !tails {
        return Some(values);
    }

    // All of it whole.
    if before.len() > 1 || matches!(last.len, 3 | 6 | 9) {
        let part = whole(body, groups);
        let lone = before.len() == 1 && last.len == 3 && before[0].len <= 3;
        let cost = match (lone, before.len()) {
            (true, _) => one_group_cost(hint, zeros, last.gap.mark),
            (false, 1) if hint == Hint::Percent => 10,
            _ if last.len == 1 => 3,
            _ => 0,
        };
        let mut part = part;
        if !lone && before.len() == 1 && zeros {
            part.cost -= 3;
        }
        add(&mut values, groups, None, part, cost, 0);
    }
    // The last group as decimals.
    let mark = last.gap.mark;
    if mark != b' ' && mark != b'\'' {
        let mut part = whole(body, before);
        let same = before[1..].iter().any(|group| group.gap.mark == mark);
        let mut cost = tail_cost(hint, before, first_is_zero, last, zeros);
        let mut possible = true;
        if same {
            part.repair(Repair::SameMark);
            cost = match last.len {
                2 if zeros => 0,
                2 => 2,
                1 => 10,
                3 => {
                    possible = false;
                    0
                }
                _ => 16,
            };
        }
        if last.gap.marks > 1 {
            part.repair(Repair::DoubledSeparator);
        }
        if possible {
            add(&mut values, before, Some(last), part, cost, mark);
        }
    }
    // Two decimal tails.
    if let Some((&tail, whole_groups)) = before.split_last()
        && !whole_groups.is_empty()
        && (tail.len, last.len) == (2, 2)
    {
        let mut part = whole(body, whole_groups);
        part.repair(Repair::DoubleTail);
        let cost = if body.digits(tail) == body.digits(last) { 0 } else { 8 };
        add(&mut values, whole_groups, Some(tail), part, cost, tail.gap.mark);
    }
    if body.lead.marks > 0 {
        let mut led = Values::new();
        led.absorb(&values, price(Repair::LeadingSeparator), Some(Repair::LeadingSeparator));
        values = led;
    }
    (!too_large || values.len > 0).then_some(values)
}

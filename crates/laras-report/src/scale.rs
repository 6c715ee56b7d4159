//! Amounts printed in thousands or millions, where a unit line proposes it and the document does
//! not contradict it.
//!
//! Forms print `(dalam ribuan rupiah)` over full rupiah too. The same amounts in other tables
//! decide; where no other table has them, a unit line is believed unless the amounts are too large
//! for it.

use laras_model::{Confidence, Decimal, Flag, Observation, SharedText, Value};
use laras_number::unit_line;
use laras_table::LogicalTable;

/// The most rupiah that a unit line alone makes believable: more than the budget of any one office.
const MOST_UNCONFIRMED: i64 = 1_000_000_000_000;
/// The most that any report states: ten times a large province's budget.
const MOST_RUPIAH: i64 = 1_000_000_000_000_000;
/// Smaller amounts agree by chance.
const TELLING: i64 = 10_000;
/// What is left of the confidence where only the unit line speaks for the scale.
const UNCONFIRMED: f64 = 0.85;

/// Multiplies the amounts of tables whose unit line holds.
pub(crate) fn apply(scales: &[Scale], observations: &mut [Observation]) {
    if scales.is_empty() {
        return;
    }
    let amounts = sorted_amounts(observations);
    for Scale { table, factor } in scales {
        let factor = *factor;
        let own: Vec<usize> = (0..observations.len())
            .filter(|o| observations[*o].table == *table && amount(&observations[*o]).is_some())
            .collect();
        let Some(verdict) = verdict(&own, observations, &amounts, factor) else { continue };
        for o in own {
            let observation = &mut observations[o];
            let Some(scaled) = amount(observation).and_then(|v| v.checked_mul(factor)) else {
                continue;
            };
            observation.value = Value::Number(scaled);
            observation.flags.insert(Flag::NumberScaled);
            if !verdict.confirmed {
                let confidence = observation.confidence.get();
                observation.confidence = Confidence::new(confidence * UNCONFIRMED);
            }
        }
    }
}

/// What the amounts of a table may have to be multiplied by.
pub(crate) struct Scale {
    /// The table's id.
    table: String,
    factor: Decimal,
}

/// What a table's amounts are to be multiplied by, if anything around it says so.
pub(crate) fn proposed(table: &LogicalTable) -> Option<Scale> {
    let context = &table.context;
    let mut lines = std::iter::once(context.unit_line.as_str())
        .chain(std::iter::once(context.caption.as_str()))
        .chain(context.titles.iter().map(String::as_str));
    let line = lines.find_map(|line| unit_line::read(bracket(line)))?;
    (line.factor > 1).then(|| Scale {
        table: table.table.id.clone(),
        factor: Decimal::from(i64::try_from(line.factor).unwrap_or(1)),
    })
}

/// The closing bracket of a line, or all of it.
fn bracket(line: &str) -> &str {
    let line = line.trim();
    match (line.rfind('('), line.ends_with(')')) {
        (Some(open), true) => &line[open..],
        _ => line,
    }
}

/// Whether a scale is applied, and whether other tables bear it out.
struct Verdict {
    confirmed: bool,
}

fn verdict(
    own: &[usize],
    observations: &[Observation],
    amounts: &[(Decimal, SharedText)],
    factor: Decimal,
) -> Option<Verdict> {
    let telling = Decimal::from(TELLING);
    let (mut plain, mut scaled) = (0, 0);
    let mut largest = Decimal::ZERO;
    for observation in own.iter().map(|o| &observations[*o]) {
        let value = amount(observation)?.abs();
        largest = largest.max(value);
        let up = value.checked_mul(factor)?;
        if up < telling {
            continue;
        }
        let elsewhere = |from: Decimal, to: Decimal| {
            let start = amounts.partition_point(|(v, _)| *v < from);
            amounts[start..]
                .iter()
                .take_while(|(v, _)| *v <= to)
                .any(|(_, table)| *table != observation.table)
        };
        plain += u32::from(value >= telling && elsewhere(value, value));
        // The full amount was rounded or cut to the scale.
        let (from, to) = (up.checked_sub(factor)?, up.checked_add(factor)?);
        scaled += u32::from(elsewhere(from, to));
    }
    let confirmed = scaled > plain;
    let most = Decimal::from(if confirmed { MOST_RUPIAH } else { MOST_UNCONFIRMED });
    let possible = largest.checked_mul(factor)? <= most;
    (possible && scaled >= plain && !own.is_empty()).then_some(Verdict { confirmed })
}

/// The amount in rupiah that an observation states.
fn amount(observation: &Observation) -> Option<Decimal> {
    match observation.value {
        Value::Number(value) if observation.unit == "IDR" && !value.is_zero() => Some(value),
        _ => None,
    }
}

/// The amounts of the document with the tables they stand in, smallest first.
fn sorted_amounts(observations: &[Observation]) -> Vec<(Decimal, SharedText)> {
    let mut amounts: Vec<(Decimal, SharedText)> =
        observations.iter().filter_map(|o| Some((amount(o)?.abs(), o.table.clone()))).collect();
    amounts.sort_unstable();
    amounts
}

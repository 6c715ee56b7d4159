//! Choosing among the readings of a cell by what its surroundings say.
//!
//! Each reading starts at its own cost. The votes of column, table and document add to it what
//! speaks against its use of the separators, against its size and its decimals; what the column
//! holds (money, percent, count) adds what does not fit. A constraint that holds (the printed
//! percent, a sum, the same amount elsewhere) outweighs all votes. The cheapest reading is the
//! choice; if the next one is less than [`Reading::AMBIGUOUS`] away, the choice stays open.

use laras_model::{Decimal, Flag, Flags};

use crate::reading::{Payload, Reading, Readings};
use crate::votes::Votes;

/// What a column or cell is expected to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Money.
    Amount,
    /// Percents.
    Percent,
    /// Things that come whole.
    Count,
    /// Scores and indices.
    Score,
    /// Measured quantities, with decimals.
    Measure,
}

/// Something that must hold for the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Constraint {
    /// It equals a value printed elsewhere, within a tolerance.
    Equals {
        /// The other value.
        value: Decimal,
        /// Largest difference.
        tolerance: Decimal,
    },
    /// It is 100 × part / whole, as exactly as it is printed.
    PercentOf {
        /// The part.
        part: Decimal,
        /// The whole.
        whole: Decimal,
    },
    /// It is the part of which a printed percent and the whole are known.
    PartOf {
        /// The printed percent.
        percent: Decimal,
        /// The whole.
        whole: Decimal,
    },
    /// It is the whole of which a printed percent and the part are known.
    WholeOf {
        /// The printed percent.
        percent: Decimal,
        /// The part.
        part: Decimal,
    },
}

impl Constraint {
    /// The value is the sum of others: [`Constraint::Equals`] with their sum and no tolerance;
    /// `None` where the sum does not fit.
    pub fn sum(terms: impl IntoIterator<Item = Decimal>) -> Option<Self> {
        let mut sum = Decimal::ZERO;
        for term in terms {
            sum = sum.checked_add(term)?;
        }
        Some(Self::Equals { value: sum, tolerance: Decimal::ZERO })
    }

    /// Whether it holds for a value; a percent of nothing holds for none.
    pub fn holds(&self, value: Decimal) -> bool {
        let percent_is = |part: Decimal, whole: Decimal, percent: Decimal| {
            Decimal::percent(part, whole)
                .and_then(|computed| computed.checked_sub(percent))
                .is_some_and(|difference| difference.abs() <= percent_tolerance(percent))
        };
        match *self {
            Self::Equals { value: other, tolerance } => {
                value.checked_sub(other).is_some_and(|difference| difference.abs() <= tolerance)
            }
            Self::PercentOf { part, whole } => percent_is(part, whole, value),
            Self::PartOf { percent, whole } => percent_is(value, whole, percent),
            Self::WholeOf { percent, part } => percent_is(part, value, percent),
        }
    }
}

/// Half a point where no decimals are printed, else 0.05 points, as the contract has it.
fn percent_tolerance(percent: Decimal) -> Decimal {
    let tolerance = if percent.scale() == 0 { Decimal::new(5, 1) } else { Decimal::new(5, 2) };
    tolerance.unwrap_or(Decimal::ZERO)
}

/// What is known around a cell.
#[derive(Clone, Debug, Default)]
pub struct Context<'a> {
    /// Votes of the other cells of its column.
    pub column: Votes,
    /// Votes of its table.
    pub table: Votes,
    /// Votes of its document.
    pub document: Votes,
    /// What the column holds.
    pub expected: Option<Kind>,
    /// Number of decimals the column is printed with.
    pub decimals: Option<u8>,
    /// What must hold for the value, where something must.
    pub constraints: &'a [Constraint],
}

/// A reading chosen, or a choice left open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Index of the cheapest reading; `None` where there is none, or the cell holds several
    /// numbers ([`crate::pieces`] gives them one by one).
    pub best: Option<usize>,
    /// Whether another reading stands equally well.
    pub open: bool,
    /// Cost by which the best is ahead of the next; `u16::MAX` where there is no other.
    pub margin: u16,
    /// Whether a constraint holds for the best reading.
    pub confirmed: bool,
    /// Whether the best reading is unlike the other numbers of its column in size, decimals or
    /// sign, though nothing better can be read: a digit may be missing.
    pub unusual: bool,
    /// `number.malformed` where the best reading is repaired, `number.ambiguous` where the choice
    /// is open.
    pub flags: Flags,
    /// Cost of each reading in this context.
    pub costs: Vec<u16>,
}

impl Choice {
    /// The chosen reading; the first among equals where the choice is open.
    pub fn reading<'r>(&self, readings: &'r Readings) -> Option<&'r Reading> {
        readings.readings.get(self.best?)
    }
}

/// Chooses among the readings of a cell.
///
/// ```
/// use laras_model::Decimal;
/// use laras_number::{Choice, Context, choose, read};
///
/// let cell = read("1.234");
/// let value = |choice: Choice| choice.reading(&cell).unwrap().number().unwrap().to_string();
///
/// let alone = choose(&cell, &Context::default());
/// assert!(alone.open);
///
/// let mut context = Context::default();
/// for other in ["12.50", "98.75", "4.00"] {
///     context.column.add(&read(other));
/// }
/// let among_decimals = choose(&cell, &context);
/// assert!(!among_decimals.open);
/// assert_eq!(value(among_decimals), "1.234");
/// ```
pub fn choose(readings: &Readings, context: &Context<'_>) -> Choice {
    let nothing = Choice {
        best: None,
        open: false,
        margin: 0,
        confirmed: false,
        unusual: false,
        flags: Flags::NONE,
        costs: Vec::new(),
    };
    if readings.readings.is_empty() || readings.is_several() {
        return nothing;
    }
    let holds = |reading: &Reading| {
        let holds = |value| context.constraints.iter().any(|constraint| constraint.holds(value));
        reading.number().is_some_and(holds)
    };
    let all = readings.readings.as_slice();
    let any = !context.constraints.is_empty() && all.iter().any(holds);
    let costs: Vec<u16> = all
        .iter()
        .map(|reading| {
            let broken = if any && !holds(reading) { 100 } else { 0 };
            reading.cost + against(reading, context) + broken
        })
        .collect();
    let best = (0..costs.len()).min_by_key(|&index| costs[index]).unwrap_or(0);
    let reading = &all[best];
    // A reading of the same value is no rival.
    let rivals = all.iter().zip(&costs).filter(|(other, _)| other.value != reading.value);
    let margin = rivals.map(|(_, cost)| cost - costs[best]).min().unwrap_or(u16::MAX);
    let open = margin < Reading::AMBIGUOUS;
    let mut flags = Flags::NONE;
    if reading.is_malformed() {
        flags.insert(Flag::NumberMalformed);
    }
    if open {
        flags.insert(Flag::NumberAmbiguous);
    }
    let column = &context.column;
    let unusual = column.size_distance(reading) > 2
        || column.strange_decimals(reading)
        || column.strange_sign(reading);
    Choice {
        best: Some(best),
        open,
        margin,
        confirmed: any && holds(reading),
        unusual,
        flags,
        costs,
    }
}

/// What the surroundings add to the cost of a reading.
fn against(reading: &Reading, context: &Context<'_>) -> u16 {
    let mut cost = 0;
    for (votes, weight) in [(&context.column, 24), (&context.table, 14), (&context.document, 8)] {
        let (yes, no) = votes.for_and_against(reading);
        cost += weight * no / (yes + no + 4);
    }
    // Size and decimals are the column's own: a table has columns of many kinds.
    let column = &context.column;
    cost += 3 * column.size_distance(reading).saturating_sub(2).min(4);
    if column.strange_decimals(reading) {
        cost += 6;
    }
    if column.strange_sign(reading) {
        cost += 10;
    }
    cost += misfit(reading, context);
    u16::try_from(cost).unwrap_or(u16::MAX / 2)
}

fn misfit(reading: &Reading, context: &Context<'_>) -> u32 {
    let Some(kind) = context.expected else {
        return decimals_misfit(reading, context);
    };
    let Payload::Number(value) = reading.value else {
        return if reading.value == Payload::Nil { 0 } else { 30 };
    };
    let large = |limit: i64| value.abs() > Decimal::from(limit);
    let unlike = match kind {
        Kind::Amount if value.scale() > 2 => 20,
        Kind::Percent if large(99_999) => 40,
        Kind::Percent if large(999) => 12,
        Kind::Count if !value.is_integer() => 15,
        Kind::Score if large(999) => 20,
        Kind::Score if value.is_negative() => 15,
        Kind::Count if value.is_negative() => 8,
        _ => 0,
    };
    unlike + decimals_misfit(reading, context)
}

fn decimals_misfit(reading: &Reading, context: &Context<'_>) -> u32 {
    match (context.decimals, reading.number()) {
        (Some(usual), Some(value)) if value.scale() != u32::from(usual) => 8,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;

    /// The value chosen for a cell among others of its column, `?` behind it if open.
    #[track_caller]
    fn check(cell: &str, column: &[&str], expected: &str) {
        let mut context = Context::default();
        for other in column {
            context.column.add(&read(other));
        }
        check_in(cell, &context, expected);
    }

    #[track_caller]
    fn check_in(cell: &str, context: &Context<'_>, expected: &str) {
        let readings = read(cell);
        let choice = choose(&readings, context);
        let value = choice
            .reading(&readings)
            .and_then(Reading::number)
            .expect("a reading that is a number");
        let open = if choice.open { "?" } else { "" };
        assert_eq!(format!("{value}{open}"), expected, "{cell:?} {:?}", choice.costs);
    }

    fn d(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn the_column_decides() {
        check("1.234", &[], "1234?");
        check("1.234", &["1.665.000"], "1234");
        check("1.234", &["95.42", "80.09"], "1.234");
        check("1,021", &["30,634,600", "263,586,000"], "1021");
        check("1,234", &["95,42", "80,09"], "1.234");
        check("1.234", &["2.345", "12.500", "7.125"], "1234");
        check("841.551351", &["1.149.223.000", "841.551.351"], "841551351");
        check("66.666667", &["33.33", "50.00", "75.25"], "66.666667");
        check("1.491.546,452", &["1.563.075.526", "2.804.150.926"], "1491546452");
        check("4.00", &["57,00", "99,98"], "4");
    }

    #[test]
    fn constraints_outweigh_votes() {
        let constraints =
            [Constraint::Equals { value: d("1491546.452"), tolerance: Decimal::ZERO }];
        let context = Context { constraints: &constraints, ..Context::default() };
        check_in("1.491.546,452", &context, "1491546.452");
        let part = [Constraint::PartOf { percent: d("95.42"), whole: d("1563075526") }];
        let context = Context { constraints: &part, ..Context::default() };
        check_in("1.491.546,452", &context, "1491546452");
        let sum = [Constraint::sum([d("1000"), d("234")]).expect("a sum that fits")];
        check_in("1.234", &Context { constraints: &sum, ..Context::default() }, "1234");
    }

    #[test]
    fn the_kind_of_the_column_counts() {
        let of = |kind| Context { expected: Some(kind), ..Context::default() };
        check_in("1.234", &of(Kind::Count), "1234");
        check_in("98.765", &of(Kind::Percent), "98.765");
        check_in("(4)", &of(Kind::Amount), "-4");
        check_in("1.234", &of(Kind::Amount), "1234");
    }

    #[test]
    fn what_is_unlike_its_column_is_said() {
        let mut context = Context::default();
        for other in ["1.665.000", "2.714.944", "12.500.000"] {
            context.column.add(&read(other));
        }
        let unusual = |cell| choose(&read(cell), &context).unusual;
        assert!(unusual("165,32") && unusual("-1.665.000") && unusual("12"));
        assert!(!unusual("16.997.000") && !unusual("0"));
    }

    #[test]
    fn a_percent_of_nothing_holds_for_nothing() {
        let constraint = Constraint::PercentOf { part: d("1"), whole: Decimal::ZERO };
        assert!(!constraint.holds(d("100")));
    }
}

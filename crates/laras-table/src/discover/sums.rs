//! Columns that are the sum of others.

use super::column::{Column, LANES, Lanes, RowSet};
use super::{FEWEST_TELLING, LONGEST_RUN, MOST_COLUMNS, Rank, Support, keep_better};
use crate::equations::Formula;

/// Some columns that could be added up: from one of them on each of the next in equal steps. They are
/// counted among the columns of values.
#[derive(Clone, Copy)]
struct Terms {
    from: usize,
    step: usize,
    count: usize,
}

impl Terms {
    fn columns(self) -> impl Iterator<Item = usize> {
        (0..self.count).map(move |i| self.from + i * self.step)
    }

    /// The columns as bits, of which there are enough for [`MOST_COLUMNS`].
    fn bits(self) -> u64 {
        self.columns().fold(0, |bits, column| bits | 1 << column)
    }

    /// How well a column is the sum of these.
    fn support(self, columns: &[Column], result: &Column) -> Support {
        Support::of(result.values.len(), |row| {
            let printed = result.values[row]?;
            let (mut sum, mut stated, mut nonzero) = (0_i64, 0, 0);
            for value in self.columns().filter_map(|term| columns[term].values[row]) {
                sum += value;
                stated += 1;
                nonzero += usize::from(value != 0);
            }
            let counts = stated > 0 && (printed != 0 || nonzero > 0);
            // Half a rupiah: offices leave decimals out.
            counts.then_some((printed.abs_diff(sum) <= 50, printed != 0 && nonzero >= 2))
        })
    }
}

/// What columns add up to, column after column.
#[derive(Default)]
struct Sums {
    /// The lowest bits of the sums of the first rows.
    first: Lanes,
    /// All bits of the first rows where at least one is not zero.
    first_one: Lanes,
    /// The rows where at least one of the columns is not zero, and those where two are.
    one: RowSet,
    two: RowSet,
    /// The lowest bits of all sums, once they are asked for.
    low: Vec<Lanes>,
}

impl Sums {
    fn begin(&mut self, column: &Column) {
        self.first = column.first;
        self.first_one = column.first_nonzero;
        (self.one, self.two) = (column.nonzero, RowSet::default());
    }

    fn add(&mut self, column: &Column) {
        add(&mut self.first, &column.first);
        for (one, nonzero) in self.first_one.iter_mut().zip(column.first_nonzero) {
            *one |= nonzero;
        }
        for (word, rows) in column.nonzero.0.into_iter().enumerate() {
            self.two.0[word] |= self.one.0[word] & rows;
            self.one.0[word] |= rows;
        }
    }

    /// Adds up all rows of some columns.
    fn add_up(&mut self, columns: &[Column], terms: Terms) {
        self.low.clone_from(&columns[terms.from].low);
        for column in terms.columns().skip(1) {
            for (sums, values) in self.low.iter_mut().zip(&columns[column].low) {
                add(sums, values);
            }
        }
    }

    /// Whether a column can be the sum by the first rows.
    fn begin_like(&self, result: &Column) -> bool {
        let mut failed = 0;
        let are_checked = result.first_nonzero.iter().zip(&self.first_one);
        for ((printed, sum), checked) in result.first.iter().zip(&self.first).zip(are_checked) {
            failed += u16::from(!is_near(*printed, *sum)) & checked.0 & checked.1;
        }
        failed <= result.most_failed
    }

    /// Whether a column can be the sum on enough rows for that to tell something: a wrong yes costs
    /// time only.
    fn can_be(&self, result: &Column) -> bool {
        let mut counts = [0_u16; LANES];
        for (printed, sums) in result.low_nonzero.iter().zip(&self.low) {
            for lane in 0..LANES {
                counts[lane] += u16::from(is_near(printed[lane], sums[lane]));
            }
        }
        let near = |row: usize| {
            let (at, lane) = (row / LANES, row % LANES);
            is_near(result.low[at][lane], self.low[at][lane])
        };
        usize::from(counts.iter().sum::<u16>()) >= FEWEST_TELLING
            && self.two.with(&result.nonzero).are_telling(near)
    }
}

fn add(sums: &mut Lanes, values: &Lanes) {
    for lane in 0..LANES {
        sums[lane] = sums[lane].wrapping_add(values[lane]);
    }
}

/// Whether the lowest bits of two numbers show that they can be the same but for half a rupiah.
fn is_near(printed: u16, sum: u16) -> bool {
    printed.wrapping_sub(sum).wrapping_add(50) <= 100
}

/// Finds for every column without a formula the columns that it is the sum of: two columns anywhere,
/// or a run of neighbours with the same step.
pub(super) fn best_sums(columns: &[Column], formulas: &mut [Option<Formula>]) {
    let mut best: Vec<Option<(Rank, Terms)>> = vec![None; columns.len()];
    let is_open = |r: &usize| formulas[*r].is_none() && columns[*r].nonzero.are_telling(|_| true);
    const { assert!(MOST_COLUMNS <= u64::BITS as usize) };
    let results = (0..columns.len()).filter(is_open).fold(0_u64, |bits, r| bits | 1 << r);
    if results == 0 {
        return;
    }
    let mut try_all = |terms: Terms, sums: &mut Sums| {
        if !sums.two.are_telling(|_| true) {
            return;
        }
        let mut is_added_up = false;
        let mut results = results & !terms.bits();
        while results != 0 {
            let r = results.trailing_zeros() as usize;
            results &= results - 1;
            let result = &columns[r];
            if !sums.begin_like(result) {
                continue;
            }
            if !std::mem::replace(&mut is_added_up, true) {
                sums.add_up(columns, terms);
            }
            if !sums.can_be(result) {
                continue;
            }
            let support = terms.support(columns, result);
            if support.is_good() {
                let distance = terms.columns().map(|c| columns[c].at.abs_diff(result.at)).sum();
                keep_better(&mut best[r], support.rank(distance), terms);
            }
        }
    };
    let mut sums = Sums::default();
    for (from, first) in columns.iter().enumerate() {
        for step in 1..=3 {
            sums.begin(first);
            for (count, next) in
                columns[from..].iter().step_by(step).enumerate().skip(1).take(LONGEST_RUN - 1)
            {
                sums.add(next);
                if count >= 2 {
                    try_all(Terms { from, step, count: count + 1 }, &mut sums);
                }
            }
        }
        for (step, second) in columns[from..].iter().enumerate().skip(1) {
            sums.begin(first);
            sums.add(second);
            try_all(Terms { from, step, count: 2 }, &mut sums);
        }
    }
    for (formula, best) in formulas.iter_mut().zip(best) {
        if let Some((_, terms)) = best {
            *formula = Some(Formula::Sum(terms.columns().map(|c| columns[c].at).collect()));
        }
    }
}

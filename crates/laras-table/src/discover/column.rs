//! The numbers of a column as equations are tried on them.

use laras_model::Decimal;

use super::{FEWEST_TELLING, HOLDS, LONGEST_RUN, PATIENCE, SAMPLE};

/// A set of rows of the sample.
#[derive(Clone, Copy, Default)]
pub(super) struct RowSet(pub(super) [u64; SAMPLE.div_ceil(64)]);

impl RowSet {
    pub(super) fn set(&mut self, row: usize, is_in: bool) {
        let word = &mut self.0[row / 64];
        *word = *word & !(1 << (row % 64)) | u64::from(is_in) << (row % 64);
    }

    pub(super) fn contains(&self, row: usize) -> bool {
        self.0[row / 64] & 1 << (row % 64) != 0
    }

    pub(super) fn with(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(rows, other)| *rows &= other);
        self
    }

    /// Whether enough of the rows are of a kind.
    pub(super) fn are_telling(self, mut is: impl FnMut(usize) -> bool) -> bool {
        let mut found = 0;
        for (word, mut rows) in self.0.into_iter().enumerate() {
            while rows != 0 {
                found += usize::from(is(word * 64 + rows.trailing_zeros() as usize));
                if found == FEWEST_TELLING {
                    return true;
                }
                rows &= rows - 1;
            }
        }
        false
    }
}

/// The values of a column in whole hundredths, which is exact for what reports print and fast to try
/// equations on.
pub(super) struct Column {
    /// Its place in the table.
    pub(super) at: usize,
    pub(super) is_percent: bool,
    pub(super) values: Vec<Option<i64>>,
    /// The rows where it was printed without decimals, in which case percents are rounded to whole.
    pub(super) whole: RowSet,
    /// The rows where it is not zero.
    pub(super) nonzero: RowSet,
    /// The lowest bits of each value, 0 where there is none.
    pub(super) low: Vec<Lanes>,
    /// The same with [`NO_SUM`] where the value is zero.
    pub(super) low_nonzero: Vec<Lanes>,
    /// Each value that is not zero, else not a number.
    pub(super) nearly: Vec<f32>,
    /// The lowest bits of the values of the first rows.
    pub(super) first: Lanes,
    /// Each value of the first rows that is not zero, and how near to it others must come.
    pub(super) first_nearly: [f32; LANES],
    pub(super) first_reach: [f32; LANES],
    /// All bits of the first rows where it is not zero, no bit of others.
    pub(super) first_nonzero: Lanes,
    /// On how many of the first rows an equation for it may fail: one that fails on more is no good,
    /// whatever it does on the others.
    pub(super) most_failed: u16,
}

/// Numbers up to here can be added up without overflow, so many as a run is long.
const MOST_ADDED: i64 = i64::MAX / LONGEST_RUN as i64;

/// The lowest bits of the values of some rows, which are compared at once.
pub(super) type Lanes = [u16; LANES];
pub(super) const LANES: usize = 8;
/// Bits that hardly a sum has.
pub(super) const NO_SUM: u16 = 0x5a5b;

impl Column {
    /// A column without numbers.
    pub(super) fn new(rows: usize, at: usize, is_percent: bool) -> Self {
        Self {
            at,
            is_percent,
            values: vec![None; rows],
            whole: RowSet::default(),
            nonzero: RowSet::default(),
            low: vec![[0; LANES]; rows.div_ceil(LANES)],
            low_nonzero: vec![[NO_SUM; LANES]; rows.div_ceil(LANES)],
            nearly: vec![f32::NAN; rows],
            first: [0; LANES],
            first_nearly: [f32::NAN; LANES],
            first_reach: [0.0; LANES],
            first_nonzero: [0; LANES],
            most_failed: 0,
        }
    }

    /// Says what stands in a row.
    pub(super) fn set(&mut self, row: usize, value: Option<Decimal>) {
        let stated = value.and_then(hundredths);
        if stated.is_none() && self.values[row].is_none() {
            return;
        }
        let nonzero = stated.filter(|value| *value != 0);
        let (chunk, lane) = (row / LANES, row % LANES);
        self.values[row] = stated;
        self.whole.set(row, value.is_some_and(|value| value.scale() == 0));
        self.nonzero.set(row, nonzero.is_some());
        self.low[chunk][lane] = nonzero.map_or(0, |value| value as u16);
        self.low_nonzero[chunk][lane] = nonzero.map_or(NO_SUM, |value| value as u16);
        self.nearly[row] = nonzero.map_or(f32::NAN, |value| value as f32);
    }

    /// Counts what was said.
    pub(super) fn count(&mut self) {
        self.first = self.low.first().copied().unwrap_or_default();
        self.first_nonzero =
            std::array::from_fn(|row| if self.nonzero.contains(row) { u16::MAX } else { 0 });
        self.first_nearly =
            std::array::from_fn(|row| self.nearly.get(row).copied().unwrap_or(f32::NAN));
        self.first_reach = self.first_nearly.map(reach);
        self.most_failed = most_failed(self.values.iter().flatten().count());
    }
}

/// How near to a number others must come.
pub(super) fn reach(number: f32) -> f32 {
    51.0 + 1e-5 * number.abs()
}

/// On how many of the first [`LANES`] rows an equation may fail and be good in the end, if it can be
/// checked on so many of all rows. One that fails on more holds on too small a share of them, or is
/// given up by [`Support::of`] after these rows.
fn most_failed(checked: usize) -> u16 {
    const { assert!(LANES == PATIENCE && HOLDS == 0.6) };
    (checked * 2 / 5).min(PATIENCE * 2 / 3) as u16
}

/// A number in hundredths, halves away from zero; `None` for one too large to be added up.
fn hundredths(value: Decimal) -> Option<i64> {
    let found = match value.scale() {
        scale @ 0..=2 => {
            i64::try_from(value.mantissa()).ok()?.checked_mul([100, 10, 1][scale as usize])?
        }
        _ => value.rounded(2).checked_mul(Decimal::HUNDRED)?.to_i64()?,
    };
    (found.abs() < MOST_ADDED).then_some(found)
}

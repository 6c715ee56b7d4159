//! The equations that hold between the numbers of a gold file: percents, and sums over the
//! hierarchy of a table. An independent check for injected faults: it knows the gold, not the
//! pipeline.

use laras_model::Decimal;

use crate::gold::Sheet;

/// What an equation says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EquationKind {
    /// `members[2] = 100 · members[0] / members[1]`, within the printed precision.
    Percent,
    /// `members[0] = members[1] + members[2] + …`
    Sum,
}

/// An equation between rows of `observations.tsv` (0-based indexes).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equation {
    /// What it says.
    pub kind: EquationKind,
    /// The observations it is about, in the order that `kind` explains.
    pub members: Vec<usize>,
}

impl Equation {
    /// Whether the equation holds for `values`, the values of all observations; "stated as none"
    /// counts as 0 in a sum and makes a percent undecided, which does not hold.
    pub fn holds(&self, values: &[Option<Decimal>], decimals: &[u32]) -> bool {
        let value = |member: usize| values.get(member).copied().flatten();
        match (self.kind, self.members.as_slice()) {
            (EquationKind::Percent, &[part, whole, percent]) => {
                let computed = value(part)
                    .zip(value(whole))
                    .and_then(|(part, whole)| Decimal::percent(part, whole));
                let Some((computed, printed)) = computed.zip(value(percent)) else { return false };
                // The contract's tolerance: 0.05 points, 0.5 where printed without decimals.
                let has_decimals = decimals.get(percent).copied().unwrap_or(0) > 0;
                let tolerance = Decimal::new(if has_decimals { 5 } else { 50 }, 2);
                computed
                    .checked_sub(printed)
                    .zip(tolerance)
                    .is_some_and(|(difference, most)| difference.abs() <= most)
            }
            (EquationKind::Sum, [total, parts @ ..]) => {
                let sum: Decimal = parts.iter().filter_map(|&part| value(part)).sum();
                value(*total) == Some(sum)
            }
            _ => false,
        }
    }
}

/// The values of all observations, `None` where gold says `nil`.
pub(crate) fn values(observations: &Sheet) -> Vec<Option<Decimal>> {
    (0..observations.rows.len()).map(|row| observations.get(row, "value").parse().ok()).collect()
}

/// How many decimals each raw text prints.
pub(crate) fn decimals(observations: &Sheet) -> Vec<u32> {
    let count = |raw: &str| {
        let number = raw.trim_end_matches(|c: char| !c.is_ascii_digit());
        let tail = number.rfind([',', '.']).map_or(0, |at| number.len() - at - 1);
        if tail == 3 { 0 } else { tail as u32 }
    };
    (0..observations.rows.len()).map(|row| count(observations.get(row, "raw"))).collect()
}

/// Every equation of percents and money sums that holds in a gold file.
///
/// ```
/// use laras_tests::{Sheet, equations};
///
/// let gold = Sheet::parse(
///     "table\tline\trow_kind\tname\tmeasure\tyear\tperiod\tvariant\tvalue\traw\n\
///      t1\t5\tprogram\tA\tpagu\t2020\t\t\t30\t30\n\
///      t1\t6\tkegiatan\tB\tpagu\t2020\t\t\t10\t10\n\
///      t1\t7\tkegiatan\tC\tpagu\t2020\t\t\t20\t20\n",
/// );
/// assert_eq!(equations(&gold)[0].members, [0, 1, 2]);
/// ```
pub fn equations(observations: &Sheet) -> Vec<Equation> {
    let values = values(observations);
    let decimals = decimals(observations);
    let mut found = percents(observations);
    found.extend(sums(observations));
    found.retain(|equation| equation.holds(&values, &decimals));
    found
}

/// `realisasi / target = capaian` and `realisasi_anggaran / pagu = serapan` within one row.
fn percents(observations: &Sheet) -> Vec<Equation> {
    let key = |row: usize| {
        ["table", "line", "name", "indicator", "year", "period", "variant"]
            .map(|column| observations.get(row, column))
    };
    let mut found = Vec::new();
    for percent in 0..observations.rows.len() {
        let (part, whole) = match observations.get(percent, "measure") {
            "serapan" => ("realisasi_anggaran", "pagu"),
            "capaian" => ("realisasi", "target"),
            _ => continue,
        };
        let near = percent.saturating_sub(40)..(percent + 40).min(observations.rows.len());
        let find = |measure: &str| {
            near.clone().find(|&row| {
                observations.get(row, "measure") == measure && key(row) == key(percent)
            })
        };
        if let Some((part, whole)) = find(part).zip(find(whole)) {
            found.push(Equation {
                kind: EquationKind::Percent,
                members: vec![part, whole, percent],
            });
        }
    }
    found
}

/// Deeper row kinds have higher numbers; `None` for rows that are sums themselves.
fn depth(kind: &str) -> Option<u8> {
    match kind {
        "program" | "belanja" | "sasaran" => Some(1),
        "kegiatan" => Some(2),
        "sub_kegiatan" => Some(3),
        _ => None,
    }
}

/// A row over the deeper rows below it, and a total over the rows before it.
fn sums(observations: &Sheet) -> Vec<Equation> {
    let mut found = Vec::new();
    let columns = column_keys(observations);
    for rows in columns {
        for (at, &row) in rows.iter().enumerate() {
            let kind = |row: usize| observations.get(row, "row_kind");
            if let Some(own) = depth(kind(row)) {
                let below = rows[at + 1..].iter().copied();
                let family: Vec<usize> =
                    below.take_while(|&next| depth(kind(next)).is_some_and(|d| d > own)).collect();
                let children = family.iter().copied().filter(|&c| depth(kind(c)) == Some(own + 1));
                push_sum(&mut found, row, children.collect());
            } else if matches!(kind(row), "total" | "subtotal") {
                let before: Vec<usize> = rows[..at].to_vec();
                for level in 1..=3 {
                    let parts = before.iter().copied().filter(|&p| depth(kind(p)) == Some(level));
                    push_sum(&mut found, row, parts.collect());
                }
            }
        }
    }
    found
}

fn push_sum(found: &mut Vec<Equation>, total: usize, parts: Vec<usize>) {
    if !parts.is_empty() {
        let members = std::iter::once(total).chain(parts).collect();
        found.push(Equation { kind: EquationKind::Sum, members });
    }
}

/// The money observations of one table column each, in printed order.
fn column_keys(observations: &Sheet) -> Vec<Vec<usize>> {
    let mut columns: Vec<([&str; 5], Vec<usize>)> = Vec::new();
    for row in 0..observations.rows.len() {
        if !matches!(observations.get(row, "measure"), "pagu" | "realisasi_anggaran") {
            continue;
        }
        let key =
            ["table", "measure", "year", "period", "variant"].map(|c| observations.get(row, c));
        match columns.iter_mut().find(|(known, _)| *known == key) {
            Some((_, rows)) => rows.push(row),
            None => columns.push((key, vec![row])),
        }
    }
    columns.into_iter().map(|(_, rows)| rows).collect()
}

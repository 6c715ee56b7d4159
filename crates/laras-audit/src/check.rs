//! Equations between printed numbers, and the findings of those that do not hold.

use std::collections::BTreeMap;

use laras_model::{Decimal, FindingCode, Flag, Observation, SharedText};

use crate::book::Book;
use crate::draft::Draft;
use crate::dress;
use crate::groups::Groups;

/// Terms of a sum of whole numbers that is added up in 128 bits: each has no more than 96.
const MOST_QUICK: usize = 1 << 20;

/// What an equation computes its result as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The sum of the terms that are added, less those that are not.
    Sum,
    /// 100 × the first term ÷ the second.
    Percent,
    /// 100 × the sum of the first half of the terms ÷ the sum of the second half.
    PercentOfSums,
    /// The mean of 100 × term ÷ term over the pairs of the terms.
    MeanOfPercents,
}

/// Where an equation comes from; findings of one origin on one row are one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    /// Rows below or above add up to this one.
    Rows,
    /// Columns of the row add up: quarters, men and women, former and this year.
    Columns,
    /// A formula is printed above the column.
    Printed(String),
    /// A percent of two columns of the row.
    Percent,
    /// An average row over the rows above.
    Average,
}

/// An equation between observations.
#[derive(Clone, Debug)]
pub(crate) struct Check {
    pub(crate) form: Form,
    pub(crate) why: Why,
    /// The observation that is computed.
    pub(crate) result: usize,
    /// What it is computed from, each with whether it is subtracted.
    pub(crate) terms: Vec<(usize, bool)>,
    pub(crate) computed: Decimal,
    pub(crate) holds: bool,
}

impl Check {
    /// Makes an equation and tries it on the printed numbers; `None` where it cannot be computed.
    pub(crate) fn new(
        book: &Book<'_>,
        form: Form,
        why: Why,
        result: usize,
        terms: Vec<(usize, bool)>,
    ) -> Option<Self> {
        let mut check = Self { form, why, result, terms, computed: Decimal::ZERO, holds: false };
        check.computed = check.compute(|at| book.number(at))?;
        check.holds = check.is_close(book, book.number(result), check.computed);
        Some(check)
    }

    /// What the result would be for other values.
    pub(crate) fn compute(&self, value: impl Fn(usize) -> Decimal) -> Option<Decimal> {
        let sum = |terms: &[(usize, bool)]| {
            // Whole numbers, as most are, are quick to add: a million of the largest fits.
            let whole = terms.iter().try_fold(0_i128, |sum, (at, minus)| {
                let number = value(*at);
                let digits = number.mantissa();
                (number.scale() == 0).then_some(if *minus { sum - digits } else { sum + digits })
            });
            if let Some(whole) = whole.filter(|_| terms.len() < MOST_QUICK) {
                return Decimal::new(whole, 0);
            }
            terms.iter().try_fold(Decimal::ZERO, |sum, (at, minus)| {
                if *minus { sum.checked_sub(value(*at)) } else { sum.checked_add(value(*at)) }
            })
        };
        match self.form {
            Form::Sum => sum(&self.terms),
            Form::Percent => {
                let [(part, _), (whole, _)] = self.terms[..] else { return None };
                Decimal::percent(value(part), value(whole))
            }
            Form::PercentOfSums => {
                let (parts, wholes) = self.terms.split_at(self.terms.len() / 2);
                Decimal::percent(sum(parts)?, sum(wholes)?)
            }
            Form::MeanOfPercents => {
                let mut mean = Decimal::ZERO;
                let mut count = 0;
                for pair in self.terms.chunks_exact(2) {
                    if let Some(percent) = Decimal::percent(value(pair[0].0), value(pair[1].0)) {
                        mean = mean.checked_add(percent)?;
                        count += 1;
                    }
                }
                mean.checked_div(Decimal::from(i64::from(count)))
            }
        }
    }

    /// What the result would be where one number is changed from what it is to another, by what is
    /// computed now; `value` gives the numbers as they are now.
    pub(crate) fn recompute(
        &self,
        computed: Option<Decimal>,
        (at, from, to): (usize, Decimal, Decimal),
        value: impl Fn(usize) -> Decimal,
    ) -> Option<Decimal> {
        let mut changed = self.terms.iter().filter(|(term, _)| *term == at);
        match (self.form, computed, changed.next(), changed.next()) {
            (_, _, None, _) => computed,
            // One term of a sum: the rest stays as it is.
            (Form::Sum, Some(computed), Some((_, minus)), None) => {
                let more = to.checked_sub(from)?;
                if *minus { computed.checked_sub(more) } else { computed.checked_add(more) }
            }
            _ => self.compute(|i| if i == at { to } else { value(i) }),
        }
    }

    /// Whether two values of the result are the same within what is printed.
    pub(crate) fn is_close(&self, book: &Book<'_>, printed: Decimal, computed: Decimal) -> bool {
        // Most are the same number, printed alike.
        if (printed.mantissa(), printed.scale()) == (computed.mantissa(), computed.scale()) {
            return true;
        }
        let tolerance = self.tolerance(book.get(self.result));
        printed.checked_sub(computed).is_some_and(|off| off.abs() <= tolerance)
    }

    /// Half a unit of the last printed decimal: 0.05 points for percents, at most one rupiah.
    fn tolerance(&self, result: &Observation) -> Decimal {
        let (mantissa, scale) = match self.form {
            Form::Sum if result.measure.is_money() => (99, 2),
            Form::Sum => (5, 3),
            _ if dress::decimals(result) == 0 => (5, 1),
            _ => (5, 2),
        };
        Decimal::new(mantissa, scale).unwrap_or(Decimal::ZERO)
    }

    /// Every observation of the equation.
    pub(crate) fn members(&self) -> impl Iterator<Item = usize> + Clone + '_ {
        std::iter::once(self.result).chain(self.terms.iter().map(|(at, _)| *at))
    }

    fn difference(&self, book: &Book<'_>) -> Decimal {
        book.number(self.result).checked_sub(self.computed).unwrap_or(Decimal::ZERO)
    }

    /// The computation as a reader would write it.
    fn arithmetic(&self, book: &Book<'_>) -> String {
        let value = |at: &usize| dress::value(book.get(*at));
        match self.form {
            Form::Percent => match &self.terms[..] {
                [(part, _), (whole, _)] => format!("{} / {} x 100", value(part), value(whole)),
                _ => String::new(),
            },
            Form::Sum if self.terms.len() <= 6 => {
                let mut text = String::new();
                for (i, (at, minus)) in self.terms.iter().enumerate() {
                    if i > 0 || *minus {
                        text.push_str(if *minus { " - " } else { " + " });
                    }
                    text.push_str(&value(at));
                }
                text
            }
            Form::Sum => format!("{} rows", self.terms.len()),
            Form::PercentOfSums => format!("{} rows", self.terms.len() / 2),
            Form::MeanOfPercents => format!("mean of {} rows", self.terms.len() / 2),
        }
    }

    fn code(&self) -> FindingCode {
        match self.form {
            Form::Sum => FindingCode::SumMismatch,
            _ => FindingCode::PercentMismatch,
        }
    }
}

/// Drops equations that are there twice, and broken ones that a damaged number explains: one whose
/// digits, read with another separator, would make the equation hold.
pub(crate) fn once(book: &Book<'_>, checks: &mut Vec<Check>) {
    let sorted = |check: &Check| {
        let mut terms = check.terms.clone();
        terms.sort_unstable();
        terms
    };
    // Of each number, the equations that it is the result of: one, mostly.
    let of = checks.iter().enumerate().map(|(c, check)| (check.result, c));
    let results = Groups::new(book.extraction.observations.len(), of);
    let is_kept: Vec<bool> = checks
        .iter()
        .enumerate()
        .map(|(c, check)| {
            let again =
                results.of(check.result).iter().take_while(|other| **other < c).any(|other| {
                    let other = &checks[*other];
                    other.terms.len() == check.terms.len()
                        && (other.terms == check.terms || sorted(other) == sorted(check))
                });
            !again && (check.holds || !is_damage(book, check))
        })
        .collect();
    let mut kept = is_kept.into_iter();
    checks.retain(|_| kept.next().unwrap_or(true));
}

fn is_damage(book: &Book<'_>, check: &Check) -> bool {
    if check.form != Form::Sum {
        return false;
    }
    let digits =
        |value: Decimal| value.normalized().mantissa().to_string().trim_end_matches('0').to_owned();
    check.terms.iter().any(|(at, minus)| {
        let own = book.number(*at);
        let off = book.number(check.result).checked_sub(check.computed);
        let needed =
            off.and_then(|off| if *minus { own.checked_sub(off) } else { own.checked_add(off) });
        book.get(*at).flags.contains(Flag::NumberMalformed)
            && needed.is_some_and(|needed| digits(needed) == digits(own))
    })
}

/// What makes equations one finding: table, row, origin, code.
type Statement = (SharedText, u32, Why, FindingCode);

/// The findings of the equations that do not hold.
///
/// What one formula of a row says of performance and of money is one finding, as a reader would
/// write it; everything else is one finding an equation.
pub(crate) fn drafts(book: &Book<'_>, checks: &[Check]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut grouped: BTreeMap<Statement, Vec<(usize, &Check)>> = BTreeMap::new();
    for (c, check) in checks.iter().enumerate().filter(|(_, c)| !c.holds) {
        let result = book.get(check.result);
        if matches!(check.why, Why::Printed(_) | Why::Average) {
            let key = (result.table.clone(), result.row, check.why.clone(), check.code());
            grouped.entry(key).or_default().push((c, check));
        } else {
            drafts.push(draft(book, &[(c, check)]));
        }
    }
    drafts.extend(grouped.values().map(|group| draft(book, group)));
    drafts
}

fn draft(book: &Book<'_>, group: &[(usize, &Check)]) -> Draft {
    let (_, first) = group[0];
    let result = book.get(first.result);
    let number = |check: &Check, value: Decimal| match check.form {
        Form::Sum => dress::number(value),
        _ => dress::percent(value),
    };
    let said: Vec<String> = group
        .iter()
        .map(|(_, check)| {
            format!(
                "{} printed {}; {} = {}; difference {}",
                check_label(book, check),
                dress::value(book.get(check.result)),
                check.arithmetic(book),
                number(check, check.computed),
                number(check, check.difference(book)),
            )
        })
        .collect();
    let mut detail = said.join("; ");
    if let Why::Printed(formula) = &first.why {
        detail = format!("not {formula} as the heading says: {detail}");
    }
    let mut draft = Draft::new(first.code(), result);
    draft.table.clone_from(&result.table);
    draft.printed = dress::value(result);
    draft.computed = number(first, first.computed);
    draft.difference = Some(first.difference(book).rounded(4));
    draft.detail = detail;
    draft.observations = group.iter().flat_map(|(_, check)| check.members()).collect();
    draft.checks = group.iter().map(|(c, _)| *c).collect();
    draft.anchor = Some(first.result);
    draft
}

fn check_label(book: &Book<'_>, check: &Check) -> String {
    let o = book.get(check.result);
    let mut label = o.measure.to_string();
    for more in [
        o.year.map(|y| y.to_string()),
        o.period.map(|p| p.to_string()),
        o.variant.map(|v| v.to_string()),
    ]
    .into_iter()
    .flatten()
    {
        label.push(' ');
        label.push_str(&more);
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_number_changes_what_is_computed_as_if_all_were_computed_anew() {
        let values = [700, 120, 80, 45, 3].map(Decimal::from);
        let terms = [(1, false), (2, true), (3, false), (4, false), (3, true)];
        for form in [Form::Sum, Form::Percent, Form::PercentOfSums, Form::MeanOfPercents] {
            let count = if form == Form::Percent { 2 } else { 4 };
            for terms in [&terms[..count], &terms[5 - count..]] {
                let check = Check {
                    form,
                    why: Why::Rows,
                    result: 0,
                    terms: terms.to_vec(),
                    computed: Decimal::ZERO,
                    holds: false,
                };
                let computed = check.compute(|at| values[at]);
                for (at, to) in (0..5).flat_map(|at| [0, 7, 120].map(|to| (at, Decimal::from(to))))
                {
                    let anew = check.compute(|i| if i == at { to } else { values[i] });
                    let near = check.recompute(computed, (at, values[at], to), |i| values[i]);
                    assert_eq!(near, anew, "{form:?} {terms:?} {at} {to}");
                }
            }
        }
    }
}

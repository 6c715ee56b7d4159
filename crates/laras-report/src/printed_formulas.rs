//! What the formulas that the office prints beside its column numbers say of measures and times.
//!
//! `11=(10/4)` over a level of achievement says that column 10 holds what was realised and column 4
//! what was to be; `10=(5+7+9)`, that what was realised up to last year is a part of what was up to this.
//! Where a garbled head has lost a word, the formula outranks what is left of it.

use laras_model::{Column, Measure, Period, Role};
use laras_number::formula;
use laras_table::LogicalTable;

use crate::roles::ColumnRole;

/// The formulas that a table prints over its columns, read once.
pub(crate) struct PrintedFormulas {
    /// For each column the columns that its formula names, if all of them are there; nothing where no
    /// column has a formula.
    terms: Vec<Option<Vec<usize>>>,
}

/// A printed formula over columns.
enum Printed {
    /// The first divided by the second.
    Ratio(usize, usize),
    Sum(Vec<usize>),
}

impl PrintedFormulas {
    pub(crate) fn of(table: &LogicalTable) -> Self {
        let columns = &table.table.columns;
        if columns.iter().all(|column| column.formula.is_empty()) {
            return Self { terms: Vec::new() };
        }
        let numbers: Vec<Option<u16>> =
            columns.iter().map(|column| formula::read_column(&column.number)).collect();
        let at = |number: &u16| numbers.iter().position(|own| own.as_ref() == Some(number));
        let terms = |column: &Column| {
            let formula = formula::read(&column.formula).filter(|_| !column.formula.is_empty())?;
            formula.columns().iter().map(at).collect()
        };
        Self { terms: columns.iter().map(terms).collect() }
    }

    /// The columns that the formula of a column names.
    pub(crate) fn terms(&self, column: usize) -> Option<&[usize]> {
        self.terms.get(column)?.as_deref()
    }

    /// The formulas that say something of measures, with the columns that they stand over.
    fn telling(&self, table: &LogicalTable) -> Vec<(usize, Printed)> {
        let of = |(c, terms): (usize, &Option<Vec<usize>>)| {
            let formula = &table.table.columns[c].formula;
            match (formula.contains(['/', ':']), terms.as_deref()?) {
                (true, [part, whole]) => Some((c, Printed::Ratio(*part, *whole))),
                (false, terms) if formula.contains('+') => Some((c, Printed::Sum(terms.to_vec()))),
                _ => None,
            }
        };
        self.terms.iter().enumerate().filter_map(of).collect()
    }
}

/// Corrects measures that contradict a printed formula.
pub(crate) fn measures_of_printed(
    table: &LogicalTable,
    formulas: &PrintedFormulas,
    roles: &mut [ColumnRole],
) {
    use Measure::{Capaian, Pagu, Realisasi, RealisasiAnggaran, Serapan, Target};

    for (c, printed) in formulas.telling(table) {
        match (roles[c].measure, printed) {
            (Some(Realisasi), Printed::Ratio(part, whole)) => {
                let is_level = roles[part].measure == Some(Realisasi)
                    && matches!(roles[whole].measure, Some(Target | Capaian));
                if is_level {
                    correct(&mut roles[c], Realisasi, Capaian);
                    correct(&mut roles[whole], Capaian, Target);
                }
            }
            (Some(Capaian | Serapan), Printed::Ratio(part, whole)) => {
                correct(&mut roles[part], Capaian, Realisasi);
                correct(&mut roles[whole], Capaian, Target);
            }
            (Some(Realisasi | RealisasiAnggaran), Printed::Sum(terms)) => {
                for term in terms {
                    // Targets run through no year.
                    if matches!(roles[term].head.period, Some(Period::SdLalu | Period::SdIni)) {
                        correct(&mut roles[term], Target, Realisasi);
                        correct(&mut roles[term], Pagu, RealisasiAnggaran);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The level of what was realised up to this year is one up to this year.
pub(crate) fn times_of_printed(
    table: &LogicalTable,
    formulas: &PrintedFormulas,
    roles: &mut [ColumnRole],
) {
    for (c, printed) in formulas.telling(table) {
        let Printed::Ratio(part, whole) = printed else { continue };
        let is_level = matches!(roles[c].measure, Some(Measure::Capaian | Measure::Serapan));
        let up_to_now = roles[part].head.period == Some(Period::SdIni)
            && roles[whole].head.period == Some(Period::AkhirRenstra);
        if is_level && up_to_now && roles[c].head.period.is_none() {
            roles[c].head.period = Some(Period::SdIni);
        }
    }
}

/// Gives a column that was taken for one measure the other.
fn correct(role: &mut ColumnRole, from: Measure, to: Measure) {
    if role.role == Role::Measure && role.measure == Some(from) {
        role.measure = Some(to);
        role.guessed = true;
    }
}

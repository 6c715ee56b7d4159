//! What the formulas that the office prints beside its column numbers say of measures and times.
//!
//! `11=(10/4)` over a level of achievement says that column 10 holds what was realised and column 4
//! what was to be; `10=(5+7+9)`, that what was realised up to last year is a part of what was up to this.
//! Where a garbled head has lost a word, the formula outranks what is left of it.

use laras_model::{Measure, Period, Role};
use laras_number::formula;
use laras_table::LogicalTable;

use crate::roles::ColumnRole;

/// A printed formula over columns.
enum Printed {
    /// The first divided by the second.
    Ratio(usize, usize),
    Sum(Vec<usize>),
}

/// The formulas of a table, with the columns that they stand over.
fn printed(table: &LogicalTable) -> Vec<(usize, Printed)> {
    let columns = &table.table.columns;
    let at = |number: &u16| {
        columns.iter().position(|c| formula::read_column(&c.number).as_ref() == Some(number))
    };
    let of = |(c, column): (usize, &laras_model::Column)| {
        let terms = formula::read(&column.formula)?.columns();
        let terms: Vec<usize> = terms.iter().map(at).collect::<Option<_>>()?;
        match (column.formula.contains(['/', ':']), terms.as_slice()) {
            (true, [part, whole]) => Some((c, Printed::Ratio(*part, *whole))),
            (false, _) if column.formula.contains('+') => Some((c, Printed::Sum(terms))),
            _ => None,
        }
    };
    columns.iter().enumerate().filter(|(_, c)| !c.formula.is_empty()).filter_map(of).collect()
}

/// Corrects measures that contradict a printed formula.
pub(crate) fn measures_of_printed(table: &LogicalTable, roles: &mut [ColumnRole]) {
    use Measure::{Capaian, Pagu, Realisasi, RealisasiAnggaran, Serapan, Target};

    for (c, printed) in printed(table) {
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
pub(crate) fn times_of_printed(table: &LogicalTable, roles: &mut [ColumnRole]) {
    for (c, printed) in printed(table) {
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

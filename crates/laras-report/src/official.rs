//! Columns of official names under heads that cannot be read.
//!
//! A converter that mixes the letters of two lines leaves `PKi rogram/egatan` over the names of a table.
//! Where they are names of the nomenclature they tell themselves.

use laras_model::{Role, RowShape};
use laras_nomenclature::Nomenclature;
use laras_table::LogicalTable;

use crate::roles::ColumnRole;

/// Fewest names that tell what a column holds.
const FEWEST: usize = 4;

/// Tells names and indicators of a table apart by what is official: a column of official names has names
/// where its head says nothing, and one that holds none, beside it, has indicators where its head speaks
/// of both or the names were not told.
pub(crate) fn tell_official_names(
    table: &LogicalTable,
    roles: &mut [ColumnRole],
    nomenclature: &Nomenclature,
) {
    let speaks_of_indicators =
        |role: &ColumnRole| role.head.roles.iter().any(|(role, _)| *role == Role::Indicator);
    let is_untold = |role: &ColumnRole| role.role == Role::Text && role.head.roles.is_empty();
    let last_of = |wanted: Role| roles.iter().rposition(|role| role.role == wanted);
    // Names stand before the indicators that measure them.
    let last = last_of(Role::Name).or_else(|| last_of(Role::Indicator));
    let Some(last) = last.filter(|last| *last > 0) else { return };
    let told = roles[..last].iter().any(|role| role.role == Role::Name);
    let is_doubtful = speaks_of_indicators(&roles[last]);
    if told && !is_doubtful || !told && !roles[..last].iter().any(is_untold) {
        return;
    }
    let is_official = |c: &usize| {
        let (official, all) = official_names(table, *c, nomenclature);
        official >= FEWEST && official * 2 >= all
    };
    let may_be =
        |c: &usize| if told { roles[*c].role == Role::Name } else { is_untold(&roles[*c]) };
    let Some(official) = (0..last).rev().filter(may_be).find(is_official) else { return };
    let (others, all) = official_names(table, last, nomenclature);
    if roles[last].role == Role::Name && others * 5 > all {
        return;
    }
    roles[official].guessed |= !told;
    roles[official].role = Role::Name;
    roles[last].role = Role::Indicator;
}

/// How many texts of a column are official names, of how many.
fn official_names(
    table: &LogicalTable,
    column: usize,
    nomenclature: &Nomenclature,
) -> (usize, usize) {
    let body = table.table.rows.iter().filter(|row| row.shape == RowShape::Body);
    let texts = body.map(|row| row.text(column as u32)).filter(|text| text.len() > 3);
    texts.fold((0, 0), |(official, all), text| {
        let is_official = nomenclature.is_nearly_official(&text.replace('\n', " "));
        (official + usize::from(is_official), all + 1)
    })
}

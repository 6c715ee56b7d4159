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

/// Gives the role of names to a column of official names without a telling head, where the column that
/// has it holds none: that one is of indicators.
pub(crate) fn find_official_names(
    table: &LogicalTable,
    roles: &mut [ColumnRole],
    nomenclature: &Nomenclature,
) {
    let Some(named) = roles.iter().position(|role| role.role == Role::Name) else { return };
    // Names stand before the indicators that measure them.
    let untold = |c: &usize| roles[*c].role == Role::Text && roles[*c].head.roles.is_empty();
    let Some(official) = (0..named).rev().filter(untold).find(|c| {
        let (official, all) = official_names(table, *c, nomenclature);
        official >= FEWEST && official * 2 >= all
    }) else {
        return;
    };
    let (others, all) = official_names(table, named, nomenclature);
    if others * 5 > all {
        return;
    }
    roles[official].role = Role::Name;
    roles[official].guessed = true;
    roles[named].role = Role::Indicator;
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

//! What speaks for and against every number: of its table, its column and row, and itself.
//!
//! What holds of a whole table, column or row is found out once and added to each of its numbers.

use laras_model::{
    Cell, Flag, Flags, Format, Measure, Observation, Role, RowKind, RowShape, Table, TableStyle,
};

use crate::book::{Book, is_summary};
use crate::check::Check;
use crate::cut_names::{Cut, cut_names};
use crate::elsewhere::{Elsewhere, namesakes, twins};
use crate::features::{Feature, Known};
use crate::names::is_open_ended;

/// How many equations hold, and how many do not.
#[derive(Clone, Copy, Default)]
struct Tally {
    held: u32,
    broken: u32,
}

/// The equations of each number, and of each table; the last of these is for numbers without one.
struct Tallies {
    numbers: Vec<Tally>,
    tables: Vec<Tally>,
}

impl Tallies {
    fn new(book: &Book<'_>, checks: &[Check]) -> Self {
        let mut numbers = vec![Tally::default(); book.extraction.observations.len()];
        let mut tables = vec![Tally::default(); book.tables.len() + 1];
        for check in checks {
            let table = &mut tables[book.table_number(check.result).unwrap_or(book.tables.len())];
            if !check.holds {
                table.broken += 1;
                check.members().for_each(|at| numbers[at].broken += 1);
            } else if check.members().any(|at| !book.number(at).is_zero()) {
                // Zeros add up to zero whatever they are of.
                table.held += 1;
                check.members().for_each(|at| numbers[at].held += 1);
            }
        }
        Self { numbers, tables }
    }
}

/// The features of each observation, one after the other: all of them at once would take more room than
/// the report.
pub(crate) fn each(
    book: &Book<'_>,
    checks: &[Check],
    misfits: &[bool],
) -> impl Iterator<Item = Known> {
    let all = &book.extraction.observations;
    let tallies = Tallies::new(book, checks);
    let tables = of_tables(book, &tallies);
    let elsewhere = Elsewhere::new(book);
    let (twins, namesakes, cuts) = (twins(book), namesakes(book), cut_names(book));
    let mut odd: Vec<Option<bool>> = vec![None; book.texts.all().len()];
    let is_paged = book.extraction.source.format == Format::Pdf;
    // The row that the last number stood in, and what is known of it and of its table.
    let (mut row, mut of_row) = (None, OfRow::default());
    all.iter().enumerate().map(move |(at, o)| {
        let number = book.table_number(at).unwrap_or(book.tables.len());
        let of_table = &tables[number];
        if row.replace((number, o.row)) != Some((number, o.row)) {
            of_row = OfRow::of(book, at, misfits);
            of_row.known = of_row.known.and(&of_table.known);
        }
        let Tally { held, broken } = tallies.numbers[at];
        let name = book.texts.name(at);
        let is_odd = *odd[name].get_or_insert_with(|| is_odd(book.texts.all()[name]));
        let of_column = of_table.columns.get(o.column as usize).copied().unwrap_or_default();
        let is_elsewhere = elsewhere.is_named(at);
        let mut known = of_row.known;
        known.add(Feature::RoleRivals, of_column.has_rivals);
        known.add(Feature::HeadNone, of_column.is_headless);
        known.add(Feature::NameOdd, is_odd);
        known.add(Feature::NameElsewhere, is_elsewhere);
        known.add(Feature::NamePiece, cuts[at] == Cut::Piece);
        known.add(Feature::NameOverfull, cuts[at] == Cut::Overfull);
        known.add(Feature::EquationHolds, held > 0);
        known.add(Feature::EquationSeveral, held > 1);
        if broken > 0 {
            known.add(Feature::EquationBroken, held == 0);
            known.add(Feature::EquationBoth, held > 0);
            known.add(Feature::LaidBroken, held == 0 && o.flags.contains(Flag::RowAligned));
        }
        if of_row.has_misfit || misfits[at] {
            known.add(Feature::ValueMisfit, misfits[at]);
            known.add(Feature::RowMisfit, !misfits[at] && held == 0);
        }
        if twins[at] {
            known.add(Feature::RowTwin, true);
            known.add(Feature::RowTwinHolds, held > 0);
        }
        known.add(Feature::ColumnTwin, namesakes[at]);
        known.add(Feature::ValueElsewhere, is_elsewhere && elsewhere.is_said(at));
        if is_paged {
            known.add(Feature::Paged, true);
            known.add(Feature::PagedUnchecked, held == 0);
            known.add(Feature::PagedName, !is_elsewhere && o.code.is_empty());
        }
        of_itself(&mut known, o);
        known
    })
}

/// What a number says by itself.
fn of_itself(known: &mut Known, o: &Observation) {
    known.add(Feature::Always, true);
    if o.flags != Flags::NONE {
        for (flag, feature) in FLAGS {
            known.add(feature, o.flags.contains(flag));
        }
    }
    let is_physical = !o.measure.is_money() && o.measure != Measure::Jumlah;
    known.add(Feature::NumberAlternatives, !o.alternatives.is_empty());
    known.add(Feature::NumberNil, o.value.number().is_none());
    known.add(Feature::NameOfficial, !o.code.is_empty());
    known.add(Feature::YearNone, o.year.is_none());
    known.add(Feature::Period, o.period.is_some());
    known.add(Feature::Variant, o.variant.is_some());
    if is_physical {
        known.add(Feature::Physical, true);
        known.add(Feature::PhysicalBare, o.indicator.is_empty());
        known.add(Feature::PhysicalUnit, o.unit.is_empty());
    }
    known.add(Feature::Kategori, o.row_kind == RowKind::Kategori);
    known.add(Feature::Summary, is_summary(o.row_kind));
}

/// The flags that are features.
const FLAGS: [(Flag, Feature); 13] = [
    (Flag::NumberMalformed, Feature::NumberMalformed),
    (Flag::NumberAmbiguous, Feature::NumberAmbiguous),
    (Flag::RowAligned, Feature::RowAligned),
    (Flag::RowUnsure, Feature::RowUnsure),
    (Flag::RowJoined, Feature::RowJoined),
    (Flag::NameCarried, Feature::NameCarried),
    (Flag::NameJoined, Feature::NameJoined),
    (Flag::NameSplit, Feature::NameSplit),
    (Flag::NameMissing, Feature::NameMissing),
    (Flag::RoleGuessed, Feature::RoleGuessed),
    (Flag::YearAssumed, Feature::YearAssumed),
    (Flag::TextRepaired, Feature::TextRepaired),
    (Flag::TextUnknownGlyph, Feature::TextRepaired),
];

/// What is known of the numbers of a row.
#[derive(Clone, Copy, Default)]
struct OfRow {
    known: Known,
    /// Whether one of them cannot be where it stands.
    has_misfit: bool,
}

impl OfRow {
    /// The row of a number.
    fn of(book: &Book<'_>, at: usize, misfits: &[bool]) -> Self {
        let number = book.get(at).row;
        let table = book.table(at);
        let margin = table.and_then(|t| t.table.rows.get(number as usize));
        let mut known = Known::default();
        known.share(Feature::RowMargin, 1.0 - margin.map_or(1.0, |row| row.margin.get()));
        let row = table.and_then(|t| t.rows.get(number)).unwrap_or_default();
        Self { known, has_misfit: row.iter().any(|at| misfits[*at]) }
    }
}

/// What is known of the numbers of a table and of its columns.
#[derive(Default)]
struct OfTable {
    known: Known,
    columns: Vec<OfColumn>,
}

#[derive(Clone, Copy, Default)]
struct OfColumn {
    /// Whether it may mean something else.
    has_rivals: bool,
    is_headless: bool,
}

/// What is known of each table; of numbers without one last.
fn of_tables(book: &Book<'_>, tallies: &Tallies) -> Vec<OfTable> {
    // The numbers of each table, and those of them that stand in an equation that holds.
    let mut counts = vec![(0_u32, 0_u32); book.tables.len() + 1];
    for (at, tally) in tallies.numbers.iter().enumerate() {
        let count = &mut counts[book.table_number(at).unwrap_or(book.tables.len())];
        count.0 += 1;
        count.1 += u32::from(tally.held > 0);
    }
    let tables = book.tables.iter().map(|t| Some(t.table)).chain([None]);
    tables
        .zip(&counts)
        .zip(&tallies.tables)
        .map(|((table, (numbers, checked)), tally)| {
            if *numbers == 0 {
                return OfTable::default();
            }
            let mut of = table.map_or(OfTable::default(), OfTable::of);
            let body =
                table.map_or(0, |t| t.rows.iter().filter(|r| r.shape == RowShape::Body).count());
            of.known.add(Feature::TableSmall, body < 3);
            of.known.share(Feature::TableHolds, f64::from(*checked) / f64::from(*numbers));
            let all = tally.broken + tally.held;
            of.known.share(Feature::TableBroken, f64::from(tally.broken) / f64::from(all.max(1)));
            of
        })
        .collect()
}

impl OfTable {
    fn of(table: &Table) -> Self {
        let mut known = Known::default();
        known.add(Feature::StyleWhitespace, table.style == TableStyle::Whitespace);
        known.add(Feature::StyleAligned, table.style == TableStyle::Aligned);
        let is_doubtful = table.notes.iter().any(|note| note.code == "columns.doubtful");
        known.add(Feature::ColumnsDoubtful, is_doubtful);
        known.share(Feature::TableUnread, unread(table));
        let columns = table.columns.iter().map(|column| OfColumn {
            has_rivals: !column.candidates.is_empty(),
            is_headless: column.path.is_empty(),
        });
        Self { known, columns: columns.collect() }
    }
}

/// Share of the number-like cells of a table that stand in columns whose role is not known: a grid
/// that was not understood.
fn unread(table: &Table) -> f64 {
    let is_unknown = |column: u32| {
        let role = table.columns.get(column as usize).map(|c| c.role);
        role.is_none_or(|role| matches!(role, Role::Unknown | Role::Text))
    };
    let is_number = |cell: &Cell| {
        let digits = cell.text.bytes().filter(u8::is_ascii_digit).count();
        digits > 0 && digits * 2 >= cell.text.chars().filter(|c| !c.is_whitespace()).count()
    };
    let body = || table.rows.iter().filter(|r| r.shape == RowShape::Body).flat_map(|r| &r.cells);
    let lost = body().filter(|cell| is_unknown(cell.column) && is_number(cell)).count();
    if lost == 0 {
        return 0.0;
    }
    lost as f64 / body().filter(|cell| is_number(cell)).count() as f64
}

/// Whether a name looks like a piece of one: it begins small, ends in a joining word, is hardly
/// there, or is mostly figures.
fn is_odd(name: &str) -> bool {
    let (letters, figures) = if name.is_ascii() {
        name.bytes().fold((0, 0), |(letters, figures), byte| {
            (
                letters + u32::from(byte.is_ascii_alphabetic()),
                figures + u32::from(byte.is_ascii_digit()),
            )
        })
    } else {
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        (letters as u32, name.bytes().filter(u8::is_ascii_digit).count() as u32)
    };
    let small = name.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    letters < 4
        || figures > letters
        || small
        || name.ends_with([',', '-', '('])
        || is_open_ended(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_names_look_odd() {
        for name in ["dan belanegara", "Penyusunan laporan dan", "2.1", "100 200 x"] {
            assert!(is_odd(name), "{name}");
        }
        for name in ["Program Pendidikan Politik", "FPK Kota", "Belanja Pegawai"] {
            assert!(!is_odd(name), "{name}");
        }
    }
}

//! How sure every number is: a logistic model over what speaks for and against it.
//!
//! The features are counts and shares from every stage: how the cell was read, how the row was laid
//! on its columns, where the name comes from, whether equations hold and whether another table says
//! the same. Their weights stand in `data/confidence.tsv`, which `cargo xtask calibrate` fits on
//! hand-made gold; `docs/confidence.md` holds what that command measured.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use laras_model::{
    Cell, Confidence, Decimal, Extraction, Flag, Format, Measure, Observation, Role, RowKind,
    RowShape, Table, TableStyle,
};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::book::{Book, TableBook, is_summary, same_time};
use crate::check::Check;
use crate::cut_names::{Cut, cut_names};
use crate::misfits::misfits;
use crate::names::is_open_ended;

/// What is known of a number, in the order of [`features`].
pub const FEATURES: [&str; 52] = [
    "always",
    "number.malformed",
    "number.ambiguous",
    "number.alternatives",
    "number.nil",
    "row.aligned",
    "row.unsure",
    "row.joined",
    "row.margin",
    "name.carried",
    "name.joined",
    "name.split",
    "name.missing",
    "name.odd",
    "name.elsewhere",
    "name.official",
    "name.piece",
    "name.overfull",
    "role.guessed",
    "role.rivals",
    "head.none",
    "year.assumed",
    "year.none",
    "period",
    "variant",
    "text.repaired",
    "equation.holds",
    "equation.several",
    "equation.broken",
    "equation.both",
    "laid.broken",
    "value.misfit",
    "row.misfit",
    "row.twin",
    "row.twin.holds",
    "column.twin",
    "table.holds",
    "table.broken",
    "table.small",
    "value.elsewhere",
    "paged",
    "paged.unchecked",
    "paged.name",
    "style.whitespace",
    "style.aligned",
    "table.unread",
    "columns.doubtful",
    "physical",
    "physical.bare",
    "physical.unit",
    "kategori",
    "summary",
];

/// What is known of every observation, one row each; see [`FEATURES`].
pub fn features(extraction: &Extraction) -> Vec<[f64; FEATURES.len()]> {
    let book = Book::new(extraction);
    let checks = crate::checks(&book);
    each(&book, &checks, &misfits(&book), |features| features)
}

/// The weights of the features.
static WEIGHTS: LazyLock<[f64; FEATURES.len()]> = LazyLock::new(|| {
    let mut weights = [0.0; FEATURES.len()];
    for line in include_str!("../data/confidence.tsv").lines().skip(1) {
        let mut fields = line.split('\t');
        if let (Some(name), Some(weight)) = (fields.next(), fields.next())
            && let Some(at) = FEATURES.iter().position(|f| *f == name)
        {
            weights[at] = weight.parse().unwrap_or(0.0);
        }
    }
    weights
});

/// The probability of every observation.
pub(crate) fn confidences(book: &Book<'_>, checks: &[Check], misfits: &[bool]) -> Vec<Confidence> {
    each(book, checks, misfits, |features| {
        let sum: f64 = features.iter().zip(WEIGHTS.iter()).map(|(x, w)| x * w).sum();
        Confidence::new(1.0 / (1.0 + (-sum).exp()))
    })
}

/// Sets the confidence of observations and of the tables that hold them.
pub(crate) fn set(extraction: &mut Extraction, confidences: &[Confidence]) {
    let mut sums: BTreeMap<&str, (f64, u32)> = BTreeMap::new();
    for (o, confidence) in extraction.observations.iter_mut().zip(confidences) {
        o.confidence = *confidence;
    }
    // The numbers of a table stand together.
    for of_one in extraction.observations.chunk_by(|a, b| a.table == b.table) {
        let (sum, count) = sums.entry(of_one[0].table.as_str()).or_default();
        for o in of_one {
            *sum += o.confidence.get();
            *count += 1;
        }
    }
    for table in &mut extraction.tables {
        if let Some((sum, count)) = sums.get(table.id.as_str()) {
            table.confidence = Confidence::new(sum / f64::from(*count));
        }
    }
}

#[derive(Clone, Copy, Default)]
struct Tally {
    held: u32,
    broken: u32,
}

/// What is made of the features of each observation: all of them at once would take more room than the
/// report.
fn each<T>(
    book: &Book<'_>,
    checks: &[Check],
    misfits: &[bool],
    make: impl Fn([f64; FEATURES.len()]) -> T,
) -> Vec<T> {
    let all = &book.extraction.observations;
    let misfit_rows: BTreeSet<(Option<usize>, u32)> = (0..all.len())
        .filter(|at| misfits[*at])
        .map(|at| (book.table_number(at), all[at].row))
        .collect();
    let mut around: Vec<OfTable> = book.tables.iter().map(|t| OfTable::of(t.table)).collect();
    // Numbers whose table is not there share one that says nothing.
    around.push(OfTable::default());
    let table_of = |at: usize| book.table_number(at).unwrap_or(book.tables.len());
    let mut tallies = vec![Tally::default(); all.len()];
    for check in checks {
        let table = &mut around[table_of(check.result)].tally;
        // Zeros add up to zero whatever they are of.
        let is_telling = check.members().any(|at| !book.number(at).is_zero());
        if check.holds && is_telling {
            table.held += 1;
            check.members().for_each(|at| tallies[at].held += 1);
        } else if !check.holds {
            table.broken += 1;
            check.members().for_each(|at| tallies[at].broken += 1);
        }
    }
    let mut names = vec![Tables::default(); book.texts.subjects()];
    // What is said of a subject, and of each observation which of these it says.
    let mut known: FxHashMap<(u32, Measure, bool, Decimal), u32> =
        FxHashMap::with_capacity_and_hasher(all.len() / 2, FxBuildHasher);
    let mut values: Vec<Tables> = Vec::new();
    let mut said: Vec<u32> = Vec::with_capacity(all.len());
    for (at, o) in all.iter().enumerate() {
        let (subject, table) = (book.texts.subject(at), table_of(at));
        names[subject].add(table);
        let value = *known
            .entry((subject as u32, o.measure, book.is_nil(at), book.plain(at)))
            .or_insert_with(|| {
                values.push(Tables::default());
                values.len() as u32 - 1
            });
        values[value as usize].add(table);
        said.push(value);
        around[table].checked += u32::from(tallies[at].held > 0);
        around[table].numbers += 1;
    }
    let (twins, namesakes, cuts) = (twins(book), namesakes(book), cut_names(book));
    let odd: Vec<bool> = book.texts.all().iter().map(|text| is_odd(text)).collect();
    all.iter()
        .enumerate()
        .map(|(at, o)| {
            let table = &around[table_of(at)];
            make(row(
                o,
                book.table(at),
                &Around {
                    tally: tallies[at],
                    table: table.tally,
                    held_share: f64::from(table.checked) / f64::from(table.numbers),
                    unread: table.unread,
                    body: table.body,
                    is_paged: book.extraction.source.format == Format::Pdf,
                    is_odd: odd[book.texts.name(at)],
                    name_elsewhere: names[book.texts.subject(at)].several,
                    value_elsewhere: values[said[at] as usize].several,
                    misfit: if misfits[at] {
                        Misfit::Own
                    } else if misfit_rows.contains(&(book.table_number(at), o.row)) {
                        Misfit::Beside
                    } else {
                        Misfit::None
                    },
                    is_twin: twins[at],
                    has_namesake: namesakes[at],
                    cut: cuts[at],
                },
            ))
        })
        .collect()
}

/// The tables that say something, as far as it matters: whether there are several.
#[derive(Clone, Default)]
struct Tables {
    first: Option<u32>,
    several: bool,
}

impl Tables {
    fn add(&mut self, table: usize) {
        let table = table as u32;
        self.several |= *self.first.get_or_insert(table) != table;
    }
}

/// What is known of a table as a whole.
#[derive(Default)]
struct OfTable {
    /// Its equations.
    tally: Tally,
    /// Its numbers, and how many of them stand in an equation that holds.
    numbers: u32,
    checked: u32,
    unread: f64,
    /// Rows of its body.
    body: usize,
}

impl OfTable {
    fn of(table: &Table) -> Self {
        let body = table.rows.iter().filter(|r| r.shape == RowShape::Body).count();
        Self { unread: unread(table), body, ..Self::default() }
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

/// Of each observation, whether another column of its row prints another value for the same thing: at
/// least one of the two heads was not understood.
fn twins(book: &Book<'_>) -> Vec<bool> {
    let mut twins = vec![false; book.extraction.observations.len()];
    for row in book.tables.iter().flat_map(|table| table.rows.values()) {
        for (i, &a) in row.iter().enumerate() {
            let x = book.get(a);
            // What a table counts by columns is told apart by what it counts.
            if x.measure == Measure::Jumlah {
                continue;
            }
            for &b in &row[i + 1..] {
                let y = book.get(b);
                let is_same = x.column != y.column
                    && x.measure == y.measure
                    && same_time(x, y)
                    && x.tahap == y.tahap
                    && book.texts.name(a) == book.texts.name(b)
                    && book.texts.indicator(a) == book.texts.indicator(b)
                    && x.unit == y.unit
                    && book.plain(a) != book.plain(b);
                if is_same {
                    (twins[a], twins[b]) = (true, true);
                }
            }
        }
    }
    twins
}

/// Of each observation, whether another row of its column says something else of the same name: rows
/// whose names were not understood, mostly.
fn namesakes(book: &Book<'_>) -> Vec<bool> {
    let mut namesakes = vec![false; book.extraction.observations.len()];
    let texts = &book.texts;
    for cells in book.tables.iter().flat_map(|table| table.columns.values()) {
        let mut first: FxHashMap<[usize; 3], usize> = FxHashMap::default();
        for &at in cells {
            let said = [texts.name(at), texts.parent(at), texts.indicator(at)];
            let other = *first.entry(said).or_insert(at);
            if book.plain(other) != book.plain(at) {
                (namesakes[other], namesakes[at]) = (true, true);
            }
        }
    }
    namesakes
}

/// What stands around a number.
#[expect(clippy::struct_excessive_bools, reason = "each is a feature")]
struct Around {
    tally: Tally,
    table: Tally,
    held_share: f64,
    /// Share of the table's numbers that stand where none are expected.
    unread: f64,
    /// Rows of the table's body.
    body: usize,
    is_paged: bool,
    /// Whether the name looks like a piece of one.
    is_odd: bool,
    name_elsewhere: bool,
    value_elsewhere: bool,
    misfit: Misfit,
    /// Whether its row says something else of the same thing.
    is_twin: bool,
    /// Whether another row of its column has the same name and says something else.
    has_namesake: bool,
    /// How whole its name is.
    cut: Cut,
}

/// Whether a value cannot belong where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Misfit {
    None,
    /// It cannot.
    Own,
    /// Another of its row cannot.
    Beside,
}

fn row(o: &Observation, table: Option<&TableBook<'_>>, around: &Around) -> [f64; FEATURES.len()] {
    let has = |flag: Flag| o.flags.contains(flag);
    let Tally { held, broken } = around.tally;
    let is_physical = !o.measure.is_money() && o.measure != Measure::Jumlah;
    let column = table.and_then(|t| t.table.columns.get(o.column as usize));
    let margin =
        table.and_then(|t| t.table.rows.get(o.row as usize)).map_or(1.0, |row| row.margin.get());
    let is = |condition: bool| f64::from(u8::from(condition));
    let is_known = around.name_elsewhere || !o.code.is_empty();
    [
        1.0,
        is(has(Flag::NumberMalformed)),
        is(has(Flag::NumberAmbiguous)),
        is(!o.alternatives.is_empty()),
        is(o.value.number().is_none()),
        is(has(Flag::RowAligned)),
        is(has(Flag::RowUnsure)),
        is(has(Flag::RowJoined)),
        1.0 - margin,
        is(has(Flag::NameCarried)),
        is(has(Flag::NameJoined)),
        is(has(Flag::NameSplit)),
        is(has(Flag::NameMissing)),
        is(around.is_odd),
        is(around.name_elsewhere),
        is(!o.code.is_empty()),
        is(around.cut == Cut::Piece),
        is(around.cut == Cut::Overfull),
        is(has(Flag::RoleGuessed)),
        is(column.is_some_and(|c| !c.candidates.is_empty())),
        is(column.is_some_and(|c| c.path.is_empty())),
        is(has(Flag::YearAssumed)),
        is(o.year.is_none()),
        is(o.period.is_some()),
        is(o.variant.is_some()),
        is(has(Flag::TextRepaired) || has(Flag::TextUnknownGlyph)),
        is(held > 0),
        is(held > 1),
        is(broken > 0 && held == 0),
        is(broken > 0 && held > 0),
        is(broken > 0 && held == 0 && has(Flag::RowAligned)),
        is(around.misfit == Misfit::Own),
        is(around.misfit == Misfit::Beside && held == 0),
        is(around.is_twin),
        is(around.is_twin && held > 0),
        is(around.has_namesake),
        around.held_share,
        f64::from(around.table.broken)
            / f64::from((around.table.broken + around.table.held).max(1)),
        is(around.body < 3),
        is(around.value_elsewhere),
        is(around.is_paged),
        is(around.is_paged && held == 0),
        is(around.is_paged && !is_known),
        is(table.is_some_and(|t| t.table.style == TableStyle::Whitespace)),
        is(table.is_some_and(|t| t.table.style == TableStyle::Aligned)),
        around.unread,
        is(table.is_some_and(|t| t.table.notes.iter().any(|n| n.code == "columns.doubtful"))),
        is(is_physical),
        is(is_physical && o.indicator.is_empty()),
        is(is_physical && o.unit.is_empty()),
        is(o.row_kind == RowKind::Kategori),
        is(is_summary(o.row_kind)),
    ]
}

/// Whether a name looks like a piece of one: it begins small, ends in a joining word, is hardly
/// there, or is mostly figures.
fn is_odd(name: &str) -> bool {
    let letters = if name.is_ascii() {
        name.bytes().filter(u8::is_ascii_alphabetic).count()
    } else {
        name.chars().filter(|c| c.is_alphabetic()).count()
    };
    let figures = name.bytes().filter(u8::is_ascii_digit).count();
    let small = name.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    letters < 4
        || figures > letters
        || small
        || is_open_ended(name)
        || name.ends_with([',', '-', '('])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_weight_and_every_weight_a_feature() {
        let named: Vec<&str> = include_str!("../data/confidence.tsv")
            .lines()
            .skip(1)
            .filter_map(|line| line.split('\t').next())
            .collect();
        assert_eq!(named, FEATURES);
        assert!(WEIGHTS.iter().all(|w| w.is_finite()) && WEIGHTS.iter().any(|w| *w != 0.0));
    }

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

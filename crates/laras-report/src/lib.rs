//! From logical tables to reports of observations: who, what, when.
//!
//! [`read_reports`] finds the reports bound in a file and their identity, decides what every column
//! of every table holds, builds the hierarchy of the rows, and makes one observation of every
//! number, with subject, measure and time. Names of programs, kegiatan and sub kegiatan are matched
//! to the nomenclature on the way.
//!
//! The steps, each in a module of its own: `title`, `parts`, `identity`, `signature` (which
//! reports, whose) → `head`, `roles` (columns) → `subject`, `levels`, `rows` (names and hierarchy)
//! → `names` → `time`, `unit`, `observe` (observations).
//!
//! # What this crate refuses to know
//! How text or tables came about, and whether the numbers agree. It knows heads, titles and levels
//! as words in its data files, and no office by name.

mod about;
mod asked;
mod bidang;
mod breakdown;
mod guesses;
mod head;
mod identity;
mod indicator;
mod items;
mod levels;
mod lists;
mod measures;
mod names;
mod observe;
mod official;
mod parts;
mod phrases;
mod printed_formulas;
mod roles;
mod rows;
mod scale;
mod shares;
mod signature;
mod spans;
mod stated;
mod subject;
mod time;
mod title;
mod unit;
mod values;
mod words;
mod years;

use laras_model::{
    Block, Confidence, Content, NameMatch, Observation, Part, RegionKind, ReportType, Role,
    RowShape, Table,
};
use laras_nomenclature::{DocumentNames, MatchOptions, Nomenclature, Tier};
use laras_table::LogicalTable;

use about::Subjects;
use asked::{Asked, Frame};
use identity::{Identity, Named, title_year};
use names::{NameFrame, Official};
use observe::Reader;
use parts::Extent;
use roles::{ColumnRole, resolved_year};

/// What [`read_reports`] works with.
#[derive(Debug)]
pub struct ReportOptions<'a> {
    /// The official names.
    pub nomenclature: &'a Nomenclature,
    /// How names are matched to them.
    pub matching: MatchOptions<'a>,
}

/// The reports of a file and what they say.
#[derive(Debug, Default)]
pub struct Reports {
    /// The reports found in the file.
    pub parts: Vec<Part>,
    /// The tables, with roles, parts and ids.
    pub tables: Vec<Table>,
    /// The numbers.
    pub observations: Vec<Observation>,
    /// The names.
    pub names: Vec<NameMatch>,
}

/// Reads the reports of a file from its blocks and tables.
pub fn read_reports(
    content: &Content,
    tables: Vec<LogicalTable>,
    options: &ReportOptions<'_>,
) -> Reports {
    let parts = read_parts(content, options.nomenclature);
    let mut read = Reports { parts, ..Reports::default() };
    read.observations.reserve_exact(tables.iter().map(values).sum());
    let mut scales = Vec::new();
    // Nothing is said of the other codes of a row.
    let matching = MatchOptions { aliases: false, ..options.matching };
    let mut known = Known {
        asked: Asked::default(),
        names: DocumentNames::new(options.nomenclature, matching, Official::new),
    };
    // What the cells of a table hold goes as soon as its numbers are read: it takes more room than they.
    for (i, mut table) in tables.into_iter().enumerate() {
        table.table.id = format!("t{:02}", i + 1);
        let part = part_of(&read.parts, &table.table);
        table.table.part = part.map_or(0, |p| p.part);
        read_table(&mut table, part, options, &mut known, &mut read.observations, &mut read.names);
        scales.extend(scale::proposed(&table));
        read.tables.push(table.table);
    }
    scale::apply(&scales, &mut read.observations);
    bidang::settle(options.nomenclature, &mut read.names, &mut read.observations);
    read
}

/// What was worked out for the names of a file, which stand in many of its tables.
struct Known<'a> {
    asked: Asked,
    names: DocumentNames<'a, Official>,
}

/// The cells that may give an observation.
fn values(table: &LogicalTable) -> usize {
    let body = table.table.rows.iter().zip(&table.contents);
    let body = body.filter(|(row, _)| row.shape == RowShape::Body);
    body.flat_map(|(_, contents)| contents).filter(|content| content.kind.is_value()).count()
}

/// The innermost report that a table stands in.
fn part_of<'p>(parts: &'p [Part], table: &Table) -> Option<&'p Part> {
    let covers = |p: &&Part| {
        let at = &table.place;
        if at.page > 0 && p.page_from > 0 {
            (p.page_from, p.line_from) <= (at.page, at.line)
                && (at.page, at.line) <= (p.page_to, p.line_to.max(at.line))
        } else {
            p.line_from <= at.line && at.line <= p.line_to
        }
    };
    parts.iter().rev().find(covers).or(parts.first())
}

fn read_table(
    table: &mut LogicalTable,
    part: Option<&Part>,
    options: &ReportOptions<'_>,
    known: &mut Known<'_>,
    observations: &mut Vec<Observation>,
    names: &mut Vec<NameMatch>,
) {
    let year = part.and_then(|p| p.year);
    let tier = part
        .and_then(|p| p.region.as_ref())
        .map(|r| if r.kind == RegionKind::Provinsi { Tier::Provinsi } else { Tier::KabupatenKota });
    let mut roles = roles::roles(table, year, part.map(|p| p.report_type));
    official::tell_official_names(table, &mut roles, options.nomenclature);
    let texts = subject::row_texts(table, &roles);
    let nomenclature = options.nomenclature;
    let exact_only = options.matching.exact_only || table.is_long;
    let frame = Frame { nomenclature, asked: &known.asked, year, exact_only };
    let hierarchy = rows::hierarchy(table, &roles, &texts, &frame);
    let frame = NameFrame { nomenclature, exact_only, year, tier };
    let (found, codes) = names::names(table, &roles, &texts, &hierarchy, &frame, &mut known.names);
    let reader = Reader {
        subjects: Subjects::new(table, &roles, &texts, &hierarchy),
        part: table.table.part,
        table_id: table.table.id.as_str().into(),
        report_year: year,
        codes: &codes,
    };
    let before = observations.len();
    reader.observe(observations);
    let observed = &observations[before..];
    let quantitative = !observed.is_empty();
    let sum: f64 = observed.iter().map(|o| o.confidence.get()).sum();
    let confidence = Confidence::new(if quantitative { sum / observed.len() as f64 } else { 0.5 });
    names.extend(found);
    table.table.is_quantitative = quantitative;
    table.table.confidence = confidence;
    set_columns(&mut table.table, &roles, year);
}

/// Writes the decisions about the columns into the table.
fn set_columns(table: &mut Table, roles: &[ColumnRole], year: Option<u16>) {
    for (column, role) in table.columns.iter_mut().zip(roles) {
        column.role = role.role;
        column.measure = role.measure;
        column.year = resolved_year(role.head.year, year).flatten();
        column.period = role.period();
        column.variant = role.variant();
        column.tahap = role.tahap();
        column.unit = match (role.is_money, role.head.percent) {
            (true, _) => "IDR".to_owned(),
            (_, true) => "%".to_owned(),
            _ => role.head.unit.clone(),
        };
        column.candidates = if role.role == Role::Measure && !role.guessed {
            Vec::new()
        } else {
            role.candidates()
        };
    }
}

/// The reports of a file with extent and identity.
fn read_parts(content: &Content, nomenclature: &Nomenclature) -> Vec<Part> {
    let blocks = &content.blocks;
    let extents = parts::extents(blocks);
    let named = Named::new(blocks, nomenclature);
    let whole = named.identity(0..blocks.len());
    let main_year =
        extents.first().and_then(|e| e.title.as_ref()).and_then(|t| t.year).or(whole.year);
    extents
        .iter()
        .enumerate()
        .map(|(i, extent)| part(i as u32 + 1, extent, &extents, blocks, &whole, main_year, &named))
        .collect()
}

fn part(
    number: u32,
    extent: &Extent,
    all: &[Extent],
    blocks: &[Block],
    whole: &Identity,
    main_year: Option<u16>,
    named: &Named<'_>,
) -> Part {
    let stretch = extent.from..extent.to.max(extent.from + 1).min(blocks.len());
    let own = &blocks[stretch.clone()];
    let mine = if number == 1 { whole.clone() } else { named.identity(stretch) };
    let title = extent.title.as_ref();
    let titled = title.and_then(|t| t.year).or_else(|| title_year(&extent.title_text));
    let year = if number == 1 { main_year } else { titled.or(mine.year).or(main_year) };
    let (first, last) = (own.first(), own.last());
    let signed = signature::signatories(own_blocks(extent, all, blocks));
    let last_signed = signed.iter().rev().find(|s| !s.signed_date.is_empty());
    let type_weight = title.map_or(0.2, |t| (t.weight / 6.0).min(1.0));
    Part {
        part: number,
        report_type: title.map_or(ReportType::Other, |t| t.report_type),
        variant: title.and_then(|t| t.variant),
        scope: scope(extent, named.nomenclature),
        year,
        agency: if mine.agency.is_empty() || number > 1 {
            whole.agency.clone()
        } else {
            mine.agency.clone()
        },
        agency_kind: whole.agency_kind,
        region: whole.region.clone(),
        line_from: if number == 1 { 1 } else { first.map_or(0, |b| b.place.line) },
        line_to: last.map_or(0, |b| b.line_to),
        page_from: first
            .map_or(0, |b| if number == 1 { b.place.page.min(1) } else { b.place.page }),
        page_to: last.map_or(0, |b| b.page_to),
        signed_place: last_signed.map(|s| s.signed_place.clone()).unwrap_or_default(),
        signed_date: last_signed.map(|s| s.signed_date.clone()).unwrap_or_default(),
        signatories: signed,
        confidence: Confidence::new(0.3 * type_weight + 0.7 * whole.clarity.max(0.1)),
        evidence: mine.evidence,
    }
}

/// The section that a report is of, or `office`. A title that goes on with the bidang urusan of the
/// office names no section.
fn scope(extent: &Extent, nomenclature: &Nomenclature) -> String {
    let named = extent.scope.split_once(' ').map_or("", |(_, rest)| rest);
    let is_urusan = levels::urusan_by_nomenclature(nomenclature, named).is_some();
    if named.is_empty() || is_urusan { "office".to_owned() } else { extent.scope.clone() }
}

/// The blocks of a report without those of reports inside it.
fn own_blocks<'b>(extent: &Extent, all: &[Extent], blocks: &'b [Block]) -> Vec<&'b Block> {
    let inner = |i: usize| {
        all.iter().any(|other| {
            let is_other =
                other.from > extent.from || (other.from == extent.from && other.to < extent.to);
            is_other && (other.from..other.to).contains(&i)
        })
    };
    (extent.from..extent.to).filter(|i| !inner(*i)).map(|i| &blocks[i]).collect()
}

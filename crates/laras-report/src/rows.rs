//! The hierarchy of a table's rows: the kind of every row's subject and its parent.

use std::collections::BTreeMap;
use std::rc::Rc;

use laras_model::{Role, RowKind, RowShape, SharedText};
use laras_table::LogicalTable;

use crate::asked::Frame;
use crate::levels::{Levels, Shown, is_total_name, kind_by_words};
use crate::roles::ColumnRole;
use crate::subject::{RowTexts, Text};

/// What a name of the table is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Subject {
    pub(crate) kind: RowKind,
    /// Whether the kind rests on weak evidence.
    pub(crate) guessed: bool,
}

/// Kinds of the names in a table, by row and column.
pub(crate) struct Hierarchy {
    kinds: BTreeMap<(usize, usize), Subject>,
    parents: BTreeMap<(usize, usize), SharedText>,
    /// For rows without a name, the program or other group they stand in.
    groups: BTreeMap<usize, Rc<Text>>,
    /// The first row that can be the total of the whole table.
    last_total: usize,
}

impl Hierarchy {
    pub(crate) fn subject(&self, text: &Text) -> Option<&Subject> {
        self.kinds.get(&(text.row, text.column))
    }

    pub(crate) fn parent(&self, text: &Text) -> SharedText {
        self.parents.get(&(text.row, text.column)).cloned().unwrap_or_default()
    }

    /// Whether a row of a total closes the table: nothing but shares and remarks follows.
    pub(crate) fn is_last_total(&self, row: usize) -> bool {
        row >= self.last_total
    }

    /// The group of rows that a row stands in: the nearest name above it of a higher level.
    pub(crate) fn group(&self, row: usize) -> Option<&Text> {
        self.groups.get(&row).map(Rc::as_ref)
    }
}

/// Rank of a kind in the hierarchy, outermost first.
fn rank(kind: RowKind) -> u8 {
    match kind {
        RowKind::Total => 0,
        RowKind::Subtotal => 1,
        RowKind::Sasaran => 2,
        RowKind::Program => 3,
        RowKind::Kegiatan => 4,
        RowKind::SubKegiatan => 5,
        _ => 6,
    }
}

/// Decides the kinds and parents of all names of a table.
pub(crate) fn hierarchy(
    table: &LogicalTable,
    roles: &[ColumnRole],
    texts: &[RowTexts],
    frame: &Frame<'_>,
) -> Hierarchy {
    let mut kinds = BTreeMap::new();
    let has_money = roles.iter().any(|r| r.is_money && r.measure.is_some());
    let has_values = roles.iter().any(|r| r.measure.is_some());
    let last_total = last_total(table, texts);
    let caption = crate::levels::levels_in(&table.table.caption);
    for (c, role) in roles.iter().enumerate().filter(|(_, r)| r.role == Role::Name) {
        let allowed = allowed(table, roles, c);
        let numbering = Numbering::of(texts, c, frame);
        for (r, row) in texts.iter().enumerate() {
            let Some(text) = &row.own[c] else { continue };
            let subject = subject(
                text,
                allowed,
                &numbering,
                frame,
                &Table {
                    has_money,
                    has_values,
                    caption,
                    last: r >= last_total,
                    guessed: role.guessed,
                },
            );
            kinds.insert((r, c), subject);
        }
    }
    let parents = parents(roles, texts, &kinds);
    let groups = groups(texts, &kinds, roles);
    Hierarchy { kinds, parents, groups, last_total }
}

/// Rows of shares and averages that may follow the total of a table.
const ROWS_AFTER_TOTAL: usize = 2;

/// The row from which on a total is that of the whole table.
fn last_total(table: &LogicalTable, texts: &[RowTexts]) -> usize {
    let is_body = |r: &usize| table.table.rows[*r].shape == RowShape::Body;
    let body: Vec<usize> = (0..texts.len()).filter(is_body).collect();
    let is_total = |r: &usize| texts[*r].label.as_ref().is_some_and(|l| is_total_name(&l.text));
    let from = body.len().saturating_sub(1 + ROWS_AFTER_TOTAL);
    body[from..].iter().rev().find(|r| is_total(r)).or(body.last()).copied().unwrap_or(0)
}

/// What the kinds depend on of the table as a whole.
#[expect(clippy::struct_excessive_bools, reason = "each holds or not, independently")]
struct Table {
    has_money: bool,
    has_values: bool,
    caption: Levels,
    last: bool,
    guessed: bool,
}

/// The levels a column of names can hold: its head's, or one below the column of names before it.
fn allowed(table: &LogicalTable, roles: &[ColumnRole], column: usize) -> Levels {
    let own = roles[column].levels;
    let path = |c: usize| &table.table.columns[c].path;
    let before =
        (0..column).rev().find(|c| roles[*c].role == Role::Name && !roles[*c].levels.is_open());
    // A second column under the same heads of one group: the converter repeated the outer head.
    let repeated = before.is_some_and(|c| {
        path(c) == path(column) && roles[c].group.is_some() && roles[c].group == roles[column].group
    });
    if !own.is_open() && !repeated {
        return own;
    }
    match before.map(|c| roles[c].levels) {
        Some(levels) if levels.program && !levels.kegiatan => {
            Levels { kegiatan: true, sub_kegiatan: true, ..Levels::default() }
        }
        Some(levels) if levels.kegiatan && !levels.sub_kegiatan => {
            Levels { sub_kegiatan: true, ..Levels::default() }
        }
        _ => own,
    }
}

fn subject(
    text: &Text,
    allowed: Levels,
    numbering: &Numbering,
    frame: &Frame<'_>,
    table: &Table,
) -> Subject {
    let sure = |kind| Subject { kind, guessed: false };
    let name = &text.text;
    if is_total_name(name) {
        return sure(if table.last { RowKind::Total } else { RowKind::Subtotal });
    }
    match kind_by_words(name).or_else(|| frame.urusan(name)) {
        Some(Shown::Total) => {
            return sure(if table.last { RowKind::Total } else { RowKind::Subtotal });
        }
        Some(Shown::Kind(RowKind::Program))
            if allowed.program || allowed.is_open() || allowed.kegiatan =>
        {
            return sure(RowKind::Program);
        }
        Some(Shown::Kind(kind @ (RowKind::Belanja | RowKind::SumberDana)))
            if table.has_money && !allowed.sasaran =>
        {
            return sure(kind);
        }
        Some(Shown::Kind(RowKind::SubKegiatan)) => return sure(RowKind::SubKegiatan),
        Some(Shown::Urusan) if allowed.urusan || table.has_money => return sure(RowKind::Total),
        Some(Shown::BidangUrusan) if allowed.urusan || table.has_money => {
            return sure(RowKind::Subtotal);
        }
        _ => {}
    }
    if allowed.is_nomenclature() {
        let single = [allowed.program, allowed.kegiatan, allowed.sub_kegiatan]
            .iter()
            .filter(|l| **l)
            .count()
            == 1;
        let official = frame.kind(name);
        if single {
            // A program can stand in the column of kegiatan; the nomenclature knows it by name.
            if allowed.kegiatan && official == Some(RowKind::Program) {
                return sure(RowKind::Program);
            }
            let kind = if allowed.program {
                RowKind::Program
            } else if allowed.kegiatan {
                RowKind::Kegiatan
            } else {
                RowKind::SubKegiatan
            };
            return sure(kind);
        }
        if let Some(kind) = official.filter(|k| fits(*k, allowed)) {
            return sure(kind);
        }
        let kind = numbering.kind(text, allowed);
        return Subject { kind, guessed: true };
    }
    if allowed.sasaran || allowed.tujuan {
        return sure(RowKind::Sasaran);
    }
    if allowed.belanja {
        return sure(RowKind::Belanja);
    }
    if allowed.sumber_dana {
        return sure(RowKind::SumberDana);
    }
    if table.has_money {
        if let Some(kind) = frame.kind(name) {
            return sure(kind);
        }
        if table.caption.is_nomenclature() {
            return Subject { kind: numbering.kind(text, table.caption), guessed: true };
        }
        if table.caption.belanja {
            return sure(RowKind::Belanja);
        }
        // `Kegiatan …` says itself what it is, official or not.
        let says_kegiatan = kind_by_words(name) == Some(Shown::Kind(RowKind::Kegiatan));
        let kind = if says_kegiatan { RowKind::Kegiatan } else { RowKind::Kategori };
        return Subject { kind, guessed: true };
    }
    Subject { kind: RowKind::Kategori, guessed: table.guessed && table.has_values }
}

fn fits(kind: RowKind, allowed: Levels) -> bool {
    match kind {
        RowKind::Program => allowed.program,
        RowKind::Kegiatan => allowed.kegiatan,
        // Heads that say `Program/Kegiatan` were kept when sub kegiatan came.
        RowKind::SubKegiatan => allowed.sub_kegiatan || allowed.kegiatan,
        _ => false,
    }
}

/// How the rows of a column are numbered, which often carries the hierarchy.
struct Numbering {
    /// Depths that occur, shallowest first.
    depths: Vec<usize>,
    /// Whether official names of sub kegiatan stand in the column.
    has_sub_kegiatan: bool,
}

impl Numbering {
    fn of(texts: &[RowTexts], column: usize, frame: &Frame<'_>) -> Self {
        let mut depths: Vec<usize> = texts
            .iter()
            .filter_map(|row| row.own[column].as_ref())
            .filter_map(|t| depth(&t.number))
            .collect();
        depths.sort_unstable();
        depths.dedup();
        let has_sub_kegiatan = texts
            .iter()
            .filter_map(|row| row.own[column].as_ref())
            .any(|text| frame.kind(&text.text) == Some(RowKind::SubKegiatan));
        Self { depths, has_sub_kegiatan }
    }

    /// The level that a name's numbering gives it among those its column allows.
    fn kind(&self, text: &Text, allowed: Levels) -> RowKind {
        let levels: Vec<RowKind> = [
            (allowed.program, RowKind::Program),
            (allowed.kegiatan, RowKind::Kegiatan),
            (allowed.sub_kegiatan, RowKind::SubKegiatan),
        ]
        .into_iter()
        .filter_map(|(is, kind)| is.then_some(kind))
        .collect();
        // Without telling numbers a name is of the lowest level that the column has.
        let fallback = match levels.last() {
            Some(RowKind::Kegiatan | RowKind::SubKegiatan) if self.has_sub_kegiatan => {
                RowKind::SubKegiatan
            }
            Some(RowKind::SubKegiatan) if levels.contains(&RowKind::Kegiatan) => RowKind::Kegiatan,
            Some(level) => *level,
            None => RowKind::Kegiatan,
        };
        let Some(depth) = depth(&text.number) else { return fallback };
        if self.depths.len() < 2 || self.depths.len() > levels.len() {
            return fallback;
        }
        let at = self.depths.iter().position(|d| *d == depth).unwrap_or(0);
        levels.get(at).copied().unwrap_or(fallback)
    }
}

/// Depth of a numbering: 1 for `2.`, 2 for `2.1`; codes count their parts.
fn depth(number: &str) -> Option<usize> {
    let parts = number.split('.').filter(|p| !p.is_empty()).count();
    (parts > 0 && number.bytes().any(|b| b.is_ascii_alphanumeric())).then_some(parts)
}

fn parents(
    roles: &[ColumnRole],
    texts: &[RowTexts],
    kinds: &BTreeMap<(usize, usize), Subject>,
) -> BTreeMap<(usize, usize), SharedText> {
    let mut parents = BTreeMap::new();
    for (c, _) in roles.iter().enumerate().filter(|(_, r)| r.role == Role::Name) {
        let mut above: Vec<(u8, SharedText)> = Vec::new();
        for (r, row) in texts.iter().enumerate() {
            let Some(text) = &row.own[c] else { continue };
            let Some(subject) = kinds.get(&(r, c)) else { continue };
            if matches!(subject.kind, RowKind::Total | RowKind::Subtotal) {
                continue;
            }
            let rank = rank(subject.kind);
            above.retain(|(other, _)| *other < rank);
            // A name of a column further left in this row, or carried into it, is nearer than one above.
            let left = (0..c).rev().find_map(|l| {
                let left = row.carried[l].as_ref().filter(|_| roles[l].role == Role::Name)?;
                let kind = kinds.get(&(left.row, l))?.kind;
                // Twin halves name the same level twice.
                (self::rank(kind) < rank).then(|| left.text.clone())
            });
            let parent = above.last().map(|(_, name)| name.clone()).or(left).unwrap_or_default();
            parents.insert((r, c), parent);
            above.push((rank, text.text.clone()));
        }
    }
    parents
}

/// For each row the nearest program, or else the nearest name with others below it.
fn groups(
    texts: &[RowTexts],
    kinds: &BTreeMap<(usize, usize), Subject>,
    roles: &[ColumnRole],
) -> BTreeMap<usize, Rc<Text>> {
    let mut groups = BTreeMap::new();
    let mut current: Option<Rc<Text>> = None;
    for (r, row) in texts.iter().enumerate() {
        for (c, _) in roles.iter().enumerate().filter(|(_, role)| role.role == Role::Name) {
            if let (Some(text), Some(subject)) = (&row.own[c], kinds.get(&(r, c)))
                && subject.kind == RowKind::Program
            {
                current = Some(text.clone());
            }
        }
        if let Some(text) = &current {
            groups.insert(r, text.clone());
        }
    }
    groups
}

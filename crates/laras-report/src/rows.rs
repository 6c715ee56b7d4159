//! The hierarchy of a table's rows: the kind of every row's subject and its parent.

use std::cell::OnceCell;

use laras_model::{Role, RowKind, RowShape, SharedText};
use laras_table::LogicalTable;

use crate::asked::Frame;
use crate::levels::{Levels, Shown, levels_in};
use crate::roles::ColumnRole;
use crate::subject::{Text, Texts};

/// What the names in a table are.
pub(crate) struct Hierarchy {
    /// The kind of each text that is a name.
    kinds: Vec<Option<RowKind>>,
    /// The name above each text that is one.
    parents: Vec<SharedText>,
    /// For each row the number of the program that it stands in.
    groups: Vec<Option<usize>>,
    /// The first row that can be the total of the whole table.
    last_total: usize,
}

impl Hierarchy {
    /// What a text is, if it is a name.
    pub(crate) fn kind(&self, text: &Text) -> Option<RowKind> {
        self.kinds.get(text.id).copied().flatten()
    }

    pub(crate) fn parent(&self, text: &Text) -> SharedText {
        self.parents.get(text.id).cloned().unwrap_or_default()
    }

    /// Whether a row of a total closes the table: nothing but shares and remarks follows.
    pub(crate) fn is_last_total(&self, row: usize) -> bool {
        row >= self.last_total
    }

    /// The number of the program that a row stands in: the nearest above it.
    pub(crate) fn group(&self, row: usize) -> Option<usize> {
        *self.groups.get(row)?
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
    texts: &Texts,
    frame: &Frame<'_>,
) -> Hierarchy {
    let last_total = last_total(table, texts);
    let whole = Whole {
        has_money: roles.iter().any(|r| r.is_money && r.measure.is_some()),
        caption: &table.table.caption,
        announced: OnceCell::new(),
    };
    let mut names: Vec<Name<'_>> = Vec::new();
    for (c, _) in roles.iter().enumerate().filter(|(_, r)| r.role == Role::Name) {
        let allowed = allowed(table, roles, c);
        let numbering = OnceCell::new();
        let numbering = || numbering.get_or_init(|| Numbering::of(texts, c, frame));
        for r in 0..texts.rows() {
            let Some(text) = texts.own(r, c) else { continue };
            let kind = kind(text, allowed, &numbering, frame, &whole, r >= last_total);
            names.push(Name { text, kind });
        }
    }
    let texts_with_kinds = names.iter().map(|name| name.text.id + 1).max().unwrap_or(0);
    let mut kinds = vec![None; texts_with_kinds];
    for name in &names {
        kinds[name.text.id] = Some(name.kind);
    }
    let parents = parents(roles, texts, &names, &kinds);
    let groups = groups(texts.rows(), &names);
    Hierarchy { kinds, parents, groups, last_total }
}

/// A name and what it is.
struct Name<'t> {
    text: &'t Text,
    kind: RowKind,
}

/// Rows of shares and averages that may follow the total of a table.
const ROWS_AFTER_TOTAL: usize = 2;

/// The row from which on a total is that of the whole table.
fn last_total(table: &LogicalTable, texts: &Texts) -> usize {
    let is_body = |r: &usize| table.table.rows[*r].shape == RowShape::Body;
    let is_total = |r: &usize| texts.label(*r).is_some_and(|label| label.is_total);
    let mut body = (0..texts.rows()).rev().filter(is_body).take(1 + ROWS_AFTER_TOTAL);
    let last = body.clone().next();
    body.find(is_total).or(last).unwrap_or(0)
}

/// What the kinds depend on of the table as a whole.
struct Whole<'t> {
    has_money: bool,
    caption: &'t str,
    /// The levels that the caption names, once they were asked for.
    announced: OnceCell<Levels>,
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

/// What a name is. Some kinds only the numbering of its column tells.
fn kind<'n>(
    text: &Text,
    allowed: Levels,
    numbering: &impl Fn() -> &'n Numbering,
    frame: &Frame<'_>,
    table: &Whole<'_>,
    is_last: bool,
) -> RowKind {
    let total = if is_last { RowKind::Total } else { RowKind::Subtotal };
    if text.is_total {
        return total;
    }
    let name = &*frame.name(&text.text);
    let shown = name.shown;
    match shown.or_else(|| frame.urusan(name)) {
        Some(Shown::Total) => return total,
        Some(Shown::Kind(RowKind::Program))
            if allowed.program || allowed.is_open() || allowed.kegiatan =>
        {
            return RowKind::Program;
        }
        Some(Shown::Kind(kind @ (RowKind::Belanja | RowKind::SumberDana)))
            if table.has_money && !allowed.sasaran =>
        {
            return kind;
        }
        Some(Shown::Kind(RowKind::SubKegiatan)) => return RowKind::SubKegiatan,
        Some(Shown::Urusan) if allowed.urusan || table.has_money => return RowKind::Total,
        Some(Shown::BidangUrusan) if allowed.urusan || table.has_money => {
            return RowKind::Subtotal;
        }
        _ => {}
    }
    match (allowed.program, allowed.kegiatan, allowed.sub_kegiatan) {
        (false, false, false) => {}
        (true, false, false) => return RowKind::Program,
        (false, false, true) => return RowKind::SubKegiatan,
        // A program can stand in the column of kegiatan; the nomenclature knows it by name.
        (false, true, false) if frame.kind(name) == Some(RowKind::Program) => {
            return RowKind::Program;
        }
        (false, true, false) => return RowKind::Kegiatan,
        _ => {
            let official = frame.kind(name).filter(|kind| fits(*kind, allowed));
            return official.unwrap_or_else(|| numbering().kind(text, allowed));
        }
    }
    if allowed.sasaran || allowed.tujuan {
        return RowKind::Sasaran;
    }
    if allowed.belanja {
        return RowKind::Belanja;
    }
    if allowed.sumber_dana {
        return RowKind::SumberDana;
    }
    if table.has_money {
        if let Some(kind) = frame.kind(name) {
            return kind;
        }
        let caption = *table.announced.get_or_init(|| levels_in(table.caption));
        if caption.is_nomenclature() {
            return numbering().kind(text, caption);
        }
        if caption.belanja {
            return RowKind::Belanja;
        }
        // `Kegiatan …` says itself what it is, official or not.
        if shown == Some(Shown::Kind(RowKind::Kegiatan)) {
            return RowKind::Kegiatan;
        }
    }
    RowKind::Kategori
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
    fn of(texts: &Texts, column: usize, frame: &Frame<'_>) -> Self {
        let own = (0..texts.rows()).filter_map(|row| texts.own(row, column));
        let mut depths: Vec<usize> = own.clone().filter_map(|t| depth(&t.number)).collect();
        depths.sort_unstable();
        depths.dedup();
        let is_sub_kegiatan =
            |t: &Text| frame.kind(&frame.name(&t.text)) == Some(RowKind::SubKegiatan);
        let has_sub_kegiatan = own.clone().any(is_sub_kegiatan);
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

/// The names above names, by the number of the text.
fn parents(
    roles: &[ColumnRole],
    texts: &Texts,
    names: &[Name<'_>],
    kinds: &[Option<RowKind>],
) -> Vec<SharedText> {
    let mut parents = vec![SharedText::default(); kinds.len()];
    for of_column in names.chunk_by(|a, b| a.text.column == b.text.column) {
        let mut above: Vec<(u8, &SharedText)> = Vec::new();
        for Name { text, kind } in of_column {
            if matches!(kind, RowKind::Total | RowKind::Subtotal) {
                continue;
            }
            let rank = rank(*kind);
            above.retain(|(other, _)| *other < rank);
            // A name of a column further left in this row, or carried into it, is nearer than one above.
            let left = || {
                (0..text.column).rev().filter(|l| roles[*l].role == Role::Name).find_map(|l| {
                    let left = texts.carried(text.row, l)?;
                    let kind = kinds.get(left.id).copied().flatten()?;
                    // Twin halves name the same level twice.
                    (self::rank(kind) < rank).then_some(&left.text)
                })
            };
            let parent = above.last().map(|(_, name)| *name).or_else(left);
            parents[text.id] = parent.cloned().unwrap_or_default();
            above.push((rank, &text.text));
        }
    }
    parents
}

/// For each row the number of the nearest program.
fn groups(rows: usize, names: &[Name<'_>]) -> Vec<Option<usize>> {
    let mut groups: Vec<Option<usize>> = vec![None; rows];
    // Of several programs in a row the last, which stands furthest right.
    for name in names.iter().filter(|name| name.kind == RowKind::Program) {
        groups[name.text.row] = Some(name.text.id);
    }
    let mut current = None;
    for group in &mut groups {
        current = group.or(current);
        *group = current;
    }
    groups
}

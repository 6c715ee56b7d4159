//! What the value in a cell is about: the subject of its row for its column, with indicator and
//! parent.

use laras_model::{Flag, Flags, Role, RowKind, SharedText};
use laras_table::{CellKind, LogicalTable};

use crate::items::items;
use crate::roles::ColumnRole;
use crate::rows::Hierarchy;
use crate::subject::{Text, Texts, bare_name};

/// The subject of a value.
#[derive(Clone, Debug)]
pub(crate) struct About {
    pub(crate) kind: RowKind,
    pub(crate) name: SharedText,
    pub(crate) parent: SharedText,
    pub(crate) indicator: SharedText,
    pub(crate) flags: Flags,
    /// Whether percents in this row are averages over a group of rows.
    pub(crate) is_average: bool,
    /// Row and column of the text that named it, by which its code is found.
    pub(crate) source: Option<(usize, usize)>,
    /// The cell of its indicator.
    indicator_cell: Option<(usize, usize)>,
}

impl About {
    /// The row of a value, then those that name its indicator and its subject, which may be the same.
    pub(crate) fn rows(&self, own: usize) -> [usize; 3] {
        [Some(own), self.indicator_cell.map(|at| at.0), self.source.map(|at| at.0)]
            .map(|row| row.unwrap_or(own))
    }
}

/// A table whose values are to be given their subjects.
pub(crate) struct Subjects<'a> {
    pub(crate) table: &'a LogicalTable,
    pub(crate) roles: &'a [ColumnRole],
    pub(crate) texts: &'a Texts,
    pub(crate) hierarchy: &'a Hierarchy,
    /// Of each column, the columns of names for its values.
    names_for: Vec<Vec<usize>>,
    /// The columns of indicators.
    indicators: Vec<usize>,
}

/// Columns of names for a value column: in its own group first, then to its left, nearest
/// first; to its right only where nothing to its left could name it.
fn names_for(roles: &[ColumnRole], c: usize) -> Vec<usize> {
    let is = |n: &usize, role: Role| roles[*n].role == role;
    let group = roles[c].group;
    let mut left: Vec<usize> = (0..c).rev().filter(|n| is(n, Role::Name)).collect();
    if group.is_some() {
        left.sort_by_key(|n| roles[*n].group != group);
    }
    if left.is_empty() && !(0..c).any(|n| is(&n, Role::Indicator)) {
        left = (c + 1..roles.len()).filter(|n| is(n, Role::Name)).collect();
    }
    left
}

impl<'a> Subjects<'a> {
    pub(crate) fn new(
        table: &'a LogicalTable,
        roles: &'a [ColumnRole],
        texts: &'a Texts,
        hierarchy: &'a Hierarchy,
    ) -> Self {
        let names_for = (0..roles.len()).map(|c| names_for(roles, c)).collect();
        let is_indicator = |c: &usize| roles[*c].role == Role::Indicator;
        let indicators = (0..roles.len()).filter(is_indicator).collect();
        Self { table, roles, texts, hierarchy, names_for, indicators }
    }

    /// What a cell's value is about; `None` where nothing in the table says it.
    pub(crate) fn about(&self, r: usize, c: usize, is_money: bool) -> Option<About> {
        let texts = self.texts;
        let names = &self.names_for[c];
        if let Some(text) = names.iter().find_map(|n| texts.own(r, *n)) {
            let indicator = self.indicator(r, c, Some(text), true);
            return Some(self.named(text, indicator, is_money, Flags::NONE));
        }
        let carried = names.iter().find_map(|n| texts.carried(r, *n));
        let indicator = self.indicator(r, c, carried, false);
        if let Some(label) = texts.label(r) {
            if label.is_total || label.may_be_total {
                let is_average = label.text.to_lowercase().contains("rata-rata");
                let total = self.total(r, label.text.clone(), Flags::NONE);
                return Some(About { is_average, ..total });
            }
            if self.hierarchy.group(r).is_some() {
                return Some(self.average(r, label));
            }
        }
        let has_own_indicator = indicator.is_some_and(|i| i.row == r);
        let is_plain_line = !has_own_indicator && !self.is_quarter_line(r);
        let named_above = carried.is_none_or(|t| t.row != r);
        if is_money && is_plain_line && named_above && self.has_value_above(r, c, carried) {
            return Some(self.total(r, SharedText::from("Jumlah"), Flag::NameMissing.into()));
        }
        if let Some(text) = carried {
            return Some(self.named(text, indicator, is_money, Flag::NameCarried.into()));
        }
        match indicator {
            Some(indicator) => Some(Self::indicated(indicator)),
            None if is_money => {
                Some(self.total(r, SharedText::from("Jumlah"), Flag::NameMissing.into()))
            }
            None => None,
        }
    }

    /// The subject of one of several numbers in a cell: where the cell of the name holds as many
    /// items, each number belongs to its own.
    pub(crate) fn of_item(&self, about: &About, n: usize, count: usize) -> About {
        let item = |cell: Option<(usize, usize)>| {
            let (r, c) = cell?;
            let items = items(self.table.table.rows[r].text(c as u32));
            (items.len() == count).then(|| bare_name(&items[n]).0)
        };
        let mut one = about.clone();
        let name = item(about.source);
        let indicator = item(about.indicator_cell);
        if about.kind == RowKind::Indikator {
            if let Some(indicator) = indicator {
                one.name.clone_from(&indicator);
                one.indicator = indicator;
            }
            return one;
        }
        if let Some(name) = name {
            one.name = name;
            one.flags.insert(Flag::NameSplit);
            if let Some(indicator) = indicator {
                one.indicator = indicator;
            }
        }
        one
    }

    /// Whether the values of a row are quarters printed in its cells.
    fn is_quarter_line(&self, r: usize) -> bool {
        self.table.contents[r].iter().any(|content| content.kind == CellKind::Quarter)
    }

    /// Whether the name that would be carried into this row has a value of its own in the column.
    fn has_value_above(&self, r: usize, c: usize, carried: Option<&Text>) -> bool {
        let Some(text) = carried else { return true };
        // Nearest first: of many rows below one name each looks only as far as the next value.
        (text.row..r)
            .rev()
            .any(|above| self.table.content(above, c as u32).is_some_and(|v| v.kind.is_value()))
    }

    /// The indicator of a value: the nearest to the left that is printed in the row, or carried
    /// into it with the name.
    fn indicator(
        &self,
        r: usize,
        c: usize,
        subject: Option<&Text>,
        own_subject: bool,
    ) -> Option<&'a Text> {
        let texts = self.texts;
        let from = subject.map_or(0, |s| if s.column < c { s.column } else { 0 });
        let (left, right) = self.indicators.split_at(self.indicators.partition_point(|i| *i < c));
        let mut columns = &left[left.partition_point(|i| *i < from)..];
        if columns.is_empty() {
            columns = &left[left.len().saturating_sub(1)..];
        }
        if columns.is_empty() && subject.is_none() {
            columns = &right[usize::from(right.first() == Some(&c))..];
            columns = &columns[..columns.len().min(1)];
        }
        let columns = columns.iter().rev();
        let own = columns.clone().find_map(|i| texts.own(r, *i));
        let carried = || columns.clone().find_map(|i| texts.carried(r, *i));
        own.or_else(|| if own_subject { None } else { carried() })
    }

    fn named(
        &self,
        text: &Text,
        indicator: Option<&Text>,
        is_money: bool,
        mut flags: Flags,
    ) -> About {
        let kind = self.hierarchy.kind(text).unwrap_or(RowKind::Kategori);
        if indicator.is_some_and(|i| i.row != text.row) {
            // A merged cell over rows with indicators of their own: no reason to doubt.
            flags = flags.without(Flag::NameCarried);
        }
        if let Some(indicator) = indicator.filter(|_| !is_money && kind == RowKind::Sasaran) {
            return About { parent: text.text.clone(), flags, ..Self::indicated(indicator) };
        }
        About {
            kind,
            name: text.text.clone(),
            parent: self.hierarchy.parent(text),
            indicator: match indicator {
                Some(indicator) if !is_money => indicator.text.clone(),
                _ => SharedText::default(),
            },
            flags,
            is_average: false,
            source: Some((text.row, text.printed_in)),
            indicator_cell: indicator.map(|i| (i.row, i.printed_in)),
        }
    }

    fn indicated(indicator: &Text) -> About {
        About {
            kind: RowKind::Indikator,
            name: indicator.text.clone(),
            parent: SharedText::default(),
            indicator: indicator.text.clone(),
            flags: Flags::NONE,
            is_average: false,
            source: None,
            indicator_cell: Some((indicator.row, indicator.printed_in)),
        }
    }

    fn total(&self, r: usize, name: SharedText, flags: Flags) -> About {
        let is_last = self.hierarchy.is_last_total(r) && !flags.contains(Flag::NameMissing);
        About {
            kind: if is_last { RowKind::Total } else { RowKind::Subtotal },
            name,
            parent: SharedText::default(),
            indicator: SharedText::default(),
            flags,
            is_average: false,
            source: None,
            indicator_cell: None,
        }
    }

    /// A row that sums up a program without naming it: `Rata-rata capaian kinerja (%)`.
    fn average(&self, r: usize, label: &Text) -> About {
        let group = self.hierarchy.group(r).and_then(|number| self.texts.text(number));
        About {
            kind: RowKind::Subtotal,
            name: group.map_or_else(|| label.text.clone(), |g| g.text.clone()),
            parent: SharedText::default(),
            indicator: SharedText::default(),
            flags: Flags::NONE,
            is_average: true,
            source: None,
            indicator_cell: None,
        }
    }
}

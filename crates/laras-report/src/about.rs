//! What the value in a cell is about: the subject of its row for its column, with indicator and
//! parent.

use std::rc::Rc;

use laras_model::{Flag, Role, RowKind, SharedText};
use laras_table::{CellKind, LogicalTable};

use crate::items::items;
use crate::levels::{is_total_name, may_be_total};
use crate::roles::ColumnRole;
use crate::rows::Hierarchy;
use crate::subject::{RowTexts, Text, bare_name};

/// The subject of a value.
#[derive(Clone, Debug)]
pub(crate) struct About {
    pub(crate) kind: RowKind,
    pub(crate) name: SharedText,
    pub(crate) parent: SharedText,
    pub(crate) indicator: SharedText,
    pub(crate) flags: Vec<Flag>,
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
    pub(crate) texts: &'a [RowTexts],
    pub(crate) hierarchy: &'a Hierarchy,
    /// Of each column, the columns of names for its values.
    names_for: Vec<Vec<usize>>,
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
        texts: &'a [RowTexts],
        hierarchy: &'a Hierarchy,
    ) -> Self {
        let names_for = (0..roles.len()).map(|c| names_for(roles, c)).collect();
        Self { table, roles, texts, hierarchy, names_for }
    }

    /// What a cell's value is about; `None` where nothing in the table says it.
    pub(crate) fn about(&self, r: usize, c: usize, is_money: bool) -> Option<About> {
        let texts = &self.texts[r];
        let names = &self.names_for[c];
        let own = names.iter().find_map(|n| texts.own[*n].clone());
        let carried = names.iter().find_map(|n| texts.carried[*n].clone());
        let indicator = self.indicator(r, c, own.as_deref().or(carried.as_deref()), own.is_some());
        if let Some(text) = own {
            return Some(self.named(&text, indicator, is_money, Vec::new()));
        }
        if let Some(label) = &texts.label {
            if is_total_name(&label.text) || may_be_total(&label.text) {
                let is_average = label.text.to_lowercase().contains("rata-rata");
                let total = self.total(r, label.text.clone(), Vec::new());
                return Some(About { is_average, ..total });
            }
            if self.hierarchy.group(r).is_some() {
                return Some(self.average(r, label));
            }
        }
        let has_own_indicator = indicator.as_ref().is_some_and(|i| i.row == r);
        let is_plain_line = !has_own_indicator && !self.is_quarter_line(r);
        let named_above = carried.as_ref().is_none_or(|t| t.row != r);
        if is_money
            && is_plain_line
            && named_above
            && self.has_value_above(r, c, carried.as_deref())
        {
            return Some(self.total(r, SharedText::from("Jumlah"), vec![Flag::NameMissing]));
        }
        if let Some(text) = carried {
            return Some(self.named(&text, indicator, is_money, vec![Flag::NameCarried]));
        }
        match indicator {
            Some(indicator) => Some(Self::indicated(&indicator)),
            None if is_money => {
                Some(self.total(r, SharedText::from("Jumlah"), vec![Flag::NameMissing]))
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
            one.flags.push(Flag::NameSplit);
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
    ) -> Option<Rc<Text>> {
        let texts = &self.texts[r];
        let from = subject.map_or(0, |s| if s.column < c { s.column } else { 0 });
        let is_indicator = |i: &usize| self.roles[*i].role == Role::Indicator;
        let mut columns: Vec<usize> = (from..c).rev().filter(is_indicator).collect();
        if columns.is_empty() {
            columns = (0..c).rev().filter(is_indicator).take(1).collect();
        }
        if columns.is_empty() && subject.is_none() {
            columns = (c + 1..self.roles.len()).filter(is_indicator).take(1).collect();
        }
        let own = columns.iter().find_map(|i| texts.own[*i].clone());
        let carried = || columns.iter().find_map(|i| texts.carried[*i].clone());
        own.or_else(|| if own_subject { None } else { carried() })
    }

    fn named(
        &self,
        text: &Text,
        indicator: Option<Rc<Text>>,
        is_money: bool,
        mut flags: Vec<Flag>,
    ) -> About {
        let kind = self.hierarchy.subject(text).map_or(RowKind::Kategori, |s| s.kind);
        if indicator.as_ref().is_some_and(|i| i.row != text.row) {
            // A merged cell over rows with indicators of their own: no reason to doubt.
            flags.retain(|f| *f != Flag::NameCarried);
        }
        if let Some(indicator) =
            indicator.as_ref().filter(|_| !is_money && kind == RowKind::Sasaran)
        {
            return About { parent: text.text.clone(), flags, ..Self::indicated(indicator) };
        }
        About {
            kind,
            name: text.text.clone(),
            parent: self.hierarchy.parent(text),
            indicator: match &indicator {
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
            flags: Vec::new(),
            is_average: false,
            source: None,
            indicator_cell: Some((indicator.row, indicator.printed_in)),
        }
    }

    fn total(&self, r: usize, name: SharedText, flags: Vec<Flag>) -> About {
        let is_last = self.hierarchy.is_last_total(r) && !flags.contains(&Flag::NameMissing);
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
        let group = self.hierarchy.group(r);
        About {
            kind: RowKind::Subtotal,
            name: group.map_or_else(|| label.text.clone(), |g| g.text.clone()),
            parent: SharedText::default(),
            indicator: SharedText::default(),
            flags: Vec::new(),
            is_average: true,
            source: None,
            indicator_cell: None,
        }
    }
}

//! From the cells of a table to observations: subject, measure, time and value together.

use laras_model::{
    Cell, Confidence, Flag, Flags, Measure, Observation, Role, RowShape, SharedText, Value,
};
use laras_number::Reading;
use laras_table::{CellContent, CellKind};
use rustc_hash::FxHashMap;

use crate::about::{About, Subjects};
use crate::breakdown::{parting_columns, parts};
use crate::stated::{
    Ids, NIL, Stated, alternatives, number_flags, stated, stated_by, stated_pieces,
};
use crate::time::table_year;
use crate::unit::Units;
use crate::values::{Column, columns};

/// A table whose cells are to be read.
pub(crate) struct Reader<'a> {
    pub(crate) subjects: Subjects<'a>,
    pub(crate) part: u32,
    pub(crate) table_id: SharedText,
    pub(crate) report_year: Option<u16>,
    /// The codes of the cells that name subjects.
    pub(crate) codes: &'a FxHashMap<(usize, usize), SharedText>,
}

/// A cell in a column of values.
#[derive(Clone, Copy)]
struct At<'c> {
    row: usize,
    column: usize,
    of_column: &'c Column,
    measure: Measure,
    cell: &'c Cell,
    content: &'c CellContent,
}

/// What the values of a table are written with.
struct Writing<'w> {
    units: &'w Units<'w>,
    ids: Ids,
    /// The confidence that was worked out last, and of what: most values of a table have the same.
    last: (Flags, Confidence, Confidence),
    observed: &'w mut Vec<Observation>,
}

impl Writing<'_> {
    /// A first guess at the confidence in a row that leads by a margin, before the audits.
    fn confidence(&mut self, flags: Flags, margin: Confidence) -> Confidence {
        if (self.last.0, self.last.1) != (flags, margin) {
            self.last = (flags, margin, confidence(flags, margin));
        }
        self.last.2
    }
}

/// Dashes from which on a cell is a line drawn with the keyboard, not a value stated as none.
const RULE: usize = 4;

/// Whether a row is a line drawn through the table: dashes in every cell, and long ones.
fn is_ruled_off(cells: &[Cell]) -> bool {
    let dashes = |cell: &Cell| cell.text.chars().filter(|c| !c.is_whitespace()).count();
    let is_dashes = |cell: &Cell| {
        cell.text.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '_' | '='))
    };
    let mut drawn = cells.iter().filter(|cell| dashes(cell) > 0);
    // The first cell with words tells nearly every row.
    cells.iter().all(is_dashes) && drawn.any(|cell| dashes(cell) >= RULE)
}

impl Reader<'_> {
    /// Adds the observations of the table, row by row.
    pub(crate) fn observe(&self, observed: &mut Vec<Observation>) {
        let Subjects { table, roles, .. } = &self.subjects;
        let units = Units::new(table, roles);
        let columns = columns(roles, table_year(table), self.report_year);
        let parting = parting_columns(table, roles);
        let (no_flags, no_margin) = (Flags::NONE, Confidence::NONE);
        let mut writing = Writing {
            units: &units,
            ids: Ids::new(&table.table.id),
            last: (no_flags, no_margin, confidence(no_flags, no_margin)),
            observed,
        };
        for (r, row) in table.table.rows.iter().enumerate() {
            if row.shape != RowShape::Body || is_ruled_off(&row.cells) {
                continue;
            }
            writing.ids.begin_row(r);
            for (cell, content) in row.cells.iter().zip(&table.contents[r]) {
                let column = cell.column as usize;
                let (Some(role), Some(of_column)) = (roles.get(column), columns.get(column)) else {
                    continue;
                };
                let at = |measure| At { row: r, column, of_column, measure, cell, content };
                if parting.contains(&column) {
                    self.parted(at(Measure::Jumlah), &mut writing);
                    continue;
                }
                let measure = match role.role {
                    Role::Measure => role.measure,
                    // `350 Buah` under Satuan is the year's target.
                    Role::Unit if content.kind == CellKind::Quantity => Some(Measure::Target),
                    _ => None,
                };
                if let Some(measure) = measure {
                    self.cell(at(measure), &mut writing);
                }
            }
        }
    }

    fn cell(&self, at: At<'_>, writing: &mut Writing<'_>) {
        let is_money = at.measure.is_money() || at.of_column.is_money;
        let about = || self.subjects.about(at.row, at.column, is_money);
        if !at.content.readings.is_several() {
            if let Some(one) = stated(&at.cell.text, at.content)
                && let Some(about) = about()
            {
                self.observation(at, one, about, 0, writing);
            }
            return;
        }
        let text = &at.cell.text;
        let pieces = stated_pieces(text, at.content);
        let mut stated: Vec<Stated<'_>> =
            pieces.iter().filter_map(|piece| stated_by(piece, text)).collect();
        let count = stated.len();
        if count == 0 {
            return;
        }
        let Some(about) = about() else { return };
        if count == 1 {
            self.observation(at, stated.remove(0), about, 0, writing);
            return;
        }
        for (n, one) in stated.into_iter().enumerate() {
            let about = self.subjects.of_item(&about, n, count);
            self.observation(at, one, about, n + 1, writing);
        }
    }

    /// The counts that a remark parts its row's count into.
    fn parted(&self, at: At<'_>, writing: &mut Writing<'_>) {
        let Some(about) = self.subjects.about(at.row, at.column, false) else { return };
        for (n, part) in parts(&at.cell.text).into_iter().enumerate() {
            let value = Value::Number(part.value);
            let stated = Stated { reading: &NIL, value, raw: part.raw };
            let number = writing.observed.len();
            self.observation(at, stated, about.clone(), n + 1, writing);
            writing.observed[number].indicator = part.label;
        }
    }

    /// Adds the observation of a number, of several in a cell the one of this number from 1.
    fn observation(
        &self,
        at: At<'_>,
        stated: Stated<'_>,
        about: About,
        number: usize,
        writing: &mut Writing<'_>,
    ) {
        let Stated { reading, value, raw } = stated;
        let At { row: r, column: c, of_column, cell, content, .. } = at;
        let units = writing.units;
        let unit = reading.unit.as_deref();
        let is_percent = unit == Some("%");
        let averaged = about.is_average && content.kind != CellKind::Amount;
        let averaged_value = averaged && value != Value::Nil;
        let measure = self.measure(at, reading, &about, averaged_value, units);
        let rows = about.rows(r);
        let code = about.source.and_then(|subject| self.codes.get(&subject));
        let mut flags = about.flags.and(of_column.flags).and(number_flags(content, reading));
        flags = flags.and(self.subjects.table.row_flags[r]);
        if of_column.is_projected
            && matches!(measure, Measure::Realisasi | Measure::RealisasiAnggaran)
        {
            flags.insert(Flag::ValueProjected);
        }
        let indicator = match measure {
            Measure::Jumlah => self.count_label(r, c, of_column),
            measure if measure.is_money() || of_column.is_money => SharedText::default(),
            _ => about.indicator,
        };
        let score = !measure.is_money()
            && measure != Measure::Capaian
            && !is_percent
            && (reading.grade.is_some() || units.indicators.said(&indicator).is_score);
        let unit = match unit {
            _ if score => SharedText::from("score"),
            // What stands behind an amount and is no unit is something else.
            Some(_) if measure.is_money() && reading.unit_canonical.is_none() => "IDR".into(),
            Some(unit) => unit.into(),
            None => units.of(&rows, c, measure, &indicator),
        };
        let margin = self.subjects.table.table.rows[r].margin;
        let confidence = writing.confidence(flags, margin);
        writing.observed.push(Observation {
            id: writing.ids.of(c, number),
            part: self.part,
            table: self.table_id.clone(),
            place: cell.place.clone(),
            row: r as u32,
            column: c as u32,
            row_kind: about.kind,
            name: about.name,
            parent: about.parent,
            code: code.cloned().unwrap_or_default(),
            indicator,
            measure,
            year: of_column.year,
            period: if averaged { None } else { reading.period().or(of_column.period) },
            variant: of_column.variant,
            value,
            unit,
            raw,
            as_of: SharedText::default(),
            tahap: of_column.tahap,
            confidence,
            alternatives: alternatives(content, reading),
            flags,
        });
    }

    /// The measure of a value, which its row or its own form can tell otherwise than its column.
    fn measure(
        &self,
        at: At<'_>,
        reading: &Reading,
        about: &About,
        averaged: bool,
        units: &Units<'_>,
    ) -> Measure {
        if averaged {
            return self.average_measure(at.row, at.column);
        }
        let is_percent = reading.unit.as_deref() == Some("%");
        let may_score = at.measure == Measure::Realisasi && !is_percent;
        let scored = || {
            reading.grade.is_some()
                || (reading.number().is_some() && units.indicators.said(&about.indicator).is_mark)
        };
        if may_score && scored() { Measure::Nilai } else { at.measure }
    }

    /// In a row of averages, physical achievement stands before financial, wherever the merged
    /// cells of the label have moved them.
    fn average_measure(&self, r: usize, c: usize) -> Measure {
        let table = self.subjects.table;
        let percents: Vec<usize> = table.table.rows[r]
            .cells
            .iter()
            .zip(&table.contents[r])
            .filter(|(_, content)| matches!(content.kind, CellKind::Percent | CellKind::Decimal))
            .map(|(cell, _)| cell.column as usize)
            .collect();
        match percents.as_slice() {
            [first, second] if *second == c && *first < c => Measure::Serapan,
            [first, _] if *first == c => Measure::Capaian,
            _ if self.subjects.roles[c].is_money => Measure::Serapan,
            _ => Measure::Capaian,
        }
    }

    /// What tells one count of a row from the next: a second key column, or in a matrix the head.
    fn count_label(&self, r: usize, c: usize, of_column: &Column) -> SharedText {
        let Subjects { roles, texts, .. } = &self.subjects;
        let mut keys = (0..c).filter(|n| roles[*n].role == Role::Name).skip(1);
        if let Some(key) = keys.find_map(|n| texts.own(r, n)) {
            return key.text.clone();
        }
        of_column.count_label(roles, c)
    }
}

/// A first guess at the confidence, before the audits.
fn confidence(flags: Flags, margin: Confidence) -> Confidence {
    let mut p = 0.97;
    for flag in flags.iter() {
        p *= match flag {
            Flag::NumberMalformed => 0.85,
            Flag::NumberAmbiguous | Flag::RowUnsure => 0.55,
            Flag::RoleGuessed => 0.6,
            Flag::NameMissing => 0.8,
            Flag::NameCarried | Flag::NameJoined | Flag::NameSplit => 0.93,
            _ => 1.0,
        };
    }
    Confidence::new(p * (0.7 + 0.3 * margin.get()))
}

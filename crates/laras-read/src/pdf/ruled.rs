//! Ruled tables of all pages, those that go on over pages with the same columns on each.

use laras_model::Bbox;
use rayon::prelude::*;

use super::lattice::{Lattice, lattices};
use super::read::pages_a_thread;
use super::sheet::Sheet;
use super::split::split_unruled;
use super::table::{self, TableCell};

/// A ruled table before its rows are made.
pub(super) struct Ruled {
    pub(super) lattice: Lattice,
    pub(super) bbox: Bbox,
    pub(super) cells: Vec<TableCell>,
    /// Which column lines any page of the table uses.
    pub(super) used: Vec<bool>,
}

/// Finds the ruled tables of every page and takes their words out of the sheets.
pub(super) fn find_ruled(sheets: &mut [Sheet]) -> Vec<Vec<Ruled>> {
    let least = pages_a_thread(sheets.len());
    let found: Vec<Vec<Lattice>> = sheets
        .par_iter()
        .with_min_len(least)
        .map(|sheet| lattices(&sheet.horizontal, &sheet.vertical))
        .collect();
    let rests = rests(&found);
    sheets
        .par_iter_mut()
        .with_min_len(least)
        .zip(found)
        .zip(rests)
        .map(|((sheet, found), rests)| {
            let words = &mut sheet.words;
            found
                .into_iter()
                .zip(rests)
                .filter_map(|(lattice, rest)| {
                    let bbox = lattice.bbox?;
                    let mut cells = table::fill(&lattice, words, rest)?;
                    split_unruled(&mut cells, &lattice);
                    let used = lattice.used_columns();
                    Some(Ruled { lattice, bbox, cells, used })
                })
                .collect()
        })
        .collect()
}

/// Which grids take up the lines of the one before them, or are taken up by the next one: these are
/// parts of one table, however little stands in them.
fn rests(found: &[Vec<Lattice>]) -> Vec<Vec<bool>> {
    let mut rests: Vec<Vec<bool>> = found.iter().map(|page| vec![false; page.len()]).collect();
    let all: Vec<(usize, usize)> = (0..found.len())
        .flat_map(|page| (0..found[page].len()).map(move |index| (page, index)))
        .collect();
    for pair in all.windows(2) {
        let [(page, index), (next, other)] = [pair[0], pair[1]];
        if next - page <= 1 && takes_up(&found[page][index], &found[next][other]) {
            rests[page][index] = true;
            rests[next][other] = true;
        }
    }
    rests
}

/// Whether two grids have the same outer borders and most of the inner ones.
fn takes_up(upper: &Lattice, lower: &Lattice) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() < 4.0;
    let outer =
        upper.bbox.zip(lower.bbox).is_some_and(|(a, b)| near(a.x0, b.x0) && near(a.x1, b.x1));
    let shared = |few: &[f32], many: &[f32]| {
        few.iter().filter(|x| many.iter().any(|other| near(**x, *other))).count() * 10
            >= few.len() * 7
    };
    let (a, b) = (&upper.xs, &lower.xs);
    outer && if a.len() <= b.len() { shared(a, b) } else { shared(b, a) }
}

/// Gives the fragments of one table the same columns on every page. A table goes on where the
/// last of one page and the first of the next share their outer borders and most of the inner
/// ones, and nothing but furniture stands between.
pub(super) fn share_columns(sheets: &[Sheet], tables: &mut [Vec<Ruled>]) {
    let mut page = 0;
    while page < tables.len() {
        let mut end = page + 1;
        // Only a page that holds nothing but this table can stand in the middle of it.
        while end < tables.len()
            && (end - 1 == page || tables[end - 1].len() == 1)
            && goes_on(sheets, tables, end - 1, end)
        {
            end += 1;
        }
        if end - page > 1 {
            unite(&mut tables[page..end]);
            // The last page of one table may begin another.
            page = end - 1;
        } else {
            page = end;
        }
    }
}

fn goes_on(sheets: &[Sheet], tables: &[Vec<Ruled>], page: usize, next: usize) -> bool {
    let (Some(upper), Some(lower)) = (tables[page].last(), tables[next].first()) else {
        return false;
    };
    let alike = takes_up(&upper.lattice, &lower.lattice);
    let below = sheets[page].words.iter().any(|word| word.bbox.y0 > upper.bbox.y1);
    let above = sheets[next].words.iter().any(|word| word.bbox.y1 < lower.bbox.y0);
    alike && !below && !above
}

/// Uses the column borders of every page on every page. Only the last table of the first page,
/// the first of the last one and those between are of the same table.
fn unite(pages: &mut [Vec<Ruled>]) {
    let mut members: Vec<&mut Ruled> = Vec::new();
    for (index, page) in pages.iter_mut().enumerate() {
        let member = if index == 0 { page.last_mut() } else { page.first_mut() };
        members.extend(member);
    }
    let before: Vec<Vec<f32>> = members.iter().map(|m| m.lattice.xs.clone()).collect();
    let all = before.concat();
    let mut used: Vec<bool> = Vec::new();
    for member in &mut members {
        member.lattice.with_columns(&all);
        let own = member.lattice.used_columns();
        used.resize(own.len().max(used.len()), false);
        for (used, own) in used.iter_mut().zip(own) {
            *used |= own;
        }
    }
    let count = members.iter().map(|m| m.lattice.xs.len()).max().unwrap_or_default();
    if members.iter().any(|member| member.lattice.xs.len() != count) {
        return;
    }
    for (member, own) in members.into_iter().zip(before) {
        member.used.clone_from(&used);
        // Where the same borders stand on every page, the words are in their cells.
        if member.lattice.xs == own {
            continue;
        }
        let lattice = &member.lattice;
        let cells = std::mem::take(&mut member.cells).into_iter();
        let words = cells.flat_map(|cell| cell.lines).flat_map(|line| line.words).collect();
        member.cells = table::refill(lattice, words);
        split_unruled(&mut member.cells, lattice);
    }
}

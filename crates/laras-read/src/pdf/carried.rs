//! Tables without rules that go on over pages.
//!
//! What is left of a table on the next page is often too little to be seen for a table: the rest
//! of a cut row, a total. It is taken for one because of the page before: the table ended that
//! page, and the next one begins with the same head, or with rows that stand in the same columns.

use super::columns::{Found, PageLines, Piece, extent};
use super::corridors::corridors;
use super::grid::Grid;
use super::line::Line;
use super::lone::add_lone_rows;
use super::part::Part;
use super::seeds::is_seed;
use super::unruled_rows::Shared;

/// So many pages back are asked for the columns of a table.
const ASKED: usize = 6;
/// Gives the tables that go on over pages what is theirs, and joins them to chains.
pub fn carry_over(pages: &mut [PageLines]) {
    add_lone_rows(pages);
    for next in 1..pages.len() {
        let (above, below) = pages.split_at_mut(next);
        let began = above.last_mut().is_some_and(|last| backward(last, &mut below[0]));
        if !began {
            forward(above, &mut below[0]);
        }
    }
}

/// What the pages of every table agree on, page by page and table by table.
pub fn shared(pages: &[PageLines]) -> Vec<Vec<Shared>> {
    let mut all: Vec<Vec<Shared>> =
        pages.iter().map(|page| vec![Shared::default(); page.found.len()]).collect();
    for page in 0..pages.len() {
        for index in 0..pages[page].found.len() {
            if index == 0 && pages[page].found[0].goes_on {
                continue;
            }
            let mut places = vec![(page, index)];
            while let Some(&(page, index)) = places.last()
                && index + 1 == pages[page].found.len()
                && let Some(next) = pages.get(page + 1)
                && next.found.first().is_some_and(|table| table.goes_on)
            {
                places.push((page + 1, 0));
            }
            let table = |&(page, index): &(usize, usize)| (&pages[page], &pages[page].found[index]);
            let shown: Vec<&[Piece]> =
                places.iter().map(table).flat_map(|(page, table)| page.shown(table)).collect();
            let lines: Vec<&[Line]> =
                places.iter().map(table).map(|(page, t)| &page.lines[t.from..t.to]).collect();
            let shared = Shared::of(Grid::of(&shown), &lines);
            for (page, index) in places {
                all[page][index].clone_from(&shared);
            }
        }
    }
    all
}

/// Carries the last table of a page over to the next one.
fn forward(above: &[PageLines], below: &mut PageLines) {
    let Some((page, table)) = above.last().and_then(|page| Some((page, page.found.last()?))) else {
        return;
    };
    if !ends_page(page, table) {
        return;
    }
    let grid = Grid::of(&shown_so_far(above));
    let head = repeated_head(&page.lines[table.from..table.to], &below.lines);
    let part = Part { size: page.lines[table.members[0]].size, head, grid: &grid };
    let Some((mut to, mut members)) = part.extent(below) else {
        return touches(above, below);
    };
    let of_head = |line: &usize| table.members.contains(&(table.from + line));
    members.extend((0..head).filter(of_head));
    // A table that begins in the part and that was found by itself goes on as far as it did.
    for other in &below.found {
        if other.from >= to {
            break;
        }
        if other.to > to {
            let lines = other.members.iter().filter(|&&member| member >= to);
            let (fit, all) = lines.fold((0, 0), |(fit, all), &line| {
                (fit + usize::from(part.fits(below, line)), all + 1)
            });
            if head == 0 && fit * 4 < all * 3 {
                // Another table, which lies close below.
                return touches(above, below);
            }
            members.extend(other.members.iter().filter(|&&member| member >= to));
            to = other.to;
        }
    }
    below.found.retain(|other| other.from >= to);
    members.sort_unstable();
    members.dedup();
    below.found.insert(0, Found { from: 0, to, members, goes_on: true });
}

/// Joins the first table of a page to the last one of the page before, if that is the same by
/// itself: as many columns, and nothing but furniture between.
fn touches(above: &[PageLines], below: &mut PageLines) {
    let Some(first) = below.found.first().filter(|table| table.from == 0) else { return };
    if begins_low(below, first) {
        return;
    }
    let mut shown = shown_so_far(above);
    let own = corridors(&shown).len();
    shown.extend(below.shown(first));
    if own >= 3 && corridors(&shown).len() == own {
        below.found[0].goes_on = true;
    }
}

/// Carries the first table of a page back to the head and the first rows that stand at the end of
/// the page before and did not look like a table, or not like all of it. Whether it begins there.
fn backward(above: &mut PageLines, below: &mut PageLines) -> bool {
    let Some(table) = below.found.first() else { return false };
    if below.lines.is_empty() || begins_low(below, table) {
        return false;
    }
    let words = &below.lines[0].words;
    let is_head = below.pieces[0].len() >= 3 || words.len() >= 3 && words.iter().all(|w| w.bold);
    let first = (0..above.lines.len())
        .rev()
        .find(|&from| is_head && same_line(&above.lines[from], &below.lines[0]));
    // What is repeated is head, even if the table was only seen below it.
    let Some(from) = first.filter(|&from| {
        repeated_head(&below.lines[..table.from], &above.lines[from..]) == table.from
    }) else {
        return false;
    };
    if above.found.iter().any(|other| other.from <= from && from < other.to) {
        return false;
    }
    let grid = Grid::of(&below.shown(table).collect::<Vec<_>>());
    let head = repeated_head(&below.lines[..table.to], &above.lines[from..]);
    let part = Part { size: above.lines[from].size, head, grid: &grid };
    let end = above.lines.len();
    let low = Found { from, to: end, members: Vec::new(), goes_on: false };
    if !(from + head..end).all(|line| part.fits(above, line)) || !ends_page(above, &low) {
        return false;
    }
    let members = (from..end).filter(|&line| is_seed(&above.pieces[line])).collect();
    above.found.retain(|other| other.from < from);
    above.found.push(Found { members, ..low });
    below.found[0].from = 0;
    below.found[0].goes_on = true;
    true
}

/// Whether nothing stands below a table on its page.
fn ends_page(page: &PageLines, table: &Found) -> bool {
    let lines = &page.lines[table.from..table.to];
    let bottom = extent(lines).y1;
    table.to == page.lines.len() && page.others.iter().all(|other| other.y0 < bottom)
}

/// Whether a ruled table stands above a table.
fn begins_low(page: &PageLines, table: &Found) -> bool {
    let top = extent(&page.lines[table.from..table.to]).y0;
    page.others.iter().any(|other| other.y0 < top)
}

/// The lines that show the columns of the last table, over the last pages.
fn shown_so_far(pages: &[PageLines]) -> Vec<&[Piece]> {
    let mut shown = Vec::new();
    for page in pages.iter().rev().take(ASKED) {
        let Some(table) = page.found.last() else { break };
        shown.extend(page.shown(table));
        if !(table.goes_on && page.found.len() == 1) {
            break;
        }
    }
    shown
}

/// How many of the first lines repeat the first lines of a table.
fn repeated_head(table: &[Line], below: &[Line]) -> usize {
    table.iter().zip(below).take_while(|(a, b)| same_line(a, b)).count()
}

/// Whether two lines say the same at the same places.
fn same_line(a: &Line, b: &Line) -> bool {
    a.words.len() == b.words.len()
        && a.words
            .iter()
            .zip(&b.words)
            .all(|(a, b)| a.text == b.text && (a.bbox.x0 - b.bbox.x0).abs() < 1.0)
}

#[cfg(test)]
mod tests {
    use super::super::made::{Made, page};
    use super::*;

    const HEAD: Made<'_> =
        (20.0, &[(10.0, "*No*"), (40.0, "*Uraian*"), (200.0, "*Pagu*"), (300.0, "*Realisasi*")]);

    /// A page that ends with a table of three rows.
    fn first() -> PageLines {
        page(&[
            HEAD,
            (37.0, &[(10.0, "1"), (40.0, "Rapat kerja"), (200.0, "1.000.000"), (300.0, "900.000")]),
            (54.0, &[(10.0, "2"), (40.0, "Bina desa"), (200.0, "2.000.000"), (300.0, "1.100.000")]),
            (
                71.0,
                &[(10.0, "3"), (40.0, "Forum warga"), (200.0, "3.000.000"), (300.0, "3.000.000")],
            ),
        ])
    }

    /// What the second page's lines are taken for: how many belong to the table.
    #[track_caller]
    fn check(second: &[Made<'_>], carried: usize) {
        let mut pages = vec![first(), page(second)];
        carry_over(&mut pages);
        let found = pages[1].found.first().filter(|table| table.goes_on);
        assert_eq!(found.map_or(0, |table| table.to), carried);
        let shared = shared(&pages);
        assert_eq!(shared[0][0].grid.columns.len(), 4);
        if carried > 0 {
            assert_eq!(shared[1][0].grid.columns, shared[0][0].grid.columns);
        }
    }

    #[test]
    fn one_row_below_the_same_head_belongs_to_the_table() {
        let total: Made<'_> =
            (37.0, &[(40.0, "JUMLAH"), (200.0, "6.000.000"), (300.0, "5.000.000")]);
        check(&[HEAD, total], 2);
        // Without the head: it stands where the rows stand.
        check(&[total], 1);
    }

    #[test]
    fn the_rest_of_a_cut_row_belongs_to_the_table() {
        check(&[HEAD, (37.0, &[(40.0, "di kecamatan")])], 2);
    }

    #[test]
    fn text_is_not_carried_over() {
        check(
            &[(20.0, &[(10.0, "Realisasi anggaran naik karena rapat kerja bertambah banyak.")])],
            0,
        );
        check(&[(20.0, &[(40.0, "Mengetahui"), (300.0, "Kepala Badan")])], 0);
        // Nothing is left of the head alone.
        check(&[HEAD, (60.0, &[(10.0, "Anggaran naik karena rapat kerja bertambah banyak.")])], 0);
    }

    #[test]
    fn a_table_begins_with_its_head_on_the_page_before() {
        let mut pages = vec![page(&[(10.0, &[(10.0, "Anggaran tahun 2023")]), HEAD]), first()];
        carry_over(&mut pages);
        assert_eq!(pages[0].found.iter().map(|table| table.from).collect::<Vec<_>>(), [1]);
        assert!(pages[1].found[0].goes_on);
    }

    #[test]
    fn other_columns_or_another_head_begin_another_table() {
        let upper = [
            (10.0, "Rapat"),
            (60.0, "1.000"),
            (110.0, "2.000"),
            (160.0, "3.000"),
            (210.0, "4.000"),
            (260.0, "5.000"),
        ];
        let amount = "123.456.789.012";
        let wide = [(10.0, "Bina"), (40.0, amount), (125.0, amount), (210.0, amount)];
        let count = |rows: &[Made<'_>]| page(rows).found.len();
        let rows = |y: f32| [(y, upper.as_slice()), (y + 17.0, upper.as_slice())];
        let ([a, b], [c, d]) = (rows(20.0), rows(70.0));
        assert_eq!(count(&[a, b, c, d]), 1, "the same columns, well below");
        assert_eq!(count(&[a, b, (70.0, &wide), (87.0, &wide)]), 2, "other columns, well below");
        let head = [(10.0, "*Uraian*"), (60.0, "*Pagu*"), (110.0, "*Sisa*")];
        let [c, d] = rows(87.0);
        assert_eq!(count(&[a, b, (70.0, &head), c, d]), 2, "a bold head");
    }
}

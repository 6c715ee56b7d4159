//! Divides the printed lines of an aligned table into rows.

mod cuts;
mod filled;
mod lines;
mod margins;
mod neighbours;
mod opening;
mod row;
mod standing;
mod texts;
mod totals;

use std::ops::Range;

use laras_model::Confidence;

pub(super) use self::cuts::finishes;
use self::lines::Lines;
use self::margins::certainty;
pub(super) use self::neighbours::Neighbours;
use self::row::{REACHES, Row};
use self::standing::Standing;
use super::Piece;
use super::kinds::Kind;
use super::segment::Strip;

/// The rows, as ranges of lines: the cheapest division under the standing that suits best, and for
/// each row how clearly it is one. Neighbours among the lines of a header that returns are one row.
pub(super) fn groups(
    strips: &[Strip<'_>],
    pieces: &[Vec<Piece>],
    kinds: &[Kind],
    is_head: &[bool],
    neighbours: &Neighbours,
) -> Vec<(Range<usize>, Confidence)> {
    Lines::new(strips, pieces, kinds, is_head, neighbours).divide()
}

impl Lines<'_> {
    /// The cheapest division under the standing that suits best.
    fn divide(&self) -> Vec<(Range<usize>, Confidence)> {
        let n = self.strips.len();
        // Up to each line, the least cost under each standing and where its last row begins.
        let mut best = Vec::with_capacity(n + 1);
        best.push([(0_u64, 0_usize); Standing::ALL.len()]);
        let mut row = Row::new(self);
        for end in 1..=n {
            let mut least = [(u64::MAX, end - 1); Standing::ALL.len()];
            let mut lowest_from = [None; REACHES.len()];
            self.each_row_to(end, &mut row, |row| {
                let start = row.lines.start;
                let costs = row.costs(self).into_iter().zip(&best[start]);
                for ((least, (cost, before)), standing) in
                    least.iter_mut().zip(costs).zip(Standing::ALL)
                {
                    let cost = before.0 + cost;
                    if cost <= least.0 {
                        *least = (*least).min((cost + row.cost_of_texts(standing), start));
                    }
                }
                if row.valued < 2 {
                    return true;
                }
                let reach = row.may_reach();
                let from = end.saturating_sub(REACHES[reach]);
                let lowest = lowest_from[reach].get_or_insert_with(|| lowest(&best[from..]));
                lowest.iter().zip(&least).any(|(lowest, least)| lowest + row.floor <= least.0)
            });
            best.push(least);
        }
        let standing = (0..Standing::ALL.len()).min_by_key(|s| best[n][*s].0).unwrap_or(0);
        let best: Vec<(u64, usize)> = best.into_iter().map(|least| least[standing]).collect();
        let mut groups = Vec::new();
        let mut end = n;
        while end > 0 {
            let start = best[end].1;
            groups.push(start..end);
            end = start;
        }
        groups.reverse();
        let margins = self.margins(&groups, &best, Standing::ALL[standing]);
        groups.into_iter().zip(margins.into_iter().map(certainty)).collect()
    }
}

/// The least that some divisions cost under each standing.
fn lowest(best: &[[(u64, usize); Standing::ALL.len()]]) -> [u64; Standing::ALL.len()] {
    best.iter().fold([u64::MAX; Standing::ALL.len()], |mut lowest, best| {
        for (lowest, best) in lowest.iter_mut().zip(best) {
            *lowest = best.0.min(*lowest);
        }
        lowest
    })
}

#[cfg(test)]
mod tests {
    use super::super::grid::Grid;
    use super::super::segment;
    use super::*;
    use crate::text::{lines, shape};

    const KINDS: [Kind; 4] = [Kind::Ordinals, Kind::Text, Kind::Values, Kind::Values];

    /// The division and its margins with every row looked at, whatever it costs.
    fn divided_slowly(lines: &Lines<'_>) -> Vec<(Range<usize>, Confidence)> {
        let n = lines.strips.len();
        let mut rows: Vec<(Range<usize>, [u64; Standing::ALL.len()])> = Vec::new();
        let mut row = Row::new(lines);
        for end in 1..=n {
            lines.each_row_to(end, &mut row, |row| {
                let mut costs = row.costs(lines);
                for (cost, standing) in costs.iter_mut().zip(Standing::ALL) {
                    *cost += row.cost_of_texts(standing);
                }
                rows.push((row.lines.clone(), costs));
                true
            });
        }
        let up_to = |standing: usize| {
            let mut best = vec![(u64::MAX, 0); n + 1];
            best[0] = (0, 0);
            for (row, costs) in &rows {
                let cost = best[row.start].0 + costs[standing];
                best[row.end] = best[row.end].min((cost, row.start));
            }
            best
        };
        let standing = (0..Standing::ALL.len()).min_by_key(|s| up_to(*s)[n].0).unwrap_or(0);
        let best = up_to(standing);
        let mut from = vec![u64::MAX; n + 1];
        from[n] = 0;
        for (row, costs) in rows.iter().rev() {
            from[row.start] = from[row.start].min(from[row.end].saturating_add(costs[standing]));
        }
        let (mut groups, mut end) = (Vec::new(), n);
        while end > 0 {
            groups.push(best[end].1..end);
            end = best[end].1;
        }
        groups.reverse();
        let margin = |group: &Range<usize>| {
            let others = rows
                .iter()
                .filter(|(row, _)| row != group && row.start < group.end && group.start < row.end);
            let whole = others.map(|(row, costs)| {
                best[row.start].0.saturating_add(costs[standing]).saturating_add(from[row.end])
            });
            whole.min().unwrap_or(u64::MAX).saturating_sub(best[n].0)
        };
        groups.iter().map(|group| (group.clone(), certainty(margin(group)))).collect()
    }

    /// The rows of a text whose columns stand in these places.
    fn divided(text: &str, columns: &[(usize, usize)], kinds: &[Kind]) -> Vec<Range<usize>> {
        let lines = lines::split(text);
        let shapes = shape::shapes(&lines);
        let strips = segment::strips(&lines, &shapes, 0..lines.len());
        let grid = Grid::new(columns.to_vec());
        let pieces: Vec<Vec<Piece>> = strips.iter().map(|strip| grid.pieces(strip)).collect();
        let words = Neighbours::of(lines.iter().map(|line| line.raw));
        let is_head = vec![false; strips.len()];
        let divided = Lines::new(&strips, &pieces, kinds, &is_head, &words).divide();
        divided.into_iter().map(|(row, _)| row).collect()
    }

    /// Texts of three lines and of two in the middle of one row stand on lines of their own.
    #[test]
    fn a_text_goes_on_over_a_line_of_another_column() {
        let text = "\
                        Jumlah Paket
Penyediaan Bahan
                        Bahan Kebersihan        1.250.000
dan Alat Kebersihan
                        Kantor
Penyediaan Jasa
                        Layanan Kantor
Administrasi atau
                        Daerah Pesisir          2.750.000
Daerah Aliran
                        Daerah Hulu
Daerah Pesisir
";
        let kinds = [Kind::Text, Kind::Text, Kind::Values];
        let rows = divided(text, &[(0, 22), (24, 44), (48, 57)], &kinds);
        assert_eq!(rows, [0..5, 5..12]);
    }

    /// The sign of a number stands two lines above it, beside the first half of a name.
    #[test]
    fn a_link_word_goes_on_over_a_line_that_its_column_leaves_blank() {
        let text = "\
UNSUR PEMERINTAHAN UMUM        4.574.000    UNSUR PEMERINTAHAN     2.662.000      -1.912.000
                               3.242.000    KESATUAN BANGSA        1.331.000      -
KESATUAN BANGSA DAN POLITIK
                                            DAN POLITIK                           1.911.000
PROGRAM IDEOLOGI               1.332.000    PROGRAM IDEOLOGI       1.331.000      -1.000
";
        let kinds = [Kind::Text, Kind::Values, Kind::Text, Kind::Values, Kind::Values];
        let columns = [(0, 27), (31, 40), (44, 62), (67, 76), (82, 92)];
        assert_eq!(divided(text, &columns, &kinds), [0..1, 1..4, 4..5]);
    }

    /// Rows of 24 lines, taller than most, whose amounts a narrow column wraps in their middle.
    #[test]
    fn a_wrapped_amount_in_the_middle_of_a_tall_row_does_not_part_it() {
        const LINES: usize = 24;
        let mut text = String::new();
        for row in 1..=3 {
            for line in 0..LINES {
                let (number, amount) = match line {
                    11 => (row.to_string(), "2.982.000.0"),
                    12 => (String::new(), "00"),
                    _ => (String::new(), ""),
                };
                let name = match line {
                    0 => "Fasilitasi",
                    23 => "warga.",
                    _ => "dan pembinaan",
                };
                text += format!("{number:<3}{name:<19}{amount:>11}").trim_end();
                text.push('\n');
            }
        }
        let rows = divided(&text, &[(0, 1), (3, 20), (22, 33), (35, 37)], &KINDS);
        assert_eq!(rows, [0..LINES, LINES..2 * LINES, 2 * LINES..3 * LINES]);
    }

    proptest::proptest! {
        #[test]
        fn bounds_leave_the_division_as_it_is(
            text in "((1|  ) (Penyediaan jasa  |dan rapat di aula|Kegiatan lain,  |Rapat            |                 )  (1\\.250\\.000|1\\.250\\.   |000        |           )  (75|  )\\n{1,2}){1,40}",
            head in 0..60_usize,
        ) {
            let lines = lines::split(&text);
            let shapes = shape::shapes(&lines);
            let strips = segment::strips(&lines, &shapes, 0..lines.len());
            let grid = Grid::new(vec![(0, 1), (3, 20), (22, 33), (35, 37)]);
            let pieces: Vec<Vec<Piece>> = strips.iter().map(|strip| grid.pieces(strip)).collect();
            let is_head: Vec<bool> = (0..strips.len()).map(|i| i / 2 == head).collect();
            let words = Neighbours::of(lines.iter().map(|line| line.raw));
            let lines = Lines::new(&strips, &pieces, &KINDS, &is_head, &words);
            proptest::prop_assert_eq!(lines.divide(), divided_slowly(&lines));
        }
    }
}

//! The columns of a table without rules: stretches of x that its lines fill, parted by corridors
//! that they leave free.

use laras_model::Bbox;

use super::columns::Piece;
use super::geometry::Area;
use super::line::text_of;
use super::stretches::{unite, unite_by};

/// A corridor must be at least this wide, in shares of the type size.
const CORRIDOR: f32 = 0.45;
/// A leaf row of a head names at least this many columns.
const FEWEST_LEAVES: usize = 6;
/// A row of column numbers counts at least this many.
const FEWEST_COUNTED: usize = 4;

/// A column as an x range.
pub type Column = (f32, f32);

/// The columns that the pieces of some lines leave between free corridors.
pub fn corridors(lines: &[&[Piece]]) -> Vec<Column> {
    let often = atoms(lines);
    if let Some(numbers) = lines.iter().copied().find(|line| counts_columns(line))
        && let Some(columns) = numbered(&often, numbers, lines)
    {
        return columns;
    }
    let mut atoms = often;
    add_seldom_filled(&mut atoms, lines);
    unite(&atoms, lines)
}

/// Whether a line is a row of column numbers: `1 2 3 4`, `(1) (2) (3)`.
fn counts_columns(line: &[Piece]) -> bool {
    let is_next = |(index, piece): (usize, &Piece)| {
        let [word] = piece.words.as_slice() else { return false };
        let number = word.text.trim_start_matches('(').trim_end_matches(')');
        number.parse::<usize>().is_ok_and(|number| number == index + 1)
    };
    line.len() >= FEWEST_COUNTED && line.iter().enumerate().all(is_next)
}

/// The columns if each has one of the column numbers; `None` where they cannot, for a number may
/// stand over several columns.
fn numbered(often: &[Column], numbers: &[Piece], lines: &[&[Piece]]) -> Option<Vec<Column>> {
    let mut atoms = often.to_vec();
    let is_over =
        |atom: &Column, number: &Piece| atom.0 <= number.bbox.x1 && number.bbox.x0 <= atom.1;
    for number in numbers {
        if !atoms.iter().any(|atom| is_over(atom, number)) {
            atoms.push((number.bbox.x0, number.bbox.x1));
        }
    }
    atoms.sort_by(|a, b| a.0.total_cmp(&b.0));
    let held: Vec<usize> = atoms
        .iter()
        .map(|atom| numbers.iter().filter(|number| is_over(atom, number)).count())
        .collect();
    unite_by(&atoms, lines, |start, end| held[start..end].iter().sum::<usize>() == 1)
}

/// Adds the columns that few lines fill: those that only the lowest row of a head knows, for
/// nothing stands under it (the `K Rp K Rp` of a quarter that has not begun), and those in which
/// more than one line has a text and all others have nothing.
fn add_seldom_filled(atoms: &mut Vec<Column>, lines: &[&[Piece]]) {
    // Texts that stand in a corridor and fill no known column, by corridor and line.
    let mut seldom: Vec<Vec<(usize, Column)>> = vec![Vec::new(); atoms.len() + 1];
    for (line, pieces) in lines.iter().enumerate() {
        for piece in *pieces {
            let near = piece.words[0].size * CORRIDOR;
            let corridor = atoms.partition_point(|&(_, to)| to + near < piece.bbox.x0);
            if atoms.get(corridor).is_none_or(|&(from, _)| piece.bbox.x1 < from - near) {
                seldom[corridor].push((line, (piece.bbox.x0, piece.bbox.x1)));
            }
        }
    }
    for texts in seldom {
        let mut found: Vec<Column> = Vec::new();
        for &(_, text) in texts.iter().filter(|(line, _)| is_leaf_row(lines[*line])) {
            if found.iter().all(|column| text.0 > column.1 || text.1 < column.0) {
                found.push(text);
            }
        }
        let filled_by = texts.windows(2).filter(|pair| pair[0].0 != pair[1].0).count() + 1;
        if found.is_empty() && filled_by > 1 && filled_by == texts.len() {
            let all = texts.iter().map(|(_, text)| *text);
            found.extend(all.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))));
        }
        atoms.append(&mut found);
    }
    atoms.sort_by(|a, b| a.0.total_cmp(&b.0));
}

/// Whether a line is a row of a few short heads that take turns.
fn is_leaf_row(line: &[Piece]) -> bool {
    let mut heads: Vec<String> = line.iter().map(|piece| text_of(&piece.words)).collect();
    let short = |head: &String| head.len() <= 4 && head.chars().all(char::is_alphabetic);
    let count = heads.len();
    if count < FEWEST_LEAVES || !heads.iter().all(short) {
        return false;
    }
    heads.sort_unstable();
    heads.dedup();
    heads.len() * 3 <= count + 1
}

/// The stretches of x that text fills in more than one line in eight.
fn atoms(lines: &[&[Piece]]) -> Vec<Column> {
    let mut edges: Vec<(f32, i32)> = Vec::new();
    let mut size = 0.0_f32;
    for line in lines {
        for piece in *line {
            size = size.max(piece.words[0].size);
            edges.push((piece.bbox.x0, 1));
            edges.push((piece.bbox.x1, -1));
        }
    }
    edges.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let allowed = (lines.len() / 8) as i32;
    let mut columns: Vec<Column> = Vec::new();
    let (mut depth, mut start) = (0, None);
    for (x, step) in edges {
        let before = depth;
        depth += step;
        if before <= allowed && depth > allowed {
            start = Some(x);
        } else if before > allowed
            && depth <= allowed
            && let Some(from) = start.take()
        {
            match columns.last_mut() {
                Some(last) if from - last.1 < size * CORRIDOR => last.1 = x,
                _ => columns.push((from, x)),
            }
        }
    }
    columns
}

/// How many of the lines, which have no seed, run over a corridor.
pub(super) fn crossing(between: &[Vec<Piece>], columns: &[Column]) -> usize {
    between.iter().filter(|pieces| pieces.iter().any(|p| span(&p.bbox, columns).1 > 1)).count()
}

/// First column and number of columns that a box touches.
pub fn span(area: &Bbox, columns: &[Column]) -> (usize, usize) {
    // The columns stand in order and apart.
    let first = columns.partition_point(|&(_, to)| to - 1.0 <= area.x0);
    let end = columns.partition_point(|&(from, _)| from + 1.0 < area.x1);
    if first < end {
        return (first, end - first);
    }
    // Between two columns: the nearer one.
    let distance = |column: usize| {
        -area.shared_x(&Bbox { x0: columns[column].0, x1: columns[column].1, ..*area })
    };
    let near = (0..columns.len()).min_by(|&a, &b| distance(a).total_cmp(&distance(b)));
    (near.unwrap_or_default(), 1)
}

#[cfg(test)]
mod tests {
    use super::super::made::{Made, made_pieces};
    use super::*;

    fn count(rows: &[Made<'_>]) -> usize {
        let lines = made_pieces(rows);
        corridors(&lines.iter().map(Vec::as_slice).collect::<Vec<_>>()).len()
    }

    #[test]
    fn heads_name_columns_that_no_row_fills() {
        let heads: Made<'_> = (
            20.0,
            &[(10.0, "K"), (50.0, "Rp"), (110.0, "K"), (150.0, "Rp"), (210.0, "K"), (250.0, "Rp")],
        );
        let row: Made<'_> =
            (40.0, &[(10.0, "12"), (50.0, "1.000"), (110.0, "13"), (150.0, "2.000")]);
        let rows = [row; 16];
        assert_eq!(count(&rows), 4);
        assert_eq!(count(&[&[heads], &rows[..]].concat()), 6);
    }

    #[test]
    fn a_seldom_remark_has_its_column() {
        let row: Made<'_> = (40.0, &[(10.0, "Rapat"), (80.0, "1.000"), (150.0, "2.000")]);
        let remark: Made<'_> =
            (60.0, &[(10.0, "Rapat"), (80.0, "1.000"), (150.0, "2.000"), (220.0, "batal")]);
        assert_eq!(count(&[row; 18]), 3);
        assert_eq!(count(&[&[remark, remark], &[row; 18][..]].concat()), 4);
    }

    #[test]
    fn column_numbers_say_how_many_columns_there_are() {
        let head: Made<'_> = (20.0, &[(60.0, "*Nama*"), (150.0, "*Jumlah*"), (240.0, "*Satuan*")]);
        // Column numbers stand at the right of their columns.
        let numbers: Made<'_> = (30.0, &[(10.0, "1"), (120.0, "2"), (200.0, "3"), (270.0, "4")]);
        let row = [(10.0, "1"), (40.0, "Meja kerja"), (200.0, "9"), (240.0, "Unit")];
        let rows: Vec<Made<'_>> = (4..12).map(|at| (at as f32 * 10.0, row.as_slice())).collect();
        assert_eq!(count(&[&[head, numbers], &rows[..]].concat()), 4);
        // What counts nothing says nothing: two lines have a text between the columns.
        let letters: Made<'_> = (30.0, &[(10.0, "a"), (120.0, "b"), (200.0, "c"), (270.0, "d")]);
        assert_eq!(count(&[&[head, letters], &rows[..]].concat()), 5);
    }

    #[test]
    fn a_head_over_numbers_is_theirs_and_one_beside_them_is_not() {
        let rows: [Made<'_>; 3] = [
            (40.0, &[(10.0, "Rapat"), (85.0, "9.000")]),
            (60.0, &[(10.0, "Forum"), (80.0, "12.000")]),
            (80.0, &[(10.0, "Lomba"), (75.0, "345.000")]),
        ];
        let with = |head: &[(f32, &str)]| {
            let mut all = vec![(20.0, head)];
            all.extend(rows);
            count(&all)
        };
        // Set to the right under a centred head: one column.
        assert_eq!(with(&[(10.0, "*Uraian*"), (60.0, "*Rp*")]), 2);
        assert_eq!(with(&[(10.0, "*Uraian*"), (130.0, "*Ket*")]), 3);
    }
}

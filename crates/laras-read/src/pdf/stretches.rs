//! Stretches of x that are parts of one column.

use super::columns::Piece;
use super::corridors::{Column, span};

/// More stretches than this are no table.
const MOST_STRETCHES: usize = 127;

/// The texts of some lines, and the stretches that each touches.
struct Spans<'l> {
    texts: Vec<(&'l Piece, (usize, usize))>,
    /// Where the texts of each line end.
    ends: Vec<usize>,
}

impl<'l> Spans<'l> {
    fn of(lines: &[&'l [Piece]], atoms: &[Column]) -> Self {
        let mut spans = Self { texts: Vec::new(), ends: Vec::with_capacity(lines.len()) };
        for line in lines {
            spans.texts.extend(line.iter().map(|piece| (piece, span(&piece.bbox, atoms))));
            spans.ends.push(spans.texts.len());
        }
        spans
    }

    /// For each stretch, a bit for each other one that a line fills too. One text over two
    /// stretches says nothing; two texts keep them apart.
    fn together(&self, count: usize) -> Vec<u128> {
        let mut together = vec![0; count];
        let mut from = 0;
        for &to in &self.ends {
            let line = &self.texts[from..to];
            from = to;
            let mut before = 0;
            for (index, &(_, (first, width))) in line.iter().enumerate() {
                let own = bits(first, first + width);
                let after = line[index + 1..].iter().map(|&(_, (a, n))| bits(a, a + n));
                let others = after.fold(before, |all, bits| all | bits);
                for stretch in &mut together[first..first + width] {
                    *stretch |= others;
                }
                before |= own;
            }
        }
        together
    }

    /// Whether a stretch holds numbers set to the right, and the next one to the right only heads:
    /// the head of those numbers would stand over them or to their left, so it is another
    /// column's.
    fn head_stands_beside(&self, left: usize) -> bool {
        let inside = |atom: usize| {
            let texts = self.texts.iter().filter(move |(_, span)| *span == (atom, 1));
            texts.map(|(piece, _)| *piece)
        };
        let is_head = |piece: &Piece| {
            let counts = |text: &str| text.parse::<u32>().is_ok_and(|number| number <= 40);
            piece.words.iter().all(|word| word.bold || counts(&word.text))
        };
        if inside(left + 1).next().is_none() || !inside(left + 1).all(is_head) {
            return false;
        }
        let is_number =
            |piece: &&Piece| piece.words[0].text.starts_with(|c: char| c.is_ascii_digit());
        let numbers: Vec<&Piece> =
            inside(left).filter(|piece| !is_head(piece)).filter(is_number).collect();
        let edge = numbers.iter().map(|piece| piece.bbox.x1).fold(f32::MIN, f32::max);
        let set_right = numbers.iter().filter(|piece| edge - piece.bbox.x1 < 1.0).count();
        let begin = |pick: fn(f32, f32) -> f32, from: f32| {
            numbers.iter().map(|piece| piece.bbox.x0).fold(from, pick)
        };
        set_right >= 3
            && set_right * 4 >= numbers.len() * 3
            && begin(f32::max, f32::MIN) - begin(f32::min, f32::MAX) > 2.0
    }
}

/// Bits `from` to before `to`.
fn bits(from: usize, to: usize) -> u128 {
    let below = |bit: usize| 1_u128.checked_shl(bit as u32).map_or(u128::MAX, |bit| bit - 1);
    below(to) & !below(from)
}

/// Unites neighbouring stretches that no line fills both: a centred head and the numbers under
/// it.
pub(super) fn unite(atoms: &[Column], lines: &[&[Piece]]) -> Vec<Column> {
    unite_by(atoms, lines, |_, _| true).unwrap_or_else(|| atoms.to_vec())
}

/// Unites neighbouring stretches that no line fills both to columns that are allowed, given by
/// their first stretch and the one after the last. Of all ways that give the fewest columns, the
/// one that bridges the least white; `None` if there is no way.
pub(super) fn unite_by(
    atoms: &[Column],
    lines: &[&[Piece]],
    is_allowed: impl Fn(usize, usize) -> bool,
) -> Option<Vec<Column>> {
    let count = atoms.len();
    if count > MOST_STRETCHES {
        return None;
    }
    let spans = Spans::of(lines, atoms);
    let mut together = spans.together(count);
    for (left, others) in together.iter_mut().enumerate().take(count.saturating_sub(1)) {
        let next = bits(left + 1, left + 2);
        if *others & next == 0 && spans.head_stands_beside(left) {
            *others |= next;
        }
    }
    // best[i]: fewest columns, and least white bridged, for the first i stretches.
    let mut best: Vec<Option<(usize, f32, usize)>> = vec![Some((0, 0.0, 0))];
    for end in 1..=count {
        let mut choice: Option<(usize, f32, usize)> = None;
        let mut bridged = 0.0;
        for start in (0..end).rev() {
            if start + 1 < end {
                bridged += atoms[start + 1].0 - atoms[start].1;
                if together[start] & bits(start + 1, end) != 0 {
                    break;
                }
            }
            let Some((columns, white, _)) = best[start] else { continue };
            let now = (columns + 1, white + bridged, start);
            let is_better = choice.is_none_or(|(c, w, _)| (now.0, now.1) < (c, w));
            if is_better && is_allowed(start, end) {
                choice = Some(now);
            }
        }
        best.push(choice);
    }
    let mut columns = Vec::new();
    let mut end = count;
    while end > 0 {
        let start = best[end]?.2;
        columns.push((atoms[start].0, atoms[end - 1].1));
        end = start;
    }
    columns.reverse();
    Some(columns)
}

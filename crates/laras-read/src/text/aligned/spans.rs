//! The columns that heads stand over.

use std::collections::BTreeMap;

use super::Piece;
use super::grid::Grid;
use super::heights::Heights;
use super::segment::Strip;

/// The columns that each head of a line stands over: those its text touches, and those beside it
/// that have heads of their own below and none above, shared out so that the heads stand centred
/// over their columns or at their left. `above` tells the columns that one head above covers,
/// `leaves` the lowest heads of all columns.
pub(super) fn spans(
    line: usize,
    pieces: &[Vec<Piece>],
    leaves: &[Leaf],
    grid: &Grid,
    above: &[usize],
) -> Vec<(usize, usize)> {
    let recurs = |c: usize| leaves[c].recurs;
    let own: Vec<(usize, usize)> = pieces[line].iter().map(|p| (p.first, p.last)).collect();
    let covered = |pieces: &[Vec<Piece>]| {
        let mut covered = vec![false; grid.len()];
        for piece in pieces.iter().flatten() {
            covered[piece.first..=piece.last].fill(true);
        }
        covered
    };
    let (below, taken) = (covered(&pieces[line + 1..]), covered(&pieces[..=line]));
    let below = |c: usize| below[c];
    let taken = |c: usize| taken[c];
    // The first column numbers or names the rows and has a head of its own.
    let free = |c: usize| c > 0 && below(c) && !taken(c);
    // Runs of free columns with the head on either side, if it has columns below it too.
    let extends = |h: usize| own[h].0 > 0 && (own[h].0..=own[h].1).all(below);
    // No head reaches from under one head to under another.
    let nests = |c: usize| above[c] == 0 || above[c + 1] == 0 || above[c] == above[c + 1];
    let mut runs: Vec<Run> = Vec::new();
    let mut c = 0;
    while c < grid.len() {
        if !free(c) {
            c += 1;
            continue;
        }
        let from = c;
        c += 1;
        while c < grid.len() && free(c) && nests(c - 1) {
            c += 1;
        }
        let left = own.iter().position(|o| o.1 + 1 == from).filter(|h| extends(*h));
        let right = own.iter().position(|o| o.0 == c).filter(|h| extends(*h));
        let left = left.filter(|_| nests(from - 1));
        let right = right.filter(|_| nests(c - 1));
        if left.is_some() || right.is_some() {
            runs.push(Run { from, to: c - 1, left, right });
        }
    }
    if runs.is_empty() {
        return own;
    }
    let heights = Heights::new(line, pieces, &own, grid.len());
    // Heads begin with the first column; where it has none yet, this line is the top of taller
    // heads, and only a centred one stands over several columns.
    let begun = taken(0);
    let cost = |head: usize, span: (usize, usize)| {
        let piece = &pieces[line][head];
        let off = grid.centre2(span.0, span.1).abs_diff(piece.from + piece.to);
        let at_left = grid.extent(own[head].0).0 == piece.from;
        let under = begun || (span.0..=span.1).all(recurs) && span.1 - span.0 < PAIR;
        match (span == own[head], span.0 == own[head].0 && under, off > FAR_OFF) {
            (true, _, _) => 0,
            (false, true, _) => off.min(if at_left { 1 } else { LEFT }),
            (false, false, true) => NEVER,
            (false, false, false) => LEFT + off + if at_left { BARE } else { 0 },
        }
    };
    // Years that recur have a head that `Catatan` beside them is not under.
    let others = |head: usize, span: (usize, usize)| {
        let (first, last) = own[head];
        let beside = (span.0..first).chain(last + 1..=span.1);
        if (first..=last).all(recurs) { beside.filter(|c| !recurs(*c)).count() } else { 0 }
    };
    // `Rp` goes on with the `K` on its left.
    let parts_pair =
        |c: usize| leaves.get(c).is_some_and(|leaf| leaf.goes_on) && leaves[c - 1].recurs;
    let cost = |head: usize, span: (usize, usize)| {
        let parted = usize::from(parts_pair(span.0)) + usize::from(parts_pair(span.1 + 1));
        cost(head, span)
            + heights.early(head, span) * EARLY
            + others(head, span) * OTHER
            + if span == own[head] { 0 } else { parted * ORPHAN }
    };
    // A head over columns further down may be what the heads of its neighbours need, too.
    let mut awaits = vec![false; grid.len()];
    for run in &runs {
        let mut heads = pieces[line + 1..].iter().flatten().filter(|p| p.first < p.last);
        if heads.any(|p| run.from <= p.first && p.last <= run.to) {
            awaits[run.from..=run.to].fill(true);
        }
    }
    let bare = |columns: std::ops::Range<usize>| -> usize {
        let one = |c: usize| match (recurs(c) && !awaits[c], begun) {
            (true, _) => ORPHAN,
            (false, true) => BARE,
            (false, false) => BARE_ABOVE,
        };
        columns.map(one).sum()
    };
    // Heads that begin with their first column have all columns up to the next head.
    let at_left = |(piece, own): (&Piece, &(usize, usize))| grid.extent(own.0).0 == piece.from;
    let periodic = runs.iter().all(|run| (run.from..=run.to).all(recurs));
    let fixed = begun || periodic || pieces[line].iter().zip(&own).any(at_left);
    // Pairs say by themselves where a head ends.
    let pairs = |run: &Run| begun && (run.from..=run.to).any(|c| leaves[c].goes_on);
    let whole = |run: &Run| fixed && !pairs(run);
    let mut spans = own.clone();
    for (run, shared) in runs.iter().zip(share(&runs, &own, whole, bare, cost)) {
        if let Some(head) = run.left.filter(|_| shared.left > 0) {
            spans[head].1 = run.from + shared.left - 1;
        }
        if let Some(head) = run.right.filter(|_| shared.right > 0) {
            spans[head].0 = run.to + 1 - shared.right;
        }
    }
    spans
}

/// The lowest head of a column.
#[derive(Clone, Copy, Default)]
pub(super) struct Leaf {
    /// Whether it recurs in its line, as `K` and `Rp` do: such a head says nothing without one above.
    recurs: bool,
    /// Whether it recurs and is not the one that such a line begins with.
    goes_on: bool,
}

/// The lowest heads of all columns.
pub(super) fn leaves(strips: &[Strip<'_>], pieces: &[Vec<Piece>], columns: usize) -> Vec<Leaf> {
    let mut leaves: Vec<Option<Leaf>> = vec![None; columns];
    for (strip, pieces) in strips.iter().zip(pieces).rev() {
        let text = |p: &Piece| strip.line.raw.get(p.bytes.0..p.bytes.1).unwrap_or("");
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for piece in pieces.iter().filter(|p| p.first == p.last) {
            *seen.entry(text(piece)).or_default() += 1;
        }
        let mut opening = None;
        for piece in pieces.iter().filter(|p| p.first == p.last) {
            let recurs = seen[text(piece)] > 1;
            if recurs {
                opening.get_or_insert(text(piece));
            }
            // Pairs have as many of the one as of the other.
            let goes_on = opening.is_some_and(|opening| {
                opening != text(piece) && seen[opening] == seen[text(piece)]
            });
            leaves[piece.first].get_or_insert(Leaf { recurs, goes_on: recurs && goes_on });
        }
    }
    leaves.into_iter().map(Option::unwrap_or_default).collect()
}

/// Neighbouring columns without a head of their own, and the heads beside them.
struct Run {
    from: usize,
    to: usize,
    left: Option<usize>,
    right: Option<usize>,
}

/// How many columns of a run belong to the head on its left and to that on its right; those between
/// have none.
#[derive(Clone, Copy)]
struct Shared {
    left: usize,
    right: usize,
}

impl Run {
    fn len(&self) -> usize {
        self.to - self.from + 1
    }

    /// The ways of sharing its columns out, or of giving it away as a whole.
    fn ways(&self, whole: bool) -> Vec<Shared> {
        let count = self.len();
        let mut ways = Vec::new();
        let step = if whole || count > LONGEST_SHARED { count } else { 1 };
        for left in (0..=count).step_by(step).take_while(|l| *l == 0 || self.left.is_some()) {
            let rights = (0..=count - left).step_by(step);
            for right in rights.take_while(|r| *r == 0 || self.right.is_some()) {
                ways.push(Shared { left, right });
            }
        }
        ways
    }
}

/// The cheapest way of sharing out the runs among the heads beside them. From left to right, a run's
/// choice bears on the next by the head between the two only.
fn share(
    runs: &[Run],
    own: &[(usize, usize)],
    whole: impl Fn(&Run) -> bool,
    bare: impl Fn(std::ops::Range<usize>) -> usize,
    cost: impl Fn(usize, (usize, usize)) -> usize,
) -> Vec<Shared> {
    let alone = |run: &Run, shared: Shared| bare(run.from + shared.left..run.to + 1 - shared.right);
    // The heads between a run and the next: the one on the right of the first, on the left of the
    // second, often the same.
    let between = |before: Option<(&Run, Shared)>, after: Option<(&Run, Shared)>| {
        let from = before.and_then(|(run, shared)| {
            let head = run.right?;
            Some((head, if shared.right > 0 { run.to + 1 - shared.right } else { own[head].0 }))
        });
        let to = after.and_then(|(run, shared)| {
            let head = run.left?;
            let to = run.from + shared.left;
            Some((head, if shared.left > 0 { to - 1 } else { own[head].1 }))
        });
        match (from, to) {
            (Some((head, from)), Some((same, to))) if head == same => cost(head, (from, to)),
            (from, to) => {
                from.map_or(0, |(head, from)| cost(head, (from, own[head].1)))
                    + to.map_or(0, |(head, to)| cost(head, (own[head].0, to)))
            }
        }
    };
    let Some((first, rest)) = runs.split_first() else { return Vec::new() };
    let mut best: Vec<(usize, Vec<Shared>)> = first
        .ways(whole(first))
        .into_iter()
        .map(|way| (alone(first, way) + between(None, Some((first, way))), vec![way]))
        .collect();
    let mut last = first;
    for run in rest {
        best = run
            .ways(whole(run))
            .into_iter()
            .filter_map(|way| {
                let sums = best.iter().filter_map(|(sum, ways)| {
                    let before = Some((last, *ways.last()?));
                    Some((sum + between(before, Some((run, way))), ways))
                });
                let (sum, ways) = sums.min_by_key(|(sum, _)| *sum)?;
                let mut ways = ways.clone();
                ways.push(way);
                Some((sum + alone(run, way), ways))
            })
            .collect();
        last = run;
    }
    best.into_iter()
        .min_by_key(|(sum, ways)| sum + between(ways.last().map(|way| (last, *way)), None))
        .map(|(_, ways)| ways)
        .unwrap_or_default()
}

/// Longest run that is shared out column by column; a longer one belongs to one head or to none.
const LONGEST_SHARED: usize = 12;

/// What a column without a head costs, in half characters.
const BARE: usize = 12;
/// The same in lines above the first column's head.
const BARE_ABOVE: usize = 3;
/// What a head costs that stands at the left of its columns, as flattened merged cells do.
const LEFT: usize = 3;
/// A head that stands further off the centre of its columns, in half characters, has fewer.
const FAR_OFF: usize = 10;
/// What a column costs whose head recurs and that has none above it.
const ORPHAN: usize = 60;
/// Most columns of heads that recur: `K` and `Rp`.
const PAIR: usize = 2;
/// What a column with a taller cell costs under a head beside it.
const EARLY: usize = 20;
/// What a column costs whose head does not recur under a head over columns whose heads do.
const OTHER: usize = 2;
/// More than any division costs.
const NEVER: usize = 100_000;

//! The header of an aligned table.

use std::collections::BTreeMap;

use laras_model::{RawCell, RawRow};

use super::super::decode::Decoded;
use super::super::rows::line_place;
use super::columns::{Grid, Kind, is_ordinal, is_value, is_year};
use super::numbers::column_numbers;
use super::{Piece, Strip, joined, piece_cell};

/// Index of the first line of the body.
pub(super) fn first_body_strip(
    strips: &[Strip<'_>],
    pieces: &[Vec<Piece>],
    kinds: &[Kind],
) -> usize {
    let text = |i: usize, p: &Piece| strips[i].line.raw.get(p.bytes.0..p.bytes.1).unwrap_or("");
    let has_value = |i: usize| {
        let values =
            pieces[i].iter().filter(|p| p.first == p.last && kinds[p.first] == Kind::Values);
        let stated = |t: &str| is_value(t) && t.trim() != "%" && !is_year(t);
        let numbers = values.filter(|p| stated(text(i, p))).count();
        let ordinals = pieces[i].len() >= 3 && pieces[i].iter().all(|p| is_ordinal(text(i, p)));
        numbers > 0 || ordinals
    };
    // Column numbers close a header, whatever stands in it, but for a last row of heads.
    if let Some(numbers) = column_numbers(strips) {
        let is_heads = |i: usize| {
            let over_values = pieces[i].iter().filter(|p| kinds[p.first] == Kind::Values).count();
            over_values >= 3 && pieces[i].iter().all(|p| !is_value(text(i, p)))
        };
        let heads = numbers.end;
        return if heads < strips.len() && is_heads(heads) { heads + 1 } else { numbers.start };
    }
    let Some(first) = (0..strips.len()).find(|i| has_value(*i)) else { return 0 };
    // A year in a header is a value that stands among words.
    let is_head = |i: usize| {
        let words = pieces[i].iter().filter(|p| !is_value(text(i, p))).count();
        let years = pieces[i].iter().filter(|p| is_year(text(i, p))).count();
        let values = pieces[i].len() - words;
        values > 0
            && years == values
            && !pieces[i].iter().any(|p| p.first == 0 && is_ordinal(text(i, p)))
    };
    let first = (first..strips.len()).find(|i| has_value(*i) && !is_head(*i)).unwrap_or(first);
    // A numbered line begins the body even where its values are words.
    let numbered = |i: usize| {
        kinds[0] == Kind::Ordinals
            && pieces[i].len() >= 2
            && pieces[i].iter().any(|p| p.first == 0 && p.last == 0 && is_ordinal(text(i, p)))
    };
    let first = (1..first).find(|i| numbered(*i)).unwrap_or(first);
    let trailing = (first + 1..strips.len())
        .take_while(|i| strips[*i].blank_above == 0 && !has_value(*i))
        .count();
    let head_above = |i: usize| {
        (0..i)
            .any(|j| pieces[j].iter().any(|p| (p.first..=p.last).any(|c| kinds[c] == Kind::Values)))
    };
    let only_names = |i: usize| {
        !pieces[i].is_empty()
            && pieces[i].iter().all(|p| p.first == p.last && kinds[p.first] != Kind::Values)
    };
    let mut body = first;
    while body > 0 && only_names(body - 1) && head_above(body - 1) {
        let apart = strips[body].blank_above == 0 && strips[body - 1].blank_above > 0;
        let centred = first - body < trailing && strips[body].blank_above == 0;
        let numbered =
            pieces[body - 1].iter().any(|p| p.first == 0 && is_ordinal(text(body - 1, p)))
                && kinds[0] == Kind::Ordinals;
        if !(apart || centred || numbered) {
            break;
        }
        body -= 1;
        if apart && !centred {
            break;
        }
    }
    body
}

/// A header cell under construction.
struct Head {
    first: usize,
    last: usize,
    level: usize,
    strip: usize,
    /// Its last line.
    to: usize,
    cell: RawCell,
}

/// The header rows: one row a level, what spans several columns with its span.
pub(super) fn rows(
    strips: &[Strip<'_>],
    pieces: &[Vec<Piece>],
    grid: &Grid,
    source: &Decoded<'_>,
) -> Vec<RawRow> {
    let mut heads: Vec<Head> = Vec::new();
    let numbers = column_numbers(strips).unwrap_or(0..0);
    for (i, strip) in strips.iter().enumerate().filter(|(i, _)| !numbers.contains(i)) {
        let spans = spans(i, strips, pieces, grid);
        for (piece, (first, last)) in pieces[i].iter().zip(spans) {
            let cell = piece_cell(strip, piece, source);
            let wider = wider(&heads, first, last);
            let above = heads.iter_mut().rev().find(|h| h.first <= last && first <= h.last);
            let level = match above {
                Some(head) if head.first == first && head.last == last => {
                    head.to = i;
                    head.cell.text = joined(&head.cell.text, &cell.text, false);
                    head.cell.place = head.cell.place.joined(&cell.place);
                    continue;
                }
                Some(head) if goes_on(head, i, pieces) => {
                    head.cell.text = joined(&head.cell.text, &cell.text, false);
                    head.cell.place = head.cell.place.joined(&cell.place);
                    head.to = i;
                    continue;
                }
                Some(head) if head.first <= first && last <= head.last => head.level + 1,
                Some(head) if wider && head.to + 1 == i => {
                    (head.first, head.last, head.to) = (first, last, i);
                    head.cell.text = joined(&head.cell.text, &cell.text, false);
                    head.cell.place = head.cell.place.joined(&cell.place);
                    continue;
                }
                Some(head) => {
                    head.cell.text = joined(&head.cell.text, &cell.text, false);
                    continue;
                }
                None => 0,
            };
            heads.push(Head { first, last, level, strip: i, to: i, cell });
        }
    }
    let levels = heads.iter().map(|h| h.level + 1).max().unwrap_or(0);
    (0..levels)
        .map(|level| {
            let blank = RawCell { colspan: 1, rowspan: 1, ..RawCell::default() };
            let mut cells = vec![blank; grid.len()];
            let mut top = strips.len().saturating_sub(1);
            for head in heads.iter().filter(|h| h.level == level) {
                cells[head.first] =
                    RawCell { colspan: (head.last - head.first + 1) as u16, ..head.cell.clone() };
                top = top.min(head.strip);
            }
            // What a span covers has no cell of its own.
            let mut covered = 0;
            cells.retain(|cell| {
                let keep = covered == 0;
                covered = if keep { cell.colspan - 1 } else { covered - 1 };
                keep
            });
            let place = strips.get(top).map(|s| line_place(&s.line, source)).unwrap_or_default();
            RawRow { cells, place, is_header: true }
        })
        .collect()
}

/// Whether a line over these columns shows that the one head above it is wider than it seemed.
fn wider(heads: &[Head], first: usize, last: usize) -> bool {
    let mut above = heads.iter().filter(|h| h.first <= last && first <= h.last);
    let one = above.next().is_some_and(|h| first <= h.first && h.last <= last);
    one && above.next().is_none()
}

/// Whether the only text under a head that spans columns is its own next line: the heads of its
/// columns come further down, side by side.
fn goes_on(head: &Head, line: usize, pieces: &[Vec<Piece>]) -> bool {
    let under = |i: usize| {
        pieces[i].iter().filter(|p| head.first <= p.first && p.last <= head.last).count()
    };
    head.last > head.first
        && line == head.to + 1
        && under(line) == 1
        && (line + 1..pieces.len()).any(|i| under(i) >= 2)
}

/// The columns that each head of a line stands over: those its text touches, and those beside it
/// that have heads of their own below and none above, shared out so that the heads stand centred
/// over their columns or at their left.
fn spans(
    line: usize,
    strips: &[Strip<'_>],
    pieces: &[Vec<Piece>],
    grid: &Grid,
) -> Vec<(usize, usize)> {
    let recurs = recurring(strips, pieces, grid.len());
    let own: Vec<(usize, usize)> = pieces[line].iter().map(|p| (p.first, p.last)).collect();
    let within = |p: &Piece, c: usize| p.first <= c && c <= p.last;
    let below = |c: usize| pieces[line + 1..].iter().flatten().any(|p| within(p, c));
    let taken = |c: usize| pieces[..=line].iter().flatten().any(|p| within(p, c));
    // The first column numbers or names the rows and has a head of its own.
    let free = |c: usize| c > 0 && below(c) && !taken(c);
    // Runs of free columns with the head on either side, if it has columns below it too.
    let extends = |h: usize| (own[h].0..=own[h].1).all(below);
    let mut runs: Vec<Run> = Vec::new();
    let mut c = 0;
    while c < grid.len() {
        if !free(c) {
            c += 1;
            continue;
        }
        let from = c;
        while c < grid.len() && free(c) {
            c += 1;
        }
        let left = own.iter().position(|o| o.1 + 1 == from).filter(|h| extends(*h));
        let right = own.iter().position(|o| o.0 == c).filter(|h| extends(*h));
        if left.is_some() || right.is_some() {
            runs.push(Run { from, to: c - 1, left, right });
        }
    }
    // Heads begin with the first column; where it has none yet, this line is the top of taller
    // heads, and only a centred one stands over several columns.
    let begun = taken(0);
    let cost = |head: usize, span: (usize, usize)| {
        let piece = &pieces[line][head];
        let off = grid.centre2(span.0, span.1).abs_diff(piece.from + piece.to);
        let at_left = grid.extent(own[head].0).0 == piece.from;
        let under = begun || (span.0..=span.1).all(|c| recurs[c]) && span.1 - span.0 < PAIR;
        match (span == own[head], span.0 == own[head].0 && under, off > FAR_OFF) {
            (true, _, _) => 0,
            (false, true, _) => off.min(if at_left { 1 } else { LEFT }),
            (false, false, true) => NEVER,
            (false, false, false) => LEFT + off + if at_left { BARE } else { 0 },
        }
    };
    let bare = |run: &Run| -> usize {
        let one = |c: usize| match (recurs[c], begun) {
            (true, _) => ORPHAN,
            (false, true) => BARE,
            (false, false) => BARE_ABOVE,
        };
        (run.from..=run.to).map(one).sum()
    };
    let mut spans = own.clone();
    for (run, side) in runs.iter().zip(share(&runs, &own, bare, cost)) {
        match (side, run.left, run.right) {
            (Side::Left, Some(head), _) => spans[head].1 = run.to,
            (Side::Right, _, Some(head)) => spans[head].0 = run.from,
            _ => {}
        }
    }
    spans
}

/// For each column whether its lowest head recurs in its line, as `K` and `Rp` do: such a head says
/// nothing without one above it.
fn recurring(strips: &[Strip<'_>], pieces: &[Vec<Piece>], columns: usize) -> Vec<bool> {
    let mut recurs = vec![None; columns];
    for (strip, pieces) in strips.iter().zip(pieces).rev() {
        let text = |p: &Piece| strip.line.raw.get(p.bytes.0..p.bytes.1).unwrap_or("");
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for piece in pieces.iter().filter(|p| p.first == p.last) {
            *seen.entry(text(piece)).or_default() += 1;
        }
        for piece in pieces.iter().filter(|p| p.first == p.last) {
            recurs[piece.first].get_or_insert(seen[text(piece)] > 1);
        }
    }
    recurs.into_iter().map(|recurs| recurs.unwrap_or(false)).collect()
}

/// Neighbouring columns without a head of their own, and the heads beside them.
struct Run {
    from: usize,
    to: usize,
    left: Option<usize>,
    right: Option<usize>,
}

/// The head that a run of columns belongs to.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Neither,
    Left,
    Right,
}

/// The cheapest way of sharing out the runs among the heads beside them. From left to right, a run's
/// choice bears on the next by the head between the two only.
fn share(
    runs: &[Run],
    own: &[(usize, usize)],
    alone: impl Fn(&Run) -> usize,
    cost: impl Fn(usize, (usize, usize)) -> usize,
) -> Vec<Side> {
    const SIDES: [Side; 3] = [Side::Neither, Side::Left, Side::Right];
    let bare = |run: &Run, side: Side| {
        let open = match side {
            Side::Neither => return alone(run),
            Side::Left => run.left,
            Side::Right => run.right,
        };
        if open.is_some() { 0 } else { NEVER }
    };
    // The heads between a run and the next: the one on the right of the first, on the left of the
    // second, often the same.
    let between = |before: Option<(&Run, Side)>, after: Option<(&Run, Side)>| {
        let from = before.and_then(|(run, side)| {
            let head = run.right?;
            Some((head, if side == Side::Right { run.from } else { own[head].0 }))
        });
        let to = after.and_then(|(run, side)| {
            let head = run.left?;
            Some((head, if side == Side::Left { run.to } else { own[head].1 }))
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
    let mut best: Vec<(usize, Vec<Side>)> = SIDES
        .iter()
        .map(|side| (bare(first, *side) + between(None, Some((first, *side))), vec![*side]))
        .collect();
    let mut last = first;
    for run in rest {
        best = SIDES
            .iter()
            .filter_map(|side| {
                let ways = best.iter().filter_map(|(sum, sides)| {
                    let before = Some((last, *sides.last()?));
                    Some((sum + between(before, Some((run, *side))), sides))
                });
                let (sum, sides) = ways.min_by_key(|(sum, _)| *sum)?;
                let mut sides = sides.clone();
                sides.push(*side);
                Some((sum + bare(run, *side), sides))
            })
            .collect();
        last = run;
    }
    best.into_iter()
        .min_by_key(|(sum, sides)| sum + between(sides.last().map(|side| (last, *side)), None))
        .map(|(_, sides)| sides)
        .unwrap_or_default()
}

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
/// More than any division costs.
const NEVER: usize = 100_000;

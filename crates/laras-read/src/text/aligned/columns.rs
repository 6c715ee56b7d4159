//! The columns of an aligned table.

use super::numbers::{column_numbers, is_column_numbers};
use super::rivers;
use super::settle::settle;
use super::touching::Border;
use super::{Piece, Segment, Strip, is_currency};

/// What a column mostly holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Ordinals in the first column.
    Ordinals,
    Text,
    /// Numbers, percents, dashes.
    Values,
}

/// Column borders of a region, in characters.
#[derive(Debug)]
pub(super) struct Grid {
    /// `from..to` of each column, left to right, without the gutters.
    extents: Vec<(usize, usize)>,
    /// Whether a cell keeps within its column: heads over several columns reach into each.
    pub(super) is_exact: bool,
    /// Columns whose last word is a value of the next column that touches them.
    tails: Vec<bool>,
}

/// How far a cell may reach into the column beside its own, in characters.
const DRIFT: usize = 2;

/// The columns of a region; `None` if its lines have no common gutter.
///
/// Lines with values decide, for the heads over them span columns; texts that stand clear of every
/// column found so make columns of their own.
pub(super) fn find(strips: &[Strip<'_>], borders: &[Border]) -> Option<Grid> {
    // What stands above the column numbers is a head, even where it is numbered too.
    let heads_end = column_numbers(strips).map_or(0, |numbers| numbers.end);
    let mut rows: Vec<&Strip<'_>> = strips[heads_end..].iter().filter(|s| is_row(s)).collect();
    if rows.len() < 2 {
        rows = strips.iter().filter(|s| s.segments.len() >= 2).collect();
    }
    let mut counts: Vec<usize> = rows.iter().map(|s| s.segments.len()).collect();
    if counts.len() < 2 {
        return None;
    }
    counts.sort_unstable();
    let usual = counts[counts.len() * 4 / 5];
    let voters: Vec<&Strip<'_>> =
        rows.into_iter().filter(|s| s.segments.len() >= (usual * 3).div_ceil(5).max(2)).collect();
    let mut extents = rivers::between(&voters);
    for border in borders {
        let within = |e: &(usize, usize)| e.0 + 1 < *border && *border < e.1;
        if let Some(at) = extents.iter().position(within) {
            let to = std::mem::replace(&mut extents[at].1, border - 1);
            extents.insert(at + 1, (*border, to));
        }
    }
    let first = strips.iter().position(|s| voters.iter().any(|v| std::ptr::eq(*v, s)))?;
    add_clear(&mut extents, &strips[first..]);
    let numbers = column_numbers(&strips[..first]).unwrap_or(first..first);
    let heads: Vec<&Strip<'_>> =
        strips[..numbers.start].iter().chain(&strips[numbers.end..first]).collect();
    let counted = strips.get(numbers.start).filter(|_| numbers.end > numbers.start);
    settle(&mut extents, &voters, &heads, counted.map_or(&[], |s| s.segments.as_slice()));
    add_heads(&mut extents, &heads);
    let mut grid = Grid { tails: vec![false; extents.len()], extents, is_exact: false };
    grid.part_touching(&voters);
    (grid.len() >= 2).then_some(grid)
}

/// Whether a line is one of a table's body: several pieces, one of them a value that is no year
/// and no column number.
pub(super) fn is_row(strip: &Strip<'_>) -> bool {
    let texts = || strip.segments.iter().map(|s| strip.text(s));
    let is_number = |text: &str| is_ordinal(text) || is_year(text);
    strip.segments.len() >= 2
        && texts().any(|text| is_value(text) && !is_year(text))
        && !texts().all(is_number)
        && !is_column_numbers(strip)
}

/// The stretches that more than `tolerated` of the lines cover.
pub(super) fn covered(voters: &[&Strip<'_>], tolerated: i32) -> Vec<(usize, usize)> {
    let segments = || voters.iter().flat_map(|s| &s.segments);
    let width = segments().map(|s| s.to).max().unwrap_or(0);
    let mut change = vec![0_i32; width + 1];
    for segment in segments() {
        change[segment.from] += 1;
        change[segment.to] -= 1;
    }
    let mut extents: Vec<(usize, usize)> = Vec::new();
    let (mut depth, mut inside) = (0, false);
    for (x, step) in change.iter().enumerate() {
        depth += step;
        let now = depth > tolerated;
        match (inside, now) {
            (false, true) => extents.push((x, x + 1)),
            (true, false) => {
                if let Some(last) = extents.last_mut() {
                    last.1 = x;
                }
            }
            _ => {}
        }
        inside = now;
    }
    if let Some(last) = extents.last_mut().filter(|_| inside) {
        last.1 = width;
    }
    extents
}

/// Adds the columns of texts that stand clear of all found before. Where such a text stands left of
/// values and never beside one, it is set at the left of the column that has them at its right.
fn add_clear(extents: &mut Vec<(usize, usize)>, strips: &[Strip<'_>]) {
    let mut clear: Vec<(usize, usize)> = strips
        .iter()
        .flat_map(|s| &s.segments)
        .map(|s| (s.from, s.to))
        .filter(|s| extents.iter().all(|e| s.1 < e.0 || e.1 < s.0))
        .collect();
    clear.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for next in clear {
        match merged.last_mut() {
            Some(last) if next.0 <= last.1 => last.1 = last.1.max(next.1),
            _ => merged.push(next),
        }
    }
    let mut added = Vec::new();
    for text in merged {
        let right = extents.partition_point(|e| e.0 < text.1);
        match extents.get_mut(right).filter(|values| stands_for(text, **values, strips)) {
            Some(values) => values.0 = text.0,
            None => added.push(text),
        }
    }
    extents.extend(added);
    extents.sort_unstable();
}

/// Whether words stand in a line only where the values on their right are missing.
fn stands_for(words: (usize, usize), values: (usize, usize), strips: &[Strip<'_>]) -> bool {
    let within = |s: &Segment, e: (usize, usize)| s.from < e.1 && e.0 < s.to;
    let mut stated = 0;
    for strip in strips {
        let value = strip.segments.iter().find(|s| within(s, values));
        let word = strip.segments.iter().find(|s| within(s, words));
        if word.is_some() && word == value {
            // Longer words of the same kind run on into the place of the values.
            continue;
        }
        if word.is_some() && value.is_some() || word.is_some_and(|s| is_value(strip.text(s))) {
            return false;
        }
        match value {
            Some(s) if !is_value(strip.text(s)) => return false,
            Some(_) => stated += 1,
            None => {}
        }
    }
    stated >= 2
}

/// Lets heads that stand clear of all columns cover the column they belong to: a name begins at the
/// left of a column where its numbers end at the right. From the lowest line of heads up, a head
/// takes the column on its right, or else on its left, that has none yet; where both have theirs,
/// it has a column of its own, which is blank.
fn add_heads(extents: &mut Vec<(usize, usize)>, strips: &[&Strip<'_>]) {
    let touches = |s: &Segment, e: &(usize, usize)| s.from <= e.1 && e.0 <= s.to;
    let mut columns: Vec<((usize, usize), bool)> = extents.iter().map(|e| (*e, false)).collect();
    let first_ends = extents.first().map_or(0, |e| e.1);
    for strip in strips.iter().rev() {
        let is_name = |s: &&Segment| {
            let text = strip.text(s);
            // `K` and `IV` number rows at the left only.
            let numbers = is_ordinal(text)
                && (s.from < first_ends || text.contains(|c: char| c.is_numeric()));
            !numbers && !is_year(text)
        };
        let heads: Vec<&Segment> = strip.segments.iter().filter(is_name).collect();
        for (extent, headed) in &mut columns {
            *headed |= heads.iter().any(|s| touches(s, extent));
        }
        for (at, head) in heads.iter().enumerate() {
            if columns.iter().any(|(e, _)| touches(head, e)) {
                continue;
            }
            let right = columns.partition_point(|(e, _)| e.0 < head.to);
            let open = |at: &usize| columns.get(*at).is_some_and(|(_, headed)| !headed);
            // Of several heads before one column the nearest is its own.
            let nearest = |c: &usize| {
                heads
                    .get(at + 1)
                    .is_none_or(|next| columns.get(*c).is_some_and(|(e, _)| e.0 < next.from))
            };
            match Some(right)
                .filter(open)
                .filter(nearest)
                .or_else(|| right.checked_sub(1).filter(open))
            {
                Some(at) => {
                    let extent = columns[at].0;
                    columns[at] = ((extent.0.min(head.from), extent.1.max(head.to)), true);
                }
                None => columns.insert(right, ((head.from, head.to), true)),
            }
        }
    }
    *extents = columns.into_iter().map(|(extent, _)| extent).collect();
}

impl Grid {
    pub(super) fn len(&self) -> usize {
        self.extents.len() + self.tails.iter().filter(|tail| **tail).count()
    }

    /// The extent of a column in characters.
    pub(super) fn extent(&self, column: usize) -> (usize, usize) {
        let mut at = 0;
        for (extent, tail) in self.extents.iter().zip(&self.tails) {
            if at == column {
                return *extent;
            }
            at += 1 + usize::from(*tail);
            if at > column {
                return (extent.1.saturating_sub(1), extent.1);
            }
        }
        self.extents.last().copied().unwrap_or((0, 0))
    }

    /// Index of the column that an extent stands for.
    fn index(&self, extent: usize) -> usize {
        extent + self.tails[..extent].iter().filter(|tail| **tail).count()
    }

    /// Parts columns that touch: a word starts at one place, or a value ends at one place, on most
    /// lines, and one of the two sides is a value.
    fn part_touching(&mut self, voters: &[&Strip<'_>]) {
        let mut e = 0;
        while e < self.extents.len() {
            let (from, to) = self.extents[e];
            let inside: Vec<(&Strip<'_>, &Segment)> = voters
                .iter()
                .filter_map(|s| {
                    Some((*s, s.segments.iter().find(|g| g.from >= from && g.to <= to)?))
                })
                .collect();
            if inside.len() < 4 {
                e += 1;
                continue;
            }
            if let Some(x) = common_start(&inside) {
                self.extents[e] = (from, x - 1);
                self.extents.insert(e + 1, (x, to));
                self.tails.insert(e + 1, false);
                continue;
            }
            let tails = inside.iter().filter(|(s, g)| has_value_tail(s.text(g))).count();
            let ends_alike = inside.iter().filter(|(_, g)| g.to + 1 >= to).count();
            self.tails[e] = tails * 5 >= inside.len() * 4 && ends_alike * 5 >= inside.len() * 4;
            e += 1;
        }
    }

    /// The pieces of a line by column.
    pub(super) fn pieces(&self, strip: &Strip<'_>) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(strip.segments.len() + 1);
        for segment in &strip.segments {
            self.place(strip, *segment, &mut pieces);
        }
        self.make_room(&mut pieces);
        pieces
    }

    fn place(&self, strip: &Strip<'_>, segment: Segment, pieces: &mut Vec<Piece>) {
        let overlaps = |e: &(usize, usize)| segment.from < e.1 && e.0 < segment.to;
        let first = self.extents.iter().position(&overlaps);
        let last = self.extents.iter().rposition(overlaps);
        let (first, last) = if let (Some(first), Some(last)) = (first, last) {
            if self.is_exact { (first, last) } else { self.drifted(segment, first, last) }
        } else {
            // Between two columns: a head over both.
            let right = self.extents.partition_point(|e| e.0 < segment.to);
            let right = right.min(self.extents.len() - 1);
            (right.saturating_sub(1), right)
        };
        if first < last
            && let Some((left, right)) = self.split_at_gutter(strip, segment, first, last)
        {
            self.place(strip, left, pieces);
            self.place(strip, right, pieces);
            return;
        }
        if first == last && self.tails[first] {
            let text = strip.text(&segment);
            if has_value_tail(text)
                && let Some(at) = text.rfind(' ')
            {
                let (left, right) = cut(&segment, text, at);
                let column = self.index(first);
                pieces.push(piece(left, column, column));
                pieces.push(piece(right, column + 1, column + 1));
                return;
            }
        }
        pieces.push(piece(segment, self.index(first), self.index(last)));
    }

    /// Gives a column that two pieces of a line touch to the one that stands in it more.
    fn make_room(&self, pieces: &mut [Piece]) {
        let shared = |piece: &Piece, column: usize| {
            let (from, to) = self.extent(column);
            piece.to.min(to).saturating_sub(piece.from.max(from))
        };
        for at in 1..pieces.len() {
            let (before, after) = pieces.split_at_mut(at);
            let (Some(left), Some(right)) = (before.last_mut(), after.first_mut()) else {
                continue;
            };
            if left.last != right.first {
                continue;
            }
            let column = left.last;
            let narrow = (left.first == left.last, right.first == right.last);
            match narrow {
                (false, true) => left.last -= 1,
                (true, false) => right.first += 1,
                (false, false) if shared(left, column) < shared(right, column) => left.last -= 1,
                (false, false) => right.first += 1,
                (true, true) => {}
            }
        }
    }

    /// Without the columns at either side of which a segment touches a few characters only.
    fn drifted(&self, segment: Segment, mut first: usize, mut last: usize) -> (usize, usize) {
        let shared = |at: usize| {
            let (from, to) = self.extents[at];
            segment.to.min(to).saturating_sub(segment.from.max(from))
        };
        while first < last && shared(first) <= DRIFT && shared(first) < shared(last) {
            first += 1;
        }
        while first < last && shared(last) <= DRIFT && shared(last) < shared(first) {
            last -= 1;
        }
        (first, last)
    }

    /// Parts a segment that runs over a gutter where one side is a value.
    fn split_at_gutter(
        &self,
        strip: &Strip<'_>,
        segment: Segment,
        first: usize,
        last: usize,
    ) -> Option<(Segment, Segment)> {
        let text = strip.text(&segment);
        for e in first..last {
            let (low, high) = (self.extents[e].1.saturating_sub(1), self.extents[e + 1].0 + 1);
            for (at, (byte, c)) in text.char_indices().enumerate() {
                let x = segment.from + at;
                if c == ' ' && x >= low && x <= high {
                    let (left, right) = (&text[..byte], text[byte..].trim_start());
                    // `Tahun 2020` is a head over both.
                    let parts = |word: &str| is_value(word) && !is_year(word);
                    if parts(right.split(' ').next().unwrap_or(""))
                        || parts(left.rsplit(' ').next().unwrap_or(""))
                    {
                        return Some(cut(&segment, text, byte));
                    }
                }
            }
        }
        None
    }

    /// Centre of a range of columns, doubled to stay whole.
    pub(super) fn centre2(&self, first: usize, last: usize) -> usize {
        self.extent(first).0 + self.extent(last).1
    }
}

/// A segment cut at a space, given by its byte in the segment's text.
fn cut(segment: &Segment, text: &str, byte: usize) -> (Segment, Segment) {
    let chars = text[..byte].chars().count();
    let left = Segment {
        to: segment.from + chars,
        bytes: (segment.bytes.0, segment.bytes.0 + byte),
        ..*segment
    };
    let right = Segment {
        from: segment.from + chars + 1,
        bytes: (segment.bytes.0 + byte + 1, segment.bytes.1),
        ..*segment
    };
    (left, right)
}

fn piece(segment: Segment, first: usize, last: usize) -> Piece {
    Piece { first, last, from: segment.from, to: segment.to, bytes: segment.bytes }
}

/// The place at which a second word starts on most lines, where one of the sides is a value.
fn common_start(inside: &[(&Strip<'_>, &Segment)]) -> Option<usize> {
    let mut starts = std::collections::BTreeMap::<usize, usize>::new();
    for (strip, segment) in inside {
        let text = strip.text(segment);
        let mut before = ' ';
        for (at, c) in text.chars().enumerate() {
            if at > 0 && before == ' ' && c != ' ' {
                *starts.entry(segment.from + at).or_default() += 1;
            }
            before = c;
        }
    }
    starts.into_iter().filter(|(_, count)| count * 5 >= inside.len() * 4).map(|(x, _)| x).find(
        |x| {
            let sides = inside.iter().filter_map(|(strip, segment)| {
                let text = strip.text(segment);
                let byte = text.char_indices().nth(x.checked_sub(segment.from)?)?.0;
                Some((text.get(..byte)?.trim(), text.get(byte..)?.trim()))
            });
            let (mut left, mut right, mut all) = (0, 0, 0);
            for (l, r) in sides {
                // `500 Orang` and `100 %` are one value with its unit.
                left += usize::from(is_value(l) && !is_unit(r));
                let value = is_value(r.split(' ').next().unwrap_or(""));
                right += usize::from(value && !is_unit(r) && !is_currency(l));
                all += 1;
            }
            all >= 4 && (left * 5 >= all * 4 || right * 5 >= all * 4)
        },
    )
}

/// Whether a text behind a value can be its unit: one word or sign.
fn is_unit(text: &str) -> bool {
    let text = text.trim();
    !text.contains(' ') && !text.bytes().any(|b| b.is_ascii_digit()) && text.len() <= 16
}

/// Whether a text ends in a value after other words.
fn has_value_tail(text: &str) -> bool {
    text.rsplit_once(' ').is_some_and(|(head, tail)| {
        is_value(tail)
            && tail.chars().any(|c| c.is_ascii_digit())
            && tail.len() >= 4
            && !head.trim().is_empty()
            && !is_currency(head.trim())
    })
}

/// Whether a piece of text looks like a value: digits lead over letters, or it is an explicit none.
pub(super) fn is_value(text: &str) -> bool {
    let text = text.trim();
    if matches!(text, "-" | "–" | "- -" | "%") {
        return true;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    digits > 0
        && (letters == 0
            || letters <= 12 && text.starts_with(|c: char| c.is_ascii_digit() || c == 'R'))
}

/// What each column holds.
pub(super) fn kinds(strips: &[Strip<'_>], pieces: &[Vec<Piece>], columns: usize) -> Vec<Kind> {
    let mut values = vec![0_usize; columns];
    let mut ordinals = vec![0_usize; columns];
    let mut all = vec![0_usize; columns];
    for (strip, pieces) in strips.iter().zip(pieces) {
        for piece in pieces.iter().filter(|p| p.first == p.last) {
            let text = strip.line.raw.get(piece.bytes.0..piece.bytes.1).unwrap_or("");
            all[piece.first] += 1;
            values[piece.first] += usize::from(is_value(text));
            ordinals[piece.first] += usize::from(is_ordinal(text));
        }
    }
    (0..columns)
        .map(|c| {
            if c == 0 && ordinals[c] * 2 >= all[c] && ordinals[c] > 0 {
                Kind::Ordinals
            } else if values[c] * 2 >= all[c] && values[c] > 0 {
                Kind::Values
            } else {
                Kind::Text
            }
        })
        .collect()
}

/// Whether a text is a year.
pub(super) fn is_year(text: &str) -> bool {
    let text = text.trim().trim_matches(['(', ')', ',', '.', '*']);
    text.len() == 4
        && (text.starts_with("20") || text.starts_with("19"))
        && text.bytes().all(|b| b.is_ascii_digit())
}

/// `1`, `1.`, `1.1`, `(1)`, `a.`, `IV`, and codes such as `8.01.02.2.01`.
pub(super) fn is_ordinal(text: &str) -> bool {
    let core = text.trim().trim_matches(['(', ')', '.']);
    let parts = core.split('.').count();
    let longest = if parts >= 3 { 4 } else { 3 };
    !core.is_empty()
        && core.len() <= 8.max(5 * parts)
        && (core.split('.').all(|part| {
            !part.is_empty() && part.len() <= longest && part.bytes().all(|b| b.is_ascii_digit())
        }) || (core.len() == 1 && core.bytes().all(|b| b.is_ascii_alphabetic()))
            || core.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')))
}

/// Whether a number goes on with a code that a narrow column cut: `7.01.01.2.` over `06.02`.
pub(super) fn is_rest_of_code(code: &str, rest: &str) -> bool {
    let levels = code.matches('.').count();
    levels >= 2
        && rest.len() <= code.len()
        && code.bytes().chain(rest.bytes()).all(|b| b.is_ascii_digit() || b == b'.')
        && (code.ends_with('.')
            || rest.starts_with('.')
            || levels >= 3 && !rest.contains('.') && rest.len() <= 4)
}

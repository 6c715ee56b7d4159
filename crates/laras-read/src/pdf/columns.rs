//! Tables without (or with half of) their rules: columns of whitespace.
//!
//! A line that falls into several pieces with wide gaps is a *seed*. Seeds that follow each other
//! and leave the same corridors free of text are a table; lines between them that keep the
//! corridors free belong to cells of several lines, and short lines that cross them are heads
//! over several columns or section rows.

use laras_model::Bbox;

use super::blocks::caption_number;
use super::geometry::{Area, around};
use super::join::starts_item;
use super::line::{Line, text_of};
use super::rules::Segment;
use super::table::TableRow;
use super::word::Word;

/// Gaps at least this wide, in shares of the type size, separate the pieces of a line.
const WIDE: f32 = 0.55;
/// A corridor must be at least this wide, in shares of the type size.
const CORRIDOR: f32 = 0.45;
/// Most lines without a seed inside a table.
const MOST_BETWEEN: usize = 8;

/// A stretch of a line between wide gaps.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Around its words.
    pub bbox: Bbox,
    /// Left to right.
    pub words: Vec<Word>,
}

/// The lines of a table, before its columns are settled.
#[derive(Clone, Debug)]
pub struct Unruled {
    /// Its lines, top to bottom.
    pub lines: Vec<Line>,
    /// The pieces of each line.
    pub pieces: Vec<Vec<Piece>>,
    /// The lines that show the columns.
    pub members: Vec<usize>,
    /// Where rules part its rows; empty where there are too few.
    pub rules: Vec<f32>,
}

/// Takes the tables out of the lines of a page; the other lines stay, in order. `pictures` are
/// images and filled areas: many without a word on them make the region a chart.
pub fn take_tables(
    text: &mut Vec<Line>,
    horizontal: &[Segment],
    pictures: &[Bbox],
) -> Vec<Unruled> {
    let mut found = Vec::new();
    let mut rest: Vec<Line> = Vec::with_capacity(text.len());
    let lines = std::mem::take(text);
    let pieces: Vec<Vec<Piece>> = lines.iter().map(pieces).collect();
    let seeds: Vec<bool> = pieces.iter().map(|pieces| is_seed(pieces)).collect();
    let mut at = 0;
    while at < lines.len() {
        let table = table_at(&lines, &pieces, &seeds, at, horizontal)
            .filter(|(from, to, table)| !is_chart(&lines[*from..*to], &table.bbox(), pictures));
        if let Some((from, to, table)) = table {
            // Heads above the first seed have been put aside as text already.
            rest.truncate(rest.len() - (at - from));
            found.push(table);
            at = to;
        } else {
            rest.push(lines[at].clone());
            at += 1;
        }
    }
    *text = rest;
    found
}

impl Unruled {
    /// Its extent.
    pub fn bbox(&self) -> Bbox {
        around(self.lines.iter().map(|line| &line.bbox)).unwrap_or(Bbox {
            x0: 0.0,
            y0: 0.0,
            x1: 0.0,
            y1: 0.0,
        })
    }

    /// Whether `next`, at the top of the following page, repeats this table's head.
    pub fn goes_on(&self, next: &Self) -> bool {
        let (Some(own), Some(other)) = (self.lines.first(), next.lines.first()) else {
            return false;
        };
        own.words.len() == other.words.len()
            && own
                .words
                .iter()
                .zip(&other.words)
                .all(|(a, b)| a.text == b.text && (a.bbox.x0 - b.bbox.x0).abs() < 1.0)
    }
}

/// The columns that several pages of one table agree on.
pub fn shared_columns(pages: &[&Unruled]) -> Vec<(f32, f32)> {
    let pieces: Vec<Vec<Piece>> = pages
        .iter()
        .flat_map(|page| page.members.iter().map(|&member| page.pieces[member].clone()))
        .collect();
    let all: Vec<usize> = (0..pieces.len()).collect();
    corridors(&pieces, &all)
}

/// Whether bars, sectors and such stand between the words.
fn is_chart(lines: &[Line], bbox: &Bbox, pictures: &[Bbox]) -> bool {
    let bare = pictures
        .iter()
        .filter(|picture| {
            let inside = bbox.holds(picture.mid_x(), picture.mid_y());
            // A picture behind the whole table is a watermark or a background.
            let small = picture.width() < bbox.width() * 0.9;
            let words = lines.iter().flat_map(|line| &line.words);
            let mut words = words.map(|word| (word.bbox.mid_x(), word.bbox.mid_y()));
            inside && small && !words.any(|(x, y)| picture.holds(x, y))
        })
        .count();
    bare >= 3
}

fn pieces(line: &Line) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for word in &line.words {
        match pieces.last_mut() {
            Some(piece) if word.bbox.x0 - piece.bbox.x1 < line.size * WIDE => {
                piece.bbox = piece.bbox.union(&word.bbox);
                piece.words.push(word.clone());
            }
            _ => pieces.push(Piece { bbox: word.bbox, words: vec![word.clone()] }),
        }
    }
    pieces
}

/// Whether a text states a quantity: it begins with a digit, a sign or `Rp`, or is a dash.
pub fn is_quantity(text: &str) -> bool {
    let text = text.trim_start_matches("Rp").trim_start_matches(['.', ' ', '(', '-', '–']);
    text.is_empty()
        || text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().filter(|c| c.is_alphabetic()).count() <= 12
}

/// Whether a line looks like a row of a table: three pieces, or two with a quantity at the end.
fn is_seed(pieces: &[Piece]) -> bool {
    let text = |piece: &Piece| text_of(&piece.words);
    let last = match pieces {
        [] | [_] => return false,
        [.., last] => text(last),
    };
    // `Nama : …` is a list of particulars; `1.  Text` is a list item.
    if pieces.iter().skip(1).any(|piece| text(piece).starts_with(':')) {
        return false;
    }
    if is_justified(pieces) {
        return false;
    }
    let marker = starts_item(&format!("{} x", text(&pieces[0])));
    match pieces.len() {
        2 => !marker && is_quantity(&last),
        _ => true,
    }
}

/// Whether all gaps of a line are alike, as in a justified line of few words; the gap behind the
/// marker of a list item does not count.
fn is_justified(pieces: &[Piece]) -> bool {
    let words: Vec<&Word> = pieces.iter().flat_map(|piece| &piece.words).collect();
    let marker = words.first().is_some_and(|word| starts_item(&format!("{} x", word.text)));
    let words = &words[usize::from(marker)..];
    let gaps: Vec<f32> = words.windows(2).map(|pair| pair[1].bbox.x0 - pair[0].bbox.x1).collect();
    let least = gaps.iter().copied().fold(f32::MAX, f32::min);
    let most = gaps.iter().copied().fold(0.0, f32::max);
    let letters = words.iter().filter(|word| word.text.chars().any(char::is_alphabetic)).count();
    gaps.len() >= 3 && letters * 5 >= words.len() * 3 && most < least * 1.6
}

/// Whether two columns are a table of contents: page numbers that never fall, and chapters.
fn is_contents(rows: &[TableRow]) -> bool {
    let mut before = 0;
    let mut chapters = 0;
    for row in rows {
        let [first, .., last] = row.cells.as_slice() else { continue };
        let title = first.lines.first().map(Line::text).unwrap_or_default();
        let lower = title.to_lowercase();
        chapters += u32::from(
            ["bab ", "daftar ", "kata pengantar", "tabel ", "gambar "]
                .iter()
                .any(|known| lower.starts_with(known)),
        );
        let page = last.lines.last().map(Line::text).unwrap_or_default();
        let Ok(page) = page.parse::<u32>() else { continue };
        if page < before || page > 9_999 {
            return false;
        }
        before = page;
    }
    chapters > 0 && before > 0 && rows.iter().all(|row| row.cells.len() <= 2)
}

/// The table whose first seed is line `at`, with the range of lines it covers.
fn table_at(
    lines: &[Line],
    pieces: &[Vec<Piece>],
    seeds: &[bool],
    at: usize,
    horizontal: &[Segment],
) -> Option<(usize, usize, Unruled)> {
    if !seeds[at] {
        return None;
    }
    let mut last = at;
    let mut next = at + 1;
    let mut members = vec![at];
    while next < lines.len() && next - last <= MOST_BETWEEN {
        let size = lines[next].size.max(lines[last].size);
        if lines[next].bbox.y0 - lines[next - 1].bbox.y1 > size * 4.0 {
            break;
        }
        if (lines[next].size - lines[at].size).abs() > 1.0
            || caption_number(&lines[next].text()).is_some()
        {
            break;
        }
        if seeds[next] {
            members.push(next);
            let columns = corridors(pieces, &members);
            let fits = columns.len() >= 2 && crossing(&pieces[last + 1..next], &columns) <= 2;
            if !fits {
                members.pop();
                break;
            }
            last = next;
        }
        next += 1;
    }
    if members.len() < 2 {
        return None;
    }
    let columns = corridors(pieces, &members);
    if columns.len() < 2 {
        return None;
    }
    let from = first_head(lines, pieces, at, &columns);
    let to = last_continuation(lines, pieces, last, &columns);
    if !is_convincing(pieces, &members, &columns) {
        return None;
    }
    let rows = &lines[from..to];
    let table = Unruled {
        lines: rows.to_vec(),
        pieces: pieces[from..to].to_vec(),
        members: members.iter().map(|member| member - from).collect(),
        rules: rules_between(rows, horizontal),
    };
    if is_contents(&table.rows(&columns)) {
        return None;
    }
    Some((from, to, table))
}

/// The columns that the pieces of some lines leave between free corridors, as x ranges.
fn corridors(pieces: &[Vec<Piece>], members: &[usize]) -> Vec<(f32, f32)> {
    let atoms = atoms(pieces, members);
    unite(&atoms, pieces, members)
}

/// Unites neighbouring stretches that no line fills both: a centred head and the numbers under
/// it. Of all ways that give the fewest columns, the one that bridges the least white.
fn unite(atoms: &[(f32, f32)], pieces: &[Vec<Piece>], members: &[usize]) -> Vec<(f32, f32)> {
    let count = atoms.len();
    let mut together = vec![false; count * count];
    for &line in members {
        let mut filled: Vec<usize> = Vec::new();
        for piece in &pieces[line] {
            let (first, width) = span(&piece.bbox, atoms);
            filled.extend(first..first + width);
        }
        for &a in &filled {
            for &b in &filled {
                together[a * count + b] = true;
            }
        }
    }
    // best[i]: fewest columns, and least white bridged, for the first i stretches.
    let mut best: Vec<(usize, f32, usize)> = vec![(0, 0.0, 0)];
    for end in 1..=count {
        let mut choice = (usize::MAX, f32::MAX, end - 1);
        let mut bridged = 0.0;
        for start in (0..end).rev() {
            if start + 1 < end {
                bridged += atoms[start + 1].0 - atoms[start].1;
                if (start + 1..end).any(|other| together[start * count + other]) {
                    break;
                }
            }
            let (columns, white, _) = best[start];
            let now = (columns + 1, white + bridged, start);
            if (now.0, now.1) < (choice.0, choice.1) {
                choice = now;
            }
        }
        best.push(choice);
    }
    let mut columns = Vec::new();
    let mut end = count;
    while end > 0 {
        let start = best[end].2;
        columns.push((atoms[start].0, atoms[end - 1].1));
        end = start;
    }
    columns.reverse();
    columns
}

/// The stretches of x that text fills in more than one line in eight.
fn atoms(pieces: &[Vec<Piece>], members: &[usize]) -> Vec<(f32, f32)> {
    let mut edges: Vec<(f32, i32)> = Vec::new();
    let mut size = 0.0_f32;
    for &line in members {
        for piece in &pieces[line] {
            size = size.max(piece.words[0].size);
            edges.push((piece.bbox.x0, 1));
            edges.push((piece.bbox.x1, -1));
        }
    }
    edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let allowed = (members.len() / 8) as i32;
    let mut columns: Vec<(f32, f32)> = Vec::new();
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
fn crossing(between: &[Vec<Piece>], columns: &[(f32, f32)]) -> usize {
    between.iter().filter(|pieces| pieces.iter().any(|p| span(&p.bbox, columns).1 > 1)).count()
}

/// First column and number of columns that a box touches.
pub fn span(area: &Bbox, columns: &[(f32, f32)]) -> (usize, usize) {
    let touches = |&(from, to): &(f32, f32)| area.x0 < to - 1.0 && area.x1 > from + 1.0;
    let first = columns.iter().position(touches);
    let last = columns.iter().rposition(touches);
    if let (Some(first), Some(last)) = (first, last) {
        return (first, last - first + 1);
    }
    // Between two columns: the nearer one.
    let distance = |column: usize| {
        -area.shared_x(&Bbox { x0: columns[column].0, x1: columns[column].1, ..*area })
    };
    let near = (0..columns.len()).min_by(|&a, &b| distance(a).total_cmp(&distance(b)));
    (near.unwrap_or_default(), 1)
}

/// The first line of the head above the first seed.
fn first_head(lines: &[Line], pieces: &[Vec<Piece>], at: usize, columns: &[(f32, f32)]) -> usize {
    let left = columns.first().map_or(0.0, |c| c.0);
    let right = columns.last().map_or(0.0, |c| c.1);
    let mut from = at;
    while from > 0 && at - from < 5 {
        let (line, below) = (&lines[from - 1], &lines[from]);
        let near = below.bbox.y0 - line.bbox.y1 < line.size * 0.9;
        let inside = line.bbox.x0 > left - line.size && line.bbox.x1 < right + line.size;
        let narrow = pieces[from - 1]
            .iter()
            .all(|piece| span(&piece.bbox, columns).1 < columns.len() || columns.len() == 1);
        let several = pieces[from - 1].len() >= 2 || {
            // A single piece over some inner columns is a head over several.
            let (first, count) = span(&line.bbox, columns);
            first > 0 && count < columns.len()
        };
        let same_size = (line.size - lines[at].size).abs() < 1.0;
        if near
            && same_size
            && inside
            && narrow
            && several
            && line.words.iter().all(|w| !w.text.ends_with('.'))
        {
            from -= 1;
        } else {
            break;
        }
    }
    from
}

/// The line after the last one that only goes on cells of the last row.
fn last_continuation(
    lines: &[Line],
    pieces: &[Vec<Piece>],
    last: usize,
    columns: &[(f32, f32)],
) -> usize {
    let mut to = last + 1;
    while to < lines.len() && to - last <= MOST_BETWEEN {
        let (line, above) = (&lines[to], &lines[to - 1]);
        let near = line.bbox.y0 - above.bbox.y1 < line.size * 0.45;
        let fits = pieces[to].iter().all(|piece| {
            let (column, count) = span(&piece.bbox, columns);
            count == 1 && piece.bbox.x1 <= columns[column].1 + piece.words[0].size
        });
        let same_size = (line.size - lines[last].size).abs() < 1.0;
        if near && same_size && fits && !columns.is_empty() {
            to += 1;
        } else {
            break;
        }
    }
    to
}

/// Whether enough rows fill enough columns, with quantities in one that is not the first.
fn is_convincing(pieces: &[Vec<Piece>], members: &[usize], columns: &[(f32, f32)]) -> bool {
    let mut filled = vec![0_usize; columns.len()];
    let mut quantities = vec![0_usize; columns.len()];
    let mut words = 0;
    for &line in members {
        for piece in &pieces[line] {
            let (column, count) = span(&piece.bbox, columns);
            if count == 1 {
                filled[column] += 1;
                let text = text_of(&piece.words);
                quantities[column] += usize::from(is_quantity(&text));
                words += usize::from(text.chars().any(char::is_alphabetic));
            }
        }
    }
    let full = filled.iter().filter(|count| **count * 2 >= members.len()).count();
    let counted = (1..columns.len()).any(|c| filled[c] >= 2 && quantities[c] * 2 > filled[c]);
    // Rows of bare numbers are the axis of a chart.
    full >= 2 && counted && words * 2 > members.len() && (columns.len() > 2 || members.len() > 2)
}

/// Where rules between the lines of a table part its rows; empty where there are too few.
fn rules_between(lines: &[Line], horizontal: &[Segment]) -> Vec<f32> {
    let Some(bbox) = around(lines.iter().map(|line| &line.bbox)) else { return Vec::new() };
    let rules: Vec<f32> = horizontal
        .iter()
        .filter(|rule| rule.at > bbox.y0 && rule.at < bbox.y1)
        .filter(|rule| rule.to.min(bbox.x1) - rule.from.max(bbox.x0) > bbox.width() * 0.8)
        .map(|rule| rule.at)
        .collect();
    if rules.len() * 3 >= lines.len() && rules.len() >= 2 { rules } else { Vec::new() }
}

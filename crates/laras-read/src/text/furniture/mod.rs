//! Page furniture: page numbers, running headers and footers, recognised by what they interrupt
//! and by repetition with digits folded.

mod keys;
mod outlines;
mod pages;

use rustc_hash::FxHashMap;

use self::keys::key_of;
use self::outlines::Outlines;
use super::glance::count_pieces;
use super::lines::Line;
use super::shape::Shape;

/// Longest line, in bytes, that a running header can be.
const LONGEST: usize = 240;
/// Digits of a civil-servant number, of which a scan may lose some.
const NIP_DIGITS: usize = 15;
/// Most lines a running header is set in.
const MOST_LINES: usize = 5;

/// Marks page numbers and running headers and footers.
pub(super) fn mark(lines: &[Line<'_>], shapes: &mut [Shape]) {
    pages::mark_page_numbers(lines, shapes);
    pages::mark_page_edges(lines, shapes);
    // All lines of a run at once: a running header may stand in one line on one page and in three on
    // the next.
    let is_prose = |(line, shape): (&Line<'_>, &Shape)| *shape == Shape::Prose && is_columnar(line);
    let columnar: Vec<bool> = lines.iter().zip(&*shapes).map(is_prose).collect();
    let runs = runs(lines, shapes, &columnar);
    let breaks: Vec<bool> =
        runs.iter().map(|run| interrupts(lines, shapes, &columnar, run)).collect();
    let key = |run: &Run| {
        let of = &lines[run.from..run.to];
        let is_key = |key: &String| key.contains(char::is_alphabetic) && !names_a_person(of);
        Some(key_of(of)).filter(is_key)
    };
    // What never interrupts anything is only told from what does.
    let breaking: Vec<Option<String>> = runs
        .iter()
        .zip(&breaks)
        .map(|(run, breaks)| if *breaks { key(run) } else { None })
        .collect();
    let known = Outlines::of(breaking.iter().flatten());
    let mut keys: Vec<(Run, bool, String)> = Vec::new();
    for ((run, breaks), breaking) in runs.into_iter().zip(breaks).zip(breaking) {
        let found = if breaks {
            breaking
        } else if known.may_hold(&lines[run.from..run.to]) {
            key(&run)
        } else {
            None
        };
        keys.extend(found.map(|key| (run, breaks, key)));
    }
    let mut seen: FxHashMap<&str, Seen> = FxHashMap::default();
    for (_, breaks, key) in &keys {
        let entry = seen.entry(key).or_default();
        entry.count += 1;
        entry.interrupts += u32::from(*breaks);
    }
    seen.retain(|_, entry| entry.interrupts >= 2 || (entry.interrupts >= 1 && entry.count >= 3));
    for (run, _, key) in &keys {
        let Some(entry) = seen.get(key.as_str()) else { continue };
        let always = entry.interrupts * 2 >= entry.count;
        if always || interrupts(lines, shapes, &columnar, run) {
            mark_running(&mut shapes[run.from..run.to]);
        }
    }
    seen.retain(|_, entry| entry.interrupts * 2 >= entry.count);
    if !seen.is_empty() {
        mark_repeated(lines, shapes, &seen);
    }
}

/// Whether some lines hold a civil-servant number: who signs often signs more than once, and is no
/// running header.
fn names_a_person(lines: &[Line<'_>]) -> bool {
    let digits = |line: &Line<'_>| line.raw.bytes().filter(u8::is_ascii_digit).count();
    lines.iter().any(|line| digits(line) >= NIP_DIGITS)
}

/// Marks known running headers that the rows of a table follow without a blank line.
fn mark_repeated(lines: &[Line<'_>], shapes: &mut [Shape], known: &FxHashMap<&str, Seen>) {
    let outlines = Outlines::of(known.keys());
    for from in 0..lines.len() {
        let apart = from.checked_sub(1).is_none_or(|above| is_skipped(shapes[above]));
        if shapes[from] != Shape::Prose || !apart || !outlines.may_begin(&lines[from]) {
            continue;
        }
        for to in from + 1..=(from + MOST_LINES).min(lines.len()) {
            if shapes[to - 1] != Shape::Prose || lines[to - 1].raw.len() > LONGEST {
                break;
            }
            if !outlines.may_hold(&lines[from..to]) {
                continue;
            }
            let key = key_of(&lines[from..to]);
            if key.split(' ').count() >= FEWEST_WORDS && known.contains_key(key.as_str()) {
                mark_running(&mut shapes[from..to]);
                break;
            }
        }
    }
}

fn mark_running(shapes: &mut [Shape]) {
    for shape in shapes.iter_mut().filter(|shape| **shape == Shape::Prose) {
        *shape = Shape::Running;
    }
}

#[derive(Default)]
struct Seen {
    count: u32,
    interrupts: u32,
}

/// Neighbouring prose lines that could be one running header.
#[derive(Clone, Copy)]
struct Run {
    from: usize,
    to: usize,
}

/// Groups of up to [`MOST_LINES`] neighbouring prose lines with something else on both sides; lines
/// that look like those of an aligned table are something else than others.
fn runs(lines: &[Line<'_>], shapes: &[Shape], columnar: &[bool]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut i = 0;
    while i < lines.len() {
        if shapes[i] != Shape::Prose {
            i += 1;
            continue;
        }
        let from = i;
        while i < lines.len()
            && shapes[i] == Shape::Prose
            && lines[i].page == lines[from].page
            && columnar[i] == columnar[from]
        {
            i += 1;
        }
        let short = lines[from..i].iter().all(|line| line.raw.len() <= LONGEST);
        if i - from <= MOST_LINES && short {
            runs.push(Run { from, to: i });
        }
    }
    runs
}

/// Whether a run stands where only furniture can: between two rows of a table, at the edge of a
/// page, beside a page number, or inside a sentence.
fn interrupts(lines: &[Line<'_>], shapes: &[Shape], columnar: &[bool], run: &Run) -> bool {
    let is_columnar = |j: usize| shapes.get(j) == Some(&Shape::Prose) && columnar[j];
    if run.from.checked_sub(1).is_some_and(is_columnar) || columnar[run.from] {
        return false;
    }
    let heads_rows = is_columnar(run.to);
    let before = (0..run.from).rev().find(|j| !is_skipped(shapes[*j]));
    let after = (run.to..lines.len()).find(|j| !is_skipped(shapes[*j]));
    let beside_number = (run.from.checked_sub(1).into_iter().chain([run.to]))
        .chain(run.from.checked_sub(2))
        .chain([run.to + 1])
        .any(|j| shapes.get(j) == Some(&Shape::PageNumber));
    let page = lines[run.from].page;
    let page_edge = page > 0
        && (before.is_none_or(|j| lines[j].page != page)
            || after.is_none_or(|j| lines[j].page != page));
    let (Some(before), Some(after)) = (before, after) else { return beside_number || page_edge };
    if heads_rows {
        return is_between_columns(lines, shapes, columnar, run, before, after);
    }
    let rows = shapes[before].is_row() && shapes[after].is_row()
        || is_between_columns(lines, shapes, columnar, run, before, after);
    let sentence = shapes[before] == Shape::Prose
        && shapes[after] == Shape::Prose
        && lines[before].raw.len() > 60
        && !lines[before].trimmed().ends_with(['.', ':', ';', '!', '?', ','])
        && lines[after].trimmed().starts_with(char::is_lowercase);
    rows || sentence || beside_number || page_edge
}

/// Pieces between wide gaps from which a line looks like one of a table aligned by spaces.
const COLUMNAR: usize = 3;
/// Fewest words of a running header among aligned rows.
const FEWEST_WORDS: usize = 3;

/// How much further right than a running header the rest of a row stands that it cut.
const SET_IN: usize = 4;
/// Most lines of such a rest.
const LONGEST_REST: usize = 10;

fn is_columnar(line: &Line<'_>) -> bool {
    count_pieces(line.trimmed(), COLUMNAR) == COLUMNAR
}

/// Whether a run interrupts a table whose columns are aligned by spaces: blank lines or a page
/// number stand above it, and it begins further left than the rows do.
fn is_between_columns(
    lines: &[Line<'_>],
    shapes: &[Shape],
    columnar: &[bool],
    run: &Run,
    before: usize,
    after: usize,
) -> bool {
    let indent = |i: usize| lines[i].raw.len() - lines[i].raw.trim_start().len();
    let is_row = |i: usize| shapes[i].is_row() || shapes[i] == Shape::Prose && columnar[i];
    let stands_apart = run.from.checked_sub(1).is_none_or(|above| is_skipped(shapes[above]));
    let words: u64 = lines[run.from..run.to].iter().map(|line| line.tokens).sum();
    // The rest of a row that the page break cut stands set in, above the next whole row.
    let is_rest = || {
        indent(after) >= indent(run.from) + SET_IN
            && (after + 1..lines.len().min(after + LONGEST_REST)).any(is_row)
    };
    stands_apart
        && words >= FEWEST_WORDS as u64
        && (is_row(after) || is_rest())
        && (run.from..run.to)
            .all(|i| !columnar[i] && indent(i) <= indent(after) && indent(i) <= indent(before))
}

fn is_skipped(shape: Shape) -> bool {
    shape == Shape::Blank || shape.is_furniture()
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::super::shape::shapes;
    use super::*;

    fn marked(text: &str) -> Vec<(u32, Shape)> {
        let lines = split(text);
        let mut kinds = shapes(&lines);
        mark(&lines, &mut kinds);
        let furniture =
            |(line, kind): (&Line<'_>, &Shape)| kind.is_furniture().then_some((line.number, *kind));
        lines.iter().zip(&kinds).filter_map(furniture).collect()
    }

    #[test]
    fn a_header_between_rows_is_found_however_it_is_broken() {
        let text = "1\ta\t0\n\nLKIP Dinas Contoh\nTahun 2020\n\n2\tb\t0\n\nLKIP Dinas Contoh Tahun 2021\n\n3\tc\t0\nPenutup\n";
        assert_eq!(marked(text), [(3, Shape::Running), (4, Shape::Running), (8, Shape::Running)]);
    }

    #[test]
    fn signature_lines_repeat_but_do_not_interrupt() {
        let text =
            "1\ta\t0\n\nKepala Dinas,\n\nNama\n\n1\tb\t0\n\nKepala Dinas,\n\nNama\n\nBAB II\n";
        assert_eq!(marked(text), []);
    }

    #[test]
    fn who_signs_before_every_table_is_no_header() {
        let signed = "Drs. CONTOH NAMA\nNIP. 19700101 199003 1 999\n";
        let text = ["1\ta\t0\n\n", signed, "\n"].repeat(3).concat() + "2\tb\t0\n";
        assert_eq!(marked(&text), []);
        let text = text.replace("NIP. 19700101 199003 1 999", "Tahun 2020");
        assert_eq!(marked(&text).len(), 6);
    }

    #[test]
    fn lines_at_the_edge_of_many_pages_are_furniture_whatever_follows() {
        let page = |n: u32| {
            format!("LAPORAN KINERJA      {n}\nNo   Uraian    Pagu\n1    nama {n}a     5\n")
        };
        let text = (1..=4).map(page).collect::<Vec<_>>().join("\u{c}");
        let found: Vec<u32> = marked(&text).into_iter().map(|(line, _)| line).collect();
        assert_eq!(found, [1, 4, 7, 10]);
    }

    #[test]
    fn headers_between_aligned_rows_need_no_form_feed() {
        let rows = "  1    Rapat koordinasi    12    10\n       Rapat lintas sektor\n";
        let header = "\nRenja Kecamatan Contoh\nKabupaten Contoh Tahun 2023\n";
        let text = [rows, header].repeat(3).concat() + rows;
        let found: Vec<u32> = marked(&text).into_iter().map(|(line, _)| line).collect();
        assert_eq!(found, [4, 5, 9, 10, 14, 15]);
    }

    #[test]
    fn headers_above_the_rest_of_a_row_are_found() {
        let rows = "          Rapat koordinasi    12    10    1\n";
        let header = "\nRenja Kecamatan Contoh Tahun 2023\n\n          antar sektor\n";
        let text = [rows, header].repeat(3).concat() + rows;
        let found: Vec<u32> = marked(&text).into_iter().map(|(line, _)| line).collect();
        assert_eq!(found, [3, 8, 13]);
    }

    #[test]
    fn page_numbers_stand_alone() {
        let text = "akhir kalimat.\n\n12\n\nRenja 2024 | 21\n\nawal\n\n- 13 -\n2021\n\nHalaman 3 dari 9\n1\n2\n";
        assert_eq!(
            marked(text),
            [
                (3, Shape::PageNumber),
                (5, Shape::Running),
                (9, Shape::PageNumber),
                (12, Shape::PageNumber)
            ]
        );
        let text =
            "akhir kalimat.\n\n**II-** 2\n\nIV - 13\n\n*Halaman* **7**\n\nII.2\n\nTahap II-2\n";
        let numbers: Vec<u32> = marked(text).into_iter().map(|(line, _)| line).collect();
        assert_eq!(numbers, [3, 5, 7]);
    }
}

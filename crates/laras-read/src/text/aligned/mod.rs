//! Tables whose columns are aligned by spaces, as `pdftotext -layout` prints them.
//!
//! 1. *Regions*: neighbouring lines that are broken by gaps of two or more spaces, cut where the
//!    columns change ([`parts`]).
//! 2. *Columns* ([`columns`]): what no line of a region covers is a gutter; columns that touch are
//!    parted where a word starts at the same place line after line.
//! 3. *Rows* ([`grouping`]): the printed lines are divided into rows by the cheapest division: no
//!    row holds two values of one column, a wrapped text fills its column, a value stands first, in
//!    the middle or last in its row, but always alike.
//! 4. *Header* ([`header`]): lines above the first row; what spans several columns stays a span.

mod columns;
mod grouping;
mod header;
mod heads;
mod numbers;
mod parts;
mod rivers;
mod settle;
mod spans;
mod touching;

use laras_model::{RawCell, RawRow};

use super::decode::Decoded;
use super::lines::{Line, is_space};
use super::rows::{cell, line_place};
use super::shape::Shape;

/// Most blank lines inside one table.
const MOST_BLANK: usize = 3;
/// Longest line of a table, in bytes: wider than any page.
const LONGEST_LINE: usize = 4000;
/// Lines looked at for one table; a longer one is cut into pieces of this length.
const LONGEST_REGION: usize = 4000;

/// A stretch of a line between gaps, in characters and bytes of the line.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Segment {
    /// First character.
    from: usize,
    /// Character after the last.
    to: usize,
    /// The same in bytes.
    bytes: (usize, usize),
}

/// A line of a region and its segments.
#[derive(Debug)]
struct Strip<'t> {
    line: Line<'t>,
    segments: Vec<Segment>,
    /// Blank lines above it within the region.
    blank_above: usize,
}

impl Strip<'_> {
    fn text(&self, segment: &Segment) -> &str {
        self.line.raw.get(segment.bytes.0..segment.bytes.1).unwrap_or("")
    }

    /// The stretches between spaces, in characters.
    fn words(&self) -> impl Iterator<Item = (usize, usize)> {
        let words = |s: &Segment| {
            let mut from = s.from;
            self.text(s)
                .split(is_space)
                .map(move |word| {
                    let found = (from, from + word.chars().count());
                    from = found.1 + 1;
                    found
                })
                .filter(|(from, to)| from < to)
                .collect::<Vec<_>>()
        };
        self.segments.iter().flat_map(words)
    }
}

/// A piece of a line that stands in one column, or across several.
#[derive(Clone, Debug)]
struct Piece {
    first: usize,
    last: usize,
    from: usize,
    to: usize,
    bytes: (usize, usize),
}

/// Rows of an aligned table and the lines they cover.
pub(super) struct AlignedTable {
    pub(super) lines: std::ops::Range<usize>,
    pub(super) rows: Vec<RawRow>,
}

/// Finds the aligned tables of a text and marks their lines.
pub(super) fn find(
    lines: &[Line<'_>],
    shapes: &mut [Shape],
    source: &Decoded<'_>,
    is_border: impl Fn(&str) -> bool,
) -> Vec<AlignedTable> {
    let mut tables = Vec::new();
    let mut i = 0;
    while i < lines.len() {
        if shapes[i] != Shape::Prose || !has_gap(lines[i].raw) {
            i += 1;
            continue;
        }
        let region = region_at(lines, shapes, i, &is_border);
        let end = region.end;
        let mut strips = strips(lines, shapes, region);
        for part in parts::parts(&strips) {
            let Some(table) = read_part(&mut strips[part], source) else { continue };
            for shape in &mut shapes[table.lines.clone()] {
                if *shape == Shape::Prose {
                    *shape = Shape::Aligned;
                }
            }
            tables.push(table);
        }
        i = end.max(i + 1);
    }
    tables
}

/// Whether a line has a gap of two spaces between words.
fn has_gap(raw: &str) -> bool {
    if raw.len() > LONGEST_LINE {
        return false;
    }
    memchr::memmem::find(raw.trim().as_bytes(), b"  ").is_some()
        || raw.trim().contains("\u{a0}\u{a0}")
}

/// The lines from `from` that could be one table.
fn region_at(
    lines: &[Line<'_>],
    shapes: &[Shape],
    from: usize,
    is_border: &impl Fn(&str) -> bool,
) -> std::ops::Range<usize> {
    let mut start = from;
    // A header may begin with a line in one column only.
    while start > 0
        && from - start < 3
        && shapes[start - 1] == Shape::Prose
        && lines[start - 1].page == lines[from].page
        && is_inner(lines[start - 1].raw)
        && !is_border(lines[start - 1].trimmed())
        && indent(lines[start - 1].raw) >= indent(lines[from].raw)
    {
        start -= 1;
    }
    // What stands right below a caption goes on with it.
    if start > 0 && is_border(lines[start - 1].trimmed()) {
        start = from;
    }
    let mut end = from + 1;
    let mut blank = 0;
    for i in from + 1..lines.len().min(from + LONGEST_REGION) {
        let line = &lines[i];
        match shapes[i] {
            Shape::Blank => {
                blank += 1;
                if blank > MOST_BLANK {
                    break;
                }
                continue;
            }
            Shape::Prose if line.page == lines[from].page => {}
            _ => break,
        }
        let columnar = has_gap(line.raw);
        if blank > 0 && columnar && begins_table(line.raw) {
            break;
        }
        if !columnar && (is_border(line.trimmed()) || !is_inner(line.raw)) {
            break;
        }
        if columnar {
            end = i + 1;
        } else if blank > 0
            && line.raw.chars().take_while(|c| is_space(*c)).count() == 0
            && line.raw.len() > 60
        {
            break;
        } else {
            end = end.max(i + 1);
        }
        blank = 0;
    }
    start..end
}

/// Spaces at the beginning of a line.
fn indent(raw: &str) -> usize {
    raw.chars().take_while(|c| is_space(*c)).count()
}

/// Whether a line after a blank one is the head of another table: it begins with `No` and states
/// nothing.
fn begins_table(raw: &str) -> bool {
    let segments = segments(raw);
    let text = |s: &Segment| raw.get(s.bytes.0..s.bytes.1).unwrap_or("");
    let numbered = segments.first().is_some_and(|s| {
        matches!(text(s).trim_end_matches('.').to_lowercase().as_str(), "no" | "nomor")
    });
    let states = |s: &Segment| columns::is_value(text(s)) && !columns::is_year(text(s));
    segments.len() >= 3 && numbered && !segments.iter().any(states)
}

/// Whether a line without gaps can stand inside a table: it is short, or set in.
fn is_inner(raw: &str) -> bool {
    let width = raw.trim().chars().count();
    let indent = raw.chars().take_while(|c| is_space(*c)).count();
    width <= 60 || (indent >= 8 && width <= 100)
}

fn strips<'t>(
    lines: &[Line<'t>],
    shapes: &[Shape],
    range: std::ops::Range<usize>,
) -> Vec<Strip<'t>> {
    let mut strips = Vec::with_capacity(range.len());
    let mut blank_above = 0;
    for i in range {
        if shapes[i] == Shape::Prose {
            let found = segments(lines[i].raw);
            let segments = numbers::parted(lines[i].raw, &found).unwrap_or(found);
            strips.push(Strip { line: lines[i], segments, blank_above });
            blank_above = 0;
        } else {
            blank_above += 1;
        }
    }
    strips
}

/// The stretches of a line between gaps of two or more spaces. A currency mark stays with the number
/// that stands at the other side of its column.
fn segments(raw: &str) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut gap = usize::MAX;
    for (at, (byte, c)) in raw.char_indices().enumerate() {
        if is_space(c) {
            gap = gap.saturating_add(1);
            continue;
        }
        let end = (at + 1, byte + c.len_utf8());
        let text = |s: &Segment| raw.get(s.bytes.0..s.bytes.1).unwrap_or("");
        let joins = |last: &Segment| gap < 2 || (gap < WIDEST_AMOUNT && is_currency(text(last)));
        let starts_number = c.is_ascii_digit() || matches!(c, '-' | '(');
        match segments.last_mut() {
            Some(last) if gap < 2 || (starts_number && joins(last)) => {
                (last.to, last.bytes.1) = end;
            }
            _ => segments.push(Segment { from: at, to: end.0, bytes: (byte, end.1) }),
        }
        gap = 0;
    }
    segments
}

/// Widest gap between a currency mark and its number, in characters.
const WIDEST_AMOUNT: usize = 24;

/// Whether a text is a mark of rupiah.
fn is_currency(text: &str) -> bool {
    matches!(text, "Rp" | "Rp." | "RP" | "RP." | "IDR")
}

/// The rows of a part of a region, if it is a table.
fn read_part(mut strips: &mut [Strip<'_>], source: &Decoded<'_>) -> Option<AlignedTable> {
    // A last line in one column without a value is more likely the prose below.
    while strips.last().is_some_and(|last| last.segments.len() < 2 && last.blank_above > 0) {
        let above = strips.len() - 1;
        strips = &mut strips[..above];
    }
    heads::part(strips);
    let borders = touching::part(strips);
    let strips = &*strips;
    let mut grid = columns::find(strips, &touching::united(&borders, strips))?;
    let mut pieces: Vec<Vec<Piece>> = strips.iter().map(|strip| grid.pieces(strip)).collect();
    let kinds = columns::kinds(strips, &pieces, grid.len());
    if !kinds.iter().skip(1).any(|kind| *kind == columns::Kind::Values) {
        return None;
    }
    let mut body = header::first_body_strip(strips, &pieces, &kinds);
    grid.is_exact = true;
    for (strip, pieces) in strips.iter().zip(&mut pieces).take(body) {
        *pieces = grid.pieces(strip);
    }
    let mut rows = header::rows(&strips[..body], &pieces[..body], &grid, source);
    if let Some(numbers) = numbers::column_numbers(strips).filter(|n| n.start <= body) {
        body = body.max(numbers.end);
        let (lines, numbered) = (&strips[numbers.clone()], &pieces[numbers]);
        rows.push(body_row(lines, numbered, grid.len(), &kinds, source));
    }
    for group in grouping::groups(&strips[body..], &pieces[body..], &kinds) {
        let group = group.start + body..group.end + body;
        rows.push(body_row(&strips[group.clone()], &pieces[group], grid.len(), &kinds, source));
    }
    let first = strips.first()?.line.number as usize - 1;
    let last = strips.last()?.line.number as usize;
    Some(AlignedTable { lines: first..last, rows })
}

/// One row from its printed lines: the pieces of a column are joined.
fn body_row(
    strips: &[Strip<'_>],
    pieces: &[Vec<Piece>],
    columns: usize,
    kinds: &[columns::Kind],
    source: &Decoded<'_>,
) -> RawRow {
    let mut cells: Vec<RawCell> =
        vec![RawCell { colspan: 1, rowspan: 1, ..RawCell::default() }; columns];
    for (strip, pieces) in strips.iter().zip(pieces) {
        for piece in pieces {
            let made = piece_cell(strip, piece, source);
            let target = &mut cells[piece.first];
            if target.text.is_empty() {
                *target = made;
            } else {
                let kind = kinds.get(piece.first).copied().unwrap_or(columns::Kind::Text);
                target.text = match kind {
                    columns::Kind::Ordinals
                        if columns::is_rest_of_code(&target.text, &made.text) =>
                    {
                        format!("{}{}", target.text, made.text)
                    }
                    _ => joined(&target.text, &made.text, kind == columns::Kind::Values),
                };
                target.place = target.place.joined(&made.place);
            }
        }
    }
    let place = strips.first().map(|s| line_place(&s.line, source)).unwrap_or_default();
    RawRow { cells, place, is_header: false }
}

fn piece_cell(strip: &Strip<'_>, piece: &Piece, source: &Decoded<'_>) -> RawCell {
    let text = strip.line.raw.get(piece.bytes.0..piece.bytes.1).unwrap_or("");
    cell(&strip.line, text, piece.bytes.0, source)
}

/// Two printed lines of one cell: numbers close up, wrapped words keep their hyphen, list items
/// stay apart.
fn joined(first: &str, second: &str, values: bool) -> String {
    let digits_meet = first.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','))
        && second.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    if values && digits_meet && !is_whole_number(second) {
        return format!("{first}{second}");
    }
    let hyphen = first.ends_with('-')
        && first.len() > 1
        && !first.ends_with(" -")
        && second.starts_with(char::is_lowercase);
    if hyphen {
        return format!("{first}{second}");
    }
    let item = second.starts_with(['-', '•', '*', '–']) && second.len() > 2
        || second.split_once(['.', ')']).is_some_and(|(mark, rest)| {
            mark.len() <= 2
                && !mark.is_empty()
                && mark.bytes().all(|b| b.is_ascii_alphanumeric())
                && rest.starts_with(' ')
        });
    if item { format!("{first}\n{second}") } else { format!("{first} {second}") }
}

/// Whether a piece is a grouped number by itself, not the tail of one.
fn is_whole_number(text: &str) -> bool {
    let head = text.split(['.', ',']).next().unwrap_or("");
    text.len() > 4 && (1..=3).contains(&head.len()) && text.contains(['.', ','])
}

#[cfg(test)]
mod tests {
    use super::super::decode::decode;
    use super::super::lines::split;
    use super::super::shape::shapes;
    use super::*;

    /// Cells of every row, empty ones as `·`, rows as lines.
    fn read(text: &str) -> Vec<String> {
        let source = decode(text.as_bytes()).unwrap();
        let lines = split(text);
        let mut kinds = shapes(&lines);
        let tables = find(&lines, &mut kinds, &source, |line| line.starts_with("Tabel"));
        let cell = |c: &RawCell| {
            let text = if c.text.is_empty() { "·" } else { &c.text };
            if c.colspan > 1 { format!("{text}×{}", c.colspan) } else { text.to_owned() }
        };
        tables
            .iter()
            .flat_map(|t| &t.rows)
            .map(|row| row.cells.iter().map(cell).collect::<Vec<_>>().join("|"))
            .collect()
    }

    #[test]
    fn values_at_the_first_line_of_a_row() {
        let text = "
No   Program/Kegiatan                 Anggaran (Rp)       Realisasi (Rp)      %
1    Program Pelayanan Administrasi   419.613.528,00      309.289.830,00   73,71
     Perkantoran
1.1  Penyediaan jasa surat menyurat     2.250.000,00        1.662.000,00   73,87
1.2  Penyediaan jasa komunikasi,       89.200.000,00       67.167.380,00   75,30
     sumber daya air dan listrik
     Jumlah                           511.063.528,00      378.119.210,00   73,99
";
        assert_eq!(
            read(text),
            [
                "No|Program/Kegiatan|Anggaran (Rp)|Realisasi (Rp)|%",
                "1|Program Pelayanan Administrasi Perkantoran|419.613.528,00|309.289.830,00|73,71",
                "1.1|Penyediaan jasa surat menyurat|2.250.000,00|1.662.000,00|73,87",
                "1.2|Penyediaan jasa komunikasi, sumber daya air dan listrik|89.200.000,00|67.167.380,00|75,30",
                "·|Jumlah|511.063.528,00|378.119.210,00|73,99",
            ]
        );
    }

    #[test]
    fn values_in_the_middle_of_a_row_and_a_header_that_spans() {
        let text = "
                                                  Anggaran
 No        Sasaran Strategis
                                             Pagu          Realisasi
       Meningkatnya ketenteraman dan
  1    ketertiban masyarakat di          1.250.000.000   1.100.000.000
       seluruh kecamatan

       Meningkatnya kesadaran akan
  2    kebangsaan di kalangan pemuda       850.000.000     840.500.000
       dan pelajar

  3    Meningkatnya tata kelola             50.000.000               -
";
        assert_eq!(
            read(text),
            [
                "No|Sasaran Strategis|Anggaran×2",
                "·|·|Pagu|Realisasi",
                "1|Meningkatnya ketenteraman dan ketertiban masyarakat di seluruh kecamatan|1.250.000.000|1.100.000.000",
                "2|Meningkatnya kesadaran akan kebangsaan di kalangan pemuda dan pelajar|850.000.000|840.500.000",
                "3|Meningkatnya tata kelola|50.000.000|-",
            ]
        );
    }

    #[test]
    fn pages_after_a_blank_line_keep_their_own_columns() {
        let text = "
No   Uraian              K    Rp           K    Rp           %
1    Rapat koordinasi   10    2.500.000   12    3.500.000   71
2    Sosialisasi        20    1.500.000   22    4.500.000   33

3    Pendidikan politik bagi pemilih   5      150.000   15      500.000   30
4    Pembinaan                         6    1.150.000   16    2.300.000   50
";
        assert_eq!(
            read(text),
            [
                "No|Uraian|K|Rp|K|Rp|%",
                "1|Rapat koordinasi|10|2.500.000|12|3.500.000|71",
                "2|Sosialisasi|20|1.500.000|22|4.500.000|33",
                "3|Pendidikan politik bagi pemilih|5|150.000|15|500.000|30",
                "4|Pembinaan|6|1.150.000|16|2.300.000|50",
            ]
        );
    }

    #[test]
    fn short_heads_at_the_left_of_their_numbers() {
        let text = "
No  Kegiatan        Target              Realisasi           Triwulan
                    K      Rp           K      Rp           K   Rp  K   Rp
1   Rapat              10   2.500.000      12   1.500.000
2   Sosialisasi       200  12.500.000     220  11.500.000
";
        assert_eq!(
            read(text),
            [
                "No|Kegiatan|Target×2|Realisasi×2|Triwulan×4",
                "·|·|K|Rp|K|Rp|K|Rp|K|Rp",
                "1|Rapat|10|2.500.000|12|1.500.000|·|·|·|·",
                "2|Sosialisasi|200|12.500.000|220|11.500.000|·|·|·|·",
            ]
        );
    }

    #[test]
    fn words_of_a_subtotal_stand_at_the_left_of_a_column_of_numbers() {
        let text = "
No  Kegiatan         Target            Realisasi       Capaian
1   Rapat         2.500.000            1.500.000            60
2   Sosialisasi  12.500.000           11.500.000            92
                               Rata-rata                    76
";
        assert_eq!(
            read(text),
            [
                "No|Kegiatan|Target|Realisasi|Capaian",
                "1|Rapat|2.500.000|1.500.000|60",
                "2|Sosialisasi|12.500.000|11.500.000|92",
                "·|·|·|Rata-rata|76",
            ]
        );
    }

    #[test]
    fn names_broken_early_belong_to_the_numbered_row_above() {
        let text = "
No   Kegiatan                             Indikator                           Target
1    Pelaksanaan kebijakan di bidang      Jumlah orang yang mengikuti            500
     Ideologi bangsa, bela negara dan     Pembinaan ideologi
     karakter bangsa
2    Pembinaan                            Jumlah orang                           120
3    Pelaksanaan koordinasi di bidang     Jumlah orang yang mengikuti             90
     Ideologi bangsa dan bela negara      Koordinasi ideologi di kecamatan
";
        assert_eq!(
            read(text),
            [
                "No|Kegiatan|Indikator|Target",
                "1|Pelaksanaan kebijakan di bidang Ideologi bangsa, bela negara dan karakter bangsa|Jumlah orang yang mengikuti Pembinaan ideologi|500",
                "2|Pembinaan|Jumlah orang|120",
                "3|Pelaksanaan koordinasi di bidang Ideologi bangsa dan bela negara|Jumlah orang yang mengikuti Koordinasi ideologi di kecamatan|90",
            ]
        );
    }

    #[test]
    fn an_item_with_values_begins_a_row() {
        let text = "
No   Program / Kegiatan                      Pagu       Realisasi
V    Program Kemitraan Pengembangan      132.500.000   127.566.500
     Wawasan Kebangsaan
     1. Seminar wawasan kebangsaan bagi   58.900.000    57.412.500
     pemuda
     2. Desk Pemilu                       36.500.000    35.175.000
";
        assert_eq!(
            read(text)[1..],
            [
                "V|Program Kemitraan Pengembangan Wawasan Kebangsaan|132.500.000|127.566.500",
                "·|1. Seminar wawasan kebangsaan bagi pemuda|58.900.000|57.412.500",
                "·|2. Desk Pemilu|36.500.000|35.175.000",
            ]
        );
    }

    #[test]
    fn numbers_wrapped_in_a_narrow_column_close_up() {
        let text = "
No   Uraian              Pagu
1    Belanja pegawai     9.992.176.7
                         20
2    Belanja barang      1.250.000.0
                         00
";
        assert_eq!(
            read(text),
            ["No|Uraian|Pagu", "1|Belanja pegawai|9.992.176.720", "2|Belanja barang|1.250.000.000"]
        );
    }

    #[test]
    fn prose_with_wide_spaces_is_no_table() {
        assert_eq!(read("Dengan  ini kami sampaikan laporan\nkinerja  tahun berjalan.\n"), [""; 0]);
        assert_eq!(
            read("Pihak Kedua,            Pihak Pertama,\n\nNama Satu               Nama Dua\n"),
            [""; 0]
        );
    }
}

//! Page ends inside tables, between rows and inside one.

use crate::cell;
use crate::document::{Document, Segment};
use crate::lines::{Emit, LineMap};
use crate::rng::Rng;

/// Fewest and most rows between two page ends.
const PAGE: (usize, usize) = (7, 18);

/// The furniture of a made-up page end: a running header that stays the same, a page number.
struct Pages {
    header: Vec<String>,
    number: usize,
    left: usize,
    number_first: bool,
}

impl Pages {
    fn draw(report: &Document, rng: &mut Rng) -> Self {
        let header = running_header(report);
        Self {
            header,
            number: 3 + rng.below(9),
            left: 4 + rng.below(8),
            number_first: rng.chance(50),
        }
    }

    /// Counts a row; whether the page ends after it.
    fn is_full(&mut self, rng: &mut Rng) -> bool {
        self.left = self.left.saturating_sub(1);
        if self.left > 0 {
            return false;
        }
        self.left = PAGE.0 + rng.below(PAGE.1 - PAGE.0);
        true
    }

    /// Prints the page end.
    fn turn(&mut self, emit: &mut Emit) {
        self.number += 1;
        emit.extra("");
        if self.number_first {
            emit.extra(self.number.to_string());
        }
        emit.extra("");
        self.header.iter().for_each(|line| emit.extra(line.clone()));
        if !self.number_first {
            emit.extra(self.number.to_string());
        }
        emit.extra("");
    }
}

/// A line of the report that its title page would repeat on every page: the first that speaks of
/// a year or an office and is short.
fn running_header(report: &Document) -> Vec<String> {
    let title = report.lines.iter().find(|line| {
        let length = line.chars().count();
        (12..70).contains(&length) && !line.contains('\t') && line.contains("20")
    });
    let title = title.map_or("LAPORAN", String::as_str).trim().trim_matches('*');
    vec![title.to_owned()]
}

/// Page ends between rows, with or without the table's header after them.
pub(super) fn between_rows(
    report: &Document,
    repeats_header: bool,
    rng: &mut Rng,
) -> (Document, LineMap) {
    let mut emit = Emit::default();
    let mut pages = Pages::draw(report, rng);
    for segment in report.segments() {
        match segment {
            Segment::Prose(run) => report.lines[run].iter().for_each(|l| emit.keep(l.clone())),
            Segment::Table(run) => {
                let rows = report.rows(&run);
                let head = cell::header_rows(&rows);
                for (index, row) in rows.iter().enumerate() {
                    emit.keep(row.join("\t"));
                    let goes_on = index + 1 < rows.len() && index >= head;
                    if goes_on && pages.is_full(rng) {
                        pages.turn(&mut emit);
                        if repeats_header {
                            rows[..head].iter().for_each(|line| emit.extra(line.join("\t")));
                        }
                    }
                }
            }
        }
    }
    emit.finish(report.ends_with_feed)
}

/// Page ends that cut a row: the figures stay above, the rest of one text goes below.
pub(super) fn inside_rows(report: &Document, rng: &mut Rng) -> (Document, LineMap) {
    let mut emit = Emit::default();
    let mut pages = Pages::draw(report, rng);
    for segment in report.segments() {
        match segment {
            Segment::Prose(run) => report.lines[run].iter().for_each(|l| emit.keep(l.clone())),
            Segment::Table(run) => {
                let rows = report.rows(&run);
                let head = cell::header_rows(&rows);
                for (index, row) in rows.iter().enumerate() {
                    let is_due = index >= head && pages.is_full(rng);
                    match is_due.then(|| cut(row, rng)).flatten() {
                        Some((above, below)) => {
                            let mut page = Emit::default();
                            pages.turn(&mut page);
                            let mut lines = vec![above];
                            lines.extend(page.finish(true).0.lines);
                            lines.push(below);
                            emit.block(lines);
                        }
                        None => emit.keep(row.join("\t")),
                    }
                }
            }
        }
    }
    emit.finish(report.ends_with_feed)
}

/// Cuts a row in two in the middle of its longest text; `None` where no text can be cut.
fn cut(row: &[&str], rng: &mut Rng) -> Option<(String, String)> {
    // Quantities in words (`TW 1 : 85`, `1 Forum, 2 Kegiatan`) stay whole: gold quotes them.
    let is_text = |text: &str| {
        let name = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        !name.contains(|c: char| c.is_ascii_digit() || "<$*".contains(c))
            && text.split(' ').count() >= 4
    };
    let column = (0..row.len()).filter(|&c| is_text(row[c])).max_by_key(|&c| row[c].len())?;
    let words: Vec<&str> = row[column].split(' ').collect();
    let at = 2 + rng.below(words.len() - 3);
    let (mut above, mut below): (Vec<String>, Vec<String>) =
        row.iter().map(|text| ((*text).to_owned(), String::new())).unzip();
    above[column] = words[..at].join(" ");
    below[column] = words[at..].join(" ");
    Some((above.join("\t"), below.join("\t")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_row_keeps_its_words_and_its_cells() {
        let row = ["1", "Penyediaan jasa surat menyurat kantor", "5.000"];
        let (above, below) = cut(&row, &mut Rng::new(5)).expect("six words can be cut");
        let (a, b): (Vec<&str>, Vec<&str>) =
            (above.split('\t').collect(), below.split('\t').collect());
        assert_eq!([a[0], a[2], b[0], b[2]], ["1", "5.000", "", ""]);
        assert_eq!(format!("{} {}", a[1], b[1]), row[1]);
        assert_eq!(cut(&["1", "Gaji pegawai", "5.000"], &mut Rng::new(5)), None);
    }
}

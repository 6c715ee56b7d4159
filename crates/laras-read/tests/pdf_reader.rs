//! The PDF reader on the project's own PDFs: what must be found, what must be refused, and that
//! nothing panics, hangs or depends on the number of threads.

#![expect(clippy::disallowed_methods, reason = "tests read the fixtures")]

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use laras_model::{BlockKind, Content, Place};
use laras_read::pdf::{Document, PdfError, PdfOptions, read_pdf, read_sheets};

fn bytes(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/pdf").join(name);
    std::fs::read(path).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn read(name: &str) -> Content {
    read_pdf(&bytes(name), &PdfOptions::default()).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// All non-empty cells without white space, with how often they occur.
fn cells(content: &Content) -> HashMap<String, usize> {
    let mut all = HashMap::new();
    for cell in content.fragments.iter().flat_map(|f| &f.rows).flat_map(|row| &row.cells) {
        let text: String = cell.text.split_whitespace().collect();
        if !text.is_empty() {
            *all.entry(text).or_default() += 1;
        }
    }
    all
}

/// The non-empty cells of a fixture's truth (`tests/pdf/make.py`).
fn truth(report: &str) -> BTreeMap<String, usize> {
    let json = bytes(&format!("fixtures/{report}.json"));
    let tables: serde_json::Value = serde_json::from_slice(&json).expect("the truth is JSON");
    let mut all = BTreeMap::new();
    let rows = tables.as_array().into_iter().flatten().filter_map(|t| t["rows"].as_array());
    for cell in rows.flatten().filter_map(|row| row.as_array()).flatten() {
        let text: String = cell.as_str().unwrap_or_default().split_whitespace().collect();
        if !text.is_empty() {
            *all.entry(text).or_default() += 1;
        }
    }
    all
}

const REPORTS: [&str; 6] = [
    "balen-2023",
    "banggai-2019",
    "bengkulu-2024",
    "gianyar-2021",
    "sumba-timur-2018",
    "tarakan-2022",
];

/// A cell that a page break cuts stands in two pieces here; joining them is the next stage's.
#[test]
fn nearly_all_cells_are_found_whole() {
    for (style, least) in [("ruled", 0.97), ("merged", 0.97), ("tagged", 0.97), ("unruled", 0.90)] {
        let (mut found, mut all) = (0, 0);
        for report in REPORTS {
            let have = cells(&read(&format!("fixtures/{report}-{style}.pdf")));
            for (text, count) in truth(report) {
                all += count;
                found += count.min(have.get(&text).copied().unwrap_or_default());
            }
        }
        let share = found as f64 / all as f64;
        println!("{style}: {found} of {all} cells, {share:.3}");
        assert!(share >= least, "{style}: {found} of {all} cells");
    }
}

#[test]
fn tags_and_half_drawn_lines_are_used() {
    for (file, report, least) in [
        ("odd/halfruled.pdf", "tarakan-2022", 0.85),
        ("odd/unruled-tagged.pdf", "gianyar-2021", 0.98),
    ] {
        let have = cells(&read(file));
        let (mut found, mut all) = (0, 0);
        for (text, count) in truth(report) {
            all += count;
            found += count.min(have.get(&text).copied().unwrap_or_default());
        }
        let share = found as f64 / all as f64;
        println!("{file}: {found} of {all} cells, {share:.3}");
        assert!(share >= least, "{file}: {found} of {all} cells");
    }
}

#[test]
fn rotated_and_turned_pages_read_the_same() {
    let plain = cells(&read("odd/plain.pdf"));
    assert!(plain.len() > 40, "{}", plain.len());
    assert_eq!(cells(&read("odd/rotated.pdf")), plain);
    assert_eq!(cells(&read("odd/turned.pdf")), plain);
}

#[test]
fn places_are_those_of_the_page_as_shown() {
    let content = read("odd/turned.pdf");
    for cell in content.fragments.iter().flat_map(|f| &f.rows).flat_map(|r| &r.cells) {
        let area = cell.place.bbox.as_ref().expect("every cell has a box");
        assert!(area.x0 >= -1.0 && area.y0 >= -1.0 && area.x1 > area.x0 && area.y1 > area.y0);
    }
    // The text runs along the page's height here: the rows stand beside each other.
    let rows = &content.fragments[0].rows;
    let (first, last) = (&rows[0].place, &rows[rows.len() - 1].place);
    let corner = |place: &Place| place.bbox.as_ref().map(|b| (b.x0, b.y0)).expect("a box");
    let (a, b) = (corner(first), corner(last));
    assert!((a.0 - b.0).abs() > 20.0 && (a.1 - b.1).abs() < 5.0, "{a:?} {b:?}");
}

#[test]
fn a_locked_file_needs_its_password() {
    let locked = bytes("odd/locked.pdf");
    let with = |password: Option<&str>| {
        let options = PdfOptions { password: password.map(str::to_owned), ..PdfOptions::default() };
        read_pdf(&locked, &options)
    };
    assert_eq!(with(None).err(), Some(PdfError::PasswordNeeded));
    assert_eq!(with(Some("salah")).err(), Some(PdfError::WrongPassword));
    let opened = with(Some("rahasia")).expect("the right password");
    assert_eq!(cells(&opened), cells(&read("odd/plain.pdf")));
}

#[test]
fn what_is_no_pdf_is_refused_with_what_it_is() {
    let refused = |bytes: &[u8]| read_pdf(bytes, &PdfOptions::default()).err();
    let html = refused(b"<!DOCTYPE html><html><body>Masuk</body></html>").expect("refused");
    assert!(html.to_string().contains("HTML"), "{html}");
    assert!(refused(b"").expect("refused").to_string().contains("empty file"));
    assert!(refused(b"PK\x03\x04....").expect("refused").to_string().contains("ZIP"));
    assert!(matches!(refused(b"%PDF-1.7\nnothing"), Some(PdfError::Damaged { .. })));
}

#[test]
fn a_file_without_its_cross_reference_table_is_read_all_the_same() {
    let whole = bytes("odd/classic.pdf");
    let at = whole.windows(5).rposition(|w| w == b"xref\n").expect("a classic file has one");
    let content = read_pdf(&whole[..at], &PdfOptions::default()).expect("rebuilt from objects");
    assert_eq!(cells(&content), cells(&read("odd/plain.pdf")));
}

#[test]
fn fonts_that_do_not_say_their_characters_are_counted() {
    let mut file = bytes("odd/classic.pdf");
    let name = b"/ToUnicode";
    let mut at = 0;
    let mut renamed = 0;
    while let Some(found) = file[at..].windows(name.len()).position(|w| w == name) {
        at += found;
        file[at + 1] = b'X';
        renamed += 1;
    }
    assert!(renamed > 0);
    let content = read_pdf(&file, &PdfOptions::default()).expect("still a PDF");
    let codes: Vec<&str> = content.notes.iter().map(|note| note.code.as_str()).collect();
    assert!(codes.iter().any(|code| code.starts_with("glyph.")), "{codes:?}");
}

#[test]
fn limits_cut_pages_and_say_so() {
    let options = PdfOptions { max_glyphs_per_page: 100, ..PdfOptions::default() };
    let content = read_pdf(&bytes("odd/plain.pdf"), &options).expect("read in part");
    assert_eq!(content.notes.iter().filter(|note| note.code == "page.cut").count(), 2);
    let options = PdfOptions { max_pages: 1, ..PdfOptions::default() };
    assert!(matches!(
        read_pdf(&bytes("odd/plain.pdf"), &options),
        Err(PdfError::TooManyPages { found: 2, limit: 1 })
    ));
}

#[test]
fn every_token_is_somewhere() {
    for name in ["fixtures/bengkulu-2024-merged.pdf", "fixtures/tarakan-2022-unruled.pdf"] {
        let content = read(name);
        let count = |text: &str| text.split_whitespace().count() as u64;
        let mut sums: HashMap<&str, u64> = HashMap::new();
        for block in &content.blocks {
            let place = if block.kind.is_furniture() { "furniture" } else { "text" };
            *sums.entry(place).or_default() += count(&block.text);
        }
        for cell in content.fragments.iter().flat_map(|f| &f.rows).flat_map(|r| &r.cells) {
            *sums.entry("cells").or_default() += count(&cell.text);
        }
        let tokens = &content.tokens;
        assert_eq!(sums["furniture"], tokens.furniture, "{name}");
        let all = sums.values().sum::<u64>() + tokens.unused;
        assert_eq!(all, tokens.total, "{name}");
        assert_eq!(sums["cells"], tokens.cells, "{name}");
        assert!(tokens.balances() && tokens.headings > 0 && tokens.prose > 0, "{name}: {tokens:?}");
        assert!(sums["cells"] > 500 && sums["text"] > 300, "{name}: {sums:?}");
    }
}

#[test]
fn page_numbers_and_captions_are_known() {
    let content = read("fixtures/gianyar-2021-ruled.pdf");
    let of = |kind| content.blocks.iter().filter(|block| block.kind == kind).count();
    assert_eq!(of(BlockKind::PageNumber) as u32, content.pages);
    assert!(of(BlockKind::Caption) >= 10, "{}", of(BlockKind::Caption));
    assert!(of(BlockKind::Heading) >= 8, "{}", of(BlockKind::Heading));
}

/// Letters and digits; what stands between words is nobody's, and hyphens at line ends go.
fn characters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

#[test]
fn every_character_of_the_pages_is_in_a_block_or_a_cell() {
    for report in REPORTS {
        for style in ["ruled", "unruled", "merged", "tagged"] {
            let name = format!("fixtures/{report}-{style}.pdf");
            let options = PdfOptions::default();
            let document = Document::open(&bytes(&name), &options).expect("a good file");
            let sheets = read_sheets(&document, &options, None);
            let words = sheets.iter().flat_map(|sheet| &sheet.words);
            let printed: usize = words.map(|word| characters(&word.text)).sum();
            let content = read(&name);
            let cells = content.fragments.iter().flat_map(|f| &f.rows).flat_map(|r| &r.cells);
            let read: usize = content.blocks.iter().map(|block| characters(&block.text)).sum();
            let read = read + cells.map(|cell| characters(&cell.text)).sum::<usize>();
            assert_eq!(read, printed, "{name}");
        }
    }
}

/// A small generator of numbers that are the same everywhere (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }
}

/// A copy with bytes overwritten, a piece taken out, or its end cut off.
fn damaged(original: &[u8], round: usize, dice: &mut Dice) -> Vec<u8> {
    let mut copy = original.to_vec();
    for _ in 0..=dice.roll(60) {
        let at = dice.roll(copy.len());
        copy[at] = dice.roll(256) as u8;
    }
    if round % 5 == 1 {
        copy.truncate(dice.roll(copy.len()));
    }
    if round % 7 == 2 && copy.len() > 400 {
        let from = dice.roll(copy.len() - 300);
        copy.drain(from..from + dice.roll(300));
    }
    copy
}

/// Reads damaged copies of files in turn; none may panic or take more than ten seconds. Gives how
/// many could be read at all.
fn read_damaged(originals: &[Vec<u8>], rounds: usize) -> usize {
    let mut dice = Dice(0x5EED_1A2A_5000_0001);
    let mut good = 0;
    for round in 0..rounds {
        let copy = damaged(&originals[round % originals.len()], round, &mut dice);
        let begin = Instant::now();
        let result = std::panic::catch_unwind(|| read_pdf(&copy, &PdfOptions::default()));
        assert!(begin.elapsed() < Duration::from_secs(10), "round {round} took too long");
        let result = result.unwrap_or_else(|_| panic!("round {round} panicked"));
        good += usize::from(result.is_ok());
    }
    good
}

#[test]
fn damaged_copies_neither_panic_nor_hang() {
    let names = [
        "odd/classic.pdf",
        "odd/plain.pdf",
        "odd/locked.pdf",
        "odd/unruled-tagged.pdf",
        "fixtures/gianyar-2021-tagged.pdf",
        "fixtures/tarakan-2022-unruled.pdf",
        "fixtures/banggai-2019-merged.pdf",
    ];
    let good = read_damaged(&names.map(bytes), 200);
    println!("{good} of 200 read");
    assert!(good > 50, "only {good} of 200 read");
}

/// The same with the real reports that stand beside the repository, where they do.
#[test]
fn damaged_copies_of_real_reports_neither_panic_nor_hang() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = std::env::var_os("LARAS_SHARED")
        .map_or_else(|| root.join("../shared"), |given| root.join(given));
    let mut paths: Vec<PathBuf> = std::fs::read_dir(shared.join("documents"))
        .map(|all| all.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "pdf"));
    paths.sort();
    if paths.is_empty() {
        println!("not run: no PDFs in {}", shared.join("documents").display());
        return;
    }
    let originals: Vec<Vec<u8>> =
        paths.iter().map(|path| std::fs::read(path).expect("a readable file")).collect();
    let good = read_damaged(&originals, 30);
    println!("{good} of 30 read");
    assert!(good > 5, "only {good} of 30 read");
}

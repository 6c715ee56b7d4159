//! Files made to hurt: many pages, many glyphs, deep nesting, forms in forms, missing pieces.
//! Each must end soon, in a result or an error of its own.

use std::time::{Duration, Instant};

use laras_model::{BlockKind, Content};
use laras_read::pdf::{PdfError, PdfOptions, read_pdf};

/// A file of objects numbered from 1; the first must be the catalog.
fn file(objects: &[String]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).into_bytes());
    }
    let xref = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    let size = objects.len() + 1;
    out.extend(
        format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n").into_bytes(),
    );
    out
}

fn stream(dict: &str, content: &str) -> String {
    format!("<<{dict}/Length {}>>\nstream\n{content}\nendstream", content.len())
}

/// One page with a content stream and further objects from number 5 on; the font is 4.
fn one_page(content: &str, resources: &str, more: &[String]) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {} 0 R\
             /Resources<</Font<</F 4 0 R>>{resources}>>>>",
            5 + more.len()
        ),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    objects.extend_from_slice(more);
    objects.push(stream("", content));
    file(&objects)
}

fn read_soon(bytes: &[u8]) -> Result<Content, PdfError> {
    let begin = Instant::now();
    let options = PdfOptions { time: Some(Duration::from_secs(5)), ..PdfOptions::default() };
    let result = read_pdf(bytes, &options);
    assert!(begin.elapsed() < Duration::from_secs(10), "took {:?}", begin.elapsed());
    result
}

fn has_note(content: &Content, code: &str) -> bool {
    content.notes.iter().any(|note| note.code == code)
}

#[test]
fn a_made_page_is_read_as_it_stands() {
    let content = "BT /F 12 Tf 72 700 Td (Pagu Indikatif) Tj 0 -100 Td (1.250.000) Tj ET";
    let content = read_soon(&one_page(content, "", &[])).expect("a good file");
    let text: Vec<&str> = content.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(text.join("|").replace(' ', ""), "PaguIndikatif|1.250.000");
    let place = &content.blocks[0].place;
    let area = place.bbox.as_ref().expect("a box");
    // 800 points high, base line at 700: it stands about 100 points below the upper edge.
    assert!(place.page == 1 && area.y1 > 95.0 && area.y1 < 105.0, "{area:?}");
    assert!((area.x0 - 72.0).abs() < 0.01, "{area:?}");
}

#[test]
fn a_million_glyphs_are_cut_with_a_note() {
    let line = format!("({}) Tj\n", "x".repeat(1_000));
    let content = format!("BT /F 1 Tf 10 10 Td\n{}ET", line.repeat(1_000));
    let content = read_soon(&one_page(&content, "", &[])).expect("read in part");
    assert!(has_note(&content, "page.cut"), "{:?}", content.notes);
}

#[test]
fn a_million_lines_are_cut_with_a_note() {
    let content = "10 10 m 500 10 l S\n10 10 m 10 500 l S\n".repeat(200_000);
    let content = read_soon(&one_page(&content, "", &[])).expect("read in part");
    assert!(has_note(&content, "page.unread"), "{:?}", content.notes);
}

#[test]
fn ten_thousand_pages_are_refused_and_two_thousand_read() {
    let pages =
        |count: usize| {
            let mut kids = String::new();
            for page in 0..count {
                kids.push_str(&(page + 3).to_string());
                kids.push_str(" 0 R ");
            }
            let mut objects = vec![
                "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
                format!("<</Type/Pages/Kids[{kids}]/Count {count}>>"),
            ];
            objects.extend((0..count).map(|_| {
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<<>>>>".to_owned()
            }));
            file(&objects)
        };
    assert!(matches!(
        read_soon(&pages(10_000)),
        Err(PdfError::TooManyPages { found: 10_000, limit: 5_000 })
    ));
    assert_eq!(read_soon(&pages(2_000)).expect("within the limit").pages, 2_000);
}

#[test]
fn the_number_of_threads_makes_no_difference() {
    // So many pages are read on several threads.
    const PAGES: usize = 300;
    let mut objects = vec![String::new(); 3 + 2 * PAGES];
    objects[0] = "<</Type/Catalog/Pages 2 0 R>>".to_owned();
    objects[2] = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned();
    let mut kids = String::new();
    for page in 0..PAGES {
        let (id, content) = (4 + 2 * page, 5 + 2 * page);
        kids.push_str(&format!("{id} 0 R "));
        objects[id - 1] = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {content} 0 R\
             /Resources<</Font<</F 3 0 R>>>>>>"
        );
        let row = |y: usize, number: usize| {
            format!(
                "1 0 0 1 40 {y} Tm ({number}) Tj 1 0 0 1 80 {y} Tm (Kegiatan {number}) Tj \
                 1 0 0 1 300 {y} Tm ({number}.000.000) Tj "
            )
        };
        let rows: String = (0..4).map(|n| row(700 - 20 * n, page * 4 + n + 1)).collect();
        objects[content - 1] = stream("", &format!("BT /F 10 Tf {rows}ET"));
    }
    objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count {PAGES}>>");
    let file = file(&objects);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let content = pool.install(|| read_soon(&file)).expect("a good file");
        assert_eq!((content.pages as usize, content.fragments.len()), (PAGES, PAGES));
        format!("{:?}{:?}", content.blocks, content.fragments)
    };
    assert_eq!(with(1), with(3));
}

#[test]
fn forms_in_forms_stop_at_the_time_limit() {
    // Each of 30 forms draws the next one ten times: 10^30 in all.
    let forms: Vec<String> = (0..30)
        .map(|index| {
            let next = index + 6;
            let resources = format!("/Resources<</XObject<</N {next} 0 R>>>>");
            stream(
                &format!("/Type/XObject/Subtype/Form/BBox[0 0 600 800]{resources}"),
                &"/N Do ".repeat(10),
            )
        })
        .collect();
    let content = read_soon(&one_page("/N Do", "/XObject<</N 5 0 R>>", &forms)).expect("cut");
    assert!(has_note(&content, "page.unread"), "{:?}", content.notes);
}

#[test]
fn deep_nesting_neither_overflows_nor_hangs() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let content = format!("BT /F 12 Tf 72 700 Td (teks) Tj ET {deep} n");
    let _ = read_soon(&one_page(&content, "", &[]));
    let _ = read_soon(&one_page("n", &format!("/X {deep}"), &[]));
    let saved = "q ".repeat(200_000);
    let _ = read_soon(&one_page(&saved, "", &[]));
}

#[test]
fn a_tag_tree_that_bites_its_tail_is_left() {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R/StructTreeRoot 5 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 6 0 R\
         /Resources<</Font<</F 4 0 R>>>>>>"
            .to_owned(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        "<</Type/StructTreeRoot/S/Table/K[5 0 R 5 0 R 5 0 R]>>".to_owned(),
    ];
    objects.push(stream("", "BT /F 12 Tf 72 700 Td (teks yang ada) Tj ET"));
    let content = read_soon(&file(&objects)).expect("the page is good");
    assert_eq!(content.blocks.len(), 1);
}

#[test]
fn odd_boxes_and_matrices_are_survived() {
    for media in ["0 0 0 0", "0 0 1e30 1e30", "600 800 0 0", "-1e9 -1e9 1e9 1e9", "a b c d"] {
        let bytes = one_page("BT /F 12 Tf 72 700 Td (teks) Tj ET", "", &[]);
        let text = String::from_utf8(bytes).expect("made of text").replace("0 0 600 800", media);
        let _ = read_soon(text.as_bytes());
    }
    for matrix in ["0 0 0 0 0 0", "1e38 0 0 1e38 0 0", "1 0 0 1 1e30 1e30", "1e-30 0 0 1e-30 0 0"] {
        let content = format!("{matrix} cm BT /F 12 Tf 72 700 Td (teks) Tj ET 0 0 9 9 re f");
        let _ = read_soon(&one_page(&content, "", &[]));
    }
}

#[test]
fn a_slanted_watermark_and_clipped_text_are_no_text_of_the_report() {
    let content = "\
        BT /F 12 Tf 72 700 Td (Pagu indikatif tahun ini naik) Tj ET\n\
        0.8 g BT /F 60 Tf 0.7 0.7 -0.7 0.7 150 250 Tm (SALINAN) Tj ET 0 g\n\
        q 0 0 10 10 re W n BT /F 12 Tf 72 500 Td (tersembunyi) Tj ET Q";
    let content = read_soon(&one_page(content, "", &[])).expect("a good file");
    let of = |kind| -> Vec<&str> {
        let blocks = content.blocks.iter().filter(|block| block.kind == kind);
        blocks.map(|block| block.text.as_str()).collect()
    };
    assert_eq!(of(BlockKind::Mark), ["SALINAN"]);
    assert_eq!(of(BlockKind::Paragraph), ["Pagu indikatif tahun ini naik"]);
    assert_eq!(content.tokens.unused_tokens[0].text, "tersembunyi");
}

#[test]
fn an_invisible_layer_alone_is_the_text_and_is_noted() {
    let content = "BT 3 Tr /F 12 Tf 72 700 Td (Pagu indikatif 1.250.000) Tj ET";
    let content = read_soon(&one_page(content, "", &[])).expect("a good file");
    assert_eq!(content.blocks[0].text, "Pagu indikatif 1.250.000");
    assert!(has_note(&content, "page.ocr_layer"), "{:?}", content.notes);
}

#[test]
fn hidden_optional_content_is_not_read() {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R]/D<</OFF[5 0 R]>>>>>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 6 0 R\
         /Resources<</Font<</F 4 0 R>>/Properties<</L 5 0 R>>>>>>"
            .to_owned(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        "<</Type/OCG/Name(Konsep)>>".to_owned(),
    ];
    objects.push(stream(
        "",
        "BT /F 12 Tf 72 700 Td (berlaku) Tj ET /OC /L BDC BT /F 12 Tf 72 600 Td (konsep) Tj ET EMC",
    ));
    let content = read_soon(&file(&objects)).expect("a good file");
    let text: Vec<&str> = content.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(text, ["berlaku"]);
}

#[test]
fn marks_of_footnotes_do_not_run_into_numbers() {
    let content = "BT /F 12 Tf 72 700 Td (sebesar 2.850) Tj /F 7 Tf 5 Ts (1) Tj 0 Ts \
                   /F 12 Tf ( orang seluas 12 m) Tj /F 7 Tf 5 Ts (2) Tj ET";
    let content = read_soon(&one_page(content, "", &[])).expect("a good file");
    assert_eq!(content.blocks[0].text, "sebesar 2.850 ¹ orang seluas 12 m²");
}

#[test]
fn wide_tracking_is_no_row_of_spaces() {
    let content = "BT /F 12 Tf 4 Tc 72 700 Td (JUMLAH) Tj 0 Tc 0 -100 Td (Jumlah semua) Tj ET";
    let content = read_soon(&one_page(content, "", &[])).expect("a good file");
    let text: Vec<&str> = content.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(text, ["JUMLAH", "Jumlah semua"]);
}

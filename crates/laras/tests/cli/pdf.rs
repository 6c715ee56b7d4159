//! PDFs on the command line: locked ones, pages without text, and the limit of seconds.

use crate::kit::{entry, folder, laras, run_json, text, workspace};

fn pdf(name: &str) -> Vec<u8> {
    let path = workspace().join("tests/pdf/odd").join(name);
    #[expect(clippy::disallowed_methods, reason = "tests read their inputs")]
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn a_locked_pdf_opens_with_its_password_only() {
    let here = folder(&[("locked.pdf", &pdf("locked.pdf")), ("plain.pdf", &pdf("plain.pdf"))]);
    let extract = |arguments: &[&str]| {
        laras(here.path(), &[&["extract", "locked.pdf", "-o", "out"], arguments].concat())
    };
    for (arguments, words) in [
        (&[][..], "give it with --password"),
        (&["--password", "salah"], "the password given does not open it"),
    ] {
        let ran = extract(arguments);
        assert_eq!(ran.status, 3, "{}", ran.stderr);
        assert!(ran.stderr.contains(words), "{}", ran.stderr);
        let entry = entry(&run_json(&here.path().join("out")), "locked.pdf");
        assert_eq!(entry["status"], "failed");
        let shown = laras(here.path(), &[&["show", "locked.pdf"], arguments].concat());
        assert_eq!((shown.status, shown.stdout.as_str()), (2, ""));
        assert!(shown.stderr.contains(words), "{}", shown.stderr);
    }
    let ran = extract(&["--password", "rahasia"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let locked = text(&here.path().join("out/observations.csv"));
    // A password does no harm to what is not locked.
    let plain = laras(here.path(), &["extract", "plain.pdf", "-o", "two", "--password", "rahasia"]);
    assert_eq!((plain.status, plain.stderr.as_str()), (0, ""));
    let plain = text(&here.path().join("two/observations.csv"));
    assert!(plain.lines().count() > 1, "{plain}");
    assert_eq!(locked.replace("locked", "plain"), plain);
    for command in ["show", "audit"] {
        let ran = laras(here.path(), &[command, "locked.pdf", "--password", "rahasia"]);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{command}");
        assert_ne!(laras(here.path(), &[command, "locked.pdf"]).status, 0, "{command}");
    }
}

/// A PDF of objects numbered from 1; the first must be the catalog.
fn made(objects: &[String]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).into_bytes());
    }
    let (xref, size) = (out.len(), objects.len() + 1);
    out.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").into_bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    let end = format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n");
    out.extend(end.into_bytes());
    out
}

fn stream(dict: &str, content: &str) -> String {
    format!("<<{dict}/Length {}>>\nstream\n{content}\nendstream", content.len())
}

/// A report of two pages: one with a sentence, and a second of this content with these objects
/// from number 8 on, the first of which it knows as `X`.
fn two_pages(second: &str, objects: &[String]) -> Vec<u8> {
    let page = |content: usize| {
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {content} 0 R\
             /Resources<</Font<</F 5 0 R>>/XObject<</X 8 0 R>>>>>>"
        )
    };
    let line = |y: usize, text: &str| format!("BT /F 12 Tf 72 {y} Td ({text}) Tj ET ");
    let first = [
        line(700, "LAPORAN KINERJA INSTANSI PEMERINTAH TAHUN 2023"),
        line(660, "Laporan ini memuat capaian kinerja satu tahun anggaran,"),
        line(645, "beserta kendala dan tindak lanjut atas hasil tahun yang lalu."),
    ];
    let mut all = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>".to_owned(),
        page(6),
        page(7),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        stream("", &first.concat()),
        stream("", second),
    ];
    all.extend_from_slice(objects);
    made(&all)
}

#[test]
fn a_page_without_text_is_named() {
    let image = stream(
        "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray",
        "k",
    );
    let scan = two_pages("q 600 0 0 800 0 0 cm /X Do Q", &[image]);
    let here = folder(&[("scan.pdf", &scan)]);
    let ran = laras(here.path(), &["extract", "scan.pdf", "-o", "out"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let entry = entry(&run_json(&here.path().join("out")), "scan.pdf");
    assert_eq!(entry["status"], "done");
    assert_eq!(entry["unread_pages"], serde_json::json!([2]), "{entry}");
    let shown = laras(here.path(), &["show", "scan.pdf"]);
    assert!(shown.stdout.contains("not read, for want of usable text: page 2"), "{}", shown.stdout);
}

#[test]
fn a_page_that_takes_too_long_costs_only_itself() {
    // Each of 30 forms draws the next one ten times: 10^30 in all.
    let forms: Vec<String> = (9..39)
        .map(|next| {
            let dict = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X ";
            stream(&format!("{dict}{next} 0 R>>>>"), &"/X Do ".repeat(10))
        })
        .collect();
    let here = folder(&[
        ("in/slow.pdf", &two_pages("/X Do", &forms)),
        ("in/plain.pdf", &pdf("plain.pdf")),
    ]);
    let begin = std::time::Instant::now();
    let ran = laras(
        here.path(),
        &["extract", "in", "-o", "out", "--format", "json", "--max-seconds", "6"],
    );
    assert!(begin.elapsed().as_secs() < 30, "took {:?}", begin.elapsed());
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let run = run_json(&here.path().join("out"));
    let slow = entry(&run, "slow.pdf");
    assert_eq!(slow["status"], "done");
    assert!(slow["notes"].to_string().contains("page 2 was not read: the time"), "{slow}");
    assert_eq!(entry(&run, "plain.pdf")["notes"], serde_json::json!([]), "the other is whole");
    // The first page was read: nothing of it is lost.
    let slow = text(&here.path().join("out/slow.json"));
    assert!(slow.contains("beserta kendala dan tindak lanjut"), "{slow}");
}

#[cfg(not(feature = "overlay"))]
#[test]
fn without_the_feature_no_picture_is_promised() {
    let here = folder(&[("plain.pdf", &pdf("plain.pdf"))]);
    let ran = laras(here.path(), &["show", "plain.pdf", "--page", "1", "--overlay", "out.png"]);
    assert_ne!(ran.status, 0);
    assert!(ran.stderr.contains("--features overlay"), "{}", ran.stderr);
    assert_eq!(crate::kit::files(here.path()), ["plain.pdf"]);
}

#[cfg(feature = "overlay")]
mod overlay {
    use serde_json::Value;

    use super::pdf;
    use crate::kit::{folder, laras, text};

    /// Pixels a point.
    const SCALE: f64 = 2.0;

    struct Picture {
        width: usize,
        height: usize,
        /// Samples a pixel: three colours, and maybe how opaque it is.
        each: usize,
        samples: Vec<u8>,
    }

    impl Picture {
        fn of(path: &std::path::Path) -> Self {
            let file = std::fs::File::open(path).expect("the picture was written");
            let mut reader =
                png::Decoder::new(std::io::BufReader::new(file)).read_info().expect("it is a PNG");
            let mut samples = vec![0; reader.output_buffer_size().expect("it fits into memory")];
            let info = reader.next_frame(&mut samples).expect("it is whole");
            let each = info.color_type.samples();
            assert!(each >= 3, "in colour");
            Self { width: info.width as usize, height: info.height as usize, each, samples }
        }

        /// Whether a point has the colour of frames around values.
        fn is_gold(&self, x: usize, y: usize) -> bool {
            let from = (y * self.width + x) * self.each;
            let [red, green, blue] = [0, 1, 2].map(|part| self.samples[from + part]);
            // Over white paper or over a black line.
            (150..=220).contains(&red) && (110..=180).contains(&green) && blue <= 60
        }
    }

    /// The boxes of the cells of page 1 that hold values, from the export.
    fn values(report: &Value) -> Vec<[f64; 4]> {
        let mut boxes = Vec::new();
        for table in report["tables"].as_array().expect("tables") {
            for row in table["rows"].as_array().expect("rows") {
                for cell in row["cells"].as_array().expect("cells") {
                    let column =
                        &table["columns"][cell["column"].as_u64().expect("a column") as usize];
                    let bbox = &cell["place"]["bbox"];
                    if row["shape"] == "body"
                        && column["role"] == "measure"
                        && cell["place"]["page"] == 1
                    {
                        boxes.push(
                            ["x0", "y0", "x1", "y1"].map(|at| bbox[at].as_f64().expect("a box")),
                        );
                    }
                }
            }
        }
        boxes
    }

    #[test]
    fn a_page_is_drawn_with_what_was_read_from_it() {
        let here = folder(&[("plain.pdf", &pdf("plain.pdf"))]);
        let ran = laras(here.path(), &["show", "plain.pdf", "--page", "1", "--overlay", "out.png"]);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
        assert!(ran.stdout.contains("values"), "the colours are explained: {}", ran.stdout);
        let picture = Picture::of(&here.path().join("out.png"));
        // An A4 sheet on its side: 841.89 by 595.30 points.
        assert_eq!((picture.width, picture.height), (1683, 1190));
        let ran = laras(here.path(), &["extract", "plain.pdf", "-o", "out", "--format", "json"]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let report =
            serde_json::from_str(&text(&here.path().join("out/plain.json"))).expect("JSON");
        let boxes = values(&report);
        assert!(boxes.len() >= 10, "{} cells hold values", boxes.len());
        let at = |point: f64| (point * SCALE).round() as usize;
        for [x0, y0, x1, y1] in boxes {
            // Along the upper edge the frame is drawn, whatever is printed inside the cell.
            let (from, to, y) = (at(x0) + 2, at(x1) - 2, at(y0));
            let drawn = (from..to).filter(|x| picture.is_gold(*x, y)).count();
            assert!(drawn * 2 > to - from, "cell at {x0} {y0} {x1} {y1}: {drawn} of {}", to - from);
        }
        let ran = laras(here.path(), &["show", "plain.pdf", "--page", "3", "--overlay", "no.png"]);
        assert_ne!(ran.status, 0);
        assert!(ran.stderr.contains("the PDF has pages 1 to 2"), "{}", ran.stderr);
        assert!(!here.path().join("no.png").exists());
    }
}

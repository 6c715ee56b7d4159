//! scratch
use laras_read::pdf::*;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let bytes = std::fs::read(&args[1]).unwrap();
    let options = PdfOptions::default();
    let doc = Document::open(&bytes, &options).unwrap();
    let mut r = doc.reader(&options);
    let want: Option<usize> = args.get(2).map(|a| a.parse().unwrap());
    let mut n = 0;
    for i in 0..doc.page_count() {
        if want.is_some_and(|w| w != i + 1) { continue }
        let mut p = r.page(i, None);
        p.turn_upright(p.reading_turn());
        let ws = words(&p);
        n += ws.len();
        if want.is_some() { for w in &ws { println!("{:.1},{:.1}-{:.1},{:.1} b{:.1} s{:.1} {:?} l{} {:?} m{:?} {:?} g{:.1} {} {}", w.bbox.x0, w.bbox.y0, w.bbox.x1, w.bbox.y1, w.baseline, w.size, w.turn, w.light, w.artifact, w.mcid, w.visibility, w.gap, if w.bold {"B"} else {""}, w.text); } }
    }
    println!("{n}");
}
